"""False alerts as a fit tells them: counts, slope, and the rate at each threshold with the scenario's list."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from simulator.evidence.fit.level_slope import SlopeFit, SlopeOfTwo
from simulator.evidence.fit.prior_found import UNLIKELY, MedianOf

# Deployments more uneven than this (variance over that of chance) are told of.
UNEVEN = 1.2


@dataclass(frozen=True, kw_only=True)
class RateAt:
    """False alerts at *threshold* per hour or face with the scenario's list, or per true alert.

    Without a single false alert there is no *median*, and the interval is from 0 to the 95 % point.
    """

    threshold: float
    median: float | None
    interval_95: tuple[float, float]
    extrapolated: bool


@dataclass(frozen=True, kw_only=True)
class OffTheLine:
    """A *count* at a threshold that is hardly to be *expected* by the line: so far off it comes with probability *p*."""

    threshold: float
    count: float
    expected: float
    p: float


@dataclass(frozen=True, kw_only=True)
class FalseAlertsFound:
    """False alerts by threshold, and what they say of the slope where it is learnt at all.

    *rates* are with the list of *list_size* where *by_list*. *dispersion* is Pearson's, of single deployments around the
    rate of their threshold; *deployments_left_out*, with *false_alerts_left_out*, lack a column that the exposure needs.
    """

    thresholds: tuple[float, ...]
    counts: tuple[float, ...]
    exposure: tuple[float, ...]
    deployments_left_out: int
    false_alerts_left_out: float
    likeliest: SlopeFit | None
    lowest_against_highest: SlopeOfTwo | None
    slope_learnt: bool
    slope_prior: str
    slope: MedianOf
    by_list: bool
    list_size: float
    record_list_sizes: tuple[float, float] | None
    rates: tuple[RateAt, ...]
    dispersion: float | None

    @property
    def none(self) -> bool:
        """Whether there is not one false alert."""
        return not any(self.counts)

    @property
    def other_lists(self) -> tuple[float, float] | None:
        """The record's lists, from the smallest to the largest, where they are not all as large as the scenario's."""
        sizes = self.record_list_sizes
        return None if sizes == (self.list_size, self.list_size) else sizes

    @property
    def widening(self) -> float | None:
        """By what share intervals would be wider for the unevenness of deployments; None where it is small or not known."""
        uneven = self.dispersion is not None and self.dispersion > UNEVEN
        return math.sqrt(self.dispersion or 0.0) - 1 if uneven else None

    def off_the_line(self) -> Iterator[OffTheLine]:
        """The counts that the likeliest line does not fit."""
        line = self.likeliest
        if line is not None:
            each = zip(self.thresholds, self.counts, line.expected_counts, line.p_of_counts, strict=True)
            yield from (OffTheLine(threshold=t, count=k, expected=m, p=p) for t, k, m, p in each if p < UNLIKELY)


__all__ = ["FalseAlertsFound", "OffTheLine", "RateAt"]
