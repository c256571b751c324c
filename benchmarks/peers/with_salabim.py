"""salabim: a component for every alert in hand, generators instead of greenlets; no trace, animation or monitors.

Left out: nothing. Resources of salabim have priorities, waits that fail at a time, and capacities that change.

A component takes one alert after the other, and a new one is made only if none is idle: making one looks up signatures
and takes about ten times as long as an event.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import salabim as sim

from peers import flow
from peers.flow import LOG_SD, Row

NAME = "salabim"
DISTRIBUTION = "salabim"

HIGH, LOW = 1, 2


class Desk(sim.Environment):
    """One campaign: its staff, the people concerned and its log."""

    def setup(
        self,
        hours: list[float],
        alerts_per_hour: float,
        true_share: float,
        staff: dict[str, int],
        seed: int,
        full: bool,
    ) -> None:
        """Called by salabim when the environment is made."""
        self.rng = Random(seed)
        self.true_share = true_share
        self.per_s = alerts_per_hour / flow.HOUR_S
        self.log: list[Row] = []
        self.people = flow.People()
        self.idle: list[sim.Component] = []
        self.operators, self.teams, self.checkers, self.vans = (
            sim.Resource(name, capacity=staff[name], monitor=False, env=self)
            for name in ("operators", "teams", "checkers", "vans")
        )
        Arrivals(days=flow.days(hours), kind=FullAlert if full else CommonAlert, env=self)
        if full:
            Roster(breaks=flow.breaks(hours), staff=staff, env=self)


class Arrivals(sim.Component):
    """Alerts of one deployment after the other."""

    def process(self, days, kind):  # type: ignore[no-untyped-def]
        """Called by salabim."""
        env, rng = self.env, self.env.rng
        for begin, end in days:
            at = begin + rng.expovariate(env.per_s)
            while at <= end:
                yield self.hold(till=at)
                if env.idle:
                    env.idle.pop().activate()
                else:
                    kind(env=env)
                at += rng.expovariate(env.per_s)


class Roster(sim.Component):
    """Some go on a break, each when running work is finished."""

    def process(self, breaks, staff):  # type: ignore[no-untyped-def]
        """Called by salabim."""
        env = self.env
        for begin, end in breaks:
            yield self.hold(till=begin)
            env.teams.set_capacity(max(staff["teams"] - flow.ON_BREAK["teams"], 0))
            env.checkers.set_capacity(max(staff["checkers"] - flow.ON_BREAK["checkers"], 0))
            yield self.hold(till=end)
            env.teams.set_capacity(staff["teams"])
            env.checkers.set_capacity(staff["checkers"])


class Alert(sim.Component):
    """Handles one alert after the other."""

    def setup(self) -> None:
        """Called by salabim when the component is made."""
        self.status.monitor(False)
        self.mode.monitor(False)

    def process(self):  # type: ignore[no-untyped-def]
        """Called by salabim."""
        while True:
            yield from self.handle()
            self.env.idle.append(self)
            yield self.passivate()


class CommonAlert(Alert):
    """The common flow: one station after the other."""

    def handle(self):  # type: ignore[no-untyped-def]
        """From the screen to the van."""
        env, rng = self.env, self.env.rng
        start = env.now()
        false = rng.random() >= env.true_share
        yield self.request(env.operators)
        waited = env.now() - start
        yield self.hold(rng.lognormvariate(flow.REVIEW, LOG_SD))
        self.release(env.operators)
        if rng.random() >= (flow.ACCEPT_FALSE if false else flow.ACCEPT_TRUE):
            env.log.append((start, false, flow.DISMISSED, env.now(), waited, 0.0))
            return
        yield self.request(env.teams)
        yield self.hold(rng.lognormvariate(flow.SEARCH, LOG_SD))
        self.release(env.teams)
        if rng.random() < flow.NOT_FOUND:
            env.log.append((start, false, flow.MISSED, env.now(), waited, 0.0))
            return
        yield self.request(env.checkers)
        check = rng.lognormvariate(flow.CHECK_WRONG if false else flow.CHECK, LOG_SD)
        yield self.hold(check)
        self.release(env.checkers)
        if false or rng.random() >= flow.ARRESTED_SHARE:
            env.log.append((start, false, flow.RELEASED, env.now(), waited, check))
            return
        yield self.request(env.vans)
        yield self.hold(rng.lognormvariate(flow.CUSTODY, LOG_SD))
        self.release(env.vans)
        env.log.append((start, false, flow.ARRESTED, env.now(), waited, check))


class FullAlert(Alert):
    """The full procedure."""

    def handle(self):  # type: ignore[no-untyped-def]
        """From the screen to the van; the person's next alert is a new one when this has ended without an arrest."""
        env, people = self.env, self.env.people
        start = env.now()
        false = env.rng.random() >= env.true_share
        person = people.next(env.rng)
        if person in people.closed:
            env.log.append((start, false, flow.REPEAT, start, 0.0, 0.0))
            return
        people.closed.add(person)
        outcome, waited, checkers = yield from self.procedure(start, false)
        self.release()
        env.log.append((start, false, outcome, env.now(), waited, checkers))
        if outcome not in (flow.ARRESTED, flow.NO_VAN):
            people.closed.remove(person)

    def procedure(self, start: float, false: bool):  # type: ignore[no-untyped-def]
        """From the screen to the van: outcome, wait for an operator, time of checkers."""
        env, rng = self.env, self.env.rng
        priority = LOW if rng.random() < flow.LOW_PRIORITY else HIGH
        leaves = start + rng.lognormvariate(flow.REACH, LOG_SD)

        # The operator compares the face on the screen with the entry.
        yield self.request((env.operators, 1, priority), fail_at=leaves)
        waited = env.now() - start
        if self.failed():
            return flow.NOT_REVIEWED, waited, 0.0
        yield self.hold(rng.lognormvariate(flow.REVIEW, LOG_SD))
        self.release(env.operators)
        if rng.random() >= (flow.ACCEPT_FALSE if false else flow.ACCEPT_TRUE):
            return flow.DISMISSED, waited, 0.0
        if leaves <= env.now():
            return flow.GONE, waited, 0.0

        # A plain-clothes team looks for the person in the crowd, and holds the person until checkers take over.
        yield self.request((env.teams, 1, priority), fail_at=leaves)
        if self.failed():
            return flow.NO_TEAM, waited, 0.0
        yield self.hold(rng.lognormvariate(flow.SEARCH, LOG_SD))
        bystander = rng.random() < flow.BYSTANDER
        if not bystander:
            if leaves <= env.now() or rng.random() < flow.NOT_FOUND:
                return flow.MISSED, waited, 0.0
            if rng.random() >= (flow.SECOND_LOOK_FALSE if false else flow.SECOND_LOOK_TRUE):
                return flow.DISMISSED, waited, 0.0
        yield self.request((env.checkers, 1, priority), fail_delay=flow.HOLD_LIMIT_S)
        if self.failed():
            return flow.NO_CHECKERS, waited, 0.0
        self.release(env.teams)

        # The checkers establish who it is; after an arrest they ride with the van and are away until it is back.
        taken = env.now()
        wrong = false or bystander
        yield self.hold(rng.lognormvariate(flow.CHECK_WRONG if wrong else flow.CHECK, LOG_SD))
        if wrong or rng.random() >= flow.ARRESTED_SHARE:
            return flow.RELEASED, waited, env.now() - taken
        yield self.request((env.vans, 1, priority), fail_delay=flow.VAN_LIMIT_S)
        if self.failed():
            return flow.NO_VAN, waited, env.now() - taken
        yield self.hold(rng.lognormvariate(flow.CUSTODY, LOG_SD))
        return flow.ARRESTED, waited, env.now() - taken


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
        desk = Desk(
            trace=False,
            yieldless=False,
            random_seed="",
            set_numpy_random_seed=False,
            hours=hours,
            alerts_per_hour=alerts_per_hour,
            true_share=true_share,
            staff=staff,
            seed=seed * number + i,
            full=full,
        )
        desk.run()
        yield desk.log


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
