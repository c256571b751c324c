"""A simulated average as a multiple of its closed form, and what becomes of the average where the closed form is another.

A closed form at other inputs is known exactly, but leaves out depletion, repeats and queues. Campaigns say by what factor
it is off, and how surely; the product of the two has the spread of the one and the error of the other.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from simulator.evidence.statistics.intervals import Interval
from simulator.scenario.quantity import Array

# A bound under which so much would be counted less often than this is one that campaigns contradict: it is not believed.
CONTRADICTED = 0.001
# A ratio that rests on so many clusters is known to 7 %: it need not borrow.
ENOUGH = 200
GOLDEN = (math.sqrt(5) - 1) / 2


# What the inputs do to a ratio is believed from so many standard errors on: chance alone would widen every range.
CLEAR = 3.3
# Of fewer events nothing is seen; and no trend is followed further than so far in the logarithm.
FEW_EVENTS, LONGEST = 50, 5.0
# So small a part of a form is none of it.
NONE = 1e-6


@dataclass(frozen=True)
class Dependence:
    """How a ratio depends on the inputs: it goes as the *slope*-th power of form / *centre*, and varies by *spread* beside.

    *spread* is a coefficient of variation. Where it is *borrowed* from other events no law of it has a pole at 0 (its first
    shape parameter is 1 at least): that there may be almost none has to be seen.
    """

    slope: float = 0.0
    centre: float = 1.0
    spread: float = 0.0
    borrowed: bool = False

    def ratios(self, forms: Array, middle: Array | float, most: float) -> Array:
        """Ratios at *forms* (n,), *middle* on average at the centre: spread by a gamma law, or a beta law up to *most*."""
        from scipy import special

        mean = middle * trend(self.slope, np.log(np.maximum(forms / self.centre, 1e-300)))
        if not self.spread:
            return np.minimum(mean, most)
        if math.isinf(most):
            shape = max(1 / self.spread**2, 1.0 if self.borrowed else 0.0)
            return np.asarray(mean * special.gammaincinv(shape, apart_shares(len(forms))) / shape)
        share = np.clip(mean / most, 1e-6, 1 - 1e-6)
        parts = np.maximum((1 - share) / (share * self.spread**2) - 1, 1 / share if self.borrowed else 1e-3)
        ratio = special.betaincinv(share * parts, (1 - share) * parts, apart_shares(len(forms)))
        return np.asarray(np.where(ratio < NONE, 0.0, most * ratio))


def trend(slope: float, away: Array) -> Array:
    """The *slope*-th power of e^*away*, not followed for ever."""
    return np.asarray(np.exp(np.clip(slope * away, -LONGEST, LONGEST)))


def dependence(events: Array, forms: Array, exposure: Array | float, noise: Array) -> Dependence:
    """What *events* at inputs drawn show of it, beside *forms* times *exposure*; *noise* is the variance of chance: all (n,)."""
    expected = forms * exposure
    some = (expected > 0) & (noise > 0)
    if some.sum() < 3 or not events[some].sum() > FEW_EVENTS:
        return Dependence()
    y, e, v = events[some], expected[some], noise[some]
    log_form = np.log(forms[some])
    centre = float(log_form @ e / e.sum())
    ratio, slope, away = float(y.sum() / e.sum()), 0.0, log_form - centre
    # a step of Newton's on the slope of the logarithm of the ratio, weighted by what chance does
    known = float(((ratio * e * away) ** 2 / v).sum())
    if known > 0:
        first = float(((y - ratio * e) * ratio * e * away / v).sum() / known)
        slope = float(np.clip(first, -1.0, 1.0)) if abs(first) * math.sqrt(known) > CLEAR else 0.0
    fitted = e * trend(slope, away)
    fitted *= y.sum() / fitted.sum()
    left = (y - fitted) ** 2 - v
    beyond, error = float(left.sum()), float(left.std(ddof=1)) * math.sqrt(len(left))
    square = float((fitted**2).sum())
    spread = math.sqrt(beyond / square) if beyond > CLEAR * error and square > 0 else 0.0
    return Dependence(slope, math.exp(centre), spread)


def dependence_by_draw(top: Array, forms: Array, bottom: Array) -> Dependence:
    """The same of *top* / *bottom*, both (draws, campaigns of each), beside the *forms* (draws,) of the rate.

    Among campaigns of one draw chance alone tells; of single ones nothing does.
    """
    expected, each = forms[:, None] * bottom, top.shape[1]
    if each < 2 or not top.any() or not expected.any():
        return Dependence()
    within = float(np.mean(np.var(top - top.sum() / expected.sum() * expected, axis=1, ddof=1)))
    sums = expected.sum(axis=1)
    return dependence(top.sum(axis=1), forms, bottom.sum(axis=1), within * each * sums / sums.mean())


@dataclass(frozen=True)
class RatioLaw:
    """What campaigns say of a ratio: a gamma law of *shape* and *rate*, cut off at *most*, and how it *depends* on inputs."""

    shape: float
    rate: float
    most: float = math.inf
    depends: Dependence = Dependence()

    @property
    def middle(self) -> float:
        """The median."""
        return float(self.quantiles(np.array([0.5]))[0])

    def quantiles(self, shares: Array) -> Array:
        """The ratio below which it lies with each of *shares* of all certainty: same shape."""
        from scipy import special

        if math.isinf(self.shape):
            return np.ones_like(shares)
        whole = float(special.gammainc(self.shape, self.rate * self.most)) if math.isfinite(self.most) else 1.0
        return np.asarray(special.gammaincinv(self.shape, shares * whole) / self.rate)

    def times(self, forms: Array, correlated: Array | None = None) -> Array:
        """Averages that *forms* (n,) may stand for, each with a ratio of its own: every ratio as often as it is likely.

        *correlated* are shares (n,) to take instead of those that are spread evenly over the *forms* in any order.
        """
        return self.at(forms, self.quantiles(even_shares(len(forms)) if correlated is None else correlated))

    def at(self, forms: Array, ratio: Array | float) -> Array:
        """Averages at *forms* (n,), where the *ratio* would be this at the centre of its dependence."""
        return forms * self.depends.ratios(forms, ratio, self.most)


# Of a form that is the average itself.
EXACT = RatioLaw(math.inf, math.inf, 1.0)


def ratio_law(
    events: Array, expected: Array, most: float = math.inf, depends: Dependence = Dependence()
) -> RatioLaw | None:
    """What the ratio of a count to its closed form may be, from the *events* of campaigns and those *expected*, both (n,).

    The total is taken for a Poisson number of clusters as large as the residuals vary, one event at least. Before anything
    was counted, every ratio up to *most* is as likely; without such a bound the law is Jeffreys', and none (None) where
    nothing was counted. None also where nothing is expected, or from a single campaign.
    """
    from scipy import special

    total, form = float(events.sum()), float(expected.sum())
    if len(events) < 2 or not form > 0 or not (total > 0 or math.isfinite(most)):
        return None
    residual = len(events) * float(np.var(events - total / form * expected, ddof=1))
    size = max(residual / total, 1.0) if total > 0 else 1.0
    clusters, rate = total / size, form / size
    # the chance of so many clusters or more at the bound
    bounded = math.isfinite(most) and (not clusters or special.gammainc(clusters, rate * most) > CONTRADICTED)
    return RatioLaw(clusters + (1.0 if bounded else 0.5), rate, most if bounded else math.inf, depends)


def equal_law(events: Array, expected: Array) -> RatioLaw:
    """The ratio where the form is proven to be the average: 1, unless campaigns contradict that."""
    law = ratio_law(events, expected)
    if law is None:
        return EXACT
    low, high = law.quantiles(np.array([CONTRADICTED / 2, 1 - CONTRADICTED / 2]))
    return EXACT if low <= 1 <= high else law


def pooled_laws(
    events: Array, expected: Array, most: float = math.inf, depends: Sequence[Dependence] = ()
) -> list[RatioLaw | None]:
    """The law of each row of *events* and *expected*, both (rows, n), the most frequent first: as *ratio_law* has it.

    *depends* says how each depends on the inputs; where it is not told, one that has events enough says it of the others.

    A row of few clusters borrows from those before it, one after the other, for as long as all agree on one ratio: what
    they say together lies inside the 99 % of each.
    """
    told = list(depends) or [Dependence()] * len(events)
    alone = [ratio_law(y, e, most, how) for y, e, how in zip(events, expected, told, strict=True)]
    laws: list[RatioLaw | None] = []
    for last, law in enumerate(alone):
        first = last
        while first > 0 and (law is None or law.shape < ENOUGH):
            first -= 1
            rows = slice(first, last + 1)
            # what the inputs do is seen best where there are most events
            wider = ratio_law(events[rows].sum(axis=0), expected[rows].sum(axis=0), most, told[first])
            if wider is None or not all(one is None or _agrees(one, wider) for one in alone[rows]):
                break
            law = wider
        laws.append(law)
    return laws


def _agrees(one: RatioLaw, other: RatioLaw) -> bool:
    low, high = one.quantiles(np.array([0.005, 0.995]))
    return bool(low <= other.middle <= high)


def even_shares(n: int) -> Array:
    """So many numbers between 0 and 1, evenly spread, in an order that is like no other: (n,)."""
    return np.asarray((np.arange(n) * GOLDEN + 0.5) % 1.0)


def apart_shares(n: int) -> Array:
    """The same, in another order."""
    return np.clip(np.asarray((np.arange(n) * math.sqrt(2) + 0.5) % 1.0), 1e-9, 1 - 1e-9)


def correlated_shares(n: int, correlation: float) -> tuple[Array, Array]:
    """Two rows of so many even shares whose normal scores have this *correlation*: (n,) each."""
    from scipy import special

    first, r = even_shares(n), min(max(correlation, -1.0), 1.0)
    scores = r * special.ndtri(first) + math.sqrt(1 - r * r) * special.ndtri(apart_shares(n))
    return first, np.asarray(special.ndtr(scores))


def central(values: Array, level: float = 0.95) -> Interval:
    """What holds the next of such *values* (n,) with *level*: order statistics, a little wider where they are few."""
    low, high = np.quantile(values, [(1 - level) / 2, (1 + level) / 2], method="weibull")
    return Interval(float(low), float(high))


__all__ = [
    "Dependence", "RatioLaw", "central", "correlated_shares", "dependence", "dependence_by_draw", "equal_law",
    "even_shares", "pooled_laws", "ratio_law",
]  # fmt: skip
