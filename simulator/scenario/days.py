"""What holds on each deployment: its own threshold, list and so on where it says so, those of the scenario elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
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

# The same in words, of several deployments.
WORDS = {
    "street.passages_per_hour": "passages an hour",
    "recogniser.threshold": "thresholds",
    "watchlist.size": "list sizes",
    **{f"officers.{staff}": f"numbers of {staff}" for staff in ("operators", "teams", "checkers", "vans")},
}
# Of more values than these only the smallest and the largest are said.
MOST_SAID = 4


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


def without_own(scenario: Scenario, key: str, by: str | None = None) -> Scenario:
    """*scenario* with what *key* says holding on every deployment, also where one had a value of its own.

    The campaign's notes say what was replaced, and *by* what: the scenario's own value unless given. If it is given, values are
    compared, and none of them is what the deployments have: the campaign's *replaced* tells it.
    """
    if not differs(scenario, key):
        return scenario
    campaign, name = scenario.campaign, OWN[key]
    section, field = key.split(".")
    said = by or f"{getattr(getattr(scenario, section), field).value:,.10g}"
    lists: dict[str, Any] = {
        part: tuple(item.model_copy(update={name: None}) for item in getattr(campaign, part))
        for part in ("deployments", "read_table")
    }
    replaced = {"replaced": (*campaign.replaced, key)} if by else {}
    note = f"The deployments' own {WORDS[key]} ({own_said(campaign, key)}) are replaced by {said}."
    campaign = campaign.model_copy(update={**lists, "notes": (*campaign.notes, note), **replaced})
    return scenario.model_copy(update={"campaign": campaign})


def lowest_threshold(scenario: Scenario, threshold: float) -> float:
    """The lowest threshold on any deployment where *threshold* holds on those that say nothing."""
    return ends_by_day(scenario, "recogniser.threshold", threshold)[0]


def longest_list(scenario: Scenario, size: float) -> float:
    """The longest list on any deployment where one of *size* holds on those that say nothing."""
    return ends_by_day(scenario, "watchlist.size", size)[1]


def values_by_day(scenario: Scenario, key: str, elsewhere: float | None = None) -> Array:
    """What *key* is on each deployment, the scenario's value (or *elsewhere*) where it has none of its own: (deployments,)."""
    section, field = key.split(".")
    value = getattr(getattr(scenario, section), field).value if elsewhere is None else elsewhere
    return by_day(scenario.campaign, OWN[key], value)


def ends_by_day(scenario: Scenario, key: str, elsewhere: float | None = None) -> tuple[float, float]:
    """The smallest and the largest of what *key* is over the deployments (see *values_by_day*)."""
    each = values_by_day(scenario, key, elsewhere)
    return float(each.min()), float(each.max())


def said_by_day(scenario: Scenario, key: str) -> str:
    """What *key* is; on how many deployments where some have their own: ``by deployment (0.6 on 1, 0.64 on 1)``."""
    values = values_by_day(scenario, key)
    return f"by deployment ({_said(values)})" if differs(scenario, key) else f"{values[0]:,.10g}"


def own_said(campaign: Campaign, key: str) -> str:
    """The values that deployments have of their own for *key*, each with on how many: ``0.6 on 1, 0.64 on 1``."""
    return _said(own_values(campaign, OWN[key]))


def _said(values: Array) -> str:
    own = Counter(value for value in values.tolist() if not np.isnan(value))
    each = [f"{value:,.10g} on {days}" for value, days in sorted(own.items())]
    return ", ".join(each) if len(each) <= MOST_SAID else f"{min(own):,.10g} to {max(own):,.10g} on {own.total()}"


def overriding(scenario: Scenario, keys: Iterable[str]) -> Scenario:
    """*scenario* with what an override of *keys* says holding on every deployment."""
    asked = [given.removesuffix(".value") for given in keys]
    for key in (own for own in OWN if any(f"{own}.".startswith(f"{given}.") for given in asked)):
        scenario = without_own(scenario, key)
    return scenario


def place_numbers(campaign: Campaign) -> NDArray[np.int64]:
    """The place of each deployment, numbered in the order in which places are first visited: shape (deployments,)."""
    number = {name: i for i, name in enumerate(campaign.places)}
    return np.array([number[day.place] for day in campaign.days], dtype=np.int64)


__all__ = [
    "OWN", "WORDS", "by_day", "differs", "ends_by_day", "hours_of", "longest_list", "lowest_threshold", "overriding", "own_said",
    "own_values", "place_numbers", "said_by_day", "values_by_day", "without_own",
]  # fmt: skip
