"""Who gets the next free officer: the rules of contention at one deployment."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from typing import cast

import simpy
from simpy.events import EventPriority

# At one instant: completions (SimPy's normal priority), then shift changes, then arrivals, and only then grants.
SHIFT_CHANGES, ARRIVALS, GRANTS = 2, 3, 4
# Grants are made in this order.
VANS, CHECKERS, TEAMS, OPERATORS = range(4)
STAFF = ("vans", "checkers", "teams", "operators")


class Instant(simpy.Event):
    """Calls *action* in *delay* seconds, in its place among the events of that instant by *priority*."""

    def __init__(self, env: simpy.Environment, delay: float, priority: int, action: Callable[[], None]) -> None:
        super().__init__(env)
        self.callbacks.append(lambda _: action())
        self._ok = True
        self._value = None
        env.schedule(self, priority=cast(EventPriority, priority), delay=delay)


@dataclass(order=True)
class Waiting:
    """Somebody in a queue, served by (priority, time joined, row); gives up at *leaves_s*."""

    priority: int
    joined_s: float
    row: int
    leaves_s: float = field(compare=False)
    served: simpy.Event = field(compare=False)


class Desk:
    """The staff of one deployment: free officers and the queues for them."""

    def __init__(self, env: simpy.Environment, staff: tuple[int, int, int, int]) -> None:
        self.env = env
        self.staff = list(staff)
        self.busy = [0, 0, 0, 0]
        self.queues: list[list[Waiting]] = [[], [], [], []]
        self._granting = False

    def request(self, kind: int, priority: int, row: int, leaves_s: float) -> Generator[simpy.Event, bool, bool]:
        """Wait for one of *kind* until *leaves_s*; True if granted. A free officer nobody else wants costs no event."""
        now = self.env.now
        if leaves_s <= now:
            return False
        if self.busy[kind] < self.staff[kind] and not self.queues[kind] and self.env.peek() > now:
            self.busy[kind] += 1
            return True
        waiting = Waiting(priority, now, row, leaves_s, self.env.event())
        heapq.heappush(self.queues[kind], waiting)
        self._grant_later()
        return (yield waiting.served)

    def request_within(self, kind: int, priority: int, row: int, limit_s: float) -> Generator[simpy.Event, bool, bool]:
        """Like *request*, but giving up is an event of its own, because others are held up meanwhile."""
        now = self.env.now
        leaves_s = now + limit_s
        waiting = self.request(kind, priority, row, leaves_s)
        try:
            served = next(waiting)
        except StopIteration as granted:
            return bool(granted.value)

        def give_up(_: simpy.Event) -> None:
            if not served.triggered:
                served.succeed(False)

        timer = self.env.timeout(limit_s)
        timer.callbacks.append(give_up)
        return (yield served)

    def release(self, kind: int) -> None:
        """One of *kind* is free again, or goes on the break that was due."""
        self.busy[kind] -= 1
        if self.queues[kind]:
            self._grant_later()

    def change_staff(self, staff: tuple[int, int, int, int]) -> None:
        """Other numbers from now on; running work finishes, and the next release pays what is owed."""
        self.staff = list(staff)
        self._grant_later()

    def send_everybody_away(self) -> bool:
        """At the end of the calendar nobody will come any more: those who still wait have left; False if none."""
        waiting = sorted(item for queue in self.queues for item in queue if not item.served.triggered)
        for item in waiting:
            item.served.succeed(False)
        self.queues = [[], [], [], []]
        return bool(waiting)

    def _grant_later(self) -> None:
        if not self._granting:
            self._granting = True
            Instant(self.env, 0.0, GRANTS, self._grant)

    def _grant(self) -> None:
        self._granting = False
        now = self.env.now
        for kind in (VANS, CHECKERS, TEAMS, OPERATORS):
            queue = self.queues[kind]
            while queue and self.busy[kind] < self.staff[kind]:
                waiting = heapq.heappop(queue)
                if waiting.served.triggered:
                    continue
                # being out of reach wins ties, and whoever left is dropped only now
                granted = waiting.leaves_s > now
                self.busy[kind] += granted
                waiting.served.succeed(granted)
