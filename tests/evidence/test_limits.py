"""Limits: what is read, what bounds cover, and which thresholds are named where the right answer is known."""

from __future__ import annotations

import json
import math
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from simulator.evidence.answers import WHICH, answers, together
from simulator.evidence.intervals import garwood, mean_interval
from simulator.evidence.limits import (
    FEWEST,
    LEVEL,
    Limit,
    LimitError,
    averages_by_draw,
    event_sizes,
    kept_by,
    parse_limit,
    rate_bounds,
    unbroken,
)
from simulator.evidence.pace import campaigns_per_year
from simulator.evidence.theory import LABEL
from simulator.evidence.verdicts import COST, GAIN, NONE_SEEN, Forms, needed, rows
from simulator.scenario import Scenario, load_scenario

Array = np.ndarray[Any, np.dtype[np.float64]]
CROYDON = load_scenario("croydon-static")
THRESHOLDS = (0.60, 0.62, 0.64, 0.66, 0.68)
REPEATS = 2000
# Three standard errors of a share of about 5 % in so many repeats.
SLACK = 3 * math.sqrt(LEVEL * (1 - LEVEL) / REPEATS)

# How a campaign's total is drawn, its mean, and the least size of an event.
LAWS = {
    "rare": (lambda rng, n: rng.poisson(0.01, n), 0.01, 1.0),
    "one a campaign": (lambda rng, n: rng.poisson(1.0, n), 1.0, 1.0),
    "busy and quiet campaigns": (lambda rng, n: rng.poisson(0.1 * rng.gamma(0.5, 2.0, n)), 0.1, 1.0),
    "pairs": (lambda rng, n: 2 * rng.poisson(0.05, n), 0.1, 1.0),
    "minutes": (lambda rng, n: rng.gamma(np.maximum(rng.poisson(0.5, n), 1e-12), 8.0), 4.0, 0.0),
}


class TestReading:
    @pytest.mark.parametrize(
        ("text", "measure", "at_most", "value", "per", "unit"),
        [
            ("wrongful_stops_per_100k_faces<=0.1", "wrongful_stops", True, 0.1, 1e5, "face"),
            ("wrongful stops per 100,000 faces <= 0.1", "wrongful_stops", True, 0.1, 1e5, "face"),
            ("wrongful_stops_per_100_000_faces<=1e-1", "wrongful_stops", True, 0.1, 1e5, "face"),
            ("listed_stopped >= 150", "listed_stopped", False, 150.0, 1.0, "campaign"),
            ("false_alerts_per_1m_passages≤2", "false_alerts", True, 2.0, 1e6, "passage"),
            ("arrests_per_camera_hour>=1.5", "arrests", False, 1.5, 1.0, "camera_hour"),
            ("officer_cost_gbp_per_arrest<=5000", "officer_cost_gbp", True, 5000.0, 1.0, "arrest"),
            ("people_wrongly_stopped_per_year<=0", "people_wrongly_stopped", True, 0.0, 1.0, "year"),
            ("stops_per_1000_alerts<=900", "stops", True, 900.0, 1000.0, "alert"),
        ],
    )
    def test_limits_are_read(self, text: str, measure: str, at_most: bool, value: float, per: float, unit: str) -> None:
        assert parse_limit(text) == Limit(text, measure, at_most, value, per, unit)

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("wrongfull_stops<=1", 'did you mean "wrongful_stops"'),
            ("nonsense<=1", 'for example "wrongful_stops_per_100k_faces<=0.1"'),
            ("wrongful_stops_per_facs<=1", 'did you mean "faces"'),
            ("wrongful_stops_per_hour<=1", "units: face, passage"),
            ("wrongful_stops<1", '"<=" (at most) or ">=" (at least)'),
            ("wrongful_stops", "for example"),
            ("<=1", "for example"),
            ("wrongful_stops<=", "must be a number"),
            ("wrongful_stops<=0,1", 'got "0,1"'),
            ("wrongful_stops<=-1", "0 or more"),
            ("wrongful_stops<=inf", "must be a number"),
            ("wrongful_stops_per_0_faces<=1", "must be from 1"),
            ("stops_per_stop<=1", "always 1"),
        ],
    )
    def test_mistakes_are_explained(self, text: str, said: str) -> None:
        with pytest.raises(LimitError) as caught:
            parse_limit(text)
        assert said in str(caught.value)

    def test_a_year_needs_dates(self) -> None:
        """A campaign of n deployments takes n intervals, of which the dates span n - 1."""
        yearly = parse_limit("wrongful_stops_per_year<=1")
        one_day = load_scenario("croydon-static", ["campaign.deployments=[{date: 2026-01-01, hours: 4}]"])

        pace = 13 / 107 * 365.25 / 14
        assert yearly.units_per_campaign(CROYDON) == pytest.approx(1 / pace)
        assert campaigns_per_year(CROYDON) == pytest.approx(pace)
        with pytest.raises(LimitError, match="on one day"):
            yearly.units_per_campaign(one_day)

    def test_a_limit_met_exactly_is_met(self) -> None:
        """Also where a sum of floats is off in its last digit; no value at all keeps to nothing."""
        most, least = parse_limit("stops<=0.3"), parse_limit("stops>=0.3")

        assert most.kept(0.1 + 0.2)
        assert least.kept(0.3 - 1e-12)
        assert not most.kept(0.3001)
        assert not most.kept(math.nan)
        assert parse_limit("stops<=0").kept(0.0)


class TestBounds:
    def test_none_in_n_campaigns_is_the_rule_of_three(self) -> None:
        for n in (60, 500, 5000):
            bounds = rate_bounds(np.zeros(n), np.ones(n), 1.0, LEVEL)
            assert bounds == (0.0, pytest.approx(-math.log(0.05) / n))

    def test_events_at_most_one_a_campaign_have_garwoods_bounds(self) -> None:
        """Such a count varies less than a Poisson count, but is not taken for less."""
        top = np.array([1.0] * 7 + [0.0] * 93)
        low, high = garwood(7, 0.90)

        assert rate_bounds(top, np.full(100, 4.0), 1.0, LEVEL) == pytest.approx((low / 400, high / 400))

    def test_what_never_varies_has_no_error(self) -> None:
        assert rate_bounds(np.full(60, 3.0), np.full(60, 2.0), 0.0, LEVEL) == (1.5, 1.5)

    def test_nothing_bounds_minutes_that_never_happened(self) -> None:
        """Unless another setting shows how long an event takes."""
        quiet, busy = np.zeros(100), np.where(np.arange(100) < 30, 8.0, 0.0)
        least = event_sizes(np.stack([busy, quiet]), counts=False)

        assert rate_bounds(quiet, np.ones(100), event_sizes(quiet[None], counts=False)[0], LEVEL).high == math.inf
        assert least[0] == 0
        assert least[1] == pytest.approx(busy.var(ddof=1) / busy.mean())
        assert rate_bounds(quiet, np.ones(100), least[1], LEVEL).high == pytest.approx(-math.log(0.05) / 100 * least[1])

    @pytest.mark.parametrize("law", LAWS)
    def test_bounds_cover(self, law: str) -> None:
        """One-sided at 95 % on either side, within three standard errors of the repeats."""
        draw, mean, least = LAWS[law]
        rng, n = np.random.default_rng(3), 400
        found = np.array([rate_bounds(draw(rng, n).astype(float), np.ones(n), least, LEVEL) for _ in range(REPEATS)])

        assert (found[:, 1] >= mean).mean() > LEVEL - SLACK
        assert (found[:, 0] <= mean).mean() > LEVEL - SLACK

    def test_students_bound_would_not_cover(self) -> None:
        """Negative control: for an event in 200 campaigns Student's t bounds it at 0 wherever none was seen."""
        rng = np.random.default_rng(3)
        found = [mean_interval(rng.poisson(0.005, 400), 0.90).high for _ in range(REPEATS)]

        assert np.mean(np.array(found) >= 0.005) < LEVEL - 3 * SLACK

    def test_a_ratio_is_known_better_than_its_parts(self) -> None:
        """Arrests per stop in campaigns of all sizes: the sizes cancel."""
        rng = np.random.default_rng(3)
        stops = rng.poisson(100 * rng.gamma(2, 0.5, 500)).astype(float)
        arrests = rng.binomial(stops.astype(int), 0.6).astype(float)
        low, high = rate_bounds(arrests, stops, 1.0, LEVEL)
        error = 1.645 * math.sqrt(0.6 / stops.sum())

        assert low < 0.6 < high
        assert high - low == pytest.approx(2 * error, rel=0.05)

    def test_averages_of_draws_lose_their_chance(self) -> None:
        """Averages with sd 2 seen in pairs with sd 10: as wide as they are, where the raw means are four times as wide."""
        rng = np.random.default_rng(4)
        draws = 2000
        top = 100 + 2 * rng.standard_normal((draws, 1)) + 10 * rng.standard_normal((draws, 2))
        found = averages_by_draw(top, np.ones_like(top))

        # the variance between is that of the means less that of chance, each with a relative error of sqrt(2 / draws)
        error = math.sqrt(2 / draws) * (54 + 50)
        assert abs(found.likely.var(ddof=1) - 4) < 3 * error
        assert found.widest.var(ddof=1) > found.likely.var(ddof=1)
        assert top.mean(axis=1).std() > 7
        assert found.error == pytest.approx(math.sqrt(54 / draws), rel=0.1)

    @pytest.mark.parametrize(("sd", "chance"), [(25.0, 15.0), (0.3, 0.67)])
    def test_bounds_over_draws_cover(self, sd: float, chance: float) -> None:
        """The 95 % quantile of the averages is not above the bound more often than 5 % of the time."""
        rng, repeats = np.random.default_rng(5), 400
        found = []
        for _ in range(repeats):
            means = 100 + sd * rng.standard_normal((250, 1))
            draws = averages_by_draw(means + chance * rng.standard_normal((250, 2)), np.ones((250, 2)))
            plain = np.quantile(draws.likely, LEVEL)
            found.append((np.quantile(draws.widest, LEVEL) + 1.6449 * draws.error, plain))
        covered = (np.array(found) >= 100 + 1.6449 * sd).mean(axis=0)

        assert covered[0] > LEVEL - 3 * math.sqrt(LEVEL * (1 - LEVEL) / repeats)
        # negative control: the likeliest width alone falls short half of the time
        assert covered[1] < 0.7

    def test_draws_without_a_denominator_are_left_out(self) -> None:
        top, bottom = np.ones((4, 2)), np.array([[1.0, 1], [0, 0], [2, 2], [1, 1]])

        assert len(averages_by_draw(top, bottom).likely) == 3
        assert len(averages_by_draw(top, np.zeros((4, 2))).likely) == 0

    def test_so_many_campaigns_show_that_95_in_100_keep(self) -> None:
        """Wilks: all of 59 independent ones, not of 58."""
        assert FEWEST == 59
        for number, shown in ((58, False), (59, True)):
            everyone = np.ones((number, 1), dtype=bool)
            assert (kept_by(everyone, everyone).share >= LEVEL) == shown

    def test_campaigns_with_equal_inputs_count_for_fewer(self) -> None:
        """If two campaigns of a draw always agree, 500 are worth 250."""
        agreed = np.repeat(np.arange(250) < 243, 2).reshape(250, 2)
        apart = np.random.default_rng(1).permuted(agreed.ravel()).reshape(250, 2)
        everywhere = np.ones((250, 2), dtype=bool)
        once = np.arange(250)[:, None] < 243

        assert kept_by(agreed, everywhere).share == pytest.approx(kept_by(once, everywhere[:, :1]).share, abs=1e-3)
        assert kept_by(apart, everywhere).share > kept_by(agreed, everywhere).share
        assert kept_by(agreed, everywhere)[:2] == (486, 500)

    @pytest.mark.parametrize("together", [False, True])
    def test_a_share_of_95_in_100_is_rarely_shown_to_be_more(self, together: bool) -> None:
        rng = np.random.default_rng(6)
        everywhere = np.ones((250, 2), dtype=bool)
        wrong = naive = 0
        for _ in range(REPEATS):
            kept = rng.random((250, 1 if together else 2)) < LEVEL
            kept = np.broadcast_to(kept, (250, 2))
            wrong += kept_by(kept, everywhere).share >= LEVEL
            naive += kept_by(kept.reshape(500, 1), everywhere.reshape(500, 1)).share >= LEVEL

        assert wrong / REPEATS < 1 - LEVEL + SLACK
        # negative control: to count agreeing campaigns as independent would be wrong too often
        assert not together or naive / REPEATS > 1 - LEVEL + SLACK


class TestRule:
    @pytest.mark.parametrize(
        ("meets", "from_top", "run"),
        [
            ([False, False, True, True], True, (2, 3)),
            ([True, False, True, True], True, (2, 3)),
            ([True, True, True, False], True, None),
            ([True, True, False, True], False, (0, 1)),
            ([False, True, True, True], False, None),
            ([True, True], True, (0, 1)),
            ([False, False], True, None),
            ([None, None, True, False], False, (2, 2)),
            ([None, False, True], True, (2, 2)),
            ([None, None], True, None),
        ],
    )
    def test_thresholds_without_a_gap(
        self, meets: list[bool | None], from_top: bool, run: tuple[int, int] | None
    ) -> None:
        assert unbroken(meets, from_top) == run

    def test_no_correction_for_many_thresholds_is_needed(self) -> None:
        """Whatever the number of thresholds, one that breaks the limit is named at most 5 % of the time."""
        rng, n, repeats = np.random.default_rng(7), 400, 400
        limit = 0.02
        # the fourth from the top is the first to break the limit, by as little as can be, and all below break it too
        means = limit * np.array([8.0, 4.0, 2.0, 1.5, 1.0001, 0.5, 0.25, 0.12])
        right, wrong, by_average = 0, 0, 0
        for _ in range(repeats):
            tops = rng.poisson(np.broadcast_to(means[:, None], (8, n))).astype(float)
            bounds = [rate_bounds(top, np.ones(n), 1.0, LEVEL).high for top in tops]
            run = unbroken([bool(high <= limit) for high in bounds], from_top=True)
            right += run is not None and run[0] >= 5
            wrong += run is not None and run[0] < 5
            by_average += (unbroken([bool(top.mean() <= limit) for top in tops], True) or (8,))[0] < 5

        slack = 3 * math.sqrt(LEVEL * (1 - LEVEL) / repeats)
        assert wrong / repeats < 1 - LEVEL + slack
        assert right / repeats > 0.5
        # negative control: averages alone name it about half of the time
        assert by_average / repeats > 0.3


def held(
    limits: list[Limit],
    chance: dict[str, Array],
    ignorance: dict[str, Array] | None = None,
    forms: list[Forms] | None = None,
    thresholds: tuple[float, ...] = THRESHOLDS,
    scenario: Scenario = CROYDON,
) -> list[dict[str, Any]]:
    """The rows of a made-up sweep; measures that are not given are 1 everywhere."""
    n = len(next(iter(chance.values()))[0])
    median = {name: chance.get(name, np.ones((len(thresholds), n))) for name in needed(limits)}
    drawn = {name: (ignorance or median).get(name, median[name]) for name in needed(limits)}
    drawn = {name: values.reshape(len(thresholds), n // 2, 2) for name, values in drawn.items()}
    swept: Any = SimpleNamespace(thresholds=thresholds)
    return rows(limits, scenario, swept, swept, median, drawn, forms or [Forms({}, {})] * len(thresholds))


def named(table: list[dict[str, Any]], limit: Limit, index: int = 0) -> dict[str, Any]:
    """The thresholds that meet *limit*, by answer."""
    swept = [row["threshold"] for row in table]
    return {answer["which"]: answer["meets"] for answer in answers(table, index, limit, swept)}


MEANS = 0.45 * np.exp(-50 * (np.array(THRESHOLDS) - 0.64))
SPREAD = 0.4
N = 6000


@pytest.fixture(scope="module")
def exponential() -> tuple[dict[str, Array], dict[str, Array], list[Forms]]:
    """Wrongful stops that fall with exp(-50 T), Poisson in a campaign, log-normal over what is not known."""
    rng = np.random.default_rng(8)
    chance = rng.poisson(np.broadcast_to(MEANS[:, None], (5, N))).astype(float)
    factors = np.exp(SPREAD * np.repeat(rng.standard_normal(N // 2), 2))
    ignorance = rng.poisson(MEANS[:, None] * factors).astype(float)
    levels = np.exp(SPREAD * rng.standard_normal(20_000))
    # the formula leaves out what takes a fifth of the stops away
    forms = [Forms({"wrongful_stops": np.array([1.25 * m])}, {"wrongful_stops": 1.25 * m * levels}) for m in MEANS]
    return {"wrongful_stops": chance}, {"wrongful_stops": ignorance}, forms


class TestAnswers:
    """Averages are 3.3, 1.2, 0.45, 0.17 and 0.061 a campaign at the five thresholds."""

    def test_the_right_thresholds_are_named(self, exponential: Any) -> None:
        """Any inputs: exp(1.645 x 0.4) is 1.93 times as many. One campaign: none in 95 % only where 0.061 are expected."""
        limit = parse_limit("wrongful_stops<=0.5")
        found = named(held([limit], *exponential), limit)

        assert found == {"on_average": [0.64, 0.68], "any_inputs": [0.66, 0.68], "one_campaign": None}
        rare = parse_limit("wrongful_stops<=1")
        assert named(held([rare], *exponential), rare)["one_campaign"] == [0.66, 0.68]

    def test_a_rate_per_camera_hour_and_year_is_the_same_question(self, exponential: Any) -> None:
        hours, pace = CROYDON.campaign.camera_hours, campaigns_per_year(CROYDON) or 0.0
        an_hour = parse_limit(f"wrongful_stops_per_1000_camera_hours<={0.5 * 1000 / hours}")
        a_year = parse_limit(f"wrongful_stops_per_year<={0.5 * pace}")
        table = held([an_hour, a_year], *exponential)

        assert named(table, an_hour)["any_inputs"] == [0.66, 0.68]
        assert named(table, a_year, 1) == {"on_average": [0.64, 0.68], "any_inputs": [0.66, 0.68], "one_campaign": None}
        yearly = answers(table, 1, a_year, THRESHOLDS)[2]
        assert yearly["asked"] is False
        assert table[0]["limits"][1]["campaign_90"] is None

    def test_the_intervals_are_what_was_put_in(self, exponential: Any) -> None:
        row = held([parse_limit("wrongful_stops<=0.5")], *exponential)[2]["limits"][0]
        low, high = row["mean_95"]

        assert low < MEANS[2] < high
        assert high - low == pytest.approx(2 * 1.96 * math.sqrt(MEANS[2] / N), rel=0.05)
        widths = [end / row["mean"] for end in row["with_ignorance"]["average_95"]]
        assert widths == pytest.approx([math.exp(-1.96 * SPREAD), math.exp(1.96 * SPREAD)], rel=0.03)
        assert row["bounds"]["any_inputs"] / row["bounds"]["on_average"] == pytest.approx(
            math.exp(1.645 * SPREAD), rel=0.03
        )

    def test_without_a_formula_the_draws_tell(self, exponential: Any) -> None:
        """The spread of averages over draws, from campaigns in pairs, with its error on top: never narrower."""
        limit = parse_limit("wrongful_stops<=0.5")
        with_form = held([limit], *exponential)[2]["limits"][0]
        without = held([limit], exponential[0], exponential[1])[2]["limits"][0]

        assert without["with_ignorance"]["basis"].startswith("simulated")
        assert without["bounds"]["any_inputs"] > 0.9 * with_form["bounds"]["any_inputs"]
        assert named(held([limit], exponential[0], exponential[1]), limit)["any_inputs"] == [0.66, 0.68]

    def test_none_simulated_is_no_evidence_of_zero(self) -> None:
        """The closed form stands in, however many campaigns show nothing; without one the rule of three bounds it."""
        limit = parse_limit("wrongful_stops<=0.004")
        forms = [Forms({"wrongful_stops": np.array([0.002])}, {"wrongful_stops": np.full(100, 0.002)})] * 5
        for n in (100, 1000):
            nothing = {"wrongful_stops": np.zeros((5, n))}
            formed, bare = (held([limit], nothing, forms=given)[0]["limits"][0] for given in (forms, None))

            assert (formed["mean"], formed["basis"]) == (pytest.approx(0.002), LABEL)
            assert formed["bounds"]["on_average"] == pytest.approx(min(0.002, -math.log(0.05) / n))
            assert (bare["mean"], bare["basis"]) == (None, NONE_SEEN)
            assert bare["bounds"]["on_average"] == pytest.approx(-math.log(0.05) / n)
            assert bare["meets"]["on_average"] == (n == 1000)

    def test_what_cannot_happen_meets_any_limit(self) -> None:
        """Without wrongful stops nobody loses a minute to one: here a formula of 0 is evidence."""
        limit = parse_limit("liberty_lost_min<=0")
        never = [Forms({"wrongful_stops": np.zeros(1)}, {"wrongful_stops": np.zeros(9)})] * 5
        nothing = {"liberty_lost_min": np.zeros((5, 100))}

        assert named(held([limit], nothing, forms=never), limit)["any_inputs"] == [0.60, 0.68]
        assert named(held([limit], nothing), limit)["on_average"] is None

    def test_a_limit_met_exactly(self) -> None:
        """On-duty hours are the same in every campaign: on the limit is within it, and both ways."""
        hours = {"on_duty_hours": np.broadcast_to(np.array([[104.0], [103], [102], [101], [100]]), (5, 200))}
        most, least = parse_limit("on_duty_hours<=102"), parse_limit("on_duty_hours>=102")

        assert named(held([most], hours), most)["one_campaign"] == [0.64, 0.68]
        assert named(held([most], hours), most)["on_average"] == [0.64, 0.68]
        assert named(held([least], hours), least)["on_average"] == [0.60, 0.64]

    def test_at_least_is_asked_from_below(self) -> None:
        """Listed people stopped fall with the threshold, so the highest that still finds enough is named."""
        rng = np.random.default_rng(9)
        found = np.array([210.0, 190, 180, 170, 160])
        listed = {GAIN: rng.poisson(np.broadcast_to(found[:, None], (5, 1000))).astype(float)}
        limit = parse_limit("listed_stopped>=175")
        answer = answers(held([limit], listed), 0, limit, THRESHOLDS)[0]

        assert answer["meets"] == [0.60, 0.64]
        assert (answer["and_above"], answer["edge"]) == (False, 0.64)
        assert answer["listed_stopped"] == pytest.approx(180, abs=3 * math.sqrt(180 / 1000))
        # in 95 of 100 campaigns at least 175: the mean must be 198 or more
        assert named(held([limit], listed), limit)["one_campaign"] == [0.60, 0.60]

    def test_a_gap_does_not_count(self) -> None:
        """Stops are not monotone: where officers are swamped few are stopped wrongly, and nobody should choose that."""
        rng = np.random.default_rng(10)
        stops = rng.poisson(np.array([0.2, 3.0, 1.0, 0.2, 0.1])[:, None], (5, 500)).astype(float)
        limit = parse_limit("wrongful_stops<=0.4")
        answer = answers(held([limit], {"wrongful_stops": stops}), 0, limit, THRESHOLDS)[0]

        assert answer["meets"] == [0.66, 0.68]
        assert answer["beyond_a_gap"] == [0.60]

    def test_every_threshold_and_none(self, exponential: Any) -> None:
        easy, hard = parse_limit("wrongful_stops<=50"), parse_limit("wrongful_stops<=0.001")
        table = held([easy, hard], *exponential)
        first, second = (answers(table, i, limit, THRESHOLDS) for i, limit in enumerate((easy, hard)))

        assert [answer["all"] for answer in first] == [True] * 3
        assert [answer["meets"] for answer in second] == [None] * 3
        assert [answer["meets"] for answer in together([first, second])] == [None] * 3
        assert [answer["meets"] for answer in together([first, first])] == [[0.60, 0.68]] * 3
        json.dumps([table, first, second], allow_nan=False)

    def test_each_answer_says_what_it_covers(self, exponential: Any) -> None:
        limit = parse_limit("wrongful_stops<=1")
        found = {a["which"]: a["covers"] for a in answers(held([limit], *exponential), 0, limit, THRESHOLDS)}

        assert tuple(found) == WHICH
        assert not {"chance", "ignorance"} & set(found["on_average"])
        assert "ignorance" in found["any_inputs"]
        assert "chance" not in found["any_inputs"]
        assert {"chance", "ignorance"} <= set(found["one_campaign"])

    def test_a_wider_question_is_never_met_where_the_narrower_is_not(self, exponential: Any) -> None:
        for value in np.geomspace(0.02, 5, 25):
            for row in held([parse_limit(f"wrongful_stops<={value}")], *exponential):
                meets = row["limits"][0]["meets"]
                assert meets["on_average"] or not meets["any_inputs"]


class TestFrontier:
    def test_a_step_is_a_ratio_of_differences(self) -> None:
        """Nested draws, as in a sweep: each threshold adds its own people to those of the next higher one."""
        rng = np.random.default_rng(11)
        gains = np.cumsum(rng.poisson(4.0, (5, 1000)), axis=0)[::-1].astype(float)
        costs = np.cumsum(rng.poisson(0.5, (5, 1000)), axis=0)[::-1].astype(float)
        table = held([parse_limit("stops<=1")], {GAIN: gains, COST: costs})
        step = table[1]["one_step_lower"]

        assert table[0]["one_step_lower"] is None
        assert step[GAIN] == pytest.approx(float((gains[0] - gains[1]).mean()))
        assert step["more_listed_per_person"] == pytest.approx(8, rel=4 / math.sqrt(500))
        assert [row["dominated_by"] for row in table] == [None] * 5

    def test_rare_people_are_counted_by_formula(self) -> None:
        """No difference is made from a handful of simulated people."""
        gains, costs = np.ones((5, 100)), np.zeros((5, 100))
        gains[0] = 3.0
        forms = [
            Forms({"wrongful_stops": np.array([x])}, {"wrongful_stops": np.full(9, x)}) for x in (0.4, 0.3, 0.2, 0.1, 0)
        ]
        table = held([parse_limit("stops<=1")], {GAIN: gains, COST: costs}, forms=forms)

        assert table[0][COST]["basis"] == LABEL
        assert table[1]["one_step_lower"]["basis"] == LABEL
        assert table[1]["one_step_lower"]["more_listed_per_person"] == pytest.approx(2 / 0.1)
        # none seen on either side is no reason to call the higher threshold worse
        assert [row["dominated_by"] for row in table] == [None] * 5

    def test_a_setting_that_loses_on_both_sides_is_marked(self) -> None:
        rng = np.random.default_rng(12)
        gains = rng.poisson(np.array([150.0, 200, 190, 180, 170])[:, None], (5, 400)).astype(float)
        costs = rng.poisson(np.array([40.0, 20, 10, 5, 2])[:, None], (5, 400)).astype(float)
        table = held([parse_limit("stops<=1")], {GAIN: gains, COST: costs})

        assert [row["dominated_by"] for row in table] == [0.62, None, None, None, None]

    def test_a_difference_within_chance_marks_nothing(self) -> None:
        """Negative control: two equal settings differ a little in any sample."""
        rng = np.random.default_rng(13)
        gains, costs = rng.poisson(180.0, (5, 400)).astype(float), rng.poisson(5.0, (5, 400)).astype(float)
        table = held([parse_limit("stops<=1")], {GAIN: gains[:2], COST: costs[:2]}, thresholds=THRESHOLDS[:2])

        assert [row["dominated_by"] for row in table] == [None, None]
