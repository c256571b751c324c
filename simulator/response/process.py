"""The procedure on the street as SimPy processes: one process per alert.

This is the reference engine. It resolves one replication: its deployments in order of time, each with its own staff, and
what happened to a person carried forward. Deployments of one session share a clock, because a person who is held at
one does not pass the other.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field
from functools import partial

import simpy

from simulator.response import outcomes as o
from simulator.response.desk import ARRIVALS, CHECKERS, OPERATORS, SHIFT_CHANGES, TEAMS, VANS, Desk, Instant
from simulator.response.lists import DeploymentRules, Log, Session, one_by_one
from simulator.response.plan import FINDS_BYSTANDER, FINDS_NOBODY

Steps = Generator[simpy.Event, bool, None]


@dataclass
class Memory:
    """What is known of people in one replication: who was arrested, and who was stopped on which day (person, day)."""

    arrested: set[int] = field(default_factory=set)
    stopped: set[tuple[int, int]] = field(default_factory=set)


@dataclass
class OpenAlert:
    """An alert being handled: until when it is open at the latest, and whether the person is being held."""

    until_s: float = float("inf")
    held: bool = False


class Clock:
    """What the deployments of a session share: time, the alerts that are open and what is known of people."""

    def __init__(self, memory: Memory) -> None:
        self.env = simpy.Environment()
        self.memory = memory
        self.open: dict[int, OpenAlert] = {}


class StreetDay:
    """One deployment: the desk, the log to write and the people concerned. Times are those of the session."""

    def __init__(self, rules: DeploymentRules, log: Log, clock: Clock) -> None:
        self.env, self.memory, self.open = clock.env, clock.memory, clock.open
        self.rules = rules
        self.desk = Desk(self.env, rules.staff)
        self.log = log

    def open_cameras(self, rows: range) -> None:
        """Have shifts change, and the system alert as in *rows* of the log."""
        for after_s, staff in self.rules.shifts:
            Instant(self.env, self.rules.since_s + after_s, SHIFT_CHANGES, partial(self.desk.change_staff, staff))
        for row in rows:
            Instant(self.env, self.rules.since_s + self.log.plan.time_s[row], ARRIVALS, partial(self.alert, row))

    def alert(self, row: int) -> None:
        """The system alerts: on somebody in custody, already dealt with, recognised, or for an operator to review."""
        log, memory, person = self.log, self.memory, self.log.plan.person[row]
        earlier = self.open.get(person)
        if person in memory.arrested or (earlier is not None and earlier.held):
            log.end(row, o.VOID, o.NONE, self.env.now)
        elif earlier is not None and self.env.now < earlier.until_s:
            log.end(row, o.REPEAT, o.NONE, self.env.now)
        elif (person, self.rules.day) in memory.stopped and log.plan.remembered[row]:
            log.end(row, o.DISMISSED, o.KNOWN, self.env.now)
        else:
            self.open[person] = OpenAlert()
            self.env.process(self.handle(row, self.open[person]))

    def handle(self, row: int, alert: OpenAlert) -> Steps:
        """Review, search, stop: from the screen to the person in the street."""
        env, desk, log, plan = self.env, self.desk, self.log, self.log.plan
        priority, leaves_s = plan.priority[row], self.rules.since_s + plan.leaves_s[row]

        # The operator compares the face on the screen with the entry.
        alert.until_s = leaves_s
        if not (yield from desk.request(OPERATORS, priority, row, leaves_s)):
            return log.end(row, o.NOT_REVIEWED, o.NONE, leaves_s)
        alert.until_s = float("inf")
        log.review_start_s[row] = env.now
        yield env.timeout(plan.review_s[row])
        log.review_end_s[row] = env.now
        desk.release(OPERATORS)
        if not plan.accepted[row]:
            return self.close(row, o.DISMISSED, o.OPERATOR)
        if leaves_s <= env.now:
            return self.close(row, o.GONE, o.NONE)

        # A plain-clothes team looks for the person in the crowd.
        alert.until_s = leaves_s
        if not (yield from desk.request(TEAMS, priority, row, leaves_s)):
            return log.end(row, o.NO_TEAM, o.NONE, leaves_s)
        alert.until_s = float("inf")
        log.search_start_s[row] = env.now
        yield env.timeout(plan.search_s[row])
        log.search_end_s[row] = env.now
        bystander = plan.finds[row] == FINDS_BYSTANDER
        if plan.finds[row] == FINDS_NOBODY or (leaves_s <= env.now and not bystander):
            desk.release(TEAMS)
            return self.close(row, o.NOT_FOUND, o.NONE)
        if not plan.second_accepted[row] and not bystander:
            desk.release(TEAMS)
            return self.close(row, o.DISMISSED, o.SECOND_LOOK)

        # The stop: the team holds the person until uniformed checkers take over.
        log.stop_s[row] = env.now
        log.bystander[row] = bystander
        if not bystander:
            alert.held = True
            self.memory.stopped.add((plan.person[row], self.rules.day))
        checked = yield from desk.request_within(CHECKERS, priority, row, self.rules.hold_limit_s)
        desk.release(TEAMS)
        if not checked:
            return self.close(row, o.RELEASED, o.NO_CHECKERS)
        yield from self.check(row, bystander)

    def check(self, row: int, bystander: bool) -> Steps:
        """Checkers establish who it is; after an arrest they ride with the van and are away until it is back."""
        env, desk, log, plan = self.env, self.desk, self.log, self.log.plan
        log.check_start_s[row] = env.now
        yield env.timeout(plan.check_s[row])
        log.check_end_s[row] = env.now
        outcome, reason = o.ENDS[plan.finding[row]]
        if outcome != o.ARRESTED:
            desk.release(CHECKERS)
            return self.close(row, outcome, reason)
        if not bystander:
            self.memory.arrested.add(plan.person[row])
        if not (yield from desk.request_within(VANS, plan.priority[row], row, self.rules.van_limit_s)):
            desk.release(CHECKERS)
            return self.close(row, o.ARRESTED, o.NO_VAN)
        log.run_start_s[row] = env.now
        yield env.timeout(plan.custody_s[row])
        log.run_end_s[row] = env.now
        desk.release(VANS)
        desk.release(CHECKERS)
        return self.close(row, o.ARRESTED, o.NONE)

    def close(self, row: int, outcome: int, reason: int) -> None:
        """The alert ends now, and the person's next passage is a new one."""
        self.open.pop(self.log.plan.person[row], None)
        self.log.end(row, outcome, reason, self.env.now)


def resolve_replication(sessions: list[Session], log: Log) -> None:
    """Resolve one replication, session after session, each to the end of its last alert."""
    memory = Memory()
    for session in sessions:
        if not any(rows for _, rows in session):
            continue
        clock = Clock(memory)
        days = [StreetDay(rules, log, clock) for rules, _ in session]
        for day, (_, rows) in zip(days, session, strict=True):
            day.open_cameras(rows)
        clock.env.run()
        while sum(day.desk.send_everybody_away() for day in days):
            clock.env.run()
        for rules, rows in session:
            log.count_from(rules.since_s, rows)


by_processes = one_by_one(resolve_replication)
