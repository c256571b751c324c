"""What a vague limit could mean: by each reading, how many alerts could be wrong and it would hold, and what shows it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from simulator.claim.evidence import Claimed
from simulator.claim.figures import figure, is_part
from simulator.evidence.claim.no_test import COULD_BE_WRONG, cannot_fail, could_not_differ, needs_alerts, whole_of
from simulator.evidence.claim.ratios import LEVEL, Ratio, one_sided

# How many events may be seen on the way while a limit is still to be shown.
SEEN = (0, 1, 2, 5)

Bearing = Literal["no_test", "holds", "does_not_hold", "cannot_be_shown", "needs_alerts", "too_few"]


@dataclass(frozen=True, kw_only=True)
class UnitsNeeded:
    """So many *units* if so many *events* are seen meanwhile."""

    events: int
    units: float


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A limit that words could mean: fewer than 1 in *one_in* units (*per*), and what was counted says of it.

    *could_be_wrong* of so many *cases* (of what: *of*) could be wrong, and the recorded rate would still keep the limit; None
    where the cases are not stated. *verdict*: ``no_test`` where all of them could; ``too_few`` where so few were counted that
    they say nothing; ``holds`` and ``does_not_hold`` where the one-sided 95 % bound shows it, or the contrary; ``needs_alerts``
    where it would hold, unless all that there were could be wrong, and nobody says how many; else ``cannot_be_shown``, and None
    where nothing was counted. *units_needed* say what would show it. *evidence*: which piece of a file was counted.
    """

    one_in: float
    per: str
    evidence: str | None
    verdict: Bearing | None
    of: str | None
    cases: int | None
    could_be_wrong: int | None
    units_needed: tuple[UnitsNeeded, ...]


def readings_of(
    limits: Iterable[float],
    event: str,
    per: str,
    ratios: Sequence[Ratio] = (),
    figures: Mapping[str, float] | None = None,
    evidence: str | None = None,
) -> tuple[Reading, ...]:
    """Every one of *limits* (rates of *event* per *per*) beside what was counted: *ratios*, and the *figures* they are from.

    Of several ratios (a count that is only a word) all must show it.
    """
    known = figures or {}
    whole, units, share = whole_of(event, known), figure(known, per), is_part(event, per)

    def reading(limit: float) -> Reading:
        claimed = Claimed(at_most=limit)
        wrong = whole if event in COULD_BE_WRONG and units is not None else None
        bearing = _bearing(limit, ratios)
        few = [could_not_differ(event, per, (0.0, limit), {**known, event: it.top, per: it.bottom}) for it in ratios]
        if cannot_fail(event, per, claimed, known):
            bearing = "no_test"
        elif bearing != "does_not_hold" and few and all(few):
            bearing = "too_few"
        elif bearing == "holds" and needs_alerts(event, per, claimed, known):
            bearing = "needs_alerts"
        return Reading(
            one_in=1 / limit,
            per=per,
            evidence=evidence,
            verdict=bearing,
            of=None if wrong is None else wrong.of,
            cases=None if wrong is None else int(wrong.cases),
            could_be_wrong=None if wrong is None or units is None else wrong.could_be(limit, units),
            units_needed=tuple(UnitsNeeded(events=seen, units=units_needed(limit, seen, share)) for seen in SEEN),
        )

    return tuple(map(reading, limits))


def _bearing(limit: float, ratios: Sequence[Ratio]) -> Bearing | None:
    ends = [one_sided(ratio) for ratio in ratios]
    if not ends:
        return None
    if all(end.high < limit for end in ends):
        return "holds"
    return "does_not_hold" if all(end.low > limit for end in ends) else "cannot_be_shown"


def units_needed(limit: float, seen: int, share: bool) -> float:
    """Units with *seen* events from which on the one-sided 95 % bound lies below *limit*: ln 20 / limit with none.

    Garwood's bound for events over an exposure; for a *share* the fewest cases by the exact binomial law.
    """
    from scipy import special

    exposure = float(special.gammainccinv(seen + 1, 1 - LEVEL)) / limit
    if not share:
        return exposure
    # so few events are rarer in a share than in a Poisson count: fewer cases do
    low, high = seen, math.ceil(exposure)
    while high - low > 1:
        middle = (low + high) // 2
        rare = float(special.bdtr(seen, middle, limit)) <= 1 - LEVEL
        low, high = (low, middle) if rare else (middle, high)
    return float(high)


__all__ = ["SEEN", "Bearing", "Reading", "UnitsNeeded", "readings_of", "units_needed"]
