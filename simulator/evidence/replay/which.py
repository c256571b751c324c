"""Which deployment of a run is played: the one that is named, or the one that the timeline of the run shows."""

from __future__ import annotations

import json
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.evidence.run.day import Choice, choose_day
from simulator.evidence.run.study import CHANCE, KEPT_BLOCKS
from simulator.evidence.run_folder import RunFolder, folder_error
from simulator.experiment.seeds import BLOCK
from simulator.scenario.errors import shown
from simulator.street.mask import FALSE_OTHER_ENTRY, TRUTHS

FIGURES = "figures.json"
COLUMNS = ("replication", "deployment", "truth", "bystander", "stop_s", "end_s")


@dataclass(frozen=True)
class Which:
    """A *deployment* of a *campaign* of so many, both from 0, with the reason for it (see *Choice*)."""

    campaign: int
    campaigns: int
    deployment: int
    reason: str
    alike: int
    looked_at: int


def which_day(run: RunFolder, inputs: str, campaign: int | None, deployment: int | None) -> Which:
    """The day that *campaign* and *deployment* name; where one is left out, the rule of the timeline among what it leaves.

    Raises ScenarioError for a number that the run does not have.
    """
    campaigns, days = run.campaigns, len(run.campaign.days)
    _check(run, "--campaign", campaign, campaigns, "simulated campaign")
    _check(run, "--deployment", deployment, days, "deployment")
    if campaign is not None and deployment is not None:
        return Which(campaign, campaigns, deployment, "asked for", 1, 1)
    choice = _of_the_timeline(run, campaigns, days) if campaign is deployment is None and inputs == CHANCE else None
    if choice is None:
        # the timeline looks at the first campaigns, which the run holds in memory
        first = range(min(campaigns, KEPT_BLOCKS * BLOCK)) if campaign is None else range(campaign, campaign + 1)
        choice = _chosen(run, inputs, first, range(days) if deployment is None else range(deployment, deployment + 1))
    return Which(choice.replication, campaigns, choice.index, choice.reason, choice.alike, choice.looked_at)


def _check(run: RunFolder, option: str, number: int | None, many: int, what: str) -> None:
    if number is not None and not 0 <= number < many:
        there = f"from 0 to {many - 1:,}" if many > 1 else "0"
        rule = f"must be {there}: the run has {many:,} {what}{'s' * (many != 1)}, numbered from 0 as in its log"
        raise folder_error(run.folder, option, f"{rule} (got {shown(number)})")


def _of_the_timeline(run: RunFolder, campaigns: int, days: int) -> Choice | None:
    """The day that the run's own figure shows, as kept beside it; None where that cannot be read."""
    try:
        day = json.loads((run.folder / FIGURES).read_text("utf-8"))["day"]
        kept = Choice(*(day[key] for key in ("replication", "index", "reason", "alike", "looked_at")))
        known = kept.reason in ("wrongful", "busiest") and 0 <= kept.replication < campaigns and 0 <= kept.index < days
        return kept if known else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _chosen(run: RunFolder, inputs: str, replications: range, deployments: range) -> Choice:
    """The choice by the rule, among these campaigns and deployments."""
    table = run.alerts(
        [
            ("inputs", "==", inputs),
            *((("replication", ">=", replications.start), ("replication", "<", replications.stop))),
            *((("deployment", ">=", deployments.start), ("deployment", "<", deployments.stop))),
        ],
        COLUMNS,
    )
    false_words = TRUTHS[: FALSE_OTHER_ENTRY + 1]
    false: NDArray[np.bool_] = np.array([truth in false_words for truth in table["truth"].to_pylist()], dtype=bool)
    stop_s, end_s = (table[name].to_numpy().astype(float) for name in ("stop_s", "end_s"))
    wrongful = false & ~np.isnan(stop_s) & ~table["bystander"].to_numpy()
    replication, deployment = (table[name].to_numpy().astype(np.int64) for name in ("replication", "deployment"))
    return choose_day(replication, deployment, wrongful, end_s - stop_s, replications, deployments)


__all__ = ["Which", "which_day"]
