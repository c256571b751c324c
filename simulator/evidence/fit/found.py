"""What a fit found: the answer of ``lfrsim fit``, with every denominator and interval (docs/how-to/fit-a-record.md)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from simulator.evidence.fit.blocks import ExactRate, Rarer, RecordBlock, rarer
from simulator.evidence.fit.elasticity import Elasticity
from simulator.evidence.fit.false_alerts_found import FalseAlertsFound
from simulator.evidence.fit.fitted_inputs import FittedInputs
from simulator.evidence.fit.fitted_values import FittedInput
from simulator.evidence.fit.prior_found import PriorFound
from simulator.evidence.fit.question import Question
from simulator.evidence.fit.ratios import ClusteredShare, Ratio
from simulator.evidence.fit.share_recorded import ShareRecorded
from simulator.evidence.fit.street_rows import many_sites
from simulator.evidence.fit.whole_fit import Fit, PerHour, Unconfirmed
from simulator.evidence.kept import Found, frame
from simulator.evidence.statistics.selection import Selection
from simulator.record.records import LeftOut, Records
from simulator.scenario.errors import Problem
from simulator.scenario.inputs import quantities

if TYPE_CHECKING:
    import pandas as pd

# Faces per hour that differ by less may be other streets; by more, they are hardly the same count.
ALIKE = 2.0


@dataclass(frozen=True, kw_only=True)
class Remark:
    """Something about a row of the record: its *place* and *column* (empty where it is of none), and *what* it is."""

    place: str
    column: str
    what: str

    @classmethod
    def of(cls, problem: Problem) -> Remark:
        """The remark that a reader of records makes."""
        return cls(place=problem.place, column=problem.field, what=problem.rule)


@dataclass(frozen=True, kw_only=True)
class RecordRead:
    """The rows that were used, those that were skipped for their mistakes, and what is odd in the rest.

    *left_out* has the rows without a number that others give, by column and reason.
    """

    file: str
    deployments: int
    first: dt.date
    last: dt.date
    hours: float
    skipped_rows: int
    without_threshold: int
    skipped: tuple[Remark, ...]
    skipped_lines: tuple[int, ...]
    skipped_false_alerts: LeftOut
    left_out: Mapping[str, Mapping[str, int]]
    oddities: tuple[Remark, ...]
    ignored_columns: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class FittedScenario:
    """The scenario whose inputs are estimated."""

    name: str
    title: str


@dataclass(frozen=True, kw_only=True)
class StreetFound:
    """The deployments that the street is estimated from, all at *threshold* where the record prints one.

    *faces_per_passage* is what the scenario divides counted faces by for passages.
    """

    threshold: float | None
    deployments: int
    sites: int
    cautions: tuple[str, ...]
    list_size: float | None
    faces_per_passage: float


@dataclass(frozen=True, kw_only=True)
class RatioFound:
    """*events* of so many faces (*of*), as a *value* per 1,000."""

    deployments: int
    events: float
    of: float
    value: float
    interval_95: tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class InputFound(FittedInput):
    """A fitted input beside what stood in the scenario *before*; *jointly* where it is drawn together with others."""

    jointly: bool
    before: float | None
    before_95: tuple[float, float] | None
    before_grade: str | None


@dataclass(frozen=True, kw_only=True, repr=False)
class FitFound(Found):
    """Everything a record says of a scenario's inputs, and what it cannot say."""

    schema: Literal["lfrsim-fit/1"] = "lfrsim-fit/1"
    record: RecordRead
    scenario: FittedScenario
    question: Question
    blocks: tuple[RecordBlock, ...]
    false_of_alerts: ExactRate | None
    linked_to_false_alerts: tuple[Selection, ...]
    rarer_at_highest: Mapping[str, Rarer]
    false_alerts: FalseAlertsFound | None
    street: StreetFound
    per_hour: PerHour
    footfall_elasticity: Elasticity
    true_alerts_per_1000_faces: RatioFound | None
    unconfirmed: Unconfirmed
    disposals: Mapping[str, ClusteredShare]
    disposals_left_out: int
    false_alerts_stopped: ClusteredShare | None
    share_recorded: ShareRecorded
    priors: tuple[PriorFound, ...]
    inputs: tuple[InputFound, ...]
    cannot_say: tuple[str, ...]

    @property
    def faces_unlike(self) -> float | None:
        """By what factor faces per hour differ between thresholds; None unless it is large and rates are per face."""
        levels = [block.faces_per_hour for block in self.blocks if block.faces_per_hour]
        if self.question.exposure != "faces" or len(levels) < 2 or max(levels) < ALIKE * min(levels):
            return None
        return max(levels) / min(levels)

    @property
    def divided(self) -> Mapping[str, float]:
        """By which share the rates of true and of false alerts were divided, because a force does not record all."""
        return self.share_recorded.divided({item.key for item in self.inputs})

    def to_frame(self) -> pd.DataFrame:
        """One row for each input that the record sets, as it was before and as it is with the record."""
        return frame(self.inputs)


def summarise_fit(fit: Fit, fitted: FittedInputs) -> FitFound:
    """Everything about *fit* and the inputs *fitted* with it."""
    blocks, street = fit.blocks, fit.street
    return FitFound(
        record=_record(fit.records),
        scenario=FittedScenario(name=fit.scenario.name, title=fit.scenario.title),
        question=fit.question,
        blocks=blocks,
        false_of_alerts=fit.false_of_alerts,
        linked_to_false_alerts=fit.selections,
        rarer_at_highest=rarer(blocks[0], blocks[-1]) if len(blocks) > 1 else {},
        false_alerts=None if fit.false_alerts is None else fit.false_alerts.found,
        street=StreetFound(
            threshold=street.threshold,
            deployments=len(street.frame),
            sites=street.sites,
            cautions=() if fit.question.error_rates_only else tuple(many_sites(street, fit.question.place)),
            list_size=street.list_size,
            faces_per_passage=fit.scenario.street.faces_per_passage.value,
        ),
        per_hour=fit.per_hour,
        footfall_elasticity=fit.elasticity,
        true_alerts_per_1000_faces=None if fit.true_per_face is None else _per_1000(fit.true_per_face),
        unconfirmed=fit.unconfirmed,
        disposals=fit.disposals,
        disposals_left_out=fit.disposals_left_out,
        false_alerts_stopped=fit.stopped,
        share_recorded=fitted.share_recorded,
        priors=fitted.priors,
        inputs=_inputs(fit, fitted),
        cannot_say=fitted.stays,
    )


def _record(records: Records) -> RecordRead:
    return RecordRead(
        file=records.label,
        deployments=len(records),
        first=records.first,
        last=records.last,
        hours=records.hours,
        skipped_rows=records.skipped,
        without_threshold=int(records.frame["threshold"].isna().sum()),
        skipped=tuple(map(Remark.of, records.problems)),
        skipped_lines=tuple(records.skipped_lines),
        skipped_false_alerts=records.skipped_false,
        left_out=records.left_out,
        oddities=tuple(map(Remark.of, records.oddities)),
        ignored_columns=tuple(records.ignored),
    )


def _per_1000(ratio: Ratio) -> RatioFound:
    low, high = ratio.interval_95
    return RatioFound(
        deployments=ratio.deployments,
        events=ratio.events,
        of=ratio.base,
        value=1000 * ratio.value,
        interval_95=(1000 * low, 1000 * high),
    )


def _inputs(fit: Fit, fitted: FittedInputs) -> tuple[InputFound, ...]:
    known = dict(quantities(fit.scenario))
    found = []
    for item in fitted.inputs:
        before = known.get(item.key)
        low, high = before.interval() if before is not None else (0.0, 0.0)
        found.append(
            InputFound(
                **vars(item),
                jointly=item.key in fitted.draws,
                before=None if before is None else before.value,
                before_95=(low, high) if low < high else None,
                before_grade=None if before is None else before.grade,
            )
        )
    return tuple(found)


__all__ = ["FitFound", "InputFound", "Remark", "summarise_fit"]
