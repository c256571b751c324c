"""How many offences a fall needs: anchors, the published round figures, and brute force."""

from __future__ import annotations

import math

import numpy as np
import pytest

from simulator.evidence.claim.falls import Counts, CrimeError, Design, detectable_fall, needed_count, power_of, sight

PHIS = (1.0, 2.0, 5.5)


@pytest.mark.parametrize("phi", PHIS)
def test_offences_needed_to_see_12_per_cent_are_proportional_to_phi(phi: float) -> None:
    """model.md 9: 502, 972 with an equal flat comparison area; at 80 % power 1,026 and 1,987; each times phi."""
    alone, compared = Design(phi), Design(phi, comparison_ratio=1)
    assert needed_count(0.12, 0.5, alone) == pytest.approx(
        502.20712812961494 * phi, abs=1e-6
    )  # min_before_count_12pc_phi1
    assert round(needed_count(0.12, 0.5, compared) / phi) == 972
    assert round(needed_count(0.12, 0.8, alone) / phi) == 1026
    assert round(needed_count(0.12, 0.8, compared) / phi) == 1987


@pytest.mark.parametrize("design", [Design(), Design(3, 1.0), Design(2, 0.5, 2.0)])
@pytest.mark.parametrize("power", [0.5, 0.8, 0.95])
def test_power_needed_and_detectable_are_each_others_inverses(design: Design, power: float) -> None:
    count = needed_count(0.12, power, design)
    assert power_of(count, 0.12, design) == pytest.approx(power, rel=1e-9)
    assert detectable_fall(count, power, design) == pytest.approx(0.12, rel=1e-7)


@pytest.mark.parametrize(
    ("design", "base"),
    [(Design(), 502), (Design(), 1026), (Design(2.9), 1278), (Design(2.9, 1.0), 2500), (Design(2, 3.0, 2.0), 1200)],
)
def test_power_is_what_brute_force_counts(design: Design, base: int) -> None:
    """20,000 pairs of periods with a true fall of 12 %, tested; 4 standard errors and 1 % for the approximations."""
    n, rng, phi, w = 20_000, np.random.default_rng(1), design.phi, design.exposure_ratio
    ratio = design.comparison_ratio
    means = [base, 0.88 * w * base] + ([] if ratio is None else [ratio * base, ratio * w * base])
    shape = np.array(means)
    x = (
        rng.poisson(shape, (n, len(means)))
        if phi == 1
        else rng.negative_binomial(shape / (phi - 1), 1 / phi, (n, len(means)))
    )
    log = np.log(x[:, 1] / x[:, 0] / w)
    if ratio is not None:
        log -= np.log(x[:, 3] / x[:, 2] / w)
    seen = log / np.sqrt(phi * (1 / x).sum(axis=1)) < -1.959963984540054
    expected = power_of(base, 0.12, design)
    assert seen.mean() == pytest.approx(expected, abs=4 * math.sqrt(expected * (1 - expected) / n) + 0.01)


def test_wrong_phi_is_seen_by_brute_force() -> None:
    """Negative control: power at phi 1 is not that of counts with phi 2.9."""
    assert power_of(1278, 0.12, Design(1)) - power_of(1278, 0.12, Design(2.9)) > 0.4


def test_wards_count_of_1278_offences_sees_about_as_often_as_not() -> None:
    """Fairfield's quarter: .88 if counts were Poisson, .45 at phi 2.9, .27 at phi 5.5; with a comparison area less."""
    found = [round(power_of(1278, 0.12, Design(phi)), 2) for phi in (1, 2.9, 5.5)]
    assert found == [0.88, 0.45, 0.27]
    assert power_of(1278, 0.12, Design(2.9, 1.0)) < power_of(1278, 0.12, Design(2.9))


def test_very_large_comparison_area_is_as_good_as_none_needed() -> None:
    assert needed_count(0.12, 0.8, Design(1, 1e9)) == pytest.approx(needed_count(0.12, 0.8), rel=1e-6)


def test_no_fall_at_all_can_be_seen_in_a_handful_of_offences() -> None:
    assert detectable_fall(3, 0.8) is None
    row = sight(3, 0.12)
    assert row.detectable == (None, None)
    assert row.power < 0.05


def test_power_without_an_effect_is_half_the_level() -> None:
    assert power_of(1000, 1e-9) == pytest.approx(0.025, abs=1e-6)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: needed_count(12), "fall: must be between 0 and 1"),
        (lambda: needed_count(0.12, 0.01), "power: must be above 0.025"),
        (lambda: power_of(0, 0.12), "base_count: must be above 0"),
        (lambda: Design(0), "phi: must be above 0"),
        (lambda: Design(1, comparison_ratio=0), "comparison_ratio: must be above 0"),
        (lambda: Design(level=95), "level: must be between 0 and 1"),
    ],
)
def test_designs_that_cannot_be_are_refused(make: object, said: str) -> None:
    with pytest.raises(CrimeError, match=said):
        make()


def test_half_power_means_the_fall_itself_would_be_just_significant() -> None:
    from simulator.evidence.claim.falls import before_after

    count = math.ceil(needed_count(0.12, 0.5, Design(3)))
    assert before_after(Counts(count, round(0.88 * count)), 3).p == pytest.approx(0.05, abs=0.002)
