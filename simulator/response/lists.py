"""A block as plain lists, for an engine that resolves one replication after the other in Python."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields

import numpy as np

from simulator.response.plan import Plan
from simulator.response.resolve import TIME_COLUMNS, Engine, Resolved, Roster, Staff
from simulator.street.people import Index


@dataclass(frozen=True)
class DeploymentRules:
    """One deployment of one replication: its *day* number, *staff* (vans, checkers, teams, operators), limits."""

    day: int
    staff: Staff
    shifts: tuple[tuple[float, Staff], ...]
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


Resolver = Callable[[list[DeploymentRules], list[range], Log], None]


def rules_of(roster: Roster, replication: int) -> list[DeploymentRules]:
    """The rules of every deployment of one *replication*."""
    staff: list[Staff] = [tuple(numbers) for numbers in roster.staff[replication].tolist()]
    shifts = tuple(zip(roster.shift_s.tolist(), staff[1:], strict=True))
    hold_limit_s, van_limit_s = float(roster.hold_limit_s[replication]), float(roster.van_limit_s[replication])
    return [
        DeploymentRules(day, staff[0], shifts[:held], hold_limit_s, van_limit_s)
        for day, held in zip(roster.day.tolist(), roster.shifts_held.tolist(), strict=True)
    ]


def one_by_one(resolver: Resolver) -> Engine:
    """Make an engine of a *resolver* of single replications."""

    def engine(roster: Roster, first_row: Index, plan: Plan) -> Resolved:
        log = Log(plan)
        bounds = first_row.tolist()
        n_deployments = len(roster.day)
        for replication in range(roster.replications):
            first = replication * n_deployments
            if bounds[first] == bounds[first + n_deployments]:
                continue
            rows = [range(bounds[i], bounds[i + 1]) for i in range(first, first + n_deployments)]
            resolver(rules_of(roster, replication), rows, log)
        times = {name: np.array(getattr(log, name), dtype=float) for name in TIME_COLUMNS}
        outcome, reason, bystander = (np.array(it, dtype=np.int64) for it in (log.outcome, log.reason, log.bystander))
        return Resolved(outcome, reason, bystander, **times)

    return engine
