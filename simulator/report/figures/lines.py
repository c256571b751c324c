"""One measure along the only swept axis: lines with intervals, in the place of a map that would be a single row."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from simulator.evidence.numbers import whole
from simulator.report.figures import cells, raster, style
from simulator.report.figures import scale as scales
from simulator.report.figures.cells import About, Grid, threshold_words
from simulator.report.figures.labels import Key, draw_key, key_height
from simulator.scenario.quantity import Array

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LEFT_IN, CHART_IN, AXIS_IN, NAMES_IN = 0.95, 3.9, 0.62, 1.6
COLOURS = (style.BLUE, style.VERMILLION, style.GREEN, style.PURPLE, style.ORANGE, style.BLACK)
MARKERS = "os^Dv*"
DECADES = 6.0


def draw(series: list[tuple[str, Grid]], about: About, held: list[str], presets: list[str]) -> Figure:
    """Averages of single-row grids with their Monte Carlo interval (bars) and that of single campaigns (bands)."""
    first = series[0][1]
    along_sizes = len(first.thresholds) == 1
    held = [
        *held,
        f"threshold {about.threshold_said(first.thresholds[0])}"
        if along_sizes
        else f"watchlist of {about.size_said(first.sizes[0])}",
    ]
    closed = any(grid.closed.any() for _, grid in series)
    grids = [grid for _, grid in series]
    keys = _keys(grids, about)
    values = np.concatenate([grid.value[grid.value > 0] for grid in grids])
    if not len(values):
        return cells.empty(headline(series, about), grids, about, held)
    width = style.WIDTH_IN - 2 * style.MARGIN_IN
    notes = [cells.CLOSED_NOTE] if closed else []
    if not all(about.supported(grid) for grid in grids):
        notes.append(cells.HATCHED)
    notes += [cells.preset_note(presets, first.thresholds)]
    page = style.page(
        headline(series, about),
        f"Average number of {first.words} per {about.scenario.unit} with its 95 % Monte Carlo interval, logarithmic scale.",
        about.label,
        cells.footer(about, held, "wrong" in first.measure, [note for note in notes if note]),
        CHART_IN + AXIS_IN + key_height(keys, width),
    )
    named = len(series) > 1
    axes = page.axes(LEFT_IN, 0, page.width - LEFT_IN - NAMES_IN * named, CHART_IN)
    _axes(axes, grids, values, along_sizes, about)
    ends: list[tuple[float, float, str, str]] = []
    for i, (name, grid) in enumerate(series):
        colour = COLOURS[i % len(COLOURS)]
        at = _line(axes, grid, along_sizes, colour, MARKERS[i % len(MARKERS)], band=not named)
        if named and at:
            ends.append((*at, name, colour))
    _name_ends(axes, ends)
    draw_key(page, 0, CHART_IN + AXIS_IN, keys, width)
    return page.figure


def headline(series: list[tuple[str, Grid]], about: About) -> str:
    """From where to where the averages go, line by line."""
    first = series[0][1]
    begin = first.title(about.scenario.unit)
    said = []
    for name, grid in series[:3]:
        known = np.flatnonzero(np.isfinite(grid.value.ravel()))
        if not len(known):
            said.append(
                f"none in {whole(about.replications)} simulated {about.scenario.unit}s per cell"
                + f" ({name})" * bool(name)
            )
            continue
        words = [_point(grid, int(i), about) for i in (known[0], known[-1])]
        said.append(" and ".join(dict.fromkeys(words)) + f" ({name})" * bool(name))
    return f"{begin}: {'; '.join(said)}"


def _point(grid: Grid, index: int, about: About) -> str:
    """The value of the cell *index* of a single row, and where it is."""
    row, column = (int(i) for i in np.unravel_index(index, grid.value.shape))
    threshold, size = (
        f"at threshold {about.threshold_said(float(grid.thresholds[column]))}",
        f"with a list of {about.size_said(grid.sizes[row])}",
    )
    where = f"{threshold} {size}" if grid.value.size == 1 else size if len(grid.thresholds) == 1 else threshold
    return f"{grid.said(row, column)} {where}"


def _axes(axes: Axes, grids: list[Grid], values: Array, along_sizes: bool, about: About) -> None:
    """Scales, ticks, and hatching where no data are behind the rates."""
    from matplotlib.ticker import NullLocator

    first = grids[0]
    x = first.sizes if along_sizes else first.thresholds
    ends = scales.edges(x, along_sizes and first.log_sizes)
    if along_sizes and first.log_sizes:
        axes.set_xscale("log")
    axes.set_xlim(max(ends[0], 0), ends[-1])
    axes.set_yscale("log")
    high = max(float(np.nanmax(grid.high, initial=0)) for grid in grids)
    high = max(high, float(values.max()), *(float(np.nanmax(grid.campaign_high, initial=0)) for grid in grids[:1]))
    axes.set_ylim(max(float(values.min()) / 2, high * 10**-DECADES), high * 1.6)
    support = about.support.list_sizes if along_sizes else about.support.thresholds
    left, right = axes.get_xlim()
    inner = np.clip(support, left, right)
    outside = not about.supported(first)
    for a, b in ((left, inner[0]), (inner[1], right)):
        if outside and b > a:
            axes.axvspan(a, b, facecolor="none", edgecolor=style.FAINT, hatch="\\\\\\", linewidth=0, zorder=0)
    low, top = axes.get_ylim()
    ticks = scales.levels_between(low, top, 9)
    axes.yaxis.set_minor_locator(NullLocator())
    axes.set_yticks(ticks, [scales.plain(tick) for tick in ticks])
    axes.grid(axis="y", color=style.PALE, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.set_ylabel(f"per {about.scenario.unit}")
    axes.xaxis.set_minor_locator(NullLocator())
    marked = scales.ticks(x, axes.get_xlim(), 9, along_sizes and first.log_sizes)
    axes.set_xticks(marked, [whole(v) if along_sizes else threshold_words(v) for v in marked])
    axes.set_xlabel("watchlist size" + " (logarithmic)" * first.log_sizes if along_sizes else "threshold")
    own, other = (about.size, about.threshold) if along_sizes else (about.threshold, about.size)
    held = first.thresholds[0] if along_sizes else first.sizes[0]
    if not about.scenario.replaced and left <= own <= right and math.isclose(held, other):
        axes.axvline(own, color=style.INK, linewidth=1.0, linestyle=(0, (4, 3)))


def _line(
    axes: Axes, grid: Grid, along_sizes: bool, colour: str, marker: str, band: bool
) -> tuple[float, float] | None:
    """Draw one line; return its last point."""
    x = grid.sizes if along_sizes else grid.thresholds
    value, low, high, least, most = (
        part.ravel() for part in (grid.value, grid.low, grid.high, grid.campaign_low, grid.campaign_high)
    )
    closed = grid.closed.ravel()
    floor = axes.get_ylim()[0]
    if band and np.isfinite(most).all():
        wide = min(16.0, 0.6 * axes.bbox.width / axes.figure.dpi * style.POINTS_PER_IN / len(x))
        shown: dict[str, Any] = {"color": colour, "alpha": 0.18, "linewidth": wide}
        some = most > floor
        axes.vlines(x[some], np.maximum(least, floor)[some], most[some], **shown)
    known = np.isfinite(value)
    axes.plot(x[known], value[known], color=colour, linewidth=1.6)
    simulated = known & ~closed
    bars = simulated & np.isfinite(low) & np.isfinite(high)
    axes.vlines(x[bars], np.maximum(low[bars], floor), high[bars], color=colour, linewidth=1.6)
    axes.plot(x[simulated], value[simulated], marker, color=colour, markersize=6)
    axes.plot(x[closed], value[closed], marker, color="white", markeredgecolor=colour, markersize=6)
    return (float(x[known][-1]), float(value[known][-1])) if known.any() else None


def _name_ends(axes: Axes, ends: list[tuple[float, float, str, str]]) -> None:
    """Write each line's name beside its end, from the top down without overlap."""
    from simulator.report.figures.labels import inches

    above = math.inf
    height = axes.bbox.height / axes.figure.dpi
    for x, y, name, colour in sorted(ends, key=lambda end: -end[1]):
        at = min(inches(axes, x, y)[1], above - 0.2)
        above = at
        axes.annotate(
            name, (1.01, at / height), xycoords="axes fraction", fontsize=style.SMALL, color=colour, va="center"
        )


def _keys(grids: list[Grid], about: About) -> list[Key]:
    """The key below the chart."""
    keys = [Key("average, and its Monte Carlo interval", _average)]
    if len(grids) == 1 and np.isfinite(grids[0].campaign_high).all():
        keys.append(Key(f"9 in 10 single {about.scenario.unit}s (down to the axis: none)", _band))
    if any(grid.closed.any() for grid in grids):
        text = f"none in {whole(about.replications)} simulated {about.scenario.unit}s: closed form"
        keys.append(Key(text, lambda axes, x, y: raster.closed_mark(axes, x, y, style.INK, 6)))
    keys += [key for key in raster.keys_of(grids, about, False, False) if key.draw is raster.hatched]
    along_sizes = len(grids[0].thresholds) == 1
    held = grids[0].thresholds[0] if along_sizes else grids[0].sizes[0]
    if not about.scenario.replaced and math.isclose(held, about.threshold if along_sizes else about.size):
        keys.append(Key("this scenario", lambda axes, x, y: _dashed(axes, x, y)))
    return keys


def _average(axes: Axes, x: float, y: float) -> None:
    axes.vlines(x, y - 0.09, y + 0.09, color=style.INK, linewidth=1.6)
    axes.plot(x, y, "o", color=style.INK, markersize=5)


def _band(axes: Axes, x: float, y: float) -> None:
    axes.fill_between([x - 0.12, x + 0.12], y - 0.08, y + 0.08, color=style.INK, alpha=0.16, linewidth=0)


def _dashed(axes: Axes, x: float, y: float) -> None:
    axes.vlines(x, y - 0.1, y + 0.1, color=style.INK, linewidth=1.0, linestyle=(0, (4, 3)))
