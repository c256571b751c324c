"""Everything that can be said on one claimed fall: p by every method, what could have been seen, what chance does by itself."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.evidence.claim.falls.change import (
    ChangeTest,
    before_after,
    exact_change,
    normal_tails,
    weighted_difference,
    with_comparison,
)
from simulator.evidence.claim.falls.counts import Counts, CrimeError
from simulator.evidence.claim.falls.dispersion import Dispersion
from simulator.evidence.claim.falls.placebo import (
    PlaceboTest,
    PlaceboWindow,
    PooledPlacebo,
    beside_window,
    beside_windows,
    sd_for_size,
)
from simulator.evidence.claim.falls.power import Design, Sight, sight
from simulator.evidence.claim.falls.regression_to_mean import FallsByChance, falls_by_chance
from simulator.evidence.statistics.intervals import Interval


@dataclass(frozen=True)
class Phi:
    """A dispersion to try: its *label*, and the degrees of freedom and interval with which it was measured, if it was."""

    label: str
    value: float
    df: float | None = None
    interval: Interval | None = None

    def __post_init__(self) -> None:
        if not self.value > 0:
            raise CrimeError(f"phi {self.label}: must be above 0 (got {self.value:g})")


@dataclass(frozen=True)
class ClaimedFall:
    """A claimed *fall* (0.12) over so many *months* from *base_count* offences, and what it is to be judged by.

    A fall is one of counts; days correct the rate. *placebos* of another length than *months* or of another *fall* are
    an error. *placebo_wards* and *trend*: see *beside_windows*. *picked_from*: the wards that the claim could have named. A claim
    that does not say its base period is judged once for each: ``dataclasses.replace(claim, base_count=...)``.
    """

    fall: float
    base_count: int
    months: int
    phis: tuple[Phi, ...]
    days_before: float = 1.0
    days_after: float = 1.0
    comparison_before: int | None = None
    comparison_after: int | None = None
    placebos: tuple[PlaceboWindow, ...] = ()
    placebo_wards: int | None = None
    trend: float = 0.0
    picked_from: int | None = None


@dataclass(frozen=True)
class Method:
    """One answer: the *method*, the *label* of its phi or window, two-sided *p* and the *p_fall* of a fall as large.

    Methods: ``exact``, ``before_after``, ``with_comparison``, ``weighted_difference`` (with ``_t``: phi is taken as estimated,
    not known), ``placebo`` and ``placebo_trend`` for each window, ``placebo_pooled`` for all, and ``placebo_size``, which
    gives the claim the benefit of the smallest placebo wards having varied more (see *sd_for_size*).

    *p_range* is p at either end of phi's interval, or over the placebo windows. *measured* is False for what takes counts
    of offences for Poisson. *test* has the estimate and its interval; placebo methods have none.
    """

    method: str
    label: str
    measured: bool
    p: float
    p_fall: float
    p_range: Interval | None = None
    z: float | None = None
    test: ChangeTest | None = None


@dataclass(frozen=True)
class ChangeEvidence:
    """What is known of a *claim*: *counts* as claimed, every method's p, and what could have been seen.

    *smallest* and *largest* are the methods with these two-sided p; *smallest_measured* leaves out those that take counts for
    Poisson. *sights*: per phi without a comparison area, *sights_compared* with a flat one of the same size. *by_chance*:
    per phi, where *picked_from* is known.
    """

    claim: ClaimedFall
    counts: Counts
    methods: tuple[Method, ...]
    smallest: Method
    smallest_measured: Method | None
    largest: Method
    placebo: tuple[PlaceboTest, ...]
    pooled: PooledPlacebo | None
    sights: tuple[Sight, ...]
    sights_compared: tuple[Sight, ...]
    by_chance: tuple[FallsByChance, ...]


def phi_of(label: str, measured: Dispersion) -> Phi:
    """A *measured* dispersion as one to try; offences do not vary less than Poisson counts, so 1 is the least."""
    low, high = measured.interval
    return Phi(label, max(measured.phi, 1.0), measured.df, Interval(max(low, 1.0), max(high, 1.0)))


def judge_change(claim: ClaimedFall) -> ChangeEvidence:
    """Judge a *claim* by every method its figures allow; CrimeError names the figure that cannot be used."""
    if not 0 < claim.fall < 1:
        raise CrimeError(f"fall: must be between 0 and 1, 12 % being 0.12 (got {claim.fall:g})")
    if claim.months < 1 or any(window.months != claim.months for window in claim.placebos):
        raise CrimeError(f"placebo: windows must be as long as the claim's, {claim.months} months")
    counts = Counts(
        claim.base_count,
        round(claim.base_count * (1 - claim.fall)),
        claim.days_before,
        claim.days_after,
        claim.comparison_before,
        claim.comparison_after,
    )
    placebo = tuple(beside_window(-claim.fall, window) for window in claim.placebos)
    pooled = None
    if claim.placebos:
        pooled = beside_windows(-claim.fall, claim.placebos, claim.placebo_wards, claim.trend)
    methods = (*_by_counts(claim, counts), *_by_placebo(claim, placebo, pooled))
    measured = [method for method in methods if method.measured]

    def by_p(method: Method) -> float:
        return method.p

    return ChangeEvidence(
        claim,
        counts,
        methods,
        min(methods, key=by_p),
        min(measured, key=by_p, default=None),
        max(methods, key=by_p),
        placebo,
        pooled,
        _sights(claim, counts, None),
        _sights(claim, counts, 1.0),
        tuple(
            falls_by_chance(claim.picked_from, claim.base_count, claim.fall, phi)
            for phi in _tried(claim)
            if claim.picked_from is not None
        ),
    )


def _by_counts(claim: ClaimedFall, counts: Counts) -> list[Method]:
    tests = [before_after] if counts.comparison is None else [before_after, with_comparison, weighted_difference]
    exact = exact_change(counts)
    methods = [Method("exact", "poisson", False, exact.p, exact.p_fall, test=exact)]
    for make in tests:
        plain = make(counts)
        methods.append(Method(plain.method, "poisson", False, plain.p, plain.p_fall, z=plain.z, test=plain))
        for phi in claim.phis:
            test = make(counts, phi.value)
            over = None if phi.interval is None else Interval(*(make(counts, max(end, 1e-9)).p for end in phi.interval))
            methods.append(Method(test.method, phi.label, True, test.p, test.p_fall, over, test.z, test))
            if phi.df is not None:
                # phi was estimated from few months: Student's t, as in any quasi-Poisson regression
                known = make(counts, phi.value, phi.df)
                methods.append(
                    Method(f"{known.method}_t", phi.label, True, known.p, known.p_fall, z=known.z, test=known)
                )
    return methods


def _by_placebo(claim: ClaimedFall, placebo: tuple[PlaceboTest, ...], pooled: PooledPlacebo | None) -> list[Method]:
    if pooled is None:
        return []
    methods = []
    for test in placebo:
        label = test.window.first
        methods.append(Method("placebo", label, True, test.p, test.p_fall, z=test.z))
        methods.append(Method("placebo_trend", label, True, test.p_trend, test.p_fall_trend, z=test.z_trend))
    methods.append(
        Method("placebo_pooled", "all windows", True, pooled.p_pooled, pooled.p_fall_pooled, pooled.p, pooled.z_pooled)
    )
    smallest = min((window.min_base for window in pooled.windows if window.min_base is not None), default=None)
    for phi in claim.phis if smallest is not None else ():
        z = -(claim.fall + claim.trend) / sd_for_size(pooled.sd, smallest or 1, claim.base_count, phi.value)
        p, p_fall = normal_tails(z, pooled.wards - 1)
        methods.append(Method("placebo_size", phi.label, True, p, p_fall, z=z))
    return methods


def _tried(claim: ClaimedFall) -> tuple[float, ...]:
    return (1.0, *(phi.value for phi in claim.phis))


def _sights(claim: ClaimedFall, counts: Counts, comparison_ratio: float | None) -> tuple[Sight, ...]:
    return tuple(
        sight(claim.base_count, claim.fall, Design(phi, comparison_ratio, counts.exposure_ratio))
        for phi in _tried(claim)
    )
