"""Measures: what is counted in each replication, made from the alert log by one set of numpy functions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from simulator.evidence.counted.kinds import KINDS, Mask
from simulator.evidence.counted.tally import Tally, kind_of_alerts, tally
from simulator.experiment.log import counted_faces
from simulator.experiment.replications import Block
from simulator.response import outcomes as o
from simulator.scenario.days import by_day, hours_of, own_values
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Array
from simulator.street.candidates import listed_passing
from simulator.street.mask import TRUTHS

OFFICERS_PER_CHECKER = 2
WRONGFUL_NOTE = (
    "A wrongful stop is a stop of the person alerted on who is not the one whose entry matched; bystanders are counted apart. "
    "It says nothing about lawfulness (Thompson & Carlo v Met [2026] EWHC 915 (Admin) was dismissed)."
)


@dataclass(frozen=True)
class Measure:
    """A measure's name, what it says in words, and its unit."""

    name: str
    words: str
    unit: str = "count"


MEASURES = (
    Measure("passages", "passages of people through a camera's zone"),
    Measure("faces", "faces counted"),
    Measure("alerts", "alerts"),
    *(Measure(f"alerts_{truth}", f"alerts, truth: {truth.replace('_', ' ')}") for truth in TRUTHS),
    Measure("false_alerts", "false alerts"),
    Measure("true_alerts", "true alerts"),
    *(Measure(f"outcome_{word}", f"alerts that ended {word.replace('_', ' ')}") for word in o.OUTCOMES[:-1]),
    Measure("passages_void", "passages that did not happen: the person was in custody"),
    Measure("stops", "stops"),
    Measure("wrongful_stops", "wrongful stops"),
    Measure("bystander_stops", "stops of a bystander"),
    Measure("no_action_wrong_person", "stops with no action: wrong person"),
    Measure("no_action_stale_record", "stops with no action: right person, stale record"),
    Measure("no_action_right_person", "stops with no action: right person released"),
    Measure("no_action_stops", "stops with no action"),
    Measure("no_action_or_complied_stops", "stops with no action, complied conditions included"),
    Measure("complied_stops", "stops to check conditions that were complied with"),
    Measure("arrests", "arrests"),
    Measure("wrongful_arrests", "arrests as the listed person, in error"),
    Measure("stale_arrests", "arrests on a stale record"),
    Measure("other_offence_arrests", "arrests of wrongly stopped people for something found"),
    Measure("no_checkers_releases", "stops that ended because no checker unit came in time"),
    Measure("no_van_arrests", "arrests without a van"),
    Measure("true_not_engaged", "true alerts, repeats aside, after which nobody was stopped"),
    Measure("after_camera_off", "alerts still open at camera-off, handled to their end"),
    Measure("people_alerted", "people the system alerted on"),
    Measure("people_falsely_alerted", "people the system falsely alerted on"),
    Measure("people_falsely_alerted_twice", "people falsely alerted on more than once"),
    Measure("people_wrongly_stopped", "people wrongly stopped"),
    Measure("people_wrongly_stopped_twice", "people wrongly stopped more than once"),
    Measure("people_stopped_twice", "people stopped more than once"),
    Measure("listed_people", "listed people who came past"),
    Measure("listed_stopped", "listed people stopped"),
    Measure("listed_missed", "listed people who came past and were not stopped"),
    Measure("crowded_out", "listed people missed because officers were busy with false alerts"),
    Measure("recorded_alerts", "alerts a force's record would show"),
    Measure("recorded_false", "recorded false alerts"),
    Measure("recorded_false_stopped", "recorded false alerts that ended in a stop"),
    Measure("confirmed_true", "recorded confirmed true alerts"),
    Measure("unconfirmed_true", 'recorded unconfirmed "true" alerts'),
    Measure(
        "liberty_lost_min", "minutes lost by people wrongly stopped, until let go or the custody run ends", "minutes"
    ),
    Measure("bystander_liberty_lost_min", "minutes of liberty lost by bystanders", "minutes"),
    Measure("operator_min", "officer-minutes of review", "minutes"),
    Measure("team_min", "officer-minutes of search and holding", "minutes"),
    Measure("checker_min", "officer-minutes of checks and custody runs", "minutes"),
    Measure("van_min", "officer-minutes of van crews", "minutes"),
    Measure("busy_min", "officer-minutes spent on alerts", "minutes"),
    Measure("busy_on_false_min", "officer-minutes spent on false alerts", "minutes"),
    Measure("on_duty_hours", "officer-hours on duty", "hours"),
    Measure("officer_hours", "officer-hours on duty and at the station", "hours"),
    Measure("officer_cost_gbp", "cost of those officer-hours", "GBP"),
    Measure("equipment_cost_gbp", "cost of equipment", "GBP"),
)
BY_NAME = {measure.name: measure for measure in MEASURES}
NAMES = tuple(BY_NAME)
COUNTS = frozenset(measure.name for measure in MEASURES if measure.unit == "count")


# Measures that count alerts, as rules about their kinds; and sums of them.
_RIGHT, _WRONG = KINDS.stopped & ~KINDS.bystander & ~KINDS.false, KINDS.stopped & ~KINDS.bystander & KINDS.false
_RELEASED, _ARRESTED = KINDS.outcome == o.RELEASED, KINDS.outcome == o.ARRESTED
_COMPLIED = _RIGHT & _RELEASED & (KINDS.reason == o.COMPLIED)
_KEPT = KINDS.recorded != o.NOT_RECORDED
_RECORDED_FALSE = KINDS.recorded == o.RECORDED_FALSE
RULES: dict[str, Mask] = {
    "alerts": np.ones_like(KINDS.stopped),
    **{f"alerts_{truth}": KINDS.truth == code for code, truth in enumerate(TRUTHS)},
    "false_alerts": KINDS.false,
    "true_alerts": ~KINDS.false,
    **{f"outcome_{word}": KINDS.outcome == code for code, word in enumerate(o.OUTCOMES[:-1])},
    "stops": KINDS.stopped,
    "wrongful_stops": _WRONG,
    "bystander_stops": KINDS.stopped & KINDS.bystander,
    "no_action_wrong_person": _WRONG & _RELEASED,
    "no_action_stale_record": _RIGHT & _RELEASED & KINDS.stale,
    "no_action_right_person": _RIGHT & _RELEASED & ~KINDS.stale & ~_COMPLIED,
    "complied_stops": _COMPLIED,
    "arrests": _ARRESTED,
    "wrongful_arrests": _ARRESTED & (KINDS.finding == o.MISTAKEN_FOR_LISTED),
    "stale_arrests": _RIGHT & _ARRESTED & KINDS.stale,
    "other_offence_arrests": _ARRESTED & (KINDS.finding == o.OTHER_OFFENCE),
    "no_checkers_releases": _RELEASED & (KINDS.reason == o.NO_CHECKERS),
    "no_van_arrests": _ARRESTED & (KINDS.reason == o.NO_VAN),
    "true_not_engaged": ~KINDS.false & ~KINDS.stopped & _KEPT,
    "recorded_alerts": _KEPT,
    "recorded_false": _RECORDED_FALSE,
    "recorded_false_stopped": _RECORDED_FALSE & KINDS.stopped,
    "confirmed_true": KINDS.recorded == o.CONFIRMED_TRUE,
    "unconfirmed_true": KINDS.recorded == o.UNCONFIRMED_TRUE,
}
RULES = {name: rule & ~KINDS.void for name, rule in RULES.items()} | {"passages_void": KINDS.void}
_RULE_TABLE = np.stack(list(RULES.values()), axis=1).astype(float)


def measure(scenario: Scenario, block: Block) -> dict[str, Array]:
    """Every measure of the wanted replications of *block*: arrays (block.number,).

    Without a second resolution in the block there is no *crowded_out*.
    """
    n, counted = block.number, tally(scenario, block)
    passages = block.candidates.passage_count.sum(axis=1).astype(float)
    m: dict[str, Array] = {
        "passages": passages,
        "faces": np.rint(passages * block.inputs["street.faces_per_passage"]),
        **dict(zip(RULES, (counted.counts @ _RULE_TABLE).T, strict=True)),
        **counted.people,
    }
    m["no_action_stops"] = m["no_action_wrong_person"] + m["no_action_stale_record"] + m["no_action_right_person"]
    m["no_action_or_complied_stops"] = m["no_action_stops"] + m["complied_stops"]
    m |= _listed(scenario, block, counted)
    held_min = counted.seconds["held"] / 60.0
    m["liberty_lost_min"] = held_min @ _WRONG
    m["bystander_liberty_lost_min"] = held_min @ KINDS.bystander
    m |= _minutes(scenario, counted)
    m["on_duty_hours"] = _on_duty_hours(scenario, block, counted.last_s)
    m["after_camera_off"] = counted.after_camera_off
    m |= _costs(block, m)
    return {name: m[name][:n] for name in NAMES if name in m}


def by_deployment(block: Block, names: Sequence[str]) -> dict[str, Array]:
    """Measures that count alerts, by the deployment they came in: arrays (block.number, deployments)."""
    alerts, days = block.alerts, block.candidates.passage_count.shape[1]
    cell, kind = alerts.replication * days + alerts.deployment, kind_of_alerts(block)
    wanted = {name: RULES[name][kind].astype(float) for name in names}
    size = block.inputs.replications * days
    counts = {name: np.bincount(cell, of, size).astype(float) for name, of in wanted.items()}
    return {name: of.reshape(-1, days)[: block.number] for name, of in counts.items()}


def faces_of(block: Block) -> Array:
    """Faces counted at each deployment: (block.number, deployments)."""
    return counted_faces(block)[: block.number]


def officers_each(scenario: Scenario) -> dict[str, int]:
    """Officers in one operator's seat, team, checker unit and van."""
    officers = scenario.officers
    return {
        "operator": 1,
        "team": officers.officers_per_team,
        "checker": OFFICERS_PER_CHECKER,
        "van": officers.officers_per_van,
    }


def _minutes(scenario: Scenario, counted: Tally) -> dict[str, Array]:
    """Officer-minutes by activity, in all and on false alerts."""
    each = {name: counted.seconds[name] * officers for name, officers in officers_each(scenario).items()}
    busy = sum(each.values(), start=np.zeros_like(counted.counts))
    totals = {f"{name}_min": seconds.sum(axis=1) / 60.0 for name, seconds in each.items()}
    return totals | {"busy_min": busy.sum(axis=1) / 60.0, "busy_on_false_min": busy @ KINDS.false / 60.0}


def _costs(block: Block, m: dict[str, Array]) -> dict[str, Array]:
    """Officer-hours with station time, and pounds; what the scenario does not price costs 0 and is not printed."""

    def price(key: str) -> Array:
        values = block.inputs.get(f"costs.{key}")
        return np.zeros(block.inputs.replications) if values is None else values

    hours = m["on_duty_hours"] + m["arrests"] * price("station_hours_per_arrest")
    return {
        "officer_hours": hours,
        "officer_cost_gbp": hours * price("officer_hour_gbp"),
        "equipment_cost_gbp": price("equipment_gbp"),
    }


def _listed(scenario: Scenario, block: Block, counted: Tally) -> dict[str, Array]:
    """Listed people who came past, were missed, and were missed because officers were busy with false alerts."""
    alerts, again, n = block.alerts, block.without_false, block.inputs.replications
    sizes = by_day(scenario.campaign, "watchlist_size", block.cell.size)
    came = listed_passing(block.candidates, sizes, n)
    stopped = counted.people["listed_stopped"]
    found = {"listed_people": came, "listed_missed": came - stopped}
    if again is not None:
        engaged = ~np.isnan(again.stop_s) & (again.bystander == 0)
        kept = block.kept[engaged]
        who = np.unique(np.stack([alerts.replication[kept], alerts.person[kept]]), axis=1)
        without = np.bincount(who[0], minlength=n).astype(float)
        concerned = np.bincount(alerts.replication[alerts.is_false], minlength=n) > 0
        found["crowded_out"] = np.where(concerned, without - stopped, 0.0)
    return found


def _on_duty_hours(scenario: Scenario, block: Block, last_s: Array) -> Array:
    """Officer-hours from camera-on to camera-off or to the last alert's end (*last_s*), by shift."""
    off_s = hours_of(scenario.campaign) * 3600.0
    hours = np.zeros(block.inputs.replications)
    for name, each in officers_each(scenario).items():
        own = own_values(scenario.campaign, f"{name}s")
        staff = np.where(np.isnan(own), block.inputs[f"officers.{name}s"][:, None], own)
        since_s = np.zeros_like(off_s)
        for shift in scenario.officers.shifts:
            changed, at_s = getattr(shift, f"{name}s"), shift.after_min * 60.0
            if changed is not None:
                # a change at camera-off or later never happens
                held = (at_s < off_s) & np.isnan(own)
                hours += (np.where(held, staff, 0.0) * each * (at_s - since_s) / 3600.0).sum(axis=1)
                staff, since_s = np.where(held, float(changed), staff), np.where(held, at_s, since_s)
        hours += (staff * each * (last_s - since_s) / 3600.0).sum(axis=1)
    return hours
