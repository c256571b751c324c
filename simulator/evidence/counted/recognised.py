"""Averages over people who differ in how well they are recognised, from all alike to always or never."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np

from simulator.scenario.inputs import Inputs
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Array
from simulator.street.recogniser import ScoreLaws, score_correlation

# Standard normal numbers in equal steps, and what each weighs: for smooth functions that end like the normal law the rule is
# good to 0.01 % where a person comes 10 times, to 0.3 % at 50 times and to 1 % at 300. Low numbers, people hardly ever
# recognised, matter most to who is never met.
NODES = np.linspace(-4.0, 3.6, 13)
WEIGHTS = np.exp(-(NODES**2) / 2) / np.exp(-(NODES**2) / 2).sum()
# Above this correlation of scores people differ more than the passages of each.
STEEP = 0.5
STEPS = np.linspace(0.0, 1.0, 65)

# What is counted of people with chances (limits, n) per passage: values (..., n), and slopes by each chance (limits, ..., n).
Count = Callable[[Array], tuple[Array, Array]]


def over_people(limits: Array, correlation: Array, count: Count) -> Array:
    """E[count] over people who score *limits* (limits, n) or better with a chance of their own: shape of what is counted.

    On average the chance is that of a standard normal number, of which one person's have the *correlation* (n,):
    Phi((limit + sqrt(r) U) / sqrt(1 - r)) for a person with U. As r goes to 1 that becomes a step in U. Integrated by parts
    over the chance itself, what is a step is only the share of people who have a higher one, and the other factor is smooth.
    """
    from scipy import special

    steep, persons, passages = correlation > STEEP, np.sqrt(correlation), np.sqrt(1 - correlation)
    along, across = np.where(steep, -passages, persons), np.where(steep, persons, passages)
    # how far apart the limits are for one person; with one limit there is nothing to tell apart
    apart = [(limits - limit) / np.maximum(passages, 1e-9) if len(limits) > 1 else 0.0 for limit in limits]
    total: Array = np.zeros(())
    for node, weight in zip(NODES, WEIGHTS, strict=True):
        reached = special.ndtr((limits + along * node) / across)
        for m, shift in enumerate(apart):
            value, slopes = count(np.where(steep, special.ndtr(node + shift), reached))
            total = total + weight * np.where(steep, reached[m] * slopes[m], value / len(limits))
    return total


def correlation_of_scores(scenario: Scenario, inputs: Inputs) -> Array:
    """The correlation of one person's scores that makes that of detections at the scenario's own threshold: (replications,)."""
    from scipy import ndimage

    tpir = ScoreLaws(scenario, inputs).tpir(scenario.recogniser.threshold.value)
    at = np.stack([inputs["recogniser.detection_correlation"], tpir]) * (len(STEPS) - 1)
    return np.asarray(ndimage.map_coordinates(_score_correlations(), at, order=1, mode="nearest"))


@cache
def _score_correlations() -> Array:
    """Correlations of scores by that of detections (rows) and their probability (columns), both at STEPS."""
    detections, probability = (grid.ravel() for grid in np.meshgrid(STEPS, STEPS, indexing="ij"))
    found = score_correlation(detections, np.clip(probability, 1e-3, 1 - 1e-3))
    return found.reshape(len(STEPS), -1)


__all__ = ["correlation_of_scores", "over_people"]
