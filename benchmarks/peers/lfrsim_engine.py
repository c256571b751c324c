"""The full procedure of flow.py through lfrsim's own engines, for reference: the same laws, drawn as plans.

This is not how lfrsim is used: it skips the street, the recogniser and the measures. The common flow is not one of its
own (a team always holds until checkers come), so there is none.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from peers import flow
from simulator.response import outcomes as o
from simulator.response.columns import Plan, Resolved
from simulator.response.plan import FINDS_BYSTANDER, FINDS_NOBODY, FINDS_PERSON
from simulator.response.process import by_processes
from simulator.response.resolve import Engine, Roster
from simulator.street.footfall import on_time_grid

NAME = "lfrsim, engine"
DISTRIBUTION = "lfrsim"

# As in lfrsim, so many campaigns are drawn at once.
BLOCK = 50
OUTCOMES = {
    o.NOT_REVIEWED: flow.NOT_REVIEWED,
    o.DISMISSED: flow.DISMISSED,
    o.GONE: flow.GONE,
    o.NO_TEAM: flow.NO_TEAM,
    o.NOT_FOUND: flow.MISSED,
    o.REPEAT: flow.REPEAT,
    o.VOID: flow.REPEAT,
    o.RELEASED: flow.RELEASED,
    o.ARRESTED: flow.ARRESTED,
}


def logs(
    hours: list[float],
    alerts_per_hour: float,
    true_share: float,
    staff: dict[str, int],
    seed: int,
    number: int,
    full: bool,
    engine: Engine = by_processes,
) -> Iterator[NDArray[np.float64]]:
    """The logs of so many campaigns, arrays of flow.COLUMNS."""
    if not full:
        raise ValueError("lfrsim has no common flow")
    rng = np.random.default_rng(seed)
    begins = np.array([begin for begin, _ in flow.days(hours)])
    for first in range(0, number, BLOCK):
        campaigns = min(BLOCK, number - first)
        per_day = rng.poisson(np.array(hours) * alerts_per_hour, (campaigns, len(hours)))
        false = rng.random(per_day.sum()) >= true_share
        plan = draw_plan(rng, per_day, np.array(hours), false)
        first_row = np.concatenate([[0], np.cumsum(per_day)])
        resolved = engine(roster(hours, staff, campaigns), first_row, plan)
        yield from rows(per_day, begins, plan, resolved, false)


def draw_plan(
    rng: np.random.Generator, per_day: NDArray[np.int64], hours: NDArray[np.float64], false: NDArray[np.bool_]
) -> Plan:
    """Plans of all alerts: *per_day* (campaigns, deployments)."""
    n = int(per_day.sum())
    day = np.repeat(np.tile(np.arange(len(hours)), len(per_day)), per_day.ravel())
    cell = np.repeat(np.arange(per_day.size), per_day.ravel())
    time_s = rng.random(n) * hours[day] * flow.HOUR_S
    time_s = time_s[np.lexsort((time_s, cell))]

    def duration(log_median: float) -> NDArray[np.float64]:
        return on_time_grid(rng.lognormal(log_median, flow.LOG_SD, n))

    finds = np.where(
        rng.random(n) < flow.BYSTANDER,
        FINDS_BYSTANDER,
        np.where(rng.random(n) < flow.NOT_FOUND, FINDS_NOBODY, FINDS_PERSON),
    )
    wrong = false | (finds == FINDS_BYSTANDER)
    right = np.where(rng.random(n) < flow.ARRESTED_SHARE, o.ARREST, o.NOTHING_DONE)
    time_s = on_time_grid(time_s)
    return Plan(
        time_s=time_s,
        # people of different campaigns have different numbers
        person=np.cumsum(rng.random(n) >= flow.SAME_PERSON),
        priority=(rng.random(n) < flow.LOW_PRIORITY).astype(np.int64),
        leaves_s=time_s + duration(flow.REACH),
        remembered=np.zeros(n, dtype=bool),
        review_s=duration(flow.REVIEW),
        accepted=rng.random(n) < np.where(false, flow.ACCEPT_FALSE, flow.ACCEPT_TRUE),
        search_s=duration(flow.SEARCH),
        finds=finds,
        second_accepted=rng.random(n) < np.where(false, flow.SECOND_LOOK_FALSE, flow.SECOND_LOOK_TRUE),
        check_s=np.where(wrong, duration(flow.CHECK_WRONG), duration(flow.CHECK)),
        finding=np.where(wrong, o.CLEARED, right),
        custody_s=duration(flow.CUSTODY),
    )


def roster(hours: list[float], staff: dict[str, int], campaigns: int) -> Roster:
    """Staff and limits, the same in every campaign; a break is two changes of staff."""
    kinds = ("vans", "checkers", "teams", "operators")
    on = [staff[kind] for kind in kinds]
    during = [max(staff[kind] - flow.ON_BREAK[kind], 0) for kind in kinds]
    break_end_s = flow.BREAK_AFTER_S + flow.BREAK_S
    return Roster(
        day=np.arange(len(hours)),
        shift_s=np.array([flow.BREAK_AFTER_S, break_end_s]),
        shifts_held=np.array([2 * (length * flow.HOUR_S > break_end_s) for length in hours]),
        staff=np.tile(np.array([on, during, on]), (campaigns, 1, 1)),
        hold_limit_s=np.full(campaigns, flow.HOLD_LIMIT_S),
        van_limit_s=np.full(campaigns, flow.VAN_LIMIT_S),
        own_staff=np.full((len(hours), len(on)), -1),
        session=np.arange(len(hours)),
        since_s=np.zeros(len(hours)),
    )


def rows(
    per_day: NDArray[np.int64],
    begins: NDArray[np.float64],
    plan: Plan,
    resolved: Resolved,
    false: NDArray[np.bool_],
) -> Iterator[NDArray[np.float64]]:
    """One log per campaign, in the columns of flow.py."""
    code_of = np.full(len(o.OUTCOMES), -1)
    code_of[list(OUTCOMES)] = list(OUTCOMES.values())
    outcome = code_of[resolved.outcome]
    outcome = np.where(resolved.reason == o.NO_CHECKERS, flow.NO_CHECKERS, outcome)
    outcome = np.where(resolved.reason == o.NO_VAN, flow.NO_VAN, outcome)
    waited = np.where(np.isnan(resolved.review_start_s), resolved.end_s, resolved.review_start_s) - plan.time_s
    checkers = np.nan_to_num(resolved.end_s - resolved.check_start_s)
    begin = np.repeat(np.tile(begins, len(per_day)), per_day.ravel())
    columns = (plan.time_s + begin, false, outcome, resolved.end_s + begin, waited, checkers)
    table = np.stack([np.asarray(column, dtype=float) for column in columns], axis=1)
    yield from np.split(table, np.cumsum(per_day.sum(axis=1))[:-1])


def campaigns(
    hours: list[float],
    alerts_per_hour: float,
    true_share: float,
    staff: dict[str, int],
    seed: int,
    number: int,
    full: bool,
    engine: Engine = by_processes,
) -> int:
    """Simulate so many campaigns; the number of alerts handled in all."""
    return sum(len(log) for log in logs(hours, alerts_per_hour, true_share, staff, seed, number, full, engine))
