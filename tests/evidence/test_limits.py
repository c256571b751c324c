"""Limits as users write them, and the bounds that decide whether they are kept: exact laws, coverage, properties.

A coverage of 95 % measured in m made-up studies may fall short by 4 standard errors, 4 sqrt(0.95 x 0.05 / m), and no more.
Seeds are fixed.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from simulator.evidence.choose.limits import (
    FEWEST,
    LEVEL,
    Kept,
    Limit,
    LimitError,
    kept_by,
    parse_limit,
    unbroken,
)
from simulator.evidence.counted.measures import NAMES
from simulator.scenario import load_scenario

STUDIES = 4_000
SHORT = 4 * math.sqrt(LEVEL * (1 - LEVEL) / STUDIES)

examples = settings(derandomize=True, max_examples=60, deadline=None)


class TestWritten:
    @pytest.mark.parametrize(
        ("text", "measure", "at_most", "value", "per", "unit"),
        [
            ("wrongful_stops<=0.1", "wrongful_stops", True, 0.1, 1, "campaign"),
            ("wrongful_stops_per_100k_faces<=0.1", "wrongful_stops", True, 0.1, 100_000, "face"),
            ("false_alerts_per_1,000_alerts ≤ 100", "false_alerts", True, 100, 1_000, "alert"),
            ("listed_stopped>=150", "listed_stopped", False, 150, 1, "campaign"),
            ("Wrongful stops per 2m passages =< 1e-2", "wrongful_stops", True, 0.01, 2_000_000, "passage"),
            ("liberty-lost-min per camera hour <= 3", "liberty_lost_min", True, 3, 1, "camera_hour"),
            ("no_action_stops_per_stop<=.5", "no_action_stops", True, 0.5, 1, "stop"),
            ("arrests_per_year=>20", "arrests", False, 20, 1, "year"),
            ("wrongful_stops <= 5 per year", "wrongful_stops", True, 5, 1, "year"),
            ("false alerts<=3 per 100k faces", "false_alerts", True, 3, 100_000, "face"),
            ("wrongful_stops<=5/year", "wrongful_stops", True, 5, 1, "year"),
            ("wrongful_stops <= 5 a year", "wrongful_stops", True, 5, 1, "year"),
            ("false alerts/100k faces<=3", "false_alerts", True, 3, 100_000, "face"),
            ("wrongful_stops_per_10_deployments<=0", "wrongful_stops", True, 0, 10, "deployment"),
        ],
    )
    def test_read_as_it_is_meant(
        self, text: str, measure: str, at_most: bool, value: float, per: float, unit: str
    ) -> None:
        assert parse_limit(text) == Limit(text, measure, at_most, value, per, unit)

    @pytest.mark.parametrize(
        ("text", "rule"),
        [
            ("", "must be MEASURE<=NUMBER"),
            ("wrongful_stops", "must be MEASURE<=NUMBER"),
            ("<=1", "must be MEASURE<=NUMBER"),
            ("wrongful_stops<=1<=2", "must be MEASURE<=NUMBER"),
            ("wrongful_stops<1", r'write "<=" \(at most\)'),
            ("arrests>1", r'write ">=" \(at least\)'),
            ("wrongful_stops<=1/3", r'a number, 0 or more, such as 0.1 \(got "1/3"\)'),
            ("wrongful_stops==1", 'needs "<="'),
            ("wrongfull_stops<=1", 'did you mean "wrongful_stops"'),
            ("precision>=0.9", 'no measure is called "precision"'),
            ("wrongful_stops<=", "must be a number, 0 or more"),
            ("wrongful_stops<=-1", r'0 or more, such as 0.1 \(got "-1"\)'),
            ("wrongful_stops<=1%", "must be a number"),
            ("wrongful_stops<=nan", "must be a number"),
            ("wrongful_stops<=1e999", "must be a number"),
            ("wrongful_stops_per_fase<=1", 'did you mean "face"'),
            ("wrongful_stops_per_hour<=1", 'did you mean "camera_hour"'),
            ("wrongful_stops_per_100k<=1", "100k of what"),
            ("wrongful_stops_per_million_faces<=1", "in figures: 1000, 100k or 1m"),
            ("wrongful_stops_per_0_faces<=1", "from 1 to"),
            ("wrongful_stops_per_10_years<=1", "a year is simulated and never multiplied"),
            ("wrongful_stops_per_face<=1 per year", "no unit is called"),
            ("faces_per_face<=1", "always 1"),
            ("alerts_per_100k_alerts<=1", "always 1"),
        ],
    )
    def test_mistakes_say_what_is_wrong(self, text: str, rule: str) -> None:
        with pytest.raises(LimitError, match=rule):
            parse_limit(text)

    @given(st.sampled_from(NAMES), st.booleans(), st.floats(0, 1e6), st.sampled_from(["", "_per_7k_passages"]))
    @examples
    def test_every_measure_can_be_limited(self, name: str, at_most: bool, value: float, unit: str) -> None:
        if name == "passages" and unit:
            return
        read = parse_limit(f"{name}{unit}{'<=' if at_most else '>='}{value!r}")

        assert (read.measure, read.at_most, read.value) == (name, at_most, value)
        assert read.per == (7_000 if unit else 1)

    def test_words_are_those_of_the_measure(self) -> None:
        assert parse_limit("wrongful_stops<=1").words == "wrongful stops"
        assert parse_limit("wrongful_stops<=1").counts
        assert not parse_limit("liberty_lost_min<=1").counts


class TestKept:
    def test_exactly_on_the_limit_is_within_it_and_no_value_is_not(self) -> None:
        most, least = parse_limit("wrongful_stops<=0.3"), parse_limit("wrongful_stops>=0.3")
        values = np.array([0.1 + 0.2, 0.3, 0.3001, 0.2999, np.nan])

        assert most.kept(values).tolist() == [True, True, False, True, False]
        assert least.kept(values).tolist() == [True, True, True, False, False]
        assert parse_limit("wrongful_stops<=0").kept(np.array([0.0, 1e-6])).tolist() == [True, False]

    @given(st.floats(0, 1e6), st.floats(0, 1e6), st.floats(0, 1e6))
    @examples
    def test_a_wider_limit_keeps_whatever_a_narrower_one_does(self, value: float, wider: float, x: float) -> None:
        narrow, wide = (Limit("", "wrongful_stops", True, v, 1, "campaign") for v in sorted((value, wider)))
        assert wide.kept(x) or not narrow.kept(x)

    def test_units_of_a_campaign(self) -> None:
        """A limit per year is asked of a year, which is then one campaign."""
        croydon = load_scenario("croydon-static")
        hours = sum(day.hours for day in croydon.campaign.days)
        for unit, each in (("campaign", 1), ("deployment", 14), ("camera_hour", hours), ("year", 1)):
            assert Limit("", "arrests", True, 1, 10, unit).units_per_campaign(croydon) == pytest.approx(each / 10)
        assert Limit("", "arrests", True, 1, 1, "face").units_per_campaign(croydon) is None


class TestKeptBy:
    @pytest.mark.parametrize(("kept", "of"), [(0, 60), (57, 60), (60, 60), (190, 200), (199, 200)])
    def test_independent_campaigns_have_the_exact_bound(self, kept: int, of: int) -> None:
        """As scipy's exact one-sided test."""
        flags = (np.arange(of) < kept)[:, None]
        found = kept_by(flags, np.ones_like(flags))
        wanted = stats.binomtest(kept, of, alternative="greater").proportion_ci(LEVEL, "exact").low

        assert (found.number, found.campaigns) == (kept, of)
        assert found.share_at_least == pytest.approx(wanted, abs=1e-12)

    def test_so_many_are_needed_to_show_95_in_100(self) -> None:
        assert FEWEST == 59
        for n, shown in ((FEWEST - 1, False), (FEWEST, True)):
            flags = np.ones((n, 1), dtype=bool)
            assert (kept_by(flags, flags).share_at_least >= LEVEL) == shown

    def test_campaigns_with_the_same_inputs_count_for_fewer(self) -> None:
        """Pairs that always agree are worth one campaign; pairs that agree by chance two."""
        rng = np.random.default_rng(10)
        alike = np.repeat(rng.random((200, 1)) < 0.97, 2, axis=1)
        apart = rng.random((200, 2)) < 0.97
        all_of_them = np.ones((200, 2), dtype=bool)
        one, two = kept_by(alike, all_of_them), kept_by(apart, all_of_them)
        of_200 = stats.binomtest(int(alike[:, 0].sum()), 200, alternative="greater").proportion_ci(LEVEL).low

        # the variance of 200 pairs is of 199 degrees of freedom
        assert one.share_at_least == pytest.approx(of_200, abs=0.001)
        plain = stats.binomtest(two.number, 400, alternative="greater").proportion_ci(LEVEL).low
        assert two.share_at_least == pytest.approx(plain, abs=0.005)

    def test_the_share_is_covered_where_draws_differ(self) -> None:
        """Each draw keeps with a chance of its own; taken as 5 x 100 independent campaigns it would not be covered."""
        rng = np.random.default_rng(11)
        a, b = 1.8, 0.2
        shares = rng.beta(a, b, (STUDIES, 100, 1))
        flags = rng.random((STUDIES, 100, 5)) < shares
        every = np.ones((100, 5), dtype=bool)
        found = np.array([kept_by(one, every).share_at_least for one in flags])
        naive = stats.beta.ppf(1 - LEVEL, flags.sum(axis=(1, 2)), 501 - flags.sum(axis=(1, 2)))

        assert (found <= a / (a + b)).mean() >= LEVEL - SHORT
        assert (naive <= a / (a + b)).mean() < LEVEL - SHORT

    def test_campaigns_without_a_rate_are_not_counted(self) -> None:
        kept, defined = np.zeros((3, 2), dtype=bool), np.zeros((3, 2), dtype=bool)
        assert kept_by(kept, defined) == Kept(0, 0, 0.0)
        defined[0, 0] = kept[0, 0] = True
        found = kept_by(kept, defined)
        assert (found.number, found.campaigns) == (1, 1)


class TestUnbroken:
    @pytest.mark.parametrize(
        ("meets", "from_top", "run"),
        [
            ([False, True, True], True, (1, 2)),
            ([True, True, False], False, (0, 1)),
            ([True, False, True], True, (2, 2)),
            ([True, False, True], False, (0, 0)),
            ([True, True, False], True, None),
            ([None, None, True], True, (2, 2)),
            ([None, True, True], True, (1, 2)),
            ([None, True, False], False, (1, 1)),
            ([None, None], True, None),
            ([], True, None),
        ],
    )
    def test_by_hand(self, meets: list[bool | None], from_top: bool, run: tuple[int, int] | None) -> None:
        assert unbroken(meets, from_top) == run

    @given(st.lists(st.booleans(), max_size=12))
    @examples
    def test_everything_between_meets_and_the_next_does_not(self, meets: list[bool]) -> None:
        run = unbroken(meets, True)
        if run is None:
            assert not meets or not meets[-1]
            return
        assert run[1] == len(meets) - 1
        assert all(meets[run[0] :])
        assert run[0] == 0 or not meets[run[0] - 1]
        # from the other side it is the same, mirrored
        other = unbroken(meets[::-1], False)
        assert other == (0, len(meets) - 1 - run[0])
