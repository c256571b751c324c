"""What a check found: the answer of ``lfrsim check``, kept as ``check.json`` (docs/how-to/check-against-a-record.md)."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Self

import numpy as np

from simulator.evidence.check.assumed import Assumed
from simulator.evidence.check.judged import JointScores
from simulator.evidence.check.learnt import FalseAlertsLearnt
from simulator.evidence.check.monthly import Monthly
from simulator.evidence.check.planned import Recorded, date_of
from simulator.evidence.check.predictive_checks import PredictiveChecks
from simulator.evidence.check.question import Split
from simulator.evidence.check.requirement import Requirement
from simulator.evidence.check.rolling import Choice
from simulator.evidence.kept import Found, frame
from simulator.record.records import LeftOut, Records
from simulator.scenario.models import Scenario

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, kw_only=True)
class CheckedScenario:
    """The scenario that is checked."""

    name: str
    title: str
    what_if: str | None
    caveats: tuple[str, ...]

    @classmethod
    def of(cls, scenario: Scenario) -> Self:
        """What a check keeps of its *scenario*: every row has a threshold and list of its own."""
        return cls(name=scenario.name, title=scenario.title, what_if=scenario.what_if, caveats=tuple(scenario.caveats))


@dataclass(frozen=True, kw_only=True)
class RowWithoutHours:
    """A line of the file that cannot be forecast; counts are None where it leaves them blank."""

    row: int
    date: dt.date
    alerts: float | None
    false_alerts: float | None


@dataclass(frozen=True, kw_only=True)
class CheckedRecords:
    """The file of records, and what of it is not in the check; *left_out* is as in a fit."""

    file: str
    rows: int
    skipped: int
    skipped_lines: tuple[int, ...]
    skipped_false_alerts: LeftOut
    left_out: Mapping[str, Mapping[str, int]]
    without_hours: int
    rows_without_hours: tuple[RowWithoutHours, ...]
    oddities: int
    ignored_columns: tuple[str, ...]

    @classmethod
    def of(cls, records: Records, assumed: Assumed) -> Self:
        """What there is to say of the *records* as a whole: with *assumed* hours no row is left out for want of them."""
        left_out = records.frame["hours"].isna() & (assumed.hours is None)
        blank = records.frame[left_out].sort_values("date", kind="stable")
        columns = (blank[name] for name in ("row", "date", "alerts", "false_alerts"))
        return cls(
            file=records.label,
            rows=len(records) + records.skipped,
            skipped=records.skipped,
            skipped_lines=tuple(records.skipped_lines),
            skipped_false_alerts=records.skipped_false,
            left_out=records.left_out,
            without_hours=len(blank),
            rows_without_hours=tuple(
                RowWithoutHours(row=int(row), date=date.date(), alerts=_known(alerts), false_alerts=_known(false))
                for row, date, alerts, false in zip(*columns, strict=True)
            ),
            oddities=len(records.oddities),
            ignored_columns=records.ignored,
        )


def _known(x: float) -> float | None:
    return float(x) if math.isfinite(x) else None


@dataclass(frozen=True, kw_only=True)
class CheckRun:
    """How often each row was simulated, from which seed, whether the scenario was told the faces, and what was *assumed*."""

    replications: int
    seed: int
    given_faces: bool
    assumed: Assumed


@dataclass(frozen=True, kw_only=True)
class RowsAbout:
    """Some rows in figures: from when to when, where, at which thresholds, and what was *observed*, by measure.

    *assumed_hours* and *assumed_lists* are the rows (lines of the file) that print none and have what is assumed.
    """

    rows: int
    first: dt.date
    last: dt.date
    days: int
    sites: int
    hours: float
    assumed_hours: tuple[int, ...]
    assumed_lists: tuple[int, ...]
    thresholds: tuple[float, ...]
    observed: Mapping[str, float]

    @classmethod
    def of(cls, rows: Recorded) -> Self:
        """The figures of *rows*."""
        planned = rows.planned
        return cls(
            rows=len(rows),
            first=date_of(planned.day.min()),
            last=date_of(planned.day.max()),
            days=len(set(planned.day)),
            sites=len(set(planned.site)),
            hours=float(planned.hours.sum()),
            assumed_hours=tuple(int(row) for row in planned.row[planned.hours_assumed]),
            assumed_lists=tuple(int(row) for row in planned.row[planned.lists_assumed]),
            thresholds=tuple(float(x) for x in np.unique(planned.threshold[planned.with_threshold])),
            observed={name: float(np.nansum(counts)) for name, counts in rows.counts.items()},
        )


@dataclass(frozen=True, kw_only=True, repr=False)
class CheckFound(Found):
    """Forecasts of recorded deployments beside the record: scores by forecaster and measure, and what limits them.

    *training*, *choice*, *false_alerts* and *monthly* are None without rows to train on, *lfrsim* is the program's version.
    """

    schema: Literal["lfrsim-check/1"] = "lfrsim-check/1"
    lfrsim: str
    scenario: CheckedScenario
    records: CheckedRecords
    split: Split | None
    run: CheckRun
    forecasters: Mapping[str, Mapping[str, JointScores]]
    predictive_checks: Mapping[str, PredictiveChecks]
    tested: RowsAbout
    training: RowsAbout | None
    choice: Choice | None
    false_alerts: FalseAlertsLearnt | None
    monthly: Mapping[str, Monthly] | None
    notes: tuple[str, ...]
    requirement: Requirement | None

    @property
    def foremost(self) -> str:
        """The forecaster whose rows are shown one by one: the trained model where there is one."""
        return "model" if "model" in self.forecasters else "scenario"

    def to_frame(self) -> pd.DataFrame:
        """One row for each forecaster and measure, with its scores in columns; lists are left out."""
        import pandas as pd

        scores = {(who, name): one for who, measures in self.forecasters.items() for name, one in measures.items()}
        made = frame(scores.values()).set_index(pd.MultiIndex.from_tuples(scores, names=["forecaster", "measure"]))
        return made[[name for name in made if not str(name).startswith(("pit_histogram", "outside_90"))]]


__all__ = ["CheckFound", "CheckRun", "CheckedRecords", "CheckedScenario", "RowsAbout"]
