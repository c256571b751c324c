"""The procedure on the street, compiled: the same stages in the same order as process.py, over the rows of a replication.

Read it beside process.py, whose *handle* and *check* are cut here at their waits: a stage starts, and ends when the
calendar says so. The engines share the columns of plan and log and the codes of the outcomes, and no rule.
"""

from __future__ import annotations

import numpy as np

from simulator.response import outcomes as o
from simulator.response.kernel_desk import (
    CHECK,
    CHECKERS,
    ENDED,
    NEVER,
    NOBODY,
    OPERATORS,
    REVIEW,
    RUN,
    SEARCH,
    TEAMS,
    VANS,
    Day,
    Desk,
    People,
    Rows,
    begin,
    compiled,
    release,
    request,
)
from simulator.response.plan import FINDS_BYSTANDER, FINDS_NOBODY

OUTCOME_OF, REASON_OF = (np.array([o.ENDS[finding][i] for finding in sorted(o.ENDS)]) for i in range(2))


@compiled
def alert(rows: Rows, people: People, desk: Desk, day: Day, row: int, now: float) -> None:
    """The system alerts: on somebody in custody, already dealt with, recognised, or for an operator to review."""
    person = people[rows[row].person]
    if person.arrested or person.held:
        end(rows, row, o.VOID, o.NONE, now)
    elif now < person.open_until_s:
        end(rows, row, o.REPEAT, o.NONE, now)
    elif rows[row].remembered and stopped_that_day(rows, row, person.last_stop):
        end(rows, row, o.DISMISSED, o.KNOWN, now)
    else:
        # The operator compares the face on the screen with the entry.
        person.open_until_s = rows[row].leaves_s
        if rows[row].leaves_s <= now:
            end(rows, row, o.NOT_REVIEWED, o.NONE, rows[row].leaves_s)
        elif request(rows, desk, day, OPERATORS, row, now):
            start_review(rows, people, day, row, now)


@compiled
def start_review(rows: Rows, people: People, day: Day, row: int, now: float) -> None:
    """An operator begins."""
    people[rows[row].person].open_until_s = NEVER
    rows[row].review_start_s = now
    begin(rows, day, row, REVIEW, now + rows[row].review_s)


@compiled
def end_review(rows: Rows, people: People, desk: Desk, day: Day, row: int, now: float) -> None:
    """The operator has decided."""
    rows[row].review_end_s = now
    release(rows, desk, day, OPERATORS, row)
    if not rows[row].accepted:
        close(rows, people, row, o.DISMISSED, o.OPERATOR, now)
    elif rows[row].leaves_s <= now:
        close(rows, people, row, o.GONE, o.NONE, now)
    else:
        # A plain-clothes team looks for the person in the crowd.
        people[rows[row].person].open_until_s = rows[row].leaves_s
        if request(rows, desk, day, TEAMS, row, now):
            start_search(rows, people, day, row, now)


@compiled
def start_search(rows: Rows, people: People, day: Day, row: int, now: float) -> None:
    """A team begins."""
    people[rows[row].person].open_until_s = NEVER
    rows[row].search_start_s = now
    begin(rows, day, row, SEARCH, now + rows[row].search_s)


@compiled
def end_search(rows: Rows, people: People, desk: Desk, day: Day, row: int, now: float) -> None:
    """The search has ended, by a stop or without one."""
    rows[row].search_end_s = now
    bystander = rows[row].finds == FINDS_BYSTANDER
    if rows[row].finds == FINDS_NOBODY or (rows[row].leaves_s <= now and not bystander):
        release(rows, desk, day, TEAMS, row)
        close(rows, people, row, o.NOT_FOUND, o.NONE, now)
    elif not rows[row].second_accepted and not bystander:
        release(rows, desk, day, TEAMS, row)
        close(rows, people, row, o.DISMISSED, o.SECOND_LOOK, now)
    else:
        # The stop: the team holds the person until uniformed checkers take over.
        rows[row].stop_s = now
        rows[row].bystander = bystander
        if not bystander:
            person = people[rows[row].person]
            person.held = True
            rows[row].stop_before = person.last_stop
            person.last_stop = row
        if day.hold_limit_s <= 0.0:
            give_up(rows, people, desk, day, row, CHECKERS, now)
        elif request(rows, desk, day, CHECKERS, row, now):
            start_check(rows, desk, day, row, now)
        else:
            begin(rows, day, row, CHECKERS, now + day.hold_limit_s)


@compiled
def start_check(rows: Rows, desk: Desk, day: Day, row: int, now: float) -> None:
    """Checkers establish who it is."""
    release(rows, desk, day, TEAMS, row)
    rows[row].check_start_s = now
    begin(rows, day, row, CHECK, now + rows[row].check_s)


@compiled
def end_check(rows: Rows, people: People, desk: Desk, day: Day, row: int, now: float) -> None:
    """After an arrest the checkers ride with the van and are away until it is back."""
    rows[row].check_end_s = now
    outcome = OUTCOME_OF[rows[row].finding]
    if outcome != o.ARRESTED:
        release(rows, desk, day, CHECKERS, row)
        close(rows, people, row, outcome, REASON_OF[rows[row].finding], now)
        return
    if not rows[row].bystander:
        people[rows[row].person].arrested = True
    if day.van_limit_s <= 0.0:
        give_up(rows, people, desk, day, row, VANS, now)
    elif request(rows, desk, day, VANS, row, now):
        start_run(rows, day, row, now)
    else:
        begin(rows, day, row, VANS, now + day.van_limit_s)


@compiled
def start_run(rows: Rows, day: Day, row: int, now: float) -> None:
    """Van and checkers leave together."""
    rows[row].run_start_s = now
    begin(rows, day, row, RUN, now + rows[row].custody_s)


@compiled
def end_run(rows: Rows, people: People, desk: Desk, day: Day, row: int, now: float) -> None:
    """Van and checkers are back."""
    rows[row].run_end_s = now
    release(rows, desk, day, VANS, row)
    release(rows, desk, day, CHECKERS, row)
    close(rows, people, row, o.ARRESTED, o.NONE, now)


@compiled
def give_up(rows: Rows, people: People, desk: Desk, day: Day, row: int, kind: int, now: float) -> None:
    """Nobody of *kind* came within the limit."""
    if kind == CHECKERS:
        release(rows, desk, day, TEAMS, row)
        close(rows, people, row, o.RELEASED, o.NO_CHECKERS, now)
    else:
        release(rows, desk, day, CHECKERS, row)
        close(rows, people, row, o.ARRESTED, o.NO_VAN, now)


@compiled
def close(rows: Rows, people: People, row: int, outcome: int, reason: int, now: float) -> None:
    """The alert ends now, and the person's next passage is a new one."""
    person = people[rows[row].person]
    person.open_until_s = -NEVER
    person.held = False
    end(rows, row, outcome, reason, now)


@compiled
def end(rows: Rows, row: int, outcome: int, reason: int, at_s: float) -> None:
    """Close the alert in *row*."""
    rows[row].doing = ENDED
    rows[row].outcome = outcome
    rows[row].reason = reason
    rows[row].end_s = at_s


@compiled
def stopped_that_day(rows: Rows, row: int, stop: int) -> bool:
    """Whether the *stop* in that row, or one of the person's stops before, was on the day of *row* at its place."""
    while stop != NOBODY:
        if rows[stop].date == rows[row].date:
            return True
        stop = rows[stop].stop_before
    return False
