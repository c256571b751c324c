"""What a rate of false alerts hangs on: the size of the list, and the share of listed people among those who pass."""

from __future__ import annotations

import math
from dataclasses import dataclass

from simulator.evidence.statistics.intervals import Interval

# Lists to which a rate per search is carried: round ones, and about the Met's of 2025.
LISTS = (1_000, 10_000, 16_500, 100_000)


@dataclass(frozen=True, kw_only=True)
class AgainstList:
    """A rate of false alerts per search (*per_search*) against *list_size* entries: the same errors per comparison."""

    list_size: float
    per_search: Interval
    per_comparison: Interval


@dataclass(frozen=True, kw_only=True)
class BreakEven:
    """The share of listed people among faces (*prevalence*) at which half the alerts are wrong.

    It follows from the false alerts per face of somebody not listed (*error*) and the share of listed people who raise an
    alert (*detection*): p detection = (1 - p) error. With fewer listed people most alerts are wrong. *prevalence_95* is over
    the exact interval of a counted error; None for a stated one.
    """

    error: Interval
    detection: float
    prevalence: Interval
    prevalence_95: Interval | None


def against_lists(per_search: Interval, list_size: float) -> tuple[AgainstList, ...]:
    """The rate against its own list, then what it would be against *LISTS*, were every entry as often taken for somebody."""
    per_comparison = Interval(*(_per_comparison(end, list_size) for end in per_search))
    others = [
        AgainstList(
            list_size=size,
            per_search=Interval(*(_per_search(end, size) for end in per_comparison)),
            per_comparison=per_comparison,
        )
        for size in LISTS
        if size != list_size
    ]
    return (AgainstList(list_size=list_size, per_search=per_search, per_comparison=per_comparison), *others)


def _per_comparison(per_search: float, list_size: float) -> float:
    # as exact as a rate of one in a billion needs
    return -math.expm1(math.log1p(-per_search) / list_size) if per_search < 1 else 1.0


def _per_search(per_comparison: float, list_size: float) -> float:
    return -math.expm1(math.log1p(-per_comparison) * list_size) if per_comparison < 1 else 1.0


def break_even(error: Interval, detection: float, error_95: Interval | None = None) -> BreakEven:
    """Where half the alerts are wrong, for each end of *error* and of its interval *error_95*."""

    def shares(ends: Interval) -> Interval:
        return Interval(*(end / (end + detection) for end in ends))

    return BreakEven(
        error=error,
        detection=detection,
        prevalence=shares(error),
        prevalence_95=None if error_95 is None else shares(error_95),
    )


__all__ = ["LISTS", "AgainstList", "BreakEven", "against_lists", "break_even"]
