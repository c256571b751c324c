"""Before against after: anchors, coverage by brute force, and what ignoring dispersion does."""

from __future__ import annotations

import math

import numpy as np
import pytest

from simulator.evidence.claim.falls import (
    Counts,
    CrimeError,
    before_after,
    exact_change,
)


def overdispersed(rng: np.random.Generator, mean: float, phi: float, size: int | tuple[int, ...]) -> np.ndarray:
    """Counts of variance phi x mean."""
    return rng.poisson(mean, size) if phi == 1 else rng.negative_binomial(mean / (phi - 1), 1 / phi, size)


@pytest.mark.parametrize(
    ("before", "after", "phi", "z"),
    [
        (500, 440, 1, -1.9556523621120936),  # rr_z_500_440_phi1
        (500, 440, 2, -1.382855046892951),  # rr_z_500_440_phi2
        (1000, 880, 2, -1.9556523621120936),  # rr_z_1000_880_phi2
        (1000, 880, 3, -1.5967834671477557),  # rr_z_1000_880_phi3
        (1034, 910, 3, -1.6226231481765827),  # rr_z_1034_910_phi3
    ],
)
def test_ratio_of_counts_has_the_anchors_z(before: int, after: int, phi: float, z: float) -> None:
    test = before_after(Counts(before, after), phi)
    assert test.z == pytest.approx(z, rel=1e-9)
    assert test.p == pytest.approx(math.erfc(abs(z) / math.sqrt(2)), rel=1e-9)
    assert test.p_fall == pytest.approx(test.p / 2, rel=1e-9)


def test_exact_p_is_the_anchors() -> None:
    assert exact_change(Counts(1000, 880)).p == pytest.approx(0.00604507852226449, rel=1e-9)  # rr_exact_p_1000_880
    assert exact_change(Counts(1034, 910)).p == pytest.approx(0.005262525845465709, rel=1e-9)  # rr_exact_p_1034_910


@pytest.mark.parametrize("phi", [1.0, 3.0])
def test_intervals_cover_and_p_is_uniform_under_the_right_phi(phi: float) -> None:
    """4,000 years without a change: 5 % are significant, within 4 standard errors and 0.3 % for the normal approximation."""
    n, rng = 4000, np.random.default_rng(1)
    drawn = overdispersed(rng, 900, phi, (n, 2))
    results = [before_after(Counts(*map(int, row)), phi) for row in drawn]
    bound = 4 * math.sqrt(0.05 * 0.95 / n) + 0.003
    assert np.mean([r.p < 0.05 for r in results]) == pytest.approx(0.05, abs=bound)
    assert np.mean([not r.interval.low <= 1 <= r.interval.high for r in results]) == pytest.approx(0.05, abs=bound)


def test_poisson_test_of_overdispersed_counts_is_seen_to_fail() -> None:
    """Negative control: with phi 5.5 the naive test finds a change where there is none in 40 % of years, not 5 %."""
    n, rng = 2000, np.random.default_rng(2)
    drawn = overdispersed(rng, 1278, 5.5, (n, 2))
    share = np.mean([before_after(Counts(*map(int, row))).p < 0.05 for row in drawn])
    expected = math.erfc(1.959963984540054 / math.sqrt(5.5) / math.sqrt(2))
    assert expected == pytest.approx(0.40, abs=0.01)
    assert share == pytest.approx(expected, abs=4 * math.sqrt(expected * (1 - expected) / n) + 0.005)


def test_exact_interval_covers_at_least_its_level() -> None:
    n, rng = 3000, np.random.default_rng(3)
    drawn = rng.poisson([12, 9], (n, 2))
    covered = [e.interval.low <= 0.75 <= e.interval.high for e in (exact_change(Counts(*map(int, r))) for r in drawn)]
    assert np.mean(covered) >= 0.95 - 4 * math.sqrt(0.05 * 0.95 / n)


def test_estimated_phi_widens_the_interval() -> None:
    known, estimated = before_after(Counts(1278, 1125), 2.9), before_after(Counts(1278, 1125), 2.9, df=11)
    assert estimated.p > known.p
    assert estimated.interval.low < known.interval.low < known.interval.high < estimated.interval.high


def test_no_offence_at_all_after_is_answered_by_the_exact_test_alone() -> None:
    test = exact_change(Counts(8, 0))
    assert test.estimate == 0
    assert test.interval.low == 0
    assert test.p == pytest.approx(2 / 2**8)
    assert exact_change(Counts(0, 8)).interval.high == math.inf
    with pytest.raises(CrimeError, match="use the exact test"):
        before_after(Counts(8, 0))


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Counts(-1, 5), "before: must be a count of offences, 0 or more"),
        (lambda: before_after(Counts(1, 5), 0), "phi: must be above 0"),
        (lambda: exact_change(Counts(0, 0)), "nothing can be compared"),
    ],
)
def test_figures_that_cannot_be_used_are_named(make: object, said: str) -> None:
    with pytest.raises(CrimeError, match=said):
        make()


def test_exact_chance_of_a_fall_is_the_lower_tail_of_the_binomial() -> None:
    assert exact_change(Counts(8, 0)).p_fall == pytest.approx(1 / 2**8)
    assert exact_change(Counts(0, 8)).p_fall == 1
