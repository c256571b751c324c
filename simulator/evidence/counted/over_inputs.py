"""Closed forms over what is not known about the inputs: at many inputs, however few campaigns are simulated."""

from __future__ import annotations

from simulator.evidence.counted.closed_forms import closed_forms
from simulator.experiment.sweep import latin_hypercube
from simulator.scenario.inputs import drawn_inputs
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Array

# So many inputs leave the ends of a range of averages known to a few in a hundred, in a fifth of a second.
CLOSED_DRAWS = 4096
# The same inputs for every seed, command and scenario: a range must not move with what is no evidence.
_SEED = 1


def forms_over_inputs(scenario: Scenario, threshold: float, size: float) -> dict[str, Array]:
    """Closed forms by measure at inputs drawn from their intervals, (CLOSED_DRAWS,): a Latin hypercube."""
    inputs = drawn_inputs(scenario, CLOSED_DRAWS, lambda key: latin_hypercube(_SEED, key, CLOSED_DRAWS))
    return closed_forms(scenario, inputs, threshold, size)


__all__ = ["CLOSED_DRAWS", "forms_over_inputs"]
