"""cimba, event by event: no coroutine, only callbacks on the C engine's calendar, compiled from Python by Numba.

The fastest way to drive cimba that was found, at about six tenths of the time of processes. The price is doing by hand
what its resources do: alerts are records without a process, and free officers are counted. Queues are cimba's own
priority stores. Records are used again, which is faster than spawning one for each alert. Left out: nothing. How
trials are run: cimba_campaign.py.
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

NAME = "cimba, events"
DISTRIBUTION = "cimba"

TEAMS_ON_BREAK, CHECKERS_ON_BREAK = ON_BREAK["teams"], ON_BREAK["checkers"]
OPERATORS, TEAMS, CHECKERS, VANS = range(4)
FOREVER = 1e300


class Alert(cb.Model):
    """An alert: no process, only what is to be remembered of it and what happens to it."""

    next_idle: cb.Ref[Alert] | None = None
    start_s: float = 0.0
    false: bool = False
    person: int = 0
    priority: int = 0
    leaves_s: float = 0.0
    waited_s: float = 0.0
    check_s: float = 0.0
    taken_s: float = 0.0
    # its place in the queue of *asked*, 0 if it does not wait; until when it waits
    ticket: int = 0
    asked: int = 0
    until_s: float = 0.0
    wrong: bool = False

    @cb.function
    def granted(self, kind: int) -> None:
        """An officer of *kind* is there; the subclasses say what they do."""

    @cb.event
    def give_up(self):
        """The end of a wait, if it is still the same one."""


class Staff(cb.Model):
    """Officers of one kind: how many are free, and the queue for them. Some may owe a break: then *free* is negative."""

    kind: int
    number: int
    free: int
    queue: cb.PriorityStore[Alert]

    def __init__(self, kind: int, number: int) -> None:
        self.kind = kind
        self.number = self.free = number

    @cb.function
    def ask(self, alert: Alert, until_s: float) -> None:
        """Grant one at once, or queue until *until_s*."""
        if self.free > 0:
            self.free -= 1
            alert.granted(self.kind)
            return
        alert.asked = self.kind
        alert.until_s = until_s
        alert.ticket = self.queue.enqueue(alert, alert.priority)
        if until_s < FOREVER:
            cb.schedule(alert.give_up, until_s - cb.now())

    @cb.function
    def add(self, number: int) -> None:
        """So many more are free, or fewer if negative."""
        self.free += number
        while self.free > 0 and self.queue.length() > 0:
            alert = self.queue.get()
            alert.ticket = 0
            self.free -= 1
            alert.granted(self.kind)


class Desk(Campaign):
    """The staff of a campaign and the arrivals; the procedure is that of the alerts."""

    operators: Staff
    teams: Staff
    checkers: Staff
    vans: Staff
    day: int = 0
    # records that no alert needs any more, for the next ones
    idle: cb.Ref[Alert] | None = None

    def __init__(self, hours: list[float], alerts_per_hour: float, true_share: float, staff: dict[str, int]) -> None:
        super().__init__(hours, alerts_per_hour, true_share)
        for kind, name in enumerate(("operators", "teams", "checkers", "vans")):
            setattr(self, name, Staff(kind, staff[name]))

    @cb.function
    def spawn(self) -> None:
        """One more record, of the subclass's kind."""

    @cb.function
    def alert(self) -> None:
        """An alert arises."""

    @cb.on_start
    def camera_on(self):
        """The first alert of the campaign."""
        cb.schedule(self.arrive, cb.random.exponential(self.gap_s))

    @cb.event
    def arrive(self):
        """An alert, or the first one of the next deployment if this one is over."""
        if cb.now() <= self.ends[self.day]:
            self.alert()
            cb.schedule(self.arrive, cb.random.exponential(self.gap_s))
            return
        self.day += 1
        if self.day < len(self.begins):
            cb.schedule(self.arrive, self.begins[self.day] - cb.now() + cb.random.exponential(self.gap_s))

    @cb.function
    def record(self) -> Alert:
        """A record for an alert that arises now."""
        if self.idle is None:
            self.spawn()
        alert = self.idle
        self.idle = alert.next_idle
        alert.start_s = cb.now()
        alert.false = cb.random.uniform() >= self.true_share
        return alert

    @cb.function
    def keep(self, alert: Alert) -> None:
        """A record that no alert needs now."""
        alert.next_idle = self.idle
        self.idle = alert

    @cb.function
    def end(self, alert: Alert, outcome: int, checkers_s: float) -> None:
        """A row of the log; the record may be used again."""
        self.write(alert.start_s, alert.false, outcome, alert.waited_s, checkers_s)
        self.keep(alert)


class CommonDesk(Desk):
    """The common flow."""

    @cb.function
    def spawn(self) -> None:
        """One more record."""
        self.keep(cb.spawn(CommonAlert, desk=self))

    @cb.function
    def alert(self) -> None:
        """An alert arises."""
        self.operators.ask(self.record(), FOREVER)


class CommonAlert(Alert):
    """The common flow."""

    desk: cb.Ref[CommonDesk]

    @cb.function
    def granted(self, kind: int) -> None:
        """Work begins."""
        if kind == OPERATORS:
            self.waited_s = cb.now() - self.start_s
            cb.schedule(self.reviewed, cb.random.lognormal(REVIEW, LOG_SD))
        elif kind == TEAMS:
            cb.schedule(self.searched, cb.random.lognormal(SEARCH, LOG_SD))
        elif kind == CHECKERS:
            self.check_s = cb.random.lognormal(CHECK_WRONG if self.false else CHECK, LOG_SD)
            cb.schedule(self.checked, self.check_s)
        else:
            cb.schedule(self.delivered, cb.random.lognormal(CUSTODY, LOG_SD))

    @cb.event
    def reviewed(self):
        """The operator has compared the face on the screen with the entry."""
        self.desk.operators.add(1)
        if cb.random.uniform() >= (ACCEPT_FALSE if self.false else ACCEPT_TRUE):
            self.desk.end(self, DISMISSED, 0.0)
        else:
            self.desk.teams.ask(self, FOREVER)

    @cb.event
    def searched(self):
        """The team has looked for the person."""
        self.desk.teams.add(1)
        if cb.random.uniform() < NOT_FOUND:
            self.desk.end(self, MISSED, 0.0)
        else:
            self.desk.checkers.ask(self, FOREVER)

    @cb.event
    def checked(self):
        """The checkers know who it is."""
        self.desk.checkers.add(1)
        if self.false or cb.random.uniform() >= ARRESTED_SHARE:
            self.desk.end(self, RELEASED, self.check_s)
        else:
            self.desk.vans.ask(self, FOREVER)

    @cb.event
    def delivered(self):
        """The van is back."""
        self.desk.vans.add(1)
        self.desk.end(self, ARRESTED, self.check_s)


class FullDesk(Desk):
    """The full procedure."""

    @cb.function
    def spawn(self) -> None:
        """One more record."""
        self.keep(cb.spawn(FullAlert, desk=self))

    @cb.on_start
    def plan_breaks(self):
        """Every break of the campaign."""
        for i in range(len(self.breaks)):
            cb.schedule(self.break_begins, self.breaks[i])
            cb.schedule(self.break_ends, self.breaks[i] + BREAK_S)

    @cb.event
    def break_begins(self):
        """Some go, those at work when they have finished."""
        self.teams.add(-min(TEAMS_ON_BREAK, self.teams.number))
        self.checkers.add(-min(CHECKERS_ON_BREAK, self.checkers.number))

    @cb.event
    def break_ends(self):
        """They are back."""
        self.teams.add(min(TEAMS_ON_BREAK, self.teams.number))
        self.checkers.add(min(CHECKERS_ON_BREAK, self.checkers.number))

    @cb.function
    def alert(self) -> None:
        """An alert arises, perhaps on the same person as the last."""
        alert = self.record()
        if cb.random.uniform() >= SAME_PERSON:
            self.person += 1
        if self.closed[self.person]:
            alert.waited_s = 0.0
            self.end(alert, REPEAT, 0.0)
            return
        self.closed[self.person] = True
        alert.person = self.person
        alert.priority = 0 if cb.random.uniform() < LOW_PRIORITY else 1
        alert.leaves_s = cb.now() + cb.random.lognormal(REACH, LOG_SD)
        self.operators.ask(alert, alert.leaves_s)


class FullAlert(Alert):
    """The full procedure."""

    desk: cb.Ref[FullDesk]

    @cb.function
    def granted(self, kind: int) -> None:
        """Work begins."""
        if kind == OPERATORS:
            self.waited_s = cb.now() - self.start_s
            cb.schedule(self.reviewed, cb.random.lognormal(REVIEW, LOG_SD))
        elif kind == TEAMS:
            cb.schedule(self.searched, cb.random.lognormal(SEARCH, LOG_SD))
        elif kind == CHECKERS:
            # the team has held the person until now
            self.desk.teams.add(1)
            self.taken_s = cb.now()
            cb.schedule(self.checked, cb.random.lognormal(CHECK_WRONG if self.wrong else CHECK, LOG_SD))
        else:
            cb.schedule(self.delivered, cb.random.lognormal(CUSTODY, LOG_SD))

    @cb.event
    def give_up(self):
        """The end of a wait, if it is still the same one: a later one ends later."""
        if self.ticket == 0 or cb.now() < self.until_s - 1e-6:
            return
        desk = self.desk
        ticket = self.ticket
        self.ticket = 0
        if self.asked == OPERATORS:
            desk.operators.queue.cancel(ticket)
            self.waited_s = cb.now() - self.start_s
            self.end(NOT_REVIEWED)
        elif self.asked == TEAMS:
            desk.teams.queue.cancel(ticket)
            self.end(NO_TEAM)
        elif self.asked == CHECKERS:
            desk.checkers.queue.cancel(ticket)
            desk.teams.add(1)
            self.end(NO_CHECKERS)
        else:
            desk.vans.queue.cancel(ticket)
            self.leave_checkers(NO_VAN, True)

    @cb.event
    def reviewed(self):
        """The operator has compared the face on the screen with the entry."""
        desk = self.desk
        desk.operators.add(1)
        if cb.random.uniform() >= (ACCEPT_FALSE if self.false else ACCEPT_TRUE):
            self.end(DISMISSED)
        elif self.leaves_s <= cb.now():
            self.end(GONE)
        else:
            desk.teams.ask(self, self.leaves_s)

    @cb.event
    def searched(self):
        """The team has looked for the person, and at the live face."""
        desk = self.desk
        bystander = cb.random.uniform() < BYSTANDER
        if not bystander:
            if self.leaves_s <= cb.now() or cb.random.uniform() < NOT_FOUND:
                desk.teams.add(1)
                self.end(MISSED)
                return
            if cb.random.uniform() >= (SECOND_LOOK_FALSE if self.false else SECOND_LOOK_TRUE):
                desk.teams.add(1)
                self.end(DISMISSED)
                return
        self.wrong = self.false or bystander
        desk.checkers.ask(self, cb.now() + HOLD_LIMIT_S)

    @cb.event
    def checked(self):
        """The checkers know who it is; after an arrest they stay until a van is back."""
        if self.wrong or cb.random.uniform() >= ARRESTED_SHARE:
            self.leave_checkers(RELEASED, False)
        else:
            self.desk.vans.ask(self, cb.now() + VAN_LIMIT_S)

    @cb.event
    def delivered(self):
        """The van is back, and the checkers with it."""
        self.desk.vans.add(1)
        self.leave_checkers(ARRESTED, True)

    @cb.function
    def leave_checkers(self, outcome: int, held: bool) -> None:
        """The alert ends, and the checkers are free for another one."""
        desk = self.desk
        desk.closed[self.person] = held
        desk.end(self, outcome, cb.now() - self.taken_s)
        desk.checkers.add(1)

    @cb.function
    def end(self, outcome: int) -> None:
        """The alert ends before any check; the person's next one is a new one."""
        self.desk.closed[self.person] = False
        self.desk.end(self, outcome, 0.0)


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
