"""A thousand alerts as cells of one size: diamonds for the wrong person, set apart, and circles for the right one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulator.evidence.numbers import whole
from simulator.evidence.run.thousand import Category
from simulator.report.figures.looks import LOOKS, Pattern

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ACROSS = 40
# Half of a diamond's width and a circle's radius, in cells: the two have the same area.
RADIUS = 0.36
DIAMOND = RADIUS * math.sqrt(math.pi / 2)
# Strokes of each pattern, in radii from the middle; a dot is drawn as a small circle.
STROKES: dict[Pattern, tuple[tuple[float, float, float, float], ...]] = {
    "level": ((-0.6, 0, 0.6, 0),),
    "upright": ((0, -0.6, 0, 0.6),),
    "rising": ((-0.5, 0.5, 0.5, -0.5),),
    "falling": ((-0.5, -0.5, 0.5, 0.5),),
    "cross": ((-0.45, -0.45, 0.45, 0.45), (-0.45, 0.45, 0.45, -0.45)),
    "plus": ((-0.55, 0, 0.55, 0), (0, -0.55, 0, 0.55)),
}
Place = tuple[float, float]


@dataclass(frozen=True)
class Block:
    """The cells of one truth under its heading: *top* of the heading, middles of the cells, all in cells; y downward."""

    false: bool
    top: float
    places: list[Place]
    drawn: list[Category]


def blocks(thousand: Sequence[Category], heading: float) -> tuple[list[Block], float]:
    """The wrong people first, then the right ones, each below a *heading* so many cells high; and the height of it all."""
    made, top = [], 0.0
    for false in (True, False):
        drawn = [item for item in thousand if item.false == false for _ in range(item.icons)]
        start = top + heading
        places = [(i % ACROSS + 0.5, start + i // ACROSS + 0.5) for i in range(len(drawn))]
        made.append(Block(false, top, places, drawn))
        top = start + max(math.ceil(len(drawn) / ACROSS), 0) + 0.35
    return made, top


def most_cells(heading: float) -> float:
    """How many cells high the blocks of any thousand are at most."""
    return 2 * (heading + 0.35) + math.ceil(1000 / ACROSS) + 1


def draw_cells(axes: Axes, places: Sequence[Place], drawn: Sequence[Category], cell: float) -> None:
    """Draw a cell for each of *drawn* around one of *places*; *cell* is its size, all in units of *axes*, y downward."""
    from matplotlib.collections import LineCollection, PolyCollection

    if not drawn:
        return
    turns = np.linspace(0, 2 * np.pi, 25)[:-1]
    circle = np.column_stack([np.cos(turns), np.sin(turns)])
    shapes = {True: np.array([(0, -1), (1, 0), (0, 1), (-1, 0)]) * DIAMOND, False: circle * RADIUS}
    looks = [LOOKS[item.did] for item in drawn]
    axes.add_collection(
        PolyCollection(
            [np.asarray(place) + cell * shapes[item.false] for place, item in zip(places, drawn, strict=True)],
            facecolors=[look.fill for look in looks],
            edgecolors=[look.edge for look in looks],
            linewidths=0.7,
        ),
        autolim=False,
    )
    dots = [(place, look) for place, look in zip(places, looks, strict=True) if look.pattern == "dot"]
    if dots:
        small = [np.asarray(place) + cell * circle * RADIUS * 0.36 for place, _ in dots]
        axes.add_collection(
            PolyCollection(small, facecolors=[look.ink for _, look in dots], linewidths=0), autolim=False
        )
    lines, inks = [], []
    for (x, y), look in zip(places, looks, strict=True):
        for x0, y0, x1, y1 in STROKES.get(look.pattern, ()):
            r = cell * RADIUS
            lines.append([(x + r * x0, y + r * y0), (x + r * x1, y + r * y1)])
            inks.append(look.ink)
    if lines:
        axes.add_collection(LineCollection(lines, colors=inks, linewidths=1.1), autolim=False)


def heading(false: bool, icons: int) -> str:
    """How many of a thousand, and who they are: the words above a block of cells."""
    people = "wrong person" if icons == 1 else "wrong people"
    if not false:
        people = "right person" if icons == 1 else "right people"
    return f"{whole(icons) if icons else 'No'} {people}"


__all__ = ["ACROSS", "Block", "blocks", "draw_cells", "heading", "most_cells"]
