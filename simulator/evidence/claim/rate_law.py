"""What is known of a rate after so many events: one posterior, or a mixture where the count is only a word."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from simulator.claim.figures import TALLIES, is_case, is_part, is_tally
from simulator.evidence.statistics.intervals import Interval, clopper_pearson, garwood

HALF = 0.5
# Of so many cases to come the count is known as well as the share is: what chance adds is below a few in a thousand.
LARGE = 100_000


@dataclass(frozen=True)
class RateLaw:
    """A rate per *exposure* unit, a mixture of equally credible posteriors, one for each count from *fewest* to *most*.

    Jeffreys' prior for each: gamma (1/2 + count, exposure) for events over an exposure, beta for a *share* of a larger
    tally (model.md section 5). One count is a mixture of one; several stand for a word such as "a handful". No unit has
    more than *highest* of them.
    """

    fewest: int
    most: int
    exposure: float
    share: bool = False
    highest: float = math.inf

    def __post_init__(self) -> None:
        if not 0 <= self.fewest <= self.most:
            raise ValueError(f"fewest must be from 0 to most (got {self.fewest} and {self.most})")
        if not self.exposure > 0 or (self.share and self.most > self.exposure):
            raise ValueError(f"exposure must be above 0 and at least the count of a share (got {self.exposure:g})")

    @property
    def weight(self) -> float:
        """Weight of each count."""
        return 1 / (self.most - self.fewest + 1)

    @property
    def mean(self) -> float:
        """Expected rate."""
        return self._mixed(lambda law: float(law.mean()))

    def below(self, rate: float) -> float:
        """Probability that the rate is at most *rate*."""
        return self._mixed(lambda law: float(law.cdf(rate)))

    def quantile(self, level: float) -> float:
        """The rate below which a share *level* of the law lies."""
        from scipy import optimize

        # the mixture's quantile lies between those of its parts
        ends = [float(law.ppf(level)) for law in self._laws()]
        low, high = min(ends), max(ends)
        if low == high or low >= self.highest:
            return min(low, self.highest)
        found = optimize.brentq(lambda x: self.below(x) - level, low, high, xtol=1e-15 * high, rtol=1e-12)
        return min(float(found), self.highest)

    def interval(self, level: float = 0.95) -> Interval:
        """Central interval on the rate."""
        return Interval(self.quantile((1 - level) / 2), self.quantile((1 + level) / 2))

    def envelope(self, level: float = 0.95) -> Interval:
        """The exact intervals of all counts taken together (Garwood, or Clopper-Pearson for a share)."""
        if self.share:
            return Interval(
                clopper_pearson(self.fewest, self.exposure, level).low,
                clopper_pearson(self.most, self.exposure, level).high,
            )
        low, high = garwood(self.fewest, level).low, garwood(self.most, level).high
        return Interval(low / self.exposure, min(high / self.exposure, self.highest))

    def predict(self, exposure: float, level: float = 0.95) -> Interval:
        """Central interval in whole counts over a new *exposure*: chance and what is not known of the rate together."""
        return Interval(self._count(exposure, (1 - level) / 2), self._count(exposure, (1 + level) / 2))

    def _laws(self) -> list[Any]:
        from scipy import stats

        counts = range(self.fewest, self.most + 1)
        if self.share:
            return [stats.beta(k + HALF, self.exposure - k + HALF) for k in counts]
        return [stats.gamma(k + HALF, scale=1 / self.exposure) for k in counts]

    def _coming(self, exposure: float) -> list[Any]:
        """The law of a count to come over *exposure*, for each count that the word could mean."""
        from scipy import stats

        counts = range(self.fewest, self.most + 1)
        if self.share:
            return [stats.betabinom(round(exposure), k + HALF, self.exposure - k + HALF) for k in counts]
        return [stats.nbinom(k + HALF, self.exposure / (self.exposure + exposure)) for k in counts]

    def _mixed(self, of: Callable[[Any], float]) -> float:
        return self.weight * sum(of(law) for law in self._laws())

    def _count(self, exposure: float, level: float) -> float:
        """The smallest count that is exceeded with probability 1 - *level* at most."""
        if self.share and exposure > LARGE:
            return float(round(exposure * self.quantile(level)))
        laws = self._coming(exposure)
        low, high = -1, int(max(law.ppf(level) for law in laws))
        while high - low > 1:
            middle = (low + high) // 2
            reached = self.weight * sum(float(law.cdf(middle)) for law in laws) >= level
            low, high = (low, middle) if reached else (middle, high)
        return min(float(high), exposure * self.highest)


def law_of(event: str, per: str, fewest: int, most: int, bottom: float) -> RateLaw | None:
    """The law of so many of *event* per *per*; None for what no chance moves, and for one tally by another that holds it not."""
    share = is_part(event, per, most, bottom)
    if not is_tally(event) or (per in TALLIES and not share):
        return None
    return RateLaw(fewest, most, bottom, share, 1.0 if is_case(event, per, most, bottom) else math.inf)


__all__ = ["RateLaw", "law_of"]
