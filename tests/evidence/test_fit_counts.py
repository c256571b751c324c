"""Rates, shares and ratios over uneven deployments: against direct maximisation, closed forms and known truth."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from scipy import optimize, stats

from simulator.evidence.fit.counts import FALL_95, fit_counts
from simulator.evidence.fit.ratios import Beta, clustered_ratio, clustered_share, not_narrower, ratio_by_site
from simulator.evidence.statistics.intervals import Interval

RNG = np.random.default_rng(20240711)


def uneven(n: int, rate: float, k: float, rng: np.random.Generator = RNG) -> tuple[np.ndarray, np.ndarray]:
    """Counts of *n* deployments of 3 to 7 hours whose levels are gamma of shape *k*."""
    hours = rng.uniform(3, 7, n)
    return rng.poisson(rate * hours * rng.gamma(k, 1 / k, n)).astype(float), hours


def scipy_likelihood(y: np.ndarray, e: np.ndarray, rate: float, k: float) -> float:
    return float(stats.nbinom.logpmf(y, k, k / (k + rate * e)).sum())


class TestCounts:
    @pytest.mark.parametrize(("n", "rate", "k"), [(40, 2.0, 4.0), (150, 0.8, 1.5), (80, 400.0, 5.0)])
    def test_the_fit_is_the_maximum_that_scipy_finds(self, n: int, rate: float, k: float) -> None:
        y, e = uneven(n, rate, k)
        model = fit_counts(y, e)

        assert model.rate == y.sum() / e.sum()
        found = optimize.minimize(
            lambda logs: -scipy_likelihood(y, e, *np.exp(logs)),
            np.log([rate, k]),
            method="Nelder-Mead",
            options={"xatol": 1e-9, "fatol": 1e-11, "maxiter": 5000},
        )
        assert model.k == pytest.approx(float(np.exp(found.x[1])), rel=1e-4)

    def test_the_ends_of_intervals_fit_worse_by_just_as_much_as_they_may(self) -> None:
        y, e = uneven(60, 2.0, 4.0)
        model = fit_counts(y, e)

        def highest(**fixed: float) -> float:
            found = optimize.minimize_scalar(
                lambda log: -scipy_likelihood(y, e, rate=math.exp(log), **fixed),
                bounds=(-4, 8),
                method="bounded",
                options={"xatol": 1e-9},
            )
            return -float(found.fun)

        assert model.k is not None
        best = highest(k=model.k)
        for end in model.k_95:
            assert end is not None
            assert best - highest(k=end) == pytest.approx(FALL_95 / 2, abs=1e-5)

    def test_even_counts_are_poisson_with_the_exact_interval(self) -> None:
        y = np.array([4.0, 5, 5, 6, 5, 4, 6])
        model = fit_counts(y, np.full(7, 2.0))

        assert (model.law, model.k, model.k_95[1]) == ("Poisson", None, None)
        assert model.dispersion is not None
        assert model.dispersion < 1
        assert model.rate == 35 / 14
        assert model.rate_95 == pytest.approx((stats.chi2.ppf(0.025, 70) / 28, stats.chi2.ppf(0.975, 72) / 28))

    def test_nothing_counted_is_a_bound(self) -> None:
        model = fit_counts(np.zeros(9), np.full(9, 5.0))

        assert (model.rate, model.rate_95.low) == (0, 0)
        assert model.rate_95.high == pytest.approx(-math.log(0.025) / 45)
        assert model.k_95 == (0, None)

    def test_one_deployment_is_enough_for_a_rate(self) -> None:
        assert fit_counts(np.array([3.0]), np.array([2.0])).rate == 1.5

    def test_of_two_uneven_deployments_only_the_spread_is_told(self) -> None:
        model = fit_counts(np.array([20_000.0, 30_000.0]), np.array([5.0, 5.0]))

        assert model.rate == 5000
        assert model.rate_95.high / model.rate_95.low > 100
        assert model.k_95 == (0, None)

    def test_blank_cells_and_deployments_without_hours_are_left_out(self) -> None:
        y, e = np.array([3.0, np.nan, 4.0]), np.array([1.0, 1.0, 0.0])

        assert (fit_counts(y, e).deployments, fit_counts(y, e).events) == (1, 3)
        with pytest.raises(ValueError, match="no deployment with hours above 0"):
            fit_counts(np.array([1.0]), np.array([0.0]))

    def test_known_rate_and_shape_are_covered_as_often_as_promised(self) -> None:
        """60 records of 80 deployments: of 60 intervals of 95 % at least 51 hold the truth (P < 1e-4 for fewer)."""
        rng = np.random.default_rng(3)
        models = [fit_counts(*uneven(80, 2.0, 5.0, rng)) for _ in range(60)]

        assert stats.binom.cdf(50, 60, 0.95) < 1e-3
        assert sum(m.rate_95.low <= 2.0 <= m.rate_95.high for m in models) >= 51
        assert sum(m.k_95[0] <= 5.0 <= (m.k_95[1] or math.inf) for m in models) >= 51

    def test_poisson_intervals_would_cover_too_seldom(self) -> None:
        """Negative control: with levels of shape 2 an interval for even counts misses the truth in a third of cases."""
        rng = np.random.default_rng(4)
        held = 0
        for _ in range(200):
            y, e = uneven(80, 2.0, 2.0, rng)
            low, high = stats.chi2.ppf([0.025, 0.975], [2 * y.sum(), 2 * y.sum() + 2]) / 2 / e.sum()
            held += low <= 2.0 <= high

        assert held < 160


class TestRatio:
    def test_the_interval_is_close_to_that_of_resampled_deployments(self) -> None:
        rng = np.random.default_rng(5)
        faces = 10_000 * rng.gamma(4, 0.25, 120)
        true = rng.poisson(faces * 7e-4 * rng.gamma(5, 0.2, 120)).astype(float)
        found = clustered_ratio(true, faces)

        rows = rng.integers(0, 120, (4000, 120))
        again = true[rows].sum(axis=1) / faces[rows].sum(axis=1)
        assert found.value == true.sum() / faces.sum()
        assert math.log(found.interval_95.high / found.interval_95.low) == pytest.approx(
            math.log(np.quantile(again, 0.975) / np.quantile(again, 0.025)), rel=0.1
        )

    def test_it_is_never_narrower_than_chance(self) -> None:
        """Deployments that agree by accident are no better evidence than their counts."""
        found = clustered_ratio(np.array([5.0, 5, 5, 5]), np.full(4, 1000.0))

        assert found.interval_95 == pytest.approx((stats.chi2.ppf(0.025, 40) / 8000, stats.chi2.ppf(0.975, 42) / 8000))

    def test_none_of_many_is_a_bound(self) -> None:
        found = clustered_ratio(np.zeros(12), np.full(12, 17_518.8333))

        assert found.interval_95.low == 0
        assert 1 / found.interval_95.high == pytest.approx(56_989, rel=1e-3)  # 0 in 210,226 faces, two-sided


class TestFewDays:
    def test_one_day_is_no_surer_than_days_are_alike(self) -> None:
        """10,000 faces in 5 hours: chance alone would have it within 2 %, days of shape 6 differ by 41 %."""
        alone = clustered_ratio(np.array([10_000.0]), np.array([5.0]))
        found = not_narrower(alone, np.array([5.0]), 6.0)

        low, high = found.interval_95
        assert math.log(high / low) == pytest.approx(2 * 1.96 * math.sqrt(1e-4 + 1 / 6), rel=1e-3)
        assert alone.interval_95.high / alone.interval_95.low < 1.05
        assert "as the scenario has it" in found.spread_over

    def test_it_covers_as_often_as_promised(self) -> None:
        """400 records of two days each: at least 360 of 400 intervals hold the mean (P < 1e-4 for fewer at 95 %)."""
        rng = np.random.default_rng(8)
        held = {"own": 0, "counts": 0}
        for _ in range(400):
            faces = rng.poisson(2000 * 5 * rng.gamma(6, 1 / 6, 2)).astype(float)
            alone = clustered_ratio(faces, np.full(2, 5.0))
            counts = replace(alone, interval_95=Interval(alone.value * 0.98, alone.value * 1.02))
            for name, ratio in (("own", not_narrower(counts, np.full(2, 5.0), 6.0)), ("counts", counts)):
                held[name] += ratio.interval_95.low <= 2000 <= ratio.interval_95.high

        assert stats.binom.cdf(359, 400, 0.95) < 1e-4
        assert held["own"] >= 360
        assert held["counts"] < 100  # negative control

    def test_many_days_speak_for_themselves(self) -> None:
        found = clustered_ratio(np.full(8, 5000.0), np.full(8, 5.0))

        assert not_narrower(found, np.full(8, 5.0), 6.0) == found


class TestRatioBySite:
    def test_sites_that_differ_widen_the_interval_to_that_of_resampled_sites(self) -> None:
        rng = np.random.default_rng(6)
        sites = np.repeat(np.arange(60), 5)
        faces = np.full(300, 10_000.0)
        true = rng.poisson(faces * 7e-4 * np.repeat(rng.gamma(4, 0.25, 60), 5)).astype(float)
        found, alone = ratio_by_site(true, faces, sites.tolist()), clustered_ratio(true, faces)

        picked = rng.integers(0, 60, (4000, 60))
        again = true.reshape(60, 5).sum(axis=1)[picked].sum(axis=1) / 3e6
        width = math.log(found.interval_95.high / found.interval_95.low)
        assert width == pytest.approx(math.log(np.quantile(again, 0.975) / np.quantile(again, 0.025)), rel=0.1)
        assert width > 1.5 * math.log(alone.interval_95.high / alone.interval_95.low)  # deployments alone are too sure
        assert (found.value, found.spread_over, alone.spread_over) == (alone.value, "60 sites", "300 deployments")

    def test_few_sites_are_not_told_apart(self) -> None:
        true, faces = np.array([1.0, 2, 3, 9, 9, 8]), np.full(6, 1000.0)

        assert ratio_by_site(true, faces, list("aaabbb")) == clustered_ratio(true, faces)


class TestShare:
    def test_alike_deployments_give_the_textbook_law(self) -> None:
        share = clustered_share(np.array([3.0, 3, 3]), np.array([6.0, 6, 6]))

        assert share.dispersion == 1
        assert share.beta == Beta(a=9.5, b=9.5)
        low, high = stats.binomtest(9, 18).proportion_ci(method="exact")
        assert share.interval_95 == pytest.approx((low, high))

    def test_deployments_that_differ_count_for_less(self) -> None:
        """Twice the variance of chance is worth half the cases."""
        rng = np.random.default_rng(6)
        size = np.full(400, 8)
        p = rng.beta(0.4 * 6, 0.6 * 6, 400)
        share = clustered_share(rng.binomial(size, p).astype(float), size.astype(float))

        # beta-binomial: 1 + (n - 1) rho with rho = 1 / (a + b + 1); sd of the estimate about 2 * sqrt(2 / 399)
        assert share.dispersion == pytest.approx(2, abs=4 * 2 * math.sqrt(2 / 399))
        assert share.beta.a + share.beta.b - 1 == pytest.approx(3200 / share.dispersion)

    def test_nothing_to_share_is_refused(self) -> None:
        with pytest.raises(ValueError, match="no deployment with a trial"):
            clustered_share(np.array([0.0]), np.array([0.0]))
