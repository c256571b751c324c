"""SimPy given the alerts alone: a process for each alert, with SimPy's own resources.

Left out: nothing. A resource of SimPy cannot change its capacity, so a break is a process that takes an officer, ahead
of all alerts; the effect is the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import simpy

from peers import flow
from peers.flow import LOG_SD, Row

NAME = "SimPy, a process per alert"
DISTRIBUTION = "simpy"

HIGH, LOW, FIRST = 1, 2, 0


def wait(request, limit_s):  # type: ignore[no-untyped-def]
    """Wait until *request* is granted or the limit is over; what is granted at once needs no timer."""
    if not request.triggered:
        yield request | request.env.timeout(limit_s)


class Desk:
    """One campaign: its staff, the people concerned and its log; *arrivals* starts the process of each alert."""

    def __init__(self, alerts_per_hour: float, true_share: float, staff: dict[str, int], seed: int, full: bool) -> None:
        self.env = simpy.Environment()
        self.rng = Random(seed)
        self.true_share = true_share
        self.per_s = alerts_per_hour / flow.HOUR_S
        self.log: list[Row] = []
        self.people = flow.People()
        kind = simpy.PriorityResource if full else simpy.Resource
        self.operators, self.teams, self.checkers, self.vans = (
            kind(self.env, staff[name]) for name in ("operators", "teams", "checkers", "vans")
        )
        self.handle = self.handle_fully if full else self.handle_commonly
        self.full = full

    def run(self, hours: list[float]) -> list[Row]:
        """The log of the campaign."""
        self.env.process(self.arrivals(flow.days(hours)))
        if self.full:
            for begin, end in flow.breaks(hours):
                for staff, number in ((self.teams, flow.ON_BREAK["teams"]), (self.checkers, flow.ON_BREAK["checkers"])):
                    for _ in range(min(number, staff.capacity)):
                        self.env.process(self.have_break(staff, begin, end))
        self.env.run()
        return self.log

    def arrivals(self, days):  # type: ignore[no-untyped-def]
        """Alerts of one deployment after the other."""
        env, rng = self.env, self.rng
        for begin, end in days:
            at = begin + rng.expovariate(self.per_s)
            while at <= end:
                yield env.timeout(at - env.now)
                env.process(self.handle())
                at += rng.expovariate(self.per_s)

    def have_break(self, staff, begin, end):  # type: ignore[no-untyped-def]
        """One of *staff* is away from *begin* to *end*, or from when work allows it."""
        yield self.env.timeout(begin)
        with staff.request(FIRST) as officer:
            yield officer | self.env.timeout(end - begin)
            if self.env.now < end:
                yield self.env.timeout(end - self.env.now)

    def handle_commonly(self):  # type: ignore[no-untyped-def]
        """The common flow: one station after the other."""
        env, rng, log = self.env, self.rng, self.log
        start = env.now
        false = rng.random() >= self.true_share
        with self.operators.request() as operator:
            yield operator
            waited = env.now - start
            yield env.timeout(rng.lognormvariate(flow.REVIEW, LOG_SD))
        if rng.random() >= (flow.ACCEPT_FALSE if false else flow.ACCEPT_TRUE):
            log.append((start, false, flow.DISMISSED, env.now, waited, 0.0))
            return
        with self.teams.request() as team:
            yield team
            yield env.timeout(rng.lognormvariate(flow.SEARCH, LOG_SD))
        if rng.random() < flow.NOT_FOUND:
            log.append((start, false, flow.MISSED, env.now, waited, 0.0))
            return
        with self.checkers.request() as checkers:
            yield checkers
            check = rng.lognormvariate(flow.CHECK_WRONG if false else flow.CHECK, LOG_SD)
            yield env.timeout(check)
        if false or rng.random() >= flow.ARRESTED_SHARE:
            log.append((start, false, flow.RELEASED, env.now, waited, check))
            return
        with self.vans.request() as van:
            yield van
            yield env.timeout(rng.lognormvariate(flow.CUSTODY, LOG_SD))
        log.append((start, false, flow.ARRESTED, env.now, waited, check))

    def handle_fully(self):  # type: ignore[no-untyped-def]
        """The full procedure: the person's next alert is a new one when this has ended without an arrest."""
        start = self.env.now
        false = self.rng.random() >= self.true_share
        person = self.people.next(self.rng)
        if person in self.people.closed:
            self.log.append((start, false, flow.REPEAT, start, 0.0, 0.0))
            return
        self.people.closed.add(person)
        outcome, waited, checkers = yield from self.procedure(start, false)
        self.log.append((start, false, outcome, self.env.now, waited, checkers))
        if outcome not in (flow.ARRESTED, flow.NO_VAN):
            self.people.closed.remove(person)

    def procedure(self, start: float, false: bool):  # type: ignore[no-untyped-def]
        """From the screen to the van: outcome, wait for an operator, time of checkers."""
        env, rng = self.env, self.rng
        priority = LOW if rng.random() < flow.LOW_PRIORITY else HIGH
        leaves = start + rng.lognormvariate(flow.REACH, LOG_SD)

        # The operator compares the face on the screen with the entry.
        with self.operators.request(priority) as operator:
            yield from wait(operator, leaves - start)
            waited = env.now - start
            if not operator.triggered:
                return flow.NOT_REVIEWED, waited, 0.0
            yield env.timeout(rng.lognormvariate(flow.REVIEW, LOG_SD))
        if rng.random() >= (flow.ACCEPT_FALSE if false else flow.ACCEPT_TRUE):
            return flow.DISMISSED, waited, 0.0
        if leaves <= env.now:
            return flow.GONE, waited, 0.0

        # A plain-clothes team looks for the person in the crowd, and holds the person until checkers take over.
        with self.teams.request(priority) as team:
            yield from wait(team, leaves - env.now)
            if not team.triggered:
                return flow.NO_TEAM, waited, 0.0
            yield env.timeout(rng.lognormvariate(flow.SEARCH, LOG_SD))
            bystander = rng.random() < flow.BYSTANDER
            if not bystander:
                if leaves <= env.now or rng.random() < flow.NOT_FOUND:
                    return flow.MISSED, waited, 0.0
                if rng.random() >= (flow.SECOND_LOOK_FALSE if false else flow.SECOND_LOOK_TRUE):
                    return flow.DISMISSED, waited, 0.0
            checkers = self.checkers.request(priority)
            yield from wait(checkers, flow.HOLD_LIMIT_S)
            if not checkers.triggered:
                checkers.cancel()
                return flow.NO_CHECKERS, waited, 0.0

        # The checkers establish who it is; after an arrest they ride with the van and are away until it is back.
        with checkers:
            taken = env.now
            wrong = false or bystander
            yield env.timeout(rng.lognormvariate(flow.CHECK_WRONG if wrong else flow.CHECK, LOG_SD))
            if wrong or rng.random() >= flow.ARRESTED_SHARE:
                return flow.RELEASED, waited, env.now - taken
            with self.vans.request(priority) as van:
                yield from wait(van, flow.VAN_LIMIT_S)
                if not van.triggered:
                    return flow.NO_VAN, waited, env.now - taken
                yield env.timeout(rng.lognormvariate(flow.CUSTODY, LOG_SD))
        return flow.ARRESTED, waited, env.now - taken


def logs(
    hours: list[float],
    alerts_per_hour: float,
    true_share: float,
    staff: dict[str, int],
    seed: int,
    number: int,
    full: bool,
) -> Iterator[list[Row]]:
    """The logs of so many campaigns."""
    for i in range(number):
        yield Desk(alerts_per_hour, true_share, staff, seed * number + i, full).run(hours)


def campaigns(
    hours: list[float],
    alerts_per_hour: float,
    true_share: float,
    staff: dict[str, int],
    seed: int,
    number: int,
    full: bool,
) -> int:
    """Simulate so many campaigns; the number of alerts handled in all."""
    return sum(len(log) for log in logs(hours, alerts_per_hour, true_share, staff, seed, number, full))
