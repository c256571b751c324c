"""Intervals on counts, shares, means and campaigns: what the evidence bounds, and how tightly."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray


class Interval(NamedTuple):
    """Both ends of an interval, *low* <= *high*."""

    low: float
    high: float


def _tail(level: float) -> float:
    """What lies beyond either end of a two-sided interval that holds *level*."""
    if not 0 < level < 1:
        raise ValueError(f"level must be between 0 and 1 (got {level:g})")
    return (1 - level) / 2


def _checked_count(count: float, trials: float = math.inf) -> None:
    if not 0 <= count <= trials:
        raise ValueError(f"count must be between 0 and {trials:g} (got {count:g})")


def _checked_share(count: float, trials: float) -> None:
    _checked_exposure(trials)
    _checked_count(count, trials)


def _checked_exposure(exposure: float) -> None:
    if not exposure > 0:
        raise ValueError(f"trials or exposure must be above 0 (got {exposure:g})")


def _checked_values(values: ArrayLike) -> NDArray[np.float64]:
    x = np.asarray(values, dtype=float)
    if x.ndim != 1 or not len(x):
        raise ValueError(f"values must be one-dimensional and not empty (got shape {x.shape})")
    return x


def garwood(count: float, level: float = 0.95) -> Interval:
    """Exact interval on the mean of a Poisson *count*; divide by the exposure for a rate (Garwood 1936)."""
    from scipy import special

    tail = _tail(level)
    _checked_count(count)
    low = float(special.gammaincinv(count, tail)) if count > 0 else 0.0
    return Interval(low, float(special.gammainccinv(count + 1, tail)))


def clopper_pearson(count: float, trials: float, level: float = 0.95) -> Interval:
    """Exact interval on a share, *count* of *trials*: covers at least *level*, so right for publication."""
    from scipy import special

    tail = _tail(level)
    _checked_share(count, trials)
    low = float(special.betaincinv(count, trials - count + 1, tail)) if count > 0 else 0.0
    high = float(special.betainccinv(count + 1, trials - count, tail)) if count < trials else 1.0
    return Interval(low, high)


def wilson(count: float, trials: float, level: float = 0.95) -> Interval:
    """Score interval on a share, *count* of *trials*; its low end is too high below three events (Wilson 1927)."""
    from scipy import special

    z = -float(special.ndtri(_tail(level)))
    _checked_share(count, trials)
    share, z2 = count / trials, z * z / trials
    centre = (share + z2 / 2) / (1 + z2)
    half = z / (1 + z2) * math.sqrt(share * (1 - share) / trials + z2 / (4 * trials))
    # rounding must not leave an end just inside 0 or 1 where the formula gives exactly that
    return Interval(0.0 if count == 0 else centre - half, 1.0 if count == trials else centre + half)


def zero_bound(trials: float, level: float = 0.95, two_sided: bool = False) -> float:
    """Upper bound on a share where 0 of *trials* were counted; one-sided it is close to 3 / trials at 95 %.

    *two_sided* gives the upper end of the exact two-sided interval instead: say which one is printed.
    """
    _checked_share(0, trials)
    beyond = _tail(level) * (1 if two_sided else 2)
    return -math.expm1(math.log(beyond) / trials)


@dataclass(frozen=True)
class NegativeBinomial:
    """A count to come, given a rate known only as a gamma law: *shape* and *success* (mean shape (1 - s) / s)."""

    shape: float
    success: float

    @property
    def mean(self) -> float:
        """Expected count."""
        return self.shape * (1 - self.success) / self.success

    @property
    def variance(self) -> float:
        """Variance of the count, above its mean by what is not known of the rate."""
        return self.mean / self.success

    def interval(self, level: float = 0.95) -> Interval:
        """Central interval in whole counts: the smallest ones that leave no more than the tail below and above."""
        from scipy import stats

        tail = _tail(level)
        law = stats.nbinom(self.shape, self.success)
        return Interval(float(law.ppf(tail)), float(law.ppf(1 - tail)))


@dataclass(frozen=True)
class GammaPosterior:
    """What is known of a rate: gamma with *shape* and *rate*, the latter in units of exposure."""

    shape: float
    rate: float

    @property
    def mean(self) -> float:
        """Expected rate per unit of exposure."""
        return self.shape / self.rate

    def interval(self, level: float = 0.95) -> Interval:
        """Central interval on the rate."""
        from scipy import special

        tail = _tail(level)
        low, high = special.gammaincinv(self.shape, tail), special.gammainccinv(self.shape, tail)
        return Interval(float(low) / self.rate, float(high) / self.rate)

    def predict(self, exposure: float) -> NegativeBinomial:
        """The count over a new *exposure*: chance and what is not known of the rate together."""
        _checked_exposure(exposure)
        return NegativeBinomial(self.shape, self.rate / (self.rate + exposure))


def gamma_posterior(count: float, exposure: float, shape: float = 0.5, rate: float = 0.0) -> GammaPosterior:
    """Law of a rate after *count* events in *exposure*; the prior (*shape*, *rate*) is Jeffreys' unless given.

    A laboratory record enters as a power prior: shape 1/2 + weight x its count, rate weight x its exposure.
    """
    _checked_count(count)
    _checked_exposure(exposure)
    return GammaPosterior(shape + count, rate + exposure)


def design_effect(size: float, correlation: float, variation: float = 0.0) -> float:
    """Factor by which clusters of mean *size* inflate a variance: 1 + ((1 + cv^2) m - 1) rho (Kish; model.md 5).

    *correlation* is that within clusters, *variation* the coefficient of variation of their sizes.
    """
    return 1 + ((1 + variation**2) * size - 1) * correlation


def mean_interval(values: ArrayLike, level: float = 0.95) -> Interval:
    """Monte Carlo interval of the mean of independent *values* (n,): Student's t, which is normal for large n.

    It shrinks with n and says nothing about a single campaign. One value alone bounds nothing: both ends infinite.
    """
    from scipy import special

    tail = _tail(level)
    x = _checked_values(values)
    if len(x) == 1:
        return Interval(-math.inf, math.inf)
    half = -float(special.stdtrit(len(x) - 1, tail)) * float(x.std(ddof=1)) / math.sqrt(len(x))
    return Interval(float(x.mean()) - half, float(x.mean()) + half)


def fewest_for_range(level: float = 0.90) -> int:
    """How many values it takes for a range of them that holds one more with *level*: 19 for 90 %."""
    return math.ceil(1 / _tail(level) - 1e-9) - 1


def _place(n: int, level: float) -> int:
    """The place from either end of *n* values at which a range that holds one more of their like with *level* ends.

    The one to come is in each of the n + 1 places among them equally often. 0 where they are too few for any such end.
    """
    # a share such as 0.05 has no exact binary form: 5 % of 1,000 is 50 values, not 49
    return math.floor(_tail(level) * (n + 1) + 1e-9)


def central_range(values: ArrayLike, level: float = 0.90) -> Interval:
    """What holds one more of the like of *values* (n,) with *level*; where they are too few for that, all of them.

    Its ends are themselves among the values, so counts stay counts, and belong to it.
    """
    x = _checked_values(values)
    return _inner(x, max(_place(len(x), level), 1))


def prediction_interval(values: ArrayLike, level: float = 0.90, draws: int | None = None) -> Interval | None:
    """Range that holds a single campaign to come with *level*, from replicated *values* (n,); None where too few for that.

    It does not shrink with n. Where campaigns share one of so many *draws* of the inputs, as many each, the one to come has a
    draw of its own: it takes so many draws, not campaigns, and what lies beyond an end is counted in whole ones.
    """
    x = _checked_values(values)
    alone = draws or len(x)
    place = _place(alone, level)
    return _inner(x, 1 + (place - 1) * len(x) // alone) if place else None


def _inner(x: NDArray[np.float64], place: int) -> Interval:
    """The values (n,) in this *place* from each end."""
    at = place - 1
    ordered = np.partition(x, (at, len(x) - 1 - at))
    return Interval(float(ordered[at]), float(ordered[-1 - at]))
