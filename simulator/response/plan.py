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
from simulator.response.columns import Plan
from simulator.response.columns import kinds as kinds_of
from simulator.scenario.force import Duration
from simulator.scenario.inputs import Inputs
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Array
from simulator.street.compiled import compiled_loop
from simulator.street.footfall import on_time_grid
from simulator.street.mask import FALSE_OTHER_ENTRY, TRUE_CONDITIONS, TRUE_STALE, TRUE_WANTED, TRUTHS, Alerts
from simulator.street.people import Columns, Index

FINDS_NOBODY, FINDS_PERSON, FINDS_BYSTANDER = range(3)
TIMES = ("reach", "review", "search", "check", "check_wrong_person", "custody")
CHANCES = ("not_found", "bystander", "check_error", "other_offence", "disposal", "remembered")


@dataclass(frozen=True)
class Handling(Columns):
    """What handling would take for each candidate passage, whatever it is matched with: one row per passage.

    *look* is the standard normal number of the adjudication. *second_accepted*, *check_s* and *finding* depend on the
    match: they have a column for each truth (TRUTHS).
    """

    reach_s: Array
    remembered: NDArray[np.bool_]
    review_s: Array
    look: Array
    search_s: Array
    finds: Index
    second_accepted: NDArray[np.bool_]
    check_s: Array
    finding: Index
    custody_s: Array


def draw_handling(rng: np.random.Generator, scenario: Scenario, inputs: Inputs, replication: Index) -> Handling:
    """Handling of a block's candidate passages, one for each element of *replication*."""
    n = len(replication)
    normal = rng.standard_normal((n, len(TIMES) + 2))
    chances = rng.random((n, len(CHANCES)))
    chance = {name: chances[:, i] for i, name in enumerate(CHANCES)}
    procedure = scenario.procedure
    times = {
        name: _duration_s(getattr(procedure, name), inputs[f"procedure.{name}.median_min"][replication], normal[:, i])
        for i, name in enumerate(TIMES)
    }

    def below(name: str, key: str) -> NDArray[np.bool_]:
        return np.asarray(chance[name] < inputs[f"procedure.{key}"][replication])

    look, second = normal[:, len(TIMES)].copy(), np.ones((n, len(TRUTHS)), dtype=bool)
    if procedure.second_look is not None:
        shared = inputs["procedure.second_look.correlation"][replication]
        live = shared * look + np.sqrt(1 - shared**2) * normal[:, len(TIMES) + 1]
        limits = second_look_limits(inputs, scenario)
        second = live[:, None] <= limits_by_truth(limits).T[replication]
    finds = np.where(
        below("bystander", "bystander"),
        FINDS_BYSTANDER,
        np.where(below("not_found", "not_found"), FINDS_NOBODY, FINDS_PERSON),
    )
    bystander = finds == FINDS_BYSTANDER
    mistaken = np.where(
        below("check_error", "check_error"),
        outcomes.MISTAKEN_FOR_LISTED,
        np.where(below("other_offence", "other_offence_arrest"), outcomes.OTHER_OFFENCE, outcomes.CLEARED),
    )
    right = _true_findings(inputs, replication, chance["disposal"])
    wrong_s, right_s = times["check_wrong_person"], np.where(bystander, times["check_wrong_person"], times["check"])
    return Handling(
        reach_s=times["reach"],
        remembered=below("remembered", "remembered"),
        review_s=times["review"],
        look=look,
        search_s=times["search"],
        finds=finds,
        second_accepted=second,
        check_s=np.stack([right_s if truth in right else wrong_s for truth in range(len(TRUTHS))], axis=1),
        finding=np.stack(
            [np.where(bystander, mistaken, right.get(truth, mistaken)) for truth in range(len(TRUTHS))], axis=1
        ),
        custody_s=times["custody"],
    )


def plan_alerts(
    scenario: Scenario, inputs: Inputs, alerts: Alerts, handling: Handling, ppv: Array, kind: Index | None = None
) -> Plan:
    """The plan of *alerts*, from the *handling* of all candidates.

    The share of alerts that are true sets the criterion: *ppv* (replications,), or (replications, kinds) with the *kind* of
    each deployment.
    """
    kind_of = np.zeros(int(alerts.deployment.max(initial=-1)) + 1, dtype=np.int64) if kind is None else kind
    kinds = ppv.reshape(inputs.replications, -1).T
    limits = np.stack([limits_by_truth(review_limits(inputs, scenario, of_kind)) for of_kind in kinds])
    h, number = handling, len(alerts)
    # *time_s*, *person* and *priority* are the alert's own
    made = {
        name: np.empty(number, dtype=column.dtype)
        for name, column in kinds_of(Plan).items()
        if name not in ("time_s", "person", "priority")
    }
    lay_out(
        (alerts.passage, alerts.replication, alerts.deployment, alerts.truth),
        alerts.time_s,
        (h.reach_s, h.review_s, h.search_s, h.custody_s, h.look),
        (h.remembered, h.finds),
        (h.second_accepted.T, h.check_s.T, h.finding.T),
        (kind_of, limits),
        (made["leaves_s"], made["review_s"], made["search_s"], made["check_s"], made["custody_s"]),
        (made["remembered"], made["accepted"], made["second_accepted"]),
        (made["finds"], made["finding"]),
    )
    return Plan(time_s=alerts.time_s, person=alerts.person, priority=alerts.category, **made)


@compiled_loop
def lay_out(
    alert: tuple[Index, Index, Index, Index],
    time_s: Array,
    spans: tuple[Array, Array, Array, Array, Array],
    chances: tuple[NDArray[np.bool_], Index],
    by_truth: tuple[NDArray[np.bool_], Array, Index],
    criterion: tuple[Index, Array],
    seconds: tuple[Array, Array, Array, Array, Array],
    flags: tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]],
    numbers: tuple[Index, Index],
) -> None:
    """Look up the plan of each alert in what is known of its passage; the last three arguments are filled.

    *by_truth* are tables (truths, passages), the *criterion* the kind of each deployment and limits
    (kinds, truths, replications).
    """
    passage, replication, deployment, truth = alert
    reach_s, review_s, search_s, custody_s, look = spans
    remembered, finds = chances
    second_accepted, check_s, finding = by_truth
    kind, limit = criterion
    its_leaves_s, its_review_s, its_search_s, its_check_s, its_custody_s = seconds
    its_remembered, its_accepted, its_second = flags
    its_finds, its_finding = numbers
    for row in range(len(time_s)):
        at, it = passage[row], truth[row]
        its_leaves_s[row] = time_s[row] + reach_s[at]
        its_review_s[row] = review_s[at]
        its_search_s[row] = search_s[at]
        its_check_s[row] = check_s[it, at]
        its_custody_s[row] = custody_s[at]
        its_remembered[row] = remembered[at]
        its_accepted[row] = look[at] <= limit[kind[deployment[row]], it, replication[row]]
        its_second[row] = second_accepted[it, at]
        its_finds[row] = finds[at]
        its_finding[row] = finding[it, at]


def _duration_s(duration: Duration, median_min: Array, z: Array) -> Array:
    from scipy import special

    if duration.law == "fixed":
        factor = np.ones_like(z)
    elif duration.law == "exponential":
        factor = -special.log_ndtr(z) / np.log(2)
    else:
        factor = np.exp(duration.log_sd * z)
    return on_time_grid(60.0 * median_min * factor)


def limits_by_truth(limits: Limits) -> Array:
    """The limits for each truth: shape (TRUTHS, replications)."""
    return np.stack([limits.false if truth <= FALSE_OTHER_ENTRY else limits.true for truth in range(len(TRUTHS))])


def _true_findings(inputs: Inputs, replication: Index, u: Array) -> dict[int, Index]:
    """What becomes of a stop of the right person, by why they are listed."""

    def share(name: str) -> Array:
        return inputs[f"procedure.disposals.{name}"][replication]

    def split(arrest: Array, other: Array, rest: int) -> Index:
        found = np.where(u < arrest, outcomes.ARREST, np.where(u < arrest + other, outcomes.OTHER, rest))
        return found.astype(np.int64)

    return {
        TRUE_WANTED: split(share("wanted_arrest"), share("wanted_other"), outcomes.NOTHING_DONE),
        TRUE_CONDITIONS: split(share("conditions_arrest"), share("conditions_other"), outcomes.CONDITIONS_MET),
        TRUE_STALE: np.where(u < share("stale_arrest"), outcomes.STALE_ARREST, outcomes.STALE_RELEASED),
    }
