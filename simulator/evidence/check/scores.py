"""How good a forecast of counts was: sharpness and calibration together (CRPS, log score), and the PIT.

Gneiting and Raftery (2007) for the scores; Czado, Gneiting and Held (2009) for counts and the randomised PIT.
"""

from __future__ import annotations

import numpy as np

from simulator.scenario.quantity import Array


def crps(probabilities: Array, observed: Array) -> Array:
    """Continuous ranked probability score of each row, in counts; 0 is perfect, less is better.

    The sum over counts k of (P(count <= k) - [observed <= k])^2; for a forecast that is one certain number it is the
    distance from what was observed.
    """
    counts = np.arange(probabilities.shape[1])
    below = np.cumsum(probabilities, axis=1)
    inside = ((below - (counts >= observed[:, None])) ** 2).sum(axis=1)
    # beyond the table nothing is expected, and every count up to the observed one adds 1
    return np.asarray(inside + np.maximum(observed - counts[-1] - 1, 0.0))


def log_score(probabilities: Array, observed: Array) -> Array:
    """Minus the logarithm of the probability of what was *observed* in each row; less is better, infinite if impossible."""
    inside = observed < probabilities.shape[1]
    chance = probabilities[np.arange(len(observed)), np.where(inside, observed, 0).astype(np.int64)]
    with np.errstate(divide="ignore"):
        return np.asarray(-np.log(np.where(inside, chance, 0.0)))


def pit_ends(probabilities: Array, observed: Array) -> tuple[Array, Array]:
    """P(count < observed) and P(count <= observed) of each row: the PIT lies anywhere between."""
    sums = np.concatenate([np.zeros((len(observed), 1)), np.cumsum(probabilities, axis=1)], axis=1)
    sums = np.minimum(sums, 1.0)
    last, rows = sums.shape[1] - 1, np.arange(len(observed))
    at = np.minimum(observed, last).astype(np.int64)
    return sums[rows, at], sums[rows, np.minimum(at + 1, last)]


def randomised_pit(probabilities: Array, observed: Array, seed: int, times: int = 100) -> Array:
    """The PIT of each row, drawn *times* over between its ends: (times, rows), uniform if the forecasts are right.

    Counts are mostly 0 or 1, so the ordinary PIT cannot be uniform even for a perfect forecast.
    """
    low, high = pit_ends(probabilities, observed)
    uniform = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(2009,))).random((times, len(observed)))
    return np.asarray(low + uniform * (high - low))
