"""A simulated average as a multiple of its closed form, and what becomes of the average where the closed form is another.

A closed form at other inputs is known exactly, but leaves out depletion, repeats and queues. Campaigns say by what factor
it is off, and how surely; the product of the two has the spread of the one and the error of the other.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from simulator.evidence.statistics.intervals import Interval
from simulator.scenario.quantity import Array

# A bound under which so much would be counted less often than this is one that campaigns contradict: it is not believed.
CONTRADICTED = 0.001
# A ratio that rests on so many clusters is known to 7 %: it need not borrow.
ENOUGH = 200
GOLDEN = (math.sqrt(5) - 1) / 2


@dataclass(frozen=True)
class RatioLaw:
    """What campaigns say of a ratio: a gamma law of *shape* and *rate*, cut off at *most*."""

    shape: float
    rate: float
    most: float = math.inf

    @property
    def middle(self) -> float:
        """The median."""
        return float(self.quantiles(np.array([0.5]))[0])

    def quantiles(self, shares: Array) -> Array:
        """The ratio below which it lies with each of *shares* of all certainty: same shape."""
        from scipy import special

        whole = float(special.gammainc(self.shape, self.rate * self.most)) if math.isfinite(self.most) else 1.0
        return np.asarray(special.gammaincinv(self.shape, shares * whole) / self.rate)

    def times(self, forms: Array, correlated: Array | None = None) -> Array:
        """Averages that *forms* (n,) may stand for, each with a ratio of its own: every ratio as often as it is likely.

        *correlated* are shares (n,) to take instead of those that are spread evenly over the *forms* in any order.
        """
        return forms * self.quantiles(even_shares(len(forms)) if correlated is None else correlated)


def ratio_law(events: Array, expected: Array, most: float = math.inf) -> RatioLaw | None:
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
    return RatioLaw(clusters + 1.0, rate, most) if bounded else RatioLaw(clusters + 0.5, rate)


def pooled_laws(events: Array, expected: Array, most: float = math.inf) -> list[RatioLaw | None]:
    """The law of each row of *events* and *expected*, both (rows, n), the most frequent first: as *ratio_law* has it.

    A row of few clusters borrows from those before it, one after the other, for as long as all agree on one ratio: what
    they say together lies inside the 99 % of each.
    """
    alone = [ratio_law(*row, most) for row in zip(events, expected, strict=True)]
    laws: list[RatioLaw | None] = []
    for last, law in enumerate(alone):
        first = last
        while first > 0 and (law is None or law.shape < ENOUGH):
            first -= 1
            rows = slice(first, last + 1)
            wider = ratio_law(events[rows].sum(axis=0), expected[rows].sum(axis=0), most)
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


def correlated_shares(n: int, correlation: float) -> tuple[Array, Array]:
    """Two rows of so many even shares whose normal scores have this *correlation*: (n,) each."""
    from scipy import special

    first, apart = even_shares(n), np.asarray((np.arange(n) * math.sqrt(2) + 0.5) % 1.0)
    r = min(max(correlation, -1.0), 1.0)
    apart = np.clip(apart, 1e-9, 1 - 1e-9)
    scores = r * special.ndtri(first) + math.sqrt(1 - r * r) * special.ndtri(apart)
    return first, np.asarray(special.ndtr(scores))


def central(values: Array, level: float = 0.95) -> Interval:
    """What holds the next of such *values* (n,) with *level*: order statistics, a little wider where they are few."""
    low, high = np.quantile(values, [(1 - level) / 2, (1 + level) / 2], method="weibull")
    return Interval(float(low), float(high))


__all__ = ["RatioLaw", "central", "correlated_shares", "even_shares", "pooled_laws", "ratio_law"]
