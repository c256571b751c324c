"""What holds on each deployment: its own threshold, list and so on where it says so, those of the scenario elsewhere."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.scenario.campaign import Campaign
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Array

# What a deployment may say for itself, by the key that says it for all.
OWN = {
    "street.passages_per_hour": "passages_per_hour",
    "recogniser.threshold": "threshold",
    "watchlist.size": "watchlist_size",
    "officers.operators": "operators",
    "officers.teams": "teams",
    "officers.checkers": "checkers",
    "officers.vans": "vans",
}


def own_values(campaign: Campaign, name: str) -> Array:
    """What each deployment says for itself under *name*, NaN where it says nothing: shape (deployments,)."""
    given = (getattr(day, name) for day in campaign.days)
    return np.array([np.nan if value is None else float(value) for value in given])


def by_day(campaign: Campaign, name: str, elsewhere: float) -> Array:
    """The value under *name* on each deployment, *elsewhere* where it has none of its own: shape (deployments,)."""
    own = own_values(campaign, name)
    return np.where(np.isnan(own), elsewhere, own)


def hours_of(campaign: Campaign) -> Array:
    """Hours with the cameras on: shape (deployments,)."""
    return np.array([day.hours for day in campaign.days])


def differs(scenario: Scenario, key: str) -> bool:
    """Whether some deployment has a value of its own for what *key* says of all."""
    return key in OWN and any(getattr(day, OWN[key]) is not None for day in scenario.campaign.days)


def without_own(scenario: Scenario, key: str) -> Scenario:
    """*scenario* with what *key* says holding on every deployment, also where one had a value of its own."""
    if not differs(scenario, key):
        return scenario
    campaign = scenario.campaign
    lists: dict[str, Any] = {
        part: tuple(item.model_copy(update={OWN[key]: None}) for item in getattr(campaign, part))
        for part in ("deployments", "read_table")
    }
    return scenario.model_copy(update={"campaign": campaign.model_copy(update=lists)})


def lowest_threshold(scenario: Scenario, threshold: float) -> float:
    """The lowest threshold on any deployment where *threshold* holds on those that say nothing."""
    return float(by_day(scenario.campaign, "threshold", threshold).min())


def longest_list(scenario: Scenario, size: float) -> float:
    """The longest list on any deployment where one of *size* holds on those that say nothing."""
    return float(by_day(scenario.campaign, "watchlist_size", size).max())


def place_numbers(campaign: Campaign) -> NDArray[np.int64]:
    """The place of each deployment, numbered in the order in which places are first visited: shape (deployments,)."""
    number = {name: i for i, name in enumerate(campaign.places)}
    return np.array([number[day.place] for day in campaign.days], dtype=np.int64)


__all__ = [
    "OWN",
    "by_day",
    "differs",
    "hours_of",
    "longest_list",
    "lowest_threshold",
    "own_values",
    "place_numbers",
    "without_own",
]
