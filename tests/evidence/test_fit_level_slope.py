"""Level and slope of the false alert rate: against the literature's figures, brute force and known truth."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import special, stats

from simulator.evidence.fit.level_slope import FLATTEST, STEEPEST, Counts, flat, level_and_slope, net, poisson_p
from simulator.scenario.presets import FIELD
from simulator.scenario.quantity import Rate

# False alerts and exposures of the Met's deployments at 0.60 (Dec 2023 to June 2024), 0.62 (11-23 July 2024) and 0.64
# (25 July 2024 to 11 July 2025): model.md 2.2, computed there from the same records by another program.
SEEN = [24.0, 4.0, 7.0]
BY_HOURS_AND_LIST = [6.718337e6, 7.601928e5, 1.624629e7]
BY_TRUE_ALERTS = [640.0, 50.0, 1753.0]
BY_FACES_AND_LIST = [183_874 * 13_392.0, 16_589 * 15_739.0, 2_424_559 * 15_681.0]
THRESHOLDS = np.array([0.60, 0.62, 0.64])


def met(exposure: list[float], rows: slice = slice(None)) -> Counts:
    return Counts(THRESHOLDS[rows], np.array(SEEN)[rows], np.array(exposure)[rows])


@pytest.mark.parametrize(
    ("exposure", "slope", "ends", "fitted", "error"),
    [
        (BY_HOURS_AND_LIST, 52.9, (32, 74), 49.6, 9.9),
        (BY_TRUE_ALERTS, 56.0, (35, 77), 52.4, 9.8),
        (BY_FACES_AND_LIST, 99.2, (78, 120), 95.3, 9.7),
    ],
    ids=["hours and list", "true alerts", "faces and list"],
)
def test_the_figures_of_another_program_come_out(
    exposure: list[float], slope: float, ends: tuple[float, float], fitted: float, error: float
) -> None:
    counts = met(exposure)
    pair, fit = counts.pair(0, 2), counts.likeliest(0.64)

    assert pair is not None
    assert fit is not None
    assert pair.slope == pytest.approx(slope, abs=0.05)
    assert pair.interval_95 == pytest.approx(ends, abs=0.6)
    assert fit.slope == pytest.approx(fitted, abs=0.15)
    assert fit.standard_error == pytest.approx(error, abs=0.05)


def test_per_hour_alone_the_factor_is_six() -> None:
    """25 false alerts in 593.1 hours at 0.60, 7 in 1,036.0 hours at 0.64: 6.2 (2.7 to 14.4), p about 2e-6."""
    pair = Counts(np.array([0.60, 0.64]), np.array([25.0, 7.0]), np.array([593.1, 1036.0])).pair(0, 1)

    assert pair is not None
    assert pair.factor == pytest.approx(6.2, abs=0.05)
    assert pair.factor_95 == pytest.approx((2.7, 14.4), abs=0.06)
    assert pair.same_rate_p == pytest.approx(2e-6, rel=0.3)


class TestLikeliest:
    def test_two_thresholds_have_a_closed_form(self) -> None:
        fit = met(BY_HOURS_AND_LIST, slice(0, 3, 2)).likeliest(0.64)

        assert fit is not None
        log_ratio = math.log(24 / BY_HOURS_AND_LIST[0] / (7 / BY_HOURS_AND_LIST[2]))
        assert fit.slope == pytest.approx(log_ratio / 0.04)
        assert fit.standard_error == pytest.approx(math.sqrt(1 / 24 + 1 / 7) / 0.04)
        assert fit.expected_counts == pytest.approx((24, 7))

    def test_three_thresholds_are_a_maximum(self) -> None:
        counts = met(BY_HOURS_AND_LIST)
        fit = counts.likeliest(0.64)
        assert fit is not None

        def likelihood(level: float, slope: float) -> float:
            mean = counts.exposure * level * np.exp(-slope * (counts.thresholds - 0.64))
            return float(stats.poisson.logpmf(counts.k, mean).sum())

        at_064 = fit.expected_counts[2] / counts.exposure[2]
        best = likelihood(at_064, fit.slope)
        for level, slope in ((1.01, 1), (0.99, 1), (1, 1.01), (1, 0.99), (1.01, 1.01), (0.99, 1.01)):
            assert likelihood(at_064 * level, fit.slope * slope) < best

    @pytest.mark.parametrize("k", [[0, 0, 0], [5, 0, 0], [0, 0, 3]])
    def test_false_alerts_at_one_end_alone_have_no_likeliest_slope(self, k: list[float]) -> None:
        assert Counts(THRESHOLDS, np.array(k, float), np.ones(3)).likeliest(0.64) is None

    def test_one_threshold_has_none_either(self) -> None:
        assert met(BY_HOURS_AND_LIST, slice(0, 1)).likeliest(0.64) is None


def by_brute_force(counts: Counts, anchor: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The joint law on a net of slope and log level: Poisson times Jeffreys' prior of the level times the flat one."""
    slope = np.linspace(FLATTEST, STEEPEST, 1401)
    centre = math.log((counts.k.sum() + 0.5) / counts.exposure.sum())
    log_level = np.linspace(centre - 25, centre + 12, 2001)
    mean = (
        np.exp(log_level[None, :])
        * (np.exp(-np.multiply.outer(slope, counts.thresholds - anchor)) * counts.exposure).sum(axis=1)[:, None]
    )
    log_p = (counts.k.sum() + 0.5) * log_level[None, :] - mean
    log_p = log_p - slope[:, None] * float(counts.k @ (counts.thresholds - anchor))
    p = np.exp(log_p - log_p.max())
    return slope, log_level, p / p.sum()


def quantiles(p: np.ndarray, x: np.ndarray) -> np.ndarray:
    """2.5 %, 50 % and 97.5 % of a law with probability *p* in the cells around *x*."""
    return np.interp([0.025, 0.5, 0.975], p.cumsum() - p / 2, x)


@pytest.mark.parametrize("k", [SEEN, [24.0, 4.0, 0.0], [2.0, 0.0, 1.0], [0.0, 0.0, 0.0]])
def test_the_law_is_that_of_brute_force(k: list[float]) -> None:
    """Also without a false alert: the law is proper, because the prior of the slope is."""
    counts = Counts(THRESHOLDS, np.array(k), np.array(BY_HOURS_AND_LIST))
    law = level_and_slope(counts, 0.64)
    slope, log_level, p = by_brute_force(counts, 0.64)

    middle = quantiles(p.sum(axis=1), slope)
    assert law.slope_quantiles() == pytest.approx(middle, rel=0.01, abs=0.1)
    level = np.exp(quantiles(p.sum(axis=0), log_level))
    assert law.rate_quantiles(0.64, 2**14) == pytest.approx(level, rel=0.03)


def test_with_one_threshold_the_level_is_the_textbook_gamma_and_the_slope_keeps_its_prior() -> None:
    prior = Rate.model_validate(FIELD.fields["slope_per_unit"])
    counts = Counts(np.array([0.64]), np.array([7.0]), np.array([1036.0]))
    law = level_and_slope(counts, 0.64, prior.ppf, learn=False)

    assert law.rate_quantiles(0.64) == pytest.approx(
        stats.gamma(7.5, scale=1 / 1036).ppf([0.025, 0.5, 0.975]), rel=0.01
    )
    assert law.slope_quantiles() == pytest.approx((35, 50, 70), rel=1e-3)
    # at another threshold the slope's ignorance comes on top
    low, middle, high = law.rate_quantiles(0.60)
    assert middle == pytest.approx(7.17 / 1036 * math.exp(2), rel=0.03)
    assert math.log(high / low) > math.log(np.divide(*law.rate_quantiles(0.64)[::-2]))


def test_draws_follow_the_law() -> None:
    law = level_and_slope(met(BY_HOURS_AND_LIST), 0.64)
    level, slope = law.draws(net(4096))

    assert np.quantile(slope, [0.025, 0.5, 0.975]) == pytest.approx(law.slope_quantiles(), rel=0.01)
    # given the slope the level is gamma: its probabilities are uniform
    assert stats.kstest(special.gammainc(law.shape, level * law.exposure_at(slope)), "uniform").statistic < 0.02
    # more events at 0.60 than at 0.64: a steep slope goes with a low level
    assert np.corrcoef(np.log(level), slope)[0, 1] < -0.5


def test_equal_rates_are_tested_as_by_adding_up_the_binomial() -> None:
    counts = Counts(np.array([0.60, 0.64]), np.array([9.0, 2.0]), np.array([100.0, 300.0]))
    p = stats.binom.pmf(np.arange(12), 11, 0.25)

    assert counts.same_rate_p(0, 1) == pytest.approx(p[p <= p[9] * (1 + 1e-7)].sum())
    assert Counts(np.array([0.60, 0.64]), np.zeros(2), np.ones(2)).same_rate_p(0, 1) == 1


def simulated(slope: float, rng: np.random.Generator) -> Counts:
    exposure = np.array([600.0, 300.0, 1000.0])
    return Counts(
        THRESHOLDS, rng.poisson(exposure * 0.007 * np.exp(-slope * (THRESHOLDS - 0.64))).astype(float), exposure
    )


def test_a_known_slope_is_covered_as_often_as_promised() -> None:
    """Of 200 intervals of 95 % at least 178 hold the truth (P < 1e-4 for fewer)."""
    rng = np.random.default_rng(8)
    held = 0
    for _ in range(200):
        low, _, high = level_and_slope(simulated(50.0, rng), 0.64).slope_quantiles()
        held += low <= 50.0 <= high

    assert stats.binom.cdf(177, 200, 0.95) < 1e-3
    assert held >= 178


def test_a_wrong_slope_is_not() -> None:
    """Negative control: the same intervals do not hold a slope of 110."""
    rng = np.random.default_rng(9)
    held = sum(level_and_slope(simulated(50.0, rng), 0.64).slope_quantiles()[2] >= 110 for _ in range(50))

    assert held <= 5


def test_the_weak_prior_is_even() -> None:
    assert flat(np.array([0.0, 0.5, 1.0])).tolist() == [5, 127.5, 250]


def test_a_count_far_from_its_mean_is_unlikely() -> None:
    """Twice the smaller tail, by hand for small counts; the mode is as likely as can be."""
    assert poisson_p(0, 3.0) == pytest.approx(2 * math.exp(-3))
    assert poisson_p(4, 1.0) == pytest.approx(2 * (1 - math.exp(-1) * (1 + 1 + 1 / 2 + 1 / 6)))  # the Met at 0.62
    assert poisson_p(5, 5.0) == 1.0
