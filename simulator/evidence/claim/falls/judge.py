"""Everything that can be said on one claimed fall: p by every method, what could have been seen, what chance does by itself."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.evidence.claim.falls.by_chance import FallsByChance, falls_by_chance
from simulator.evidence.claim.falls.change import (
    ChangeTest,
    before_after,
    exact_change,
    normal_tails,
)
from simulator.evidence.claim.falls.counts import Counts, CrimeError
from simulator.evidence.claim.falls.placebo import (
    PlaceboTest,
    PlaceboWindow,
    PooledPlacebo,
    beside_window,
    beside_windows,
    sd_for_size,
)
from simulator.evidence.claim.falls.power import Design, Sight, sight
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

    *placebos* of another length than *months* or of another *fall* are an error. *placebo_wards*: see *beside_windows*.
    *picked_from*: the wards that the claim could have named. A claim that does not say its base period is judged once for
    each that it could mean.
    """

    fall: float
    base_count: int
    months: int
    phis: tuple[Phi, ...]
    placebos: tuple[PlaceboWindow, ...] = ()
    placebo_wards: int | None = None
    picked_from: int | None = None


@dataclass(frozen=True)
class Method:
    """One answer: the *method*, the *label* of its phi or window, two-sided *p* and the *p_fall* of a fall as large.

    Methods: ``exact``, ``before_after`` and ``before_after_t`` (phi is taken as known, or as estimated), ``placebo`` and
    ``placebo_trend`` for each window, ``placebo_pooled`` for all, and ``placebo_size``, which gives the claim the benefit of
    the smallest placebo wards having varied more (see *sd_for_size*).

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

    *sights*: per phi without a comparison area, *sights_compared* with a flat one of the same size. *by_chance*: per phi,
    where *picked_from* is known.
    """

    claim: ClaimedFall
    counts: Counts
    methods: tuple[Method, ...]
    placebo: tuple[PlaceboTest, ...]
    pooled: PooledPlacebo | None
    sights: tuple[Sight, ...]
    sights_compared: tuple[Sight, ...]
    by_chance: tuple[FallsByChance, ...]


def judge_change(claim: ClaimedFall) -> ChangeEvidence:
    """Judge a *claim* by every method its figures allow; CrimeError names the figure that cannot be used."""
    if not 0 < claim.fall < 1:
        raise CrimeError(f"fall: must be between 0 and 1, 12 % being 0.12 (got {claim.fall:g})")
    if claim.months < 1 or any(window.months != claim.months for window in claim.placebos):
        raise CrimeError(f"placebo: windows must be as long as the claim's, {claim.months} months")
    counts = Counts(claim.base_count, round(claim.base_count * (1 - claim.fall)))
    placebo = tuple(beside_window(-claim.fall, window) for window in claim.placebos)
    pooled = None
    if claim.placebos:
        pooled = beside_windows(-claim.fall, claim.placebos, claim.placebo_wards)
    return ChangeEvidence(
        claim,
        counts,
        (*_by_counts(claim, counts), *_by_placebo(claim, placebo, pooled)),
        placebo,
        pooled,
        _sights(claim, None),
        _sights(claim, 1.0),
        tuple(
            falls_by_chance(claim.picked_from, claim.base_count, claim.fall, phi)
            for phi in _tried(claim)
            if claim.picked_from is not None
        ),
    )


def _by_counts(claim: ClaimedFall, counts: Counts) -> list[Method]:
    exact, plain = exact_change(counts), before_after(counts)
    methods = [
        Method("exact", "poisson", False, exact.p, exact.p_fall, test=exact),
        Method("before_after", "poisson", False, plain.p, plain.p_fall, z=plain.z, test=plain),
    ]
    for phi in claim.phis:
        test = before_after(counts, phi.value)
        over = phi.interval and Interval(*(before_after(counts, max(end, 1e-9)).p for end in phi.interval))
        methods.append(Method("before_after", phi.label, True, test.p, test.p_fall, over, test.z, test))
        if phi.df is not None:
            # phi was estimated from few months: Student's t, as in any quasi-Poisson regression
            estimated = before_after(counts, phi.value, phi.df)
            methods.append(
                Method("before_after_t", phi.label, True, estimated.p, estimated.p_fall, z=estimated.z, test=estimated)
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
        z = -claim.fall / sd_for_size(pooled.sd, smallest or 1, claim.base_count, phi.value)
        p, p_fall = normal_tails(z, pooled.wards - 1)
        methods.append(Method("placebo_size", phi.label, True, p, p_fall, z=z))
    return methods


def _tried(claim: ClaimedFall) -> tuple[float, ...]:
    return (1.0, *(phi.value for phi in claim.phis))


def _sights(claim: ClaimedFall, comparison_ratio: float | None) -> tuple[Sight, ...]:
    return tuple(sight(claim.base_count, claim.fall, Design(phi, comparison_ratio)) for phi in _tried(claim))
