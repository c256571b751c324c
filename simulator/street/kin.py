"""Close kin of listed people: passers-by who look like one entry for good."""

from __future__ import annotations

import numpy as np

from simulator.scenario.inputs import Inputs
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Array
from simulator.street.crowd import Crowd, people_of_share, pick_entries
from simulator.street.people import KIN, People, Trips, pick


def kin_share(scenario: Scenario, inputs: Inputs, size: float) -> Array:
    """Share of passages that are by close kin of somebody on a list of *size*: linear in the size."""
    rate = inputs["recogniser.kin_per_100k_passages"] * 1e-5
    return np.asarray(rate * (size / scenario.watchlist.size_of_reference))


def kin_people(rng: np.random.Generator, crowd: Crowd, share: Array) -> tuple[People, Trips]:
    """Kin of the people on the largest list, each with the rank of the relative's entry, and their trips."""
    replication, trips = people_of_share(rng, crowd, share, crowd.mean_trips * crowd.level)
    n = len(replication)
    group = pick(rng, crowd.groups.street_cdf, n)
    category, stale = pick_entries(rng, crowd, replication)
    return People(replication, np.full(n, KIN), group, crowd.envelope_size * rng.random(n), category, stale), trips
