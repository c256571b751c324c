"""The scenarios that come with the program: valid, sourced, graded, and honest about what is assumed."""

from __future__ import annotations

import pytest

from simulator.evidence.support import outside_support
from simulator.scenario import load_scenario, shipped_scenarios
from simulator.scenario.inputs import quantities
from simulator.scenario.template import template_path

NAMES = sorted(shipped_scenarios())
EVIDENCE = ["croydon-static", "croydon-van"]
# What somebody decides or what is switched off needs no source; everything else does.
PLAIN_DEFAULTS = {
    "watchlist.growth_exponent",
    "watchlist.conditions_share",
    "watchlist.stale_share",
    "recogniser.list_size_exponent",
    "street.between_ends_min",  # of no effect with one camera end; asked for below where there are two
}


def test_shipped_scenarios_are_named_like_their_files() -> None:
    assert {name: load_scenario(name).name for name in NAMES} == {name: name for name in NAMES}


@pytest.mark.parametrize("name", EVIDENCE)
def test_every_value_of_an_evidence_scenario_has_source_and_grade(name: str) -> None:
    for key, item in quantities(load_scenario(name)):
        if key in PLAIN_DEFAULTS or (item.value == 0 and not item.uncertain) or item.source is not None:
            continue
        pytest.fail(f"{key}: {item.value} has no source")
    for key, item in quantities(load_scenario(name)):
        assert item.source is None or item.grade is not None, key


@pytest.mark.parametrize("name", EVIDENCE)
def test_what_nobody_has_published_is_an_assumed_interval(name: str) -> None:
    """TPIR, staffing, times on the street and the make-up of the list are intervals, never bare guesses."""
    values = dict(quantities(load_scenario(name)))
    keys = ["recogniser.tpir_at_anchor", "watchlist.conditions_share", "watchlist.stale_share"]
    keys += [f"officers.{kind}" for kind in ("operators", "teams", "checkers", "vans")]
    keys += [f"procedure.{time}.median_min" for time in ("reach", "review", "search", "check", "custody")]
    for key in keys:
        assert values[key].grade == "assumed", key
        assert values[key].uncertain, key


@pytest.mark.parametrize("name", EVIDENCE)
def test_evidence_scenarios_assume_no_bystander_stops(name: str) -> None:
    assert dict(quantities(load_scenario(name)))["procedure.bystander"].value == 0


@pytest.mark.parametrize("name", EVIDENCE)
def test_evidence_scenarios_lie_inside_calibrated_support(name: str) -> None:
    assert outside_support(load_scenario(name)) == []


def test_the_walk_between_two_ends_has_a_source() -> None:
    assert dict(quantities(load_scenario("croydon-static")))["street.between_ends_min"].source


def test_scenarios_with_assumed_group_ratios_say_what_if() -> None:
    for name in NAMES:
        scenario = load_scenario(name)
        assert (scenario.what_if is not None) == bool(scenario.street.groups), name


def test_croydon_models_the_published_campaign() -> None:
    """14 deployments in 58.4 camera hours (103 arrests x 34 minutes), and the record's totals beside it."""
    croydon = load_scenario("croydon-static")
    record = croydon.record
    assert len(croydon.campaign.days) == 14
    assert croydon.campaign.camera_hours == pytest.approx(103 * 34 / 60, abs=0.1)
    assert record is not None
    assert (record.faces, record.alerts, record.arrests, record.recorded_false) == (239_216, 200, 103, 1)
    assert set(record.calibrated) == {"faces", "alerts", "arrests"}


def test_template_is_a_valid_scenario() -> None:
    assert load_scenario(template_path()).name == "my-town"
