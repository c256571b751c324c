"""How a claimed change looks beside wards where nothing of the kind was done: placebo wards, in one window and in many.

A window compares the offences of some months with those of the same months a year before. Windows overlap and share wards, so
the number of ward-windows says little: between the distinct wards (if a ward repeats itself in every window) and the wards
times the windows that do not overlap lies what they are worth. What all wards have in common in a window (weather, recording,
the city's trend) is not averaged out by more wards; that is what the range over windows and the median are for.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from simulator.evidence.claim.falls.change import normal_tails
from simulator.evidence.claim.falls.counts import CrimeError, Panel, month_number, month_text
from simulator.evidence.statistics.intervals import Interval, clopper_pearson
from simulator.scenario.quantity import Array

YEAR = 12


@dataclass(frozen=True)
class PlaceboWindow:
    """Changes (-0.12: a fall of 12 %) of so many *wards*: *months* from *first* (``2023-10``) on, and a year later.

    *share* of the wards fell by *fall* or more. *min_base* is the fewest offences before with which a ward was let in.
    """

    first: str
    months: int
    wards: int
    fall: float
    share: float
    median: float
    sd: float
    min_base: int | None = None

    def __post_init__(self) -> None:
        month_number(self.first)
        if self.months < 1 or self.wards < 2:
            raise CrimeError(f"{self.first}: needs a month or more and two wards or more ({self.months}, {self.wards})")
        if not (0 < self.fall < 1 and 0 <= self.share <= 1 and self.sd > 0):
            raise CrimeError(f"{self.first}: fall and share must be between 0 and 1, the standard deviation above 0")

    @property
    def falls(self) -> int:
        """Wards that fell by *fall* or more."""
        return round(self.share * self.wards)


@dataclass(frozen=True)
class PlaceboTest:
    """A change beside one *window*: standard deviations below no change (*z*) and below the window's median (*z_trend*).

    Each with its two-sided *p* and the *p_fall* of a fall as large, by Student's t since sd comes from so many wards.
    *p_trend* supposes that the city moved in the claim's own window as it did in this one. *p_rank*, one-sided, is the share
    of wards that fell as much, the claimed ward counted among them; *interval* is Clopper and Pearson's on the share.
    """

    window: PlaceboWindow
    interval: Interval
    p_rank: float
    z: float
    p: float
    p_fall: float
    z_trend: float
    p_trend: float
    p_fall_trend: float


@dataclass(frozen=True)
class PooledPlacebo:
    """A change beside all *windows* of one length.

    *shares*, *p*, *p_trend*: the ranges over windows. *share*: of all *ward_windows*; *interval* is what it is worth with as
    many independent wards as *effective.low*, the distinct wards, *narrowest* with *effective.high*. *p_rank* goes with the
    former. *sd* and *z_pooled*, *p_pooled*, *p_fall_pooled* are about the windows' own medians, for the change less *trend*.
    """

    windows: tuple[PlaceboWindow, ...]
    wards: int
    ward_windows: int
    windows_effective: float
    effective: Interval
    share: float
    shares: Interval
    interval: Interval
    narrowest: Interval
    p_rank: float
    p: Interval
    p_trend: Interval
    sd: float
    trend: float
    z_pooled: float
    p_pooled: float
    p_fall_pooled: float


def beside_window(change: float, window: PlaceboWindow, level: float = 0.95) -> PlaceboTest:
    """Compare a *change* (-0.12) with the wards of one *window*; CrimeError where the window's fall is another one."""
    _checked(change, window)
    z, z_trend = change / window.sd, (change - window.median) / window.sd
    return PlaceboTest(
        window,
        clopper_pearson(window.falls, window.wards, level),
        (window.falls + 1) / (window.wards + 1),
        z,
        *normal_tails(z, window.wards - 1),
        z_trend,
        *normal_tails(z_trend, window.wards - 1),
    )


def beside_windows(
    change: float,
    windows: tuple[PlaceboWindow, ...],
    wards: int | None = None,
    trend: float = 0.0,
    level: float = 0.95,
) -> PooledPlacebo:
    """Compare a *change* with all *windows* together; they must be equally long.

    *wards* is the number of distinct ones, by default the most in any window, which they cannot be fewer than. *trend*
    is the city's change in the claim's own window, where it is known.
    """
    if not windows or len({window.months for window in windows}) != 1:
        raise CrimeError("placebo: give windows of one length, at least one")
    if len({window.first for window in windows}) != len(windows):
        raise CrimeError("placebo: a window is given twice")
    tests = [beside_window(change, window, level) for window in windows]
    most = max(window.wards for window in windows)
    distinct = most if wards is None else wards
    each = np.array([window.wards for window in windows])
    total = int(each.sum())
    if not most <= distinct <= total:
        raise CrimeError(f"placebo: distinct wards must be between {most} and {total} (got {distinct})")
    worth = effective_windows(windows)
    effective = Interval(float(distinct), min(max(worth * total / len(windows), distinct), float(total)))
    share = sum(window.falls for window in windows) / total
    sd = math.sqrt(sum((w.wards - 1) * w.sd**2 for w in windows) / (total - len(windows)))
    z = (change - trend) / sd
    p_pooled, p_fall_pooled = normal_tails(z, distinct - 1)
    return PooledPlacebo(
        windows,
        distinct,
        total,
        worth,
        effective,
        share,
        _range(window.falls / window.wards for window in windows),
        clopper_pearson(share * effective.low, effective.low, level),
        clopper_pearson(share * effective.high, effective.high, level),
        (share * effective.low + 1) / (effective.low + 1),
        _range(test.p for test in tests),
        _range(test.p_trend for test in tests),
        sd,
        trend,
        z,
        p_pooled,
        p_fall_pooled,
    )


def effective_windows(windows: tuple[PlaceboWindow, ...]) -> float:
    """Windows that do not overlap and would be worth as much: n^2 over the sum of their shares of common months.

    For a mean of changes if months are independent; for shares of wards it is worth no less.
    """
    starts = np.array([month_number(window.first) for window in windows])
    common = 1 - np.abs(starts[:, None] - starts[None, :]) / windows[0].months
    return float(len(windows) ** 2 / np.clip(common, 0, None).sum())


def sd_for_size(sd: float, min_base: int, base_count: int, phi: float) -> float:
    """The least that *sd* can be for a ward of *base_count* offences, if all placebo wards were as small as *min_base*.

    Small wards vary more. Their own chance, 2 phi / count, is taken out and that of the ward put in, and no less is left.
    """
    own = 2 * phi / base_count
    return math.sqrt(max(sd**2 - 2 * phi / min_base + own, own)) if base_count > min_base else sd


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


def effective_wards(panel: Panel, months: int, fall: float, min_base: int = 1) -> float | None:
    """Independent wards that all ward-windows of a *panel* are worth for the share that fell: wards are the clusters.

    p (1 - p) over the variance of the share when whole wards are drawn. None where all fell or none did.
    """
    clusters: dict[str, list[bool]] = {}
    for window in windows_of(panel, months, fall, min_base):
        wards, changes = changes_in(panel, window.first, months, min_base)
        for ward, down in zip(wards, fell(changes, fall), strict=True):
            clusters.setdefault(ward, []).append(bool(down))
    total = sum(len(falls) for falls in clusters.values())
    share = sum(sum(falls) for falls in clusters.values()) / total
    if share in (0, 1) or len(clusters) < 2:
        return None
    off = np.array([sum(falls) - share * len(falls) for falls in clusters.values()])
    variance = float((off**2).sum()) * len(off) / (len(off) - 1) / total**2
    return min(share * (1 - share) / variance, float(total)) if variance > 0 else float(total)


def _range(values: Iterable[float]) -> Interval:
    held = list(values)
    return Interval(min(held), max(held))


def _checked(change: float, window: PlaceboWindow) -> None:
    if not -1 <= change < math.inf:
        raise CrimeError(f"change: must be -1 or more, a fall of 12 % being -0.12 (got {change:g})")
    if abs(change + window.fall) > 5e-4:
        raise CrimeError(
            f"{window.first}: its share is of wards that fell by {window.fall:g} or more, the change is {change:g}"
        )
