"""The compiled engine: replication after replication through the clock, and what happens at one instant in which order.

Completions, then shift changes, then arrivals, and only then grants; again until nothing changes. The stages are in
kernel_stages.py, staff and queues in kernel_desk.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

from simulator.response import outcomes as o
from simulator.response.columns import TIMES, Plan, Resolved, kinds
from simulator.response.kernel_columns import (
    ENDS,
    FLAGS,
    NUMBERS,
    SECONDS,
    count_from,
    put_on_clock,
    read_plan,
    write_log,
)
from simulator.response.kernel_desk import (
    CHECK,
    CHECKERS,
    DAY,
    KINDS,
    NEVER,
    NOBODY,
    OPERATORS,
    PERSON,
    POOL,
    REVIEW,
    ROW,
    SEARCH,
    SOURCES,
    TEAMS,
    VANS,
    Day,
    Desk,
    People,
    Rows,
    change_staff,
    compiled,
    leave_queue,
    next_due_s,
    open_desks,
    strike,
)
from simulator.response.kernel_stages import (
    alert,
    end,
    end_check,
    end_review,
    end_run,
    end_search,
    give_up,
    start_check,
    start_review,
    start_run,
    start_search,
)
from simulator.response.resolve import Roster
from simulator.response.sessions import arrivals_of, changes_of, first_deployments
from simulator.street.people import Index


@compiled
def complete_all(rows: Rows, people: People, desk: Desk, day: Day, now: float) -> None:
    """Whatever is due now ends; whoever waited up to now gives up."""
    while next_due_s(rows, day) == now:
        row = day.soonest
        strike(rows, day, row)
        doing = rows[row].doing
        if doing == REVIEW:
            end_review(rows, people, desk, day, row, now)
        elif doing == SEARCH:
            end_search(rows, people, desk, day, row, now)
        elif doing == CHECK:
            end_check(rows, people, desk, day, row, now)
        elif doing in (CHECKERS, VANS):
            leave_queue(rows, desk, doing, row)
            give_up(rows, people, desk, day, row, doing, now)
        else:
            end_run(rows, people, desk, day, row, now)


@compiled
def grant_all(rows: Rows, people: People, desk: Desk, day: Day, granted: Index, now: float) -> None:
    """One round: free officers go to whoever is first in the queue and still there; only then does work start."""
    number, due_from, due_to = 0, day.due_from, day.due_to
    day.due_from = day.due_to = NOBODY
    for its_desk in range(due_from, due_to + KINDS, KINDS):
        for kind in (VANS, CHECKERS, TEAMS, OPERATORS):
            pool = its_desk + kind
            while desk[pool].first != NOBODY and desk[pool].busy < desk[pool].staff:
                row = desk[pool].first
                leave_queue(rows, desk, kind, row)
                if kind in (VANS, CHECKERS):
                    strike(rows, day, row)  # the limit no longer counts
                elif rows[row].leaves_s <= now:
                    # being out of reach wins ties, and whoever left is dropped only now
                    out_of_reach(rows, row)
                    continue
                desk[pool].busy += 1
                granted[number] = row
                number += 1
    for place in range(number):
        row = granted[place]
        kind = rows[row].doing
        if kind == OPERATORS:
            start_review(rows, people, day, row, now)
        elif kind == TEAMS:
            start_search(rows, people, day, row, now)
        elif kind == CHECKERS:
            start_check(rows, desk, day, row, now)
        else:
            start_run(rows, day, row, now)


@compiled
def out_of_reach(rows: Rows, row: int) -> None:
    """The person left while the alert waited for an operator or a team."""
    outcome = o.NO_TEAM if rows[row].doing == TEAMS else o.NOT_REVIEWED
    end(rows, row, outcome, o.NONE, rows[row].leaves_s)


@compiled
def resolve_session(
    rows: Rows,
    people: People,
    desk: Desk,
    day: Day,
    granted: Index,
    arrivals: Index,
    staff: Index,
    own_staff: Index,
    changes: Any,
) -> None:
    """Resolve the rows named in *arrivals*, in order of time, at the desks of as many deployments as have *own_staff*.

    *staff* (1 + shifts, 4) as in Roster; *changes* are when staff changes, at which desk, and to which line of *staff*.
    """
    change_s, change_desk, change_shift = changes
    open_desks(desk, day, len(own_staff))
    for i in range(len(own_staff)):
        change_staff(desk, day, i * KINDS, staff, 0, own_staff[i])
    change, place = 0, 0
    while True:
        shift_at = change_s[change] if change < len(change_s) else NEVER
        arrives_at = rows[arrivals[place]].time_s if place < len(arrivals) else NEVER
        now = min(next_due_s(rows, day), shift_at, arrives_at)
        if now == NEVER:
            break
        day.others_s = min(shift_at, arrives_at)
        complete_all(rows, people, desk, day, now)
        while change < len(change_s) and change_s[change] == now:
            i = change_desk[change]
            change_staff(desk, day, i * KINDS, staff, change_shift[change], own_staff[i])
            change += 1
        while place < len(arrivals) and rows[arrivals[place]].time_s == now:
            place += 1
            day.others_s = rows[arrivals[place]].time_s if place < len(arrivals) else NEVER
            alert(rows, people, desk, day, arrivals[place - 1], now)
        while day.due_to != NOBODY:
            grant_all(rows, people, desk, day, granted, now)
            complete_all(rows, people, desk, day, now)
    # Nobody will come any more: those who still wait have left.
    for i in range(len(own_staff)):
        for kind in (TEAMS, OPERATORS):
            while desk[i * KINDS + kind].first != NOBODY:
                row = desk[i * KINDS + kind].first
                leave_queue(rows, desk, kind, row)
                out_of_reach(rows, row)


@compiled
def resolve_block(
    plan: Any,
    log: Any,
    rows: Rows,
    people: People,
    desk: Desk,
    days: Any,
    granted: Index,
    first_row: Index,
    arrivals: Index,
    roster: Any,
    sessions: Any,
) -> None:
    """Resolve every replication: its part of the columns of *plan* into records, through the sessions, into those of *log*.

    *arrivals* are the rows of each replication in the order in which they arrive, session by session.
    """
    date, since_s, staff, own_staff, hold_limit_s, van_limit_s = roster
    first_of, first_change, change_s, change_desk, change_shift = sessions
    day = days[0]
    for replication in range(len(staff)):
        start_of, end_of = replication * len(date), (replication + 1) * len(date)
        first, number = first_row[start_of], first_row[end_of] - first_row[start_of]
        read_plan(plan, rows, first, number)
        for row in range(number):
            person = people[rows[row].person]
            person.arrested = person.held = False
            person.last_stop = NOBODY
        day.hold_limit_s, day.van_limit_s = hold_limit_s[replication], van_limit_s[replication]
        for session in range(len(first_of) - 1):
            opens, closes = first_of[session], first_of[session + 1]
            begins, ends = first_row[start_of + opens] - first, first_row[start_of + closes] - first
            if begins == ends:
                continue
            for deployment in range(opens, closes):
                its_rows = range(first_row[start_of + deployment] - first, first_row[start_of + deployment + 1] - first)
                put_on_clock(rows, its_rows, date[deployment], (deployment - opens) * KINDS, since_s[deployment])
            for row in range(begins, ends):
                # yesterday's alerts are over
                people[rows[row].person].open_until_s = -NEVER
            some = slice(first_change[session], first_change[session + 1])
            changes = change_s[some], change_desk[some], change_shift[some]
            order = arrivals[first + begins : first + ends]
            resolve_session(
                rows, people, desk, day, granted, order, staff[replication], own_staff[opens:closes], changes
            )
            for deployment in range(opens, closes):
                its_rows = range(first_row[start_of + deployment] - first, first_row[start_of + deployment + 1] - first)
                count_from(rows, its_rows, since_s[deployment])
        write_log(log, rows, first, number)


def is_on_disk() -> bool:
    """Whether machine code for this source lies on the disk, as far as its name tells."""
    newest = max(path.stat().st_mtime for path in SOURCES)
    return any(path.stat().st_mtime > newest for path in _on_disk())


def note_on_disk() -> None:
    """Mark the machine code as that of this source: a checkout makes sources newer without changing them."""
    for path in _on_disk():
        with suppress(OSError):
            path.touch()


def _on_disk() -> Iterator[Path]:
    return Path(resolve_block.stats.cache_path).glob("kernel.resolve_block-*.nbi")  # type: ignore[attr-defined]


def by_kernel(roster: Roster, first_row: Index, plan: Plan) -> Resolved:
    """Resolve a block with the compiled engine."""
    n = len(plan)
    # one compiled version: whatever the columns come as, they arrive as these
    columns = tuple(
        tuple(np.ascontiguousarray(getattr(plan, name), kinds(Plan)[name].dtype) for name in names)
        for names in (SECONDS, NUMBERS, FLAGS)
    )
    per_replication = np.diff(first_row[:: len(roster.day)])
    most = int(per_replication.max(initial=0))
    ends, times = np.empty((len(ENDS), n), dtype=np.int64), np.empty((len(TIMES), n))
    people = int(plan.person.max(initial=-1)) + 1
    first_of = first_deployments(roster.session)
    desks = int(np.diff(first_of).max())
    resolve_block(
        columns,
        (ends, times),
        np.empty(most, dtype=ROW),
        np.empty(people, dtype=PERSON),
        np.empty(KINDS * desks, dtype=POOL),
        np.empty(1, dtype=DAY),
        np.empty(KINDS * most, dtype=np.int64),
        first_row,
        arrivals_of(roster, first_row, columns[0][SECONDS.index("time_s")]),
        (roster.day, roster.since_s, roster.staff, roster.own_staff, roster.hold_limit_s, roster.van_limit_s),
        (first_of, *changes_of(roster)),
    )
    made = dict(zip((*ENDS, *TIMES), (*ends, *times), strict=True))
    return Resolved(**{name: made[name].astype(kind.dtype, copy=False) for name, kind in kinds(Resolved).items()})
