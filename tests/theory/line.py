"""One stage of the procedure as a queue of its own: hand-made alerts through the project's engine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.response import outcomes as o
from simulator.response.columns import TIMES, Plan
from simulator.response.lists import DeploymentRules, Log
from simulator.response.plan import FINDS_NOBODY, FINDS_PERSON
from simulator.response.process import resolve_replication

Array = NDArray[np.float64]
HOUR_S = 3600.0
# As good as for ever: a wait of this length never ends in a run, and no clock overflows.
FOR_EVER_S = 1e13
STAGES = ("operators", "teams", "checkers", "vans")
# Longer than no time at all, so that a free officer is taken at once, and too short for any other to become free.
NO_PATIENCE_S = 1e-3


@dataclass(frozen=True)
class Served:
    """What came of each arrival, in order: *lost* or not, *wait_s* (NaN: lost) and when it arrived."""

    time_s: Array
    wait_s: Array
    lost: NDArray[np.bool_]


def poisson_times_s(rng: np.random.Generator, per_hour: float, n: int) -> Array:
    """The first *n* times of a Poisson stream."""
    return np.cumsum(rng.exponential(HOUR_S / per_hour, n))


def plan_of(n: int, **columns: Any) -> Plan:
    """A plan of *n* alerts on different people who all would be stopped and let go; *columns* say what differs."""
    plain: dict[str, Any] = {
        "person": np.arange(n),
        "priority": np.zeros(n, dtype=np.int64),
        "leaves_s": np.full(n, FOR_EVER_S),
        "remembered": np.zeros(n, dtype=bool),
        "review_s": np.zeros(n),
        "accepted": np.ones(n, dtype=bool),
        "search_s": np.zeros(n),
        "finds": np.full(n, FINDS_PERSON),
        "second_accepted": np.ones(n, dtype=bool),
        "check_s": np.zeros(n),
        "finding": np.full(n, o.CLEARED),
        "custody_s": np.zeros(n),
    }
    return Plan(**{**plain, **columns})


def resolve_all(plan: Plan, staff: tuple[int, int, int, int], limit_s: float = FOR_EVER_S) -> dict[str, Array]:
    """Outcome, reason and times of a *plan*, one deployment with *staff* (vans, checkers, teams, operators)."""
    log = Log(plan)
    rules = DeploymentRules(0, staff, (), limit_s, limit_s)
    resolve_replication([[(rules, range(len(plan)))]], log)
    found = {name: np.array(getattr(log, name), dtype=float) for name in TIMES}
    return {**found, "outcome": np.array(log.outcome), "reason": np.array(log.reason)}


def serve(stage: str, servers: int, time_s: Array, service_s: Array, patience_s: Array, **more: Any) -> Served:
    """Arrivals at *stage*, where *servers* work; at every other stage there is somebody for everyone, at once.

    Operators and teams are waited for until a person is out of reach, *patience_s* after the alert; checkers and vans
    until their limits, the same for everybody.
    """
    n = len(time_s)
    staff = dict.fromkeys(STAGES, n) | {stage: servers}
    columns: dict[str, Any] = {"time_s": time_s, **more}
    if stage == "operators":
        columns |= {"review_s": service_s, "accepted": np.zeros(n, dtype=bool)}
    elif stage == "teams":
        columns |= {"search_s": service_s, "finds": np.full(n, FINDS_NOBODY)}
    elif stage == "checkers":
        columns |= {"check_s": service_s}
    else:
        columns |= {"custody_s": service_s, "finding": np.full(n, o.ARREST)}
    limit_s = FOR_EVER_S
    if stage in ("operators", "teams"):
        columns["leaves_s"] = time_s + patience_s
    else:
        limit_s = float(patience_s[0])
    found = resolve_all(
        plan_of(n, **columns), (staff["vans"], staff["checkers"], staff["teams"], staff["operators"]), limit_s
    )
    lost = {
        "operators": found["outcome"] == o.NOT_REVIEWED,
        "teams": found["outcome"] == o.NO_TEAM,
        "checkers": found["reason"] == o.NO_CHECKERS,
        "vans": found["reason"] == o.NO_VAN,
    }[stage]
    began = {
        "operators": "review_start_s",
        "teams": "search_start_s",
        "checkers": "check_start_s",
        "vans": "run_start_s",
    }
    return Served(time_s, found[began[stage]] - time_s, lost)
