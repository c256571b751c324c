"""The draw: every passage that could alert at the envelope, and a count of everybody else.

Exceedances (passage, entry, score) are a Poisson process, so they are drawn directly; the cost depends on alerts,
not on footfall. Enumerated trips (listed people, kin, persistent look-alikes) and uncounted trips share one
numbering per deployment, on which false exceedances fall uniformly: a listed person can be taken for somebody else,
and one beyond the rank of a smaller list is a passer-by like any other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from simulator.scenario.inputs import Inputs
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Array
from simulator.street import footfall, kin, listed, lookalikes
from simulator.street.crowd import Crowd, crowd_of
from simulator.street.genuine import genuine_rows
from simulator.street.people import LISTED, Columns, Index, People, PeopleTable, Rows
from simulator.street.recogniser import Recogniser
from simulator.street.visits import Visits, draw_visits, slot_shape, uncounted_passages

Stream = Callable[[str], np.random.Generator]


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
    each listed person who came past at least once, alert or not.
    """

    envelope: Envelope
    passages: Passages
    rows: Rows
    passage_count: Index
    listed_replication: Index
    listed_rank: Array


def draw(scenario: Scenario, inputs: Inputs, envelope: Envelope, stream: Stream) -> Candidates:
    """Draw one block: *inputs* has one value per replication, *stream* gives a generator for a stream's name."""
    recogniser = Recogniser(scenario, inputs)
    profile = footfall.profile_of(scenario)
    crowd = crowd_of(scenario, inputs, envelope.size, profile, stream("footfall"))
    listed_share = listed.listed_share(scenario, inputs, recogniser, envelope.size)
    kin_share = kin.kin_share(scenario, inputs, envelope.size)
    listed_people, listed_trips = listed.listed_people(stream("listed"), crowd, listed_share)
    kin_people, kin_trips = kin.kin_people(stream("kin"), crowd, kin_share)

    level = footfall.day_levels(stream("fmr"), inputs.get("recogniser.fmr_day_dispersion_k"), crowd.shape)
    false_x = recogniser.comparisons_fmr(envelope.size, envelope.threshold)
    split = lookalikes.persistence(inputs, false_x, level, crowd.pool is not None)
    worst = float(crowd.groups.relative_fmr.max())

    rng = stream("lookalikes")
    familiar, familiar_trips, on_people = lookalikes.familiar_lookalikes(
        rng, crowd, recogniser, envelope.threshold, split.person * worst, listed_people, kin_people
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
        rng, crowd, recogniser, envelope.threshold, targets[0], day_hits[0] // crowd.shape[1]
    )
    once_target = targets[1] * slots + once_hits[2]
    on_slots = lookalikes.exceedances(
        rng, crowd, recogniser, envelope.threshold, once_target, once_hits[0] // crowd.shape[1]
    )

    cells = table.trips.cell
    visits = draw_visits(stream("visits"), scenario, inputs, profile, cells // crowd.shape[1], cells % crowd.shape[1])
    genuine, captured = genuine_rows(stream("scores"), scenario, crowd, recogniser, envelope.threshold, table, visits)
    false = lookalikes.false_rows(rng, crowd, table, visits, on_people, on_trips, on_slots, captured)
    passages, rows = _compact(crowd, table, visits, Rows.join([genuine, false]))

    seen = np.bincount(cells, weights=visits.exists.sum(axis=1), minlength=crowd.mean_trips.size).astype(np.int64)
    uncounted = uncounted_passages(stream("counts"), inputs, others - met)
    came = np.unique(listed_trips.person)
    return Candidates(
        envelope,
        passages,
        rows,
        seen.reshape(crowd.shape) + uncounted,
        listed_people.replication[came],
        listed_people.rank[came],
    )


def _others_share(crowd: Crowd, share: Array, people: People) -> Array:
    """Share of everybody's trips that is left for people nobody follows."""
    if crowd.pool is None:
        return np.clip(1.0 - share, 0.0, 1.0)
    followed = np.bincount(people.replication, minlength=crowd.shape[0])
    return np.clip(1.0 - followed / crowd.pool, 0.0, 1.0)


def _compact(crowd: Crowd, table: PeopleTable, visits: Visits, rows: Rows) -> tuple[Passages, Rows]:
    """Keep only passages with at least one exceedance, numbered by replication, deployment, time, person and end."""
    code, row_passage = np.unique(rows.passage, return_inverse=True)
    trip, slot = code // visits.slots, code % visits.slots
    person, cell = table.trips.person[trip], table.trips.cell[trip]
    people = table.people
    passages = Passages(
        cell // crowd.shape[1],
        cell % crowd.shape[1],
        visits.time_s[trip, slot],
        person,
        visits.end[trip, slot],
        people.group[person],
        np.where(people.kind[person] == LISTED, people.rank[person], np.inf),
    )
    order = np.lexsort((slot, passages.end, person, passages.time_s, cell))
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    return passages.take(order), replace(rows, passage=place[row_passage])
