"""What one more or one fewer of each kind of staff changes, and why people are let go or missed."""

from __future__ import annotations

import numpy as np
import pytest
from reading import column, labelled, titled

from simulator.evidence.run.found import RunFound, summarise
from simulator.evidence.run.staff import campaigns_each, kinds_changed, staff_changes
from simulator.evidence.run.study import CHANCE, Study, run_study
from simulator.report.run.page import page
from simulator.response.engines import engine_named
from simulator.scenario import load_scenario

FEW = ["officers.teams=1", "officers.checkers=1", "officers.vans=1", "officers.operators=1"]


def studied(*overrides: str) -> Study:
    return run_study(load_scenario("croydon-static", [*FEW, *overrides]), 60, seed=3)


@pytest.fixture(scope="module")
def study() -> Study:
    return studied()


@pytest.fixture(scope="module")
def found(study: Study) -> RunFound:
    return summarise(study, staff=staff_changes(study, engine_named("auto")))


def test_the_change_is_that_of_two_runs_with_the_same_seed(study: Study, found: RunFound) -> None:
    """The run with one more checker unit, campaign by campaign, is what the change was taken from."""
    assert found.staff is not None
    (more,) = (item for item in found.staff if (item.kind, item.step) == ("checker", 1))
    other = studied("officers.checkers=2")

    for name in ("arrests", "no_checkers_releases", "wrongful_stops"):
        apart = other.passes[CHANCE][name] - study.passes[CHANCE][name]
        assert more.changes[name].difference == pytest.approx(apart[: more.campaigns].mean())
    assert more.changes["no_checkers_releases"].difference < 0 < more.changes["arrests"].difference


def test_each_kind_has_one_more_and_one_fewer_but_not_below_none(study: Study, found: RunFound) -> None:
    assert found.staff is not None
    assert kinds_changed(study.scenario) == len(found.staff) == 8
    assert kinds_changed(load_scenario("croydon-static", [*FEW, "officers.vans=0"])) == 7
    assert kinds_changed(load_scenario("croydon-static", ["campaign.deployments.0.teams=2"])) == 6
    assert campaigns_each(study) == 50


def test_who_comes_later_changes_too() -> None:
    """One checker unit more from the first minute to the last alert's end: two officers in more than 58.4 hours, not in 14."""
    shifts = studied("officers.shifts=[{after_min: 60, checkers: 3}]")
    (more,) = (it for it in staff_changes(shifts, engine_named("auto")) if (it.kind, it.step) == ("checker", 1))

    assert more.changes["on_duty_hours"].difference > 2 * 58.4


def test_the_hold_limit_is_named_where_people_are_let_go(study: Study, found: RunFound) -> None:
    let_go = study.passes[CHANCE]["no_checkers_releases"]
    (said,) = labelled(page(found), "Let go")

    assert np.all(let_go <= study.passes[CHANCE]["no_action_stops"] + study.passes[CHANCE]["bystander_stops"])
    assert "no checker unit came within the hold limit (procedure.hold_limit_min)" in said
    assert "before a team was free" in labelled(page(found), "Missed")[0]
    table = titled(page(found), "With one more or one fewer")
    assert column(table, "staff")[0] == "+1 operator, now 1"


def test_nothing_is_said_where_it_was_not_asked_or_does_not_happen() -> None:
    plenty = summarise(studied("officers.checkers=50", "officers.teams=50", "officers.vans=50"))

    assert plenty.staff is None
    assert "staff" not in plenty.to_json().partition('"inputs"')[0]
    assert labelled(page(plenty), "Let go") == []
