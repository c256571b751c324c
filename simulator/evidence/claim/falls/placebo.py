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
from simulator.evidence.claim.falls.counts import CrimeError, month_number
from simulator.evidence.statistics.intervals import Interval, clopper_pearson


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
    *p_trend* supposes that the city moved in the claim's own window as it did in this one. *interval* is Clopper and Pearson's
    on the share of wards that fell as much.
    """

    window: PlaceboWindow
    interval: Interval
    z: float
    p: float
    p_fall: float
    z_trend: float
    p_trend: float
    p_fall_trend: float


@dataclass(frozen=True)
class PooledPlacebo:
    """A change beside all *windows* of one length.

    *shares*, *p*, *p_trend*: the ranges over windows. *share*: of all *ward_windows*, which are worth as many independent
    wards as *effective* says; *interval* is that with the fewest, the distinct *wards*. *sd* is about the windows' own
    means, and *z_pooled*, *p_pooled*, *p_fall_pooled* go with it.
    """

    windows: tuple[PlaceboWindow, ...]
    wards: int
    ward_windows: int
    effective: Interval
    share: float
    shares: Interval
    interval: Interval
    p: Interval
    p_trend: Interval
    sd: float
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
        z,
        *normal_tails(z, window.wards - 1),
        z_trend,
        *normal_tails(z_trend, window.wards - 1),
    )


def beside_windows(
    change: float,
    windows: tuple[PlaceboWindow, ...],
    wards: int | None = None,
    level: float = 0.95,
) -> PooledPlacebo:
    """Compare a *change* with all *windows* together; they must be equally long.

    *wards* is the number of distinct ones, by default the most in any window, which they cannot be fewer than.
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
    z = change / sd
    p_pooled, p_fall_pooled = normal_tails(z, distinct - 1)
    return PooledPlacebo(
        windows,
        distinct,
        total,
        effective,
        share,
        _range(window.falls / window.wards for window in windows),
        clopper_pearson(share * effective.low, effective.low, level),
        _range(test.p for test in tests),
        _range(test.p_trend for test in tests),
        sd,
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
