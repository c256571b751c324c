"""Logarithmic scales: the colours and iso-lines that panels share, round numbers, ticks and the edges of cells."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from simulator.evidence.numbers import whole
from simulator.report.figures import style
from simulator.report.figures.cells import Grid
from simulator.scenario.quantity import Array

if TYPE_CHECKING:
    from matplotlib.colors import Colormap, LogNorm

# Viridis without its darkest end, so that black marks are seen on every colour; many is dark.
DARKEST = 0.22
MOST_DECADES, MOST_LEVELS = 5.0, 16


@dataclass(frozen=True)
class Scale:
    """Colours and iso-lines that all panels of a figure share: *norm* from the lowest to the highest value."""

    norm: LogNorm
    colours: Colormap
    levels: list[float]
    cut: bool

    def colour(self, value: float) -> Any:
        """The colour of *value*."""
        return self.colours(float(np.clip(self.norm(value), 0, 1)))

    def ink(self, value: float) -> str:
        """Black or white, whichever is told apart from the colour of *value*."""
        red, green, blue = (((c + 0.055) / 1.055) ** 2.4 if c > 0.04 else c / 12.92 for c in self.colour(value)[:3])
        return style.BLACK if 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.22 else "#FFFFFF"


def scale_of(grids: list[Grid]) -> Scale | None:
    """The scale for all values of *grids*; None where there is none. It is *cut* below where values span too much."""
    import matplotlib
    from matplotlib.colors import ListedColormap, LogNorm

    values = np.concatenate([grid.value[np.isfinite(grid.value)] for grid in grids])
    if not len(values):
        return None
    low, high = float(values.min()), float(values.max())
    cut = low < high * 10**-MOST_DECADES * (1 - 1e-9)
    low = max(low, high * 10**-MOST_DECADES)
    if high < low * 1.2:
        low, high = low / 1.5, high * 1.5
    shades = matplotlib.colormaps["viridis"](np.linspace(1.0, DARKEST, 256))
    return Scale(LogNorm(low, high), ListedColormap(shades), levels_between(low, high), cut)


def levels_between(low: float, high: float, most: int = MOST_LEVELS) -> list[float]:
    """The numbers 1, 2 and 5 times a power of ten between *low* and *high*; fewer per decade where they are too many."""
    powers = range(math.floor(math.log10(low)) - 1, math.ceil(math.log10(high)) + 1)
    for steps in ((1, 2, 5), (1, 3), (1,)):
        found = [float(f"{step}e{power}") for power in powers for step in steps]
        found = [level for level in found if low <= level <= high]
        if len(found) <= most:
            return found
    return found[:: -(-len(found) // most)]


def plain(level: float) -> str:
    """A round number without trailing zeros: 0.05, 2, 5,000."""
    return whole(level) if level >= 1 else f"{level:.{max(-math.floor(math.log10(level) + 1e-9), 1)}f}"


def ticks(centres: Array, ends: tuple[float, float], most: int, log: bool) -> list[float]:
    """Where to put ticks: at *centres* if there are at most so many, else at round numbers between *ends*."""
    if len(centres) <= most:
        return [float(x) for x in centres]
    if log:
        return levels_between(*ends, most=most)
    from matplotlib.ticker import MaxNLocator

    return [float(x) for x in MaxNLocator(most, steps=[1, 2, 5, 10]).tick_values(*ends) if ends[0] <= x <= ends[1]]


def edges(centres: Array, log: bool = False) -> Array:
    """Edges of cells around sorted *centres*: half-way between them, the outer ones as far out as in."""
    x = np.log(centres) if log else centres
    if len(x) == 1:
        step = 0.5 if log else max(abs(float(x[0])), 1e-3) * 0.1
        ends = np.array([x[0] - step, x[0] + step])
    else:
        middles = (x[1:] + x[:-1]) / 2
        ends = np.concatenate([[2 * x[0] - middles[0]], middles, [2 * x[-1] - middles[-1]]])
    return np.exp(ends) if log else ends
