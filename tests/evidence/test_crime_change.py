"""Before against after: anchors, an independent fit, coverage by brute force, and what ignoring dispersion does."""

from __future__ import annotations

import math

import numpy as np
import pytest

from simulator.evidence.claim.falls import (
    Counts,
    CrimeError,
    Panel,
    before_after,
    exact_change,
    panel_change,
    weighted_difference,
    with_comparison,
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


def test_relative_effect_size_is_the_inverse_of_the_relative_change() -> None:
    test = with_comparison(Counts(1000, 880, comparison_before=1000, comparison_after=1000))
    assert test.inverse == pytest.approx(1.1363636363636365, rel=1e-12)  # res_value
    assert -test.z == pytest.approx(1.9876269996741245, rel=1e-9)  # res_z_phi1


def test_weighted_difference_is_the_worked_example() -> None:
    test = weighted_difference(Counts(50, 30, comparison_before=60, comparison_after=55))
    assert test.estimate == pytest.approx(-15.0)  # wdd_value
    assert test.estimate / test.z == pytest.approx(13.96424004376894, rel=1e-9)  # wdd_se
    doubled = weighted_difference(Counts(50, 30, comparison_before=60, comparison_after=55), phi=4)
    assert doubled.z == pytest.approx(test.z / 2)


def test_days_are_an_exposure() -> None:
    """A Poisson regression with exposure (statsmodels 0.15, GLM) of 1278 in 92 days, 1125 in 90."""
    test = before_after(Counts(1278, 1125, 92, 90))
    assert test.estimate == pytest.approx(0.8998435054773074, rel=1e-9)
    assert test.z == pytest.approx(-2.5814213878074552, rel=1e-6)
    assert exact_change(Counts(1278, 1125, 92, 90)).estimate == pytest.approx(test.estimate)


def test_comparison_takes_out_what_both_areas_share() -> None:
    """Twice the days after changes the plain ratio and the exact one, but nothing relative to the comparison area."""
    short, long = (Counts(400, 350, 1, w, 500, 510) for w in (1, 2))
    assert with_comparison(short).estimate == with_comparison(long).estimate
    assert before_after(long).estimate == pytest.approx(before_after(short).estimate / 2)


@pytest.mark.parametrize("phi", [1.0, 3.0])
@pytest.mark.parametrize("test", [before_after, with_comparison, weighted_difference])
def test_intervals_cover_and_p_is_uniform_under_the_right_phi(test: object, phi: float) -> None:
    """4,000 years without a change: 5 % are significant, within 4 standard errors and 0.3 % for the normal approximation."""
    n, rng = 4000, np.random.default_rng(1)
    drawn = overdispersed(rng, 900, phi, (n, 4))
    results = [test(Counts(*map(int, row[:2]), 1, 1, *map(int, row[2:])), phi) for row in drawn]
    none = 0.0 if test is weighted_difference else 1.0
    bound = 4 * math.sqrt(0.05 * 0.95 / n) + 0.003
    assert np.mean([r.p < 0.05 for r in results]) == pytest.approx(0.05, abs=bound)
    assert np.mean([not r.interval.low <= none <= r.interval.high for r in results]) == pytest.approx(0.05, abs=bound)


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
        (lambda: Counts(1, 5, 0, 3), "days_before: must be above 0"),
        (lambda: Counts(1, 5, comparison_before=3), "both before and after"),
        (lambda: with_comparison(Counts(1, 5)), "needs the offences of a comparison area"),
        (lambda: before_after(Counts(1, 5), 0), "phi: must be above 0"),
        (lambda: exact_change(Counts(0, 0)), "nothing can be compared"),
    ],
)
def test_figures_that_cannot_be_used_are_named(make: object, said: str) -> None:
    with pytest.raises(CrimeError, match=said):
        make()


WARDS = ("a", "b", "c", "d")
TABLE = np.array(
    [[52, 47, 81, 40, 28, 33], [110, 75, 130, 141, 99, 128], [75, 80, 61, 70, 46, 93], [31, 45, 40, 16, 22, 30]], float
)


def test_panel_is_the_quasi_poisson_regression_with_ward_and_month_terms() -> None:
    """Values of statsmodels 0.15: GLM Poisson, scale X2, of TABLE on wards, months and treated x after."""
    found = panel_change(Panel("2025-07", WARDS, TABLE), ("a",), "2025-10")
    assert found.test.estimate == pytest.approx(0.5628509905254078, rel=1e-9)
    assert found.test.phi == pytest.approx(3.675153157487736, rel=1e-9)
    assert found.test.z == pytest.approx(-2.2010627308544803, rel=1e-8)
    assert found.test.df == 14
    assert found.test.p == pytest.approx(0.045010539713338564, rel=1e-7)


def test_exchange_finds_a_large_fall_and_not_a_usual_one() -> None:
    """40 wards that drift by 10 % each: a fall of 12 % is one of many, one of 45 % stands alone."""
    rng = np.random.default_rng(4)
    wards = tuple(f"w{i}" for i in range(40))
    drift = np.exp(0.1 * rng.standard_normal(40))
    table = rng.poisson(400 * np.where(np.arange(24) < 12, 1, drift[:, None])).astype(float)
    p = {}
    for fall in (0.12, 0.45):
        changed = table.copy()
        changed[0, 12:] = table[0, :12] * (1 - fall)
        p[fall] = panel_change(Panel("2024-01", wards, changed), ("w0",), "2025-01").p_fall_exchange
    assert p[0.45] == 1 / 40
    assert 2 / 40 < p[0.12] < 0.4


def test_exchange_p_is_uniform_without_an_effect() -> None:
    """Drifting wards, one picked at random: 10 % have p up to 10 %; the regression's own p says so far more often."""
    n, rng = 400, np.random.default_rng(5)
    by_exchange, by_model = [], []
    for _ in range(n):
        drift = np.exp(0.1 * rng.standard_normal(20))
        table = rng.poisson(300 * np.where(np.arange(12) < 6, 1, drift[:, None])).astype(float)
        found = panel_change(Panel("2024-01", tuple(map(str, range(20))), table), ("7",), "2024-07")
        by_exchange.append(found.p_exchange)
        by_model.append(found.test.p)
    bound = 4 * math.sqrt(0.1 * 0.9 / n)
    # the treated ward belongs to what the others are compared with, so the two sides differ a little
    assert np.mean(np.array(by_exchange) <= 0.1) == pytest.approx(0.1, abs=bound + 0.02)
    assert np.mean(np.array(by_model) <= 0.1) > 0.1 + bound


def test_panel_mistakes_are_named() -> None:
    panel = Panel("2025-07", WARDS, TABLE)
    with pytest.raises(CrimeError, match="must be wards of the panel"):
        panel_change(panel, ("z",), "2025-10")
    with pytest.raises(CrimeError, match="no other ward"):
        panel_change(panel, WARDS, "2025-10")
    with pytest.raises(CrimeError, match="must lie inside"):
        panel_change(panel, ("a",), "2025-07")
    with pytest.raises(CrimeError, match="named twice"):
        Panel("2025-07", ("a", "a"), TABLE[:2])


def test_exact_chance_of_a_fall_is_the_lower_tail_of_the_binomial() -> None:
    assert exact_change(Counts(8, 0)).p_fall == pytest.approx(1 / 2**8)
    assert exact_change(Counts(0, 8)).p_fall == 1


def test_weighted_difference_brings_the_later_counts_to_the_days_before() -> None:
    """Twice the days and twice the counts after: the same difference, from less chance."""
    same = weighted_difference(Counts(400, 350, 1, 1, 500, 510))
    longer = weighted_difference(Counts(400, 700, 1, 2, 500, 1020))
    assert longer.estimate == same.estimate == -60
    assert longer.estimate / longer.z == pytest.approx(math.sqrt(400 + 500 + (350 + 510) / 2))


def test_placebo_changes_are_each_ward_against_all_the_others() -> None:
    found = panel_change(Panel("2025-07", WARDS, TABLE), ("a",), "2025-10")
    before, after = TABLE[1:, :3].sum(axis=1), TABLE[1:, 3:].sum(axis=1)
    by_hand = (after[0] / before[0]) / (after[1:].sum() / before[1:].sum()) - 1
    assert found.placebo_changes[0] == pytest.approx(by_hand)
    assert len(found.placebo_changes) == found.others == 3
