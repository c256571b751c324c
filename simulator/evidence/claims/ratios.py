"""One published figure divided by another, with the exact interval that belongs to the two."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from simulator.claim.figures import figure, is_part, is_tally
from simulator.claim.models import Visits
from simulator.evidence.intervals import Interval, clopper_pearson, design_effect, garwood

LEVEL = 0.95
POISSON, SHARE, TWO_COUNTS, NONE = "exact Poisson", "exact binomial", "exact, ratio of two counts", "none"


@dataclass(frozen=True)
class Ratio:
    """*top* of *event* per *bottom* of *per*: the *rate*, its 95 % *interval*, and the *method* that gave it.

    *bound* is the one-sided 95 % upper bound where nothing was counted: tighter than the two-sided end.
    """

    event: str
    per: str
    top: float
    bottom: float
    rate: float
    interval: Interval | None
    method: str
    bound: float | None = None


def ratio_of(figures: Mapping[str, float], event: str, per: str, visits: Visits | None = None) -> Ratio | None:
    """Divide *event* by *per*, both among the *figures*; None where one is not stated or there is nothing to divide by.

    With *visits*, counts per face or passage are worth as many independent ones as the design effect leaves (Kish).
    """
    top, bottom = figure(figures, event), figure(figures, per)
    if top is None or not bottom:
        return None
    worth = 1.0
    if visits is not None and per in ("faces", "passages"):
        worth = 1 / design_effect(visits.per_person, visits.correlation, visits.variation)
    interval, method = _interval(event, per, top, bottom, worth)
    bound = -math.log(1 - LEVEL) / (worth * bottom) if top == 0 and method == POISSON else None
    return Ratio(event, per, top, bottom, top / bottom, interval, method, bound)


def _interval(event: str, per: str, top: float, bottom: float, worth: float) -> tuple[Interval | None, str]:
    if is_tally(event) and not is_tally(per):
        ends = garwood(worth * top, LEVEL)
        return Interval(ends.low / (worth * bottom), ends.high / (worth * bottom)), POISSON
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


__all__ = ["LEVEL", "Ratio", "ratio_of"]
