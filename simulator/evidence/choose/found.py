"""Which thresholds keep to the limits a user states, and what they cost in listed people found: ``choice.json``."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from simulator.evidence.about.header import Header
from simulator.evidence.about.support import Support
from simulator.evidence.choose.answers import Answer, AnswerToAll, near_miss
from simulator.evidence.choose.frontier import ThresholdFound
from simulator.evidence.choose.limits import LEVEL
from simulator.evidence.counted.depletion import Depletion
from simulator.evidence.counted.over_inputs import CLOSED_DRAWS
from simulator.evidence.kept import Found, frame

if TYPE_CHECKING:
    import pandas as pd

NOWHERE = math.nan, math.nan


@dataclass(frozen=True, kw_only=True)
class ChooseHeader(Header):
    """The scenario with its own preset, threshold and list; *hash* changes with any of its values."""

    hash: str


@dataclass(frozen=True, kw_only=True)
class ChooseRun:
    """What was simulated at each of *thresholds*; *uncertain_inputs* is how many have an interval."""

    seed: int
    replications: int
    draws: int
    replications_unknown_inputs: int
    closed_form_draws: int = CLOSED_DRAWS
    confidence: float = LEVEL
    thresholds: tuple[float, ...]
    uncertain_inputs: int


@dataclass(frozen=True, kw_only=True)
class LimitFound:
    """A limit as it was understood; *assumed_zero* is the input that makes it 0."""

    text: str
    measure: str
    words: str
    at_most: bool
    value: float
    per: float
    unit: str
    counts: bool
    assumed_zero: str | None

    def kept_only_with_none(self, units: float) -> bool:
        """Whether a single event in a campaign of so many *units* is already beyond the limit."""
        return self.counts and self.at_most and units > 0 and self.per / units > self.value


@dataclass(frozen=True, kw_only=True)
class PresetFound:
    """What was found with one preset (None where the scenario names none).

    *answers* are three for each limit; *all_limits*, to all of them, is None for a single one. *support* is where the
    source of its error rates has data.
    """

    preset: str | None
    hash: str
    answers: tuple[tuple[Answer, ...], ...]
    all_limits: tuple[AnswerToAll, ...] | None
    thresholds: tuple[ThresholdFound, ...]
    depletion: Depletion | None
    not_simulated: tuple[float, ...]
    not_simulated_unknown_inputs: tuple[float, ...]
    warnings: tuple[str, ...]
    support: Support

    def at(self, threshold: float) -> ThresholdFound | None:
        """What was found at *threshold*; None where it was not simulated."""
        return next((row for row in self.thresholds if abs(row.threshold - threshold) < 1e-9), None)


@dataclass(frozen=True, kw_only=True, repr=False)
class ChooseFound(Found):
    """Which thresholds keep to each limit, with the scenario's own preset first and then with the other one.

    *unread* are sentences on a preset that the scenario cannot be read with.
    """

    schema: Literal["lfrsim-choice/1"] = "lfrsim-choice/1"
    scenario: ChooseHeader
    run: ChooseRun
    limits: tuple[LimitFound, ...]
    presets: tuple[PresetFound, ...]
    unread: tuple[str, ...]
    caveats: tuple[str, ...]

    @property
    def depletion(self) -> Depletion | None:
        """That of the preset with which most is taken away; None where nobody comes twice."""
        known = [preset.depletion for preset in self.presets if preset.depletion]
        return max(known, key=lambda one: one.voided or (0.0, 0.0), default=None)

    def units_per_campaign(self, index: int) -> float:
        """How many units of limit *index* an average campaign has: at the scenario's own threshold, or else the highest."""
        first = self.presets[0]
        return (first.at(self.scenario.threshold) or first.thresholds[-1]).limits[index].units_per_campaign

    def cannot_fail(self, index: int) -> bool:
        """Whether limit *index*, per face or passage, would hold even if every alert were one of what it limits."""
        limit, units = self.limits[index], self.units_per_campaign(index)
        if not (limit.at_most and limit.unit in ("face", "passage") and limit.counts and units):
            return False
        first = self.presets[0]
        own = first.at(self.scenario.threshold) or first.thresholds[-1]
        return own.alerts * limit.per / units <= limit.value

    def near_miss(self, preset: PresetFound, index: int, answer: Answer) -> float | None:
        """The threshold that only the error of the simulation keeps out of an *answer* to limit *index*; None without one."""
        limit = self.limits[index]
        return near_miss(preset.thresholds, index, answer, limit.value, limit.at_most)

    def to_frame(self) -> pd.DataFrame:
        """One row for each limit at each threshold of each preset (columns: docs/reference/outputs.md)."""
        counts = ["campaigns_that_keep", "campaigns"]
        return frame(self._rows()).astype(dict.fromkeys(counts, "Int64"))

    def _rows(self) -> Iterator[dict[str, object]]:
        for preset in self.presets:
            for row in preset.thresholds:
                step = row.one_step_lower
                for limit, verdict in zip(self.limits, row.limits, strict=True):
                    kept, drawn = verdict.campaigns_that_keep, verdict.with_ignorance
                    yield {
                        "preset": preset.preset,
                        "threshold": row.threshold,
                        "in_support": row.in_support,
                        "listed_stopped": row.listed_stopped.mean,
                        "people_wrongly_stopped": row.people_wrongly_stopped.mean,
                        "people_wrongly_stopped_basis": row.people_wrongly_stopped.basis,
                        "more_listed_per_person": step and step.more_listed_per_person,
                        "dominated_by": row.dominated_by,
                        "limit": limit.text,
                        "mean": verdict.mean,
                        "basis": verdict.basis,
                        "mean_95": verdict.mean_95 or NOWHERE,
                        "mean_unknown_inputs": drawn.mean,
                        "average_95": drawn.average_95 or NOWHERE,
                        "campaign_90": drawn.campaign_90 or NOWHERE,
                        **{f"bound_{which}": bound for which, bound in verdict.bounds.items()},
                        "campaigns_that_keep": kept and kept.number,
                        "campaigns": kept and kept.campaigns,
                        **{str(which): met for which, met in verdict.meets.items()},
                    }


__all__ = ["ChooseFound", "ChooseHeader", "ChooseRun", "LimitFound", "PresetFound"]
