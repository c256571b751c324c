"""A block as plain lists, for an engine that resolves one replication after the other in Python."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from simulator.response.columns import TIMES, Plan, Resolved, kinds
from simulator.response.outcomes import NONE
from simulator.response.resolve import Engine, Roster, Staff
from simulator.street.people import Index


@dataclass(frozen=True)
class DeploymentRules:
    """One deployment of one replication: its *day* number, *staff* (vans, checkers, teams, operators), limits.

    Cameras go on *since_s* after the start of its session.
    """

    day: int
    staff: Staff
    shifts: tuple[tuple[float, Staff], ...]
    hold_limit_s: float
    van_limit_s: float
    since_s: float = 0.0


class Lists:
    """Columns as plain lists, which Python reads several times faster than arrays."""

    def __init__(self, columns: Mapping[str, list[Any]]) -> None:
        for name, values in columns.items():
            setattr(self, name, values)

    if TYPE_CHECKING:
        # at runtime this method would slow down every other look-up
        def __getattr__(self, name: str) -> list[Any]: ...


class Log(Lists):
    """The plan of every alert of a block, and its end and times while they are being resolved (NaN: nothing happened)."""

    def __init__(self, plan: Plan) -> None:
        n = len(plan)
        ends: dict[str, list[Any]] = {"outcome": [-1] * n, "reason": [NONE] * n, "bystander": [False] * n}
        super().__init__(ends | {name: [np.nan] * n for name in TIMES})
        self.plan = Lists({name: getattr(plan, name).tolist() for name in kinds(Plan)})

    def end(self, row: int, outcome: int, reason: int, at_s: float) -> None:
        """Close the alert in *row*."""
        self.outcome[row] = outcome
        self.reason[row] = reason
        self.end_s[row] = at_s

    def count_from(self, since_s: float, rows: range) -> None:
        """Count the times in *rows* from *since_s*."""
        if since_s:
            for name in TIMES:
                times = getattr(self, name)
                times[rows.start : rows.stop] = [at - since_s for at in times[rows.start : rows.stop]]


# The deployments of one session, those that are resolved on one clock: their rules and the rows of each.
Session = list[tuple[DeploymentRules, range]]
Resolver = Callable[[list[Session], Log], None]


def rules_of(roster: Roster, replication: int) -> list[DeploymentRules]:
    """The rules of every deployment of one *replication*."""
    staff, shift_s = roster.staff[replication], roster.shift_s.tolist()
    hold_limit_s, van_limit_s = float(roster.hold_limit_s[replication]), float(roster.van_limit_s[replication])
    rules = []
    for i, (day, held) in enumerate(zip(roster.day.tolist(), roster.shifts_held.tolist(), strict=True)):
        own = roster.own_staff[i]
        here: list[Staff] = [tuple(numbers) for numbers in np.where(own < 0, staff[: held + 1], own).tolist()]
        shifts = tuple(zip(shift_s[:held], here[1:], strict=True))
        rules.append(DeploymentRules(day, here[0], shifts, hold_limit_s, van_limit_s, float(roster.since_s[i])))
    return rules


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
            sessions: list[Session] = [[] for _ in range(int(roster.session[-1]) + 1)]
            for i, rules in enumerate(rules_of(roster, replication)):
                sessions[roster.session[i]].append((rules, range(bounds[first + i], bounds[first + i + 1])))
            resolver(sessions, log)
        return Resolved(**{name: np.array(getattr(log, name), kind.dtype) for name, kind in kinds(Resolved).items()})

    return engine
