"""The plain forecast that every other one stands beside: one pooled rate per hour, negative binomial.

One rate for all kinds of site, because that is what is known without a model. Where both kinds are among the training rows, a
second one with a rate for each stands beside it. False alerts have a rate at each threshold: that it is raised to have fewer is
known to everybody.
"""

from __future__ import annotations

from collections.abc import Sequence
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
# Where there was no false alert, so many are counted: a rate of 0 would hold the first one to be impossible.
OF_NONE = 0.5


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
class BaselineByThreshold:
    """A baseline *at* each of the *thresholds*; a deployment at another has that at the nearest, at none the *pooled* one."""

    thresholds: tuple[float, ...]
    at: tuple[Baseline, ...]
    pooled: Baseline

    def forecast(self, planned: Planned, seed: int) -> Forecast:
        """The counts of the *planned* deployments, each with the rate at its threshold."""
        known = planned.with_threshold
        steps = np.abs(np.where(known, planned.threshold, 0.0)[:, None] - np.array(self.thresholds))
        which = np.where(known, steps.argmin(axis=1), len(self.at))
        return _each([one.forecast(planned, seed) for one in (*self.at, self.pooled)], which)


@dataclass(frozen=True)
class BaselineByKind:
    """A baseline for vans, and one for *fixed* cameras."""

    van: Baseline | BaselineByThreshold
    fixed: Baseline | BaselineByThreshold

    def forecast(self, planned: Planned, seed: int) -> Forecast:
        """The counts of the *planned* deployments, each with the rate of its kind."""
        return _each([one.forecast(planned, seed) for one in (self.van, self.fixed)], planned.is_fixed.astype(int))


def _each(forecasts: Sequence[Forecast], which: Array) -> Forecast:
    """Of each row the forecast *which* (rows,) says."""
    width = max(one.probabilities.shape[1] for one in forecasts)
    tables = [np.pad(one.probabilities, ((0, 0), (0, width - one.probabilities.shape[1]))) for one in forecasts]
    return Forecast(
        np.stack(tables)[which, np.arange(len(which))],
        np.stack([one.draws for one in forecasts])[which, :, np.arange(len(which))].T,
    )


def fit_measure(name: str, planned: Planned, counts: Array) -> Baseline | BaselineByThreshold:
    """The baseline of the measure *name*: of false alerts by threshold, where the rows print any."""
    known = planned.with_threshold
    if name != "false_alerts" or not known.any():
        return fit_baseline(planned, counts)
    thresholds = np.unique(planned.threshold[known])
    groups = [planned.threshold == threshold for threshold in thresholds]
    return BaselineByThreshold(
        tuple(thresholds.tolist()),
        tuple(_of_few(planned.take(rows), counts[rows]) for rows in groups),
        _of_few(planned, counts),
    )


def _of_few(planned: Planned, counts: Array) -> Baseline:
    """The baseline of *counts* that may all be 0."""
    if counts.any():
        return fit_baseline(planned, counts)
    return Baseline(OF_NONE / float(planned.hours.sum()), LARGEST_SHAPE)


def fit_by_kind(name: str, planned: Planned, counts: Array) -> BaselineByKind | None:
    """A baseline of the measure *name* for each kind of site; None where either has fewer than FEWEST_OF_A_KIND rows."""
    fixed = planned.is_fixed
    if min(fixed.sum(), (~fixed).sum()) < FEWEST_OF_A_KIND:
        return None
    return BaselineByKind(*(fit_measure(name, planned.take(keep), counts[keep]) for keep in (~fixed, fixed)))


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
