"""Averages by draw of the inputs, with the chance of single campaigns taken out: one-way random effects.

Averages of few campaigns scatter by chance too. They are drawn together until their variance is that of the averages
that so many campaigns as one likes would have.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from simulator.evidence.statistics.control import central
from simulator.evidence.statistics.intervals import Interval
from simulator.scenario.quantity import Array

# Where chance makes up more than this of the variance of averages, they say too little of what the inputs do.
MOST_CHANCE = 0.5
# A tail of 2.5 % takes so many averages.
FEWEST = 40
# Where more of them are of campaigns without any, they say too little of averages.
MOST_WITHOUT = 0.05


@dataclass(frozen=True)
class AveragesByDraw:
    """Averages over the campaigns of each draw, *means* (..., draws), and the variance that *chance* gives them (...)."""

    means: Array
    chance: Array

    @cached_property
    def variance(self) -> Array:
        """Variance of the averages, of chance and of the inputs together: (...)."""
        return np.asarray(self.means.var(axis=-1, ddof=1))

    @property
    def ignorance(self) -> Array:
        """Variance that comes of what is not known about the inputs: (...)."""
        return np.asarray(np.maximum(self.variance - self.chance, 0.0))

    @property
    def clear(self) -> NDArray[np.bool_]:
        """Whether more of their variance is of the inputs than of chance: (...).

        Where it is not, a range would be given for the samples alone in which it came out too wide.
        """
        return np.asarray(self.ignorance > (1 - MOST_CHANCE) * self.variance)

    @property
    def likely(self) -> Array:
        """The averages without the chance in them: (..., draws)."""
        return self._drawn_together(self.ignorance)

    def widest(self, level: float) -> Array:
        """The averages as wide as cannot be ruled out, their variance being at its one-sided bound of *level*."""
        from scipy import special

        free = self.means.shape[-1] - 1
        most = self.variance * free / float(special.chdtri(free, level))
        return self._drawn_together(np.maximum(most - self.chance, 0.0))

    @property
    def error(self) -> Array:
        """One standard error of their middle: (...)."""
        return np.asarray(np.sqrt(self.variance / self.means.shape[-1]))

    def _drawn_together(self, variance: Array) -> Array:
        """The averages with another *variance* than their own; those that are all alike stay so."""
        own = self.variance
        shrink = np.sqrt(np.divide(variance, own, out=np.zeros_like(own), where=own > 0))
        middle = self.means.mean(axis=-1, keepdims=True)
        return np.asarray(middle + shrink[..., None] * (self.means - middle))


def average_range(averages: AveragesByDraw) -> Interval | None:
    """Where 95 % of *averages* (draws,) lie, the chance taken out; None where chance hides what the inputs do."""
    few = len(averages.means) < FEWEST or np.mean(averages.means == 0) > MOST_WITHOUT
    return None if few or not averages.clear else central(averages.likely)


def averages_by_draw(top: Array, bottom: Array | None = None) -> AveragesByDraw:
    """Averages of *top*, or of top / *bottom*, both (..., draws, campaigns of each); two draws and two campaigns at least.

    The sum of *bottom* over the campaigns of a draw must be above 0.
    """
    each = top.shape[-1]
    if bottom is None:
        return AveragesByDraw(top.mean(axis=-1), top.var(axis=-1, ddof=1).mean(axis=-1) / each)
    size = bottom.mean(axis=-1, keepdims=True)
    rates = top.mean(axis=-1, keepdims=True) / size
    chance = ((top - rates * bottom) / size).var(axis=-1, ddof=1).mean(axis=-1) / each
    return AveragesByDraw(rates[..., 0], chance)
