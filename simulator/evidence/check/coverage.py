"""How often forecast intervals held what was observed, with an interval on that share that allows for clusters."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np

from simulator.evidence.statistics.intervals import Interval, wilson
from simulator.scenario.quantity import Array

BINS = 10
# With fewer groups than this their variance is anybody's guess.
FEWEST_CLUSTERS = 5


def inside(pit: Array, level: float) -> Array:
    """The share of the randomisations in which each row lay inside its central *level* interval: (rows,).

    By the PIT, so that a right forecast has exactly *level* on average; intervals in whole counts hold more.
    """
    tail = (1 - level) / 2
    return np.asarray(((pit >= tail) & (pit <= 1 - tail)).mean(axis=0))


def histogram(pit: Array) -> Array:
    """Share of rows in each tenth of the PIT, averaged over its randomisations: 0.1 everywhere if forecasts are right."""
    counts = np.histogram(pit, BINS, (0.0, 1.0))[0]
    return np.asarray(counts / pit.size)


def covered(shares: Array, *clusters: Sequence[Hashable]) -> Interval | None:
    """95 % interval on the coverage whose rows lay inside in *shares* of the randomisations (rows,).

    Wilson's interval at the number of rows divided by the design effect of each grouping in *clusters* (rows of one
    day, rows of one site), the widest of them, and never narrower than for independent rows. None where every grouping
    has fewer than FEWEST_CLUSTERS groups, which cannot say how alike their rows are.
    """
    if clusters and all(len(set(names)) < FEWEST_CLUSTERS for names in clusters):
        return None
    effects = [effect for names in clusters if (effect := cluster_effect(shares, names)) is not None]
    rows = len(shares) / max(effects, default=1.0)
    return wilson(float(shares.mean()) * rows, rows)


def mean_interval(values: Array, *clusters: Sequence[Hashable]) -> Interval | None:
    """Student's 95 % interval on the mean of *values*, by cluster: the widest of the groupings, and of single rows.

    None where a grouping has fewer than FEWEST_CLUSTERS groups.
    """
    from scipy import special

    if any(len(set(names)) < FEWEST_CLUSTERS for names in (*clusters, range(len(values)))):
        return None
    mean, half = float(values.mean()), 0.0
    for names in (*clusters, range(len(values))):
        groups, sums = _sums(values - mean, names)
        error = float(np.sqrt((sums**2).sum() * groups / (groups - 1))) / len(values)
        half = max(half, float(special.stdtrit(groups - 1, 0.975)) * error)
    return Interval(mean - half, mean + half)


def cluster_effect(values: Array, names: Sequence[Hashable]) -> float | None:
    """By how much rows that share a name and are alike inflate the variance of the mean of *values*: at least 1.

    None with a single name: of one day or one site it would be 1 however alike its rows are.
    """
    if len(set(names)) < 2:
        return None
    away = values - values.mean()
    spread = float((away**2).sum())
    if spread <= 0:
        return 1.0
    _, sums = _sums(away, names)
    return max(float((sums**2).sum()) / spread, 1.0)


def _sums(values: Array, names: Sequence[Hashable]) -> tuple[int, Array]:
    number = {name: i for i, name in enumerate(dict.fromkeys(names))}
    index = np.array([number[name] for name in names])
    return len(number), np.bincount(index, values).astype(float)
