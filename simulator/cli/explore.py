"""``explore``: play with a scenario's simulation in one page that works offline."""

from __future__ import annotations

from typing import Annotated

import typer

from simulator.cli.campaigns import Year
from simulator.cli.options import Overrides, ScenarioName, Seed, whole
from simulator.cli.reporting import Opened, file_name, open_or_name, report_page, write_text

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
    opened: Opened = None,
) -> None:
    """Make one HTML page in which the simulation itself runs: move a slider, and every number follows.

    Example: lfrsim explore croydon-static -o croydon.html

    The page needs no network. At the scenario's own setting its numbers are those of ``lfrsim run`` with the same
    number of campaigns and the same seed.
    """
    from simulator.evidence.explore.explorer import check, explorer_of, runs_of
    from simulator.experiment.program import program_version
    from simulator.report.explore.page import page_of
    from simulator.report.render.progress import progress
    from simulator.scenario.loader import load_scenario
    from simulator.scenario.year import load_year

    loaded = (load_year if year else load_scenario)(scenario, overrides or [])
    check(loaded)
    page = report_page(output or f"{file_name(loaded.name) or 'scenario'}-explorer.html", "-o")
    assert page is not None
    with progress(2 * runs_of(loaded) * replications) as bar:
        made = explorer_of(loaded, replications, seed, bar)
    write_text(page, page_of(made, f"Made by lfrsim {program_version()}."), "Explorer", "-o")
    open_or_name(page, opened)


def add_to(app: typer.Typer) -> None:
    """Add this command to *app*."""
    app.command()(explore)


__all__ = ["add_to", "explore"]
