"""Placebo wards: windows that overlap and share wards, summaries against the wards themselves, brute force."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from simulator.evidence.claim.falls import (
    CrimeError,
    Panel,
    PlaceboWindow,
    beside_window,
    beside_windows,
    windows_of,
)
from simulator.evidence.claim.falls.placebo import effective_windows, sd_for_size

# 2023 quarters against 2024 (facts.md 7.4): first month, wards, share that fell by 12 % or more, median, sd
QUARTERS = tuple(
    PlaceboWindow(first, 3, wards, 0.12, share, median, sd, 600)
    for first, wards, share, median, sd in (
        ("2023-07", 51, 0.294, -0.041, 0.134),
        ("2023-10", 50, 0.220, -0.006, 0.173),
        ("2023-12", 46, 0.326, -0.062, 0.104),
        ("2024-03", 44, 0.091, 0.011, 0.109),
    )
)


def panel(rng: np.random.Generator, wards: int = 60, drift: float = 0.1, level: float = 300.0) -> Panel:
    """Two years of wards whose second year is off by *drift*."""
    off = np.exp(drift * rng.standard_normal(wards))
    table = rng.poisson(level * np.where(np.arange(24) < 12, 1, off[:, None])).astype(float)
    return Panel("2023-07", tuple(f"w{i}" for i in range(wards)), table)


def test_a_claimed_fall_is_placed_in_standard_deviations_of_placebo_wards() -> None:
    """facts.md 7.4 and model.md 9: 22 % of 50 wards fell so; |z| between 0.7 and 1.2."""
    quarter = beside_window(-0.12, QUARTERS[1])
    assert quarter.window.falls == 11
    assert quarter.z == pytest.approx(-0.69, abs=0.01)
    assert quarter.p == pytest.approx(2 * stats.t.sf(0.12 / 0.173, 49), rel=1e-12)
    assert quarter.interval.low < 0.22 < quarter.interval.high
    assert {round(abs(beside_window(-0.12, w).z), 1) for w in QUARTERS} == {0.7, 0.9, 1.1, 1.2}


def test_trend_of_the_window_is_taken_off() -> None:
    december = beside_window(-0.12, QUARTERS[2])
    assert december.z_trend == pytest.approx((-0.12 + 0.062) / 0.104)
    assert december.p_trend > december.p


def test_summaries_of_a_panel_are_the_windows_recounted_by_hand() -> None:
    rng = np.random.default_rng(1)
    held = panel(rng)
    found = windows_of(held, 3, 0.12, 600)
    assert [window.first for window in found] == [f"2023-{m:02d}" for m in range(7, 13)] + [
        f"2024-{m:02d}" for m in range(1, 5)
    ]
    table = held.counts
    for start in (0, 9):
        base, after = table[:, start : start + 3].sum(axis=1), table[:, start + 12 : start + 15].sum(axis=1)
        changes = (after / base - 1)[base >= 600]
        assert found[start].wards == len(changes)
        assert found[start].falls == int((changes <= -0.12).sum())
        assert found[start].median == pytest.approx(np.median(changes))
        assert found[start].sd == pytest.approx(np.std(changes, ddof=1))


def test_overlapping_windows_are_worth_fewer() -> None:
    """Ten quarters that begin a month apart: 3.66; disjoint ones count in full; brute force on the mean agrees."""
    monthly = tuple(replace(QUARTERS[0], first=f"2023-{m:02d}") for m in range(1, 11))
    worth = effective_windows(monthly)
    assert worth == pytest.approx(100 / (10 + 18 * 2 / 3 + 16 / 3))
    assert effective_windows(monthly[::3]) == pytest.approx(4)
    n, rng = 40_000, np.random.default_rng(2)
    months = rng.standard_normal((n, 12))
    quarters = np.stack([months[:, i : i + 3].sum(axis=1) for i in range(10)], axis=1)
    ratio = float(quarters[:, 0].var() / quarters.mean(axis=1).var())
    assert ratio == pytest.approx(worth, rel=4 * math.sqrt(4 / n))


def test_pooling_counts_distinct_wards_and_not_ward_windows() -> None:
    pooled = beside_windows(-0.12, QUARTERS)
    assert (pooled.wards, pooled.ward_windows) == (51, 191)
    assert pooled.share == pytest.approx((15 + 11 + 15 + 4) / 191)
    assert pooled.shares == (pytest.approx(4 / 44), pytest.approx(15 / 46))
    assert pooled.effective.low == 51
    assert pooled.effective.low < pooled.effective.high <= 191
    assert pooled.interval.low < pooled.share < pooled.interval.high
    assert pooled.z_pooled == pytest.approx(-0.12 / pooled.sd)
    assert 0.10 <= pooled.sd <= 0.174
    assert pooled.p.low < pooled.p_pooled < pooled.p.high


def test_interval_on_the_pooled_share_covers_only_with_distinct_wards() -> None:
    """Lasting drifts, 300 panels: the interval by distinct wards covers; that by ward-windows (negative control) does not."""
    from simulator.evidence.statistics.intervals import clopper_pearson

    n, rng, wards = 300, np.random.default_rng(4), 40
    true = np.mean([w.share for w in windows_of(panel(rng, 20_000), 3, 0.12)])
    covered, naive = 0, 0
    for _ in range(n):
        pooled = beside_windows(-0.12, windows_of(panel(rng, wards), 3, 0.12))
        covered += pooled.interval.low <= true <= pooled.interval.high
        low, high = clopper_pearson(pooled.share * pooled.ward_windows, pooled.ward_windows)
        naive += low <= true <= high
    bound = 4 * math.sqrt(0.95 * 0.05 / n)
    assert covered / n > 0.95 - bound
    assert naive / n < 0.95 - bound


def test_placebo_p_is_uniform_for_one_more_ward_and_small_for_a_real_fall() -> None:
    """An untouched ward has p up to 10 % one time in ten; a ward that truly fell by 40 % nearly always."""
    n, rng = 1000, np.random.default_rng(5)
    drawn = {"none": 0, "real": 0}
    for _ in range(n):
        wards = 0.10 * rng.standard_normal(51)
        for kind, change in (("none", wards[0]), ("real", wards[0] - 0.40)):
            fall = max(-change, 1e-6)
            share = float((wards[1:] <= -fall).mean())
            window = PlaceboWindow("2023-10", 3, 50, fall, share, 0.0, float(wards[1:].std(ddof=1)))
            drawn[kind] += beside_window(-fall, window).p_fall <= 0.1
    assert drawn["none"] / n == pytest.approx(0.1, abs=4 * math.sqrt(0.09 / n))
    assert drawn["real"] / n > 0.95


def test_sd_is_never_made_smaller_than_the_wards_own_chance() -> None:
    own = math.sqrt(2 * 2.9 / 1278)
    assert sd_for_size(0.05, 600, 1278, 2.9) == pytest.approx(own)
    assert own < sd_for_size(0.13, 600, 1278, 2.9) < 0.13
    assert sd_for_size(0.13, 600, 500, 2.9) == 0.13


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: beside_window(-0.105, QUARTERS[0]), "fell by 0.12 or more, the change is -0.105"),
        (lambda: beside_window(-12, QUARTERS[0]), "a fall of 12 % being -0.12"),
        (lambda: beside_windows(-0.12, ()), "at least one"),
        (lambda: beside_windows(-0.12, (QUARTERS[0], QUARTERS[0])), "given twice"),
        (lambda: beside_windows(-0.12, (QUARTERS[0], replace(QUARTERS[1], months=6))), "windows of one length"),
        (lambda: beside_windows(-0.12, QUARTERS, wards=50), "between 51 and 191"),
        (lambda: replace(QUARTERS[0], sd=0.0), "the standard deviation above 0"),
        (lambda: windows_of(panel(np.random.default_rng(0), 3), 3, 0.12, 10**6), "fewer than two wards"),
    ],
)
def test_figures_that_cannot_be_used_are_named(make: object, said: str) -> None:
    with pytest.raises(CrimeError, match=said):
        make()
