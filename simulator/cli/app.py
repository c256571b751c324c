"""All commands of ``lfrsim``."""

from __future__ import annotations

import typer

from simulator.cli import check, choose, claim, compare, fit, run, scenarios, sensitivity, sweep

app = typer.Typer(
    name="lfrsim",
    help="How many false alerts and wrongful stops would police live facial recognition produce? "
    "Simulates deployments and says how sure each number is. Start with: lfrsim run croydon-static",
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
run.add_to(app)
scenarios.add_to(app)
sensitivity.add_to(app)
sweep.add_to(app)
choose.add_to(app)
compare.add_to(app)
claim.add_to(app)
fit.add_to(app)
check.add_to(app)


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
