"""The places of a campaign: how many deployments and people each has."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulator.scenario.days import hours_of, place_numbers
from simulator.scenario.inputs import median_inputs
from simulator.scenario.models import Scenario
from simulator.street.footfall import mean_trips, passages_per_trip, profile_of


@dataclass(frozen=True, kw_only=True)
class Place:
    """A place by its *name*, with its deployments, camera hours and expected *passages* in a campaign."""

    name: str
    deployments: int
    camera_hours: float
    passages: float


def places_of(scenario: Scenario) -> tuple[Place, ...] | None:
    """The places in the order in which they are first visited; None where all deployments are at one."""
    campaign, inputs = scenario.campaign, median_inputs(scenario, 1)
    if len(campaign.places) == 1:
        return None
    number, passages = place_numbers(campaign), mean_trips(scenario, inputs, profile_of(scenario))[0]
    sums = [
        np.bincount(number, weights) for weights in (None, hours_of(campaign), passages * passages_per_trip(inputs)[0])
    ]
    return tuple(
        Place(name=str(name), deployments=int(n), camera_hours=float(hours), passages=float(people))
        for name, n, hours, people in zip(campaign.places, *sums, strict=True)
    )


__all__ = ["Place", "places_of"]
