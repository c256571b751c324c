"""All commands of ``lfrsim``."""

from __future__ import annotations

import os
from typing import Any

import typer

from simulator.cli import (
    INTERRUPTED,
    STOPPED,
    check,
    choose,
    claim,
    compare,
    explore,
    fit,
    lesson,
    new,
    replay,
    report,
    run,
    scenarios,
    sensitivity,
    story,
    sweep,
)
from simulator.cli.helping import Command, Group


class Commands(Group):
    """All commands, and what holds for each of them."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Refuse a word that is not text: a name that could be neither printed nor kept in a file."""
        from simulator.experiment.files import is_utf8

        for word in args:
            if not is_utf8(word):
                raw = os.fsencode(word).decode(errors="backslashreplace")
                raise typer.BadParameter(f"must be UTF-8 text; rename the file or folder (got {raw})")
        return super().parse_args(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        """Run a command; Ctrl-C ends it with one line."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            typer.echo(STOPPED, err=True)
            raise typer.Exit(INTERRUPTED) from None


class App(typer.Typer):
    """All commands, each with help in the same form."""

    def command(self, *args: Any, **options: Any) -> Any:
        """Make a command of a function."""
        return super().command(*args, **{"cls": Command, **options})


app = App(
    cls=Commands,
    name="lfrsim",
    help="How many false alerts and wrongful stops would police live facial recognition produce? "
    "Simulates deployments and says how sure each number is. Start with: lfrsim run croydon-static",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
run.add_to(app)
story.add_to(app)
scenarios.add_to(app)
new.add_to(app)
sensitivity.add_to(app)
sweep.add_to(app)
choose.add_to(app)
compare.add_to(app)
claim.add_to(app)
fit.add_to(app)
check.add_to(app)
report.add_to(app)
explore.add_to(app)
lesson.add_to(app)
replay.add_to(app)


def _version(wanted: bool) -> None:
    if wanted:
        from simulator import __version__

        typer.echo(f"lfrsim {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Print the version."),
) -> None:
    """Options that stand before any command."""
