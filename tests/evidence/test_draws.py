"""Averages by draw of the inputs: chance is taken out, what is not known stays."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from simulator.evidence.choose.verdicts import _by_draw
from simulator.evidence.statistics.draws import averages_by_draw


def test_chance_is_taken_out() -> None:
    """Averages of normal spread 2 with Poisson noise of few campaigns on top: 2 comes out, not the raw spread."""
    rng = np.random.default_rng(7)
    draws, each = 1_000, 2
    truth = rng.normal(20, 2, (draws, 1))
    top = rng.poisson(truth, (draws, each)).astype(float)
    found = averages_by_draw(top)
    raw = top.mean(axis=1).std(ddof=1)

    # the variance of draws and of chance, each by its own standard error of about sqrt(2 / n)
    slack = 4 * math.sqrt(2 / draws) * raw**2
    assert abs(found.likely.var(ddof=1) - 4) < slack
    assert raw**2 - 4 > slack  # negative control
    assert found.widest(0.95).std() >= found.likely.std()
    assert found.error == pytest.approx(raw / math.sqrt(draws))


def test_the_widest_variance_is_its_one_sided_bound() -> None:
    """Without chance: chi-square bound on a normal variance, compared with scipy's law."""
    rng = np.random.default_rng(8)
    means = rng.normal(10, 1, 80)
    found = averages_by_draw(np.repeat(means[:, None], 2, axis=1), np.ones((80, 2)))

    assert found.likely == pytest.approx(means)
    assert found.widest(0.95).var(ddof=1) == pytest.approx(means.var(ddof=1) * 79 / stats.chi2.ppf(0.05, 79))


def test_draws_that_do_not_differ_have_one_average() -> None:
    rng = np.random.default_rng(9)
    top = rng.poisson(5, (400, 2)).astype(float)
    found = averages_by_draw(top, np.ones_like(top))
    assert found.likely.std() < 0.5 < top.mean(axis=1).std()


def test_averages_are_clear_where_chance_is_less_than_half_of_their_variance() -> None:
    """Spread 2 beside chance of 1 is clear, beside chance of 4 is not; each far from the edge by its standard errors."""
    rng = np.random.default_rng(11)
    truth = rng.normal(20, 2, (2, 400, 1))
    top = truth + rng.normal(0, 1, (2, 400, 4)) * np.array([2, 8])[:, None, None]
    assert averages_by_draw(top).clear.tolist() == [True, False]


def test_ratios_are_of_sums_and_several_rows_go_together() -> None:
    rng = np.random.default_rng(10)
    bottom = rng.uniform(1, 3, (3, 50, 4))
    top = bottom * rng.normal(2, 0.1, (3, 50, 1))
    rows, alone = averages_by_draw(top, bottom), averages_by_draw(top[1], bottom[1])
    assert rows.chance == pytest.approx(0, abs=1e-20)
    assert rows.likely[1] == pytest.approx(alone.likely)
    assert rows.means == pytest.approx(top.sum(axis=2) / bottom.sum(axis=2))


def test_draws_without_a_denominator_are_left_out_of_a_verdict() -> None:
    top, bottom = np.ones((5, 2)), np.ones((5, 2))
    bottom[0] = 0
    assert len(_by_draw(top, bottom).likely) == 4
    assert _by_draw(top, np.zeros((5, 2))) is None
