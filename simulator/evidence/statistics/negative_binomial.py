"""The negative binomial: counts around a mean, with the variance mean + mean^2 / shape.

scipy's own ``nbinom.logpmf`` checks its arguments at every call, and takes the success probability, which comes so close to
1 for a large shape that digits are lost. Fits call this some thousand times.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from simulator.scenario.quantity import Array

# What a table leaves out at its upper end has less probability than this.
BEYOND = 1e-10
LARGEST_COUNT = 5000
# A mean of 0 has no logarithm.
SMALLEST_MEAN = 1e-300


def log_pmf(counts: ArrayLike, means: ArrayLike, shapes: ArrayLike) -> Array:
    """Logarithm of the probability of *counts*, each with its mean above 0 and its shape; all broadcast."""
    from scipy import special

    y, mean, k = np.asarray(counts, dtype=float), np.asarray(means, dtype=float), np.asarray(shapes, dtype=float)
    ways = special.gammaln(y + k) - special.gammaln(k) - special.gammaln(y + 1)
    return np.asarray(ways - (k * np.log1p(mean / k) + special.xlogy(y, (k + mean) / mean)))


def mixtures(means: Array, shapes: Array, weights: Array, top: int | None = None) -> Array:
    """Probabilities (rows, counts from 0) of mixtures: *means* (rows, parts), *shapes* and *weights* (parts,).

    Counts go up to *top*, or to where nothing is left.
    """
    from scipy import stats

    means = np.maximum(means, SMALLEST_MEAN)
    if top is None:
        success = shapes / (shapes + means.max(axis=0))
        top = int(min(max(np.max(stats.nbinom.ppf(1 - BEYOND, shapes, success)), 20), LARGEST_COUNT))
    counts = np.arange(top + 1.0)
    table = np.zeros((len(means), top + 1))
    # part by part, since all at once would not fit into memory
    for part, (shape, weight) in enumerate(zip(shapes, weights, strict=True)):
        table += weight * np.exp(log_pmf(counts, means[:, part, None], shape))
    return np.asarray(table / table.sum(axis=1, keepdims=True))
