"""``replay``: one simulated deployment of a run as a page that plays it, alert by alert."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from simulator.cli.options import one_of, whole
from simulator.cli.reporting import Opened, file_name, open_or_name, report_page, write_text

# What a number may be at most; the run says how many it has.
MOST = 10_000_000


def replay(
    run_folder: Annotated[Path, typer.Argument(metavar="RUN", help="A folder written by lfrsim run -o.")],
    campaign: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            parser=whole(0, MOST),
            help="Which campaign, from 0 as in the log and in REPLICATION.ALERT of story.",
            show_default=False,
        ),
    ] = None,
    deployment: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            parser=whole(0, MOST),
            help="Which deployment of it, from 0 as in the log.",
            show_default=False,
        ),
    ] = None,
    inputs: Annotated[
        str,
        typer.Option(
            metavar="PASS",
            parser=one_of("chance", "ignorance"),
            help="chance: inputs at their values; ignorance: drawn for each campaign.",
        ),
    ] = "chance",
    output: Annotated[
        str | None,
        typer.Option("-o", "--output", metavar="DAY.html", help="Where to write it; else RUN-day.html in this folder."),
    ] = None,
    opened: Opened = None,
) -> None:
    """Make one HTML page that plays a simulated day: who is busy, where each alert is, whom officers stop.

    Example: lfrsim replay results/croydon-static -o day.html

    Without numbers it takes the day that the figure timeline of the run shows, and says why; with one of them, by the same
    rule the one that suits it. The page needs no network.
    """
    from simulator.evidence.replay.found import replay as replayed
    from simulator.experiment.program import program_version
    from simulator.report.replay.page import chosen, page_of

    page = report_page(output or f"{file_name(run_folder.resolve().name) or 'run'}-day.html", "-o")
    assert page is not None
    found = replayed(run_folder, campaign, deployment, inputs)
    write_text(page, page_of(found, f"Made by lfrsim {program_version()}."), "Day", "-o")
    typer.echo(chosen(found), err=True)
    open_or_name(page, opened)


def add_to(app: typer.Typer) -> None:
    """Add this command to *app*."""
    app.command()(replay)


__all__ = ["add_to", "replay"]
