"""What a ward does by itself when it was picked because it stood out: regression to the mean, and falls by chance among many."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from simulator.evidence.claim.falls.counts import CrimeError
from simulator.evidence.statistics.intervals import Interval


@dataclass(frozen=True)
class WardLaw:
    """True levels of wards: gamma with *mean* offences and *shape*; counts vary about them with dispersion *phi*.

    *shape* is infinite where the counts of wards vary no more than chance makes them.
    """

    mean: float
    shape: float
    phi: float = 1.0

    def __post_init__(self) -> None:
        for name in ("mean", "shape", "phi"):
            if not getattr(self, name) > 0:
                raise CrimeError(f"{name}: must be above 0 (got {getattr(self, name):g})")

    @property
    def reliability(self) -> float:
        """Share of the variance of counts that lies between true levels: shrinkage is 1 less that."""
        between = self.mean**2 / self.shape
        return between / (between + self.phi * self.mean)


@dataclass(frozen=True)
class Selected:
    """A ward of *count* offences picked for it: its *expected* level and *change* (-0.04: a fall of 4 %) if nothing is done."""

    count: float
    mean: float
    reliability: float
    expected: float
    change: float


@dataclass(frozen=True)
class FallsByChance:
    """Of so many *wards* with *base_count* offences each and no true change: those that fall by *fall* or more.

    *share* is the chance of each, *expected* how many, *range* where 95 of 100 such counts lie, *any_ward* the chance of at
    least one.
    """

    wards: int
    base_count: float
    fall: float
    phi: float
    share: float
    expected: float
    range: Interval
    any_ward: float


def regression_by_reliability(count: float, mean: float, reliability: float) -> Selected:
    """Change expected of a ward picked at *count*, where wards like it have *mean*: -(1 - r)(x - mean)/x (model.md 9)."""
    if not (count > 0 and mean > 0):
        raise CrimeError(f"count and mean: must be above 0 (got {count:g}, {mean:g})")
    if not 0 <= reliability <= 1:
        raise CrimeError(f"reliability: must be between 0 and 1 (got {reliability:g})")
    expected = count - (1 - reliability) * (count - mean)
    return Selected(count, mean, reliability, expected, expected / count - 1)


def empirical_bayes(count: float, law: WardLaw) -> Selected:
    """The same from the law of the wards: with phi 1 the mean given the count is (k + x) / (k / mean + 1), negative binomial."""
    return regression_by_reliability(count, law.mean, law.reliability)


def ward_law(counts: ArrayLike, phi: float = 1.0) -> WardLaw:
    """The law of wards from one count of each, by moments: variance = phi mean + mean^2 / shape."""
    x = np.asarray(counts, dtype=float)
    if x.ndim != 1 or len(x) < 2 or x.min() < 0 or x.sum() == 0:
        raise CrimeError("counts: one count for each of two wards or more is needed, not all 0")
    mean = float(x.mean())
    between = float(x.var(ddof=1)) - phi * mean
    return WardLaw(mean, mean**2 / between if between > 0 else math.inf, phi)


def falls_by_chance(wards: int, base_count: float, fall: float, phi: float = 1.0) -> FallsByChance:
    """How many of so many *wards* fall by *fall* or more though nothing changed: both counts vary, with dispersion *phi*.

    x1 - (1 - fall) x0 is about normal with mean fall x base and variance phi base (1 + (1 - fall)^2).
    """
    from scipy import special, stats

    if wards < 1 or not base_count > 0 or not 0 < fall < 1 or not phi > 0:
        raise CrimeError(
            f"wards, base_count, phi: above 0; fall: 0 to 1 (got {wards}, {base_count:g}, {phi:g}, {fall:g})"
        )
    share = float(special.ndtr(-fall * math.sqrt(base_count / (phi * (1 + (1 - fall) ** 2)))))
    law = stats.binom(wards, share)
    any_ward = -math.expm1(wards * math.log1p(-share))
    return FallsByChance(
        wards,
        base_count,
        fall,
        phi,
        share,
        wards * share,
        Interval(float(law.ppf(0.025)), float(law.ppf(0.975))),
        any_ward,
    )
