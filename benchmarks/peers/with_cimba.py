"""cimba, process by process: a coroutine of the C engine for every alert in hand, compiled from Python by Numba.

It expresses the full procedure: resources with priorities and changing capacity, timers that end a wait, several
resources held at once. Left out: nothing.

A coroutine takes one alert after the other, and a new one is spawned only if none is idle: spawning one for each alert
takes about half as long again. Compiling takes a second or two at the first call in a process. How trials are run:
cimba_campaign.py.
"""

from __future__ import annotations

from collections.abc import Iterator

import cimba as cb
import numpy as np

from peers.cimba_campaign import Campaign, run
from peers.flow import (
    ACCEPT_FALSE,
    ACCEPT_TRUE,
    ARRESTED,
    ARRESTED_SHARE,
    BREAK_S,
    BYSTANDER,
    CHECK,
    CHECK_WRONG,
    CUSTODY,
    DISMISSED,
    GONE,
    HOLD_LIMIT_S,
    LOG_SD,
    LOW_PRIORITY,
    MISSED,
    NO_CHECKERS,
    NO_TEAM,
    NO_VAN,
    NOT_FOUND,
    NOT_REVIEWED,
    ON_BREAK,
    REACH,
    RELEASED,
    REPEAT,
    REVIEW,
    SAME_PERSON,
    SEARCH,
    SECOND_LOOK_FALSE,
    SECOND_LOOK_TRUE,
    VAN_LIMIT_S,
)

NAME = "cimba, processes"
DISTRIBUTION = "cimba"

TEAMS_ON_BREAK, CHECKERS_ON_BREAK = ON_BREAK["teams"], ON_BREAK["checkers"]
# What a timer says to the process that it wakes.
GIVE_UP = 1


class Staff(cb.Model):
    """Officers of one kind; those on a break are taken away when they have finished."""

    units: cb.Resource
    number: int

    def __init__(self, number: int) -> None:
        self.number = number
        self.units = cb.Resource(capacity=number)

    @cb.function
    def wait(self, priority: int, limit_s: float) -> bool:
        """Take one of them, waiting no longer than *limit_s*; False if none was free in time."""
        if limit_s <= 0.0:
            return False
        me = cb.this_process()
        me.timer_set(limit_s, GIVE_UP)
        signal = self.units.acquire(1, priority)
        me.timers_clear()
        return signal != GIVE_UP


class Desk(Campaign):
    """The staff of a campaign and the arrivals; the procedure is in the subclasses."""

    operators: Staff
    teams: Staff
    checkers: Staff
    vans: Staff
    arrived: cb.Container
    idle: int = 0

    def __init__(self, hours: list[float], alerts_per_hour: float, true_share: float, staff: dict[str, int]) -> None:
        super().__init__(hours, alerts_per_hour, true_share)
        for name, number in staff.items():
            setattr(self, name, Staff(number))

    @cb.process
    def arrivals(self):
        """Alerts of one deployment after the other."""
        for day in range(len(self.begins)):
            cb.hold(self.begins[day] - cb.now())
            gap = cb.random.exponential(self.gap_s)
            while cb.now() + gap <= self.ends[day]:
                cb.hold(gap)
                if self.idle > 0:
                    self.idle -= 1
                else:
                    self.spawn()
                self.arrived.put(1)
                gap = cb.random.exponential(self.gap_s)

    @cb.function
    def spawn(self) -> None:
        """One more process that handles alerts."""

    @cb.function
    def end(self, start_s: float, false: bool, outcome: int, waited_s: float, checkers_s: float) -> None:
        """The alert ends, and its process is free for another one."""
        self.write(start_s, false, outcome, waited_s, checkers_s)
        self.idle += 1


class CommonDesk(Desk):
    """The common flow."""

    @cb.function
    def spawn(self) -> None:
        """One more process that handles alerts."""
        cb.spawn(CommonAlert, desk=self)


class CommonAlert(cb.Model):
    """Handles one alert after the other."""

    desk: cb.Ref[CommonDesk]

    @cb.process
    def handle(self):
        """From the screen to the van."""
        desk = self.desk
        while True:
            desk.arrived.get(1)
            start = cb.now()
            false = cb.random.uniform() >= desk.true_share
            desk.operators.units.acquire()
            waited = cb.now() - start
            cb.hold(cb.random.lognormal(REVIEW, LOG_SD))
            desk.operators.units.release()
            if cb.random.uniform() >= (ACCEPT_FALSE if false else ACCEPT_TRUE):
                desk.end(start, false, DISMISSED, waited, 0.0)
                continue
            desk.teams.units.acquire()
            cb.hold(cb.random.lognormal(SEARCH, LOG_SD))
            desk.teams.units.release()
            if cb.random.uniform() < NOT_FOUND:
                desk.end(start, false, MISSED, waited, 0.0)
                continue
            desk.checkers.units.acquire()
            check = cb.random.lognormal(CHECK_WRONG if false else CHECK, LOG_SD)
            cb.hold(check)
            desk.checkers.units.release()
            if false or cb.random.uniform() >= ARRESTED_SHARE:
                desk.end(start, false, RELEASED, waited, check)
                continue
            desk.vans.units.acquire()
            cb.hold(cb.random.lognormal(CUSTODY, LOG_SD))
            desk.vans.units.release()
            desk.end(start, false, ARRESTED, waited, check)


class FullDesk(Desk):
    """The full procedure."""

    @cb.function
    def spawn(self) -> None:
        """One more process that handles alerts."""
        cb.spawn(FullAlert, desk=self)

    @cb.process
    def roster(self):
        """Some go on a break, each when running work is finished."""
        for i in range(len(self.breaks)):
            cb.hold(self.breaks[i] - cb.now())
            self.teams.units.set_capacity(max(self.teams.number - TEAMS_ON_BREAK, 0))
            self.checkers.units.set_capacity(max(self.checkers.number - CHECKERS_ON_BREAK, 0))
            cb.hold(BREAK_S)
            self.teams.units.set_capacity(self.teams.number)
            self.checkers.units.set_capacity(self.checkers.number)

    @cb.function
    def close(
        self, start_s: float, false: bool, outcome: int, waited_s: float, checkers_s: float, person: int, held: bool
    ) -> None:
        """The alert ends; the person's next one is a new one, unless *held*."""
        self.closed[person] = held
        self.end(start_s, false, outcome, waited_s, checkers_s)


class FullAlert(cb.Model):
    """Handles one alert after the other."""

    desk: cb.Ref[FullDesk]

    @cb.process
    def handle(self):
        """From the screen to the van."""
        desk = self.desk
        while True:
            desk.arrived.get(1)
            start = cb.now()
            false = cb.random.uniform() >= desk.true_share
            if cb.random.uniform() >= SAME_PERSON:
                desk.person += 1
            person = desk.person
            if desk.closed[person]:
                desk.end(start, false, REPEAT, 0.0, 0.0)
                continue
            desk.closed[person] = True
            priority = 0 if cb.random.uniform() < LOW_PRIORITY else 1
            leaves = start + cb.random.lognormal(REACH, LOG_SD)

            # The operator compares the face on the screen with the entry.
            if not desk.operators.wait(priority, leaves - start):
                desk.close(start, false, NOT_REVIEWED, cb.now() - start, 0.0, person, False)
                continue
            waited = cb.now() - start
            cb.hold(cb.random.lognormal(REVIEW, LOG_SD))
            desk.operators.units.release()
            if cb.random.uniform() >= (ACCEPT_FALSE if false else ACCEPT_TRUE):
                desk.close(start, false, DISMISSED, waited, 0.0, person, False)
                continue
            if leaves <= cb.now():
                desk.close(start, false, GONE, waited, 0.0, person, False)
                continue

            # A plain-clothes team looks for the person in the crowd.
            if not desk.teams.wait(priority, leaves - cb.now()):
                desk.close(start, false, NO_TEAM, waited, 0.0, person, False)
                continue
            cb.hold(cb.random.lognormal(SEARCH, LOG_SD))
            bystander = cb.random.uniform() < BYSTANDER
            if not bystander:
                if leaves <= cb.now() or cb.random.uniform() < NOT_FOUND:
                    desk.teams.units.release()
                    desk.close(start, false, MISSED, waited, 0.0, person, False)
                    continue
                if cb.random.uniform() >= (SECOND_LOOK_FALSE if false else SECOND_LOOK_TRUE):
                    desk.teams.units.release()
                    desk.close(start, false, DISMISSED, waited, 0.0, person, False)
                    continue

            # The team holds the person until checkers take over.
            checked = desk.checkers.wait(priority, HOLD_LIMIT_S)
            desk.teams.units.release()
            if not checked:
                desk.close(start, false, NO_CHECKERS, waited, 0.0, person, False)
                continue
            taken = cb.now()
            wrong = false or bystander
            cb.hold(cb.random.lognormal(CHECK_WRONG if wrong else CHECK, LOG_SD))
            if wrong or cb.random.uniform() >= ARRESTED_SHARE:
                desk.checkers.units.release()
                desk.close(start, false, RELEASED, waited, cb.now() - taken, person, False)
                continue

            # The checkers ride with the van and are away until it is back.
            outcome = NO_VAN
            if desk.vans.wait(priority, VAN_LIMIT_S):
                cb.hold(cb.random.lognormal(CUSTODY, LOG_SD))
                desk.vans.units.release()
                outcome = ARRESTED
            desk.checkers.units.release()
            desk.close(start, false, outcome, waited, cb.now() - taken, person, True)


def logs(
    hours: list[float],
    alerts_per_hour: float,
    true_share: float,
    staff: dict[str, int],
    seed: int,
    number: int,
    full: bool,
) -> Iterator[np.ndarray]:
    """The logs of so many campaigns, arrays of flow.COLUMNS."""
    desk = (FullDesk if full else CommonDesk)(hours, alerts_per_hour, true_share, staff)
    return run(desk, hours, seed, number)


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
