"""A dated forecast beside the deployments that came after the rows it was trained on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from simulator.evidence.check.assumed import Assumed
from simulator.evidence.check.dated import DatedForecast, MadeFrom
from simulator.evidence.check.found import CheckedRecords, RowsAbout
from simulator.evidence.check.judged import JointScores
from simulator.evidence.check.judgements import Judgements, judged_of, scores_of, table_of
from simulator.evidence.check.notes import notes_on
from simulator.evidence.check.planned import day_of, recorded
from simulator.evidence.kept import Found
from simulator.experiment.program import program_version
from simulator.record.records import Records
from simulator.scenario.errors import Problem, ScenarioError

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, kw_only=True, repr=False)
class ForecastScored(Found):
    """A forecast *made* on a day, scored on the *tested* rows of a record: those after *train_until*.

    *before* rows and *beyond* rows (after *forecast_until*) are left out; *past* tested rows were of days before the
    forecast was made. *assumed* stands where a row prints no hours or list, *threshold* in *without_threshold* rows.
    """

    schema: Literal["lfrsim-forecast-score/1"] = "lfrsim-forecast-score/1"
    lfrsim: str
    title: str
    made: dt.date
    made_from: MadeFrom
    train_until: dt.date
    forecast_until: dt.date
    seen: tuple[str, ...]
    weaknesses: tuple[str, ...]
    score: str
    records: CheckedRecords
    before: int
    beyond: int
    past: int
    assumed: Assumed
    threshold: float
    without_threshold: int
    forecasters: Mapping[str, Mapping[str, JointScores]]
    tested: RowsAbout
    notes: tuple[str, ...]

    @property
    def foremost(self) -> str:
        """The forecaster whose rows are shown one by one."""
        return "forecast"


@dataclass(frozen=True)
class ForecastJudged:
    """What was *found*, and the forecasts that it rests on, by forecaster and measure."""

    found: ForecastScored
    judged: Judgements

    def table(self) -> pd.DataFrame:
        """One line for each forecaster, measure and row (see *Judged.table*)."""
        return table_of(self.judged)


def score_forecast(
    forecast: DatedForecast, records: Records, assumed: Assumed | None = None, seed: int = 1
) -> ForecastJudged:
    """Score the *forecast* on the rows of the *records* after its last training day; what is *assumed* goes before its own.

    Raises ScenarioError where there is no such row.
    """
    said = assumed or Assumed()
    assumed = Assumed(
        hours=said.hours or forecast.assumed.hours, list_size=said.list_size or forecast.assumed.list_size
    )
    day = records.frame["date"].dt.date
    before, beyond = day <= forecast.train_until, day > forecast.forecast_until
    frame = records.frame[~before & ~beyond]
    if not len(frame):
        rule = (
            f"no row lies after {forecast.train_until}, the last training day of the forecast, and by {forecast.forecast_until}, "
            f"where it ends: rows run from {day.min()} to {day.max()}; give a later record"
        )
        raise ScenarioError(Problem(records.label, "date", rule))
    tested = recorded(frame, assumed=assumed)
    made = forecast.forecasts(tested.planned, seed)
    judged = judged_of(
        tested, {who: {name: (tested.planned, x) for name, x in one.items()} for who, one in made.items()}, seed
    )
    found = ForecastScored(
        lfrsim=program_version(),
        title=forecast.title,
        made=forecast.made,
        made_from=forecast.made_from,
        train_until=forecast.train_until,
        forecast_until=forecast.forecast_until,
        seen=forecast.seen,
        weaknesses=forecast.weaknesses,
        score=forecast.score,
        records=CheckedRecords.of(records, assumed),
        before=int(before.sum()),
        beyond=int(beyond.sum()),
        past=int((tested.planned.day < day_of(forecast.made)).sum()),
        assumed=assumed,
        threshold=forecast.threshold,
        without_threshold=int((~tested.planned.with_threshold).sum()),
        forecasters=scores_of(judged),
        tested=RowsAbout.of(tested),
        notes=tuple(notes_on(None, tested)),
    )
    return ForecastJudged(found, judged)


__all__ = ["ForecastJudged", "ForecastScored", "score_forecast"]
