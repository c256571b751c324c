"""A claimed fall in offences as it is kept: every method's p, what could have been seen, wards without the cameras."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.evidence.claim.falls import ChangeEvidence, Method, PlaceboTest, PooledPlacebo, Sight
from simulator.evidence.claim.words import p_text
from simulator.evidence.numbers import count_range
from simulator.evidence.statistics.intervals import Interval


@dataclass(frozen=True, kw_only=True)
class MethodFound:
    """One *method* by a dispersion or window (*label*): two-sided *p*, and *p_fall* of a fall as large.

    *measured* is False for what takes counts for Poisson. *p_range*: over the interval of *phi*, or over windows.
    """

    method: str
    label: str
    measured: bool
    phi: float | None
    p: float
    p_fall: float
    p_range: Interval | None


@dataclass(frozen=True, kw_only=True)
class OffencesNeeded:
    """So many *offences* before show the fall with this *power*."""

    power: float
    offences: float


@dataclass(frozen=True, kw_only=True)
class SightFound:
    """By dispersion *phi*: the *power* that the place's own offences have, and what is *needed*."""

    phi: float
    power: float
    needed: tuple[OffencesNeeded, ...]


@dataclass(frozen=True, kw_only=True)
class SightsFound:
    """What could have been seen by the dispersion *label*, with the place *alone* and *compared* with a flat area as large."""

    label: str
    alone: SightFound
    compared: SightFound


@dataclass(frozen=True, kw_only=True)
class WindowFound:
    """Changes of *wards* without the cameras in one window, and p of the fall beside them, with and without their trend."""

    first: str
    months: int
    wards: int
    share: float
    share_95: Interval
    median: float
    sd: float
    min_base: int | None
    p: float
    p_less_trend: float


@dataclass(frozen=True, kw_only=True)
class PooledFound:
    """The same of all windows together, which overlap: *effective_wards* is what their ward-windows are worth."""

    wards: int
    ward_windows: int
    effective_wards: Interval
    share: float
    share_95: Interval
    shares: Interval
    p: Interval
    p_less_trend: Interval


@dataclass(frozen=True, kw_only=True)
class ByChance:
    """Of so many *places* that a claim could have named, how many fall as much by dispersion *phi* though nothing changed."""

    places: int
    phi: float
    expected: float
    range_95: Interval


@dataclass(frozen=True, kw_only=True)
class FallFound:
    """A claimed fall from one *base* period that the claim could mean."""

    base: str
    fall: float
    months: int
    before: int
    after: int
    methods: tuple[MethodFound, ...]
    needed: tuple[SightsFound, ...]
    placebo: tuple[WindowFound, ...]
    placebo_pooled: PooledFound | None
    by_chance: tuple[ByChance, ...]


def fall_found(base: str, change: ChangeEvidence) -> FallFound:
    """What is kept of a *change* from the *base* period."""
    labels = ["poisson", *(phi.label for phi in change.claim.phis)]
    return FallFound(
        base=base,
        fall=change.claim.fall,
        months=change.claim.months,
        before=change.counts.before,
        after=change.counts.after,
        methods=tuple(map(_method, change.methods)),
        needed=tuple(
            SightsFound(label=label, alone=_sight(alone), compared=_sight(compared))
            for label, alone, compared in zip(labels, change.sights, change.sights_compared, strict=True)
        ),
        placebo=tuple(map(_window, change.placebo)),
        placebo_pooled=None if change.pooled is None else _pooled(change.pooled),
        by_chance=tuple(
            ByChance(places=item.wards, phi=item.phi, expected=item.expected, range_95=item.range)
            for item in change.by_chance
        ),
    )


def _method(method: Method) -> MethodFound:
    return MethodFound(
        method=method.method,
        label=method.label,
        measured=method.measured,
        phi=None if method.test is None else method.test.phi,
        p=method.p,
        p_fall=method.p_fall,
        p_range=method.p_range,
    )


def _sight(seen: Sight) -> SightFound:
    needed = tuple(
        OffencesNeeded(power=power, offences=count) for power, count in zip(seen.powers, seen.needed, strict=True)
    )
    return SightFound(phi=seen.design.phi, power=seen.power, needed=needed)


def _window(test: PlaceboTest) -> WindowFound:
    window = test.window
    return WindowFound(
        first=window.first,
        months=window.months,
        wards=window.wards,
        share=window.share,
        share_95=test.interval,
        median=window.median,
        sd=window.sd,
        min_base=window.min_base,
        p=test.p,
        p_less_trend=test.p_trend,
    )


def _pooled(pooled: PooledPlacebo) -> PooledFound:
    return PooledFound(
        wards=pooled.wards,
        ward_windows=pooled.ward_windows,
        effective_wards=pooled.effective,
        share=pooled.share,
        share_95=pooled.interval,
        shares=pooled.shares,
        p=pooled.p,
        p_less_trend=pooled.p_trend,
    )


def fall_in_words(falls: Sequence[FallFound]) -> str:
    """Offences before, and p by what was measured and by what takes offences for independent, over all base periods.

    A dispersion that was measured on few months is not known: where its degrees of freedom are stated, Student's t stands for
    it, and how far p would move within its interval is said beside.
    """
    methods = [method for item in falls for method in item.methods]
    estimated = {method.label for method in methods if method.method == "before_after_t"}
    measured = [
        method.p
        for method in methods
        if method.measured and not (method.method == "before_after" and method.label in estimated)
    ]
    ends = [method.p_range.low for method in methods if method.method == "before_after" and method.p_range is not None]
    independent = [method.p for method in methods if method.method == "exact"]
    before = [float(item.before) for item in falls]
    base = f"{count_range(min(before), max(before))} offences before"
    p = f"p = {p_range(measured)} where variation was measured" if measured else "no variation was measured"
    if ends and min(ends) < min(measured):
        p += f", down to {p_text(min(ends))} over the interval of what was measured"
    return f"{base}: {p} ({p_range(independent)} if offences were independent of each other)"


def p_range(values: Sequence[float]) -> str:
    """Least and most of several p."""
    low, high = p_text(min(values)), p_text(max(values))
    return low if low == high else f"{low} to {high}"


__all__ = ["FallFound", "MethodFound", "SightFound", "fall_found", "fall_in_words", "p_range"]
