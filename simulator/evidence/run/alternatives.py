"""Named alternatives of a run: each with the factor on its measure, who says so, and what a record says of it."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from simulator.evidence.counted.closed_forms import LABEL
from simulator.evidence.counted.measures import BY_NAME
from simulator.evidence.run.factor import WITHIN, Factor, UnlikeRecord
from simulator.evidence.run.rates import Range
from simulator.scenario.alternatives import Alternative
from simulator.scenario.models import Scenario


@dataclass(frozen=True, kw_only=True)
class AlternativeFound:
    """What one average of a campaign is *without* and *with* other *settings*, at the best inputs, and the *factor* between.

    Factors do not multiply, and none has a probability. *basis* is a closed form or so many simulated *campaigns*; *known*
    whether the factor (where there is none, the average) is known within 1.25, *no_factor* why there is none: *from_none* if the
    scenario has none of it and would have some.
    *unlike_record* are figures of the record that speak against it. *wrongful_stops* is their factor where the measure is
    false alerts.
    """

    name: str
    why: str
    settings: Mapping[str, Any]
    measure: str
    words: str
    unit: str
    without: float | None
    with_it: float | None
    with_it_95: Range | None
    factor: float | None
    factor_95: Range | None
    known: bool
    no_factor: str | None
    from_none: bool
    basis: str
    campaigns: int | None
    decided_by: str
    record_says: str | None
    unlike_record: tuple[UnlikeRecord, ...]
    wrongful_stops: float | None
    source: str
    grade: str

    @property
    def unseen(self) -> bool:
        """Whether no campaign with the settings had any, which is no evidence of zero."""
        return self.factor == 0 and not self.known

    @property
    def size(self) -> tuple[float, float]:
        """How far it moves its average at least, up or down; then how far by the estimate.

        At least: to the nearer end of the interval. Infinite for what the scenario has none of.
        """
        if self.factor is None:
            return (math.inf, math.inf) if self.from_none and self.with_it else (0.0, 0.0)
        low, high = map(_log, self.factor_95 or (self.factor, self.factor))
        return max(low, -high, 0.0), abs(_log(self.factor))


def alternatives_found(scenario: Scenario, factors: Iterable[Factor]) -> tuple[AlternativeFound, ...]:
    """What was found of each alternative of *scenario*, the one that moves its measure most first; none without *factors*."""
    found = [_found(item, factor) for item, factor in zip(scenario.alternatives, factors, strict=False)]
    return tuple(sorted(found, key=lambda item: item.size, reverse=True))


def _found(item: Alternative, factor: Factor) -> AlternativeFound:
    measure = BY_NAME[item.measure]
    return AlternativeFound(
        name=item.name,
        why=item.why,
        settings=json.loads(json.dumps(item.settings, default=str)),
        measure=item.measure,
        words=measure.words,
        unit=measure.unit,
        without=factor.own,
        with_it=factor.other,
        with_it_95=factor.other_95,
        factor=factor.factor,
        factor_95=factor.factor_95,
        known=factor.known,
        no_factor=factor.why_none,
        from_none=factor.from_none,
        basis=LABEL if factor.campaigns is None else "simulated",
        campaigns=factor.campaigns,
        decided_by=item.decided_by,
        record_says=item.record_says,
        unlike_record=factor.unlike_record,
        wrongful_stops=factor.wrongful_stops,
        source=item.source,
        grade=item.grade,
    )


def _log(factor: float) -> float:
    return math.log(factor) if factor else -math.inf


__all__ = ["WITHIN", "AlternativeFound", "alternatives_found"]
