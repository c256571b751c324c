"""Offences of many wards by month, and how they changed over a year in every window of so many months."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.evidence.claim.falls.counts import CrimeError, month_number, month_text
from simulator.evidence.claim.falls.placebo import PlaceboWindow
from simulator.scenario.quantity import Array

YEAR = 12


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


def changes_in(panel: Panel, first: str, months: int, min_base: int = 1) -> tuple[tuple[str, ...], Array]:
    """Relative changes, and the wards they are of, of *months* from *first* on against a year later."""
    start = month_number(first) - month_number(panel.first)
    if start < 0 or months < 1 or start + YEAR + months > panel.counts.shape[1]:
        raise CrimeError(f"panel: does not hold {months} months from {first} on and a year later")
    base = panel.counts[:, start : start + months].sum(axis=1)
    after = panel.counts[:, start + YEAR : start + YEAR + months].sum(axis=1)
    held = base >= max(min_base, 1)
    return tuple(ward for ward, there in zip(panel.wards, held, strict=True) if there), after[held] / base[held] - 1


def windows_of(panel: Panel, months: int, fall: float, min_base: int = 1) -> tuple[PlaceboWindow, ...]:
    """All windows of so many *months* that a *panel* of wards holds, each beginning a month after the one before.

    Leave out of the panel the ward of the claim and every ward where the same was done.
    """
    begin = month_number(panel.first)
    windows = []
    for start in range(panel.counts.shape[1] - YEAR - months + 1):
        first = month_text(begin + start)
        _, changes = changes_in(panel, first, months, min_base)
        if len(changes) < 2:
            raise CrimeError(f"panel: fewer than two wards have {min_base} offences in {months} months from {first} on")
        share = float(fell(changes, fall).mean())
        spread = float(changes.std(ddof=1))
        windows.append(
            PlaceboWindow(first, months, len(changes), fall, share, float(np.median(changes)), spread, min_base)
        )
    return tuple(windows)


def fell(changes: Array, fall: float, trend: float = 0.0) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Which of *changes* are falls of *fall* or more below *trend*; exactly as large counts."""
    return np.asarray(changes - trend <= -fall + 1e-12)
