"""Recorded false alerts: a level learnt from the record, and a slope with the threshold for which a prior is needed.

Expected in a deployment: level x hours x list size x exp(-b (threshold - reference)). After the threshold was raised the
training rows may hold no event at all, and then they cannot tell how steep the fall was. A row without a list has the
middle one of the training rows. Assumed hours stand at their mean: beside the spread of so rare a count theirs is nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from simulator.evidence.check.planned import Planned
from simulator.evidence.check.predictive import DRAWS, Forecast
from simulator.evidence.statistics.negative_binomial import log_pmf, mixtures
from simulator.scenario.quantity import Array

# Slope per unit of threshold: normal, cut off below; docs/background/evidence.md says where it comes from.
SLOPE, SLOPE_SD, SLOPE_LEAST = 50.0, 9.0, 15.0
# Counts of one deployment vary around their mean by a gamma factor whose shape is log-normal around 1.
SHAPE_LOG_SD = 1.0
# The prior of the level: gamma with this shape and hardly any exposure (Jeffreys).
LEVEL_SHAPE = 0.5
SLOPES, LEVELS, SHAPES = 41, 81, 9
THOUSAND = 1000.0


@dataclass(frozen=True)
class FalseAlerts:
    """Weighted *values* (nodes, 3) of log level, slope and log shape; level per hour and 1,000 listed at *reference*.

    *usual_list* is the list of rows that print none; None where no training row does, and the level is per hour alone.
    """

    values: Array
    weights: Array
    reference: float
    usual_list: float | None

    def forecast(self, planned: Planned, seed: int) -> Forecast:
        """The recorded false alerts of the *planned* deployments, with what is not known of level, slope and spread."""
        exposure = exposure_of(planned, self.usual_list)
        steps = planned.threshold - self.reference
        level, slope, shape = self.values.T
        likely = self.weights > 1e-7 * self.weights.max()
        means = exposure[:, None] * np.exp(level[likely] - slope[likely] * steps[:, None])
        weights = self.weights[likely] / self.weights[likely].sum()
        table = mixtures(means, np.exp(shape[likely]), weights)
        rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(3,)))
        node = rng.choice(len(self.weights), DRAWS, p=self.weights)
        drawn = exposure * np.exp(level[node, None] - slope[node, None] * steps)
        spread = np.exp(shape[node, None])
        gammas = rng.gamma(np.broadcast_to(spread, drawn.shape)) / spread
        return Forecast(table, rng.poisson(drawn * gammas).astype(float))

    def with_level(self, factor: float) -> FalseAlerts:
        """The same with the rate times *factor*: a forecast that is wrong on purpose."""
        return replace(self, values=self.values + np.array([np.log(factor), 0.0, 0.0]))

    def thinned(self, number: int) -> FalseAlerts:
        """The same with so many nodes of equal weight, spread evenly over all of them: what is kept of it in a file."""
        at = np.searchsorted(np.cumsum(self.weights), (np.arange(number) + 0.5) / number)
        return replace(self, values=self.values[at].round(3), weights=np.full(number, 1 / number))

    def slope_95(self) -> tuple[float, float]:
        """95 % interval of the slope after the training rows."""
        order = np.argsort(self.values[:, 1])
        reached = np.cumsum(self.weights[order])
        low, high = np.searchsorted(reached, [0.025, 0.975])
        return float(self.values[order[low], 1]), float(self.values[order[high], 1])


def exposure_of(planned: Planned, usual_list: float | None) -> Array:
    """Camera hours times thousands of listed people, *usual_list* where a row prints none; hours alone if it is None."""
    if usual_list is None:
        return planned.hours
    return planned.hours * np.where(np.isnan(planned.list_size), usual_list, planned.list_size) / THOUSAND


def train_false_alerts(
    planned: Planned, counts: Array, slope: float = SLOPE, slope_sd: float = SLOPE_SD
) -> FalseAlerts:
    """Weigh a grid of levels, slopes and shapes by prior and likelihood of the *counts*.

    Rows need a threshold. The reference is the threshold at which the training rows have most exposure on average.
    """
    from scipy import stats

    known = planned.list_size[~np.isnan(planned.list_size)]
    usual_list = float(np.median(known)) if len(known) else None
    exposure = exposure_of(planned, usual_list)
    reference = float(np.average(planned.threshold, weights=exposure))
    slopes = np.linspace(max(slope - 3.5 * slope_sd, SLOPE_LEAST), slope + 3.5 * slope_sd, SLOPES)
    middle = np.log((counts.sum() + 0.5) / exposure.sum())
    # without events the level has no lower end: far down it forecasts nothing, as does any lower one
    below = 9.0 if not counts.any() else 5.0
    levels = np.linspace(middle - below, middle + 4.0, LEVELS)
    shapes = np.linspace(-2.5, 2.5, SHAPES) * SHAPE_LOG_SD
    values = np.stack([axis.ravel() for axis in np.meshgrid(levels, slopes, shapes, indexing="ij")], axis=1)
    # on a grid of log level, Jeffreys' prior rises as the level to its shape
    weight = LEVEL_SHAPE * values[:, 0] + stats.norm.logpdf(values[:, 1], slope, slope_sd)
    weight += stats.norm.logpdf(values[:, 2], 0.0, SHAPE_LOG_SD)
    shape = np.exp(values[:, 2])
    for row_exposure, step, count in zip(exposure, planned.threshold - reference, counts, strict=True):
        weight += log_pmf(count, row_exposure * np.exp(values[:, 0] - values[:, 1] * step), shape)
    weight = np.exp(weight - weight.max())
    return FalseAlerts(values, weight / weight.sum(), reference, usual_list)
