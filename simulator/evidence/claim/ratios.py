"""One published figure divided by another, with the exact interval that belongs to the two."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, TypeAlias

from pydantic import BeforeValidator, PlainSerializer

from simulator.claim.evidence import Claimed
from simulator.claim.figures import TALLIES, figure, is_case, is_part, is_tally
from simulator.claim.models import RepeatVisits
from simulator.evidence.statistics.intervals import Interval, clopper_pearson, design_effect, garwood

LEVEL = 0.95
POISSON, SHARE, TWO_COUNTS, NONE = "exact Poisson", "exact binomial", "exact, ratio of two counts", "none"


def _written(ends: Interval) -> tuple[float | None, ...]:
    return tuple(None if end == math.inf else end for end in ends)


def _read(ends: Sequence[float | None]) -> tuple[float, ...]:
    return tuple(math.inf if end is None else end for end in ends)


# An interval of rates, whose upper end may be infinite: JSON has no number for that, and null instead.
Ends: TypeAlias = Annotated[Interval, PlainSerializer(_written), BeforeValidator(_read)]


@dataclass(frozen=True, kw_only=True)
class Ratio:
    """*top* of *event* per *bottom* of *per*: the *rate*, its exact 95 % interval, and the *method* that gave it.

    *one_sided_95* is the upper bound where nothing was counted: tighter than the two-sided end. Nobody is taken to come
    twice: what repeats of passers-by would do (see *repeats_of*) is no part of what a claim is held against.
    """

    event: str
    per: str
    top: float
    bottom: float
    rate: float
    interval_95: Ends | None
    one_sided_95: float | None
    method: str


def ratio_of(figures: Mapping[str, float], event: str, per: str) -> Ratio | None:
    """Divide *event* by *per*, both among the *figures*; None where one is not stated or there is nothing to divide by."""
    top, bottom = figure(figures, event), figure(figures, per)
    if top is None or not bottom:
        return None
    interval, method = _interval(event, per, top, bottom)
    return Ratio(
        event=event,
        per=per,
        top=top,
        bottom=bottom,
        rate=top / bottom,
        interval_95=interval,
        one_sided_95=-math.log(1 - LEVEL) / bottom if top == 0 and method == POISSON else None,
        method=method,
    )


def one_sided(ratio: Ratio) -> Interval:
    """Bounds of *ratio* that hold with 95 % each, one at a time: what a limit is held against, from either side."""
    level = 2 * LEVEL - 1
    if ratio.method == POISSON and ratio.interval_95 is not None:
        ends = garwood(ratio.top, level)
        return Interval(ends.low / ratio.bottom, ends.high / ratio.bottom)
    if ratio.method == SHARE:
        return clopper_pearson(ratio.top, ratio.bottom, level)
    return ratio.interval_95 or Interval(0.0, math.inf)


def chance_of(ratio: Ratio, claimed: Claimed) -> Interval:
    """Where the chance behind *ratio* may lie, with 95 %, to hold *claimed* against: of a limit one side matters."""
    limit = claimed.at_least is not None or claimed.at_most is not None
    return one_sided(ratio) if limit else ratio.interval_95 or Interval(0.0, math.inf)


def repeats_of(ratio: Ratio, visits: RepeatVisits | None) -> Interval | None:
    """The interval of *ratio* if passers-by come again as *visits* says; None for what is not counted among passers-by.

    Counts per face or passage are worth as many independent ones as the design effect leaves (Kish). What is worth less than
    one event says nothing of how rare it may be.
    """
    if visits is None or ratio.per not in ("faces", "passages") or not is_tally(ratio.event):
        return None
    worth = 1 / design_effect(visits.per_person, visits.correlation, visits.variation)
    ends = _interval(ratio.event, ratio.per, worth * ratio.top, worth * ratio.bottom)[0]
    return Interval(0.0, ends.high) if ends is not None and worth * ratio.top < 1 else ends


def _interval(event: str, per: str, top: float, bottom: float) -> tuple[Interval | None, str]:
    if is_part(event, per, top, bottom):
        return clopper_pearson(top, bottom, LEVEL), SHARE
    # what is the file's own and holds no event was set, like faces and hours
    if is_tally(event) and per not in TALLIES:
        ends, most = garwood(top, LEVEL), 1.0 if is_case(event, per, top, bottom) else math.inf
        return Interval(ends.low / bottom, min(ends.high / bottom, most)), POISSON
    if not is_tally(event) and is_tally(per):
        ends = garwood(bottom, LEVEL)
        return Interval(top / ends.high, top / ends.low if ends.low > 0 else math.inf), POISSON
    if not is_tally(event):
        return None, NONE
    # given their sum, the first of two independent Poisson counts is binomial
    ends = clopper_pearson(top, top + bottom, LEVEL)
    return Interval(ends.low / (1 - ends.low), ends.high / (1 - ends.high) if ends.high < 1 else math.inf), TWO_COUNTS


__all__ = ["LEVEL", "POISSON", "SHARE", "Ends", "Ratio", "chance_of", "one_sided", "ratio_of", "repeats_of"]
