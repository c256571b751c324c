"""Random blocks that hold the two engines together, and what corners of the procedure they reach.

There are two sorts: *random_plan* makes the columns of a plan directly, with few people, heavy load and many ties;
*random_scenario* goes through the draw, the mask and the plan as a run does. A number always gives the same block. More
of them than the tests do, to look for a difference on purpose:

    PYTHONPATH=tests python tests/behaviour/engine_fuzz.py 100000 110000
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from reference.corner_scenarios import NO_GROUPS, NO_KIN, altered
from reference.random_scenarios import case
from tiny import apart

from simulator.experiment.replications import Drawn, draw_block
from simulator.experiment.seeds import BLOCK
from simulator.response import outcomes as o
from simulator.response.columns import Plan, Resolved
from simulator.response.desk import STAFF
from simulator.response.plan import FINDS_BYSTANDER, FINDS_NOBODY, FINDS_PERSON, plan_alerts
from simulator.response.resolve import Engine, Roster
from simulator.scenario.force import Officers, Procedure
from simulator.scenario.inputs import median_inputs
from simulator.scenario.models import Scenario
from simulator.street.candidates import Envelope
from simulator.street.expectations import expected
from simulator.street.footfall import on_time_grid
from simulator.street.mask import alerts_at
from simulator.street.people import Index

SEED = 20_260_117
DURATIONS = ("review_s", "search_s", "check_s", "custody_s")
ENDS_OF_WORK = ("review_end_s", "search_end_s", "check_end_s", "run_end_s")
LAWS = ("log-normal", "exponential", "fixed")
LIMITS_MIN = np.array([0.0, 1.0, 2.0, 5.0, 15.0, 30.0])
# Kinds of things that can happen at one instant, as bits.
ARRIVAL, COMPLETION, LEAVING, GIVING_UP, SHIFT = (1 << i for i in range(5))
TIES = {
    "a completion as somebody arrives": ARRIVAL | COMPLETION,
    "somebody leaves a queue as work ends": LEAVING | COMPLETION,
    "a limit is over as work ends": GIVING_UP | COMPLETION,
    "a shift changes as somebody arrives": SHIFT | ARRIVAL,
    "a shift changes as work ends": SHIFT | COMPLETION,
    "a shift changes as somebody leaves": SHIFT | LEAVING,
    "arrival, completion and shift at once": ARRIVAL | COMPLETION | SHIFT,
    "arrival, completion and somebody leaves at once": ARRIVAL | COMPLETION | LEAVING,
}


@dataclass(frozen=True)
class Configuration:
    """A block of replications to resolve; *name* is the call that makes it again."""

    name: str
    roster: Roster
    first_row: Index
    plan: Plan
    rounded: bool
    scenario: Scenario | None = None

    @property
    def cell(self) -> Index:
        """Replication * deployments + deployment of every row."""
        return np.repeat(np.arange(len(self.first_row) - 1), np.diff(self.first_row))

    def where(self, row: int) -> str:
        """A *row* in words."""
        replication, deployment = divmod(int(self.cell[row]), len(self.roster.day))
        number = row - self.first_row[replication * len(self.roster.day) + deployment]
        return f"replication {replication}, deployment {deployment}, alert {number} (row {row} of the block)"


def configurations(first: int, last: int) -> Iterator[Configuration]:
    """Two configurations for each number from *first* to *last* (excluded), one of each sort."""
    for number in range(first, last):
        yield random_plan(number)
        yield random_scenario(number)


def random_plan(number: int) -> Configuration:
    """Plan *number*: every fourth with times rounded to 60 s, some with times off the grid."""
    rng = np.random.default_rng([SEED, 1, number])
    rounded, off_grid = number % 4 == 0, number % 7 == 1
    replications, days = int(rng.integers(1, 13)), int(rng.integers(1, 6))
    length_min = float(rng.choice([20.0, 60.0, 240.0]))
    # the same people in every replication, and deployments on one date need not follow each other
    people, busy_min = int(rng.choice([3, 12, 40, 200])), float(rng.choice([0.3, 1.0, 3.0, 10.0]))
    counts = rng.integers(0, 1 + 2 * max(1, 1000 // (replications * days)), replications * days)
    counts[rng.random(len(counts)) < 0.1] = 0
    n = int(counts.sum())

    def on_grid(minutes: Any) -> NDArray[np.float64]:
        seconds = np.asarray(minutes, dtype=float) * 60.0
        return np.rint(seconds / 60.0) * 60.0 if rounded else seconds if off_grid else on_time_grid(seconds)

    def durations(mean_min: float, of_nothing: float = 0.15) -> NDArray[np.float64]:
        if rng.random() < of_nothing:
            return np.zeros(n)
        made = (rng.integers(0, 4, n), np.ones(n), rng.exponential(1.0, n))[rng.integers(3)]
        return on_grid(np.where(rng.random(n) < 0.1, 0.0, mean_min * made))

    shifts = int(rng.integers(1 if rounded else 0, 5))
    most = rng.choice([1, 2, 3, 8], len(STAFF), p=[0.35, 0.3, 0.2, 0.15])
    staff = rng.integers(1, 1 + most, (replications, 1 + shifts, len(STAFF)))
    staff[rng.random(staff.shape) < rng.choice([0.0, 0.1, 0.4])] = 0
    if rounded:
        staff[0, 0, rng.integers(len(STAFF))] = 0
    roster = Roster(
        day=rng.integers(1, 1 + max(1, days - 1), days),
        shift_s=np.sort(rng.choice(np.arange(int(length_min)), shifts, replace=False)) * 60.0,
        shifts_held=rng.integers(1 if rounded else 0, 1 + shifts, days),
        staff=staff,
        hold_limit_s=rng.choice(LIMITS_MIN, replications) * 60.0,
        van_limit_s=rng.choice(LIMITS_MIN, replications) * 60.0,
        **(apart(days) if number % 3 else _together(number, days, length_min, rounded)),
    )
    time_s, person = on_grid(rng.uniform(0, length_min, n)), rng.integers(0, people, n)
    order = np.lexsort((person, time_s, np.repeat(np.arange(len(counts)), counts)))
    time_s, person = time_s[order], person[order]
    plan = Plan(
        time_s=time_s,
        person=person,
        priority=rng.integers(0, rng.choice([1, 2, 5]), n),
        leaves_s=time_s + durations(float(rng.choice([3.0, 10.0, 60.0])), of_nothing=0.02),
        remembered=rng.random(n) < rng.choice([0.0, 0.3, 1.0]),
        review_s=durations(0.5 * busy_min),
        accepted=rng.random(n) < rng.choice([0.6, 0.9, 1.0]),
        search_s=durations(busy_min),
        finds=rng.choice([FINDS_NOBODY, FINDS_PERSON, FINDS_BYSTANDER], n, p=[0.1, 0.75, 0.15]),
        second_accepted=rng.random(n) < rng.choice([0.7, 1.0]),
        check_s=durations(2.0 * busy_min),
        # few arrests, or depletion leaves nobody
        finding=np.where(rng.random(n) < 0.5, o.NOTHING_DONE, rng.integers(0, len(o.FINDINGS), n)),
        custody_s=durations(4.0 * busy_min),
    )
    first_row = np.concatenate([[0], np.cumsum(counts)])
    return Configuration(f"random_plan({number})", roster, first_row, plan, rounded)


def _together(number: int, days: int, length_min: float, rounded: bool) -> dict[str, Any]:
    """Deployments that overlap, begin at one instant or follow each other on one clock, some with staff of their own."""
    rng = np.random.default_rng([SEED, 3, number])
    session = np.cumsum(rng.random(days) < 0.4)
    session -= session[0]
    gaps_s = rng.choice([0.0, 0.1, 0.5, 1.2], days) * length_min * 60.0
    start_s = np.cumsum(np.ceil(gaps_s / 60.0) * 60.0 if rounded else on_time_grid(gaps_s))
    own_staff = rng.integers(0, 3, (days, len(STAFF)))
    own_staff[rng.random((days, len(STAFF))) < 0.6] = -1
    return {"own_staff": own_staff, "session": session, "since_s": start_s - start_s[np.searchsorted(session, session)]}


def random_scenario(number: int) -> Configuration:
    """Scenario *number* as it is drawn at one cell of its envelope, every fourth with times rounded down to 60 s."""
    drawn, threshold, size = random_draw(number)
    alerts = alerts_at(drawn.candidates, threshold, size)
    ppv = expected(drawn.scenario, drawn.inputs, threshold, size).ppv
    plan = plan_alerts(drawn.scenario, drawn.inputs, alerts, drawn.handling, ppv)
    roster, rounded = drawn.roster, number % 4 == 1
    if rounded:
        times = {name: np.floor(getattr(plan, name) / 60.0) * 60.0 for name in ("time_s", "leaves_s", *DURATIONS)}
        plan = replace(plan, **times)
    cell = alerts.replication * len(roster.day) + alerts.deployment
    first_row = np.searchsorted(cell, np.arange(roster.replications * len(roster.day) + 1))
    return Configuration(f"random_scenario({number})", roster, first_row, plan, rounded, drawn.scenario)


def random_draw(number: int) -> tuple[Drawn, float, float]:
    """Block 0 of scenario *number*, and one cell of its envelope: threshold and size.

    The street is that of the random cases of the brute-force tests, thinned out; in every other block staff and limits
    differ from replication to replication.
    """
    rng = np.random.default_rng([SEED, 2, number])
    its = case.__wrapped__(number % 5000)
    threshold, size = its.cells[rng.integers(len(its.cells))]
    scenario = its.scenario
    for changes in (NO_GROUPS, NO_KIN):
        scenario = altered(scenario, changes if rng.random() < 0.2 else {})
    alerts = float(expected(scenario, median_inputs(scenario, 1), threshold, size).alerts[0])
    scenario = altered(scenario, {"street.passages_per_hour*": float(rng.choice([8, 20, 40])) / alerts})
    shortest_min = min(day.hours for day in scenario.campaign.days) * 60.0
    officers = Officers.model_validate(_random_officers(rng, shortest_min, whole_minutes=number % 4 == 1))
    procedure = Procedure.model_validate(_random_procedure(rng))
    scenario = scenario.model_copy(update={"officers": officers, "procedure": procedure})
    inputs = median_inputs(scenario, BLOCK)
    if number % 2:
        for kind in STAFF:
            inputs.values[f"officers.{kind}"] = rng.integers(0, 4, BLOCK).astype(float)
        for limit in ("hold_limit_min", "van_limit_min"):
            inputs.values[f"procedure.{limit}"] = rng.choice(LIMITS_MIN, BLOCK)
    return draw_block(scenario, SEED + number, 0, inputs, Envelope(*its.envelope)), threshold, size


def _random_officers(rng: np.random.Generator, shortest_min: float, whole_minutes: bool) -> dict[str, Any]:
    few = [0, 1, 1, 1, 1, 2, 2, 3, 3, 5]
    # the last change may come after the end of a short deployment
    after_min = np.sort(rng.uniform(1, 1.3 * shortest_min, int(rng.integers(0, 4))))
    if whole_minutes:
        after_min = np.unique(np.ceil(np.append(after_min, 0.5 * shortest_min)))
    shifts = tuple(
        {"after_min": float(at), **{kind: int(rng.integers(0, 3)) for kind in STAFF if rng.random() < 0.7}}
        for at in after_min
    )
    return {**{kind: float(rng.choice(few)) for kind in STAFF}, "shifts": shifts}


def _random_procedure(rng: np.random.Generator) -> dict[str, Any]:
    def duration(*median_min: float) -> dict[str, Any]:
        law = {"law": str(rng.choice(LAWS)), "log_sd": float(rng.choice([0.0, 0.3, 1.0]))}
        return {"median_min": float(rng.choice(median_min)), **law}

    def look() -> dict[str, Any]:
        if rng.random() < 0.5:
            return {"d_prime": float(rng.uniform(0, 3)), "criterion": float(rng.uniform(-2, 0))}
        return {"accept_true": float(rng.uniform(0.8, 1)), "accept_false": float(rng.uniform(0.3, 0.8))}

    def share(*values: float) -> float:
        return float(rng.choice(values))

    follows = {"criterion_follows_ppv": share(0, 0.5, 1), "ppv_reference": float(rng.uniform(0.5, 0.99))}
    document = {
        "reach": duration(*[4, 10, 30] * 5, 0),
        "review": duration(0, 0.5, 0.5, 2, 10),
        "search": duration(0, 1, 2, 8),
        "check": duration(0, 4, 8, 20),
        "check_wrong_person": duration(0, 3, 6, 15),
        "custody": duration(0, 10, 20, 60),
        "look": look() | follows,
        "not_found": share(0, 0.2),
        "bystander": share(0, 0.1, 0.5),
        "remembered": share(0, 0.5, 1),
        "check_error": share(0, 0.2),
        "other_offence_arrest": share(0, 0.2),
        "disposals": {
            "wanted_arrest": share(0, 0.4, 0.8),
            "wanted_other": share(0, 0.2),
            "conditions_arrest": share(0, 0.3),
            "conditions_other": share(0, 0.2),
            "stale_arrest": share(0, 0.3),
        },
        "hold_limit_min": share(*LIMITS_MIN),
        "van_limit_min": share(*LIMITS_MIN),
    }
    return document | ({"second_look": look() | {"correlation": share(0, 0.5, 0.9)}} if rng.random() < 0.5 else {})


def differing_rows(one: Resolved, other: Resolved) -> Index:
    """Rows in which any outcome, flag or time is not the same number (NaN equals NaN)."""
    differs = np.zeros(len(one), dtype=bool)
    for item in fields(Resolved):
        a, b = getattr(one, item.name), getattr(other, item.name)
        assert a.dtype == b.dtype, item.name
        differs |= (a != b) & ~((a != a) & (b != b))
    return np.flatnonzero(differs)


def disagreement(configuration: Configuration, right: Resolved, found: Resolved) -> str:
    """How many rows of *found* differ from *right*, with the first in words; empty if all agree."""
    rows = differing_rows(right, found)
    if not len(rows):
        return ""
    row, roster = int(rows[0]), configuration.roster
    replication, deployment = divmod(int(configuration.cell[row]), len(roster.day))
    lines = [
        f"{configuration.name}: {len(rows)} of {len(found)} alerts differ; the first is "
        f"{configuration.where(row)}; day {roster.day[deployment]} of {roster.day.tolist()}",
        f"  {', '.join(STAFF)} {roster.staff[replication].tolist()} from the start and after "
        f"{roster.shift_s[: roster.shifts_held[deployment]].tolist()} s; limits of holding "
        f"{roster.hold_limit_s[replication]} s and for a van {roster.van_limit_s[replication]} s",
        "  plan: " + ", ".join(f"{f.name} {getattr(configuration.plan, f.name)[row]}" for f in fields(Plan)),
    ]
    for item in fields(Resolved):
        a, b = getattr(right, item.name)[row], getattr(found, item.name)[row]
        if a == b or (a != a and b != b):
            continue
        words = {"outcome": o.OUTCOMES, "reason": o.REASONS}.get(item.name)
        shown = [words[code] if words and 0 <= code < len(words) else code for code in (a, b)]
        lines.append(f"  {item.name}: expected {shown[0]}, found {shown[1]}")
    return "\n".join(lines)


def corners(configuration: Configuration, resolved: Resolved) -> Counter[str]:
    """What of the procedure this configuration reaches: alerts by outcome and reason, and 1 for each corner."""
    roster, plan = configuration.roster, configuration.plan
    duty = roster.staff[:, : 1 + int(roster.shifts_held.max(initial=0))]
    days = roster.day.tolist()
    reached: dict[str, Any] = {
        "times rounded to 60 s": configuration.rounded,
        "drawn from a scenario": configuration.scenario is not None,
        "no limit of holding": np.any(roster.hold_limit_s == 0),
        "no limit for vans": np.any(roster.van_limit_s == 0),
        "two deployments on one date": len(set(days)) < len(days),
        "deployments on one date apart": any(
            days[i] != days[i + 1] and days[i] in days[i + 2 :] for i in range(len(days) - 2)
        ),
        "more than two priorities": len(np.unique(plan.priority)) > 2,
        "out of reach at once": np.any(plan.leaves_s == plan.time_s),
        "staff owed after a shift": owed_staff(configuration, resolved),
        "shifts": duty.shape[1] > 1,
    }
    reached |= {f"no {kind} from the start": np.any(duty[:, 0, i] == 0) for i, kind in enumerate(STAFF)}
    reached |= {f"no {kind} all day": np.any(duty[:, :, i].max(axis=1) == 0) for i, kind in enumerate(STAFF)}
    reached |= {f"{name} of nothing": np.any(getattr(plan, name) == 0) for name in DURATIONS}
    reached |= ties(configuration, resolved)
    reached["rounded, with shifts, nobody of a kind and work of nothing"] = (
        configuration.rounded
        and duty.shape[1] > 1
        and bool(np.any(duty == 0))
        and any(reached[f"{name} of nothing"] for name in DURATIONS)
    )
    found = Counter({name: 1 for name, present in reached.items() if present})
    for words, codes in ((o.OUTCOMES, resolved.outcome), (o.REASONS, resolved.reason)):
        found.update({words[code] or "no reason": int(n) for code, n in enumerate(np.bincount(codes)) if n})
    found["bystander stopped"] = int(resolved.bystander.sum())
    found["configurations"], found["alerts"] = 1, len(resolved)
    return found


def spans(resolved: Resolved) -> dict[str, tuple[NDArray[np.float64], NDArray[np.float64]]]:
    """From when to when one of each kind of officer is busy with each alert (NaN: never)."""
    r = resolved
    held_until = np.fmin(r.check_start_s, r.end_s)
    return {
        "vans": (r.run_start_s, r.run_end_s),
        "checkers": (r.check_start_s, r.end_s),
        "teams": (r.search_start_s, np.where(np.isnan(r.stop_s), r.search_end_s, held_until)),
        "operators": (r.review_start_s, r.review_end_s),
    }


def owed_staff(configuration: Configuration, resolved: Resolved) -> bool:
    """Whether a shift change ever leaves more officers busy than there are on duty."""
    roster, cell = configuration.roster, configuration.cell
    for number, at_s in enumerate(roster.shift_s):
        held = np.tile(roster.shifts_held > number, roster.replications)
        for i, (start, end) in enumerate(spans(resolved)[kind] for kind in STAFF):
            busy = np.bincount(cell[(start < at_s) & (at_s < end)], minlength=len(held))
            if np.any(held & (busy > np.repeat(roster.staff[:, number + 1, i], len(roster.day)))):
                return True
    return False


def ties(configuration: Configuration, resolved: Resolved) -> dict[str, bool]:
    """Which sorts of things happen at one instant of one deployment."""
    roster, cell, r = configuration.roster, configuration.cell, resolved
    left = (r.outcome == o.NOT_REVIEWED) | (r.outcome == o.NO_TEAM)
    gave_up = (r.reason == o.NO_CHECKERS) | (r.reason == o.NO_VAN)
    shift_cell, shift = np.nonzero(
        np.arange(len(roster.shift_s)) < np.tile(roster.shifts_held, roster.replications)[:, None]
    )
    things = [
        (cell, configuration.plan.time_s, ARRIVAL),
        *((cell, getattr(r, name), COMPLETION) for name in ENDS_OF_WORK),
        (cell[left], r.end_s[left], LEAVING),
        (cell[gave_up], r.end_s[gave_up], GIVING_UP),
        (shift_cell, roster.shift_s[shift], SHIFT),
    ]
    where, when = (np.concatenate([thing[i] for thing in things]) for i in range(2))
    what = np.concatenate([np.full(len(thing[0]), thing[2]) for thing in things])
    happens = np.flatnonzero(~np.isnan(when))
    order = happens[np.lexsort((when[happens], where[happens]))]
    where, when, what = where[order], when[order], what[order]
    starts = np.flatnonzero(np.r_[True, (np.diff(where) > 0) | (np.diff(when) > 0)]) if len(order) else order
    at_once = np.bitwise_or.reduceat(what, starts) if len(order) else what
    several = np.add.reduceat(what == ARRIVAL, starts) > 1 if len(order) else what
    found = {name: bool(np.any(at_once & kinds == kinds)) for name, kinds in TIES.items()}
    return found | {"several arrive at once": bool(np.any(several))}


def compared(configuration: Configuration, engine: Engine, reference: Engine) -> Counter[str]:
    """Resolve by both; the corners reached. Raises AssertionError, with all it takes to try again, where they differ."""
    block = configuration.roster, configuration.first_row, configuration.plan
    right, found = reference(*block), engine(*block)
    words = disagreement(configuration, right, found)
    if words:
        raise AssertionError(words)
    return corners(configuration, found)


def main(first: int, last: int) -> None:
    """Compare the engines on the configurations with these numbers, and print what was compared."""
    from simulator.response.kernel import by_kernel
    from simulator.response.process import by_processes

    total: Counter[str] = Counter()
    began = said = time.monotonic()
    for configuration in configurations(first, last):
        total += compared(configuration, by_kernel, by_processes)
        if time.monotonic() - said > 60:
            said = time.monotonic()
            print(f"{total['configurations']:,} configurations, {total['alerts']:,} alerts: no difference", flush=True)
    for name, number in sorted(total.items()):
        print(f"{number:>12,} {name}")
    print(f"{time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
