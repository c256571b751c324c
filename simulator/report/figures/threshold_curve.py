"""False alerts against the threshold by both sources of error rates, beside what was recorded: solid only on a source's data."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from simulator import __version__
from simulator.evidence.about.recorded_counts import PerUnit, RecordedCount
from simulator.evidence.numbers import whole
from simulator.evidence.run.found import RunFound
from simulator.evidence.sweep.tradeoff import OWN, Curve, Tradeoff
from simulator.report.figures import phrases, style
from simulator.report.figures.card import Card, card, fitted, source
from simulator.report.figures.cells import what_if
from simulator.report.figures.labels import ABOVE, Room, beside, inches
from simulator.report.figures.threshold_words import PER, headline, side_words, whose, words_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

NAME = "threshold"
# The colours of the presets in every figure of thresholds; unlike in lightness, and their hatches lean unlike.
COLOURS = {"field": style.BLUE, "npl": "#D98C00", OWN: style.INK}
DARK = {"field": style.BLUE, "npl": "#8A5F00", OWN: style.INK}
HATCHES = {"field": "////", "npl": "\\\\\\\\", OWN: "...."}
TITLE_SIZES = (15.0, 13.0, 11.5)
AXIS_IN, SIDE_IN, ROW_IN, TICKS_IN, LABEL_IN = 0.78, 2.75, 0.2, 0.24, 0.22
MOST_DECADES = 7.0
# Keeps words legible on hatches.
PAPER = {"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 0.6}
ENDS = 0.56, 0.70


def draw(tradeoff: Tradeoff, found: RunFound | None = None) -> Figure | None:
    """The curves with 95 % bands and the recorded points with exact intervals: 1,200 x 675 pixels.

    Hours were counted alike on all streets and faces were not, so hours are the denominator wherever they are known. *found* says
    which campaigns the picture belongs to. None where neither hours nor faces are known.
    """
    if tradeoff.per is None:
        return None
    with style.styled():
        return _draw(tradeoff, tradeoff.per, found)


def _draw(tradeoff: Tradeoff, per: PerUnit, found: RunFound | None) -> Figure:
    about = tradeoff.scenario
    formula = f"lfrsim {__version__}; curves are expected values by formula, bands {whole(tradeoff.draws)} draws of the inputs."
    made = card(
        about.title,
        f"Watchlist of {whole(about.list_size)}. Curves: expected false alerts on this street by formula. Squares: recorded on "
        "other streets.",
        phrases.label(found) if found else what_if(about),
        "Sources: the Met's own deployment tables 2023 to 2025, rows summed by printed threshold (grade: derived); NPL test 2023 "
        "in press copies. A false alert that nobody followed up is filed as true.",
        f"{source(found)} Curves: {whole(tradeoff.draws)} draws of the inputs." if found else formula,
    )
    page, width = made.page, made.page.width
    title, size = fitted(
        headline(tradeoff, per), width, style.height_of("x\nx", TITLE_SIZES[2]), TITLE_SIZES, bold=True
    )
    page.text(0, made.top, title, size, fontweight="bold")
    top = made.top + style.height_of(title, size) + 0.1
    strips = [curve for curve in tradeoff.curves if curve.name != OWN]
    chart_in = made.bottom - top - TICKS_IN - LABEL_IN - ROW_IN * len(strips)
    across = width - AXIS_IN - SIDE_IN
    axes = page.axes(AXIS_IN, top, across, chart_in, yscale="log", xlim=ENDS, ylim=ends_of(tradeoff, per))
    _ticks(axes, per)
    room = Room.of(axes)
    _own_threshold(axes, room, about.threshold)
    for curve in tradeoff.curves:
        _curve(axes, room, curve, per)
    points = [count for count in tradeoff.recorded if count.exposure(per)]
    for count in points:
        _point(axes, room, count, per)
    for count in points:
        beside(
            axes, room, (count.threshold, count.rate(per) or 0.0), words_of(count, per), style.TINY, 0.12, True,
            ((1, 0), *ABOVE), fontweight="bold", bbox=PAPER, zorder=7,
        )  # fmt: skip
    for curve in tradeoff.curves:
        _name(axes, room, curve, per)
    _strips(made, strips, tradeoff, top + chart_in + TICKS_IN + LABEL_IN, across)
    _side(made, tradeoff, per, AXIS_IN + across + 0.22, top)
    return page.figure


def ends_of(tradeoff: Tradeoff, per: PerUnit) -> tuple[float, float]:
    """The axis of false alerts: every curve and record is on it, bands as far as it goes, over seven decades at most."""
    middle = [
        rate
        for curve in tradeoff.curves
        for point in curve.points
        if _there(point.threshold) and (rate := point.rate(per))
    ]
    middle += [end for count in tradeoff.recorded for end in count.rate_95(per) or () if end]
    low, high = min(middle), max(middle)
    return max(low / 2, high * 2 / 10**MOST_DECADES), high * 3


def _there(threshold: float) -> bool:
    return ENDS[0] - 1e-9 <= threshold <= ENDS[1] + 1e-9


def _ticks(axes: Axes, per: PerUnit) -> None:
    from matplotlib.ticker import NullFormatter, NullLocator

    low, high = axes.get_ylim()
    powers = [10.0**power for power in range(int(np.ceil(np.log10(low))), int(np.floor(np.log10(high))) + 1)]
    axes.yaxis.set_minor_locator(NullLocator())
    axes.yaxis.set_minor_formatter(NullFormatter())
    axes.set_yticks(powers, [f"{power:,.0f}" if power >= 1 else f"{power:g}" for power in powers])
    marks = np.round(np.arange(ENDS[0], ENDS[1] + 1e-9, 0.02), 2)
    axes.set_xticks(marks, [f"{mark:.2f}" for mark in marks])
    axes.tick_params(axis="x", pad=2, length=3)
    axes.grid(axis="y", color=style.PALE, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.set_xlabel("threshold", fontsize=style.SMALL, labelpad=1)
    axes.set_ylabel(f"false alerts {PER[per]} (logarithmic)", fontsize=style.TINY)


def _own_threshold(axes: Axes, room: Room, threshold: float) -> None:
    if not _there(threshold):
        return
    axes.axvline(threshold, color=style.INK, linewidth=1.0, linestyle=(0, (1, 2)), zorder=1)
    text = f"this scenario: {threshold:.2f}"
    place = threshold, axes.get_ylim()[1] / 1.8
    beside(axes, room, place, text, style.TINY, 0.06, True, ((1, 0), (-1, 0)), color=style.INK, bbox=PAPER)


def pieces(curve: Curve) -> list[tuple[bool, list[int]]]:
    """The points of the *curve* in runs on its source's data and beyond; neighbours share their ends."""
    on = [curve.on_data(point.threshold) for point in curve.points]
    shown = [i for i, point in enumerate(curve.points) if _there(point.threshold)]
    made: list[tuple[bool, list[int]]] = []
    for i, j in pairwise(shown):
        inside = on[i] and on[j]
        if made and made[-1][0] == inside:
            made[-1][1].append(j)
        else:
            made.append((inside, [i, j]))
    return made


def _curve(axes: Axes, room: Room, curve: Curve, per: PerUnit) -> None:
    """The curve and its band: solid on its source's data, dashed and hatched beyond."""
    colour = COLOURS[curve.name]
    rows = [(p.threshold, p.rate(per), *(p.rate_95(per) or (None, None))) for p in curve.points]
    x, middle, low, high = np.array(rows, dtype=float).T
    floor = axes.get_ylim()[0]
    for inside, at in pieces(curve):
        look: dict[str, Any] = {"color": colour, "alpha": 0.30, "linewidth": 0}
        if not inside:
            look = {
                "facecolor": "none",
                "edgecolor": colour,
                "alpha": 0.45,
                "linewidth": 0.4,
                "hatch": HATCHES[curve.name],
            }
        axes.fill_between(x[at], np.maximum(low[at], floor / 2), high[at], **look)
        style_of = {"linewidth": 2.6} if inside else {"linewidth": 1.5, "linestyle": (0, (3, 2))}
        axes.plot(x[at], middle[at], color=colour, **style_of)
        for i, j in pairwise(at):
            if middle[i] > floor and middle[j] > floor:
                room.take_line(inches(axes, x[i], middle[i]), inches(axes, x[j], middle[j]), 0.03)


def _point(axes: Axes, room: Room, count: RecordedCount, per: PerUnit) -> None:
    x, y = count.threshold, count.rate(per) or 0.0
    low, high = count.rate_95(per) or (y, y)
    axes.vlines(x, low, high, color=style.INK, linewidth=2.0, zorder=5)
    for end in (low, high):
        axes.plot(x, end, "_", color=style.INK, markersize=8, markeredgewidth=1.6, zorder=5)
    axes.plot(x, y, "s", color="white", markeredgecolor=style.INK, markersize=8, markeredgewidth=2.0, zorder=6)
    room.take_line(inches(axes, x, low), inches(axes, x, high), 0.05)


def _name(axes: Axes, room: Room, curve: Curve, per: PerUnit) -> None:
    """Whose curve it is, on the left of it where there is room."""
    known = [point for point in curve.points if _there(point.threshold) and point.rate(per)]
    ways: tuple[tuple[int, int], ...] = ((-1, -1), (0, -1), (-1, 0), (1, -1))
    if curve.name == "npl":
        ways = ((1, 1), (0, 1), (1, 0))
    if curve.name == OWN:
        ways, known = ABOVE, known[::-1]
    look: dict[str, Any] = {"fontweight": "bold", "color": DARK[curve.name], "bbox": PAPER, "zorder": 7}
    for point in known[3::3]:
        if beside(
            axes, room, (point.threshold, point.rate(per) or 0.0), whose(curve), style.SMALL, 0.08, False, ways, **look
        ):
            return
    for point in known[len(known) // 2 : len(known) // 2 + 1]:
        beside(
            axes, room, (point.threshold, point.rate(per) or 0.0), whose(curve), style.SMALL, 0.3, True, ways, **look
        )


def _strips(made: Card, curves: list[Curve], tradeoff: Tradeoff, top: float, across: float) -> None:
    """Under the axis: at which thresholds each source has data, and how many false alerts it counted there."""
    for i, curve in enumerate(curves):
        axes = made.page.axes(AXIS_IN, top + i * ROW_IN, across, ROW_IN, xlim=ENDS, ylim=(0, 1))
        axes.axis("off")
        axes.axhspan(
            0.1,
            0.9,
            facecolor="none",
            edgecolor=COLOURS[curve.name],
            hatch=HATCHES[curve.name],
            alpha=0.45,
            linewidth=0,
        )
        axes.axvspan(curve.recorded_at[0] - 0.004, curve.recorded_at[-1] + 0.004, 0.1, 0.9, color="white")
        axes.axvspan(
            curve.recorded_at[0] - 0.004, curve.recorded_at[-1] + 0.004, 0.1, 0.9, color=COLOURS[curve.name], alpha=0.3
        )
        for count in tradeoff.recorded:
            if count.preset == curve.name:
                said = whole(count.false_alerts) if count.false_alerts else "none"
                axes.text(count.threshold, 0.47, said, ha="center", va="center", fontsize=style.TINY, fontweight="bold")
        name = {"field": "Met counted", "npl": "lab counted"}[curve.name]
        made.page.text(
            AXIS_IN - 0.05, top + (i + 0.47) * ROW_IN, name, 7.0, ha="right", va="center", color=DARK[curve.name]
        )


def _side(made: Card, tradeoff: Tradeoff, per: PerUnit, left: float, top: float) -> None:
    """How to read it, the records in numbers, and in what curves and records are not alike."""
    width = made.page.width - left
    y = top
    for heading, text in side_words(tradeoff, per):
        lines = style.wrapped(text, width, style.TINY)
        made.page.text(left, y, heading, style.SMALL, fontweight="bold")
        y += style.height_of(heading, style.SMALL)
        made.page.text(left, y, lines, style.TINY)
        y += style.height_of(lines, style.TINY) + 0.06


__all__ = ["NAME", "draw", "ends_of", "pieces"]
