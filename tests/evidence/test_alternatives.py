"""What an alternative multiplies an average by: against formulas, against truths known from how the street was made."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scenario_texts import MINIMAL

from simulator.evidence.counted.measures import measure
from simulator.evidence.run.factor import WITHIN, Factor, by_forms
from simulator.evidence.run.found import summarise
from simulator.evidence.run.study import CHANCE, Study, run_study
from simulator.evidence.run.twins import SHARE, factors
from simulator.experiment.pairs import pair_of
from simulator.experiment.replications import Block, Cell
from simulator.response.engines import engine_named
from simulator.scenario import load_scenario
from simulator.scenario.applied import with_settings
from simulator.scenario.models import Scenario

ENGINE = engine_named("auto")
# A hundred times the error rate of the record, so that there is something to count, and officers for all of it.
BUSY = ("recogniser.fmr_at_anchor=1.0e-7", "officers.operators=50", "officers.teams=50", "officers.checkers=50")
PATIENT = ("procedure.review={median_min: 1, law: fixed}", "procedure.search={median_min: 2, law: fixed}")


def street(folder: Path, *alternatives: dict[str, Any], overrides: tuple[str, ...] = BUSY, more: str = "") -> Scenario:
    """The smallest scenario with *alternatives*, each settings and the measure that they move."""
    listed = "".join(
        f'  - {{name: "{number}", why: w, decided_by: d, source: s, grade: assumed, measure: {one.pop("measure")}, settings: '
        f"{{{', '.join(f'{key}: {value}' for key, value in one.items())}}}}}\n"
        for number, one in enumerate(alternatives)
    )
    path = folder / "street.yaml"
    path.write_text(f"{MINIMAL}{more}alternatives:\n{listed}")
    return load_scenario(path, overrides)


def found(scenario: Scenario, replications: int = 400, cell: Cell | None = None) -> tuple[Study, tuple[Factor, ...]]:
    study = run_study(scenario, replications, 1, cell=cell)
    return study, factors(study, ENGINE)


def holds(factor: Factor, truth: float) -> bool:
    assert factor.factor_95 is not None
    return factor.factor_95[0] <= truth <= factor.factor_95[1]


def test_a_form_that_is_the_average_gives_the_factor(tmp_path: Path) -> None:
    scenario = street(tmp_path, {"recogniser.fmr_at_anchor": 2.5e-7, "measure": "false_alerts"})
    study, (factor,) = found(scenario, 2)
    more = with_settings(scenario, scenario.alternatives[0].settings)

    simulated = [run_study(each, 600, 3).passes[CHANCE]["false_alerts"] for each in (scenario, more)]

    assert factor.campaigns is None
    # four standard errors of a ratio of two independent averages
    error = np.sqrt(sum((values.std() / values.mean()) ** 2 / 600 for values in simulated))
    assert abs(np.log(simulated[1].mean() / simulated[0].mean() / (factor.factor or 0))) < 4 * error
    assert study.scenario.record is None


def test_half_leave_where_reach_is_made_so(tmp_path: Path) -> None:
    """Three minutes pass before a stop: of an exponential reach with median 3 half are gone, with median 6 three in ten."""
    halves, fewer = ({"procedure.reach": f"{{median_min: {m}, law: exponential}}", "measure": "stops"} for m in (3, 6))
    scenario = street(
        tmp_path, halves, fewer, overrides=(*BUSY, *PATIENT, "procedure.reach={median_min: 900, law: fixed}")
    )

    _, (half, less) = found(scenario)

    assert half.known
    assert less.known
    assert holds(half, 0.5)
    assert holds(less, 0.5**0.5)
    assert not holds(less, 0.5)


def test_the_laboratory_by_forms_agrees_with_campaigns(tmp_path: Path) -> None:
    scenario = load_scenario("croydon-static")
    study = run_study(scenario, 2, 1)
    laboratory = next(item for item in scenario.alternatives if "laboratory" in item.name)
    factor = by_forms(study, laboratory)

    pair = pair_of(scenario, with_settings(scenario, laboratory.settings), thinned=True)
    a, b = (
        np.concatenate([measure(side.scenario, block)["false_alerts"] for block in side.blocks(600, ignorance=False)])
        for side in pair.campaigns(5, ENGINE, crowding_out=False)
    )

    assert factor is not None
    assert factor.factor is not None
    rest = b - factor.factor * a
    assert abs(rest.mean()) < 4 * rest.std() / np.sqrt(600)
    assert abs((b - a).mean()) > 4 * (b - a).std() / np.sqrt(600)


def test_false_alerts_by_forms_are_those_of_campaigns_whatever_officers_do() -> None:
    """Four times as many, and a quarter of them accepted: those who are held and do not alert again are some in a hundred."""
    scenario = load_scenario("croydon-static")
    unconfirmed = next(item for item in scenario.alternatives if "unconfirmed" in item.name)
    factor = by_forms(run_study(scenario, 50, 1), unconfirmed)
    pair = pair_of(scenario, with_settings(scenario, unconfirmed.settings), thinned=True)
    a, b = (
        np.concatenate([measure(side.scenario, block)["false_alerts"] for block in side.blocks(1000, ignorance=False)])
        for side in pair.campaigns(5, ENGINE, crowding_out=False)
    )

    assert factor is not None
    assert factor.factor == pytest.approx(7.9 / 1.9, rel=1e-3)
    assert factor.unlike_record == ()
    error = np.hypot(a.std() / a.mean(), b.std() / b.mean()) / np.sqrt(1000)
    assert abs(np.log(b.mean() / a.mean() / factor.factor)) < np.log(1.1) + 4 * error


def test_where_many_are_held_who_would_alert_again_false_alerts_are_simulated() -> None:
    scenario = load_scenario("croydon-static", ["street.pool_people=5000", "procedure.check_error=0.3"])
    unconfirmed = next(item for item in scenario.alternatives if "unconfirmed" in item.name)

    assert by_forms(run_study(scenario, 2), unconfirmed) is None


def test_what_makes_officers_busier_is_simulated(tmp_path: Path) -> None:
    busier = {"street.passages_per_hour": 3000, "measure": "wrongful_stops"}
    scenario = street(tmp_path, busier, {"procedure.look.accept_false": 0.6, "measure": "wrongful_stops"})

    assert [by_forms(run_study(scenario, 2), item) for item in scenario.alternatives] == [None, None]


def alerted(block: Block) -> set[tuple[int, int, float]]:
    alerts, false = block.alerts, block.alerts.is_false
    return set(zip(alerts.replication[false], alerts.deployment[false], alerts.time_s[false], strict=True))


@pytest.mark.parametrize(("thinned", "inside"), [(True, True), (False, False)])
def test_those_alerted_at_the_lower_rate_are_among_those_at_the_higher(
    thinned: bool, inside: bool, tmp_path: Path
) -> None:
    scenario = street(tmp_path, {"recogniser.fmr_at_anchor": 3e-7, "measure": "false_alerts"})
    more = with_settings(scenario, scenario.alternatives[0].settings)
    fewer, many = (
        alerted(next(side.blocks(50, ignorance=False)))
        for side in pair_of(scenario, more, thinned=thinned).campaigns(1, ENGINE, crowding_out=False)
    )

    assert len(fewer) > 50
    assert (fewer <= many) is inside


def test_thinning_leaves_the_rate_as_it_was(tmp_path: Path) -> None:
    scenario = street(tmp_path, {"recogniser.fmr_at_anchor": 3e-7, "measure": "false_alerts"})
    more = with_settings(scenario, scenario.alternatives[0].settings)
    side, _ = pair_of(scenario, more, thinned=True).campaigns(4, ENGINE, crowding_out=False)
    thinned = np.concatenate(
        [measure(side.scenario, block)["false_alerts"] for block in side.blocks(400, ignorance=False)]
    )
    alone = run_study(scenario, 400, 9).passes[CHANCE]["false_alerts"]

    error = np.sqrt((thinned.var() + alone.var()) / 400)
    assert abs(thinned.mean() - alone.mean()) < 4 * error
    assert abs(3 * thinned.mean() - alone.mean()) > 4 * error


def test_where_there_is_none_there_is_nothing_to_multiply(tmp_path: Path) -> None:
    scenario = street(
        tmp_path,
        {"procedure.bystander": 0.3, "measure": "bystander_stops"},
        {"procedure.not_found": 0.3, "measure": "bystander_stops"},
    )

    _, (some, none) = found(scenario)

    assert some.factor is None
    assert some.from_none
    assert some.other
    assert none.factor is None
    assert not none.from_none
    assert none.known
    assert none.why_none == "procedure.bystander is 0 with and without it"


def test_the_twin_of_a_cell_is_the_run_of_that_cell(tmp_path: Path) -> None:
    scenario = street(tmp_path, {"procedure.look.accept_false": 0.6, "measure": "wrongful_stops"})

    study, (factor,) = found(scenario, cell=Cell(0.66, 8000.0))

    first = study.passes[CHANCE]["wrongful_stops"][: factor.campaigns]
    assert factor.own == first.mean()
    assert holds(factor, 2.0)


def test_campaigns_end_where_the_budget_does(tmp_path: Path) -> None:
    """At the record's error rate one wrongful stop in hundreds of campaigns tells next to nothing of a factor."""
    rare = [{"procedure.look.accept_false": share, "measure": "wrongful_stops"} for share in (0.5, 0.6, 0.7)]
    study = run_study(street(tmp_path, *rare, overrides=()), 400)
    drawn: list[int] = []

    told = factors(study, ENGINE, drawn.append)

    assert not any(item.known for item in told)
    assert sum(drawn) <= SHARE * 400
    assert max(item.campaigns or 0 for item in told) <= 400


def test_a_known_factor_is_within_the_limit(tmp_path: Path) -> None:
    scenario = street(tmp_path, {"procedure.look.accept_false": 0.6, "measure": "wrongful_stops"})

    _, (item,) = found(scenario)

    assert item.known
    assert item.factor
    assert item.factor_95
    assert max(item.factor_95[1] / item.factor, item.factor / item.factor_95[0]) <= WITHIN


def test_a_figure_of_the_record_is_not_contradicted_unsaid(tmp_path: Path) -> None:
    """With three in ten of about 40 false alerts accepted 12 stops are as recorded; with nine in ten they are not."""
    scenario = street(
        tmp_path,
        {"procedure.look.accept_false": 0.9, "measure": "wrongful_stops"},
        {"procedure.not_found": 0.01, "measure": "wrongful_stops"},
        overrides=(*BUSY, "recogniser.fmr_at_anchor=1.0e-6"),
        more="record: {stopped_on_false_alert: 12, source: s, grade: measured}\n",
    )

    _, told = found(scenario)

    assert [[unlike.figure for unlike in item.unlike_record] for item in told] == [["stopped_on_false_alert"], []]


@pytest.mark.parametrize(("threshold", "compared"), [(0.64, True), (0.60, False)])
def test_a_figure_that_the_scenario_itself_is_unlike_says_nothing_of_alternatives(
    threshold: float, compared: bool
) -> None:
    """One false alert is on record; at 0.64 half an alert is expected, at 0.60 five; with stricter officers ten and more."""
    _, told = found(load_scenario("croydon-static", [f"recogniser.threshold={threshold}"]), 100)
    figures = {unlike.figure for item in told for unlike in item.unlike_record}

    assert ("recorded_false" in figures) is compared


def test_none_by_assumption_is_known(tmp_path: Path) -> None:
    overrides = (*BUSY, "procedure.bystander=0.5")
    _, (item,) = found(
        street(tmp_path, {"procedure.bystander": 0, "measure": "bystander_stops"}, overrides=overrides), 100
    )

    assert (item.factor, item.factor_95, item.known) == (0.0, (0.0, 0.0), True)


def test_the_run_itself_is_the_same_with_alternatives_and_without(tmp_path: Path) -> None:
    study, told = found(street(tmp_path, {"procedure.not_found": 0.5, "measure": "stops"}), 20)

    without, with_them = summarise(study), summarise(study, told)

    assert without.alternatives == ()
    assert len(with_them.alternatives) == 1
    assert replace(with_them, alternatives=()) == without


def test_settings_that_do_not_go_with_the_rest_cost_no_run(tmp_path: Path) -> None:
    setting = {"recogniser.lookalike_persistence_across_days": 0.3, "measure": "stops"}
    overrides = (
        *BUSY,
        "recogniser.lookalike_persistence_same_day=0.1",
        "recogniser.lookalike_persistence_across_days=0.1",
    )
    scenario = street(tmp_path, setting, overrides=overrides)

    _, (item,) = found(scenario, 2)

    assert (item.factor, item.known) == (None, False)
    assert item.why_none is not None
    assert item.why_none.startswith(
        "not known, its settings do not go with this scenario (recogniser.lookalike_persistence"
    )


def test_settings_that_hold_already_are_said_to(tmp_path: Path) -> None:
    setting = {"procedure.not_found": 0.1, "measure": "stops"}

    _, (item,) = found(street(tmp_path, setting, overrides=(*BUSY, "procedure.not_found=0.1")), 2)

    assert (item.factor, item.known, item.why_none) == (None, True, "already so in this scenario")
