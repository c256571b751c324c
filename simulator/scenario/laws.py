"""Laws of a quantity: the beta law of an interval, and the median of a law that is given."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.scenario.errors import shown

# Of 95 % of a normal law, in standard deviations.
WIDTH = 2 * 1.959963984540054
# What lies further out than these is a slip, and arithmetic with it would overflow.
SMALLEST, LARGEST = 1e-50, 1e50


@lru_cache(maxsize=256)
def beta_from_interval(low: float, high: float) -> tuple[float, float]:
    """The beta law (a, b) whose 2.5 % and 97.5 % quantiles are *low* and *high*."""
    from scipy import optimize, special

    def miss(log_ab: NDArray[np.float64]) -> NDArray[np.float64]:
        a, b = np.exp(log_ab)
        quantiles = special.betaincinv(a, b, np.array([0.025, 0.975]))
        return np.asarray(special.logit(np.clip(quantiles, 1e-12, 1 - 1e-12)) - special.logit([low, high]))

    middle, width = (low + high) / 2, (high - low) / WIDTH
    size = max(middle * (1 - middle) / width**2 - 1, 0.5)
    found = optimize.least_squares(miss, np.log([middle * size, (1 - middle) * size]), xtol=1e-12, ftol=1e-12)
    return float(np.exp(found.x[0])), float(np.exp(found.x[1]))


def law_median(name: str, law: Any) -> float:
    """The median of the *law* called *name*, gamma or beta, as the user gives it; ValueError where it is none."""
    from scipy import special

    wanted = {"gamma": ("shape", "rate"), "beta": ("a", "b")}[name]
    if not isinstance(law, dict) or set(law) != set(wanted):
        raise ValueError(f"{name} needs {wanted[0]} and {wanted[1]}")
    first, second = law[wanted[0]], law[wanted[1]]
    if not all(type(item) in (int, float) and SMALLEST <= item <= LARGEST for item in (first, second)):
        raise ValueError(
            f"{name}: {wanted[0]} and {wanted[1]} must be numbers above 0 (got {shown(first)} and {shown(second)})"
        )
    return float(
        special.gammaincinv(first, 0.5) / second if name == "gamma" else special.betaincinv(first, second, 0.5)
    )


__all__ = ["LARGEST", "SMALLEST", "beta_from_interval", "law_median"]
