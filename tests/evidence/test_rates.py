"""Rates by definition: what is counted per itself is exactly 1, and a part of the unit is never more than it."""

from __future__ import annotations

import math

import numpy as np
import pytest

from simulator import load_scenario, run_study, summarise
from simulator.evidence.choose.limits import parse_limit
from simulator.evidence.choose.thresholds import Forms, Threshold
from simulator.evidence.counted.measures import COUNTS
from simulator.evidence.counted.units import AMONG, COUNTED_BY, always_one, most_per
from simulator.evidence.run.found import RunFound
from simulator.evidence.run.rates import BY_DEFINITION, Range
from simulator.evidence.run.study import CHANCE, Study
from simulator.evidence.statistics.averages import ratio_interval

# All that can end an alert: wrong people, bystanders, errors of the check, lawful arrests of the wrongly stopped.
ALL_HAPPENS = [
    "recogniser.threshold=0.56",
    "procedure.bystander=0.1",
    "procedure.check_error=0.2",
    "procedure.other_offence_arrest=0.2",
]
UNITS = ("alert", "stop", "arrest")


@pytest.fixture(scope="module")
def busy() -> Study:
    return run_study(load_scenario("croydon-static", ALL_HAPPENS), 50, 1)


@pytest.fixture(scope="module")
def few() -> RunFound:
    """Two campaigns in three have no alert at all."""
    return summarise(run_study(load_scenario("croydon-static", ["street.passages_per_hour=3"]), 40, 1))


def test_parts_are_never_more_than_the_whole_in_any_campaign(busy: Study) -> None:
    """Every pair that is said to be a part is one, where all kinds of alert happen; so are all that are declared by hand."""
    parts = [(name, unit) for name in COUNTS for unit in UNITS if most_per(name, unit) == 1]
    for values in busy.passes.values():
        for name, unit in parts:
            if name in values:
                assert (values[name] <= values[COUNTED_BY[unit]]).all(), (name, unit)
    assert {name for name, _ in parts} > AMONG.keys()
    assert {("false_alerts", "alert"), ("wrongful_stops", "stop"), ("bystander_stops", "alert")} < set(parts)


def test_what_can_be_more_than_one_of_a_unit_is_not_bounded(busy: Study) -> None:
    """Negative control: alerts and stops per arrest are more than 1 here; and arrests are no part of hours."""
    values = busy.passes[CHANCE]
    for name, unit in (("alerts", "arrest"), ("stops", "arrest"), ("true_alerts", "stop")):
        assert (values[name] > values[COUNTED_BY[unit]]).any()
        assert most_per(name, unit) == math.inf
    assert {most_per("arrests", unit) for unit in ("face", "camera_hour", "deployment", "campaign")} == {math.inf}


def test_arrests_per_arrest_are_one_and_not_an_estimate(few: RunFound) -> None:
    found = few.rates["arrests"]["arrest"]

    assert always_one("arrests", "arrest")
    assert (found.rate, found.mean_95, found.one_in, found.basis) == (1.0, (1.0, 1.0), 1.0, BY_DEFINITION)
    assert found.with_ignorance is not None
    assert (found.with_ignorance.rate, found.with_ignorance.basis) == (1.0, BY_DEFINITION)
    assert found.with_ignorance.average_95 is None


def test_no_share_of_alerts_or_stops_may_be_more_than_all(few: RunFound, busy: Study) -> None:
    """Neither the average, nor where it may lie over the inputs, nor a single campaign; other rates may."""

    def ends(found: RunFound, part: bool) -> list[float]:
        said: list[Range | None] = []
        for name, by_unit in found.rates.items():
            for unit in UNITS:
                if (most_per(name, unit) == 1) == part:
                    rate = by_unit[unit]
                    drawn = rate.with_ignorance
                    said += [rate.mean_95, *((drawn.average_95, drawn.campaign_90) if drawn else ())]
        return [range_[1] for range_ in said if range_ is not None]

    for found in (few, summarise(busy)):
        assert ends(found, part=True)
        assert max(ends(found, part=True)) <= 1
        assert max(ends(found, part=False)) > 1


def test_an_interval_on_a_share_ends_at_one() -> None:
    """Of one event in ten alerts among 400 campaigns nothing bounds the ratio but what it is."""
    bottom = np.zeros(400)
    bottom[:2] = 1.0
    top = np.where(np.arange(400) == 0, bottom, 0.0)
    low, high = ratio_interval(top, bottom, 1.0, most=1.0)

    assert ratio_interval(top, bottom, 1.0).high > 3
    assert (low, high) == (ratio_interval(top, bottom, 1.0).low, 1.0)


@pytest.mark.parametrize(
    ("text", "most"),
    [
        ("wrongful_stops_per_stop<=0.1", 1.0),
        ("false_alerts_per_100_alerts<=5", 100.0),
        ("wrongful_stops_per_camera_hour<=0.1", math.inf),
        ("stops<=3", math.inf),
    ],
)
def test_a_limit_knows_the_most_that_there_can_be(text: str, most: float) -> None:
    assert parse_limit(text).most == most


def test_bounds_held_against_a_limit_on_a_share_end_at_one() -> None:
    limit = parse_limit("wrongful_stops_per_stop<=0.5")
    chance = {"wrongful_stops": np.zeros(20), "stops": np.zeros(20)}
    scenario, forms = load_scenario("croydon-static"), Forms({}, {})
    at = Threshold(0.64, scenario, chance, None, forms, {"wrongful_stops": 1.0}, False, {})
    chance["stops"][0] = 1.0

    assert at.bounds(limit, *at.sides(limit, chance), 0.95).high == 1.0
