"""Differences between two settings, campaign by campaign: how large, how sure, and what the pairing was worth."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from simulator.evidence.statistics.averages import (
    Change,
    change_size,
    difference_interval,
    paired_interval,
    ratio_interval,
)
from simulator.evidence.statistics.intervals import Interval
from simulator.scenario.quantity import Array

LEVEL = 0.95
# With fewer campaigns that differ the interval on an average is rough.
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
    """B - A over paired campaigns: the average with its 95 % Monte Carlo interval, None where nothing bounds it.

    *shown* says whether the campaigns show that the averages differ: whether there is an interval that leaves out 0.
    """

    difference: float
    difference_95: Interval | None
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
    def shown(self) -> bool:
        """Whether the interval leaves out 0."""
        return not self.difference_95.low <= 0 <= self.difference_95.high


def difference(a: Array, b: Array, counts: bool) -> Difference:
    """B - A of paired campaigns, *a* and *b* of shape (n,), with the interval of *difference_interval*."""
    interval = difference_interval(a, b, counts, LEVEL)
    more, fewer = int((b > a).sum()), int((b < a).sum())
    return Difference(
        difference=float((b - a).mean()),
        difference_95=bounded(interval),
        shown=bounded(interval) is not None and not interval.low <= 0 <= interval.high,
        campaigns=Campaigns(more, len(a) - more - fewer, fewer),
    )


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


def ratio(a: Array, b: Array, counts: bool) -> tuple[float, Interval | None] | None:
    """B / A of the averages of paired campaigns with its 95 % interval; *a* and *b* of shape (n,).

    As Fieller's, it holds the ratios at which the average of B - ratio x A may be 0, but by *ratio_interval*. None, not
    estimable, where a value is negative or A had none; without an interval where nothing bounds it.
    """
    if min(a.min(), b.min()) < 0 or not a.any():
        return None
    change = change_size(a, b, counts)
    return float(b.mean() / a.mean()), bounded(ratio_interval(b, a, change, change.fall, LEVEL))


def bounded(interval: Interval) -> Interval | None:
    """*interval*, or None where an end of it is infinite."""
    return interval if all(map(math.isfinite, interval)) else None


def rate_difference(a: Array, b: Array, per_a: Array, per_b: Array) -> RateDifference | None:
    """Rates of A and B (totals of counts over totals) and how they differ; all of shape (n,).

    A ratio of totals errs as its residuals do; those of A and B are paired. None where a denominator is 0.
    """
    if per_a.sum() <= 0 or per_b.sum() <= 0:
        return None
    of_a, of_b = float(a.sum() / per_a.sum()), float(b.sum() / per_b.sum())
    residuals = (b - of_b * per_b) / per_b.mean() - (a - of_a * per_a) / per_a.mean()
    least = min(float(per_a.mean()), float(per_b.mean()))
    fall, rise = change_size(a, b, counts=True)
    low, high = paired_interval(residuals, Change(fall / least, rise / least), LEVEL)
    return RateDifference(of_a, of_b, of_b - of_a, Interval(of_b - of_a + low, of_b - of_a + high))


__all__ = [
    "FEW", "LEVEL", "Campaigns", "Difference", "Pairing", "RateDifference", "difference", "pairing", "rate_difference", "ratio",
]  # fmt: skip
