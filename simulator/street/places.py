"""Who shares a street with whom: the people of each place, and listed people who may come to any place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from simulator.scenario.days import place_numbers
from simulator.scenario.quantity import Array
from simulator.street.crowd import Crowd, pool_of
from simulator.street.listed import listed_people
from simulator.street.people import Index, People, Trips

Stream = Callable[[str], np.random.Generator]


@dataclass(frozen=True)
class Population:
    """People who meet each other and nobody else: their *crowd*, its days' *fmr_level*, its listed people with their trips.

    Shares (replications,) of its trips are by listed people and by their kin. Streams are those of the population.
    """

    crowd: Crowd
    fmr_level: Array
    listed: People
    listed_trips: Trips
    listed_share: Array
    kin_share: Array
    stream: Stream


def populations(
    street: Crowd, fmr_level: Array, listed_share: Array, kin_share: Array, stream: Stream
) -> Iterator[Population]:
    """The people of every place of the campaign, and where some listed people may come to any place, those.

    Who may come to any place is one of the people of all places together, and takes the place of as many of each, so that
    footfall stays. Without a pool nobody comes twice, and it is all the same where.
    """
    place = place_numbers(street.scenario.campaign)
    anywhere = street.inputs["watchlist.any_place_share"]
    crowds = [_at(street, np.flatnonzero(place == number)) for number in range(int(place.max()) + 1)]
    at_home, away = listed_share, [np.zeros(street.shape[0], dtype=np.int64) for _ in crowds]
    pools = [crowd.pool for crowd in crowds if crowd.pool is not None]
    if len(pools) > 1 and anywhere.any():
        pool = np.sum(pools, axis=0)
        everywhere = replace(street, pool=pool)
        share = listed_share * anywhere
        people, trips = listed_people(stream("listed anywhere"), everywhere, share)
        number = np.bincount(people.replication, minlength=street.shape[0])
        none = np.zeros_like(kin_share)
        everywhere, its_stream = replace(everywhere, members=number), _named(stream, "anywhere")
        yield Population(everywhere, fmr_level, people, trips, share, none, its_stream)
        at_home = listed_share * (1 - anywhere)
        away = [number * of_place // pool for of_place in pools]
    for i, crowd in enumerate(crowds):
        its_stream = _named(stream, f"at place {i}") if i else stream
        people, trips = listed_people(its_stream("listed"), crowd, at_home)
        if crowd.members is not None:
            crowd = replace(crowd, members=crowd.members - away[i])
        yield Population(crowd, fmr_level[:, crowd.deployment], people, trips, at_home, kin_share, its_stream)


def _at(street: Crowd, deployment: Index) -> Crowd:
    """The *street* at some of its deployments, with the pool of the people there."""
    if len(deployment) == street.shape[1]:
        return street
    mean_trips = street.mean_trips[:, deployment]
    pool = pool_of(street.inputs, mean_trips)
    return replace(
        street,
        mean_trips=mean_trips,
        level=street.level[:, deployment],
        listed_level=street.listed_level[:, deployment],
        pool=pool,
        members=pool,
        deployment=deployment,
    )


def _named(stream: Stream, where: str) -> Stream:
    return lambda name: stream(f"{name} {where}")


__all__ = ["Population", "populations"]
