"""One simulated deployment, alert by alert, out of the log of a run: what ``lfrsim replay`` plays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np

from simulator.evidence.counted.kinds import END_OF, ENDS
from simulator.evidence.explore.ends import ENDS_OF_ALERTS, End, end_of_kinds
from simulator.evidence.kept import Found
from simulator.evidence.replay.staff import on_duty_in
from simulator.evidence.replay.which import Which, which_day
from simulator.evidence.run.day import Steps as StepArrays
from simulator.evidence.run.day import busy_steps, stage_times
from simulator.evidence.run.shown_day import Stage, Steps
from simulator.evidence.run_folder import RunFolder, folder_error, run_folder
from simulator.experiment.log import AlertLog
from simulator.experiment.store import log_of
from simulator.scenario.campaign import Deployment, clock_to_s
from simulator.street.people import Index

# More cannot be told apart one by one, and a page of them takes a browser too long.
MOST_ALERTS = 2_000
# What is done about an alert, or waited for, in the order of *stage_times*: who has it at that time.
PLACES = (
    "waiting_operator", "review", "waiting_team", "search", "held_checkers", "check", "held_van", "custody",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class ReplayedAlert:
    """One alert: its *number* in the log, whether it is *false* in truth, what came of it (*did*, in *words*), and its stages.

    Times are seconds after camera-on; the names of stages are those of PLACES.
    """

    number: int
    time_s: float
    stop_s: float | None
    end_s: float
    false: bool
    did: str
    words: str
    stages: tuple[Stage, ...]


@dataclass(frozen=True, kw_only=True, repr=False)
class ReplayFound(Found):
    """A deployment of one simulated *campaign* (both numbered from 0) of the pass *inputs*, and why this one.

    *alike* of the *looked_at* deployments would have been chosen for the same *reason*. *faces* are those counted in all
    (None where the log does not know, or faces are not known of the scenario); when each was counted nobody simulated.
    *on_duty* is None where the numbers drawn for the campaign cannot be told from its folder. *ends_s* is when the last alert
    has ended, or camera-off. *busy* and *on_duty* are by kind of staff.
    """

    schema: Literal["lfrsim-replay/1"] = "lfrsim-replay/1"
    title: str
    what_if: str | None
    inputs: str
    campaign: int
    campaigns: int
    deployment: int
    deployments: int
    date: str
    place: str | None
    reason: str
    alike: int
    looked_at: int
    camera_on_s: float
    camera_off_s: float
    ends_s: float
    faces: float | None
    alerts: tuple[ReplayedAlert, ...]
    busy: Mapping[str, Steps]
    on_duty: Mapping[str, Steps] | None

    @property
    def stopped(self) -> tuple[ReplayedAlert, ...]:
        """The alerts on which somebody was stopped."""
        return tuple(alert for alert in self.alerts if alert.stop_s is not None)

    @property
    def wrongful(self) -> tuple[ReplayedAlert, ...]:
        """The alerts on which the wrong person was stopped."""
        return tuple(alert for alert in self.stopped if alert.false and alert.did != "bystander")


def replay(
    folder: Path, campaign: int | None = None, deployment: int | None = None, inputs: str = "chance"
) -> ReplayFound:
    """The day of the run in *folder* that the numbers name (both from 0); without them that of its timeline.

    Raises ScenarioError for a folder that is no run, numbers that are not in it, and a day with more than MOST_ALERTS.
    """
    run = run_folder(folder)
    chosen = which_day(run, inputs, campaign, deployment)
    table = run.alerts(
        [("inputs", "==", inputs), ("replication", "==", chosen.campaign), ("deployment", "==", chosen.deployment)]
    )
    if len(table) > MOST_ALERTS:
        rule = (
            f"campaign {chosen.campaign}, deployment {chosen.deployment} has {len(table):,} alerts, and a page plays at most "
            f"{MOST_ALERTS:,} one by one; name another by --campaign and --deployment, or follow one by lfrsim story"
        )
        raise folder_error(folder, "RUN", rule)
    log = log_of(table)
    return _found(run, chosen, inputs, log.take(np.argsort(log.time_s, kind="stable")))


def _found(run: RunFolder, chosen: Which, inputs: str, log: AlertLog) -> ReplayFound:
    day = run.campaign.days[chosen.deployment]
    off_s = day.hours * 3600.0
    duty = on_duty_in(run, inputs, chosen.campaign, chosen.deployment)
    return ReplayFound(
        title=str(run.scenario["title"]),
        what_if=run.scenario.get("what_if"),
        inputs=inputs,
        campaign=chosen.campaign,
        campaigns=chosen.campaigns,
        deployment=chosen.deployment,
        deployments=len(run.campaign.days),
        date=day.date.isoformat(),
        place=_place(run, day),
        reason=chosen.reason,
        alike=chosen.alike,
        looked_at=chosen.looked_at,
        camera_on_s=clock_to_s(day.start),
        camera_off_s=off_s,
        ends_s=float(max([off_s, *log.end_s])),
        faces=_faces(run.scenario, log),
        alerts=replayed(log),
        busy={kind: _steps(steps) for kind, steps in busy_steps(log).items()},
        on_duty=None if duty is None else {kind: _steps(steps) for kind, steps in duty.items()},
    )


def replayed(log: AlertLog) -> tuple[ReplayedAlert, ...]:
    """The alerts of a *log* with what was done about each."""
    stages, ends = stage_times(log), ends_of(log)
    return tuple(
        ReplayedAlert(
            number=int(log.alert[row]),
            time_s=float(log.time_s[row]),
            stop_s=float(log.stop_s[row]) if log.stopped[row] else None,
            end_s=float(log.end_s[row]),
            false=bool(log.is_false[row]),
            did=end.did,
            words=end.words,
            stages=tuple(
                Stage(name=place, start_s=float(start[row]), end_s=float(end_s[row]))
                for place, (_, start, end_s) in zip(PLACES, stages, strict=True)
                if end_s[row] > start[row]
            ),
        )
        for row, end in enumerate(ends)
    )


def ends_of(log: AlertLog) -> list[End]:
    """What came of each alert of the *log*."""
    end = END_OF[log.outcome, log.reason, log.finding]
    kind: Index = (log.truth * 2 + log.bystander) * len(ENDS) + end
    of = end_of_kinds()
    return [ENDS_OF_ALERTS[of[number]] for number in kind.tolist()]


def _place(run: RunFolder, day: Deployment) -> str | None:
    return str(day.place) if len(run.campaign.places) > 1 else None


def _faces(scenario: dict[str, Any], log: AlertLog) -> float | None:
    """Faces counted that day: known from the day's first alert, unless the scenario says that they are not known."""
    if not len(log) or np.isnan(log.day_faces[0]) or "face" in scenario.get("no_rates_per", ()):
        return None
    return float(log.day_faces[0])


def _steps(steps: StepArrays) -> Steps:
    return Steps(at_s=tuple(steps[0].tolist()), numbers=tuple(steps[1].tolist()))


__all__ = ["MOST_ALERTS", "PLACES", "ReplayFound", "ReplayedAlert", "ends_of", "replay", "replayed"]
