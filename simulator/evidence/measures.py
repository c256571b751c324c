"""Measures: what is counted in each replication, made from the alert log by one set of numpy functions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.experiment.log import AlertLog
from simulator.experiment.replications import Block
from simulator.response import outcomes as o
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Array
from simulator.street.mask import TRUE_STALE, TRUTHS
from simulator.street.people import Index

Mask = NDArray[np.bool_]
OFFICERS_PER_CHECKER = 2


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
NAMES = tuple(measure.name for measure in MEASURES)


def measure(scenario: Scenario, block: Block, log: AlertLog, voids: Index) -> dict[str, Array]:
    """Every measure of the wanted replications of *block*: arrays (block.number,)."""
    n = block.number
    replication = log.replication - block.first

    def count(mask: Mask) -> Array:
        return np.bincount(replication[mask], minlength=n).astype(float)

    def total(values: Array) -> Array:
        return np.bincount(replication, weights=np.nan_to_num(values), minlength=n).astype(float)

    false, stopped = log.is_false, log.stopped
    right = stopped & ~log.bystander & ~false
    wrong = stopped & ~log.bystander & false
    released, arrested = log.outcome == o.RELEASED, log.outcome == o.ARRESTED
    mistaken = arrested & (log.finding == o.MISTAKEN_FOR_LISTED)
    stale = log.truth == TRUE_STALE
    complied = right & released & (log.reason == o.COMPLIED)
    passages = block.candidates.passage_count[:n].sum(axis=1).astype(float)
    m: dict[str, Array] = {
        "passages": passages,
        "faces": np.rint(passages * block.inputs["street.faces_per_passage"][:n]),
        "alerts": count(np.ones(len(log), dtype=bool)),
        "false_alerts": count(false),
        "true_alerts": count(~false),
        "passages_void": voids.astype(float),
        "stops": count(stopped),
        "wrongful_stops": count(wrong),
        "bystander_stops": count(log.bystander),
        "no_action_wrong_person": count(wrong & released),
        "no_action_stale_record": count(right & released & stale),
        "no_action_right_person": count(right & released & ~stale & ~complied),
        "complied_stops": count(complied),
        "arrests": count(arrested),
        "wrongful_arrests": count(mistaken),
        "stale_arrests": count(right & arrested & stale),
        "other_offence_arrests": count(arrested & (log.finding == o.OTHER_OFFENCE)),
        "no_van_arrests": count(arrested & (log.reason == o.NO_VAN)),
        "true_not_engaged": count(~false & ~stopped & (log.recorded != o.NOT_RECORDED)),
        "after_camera_off": count(log.after_camera_off),
        "recorded_alerts": count(log.recorded != o.NOT_RECORDED),
        "recorded_false": count(log.recorded == o.RECORDED_FALSE),
        "recorded_false_stopped": count((log.recorded == o.RECORDED_FALSE) & stopped),
        "confirmed_true": count(log.recorded == o.CONFIRMED_TRUE),
        "unconfirmed_true": count(log.recorded == o.UNCONFIRMED_TRUE),
    }
    m["no_action_stops"] = m["no_action_wrong_person"] + m["no_action_stale_record"] + m["no_action_right_person"]
    m["no_action_or_complied_stops"] = m["no_action_stops"] + m["complied_stops"]
    m.update({f"alerts_{word}": count(log.truth == code) for code, word in enumerate(TRUTHS)})
    m.update({f"outcome_{word}": count(log.outcome == code) for code, word in enumerate(o.OUTCOMES[:-1])})
    m.update(_people(log, replication, n, wrong, stopped & ~log.bystander))
    m.update(_listed(block, log, replication, right))
    held_min = (log.end_s - log.stop_s) / 60.0
    m["liberty_lost_min"] = total(np.where(wrong, held_min, 0.0))
    m["bystander_liberty_lost_min"] = total(np.where(log.bystander, held_min, 0.0))
    minutes = officer_minutes(scenario, log)
    m.update({name: total(values) for name, values in minutes.items()})
    busy = sum(minutes.values(), start=np.zeros(len(log)))
    m["busy_min"], m["busy_on_false_min"] = total(busy), total(np.where(false, busy, 0.0))
    m["on_duty_hours"] = _on_duty_hours(scenario, block, log, replication)
    m.update(_costs(block, m))
    return {name: m[name] for name in NAMES}


def _costs(block: Block, m: dict[str, Array]) -> dict[str, Array]:
    """Officer-hours with station time, and pounds; what the scenario does not price costs 0 and is not printed."""
    n = block.number

    def price(key: str) -> Array:
        values = block.inputs.get(f"costs.{key}")
        return np.zeros(n) if values is None else values[:n]

    hours = m["on_duty_hours"] + m["arrests"] * price("station_hours_per_arrest")
    return {
        "officer_hours": hours,
        "officer_cost_gbp": hours * price("officer_hour_gbp"),
        "equipment_cost_gbp": price("equipment_gbp"),
    }


def officer_minutes(scenario: Scenario, log: AlertLog) -> dict[str, Array]:
    """Officer-minutes of each alert by activity, from its times (NaN counts as none)."""
    officers = scenario.officers
    # without checkers the team holds the person until the end (fmin passes over NaN)
    team_end = np.where(np.isnan(log.stop_s), log.search_end_s, np.fmin(log.check_start_s, log.end_s))
    return {
        "operator_min": np.nan_to_num(log.review_end_s - log.review_start_s) / 60.0,
        "team_min": np.nan_to_num(team_end - log.search_start_s) / 60.0 * officers.officers_per_team,
        "checker_min": np.nan_to_num(log.end_s - log.check_start_s) / 60.0 * OFFICERS_PER_CHECKER,
        "van_min": np.nan_to_num(log.run_end_s - log.run_start_s) / 60.0 * officers.officers_per_van,
    }


def _people(log: AlertLog, replication: Index, n: int, wrong: Mask, stopped: Mask) -> dict[str, Array]:
    """Counts of distinct people by what happened to them how often."""

    def people(mask: Mask, at_least: int) -> Array:
        key = np.stack([replication[mask], log.person[mask]])
        who, times = np.unique(key, axis=1, return_counts=True)
        return np.bincount(who[0][times >= at_least], minlength=n).astype(float)

    everybody = np.ones(len(log), dtype=bool)
    return {
        "people_alerted": people(everybody, 1),
        "people_falsely_alerted": people(log.is_false, 1),
        "people_falsely_alerted_twice": people(log.is_false, 2),
        "people_wrongly_stopped": people(wrong, 1),
        "people_wrongly_stopped_twice": people(wrong, 2),
        "people_stopped_twice": people(stopped, 2),
    }


def _listed(block: Block, log: AlertLog, replication: Index, right: Mask) -> dict[str, Array]:
    """Distinct listed people who came past, were stopped, were missed, and were missed through false alerts."""
    n = block.number
    candidates, alerts, again = block.candidates, block.alerts, block.without_false
    mine = candidates.listed_rank <= block.cell.size
    came = np.bincount(candidates.listed_replication[mine], minlength=n)[:n].astype(float)

    def distinct(rep: Index, person: Index) -> Array:
        who = np.unique(np.stack([rep, person]), axis=1)
        return np.bincount(who[0], minlength=n)[:n].astype(float)

    stopped = distinct(replication[right], log.person[right])
    engaged = ~np.isnan(again.stop_s) & ~again.bystander.astype(bool)
    kept = block.kept[engaged]
    without = distinct(alerts.replication[kept], alerts.person[kept])
    concerned = np.isin(np.arange(n), np.unique(alerts.replication[alerts.is_false]))
    return {
        "listed_people": came,
        "listed_stopped": stopped,
        "listed_missed": came - stopped,
        "crowded_out": np.where(concerned, without - stopped, 0.0),
    }


def _on_duty_hours(scenario: Scenario, block: Block, log: AlertLog, replication: Index) -> Array:
    """Officer-hours from camera-on to camera-off or to the last alert's end, by shift."""
    officers, n = scenario.officers, block.number
    officers_each = {
        "operators": 1,
        "teams": officers.officers_per_team,
        "checkers": OFFICERS_PER_CHECKER,
        "vans": officers.officers_per_van,
    }
    off_s = np.array([day.hours * 3600.0 for day in scenario.campaign.days])
    last_s = np.tile(off_s, (n, 1))
    np.maximum.at(last_s, (replication, log.deployment), log.end_s)
    hours = np.zeros(n)
    for deployment, camera_off_s in enumerate(off_s):
        for kind, each in officers_each.items():
            staff, since_s = block.inputs[f"officers.{kind}"][:n], 0.0
            for shift in officers.shifts:
                changed, at_s = getattr(shift, kind), shift.after_min * 60.0
                if changed is not None and at_s < camera_off_s:
                    hours += staff * each * (at_s - since_s) / 3600.0
                    staff, since_s = np.full(n, float(changed)), at_s
            hours += staff * each * (last_s[:, deployment] - since_s) / 3600.0
    return hours
