"""New values of inputs: a value with its interval, or a law, in the digits that a file shows."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from simulator.evidence.fit.ratios import Ratio
from simulator.scenario.quantity import MEDIAN_TOLERANCE

DIGITS = 4


@dataclass(frozen=True)
class FittedInput:
    """The new *value* of the input *key*: its 95 % ends, or the law (*name* and its two numbers) that it is given by."""

    key: str
    value: float
    low: float
    high: float
    source: str
    law: tuple[str, float, float] | None = None


def by_interval(
    key: str, value: float, low: float, high: float, source: str, shape: float | None = None
) -> FittedInput:
    """A log-normal interval; a gamma law of *shape* where one is known and no log-normal has these three numbers."""
    value, low, high = rounded(value), rounded(low), rounded(high)
    off = abs(math.log(value) - math.log(low * high) / 2) / math.log(high / low)
    if off <= 0.9 * MEDIAN_TOLERANCE:
        return FittedInput(key, value, low, high, source)
    if shape is not None:
        from scipy import special

        rate = float(special.gammaincinv(shape, 0.5)) / value
        ends = special.gammaincinv(shape, np.array([0.025, 0.975])) / rate
        return FittedInput(key, value, rounded(ends[0]), rounded(ends[1]), source, ("gamma", shape, rounded(rate)))
    return FittedInput(key, rounded(math.sqrt(low * high)), low, high, source)


def by_ratio(key: str, ratio: Ratio, factor: float, source: str) -> FittedInput:
    """The *ratio* times *factor*."""
    low, high = ratio.interval_95
    return by_interval(key, ratio.value * factor, low * factor, high * factor, source)


def by_beta(key: str, a: float, b: float, source: str) -> FittedInput:
    """A share known as the beta law with *a* and *b*."""
    from scipy import special

    a, b = rounded(a), rounded(b)
    low, middle, high = special.betaincinv(a, b, np.array([0.025, 0.5, 0.975])).tolist()
    return FittedInput(key, rounded(middle), rounded(low), rounded(high), source, ("beta", a, b))


def rounded(x: float) -> float:
    """*x* with four significant digits: what a file shows."""
    return float(f"{x:.{DIGITS}g}")


def number(x: float) -> str:
    """*x* with three significant digits."""
    return f"{x:.3g}"
