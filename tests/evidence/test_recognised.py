"""Averages over people who are recognised well and badly: against a fine grid, from all alike to always or never."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from scipy import special

from simulator.evidence.counted.recognised import correlation_of_scores, over_people
from simulator.scenario.inputs import median_inputs
from simulator.scenario.loader import load_scenario
from simulator.scenario.quantity import Array
from simulator.street.recogniser import ScoreLaws, detection_correlation

CORRELATIONS = np.array([0.0, 0.1, 0.3, 0.5, 0.500001, 0.6, 0.9, 0.99, 1.0])
CHANCES = np.array([0.3, 0.78, 0.98])
# So fine that steps are right as well: normal numbers at the middles of equal parts of their law.
FINE = special.ndtri((np.arange(50_000) + 0.5) / 50_000)


def met(visits: Array, k: float | None) -> Callable[[Array], tuple[Array, Array]]:
    """At least once in Poisson many *visits* (limits,), or in gamma-mixed ones; with the slopes by each limit's chance."""

    def count(chances: Array) -> tuple[Array, Array]:
        mean = (visits[:, None] * chances).sum(axis=0)
        never = np.exp(-mean) if k is None else (1 + mean / k) ** -k
        return 1 - never, visits[:, None] * never / (1 if k is None else 1 + mean / k)

    return count


def exact(limits: Array, r: float, count: Callable[[Array], tuple[Array, Array]]) -> float:
    """The same average over FINE; at a correlation of 1 everybody is always on one side of a limit."""
    with np.errstate(divide="ignore"):
        chances = special.ndtr((limits[:, None] + np.sqrt(r) * FINE) / np.sqrt(1 - r))
    return float(count(chances)[0].mean())


def eight_nodes(limit: float, r: float, count: Callable[[Array], tuple[Array, Array]]) -> float:
    """The same average by Gauss-Hermite quadrature, which is for smooth functions."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(8)
    chances = special.ndtr((limit + np.sqrt(r) * nodes) / np.sqrt(1 - r))
    return float(count(chances[None])[0] @ weights / weights.sum())


@pytest.mark.parametrize("k", [None, 0.5])
@pytest.mark.parametrize(("visits", "error"), [(0.1, 1e-4), (3.0, 1e-4), (13.0, 1e-3), (50.0, 4e-3), (300.0, 1e-2)])
def test_averages_over_people_are_right_also_where_they_are_a_step(
    visits: float, error: float, k: float | None
) -> None:
    """Relative errors as the module states them; what eight Gauss-Hermite nodes make of a step is off by 5 % and more."""
    count, limits = met(np.array([visits]), k), special.ndtri(CHANCES)
    off, off_before = [], []
    for limit in limits:
        truth = np.array([exact(np.array([limit]), r, count) for r in CORRELATIONS])
        off.append(over_people(np.full((1, len(CORRELATIONS)), limit), CORRELATIONS, count) / truth - 1)
        off_before.append(eight_nodes(limit, 0.99, count) / truth[-2] - 1)

    assert np.abs(off).max() < error
    # negative control
    assert np.abs(off_before).max() > 0.05


@pytest.mark.parametrize("r", CORRELATIONS)
def test_one_person_meets_several_limits(r: float) -> None:
    """One day with a TPIR of 0.9, three with one of 0.4, one with the same again: 3 visits a day."""
    limits, count = special.ndtri(np.array([0.9, 0.4, 0.9])), met(np.array([3.0, 9.0, 3.0]), None)
    found = over_people(limits[:, None], np.array([r]), count)

    assert float(found[0]) == pytest.approx(exact(limits, r, count), rel=1e-3)


@pytest.mark.parametrize("asked", [0.0, 0.3, 0.6, 0.9, 1.0])
def test_detections_correlate_as_the_scenario_says(asked: float) -> None:
    """The correlation of scores is read from a table: detections are then off by a hundredth at most."""
    scenario = load_scenario("croydon-static", [f"recogniser.detection_correlation={asked}"])
    inputs = median_inputs(scenario, 1)
    tpir = ScoreLaws(scenario, inputs).tpir(scenario.recogniser.threshold.value)

    assert detection_correlation(correlation_of_scores(scenario, inputs), tpir)[0] == pytest.approx(asked, abs=0.01)
