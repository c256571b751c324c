"""Falls by chance among many wards: brute force, and the round figures that are published."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from simulator.evidence.claim.falls import CrimeError, falls_by_chance


@pytest.mark.parametrize("phi", [1.0, 2.0, 5.5])
def test_falls_by_chance_are_what_brute_force_counts(phi: float) -> None:
    """One ward in how many falls by 12 % although nothing changed; 4 standard errors and 0.4 % for the normal law."""
    n, rng = 100_000, np.random.default_rng(3)
    x = rng.poisson(1000, (n, 2)) if phi == 1 else rng.negative_binomial(1000 / (phi - 1), 1 / phi, (n, 2))
    seen = float((x[:, 1] <= 0.88 * x[:, 0]).mean())
    said = falls_by_chance(680, 1000, 0.12, phi).share
    assert seen == pytest.approx(said, abs=4 * math.sqrt(said * (1 - said) / n) + 0.004)


def test_of_680_wards_some_2_per_cent_fall_by_12_per_cent_by_chance() -> None:
    """model.md 9 says 2.5 % for 1,000 offences at phi 2 (with the variance of the fallen count); both counts' own gives 2.2 %."""
    found = falls_by_chance(680, 1000, 0.12, 2)
    assert found.share == pytest.approx(0.022, abs=0.0005)
    assert stats.norm.cdf(-1.9556523621120936) == pytest.approx(0.025, abs=0.0005)  # rr_z_1000_880_phi2
    assert found.expected == pytest.approx(680 * found.share)
    assert found.range.low < found.expected < found.range.high


def test_figures_that_cannot_be_are_refused() -> None:
    with pytest.raises(CrimeError, match="fall: 0 to 1"):
        falls_by_chance(10, 100, 12)
