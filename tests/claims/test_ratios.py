"""One figure by another: the interval is the exact one that belongs to the two, and repeats of people widen it."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from simulator.claim.models import RepeatVisits
from simulator.evidence.claim.ratios import ratio_of, repeats_of

PILOT = {
    "faces": 472_352.0,
    "alerts": 335.0,
    "false_alerts": 1.0,
    "arrests": 173.0,
    "camera_hours": 100.0,
    "gbp": 800_000.0,
}


def test_one_in_472352_is_compatible_with_the_published_range() -> None:
    """1 in 85,000 to 1 in 18.7 million, exact Poisson at 95 % (model.md section 5)."""
    ratio = ratio_of(PILOT, "false_alerts", "faces")

    assert ratio is not None
    assert ratio.interval_95 is not None
    assert 1 / ratio.interval_95.high == pytest.approx(84_778, abs=1)
    assert 1 / ratio.interval_95.low == pytest.approx(18_656_907, rel=1e-6)


def test_none_in_210226_has_a_bound_of_one_side_and_of_two() -> None:
    """Better than 1 in 70,000 (one-sided), 1 in 57,000 (two-sided), both at 95 %."""
    ratio = ratio_of({"faces": 210_226, "false_alerts": 0}, "false_alerts", "faces")

    assert ratio is not None
    assert ratio.interval_95 is not None
    assert ratio.one_sided_95 is not None
    assert ratio.interval_95.low == 0
    assert 1 / ratio.interval_95.high == pytest.approx(56_989, abs=1)
    assert 1 / ratio.one_sided_95 == pytest.approx(70_176, abs=1)


def test_a_part_of_a_tally_is_a_share() -> None:
    """Against scipy's own exact interval."""
    ratio = ratio_of(PILOT, "false_alerts", "alerts")
    theirs = stats.binomtest(1, 335).proportion_ci(method="exact")

    assert ratio is not None
    assert ratio.interval_95 == pytest.approx((theirs.low, theirs.high), rel=1e-9)
    assert ratio.method == "exact binomial"


def test_two_tallies_of_which_neither_holds_the_other_are_a_ratio_of_counts() -> None:
    """False alerts per arrest: coverage of the interval, by brute force over the two Poisson laws."""
    means = 4.0, 30.0
    tops, bottoms = np.meshgrid(np.arange(30), np.arange(80), indexing="ij")
    weights = stats.poisson(means[0]).pmf(tops) * stats.poisson(means[1]).pmf(bottoms)
    covered = 0.0
    for top, bottom, weight in zip(tops.ravel(), bottoms.ravel(), weights.ravel(), strict=True):
        ratio = ratio_of({"false_alerts": float(top), "arrests": float(bottom)}, "false_alerts", "arrests")
        if ratio is not None and ratio.interval_95 is not None:
            covered += weight * (ratio.interval_95.low <= means[0] / means[1] <= ratio.interval_95.high)

    assert 0.95 <= covered <= 0.99


def test_pounds_per_arrest_have_the_interval_of_the_arrests() -> None:
    ratio = ratio_of(PILOT, "gbp", "arrests")

    assert ratio is not None
    assert ratio.interval_95 is not None
    assert ratio.rate == pytest.approx(4_624, abs=1)
    assert ratio.interval_95.low < ratio.rate < ratio.interval_95.high
    assert 800_000 / ratio.interval_95.low == pytest.approx(stats.chi2.ppf(0.975, 2 * 174) / 2)


def test_exposures_alone_have_no_interval() -> None:
    ratio = ratio_of(PILOT, "faces", "camera_hours")

    assert ratio is not None
    assert ratio.interval_95 is None


def test_people_who_come_again_make_the_same_count_worth_less() -> None:
    """A design effect of 2 leaves half the faces and half the count: the interval is that of ten in twenty (Kish)."""
    visits = RepeatVisits(per_person=3, correlation=0.5, source="us")
    ratio = ratio_of({"faces": 1e6, "false_alerts": 20}, "false_alerts", "faces")
    half = ratio_of({"faces": 5e5, "false_alerts": 10}, "false_alerts", "faces")

    assert ratio is not None
    assert half is not None
    assert repeats_of(ratio, visits) == pytest.approx(half.interval_95)
    assert repeats_of(ratio, None) is None


def test_what_is_not_stated_gives_no_rate() -> None:
    assert ratio_of(PILOT, "false_alerts", "stops") is None
    assert ratio_of({"faces": 0, "false_alerts": 0}, "false_alerts", "faces") is None


def test_minutes_follow_from_hours() -> None:
    ratio = ratio_of({"camera_hours": 58.4, "arrests": 103}, "camera_minutes", "arrests")

    assert ratio is not None
    assert ratio.rate == pytest.approx(34.02, abs=0.01)
    assert math.isfinite(ratio.interval_95.high) if ratio.interval_95 else False
