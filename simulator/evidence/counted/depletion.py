"""How often the same people come past, and how many alerts their earlier stops take away: what a long campaign hangs on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from simulator.evidence.counted.closed_forms import added, forms_by_kind
from simulator.evidence.counted.listed_people import voided_share
from simulator.scenario.inputs import median_inputs
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Array
from simulator.street.crowd import pool_of
from simulator.street.footfall import trips_by_place

# The measures that what is voided and what is repeated follow from.
NEEDED = ("alerts", "recorded_alerts", "passages_void")
# So large a share of alerts taken away is said first.
LARGE = 0.25


@dataclass(frozen=True, kw_only=True)
class Depletion:
    """How often a member of the pool comes past, and what of the alerts that could happen is lost for it.

    *visits_per_person* is the average over the campaign and *people* the size of the pool, each at the place where it is
    largest; one follows from the other, which is the input *key*. Of those who come at all the share *come_again* comes
    more than once. *voided* is the share of alerts that do not happen because the person was arrested before or is being
    held, *repeated* the share that happens to people who are being dealt with already or are recognised: the least and the
    most of what is compared. *simulated* is False where it comes from closed forms, in which *voided* is of arrests alone, and
    which do not know what is repeated; *voided* is None where they do not know it either.
    """

    key: str
    visits_per_person: float
    places: int
    people: float
    come_again: float
    voided: tuple[float, float] | None
    repeated: tuple[float, float] | None
    simulated: bool

    @property
    def is_large(self) -> bool:
        """Whether it takes so much that it has to be said first."""
        return self.voided is not None and self.voided[1] > LARGE


def depletion_of(scenario: Scenario, averages: Mapping[str, Array]) -> Depletion | None:
    """From simulated averages of the measures NEEDED, in one setting of *scenario* or more; None where nobody comes twice."""
    alerts, recorded, voided = (np.asarray(averages[name], dtype=float) for name in NEEDED)
    could = np.maximum(alerts + voided, 1e-300)
    return _depletion(scenario, _ends(voided / could), _ends((alerts - recorded) / could), True)


def expected_depletion(scenario: Scenario, threshold: float, size: float) -> Depletion | None:
    """From closed forms at the median inputs, where nothing has been simulated; None where nobody comes twice."""
    inputs = median_inputs(scenario, 1)
    forms = forms_by_kind(scenario, inputs, threshold, size)
    voided = _ends(voided_share(scenario, inputs, forms)) if "true_stops" in added(forms) else None
    return _depletion(scenario, voided, None, False)


def _depletion(
    scenario: Scenario,
    voided: tuple[float, float] | None,
    repeated: tuple[float, float] | None,
    simulated: bool,
) -> Depletion | None:
    if not scenario.street.is_pooled:
        return None
    visits, spread = visits_per_person(scenario), scenario.street.visit_dispersion_k
    return Depletion(
        key=scenario.street.pool_key,
        visits_per_person=visits,
        places=len(scenario.campaign.places),
        people=people_of_pool(scenario),
        come_again=_come_again(visits, None if spread is None else spread.value),
        voided=voided,
        repeated=repeated,
        simulated=simulated,
    )


def visits_per_person(scenario: Scenario) -> float:
    """Average visits of a member of the pool at the median inputs, at the place where it is largest; 0 without a pool."""
    return max(trips / people if people else 0.0 for trips, people in _pools(scenario))


def people_of_pool(scenario: Scenario) -> float:
    """Members of the pool at the median inputs, at the place where it is largest; 0 without a pool."""
    return max(people for _, people in _pools(scenario))


def _pools(scenario: Scenario) -> Iterator[tuple[float, float]]:
    """Trips, and people of the pool (0 without one), at each place."""
    inputs = median_inputs(scenario, 1)
    for trips in trips_by_place(scenario, inputs).T:
        pool = pool_of(inputs, trips[:, None])
        yield float(trips[0]), 0.0 if pool is None else float(pool[0])


def _come_again(visits: float, k: float | None) -> float:
    """Of people who come at all, the share that comes more than once: Poisson numbers of visits, or gamma-mixed ones."""
    if k is None:
        none, once = np.exp(-visits), visits * np.exp(-visits)
    else:
        none = (1 + visits / k) ** -k
        once = visits * none / (1 + visits / k)
    some = 1 - none
    return float((some - once) / some) if some > 0 else 0.0


def _ends(values: Array) -> tuple[float, float]:
    return float(np.min(values)), float(np.max(values))


__all__ = ["LARGE", "NEEDED", "Depletion", "depletion_of", "expected_depletion", "people_of_pool", "visits_per_person"]
