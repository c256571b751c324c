"""Recorded offences of one area: in two periods, and by month."""

from __future__ import annotations

import math
from dataclasses import dataclass


class CrimeError(ValueError):
    """Figures on offences that cannot be used; the message names the value and is ready for the user."""


@dataclass(frozen=True)
class Counts:
    """Offences *before* and *after* in periods of equal length; CrimeError if one is negative.

    What counts as the area, the offence and the period is the claim's to say.
    """

    before: int
    after: int

    def __post_init__(self) -> None:
        for name in ("before", "after"):
            count = getattr(self, name)
            if not 0 <= count < math.inf:
                raise CrimeError(f"{name}: must be a count of offences, 0 or more (got {count})")


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
