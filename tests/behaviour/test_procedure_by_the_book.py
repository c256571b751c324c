"""The engine against a second one, written from the words of design section 1 and as plain as they are.

It knows no events and no queues in order: at each instant it looks through everything that goes on and does what the
design says, in the order in which it says it. It shares the log and the names of outcomes with the engine, and no rule.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pytest
from hypothesis import given, settings
from tiny import Alert, Deployment, campaigns, minimal, resolved

from simulator.experiment.replications import run_block
from simulator.response import outcomes as o
from simulator.response.lists import DeploymentRules, Log, Session, one_by_one
from simulator.response.plan import FINDS_BYSTANDER, FINDS_NOBODY
from simulator.response.resolve import resolve, roster_of
from simulator.scenario import load_scenario

VANS, CHECKERS, TEAMS, OPERATORS = range(4)


@dataclass
class Campaign:
    """What is carried from one deployment to the next, and whoever is at work at this time."""

    arrested: set[int] = field(default_factory=set)
    stopped: set[tuple[int, int]] = field(default_factory=set)
    at_work: list[Afternoon] = field(default_factory=list)


class Afternoon:
    """One deployment: work that is *due* at a time, and queues of rows with (time joined, time of giving up)."""

    def __init__(self, rules: DeploymentRules, log: Log, campaign: Campaign) -> None:
        self.rules, self.log, self.plan, self.campaign = rules, log, log.plan, campaign
        self.staff, self.busy = rules.staff, [0, 0, 0, 0]
        self.due: dict[int, tuple[float, str]] = {}
        self.queues: list[dict[int, tuple[float, float]]] = [{}, {}, {}, {}]

    def open_cameras(self, rows: range) -> None:
        """Put down when the system alerts and when staff changes, on the clock of the session."""
        since_s = self.rules.since_s
        self.arrivals = {row: since_s + self.plan.time_s[row] for row in rows}
        self.leaves_s = {row: since_s + self.plan.leaves_s[row] for row in rows}
        self.shifts = {since_s + at_s: staff for at_s, staff in self.rules.shifts}

    def times(self) -> list[float]:
        """When something is still to happen here."""
        limits = [until for kind in (VANS, CHECKERS) for _, until in self.queues[kind].values()]
        return [*self.arrivals.values(), *self.shifts, *limits, *(at for at, _ in self.due.values())]

    def complete_all(self, now: float) -> None:
        """Everything that ends now, by row number, and what ends now because it takes no time."""
        while True:
            ended = [row for row, (at, _) in self.due.items() if at == now]
            limited = {row: kind for kind in (VANS, CHECKERS) for row, (_, u) in self.queues[kind].items() if u <= now}
            if not ended and not limited:
                return
            for row in sorted([*ended, *limited]):
                if row in limited:
                    del self.queues[limited[row]][row]
                    self.give_up(row, limited[row], now)
                else:
                    getattr(self, f"end_{self.due.pop(row)[1]}")(row, now)

    def grant_all(self, now: float) -> bool:
        """One round of grants: vans, checkers, teams, operators, each by (priority, time joined, row)."""
        granted = []
        for kind in (VANS, CHECKERS, TEAMS, OPERATORS):
            self.drop_leavers(kind, now)
            queue = self.queues[kind]
            for row in sorted(queue, key=lambda row: (self.plan.priority[row], queue[row][0], row)):
                if self.busy[kind] < self.staff[kind]:
                    del queue[row]
                    self.busy[kind] += 1
                    granted.append((kind, row))
        for kind, row in granted:
            self.start(kind, row, now)
        return bool(granted)

    def drop_leavers(self, kind: int, now: float) -> None:
        """Being out of reach wins ties."""
        for row, (_, leaves) in list(self.queues[kind].items()):
            if leaves <= now and kind in (TEAMS, OPERATORS):
                del self.queues[kind][row]
                self.log.end(row, o.NO_TEAM if kind == TEAMS else o.NOT_REVIEWED, o.NONE, leaves)

    def arrive(self, row: int, now: float) -> None:
        person = self.plan.person[row]
        at_work = [row for afternoon in self.campaign.at_work for row in afternoon.open_rows(now)]
        earlier = [other for other in at_work if self.plan.person[other] == person]
        held = [other for other in earlier if not np.isnan(self.log.stop_s[other]) and not self.log.bystander[other]]
        if person in self.campaign.arrested or held:
            self.log.end(row, o.VOID, o.NONE, now)
        elif earlier:
            self.log.end(row, o.REPEAT, o.NONE, now)
        elif (person, self.rules.day) in self.campaign.stopped and self.plan.remembered[row]:
            self.log.end(row, o.DISMISSED, o.KNOWN, now)
        else:
            self.queues[OPERATORS][row] = now, self.leaves_s[row]

    def open_rows(self, now: float) -> set[int]:
        """Rows being worked on, and rows waiting that have not left."""
        return set(self.due) | {row for queue in self.queues for row, (_, leaves) in queue.items() if now < leaves}

    def start(self, kind: int, row: int, now: float) -> None:
        stage = ("run", "check", "search", "review")[kind]
        getattr(self.log, f"{stage}_start_s")[row] = now
        length = {"run": "custody"}.get(stage, stage)
        self.due[row] = now + getattr(self.plan, f"{length}_s")[row], stage
        if kind == CHECKERS:
            self.busy[TEAMS] -= 1

    def end_review(self, row: int, now: float) -> None:
        self.log.review_end_s[row] = now
        self.busy[OPERATORS] -= 1
        if not self.plan.accepted[row]:
            self.log.end(row, o.DISMISSED, o.OPERATOR, now)
        elif self.leaves_s[row] <= now:
            self.log.end(row, o.GONE, o.NONE, now)
        else:
            self.queues[TEAMS][row] = now, self.leaves_s[row]

    def end_search(self, row: int, now: float) -> None:
        self.log.search_end_s[row] = now
        bystander = self.plan.finds[row] == FINDS_BYSTANDER
        there = bystander or (self.plan.finds[row] != FINDS_NOBODY and now < self.leaves_s[row])
        if not there or not (bystander or self.plan.second_accepted[row]):
            self.busy[TEAMS] -= 1
            end = (o.DISMISSED, o.SECOND_LOOK) if there else (o.NOT_FOUND, o.NONE)
            return self.log.end(row, *end, now)
        self.log.stop_s[row], self.log.bystander[row] = now, bystander
        if not bystander:
            self.campaign.stopped.add((self.plan.person[row], self.rules.day))
        self.queues[CHECKERS][row] = now, now + self.rules.hold_limit_s
        return None

    def end_check(self, row: int, now: float) -> None:
        self.log.check_end_s[row] = now
        outcome, reason = o.ENDS[self.plan.finding[row]]
        if outcome != o.ARRESTED:
            self.busy[CHECKERS] -= 1
            return self.log.end(row, outcome, reason, now)
        if not self.log.bystander[row]:
            self.campaign.arrested.add(self.plan.person[row])
        self.queues[VANS][row] = now, now + self.rules.van_limit_s
        return None

    def end_run(self, row: int, now: float) -> None:
        self.log.run_end_s[row] = now
        self.busy[VANS] -= 1
        self.busy[CHECKERS] -= 1
        self.log.end(row, o.ARRESTED, o.NONE, now)

    def give_up(self, row: int, kind: int, now: float) -> None:
        if kind == CHECKERS:
            self.busy[TEAMS] -= 1
            return self.log.end(row, o.RELEASED, o.NO_CHECKERS, now)
        self.busy[CHECKERS] -= 1
        return self.log.end(row, o.ARRESTED, o.NO_VAN, now)


def by_the_book(sessions: list[Session], log: Log) -> None:
    """Resolve one replication."""
    campaign = Campaign()
    for session in sessions:
        resolve_session(session, log, campaign, Afternoon)


def resolve_session(session: Session, log: Log, campaign: Campaign, kind_of: type[Afternoon]) -> None:
    """Go from instant to instant while anything is still to happen anywhere."""
    at_work = campaign.at_work = [kind_of(rules, log, campaign) for rules, _ in session]
    for afternoon, (_, rows) in zip(at_work, session, strict=True):
        afternoon.open_cameras(rows)
    while times := [at for afternoon in at_work for at in afternoon.times()]:
        now = min(times)
        for afternoon in at_work:
            afternoon.complete_all(now)
        for afternoon in at_work:
            afternoon.staff = afternoon.shifts.pop(now, afternoon.staff)
        for afternoon in at_work:
            for row in sorted(row for row, at in afternoon.arrivals.items() if at == now):
                del afternoon.arrivals[row]
                afternoon.arrive(row, now)
        while any([afternoon.grant_all(now) for afternoon in at_work]):  # noqa: C419 - every desk has its turn
            for afternoon in at_work:
                afternoon.complete_all(now)
    for afternoon, (rules, rows) in zip(at_work, session, strict=True):
        for kind in (TEAMS, OPERATORS):
            afternoon.drop_leavers(kind, float("inf"))
        log.count_from(rules.since_s, rows)


@settings(derandomize=True, deadline=None, max_examples=300)
@given(campaigns(together=True))
def test_the_engine_does_what_the_book_says(deployments: list[Deployment]) -> None:
    """Every outcome, reason, flag and time of small campaigns full of ties."""
    assert resolved(*deployments) == resolved(*deployments, engine=by_the_book)


@pytest.mark.parametrize(
    "overrides",
    [
        (),
        ("officers.operators=1", "officers.teams=1", "officers.checkers=1", "officers.vans=1"),
        (
            "recogniser.preset=npl",
            "recogniser.threshold=0.58",
            "officers.shifts=[{after_min: 30.5, teams: 0}, {after_min: 61, teams: 2, operators: 1}, {after_min: 90, vans: 1}]",
            "procedure.bystander=0.2",
            "procedure.second_look={accept_true: 0.9, accept_false: 0.3}",
        ),
    ],
    ids=["as shipped", "one of everybody", "many alerts and shifts"],
)
def test_on_a_real_street_the_engine_does_what_the_book_says(overrides: tuple[str, ...]) -> None:
    """Bit for bit, in campaigns as they are drawn; a few suffice, because the book is slow."""
    scenario = load_scenario("croydon-static", overrides)
    block = run_block(scenario, 20_260_116, 0, 50, ignorance=False)
    first = np.flatnonzero(block.alerts.replication < (5 if len(overrides) > 4 else 15))
    book = resolve(
        roster_of(scenario, block.inputs), block.alerts.take(first), block.plan.take(first), one_by_one(by_the_book)
    )

    assert len(first) > 1000
    for name, values in vars(block.resolved).items():
        np.testing.assert_array_equal(values[first], getattr(book, name), err_msg=name)


def test_the_comparison_would_see_a_wrong_rule() -> None:
    """A book that lets a person be reviewed at the instant of leaving differs in the smallest case."""

    class Lenient(Afternoon):
        def drop_leavers(self, kind: int, now: float) -> None:
            super().drop_leavers(kind, now if now == float("inf") else now - 1)

    def lenient(sessions: list[Session], log: Log) -> None:
        for session in sessions:
            resolve_session(session, log, Campaign(), Lenient)

    day = Deployment([Alert(0, 1, review=10), Alert(1, 2, reach=9)])

    assert resolved(day) != resolved(day, engine=lenient)


def test_shifts_and_times_off_the_grid_are_resolved_alike() -> None:
    """A shift at a third of a minute is no multiple of 1/1024 s; both engines add the same numbers in the same order."""
    scenario = minimal(
        "officers.operators=0", "officers.shifts=[{after_min: 100.1, operators: 1}]", "street.passages_per_hour=20000"
    )
    block = run_block(scenario, 3, 0, 50, ignorance=False)
    book = resolve(roster_of(scenario, block.inputs), block.alerts, block.plan, one_by_one(by_the_book))

    np.testing.assert_array_equal(block.resolved.end_s, book.end_s)
