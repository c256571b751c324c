"""Recorded offences: two periods of one area with or without a comparison area, one area by month, many areas by month."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


class CrimeError(ValueError):
    """Figures on offences that cannot be used; the message names the value and is ready for the user."""


@dataclass(frozen=True)
class Counts:
    """Offences *before* and *after* in periods of so many days, and those of a comparison area over the same days.

    What counts as the area, the offence and the period is the claim's to say. CrimeError if a count is negative.
    """

    before: int
    after: int
    days_before: float = 1.0
    days_after: float = 1.0
    comparison_before: int | None = None
    comparison_after: int | None = None

    def __post_init__(self) -> None:
        for name in ("before", "after", "comparison_before", "comparison_after"):
            count = getattr(self, name)
            if count is not None and not 0 <= count < math.inf:
                raise CrimeError(f"{name}: must be a count of offences, 0 or more (got {count})")
        for name in ("days_before", "days_after"):
            days = getattr(self, name)
            if not 0 < days < math.inf:
                raise CrimeError(f"{name}: must be above 0 (got {days:g})")
        if (self.comparison_before is None) != (self.comparison_after is None):
            raise CrimeError("comparison: give its offences both before and after, or leave both out")

    @property
    def exposure_ratio(self) -> float:
        """Days after for each day before."""
        return self.days_after / self.days_before

    @property
    def comparison(self) -> tuple[int, int] | None:
        """Offences in the comparison area before and after; None where there is none."""
        if self.comparison_before is None or self.comparison_after is None:
            return None
        return self.comparison_before, self.comparison_after


def month_number(month: str) -> int:
    """Months since year 0 of *month*, written ``2023-07``; CrimeError if it is not."""
    year, dash, rest = month.partition("-")
    if not (dash and len(year) == 4 and len(rest) == 2 and (year + rest).isdecimal() and 1 <= int(rest) <= 12):
        raise CrimeError(f"month: must be written like 2023-07 (got {month})")
    return 12 * int(year) + int(rest) - 1


def month_text(number: int) -> str:
    """The month of a *number* that *month_number* gave, written ``2023-07``."""
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


@dataclass(frozen=True)
class MonthlySeries:
    """Offences of one area in months that follow each other, from *first* (``2023-07``) on."""

    first: str
    counts: tuple[int, ...]

    def __post_init__(self) -> None:
        month_number(self.first)
        if not self.counts or min(self.counts) < 0:
            raise CrimeError("series: must hold at least one month, each with a count of 0 or more")

    def total(self, first: str, months: int) -> int:
        """Offences in so many *months* from *first* on; CrimeError where the series does not hold them all."""
        start = month_number(first) - month_number(self.first)
        if start < 0 or start + months > len(self.counts) or months < 1:
            last = month_text(month_number(self.first) + len(self.counts) - 1)
            raise CrimeError(f"series: holds {self.first} to {last}, not {months} months from {first} on")
        return sum(self.counts[start : start + months])


# arrays have no single truth for ==
@dataclass(frozen=True, eq=False)
class Panel:
    """Offences of several *wards* by month, *counts* of shape (wards, months), from *first* (``2023-07``) on."""

    first: str
    wards: tuple[str, ...]
    counts: NDArray[np.float64]

    def __post_init__(self) -> None:
        month_number(self.first)
        if self.counts.ndim != 2 or len(self.wards) != len(self.counts) or not self.counts.size:
            raise CrimeError(f"panel: needs one row of months for each of {len(self.wards)} wards")
        if len(set(self.wards)) != len(self.wards):
            raise CrimeError("panel: a ward is named twice")
        if not np.isfinite(self.counts).all() or self.counts.min() < 0:
            raise CrimeError("panel: every count must be 0 or more")
