"""Level and slope of the false alert rate: how it falls with the threshold, from counts at two or more of them.

At threshold T the count is Poisson with mean E L exp(-b (T - t0)), where E is the exposure, L the level at t0 and b the
slope (model.md 3.1). Given b the law of L is gamma; what is left is one dimension, computed on a grid without sampling.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from simulator.scenario.quantity import Z95, Array

# Of a slope nobody has measured, all between these are alike: false alerts fall by 1.2 to 22,000 from 0.60 to 0.64.
FLATTEST, STEEPEST = 5.0, 250.0
# Where an interval of 95 % ends.
ENDS = (0.025, 0.975)
# Jeffreys' prior of a Poisson rate: gamma with this shape and rate 0.
PRIOR_SHAPE = 0.5
# The grid reaches so many standard deviations to either side; law by law of many, every 20th of its points is enough.
GRID, FAR, COARSER = 8001, 6.0, 20


@dataclass(frozen=True, kw_only=True)
class SlopeFit:
    """The slope of highest likelihood; what it expects at each threshold, and how probable a count as far off is."""

    slope: float
    standard_error: float
    expected_counts: tuple[float, ...]
    p_of_counts: tuple[float, ...]


@dataclass(frozen=True, kw_only=True)
class SlopeOfTwo:
    """The slope between two thresholds alone, as the *factor* by which the rate falls, and the p of equal rates."""

    slope: float
    interval_95: tuple[float, float]
    factor: float
    factor_95: tuple[float, float]
    same_rate_p: float


@dataclass(frozen=True)
class Counts:
    """False alerts *k* in *exposure* at *thresholds*, arrays (thresholds,), the lowest threshold first."""

    thresholds: Array
    k: Array
    exposure: Array

    def likeliest(self, anchor: float) -> SlopeFit | None:
        """The fit by maximum likelihood; None where no slope fits best, however steep or flat.

        Given their total the counts are multinomial with shares E exp(-b T): the slope is where the mean threshold of
        the false alerts is what it should be, which only falls with b.
        """
        from scipy import optimize

        total, t = self.k.sum(), self.thresholds
        if len(t) < 2 or not total:
            return None
        observed = float(self.k @ t / total)
        if not t[0] < observed < t[-1]:
            return None

        def moments(b: float) -> tuple[float, float]:
            w = self.exposure * np.exp(-b * (t - t[0]))
            w = w / w.sum()
            mean = float(w @ t)
            return mean, float(w @ (t - mean) ** 2)

        far = 600.0 / (t[-1] - t[0])
        b = float(optimize.brentq(lambda b: moments(b)[0] - observed, -far, far))
        level = float(total / (self.exposure @ np.exp(-b * (t - anchor))))
        fitted = self.exposure * level * np.exp(-b * (t - anchor))
        return SlopeFit(
            slope=b,
            standard_error=1 / math.sqrt(float(total) * moments(b)[1]),
            expected_counts=tuple(fitted.tolist()),
            p_of_counts=tuple(poisson_p(k, mean) for k, mean in zip(self.k.tolist(), fitted.tolist(), strict=True)),
        )

    def pair(self, low: int, high: int) -> SlopeOfTwo | None:
        """The slope between two of the thresholds, with a log-normal interval; None where one has no event."""
        k0, k1 = float(self.k[low]), float(self.k[high])
        if not k0 or not k1:
            return None
        step = float(self.thresholds[high] - self.thresholds[low])
        log_ratio = math.log(k0 / self.exposure[low] * self.exposure[high] / k1)
        half = Z95 * math.sqrt(1 / k0 + 1 / k1)
        slope, ends = log_ratio / step, ((log_ratio - half) / step, (log_ratio + half) / step)
        return SlopeOfTwo(
            slope=slope,
            interval_95=ends,
            factor=math.exp(slope * step),
            factor_95=(math.exp(ends[0] * step), math.exp(ends[1] * step)),
            same_rate_p=self.same_rate_p(low, high),
        )

    def same_rate_p(self, low: int, high: int) -> float:
        """Two-sided p of equal rates at two of the thresholds: exact, given the sum (Przyborowski and Wilenski 1940)."""
        from scipy import stats

        k0, both = int(self.k[low]), int(self.k[low] + self.k[high])
        if not both:
            return 1.0
        share = float(self.exposure[low] / (self.exposure[low] + self.exposure[high]))
        return float(stats.binomtest(k0, both, share).pvalue)


@dataclass(frozen=True)
class LevelSlope:
    """What is known of level and slope together: the slope on a *grid* with its cumulative law, the level given it.

    Given slope b the level at *anchor* is gamma with *shape* and rate S(b) = sum of E exp(-b (T - anchor)).
    """

    counts: Counts
    anchor: float
    shape: float
    grid: Array
    cumulative: Array

    def slope_ppf(self, u: Array) -> Array:
        """Slopes at the probabilities *u*."""
        return np.interp(u, self.cumulative, self.grid)

    def exposure_at(self, slope: Array) -> Array:
        """S(b): the exposure as if all of it had been at the anchor, shape of *slope*."""
        steps = self.counts.thresholds - self.anchor
        return np.asarray(np.exp(-np.multiply.outer(slope, steps)) @ self.counts.exposure)

    def draws(self, u: Array) -> tuple[Array, Array]:
        """Level at the anchor and slope for pairs of uniform numbers *u* (n, 2)."""
        from scipy import special

        slope = self.slope_ppf(u[:, 0])
        return np.asarray(special.gammaincinv(self.shape, u[:, 1]) / self.exposure_at(slope)), slope

    def draws_after(self, shape: float, exposure: Array, u: Array) -> tuple[Array, Array]:
        """Level at the anchor and slope where the level is known before as gamma with *shape* and rate *exposure* (n,).

        *u* (n, 2) are uniform numbers. The slope keeps its prior; a level known before says something of it wherever the
        record is not at the anchor. With Jeffreys' shape and no exposure this is the law itself, of a slope that is learnt.
        """
        from scipy import special

        total, slope = shape + float(self.counts.k.sum()), self.grid[::COARSER]
        log_density = self._log_density(shape, exposure)
        density = np.exp(log_density - log_density.max(axis=1, keepdims=True))
        cumulative = np.cumsum((density[:, 1:] + density[:, :-1]) / 2, axis=1)
        cumulative = np.pad(cumulative / cumulative[:, -1:], ((0, 0), (1, 0)))
        drawn = np.array([np.interp(u_i, row, slope) for u_i, row in zip(u[:, 0], cumulative, strict=True)])
        return np.asarray(special.gammaincinv(total, u[:, 1]) / (exposure + self.exposure_at(drawn))), drawn

    def log_evidence(self, shape: float, exposure: Array) -> float:
        """Log probability of the counts, up to a constant, where the level is known as gamma with *shape* and *exposure* (n,).

        It is that of the mean over all n, each with the slope integrated out.
        """
        from scipy import special

        each = special.logsumexp(self._log_density(shape, exposure), axis=1) + shape * np.log(exposure)
        counted = special.gammaln(shape + float(self.counts.k.sum())) - special.gammaln(shape)
        return float(special.logsumexp(each) - math.log(len(each)) + counted)

    def _log_density(self, shape: float, exposure: Array) -> Array:
        """Log density (n, slopes) of the slope on the coarser grid and of the counts, the level integrated out."""
        slope = self.grid[::COARSER]
        log_density = -(np.linspace(-FAR, FAR, GRID)[::COARSER] ** 2) / 2
        log_density = log_density - slope * float(self.counts.k @ (self.counts.thresholds - self.anchor))
        total = shape + float(self.counts.k.sum())
        return np.asarray(log_density - total * np.log(exposure[:, None] + self.exposure_at(slope)))

    def slope_quantiles(self) -> tuple[float, float, float]:
        """2.5 %, 50 % and 97.5 % of the slope."""
        low, middle, high = self.slope_ppf(np.array([0.025, 0.5, 0.975])).tolist()
        return low, middle, high

    def rate_quantiles(
        self, threshold: float, points: int = 4096, ends: tuple[float, float] = ENDS
    ) -> tuple[float, float, float]:
        """The lower of the *ends*, 50 % and the upper one of the rate at *threshold*, from the law on a fine regular net.

        At 0 the lower end is 0.
        """
        level, slope = self.draws(net(points))
        rates = level * np.exp(-slope * (threshold - self.anchor))
        low, middle, high = np.quantile(rates, [ends[0], 0.5, ends[1]]).tolist()
        return low if ends[0] else 0.0, middle, high


def flat(u: Array) -> Array:
    """The weak prior of the slope: even between FLATTEST and STEEPEST (model.md 3.2)."""
    return np.asarray(FLATTEST + (STEEPEST - FLATTEST) * u)


def level_and_slope(
    counts: Counts, anchor: float, prior: Callable[[Array], Array] = flat, learn: bool = True
) -> LevelSlope:
    """The law of level (at *anchor*) and slope after *counts*; *prior* gives the slope's quantiles.

    Without *learn* the slope keeps its prior and only the level is learnt. The law is proper even without a single
    false alert, since the prior of the slope is and Jeffreys' prior of the level lets it end.
    """
    from scipy import special

    z = np.linspace(-FAR, FAR, GRID)
    slope = np.asarray(prior(special.ndtr(z)), dtype=float)
    shape = PRIOR_SHAPE + float(counts.k.sum())
    law = LevelSlope(counts, anchor, shape, slope, z)
    # density of the prior in z; then the likelihood with the level integrated out
    log_density = -(z**2) / 2
    if learn:
        log_density = log_density - slope * float(counts.k @ (counts.thresholds - anchor))
        log_density = log_density - shape * np.log(law.exposure_at(slope))
    density = np.exp(log_density - log_density.max())
    cumulative = np.concatenate(([0.0], np.cumsum((density[1:] + density[:-1]) / 2)))
    return LevelSlope(counts, anchor, shape, slope, cumulative / cumulative[-1])


def poisson_p(count: float, mean: float) -> float:
    """Probability of a Poisson count so far from its *mean* or farther: twice the smaller tail, at most 1."""
    from scipy import stats

    return float(min(1.0, 2 * min(stats.poisson.cdf(count, mean), stats.poisson.sf(count - 1, mean))))


def net(points: int, dimensions: int = 2, seed: int = 20260119) -> Array:
    """Evenly spread points of the unit square or cube (Sobol', scrambled with a fixed seed): shape (points, dimensions)."""
    from scipy.stats import qmc

    sobol = qmc.Sobol(dimensions, scramble=True, rng=np.random.default_rng(seed))
    return np.asarray(sobol.random(points))
