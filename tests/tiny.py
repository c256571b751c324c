"""Tiny hand-made deployments: every number of every alert given by hand, and the whole log as lines of text.

All times are minutes after camera-on. A person alone on the street with one of every officer is handled like this:

    >>> handled(Deployment([Alert(0, finding="arrest")]))
    ['review 0-1, search 1-4, stop 4, check 4-12, run 12-57, arrested 57']
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import numpy as np
from hypothesis import strategies as st
from scenario_texts import MINIMAL

from simulator.evidence.counted.measures import measure
from simulator.experiment.log import AlertLog, alert_log
from simulator.experiment.replications import Block, Cell
from simulator.response import outcomes as o
from simulator.response.columns import TIMES, Plan
from simulator.response.lists import DeploymentRules, Log, Resolver, Session
from simulator.response.plan import FINDS_BYSTANDER, FINDS_NOBODY, FINDS_PERSON
from simulator.response.process import by_processes, resolve_replication
from simulator.response.resolve import resolve, roster_of
from simulator.scenario import Scenario, load_scenario
from simulator.scenario.inputs import median_inputs
from simulator.street.candidates import Candidates, Envelope, ListedTrips, Passages
from simulator.street.mask import FALSE, TRUTHS, Alerts
from simulator.street.people import Rows

FINDS = {"nobody": FINDS_NOBODY, "person": FINDS_PERSON, "bystander": FINDS_BYSTANDER}
KINDS = ("vans", "checkers", "teams", "operators")


@dataclass(frozen=True)
class Alert:
    """One alert: *at* a time on *person*, and what handling it would take; durations in minutes."""

    at: float
    person: int = 1
    reach: float = 20
    review: float = 1
    accepted: bool = True
    search: float = 3
    finds: str = "person"
    second_look: bool = True
    check: float = 8
    finding: str = "no_action"
    custody: float = 45
    priority: int = 0
    remembered: bool = False
    truth: str = "true_wanted"

    @property
    def leaves(self) -> float:
        """When the person is out of reach."""
        return self.at + self.reach


@dataclass(frozen=True)
class Deployment:
    """The *alerts* of one deployment in the order of their rows, its staff, *shifts* by minute, limits and *day*.

    With *since*, its cameras go on so many minutes after those of the deployment that opened the session before it.
    """

    alerts: Sequence[Alert]
    operators: int = 1
    teams: int = 1
    checkers: int = 1
    vans: int = 1
    shifts: Mapping[float, Mapping[str, int]] = field(default_factory=dict)
    hold_limit: float = 15
    van_limit: float = 30
    day: int = 1
    since: float | None = None

    def staff(self, at: float = 0) -> dict[str, int]:
        """Officers on duty by kind from the shift changes up to and including minute *at*."""
        numbers = {kind: getattr(self, kind) for kind in KINDS}
        for minute in sorted(self.shifts):
            if minute <= at:
                numbers |= self.shifts[minute]
        return numbers

    @property
    def rules(self) -> DeploymentRules:
        """The same as an engine reads it, in seconds."""
        return DeploymentRules(
            self.day,
            _by_kind(self.staff()),
            tuple((minute * 60.0, _by_kind(self.staff(minute))) for minute in sorted(self.shifts)),
            self.hold_limit * 60.0,
            self.van_limit * 60.0,
            (self.since or 0) * 60.0,
        )


@dataclass(frozen=True)
class Handled:
    """How one alert was handled: words, and times in minutes, None where it was not reached."""

    alert: Alert
    outcome: str
    reason: str
    bystander: bool
    review_start: float | None
    review_end: float | None
    search_start: float | None
    search_end: float | None
    stop: float | None
    check_start: float | None
    check_end: float | None
    run_start: float | None
    run_end: float | None
    end: float

    def __str__(self) -> str:
        parts = [
            f"{name} {_clock(start)}-{_clock(end)}"
            for name, start, end in (
                ("review", self.review_start, self.review_end),
                ("search", self.search_start, self.search_end),
                ("check", self.check_start, self.check_end),
                ("run", self.run_start, self.run_end),
            )
            if start is not None or end is not None
        ]
        if self.stop is not None:
            parts.insert(2, f"{'bystander ' * self.bystander}stop {_clock(self.stop)}")
        return ", ".join([*parts, " ".join(filter(None, (self.outcome, self.reason, _clock(self.end))))])


def handled(*deployments: Deployment, engine: Resolver = resolve_replication) -> list[str]:
    """The whole log of one replication, one line per alert in the order of the rows."""
    return [str(item) for one in resolved(*deployments, engine=engine) for item in one]


def resolved(*deployments: Deployment, engine: Resolver = resolve_replication) -> list[list[Handled]]:
    """One replication of *deployments* in the order given, resolved by *engine*: the alerts of each."""
    log = Log(plan_of([alert for one in deployments for alert in one.alerts]))
    rows, first = [], 0
    for one in deployments:
        times = [alert.at for alert in one.alerts]
        assert times == sorted(times), f"rows are numbered by time (got {times})"
        rows.append(range(first, first + len(times)))
        first += len(times)
    sessions: list[Session] = []
    for one, its_rows in zip(deployments, rows, strict=True):
        sessions += [[]] if one.since is None or not sessions else []
        sessions[-1].append((one.rules, its_rows))
    engine(sessions, log)
    return [
        [_handled(alert, log, row) for alert, row in zip(d.alerts, r, strict=True)]
        for d, r in zip(deployments, rows, strict=True)
    ]


def plan_of(alerts: Sequence[Alert]) -> Plan:
    """The plan of hand-made *alerts*."""

    def seconds(name: str) -> np.ndarray:
        return np.array([getattr(alert, name) for alert in alerts], dtype=float) * 60.0

    def codes(values: list[int]) -> np.ndarray:
        return np.array(values, dtype=np.int64)

    return Plan(
        time_s=seconds("at"),
        person=codes([alert.person for alert in alerts]),
        priority=codes([alert.priority for alert in alerts]),
        leaves_s=seconds("at") + seconds("reach"),
        remembered=np.array([alert.remembered for alert in alerts], dtype=bool),
        review_s=seconds("review"),
        accepted=np.array([alert.accepted for alert in alerts], dtype=bool),
        search_s=seconds("search"),
        finds=codes([FINDS[alert.finds] for alert in alerts]),
        second_accepted=np.array([alert.second_look for alert in alerts], dtype=bool),
        check_s=seconds("check"),
        finding=codes([o.FINDINGS.index(alert.finding) for alert in alerts]),
        custody_s=seconds("custody"),
    )


def on_clocks(deployments: Sequence[Deployment]) -> dict[str, np.ndarray]:
    """What a Roster says of hand-made *deployments* of one force: which of them share a clock."""
    opens = np.array([one.since is None or i == 0 for i, one in enumerate(deployments)])
    since_s = np.array([(one.since or 0) * 60.0 for one in deployments])
    return apart(len(deployments)) | {"session": np.cumsum(opens) - 1, "since_s": since_s}


def apart(days: int) -> dict[str, np.ndarray]:
    """What a Roster says of deployments that are apart in time and have no staff of their own."""
    return {"own_staff": np.full((days, 4), -1), "session": np.arange(days), "since_s": np.zeros(days)}


@cache
def minimal(*overrides: str) -> Scenario:
    """The smallest scenario of ``scenario_texts``, with *overrides* as on the command line."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "minimal.yaml"
        path.write_text(MINIMAL, encoding="utf-8")
        return load_scenario(path, overrides)


def block_of(scenario: Scenario, *replications: Sequence[Sequence[Alert]], others_listed: int = 0) -> Block:
    """A block of hand-made *replications*: for each of the *scenario*'s deployments its alerts.

    Everybody whose alert is not plainly ``false`` is listed and came past, and so did *others_listed* in the first
    replication. 1,000 passages each were counted.
    """
    days = len(scenario.campaign.days)
    assert all(len(deployments) == days for deployments in replications), f"give alerts for all {days} deployments"
    cells = [
        (r, d, alert) for r, deployments in enumerate(replications) for d, a in enumerate(deployments) for alert in a
    ]
    made = [alert for _, _, alert in cells]
    n = len(made)
    replication = np.array([r for r, _, _ in cells], dtype=np.int64)
    plan = plan_of(made)
    zeros = np.zeros(n, dtype=np.int64)
    alerts = Alerts(
        passage=np.arange(n),
        replication=replication,
        deployment=np.array([d for _, d, _ in cells], dtype=np.int64),
        time_s=plan.time_s,
        # people of a block are numbered through its replications
        person=np.unique(np.stack([replication, plan.person]), axis=1, return_inverse=True)[1].ravel(),
        end=zeros,
        group=zeros,
        entry_group=zeros,
        category=plan.priority,
        truth=np.array([TRUTHS.index(alert.truth) for alert in made], dtype=np.int64),
        score=np.full(n, 0.7),
        rank=np.zeros(n),
    )
    listed = sorted({(r, alert.person) for r, _, alert in cells if TRUTHS.index(alert.truth) != FALSE})
    cell = Cell(scenario.recogniser.threshold.value, scenario.watchlist.size.value)
    candidates = Candidates(
        envelope=Envelope(cell.threshold, cell.size),
        passages=Passages(*[np.empty(0)] * 8),
        rows=Rows(*[np.empty(0)] * 7),
        passage_count=np.full((len(replications), days), 1000),
        listed=ListedTrips(
            np.array([r for r, _ in listed] + [0] * others_listed, dtype=np.int64),
            np.arange(len(listed) + others_listed),
            np.zeros(len(listed) + others_listed, dtype=np.int64),
            np.zeros(len(listed) + others_listed),
            np.arange(len(listed) + others_listed),
        ),
    )
    inputs = median_inputs(scenario, len(replications))
    roster = roster_of(scenario, inputs)
    concerned = np.unique(replication[alerts.is_false])
    kept = np.flatnonzero(~alerts.is_false & np.isin(replication, concerned))
    return Block(
        index=0,
        number=len(replications),
        cell=cell,
        inputs=inputs,
        candidates=candidates,
        alerts=alerts,
        plan=plan,
        resolved=resolve(roster, alerts, plan, by_processes),
        kept=kept,
        without_false=resolve(roster, alerts.take(kept), plan.take(kept), by_processes),
    )


def logged(scenario: Scenario, *replications: Sequence[Sequence[Alert]]) -> AlertLog:
    """The alert log of hand-made *replications* of *scenario*."""
    return alert_log(scenario, block_of(scenario, *replications))


def measured(
    scenario: Scenario, *replications: Sequence[Sequence[Alert]], others_listed: int = 0
) -> dict[str, list[float]]:
    """Every measure of hand-made *replications* of *scenario*, one value for each."""
    block = block_of(scenario, *replications, others_listed=others_listed)
    return {name: values.tolist() for name, values in measure(scenario, block).items()}


def campaigns(most_alerts: int = 8, together: bool = False) -> st.SearchStrategy[list[Deployment]]:
    """Small campaigns on a grid of whole minutes, full of ties: no time at all, nobody there, shifts, few people.

    Some deployments overlap where they may be *together*.
    """
    short = st.integers(0, 4)
    few = st.sampled_from([1, 2, 3, 0])
    alerts = st.builds(
        Alert,
        at=st.integers(0, 12),
        person=st.integers(1, 4),
        reach=st.sampled_from([20, 12, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]),
        review=short,
        accepted=st.sampled_from([True, True, True, False]),
        search=short,
        finds=st.sampled_from(["person", "person", "person", "nobody", "bystander"]),
        second_look=st.sampled_from([True, True, True, False]),
        check=short,
        finding=st.sampled_from(o.FINDINGS),
        custody=short,
        priority=st.integers(0, 1),
        remembered=st.booleans(),
    )
    deployment = st.builds(
        Deployment,
        st.lists(alerts, min_size=1, max_size=most_alerts).map(
            lambda rows: sorted(rows, key=lambda row: (row.at, row.person))
        ),
        operators=few,
        teams=few,
        checkers=few,
        vans=few,
        shifts=st.dictionaries(st.integers(1, 16), st.dictionaries(st.sampled_from(KINDS), few), max_size=3),
        hold_limit=st.sampled_from([9, 6, 4, 3, 2, 1, 0]),
        van_limit=st.sampled_from([9, 6, 4, 3, 2, 1, 0]),
        day=st.integers(1, 2),
        since=st.sampled_from([None, None, 0, 1, 4, 13]) if together else st.none(),
    )
    return st.lists(deployment, min_size=1, max_size=3).map(_in_order)


def _in_order(days: list[Deployment]) -> list[Deployment]:
    """*days* in order of time; whoever opens a session begins with it."""
    made: list[Deployment] = []
    for one in sorted(days, key=lambda one: one.day):
        since = None if one.since is None or not made else max(one.since, made[-1].since or 0)
        made.append(replace(one, since=since))
    return made


def at_once(alert: Alert) -> Alert:
    """*alert* with no length to anything that is done about it."""
    return replace(alert, review=0, search=0, check=0, custody=0)


def _by_kind(numbers: Mapping[str, int]) -> tuple[int, int, int, int]:
    return numbers["vans"], numbers["checkers"], numbers["teams"], numbers["operators"]


def _handled(alert: Alert, log: Log, row: int) -> Handled:
    times = {name.removesuffix("_s"): _minutes(getattr(log, name)[row]) for name in TIMES}
    return Handled(alert, o.OUTCOMES[log.outcome[row]], o.REASONS[log.reason[row]], log.bystander[row], **times)


def _minutes(seconds: float) -> float | None:
    return None if np.isnan(seconds) else seconds / 60.0


def _clock(minute: float | None) -> str:
    return "?" if minute is None else f"{minute:g}"
