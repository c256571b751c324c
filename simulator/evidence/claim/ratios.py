"""One published figure divided by another, with the exact interval that belongs to the two."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from simulator.claim.figures import figure, is_part, is_tally
from simulator.claim.models import Visits
from simulator.evidence.statistics.intervals import Interval, clopper_pearson, design_effect, garwood

LEVEL = 0.95
POISSON, SHARE, TWO_COUNTS, NONE = "exact Poisson", "exact binomial", "exact, ratio of two counts", "none"


@dataclass(frozen=True)
class Ratio:
    """*top* of *event* per *bottom* of *per*: the *rate*, its 95 % *interval*, and the *method* that gave it.

    *bound* is the one-sided 95 % upper bound where nothing was counted: tighter than the two-sided end. *repeated* is the
    interval if passers-by come again as a file assumes: shown beside the other, and never part of a verdict.
    """

    event: str
    per: str
    top: float
    bottom: float
    rate: float
    interval: Interval | None
    method: str
    bound: float | None = None
    repeated: Interval | None = None


def ratio_of(figures: Mapping[str, float], event: str, per: str, visits: Visits | None = None) -> Ratio | None:
    """Divide *event* by *per*, both among the *figures*; None where one is not stated or there is nothing to divide by.

    With *visits*, counts per face or passage are worth as many independent ones as the design effect leaves (Kish).
    """
    top, bottom = figure(figures, event), figure(figures, per)
    if top is None or not bottom:
        return None
    interval, method = _interval(event, per, top, bottom)
    bound = -math.log(1 - LEVEL) / bottom if top == 0 and method == POISSON else None
    repeated = None
    if visits is not None and per in ("faces", "passages") and is_tally(event):
        worth = 1 / design_effect(visits.per_person, visits.correlation, visits.variation)
        repeated = _interval(event, per, worth * top, worth * bottom)[0]
    return Ratio(event, per, top, bottom, top / bottom, interval, method, bound, repeated)


def _interval(event: str, per: str, top: float, bottom: float) -> tuple[Interval | None, str]:
    if is_tally(event) and not is_tally(per):
        ends = garwood(top, LEVEL)
        return Interval(ends.low / bottom, ends.high / bottom), POISSON
    if not is_tally(event) and is_tally(per):
        ends = garwood(bottom, LEVEL)
        return Interval(top / ends.high, top / ends.low if ends.low > 0 else math.inf), POISSON
    if not is_tally(event):
        return None, NONE
    if top <= bottom and is_part(event, per):
        return clopper_pearson(top, bottom, LEVEL), SHARE
    # given their sum, the first of two independent Poisson counts is binomial
    ends = clopper_pearson(top, top + bottom, LEVEL)
    return Interval(ends.low / (1 - ends.low), ends.high / (1 - ends.high) if ends.high < 1 else math.inf), TWO_COUNTS


__all__ = ["LEVEL", "POISSON", "SHARE", "Ratio", "ratio_of"]
