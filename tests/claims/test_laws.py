"""What is known of a rate after so many events: against published worked values, scipy and plain simulation."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from simulator.evidence.claim.rate_law import RateLaw


def test_one_count_is_the_jeffreys_posterior() -> None:
    """Anchors gp_post and gp_pred: 10 of 3,147,436 faces, then as many faces again."""
    law = RateLaw(10, 10, 3_147_436)

    assert law.interval() == pytest.approx(stats.gamma(10.5, scale=1 / 3_147_436).ppf([0.025, 0.975]), rel=1e-9)
    assert law.mean * 3_147_436 == pytest.approx(10.5)
    assert law.predict(3_147_436) == (3, 21)
    assert law.predict(2 * 3_147_436) == (8, 39)


def test_a_handful_is_the_mixture_of_what_it_could_mean() -> None:
    """2 to 7 of 200,000: median 2.3e-5, 95 % from 1 in 229,000 to 1 in 17,000 (model.md section 5)."""
    law = RateLaw(2, 7, 200_000)

    assert law.quantile(0.5) == pytest.approx(2.3e-5, rel=0.03)
    assert 1 / law.interval().low == pytest.approx(229_000, rel=0.01)
    assert 1 / law.interval().high == pytest.approx(17_000, rel=0.04)


def test_the_mixture_is_what_drawing_count_and_rate_gives() -> None:
    """Against simulation: a count drawn evenly, then a rate, then a count to come. Bounds are five standard errors."""
    law, n = RateLaw(2, 7, 200_000), 400_000
    random = np.random.default_rng(3)
    rates = random.gamma(random.integers(2, 8, n) + 0.5) / 200_000
    coming = random.poisson(rates * 1_000_000)

    for level in (0.025, 0.5, 0.975):
        five_errors = 5 * (level * (1 - level) / n) ** 0.5
        assert (rates <= law.quantile(level)).mean() == pytest.approx(level, abs=five_errors)
    low, high = law.predict(1_000_000)
    assert (coming < low).mean() <= 0.025 + 5 * (0.025 * 0.975 / n) ** 0.5
    assert (coming > high).mean() <= 0.025 + 5 * (0.025 * 0.975 / n) ** 0.5
    assert (coming <= low).mean() > 0.02
    assert (coming >= high).mean() > 0.02


def test_one_count_in_the_middle_is_not_the_mixture() -> None:
    """Negative control: the bounds above reject the law of 4 or 5 events alone."""
    one, n = RateLaw(4, 5, 200_000), 400_000
    random = np.random.default_rng(3)
    rates = random.gamma(random.integers(2, 8, n) + 0.5) / 200_000

    for level in (0.025, 0.975):
        five_errors = 5 * (level * (1 - level) / n) ** 0.5
        assert abs((rates <= one.quantile(level)).mean() - level) > 2 * five_errors


def test_a_share_is_beta_and_comes_as_beta_binomial() -> None:
    """14 of 20 false alerts led to a stop: Beta(14.5, 6.5), 95 % 0.48 to 0.86 (model.md section 7)."""
    law = RateLaw(14, 14, 20, share=True)

    assert law.interval() == pytest.approx(stats.beta(14.5, 6.5).ppf([0.025, 0.975]), rel=1e-9)
    assert law.predict(20) == tuple(stats.betabinom(20, 14.5, 6.5).ppf([0.025, 0.975]))


def test_the_envelope_holds_every_count_that_the_word_could_mean() -> None:
    whole = RateLaw(2, 7, 200_000).envelope()

    for count in range(2, 8):
        one = RateLaw(count, count, 200_000).envelope()
        assert whole.low <= one.low < one.high <= whole.high
    assert whole.low < RateLaw(2, 7, 200_000).interval().low


@pytest.mark.parametrize("numbers", [(7, 2, 10.0), (-1, 2, 10.0), (1, 2, 0.0)])
def test_numbers_that_cannot_be_are_refused(numbers: tuple[int, int, float]) -> None:
    with pytest.raises(ValueError, match="must be"):
        RateLaw(*numbers)


def test_more_than_all_is_no_share() -> None:
    with pytest.raises(ValueError, match="exposure"):
        RateLaw(3, 21, 20, share=True)
