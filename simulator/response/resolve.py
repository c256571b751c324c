"""The log that an engine fills, and the rules it follows: what both engines share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields

import numpy as np

from simulator.response.plan import Plan
from simulator.scenario.inputs import Inputs
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Array
from simulator.street.footfall import on_time_grid
from simulator.street.mask import Alerts
from simulator.street.people import Columns, Index

TIME_COLUMNS = (
    "review_start_s",
    "review_end_s",
    "search_start_s",
    "search_end_s",
    "stop_s",
    "check_start_s",
    "check_end_s",
    "run_start_s",
    "run_end_s",
    "end_s",
)


@dataclass(frozen=True)
class DeploymentRules:
    """One deployment of one replication: its *day* number, *staff* (vans, checkers, teams, operators), limits."""

    day: int
    staff: tuple[int, int, int, int]
    shifts: tuple[tuple[float, tuple[int, int, int, int]], ...]
    hold_limit_s: float
    van_limit_s: float


class PlanLists:
    """A plan as plain lists, which Python reads several times faster than arrays."""

    def __init__(self, plan: Plan) -> None:
        for item in fields(plan):
            setattr(self, item.name, getattr(plan, item.name).tolist())

    time_s: list[float]
    person: list[int]
    priority: list[int]
    leaves_s: list[float]
    remembered: list[bool]
    review_s: list[float]
    accepted: list[bool]
    search_s: list[float]
    finds: list[int]
    second_accepted: list[bool]
    check_s: list[float]
    finding: list[int]
    custody_s: list[float]


class Log:
    """Times and ends of every alert of a block while they are being resolved; times are NaN where nothing happened."""

    def __init__(self, plan: Plan) -> None:
        self.plan = PlanLists(plan)
        n = len(plan)
        self.outcome = [-1] * n
        self.reason = [0] * n
        self.bystander = [False] * n
        for name in TIME_COLUMNS:
            setattr(self, name, [np.nan] * n)

    review_start_s: list[float]
    review_end_s: list[float]
    search_start_s: list[float]
    search_end_s: list[float]
    stop_s: list[float]
    check_start_s: list[float]
    check_end_s: list[float]
    run_start_s: list[float]
    run_end_s: list[float]
    end_s: list[float]

    def end(self, row: int, outcome: int, reason: int, at_s: float) -> None:
        """Close the alert in *row*."""
        self.outcome[row] = outcome
        self.reason[row] = reason
        self.end_s[row] = at_s


@dataclass(frozen=True)
class Resolved(Columns):
    """How each alert ended: codes of OUTCOMES and REASONS, and times in seconds after camera-on (NaN: not reached)."""

    outcome: Index
    reason: Index
    bystander: Index
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


Engine = Callable[[list[DeploymentRules], list[range], Log], None]


def _on_grid(seconds: float) -> float:
    return float(on_time_grid(np.array(seconds)))


def rules_of(scenario: Scenario, inputs: Inputs, replication: int) -> list[DeploymentRules]:
    """The rules of every deployment of one *replication*."""
    officers = scenario.officers
    now = [int(inputs[f"officers.{name}"][replication]) for name in ("vans", "checkers", "teams", "operators")]
    staff = (now[0], now[1], now[2], now[3])
    shifts = []
    for shift in officers.shifts:
        changed = (shift.vans, shift.checkers, shift.teams, shift.operators)
        now = [old if new is None else new for old, new in zip(now, changed, strict=True)]
        shifts.append((_on_grid(shift.after_min * 60.0), (now[0], now[1], now[2], now[3])))
    days = scenario.campaign.days
    return [
        DeploymentRules(
            day.date.toordinal(),
            staff,
            # staff at camera-off stay until the last alert has ended
            tuple((at, numbers) for at, numbers in shifts if at < day.hours * 3600.0),
            _on_grid(inputs["procedure.hold_limit_min"][replication] * 60.0),
            _on_grid(inputs["procedure.van_limit_min"][replication] * 60.0),
        )
        for day in days
    ]


def resolve(scenario: Scenario, inputs: Inputs, alerts: Alerts, plan: Plan, engine: Engine) -> Resolved:
    """Resolve all *alerts* of a block with *engine*, replication by replication."""
    log = Log(plan)
    n_deployments = len(scenario.campaign.days)
    cell = alerts.replication * n_deployments + alerts.deployment
    bounds = np.searchsorted(cell, np.arange(inputs.replications * n_deployments + 1)).tolist()
    for replication in range(inputs.replications):
        first = replication * n_deployments
        if bounds[first] == bounds[first + n_deployments]:
            continue
        rows = [range(bounds[i], bounds[i + 1]) for i in range(first, first + n_deployments)]
        engine(rules_of(scenario, inputs, replication), rows, log)
    times = {name: np.array(getattr(log, name), dtype=float) for name in TIME_COLUMNS}
    outcome = np.array(log.outcome, dtype=np.int64)
    if np.any(outcome < 0):
        raise RuntimeError(f"engine left {int((outcome < 0).sum())} alerts without an outcome")
    return Resolved(outcome, np.array(log.reason, dtype=np.int64), np.array(log.bystander, dtype=np.int64), **times)
