"""Closed forms at unknown inputs times what campaigns make of them: such a range holds the average as often as it says."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from simulator.evidence.statistics.control import Dependence, RatioLaw, central, dependence, even_shares, ratio_law

Array = np.ndarray
STUDIES = 600
# four standard errors of a coverage of 95 %
SHORT = 4 * math.sqrt(0.95 * 0.05 / STUDIES)
FORMS = np.exp(np.random.default_rng(3).permutation(stats.norm.ppf((np.arange(2000) + 0.5) / 2000)) * 0.6)


def covered(each: float, ratio: float, most: float, clusters: int = 1, old: bool = False) -> tuple[float, float]:
    """How often a range holds the average at inputs that are drawn like any others, and its mean width (upper / lower).

    A study has 400 campaigns with *each* expected at the median input and as many at inputs drawn; *ratio* is the truth.
    """
    rng = np.random.default_rng(11)
    held, widths = [], []
    for _ in range(STUDIES):
        drawn = each * np.exp(rng.normal(0, 0.6, 400))
        events = clusters * (rng.poisson(ratio * each / clusters, 400) + rng.poisson(ratio * drawn / clusters))
        law = ratio_law(events.astype(float), each + drawn, most)
        truth = ratio * each * math.exp(rng.normal(0, 0.6))
        if old:
            middle = float(rng.poisson(ratio * each / clusters, 400).mean()) * clusters / each
            ends = central(each * FORMS * middle)
        else:
            assert law is not None
            ends = central(law.times(each * FORMS))
        held.append(ends.low <= truth <= ends.high)
        widths.append(math.log(ends.high / ends.low) if ends.low > 0 else 99.0)
    return float(np.mean(held)), float(np.mean(widths))


@pytest.mark.parametrize(
    ("each", "ratio", "most", "clusters"),
    [(1.0, 0.8, 1.0, 1), (0.03, 0.8, 1.0, 1), (0.003, 0.8, 1.0, 1), (0.03, 1.3, math.inf, 1), (0.1, 0.8, math.inf, 4)],
)
def test_95_of_100_averages_lie_inside(each: float, ratio: float, most: float, clusters: int) -> None:
    """However rare and clustered, with the error of the ratio inside; not much wider than the spread of the inputs alone."""
    share, width = covered(each, ratio, most, clusters)

    assert share >= 0.95 - SHORT
    error = 0.6 if math.isfinite(most) else math.sqrt(clusters / (800 * each * ratio))
    assert width < 2 * 1.96 * 1.05 * math.hypot(0.6, error)


def test_laid_around_a_noisy_mean_they_would_not() -> None:
    """Negative control: 400 campaigns with an event in a few of them."""
    assert covered(0.01, 0.8, math.inf, old=True)[0] < 0.92


def test_a_certain_ratio_leaves_the_spread_of_the_inputs() -> None:
    low, high = central(RatioLaw(1e9, 1e9).times(FORMS))
    assert (low, high) == pytest.approx((math.exp(-0.6 * 1.96), math.exp(0.6 * 1.96)), rel=0.02)


class TestRatioLaw:
    def test_it_lies_around_what_was_counted(self) -> None:
        events = np.random.default_rng(1).poisson(2.0, 500).astype(float)
        law = ratio_law(events, np.full(500, 2.5))

        assert law is not None
        assert law.middle == pytest.approx(events.mean() / 2.5, rel=0.01)
        low, high = law.quantiles(np.array([0.025, 0.975]))
        assert (high - low) / law.middle == pytest.approx(2 * 1.96 / math.sqrt(events.sum()), rel=0.1)

    def test_clusters_count_for_fewer(self) -> None:
        one = np.random.default_rng(2).poisson(0.05, 1000).astype(float)
        single, clustered = (ratio_law(values, np.full(1000, 0.05)) for values in (one, 10 * one))

        assert single is not None
        assert clustered is not None
        assert clustered.shape == pytest.approx(single.shape, rel=0.25)

    def test_a_proven_bound_is_never_passed_unless_campaigns_contradict_it(self) -> None:
        few, many = np.array([1.0, 0, 0, 0]), np.full(100, 2.0)
        ends = np.array([0.001, 0.999])
        bounded, beyond = ratio_law(few, np.full(4, 0.1), 1.0), ratio_law(many, np.ones(100), 1.0)

        assert bounded is not None
        assert beyond is not None
        assert bounded.quantiles(ends)[1] <= 1
        assert beyond.middle == pytest.approx(2.0, rel=0.01)

    def test_nothing_counted_leaves_all_that_the_bound_allows_and_nothing_without_one(self) -> None:
        none = np.zeros(100)
        law = ratio_law(none, np.full(100, 1e-5), 1.0)

        assert law is not None
        assert law.quantiles(np.array([0.025, 0.5, 0.975])) == pytest.approx([0.025, 0.5, 0.975], rel=0.01)
        assert ratio_law(none, np.full(100, 1e-5)) is None
        assert ratio_law(none, none, 1.0) is None
        assert ratio_law(none[:1], np.ones(1), 1.0) is None


def test_shares_are_even_whatever_the_order_of_what_they_meet() -> None:
    shares = even_shares(4096)
    assert np.abs(np.sort(shares) - (np.arange(4096) + 0.5) / 4096).max() < 1e-3
    for part in np.split(shares, 16):
        assert part.mean() == pytest.approx(0.5, abs=0.01)


@pytest.mark.parametrize("hidden", [True, False])
def test_inputs_that_the_form_leaves_out_are_seen_in_the_ratio(hidden: bool) -> None:
    """A ratio of 0.3 to 1 by inputs that no form knows: its range holds it, and without a look at that it would not."""
    rng = np.random.default_rng(5)
    held, held_without, spreads = [], [], []
    for _ in range(200):
        ratio = rng.uniform(0.3, 1, 400) if hidden else np.full(400, 0.65)
        form = np.full(400, 20.0)
        events = rng.poisson(ratio * form).astype(float)
        found = dependence(events, form, 1.0, np.full(400, 13.0))
        spreads.append(found.spread)
        truth = 20 * (rng.uniform(0.3, 1) if hidden else 0.65)
        for depends, hits in ((found, held), (Dependence(), held_without)):
            law = ratio_law(events, form, 1.0, depends)
            assert law is not None
            low, high = central(law.times(np.full(2000, 20.0)))
            hits.append(low <= truth <= high)
    # four standard errors of a coverage of 95 %
    assert np.mean(held) > 0.95 - 4 * math.sqrt(0.95 * 0.05 / 200)
    assert np.mean(held_without) < 0.5 if hidden else np.mean(np.array(spreads) > 0) < 0.05


def test_a_ratio_that_falls_as_the_form_grows_is_followed() -> None:
    """Where much is counted much is lost: half as much of the form at four times its size."""
    rng = np.random.default_rng(6)
    form = np.exp(rng.normal(3, 0.7, 1000))
    events = rng.poisson(form * (form / math.exp(3)) ** -0.5).astype(float)
    # per hour, of ten hours
    found = dependence(events, form / 10, 10.0, form)
    assert found.centre == pytest.approx(math.exp(3 + 0.7**2) / 10, rel=0.2)
    assert found.slope == pytest.approx(-0.5, abs=0.15)
    assert not found.spread


@pytest.mark.parametrize("most", [1.0, math.inf])
@pytest.mark.parametrize("mean", [0.1, 0.5, 0.9, 0.999])
@pytest.mark.parametrize("spread", [0.3, 2.0])
def test_a_borrowed_spread_makes_no_law_with_a_pole_at_nothing(spread: float, mean: float, most: float) -> None:
    """A law of shape 1 has 1 in 40 below 1/40 of its mean; one of a pole has it as low as one likes."""
    ratios = Dependence(spread=spread, borrowed=True).ratios(np.ones(20_000), mean, most)

    assert np.quantile(ratios, 0.025) > mean / 45
    assert ratios.mean() == pytest.approx(mean, rel=0.02)
