"""Scores of count forecasts against closed forms and brute force, and the PIT of right and of wrong forecasts."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import special, stats

from simulator.evidence.check.coverage import cluster_effect, covered, histogram, inside, mean_interval
from simulator.evidence.check.predictive import Forecast, from_draws
from simulator.evidence.check.scores import crps, log_score, pit_ends, randomised_pit
from simulator.evidence.check.skill import Clusters, skill_of
from simulator.evidence.statistics.intervals import wilson
from simulator.evidence.statistics.negative_binomial import mixtures
from simulator.scenario.quantity import Array

ONE = np.ones(1)


def table_of(mean: float, shape: float, rows: int = 1) -> np.ndarray:
    return np.repeat(mixtures(np.array([[mean]]), np.array([shape]), ONE), rows, axis=0)


def poisson_crps(mean: float, y: float) -> float:
    """Closed form (Wei and Held 2014; Jordan, Krueger and Lerch 2019)."""
    law = stats.poisson(mean)
    bessel = special.ive(0, 2 * mean) + special.ive(1, 2 * mean)
    return float((y - mean) * (2 * law.cdf(y) - 1) + 2 * mean * law.pmf(y) - mean * bessel)


def negative_binomial_crps(mean: float, shape: float, y: float) -> float:
    """Closed form with Gauss' hypergeometric function (the same)."""
    p = shape / (shape + mean)
    first = y * (2 * stats.nbinom(shape, p).cdf(y) - 1)
    second = p * (2 * stats.nbinom(shape + 1, p).cdf(y - 1) - 1)
    return float(first - shape * (1 - p) / p**2 * (second + special.hyp2f1(shape + 1, 0.5, 2, -4 * (1 - p) / p**2)))


@pytest.mark.parametrize(("mean", "shape"), [(0.06, 0.5), (2.3, 4.0), (9.4, 18.0), (30.0, 3.0)])
@pytest.mark.parametrize("y", [0.0, 1.0, 7.0, 40.0])
def test_crps_is_the_closed_form_of_a_negative_binomial(mean: float, shape: float, y: float) -> None:
    found = crps(table_of(mean, shape), np.array([y]))[0]

    assert found == pytest.approx(negative_binomial_crps(mean, shape, y), rel=1e-6)


@pytest.mark.parametrize("y", [0.0, 3.0, 9.0])
def test_crps_is_the_closed_form_of_a_poisson_law(y: float) -> None:
    """A shape without bound is a Poisson law."""
    found = crps(table_of(3.7, 1e8), np.array([y]))[0]

    assert found == pytest.approx(poisson_crps(3.7, y), rel=1e-6)


def test_crps_is_brute_force_of_its_definition() -> None:
    """E|X - y| - E|X - X'| / 2 over every pair of counts of a lopsided law."""
    law = np.array([[0.5, 0.0, 0.2, 0.1, 0.0, 0.2]])
    counts = np.arange(6)
    for y in (0.0, 2.0, 5.0):
        expected = (law[0] * abs(counts - y)).sum()
        expected -= sum(law[0, i] * law[0, j] * abs(i - j) for i in counts for j in counts) / 2

        assert crps(law, np.array([y]))[0] == pytest.approx(expected, abs=1e-12)


def test_crps_of_certainty_is_the_distance_also_beyond_the_table() -> None:
    certain = np.array([[0.0, 0.0, 1.0]])

    assert [crps(certain, np.array([y]))[0] for y in (0.0, 2.0, 10.0)] == [2.0, 0.0, 8.0]


def test_log_score_is_minus_the_logarithm_of_the_probability() -> None:
    law = stats.nbinom(4.0, 4.0 / (4.0 + 2.3))

    assert log_score(table_of(2.3, 4.0), np.array([5.0]))[0] == pytest.approx(-law.logpmf(5), rel=1e-6)
    assert math.isinf(log_score(np.array([[0.0, 1.0]]), np.array([0.0]))[0])
    assert math.isinf(log_score(np.array([[0.0, 1.0]]), np.array([7.0]))[0])


def test_pit_lies_between_the_sums_below_and_up_to_the_count() -> None:
    law = np.array([[0.5, 0.3, 0.2]] * 4)
    low, high = pit_ends(law, np.array([0.0, 1.0, 2.0, 9.0]))

    assert low == pytest.approx([0.0, 0.5, 0.8, 1.0])
    assert high == pytest.approx([0.5, 0.8, 1.0, 1.0])


@pytest.mark.parametrize(("mean", "shape"), [(0.06, 0.5), (9.4, 6.0)])
def test_pit_of_the_true_law_is_uniform_and_of_a_wrong_one_is_not(mean: float, shape: float) -> None:
    """Kolmogorov's distance at 1 in 10,000 for so many rows; half the rate, where there are counts to see, is beyond it."""
    rows = 20_000
    observed = stats.nbinom(shape, shape / (shape + mean)).rvs(rows, random_state=3).astype(float)
    bound = float(stats.kstwobign.ppf(0.9999)) / math.sqrt(rows)

    def distance(table: np.ndarray) -> float:
        pit = randomised_pit(table, observed, 1, times=1)[0]
        return float(stats.kstest(pit, "uniform").statistic)

    assert distance(table_of(mean, shape, rows)) < bound
    assert distance(table_of(mean / 2, shape, rows)) > bound


def test_coverage_of_the_true_law_is_the_level() -> None:
    """By the randomised PIT also for counts that are mostly 0, where whole intervals hold far more."""
    rows = 20_000
    observed = stats.poisson(0.06).rvs(rows, random_state=3).astype(float)
    pit = randomised_pit(table_of(0.06, 1e8, rows), observed, 1, times=20)
    error = math.sqrt(0.9 * 0.1 / rows)

    assert abs(inside(pit, 0.9).mean() - 0.9) < 4 * error
    assert abs(histogram(pit) - 0.1).max() < 4 * math.sqrt(0.1 * 0.9 / rows)
    assert (observed == 0).mean() > 0.93


def test_coverage_hardly_sees_a_rate_of_rare_events_that_is_far_too_low() -> None:
    """Negative control of coverage itself: 14 times too low, and nine in ten intervals of the level 0.9 still hold."""
    rows = 20_000
    observed = stats.poisson(0.06).rvs(rows, random_state=3).astype(float)
    pit = randomised_pit(table_of(0.06 / 14, 1e8, rows), observed, 1, times=20)

    assert 0.84 < inside(pit, 0.9).mean() < 0.90


def clustered(seed: int, groups: int = 40, size: int = 4) -> tuple[np.ndarray, list[int]]:
    """Rows inside or not, alike within groups (all or none of a group in half of the cases); 0.85 on average."""
    rng = np.random.default_rng(seed)
    together = np.repeat(rng.random(groups) < 0.85, size)
    alone = rng.random(groups * size) < 0.85
    joint = np.repeat(rng.random(groups) < 0.5, size)
    return np.where(joint, together, alone).astype(float), [i // size for i in range(groups * size)]


def test_the_cluster_interval_holds_the_truth_and_one_without_clusters_does_not() -> None:
    """Nominal 95 %, over 1,000 records; a bound of four standard errors below, and above it for the naive one."""
    records, held, naive = 1000, 0, 0
    for seed in range(records):
        values, names = clustered(seed)
        low, high = covered(values, names)
        held += low <= 0.85 <= high
        low, high = wilson(float(values.sum()), len(values))
        naive += low <= 0.85 <= high
    error = math.sqrt(0.95 * 0.05 / records)

    # the design effect is itself estimated from 40 groups, which costs a little
    assert held / records > 0.95 - 0.02 - 4 * error
    assert naive / records < 0.95 - 4 * error


def test_the_interval_is_never_narrower_than_for_independent_rows() -> None:
    values = np.array([1.0, 0.0] * 20)

    assert cluster_effect(values, [i // 2 for i in range(40)]) == 1.0
    assert covered(values, [i // 2 for i in range(40)]) == wilson(20, 40)
    assert covered(np.ones(12), list(range(12))) == wilson(12, 12)


def test_one_site_or_day_says_nothing_of_how_alike_its_rows_are() -> None:
    """The sums of one group around its own mean are 0: that is no proof of independence."""
    values = np.array([1.0, 0.0] * 20)
    one, many = ["here"] * 40, [i // 2 for i in range(40)]

    assert cluster_effect(values, one) is None
    assert covered(values, one, ["a day"] * 40) is None
    assert mean_interval(values, one) is None
    assert covered(values, one, many) == covered(values, many)


def test_the_interval_on_a_mean_is_students_and_holds_the_truth_of_clusters() -> None:
    values = np.random.default_rng(2).normal(0.5, 0.3, 40)
    found = mean_interval(values, list(range(40)))
    held = 0
    for seed in range(400):
        shares, names = clustered(seed)
        low, high = mean_interval(shares, names) or (1.0, 0.0)
        held += low <= 0.85 <= high

    assert found == pytest.approx(stats.t(39, values.mean(), stats.sem(values)).interval(0.95))
    assert held / 400 > 0.95 - 0.03 - 4 * math.sqrt(0.95 * 0.05 / 400)


# An event in each of 200 rows.
OFTEN = np.ones(200)


def records_of(
    seed: int, sites: int, months: int, shared: float = 0.2, gain: float = 0.2
) -> tuple[Array, Array, Clusters]:
    """Scores, the baseline's, and clusters of 200 rows: the gain is 20 % on average, other at each site and in each month."""
    rng = np.random.default_rng(seed)
    site, month = rng.integers(0, sites, 200), rng.integers(0, months, 200)
    base = rng.gamma(2.0, 1.0, 200)
    own = shared * (rng.standard_normal(sites)[site] + rng.standard_normal(months)[month])
    return base * (1 - gain - own + 0.5 * rng.standard_normal(200)), base, Clusters(site, month)


def test_skill_is_one_minus_the_ratio_and_its_interval_holds_the_truth_of_sites_and_months() -> None:
    """60 records of known truth. Rows drawn one by one, a wrong answer nearby, hold it less often than 95 % allows."""
    held = alone = 0
    for seed in range(60):
        scores, base, clusters = records_of(seed, 30, 12)
        skill = skill_of(scores, base, clusters, OFTEN)
        assert skill is not None
        assert skill.ci_95 is not None
        assert skill.gain == pytest.approx(1 - scores.sum() / base.sum())
        held += skill.ci_95[0] <= 0.2 <= skill.ci_95[1]
        half = 1.96 * np.std(scores - (1 - skill.gain) * base) * math.sqrt(len(base)) / base.sum()
        alone += abs(skill.gain - 0.2) <= half

    least = 60 * 0.95 - 3 * math.sqrt(60 * 0.95 * 0.05)
    assert held >= least > alone


@pytest.mark.parametrize(
    ("sites", "months", "gain", "interval", "shown"),
    [(30, 24, 0.4, True, True), (30, 24, 0.0, True, False), (30, 12, 0.4, True, False), (4, 30, 0.4, False, False)],
)
def test_a_gain_is_shown_only_above_0_and_on_enough_sites_and_months(
    sites: int, months: int, gain: float, interval: bool, shown: bool
) -> None:
    skill = skill_of(*records_of(3, sites, months, 0.02, gain), OFTEN)

    assert skill is not None
    assert (skill.ci_95 is not None) == interval
    assert skill.shown == shown


@pytest.mark.parametrize(("events", "interval", "shown"), [(20, True, True), (19, True, False), (4, False, False)])
@pytest.mark.parametrize("gain", [0.4, -0.4])
def test_neither_a_gain_nor_a_loss_is_shown_on_few_events(
    gain: float, events: int, interval: bool, shown: bool
) -> None:
    skill = skill_of(*records_of(3, 30, 24, 0.02, gain), (np.arange(200) < events).astype(float))

    assert skill is not None
    assert (skill.ci_95 is not None) == interval
    assert (skill.shown, skill.worse) == (shown and gain > 0, shown and gain < 0)


@pytest.mark.parametrize(("mean", "in_tail"), [(1.0, False), (1.3, True), (0.7, True)])
def test_no_gain_is_shown_where_the_total_lies_in_the_tail_of_its_forecast(mean: float, in_tail: bool) -> None:
    """200 came; a Poisson total of 260 or 140 has them four deviations off."""
    draws = np.random.default_rng(1).poisson(mean, (2000, 200)).astype(float)
    skill = skill_of(*records_of(3, 30, 24, 0.02, 0.4), OFTEN, draws)

    assert skill is not None
    assert (skill.total_in_tail, skill.shown) == (in_tail, not in_tail)


def test_without_a_score_of_the_baseline_there_is_no_skill() -> None:
    scores, base, clusters = records_of(1, 30, 12)

    assert skill_of(scores, np.zeros(200), clusters, OFTEN) is None
    assert skill_of(scores, base * np.inf, clusters, OFTEN) is None


def test_intervals_of_a_forecast_are_its_quantiles() -> None:
    table = table_of(9.4, 18.0)
    law = stats.nbinom(18.0, 18.0 / 27.4)
    low, high = Forecast(table, np.zeros((1, 1))).interval(0.9)

    assert (low[0], high[0]) == (law.ppf(0.05), law.ppf(0.95))


def test_a_mixture_is_the_weighted_sum_of_its_parts() -> None:
    made = mixtures(np.array([[2.0, 9.0]]), np.array([4.0, 7.0]), np.array([0.3, 0.7]))[0]
    counts = np.arange(len(made))
    expected = 0.3 * stats.nbinom(4, 4 / 6).pmf(counts) + 0.7 * stats.nbinom(7, 7 / 16).pmf(counts)

    assert made == pytest.approx(expected, abs=1e-9)


def test_what_was_never_simulated_is_rare_and_not_impossible() -> None:
    forecast = from_draws(np.array([[0.0], [1.0], [1.0], [0.0]]))

    assert forecast.probabilities.sum() == pytest.approx(1.0)
    assert 0 < forecast.probabilities[0, 5] < 0.05
