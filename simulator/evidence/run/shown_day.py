"""The deployment that the timeline shows, as plain data: its alerts with their stages, and who was busy when."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from simulator.evidence.run.day import Day, busy_steps, chosen_day, stage_times
from simulator.evidence.run.day import Steps as StepArrays
from simulator.evidence.run.study import Study
from simulator.experiment.log import AlertLog
from simulator.response import outcomes as o
from simulator.scenario.campaign import clock_to_s

# More alerts than this cannot be told apart on a page.
MOST_SHOWN = 160


@dataclass(frozen=True, kw_only=True)
class Steps:
    """A number that changes: at each of the times *at_s*, seconds after camera-on, it becomes that of *numbers*."""

    at_s: tuple[float, ...]
    numbers: tuple[float, ...]


@dataclass(frozen=True, kw_only=True)
class Stage:
    """What was done about an alert, or waited for, from when to when."""

    name: str
    start_s: float
    end_s: float


@dataclass(frozen=True, kw_only=True)
class DayAlert:
    """One alert: *false* and *wrongful* as they are in truth, its end in the words of the outcome, and its *stages*."""

    time_s: float
    stop_s: float | None
    end_s: float
    false: bool
    wrongful: bool
    bystander: bool
    outcome: str
    reason: str
    finding: str | None
    stages: tuple[Stage, ...]


@dataclass(frozen=True, kw_only=True)
class ShownDay:
    """One deployment (number *index* from 0) of a *replication*, why it is shown, and its alerts from *first* to *last*.

    *alike* of the *looked_at* deployments would have been chosen for the same *reason*. Counts are of the whole
    deployment, *shown* are as many alerts as can be told apart, around a wrongful stop if there is one.
    """

    replication: int
    index: int
    reason: str
    alike: int
    looked_at: int
    camera_on_s: float
    camera_off_s: float
    alerts: int
    false_alerts: int
    stops: int
    wrongful_stops: int
    arrests: int
    wrongful_alerts: tuple[str, ...]
    first: int
    last: int
    shown: tuple[DayAlert, ...]
    starts_s: float
    ends_s: float
    busy: Mapping[str, Steps]
    on_duty: Mapping[str, Steps]


def shown_day(study: Study, replication: int | None = None, deployment: int | None = None) -> ShownDay:
    """The deployment to show (see *chosen_day*)."""
    day = chosen_day(study, replication, deployment)
    log, (first, last) = day.log, window(day)
    shown = log.take(np.arange(first, last))
    starts_s, ends_s = _limits(day, first, last)
    return ShownDay(
        replication=day.replication,
        index=day.index,
        reason=day.reason,
        alike=day.alike,
        looked_at=day.looked_at,
        camera_on_s=float(clock_to_s(day.deployment.start)),
        camera_off_s=day.camera_off_s,
        alerts=len(log),
        false_alerts=int(log.is_false.sum()),
        stops=int(log.stopped.sum()),
        wrongful_stops=int(day.wrongful.sum()),
        arrests=int((log.outcome == o.ARRESTED).sum()),
        wrongful_alerts=tuple(f"{log.replication[row]}.{log.alert[row]}" for row in np.flatnonzero(day.wrongful)),
        first=first,
        last=last,
        shown=_alerts(shown),
        starts_s=starts_s,
        ends_s=ends_s,
        busy={kind: _steps(steps, starts_s, ends_s) for kind, steps in busy_steps(log).items()},
        on_duty={kind: _steps(steps, -math.inf, math.inf) for kind, steps in day.on_duty.items()},
    )


def window(day: Day) -> tuple[int, int]:
    """The first and the one after the last alert that are shown: all, or as many as fit around a wrongful stop."""
    n, wrong = len(day.log), np.flatnonzero(day.wrongful)
    if n <= MOST_SHOWN:
        return 0, n
    middle = int(wrong[0]) if len(wrong) else int(np.searchsorted(day.log.time_s, day.camera_off_s / 2))
    first = min(max(middle - MOST_SHOWN // 2, 0), n - MOST_SHOWN)
    return first, first + MOST_SHOWN


def _limits(day: Day, first: int, last: int) -> tuple[float, float]:
    """From when to when there is something to show: the whole deployment, or what the alerts shown span."""
    whole_day = last - first == len(day.log)
    start = 0.0 if whole_day else float(day.log.time_s[first])
    stop = max([*day.log.end_s[first:last].tolist(), day.camera_off_s if whole_day else start + 60.0])
    return start, stop


def _alerts(log: AlertLog) -> tuple[DayAlert, ...]:
    stages = stage_times(log)
    return tuple(
        DayAlert(
            time_s=float(log.time_s[row]),
            stop_s=float(log.stop_s[row]) if log.stopped[row] else None,
            end_s=float(log.end_s[row]),
            false=bool(log.is_false[row]),
            wrongful=bool(log.is_false[row] & log.stopped[row] & ~log.bystander[row]),
            bystander=bool(log.bystander[row]),
            outcome=o.OUTCOMES[log.outcome[row]],
            reason=o.REASONS[log.reason[row]],
            finding=o.FINDINGS[log.finding[row]] if log.finding[row] >= 0 else None,
            stages=tuple(
                Stage(name=name, start_s=float(start[row]), end_s=float(end[row]))
                for name, start, end in stages
                if end[row] > start[row]
            ),
        )
        for row in range(len(log))
    )


def _steps(steps: StepArrays, starts_s: float, ends_s: float) -> Steps:
    """The steps between two times, and the one before them: what is so when they begin."""
    at, numbers = steps
    first = max(int(np.searchsorted(at, starts_s, side="right")) - 1, 0)
    last = int(np.searchsorted(at, ends_s, side="right"))
    return Steps(at_s=tuple(at[first:last].tolist()), numbers=tuple(numbers[first:last].tolist()))


__all__ = ["DayAlert", "ShownDay", "Stage", "Steps", "shown_day", "window"]
