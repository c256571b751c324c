"""Thresholds against limits from made-up campaigns: averages, bounds, closed forms, and how often they are wrong.

Every table here is of thresholds 0.60, 0.61, ... with counts drawn for the test, so that the truth is known.
"""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from tiny import minimal

from simulator.evidence.choose.answers import COVERS, Answer, answers, near_miss, together
from simulator.evidence.choose.frontier import ThresholdFound, frontier
from simulator.evidence.choose.limits import LEVEL, Kept, parse_limit
from simulator.evidence.choose.thresholds import COST, GAIN, Forms, event_sizes, needed, thresholds_of
from simulator.evidence.choose.verdicts import BY_DRAWS, NONE_SEEN, SIMULATED, DrawnFigures, Figures, Verdict, Which
from simulator.evidence.counted.closed_forms import LABEL
from simulator.evidence.run.averages import BY_FORM
from simulator.evidence.statistics.averages import event_size
from simulator.scenario import load_scenario
from simulator.scenario.models import Scenario

Array = np.ndarray
STUDIES = 400
SHORT = 4 * math.sqrt(LEVEL * (1 - LEVEL) / STUDIES)
STOPS = "wrongful_stops"


def thresholds(n: int) -> tuple[float, ...]:
    return tuple(round(0.60 + 0.01 * i, 2) for i in range(n))


def table(
    limits: list[str],
    median: dict[str, Array],
    drawn: dict[str, Array] | None = None,
    forms: list[Forms] | None = None,
    scenario: Scenario | None = None,
) -> tuple[ThresholdFound, ...]:
    """What is found at thresholds from campaigns by measure: *median* (thresholds, n), *drawn* (thresholds, draws, of each)."""
    read = [parse_limit(text) for text in limits]

    def by_threshold(values: dict[str, Array]) -> dict[float, dict[str, Array]]:
        some = next(iter(values.values()))
        filled = {name: np.zeros_like(some) for name in needed(read)} | values
        return {t: {name: filled[name][i] for name in filled} for i, t in enumerate(thresholds(len(some)))}

    chance = by_threshold(median)
    given_forms = dict(zip(chance, forms or [Forms({}, {})] * len(chance), strict=True))
    at = thresholds_of(scenario or minimal(), read, chance, by_threshold(drawn) if drawn else {}, given_forms)
    return frontier(read, at)


def form(name: str, median: float, drawn: Array) -> Forms:
    return Forms({name: np.array([median])}, {name: drawn})


def first(limits: list[str], median: dict[str, Array], *more: Any) -> Verdict:
    return table(limits, median, *more)[0].limits[0]


class TestOnAverage:
    def test_an_average_has_the_mean_of_its_campaigns_and_an_exact_bound(self) -> None:
        stops = np.zeros((1, 400))
        stops[0, :6] = 1
        found = first([f"{STOPS}<=0.03"], {STOPS: stops})

        assert (found.mean, found.basis) == (6 / 400, SIMULATED)
        assert stats.binom.cdf(6, 400, found.bounds["on_average"]) == pytest.approx(0.05, rel=0.02)
        assert found.mean_95[1] > found.bounds["on_average"]
        assert found.meets["on_average"]
        assert not first([f"{STOPS}<=0.028"], {STOPS: stops}).meets["on_average"]

    def test_at_least_is_held_against_the_lower_bound(self) -> None:
        stopped = np.random.default_rng(1).poisson(100, (1, 100)).astype(float)
        low = first(["listed_stopped>=90"], {GAIN: stopped}).bounds["on_average"]
        mean = stopped.mean()

        assert low < mean
        assert low == pytest.approx(mean - 1.645 * math.sqrt(mean / 100), rel=0.02)
        for limit, met in ((low - 0.01, True), (low + 0.01, False), (mean, False)):
            assert first([f"listed_stopped>={limit}"], {GAIN: stopped}).meets["on_average"] is met

    def test_rates_have_their_own_denominator(self) -> None:
        """Per 100,000 faces and per alert: the ratio of averages, whatever single campaigns bring."""
        rng = np.random.default_rng(2)
        faces, alerts = rng.poisson(50_000, (1, 100)).astype(float), rng.poisson(40, (1, 100)).astype(float)
        stops = rng.poisson(4, (1, 100)).astype(float)
        for limit, wanted in (
            (f"{STOPS}_per_100k_faces<=10", 1e5 * stops.mean() / faces.mean()),
            (f"{STOPS}_per_alert<=10", stops.mean() / alerts.mean()),
            (f"{STOPS}_per_camera_hour<=10", stops.mean() / 4),
        ):
            found = first([limit], {STOPS: stops, "faces": faces, "alerts": alerts})
            assert found.mean == pytest.approx(wanted)
            assert found.mean_95[0] < wanted < found.mean_95[1]

    def test_nothing_to_divide_by_meets_nothing(self) -> None:
        zero = np.zeros((1, 60))
        found = first([f"{STOPS}_per_alert<=1"], {STOPS: zero, "alerts": zero})
        assert found.mean is None
        assert found.bounds["on_average"] is None
        assert not found.meets["on_average"]
        assert not first([f"{STOPS}_per_alert>=0.5"], {STOPS: zero, "alerts": zero}).meets["on_average"]


class TestClosedForms:
    NONE = np.zeros((1, 100))

    def test_none_simulated_falls_back_on_the_closed_form(self) -> None:
        """100 campaigns without an event show no less than 3 in 100; a closed form of 0.001 shows more."""
        found = first([f"{STOPS}<=0.01"], {STOPS: self.NONE}, None, [form(STOPS, 0.001, np.array([0.001]))])

        assert (found.mean, found.basis) == (0.001, LABEL)
        assert found.bounds["on_average"] == 0.001
        assert found.meets["on_average"]

    def test_without_one_none_simulated_is_no_evidence_of_zero(self) -> None:
        found = first([f"{STOPS}<=0.01"], {STOPS: self.NONE})

        assert (found.mean, found.basis) == (None, NONE_SEEN)
        assert found.bounds["on_average"] == pytest.approx(-math.log(0.05) / 100, rel=0.02)
        assert not found.meets["on_average"]
        assert first([f"{STOPS}<=0.03"], {STOPS: self.NONE}).meets["on_average"]

    def test_one_that_is_larger_than_what_campaigns_show_bounds_nothing(self) -> None:
        found = first([f"{STOPS}<=0.04"], {STOPS: self.NONE}, None, [form(STOPS, 0.5, np.array([0.5]))])
        assert found.bounds["on_average"] == pytest.approx(-math.log(0.05) / 100, rel=0.02)

    def test_one_that_campaigns_contradict_is_not_believed(self) -> None:
        """Negative control: 60 events in 100 campaigns are not 0.1 a campaign, whatever a formula says."""
        stops = np.zeros((1, 100))
        stops[0, :60] = 1
        found = first([f"{STOPS}<=0.5"], {STOPS: stops}, None, [form(STOPS, 0.1, np.array([0.1]))])
        assert found.bounds["on_average"] > 0.6
        assert not found.meets["on_average"]

    def test_without_a_proof_it_bounds_nothing(self) -> None:
        """Faces are rounded in a campaign, so their form may lie below the mean."""
        rounded = load_scenario("croydon-static", ["street.faces_per_passage=2.4"])
        faces = np.full((1, 100), 5.0) + np.tile([-1.0, 1.0], 50)
        bound = table(["faces<=5"], {"faces": faces}, None, [form("faces", 4.99, np.array([4.99]))], rounded)[0]
        assert bound.limits[0].bounds["on_average"] > 5.1

    def test_the_bound_of_a_rate_has_the_error_of_what_it_is_per(self) -> None:
        """A formula's stops per simulated alert: never less than by the alerts that are surely there."""
        alerts = np.tile([2.0, 6.0], 50)[None]
        found = first(
            [f"{STOPS}_per_alert<=1"], {STOPS: self.NONE, "alerts": alerts}, None, [form(STOPS, 0.01, np.array([0.01]))]
        )
        assert found.bounds["on_average"] == pytest.approx(0.01 / (4 - 3.1 * alerts.std(ddof=1) / 10))

    def test_it_never_lowers_the_bound_below_what_was_simulated(self) -> None:
        stops = np.zeros((1, 100))
        stops[0, :4] = 1
        found = first([f"{STOPS}<=1"], {STOPS: stops}, None, [form(STOPS, 0.03, np.array([0.03]))])
        assert found.bounds["on_average"] == 0.04

    def test_what_cannot_happen_is_zero_whatever_the_inputs_are(self) -> None:
        found = first([f"{STOPS}<=0"], {STOPS: self.NONE}, None, [form(STOPS, 0.0, np.zeros(50))])
        assert found.mean == 0.0
        assert (found.meets["on_average"], found.meets["any_inputs"]) == (True, True)
        # liberty is lost only in stops
        lost = first(["liberty_lost_min<=0"], {"liberty_lost_min": self.NONE}, None, [form(STOPS, 0.0, np.zeros(50))])
        assert lost.meets["on_average"]


class TestAnyInputs:
    def test_the_bound_is_the_average_times_what_95_of_100_draws_stay_within(self) -> None:
        rng = np.random.default_rng(3)
        stops = rng.poisson(1, (1, 200)).astype(float)
        spread = np.exp(rng.normal(0, 0.5, 4096))
        found = first([f"{STOPS}<=5"], {STOPS: stops}, None, [form(STOPS, 1.3, 1.3 * spread)])
        bounds = found.bounds

        assert bounds["any_inputs"] == pytest.approx(bounds["on_average"] * math.exp(0.5 * 1.645), rel=0.05)
        low, high = found.with_ignorance.average_95
        # 200 events: the error of their average, 7 %, is in the range
        assert (low, high) == pytest.approx(tuple(stops.mean() * np.quantile(spread, [0.025, 0.975])), rel=0.06)
        assert math.log(high / low) > math.log(np.divide(*np.quantile(spread, [0.975, 0.025])))
        assert found.with_ignorance.basis == BY_FORM

    def test_a_rare_threshold_takes_the_ratio_from_lower_ones(self) -> None:
        """Two events of 200 campaigns at the highest: the lower ones say by what factor the closed form is off."""
        rng = np.random.default_rng(13)
        spread = np.exp(rng.normal(0, 0.5, 4096))
        forms = [2.0, 0.5, 0.1, 0.01]
        made = [form(STOPS, x, x * spread) for x in forms]
        highs = []
        for _ in range(20):
            # whoever stops at a threshold stops at all lower ones
            stops = [rng.poisson(0.8 * forms[0], 200)]
            for above, below in pairwise(forms):
                stops.append(rng.binomial(stops[-1], below / above))
            rows = table([f"{STOPS}<=5"], {STOPS: np.stack(stops).astype(float)}, None, made)
            highs.append([row.limits[0].with_ignorance.average_95[1] for row in rows])
        for x, ends in zip(forms, np.transpose(highs), strict=True):
            assert ends / x == pytest.approx(0.8 * np.quantile(spread, 0.975), rel=0.2)

    def test_thresholds_whose_ratios_differ_do_not_borrow(self) -> None:
        """Negative control: at the lowest threshold half of what the form says, elsewhere all of it."""
        spread = np.exp(np.random.default_rng(14).normal(0, 0.5, 4096))
        stops = np.zeros((2, 200))
        stops[0], stops[1, :60] = 5, 1
        made = [form(STOPS, 10.0, 10 * spread), form(STOPS, 0.3, 0.3 * spread)]
        high = table([f"{STOPS}<=5"], {STOPS: stops}, None, made)[1].limits[0].with_ignorance.average_95[1]
        assert high > 0.8 * 0.3 * np.quantile(spread, 0.975)

    def test_at_least_takes_the_other_end(self) -> None:
        rng = np.random.default_rng(4)
        arrests = rng.poisson(100, (1, 200)).astype(float)
        spread = np.exp(rng.normal(0, 0.2, 4096))
        bounds = first(["false_alerts>=10"], {"false_alerts": arrests}, None, [form("false_alerts", 90, 90 * spread)])
        assert bounds.bounds["any_inputs"] == pytest.approx(
            bounds.bounds["on_average"] * math.exp(-0.2 * 1.645), rel=0.03
        )

    def test_without_a_closed_form_draws_tell(self) -> None:
        rng = np.random.default_rng(5)
        median = {"arrests": rng.poisson(50, (1, 200)).astype(float)}
        truth = rng.normal(50, 8, (1, 250, 1))
        drawn = {"arrests": rng.poisson(truth, (1, 250, 2)).astype(float)}
        found = first(["arrests<=100"], median, drawn)
        bound = found.bounds["any_inputs"]

        assert found.with_ignorance.basis == BY_DRAWS
        # 95 % of averages are below 50 + 1.645 x 8; the bound is above it, for the error of 250 draws, and not by much
        assert 50 + 1.645 * 8 < bound < 50 + 1.645 * 8 * 1.35

    def test_without_draws_nothing_is_said(self) -> None:
        found = first(["arrests<=100"], {"arrests": np.full((1, 60), 3.0)})
        assert (found.meets["any_inputs"], found.meets["one_campaign"]) == (None, None)
        assert found.campaigns_that_keep is None

    def test_middle_inputs_are_among_any_inputs(self) -> None:
        """What does not keep on average does not keep whatever the inputs are, even where draws happen to be lower."""
        rng = np.random.default_rng(6)
        median = {"arrests": rng.poisson(50, (1, 200)).astype(float)}
        drawn = {"arrests": rng.poisson(20, (1, 100, 2)).astype(float)}
        found = first(["arrests<=40"], median, drawn)

        assert found.bounds["any_inputs"] < 40
        assert (found.meets["on_average"], found.meets["any_inputs"]) == (False, False)


class TestOneCampaign:
    def test_whole_counts_of_campaigns_are_held_against_95_in_100(self) -> None:
        median = {"arrests": np.full((1, 200), 2.0)}
        for beyond, met in ((0, True), (3, True), (12, False)):
            drawn = np.full((1, 100, 2), 2.0)
            drawn.reshape(-1)[: 2 * beyond : 2] = 9
            found = first(["arrests<=5"], median, {"arrests": drawn})
            assert found.campaigns_that_keep.number == 200 - beyond
            assert found.meets["one_campaign"] is met

    def test_a_rate_above_nothing_is_beyond_any_limit_and_nothing_of_nothing_is_left_out(self) -> None:
        stops, alerts = np.zeros((1, 100, 2)), np.full((1, 100, 2), 10.0)
        alerts[0, :5] = 0
        stops[0, 0] = 1
        found = first(
            [f"{STOPS}_per_alert<=1"],
            {STOPS: np.zeros((1, 60)), "alerts": np.full((1, 60), 10.0)},
            {STOPS: stops, "alerts": alerts},
        )
        assert (found.campaigns_that_keep.number, found.campaigns_that_keep.campaigns) == (190, 192)


class TestManyThresholds:
    # means of a row of thresholds, falling by a quarter each
    TRUE = 2.0 * 0.75 ** np.arange(10)
    LIMIT = 0.5

    def decided(self, rng: np.random.Generator, bound: bool = True) -> float | None:
        """The lowest threshold that is said to keep to the limit on average, from 400 campaigns at each."""
        stops = rng.poisson(self.TRUE[:, None], (10, 400)).astype(float)
        made = table([f"{STOPS}<={self.LIMIT}"], {STOPS: stops})
        if not bound:
            made = tuple(
                row(t, mean, mean <= self.LIMIT) for t, mean in zip(thresholds(10), stops.mean(1), strict=True)
            )
        return answers(made, 0, parse_limit(f"{STOPS}<={self.LIMIT}"), thresholds(10))[0].edge

    def test_the_lowest_threshold_is_too_low_in_one_study_of_twenty_at_most(self) -> None:
        """Over all ten thresholds together, without a correction for their number."""
        lowest = thresholds(10)[int(np.flatnonzero(self.TRUE <= self.LIMIT)[0])]
        rng = np.random.default_rng(7)
        found = [self.decided(rng) for _ in range(STUDIES)]

        assert np.mean([edge is None or edge >= lowest for edge in found]) >= LEVEL - SHORT
        # and it is found, or the next one, nearly always
        assert np.mean([edge is not None and edge <= lowest + 0.01 + 1e-9 for edge in found]) > 0.9

    def test_averages_alone_would_be_wrong_more_often(self) -> None:
        """Negative control, where the truth at a threshold is just above the limit."""
        self.LIMIT = float(self.TRUE[5]) - 0.001
        rng = np.random.default_rng(7)
        lowest = thresholds(10)[6]
        bare = np.mean([(self.decided(rng, bound=False) or 1) < lowest for _ in range(100)])
        bounded = np.mean([(self.decided(rng) or 1) < lowest for _ in range(100)])

        assert bare > 0.3
        assert bounded <= 0.05 + 4 * math.sqrt(0.05 * 0.95 / 100)

    @given(st.floats(0.01, 3), st.floats(0.01, 3))
    @settings(derandomize=True, max_examples=30, deadline=None)
    def test_a_wider_limit_is_met_by_all_that_meet_a_narrower_one(self, one: float, other: float) -> None:
        rng = np.random.default_rng(8)
        stops = rng.poisson(self.TRUE[:, None], (10, 60)).astype(float)
        drawn = rng.poisson(self.TRUE[:, None, None] * rng.gamma(4, 0.25, (1, 60, 1)), (10, 60, 2)).astype(float)
        narrow, wide = sorted((one, other))
        made = table([f"{STOPS}<={narrow!r}", f"{STOPS}<={wide!r}"], {STOPS: stops}, {STOPS: drawn})
        for at in made:
            for which in COVERS:
                few, many = (verdict.meets[which] for verdict in at.limits)
                assert many or not few

    def test_a_step_down_says_what_it_brings(self) -> None:
        gains, costs = np.array([[90.0] * 60, [80.0] * 60]), np.array([[1.0] * 60, [0.5] * 60])
        low, high = table(["arrests<=1"], {GAIN: gains, COST: costs, "arrests": gains})

        assert low.one_step_lower is None
        step = high.one_step_lower
        assert (step.listed_stopped, step.people_wrongly_stopped, step.more_listed_per_person) == (10, 0.5, 20)
        assert step.basis == SIMULATED

    def test_a_step_that_rests_on_few_events_takes_the_closed_form(self) -> None:
        gains, costs = np.array([[90.0] * 60, [80.0] * 60]), np.zeros((2, 60))
        costs[0, 0] = 1
        forms = [form(STOPS, 0.04, np.array([0.04])), form(STOPS, 0.02, np.array([0.02]))]
        step = table(["arrests<=1"], {GAIN: gains, COST: costs, "arrests": gains}, None, forms)[1].one_step_lower
        assert step.people_wrongly_stopped == pytest.approx(0.02)
        assert step.basis == LABEL
        assert step.more_listed_per_person == pytest.approx(500)

    def test_a_threshold_that_another_beats_on_both_sides_is_dominated(self) -> None:
        rng = np.random.default_rng(9)
        gains = np.array([[80.0], [90.0], [70.0]]) + rng.normal(0, 1, (3, 100))
        costs = rng.poisson(np.array([[5.0], [2.0], [1.0]]), (3, 100)).astype(float)
        low, middle, high = table(["arrests<=1"], {GAIN: gains, COST: costs, "arrests": gains})

        assert low.dominated_by == middle.threshold
        assert middle.dominated_by is None
        assert high.dominated_by is None


def row(threshold: float, mean: float, met: bool | None, kept: Kept | None = None) -> ThresholdFound:
    """A threshold that meets the only limit in every way, or in none."""
    figures = Figures(
        mean=mean,
        basis=SIMULATED,
        mean_95=None,
        closed_form=None,
        campaign_90=None,
        with_ignorance=DrawnFigures(mean=None, average_95=None, basis=None, campaign_90=None),
    )
    meets, bounds = dict.fromkeys(COVERS, met), dict.fromkeys(COVERS, mean)
    verdict = Verdict(**vars(figures), units_per_campaign=1.0, bounds=bounds, campaigns_that_keep=kept, meets=meets)
    return ThresholdFound(
        threshold=threshold,
        listed_stopped=figures,
        people_wrongly_stopped=figures,
        limits=(verdict,),
        one_step_lower=None,
        dominated_by=None,
        in_support=None,
        alerts=0.0,
        spent={},
    )


def answered(meets: list[bool | None], means: list[float], at_most: bool = True) -> Answer:
    """The first answer to a limit that thresholds with these *means* meet or do not."""
    at = thresholds(len(meets))
    limit = parse_limit(f"{STOPS}<=1" if at_most else f"{STOPS}>=1")
    return answers([row(*each) for each in zip(at, means, meets, strict=True)], 0, limit, at)[0]


class TestAnswers:
    FALLING = (4.0, 3.0, 2.0, 1.0)

    def test_from_the_favourable_end_on(self) -> None:
        at_most = answered([False, False, True, True], [*self.FALLING])
        at_least = answered([True, True, False, False], [*self.FALLING], at_most=False)

        assert (at_most.meets, at_most.edge, at_most.and_above) == ((0.62, 0.63), 0.62, True)
        assert (at_least.meets, at_least.edge, at_least.and_above) == ((0.60, 0.61), 0.61, False)

    def test_what_rises_with_the_threshold_is_limited_from_below(self) -> None:
        """Listed people missed rise with the threshold: at most so many is met by low thresholds."""
        assert answered([True, True, False, False], [1.0, 2.0, 3.0, 4.0]).edge == 0.61

    def test_beyond_a_gap_a_threshold_does_not_count_and_is_named(self) -> None:
        found = answered([True, False, True, True], [*self.FALLING])
        assert found.meets == (0.62, 0.63)
        assert found.beyond_a_gap == (0.60,)
        assert not found.all
        none = answered([True, True, True, False], [*self.FALLING])
        assert (none.meets, none.beyond_a_gap) == (None, (0.60, 0.61, 0.62))

    def test_all_and_none(self) -> None:
        every, none = (answered([met] * 4, [*self.FALLING]) for met in (True, False))
        assert (every.all, every.meets, every.edge) == (True, (0.60, 0.63), 0.60)
        assert (none.all, none.meets, none.edge) == (False, None, None)

    def test_thresholds_that_were_not_simulated_are_passed_over(self) -> None:
        found = answered([None, True, True, True], [*self.FALLING])
        assert (found.meets, found.all) == ((0.61, 0.63), False)

    def test_together(self) -> None:
        def met(*ends: float) -> Answer:
            return replace(answered([True], [0.0]), meets=ends or None)

        def of_both(*each: Answer) -> object:
            return together([[one] for one in each])[0].meets

        assert of_both(met(0.62, 0.70), met(0.60, 0.65)) == (0.62, 0.65)
        assert of_both(met(0.62, 0.70), met(0.60, 0.62)) == (0.62, 0.62)
        assert of_both(met(0.64, 0.70), met(0.60, 0.62)) is None
        assert of_both(met(0.64, 0.70), met()) is None
        assert of_both(met(0.60, 0.70), met(0.62, 0.68), met(0.64, 0.66)) == (0.64, 0.66)

    @given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)).map(sorted), min_size=1, max_size=4))
    @settings(derandomize=True)
    def test_together_is_what_lies_in_all_of_them(self, ends: list[list[int]]) -> None:
        one = answered([True], [0.0])
        inside = [x for x in range(10) if all(a <= x <= b for a, b in ends)]
        both = together([[replace(one, meets=(float(a), float(b)))] for a, b in ends])[0].meets
        assert both == ((min(inside), max(inside)) if inside else None)


class TestNearMiss:
    """Of an answer from 0.62 on, with 0.61 just below it: only the error of the simulation may keep that out."""

    def near(self, which: Which, mean: float, kept: Kept | None = None) -> float | None:
        rows = [row(0.60, 9.0, False), row(0.61, mean, False, kept), row(0.62, 0.1, True)]
        found = answers(rows, 0, parse_limit(f"{STOPS}<=1"), thresholds(3))
        return near_miss(rows, 0, next(answer for answer in found if answer.which == which), 1.0, at_most=True)

    def test_an_average_within_the_limit_whose_bound_is_not(self) -> None:
        assert self.near("on_average", 1.0) == 0.61
        assert self.near("on_average", 1.01) is None

    def test_single_campaigns_that_keep_to_it_as_often_as_is_asked_but_too_few(self) -> None:
        assert self.near("one_campaign", 1.0, Kept(57, 60, 0.87)) == 0.61
        assert self.near("one_campaign", 1.0, Kept(56, 60, 0.85)) is None
        assert self.near("one_campaign", 1.0, Kept(0, 0, 0.0)) is None

    def test_what_inputs_do_is_no_error_of_the_simulation(self) -> None:
        assert self.near("any_inputs", 0.5) is None

    def test_there_is_none_where_all_meet_the_limit(self) -> None:
        rows = [row(0.60, 0.2, True), row(0.61, 0.1, True)]
        found = answers(rows, 0, parse_limit(f"{STOPS}<=1"), thresholds(2))[0]
        assert near_miss(rows, 0, found, 1.0, at_most=True) is None


class TestEventSizes:
    def test_where_few_events_tell_the_nearest_row_does(self) -> None:
        rows = np.zeros((3, 200))
        rows[0, :100] = 30.0
        assert event_sizes(rows, False) == [event_size(rows[0], False)] * 3
        assert event_sizes(np.zeros((2, 60)), False) == [math.inf, math.inf]
        assert event_sizes(np.zeros((2, 60)), True) == [1.0, 1.0]

    def test_without_a_size_nothing_is_bounded(self) -> None:
        found = first(["liberty_lost_min<=1"], {"liberty_lost_min": np.zeros((1, 60))})
        assert (found.mean_95, found.bounds["on_average"]) == (None, None)
        assert not found.meets["on_average"]
