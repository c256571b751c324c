"""What is asked of a scenario and a record: which rows train, which are tested, and whether there are any."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from simulator.evidence.check.assumed import NOTHING_ASSUMED, Assumed
from simulator.evidence.check.planned import Recorded, day_of, recorded
from simulator.record.records import Records
from simulator.scenario.errors import Problem, ScenarioError
from simulator.scenario.models import Scenario

MOST_TESTED = 2_000


@dataclass(frozen=True, kw_only=True)
class Split:
    """Which rows train and which are tested: those up to *train_until*, from *train_from* on if given, and those after."""

    train_from: dt.date | None = None
    train_until: dt.date

    def parts(self, rows: Recorded) -> tuple[Recorded, Recorded]:
        """The training rows and the tested rows."""
        day, until = rows.planned.day, day_of(self.train_until)
        first = -np.inf if self.train_from is None else day_of(self.train_from)
        return rows.take((day <= until) & (day >= first)), rows.take(day > until)


@dataclass(frozen=True)
class Question:
    """Do forecasts from *scenario*, and from models of the *training* rows (None without a *split*), hold the *tested* rows?"""

    scenario: Scenario
    records: Records
    split: Split | None
    training: Recorded | None
    tested: Recorded
    assumed: Assumed = NOTHING_ASSUMED


def question_of(
    scenario: Scenario,
    records: Records,
    split: Split | None = None,
    given_faces: bool = False,
    assumed: Assumed = NOTHING_ASSUMED,
) -> Question:
    """Divide the rows with hours, recorded or *assumed*.

    Raises ScenarioError where there are none to train on or to test, or too many.
    """
    frame = records.frame if assumed.hours is not None else records.frame[records.frame["hours"].notna()]
    if not len(frame):
        rule = (
            "no row gives the length of its deployment, and without hours nothing can be forecast; add a column "
            "hours, or say what to assume, such as --assume-hours 5.5"
        )
        raise ScenarioError(Problem(records.label, "hours", rule))
    if given_faces and not frame["faces"].notna().any():
        raise ScenarioError(Problem(records.label, "faces", "no row gives faces; leave --given-faces out"))
    rows = recorded(frame, given_faces, assumed)
    training, tested = (None, rows) if split is None else split.parts(rows)
    if split is not None and not (training and len(tested)):
        span = f"rows with hours run from {frame['date'].min():%Y-%m-%d} to {frame['date'].max():%Y-%m-%d}"
        rule = (
            f"lies after this day, so nothing can be tested: {span}; give an earlier day"
            if training
            else f"lies before or on this day to train on: {span}; give a later day"
        )
        raise ScenarioError(Problem(f"--train-until {split.train_until}", "", f"no row of {records.label} {rule}"))
    if len(tested) > MOST_TESTED:
        rule = (
            f"{len(tested):,} rows are to be forecast and {MOST_TESTED:,} are the most; give a file with fewer rows"
            + (", or a later --train-until" if split else "")
        )
        raise ScenarioError(Problem(records.label, "", rule))
    return Question(scenario, records, split, training, tested, assumed)


__all__ = ["Question", "Split", "question_of"]
