"""Where the average of B - A may lie given what is not known about the inputs."""

from __future__ import annotations

import math

import numpy as np

from simulator.evidence.compare.comparison import Comparison
from simulator.evidence.counted.closed_forms import relation
from simulator.evidence.run.averages import ALIKE, dependence_of
from simulator.evidence.run.study import CHANCE, IGNORANCE
from simulator.evidence.statistics.control import RatioLaw, central, correlated_shares, equal_law, ratio_law
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
    laws = [_law(comparison, measure, i, events[i], expected[i]) for i in range(2)]
    shares = correlated_shares(over.shape[1], _correlation(events, expected))
    a, b = (law.times(forms, u) if law else None for law, forms, u in zip(laws, over, shares, strict=True))
    if a is None or b is None or np.ptp(b - a) <= ALIKE * float(np.abs(over).max()):
        return None
    return central(b - a)


def _law(comparison: Comparison, measure: str, i: int, events: Array, expected: Array) -> RatioLaw | None:
    kind = relation(comparison.pair.sides[i][0], measure)
    if kind == "equal":
        return equal_law(events, expected)
    tops = {name: values[measure][i] for name, values in comparison.passes.items()}
    ones = dict.fromkeys(tops, np.ones(comparison.replications))
    depends = dependence_of(tops, ones, comparison.expected_drawn[measure][i])
    return ratio_law(events, expected, 1.0 if kind else math.inf, depends)


def _correlation(events: Array, expected: Array) -> float:
    """How alike the errors of both ratios are, from what is left of *events* in each campaign, both (2, n)."""
    ratios = events.sum(axis=1) / np.maximum(expected.sum(axis=1), 1e-300)
    left = events - ratios[:, None] * expected
    spread = left.std(axis=1)
    return float(np.mean(left[0] * left[1]) / (spread[0] * spread[1])) if spread.all() else 0.0


__all__ = ["average_difference"]
