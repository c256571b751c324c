"""A model of counts trained on a record: negative binomial, rates pooled in part over sites, a level that moves.

Log rate per hour = overall rate + parts (see ``parts``). What is not known of rates, sites and level is in the forecast;
standard deviations and the shape are found at the peak of their posterior, and varied around it for the forecast.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.evidence.check.laplace import Posterior, Rows, posterior
from simulator.evidence.check.model_parts import PARTS, Origin, combined, components
from simulator.evidence.check.planned import Planned
from simulator.evidence.check.predictive import DRAWS, Forecast
from simulator.evidence.statistics.negative_binomial import mixtures
from simulator.scenario.quantity import Array

USUAL_SHAPE, SHAPE_LOG_SD = 8.0, 1.0
# Nodes of Gauss-Hermite quadrature over what is not known of a log rate.
NODES = 21
STEP = 0.05


@dataclass(frozen=True)
class Setting:
    """Deviations of the parts (0 for none) and the negative binomial's *shape*, with the *fit* at them and its *weight*."""

    deviations: Array
    shape: float
    weight: float
    fit: Posterior


@dataclass(frozen=True)
class Trained:
    """The model with these *parts*, trained on the *planned* rows: the first of its *settings* is the peak."""

    parts: tuple[str, ...]
    planned: Planned
    origin: Origin
    settings: tuple[Setting, ...]

    def forecast(self, planned: Planned, seed: int) -> Forecast:
        """The counts of the *planned* deployments, with what is not known of any rate."""
        cross = components(self.parts, planned, self.planned, self.origin)
        own = components(self.parts, planned, planned, self.origin)
        laws = []
        for setting in self.settings:
            rates = setting.fit.rates(combined(cross, setting.deviations), combined(own, setting.deviations))
            laws.append(Law(setting.weight, setting.shape, *rates))
        return counts_of(laws, planned, seed)


@dataclass(frozen=True)
class Law:
    """Log rates per hour of some deployments, normal with *mean* and *covariance*, and the *shape* of counts, at a *weight*."""

    weight: float
    shape: float
    mean: Array
    covariance: Array


def counts_of(laws: Sequence[Law], planned: Planned, seed: int) -> Forecast:
    """The counts of the *planned* deployments under a mixture of *laws*."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(NODES)
    weights = weights / weights.sum()
    rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(2,)))
    hours, own_spread = planned.log_hours, np.diag(planned.hours_log_sd**2)
    means, shapes, shares, draws = [], [], [], []
    for number, law in zip(_numbers(laws), laws, strict=True):
        # assumed hours add what is not known of their logarithm
        covariance = law.covariance + own_spread
        deviation = np.sqrt(np.maximum(np.diag(covariance), 0.0))
        means.append(np.exp(law.mean[:, None] + hours[:, None] + deviation[:, None] * nodes))
        shapes.append(np.full(NODES, law.shape))
        shares.append(law.weight * weights)
        # a little on the diagonal, because rows of one day and site may be as good as the same
        root = np.linalg.cholesky(covariance + 1e-8 * np.eye(len(hours)))
        rates = law.mean + rng.standard_normal((number, len(hours))) @ root.T
        gammas = rng.gamma(law.shape, 1 / law.shape, rates.shape)
        draws.append(rng.poisson(np.exp(rates + hours) * gammas).astype(float))
    table = mixtures(np.concatenate(means, axis=1), np.concatenate(shapes), np.concatenate(shares))
    return Forecast(table, np.concatenate(draws))


def _numbers(laws: Sequence[Law]) -> list[int]:
    """How many of the draws are made from each law."""
    ends = np.rint(np.cumsum([law.weight for law in laws]) * DRAWS).astype(int)
    return [int(n) for n in np.diff(ends, prepend=0)]


def train(planned: Planned, counts: Array, parts: tuple[str, ...], vary: bool = True) -> Trained:
    """Train on the *counts* of the *planned* deployments; *vary* also deviations and shape around their peak.

    Raises ValueError for no rows. Without an event the priors decide, and the overall rate is low.
    """
    from scipy import optimize

    if not len(planned):
        raise ValueError("nothing to train on: no rows")
    origin = Origin.of(planned)
    covariances = components(parts, planned, planned, origin)
    exposure, spread_of_hours = planned.log_hours, np.diag(planned.hours_log_sd**2)
    # half an event keeps the centre finite where there is none
    centre = float(np.log((counts.sum() + 0.5) / planned.hours.sum()))
    free = [i for i, name in enumerate(parts) if PARTS[name].log_sd > 0]
    usual = np.log([*(PARTS[parts[i]].usual for i in free), USUAL_SHAPE])
    spread = np.array([*(PARTS[parts[i]].log_sd for i in free), SHAPE_LOG_SD])

    def setting(logs: Array, weight: float = 1.0) -> Setting:
        deviations = np.array([PARTS[name].usual for name in parts])
        deviations[free] = np.exp(logs[:-1])
        shape = float(np.exp(logs[-1]))
        fit = posterior(Rows(counts, exposure, shape), combined(covariances, deviations) + spread_of_hours, centre)
        return Setting(deviations, shape, weight, fit)

    def misfit(logs: Array) -> float:
        return float((((logs - usual) / spread) ** 2).sum() / 2) - setting(logs).fit.evidence

    found = optimize.minimize(
        misfit, usual, method="Nelder-Mead", options={"xatol": 0.01, "fatol": 0.005, "maxiter": 600}
    )
    peak = np.asarray(found.x)
    points = _around(peak, _deviation(misfit, peak)) if vary else [peak]
    return Trained(parts, planned, origin, tuple(setting(point, 1 / len(points)) for point in points))


def _around(peak: Array, root: NDArray[np.float64]) -> list[Array]:
    """Points of equal weight with the mean and covariance of a normal law around *peak* (spherical cubature)."""
    size = np.sqrt(len(peak))
    return [peak + sign * size * column for column in root.T for sign in (1, -1)]


def _deviation(misfit: object, peak: Array) -> NDArray[np.float64]:
    """A square root (columns) of the inverse of the curvature of *misfit* at its *peak*, by differences."""
    assert callable(misfit)
    n, h = len(peak), STEP
    unit = np.eye(n) * h
    curvature = np.zeros((n, n))
    middle = misfit(peak)
    for i in range(n):
        curvature[i, i] = (misfit(peak + unit[i]) - 2 * middle + misfit(peak - unit[i])) / h**2
        for j in range(i):
            corners = [misfit(peak + a * unit[i] + b * unit[j]) * a * b for a in (1, -1) for b in (1, -1)]
            curvature[i, j] = curvature[j, i] = sum(corners) / (4 * h**2)
    values, vectors = np.linalg.eigh(curvature)
    # where the counts say little the prior decides: its own spread is about 1, so 1/4 is the least curvature
    return np.asarray(vectors / np.sqrt(np.maximum(values, 0.25)))
