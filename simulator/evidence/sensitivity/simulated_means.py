"""Simulated averages at given inputs, with common random numbers: what sensitivity asks where no formula answers."""

from __future__ import annotations

import numpy as np

from simulator.evidence.counted.measures import measure
from simulator.evidence.sensitivity.indices import Means
from simulator.experiment.campaigns import campaigns_of
from simulator.experiment.replications import block_size, check_draws, envelope_of
from simulator.response.resolve import Engine
from simulator.scenario.errors import Problem, ScenarioError
from simulator.scenario.inputs import Inputs
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Array

# Sets of streams lie so many blocks apart.
BLOCKS_IN_A_SET = 1_000_000


def points_in_a_block(scenario: Scenario, each: int) -> int:
    """Points of *each* campaigns that fit into one block; a ScenarioError where not one does."""
    fit = block_size(scenario, envelope_of(scenario)) // each
    if not fit:
        rule = f"is too large to be simulated at many points: {each} campaigns of it do not fit into memory together"
        raise ScenarioError(Problem(scenario.name, "campaign", f"{rule}; simulate fewer hours or deployments"))
    return fit


def simulated_means(scenario: Scenario, name: str, seed: int, each: int, engine: Engine) -> Means:
    """Averages of the measure *name* over *each* campaigns at every point.

    Campaign j of row i has the same random numbers on every page of as many rows with the same set of streams. An input
    that is used after the draw (a time, a decision) then changes nothing else; one that changes how many people come
    shifts the numbers behind it, and less is left in common. So does a block that comes in pieces because of its inputs.
    Raises ScenarioError for a campaign that does not fit into memory.
    """
    per_block = points_in_a_block(scenario, each)
    campaigns = campaigns_of(scenario, seed, engine=engine, crowding_out=name == "crowded_out")

    def means(points: Inputs, streams: int) -> Array:
        check_draws(scenario, [points], campaigns.envelope)
        values = []
        for number, first in enumerate(range(0, points.replications, per_block)):
            # blocks are whole: what is missing repeats the last row and is dropped
            rows = np.minimum(np.arange(first, first + per_block), points.replications - 1)
            repeated = {key: np.repeat(column[rows], each) for key, column in points.values.items()}
            inputs = Inputs(per_block * each, repeated)
            blocks = campaigns.block(streams * BLOCKS_IN_A_SET + number, inputs, inputs.replications)
            counted = [measure(scenario, block)[name] for block in blocks]
            values.append(np.concatenate(counted).reshape(per_block, each).mean(axis=1))
        return np.concatenate(values)[: points.replications]

    return means
