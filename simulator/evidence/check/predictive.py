"""The forecast of a count: a table of probabilities for each deployment, and draws of all deployments together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.scenario.quantity import Array

DRAWS = 4000


@dataclass(frozen=True)
class Forecast:
    """*probabilities* (rows, counts from 0) of each row's count, and joint *draws* (draws, rows) of all of them."""

    probabilities: Array
    draws: Array

    def take(self, keep: NDArray[np.bool_]) -> Forecast:
        """The rows where *keep* is true."""
        return Forecast(self.probabilities[keep], self.draws[:, keep])

    def quantile(self, share: float) -> Array:
        """The smallest count of each row that is not exceeded with probability *share*."""
        reached = np.cumsum(self.probabilities, axis=1) >= share - 1e-12
        # rounding may leave the last sum just below 1
        return np.asarray(np.where(reached.any(axis=1), reached.argmax(axis=1), reached.shape[1] - 1), dtype=float)

    def interval(self, level: float) -> tuple[Array, Array]:
        """Both ends of the central interval that holds *level*, as counts that belong to it."""
        return self.quantile((1 - level) / 2), self.quantile(1 - (1 - level) / 2)


def from_draws(draws: Array) -> Forecast:
    """The forecast that simulated *draws* (draws, rows) make: shares of the draws.

    One further draw is spread evenly over the counts up to twice the largest, so that what was never simulated is
    held to be rare instead of impossible.
    """
    number, rows = draws.shape
    top = int(2 * draws.max(initial=0.0)) + 10
    table = np.full((rows, top + 1), 1 / (top + 1))
    for row in range(rows):
        table[row] += np.bincount(draws[:, row].astype(np.int64), minlength=top + 1)
    return Forecast(table / (number + 1), draws)
