"""The street as every stream of candidates sees it: sizes, levels of the day, and the pool people come from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.scenario.inputs import LENGTH, LEVEL, Inputs
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Array
from simulator.street import footfall
from simulator.street.groups import Groups, groups_of
from simulator.street.people import CONDITIONS, STRANGER, WANTED, Index, People, Trips, pick
from simulator.street.regulars import trips_of_members

# A visit to so many campaigns is none; and members of a pool have room in one number beside their replication.
FEWEST_VISITS, MOST_PEOPLE = 1e-9, 2.0**39


@dataclass(frozen=True)
class Crowd:
    """What a stream needs to know of the street: sizes, mean trips and the pool people come from.

    *mean_trips* has shape (replications, deployments) and holds at day level 1; *level* and *listed_level* are the
    day's factors for everybody else and for listed people; *pool* is the number of people whose visits they are, or None
    where nobody comes twice, and *members* how many of these are in this crowd; *regularity* is the shape of the gamma law
    of how often each of them comes, or None where all come alike. *deployment* numbers the deployments in the campaign.
    """

    scenario: Scenario
    inputs: Inputs
    mean_trips: Array
    level: Array
    listed_level: Array
    pool: Index | None
    members: Index | None
    regularity: Array | None
    deployment: Index
    envelope_size: float
    groups: Groups

    @property
    def shape(self) -> tuple[int, int]:
        """(replications, deployments)."""
        replications, deployments = self.mean_trips.shape
        return replications, deployments


def crowd_of(
    scenario: Scenario, inputs: Inputs, envelope_size: float, profile: footfall.Profile, rng: np.random.Generator
) -> Crowd:
    """The street of one block, with the levels of its days drawn from *rng*; *envelope_size* is the largest list.

    A level that is told stands where one would be drawn. A longer deployment has as many more trips, and the same people.
    """
    mean_trips = footfall.mean_trips(scenario, inputs, profile)
    shape = (inputs.replications, mean_trips.shape[1])
    level = footfall.day_levels(rng, inputs.get("street.day_dispersion_k"), shape)
    if LEVEL in inputs.told:
        level = np.where(np.isnan(inputs.told[LEVEL]), level, inputs.told[LEVEL])
    listed_level = footfall.listed_levels(rng, level, inputs)
    if LENGTH in inputs.told:
        level, listed_level = level * inputs.told[LENGTH], listed_level * inputs.told[LENGTH]
    pool, regularity = pool_of(inputs, mean_trips), inputs.get("street.visit_dispersion_k")
    all_days, groups = np.arange(shape[1]), groups_of(scenario)
    return Crowd(
        scenario, inputs, mean_trips, level, listed_level, pool, pool, regularity, all_days, envelope_size, groups
    )


def pool_of(inputs: Inputs, mean_trips: Array) -> Index | None:
    """How many people make the *mean_trips* (replications, deployments) of one place; None where nobody comes twice.

    As many as the scenario says, or so few that each makes as many visits as it says.
    """
    people, visits = inputs.get("street.pool_people"), inputs.get("street.visits_per_person")
    if visits is not None:
        people = mean_trips.sum(axis=1) / np.maximum(visits, FEWEST_VISITS)
    return None if people is None else np.clip(people, 1.0, MOST_PEOPLE).astype(np.int64)


def pick_entries(rng: np.random.Generator, crowd: Crowd, replication: Index) -> tuple[Index, NDArray[np.bool_]]:
    """Category and staleness of one list entry per element of *replication*."""
    inputs = crowd.inputs
    u = rng.random((2, len(replication)))
    category = np.where(u[0] < inputs["watchlist.conditions_share"][replication], CONDITIONS, WANTED)
    return category.astype(np.int64), u[1] < inputs["watchlist.stale_share"][replication]


def people_of_share(rng: np.random.Generator, crowd: Crowd, share: Array, mean_trips: Array) -> tuple[Index, Trips]:
    """People who make up *share* (replications,) of everybody, and their trips.

    With a pool the people are a Poisson number of its members, each of whom comes to every deployment a Poisson
    number of times; without one every trip is by somebody new. Returns the replication of each person, and the trips.
    """
    if crowd.pool is None:
        cells = np.repeat(np.arange(mean_trips.size), rng.poisson(mean_trips * share[:, None]).ravel())
        return cells // mean_trips.shape[1], Trips(np.arange(len(cells)), cells)
    number = np.minimum(rng.poisson(crowd.pool * np.minimum(share, 1.0)), crowd.pool)
    return np.repeat(np.arange(len(number)), number), trips_of_members(
        rng, crowd.pool, crowd.regularity, number, mean_trips
    )


def strangers(rng: np.random.Generator, crowd: Crowd, replication: Index) -> People:
    """People who are neither listed nor kin, one per element of *replication*."""
    n = len(replication)
    zeros = np.zeros(n, dtype=np.int64)
    group = pick(rng, crowd.groups.street_cdf, n)
    return People(replication, np.full(n, STRANGER), group, np.full(n, np.inf), zeros, np.zeros(n, dtype=bool))
