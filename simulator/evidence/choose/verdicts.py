"""A threshold held against a limit: averages and single campaigns there, the bounds on them, and whether they keep to it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from simulator.evidence.choose.limits import LEVEL, Kept, Limit, kept_by
from simulator.evidence.choose.thresholds import Threshold
from simulator.evidence.counted.closed_forms import LABEL
from simulator.evidence.run.averages import BY_FORM
from simulator.evidence.run.rates import MEAN_LEVEL, PREDICTION_LEVEL, Range, bounded
from simulator.evidence.statistics.control import central
from simulator.evidence.statistics.draws import AveragesByDraw, averages_by_draw
from simulator.evidence.statistics.intervals import prediction_interval
from simulator.scenario.quantity import Array

SIMULATED, BY_DRAWS = "simulated", "simulated: averages of the draws, chance taken out"
NONE_SEEN = "none in any simulated campaign, which is no evidence of zero"
# The level of each end of a two-sided interval at MEAN_LEVEL, and the standard normal quantile of one-sided LEVEL.
EACH_END, ONE_SIDED = (1 + MEAN_LEVEL) / 2, 1.6449
Which: TypeAlias = Literal["on_average", "any_inputs", "one_campaign"]


@dataclass(frozen=True, kw_only=True)
class DrawnFigures:
    """The same rate with inputs drawn: its average, where that may lie and what this rests on (*basis*), single campaigns."""

    mean: float | None
    average_95: Range | None
    basis: str | None
    campaign_90: Range | None


@dataclass(frozen=True, kw_only=True)
class Figures:
    """An average, what it rests on (*basis*), the error of its simulation, and what single campaigns bring."""

    mean: float | None
    basis: str
    mean_95: Range | None
    closed_form: float | None
    campaign_90: Range | None
    with_ignorance: DrawnFigures

    @property
    def simulated(self) -> bool:
        """Whether the average is that of campaigns in which it happened."""
        return self.basis == SIMULATED


@dataclass(frozen=True, kw_only=True)
class Verdict(Figures):
    """What one threshold says to one limit: its figures, the bounds held against the limit, and whether they keep to it.

    *meets* is None where that answer was not simulated; a bound is None where nothing is bounded.
    """

    units_per_campaign: float
    bounds: Mapping[Which, float | None]
    campaigns_that_keep: Kept | None
    meets: Mapping[Which, bool | None]


def figures_of(at: Threshold, limit: Limit) -> Figures:
    """The average with its intervals, and what single campaigns bring, of the rate that *limit* is about."""
    top, bottom = at.sides(limit, at.chance)
    size, form = float(bottom.mean()), at.form(limit)
    closed = min(form / size, limit.most) if form is not None and size > 0 else None
    mean, basis, error = closed, SIMULATED, None
    if size > 0 and (top.any() or closed is None):
        error = bounded(at.bounds(limit, top, bottom, EACH_END))
    if size > 0 and top.any():
        mean = float(top.mean()) / size
    elif size > 0:
        basis = NONE_SEEN if closed is None else LABEL
    likely, likely_basis = _averages(at, limit)
    drawn = at.sides(limit, at.ignorance) if at.ignorance is not None else None
    return Figures(
        mean=mean,
        basis=basis,
        mean_95=error,
        closed_form=closed,
        campaign_90=_campaigns(top, bottom),
        with_ignorance=DrawnFigures(
            mean=float(drawn[0].sum() / drawn[1].sum()) if drawn and drawn[1].any() else None,
            average_95=None if likely is None else central(likely),
            basis=likely_basis,
            campaign_90=_campaigns(*drawn) if drawn else None,
        ),
    )


def verdict_of(at: Threshold, limit: Limit) -> Verdict:
    """The figures of *limit*, the bounds that are held against it, and whether they keep to it."""
    average = _on_average(at, limit)
    any_inputs = _any_inputs(at, limit, average)
    kept = _single_campaigns(at, limit)
    within = bool(limit.kept(average))
    return Verdict(
        **vars(figures_of(at, limit)),
        units_per_campaign=float(at.sides(limit, at.chance)[1].mean()) * limit.per,
        bounds={"on_average": _finite(average), "any_inputs": _finite(any_inputs)},
        campaigns_that_keep=kept,
        meets={
            "on_average": within,
            # the middle inputs are among any inputs
            "any_inputs": None if any_inputs is None else bool(within and limit.kept(any_inputs)),
            "one_campaign": None if kept is None else kept.share_at_least >= LEVEL,
        },
    )


def _averages(at: Threshold, limit: Limit) -> tuple[Array | None, str | None]:
    """Averages over what is not known about the inputs, and what they are made of; None where nothing is unknown."""
    if not at.uncertain:
        return None, None
    average = at.average(limit)
    if average is not None:
        law, rates = average
        return np.minimum(law.times(rates), limit.most), BY_FORM
    if at.ignorance is None:
        return None, None
    draws = _by_draw(*at.sides(limit, at.ignorance))
    return (draws.likely, BY_DRAWS) if draws is not None and draws.clear else (None, None)


def _by_draw(top: Array, bottom: Array) -> AveragesByDraw | None:
    """Averages by draw of top / bottom, both (draws, campaigns of each), over the draws that have a denominator."""
    some = bottom.sum(axis=1) > 0
    return averages_by_draw(top[some], bottom[some]) if some.sum() > 1 else None


def _campaigns(top: Array, bottom: Array) -> Range | None:
    """What holds 90 % of single campaigns, (n,) or (draws, campaigns of each), with a denominator; None where too few tell."""
    some = bottom > 0
    draws = int(some.reshape(len(some), -1).any(axis=1).sum())
    return prediction_interval(top[some] / bottom[some], PREDICTION_LEVEL, draws) if draws else None


def _on_average(at: Threshold, limit: Limit) -> float:
    """The one-sided bound on the average at the median inputs that is held against the *limit*."""
    top, bottom = at.sides(limit, at.chance)
    low, high = at.bounds(limit, top, bottom, LEVEL)
    size, most = float(bottom.mean()), at.most(limit)
    if size > 0 and low <= most:
        # what is proven closes what too few campaigns leave open; one that they contradict is not believed
        high = max(min(high, most), float(top.mean()) / size)
    return high if limit.at_most else low


def _any_inputs(at: Threshold, limit: Limit, average: float) -> float | None:
    """The one-sided bound on the average over what is not known about the inputs, with the error of the simulation."""
    level = LEVEL if limit.at_most else 1 - LEVEL
    known = at.average(limit)
    # draws that are all the same would differ by chance alone
    if at.never(limit) or not at.uncertain:
        return average
    if known is not None:
        law, rates = known
        at_end = law.at(rates, float(law.quantiles(np.array([level]))[0]))
        return min(float(np.quantile(at_end, level)), limit.most)
    if at.ignorance is None:
        return None
    top, bottom = at.sides(limit, at.ignorance)
    draws = _by_draw(top, bottom)
    if draws is None:
        return math.inf if limit.at_most else 0.0
    error = ONE_SIDED * float(draws.error) * (1 if limit.at_most else -1)
    edge = min(float(np.quantile(draws.widest(LEVEL), level)) + error, limit.most)
    low, high = at.bounds(limit, top.ravel(), bottom.ravel(), LEVEL)
    return max(edge, high) if limit.at_most else min(edge, low)


def _single_campaigns(at: Threshold, limit: Limit) -> Kept | None:
    """How many single campaigns with inputs drawn keep to the *limit*; None where none were simulated."""
    if at.ignorance is None:
        return None
    top, bottom = at.sides(limit, at.ignorance)
    defined = (bottom > 0) | (top > 0)
    each = np.divide(top, bottom, out=np.full_like(top, np.inf), where=bottom > 0)
    return kept_by(limit.kept(each) & defined, defined)


def _finite(x: float | None) -> float | None:
    return x if x is not None and math.isfinite(x) else None


__all__ = [
    "BY_DRAWS",
    "NONE_SEEN",
    "SIMULATED",
    "DrawnFigures",
    "Figures",
    "Verdict",
    "Which",
    "figures_of",
    "verdict_of",
]
