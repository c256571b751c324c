"""``explore``: play with a scenario's simulation in one page that works offline."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from simulator.cli.campaigns import Year
from simulator.cli.options import Overrides, ScenarioName, Seed, whole

if TYPE_CHECKING:
    from simulator.scenario.models import Scenario

# More add nothing that a page shows, and take minutes.
MOST = 20_000


def explore(
    scenario: ScenarioName,
    output: Annotated[
        str | None,
        typer.Option(
            "-o", "--output", metavar="PAGE.html", help="Where to write it; else NAME-explorer.html in this folder."
        ),
    ] = None,
    replications: Annotated[
        int,
        typer.Option(
            "-n", "--replications", metavar="N", parser=whole(20, MOST), help="Campaigns of the run that it begins at."
        ),
    ] = 1000,
    seed: Seed = 1,
    overrides: Overrides = None,
    year: Year = False,
    opened: Annotated[
        bool | None,
        typer.Option(
            "--open/--no-open", help="Open it in a browser; unless said, on a desktop only.", show_default=False
        ),
    ] = None,
) -> None:
    """Make one HTML page in which the simulation itself runs: move a slider, and every number follows.

    Example: lfrsim explore croydon-static -o croydon.html

    The page needs no network. At the scenario's own setting its numbers are those of ``lfrsim run`` with the same
    number of campaigns and the same seed.
    """
    from simulator.cli.reporting import report_page, write_text
    from simulator.evidence.explore.explorer import check, explorer_of, runs_of
    from simulator.experiment.program import program_version
    from simulator.report.explore.page import page_of
    from simulator.report.render.progress import progress
    from simulator.scenario.loader import load_scenario
    from simulator.scenario.year import load_year

    loaded = (load_year if year else load_scenario)(scenario, overrides or [])
    check(loaded)
    page = report_page(output or f"{_name(loaded)}-explorer.html", "-o")
    assert page is not None
    with progress(2 * runs_of(loaded) * replications) as bar:
        made = explorer_of(loaded, replications, seed, bar)
    write_text(page, page_of(made, f"Made by lfrsim {program_version()}."), "Explorer", "-o")
    if _on_desktop() if opened is None else opened:
        import webbrowser

        webbrowser.open(page.resolve().as_uri())
    else:
        typer.echo(f"Open it in a browser: {page}", err=True)


def _name(scenario: Scenario) -> str:
    """The scenario's name as a file's."""
    kept = "".join(sign if sign.isalnum() or sign in "-_" else "-" for sign in scenario.name).strip("-")
    return kept or "scenario"


def _on_desktop() -> bool:
    """Whether somebody sits at a terminal of a desktop: nothing is opened from a script, a test or another machine."""
    if not (sys.stdout.isatty() and sys.stderr.isatty()) or "PYTEST_CURRENT_TEST" in os.environ or "CI" in os.environ:
        return False
    if "SSH_CONNECTION" in os.environ:
        return False
    return sys.platform in ("darwin", "win32") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def add_to(app: typer.Typer) -> None:
    """Add this command to *app*."""
    app.command()(explore)


__all__ = ["add_to", "explore"]
