"""``report``: the report of what an output folder keeps."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def report(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that a command wrote by -o.")],
    output: Annotated[
        str | None,
        typer.Option("-o", "--output", metavar="PAGE.html", help="Where to write it; else report.html in the folder."),
    ] = None,
) -> None:
    """Make one HTML file to hand over of an output folder: the answer first, then pictures, workings and data.

    Example: lfrsim report results/croydon-static

    Nothing is simulated again. What a folder does not hold is named in the page with the command that makes it.
    """
    from simulator.cli.reporting import report_page, write_page
    from simulator.experiment.files import OutputError
    from simulator.experiment.folder import REPORT
    from simulator.report.read_folder import AGAIN, answer_in

    answer = answer_in(folder)
    page = report_page(output or str(folder / REPORT), "-o" if output else "report")
    if not answer.origin.command:
        typer.echo(f"{folder} does not keep the command that made it; the page says so.", err=True)
    if page is None:
        return
    try:
        write_page(page, answer)
    except (ValueError, LookupError) as error:
        # files that can each be read, and are not of one answer
        rule = f"its files do not belong together ({type(error).__name__}: {error}); {AGAIN}"
        raise OutputError(f"{folder}: {rule}") from None


def add_to(app: typer.Typer) -> None:
    """Add this command to *app*."""
    app.command()(report)
