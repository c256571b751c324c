"""The compiled engine: replication after replication through the clock, and what happens at one instant in which order.

Completions, then shift changes, then arrivals, and only then grants; again until nothing changes. The stages are in
kernel_stages.py, staff and queues in kernel_desk.py.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numba import literal_unroll

from simulator.response import outcomes as o
from simulator.response.columns import TIMES, Ended, Plan, Resolved, kinds
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
    open_desk,
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
from simulator.scenario.quantity import Array
from simulator.street.people import Index

# Columns by what they are in an array, since only columns of one type can be counted through in compiled code.
SECONDS, NUMBERS, FLAGS = (
    tuple(name for name, kind in kinds(Plan).items() if kind.dtype is held) for held in (float, np.int64, bool)
)
ENDS = tuple(kinds(Ended))


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
    day.grants_due = False
    number = 0
    for kind in (VANS, CHECKERS, TEAMS, OPERATORS):
        while desk[kind].first != NOBODY and desk[kind].busy < desk[kind].staff:
            row = desk[kind].first
            leave_queue(rows, desk, kind, row)
            if kind in (VANS, CHECKERS):
                strike(rows, day, row)  # the limit no longer counts
            elif rows[row].leaves_s <= now:
                # being out of reach wins ties, and whoever left is dropped only now
                out_of_reach(rows, row)
                continue
            desk[kind].busy += 1
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
def resolve_deployment(
    rows: Rows,
    people: People,
    desk: Desk,
    day: Day,
    granted: Index,
    first: int,
    last: int,
    staff: Index,
    shift_s: Array,
) -> None:
    """Resolve the alerts in rows *first* to *last* (excluded); *staff* (1 + shifts, 4) and *shift_s* as in Roster."""
    open_desk(desk, day)
    change_staff(desk, day, staff, 0)
    shift, row = 0, first
    while True:
        shift_at = shift_s[shift] if shift < len(shift_s) else NEVER
        arrives_at = rows[row].time_s if row < last else NEVER
        now = min(next_due_s(rows, day), shift_at, arrives_at)
        if now == NEVER:
            break
        day.others_s = min(shift_at, arrives_at)
        complete_all(rows, people, desk, day, now)
        while shift < len(shift_s) and shift_s[shift] == now:
            shift += 1
            change_staff(desk, day, staff, shift)
        while row < last and rows[row].time_s == now:
            row += 1
            day.others_s = rows[row].time_s if row < last else NEVER
            alert(rows, people, desk, day, row - 1, now)
        while day.grants_due:
            grant_all(rows, people, desk, day, granted, now)
            complete_all(rows, people, desk, day, now)
    # Nobody will come any more: those who still wait have left.
    for kind in (TEAMS, OPERATORS):
        while desk[kind].first != NOBODY:
            row = desk[kind].first
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
    roster: Any,
) -> None:
    """Resolve every replication: its part of the columns of *plan* into records, through the days, into those of *log*."""
    date, shift_s, shifts_held, staff, hold_limit_s, van_limit_s = roster
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
        for cell in range(start_of, end_of):
            begins, ends = first_row[cell] - first, first_row[cell + 1] - first
            # yesterday's alerts are over
            for row in range(begins, ends):
                people[rows[row].person].open_until_s = -NEVER
            day.date = date[cell - start_of]
            if begins < ends:
                shifts = shift_s[: shifts_held[cell - start_of]]
                resolve_deployment(rows, people, desk, day, granted, begins, ends, staff[replication], shifts)
        write_log(log, rows, first, number)


@compiled
def read_plan(plan: Any, rows: Rows, first: int, number: int) -> None:
    """Copy *number* rows from *first* on out of the columns of *plan*; nothing has happened in them yet."""
    seconds, numbers, flags = plan
    for row in range(number):
        it, at = rows[row], first + row
        column = 0
        for name in literal_unroll(SECONDS):
            it[name] = seconds[column][at]
            column += 1
        column = 0
        for name in literal_unroll(NUMBERS):
            it[name] = numbers[column][at]
            column += 1
        column = 0
        for name in literal_unroll(FLAGS):
            it[name] = flags[column][at]
            column += 1
        for name in literal_unroll(TIMES):
            it[name] = np.nan
        it.outcome, it.reason, it.bystander = -1, o.NONE, False


@compiled
def write_log(log: Any, rows: Rows, first: int, number: int) -> None:
    """Copy what happened into the columns of *log*."""
    ends, times = log
    for row in range(number):
        it, at = rows[row], first + row
        column = 0
        for name in literal_unroll(ENDS):
            ends[column, at] = it[name]
            column += 1
        column = 0
        for name in literal_unroll(TIMES):
            times[column, at] = it[name]
            column += 1


def is_on_disk() -> bool:
    """Whether machine code for this source lies on the disk, as far as its name tells."""
    folder = Path(resolve_block.stats.cache_path)  # type: ignore[attr-defined]
    newest = max(path.stat().st_mtime for path in SOURCES)
    return any(path.stat().st_mtime > newest for path in folder.glob("kernel.resolve_block-*.nbi"))


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
    resolve_block(
        columns,
        (ends, times),
        np.empty(most, dtype=ROW),
        np.empty(people, dtype=PERSON),
        np.empty(KINDS, dtype=POOL),
        np.empty(1, dtype=DAY),
        np.empty(KINDS * most, dtype=np.int64),
        first_row,
        tuple(vars(roster).values()),
    )
    made = dict(zip((*ENDS, *TIMES), (*ends, *times), strict=True))
    return Resolved(**{name: made[name].astype(kind.dtype, copy=False) for name, kind in kinds(Resolved).items()})
