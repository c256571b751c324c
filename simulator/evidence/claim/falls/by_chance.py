"""How many of many wards fall by chance, though nothing changed in any: the claimed one may have been picked for its fall."""

from __future__ import annotations

import math
from dataclasses import dataclass

from simulator.evidence.claim.falls.counts import CrimeError
from simulator.evidence.statistics.intervals import Interval


@dataclass(frozen=True)
class FallsByChance:
    """Of so many *wards* with dispersion *phi* and no true change, those that fall by so much or more.

    *share* is the chance of each, *expected* how many, *range* where 95 of 100 such counts lie.
    """

    wards: int
    phi: float
    share: float
    expected: float
    range: Interval


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
    return FallsByChance(wards, phi, share, wards * share, Interval(float(law.ppf(0.025)), float(law.ppf(0.975))))
