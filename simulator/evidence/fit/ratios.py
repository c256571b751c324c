"""Shares and ratios over deployments that differ more than chance alone would make them."""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from simulator.evidence.numbers import counted
from simulator.evidence.statistics.intervals import Interval, clopper_pearson, garwood
from simulator.scenario.laws import SMALLEST
from simulator.scenario.quantity import Z95, Array


@dataclass(frozen=True)
class Ratio:
    """*events* per unit of *base*, summed over *deployments*: the ratio of the sums, and its 95 % interval.

    *sites* is how many there are where the interval is from the spread between them, 0 where it is between deployments;
    *own_k* the gamma shape of days in the scenario where it is from that.
    """

    deployments: int
    events: float
    base: float
    value: float
    interval_95: Interval
    sites: int = 0
    own_k: float | None = None

    @property
    def spread_over(self) -> str:
        """What the interval is from, in words."""
        if self.own_k is not None:
            return f"days as the scenario has it (shape {self.own_k:.3g}), which so few days cannot show"
        return f"{self.sites} sites" if self.sites else counted(self.deployments, "deployment")


@dataclass(frozen=True, kw_only=True)
class Beta:
    """A beta law by its two numbers."""

    a: float
    b: float


@dataclass(frozen=True, kw_only=True)
class ClusteredShare:
    """The *share* of *events* in so many trials (*of*) over *deployments*.

    *dispersion* (at least 1) is the factor by which the variance is larger than chance makes it.

    *beta* is the law of what is known of the share: Jeffreys' prior and the counts, divided by the dispersion, because
    trials of one deployment are not independent. *interval_95* is Clopper and Pearson's on the same reduced counts.
    """

    deployments: int
    events: float
    of: float
    share: float
    interval_95: Interval
    dispersion: float
    beta: Beta


# The spread between fewer sites than this is anybody's guess.
FEWEST_SITES = 5
# And so is that between fewer days.
FEWEST_DAYS = 5


def ratio_by_site(events: Array, base: Array, sites: Sequence[Hashable]) -> Ratio:
    """*clustered_ratio*, with the spread between *sites* instead of deployments where that is the wider.

    Deployments of one site are alike, so that many of them at few sites say less than so many sites would. With fewer
    than FEWEST_SITES sites nothing can be said of that, and deployments are taken to be independent.
    """
    found = clustered_ratio(events, base)
    used = np.isfinite(base) & np.isfinite(events)
    names = [name for name, keep in zip(sites, used, strict=True) if keep]
    number = {name: i for i, name in enumerate(dict.fromkeys(names))}
    if len(number) < FEWEST_SITES:
        return found
    at = np.array([number[name] for name in names])
    sums = (np.bincount(at, values[used]).astype(float) for values in (events, base))
    together = clustered_ratio(*sums)
    (low, high), (site_low, site_high) = found.interval_95, together.interval_95
    wider = site_high * low > high * site_low
    return replace(found, interval_95=together.interval_95, sites=len(number)) if wider else found


def not_narrower(ratio: Ratio, days: Array, own_k: float) -> Ratio:
    """The *ratio*, of fewer than FEWEST_DAYS *days* (their bases), with an interval as days of shape *own_k* have it at least.

    One day, or a few that happen to be alike, do not show how days differ, and their counts alone are far too sure of it.
    """
    if len(days) >= FEWEST_DAYS or not ratio.events:
        return ratio
    half = Z95 * math.sqrt(1 / ratio.events + float((days**2).sum()) / float(days.sum()) ** 2 / own_k)
    low, high = ratio.interval_95
    if high / max(low, SMALLEST) >= math.exp(2 * half):
        return ratio
    return replace(
        ratio, own_k=own_k, interval_95=Interval(ratio.value * math.exp(-half), ratio.value * math.exp(half))
    )


def clustered_ratio(events: Array, base: Array) -> Ratio:
    """The ratio of sums of *events* and *base*, both (deployments,), with the spread between deployments.

    The interval is Student's, on the logarithm, from the linearised ratio (Cochran 1977, section 6.4); where nothing
    was counted, or in one deployment alone, it is Garwood's. Raises ValueError without a base above 0.
    """
    used = np.isfinite(base) & np.isfinite(events)
    y, x = np.asarray(events[used], dtype=float), np.asarray(base[used], dtype=float)
    if not x.sum() > 0:
        raise ValueError("there is no deployment with a base above 0")
    n, top, bottom = len(y), float(y.sum()), float(x.sum())
    low, high = garwood(top)
    exact = Interval(low / bottom, high / bottom)
    if n < 2 or not top:
        return Ratio(n, top, bottom, top / bottom, exact)
    from scipy import special

    value = top / bottom
    error = math.sqrt(n / (n - 1) * float(((y - value * x) ** 2).sum())) / bottom
    width = float(special.stdtrit(n - 1, 0.975)) * error / value
    spread = Interval(value * math.exp(-width), value * math.exp(width))
    # deployments that agree better than chance would let them are chance too
    wider = spread if spread.high / spread.low > exact.high / max(exact.low, 1e-300) else exact
    return Ratio(n, top, bottom, value, wider)


def clustered_share(events: Array, trials: Array) -> ClusteredShare:
    """The share of *trials* that are *events*, both (deployments,), allowing for deployments that differ.

    The dispersion is Pearson's chi-squared over its degrees of freedom (Williams 1982), not below 1. Raises ValueError
    without a trial.
    """
    used = (trials > 0) & np.isfinite(events)
    y, n = np.asarray(events[used], dtype=float), np.asarray(trials[used], dtype=float)
    if not len(y):
        raise ValueError("there is no deployment with a trial")
    top, bottom = float(y.sum()), float(n.sum())
    share = top / bottom
    phi = 1.0
    if len(y) > 1 and 0 < share < 1:
        phi = max(1.0, float(((y - share * n) ** 2 / (n * share * (1 - share))).sum()) / (len(y) - 1))
    k, m = top / phi, bottom / phi
    return ClusteredShare(
        deployments=len(y),
        events=top,
        of=bottom,
        share=share,
        interval_95=clopper_pearson(k, m),
        dispersion=phi,
        beta=Beta(a=k + 0.5, b=m - k + 0.5),
    )
