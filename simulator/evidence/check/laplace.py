"""Counts around a level that varies from row to row: negative binomial rows, jointly normal log rates.

Laplace's approximation of Rasmussen and Williams (2006), algorithms 3.1 and 3.2: the log rates have a normal prior with
mean *centre* and a covariance matrix; given the counts their law is close to a normal one around its mode.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulator.evidence.statistics.negative_binomial import log_pmf
from simulator.scenario.quantity import Array

MOST_STEPS, SMALLEST_GAIN = 100, 1e-9


@dataclass(frozen=True)
class Rows:
    """Rows to fit: *counts* (n,), log *exposure* (n,) and the *shape* of the negative binomial."""

    counts: Array
    exposure: Array
    shape: float

    def likelihood(self, rates: Array) -> tuple[float, Array, Array]:
        """Log likelihood at log *rates*, its slope and minus its curvature in each row; it is concave."""
        y, k = self.counts, self.shape
        mean = np.exp(np.clip(rates + self.exposure, -50, 50))
        value = float(log_pmf(y, mean, k).sum())
        return value, y - (y + k) * mean / (k + mean), (y + k) * mean * k / (k + mean) ** 2


@dataclass(frozen=True)
class Posterior:
    """What the counts say of the log rates: *slope* and *root* of the curvature at the mode, and the Cholesky *factor*.

    *evidence* is the log probability of the counts with the rates integrated out.
    """

    centre: float
    slope: Array
    root: Array
    factor: Array
    evidence: float

    def rates(self, cross: Array, own: Array) -> tuple[Array, Array]:
        """Mean (m,) and covariance (m, m) of log rates of new rows; *cross* (m, n) and *own* (m, m) are their prior."""
        from scipy import linalg

        mean = self.centre + cross @ self.slope
        taken = linalg.solve_triangular(self.factor, self.root[:, None] * cross.T, lower=True)
        return mean, own - taken.T @ taken


def posterior(rows: Rows, covariance: Array, centre: float) -> Posterior:
    """Find the mode by Newton's method, halving a step that does not gain."""
    from scipy import linalg

    n = len(rows.counts)
    away, weight = np.zeros(n), np.zeros(n)
    value, slope, curvature = rows.likelihood(centre + away)
    for _ in range(MOST_STEPS):
        root = np.sqrt(curvature)
        factor = np.linalg.cholesky(np.eye(n) + root[:, None] * covariance * root)
        wanted = curvature * away + slope
        new = wanted - root * linalg.cho_solve((factor, True), root * (covariance @ wanted))
        step = new - weight
        before = value - 0.5 * float(weight @ away)
        for _ in range(30):
            tried = covariance @ (weight + step)
            value, slope, curvature = rows.likelihood(centre + tried)
            after = value - 0.5 * float((weight + step) @ tried)
            if after >= before - SMALLEST_GAIN:
                break
            step = step / 2
        weight, away = weight + step, tried
        if after - before < SMALLEST_GAIN:
            break
    root = np.sqrt(curvature)
    last = np.asarray(np.linalg.cholesky(np.eye(n) + root[:, None] * covariance * root), dtype=np.float64)
    evidence = value - 0.5 * float(weight @ away) - float(np.log(np.diag(last)).sum())
    return Posterior(centre, slope, root, last, evidence)
