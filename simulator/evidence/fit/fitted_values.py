"""New values of inputs: a value with its interval, or a law, in the digits that a file shows."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from simulator.evidence.fit.ratios import Ratio
from simulator.scenario.quantity import MEDIAN_TOLERANCE, Grade

# The inputs that a record of alerts, faces and hours says something of.
FMR, SLOPE = "recogniser.fmr_at_anchor", "recogniser.slope_per_unit"
PASSAGES, TRUE = "street.passages_per_hour", "watchlist.true_alerts_per_1000_passages"
STOPPED = "procedure.look.accept_false"
DIGITS = 4
# Logarithms of shapes of a gamma law, between which that of an interval is looked for: 0.05 to 1e8.
LOG_SHAPES = -3.0, 18.4


@dataclass(frozen=True, kw_only=True)
class Law:
    """The law of an input by its *name*: gamma with shape and rate, or beta with a and b."""

    name: Literal["gamma", "beta"]
    numbers: tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class FittedInput:
    """The new *value* of the input *key* with its interval, or the *law* that it is given by."""

    key: str
    value: float
    interval_95: tuple[float, float]
    law: Law | None = None
    source: str
    grade: Grade = "derived"


def by_interval(
    key: str, value: float, low: float, high: float, source: str, shape: float | None = None
) -> FittedInput:
    """A log-normal interval; where no log-normal has these three numbers a law with the same median: what is simulated at.

    A gamma law of *shape* where one is known; else one through the upper end where the median lies high in its interval.
    Where it lies low the lower end is moved further down, which has no name of its own.
    """
    value, low, high = rounded(value), rounded(low), rounded(high)
    below, above = math.log(value / low), math.log(high / value)
    most = 2 * 0.9 * MEDIAN_TOLERANCE
    if abs(below - above) <= most * (below + above):
        return FittedInput(key=key, value=value, interval_95=(low, high), source=source)
    if shape is not None:
        from scipy import special

        rate = float(special.gammaincinv(shape, 0.5)) / value
        low, high = special.gammaincinv(shape, np.array([0.025, 0.975])) / rate
        law = Law(name="gamma", numbers=(shape, rounded(rate)))
        return FittedInput(key=key, value=value, interval_95=(rounded(low), rounded(high)), source=source, law=law)
    if below > above:
        law = _through(value, high)
        told = f"{source}; in the file a gamma law with this median and upper end"
        return FittedInput(key=key, value=value, interval_95=(low, high), source=told, law=law)
    low = rounded(value * math.exp(-above * (1 - most) / (1 + most)))
    return FittedInput(key=key, value=value, interval_95=(low, high), source=source)


def _through(median: float, high: float) -> Law:
    """The gamma law with this *median* whose 97.5 % quantile is *high*, or as near as its shape can be."""
    from scipy import optimize, special

    def spread(log_shape: float) -> float:
        ends = special.gammaincinv(math.exp(log_shape), np.array([0.5, 0.975]))
        return float(np.log(ends[1] / ends[0]))

    wanted = min(max(math.log(high / median), spread(LOG_SHAPES[1])), spread(LOG_SHAPES[0]))
    shape = rounded(math.exp(optimize.brentq(lambda x: spread(x) - wanted, *LOG_SHAPES)))
    return Law(name="gamma", numbers=(shape, rounded(float(special.gammaincinv(shape, 0.5)) / median)))


def by_ratio(key: str, ratio: Ratio, factor: float, source: str) -> FittedInput:
    """The *ratio* times *factor*."""
    low, high = ratio.interval_95
    return by_interval(key, ratio.value * factor, low * factor, high * factor, source)


def by_beta(
    key: str, a: float, b: float, source: str, grade: Grade = "derived", ends: tuple[float, float] | None = None
) -> FittedInput:
    """A share known as the beta law with *a* and *b*; its interval has these *ends*, or leaves 2.5 % on either side."""
    from scipy import special

    a, b = rounded(a), rounded(b)
    low, middle, high = special.betaincinv(a, b, np.array([0.025, 0.5, 0.975])).tolist()
    low, high = ends or (low, high)
    law, interval = Law(name="beta", numbers=(a, b)), (rounded(low), rounded(high))
    return FittedInput(key=key, value=rounded(middle), interval_95=interval, source=source, law=law, grade=grade)


def rounded(x: float) -> float:
    """*x* with four significant digits: what a file shows."""
    return float(f"{x:.{DIGITS}g}")


def number(x: float) -> str:
    """*x* with three significant digits."""
    return f"{x:.3g}"
