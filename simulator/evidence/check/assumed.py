"""What is assumed of deployments whose record prints no hours or no list, because the user says so."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Self

import numpy as np

from simulator.scenario.campaign import LONGEST_HOURS, SHORTEST_HOURS
from simulator.scenario.errors import shown
from simulator.scenario.numbers import read_number
from simulator.scenario.quantity import LARGEST_LIST, Array

# Hours said without a spread: the Met's vans have a coefficient of variation of 0.22.
USUAL_SPREAD = 0.2


@dataclass(frozen=True, kw_only=True)
class AssumedHours:
    """Hours of a deployment that prints none: log-normal with this *mean* and standard deviation *sd*, each row its own."""

    mean: float
    sd: float

    def __post_init__(self) -> None:
        if not SHORTEST_HOURS <= self.mean <= LONGEST_HOURS:
            raise ValueError(f"mean must be from {SHORTEST_HOURS} to {LONGEST_HOURS} hours (got {self.mean:g})")
        if not 0 <= self.sd <= self.mean:
            raise ValueError(f"spread must be from 0 to the mean, {self.mean:g} (got {self.sd:g})")

    @classmethod
    def read(cls, text: str) -> Self:
        """``5.8:1.2`` is a mean and its standard deviation; ``5.8`` has the usual spread, a fifth. Raises ValueError."""
        mean, colon, sd = text.partition(":")
        hours, spread = (read_number(part, percent=False) for part in (mean, sd))
        if hours is None or (colon and spread is None):
            raise ValueError(f"must be hours, or hours:spread, such as 5.8 or 5.8:1.2 (got {shown(text)})")
        return cls.of(hours, spread)

    @classmethod
    def of(cls, mean: float, sd: float | None = None) -> Self:
        """Of this *mean*, with the usual spread where no *sd* is said. Raises ValueError."""
        return cls(mean=float(mean), sd=USUAL_SPREAD * mean if sd is None else float(sd))


@dataclass(frozen=True, kw_only=True)
class Assumed:
    """What stands where the record prints no *hours* and no *list_size*; None: nothing is assumed."""

    hours: AssumedHours | None = None
    list_size: int | None = None

    def __post_init__(self) -> None:
        if self.list_size is not None and not 1 <= self.list_size <= LARGEST_LIST:
            raise ValueError(f"list must be from 1 to {LARGEST_LIST:,.0f} (got {self.list_size})")


NOTHING_ASSUMED = Assumed()


def log_sd(mean: Array, sd: Array) -> Array:
    """Standard deviation of the logarithm of a log-normal law with this *mean* and *sd*."""
    return np.sqrt(np.log1p((sd / mean) ** 2))


def nodes_of(log_spread: Array, number: int = 7) -> tuple[Array, Array]:
    """Factors of mean 1 (rows, nodes) by which assumed hours vary, and the nodes' weights; one node where none does."""
    if not log_spread.any():
        return np.ones((len(log_spread), 1)), np.ones(1)
    at, weights = np.polynomial.hermite_e.hermegauss(number)
    return np.exp(log_spread[:, None] * at - log_spread[:, None] ** 2 / 2), weights / math.sqrt(2 * math.pi)


def drawn_factors(rng: np.random.Generator, log_spread: Array, draws: int) -> Array:
    """Factors of mean 1 by which assumed hours vary, from row to row and draw to draw: (draws, rows), or (rows,) of ones."""
    if not log_spread.any():
        return np.ones(len(log_spread))
    return np.asarray(np.exp(rng.standard_normal((draws, len(log_spread))) * log_spread - log_spread**2 / 2))


__all__ = ["NOTHING_ASSUMED", "Assumed", "AssumedHours", "drawn_factors", "log_sd", "nodes_of"]
