"""Intervals on averages of rare, clustered and skewed events: coverage by simulation, exact laws at the edges, properties.

A nominal 95 % measured in STUDIES made-up studies may fall short by 4 standard errors, and no more; Student's t, under the
same test, must fail it where events are rare. Seeds are fixed.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from simulator.evidence.statistics.averages import (
    TELLING,
    average_interval,
    average_of_draws,
    change_size,
    difference_interval,
    event_size,
    ratio_interval,
)
from simulator.evidence.statistics.intervals import Interval, clopper_pearson, mean_interval

STUDIES = 400
LEAST = 0.95 - 4 * math.sqrt(0.95 * 0.05 / STUDIES)
examples = settings(derandomize=True, max_examples=60, deadline=None)

Law = Callable[[np.random.Generator, int], np.ndarray]


def counts(*events: tuple[float, float]) -> Law:
    """Counts of events, each with its rate and its size."""
    return lambda rng, n: sum(size * rng.poisson(rate, n) for rate, size in events).astype(float)


def sums(*events: tuple[float, float, float]) -> Law:
    """Sums over events, each with its rate, its mean size and the spread of the size's logarithm."""

    def drawn(rng: np.random.Generator, n: int) -> np.ndarray:
        total = np.zeros(n)
        for rate, size, spread in events:
            number = rng.poisson(rate, n)
            each = size * np.exp(spread * rng.standard_normal(number.sum()) - spread**2 / 2)
            total += np.bincount(np.repeat(np.arange(n), number), each, n)
        return total

    return drawn


def share_covered(intervals: list[Interval], true: float) -> float:
    low, high = np.array(intervals).T
    return float(np.mean((low <= true) & (true <= high)))


@pytest.mark.parametrize(("draws", "each"), [(3, 50), (6, 50), (20, 10)])
def test_campaigns_of_few_draws_tell_no_more_than_their_draws(draws: int, each: int) -> None:
    """Faces: draws differ by a quarter, campaigns of one by little. As independent campaigns they would cover half or less."""
    rng = np.random.default_rng(draws)
    factors = np.exp(0.25 * rng.standard_normal((STUDIES, draws, 1)) - 0.25**2 / 2)
    values = rng.poisson(400 * factors, (STUDIES, draws, each)).astype(float)

    assert share_covered([average_of_draws(of, counts=True) for of in values], 400.0) >= LEAST
    assert share_covered([average_interval(of.ravel(), counts=True) for of in values], 400.0) < 0.7


def test_draws_without_an_event_bound_no_more_than_all_their_campaigns() -> None:
    """None in 1,000 campaigns: 3.7 in 1,000 at most. As 5 averages, each of 200, they would bound it lower, at 2.6."""
    none = np.zeros((5, 200))

    # the tail probability is computed to half a per cent of a bound
    assert average_of_draws(none, counts=True).high == pytest.approx(clopper_pearson(0, 1000).high, rel=0.005)
    assert ratio_interval(none.mean(axis=1), np.ones(5), 1 / 200).high < 0.9 * clopper_pearson(0, 1000).high


def test_draws_of_one_campaign_each_are_campaigns() -> None:
    values = np.random.default_rng(3).poisson(0.3, 90).astype(float)

    assert average_of_draws(values[:, None], counts=True) == average_interval(values, counts=True)


RARE = [
    ("arrests in error", counts((0.014, 1)), 200, 0.014, True),
    ("arrests in error, longer", counts((0.014, 1)), 1000, 0.014, True),
    ("the same person twice", counts((0.01, 1), (0.004, 2)), 200, 0.018, True),
    ("clusters", lambda rng, n: rng.negative_binomial(0.2, 0.2 / 0.65, n).astype(float), 100, 0.45, True),
    ("minutes that few campaigns have", sums((0.02, 30, 0.7)), 200, 0.6, False),
    ("minutes", sums((0.4, 30, 0.7)), 200, 12.0, False),
    ("rare minutes, longer", sums((0.1, 30, 1.0)), 1000, 3.0, False),
    ("minutes of stops and of arrests", sums((0.45, 6, 0.6), (0.014, 120, 0.5)), 500, 4.38, False),
]
COMMON = [
    ("alerts", counts((30, 1)), 60, 30.0, True),
    ("hours", lambda rng, n: rng.normal(100, 5, n), 60, 100.0, False),
    ("few campaigns", lambda rng, n: rng.normal(100, 5, n), 5, 100.0, False),
]


@pytest.mark.parametrize(("law", "n", "true", "count"), [case[1:] for case in RARE + COMMON], ids=lambda x: "")
def test_averages_are_covered(law: Law, n: int, true: float, count: bool) -> None:
    rng = np.random.default_rng(1)
    assert share_covered([average_interval(law(rng, n), count) for _ in range(STUDIES)], true) >= LEAST


@pytest.mark.parametrize("case", [2, 4])
def test_students_interval_does_not_cover_what_is_rare(case: int) -> None:
    """Negative control: the same test on the same numbers."""
    _, law, n, true, _ = RARE[case]
    rng = np.random.default_rng(1)
    assert share_covered([mean_interval(law(rng, n)) for _ in range(STUDIES)], true) < LEAST


def test_with_many_events_it_is_students() -> None:
    """Wider by the campaign that is added: 4 standard deviations in n, against 1.96 in sqrt(n), at most."""
    rng = np.random.default_rng(2)
    for n in (1_000, 20_000):
        values = rng.normal(50, 4, n)
        low, high = mean_interval(values)
        found = average_interval(values, False)
        assert found.low < low < high < found.high
        assert (found.high - found.low) / (high - low) < 1 + 4.5 / 1.96 / math.sqrt(n)


@pytest.mark.parametrize("seen", [0, 1, 4, 30])
def test_campaigns_with_one_event_have_clopper_and_pearsons_interval(seen: int) -> None:
    """To 1.5 %, which is what the formula for the probability costs at a single event, and 0.6 % elsewhere."""
    low, high = average_interval((np.arange(400) < seen).astype(float), True)
    exact = stats.binomtest(seen, 400).proportion_ci(0.95, "exact")
    assert high == pytest.approx(exact.high, rel=0.006)
    assert low == pytest.approx(exact.low, rel=0.025 if seen == 1 else 0.006)


def test_what_no_campaign_had_is_not_known_to_be_zero() -> None:
    none = np.zeros(500)
    assert average_interval(none, True).high == pytest.approx(3.7 / 500, rel=0.01)
    assert average_interval(none, False) == (0, math.inf)
    # where few have it the low end stands: none of them is less than nothing
    few = np.where(np.arange(500) < TELLING - 1, 12.0, 0.0)
    low, high = average_interval(few, False)
    assert 0 < low < few.mean()
    assert high == math.inf
    assert difference_interval(none, none, True) == pytest.approx((-3.7 / 500, 3.7 / 500), rel=0.01)
    assert difference_interval(none, none, False) == (-math.inf, math.inf)


def test_a_count_that_is_always_the_same_may_differ_and_a_price_may_not() -> None:
    same = np.full(500, 7.0)
    assert average_interval(same, True) == pytest.approx((7 - 3.7 / 500, 7 + 3.7 / 500), rel=1e-4)
    assert average_interval(same, False) == (7, 7)
    assert difference_interval(same, same + 2, False) == difference_interval(same - 2, same, False) == (2, 2)
    # in their last digits sums differ where they are the same
    assert np.ptp(average_interval(np.full(500, 0.1) + np.arange(500) * 1e-17, False)) == 0


def test_each_end_is_a_one_sided_bound() -> None:
    """As limits are held against: 95 % each."""
    rng = np.random.default_rng(9)
    low, high = np.array([average_interval(rng.poisson(0.1, 60).astype(float), True, 0.90) for _ in range(STUDIES)]).T
    assert np.mean(low <= 0.1) >= LEAST
    assert np.mean(high >= 0.1) >= LEAST


def test_one_campaign_bounds_nothing() -> None:
    assert average_interval(np.array([7.0]), True) == (-math.inf, math.inf)


class TestDifferences:
    @pytest.mark.parametrize(
        ("n", "shared", "a", "b"), [(200, 0.1, 0.0, 0.005), (500, 0.1, 0.003, 0.01), (60, 3, 1, 2)]
    )
    def test_of_counts_are_covered(self, n: int, shared: float, a: float, b: float) -> None:
        rng = np.random.default_rng(3)
        found, students = [], []
        for _ in range(STUDIES):
            both = rng.poisson(shared, n)
            pair = (both + rng.poisson(a, n)).astype(float), (both + rng.poisson(b, n)).astype(float)
            found.append(difference_interval(*pair, counts=True))
            students.append(mean_interval(pair[1] - pair[0]))
        assert share_covered(found, b - a) >= LEAST
        # negative control: where nothing was seen Student's is [0, 0]
        assert (share_covered(students, b - a) < LEAST) == (n == 200)

    def test_of_minutes_are_covered(self) -> None:
        rng = np.random.default_rng(4)
        shared, more = sums((0.3, 6, 0.7)), sums((0.02, 6, 0.7))
        found, students = [], []
        for _ in range(STUDIES):
            a = shared(rng, 300)
            b = a + more(rng, 300)
            found.append(difference_interval(a, b, counts=False))
            students.append(mean_interval(b - a))
        assert share_covered(found, 0.12) >= LEAST
        assert share_covered(students, 0.12) < LEAST

    @pytest.mark.parametrize("rises", [3, 5, 6, 9])
    @pytest.mark.parametrize("falls", [0, 1, 2])
    def test_of_single_events_leave_out_zero_where_the_sign_test_does(self, rises: int, falls: int) -> None:
        a, b = np.zeros(1000), np.zeros(1000)
        b[:rises], a[-falls or 1000 :] = 1, 1
        p = stats.binomtest(rises, rises + falls).pvalue
        assert (difference_interval(a, b, counts=True).low > 0) == (p <= 0.05)

    def test_swapping_the_sides_turns_the_interval_round(self) -> None:
        rng = np.random.default_rng(5)
        a, b = rng.poisson(0.3, 200).astype(float), rng.poisson(0.1, 200).astype(float)
        low, high = difference_interval(a, b, counts=True)
        assert difference_interval(b, a, counts=True) == pytest.approx((-high, -low))

    def test_where_none_differs_a_sum_may_by_as_much_as_campaigns_do(self) -> None:
        minutes = np.zeros(300)
        minutes[:TELLING] = 12.0
        low, high = difference_interval(minutes, minutes, counts=False)
        assert (low, high) == pytest.approx((-12 * 3.7 / 300, 12 * 3.7 / 300), rel=0.01)


class TestRatios:
    @pytest.mark.parametrize(
        ("n", "shared", "a", "b"), [(500, 0.0, 0.02, 0.03), (300, 0.05, 0.01, 0.03), (60, 0.3, 0.2, 0.7)]
    )
    def test_of_paired_counts_are_covered(self, n: int, shared: float, a: float, b: float) -> None:
        rng = np.random.default_rng(6)
        found = []
        for _ in range(STUDIES):
            both = rng.poisson(shared, n)
            below, top = (both + rng.poisson(a, n)).astype(float), (both + rng.poisson(b, n)).astype(float)
            change = change_size(below, top, True)
            found.append(ratio_interval(top, below, change, change.fall) if below.any() else Interval(0, math.inf))
        true = (shared + b) / (shared + a)
        assert share_covered(found, true) >= LEAST
        # negative control: half as wide, as ratios are, they do not cover it
        narrow = [
            Interval(low**0.75 * high**0.25, low**0.25 * high**0.75) for low, high in found if math.isfinite(high)
        ]
        assert share_covered(narrow, true) < LEAST

    @pytest.mark.parametrize("per", [3.0, 5000.0])
    def test_of_totals_are_covered(self, per: float) -> None:
        """Rare events per alert and per face, busy days and quiet ones."""
        rng = np.random.default_rng(7)
        found = []
        for _ in range(STUDIES):
            busy = rng.gamma(20, 1 / 20, 200)
            found.append(
                ratio_interval(rng.poisson(0.02 * busy).astype(float), rng.poisson(per * busy).astype(float), 1.0)
            )
        assert share_covered(found, 0.02 / per) >= LEAST

    def test_of_counts_that_go_together_is_known_better_than_the_counts(self) -> None:
        rng = np.random.default_rng(8)
        stops = rng.poisson(rng.gamma(20, 2, 80))
        low, high = ratio_interval(rng.binomial(stops, 0.3).astype(float), stops.astype(float), 1.0)
        assert 0.9 < (high - low) / (2 * 1.96 * math.sqrt(0.3 * 0.7 / stops.sum())) < 1.4

    def test_the_same_in_every_campaign_is_not_known_to_be_one(self) -> None:
        same = np.zeros(500)
        same[:20] = 1
        low, high = ratio_interval(same, same, 1.0, 1.0)
        assert low < 1 < high
        assert high == pytest.approx(1 + 3.7 / 20, rel=0.02)

    def test_none_above_gives_an_upper_end(self) -> None:
        alerts = np.full(400, 5.0)
        assert ratio_interval(np.zeros(400), alerts, 1.0) == pytest.approx((0, 3.7 / 400 / 5), rel=0.01)


class TestSizes:
    def test_of_events(self) -> None:
        assert event_size(np.zeros(99), True) == 1
        assert event_size(np.zeros(99), False) == math.inf
        assert event_size(np.full(99, 3.0), False) == 0
        # of the fewest that tell, 4 / 59 larger
        assert event_size(np.append(np.full(TELLING, 2.0), 0.0), False) == pytest.approx(2 * 63 / 59)
        assert event_size(np.append(np.full(TELLING - 1, 2.0), 0.0), False) == math.inf

    def test_so_many_events_show_with_95_percent_how_large_the_largest_in_20_are(self) -> None:
        """Wilks (1941): none of them is among the largest 5 %."""
        assert 0.95**TELLING <= 0.05 < 0.95 ** (TELLING - 1)

    def test_of_changes_in_counts(self) -> None:
        a = np.array([0.0, 0.0, 4.0])
        assert change_size(a, a, True) == (1, 1)
        assert change_size(a, np.array([0.0, 0.0, 7.0]), True) == (3, 3)
        assert change_size(a, a + 1, True) == (1, 1)

    def test_of_changes_in_sums(self) -> None:
        """As large as campaigns differ where few tell, on the side where any was seen; as large as was seen where many do."""
        a = np.where(np.arange(200) % 2, 4.0, 0.0)
        assert change_size(a, a, False) == (4, 4)
        assert change_size(a, np.append(a[:-1], 4.5), False) == (2.5, 4.5)
        assert change_size(a, np.append(a[:-1], 3.8), False) == pytest.approx((4, 1))
        assert change_size(a, a * 1.5, False) == pytest.approx((2.08, 2.08))
        assert change_size(a, a + 1, False) == (0, 0)
        # sums of hours differ in their last digits
        assert change_size(np.full(3, 0.3), np.full(3, 0.1 + 0.2), False) == (0, 0)

    def test_of_changes_in_a_sum_that_few_campaigns_have(self) -> None:
        few = np.where(np.arange(200) < 20, 4.0, 0.0)
        assert change_size(few, few, False) == (math.inf, math.inf)
        fall, rise = change_size(few, np.append(few[:-1], 1.0), False)
        assert (fall, rise) == (5, math.inf)


def test_a_sum_of_two_kinds_is_not_bounded_by_the_kind_that_was_seen() -> None:
    """Minutes of stops, and once in 1,000 campaigns of an arrest that makes half of the average: 200 show a third of neither."""
    rng = np.random.default_rng(10)
    law = sums((0.05, 6, 0.6), (0.001, 300, 0.3))
    found, blind = [], []
    for _ in range(STUDIES):
        minutes = law(rng, 200)
        found.append(average_interval(minutes, False))
        size = 2.0 * float(minutes.max())
        blind.append(ratio_interval(minutes, np.ones(200), size))
    assert share_covered(found, 0.6) >= LEAST
    # negative control: an event of twice what was seen
    assert share_covered(blind, 0.6) < LEAST


@given(
    st.lists(st.integers(0, 30), min_size=25, max_size=60),
    st.floats(0.1, 10),
    st.sampled_from([0.6, 0.8, 0.9, 0.98]),
    st.randoms(use_true_random=False),
)
@examples
def test_whatever_the_counts_are(values: list[int], unit: float, level: float, rng: object) -> None:
    """The average lies inside, other units only rescale, the order does not matter, more confidence is wider."""
    top = np.array(values, dtype=float)
    low, high = average_interval(top, True, level)
    shuffled = list(values)
    rng.shuffle(shuffled)  # type: ignore[attr-defined]

    assert 0 <= low <= top.mean() <= high
    assert low < high
    assert average_interval(np.array(shuffled, dtype=float), True, level) == pytest.approx((low, high), rel=1e-6)
    scaled = ratio_interval(top, np.full(len(top), unit), 1.0, level=level)
    assert scaled == pytest.approx((low / unit, high / unit), rel=1e-5, abs=1e-9)
    wider = average_interval(top, True, (1 + level) / 2)
    assert wider.low <= low * (1 + 1e-6)
    assert high <= wider.high * (1 + 1e-6)
