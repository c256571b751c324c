"""Where the average of B - A may lie given what is not known about the inputs."""

from __future__ import annotations

import math

import numpy as np

from simulator.evidence.compare.comparison import Comparison
from simulator.evidence.counted.closed_forms import bounds_above
from simulator.evidence.run.study import CHANCE, IGNORANCE
from simulator.evidence.statistics.control import central, correlated_shares, ratio_law
from simulator.evidence.statistics.intervals import Interval
from simulator.scenario.quantity import Array


def average_difference(comparison: Comparison, measure: str) -> Interval | None:
    """Where the average of B - A may lie given what is not known about the inputs: 95 %.

    As *average_range* of a run for A and for B, at the same inputs, and then subtracted; the same people make the errors
    of both ratios alike. None where there is no closed form or it has no ratio, and where the closed forms see no
    difference: around two averages they would pass noise off as knowledge.
    """
    over = comparison.over_inputs.get(measure)
    if over is None or np.array_equal(*over):
        return None
    events = comparison.passes[CHANCE][measure] + comparison.passes[IGNORANCE][measure]
    expected = comparison.expected[measure][:, None] + comparison.expected_drawn[measure]
    laws = [
        ratio_law(events[i], expected[i], 1.0 if bounds_above(side, measure) else math.inf)
        for i, (side, _) in enumerate(comparison.pair.sides)
    ]
    shares = correlated_shares(over.shape[1], _correlation(events, expected))
    a, b = (law.times(forms, u) if law else None for law, forms, u in zip(laws, over, shares, strict=True))
    return None if a is None or b is None else central(b - a)


def _correlation(events: Array, expected: Array) -> float:
    """How alike the errors of both ratios are, from what is left of *events* in each campaign, both (2, n)."""
    ratios = events.sum(axis=1) / np.maximum(expected.sum(axis=1), 1e-300)
    left = events - ratios[:, None] * expected
    spread = left.std(axis=1)
    return float(np.mean(left[0] * left[1]) / (spread[0] * spread[1])) if spread.all() else 0.0


__all__ = ["average_difference"]
