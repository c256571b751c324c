"""``check FORECAST.json RECORDS.csv``: a dated forecast scored on a later record."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from simulator.cli.finish import answer, written_to
from simulator.cli.output import output_folder
from simulator.cli.reporting import hand_over, report_page

if TYPE_CHECKING:
    from simulator.evidence.check.assumed import Assumed
    from simulator.scenario.sheet import ReadAs


def score(
    forecast: Path,
    records: Path,
    refused: Sequence[str],
    assumed: Assumed,
    seed: int,
    skip_bad: bool,
    read_as: ReadAs,
    as_json: bool,
    output: str | None,
    report: str | None = None,
) -> None:
    """Score the *forecast* on the *records*; *refused* are options of the user that do not go with one."""
    from simulator.evidence.check.dated import DatedForecast
    from simulator.evidence.check.dated_scored import score_forecast
    from simulator.evidence.kept import read
    from simulator.experiment.provenance import MadeFrom
    from simulator.record import read_records
    from simulator.report.check.folder import SCORE_FILES, write_score
    from simulator.scenario.errors import Problem, ScenarioError

    if refused:
        raise typer.BadParameter("does not go with a dated forecast, which is as it was made", param_hint=refused[0])
    made = read(forecast)
    if not isinstance(made, DatedForecast):
        rule = f"must be a dated forecast, lfrsim-forecast/1 (got {made.schema}); give one, or the name of a scenario"
        raise ScenarioError(Problem(str(forecast), "schema", rule))
    page = report_page(report)
    folder = output_folder(output, "check", SCORE_FILES)
    judged = score_forecast(
        made, read_records(records, str(records), skip_bad=skip_bad, read_as=read_as), assumed, seed
    )
    if folder is not None:
        folder.made = MadeFrom(parameters={"seed": seed})
        with folder as work:
            write_score(judged, work)
    answer(judged.found, as_json)
    hand_over(page, judged.found, forecasts_csv=judged.table() if page else None)
    if folder is not None:
        written_to(folder.folder, ", ".join(folder.written))


__all__ = ["score"]
