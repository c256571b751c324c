"""What is 0 because somebody put it in: measures that an input of exactly 0 makes impossible."""

from __future__ import annotations

from simulator.scenario.inputs import always_zero
from simulator.scenario.models import Scenario

# The input whose being 0 makes a measure 0.
MADE_BY = {
    "bystander_stops": "procedure.bystander",
    "wrongful_arrests": "procedure.check_error",
    "other_offence_arrests": "procedure.other_offence_arrest",
}


def assumed_zero(scenario: Scenario, measure: str) -> str | None:
    """The key of the input that is 0 in every campaign and makes *measure* 0: an assumption, never a finding.

    None where there is no such input, and where it is drawn, by itself or jointly, and may be more than 0.
    """
    key = MADE_BY.get(measure)
    return key if key is not None and always_zero(scenario, key) else None


__all__ = ["assumed_zero"]
