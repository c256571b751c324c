"""Many inputs drawn from their intervals, to take closed forms at: as many however few campaigns are simulated."""

from __future__ import annotations

from simulator.experiment.sweep import latin_hypercube
from simulator.scenario.inputs import Inputs, drawn_inputs
from simulator.scenario.models import Scenario

# So many inputs leave the ends of a range of averages known to a few in a hundred, in a fifth of a second.
CLOSED_DRAWS = 4096
# The same inputs for every seed, command and scenario: a range must not move with what is no evidence.
_SEED = 1


def many_inputs(scenario: Scenario) -> Inputs:
    """CLOSED_DRAWS values of every input, drawn from its interval: a Latin hypercube."""
    return drawn_inputs(scenario, CLOSED_DRAWS, lambda key: latin_hypercube(_SEED, key, CLOSED_DRAWS))


__all__ = ["CLOSED_DRAWS", "many_inputs"]
