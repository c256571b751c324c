"""The same map for several values of a third key, side by side, with the same colours and iso-lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from simulator.evidence.numbers import whole
from simulator.report.figures import cells, heatmap, lines, raster, style
from simulator.report.figures import scale as scales
from simulator.report.figures.cells import About, Grid, threshold_words
from simulator.report.figures.labels import draw_key, key_height

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

NAME = "multiples"
MOST_PANELS, ACROSS = 6, 3
LEFT_IN, BAR_LEFT_IN, GAP_IN, HEAD_IN, NAME_IN = 0.95, 8.05, 0.2, 0.1, 0.32
PRESETS = {"field": "preset field: the Met's record", "npl": "preset npl: laboratory"}


def draw(surface: pd.DataFrame, about: About, key: str | None = None, measure: str = cells.WRONGFUL) -> Figure:
    """One map of *measure* for each value of *key* (the first that was swept unless given); other keys at their own.

    At most six values are shown, evenly spread. Raises ValueError where no further key has several values.
    """
    keys = cells.swept(surface)
    if key is None and not keys:
        raise ValueError("the surface has no third key with several values")
    key = key or keys[0]
    if key not in surface.columns:
        raise ValueError(f"the surface has no column {key}")
    kept, held = cells.slice_of(surface, about, (key,))
    values = sorted(kept[key].dropna().unique().tolist(), key=lambda value: (isinstance(value, str), value))
    chosen = [values[i] for i in np.unique(np.linspace(0, len(values) - 1, MOST_PANELS).round().astype(int))]
    if len(chosen) < len(values):
        held.append(f"{len(chosen)} of the {len(values)} values of {key} are shown")
    grids = [cells.grid_of(kept[kept[key] == value], measure) for value in chosen]
    presets = [str(value) for value in chosen] if key == cells.PRESET else cells.presets_in(kept, about)
    names = [name_of(key, value) for value in chosen]
    panels = [about.by(value) for value in chosen]
    with style.styled():
        if min(min(grid.value.shape) for grid in grids) == 1:
            return lines.draw(list(zip(names, grids, strict=True)), about, held, presets)
        return _draw(grids, names, _own(about, key, chosen), key, about, panels, held, presets)


def name_of(key: str, value: Any) -> str:
    """What is written over the panel of *value*."""
    if key == cells.PRESET:
        return PRESETS.get(str(value), f"preset {value}")
    shown = f"{value:g}" if isinstance(value, float) else str(value)
    return f"{key.rsplit('.', 1)[-1].replace('_', ' ')}: {shown}"


def headline(grids: list[Grid], names: list[str], about: About) -> str:
    """The value at the scenario's own threshold and list, panel by panel."""
    first = grids[0]
    begin = first.title(about.scenario.unit)
    own = [about.own_in(grid) for grid in grids]
    if all(cell is None for cell in own):
        return f"{begin}, at the thresholds and list sizes of {len(grids)} settings"
    at = next((grid, cell) for grid, cell in zip(grids, own, strict=True) if cell is not None)
    where = f"at threshold {threshold_words(at[0].thresholds[at[1][1]])} with a list of {whole(at[0].sizes[at[1][0]])}"
    said = [
        f"{grid.said(*cell)} ({name.split(': the')[0].split(': lab')[0]})"
        for grid, cell, name in zip(grids, own, names, strict=True)
        if cell is not None
    ]
    other = heatmap.other_threshold(at[0], at[1][1], about)
    beside = ""
    if other != at[1][1]:
        values = [grid.said(cell[0], other) for grid, cell in zip(grids, own, strict=True) if cell is not None]
        beside = f"; at threshold {threshold_words(at[0].thresholds[other])}: {', '.join(values)}"
    return f"{begin}, {where}: {', '.join(said)}{beside}"


def _own(about: About, key: str, values: list[Any]) -> list[bool]:
    """In which panels the scenario's own setting lies: all of them where its value of *key* is not known."""
    own = about.own_value(key)
    return [own is None or value == own for value in values]


def _draw(
    grids: list[Grid],
    names: list[str],
    own: list[bool],
    key: str,
    about: About,
    panels: list[About],
    held: list[str],
    presets: list[str],
) -> Figure:
    scale = scales.scale_of(grids)
    if scale is None:
        return cells.empty(f"No {grids[0].words} to show, by {key}", grids, about, held)
    across = min(len(grids), 2 if len(grids) == 4 else ACROSS)
    down = -(-len(grids) // across)
    wide = (BAR_LEFT_IN - 0.72 - LEFT_IN - GAP_IN * (across - 1)) / across
    high = 3.4 if down == 1 else 2.6
    step = high + NAME_IN + 0.25
    inside = [mine and about.own_in(g) is not None for g, mine in zip(grids, own, strict=True)]
    numbered = all(raster.numbered(grid, wide, high) for grid in grids)
    keys = raster.keys_of(grids, about, any(inside), numbers=numbered, panels=panels)
    bottom = HEAD_IN + step * (down - 1) + NAME_IN + high + 0.62
    width = style.WIDTH_IN - 2 * style.MARGIN_IN
    at_own = next((grid for grid, mine in zip(grids, inside, strict=True) if mine), None)
    notes = heatmap.notes(at_own or grids[0], about, presets, at_own is not None)
    if any(grid.closed.any() for grid in grids) and cells.CLOSED_NOTE not in notes:
        notes.append(cells.CLOSED_NOTE)
    page = style.page(
        headline(grids, names, about),
        f"Average number per {about.scenario.unit}, by {key}. Lines join settings with the same number; colours and lines are "
        "logarithmic and the same in all panels.",
        about.label,
        cells.footer(about, held, "wrong" in grids[0].measure, notes),
        bottom + key_height(keys, width),
    )
    for i, (grid, name) in enumerate(zip(grids, names, strict=True)):
        left, top = LEFT_IN + (wide + GAP_IN) * (i % across), HEAD_IN + step * (i // across)
        page.text(left, top + NAME_IN - 0.07, name, style.BODY, va="baseline", fontweight="bold")
        axes = page.axes(left, top + NAME_IN, wide, high)
        raster.paint(axes, grid, scale, panels[i], own[i])
        heatmap.label_axes(axes, grid, wide, y_label=i % across == 0)
        if i + across < len(grids):
            axes.set_xlabel("")
    heatmap.bar(page, scale, BAR_LEFT_IN, HEAD_IN + NAME_IN, step * (down - 1) + high, grids, about.scenario.unit)
    draw_key(page, 0, bottom, keys, width)
    return page.figure
