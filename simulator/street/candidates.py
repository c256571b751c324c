"""The draw: every passage that could alert at the envelope, and a count of everybody else.

Exceedances (passage, entry, score) are a Poisson process, so they are drawn directly; the cost depends on alerts,
not on footfall. Enumerated trips (listed people, kin, persistent look-alikes) and uncounted trips share one
numbering per deployment, on which false exceedances fall uniformly: a listed person can be taken for somebody else,
and one beyond the rank of a smaller list is a passer-by like any other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from simulator.scenario.inputs import Inputs, median_inputs
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Array
from simulator.street import footfall, kin, listed, lookalikes
from simulator.street.crowd import Crowd, crowd_of
from simulator.street.footfall import TICKS_PER_S
from simulator.street.genuine import genuine_rows
from simulator.street.people import LISTED, Columns, Index, People, PeopleTable, Rows
from simulator.street.recogniser import ScoreLaws
from simulator.street.visits import Visits, draw_visits, slot_shape, uncounted_passages

Stream = Callable[[str], np.random.Generator]
# No deployment lasts longer than two days.
TICKS_OF_A_CELL = np.int64(2 * 86_400 * TICKS_PER_S)


@dataclass(frozen=True)
class Envelope:
    """What the draw covers: the lowest *threshold* and the largest list *size*; cells inside it are masks."""

    threshold: float
    size: float


@dataclass(frozen=True)
class Passages(Columns):
    """One candidate passage per row; *listed_rank* is infinite for people who are not listed."""

    replication: Index
    deployment: Index
    time_s: Array
    person: Index
    end: Index
    group: Index
    listed_rank: Array


@dataclass(frozen=True)
class Candidates:
    """What could alert inside the *envelope*, and whoever else matters for the counts.

    *passage_count* has shape (replications, deployments); *listed_rank* and *listed_replication* have one entry for
    each listed person who came past at least once, alert or not, in the order of replications and ranks.
    """

    envelope: Envelope
    passages: Passages
    rows: Rows
    passage_count: Index
    listed_replication: Index
    listed_rank: Array


def draw(
    scenario: Scenario, inputs: Inputs, envelope: Envelope, stream: Stream, twin: Scenario | None = None
) -> Candidates:
    """Draw one block: *inputs* has one value per replication, *stream* gives a generator for a stream's name.

    Beside a *twin*, false exceedances are drawn as often as the one of the two has them that has more, and thinned: so both
    see the same look-alikes, those of the rarer law among those of the other. What is thinned has a score below all.
    """
    recogniser = ScoreLaws(scenario, inputs)
    profile = footfall.profile_of(scenario)
    crowd = crowd_of(scenario, inputs, envelope.size, profile, stream("footfall"))
    listed_share = listed.listed_share(scenario, inputs, recogniser, envelope.size)
    kin_share = kin.kin_share(scenario, inputs, envelope.size)
    listed_people, listed_trips = listed.listed_people(stream("listed"), crowd, listed_share)
    kin_people, kin_trips = kin.kin_people(stream("kin"), crowd, kin_share)

    level = footfall.day_levels(stream("fmr"), inputs.get("recogniser.fmr_day_dispersion_k"), crowd.shape)
    false_x = recogniser.comparisons_fmr(envelope.size, envelope.threshold)
    drawn_x = (
        false_x
        if twin is None
        else np.maximum(false_x, false_exceedances(twin, median_inputs(twin, inputs.replications), envelope))
    )
    too_often = drawn_x / np.maximum(false_x, np.finfo(float).tiny)
    split = lookalikes.persistence(inputs, drawn_x, level, crowd.pool is not None)
    worst = float(crowd.groups.relative_fmr.max())

    rng = stream("lookalikes")
    familiar, familiar_trips, on_people = lookalikes.familiar_lookalikes(
        rng, crowd, recogniser, envelope.threshold, too_often, split.person * worst, listed_people, kin_people
    )
    table = PeopleTable([(listed_people, listed_trips), (kin_people, kin_trips), (familiar, familiar_trips)])
    followed = np.bincount(table.trips.cell, minlength=crowd.mean_trips.size).reshape(crowd.shape)
    others_mean = crowd.mean_trips * crowd.level * _others_share(crowd, listed_share + kin_share, table.people)[:, None]
    others = stream("passers-by").poisson(others_mean)

    slots = int(np.prod(slot_shape(scenario, inputs)))
    day_hits = lookalikes.hits(rng, (followed + others), split.trip * worst, 1)
    once_hits = lookalikes.hits(rng, (followed + others), split.passage * worst * slots, slots)
    met, targets = lookalikes.meet_others(rng, crowd, table, followed, others, [day_hits, once_hits])
    on_trips = lookalikes.exceedances(
        rng, crowd, recogniser, envelope.threshold, too_often, targets[0], day_hits[0] // crowd.shape[1]
    )
    once_target = targets[1] * slots + once_hits[2]
    on_slots = lookalikes.exceedances(
        rng, crowd, recogniser, envelope.threshold, too_often, once_target, once_hits[0] // crowd.shape[1]
    )

    cells = table.trips.cell
    visits = draw_visits(stream("visits"), scenario, inputs, profile, cells // crowd.shape[1], cells % crowd.shape[1])
    genuine, captured = genuine_rows(stream("scores"), scenario, crowd, recogniser, envelope.threshold, table, visits)
    false = lookalikes.false_rows(rng, crowd, table, visits, on_people, on_trips, on_slots, captured)
    passages, rows = _compact(crowd, table, visits, Rows.join([genuine, false]))

    seen = np.bincount(cells, weights=visits.exists.sum(axis=1), minlength=crowd.mean_trips.size).astype(np.int64)
    uncounted = uncounted_passages(stream("counts"), inputs, others - met)
    came, _ = renumbered(listed_trips.person, len(listed_people))
    came = came[np.lexsort((listed_people.rank[came], listed_people.replication[came]))]
    return Candidates(
        envelope,
        passages,
        rows,
        seen.reshape(crowd.shape) + uncounted,
        listed_people.replication[came],
        listed_people.rank[came],
    )


def false_exceedances(scenario: Scenario, inputs: Inputs, envelope: Envelope) -> Array:
    """How many false exceedances a passage is expected to have in the *envelope*, one value per replication."""
    return ScoreLaws(scenario, inputs).comparisons_fmr(envelope.size, envelope.threshold)


def listed_passing(candidates: Candidates, size: float, replications: int) -> Array:
    """How many people on a list of *size* came past in each of the *replications*."""
    first = np.searchsorted(candidates.listed_replication, np.arange(replications + 1))
    ranks = (candidates.listed_rank[a:b] for a, b in pairwise(first))
    return np.array([np.searchsorted(rank, size, side="right") for rank in ranks], dtype=float)


def narrowed(candidates: Candidates, threshold: float) -> tuple[Candidates, Index]:
    """Candidates without the exceedances below *threshold*; and which passages are left (their rows before).

    Passages and people are numbered anew, in the same order; the envelope starts at *threshold*.
    """
    rows, people = candidates.rows, candidates.passages
    kept = rows.take(rows.score >= threshold)
    left, new_passage = renumbered(kept.passage, len(people))
    passages = people.take(left)
    passages = replace(passages, person=renumbered(passages.person, int(people.person.max(initial=-1)) + 1)[1])
    kept = replace(kept, passage=new_passage)
    envelope = Envelope(threshold, candidates.envelope.size)
    return replace(candidates, envelope=envelope, passages=passages, rows=kept), left


def _others_share(crowd: Crowd, share: Array, people: People) -> Array:
    """Share of everybody's trips that is left for people nobody follows."""
    if crowd.pool is None:
        return np.clip(1.0 - share, 0.0, 1.0)
    followed = np.bincount(people.replication, minlength=crowd.shape[0])
    return np.clip(1.0 - followed / crowd.pool, 0.0, 1.0)


def _compact(crowd: Crowd, table: PeopleTable, visits: Visits, rows: Rows) -> tuple[Passages, Rows]:
    """Keep only passages with at least one exceedance, numbered by replication, deployment, time, person and end.

    Their rows follow one another, best first; people are numbered anew, without those who have no such passage.
    """
    code, row_passage = renumbered(rows.passage, visits.exists.size)
    trip, slot = code // visits.slots, code % visits.slots
    person, cell = table.trips.person[trip], table.trips.cell[trip]
    people = table.people
    time_s, end = visits.time_s.ravel()[code], visits.end.ravel()[code]
    passages = Passages(
        cell // crowd.shape[1],
        cell % crowd.shape[1],
        time_s,
        renumbered(person, len(people))[1],
        end,
        people.group[person],
        np.where(people.kind[person] == LISTED, people.rank[person], np.inf),
    )
    # cells first, then times within them: one sort, because times lie on a grid
    order = sorted_with_ties(
        cell * TICKS_OF_A_CELL + np.rint(time_s * TICKS_PER_S).astype(np.int64), (slot, end, person)
    )
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    rows = replace(rows, passage=place[row_passage])
    # the mask takes the first surviving row of each passage: the highest score; at the end of a table, where scores are
    # alike, the person's own entry, then the smallest rank
    return passages.take(order), rows.take(
        sorted_with_ties(rows.passage, (rows.rank, np.where(rows.own, 0, 1), -rows.score))
    )


def renumbered(numbers: Index, many: int) -> tuple[Index, Index]:
    """The distinct *numbers* below *many*, sorted, and the place of each number among them."""
    present = np.zeros(many, dtype=bool)
    present[numbers] = True
    return np.flatnonzero(present), (np.cumsum(present) - 1)[numbers]


def sorted_with_ties(key: Index, others: tuple[Array | Index, ...]) -> Index:
    """The order by *key*, then by *others* (the last of them first): few tie, so only those are sorted by all."""
    order = np.argsort(key, kind="stable")
    tied = np.zeros(len(order) + 1, dtype=bool)
    tied[1:-1] = key[order[1:]] == key[order[:-1]]
    among = np.flatnonzero(tied[1:] | tied[:-1])
    rows = order[among]
    order[among] = rows[np.lexsort((*(other[rows] for other in others), key[rows]))]
    return order
