"""Deployments that are alike: those with the same threshold, list and staff of their own have one closed form."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulator.scenario.days import OWN
from simulator.scenario.inputs import Inputs
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Array
from simulator.street import footfall
from simulator.street.people import Index

SAID = ("threshold", "watchlist_size", "operators", "teams", "checkers")


@dataclass(frozen=True)
class DayKind:
    """What some deployments say for themselves (None: as the scenario), and how many pass there.

    *hours* with the street's passages, weighted by the time of day, and *passages* of deployments with a footfall of their own.
    """

    threshold: float | None
    watchlist_size: float | None
    operators: float | None
    teams: float | None
    checkers: float | None
    hours: float
    passages: float

    def expected_passages(self, inputs: Inputs) -> Array:
        """Expected passages on these deployments: shape (replications,)."""
        return inputs["street.passages_per_hour"] * self.hours + self.passages

    def cell(self, threshold: float, size: float) -> tuple[float, float]:
        """Threshold and list size there, where those of the campaign are *threshold* and *size*."""
        own = self.threshold, self.watchlist_size
        return threshold if own[0] is None else own[0], size if own[1] is None else own[1]


def day_kinds(scenario: Scenario) -> tuple[tuple[DayKind, ...], Index]:
    """The kinds of deployment in the campaign, and which of them each deployment is: shape (deployments,)."""
    campaign = scenario.campaign
    if not any(getattr(day, name) is not None for day in campaign.days for name in OWN.values()):
        # the weights of the time of day have mean 1
        nothing = dict.fromkeys(SAID)
        return (DayKind(**nothing, hours=campaign.camera_hours, passages=0.0),), np.zeros(len(campaign.days), np.int64)
    said = [tuple(getattr(day, name) for name in SAID) for day in campaign.days]
    number = {values: i for i, values in enumerate(dict.fromkeys(said))}
    kind = np.array([number[values] for values in said], dtype=np.int64)
    each = footfall.passing(scenario, footfall.profile_of(scenario))
    totals = (np.bincount(kind, of, minlength=len(number)).tolist() for of in each)
    return tuple(DayKind(*values, *total) for values, *total in zip(number, *totals, strict=True)), kind


__all__ = ["DayKind", "day_kinds"]
