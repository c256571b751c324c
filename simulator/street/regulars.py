"""How often each member of a pool comes: all alike, or each with a gamma weight of mean 1 that holds on all days."""

from __future__ import annotations

import numpy as np

from simulator.scenario.quantity import Array
from simulator.street.people import Index, Trips


def trips_of_members(
    rng: np.random.Generator, pool: Index, regularity: Array | None, number: Index, mean_trips: Array
) -> Trips:
    """Trips of *number* (replications,) members of the *pool*, who are followed: the pool's trips, thinned to them.

    *regularity* (replications,) is the shape of the law of weights; None: all members come alike.
    """
    first = np.cumsum(number) - number
    if regularity is None:
        weight = number.astype(float)
    else:
        k = np.repeat(regularity, number)
        up_to = np.concatenate([[0.0], np.cumsum(rng.gamma(k) / k)])
        weight = up_to[first + number] - up_to[first]
    counts = rng.poisson(mean_trips * (weight / pool)[:, None]).ravel()
    cells = np.repeat(np.arange(mean_trips.size), counts)
    replication = cells // mean_trips.shape[1]
    at = rng.random(len(cells)) * weight[replication]
    if regularity is None:
        return Trips(first[replication] + at.astype(np.int64), cells)
    person = np.searchsorted(up_to, up_to[first[replication]] + at, side="right") - 1
    # rounding must not lead to somebody of another replication
    return Trips(np.clip(person, first[replication], (first + number - 1)[replication]), cells)


def share_of_others(rng: np.random.Generator, pool: Index, regularity: Array | None, followed: Index) -> Array:
    """The part of the trips of the *pool* that is left to members who are not *followed*; all are (replications,)."""
    if regularity is None:
        return np.clip(1.0 - followed / pool, 0.0, 1.0)
    # the sum of that many weights
    return np.asarray(rng.gamma(regularity * np.maximum(pool - followed, 0)) / regularity / pool)


def whose_trips(rng: np.random.Generator, regularity: Array | None, replication: Index, others: Index) -> Index:
    """For each trip, in order of its *replication*, one of the *others* (replications,) who make such trips.

    Weights of these people are never drawn: given the trips before, one is by whoever made one of those, in proportion, or
    by anybody (a Polya urn), and trips to different days belong to the same urn.
    """
    member = (rng.random(len(replication)) * others[replication]).astype(np.int64)
    if regularity is None:
        return member
    trip, u = np.arange(len(replication)), rng.random((2, len(replication)))
    first = np.searchsorted(replication, replication)
    before, anybody = trip - first, (regularity * others)[replication]
    as_trip = np.where(u[0] * (anybody + before) < before, first + (u[1] * before).astype(np.int64), trip)
    while (as_trip[as_trip] != as_trip).any():
        as_trip = as_trip[as_trip]
    return np.asarray(member[as_trip])


__all__ = ["share_of_others", "trips_of_members", "whose_trips"]
