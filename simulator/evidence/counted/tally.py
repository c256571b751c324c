"""One pass over the alerts of a block: how many of each kind, how long they took, and how many people they concerned."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.evidence.counted.kinds import END_OF, ENDS, KINDS
from simulator.experiment.replications import Block
from simulator.scenario.days import hours_of
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Array
from simulator.street.compiled import compiled_loop
from simulator.street.people import Index

# Seconds that one unit is busy with an alert, and that somebody is held.
SPANS = ("operator", "team", "checker", "van", "held")
# People counted once, however often it happens to them; and those to whom it happens again.
PEOPLE = (
    "people_alerted",
    "people_falsely_alerted",
    "people_wrongly_stopped",
    "people_stopped",
    "listed_stopped",
    "people_falsely_alerted_twice",
    "people_wrongly_stopped_twice",
    "people_stopped_twice",
)
# What an alert of each kind does to the person: bits 0 to 4, in the order of the first five of PEOPLE.
_RIGHTLY, _PERSON_STOPPED = KINDS.stopped & ~KINDS.bystander & ~KINDS.false, KINDS.stopped & ~KINDS.bystander
HAPPENS = np.where(
    KINDS.void,
    0,
    1 + 2 * KINDS.false + 4 * (_PERSON_STOPPED & KINDS.false) + 8 * _PERSON_STOPPED + 16 * _RIGHTLY,
)
# Of these bits, those whose second time is counted too; they move to the bits 5 to 7.
AGAIN = np.array([1, 2, 3])


@dataclass(frozen=True)
class Tally:
    """Alerts of a block by kind and what they took.

    *counts* (replications, kinds); *seconds* by name of SPANS, of the same shape; *people* by name of PEOPLE, arrays
    (replications,). *last_s* (replications, deployments) is camera-off or the end of the last alert, and
    *after_camera_off* (replications,) counts alerts that end later.
    """

    counts: Array
    seconds: dict[str, Array]
    people: dict[str, Array]
    last_s: Array
    after_camera_off: Array


def tally(scenario: Scenario, block: Block) -> Tally:
    """Count the alerts of *block*. Times lie on a grid, so that sums of seconds are exact in any order."""
    alerts, resolved, n = block.alerts, block.resolved, block.inputs.replications
    off_s = hours_of(scenario.campaign) * 3600.0
    counts, seconds = np.zeros((n, len(KINDS.truth))), np.zeros((len(SPANS), n, len(KINDS.truth)))
    people, after, last_s = np.zeros((len(PEOPLE), n)), np.zeros(n), np.tile(off_s, (n, 1))
    seen = np.zeros(int(alerts.person.max(initial=-1)) + 1, dtype=np.int64)
    count_kinds(
        (alerts.replication, alerts.deployment, alerts.person, alerts.truth, block.plan.finding),
        (resolved.outcome, resolved.reason, resolved.bystander.astype(np.int64)),
        (
            resolved.review_start_s,
            resolved.review_end_s,
            resolved.search_start_s,
            resolved.search_end_s,
            resolved.stop_s,
        ),
        (resolved.check_start_s, resolved.run_start_s, resolved.run_end_s, resolved.end_s),
        (END_OF, HAPPENS, AGAIN, KINDS.void),
        len(ENDS),
        counts,
        seconds,
        people,
        seen,
        off_s,
        last_s,
        after,
    )
    return Tally(counts, dict(zip(SPANS, seconds, strict=True)), dict(zip(PEOPLE, people, strict=True)), last_s, after)


def kind_of_alerts(block: Block) -> Index:
    """The kind of each alert of *block*, as a row of KINDS."""
    resolved = block.resolved
    end = END_OF[resolved.outcome, resolved.reason, block.plan.finding]
    return np.asarray((block.alerts.truth * 2 + resolved.bystander) * len(ENDS) + end, dtype=np.int64)


def warm_up() -> None:
    """Compile now, so that worker processes inherit the machine code."""
    index, none = np.zeros(0, dtype=np.int64), np.zeros(0)
    tables = (END_OF, HAPPENS, AGAIN, KINDS.void)
    table, days = np.zeros((1, 1)), np.zeros(1)
    spans = np.zeros((len(SPANS), 1, 1))
    count_kinds(
        (index,) * 5,
        (index,) * 3,
        (none,) * 5,
        (none,) * 4,
        tables,
        len(ENDS),
        table,
        spans,
        table,
        index,
        days,
        table,
        days,
    )


@compiled_loop
def count_kinds(
    alert: tuple[Index, ...],
    ends: tuple[Index, ...],
    early: tuple[Array, ...],
    late: tuple[Array, ...],
    tables: tuple[Index, Index, Index, NDArray[np.bool_]],
    ends_in_all: int,
    counts: Array,
    seconds: Array,
    people: Array,
    seen: Index,
    off_s: Array,
    last_s: Array,
    after: Array,
) -> None:
    """Add every alert to *counts*, *seconds* and *people* (see Tally), and the ends of the last ones to *last_s* and *after*.

    *seen* has a zero for each person; *tables* are END_OF, what each kind does to the person, AGAIN, and which kinds are void.
    """
    replication, deployment, person, truth, finding = alert
    outcome, reason, bystander = ends
    review_start_s, review_end_s, search_start_s, search_end_s, stop_s = early
    check_start_s, run_start_s, run_end_s, end_s = late
    end_of, happens, again, void = tables
    for row in range(len(person)):
        of, day = replication[row], deployment[row]
        end = end_of[outcome[row], reason[row], finding[row]]
        kind = (truth[row] * 2 + bystander[row]) * ends_in_all + end
        counts[of, kind] += 1
        if void[kind]:
            continue
        # a comparison with NaN is false: nothing happened
        if review_end_s[row] >= review_start_s[row]:
            seconds[0, of, kind] += review_end_s[row] - review_start_s[row]
        if stop_s[row] >= 0.0:
            # without a check the team holds the person to the end
            handed_over_s = check_start_s[row] if check_start_s[row] >= 0.0 else end_s[row]
            seconds[1, of, kind] += handed_over_s - search_start_s[row]
            seconds[4, of, kind] += end_s[row] - stop_s[row]
        elif search_end_s[row] >= search_start_s[row]:
            seconds[1, of, kind] += search_end_s[row] - search_start_s[row]
        if check_start_s[row] >= 0.0:
            seconds[2, of, kind] += end_s[row] - check_start_s[row]
        if run_end_s[row] >= run_start_s[row]:
            seconds[3, of, kind] += run_end_s[row] - run_start_s[row]
        if end_s[row] > off_s[day]:
            after[of] += 1
            last_s[of, day] = max(last_s[of, day], end_s[row])
        known, new = seen[person[row]], happens[kind]
        for bit in range(5):
            if new & ~known & (1 << bit):
                people[bit, of] += 1
        for place in range(len(again)):
            twice = 1 << (5 + place)
            if new & known & (1 << again[place]) and not known & twice:
                people[5 + place, of] += 1
                known |= twice
        seen[person[row]] = known | new
