"""Differences between two settings, campaign by campaign: how large, how sure, and what the pairing was worth."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from simulator.evidence.statistics.intervals import Interval, mean_interval
from simulator.scenario.quantity import Array

LEVEL = 0.95
# With fewer campaigns that differ the interval on an average is rough, and a sign test must agree with it.
FEW = 20
# A correlation closer to 0 than so many standard errors is none that could be told from 0.
CLEAR = 3.0


@dataclass(frozen=True)
class Campaigns:
    """In how many campaigns B has *more* than A, as much (*equal*), or *fewer*."""

    more: int
    equal: int
    fewer: int


@dataclass(frozen=True)
class Difference:
    """B - A over paired campaigns: the average with its 95 % Monte Carlo interval (infinite for one campaign alone).

    *shown* says whether the campaigns show that the averages differ.
    """

    difference: float
    difference_95: Interval
    shown: bool
    campaigns: Campaigns

    @property
    def differ(self) -> int:
        """Campaigns in which A and B differ."""
        return self.campaigns.more + self.campaigns.fewer

    @property
    def rough(self) -> bool:
        """Whether it rests on few campaigns."""
        return self.differ < FEW

    @property
    def within_error(self) -> bool:
        """Whether the interval holds 0, so that the error of the simulation alone may have made the difference."""
        return self.difference_95.low <= 0 <= self.difference_95.high


@dataclass(frozen=True)
class Pairing:
    """What the same random numbers in A and B were worth for a difference.

    *unpaired_campaigns* of each, drawn apart, would be as sure as these. *verdict* is "few" where too few campaigns differ
    to tell, and "exact" where B - A is the same in every campaign.
    """

    correlation: float | None
    unpaired_campaigns: float | None
    verdict: Literal["saved", "cost", "unclear", "few", "exact"]


@dataclass(frozen=True)
class RateDifference:
    """Rates of A and B, and the *difference* B - A with its 95 % Monte Carlo interval."""

    a: float
    b: float
    difference: float
    difference_95: Interval

    @property
    def within_error(self) -> bool:
        """Whether the interval holds 0."""
        return self.difference_95.low <= 0 <= self.difference_95.high


def difference(a: Array, b: Array) -> Difference:
    """B - A of paired campaigns, *a* and *b* of shape (n,), by Student's t on their differences.

    Where few campaigns differ, four that happen to point the same way would already move the interval off 0; an exact
    sign test has to agree before a difference counts as shown.
    """
    d = b - a
    more, fewer = int((d > 0).sum()), int((d < 0).sum())
    interval = mean_interval(d, LEVEL)
    shown = not interval.low <= 0 <= interval.high
    if more + fewer < FEW:
        shown = shown and _sign_test(more, fewer) <= 1 - LEVEL
    return Difference(float(d.mean()), interval, shown, Campaigns(more, len(d) - more - fewer, fewer))


def _sign_test(more: int, fewer: int) -> float:
    """Two-sided chance of signs at least as one-sided as these if both were equally likely."""
    from scipy import stats

    return float(stats.binomtest(more, more + fewer).pvalue)


def pairing(a: Array, b: Array) -> Pairing:
    """How many unpaired campaigns of each would be as sure: n (var A + var B) / var(B - A); *a*, *b* of shape (n,)."""
    n = len(a)
    if n < 2:
        return Pairing(None, None, "unclear")
    apart = float(a.var(ddof=1) + b.var(ddof=1))
    together = float((b - a).var(ddof=1))
    # sums of hours differ in their last digits where they are the same
    if apart == 0 or np.ptp(b - a) <= 1e-9 * max(float(np.abs(a).max()), float(np.abs(b).max())):
        return Pairing(1.0 if apart > 0 else None, None, "exact")
    spread = math.sqrt(float(a.var(ddof=1)) * float(b.var(ddof=1)))
    correlation = float(np.cov(a, b)[0, 1]) / spread if spread > 0 else 0.0
    unpaired = n * apart / together
    # a variance that rests on a handful of campaigns says nothing of what it was worth
    if n > FEW > np.count_nonzero(b - a):
        return Pairing(correlation, unpaired, "few")
    if abs(correlation) <= CLEAR / math.sqrt(n):
        return Pairing(correlation, unpaired, "unclear")
    return Pairing(correlation, unpaired, "saved" if correlation > 0 else "cost")


def ratio(a: Array, b: Array) -> tuple[float, Interval | None] | None:
    """B / A of the averages of paired campaigns, with Fieller's 95 % interval; *a* and *b* of shape (n,).

    None where a value is negative or A's average is 0. The interval is None where fewer than FEW campaigns of A or of B
    are above 0, and where A's average is not clear of 0: the data then allow ratios of any size.
    """
    from scipy import special

    if min(a.min(), b.min()) < 0 or not a.any():
        return None
    n, top, bottom = len(a), float(b.mean()), float(a.mean())
    if min(np.count_nonzero(a), np.count_nonzero(b)) < FEW:
        return top / bottom, None
    t2 = float(special.stdtrit(n - 1, (1 - LEVEL) / 2)) ** 2 / n
    (var_a, between), (_, var_b) = np.cov(a, b).tolist()
    square = bottom**2 - t2 * var_a
    if square <= 0:
        return top / bottom, None
    cross, rest = bottom * top - t2 * between, top**2 - t2 * var_b
    # rounding must not make a root of what is 0 where A and B are the same
    root = math.sqrt(max(cross**2 - square * rest, 0.0))
    return top / bottom, Interval(max((cross - root) / square, 0.0), (cross + root) / square)


def rate_difference(a: Array, b: Array, per_a: Array, per_b: Array) -> RateDifference | None:
    """Rates of A and B (totals over totals) and how they differ; all of shape (n,).

    A ratio of totals errs as its residuals do; those of A and B are paired. None where a denominator is 0.
    """
    if per_a.sum() <= 0 or per_b.sum() <= 0:
        return None
    of_a, of_b = float(a.sum() / per_a.sum()), float(b.sum() / per_b.sum())
    residuals = (b - of_b * per_b) / per_b.mean() - (a - of_a * per_a) / per_a.mean()
    low, high = mean_interval(residuals, LEVEL)
    return RateDifference(of_a, of_b, of_b - of_a, Interval(of_b - of_a + low, of_b - of_a + high))


__all__ = [
    "FEW", "LEVEL", "Campaigns", "Difference", "Pairing", "RateDifference", "difference", "pairing", "rate_difference", "ratio",
]  # fmt: skip
