"""The draw: every passage that could alert at the envelope, and a count of everybody else.

Exceedances (passage, entry, score) are a Poisson process, so they are drawn directly; the cost depends on alerts,
not on footfall. Enumerated trips (listed people, kin, persistent look-alikes) and uncounted trips share one
numbering per deployment, on which false exceedances fall uniformly: a listed person can be taken for somebody else,
and one beyond the rank of a smaller list is a passer-by like any other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import accumulate

import numpy as np

from simulator.scenario.days import longest_list, lowest_threshold
from simulator.scenario.inputs import Inputs, median_inputs
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Array
from simulator.street import footfall, kin, listed, lookalikes
from simulator.street.compiled import compiled_loop
from simulator.street.crowd import Crowd, crowd_of
from simulator.street.footfall import TICKS_PER_S
from simulator.street.genuine import genuine_rows
from simulator.street.order import renumbered, sorted_with_ties
from simulator.street.people import LISTED, Columns, Index, People, PeopleTable, Rows
from simulator.street.places import Population, populations
from simulator.street.recogniser import ScoreLaws
from simulator.street.regulars import share_of_others
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
    """One candidate passage per row; *trip* tells trips of a block apart, *listed_rank* is infinite for people not listed."""

    replication: Index
    deployment: Index
    time_s: Array
    person: Index
    end: Index
    group: Index
    listed_rank: Array
    trip: Index


@dataclass(frozen=True)
class ListedTrips(Columns):
    """One trip of a listed person per row: *person* tells those of a replication apart, *rank* is that of the own entry.

    *trip* is what passages have for it, in rising order.
    """

    replication: Index
    person: Index
    deployment: Index
    rank: Array
    trip: Index


@dataclass(frozen=True)
class Candidates:
    """What could alert inside the *envelope*, and whoever else matters for the counts.

    *passage_count* has shape (replications, deployments); *listed* has whoever is listed and came past, alert or not.
    """

    envelope: Envelope
    passages: Passages
    rows: Rows
    passage_count: Index
    listed: ListedTrips


def draw(
    scenario: Scenario, inputs: Inputs, envelope: Envelope, stream: Stream, twin: Scenario | None = None
) -> Candidates:
    """Draw one block: *inputs* has one value per replication, *stream* gives a generator for a stream's name.

    The envelope is widened to the deployments' own thresholds and lists. Every place has people of its own. Beside a *twin*,
    false exceedances are drawn as often as the one of the two has them that has more, and thinned: so both see the same
    look-alikes, those of the rarer law among those of the other. What is thinned has a score below all.
    """
    threshold, size = lowest_threshold(scenario, envelope.threshold), longest_list(scenario, envelope.size)
    recogniser = ScoreLaws(scenario, inputs)
    profile = footfall.profile_of(scenario)
    street = crowd_of(scenario, inputs, size, profile, stream("footfall"))
    fmr_level = footfall.day_levels(stream("fmr"), inputs.get("recogniser.fmr_day_dispersion_k"), street.shape)
    listed_share = listed.listed_share(scenario, inputs, recogniser, size)
    kin_share = kin.kin_share(scenario, inputs, size)

    own_x = drawn_x = recogniser.comparisons_fmr(size, threshold)
    if twin is not None:
        its_x = false_exceedances(twin, median_inputs(twin, inputs.replications), Envelope(threshold, size))
        drawn_x = np.maximum(own_x, its_x)
    too_often = drawn_x / np.maximum(own_x, np.finfo(float).tiny)
    parts = [
        _of_population(people, recogniser, threshold, profile, drawn_x, too_often)
        for people in populations(street, fmr_level, listed_share, kin_share, stream)
    ]
    return parts[0] if len(parts) == 1 else _joined(parts)


def _of_population(
    population: Population,
    recogniser: ScoreLaws,
    threshold: float,
    profile: footfall.Profile,
    drawn_x: Array,
    too_often: Array,
) -> Candidates:
    """The candidates of one population; deployments are numbered as in the campaign.

    *drawn_x* exceedances of a passage are drawn, *too_often* times as many as the recogniser has: both (replications,).
    """
    crowd, stream = population.crowd, population.stream
    scenario, inputs, size = crowd.scenario, crowd.inputs, crowd.envelope_size
    listed_people, listed_trips = population.listed, population.listed_trips
    kin_people, kin_trips = kin.kin_people(stream("kin"), crowd, population.kin_share)

    split = lookalikes.persistence(inputs, drawn_x, population.fmr_level, crowd.pool is not None)
    worst = float(crowd.groups.relative_fmr.max())

    rng = stream("lookalikes")
    familiar, familiar_trips, on_people = lookalikes.familiar_lookalikes(
        rng, crowd, recogniser, threshold, too_often, split.person * worst, listed_people, kin_people
    )
    table = PeopleTable([(listed_people, listed_trips), (kin_people, kin_trips), (familiar, familiar_trips)])
    followed = np.bincount(table.trips.cell, minlength=crowd.mean_trips.size).reshape(crowd.shape)
    passers_by = stream("passers-by")
    others_share = _others_share(passers_by, population, table.people)
    others = passers_by.poisson(crowd.mean_trips * crowd.level * others_share[:, None])

    slots = int(np.prod(slot_shape(scenario, inputs)))
    day_hits = lookalikes.hits(rng, (followed + others), split.trip * worst, 1)
    once_hits = lookalikes.hits(rng, (followed + others), split.passage * worst * slots, slots)
    met, targets = lookalikes.meet_others(rng, crowd, table, followed, others, [day_hits, once_hits])
    on_trips = lookalikes.exceedances(
        rng, crowd, recogniser, threshold, too_often, targets[0], day_hits[0] // crowd.shape[1]
    )
    once_target = targets[1] * slots + once_hits[2]
    on_slots = lookalikes.exceedances(
        rng, crowd, recogniser, threshold, too_often, once_target, once_hits[0] // crowd.shape[1]
    )

    cells = table.trips.cell
    visits = draw_visits(
        stream("visits"), scenario, inputs, profile, cells // crowd.shape[1], crowd.deployment[cells % crowd.shape[1]]
    )
    genuine, captured = genuine_rows(stream("scores"), scenario, crowd, recogniser, threshold, table, visits)
    false = lookalikes.false_rows(rng, crowd, table, visits, on_people, on_trips, on_slots, captured)
    passages, rows = _compact(crowd, table, visits, Rows.join([genuine, false]))

    seen = np.bincount(cells, weights=visits.exists.sum(axis=1), minlength=crowd.mean_trips.size).astype(np.int64)
    uncounted = uncounted_passages(stream("counts"), inputs, others - met)
    count = np.zeros((crowd.shape[0], len(scenario.campaign.days)), dtype=np.int64)
    count[:, crowd.deployment] = seen.reshape(crowd.shape) + uncounted
    return Candidates(Envelope(threshold, size), passages, rows, count, _came(crowd, table))


def false_exceedances(scenario: Scenario, inputs: Inputs, envelope: Envelope) -> Array:
    """How many false exceedances a passage is expected to have in the *envelope*, one value per replication."""
    return ScoreLaws(scenario, inputs).comparisons_fmr(envelope.size, envelope.threshold)


def listed_passing(candidates: Candidates, size: Array | float, replications: int) -> Array:
    """How many people on the list came past in each of the *replications*; the list has a *size*, or one per deployment."""
    trips = candidates.listed
    sizes = np.broadcast_to(size, candidates.passage_count.shape[1]).astype(float)
    came, seen = np.zeros(replications), np.zeros(int(trips.person.max(initial=-1)) + 1, dtype=np.int64)
    count_passing((trips.replication, trips.person, trips.deployment), trips.rank, sizes, seen, came)
    return came


@compiled_loop
def count_passing(trip: tuple[Index, Index, Index], rank: Array, size: Array, seen: Index, came: Array) -> None:
    """Add to *came* (replications,) each person with a trip in spite of their *rank*; *seen* has a zero for each of them."""
    replication, person, deployment = trip
    for row in range(len(rank)):
        if rank[row] <= size[deployment[row]] and seen[person[row]] == 0:
            seen[person[row]] = 1
            came[replication[row]] += 1


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


def _others_share(rng: np.random.Generator, population: Population, people: People) -> Array:
    """Share of everybody's trips that is left for people nobody follows."""
    crowd = population.crowd
    if crowd.pool is None or crowd.members is None:
        return np.clip(1.0 - population.listed_share - population.kin_share, 0.0, 1.0)
    followed = np.bincount(people.replication, minlength=crowd.shape[0])
    return share_of_others(rng, crowd.pool, crowd.regularity, followed + crowd.pool - crowd.members)


def _came(crowd: Crowd, table: PeopleTable) -> ListedTrips:
    """The trips of listed people, who are the first of the *table*."""
    number = np.flatnonzero(table.people.kind[table.trips.person] == LISTED)
    trips = table.trips.take(number)
    deployment = crowd.deployment[trips.cell % crowd.shape[1]]
    return ListedTrips(trips.cell // crowd.shape[1], trips.person, deployment, table.people.rank[trips.person], number)


def _joined(parts: list[Candidates]) -> Candidates:
    """The candidates of several populations together: people and passages numbered one after the other, in order of time."""
    people = _first([int(part.passages.person.max(initial=-1)) + 1 for part in parts])
    on_list = _first([int(part.listed.person.max(initial=-1)) + 1 for part in parts])
    before = _first([len(part.passages) for part in parts])
    trips = _first(
        [int(max(part.passages.trip.max(initial=-1), part.listed.trip.max(initial=-1))) + 1 for part in parts]
    )
    passages = Passages.join(
        [
            replace(part.passages, person=part.passages.person + n, trip=part.passages.trip + first)
            for part, n, first in zip(parts, people, trips, strict=True)
        ]
    )
    rows = Rows.join([replace(part.rows, passage=part.rows.passage + n) for part, n in zip(parts, before, strict=True)])
    came = ListedTrips.join(
        [
            replace(part.listed, person=part.listed.person + n, trip=part.listed.trip + first)
            for part, n, first in zip(parts, on_list, trips, strict=True)
        ]
    )
    count = np.sum([part.passage_count for part in parts], axis=0)
    cell = passages.replication * count.shape[1] + passages.deployment
    order = sorted_with_ties(_instants(cell, passages.time_s), (passages.end, passages.person))
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    rows = replace(rows, passage=place[rows.passage])
    rows = rows.take(np.argsort(rows.passage, kind="stable"))
    return Candidates(parts[0].envelope, passages.take(order), rows, count, came)


def _first(lengths: list[int]) -> list[int]:
    """Where each of several tables of these *lengths* begins when they follow one another."""
    return [0, *accumulate(lengths[:-1])]


def _instants(cell: Index, time_s: Array) -> Index:
    """Numbers in the order of cells, and of times within them: exact, because times lie on a grid."""
    return cell * TICKS_OF_A_CELL + np.rint(time_s * TICKS_PER_S).astype(np.int64)


def _compact(crowd: Crowd, table: PeopleTable, visits: Visits, rows: Rows) -> tuple[Passages, Rows]:
    """Keep only passages with at least one exceedance, numbered by replication, deployment, time, person and end.

    Their rows follow one another, best first; people are numbered anew, without those who have no such passage.
    """
    code, row_passage = renumbered(rows.passage, visits.exists.size)
    trip, slot = code // visits.slots, code % visits.slots
    person, cell, people = table.trips.person[trip], table.trips.cell[trip], table.people
    time_s, end = visits.time_s.ravel()[code], visits.end.ravel()[code]
    passages = Passages(
        cell // crowd.shape[1],
        crowd.deployment[cell % crowd.shape[1]],
        time_s,
        renumbered(person, len(people))[1],
        end,
        people.group[person],
        np.where(people.kind[person] == LISTED, people.rank[person], np.inf),
        trip,
    )
    order = sorted_with_ties(_instants(cell, time_s), (slot, end, person))
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    rows = replace(rows, passage=place[row_passage])
    # the mask takes the first surviving row of each passage: the highest score; at the end of a table, where scores are
    # alike, the person's own entry, then the smallest rank
    return passages.take(order), rows.take(
        sorted_with_ties(rows.passage, (rows.rank, np.where(rows.own, 0, 1), -rows.score))
    )
