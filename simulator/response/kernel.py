"""The compiled engine: replication after replication through the clock, and what happens at one instant in which order.

Completions, then shift changes, then arrivals, and only then grants; again until nothing changes. The stages are in
kernel_stages.py, staff and queues in kernel_desk.py.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from simulator.response import outcomes as o
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
from simulator.response.plan import Plan
from simulator.response.resolve import TIME_COLUMNS, Resolved, Roster
from simulator.scenario.quantity import Array
from simulator.street.people import Index

# One compiled version: whatever the columns come as, they arrive as these.
PLAN_TYPES = {name: {"f": "f8", "i": "i8", "b": "?"}[ROW[name].kind] for name in Plan.__dataclass_fields__}


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
    """Resolve every replication: its part of the columns of *plan* into records, through the days, into *log*."""
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
    for row in range(number):
        it, at = rows[row], first + row
        it.time_s, it.person, it.priority, it.leaves_s = plan[0][at], plan[1][at], plan[2][at], plan[3][at]
        it.remembered, it.review_s, it.accepted, it.search_s = plan[4][at], plan[5][at], plan[6][at], plan[7][at]
        it.finds, it.second_accepted, it.check_s = plan[8][at], plan[9][at], plan[10][at]
        it.finding, it.custody_s = plan[11][at], plan[12][at]
        it.outcome, it.reason, it.bystander = -1, o.NONE, 0
        it.review_start_s = it.review_end_s = it.search_start_s = it.search_end_s = it.stop_s = np.nan
        it.check_start_s = it.check_end_s = it.run_start_s = it.run_end_s = it.end_s = np.nan


@compiled
def write_log(log: Any, rows: Rows, first: int, number: int) -> None:
    """Copy what happened into the columns of *log*."""
    for row in range(number):
        it, at = rows[row], first + row
        log[0][at], log[1][at], log[2][at] = it.outcome, it.reason, it.bystander
        log[3][at], log[4][at], log[5][at] = it.review_start_s, it.review_end_s, it.search_start_s
        log[6][at], log[7][at], log[8][at] = it.search_end_s, it.stop_s, it.check_start_s
        log[9][at], log[10][at], log[11][at] = it.check_end_s, it.run_start_s, it.run_end_s
        log[12][at] = it.end_s


def is_on_disk() -> bool:
    """Whether machine code for this source lies on the disk, as far as its name tells."""
    folder = Path(resolve_block.stats.cache_path)  # type: ignore[attr-defined]
    newest = max(path.stat().st_mtime for path in SOURCES)
    return any(path.stat().st_mtime > newest for path in folder.glob("kernel.resolve_block-*.nbi"))


def by_kernel(roster: Roster, first_row: Index, plan: Plan) -> Resolved:
    """Resolve a block with the compiled engine."""
    n = len(plan)
    columns = tuple(np.ascontiguousarray(getattr(plan, name), kind) for name, kind in PLAN_TYPES.items())
    per_replication = np.diff(first_row[:: len(roster.day)])
    most = int(per_replication.max(initial=0))
    codes, times = np.empty((3, n), dtype=np.int64), np.empty((len(TIME_COLUMNS), n))
    people = int(columns[1].max(initial=-1)) + 1
    resolve_block(
        columns,
        (*codes, *times),
        np.empty(most, dtype=ROW),
        np.empty(people, dtype=PERSON),
        np.empty(KINDS, dtype=POOL),
        np.empty(1, dtype=DAY),
        np.empty(KINDS * most, dtype=np.int64),
        first_row,
        tuple(vars(roster).values()),
    )
    return Resolved(*codes, *times)
