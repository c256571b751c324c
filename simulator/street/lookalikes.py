"""Strangers who look like an entry: false exceedances of one passage, of one day, or of one person for good."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.scenario.inputs import Inputs
from simulator.scenario.quantity import Array
from simulator.street.crowd import Crowd, pick_entries, strangers
from simulator.street.groups import thin
from simulator.street.people import Columns, Index, People, PeopleTable, Rows, Trips, ranks
from simulator.street.recogniser import ScoreLaws
from simulator.street.regulars import trips_of_members, whose_trips
from simulator.street.visits import Visits


@dataclass(frozen=True)
class Persistence:
    """Expected exceedances at the envelope per person (kept for good), per trip (kept for the day), per passage.

    Shapes: *person* (replications,), *trip* and *passage* (replications, deployments). Their sum is that of the recogniser, so
    FPIR does not depend on persistence, and a falsely alerted person alerts again with a chance of about the
    persistence.
    """

    person: Array
    trip: Array
    passage: Array


def persistence(inputs: Inputs, comparisons_fmr: Array, fmr_level: Array, pooled: bool) -> Persistence:
    """Split the exceedances *comparisons_fmr* (replications,); *fmr_level* is the day's factor on the FMR.

    What a person keeps for good cannot change from day to day, so the day's factor acts on the rest; where nobody
    comes on two days (not *pooled*), what would be kept for good is kept for the day.
    """
    same_day = inputs["recogniser.lookalike_persistence_same_day"]
    across = np.minimum(inputs["recogniser.lookalike_persistence_across_days"], same_day)
    across = across if pooled else np.zeros_like(across)
    daily = comparisons_fmr[:, None] * fmr_level
    return Persistence(comparisons_fmr * across, daily * (same_day - across)[:, None], daily * (1 - same_day)[:, None])


@dataclass(frozen=True)
class Exceedances(Columns):
    """Points (target, entry, score) before groups thin them: the *target* is a person, a trip or a slot."""

    target: Index
    score: Array
    rank: Array
    category: Index
    stale: Index


def exceedances(
    rng: np.random.Generator,
    crowd: Crowd,
    recogniser: ScoreLaws,
    threshold: float,
    too_often: Array,
    target: Index,
    replication: Index,
) -> Exceedances:
    """One exceedance of *threshold* for each *target*, of an entry of the largest list.

    Targets that were drawn *too_often* (replications,) are thinned: those too many get a score below everybody's.
    """
    n = len(target)
    u = (1.0 - rng.random(n)) * too_often[replication]
    score = np.where(u <= 1, recogniser.false_scores(np.minimum(u, 1.0), replication, threshold), -np.inf)
    rank = ranks(rng.random(n), crowd.envelope_size, crowd.inputs["recogniser.list_size_exponent"][replication])
    category, stale = pick_entries(rng, crowd, replication)
    return Exceedances(target, score, rank, category, stale.astype(np.int64))


def familiar_lookalikes(
    rng: np.random.Generator,
    crowd: Crowd,
    recogniser: ScoreLaws,
    threshold: float,
    too_often: Array,
    rate: Array,
    listed_people: People,
    kin_people: People,
) -> tuple[People, Trips, Exceedances]:
    """Look-alikes for good: the strangers among them with their trips, and the exceedances on all people.

    Members of the pool are numbered listed people first, then kin, then strangers; targets are rows of the three
    tables joined in that order.
    """
    if crowd.pool is None or crowd.members is None:
        none = np.zeros(0, dtype=np.int64)
        people = strangers(rng, crowd, none)
        empty = exceedances(rng, crowd, recogniser, threshold, too_often, none, none)
        return people, Trips(none, none), empty
    replication = np.repeat(np.arange(crowd.shape[0]), rng.poisson(crowd.members * rate))
    member = (rng.random(len(replication)) * crowd.members[replication]).astype(np.int64)
    n_listed = np.bincount(listed_people.replication, minlength=crowd.shape[0])
    n_kin = np.bincount(kin_people.replication, minlength=crowd.shape[0])
    known = n_listed + n_kin
    is_listed, is_stranger = member < n_listed[replication], member >= known[replication]
    # one stranger may carry several exceedances
    key, person = np.unique(replication[is_stranger] * np.int64(2**40) + member[is_stranger], return_inverse=True)
    people = strangers(rng, crowd, key // 2**40)
    trips = trips_of_members(
        rng,
        crowd.pool,
        crowd.regularity,
        np.bincount(people.replication, minlength=crowd.shape[0]),
        crowd.mean_trips * crowd.level,
    )
    first_listed = np.concatenate([[0], np.cumsum(n_listed)[:-1]])
    first_kin = len(listed_people) + np.concatenate([[0], np.cumsum(n_kin)[:-1]])
    target = np.where(is_listed, first_listed[replication] + member, (first_kin - n_listed)[replication] + member)
    target[is_stranger] = len(listed_people) + len(kin_people) + person
    return people, trips, exceedances(rng, crowd, recogniser, threshold, too_often, target, replication)


def hits(rng: np.random.Generator, trips: Index, rate: Array, slots: int) -> tuple[Index, Index, Index]:
    """Cell, trip number within the cell and slot of a Poisson number of points, uniform over all trips and slots."""
    cell = np.repeat(np.arange(trips.size), rng.poisson(trips * rate).ravel())
    number = (rng.random(len(cell)) * trips.ravel()[cell]).astype(np.int64)
    slot = (rng.random(len(cell)) * slots).astype(np.int64) if slots > 1 else np.zeros(len(cell), dtype=np.int64)
    return cell, number, slot


def meet_others(
    rng: np.random.Generator,
    crowd: Crowd,
    table: PeopleTable,
    followed: Index,
    others: Index,
    points: list[tuple[Index, Index, Index]],
) -> tuple[Index, list[Index]]:
    """Put the passers-by that points fell on into the *table*; returns how many were met per cell, and each
    point's row in the table of trips.
    """
    start = np.concatenate([[0], np.cumsum(followed.ravel())[:-1]])
    cell = np.concatenate([hit[0] for hit in points])
    number = np.concatenate([hit[1] for hit in points])
    beyond = number - followed.ravel()[cell]
    is_other = beyond >= 0
    first_other = np.concatenate([[0], np.cumsum(others.ravel())[:-1]])
    key, met = np.unique(first_other[cell[is_other]] + beyond[is_other], return_inverse=True)
    met_cell = np.searchsorted(np.cumsum(others.ravel()), key, side="right")
    replication = met_cell // crowd.shape[1]
    if crowd.members is None:
        people, person = strangers(rng, crowd, replication), np.arange(len(key))
    else:
        unknown = crowd.members - np.bincount(table.people.replication, minlength=crowd.shape[0])
        member = whose_trips(rng, crowd.regularity, replication, unknown)
        people_key, person = np.unique(replication * np.int64(2**40) + member, return_inverse=True)
        people = strangers(rng, crowd, people_key // 2**40)
    rows_before = len(table.trips)
    table.add(people, Trips(person, met_cell))
    row = start[cell] + number
    row[is_other] = rows_before + met
    counts = np.bincount(met_cell, minlength=others.size).reshape(crowd.shape)
    return counts, np.split(row, np.cumsum([len(hit[0]) for hit in points])[:-1])


def false_rows(
    rng: np.random.Generator,
    crowd: Crowd,
    table: PeopleTable,
    visits: Visits,
    on_people: Exceedances,
    on_trips: Exceedances,
    on_slots: Exceedances,
    captured: NDArray[np.bool_],
) -> Rows:
    """Spread exceedances over the passages they belong to, thinned by the group of the passer-by."""
    slots, trips, people = visits.slots, table.trips, table.people
    order = np.argsort(trips.person, kind="stable")
    n_trips = np.bincount(trips.person, minlength=len(people))
    first = np.concatenate([[0], np.cumsum(n_trips)[:-1]]) if len(people) else np.zeros(0, dtype=np.int64)
    spread = []
    for points, person, count, start in (
        (on_people, on_people.target, n_trips[on_people.target], first[on_people.target]),
        (on_trips, trips.person[on_trips.target], None, None),
        (on_slots, trips.person[on_slots.target // slots], None, None),
    ):
        group = people.group[person]
        entry_group, keep = thin(rng, crowd.groups, group)
        index = np.flatnonzero(keep)
        if count is not None and start is not None:
            index = np.repeat(index, count[keep])
            within = np.arange(len(index)) - np.repeat(np.cumsum(count[keep]) - count[keep], count[keep])
            trip = order[start[index] + within]
        else:
            trip = points.target[index]
        if points is on_slots:
            passage = trip
        else:
            index = np.repeat(index, slots)
            passage = (trip[:, None] * slots + np.arange(slots)).ravel()
        present = (visits.exists & captured).ravel()[passage]
        index, passage = index[present], passage[present]
        spread.append(
            Rows(
                passage,
                points.score[index],
                points.rank[index],
                np.zeros(len(index), dtype=bool),
                points.category[index],
                points.stale[index].astype(bool),
                entry_group[index],
            )
        )
    return Rows.join(spread)
