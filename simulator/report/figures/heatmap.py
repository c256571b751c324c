"""How many wrongful stops (or any other measure) each threshold and list size brings: a map with iso-lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from simulator.evidence.about.header import Unit
from simulator.evidence.numbers import number, whole
from simulator.report.figures import cells, lines, raster, style
from simulator.report.figures import scale as scales
from simulator.report.figures.cells import About, Grid, threshold_words
from simulator.report.figures.labels import draw_key, key_height

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

NAME = "heatmap"
LEFT_IN, MAP_IN, BAR_IN, BAR_LEFT_IN, AXIS_IN = 0.95, 4.3, 0.22, 8.05, 0.62
HEAD_IN = 0.42
MOST_TICKS, PER_FACES = 9, 100_000


def draw(surface: pd.DataFrame, about: About, measure: str = cells.WRONGFUL) -> Figure:
    """The map of *measure* at the scenario's own values of all further keys; lines where one axis has a single value.

    Raises ValueError for a missing column.
    """
    kept, held = cells.slice_of(surface, about)
    grid = cells.grid_of(kept, measure)
    presets = cells.presets_in(kept, about)
    with style.styled():
        if min(grid.value.shape) == 1:
            return lines.draw([("", grid)], about, held, presets)
        return _draw(grid, about, held, presets)


def headline(grid: Grid, about: About) -> str:
    """The finding: the value at the scenario's own setting, and what another threshold or list makes of it."""
    begin = grid.title(about.scenario.unit)
    if not np.isfinite(grid.value).any():
        what = f"none in {whole(grid.value.size)} cells" if grid.none.any() else "no value given"
        return f"{begin}: {what}"
    own = about.own_in(grid)
    if own is None or not np.isfinite(grid.value[own]):
        least, most = (
            np.unravel_index(int(find(grid.value)), grid.value.shape) for find in (np.nanargmin, np.nanargmax)
        )
        ends = [f"{grid.said(int(r), int(c))} at {_at(grid, int(r), int(c))}" for r, c in (least, most)]
        return f"{begin}: {' and '.join(dict.fromkeys(ends))}"
    row, column = own
    t, n = other_threshold(grid, column, about), other_size(grid, row)
    said = [f"{grid.said(row, column)} at {_at(grid, row, column)}"]
    if t != column and np.isfinite(grid.value[row, t]):
        where = f"at threshold {threshold_words(grid.thresholds[t])}"
        said.append(f"{grid.said(row, t)} {where}{_times(grid.value[row, t], grid.value[own])}")
    if n != row and np.isfinite(grid.value[n, column]):
        where = f"with a list of {whole(grid.sizes[n])}"
        said.append(f"{grid.said(n, column)} {where}{_times(grid.value[n, column], grid.value[own])}")
    return f"{begin}: {'; '.join(said)}"


def _at(grid: Grid, row: int, column: int) -> str:
    return f"threshold {threshold_words(grid.thresholds[column])} with a list of {whole(grid.sizes[row])}"


def _times(other: float, own: float) -> str:
    """How many times *own* the *other* is, where that is more."""
    return f" ({number(other / own)} times as many)" if other > 1.05 * own else ""


def other_threshold(grid: Grid, column: int, about: About) -> int:
    """The column to compare with: the lowest threshold with data behind it, or the highest if it is that already."""
    inside = [i for i, t in enumerate(grid.thresholds) if about.support.holds_threshold(t)] or [
        *range(len(grid.thresholds))
    ]
    return inside[0] if inside[0] != column else inside[-1]


def other_size(grid: Grid, row: int) -> int:
    """The row to compare with: the list nearest to twice as long, or half where none is longer."""
    ratio = np.log(grid.sizes / grid.sizes[row])
    goal = np.log(2.0) if row + 1 < len(grid.sizes) else -np.log(2.0)
    return int(np.abs(ratio - goal).argmin())


def _draw(grid: Grid, about: About, held: list[str], presets: list[str]) -> Figure:
    scale = scales.scale_of([grid])
    if scale is None:
        return cells.empty(headline(grid, about), [grid], about, held)
    own = about.own_in(grid) is not None
    map_width = BAR_LEFT_IN - 0.72 - LEFT_IN
    numbered = raster.numbered(grid, map_width, MAP_IN)
    keys = raster.keys_of([grid], about, own, numbers=numbered)
    width = style.WIDTH_IN - 2 * style.MARGIN_IN
    page = style.page(
        headline(grid, about),
        f"Average number per {about.scenario.unit}. Lines join settings with the same number; colours and lines are logarithmic."
        + " In brackets: 95 % Monte Carlo intervals." * numbered,
        about.label,
        cells.footer(about, held, "wrong" in grid.measure, notes(grid, about, presets, own)),
        HEAD_IN + MAP_IN + AXIS_IN + key_height(keys, width),
    )
    axes = page.axes(LEFT_IN, HEAD_IN, map_width, MAP_IN)
    raster.paint(axes, grid, scale, about)
    label_axes(axes, grid, map_width)
    bar(page, scale, BAR_LEFT_IN, HEAD_IN, MAP_IN, [grid], about.scenario.unit)
    draw_key(page, 0, HEAD_IN + MAP_IN + AXIS_IN, keys, width)
    return page.figure


def notes(grid: Grid, about: About, presets: list[str], own: bool) -> list[str]:
    """What is said under a map of *grid*: intervals at the setting, closed forms, support, presets."""
    said = []
    cell = about.own_in(grid) if own else None
    if cell is not None and not grid.closed[cell] and grid.value[cell] > 0:
        ends = [max(float(x[cell]), 0.0) for x in (grid.low, grid.high)]
        said.append(
            f"At {_at(grid, *cell)}: {number(float(grid.value[cell]))} on average (95 % Monte Carlo interval "
            f"{number(ends[0]) if ends[0] > 0 else 'none'} to {number(ends[1])})"
        )
        low, high = float(grid.campaign_low[cell]), float(grid.campaign_high[cell])
        if np.isfinite([low, high]).all():
            range_ = f"{whole(low) if low > 0 else 'none'} to {whole(high)}" if high > 0 else "none"
            said[-1] += f"; 9 in 10 single {about.scenario.unit}s have {range_}"
        said[-1] += "."
    elif about.scenario.replaced:
        said.append("What the deployments have of their own is not on this map.")
    elif not own:
        said.append(
            f"The scenario's own setting (threshold {threshold_words(about.threshold)}, list of {whole(about.size)}) "
            "is not on this map."
        )
    if grid.closed.any() or (grid.vague & (grid.closed_form > 0)).any():
        said.append(cells.CLOSED_NOTE)
    if not about.supported(grid):
        said.append(cells.HATCHED)
    note = cells.preset_note(presets, grid.thresholds)
    return [*said, note] if note else said


def label_axes(axes: Axes, grid: Grid, width: float, y_label: bool = True) -> None:
    """Ticks in plain numbers at the cells where there are few, else at round ones."""
    from matplotlib.ticker import NullLocator

    axes.tick_params(length=3)
    columns = scales.ticks(grid.thresholds, axes.get_xlim(), int(min(MOST_TICKS, width / 0.45)), log=False)
    axes.set_xticks(columns, [threshold_words(t) for t in columns])
    rows = scales.ticks(grid.sizes, axes.get_ylim(), MOST_TICKS, grid.log_sizes)
    axes.yaxis.set_minor_locator(NullLocator())
    axes.set_yticks(rows, [whole(n) for n in rows] if y_label else [""] * len(rows))
    axes.set_xlabel("threshold")
    if y_label:
        axes.set_ylabel("watchlist size" + " (logarithmic)" * grid.log_sizes)


def bar(
    page: style.Page, scale: scales.Scale, left: float, top: float, height: float, grids: list[Grid], unit: Unit
) -> None:
    """The colour bar: values per *unit* on its right, and on its left the same per faces where that is one scale."""
    from matplotlib.ticker import NullFormatter, NullLocator

    low, high = float(scale.norm.vmin or 0), float(scale.norm.vmax or 1)
    axes = page.axes(left, top, BAR_IN, height, xlim=(0, 1))
    axes.set_yscale("log")
    axes.set_ylim(low, high)
    ends = np.geomspace(low, high, 129)
    axes.pcolormesh(
        [0, 1], ends, np.sqrt(ends[1:] * ends[:-1])[:, None], norm=scale.norm, cmap=scale.colours, edgecolors="face",
        linewidth=0.25,
    )  # fmt: skip
    axes.hlines(scale.levels, 0, 1, colors=[scale.ink(level) for level in scale.levels], linewidth=1.0)
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.yaxis.set_minor_locator(NullLocator())
    axes.yaxis.set_minor_formatter(NullFormatter())
    axes.yaxis.tick_right()
    axes.set_yticks(scale.levels, [scales.plain(level) for level in scale.levels])
    axes.set_xticks([])
    axes.tick_params(length=0)
    look: dict[str, Any] = {"size": style.TINY, "va": "baseline", "color": style.QUIET}
    page.text(left + BAR_IN + 0.05, top - 0.1, f"per\n{unit}", **look)
    faces = np.concatenate([grid.faces[np.isfinite(grid.faces)] for grid in grids])
    if len(faces) and 0 < faces.max() <= 1.01 * faces.min():
        factor = float(PER_FACES / faces.mean())
        page.text(left - 0.05, top - 0.1, f"per {PER_FACES:,}\nfaces", ha="right", **look)
        other = page.axes(left, top, BAR_IN, height, xlim=(0, 1), facecolor="none")
        other.set_yscale("log")
        other.set_ylim(low * factor, high * factor)
        other.yaxis.set_minor_locator(NullLocator())
        ticks = scales.levels_between(low * factor, high * factor)
        other.set_yticks(ticks, [scales.plain(tick) for tick in ticks])
        other.tick_params(length=0)
        other.set_xticks([])
        for spine in other.spines.values():
            spine.set_visible(False)
    if scale.cut:
        page.text(left + BAR_IN + 0.05, top + height + 0.1, "and less", style.TINY, color=style.QUIET)
