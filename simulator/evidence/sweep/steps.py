"""One step down the thresholds: what it adds to an average, from campaigns that both cells have the same people in."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from simulator.evidence.counted.measures import COUNTS
from simulator.evidence.run.rates import MEAN_LEVEL, Range
from simulator.evidence.statistics.averages import change_size, over_draws
from simulator.experiment.sweep import Sweep
from simulator.scenario.quantity import Array

if TYPE_CHECKING:
    import pandas as pd

# What a lower threshold is for, and what it costs.
STEPPED = ("listed_stopped", "wrongful_stops")


@dataclass(frozen=True, kw_only=True)
class Step:
    """How much *more* of a measure a campaign has than at the next higher threshold swept, and its 95 % Monte Carlo interval.

    None where one campaign or draw bounds nothing.
    """

    more: float
    more_95: Range | None

    @classmethod
    def of(cls, row: pd.Series, measure: str) -> Step | None:
        """The step that ends in the cell of *row*; None at the highest threshold, or where that was not kept."""
        more = float(row.get(f"{measure}_step", math.nan))
        if math.isnan(more):
            return None
        low, high = float(row[f"{measure}_step_low"]), float(row[f"{measure}_step_high"])
        return cls(more=more, more_95=None if math.isnan(low) else (low, high))


def step_columns(sweep: Sweep, name: str, values: Array) -> dict[str, Array]:
    """The step to each cell from the next higher threshold at the same point and list size: average difference and interval.

    *values* (points x cells, campaigns). Campaigns that share a draw of the inputs are one observation. NaN at the highest
    threshold.
    """
    by_cell = values.reshape(len(sweep.points), len(sweep.thresholds), len(sweep.sizes), -1)
    found = np.full((*by_cell.shape[:3], 3), np.nan)
    rising = np.argsort(sweep.thresholds)
    for point, size in np.ndindex(len(sweep.points), len(sweep.sizes)):
        for low, high in pairwise(rising):
            above, below = by_cell[point, high, size], by_cell[point, low, size]
            found[point, low, size] = _step(above, below, name in COUNTS, sweep.draws)
    more, least, most = found.reshape(-1, 3).T
    return {f"{name}_step": more, f"{name}_step_low": least, f"{name}_step_high": most}


def _step(above: Array, below: Array, counts: bool, draws: int | None) -> tuple[float, float, float]:
    differences = (below - above).reshape(draws or len(above), -1)
    low, high = over_draws(differences, change_size(above, below, counts), MEAN_LEVEL, signed=True)
    bounded = math.isfinite(low) and math.isfinite(high)
    return float(differences.mean()), low if bounded else math.nan, high if bounded else math.nan


__all__ = ["STEPPED", "Step", "step_columns"]
