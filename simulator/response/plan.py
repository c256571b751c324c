"""What handling would take for every alert: durations and decisions, fixed before anybody competes for an officer.

Every number belongs to the passage, so it is the same in every cell, for either engine and in whatever order events
come. Decisions compare a stored number with a limit; only time and contention are left to resolve.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.response import outcomes
from simulator.response.adjudication import Limits, review_limits, second_look_limits
from simulator.scenario.force import Duration
from simulator.scenario.inputs import Inputs
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Array
from simulator.street.footfall import on_time_grid
from simulator.street.mask import TRUE_CONDITIONS, TRUE_STALE, Alerts
from simulator.street.people import Columns, Index

FINDS_NOBODY, FINDS_PERSON, FINDS_BYSTANDER = range(3)
TIMES = ("reach", "review", "search", "check", "check_wrong_person", "custody")
CHANCES = ("not_found", "bystander", "check_error", "other_offence", "disposal", "remembered")


@dataclass(frozen=True)
class Numbers(Columns):
    """Random numbers of one candidate passage per row: standard *times* (passages, 6), *looks* (2), *chances* (6)."""

    times: Array
    looks: Array
    chances: Array


@dataclass(frozen=True)
class Plan(Columns):
    """One alert per row, as the engines read it; times in seconds after camera-on, durations in seconds."""

    time_s: Array
    person: Index
    priority: Index
    leaves_s: Array
    remembered: NDArray[np.bool_]
    review_s: Array
    accepted: NDArray[np.bool_]
    search_s: Array
    finds: Index
    second_accepted: NDArray[np.bool_]
    check_s: Array
    finding: Index
    custody_s: Array


def draw_numbers(rng: np.random.Generator, passages: int) -> Numbers:
    """Numbers for a block's candidate *passages*."""
    normal = rng.standard_normal((passages, len(TIMES) + 2))
    return Numbers(normal[:, : len(TIMES)], normal[:, len(TIMES) :], rng.random((passages, len(CHANCES))))


def plan_alerts(scenario: Scenario, inputs: Inputs, alerts: Alerts, numbers: Numbers, ppv: Array) -> Plan:
    """The plan of *alerts*, from the *numbers* of all candidates; *ppv* (replications,) sets the criterion."""
    mine = numbers.take(alerts.passage)
    replication = alerts.replication
    procedure = scenario.procedure
    times = {
        name: _duration_s(
            getattr(procedure, name), inputs[f"procedure.{name}.median_min"][replication], mine.times[:, i]
        )
        for i, name in enumerate(TIMES)
    }
    chance = {name: mine.chances[:, i] for i, name in enumerate(CHANCES)}

    def below(name: str, key: str) -> NDArray[np.bool_]:
        return np.asarray(chance[name] < inputs[f"procedure.{key}"][replication])

    false = alerts.is_false
    look = mine.looks[:, 0]
    second = np.ones(len(alerts), dtype=bool)
    if procedure.second_look is not None:
        shared = inputs["procedure.second_look.correlation"][replication]
        live = shared * look + np.sqrt(1 - shared**2) * mine.looks[:, 1]
        second = _accepts(second_look_limits(inputs, scenario), replication, false, live)
    finds = np.where(
        below("bystander", "bystander"),
        FINDS_BYSTANDER,
        np.where(below("not_found", "not_found"), FINDS_NOBODY, FINDS_PERSON),
    )
    wrong = false | (finds == FINDS_BYSTANDER)
    mistaken = np.where(
        below("check_error", "check_error"),
        outcomes.MISTAKEN_FOR_LISTED,
        np.where(below("other_offence", "other_offence_arrest"), outcomes.OTHER_OFFENCE, outcomes.CLEARED),
    )
    return Plan(
        time_s=alerts.time_s,
        person=alerts.person,
        priority=alerts.category,
        leaves_s=alerts.time_s + times["reach"],
        remembered=below("remembered", "remembered"),
        review_s=times["review"],
        accepted=_accepts(review_limits(inputs, scenario, ppv), replication, false, look),
        search_s=times["search"],
        finds=finds,
        second_accepted=second,
        check_s=np.where(wrong, times["check_wrong_person"], times["check"]),
        finding=np.where(wrong, mistaken, _true_findings(inputs, alerts, chance["disposal"])),
        custody_s=times["custody"],
    )


def _duration_s(duration: Duration, median_min: Array, z: Array) -> Array:
    from scipy import special

    if duration.law == "fixed":
        factor = np.ones_like(z)
    elif duration.law == "exponential":
        factor = -special.log_ndtr(z) / np.log(2)
    else:
        factor = np.exp(duration.log_sd * z)
    return on_time_grid(60.0 * median_min * factor)


def _accepts(limits: Limits, replication: Index, false: NDArray[np.bool_], z: Array) -> NDArray[np.bool_]:
    limit = np.where(false, limits.false[replication], limits.true[replication])
    return np.asarray(z <= limit)


def _true_findings(inputs: Inputs, alerts: Alerts, u: Array) -> Index:
    """What becomes of a stop of the right person, by why they are listed."""

    def share(name: str) -> Array:
        return inputs[f"procedure.disposals.{name}"][alerts.replication]

    def split(arrest: Array, other: Array, rest: int) -> Index:
        found = np.where(u < arrest, outcomes.ARREST, np.where(u < arrest + other, outcomes.OTHER, rest))
        return found.astype(np.int64)

    wanted = split(share("wanted_arrest"), share("wanted_other"), outcomes.NOTHING_DONE)
    conditions = split(share("conditions_arrest"), share("conditions_other"), outcomes.CONDITIONS_MET)
    stale = np.where(u < share("stale_arrest"), outcomes.STALE_ARREST, outcomes.STALE_RELEASED)
    return np.where(alerts.truth == TRUE_STALE, stale, np.where(alerts.truth == TRUE_CONDITIONS, conditions, wanted))
