"""The alert log: one flat row per alert, with every time and decision."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.experiment.replications import Block
from simulator.response import outcomes as o
from simulator.response.plan import FINDS_BYSTANDER
from simulator.response.resolve import TIME_COLUMNS
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Array
from simulator.street.mask import FALSE_OTHER_ENTRY, TRUTHS
from simulator.street.people import Columns, Index

# The two passes of a run: the same inputs in every campaign, and inputs drawn anew for each.
PASSES = ("chance", "ignorance")

_COLUMN_OF = np.array(
    [
        [[[o.recorded_column(outcome, reason, wrong, taken) for taken in (False, True)] for wrong in (False, True)]
         for reason in range(len(o.REASONS))]
        for outcome in range(len(o.OUTCOMES))
    ]
)  # fmt: skip


@dataclass(frozen=True)
class AlertLog(Columns):
    """One alert per row. Times are seconds after camera-on (NaN: not reached); words are codes of their tables.

    *person* tells people of one replication apart and means nothing else. *finding* is what the identity check found
    (-1 without one), *recorded* the column of the published grid.
    """

    replication: Index
    deployment: Index
    alert: Index
    time_s: Array
    person: Index
    end: Index
    group: Index
    entry_group: Index
    category: Index
    truth: Index
    score: Array
    leaves_s: Array
    accepted: NDArray[np.bool_]
    outcome: Index
    reason: Index
    bystander: NDArray[np.bool_]
    finding: Index
    recorded: Index
    after_camera_off: NDArray[np.bool_]
    review_start_s: Array
    review_end_s: Array
    search_start_s: Array
    search_end_s: Array
    stop_s: Array
    check_start_s: Array
    check_end_s: Array
    run_start_s: Array
    run_end_s: Array
    end_s: Array

    @property
    def is_false(self) -> NDArray[np.bool_]:
        """Whether the person is not the entry that matched."""
        return self.truth <= FALSE_OTHER_ENTRY

    @property
    def stopped(self) -> NDArray[np.bool_]:
        """Whether somebody was stopped, the person alerted on or a bystander."""
        return ~np.isnan(self.stop_s)


def alert_log(scenario: Scenario, block: Block) -> AlertLog:
    """The alerts of a block's wanted replications, numbered from 0 in each replication.

    Void rows are passages of people who were in custody by then: they did not happen, and are left out.
    """
    alerts, plan, resolved = block.alerts, block.plan, block.resolved
    wanted = alerts.replication < block.number
    void = resolved.outcome == o.VOID
    rows = np.flatnonzero(wanted & ~void)
    a, p, r = alerts.take(rows), plan.take(rows), resolved.take(rows)
    first = np.searchsorted(a.replication, np.arange(block.number))
    checked = ~np.isnan(r.check_end_s)
    finding = np.where(checked, p.finding, -1)
    stopped_bystander = r.bystander.astype(bool)
    wrong = a.is_false | (stopped_bystander & (p.finds == FINDS_BYSTANDER))
    mistaken = finding == o.MISTAKEN_FOR_LISTED
    off_s = np.array([day.hours * 3600.0 for day in scenario.campaign.days])[a.deployment]
    return AlertLog(
        replication=a.replication + block.first,
        deployment=a.deployment,
        alert=np.arange(len(rows)) - first[a.replication],
        time_s=a.time_s,
        person=a.person,
        end=a.end,
        group=a.group,
        entry_group=a.entry_group,
        category=a.category,
        truth=a.truth,
        score=a.score,
        leaves_s=p.leaves_s,
        accepted=p.accepted,
        outcome=r.outcome,
        reason=r.reason,
        bystander=stopped_bystander,
        finding=finding,
        recorded=_COLUMN_OF[r.outcome, r.reason, wrong.astype(int), mistaken.astype(int)],
        after_camera_off=r.end_s > off_s,
        **{name: getattr(r, name) for name in TIME_COLUMNS},
    )


WORDS = {
    "category": ("wanted", "conditions"),
    "truth": TRUTHS,
    "outcome": o.OUTCOMES,
    "reason": o.REASONS,
    "recorded": o.RECORDED,
}
