"""The desk of the compiled engine: staff, queues and calendar. Beside it lies desk.py, the same for SimPy.

Records of numpy take the place of objects: a row for each alert of a replication, a person for everybody who alerts, four
pools of officers for every deployment of a session, and the day. Queues and calendar are chains through the rows: nothing
is allocated.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias, TypeVar, cast

import numpy as np
from numba import njit

from simulator.response.columns import Plan, Resolved, kinds
from simulator.street.people import WANTED, Index

F = TypeVar("F", bound=Callable[..., Any])
# numba reads the types of these from their dtypes; for the type checker they are whatever is asked of them
Rows: TypeAlias = Any
People: TypeAlias = Any
Desk: TypeAlias = Any
Day: TypeAlias = Any
# Grants are made in this order.
VANS, CHECKERS, TEAMS, OPERATORS = range(4)
KINDS = 4
# An alert waits for one of these, or is in one of four stages, or has ended.
REVIEW, SEARCH, CHECK, RUN, ENDED = range(KINDS, KINDS + 5)
NEVER, NOBODY = np.inf, -1
# What the machine code is made from: rules, codes and columns.
SOURCES = tuple(
    Path(__file__).with_name(f"{name}.py")
    for name in ("kernel", "kernel_stages", "kernel_desk", "kernel_columns", "outcomes", "plan", "columns")
)


def _fingerprint() -> str:
    """A word that changes with the source: numba looks at one file only before it uses machine code from the disk."""
    return hashlib.sha256(b"".join(path.read_bytes() for path in SOURCES)).hexdigest()[:8]


def _record(*fields: tuple[str, str]) -> np.dtype[np.void]:
    # widest first, so that nothing is padded: the rows of a replication are to stay in the nearest cache
    return np.dtype(sorted(fields, key=lambda field: -np.dtype(field[1]).itemsize), align=True)


# The columns of plan and log, and where the alert stands: *doing* it *until_s*, in the queue since *joined_s*, with
# neighbours in the chain of a queue and in that of the calendar; the *date* and the first pool of its deployment's *desk*.
ROW = _record(
    *((name, kind.narrow) for table in (Plan, Resolved) for name, kind in kinds(table).items()),
    *(("doing", "i1"), ("until_s", "f8"), ("joined_s", "f8"), ("date", "i4"), ("desk", "i4"), ("stop_before", "i4")),
    *((name, "i4") for name in ("before", "after", "sooner", "later")),
    (f"source_{_fingerprint()}", "?"),
)
# What is known of a person: arrested in this replication, held now, until when an alert is open, row of the last stop.
PERSON = _record(("arrested", "?"), ("held", "?"), ("open_until_s", "f8"), ("last_stop", "i4"))
# Officers of one kind: how many there are and are busy, the ends of the queue for them, and the last in it of those who
# are served first.
POOL = _record(*((name, "i8") for name in ("staff", "busy", "first", "last", "last_wanted")))
# The session: ends of the calendar, the first and last desk where grants are due, when the next arrival or shift change
# comes, the rules.
DAY = _record(
    *(("soonest", "i8"), ("latest", "i8"), ("due_from", "i8"), ("due_to", "i8"), ("others_s", "f8")),
    *(("hold_limit_s", "f8"), ("van_limit_s", "f8")),
)


def compiled(function: F) -> F:
    """Compile *function* into its callers at their first call; the machine code of those is kept on disk.

    No fast arithmetic: sums are exact. Calls would cost as much as the steps they stand for, hence ``forceinline``.
    Nothing is allocated in compiled code, so it needs no counting of references (``_nrt``), a quarter of its time.
    """
    options: dict[str, Any] = {"cache": True, "error_model": "numpy", "forceinline": True, "_nrt": False}
    return cast(F, njit(**options)(function))


@compiled
def open_desks(desk: Desk, day: Day, desks: int) -> None:
    """Nobody waits, nobody is busy, nothing is due."""
    for pool in range(desks * KINDS):
        desk[pool].busy = 0
        desk[pool].first = desk[pool].last = desk[pool].last_wanted = NOBODY
    day.soonest = day.latest = NOBODY
    day.due_from = day.due_to = NOBODY


@compiled
def owe_grants(day: Day, its_desk: int) -> None:
    """Somebody may be granted an officer of the desk whose first pool is *its_desk*."""
    if day.due_to == NOBODY:
        day.due_from = day.due_to = its_desk
    else:
        day.due_from = min(day.due_from, its_desk)
        day.due_to = max(day.due_to, its_desk)


@compiled
def change_staff(desk: Desk, day: Day, its_desk: int, staff: Index, shift: int, own_staff: Index) -> None:
    """Other numbers from now on, those of *staff* (shifts, 4) or the desk's own; the next release pays what is owed."""
    for kind in range(KINDS):
        desk[its_desk + kind].staff = own_staff[kind] if own_staff[kind] >= 0 else staff[shift, kind]
    owe_grants(day, its_desk)


@compiled
def next_due_s(rows: Rows, day: Day) -> float:
    """When the next thing is due."""
    return rows[day.soonest].until_s if day.soonest != NOBODY else NEVER


@compiled
def begin(rows: Rows, day: Day, row: int, doing: int, until_s: float) -> None:
    """From now to *until_s* the alert in *row* is *doing* this; the calendar is a chain, because few are in it."""
    rows[row].doing = doing
    rows[row].until_s = until_s
    sooner, later = NOBODY, day.soonest
    while later != NOBODY and rows[later].until_s < until_s:
        sooner, later = later, rows[later].later
    rows[row].sooner = sooner
    rows[row].later = later
    if sooner == NOBODY:
        day.soonest = row
    else:
        rows[sooner].later = row
    if later == NOBODY:
        day.latest = row
    else:
        rows[later].sooner = row


@compiled
def strike(rows: Rows, day: Day, row: int) -> None:
    """Take *row* out of the calendar."""
    sooner, later = rows[row].sooner, rows[row].later
    if sooner == NOBODY:
        day.soonest = later
    else:
        rows[sooner].later = later
    if later == NOBODY:
        day.latest = sooner
    else:
        rows[later].sooner = sooner


@compiled
def request(rows: Rows, desk: Desk, day: Day, kind: int, row: int, now: float) -> bool:
    """True if one of *kind* is free, nobody else wants one and nothing else happens now; otherwise *row* waits."""
    pool = rows[row].desk + kind
    quiet = day.due_to == NOBODY and day.others_s > now and next_due_s(rows, day) > now
    if quiet and desk[pool].busy < desk[pool].staff and desk[pool].first == NOBODY:
        desk[pool].busy += 1
        return True
    join_queue(rows, desk, kind, row, now)
    owe_grants(day, rows[row].desk)
    return False


@compiled
def release(rows: Rows, desk: Desk, day: Day, kind: int, row: int) -> None:
    """One of *kind* who dealt with *row* is free again, or goes on the break that was due."""
    pool = rows[row].desk + kind
    desk[pool].busy -= 1
    if desk[pool].first != NOBODY:
        owe_grants(day, rows[row].desk)


@compiled
def goes_first(rows: Rows, a: int, b: int) -> bool:
    """Whether row *a* is served before row *b*: by priority, time joined, row."""
    if rows[a].priority != rows[b].priority:
        return bool(rows[a].priority < rows[b].priority)
    if rows[a].joined_s != rows[b].joined_s:
        return bool(rows[a].joined_s < rows[b].joined_s)
    return a < b


@compiled
def join_queue(rows: Rows, desk: Desk, kind: int, row: int, now: float) -> None:
    """Wait for one of *kind*, from the end of the queue, or of those served first in it, forward to one's place."""
    rows[row].doing = kind
    rows[row].joined_s = now
    wanted, pool = rows[row].priority == WANTED, rows[row].desk + kind
    before = desk[pool].last_wanted if wanted else desk[pool].last
    after = rows[before].after if before != NOBODY else desk[pool].first
    while before != NOBODY and goes_first(rows, row, before):
        before, after = rows[before].before, before
    rows[row].before = before
    rows[row].after = after
    if before == NOBODY:
        desk[pool].first = row
    else:
        rows[before].after = row
    if after == NOBODY:
        desk[pool].last = row
    else:
        rows[after].before = row
    if wanted and (after == NOBODY or rows[after].priority != WANTED):
        desk[pool].last_wanted = row


@compiled
def leave_queue(rows: Rows, desk: Desk, kind: int, row: int) -> None:
    """Wait no longer."""
    before, after, pool = rows[row].before, rows[row].after, rows[row].desk + kind
    if desk[pool].last_wanted == row:
        desk[pool].last_wanted = before
    if before == NOBODY:
        desk[pool].first = after
    else:
        rows[before].after = after
    if after == NOBODY:
        desk[pool].last = before
    else:
        rows[after].before = before
