"""The alert log: one flat row per alert, with every time and decision."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.experiment.replications import Block
from simulator.response import outcomes as o
from simulator.response.columns import Ended, Entered, Judged, Raised, Resolved, Timed, kinds
from simulator.response.plan import FINDS_BYSTANDER
from simulator.scenario.days import hours_of
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Array
from simulator.street.mask import FALSE_OTHER_ENTRY

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
class AlertLog(Timed, Entered, Ended, Judged, Raised):
    """All that is kept, one alert per row; the columns of the base named last come first."""

    @property
    def is_false(self) -> NDArray[np.bool_]:
        """Whether the person is not the entry that matched."""
        return self.truth <= FALSE_OTHER_ENTRY

    @property
    def stopped(self) -> NDArray[np.bool_]:
        """Whether somebody was stopped, the person alerted on or a bystander."""
        return ~np.isnan(self.stop_s)


def counted_faces(block: Block) -> Array:
    """Faces counted at each deployment of all replications of a *block*: (replications, deployments), whole numbers."""
    return np.rint(block.candidates.passage_count * block.inputs["street.faces_per_passage"][:, None])


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
    wrong = a.is_false | (r.bystander & (p.finds == FINDS_BYSTANDER))
    mistaken = finding == o.MISTAKEN_FOR_LISTED
    off_s = (hours_of(scenario.campaign) * 3600.0)[a.deployment]
    of_the_log = {
        "replication": a.replication + block.first,
        "alert": np.arange(len(rows)) - first[a.replication],
        "finding": finding,
        "recorded": _COLUMN_OF[r.outcome, r.reason, wrong.astype(int), mistaken.astype(int)],
        "after_camera_off": r.end_s > off_s,
        "day_faces": counted_faces(block)[a.replication, a.deployment],
    }
    written = ((a, Raised), (p, Judged), (r, Resolved))
    others = {name: getattr(it, name) for it, stage in written for name in kinds(stage) if name not in of_the_log}
    return AlertLog(**of_the_log, **others)
