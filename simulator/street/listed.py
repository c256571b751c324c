"""Listed people: how many come past, and how their faces score against their own entries."""

from __future__ import annotations

import numpy as np

from simulator.scenario.inputs import Inputs
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Array
from simulator.street.crowd import Crowd, people_of_share, pick_entries
from simulator.street.groups import groups_of
from simulator.street.people import LISTED, People, Trips, pick, ranks
from simulator.street.recogniser import ScoreLaws

MOST_LISTED = 0.999


def listed_share(scenario: Scenario, inputs: Inputs, recogniser: ScoreLaws, size: float) -> Array:
    """Share of passages that are by people on a list of *size*: shape (replications,).

    Where only the product listed share x TPIR was measured, the listed share follows from it and the drawn TPIR.
    """
    watchlist = scenario.watchlist
    if watchlist.true_alerts_per_1000_passages is not None:
        at = watchlist.reference_threshold
        if at is None:
            at = recogniser.anchor if recogniser.table is None else scenario.recogniser.threshold.value
        groups = groups_of(scenario)
        on_list = np.diff(groups.listed_cdf, prepend=0.0)
        tpir = sum(
            share * recogniser.tpir(at, float(shift)) for share, shift in zip(on_list, groups.score_shift, strict=True)
        )
        rate = inputs["watchlist.true_alerts_per_1000_passages"] / np.maximum(tpir, 1e-12)
    else:
        rate = inputs["watchlist.listed_per_1000_passages"]
    grown = rate * 1e-3 * (size / watchlist.size_of_reference) ** inputs["watchlist.growth_exponent"]
    return np.asarray(np.minimum(grown, MOST_LISTED))


def listed_people(rng: np.random.Generator, crowd: Crowd, share: Array) -> tuple[People, Trips]:
    """Listed people of the largest list and their trips, on the day levels of listed people."""
    replication, trips = people_of_share(rng, crowd, share, crowd.mean_trips * crowd.listed_level)
    n = len(replication)
    exponent = crowd.inputs["watchlist.growth_exponent"][replication]
    group = pick(rng, crowd.groups.listed_cdf, n)
    category, stale = pick_entries(rng, crowd, replication)
    rank = ranks(rng.random(n), crowd.envelope_size, exponent)
    return People(replication, np.full(n, LISTED), group, rank, category, stale), trips
