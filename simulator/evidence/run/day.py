"""One simulated deployment: which one to show, and who was busy when."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.evidence.run.study import KEPT_BLOCKS, Study
from simulator.experiment.log import AlertLog
from simulator.experiment.seeds import BLOCK
from simulator.response import outcomes as o
from simulator.response.desk import STAFF
from simulator.response.lists import rules_of
from simulator.response.resolve import roster_of
from simulator.scenario.campaign import Deployment
from simulator.scenario.inputs import Inputs, median_inputs
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Array
from simulator.street.people import Index

Mask = NDArray[np.bool_]
Steps = tuple[Array, Array]


@dataclass(frozen=True)
class Choice:
    """A deployment (number *index*) of one *replication*, and why it: *alike* of the *looked_at* have the same *reason*."""

    replication: int
    index: int
    reason: str
    alike: int
    looked_at: int


@dataclass(frozen=True)
class Day:
    """A *deployment* (number *index*) of one *replication* with its alerts in order of time, and how it was chosen.

    *alike* of the *looked_at* deployments would have been chosen for the same *reason*.
    """

    replication: int
    index: int
    deployment: Deployment
    log: AlertLog
    on_duty: dict[str, Steps]
    reason: str
    alike: int
    looked_at: int

    @property
    def camera_off_s(self) -> float:
        """Seconds from camera-on to camera-off."""
        return self.deployment.hours * 3600.0

    @property
    def wrongful(self) -> Mask:
        """Alerts that led to a wrongful stop."""
        return self.log.is_false & self.log.stopped & ~self.log.bystander


def chosen_day(study: Study, replication: int | None = None, deployment: int | None = None) -> Day:
    """The deployment to show from the kept log: that of the wrongful stop of middle length, else the busiest one.

    Of equals the first by replication and deployment. *replication* and *deployment* (both from 0) choose another.
    """
    log, days = study.first_log, study.scenario.campaign.days
    kept = min(study.replications, KEPT_BLOCKS * BLOCK)
    if replication is not None or deployment is not None:
        rep, index = replication or 0, deployment or 0
        if not (0 <= rep < kept and 0 <= index < len(days)):
            raise ValueError(f"no deployment {deployment} in replication {replication}: {kept} x {len(days)} are kept")
        choice = Choice(rep, index, "asked for", 1, kept * len(days))
    else:
        wrong, held_s = log.is_false & log.stopped & ~log.bystander, log.end_s - log.stop_s
        choice = choose_day(log.replication, log.deployment, wrong, held_s, range(kept), range(len(days)))
    mine = log.take(np.flatnonzero((log.replication == choice.replication) & (log.deployment == choice.index)))
    return Day(
        choice.replication,
        choice.index,
        days[choice.index],
        mine.take(np.argsort(mine.time_s, kind="stable")),
        on_duty(study.scenario, median_inputs(study.scenario, 1), 0, choice.index),
        choice.reason,
        choice.alike,
        choice.looked_at,
    )


def choose_day(
    replication: Index, deployment: Index, wrongful: Mask, held_s: Array, replications: range, deployments: range
) -> Choice:
    """The rule for the deployment to show: that of the wrongful stop of middle length, else the one with most alerts.

    The first four have one entry an alert, all of them of *replications* and *deployments*. Of equals the first.
    """
    key = (replication - replications.start) * len(deployments) + deployment - deployments.start
    counts = np.bincount(key, minlength=len(replications) * len(deployments))
    wrong = np.flatnonzero(wrongful)
    if len(wrong):
        by_length = wrong[np.argsort(held_s[wrong], kind="stable")]
        found, reason, alike = int(key[by_length[len(wrong) // 2]]), "wrongful", len(np.unique(key[wrong]))
    else:
        found, reason, alike = int(counts.argmax()), "busiest", int((counts == counts.max()).sum())
    rep, index = divmod(found, len(deployments))
    return Choice(replications[rep], deployments[index], reason, alike, len(counts))


def on_duty(scenario: Scenario, inputs: Inputs, row: int, index: int) -> dict[str, Steps]:
    """Staff of deployment *index* by kind as steps: seconds after camera-on, and the number from then on.

    *row* is that of the replication in *inputs*.
    """
    rules = rules_of(roster_of(scenario, inputs), row)[index]
    times = np.array([0.0, *(at for at, _ in rules.shifts)])
    numbers = np.array([rules.staff, *(staff for _, staff in rules.shifts)], dtype=float)
    return {kind: (times, numbers[:, i]) for i, kind in enumerate(STAFF)}


def busy_times(log: AlertLog) -> dict[str, Steps]:
    """From when to when each alert kept one of each kind busy, seconds after camera-on; NaN where it did not.

    A team is busy from the search until checkers take over, checkers and van until they are back.
    """
    handed_over = np.where(np.isnan(log.check_start_s), log.end_s, log.check_start_s)
    return {
        "operators": (log.review_start_s, log.review_end_s),
        "teams": (log.search_start_s, np.where(log.stopped, handed_over, log.search_end_s)),
        "checkers": (log.check_start_s, np.where(np.isnan(log.check_start_s), np.nan, log.end_s)),
        "vans": (log.run_start_s, log.run_end_s),
    }


def busy_steps(log: AlertLog) -> dict[str, Steps]:
    """How many of each kind are busy, as steps: times in seconds after camera-on, and the number from each time on."""
    steps = {}
    for kind, (start, end) in busy_times(log).items():
        begun = ~np.isnan(start)
        times, which = np.unique(np.concatenate([start[begun], end[begun]]), return_inverse=True)
        change = np.repeat([1.0, -1.0], begun.sum())
        steps[kind] = times, np.cumsum(np.bincount(which, weights=change, minlength=len(times)), dtype=float)
    return steps


def stage_times(log: AlertLog) -> list[tuple[str, Array, Array]]:
    """Every stage of the alerts in *log*: its name, and start and end in seconds after camera-on (NaN without it).

    People wait unaware until they are stopped, and are held from then on.
    """

    def until(start: Array, end: Array) -> tuple[Array, Array]:
        return start, np.where(np.isnan(end), log.end_s, end)

    rejected = (log.outcome == o.DISMISSED) & np.isnan(log.search_start_s)
    accepted = np.where(rejected, np.nan, log.review_end_s)
    arrested = np.where(log.outcome == o.ARRESTED, log.check_end_s, np.nan)
    return [
        ("waiting", *until(log.time_s, log.review_start_s)),
        ("review", log.review_start_s, log.review_end_s),
        ("waiting", *until(accepted, log.search_start_s)),
        ("search", log.search_start_s, log.search_end_s),
        ("held, waiting", *until(log.stop_s, log.check_start_s)),
        ("identity check", log.check_start_s, log.check_end_s),
        ("held, waiting", *until(arrested, log.run_start_s)),
        ("custody run", log.run_start_s, log.run_end_s),
    ]
