"""Wards picked because they stood out, and falls by chance among many: anchors and brute force."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from simulator.evidence.claim.falls import (
    CrimeError,
    WardLaw,
    empirical_bayes,
    falls_by_chance,
    regression_by_reliability,
    ward_law,
)


def test_expected_change_of_a_picked_ward_is_the_anchors() -> None:
    shrunk = empirical_bayes(1100, WardLaw(mean=900, shape=50))
    assert shrunk.expected == pytest.approx(1089.4736842105262, rel=1e-9)  # eb_shrunk_mean
    assert shrunk.change == pytest.approx(-0.009569377990430672, rel=1e-9)  # rtm_expected_pct_change
    by_hand = regression_by_reliability(1100, 900, 0.8)
    assert by_hand.change == pytest.approx(-0.036363636363636355, rel=1e-12)  # rtm_reliability_form


def test_wards_picked_when_high_fall_by_as_much_as_said() -> None:
    """200,000 wards, gamma levels and Poisson counts in two years: the highest tenth falls by itself, the rest rises."""
    n, rng, law = 200_000, np.random.default_rng(1), WardLaw(mean=300, shape=20)
    level = rng.gamma(law.shape, law.mean / law.shape, n)
    first, second = rng.poisson(level), rng.poisson(level)
    picked = first >= np.quantile(first, 0.9)
    said = np.array([empirical_bayes(float(x), law).expected for x in first[picked][:4000]])
    seen = second[picked][:4000]
    assert seen.mean() == pytest.approx(said.mean(), abs=4 * seen.std() / math.sqrt(4000))
    # negative control: that nothing would change by itself is rejected
    assert first[picked][:4000].mean() - seen.mean() > 8 * seen.std() / math.sqrt(4000)


def test_law_is_found_again_from_one_count_of_each_ward() -> None:
    rng, law = np.random.default_rng(2), WardLaw(mean=300, shape=20, phi=4)
    level = rng.gamma(law.shape, law.mean / law.shape, 20_000)
    found = ward_law(rng.negative_binomial(level / 3, 1 / 4), phi=4)
    assert found.mean == pytest.approx(300, rel=0.01)
    assert found.shape == pytest.approx(20, rel=0.08)
    assert found.reliability == pytest.approx(law.reliability, abs=0.02)


def test_wards_that_differ_no_more_than_chance_shrink_all_the_way() -> None:
    law = ward_law([100, 101, 99, 100])
    assert law.shape == math.inf
    assert empirical_bayes(130, law).expected == pytest.approx(law.mean)


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
    assert found.any_ward > 0.9999


def test_laws_that_cannot_be_are_refused() -> None:
    with pytest.raises(CrimeError, match="reliability: must be between 0 and 1"):
        regression_by_reliability(10, 10, 1.5)
    with pytest.raises(CrimeError, match="shape: must be above 0"):
        WardLaw(10, 0)
    with pytest.raises(CrimeError, match="two wards or more"):
        ward_law([3])
    with pytest.raises(CrimeError, match="fall: 0 to 1"):
        falls_by_chance(10, 100, 12)
