"""The plain forecast that every other one stands beside: one pooled rate per hour, negative binomial.

One rate for all kinds of site, because that is what is known without a model. Where both kinds are among the training rows, a
second one with a rate for each stands beside it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulator.evidence.check.assumed import drawn_factors, nodes_of
from simulator.evidence.check.planned import Planned
from simulator.evidence.check.predictive import DRAWS, Forecast
from simulator.evidence.statistics.negative_binomial import mixtures
from simulator.scenario.quantity import Array

# A rate of its own for a kind of site needs so many training rows of it.
FEWEST_OF_A_KIND = 5
# Beyond this a negative binomial cannot be told from a Poisson law.
LARGEST_SHAPE = 1e6


@dataclass(frozen=True)
class Baseline:
    """One *per_hour* rate for all sites and days; deployments vary with gamma *shape* (variance mean + mean^2 / shape)."""

    per_hour: float
    shape: float

    def forecast(self, planned: Planned, seed: int) -> Forecast:
        """The counts of the *planned* deployments: rate times hours, as if the rate were known exactly."""
        means = self.per_hour * planned.hours
        factors, weights = nodes_of(planned.hours_log_sd)
        table = mixtures(means[:, None] * factors, np.full(len(weights), self.shape), weights)
        rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(1,)))
        shape = np.full((DRAWS, len(means)), self.shape)
        levels = rng.gamma(shape) / self.shape
        return Forecast(
            table, rng.poisson(means * drawn_factors(rng, planned.hours_log_sd, DRAWS) * levels).astype(float)
        )


@dataclass(frozen=True)
class BaselineByKind:
    """A baseline for vans, and one for *fixed* cameras."""

    van: Baseline
    fixed: Baseline

    def forecast(self, planned: Planned, seed: int) -> Forecast:
        """The counts of the *planned* deployments, each with the rate of its kind."""
        van, fixed = self.van.forecast(planned, seed), self.fixed.forecast(planned, seed)
        width = max(van.probabilities.shape[1], fixed.probabilities.shape[1])
        of_fixed = planned.is_fixed
        tables = (np.pad(one.probabilities, ((0, 0), (0, width - one.probabilities.shape[1]))) for one in (fixed, van))
        return Forecast(np.where(of_fixed[:, None], *tables), np.where(of_fixed, fixed.draws, van.draws))


def fit_by_kind(planned: Planned, counts: Array) -> BaselineByKind | None:
    """A baseline for each kind of site; None where either has fewer than FEWEST_OF_A_KIND rows."""
    fixed = planned.is_fixed
    if min(fixed.sum(), (~fixed).sum()) < FEWEST_OF_A_KIND:
        return None
    return BaselineByKind(*(fit_baseline(planned.take(keep), counts[keep]) for keep in (~fixed, fixed)))


def fit_baseline(planned: Planned, counts: Array) -> Baseline:
    """Fit rate and shape to *counts* by maximum likelihood; without an event the rate is 0."""
    from scipy import optimize, special, stats

    hours = planned.hours
    factors, weights = nodes_of(planned.hours_log_sd)
    if not counts.any():
        return Baseline(0.0, LARGEST_SHAPE)

    def misfit(logs: Array) -> float:
        mean, shape = np.exp(logs[0]) * hours[:, None] * factors, np.exp(logs[1])
        chances = stats.nbinom.logpmf(counts[:, None], shape, shape / (shape + mean))
        return -float(special.logsumexp(chances, axis=1, b=weights).sum())

    first = np.array([np.log(counts.sum() / hours.sum()), 1.0])
    ends = [(first[0] - 5, first[0] + 5), (np.log(1e-3), np.log(LARGEST_SHAPE))]
    found = optimize.minimize(misfit, first, method="L-BFGS-B", bounds=ends, options={"ftol": 1e-13, "gtol": 1e-7})
    return Baseline(float(np.exp(found.x[0])), float(np.exp(found.x[1])))
