"""What a lower threshold buys and costs: listed people stopped against people wrongly stopped, threshold by threshold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from simulator.evidence.about.header import Unit
from simulator.evidence.numbers import number, whole
from simulator.report.figures import cells, raster, style
from simulator.report.figures import scale as scales
from simulator.report.figures.cells import PRESET, About, Grid, threshold_words
from simulator.report.figures.labels import ABOVE, Key, Room, beside, draw_key, inches, key_height
from simulator.scenario.quantity import Array

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

NAME = "frontier"
GAIN, COST = "listed_stopped", "people_wrongly_stopped"
LEFT_IN, CHART_IN, AXIS_IN = 0.95, 4.2, 0.62
MOST_LABELS, DECADES = 8, 6.0
COLOURS = {"field": style.BLUE, "npl": "#D98C00"}
OTHER = (style.GREEN, style.PURPLE, style.BLACK)
PALE = 0.35


@dataclass(frozen=True)
class Path:
    """One line: a *preset* and a list *size*, with *gain* and *cost* along the thresholds, each (thresholds,)."""

    preset: str
    size: float
    own: bool
    thresholds: Array
    cost: Grid
    gain: Grid
    row: int
    supported: Array

    def at(self, part: str, of: Grid) -> Array:
        """*part* of one of its grids along the thresholds."""
        return np.asarray(getattr(of, part)[self.row], dtype=float)


def draw(surface: pd.DataFrame, about: About) -> Figure:
    """The frontier of every preset for up to three list sizes.

    Raises ValueError for a missing column, or where other keys leave several rows for one cell.
    """
    kept, held = cells.slice_of(surface, about, (PRESET,))
    if f"{COST}_closed" not in kept.columns and f"{cells.WRONGFUL}_closed" in kept.columns:
        # nobody is stopped more often than there are stops, and almost nobody twice
        kept = kept.assign(**{f"{COST}_closed": kept[f"{cells.WRONGFUL}_closed"]})
    presets = cells.presets_in(kept, about)
    paths = []
    for preset in presets or [""]:
        part = kept[kept[PRESET] == preset] if PRESET in kept.columns and presets else kept
        paths += _paths(part, preset, about)
    with style.styled():
        return _draw(paths, about, held, presets)


def _paths(surface: pd.DataFrame, preset: str, about: About) -> list[Path]:
    """The lines of one preset, one for each chosen list size."""
    cost, gain = cells.grid_of(surface, COST), cells.grid_of(surface, GAIN)
    chosen = chosen_sizes(cost.sizes, about.size)
    support = about.by(preset).support
    supported = np.array([[support.holds(t, n) for t in cost.thresholds] for n in cost.sizes], dtype=float)
    return [
        Path(preset, float(cost.sizes[row]), own, cost.thresholds, cost, gain, row, supported[row])
        for row, own in chosen
    ]


def chosen_sizes(sizes: Array, own: float) -> list[tuple[int, bool]]:
    """Up to three rows: the list nearest to the *own*, to half and to twice of it; and which is the own one."""
    rows = [int(np.abs(np.log(sizes / (own * factor))).argmin()) for factor in (0.5, 1.0, 2.0)]
    return [(row, row == rows[1]) for row in sorted(set(rows))]


def headline(paths: list[Path], about: About) -> str:
    """What lowering the threshold adds on both sides."""
    mine = [path for path in paths if path.own and np.isfinite(path.at("value", path.cost)).any()]
    if not mine:
        return "Listed people stopped against people wrongly stopped: nothing to show"
    first, size = mine[0], about.size_said(mine[0].size)
    low, high = _ends(first, about)
    words = [threshold_words(first.thresholds[i]) for i in (high, low)]
    gains = first.at("value", first.gain)[[high, low]]
    costs = [
        f"{path.cost.said(path.row, high)} and {path.cost.said(path.row, low)} wrongly stopped{_with(path)}"
        for path in mine
    ]
    stopped = " and ".join(number(float(gain)) if np.isfinite(gain) else "none" for gain in gains)
    if low == high:
        return (
            f"Threshold {words[0]}, list of {size}: {number(float(gains[0]))} listed people stopped a {about.scenario.unit}; "
            + "; ".join(f"{path.cost.said(path.row, low)} wrongly stopped{_with(path)}" for path in mine)
        )
    where = f"At thresholds {words[0]} and {words[1]}, list of {size}"
    return f"{where}: {stopped} listed people stopped a {about.scenario.unit}; {'; '.join(costs)}"


def _with(path: Path) -> str:
    return f" (preset {path.preset})" if path.preset else ""


def _ends(path: Path, about: About) -> tuple[int, int]:
    """The thresholds to compare: the lowest with data behind it, and the scenario's own (or the highest)."""
    inside = np.flatnonzero([about.support.holds_threshold(t) for t in path.thresholds])
    low = int(inside[0]) if len(inside) else 0
    own = int(np.abs(path.thresholds - about.threshold).argmin())
    return low, own if own != low else len(path.thresholds) - 1


def _draw(paths: list[Path], about: About, held: list[str], presets: list[str]) -> Figure:
    costs = np.concatenate([path.at("value", path.cost) for path in paths])
    gains = np.concatenate([path.at("value", path.gain) for path in paths])
    thresholds = np.concatenate([path.thresholds for path in paths])
    if not (np.isfinite(costs) & np.isfinite(gains)).any():
        missing = "cost" if not np.isfinite(costs).any() else "gain"
        return cells.empty(headline(paths, about), [getattr(path, missing) for path in paths], about, held)
    own = any(_own_index(path, about) is not None for path in paths)
    colours = _colours(paths)
    keys = _keys(paths, colours, about, own)
    notes = [
        f"Crosses: 95 % Monte Carlo intervals of the averages; a single {about.scenario.unit} differs far more.",
        "People wrongly stopped are counted once each.",
    ]
    if any(path.cost.closed[path.row].any() for path in paths):
        notes.append(f"{cells.CLOSED_NOTE} It counts stops, not people.")
    if any(not path.supported.all() for path in paths):
        notes.append("Pale parts lie outside calibrated support: the source of the error rates has no data there.")
    note = cells.preset_note(presets, thresholds)
    page = style.page(
        headline(paths, about),
        f"Averages per {about.scenario.unit}, labelled with the threshold: to the right more people wrongly stopped "
        "(logarithmic), upwards more listed people stopped.",
        about.label,
        cells.footer(about, held, True, [*notes, *[note] * bool(note)]),
        CHART_IN + AXIS_IN + key_height(keys, style.WIDTH_IN - 2 * style.MARGIN_IN),
    )
    axes = page.axes(LEFT_IN, 0, page.width - LEFT_IN, CHART_IN)
    _axes(axes, costs, gains, about.scenario.unit)
    room = Room.of(axes)
    for path in paths:
        _line(axes, room, path, colours[path.preset])
    for path in paths:
        index = _own_index(path, about)
        if index is not None:
            x, y = float(path.at("value", path.cost)[index]), float(path.at("value", path.gain)[index])
            raster.own_mark(axes, x, y)
            text = threshold_words(path.thresholds[index])
            beside(axes, room, (x, y), text, style.TINY, 0.12, ways=ABOVE, fontweight="bold")
    _label(axes, room, paths, colours, about)
    draw_key(page, 0, CHART_IN + AXIS_IN, keys, page.width)
    return page.figure


def _own_index(path: Path, about: About) -> int | None:
    """Where the scenario's own setting lies on the *path*; None where it does not."""
    presets = "", about.scenario.preset or path.preset
    if about.scenario.replaced or not np.isclose(path.size, about.size) or path.preset not in presets:
        return None
    found = np.flatnonzero(np.isclose(path.thresholds, about.threshold))
    shown = [i for i in found if np.isfinite(path.at("value", path.cost)[i] * path.at("value", path.gain)[i])]
    return int(shown[0]) if shown else None


def _colours(paths: list[Path]) -> dict[str, str]:
    """A colour for each preset."""
    names = list(dict.fromkeys(path.preset for path in paths))
    others = [name for name in names if name not in COLOURS]
    return {name: COLOURS.get(name) or OTHER[others.index(name) % len(OTHER)] for name in names}


def _marker(path: Path, paths: list[Path]) -> str:
    own = next((other.size for other in paths if other.own), path.size)
    return "o" if path.size == own else "v" if path.size < own else "^"


def _axes(axes: Axes, costs: Array, gains: Array, unit: Unit) -> None:
    """A logarithmic axis for the cost, one from none for the gain."""
    from matplotlib.ticker import MaxNLocator, NullLocator

    low, high = float(np.nanmin(costs)), float(np.nanmax(costs))
    axes.set_xscale("log")
    axes.set_xlim(max(low, high * 10**-DECADES) / 1.8, high * 1.8)
    axes.set_ylim(0, float(np.nanmax(gains)) * 1.18)
    ticks = scales.levels_between(*axes.get_xlim(), most=12)
    axes.xaxis.set_minor_locator(NullLocator())
    axes.set_xticks(ticks, [scales.plain(tick) for tick in ticks])
    axes.yaxis.set_major_locator(MaxNLocator(6))
    labels = [tick for tick in axes.get_yticks() if 0 <= tick <= axes.get_ylim()[1]]
    axes.set_yticks(labels, ["none" if tick == 0 else number(float(tick)) for tick in labels])
    axes.grid(color=style.PALE, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.set_xlabel(f"people wrongly stopped per {unit} (logarithmic)")
    axes.set_ylabel(f"listed people stopped per {unit}")


def _line(axes: Axes, room: Room, path: Path, colour: str) -> None:
    """Draw one line with its crosses, pale outside calibrated support; keep labels off its points."""
    x, y = path.at("value", path.cost), path.at("value", path.gain)
    left = axes.get_xlim()[0]
    for i in range(len(x)):
        if not (np.isfinite(x[i]) and np.isfinite(y[i])):
            continue
        alpha = 1.0 if path.supported[i] else PALE
        if i + 1 < len(x) and np.isfinite(x[i + 1] * y[i + 1]):
            both = bool(path.supported[i] and path.supported[i + 1])
            width = 2.0 if path.own else 1.1
            axes.plot(x[i : i + 2], y[i : i + 2], color=colour, linewidth=width, alpha=1.0 if both else PALE)
        closed = bool(path.cost.closed[path.row, i])
        low, high = path.at("low", path.cost)[i], path.at("high", path.cost)[i]
        if not closed and np.isfinite(low) and np.isfinite(high):
            axes.hlines(y[i], max(low, left), high, color=colour, linewidth=1.0, alpha=alpha)
        ends = path.at("low", path.gain)[i], path.at("high", path.gain)[i]
        if np.isfinite(ends).all():
            axes.vlines(x[i], *ends, color=colour, linewidth=1.0, alpha=alpha)
        at = inches(axes, float(x[i]), float(y[i]))
        room.take((at[0] - 0.05, at[1] - 0.05, at[0] + 0.05, at[1] + 0.05))
        if i + 1 < len(x) and np.isfinite(x[i + 1] * y[i + 1]):
            room.take_line(at, inches(axes, float(x[i + 1]), float(y[i + 1])))
        if not closed and np.isfinite(high):
            room.take_line(at, inches(axes, float(high), float(y[i])))
            room.take_line(at, inches(axes, float(max(low, left)), float(y[i])))


def _label(axes: Axes, room: Room, paths: list[Path], colours: dict[str, str], about: About) -> None:
    """Markers, and thresholds beside them: the own list's first, the others' where there is room."""
    for path in sorted(paths, key=lambda path: not path.own):
        x, y = path.at("value", path.cost), path.at("value", path.gain)
        known = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
        round_ = [i for i in known if abs(path.thresholds[i] * 50 - round(path.thresholds[i] * 50)) < 1e-6]
        named = (
            known
            if len(known) <= MOST_LABELS
            else round_
            if 2 <= len(round_) <= MOST_LABELS
            else known[:: -(-len(known) // 6)]
        )
        for i in known:
            closed, alpha = bool(path.cost.closed[path.row, i]), 1.0 if path.supported[i] else PALE
            edge, size = colours[path.preset], (6.5 if i in named else 4.0) if path.own else 4.5
            look = {"color": "white"} if closed else {"color": edge, "alpha": alpha}
            axes.plot(x[i], y[i], _marker(path, paths), markeredgecolor=edge, markersize=size, **look)
        for i in named:
            if i == _own_index(path, about):
                continue
            text, colour = threshold_words(path.thresholds[i]), style.INK if path.own else style.QUIET
            beside(axes, room, (float(x[i]), float(y[i])), text, style.TINY, 0.07, ways=ABOVE, color=colour)


def _keys(paths: list[Path], colours: dict[str, str], about: About, own: bool) -> list[Key]:
    """The key: presets by colour, list sizes by marker."""
    keys = [Key("this scenario", raster.own_mark)] if own else []
    for preset, colour in colours.items():
        if preset:
            keys.append(Key(f"preset {preset}", _stroke(colour)))
    for size in dict.fromkeys(path.size for path in paths):
        mine = next(path for path in paths if path.size == size)
        keys.append(Key(f"list of {about.size_said(size)}", _sign(_marker(mine, paths))))
    if any(path.cost.closed[path.row].any() for path in paths):
        text = f"nobody wrongly stopped in {whole(about.replications)} simulated {about.scenario.unit}s: closed form"
        keys.append(Key(text, lambda axes, x, y: raster.closed_mark(axes, x, y, style.INK, 6)))
    return keys


def _stroke(colour: str) -> Any:
    return lambda axes, x, y: axes.plot([x - 0.13, x + 0.13], [y, y], color=colour, linewidth=2.4)


def _sign(marker: str) -> Any:
    return lambda axes, x, y: axes.plot(x, y, marker, color=style.INK, markersize=6)
