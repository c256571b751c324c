"""How counts follow a covariate at one site: a log-linear regression with a level for each site, and overdispersed counts."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.evidence.fit.counts import LARGEST_K, SMALLEST_K
from simulator.evidence.numbers import counted
from simulator.evidence.statistics.intervals import Interval
from simulator.scenario.quantity import Array

Sites = NDArray[np.intp]
# With fewer deployments to spare than this, the spread that the interval rests on is anybody's guess.
FEWEST_SPARE = 5
STEPS, CLOSE = 100, 1e-10
# Means are kept where they have a weight and a square; a covariate that varies by less is the same everywhere.
LEAST_MEAN, LARGEST_MEAN, LEAST_SPREAD = 1e-10, 1e12, 1e-9


@dataclass(frozen=True, kw_only=True)
class Slope:
    """The power *value* of the covariate that counts per hour follow, over *deployments* at *sites*, each with its own level.

    Not *settled*, it is where the search stopped and no estimate.
    """

    deployments: int
    sites: int
    value: float
    interval_95: Interval
    settled: bool

    @property
    def basis(self) -> str:
        """What it is from, in words."""
        return f"{counted(self.deployments, 'deployment')} at {counted(self.sites, 'site')}"


def slope_of(counts: Array, hours: Array, covariate: Array, sites: list[str]) -> Slope | None:
    """The slope of log(counts per hour) on log(*covariate*), all (deployments,), with a level of its own for each of *sites*.

    Counts have the variance m + m^2 / k at mean m, k such that Pearson's chi-squared is its degrees of freedom (Breslow 1984),
    which allows for the levels of many small sites; the interval is Student's. Sites with one deployment, or without a count,
    say nothing and are left out. None where fewer than FEWEST_SPARE deployments are to spare or the covariate is constant.
    """
    _, site, size = np.unique(sites, return_inverse=True, return_counts=True)
    telling = (size > 1) & (np.bincount(site, counts) > 0)
    used = telling[site]
    _, site = np.unique(site[used], return_inverse=True)
    y, log_hours, x = counts[used], np.log(hours[used]), np.log(covariate[used])
    spare = len(y) - int(telling.sum()) - 1
    if spare < FEWEST_SPARE or np.ptp(x - _level(x, np.ones(len(x)), site)) < LEAST_SPREAD:
        return None
    from scipy import optimize, special

    def excess(log_k: float) -> float:
        mean = _fitted(y, log_hours, x, site, math.exp(log_k))[2]
        return float(((y - mean) ** 2 / (mean + mean**2 / math.exp(log_k))).sum()) - spare

    low, high = math.log(SMALLEST_K), math.log(LARGEST_K)
    log_k = high if excess(high) <= 0 else low if excess(low) >= 0 else optimize.brentq(excess, low, high, xtol=1e-6)
    value, information, _, settled = _fitted(y, log_hours, x, site, math.exp(log_k))
    half = float(special.stdtrit(spare, 0.975)) / math.sqrt(information)
    return Slope(
        deployments=len(y),
        sites=int(telling.sum()),
        value=value,
        interval_95=Interval(value - half, value + half),
        settled=settled and log_k > low,
    )


def _fitted(y: Array, log_hours: Array, x: Array, site: Sites, k: float) -> tuple[float, float, Array, bool]:
    """Slope, information on it and means at shape *k*, by iterated weighted least squares within sites; whether these settled."""
    log_mean, value, information = np.log(y + 0.5), math.inf, 0.0
    for _ in range(STEPS):
        mean = np.maximum(np.exp(log_mean), LEAST_MEAN)
        weight = mean / (1 + mean / k)
        response = log_mean - log_hours + y / mean - 1
        x_within, response_within = x - _level(x, weight, site), response - _level(response, weight, site)
        information = float((weight * x_within**2).sum())
        before, value = value, float((weight * x_within * response_within).sum()) / information
        log_mean = np.minimum(log_hours + response - response_within + value * x_within, math.log(LARGEST_MEAN))
        if settled := abs(value - before) < CLOSE:
            break
    return value, information, np.maximum(np.exp(log_mean), LEAST_MEAN), settled


def _level(values: Array, weight: Array, site: Sites) -> Array:
    """For each deployment the mean of *values* at its *site*, with these weights."""
    return np.asarray((np.bincount(site, weight * values) / np.bincount(site, weight))[site])
