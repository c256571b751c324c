"""What a vague limit could mean: by each reading, how many alerts could be wrong and it would hold, and what shows it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from simulator.claim.figures import figure, is_part
from simulator.evidence.claim.ratios import LEVEL, POISSON, SHARE, Ratio
from simulator.evidence.statistics.intervals import Interval, clopper_pearson, garwood

# How many events may be seen on the way while a limit is still to be shown.
SEEN = (0, 1, 2, 5)
# Of what each error is the wrong one: with every one of these wrong there could be no more errors.
COULD_BE_WRONG = {"false_alerts": "alerts", "false_stopped": "stops", "false_arrests": "arrests"}

Bearing = Literal["no_test", "holds", "does_not_hold", "cannot_be_shown"]


@dataclass(frozen=True, kw_only=True)
class UnitsNeeded:
    """So many *units* if so many *events* are seen meanwhile."""

    events: int
    units: float


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A limit that words could mean: fewer than 1 in *one_in* units (*per*), and what was counted says of it.

    *could_be_wrong* of so many *cases* (of what: *of*) could be wrong, and the recorded rate would still keep the limit; None
    where the cases are not stated. *verdict*: ``no_test`` where all of them could, or where a system that never alerts would
    keep it too; ``holds`` and ``does_not_hold`` where the one-sided 95 % bound shows it, or the contrary; else
    ``cannot_be_shown``, and None where nothing was counted. *units_needed* say what would show it. *evidence*: which piece of a
    file was counted.
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
    accuracy: bool = False,
    evidence: str | None = None,
) -> tuple[Reading, ...]:
    """Every one of *limits* (rates of *event* per *per*) beside what was counted: *ratios*, and the *figures* they are from.

    Of several ratios (a count that is only a word) all must show it. An *accuracy* per face is what is not a false alert.
    """
    known = figures or {}
    of = COULD_BE_WRONG.get(event)
    cases, units = (None if of is None else known.get(of)), figure(known, per)
    share = is_part(event, per)

    def reading(limit: float) -> Reading:
        wrong = None
        if cases is not None and units is not None:
            # the last digit of a float is forgiven
            wrong = min(int(cases), math.floor(limit * units * (1 + 1e-9)))
        cannot_fail = (accuracy and not share) or (wrong is not None and wrong == cases)
        return Reading(
            one_in=1 / limit,
            per=per,
            evidence=evidence,
            verdict="no_test" if cannot_fail else _bearing(limit, ratios),
            of=None if wrong is None else of,
            cases=None if wrong is None or cases is None else int(cases),
            could_be_wrong=wrong,
            units_needed=tuple(UnitsNeeded(events=seen, units=units_needed(limit, seen, share)) for seen in SEEN),
        )

    return tuple(map(reading, limits))


def _bearing(limit: float, ratios: Sequence[Ratio]) -> Bearing | None:
    ends = [_one_sided(ratio) for ratio in ratios]
    if not ends:
        return None
    if all(end.high < limit for end in ends):
        return "holds"
    return "does_not_hold" if all(end.low > limit for end in ends) else "cannot_be_shown"


def _one_sided(ratio: Ratio) -> Interval:
    """Bounds that hold with 95 % each, one at a time: those of which *units_needed* says how much they take."""
    level = 2 * LEVEL - 1
    if ratio.method == POISSON and ratio.interval_95 is not None:
        ends = garwood(ratio.top, level)
        return Interval(ends.low / ratio.bottom, ends.high / ratio.bottom)
    if ratio.method == SHARE:
        return clopper_pearson(ratio.top, ratio.bottom, level)
    return ratio.interval_95 or Interval(0.0, math.inf)


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


__all__ = ["COULD_BE_WRONG", "SEEN", "Bearing", "Reading", "UnitsNeeded", "readings_of", "units_needed"]
