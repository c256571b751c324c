"""A rate of events that come in more uneven numbers than chance alone would make: the negative binomial, fitted."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Literal

import numpy as np

from simulator.evidence.fit.ratios import Ratio, clustered_ratio
from simulator.evidence.statistics.intervals import Interval
from simulator.evidence.statistics.negative_binomial import log_pmf
from simulator.scenario.quantity import Array

# Twice the fall of the log-likelihood at the ends of a 95 % interval: the 95 % point of chi-squared with 1 df.
FALL_95 = 3.841458820694124
# Shapes searched: below, nearly all events come on one day; above, nothing tells the law from Poisson.
SMALLEST_K, LARGEST_K = 0.02, 1e5
FEWEST_DEPLOYMENTS = 3


@dataclass(frozen=True, kw_only=True)
class CountModel:
    """A *rate* of *events* per hour over *deployments*, and how uneven the deployments are.

    *own_k* is the gamma shape of days in the scenario where the interval of the rate is from that.

    *dispersion* is Pearson's: variance over what Poisson would have (None where there is nothing to compare). *k* is the
    gamma shape of the level of a deployment (variance m + m^2 / k at mean m). Where the deployments are no more uneven
    than chance makes them the law is Poisson, its interval exact, and *k* None; an end of *k_95* that nothing bounds is
    None too.
    """

    deployments: int
    events: float
    hours: float
    rate: float
    rate_95: Interval
    own_k: float | None
    law: Literal["Poisson", "negative binomial"]
    dispersion: float | None
    k: float | None
    k_95: tuple[float, float | None]


def fit_counts(events: Array, hours: Array, ratio: Ratio | None = None) -> CountModel:
    """Fit counts of *events* in *hours*, both (deployments,).

    The rate is all events over all hours, with the interval of *ratio* or else from the spread between deployments. The
    shape is fitted by maximum likelihood (Lawless 1987) and has the interval of the profile likelihood; where Pearson's
    dispersion is not above 1, or nothing was counted, the law is Poisson. Of two uneven deployments no shape can be told.
    Raises ValueError without a deployment of positive hours.
    """
    used = (hours > 0) & np.isfinite(events)
    y, e = np.asarray(events[used], dtype=float), np.asarray(hours[used], dtype=float)
    if not len(y):
        raise ValueError("there is no deployment with hours above 0")
    n, total, whole = len(y), float(y.sum()), float(e.sum())
    rate = total / whole
    spread = float(((y - rate * e) ** 2 / (rate * e)).sum() / (n - 1)) if total and n > 1 else None
    uneven, some = spread is not None and spread > 1, total and n >= FEWEST_DEPLOYMENTS
    ratio = ratio or clustered_ratio(y, e)
    model = partial(
        CountModel,
        deployments=n,
        events=total,
        hours=whole,
        dispersion=spread,
        rate=rate,
        rate_95=ratio.interval_95,
        own_k=ratio.own_k,
    )
    likelihood = _Likelihood(y, e)
    if uneven and some:
        k, best = likelihood.best()
        if k < LARGEST_K / 2:
            return model(law="negative binomial", k=k, k_95=likelihood.k_interval(k, best))
    least = likelihood.k_interval(math.inf, likelihood.at_k(LARGEST_K))[0] if some else 0.0
    return model(law="Poisson", k=None, k_95=(least, None))


class _Likelihood:
    """The negative binomial likelihood of counts *y* in exposures *e*, and its profiles."""

    def __init__(self, y: Array, e: Array) -> None:
        self.y, self.e = y, e

    def at(self, rate: float, k: float) -> float:
        return float(log_pmf(self.y, rate * self.e, k).sum())

    def rate_given(self, k: float) -> float:
        """The rate that fits best at shape *k*: where the sum of (y - m) / (1 + m / k), which only falls, is 0."""
        from scipy import optimize

        def score(log_rate: float) -> float:
            mean = math.exp(log_rate) * self.e
            return float(((self.y - mean) / (1 + mean / k)).sum())

        rates = np.log(self.y[self.y > 0] / self.e[self.y > 0])
        low, high = rates.min() - 10.0, rates.max() + 1.0
        while score(low) < 0:
            low -= 10.0
        return math.exp(optimize.brentq(score, low, high, xtol=1e-13))

    def at_k(self, k: float) -> float:
        """The likelihood at shape *k*, with the rate that fits best."""
        return self.at(self.rate_given(k), k)

    def best(self) -> tuple[float, float]:
        """The shape that fits best, and the likelihood there."""
        found = _highest(self.at_k)
        return found, self.at_k(found)

    def k_interval(self, k: float, best: float) -> tuple[float, float | None]:
        """Shapes that fit nearly as well; without a high end where Poisson is among them."""
        from scipy import optimize

        def above(log_k: float) -> float:
            return self.at_k(math.exp(log_k)) - best + FALL_95 / 2

        low, high = math.log(SMALLEST_K), math.log(LARGEST_K)
        middle = min(math.log(k), high) if math.isfinite(k) else high
        lower = 0.0 if above(low) > 0 else math.exp(optimize.brentq(above, low, middle))
        upper = None if above(high) > 0 else math.exp(optimize.brentq(above, middle, high))
        return lower, upper


def _highest(likelihood: Callable[[float], float]) -> float:
    """The shape at which *likelihood* is highest, between the smallest and the largest that are searched."""
    from scipy import optimize

    found = optimize.minimize_scalar(
        lambda log_k: -likelihood(math.exp(log_k)),
        bounds=(math.log(SMALLEST_K), math.log(LARGEST_K)),
        method="bounded",
        options={"xatol": 1e-8, "maxiter": 500},
    )
    return math.exp(float(found.x))
