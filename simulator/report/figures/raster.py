"""One panel of a heat map: cells in colour, labelled iso-lines, hatching outside calibrated support, the own setting."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from simulator.evidence.numbers import number, whole
from simulator.report.figures import style
from simulator.report.figures.cells import VAGUE, About, Grid, threshold_words
from simulator.report.figures.labels import BESIDE, Draw, Key, Room, beside, inches, size_of
from simulator.report.figures.scale import Scale, edges, plain
from simulator.scenario.quantity import Array

if TYPE_CHECKING:
    from matplotlib.axes import Axes

HATCH_IN = 0.09
NOTHING = "#F4F4F4"
# Cells at least so large carry their numbers.
ROOMY_IN = (0.95, 0.6)


def isolines(grid: Grid, level: float) -> list[Array]:
    """Where the value equals *level*: lines of points (threshold, size), each of shape (n, 2).

    The logarithm of the value is taken as linear between the centres of cells, along the axes as drawn (so the
    logarithm of the size where its axis is logarithmic); no line runs beyond the outermost centres. Values that chance
    leaves vague give way to their closed form, or to none.
    """
    from contourpy import contour_generator

    if min(grid.value.shape) < 2:
        return []
    rows = np.log(grid.sizes) if grid.log_sizes else grid.sizes
    heights = np.ma.masked_invalid(np.log(grid.smooth))
    lines = contour_generator(grid.thresholds, rows, heights, corner_mask=True).lines(math.log(level))
    found = []
    for line in lines:
        points = np.array(line, dtype=float)
        points[:, 1] = np.exp(points[:, 1]) if grid.log_sizes else points[:, 1]
        found.append(points)
    return found


def paint(axes: Axes, grid: Grid, scale: Scale, about: About, own: bool = True) -> None:
    """Draw *grid* into *axes*: the cells, what stands for zeros, support, iso-lines, and the setting if it is its *own*."""
    x, y = edges(grid.thresholds), edges(grid.sizes, grid.log_sizes)
    if grid.log_sizes:
        axes.set_yscale("log")
    axes.set_xlim(x[0], x[-1])
    axes.set_ylim(max(y[0], 0), y[-1])
    axes.set_facecolor(NOTHING)
    shown = np.ma.masked_invalid(np.clip(grid.value, scale.norm.vmin, None))
    axes.pcolormesh(x, y, shown, norm=scale.norm, cmap=scale.colours, edgecolors="face", linewidth=0.25)
    room = Room.of(axes)
    # half a cell beyond the last record is no reason to hatch
    support = _support_box(axes, about) if not about.supported(grid) else (0.0, 0.0, room.width, room.height)
    hatch(axes, support)
    left, bottom, right, top = support
    for edge in (
        (left, bottom, left, top),
        (right, bottom, right, top),
        (left, bottom, right, bottom),
        (left, top, right, top),
    ):
        room.take(edge)
    setting = about.threshold, about.size
    marked = own and not about.scenario.replaced and x[0] <= setting[0] <= x[-1] and y[0] <= setting[1] <= y[-1]
    roomy = numbered(grid, room.width, room.height)
    if marked and not roomy:
        at = inches(axes, *setting)
        room.take((at[0] - 0.1, at[1] - 0.1, at[0] + 0.1, at[1] + 0.1))
    cell_in = room.width / len(grid.thresholds), room.height / len(grid.sizes)
    lines = [(level, line) for level in scale.levels for line in isolines(grid, level)]
    for level, line in lines:
        _draw_line(axes, grid, line, scale.ink(level))
    own_cell = grid.nearest(*setting) if marked and roomy else None
    if own_cell is not None:
        # a frame covers no number
        row, column = own_cell
        own_frame(axes, x[column], max(y[row], axes.get_ylim()[0]), x[column + 1], y[row + 1])
    elif marked:
        own_mark(axes, *setting)
        look: dict[str, Any] = {
            "bbox": {"facecolor": "white", "edgecolor": style.INK, "linewidth": 0.6, "pad": 1.8},
            "zorder": 6,
        }
        beside(
            axes, room, setting, f"{threshold_words(about.threshold)}, {whole(about.size)}", style.TINY, 0.17, **look
        )
    _marks(axes, grid, scale, room, cell_in, roomy)
    for level, line in lines:
        _label_line(axes, room, level, line, scale)


def _draw_line(axes: Axes, grid: Grid, line: Array, colour: str) -> None:
    """Draw an iso-line: solid through simulated averages, dotted where it runs through closed forms."""
    middles = (line[1:] + line[:-1]) / 2
    cells = [grid.nearest(*middle) for middle in middles]
    formal = np.array([cell is not None and bool(grid.closed[cell] or grid.vague[cell]) for cell in cells], dtype=bool)
    starts = [0, *(np.flatnonzero(formal[1:] != formal[:-1]) + 1), len(formal)]
    for start, end in pairwise(starts):
        dashes: Any = (0, (1.2, 1.6)) if formal[start] else "solid"
        part = line[start : end + 1]
        axes.plot(*part.T, color=colour, linewidth=1.1, linestyle=dashes, solid_capstyle="butt", dash_capstyle="butt")


def _marks(axes: Axes, grid: Grid, scale: Scale, room: Room, cell_in: tuple[float, float], roomy: bool) -> None:
    """What a cell's colour does not say: that its value is a closed form, vague or missing; and its number if roomy."""
    from matplotlib.patheffects import Normal, Stroke

    size = float(np.clip(30 * min(cell_in), 2.2, 6.0))
    edges_x, edges_y = edges(grid.thresholds), np.maximum(edges(grid.sizes, grid.log_sizes), axes.get_ylim()[0])
    for row, column in np.ndindex(grid.value.shape):
        at, value = (float(grid.thresholds[column]), float(grid.sizes[row])), float(grid.value[row, column])
        known = not math.isnan(value)
        if roomy:
            text = grid.said(row, column).replace(" (", "\n(").replace("none ", "none\n")
            if known and not grid.closed[row, column] and grid.low[row, column] < grid.high[row, column]:
                ends = [max(float(end), 0.0) for end in (grid.low[row, column], grid.high[row, column])]
                text += f"\n({number(ends[0]) if ends[0] > 0 else 'none'} to {number(ends[1])})"
            x, y = inches(axes, *at)
            width, height = size_of(text, style.SMALL)
            corners = [inches(axes, edges_x[column + i], edges_y[row + i]) for i in (0, 1)]
            (left, bottom), (right, top) = corners
            ways = [(0.0, 0.0), *((dx * far, dy * far) for far in (0.2, 0.3, 0.4) for dx, dy in BESIDE)]
            places = [(x + dx * (right - left), y + dy * (top - bottom)) for dx, dy in ways]
            found = room.first_free(places, width, height, (left, bottom, right, top)) or 0
            halo = [Stroke(linewidth=4, foreground=scale.colour(value) if known else NOTHING), Normal()]
            axes.annotate(
                text, (places[found][0] / room.width, places[found][1] / room.height), xycoords="axes fraction", ha="center",
                va="center", fontsize=style.SMALL, color=scale.ink(value) if known else style.INK, zorder=4,
                path_effects=halo, linespacing=style.LINE_SPACING,
            )  # fmt: skip
        elif grid.closed[row, column]:
            closed_mark(axes, *at, scale.ink(value), size)
        elif grid.vague[row, column]:
            axes.plot(*at, ".", color=scale.ink(value), markersize=size, markeredgewidth=0)
        elif not known:
            axes.plot(*at, "x" if grid.none[row, column] else "_", color=style.QUIET, markersize=size)


def own_mark(axes: Axes, x: float, y: float) -> None:
    """The mark of the scenario's own setting."""
    axes.plot(x, y, "D", color="white", markeredgecolor=style.BLACK, markeredgewidth=1.6, markersize=8, zorder=6)


def own_frame(axes: Axes, left: float, bottom: float, right: float, top: float) -> None:
    """The frame of the cell that holds the scenario's own setting."""
    x, y = [left, right, right, left, left], [bottom, bottom, top, top, bottom]
    for colour, width in ((style.BLACK, 4.4), ("white", 2.0)):
        axes.plot(x, y, color=colour, linewidth=width, zorder=3.5, solid_joinstyle="miter", clip_on=False)


def _frame_key(axes: Axes, x: float, y: float) -> None:
    own_frame(axes, x - 0.12, y + 0.06, x + 0.12, y - 0.06)


def closed_mark(axes: Axes, x: float, y: float, colour: str, size: float) -> None:
    """The mark of a closed form in the place of a simulated zero."""
    axes.plot(x, y, "o", color="none", markeredgecolor=colour, markeredgewidth=0.8, markersize=size)


def _label_line(axes: Axes, room: Room, level: float, line: Array, scale: Scale) -> None:
    """Write *level* on the iso-line, as near to its middle as there is room; nothing where the line is too short."""
    text = plain(level)
    width, height = size_of(text, style.TINY, bold=True)
    points = np.array([inches(axes, *point) for point in line])
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    if along[-1] < width:
        return
    steps = np.arange(0, along[-1], 0.04)
    steps = steps[np.argsort(np.abs(steps - along[-1] / 2), kind="stable")]
    places = [(float(np.interp(s, along, points[:, 0])), float(np.interp(s, along, points[:, 1]))) for s in steps]
    found = room.first_free(places, width, height)
    if found is not None:
        axes.annotate(
            text, (places[found][0] / room.width, places[found][1] / room.height), xycoords="axes fraction", ha="center",
            va="center", fontsize=style.TINY, fontweight="bold", color=scale.ink(level), zorder=5,
            bbox={"facecolor": scale.colour(level), "edgecolor": "none", "pad": 0.8, "boxstyle": "round,pad=0.12"},
        )  # fmt: skip


def numbered(grid: Grid, width: float, height: float) -> bool:
    """Whether cells in a panel of *width* x *height* inches have room for their numbers."""
    return width / len(grid.thresholds) >= ROOMY_IN[0] and height / len(grid.sizes) >= ROOMY_IN[1]


def _support_box(axes: Axes, about: About) -> tuple[float, float, float, float]:
    """Calibrated support within *axes* as left, bottom, right, top in inches (empty where it lies outside)."""
    (left, right), (low, high) = axes.get_xlim(), axes.get_ylim()
    x = np.clip(about.support.thresholds, left, right)
    y = np.clip(about.support.list_sizes, low, high)
    first, last = inches(axes, x[0], y[0]), inches(axes, x[1], y[1])
    return *first, *last


def hatch(axes: Axes, hole: tuple[float, float, float, float]) -> None:
    """Hatch *axes* with falling lines but for the *hole* (left, bottom, right, top in inches), and outline that."""
    from matplotlib.collections import LineCollection

    room = Room.of(axes)
    pieces = []
    for c in np.arange(HATCH_IN, room.width + room.height, HATCH_IN):
        # the line x + y = c, as ranges of x: all of it in the chart, without what lies in the hole
        first, last = max(0.0, c - room.height), min(room.width, c)
        start, end = max(hole[0], c - hole[3], first), min(hole[2], c - hole[1], last)
        parts = [(first, last)] if start >= end else [(first, start), (end, last)]
        pieces += [[(a, c - a), (b, c - b)] for a, b in parts if b - a > 1e-9]
    fraction = np.array([room.width, room.height])
    lines = [np.array(piece) / fraction for piece in pieces]
    axes.add_collection(
        LineCollection(lines, colors=style.BLACK, linewidths=0.5, alpha=0.45, transform=axes.transAxes), autolim=False
    )
    if hole[0] < hole[2] and hole[1] < hole[3] and pieces:
        x = (hole[0] + (hole[2] - hole[0]) * np.array([0, 1, 1, 0, 0])) / room.width
        y = (hole[1] + (hole[3] - hole[1]) * np.array([0, 0, 1, 1, 0])) / room.height
        axes.plot(x, y, color=style.BLACK, linewidth=1.1, transform=axes.transAxes, clip_on=False)


def keys_of(
    grids: list[Grid], about: About, own: bool, lines: bool = True, numbers: bool = False, panels: Sequence[About] = ()
) -> list[Key]:
    """The key to what is drawn in *grids*; cells with *numbers* say themselves what others say by a mark.

    *panels* are what each of the *grids* is about, where their error rates are of several sources.
    """
    none = f"none in {whole(about.replications)} simulated {about.scenario.unit}s"
    closed, vague = (
        any(part.any() for part in parts) for parts in zip(*((g.closed, g.vague) for g in grids), strict=True)
    )
    through = closed or any((grid.vague & (grid.closed_form > 0)).any() for grid in grids)
    unknown = any((np.isnan(grid.value) & ~grid.none).any() for grid in grids)
    marks = [
        (closed, f"{none}: closed form", lambda axes, x, y: closed_mark(axes, x, y, style.INK, 6)),
        (vague, f"simulated average uncertain by a factor of {VAGUE:g} or more", _dot(".")),
        (any(grid.none.any() for grid in grids), f"{none}, no closed form", _dot("x")),
        (unknown, "no value", _dot("_")),
    ]
    keys = [Key("this scenario", _frame_key if numbers else own_mark)] if own else []
    each = panels or [about] * len(grids)
    if not all(panel.supported(grid) for panel, grid in zip(each, grids, strict=True)):
        where = "; ".join(dict.fromkeys(map(_support_words, each)))
        keys.append(Key(f"outside calibrated support ({where})", hatched))
    keys += [Key(text, draw) for there, text, draw in marks if there and not numbers]
    return [*keys, Key("line through closed forms", _dotted)] if through and lines else keys


def _dot(marker: str) -> Draw:
    colour = style.INK if marker == "." else style.QUIET
    return lambda axes, x, y: _one(axes, x, y, marker, colour)


def _one(axes: Axes, x: float, y: float, marker: str, colour: str) -> None:
    axes.plot(x, y, marker, color=colour, markersize=6)


def _dotted(axes: Axes, x: float, y: float) -> None:
    axes.plot([x - 0.13, x + 0.13], [y, y], color=style.BLACK, linewidth=1.1, linestyle=(0, (1.2, 1.6)))


def _support_words(about: About) -> str:
    """The ends of calibrated support."""
    low, high = about.support.list_sizes
    lists = f"lists of {whole(low)} to {whole(high)}" if low > 0 else f"lists up to {whole(high)}"
    first, last = about.support.thresholds
    return f"{f'thresholds {first:.2f} to {last:.2f}' if last > first else f'threshold {first:.2f}'}, {lists}"


def hatched(axes: Axes, x: float, y: float) -> None:
    """The mark of what lies outside calibrated support."""
    left, right, top, bottom = x - 0.13, x + 0.13, y - 0.07, y + 0.07
    axes.plot([left, right, right, left, left], [top, top, bottom, bottom, top], color=style.QUIET, linewidth=0.8)
    for shift in (0.0, 0.09, 0.18):
        axes.plot([left + shift - 0.02, left + shift + 0.1], [top, bottom], color=style.BLACK, linewidth=0.5, alpha=0.7)
