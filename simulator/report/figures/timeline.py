"""One simulated deployment from the first alert to the last: what happened to each, and who was busy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from simulator.evidence.run.found import RunFound
from simulator.evidence.run.pictures import RunPictures
from simulator.evidence.run.shown_day import ShownDay
from simulator.report.figures import phrases, strips, style
from simulator.report.figures.ends import end_words, headline, subtitle

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

NAME = "timeline"
# With more alerts than MOST_NAMED only a FEW wrongful stops are named.
MOST_NAMED, FEW = 40, 4
COLOURS = {
    "waiting": "#CFCFCF",
    "review": style.PURPLE,
    "search": style.ORANGE,
    "held, waiting": style.BLACK,
    "identity check": style.GREEN,
    "custody run": style.BLUE,
}
# Each kind of officer in the colour of its stage.
KINDS = {"operators": "review", "teams": "search", "checkers": "identity check", "vans": "custody run"}
LEFT_IN, LEGEND_IN, STRIP_IN, GAP_IN, AXIS_IN = 1.2, 0.55, 0.42, 0.16, 0.42


def draw(found: RunFound, data: RunPictures) -> Figure:
    """The day of one deployment: alerts as lines coloured by stage, above the officers busy and on duty."""
    with style.styled():
        return _draw(found, data)


def _draw(found: RunFound, data: RunPictures) -> Figure:
    day = data.day
    n = len(day.shown)
    panel_in = min(max(0.17 * n, 1.2), 6.0)
    strips_in = len(KINDS) * (STRIP_IN + GAP_IN)
    title = headline(found, data)
    page = style.page(
        title,
        subtitle(found, data),
        phrases.label(found),
        phrases.footer(found, wrongful=True, closed_form="closed form" in title),
        LEGEND_IN + panel_in + GAP_IN + strips_in + AXIS_IN,
    )
    width = page.width - LEFT_IN
    ends = day.starts_s, day.ends_s + 0.01 * (day.ends_s - day.starts_s)
    axes = page.axes(LEFT_IN, LEGEND_IN, width, panel_in, xlim=ends, ylim=(n - 0.4, -0.6))
    _lines(axes, day)
    for row, text in _names(day).items():
        _name(axes, day, row, text)
    if not n:
        page.text(
            LEFT_IN + width / 2, LEGEND_IN + panel_in / 2, "no alert", ha="center", va="center", color=style.QUIET
        )
    axes.set_yticks([])
    axes.spines["bottom"].set_visible(False)
    axes.tick_params(bottom=False, labelbottom=False)
    numbers = f"{n:,} alert{'s' * (n != 1)}" if n == day.alerts else f"alerts {day.first + 1:,}\nto {day.last:,}"
    page.text(
        LEFT_IN - 0.12, LEGEND_IN, f"{numbers}\nin order of time", style.SMALL, ha="right", multialignment="right"
    )
    _legend(page.axes(0, 0, page.width, LEGEND_IN - 0.1))
    top = LEGEND_IN + panel_in + GAP_IN
    for kind, stage in KINDS.items():
        below = page.axes(LEFT_IN, top, width, STRIP_IN, xlim=ends)
        most = strips.strip(below, day, kind, day.busy[kind], COLOURS[stage])
        page.text(LEFT_IN - 0.42, top + STRIP_IN / 2, kind, style.SMALL, ha="right", va="center")
        below.set_yticks([0, most])
        strips.camera_off(below, day)
        if kind != "vans":
            below.tick_params(bottom=False, labelbottom=False)
        top += STRIP_IN + GAP_IN
    strips.camera_off(axes, day, "cameras off")
    strips.clock(below, day, ends)
    return page.figure


def _names(day: ShownDay) -> dict[int, str]:
    """What is written beside which row: every end where there is room, else the wrongful stops if they are few."""
    if len(day.shown) <= MOST_NAMED:
        return {row: end_words(alert) for row, alert in enumerate(day.shown)}
    named = {row: end_words(alert) for row, alert in enumerate(day.shown) if alert.wrongful}
    return named if len(named) <= FEW else {}


def _name(axes: Axes, day: ShownDay, row: int, text: str) -> None:
    """Write *text* after the line of *row*, or before it where it would leave the page."""
    alert = day.shown[row]
    wrong = alert.false
    left, right = axes.get_xlim()
    inches = axes.bbox.width / axes.figure.dpi
    per_s, needed = inches / (right - left), style.width_of(text, style.TINY, bold=wrong) + 0.1
    at, shift, side = alert.end_s, 5, "left"
    if (at - left) * per_s + needed > inches:
        at, shift, side = alert.time_s, -11, "right"
        if (at - left) * per_s < needed:
            # the line fills the day: the words stand on its end
            at, shift = right, -4
    axes.annotate(
        text,
        (at, row),
        (shift, 0),
        textcoords="offset points",
        ha=side,
        va="center_baseline",
        fontsize=style.TINY,
        color=style.VERMILLION if wrong else style.QUIET,
        fontweight="bold" if wrong else "normal",
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.0} if at == right else None,
    )


def _lines(axes: Axes, day: ShownDay) -> None:
    """Every alert as a line: coloured by stage, a dot where it began, crossed and banded where it is false."""
    from matplotlib.collections import LineCollection
    from matplotlib.transforms import ScaledTranslation

    n = len(day.shown)
    rows = np.arange(n)
    thick = float(np.clip(260.0 / max(n, 1), 1.6, 7.0))
    false = np.array([alert.false for alert in day.shown], dtype=bool)
    if false.any() and false.sum() <= MOST_NAMED:
        axes.barh(rows[false], 1, 0.9, transform=axes.get_yaxis_transform(), color=style.VERMILLION, alpha=0.13)
    for stage, colour in COLOURS.items():
        segments = [
            ((part.start_s, row), (part.end_s, row))
            for row, alert in enumerate(day.shown)
            for part in alert.stages
            if part.name == stage
        ]
        axes.add_collection(LineCollection(segments, colors=colour, linewidths=thick, capstyle="butt"))
    size = float(np.clip(300.0 / max(n, 1), 3.0, 6.5))
    # beside the line's beginning, so that a short review stays visible
    beside = axes.transData + ScaledTranslation(-5 / style.POINTS_PER_IN, 0, axes.figure.dpi_scale_trans)
    mark: dict[str, Any] = {"clip_on": False, "linestyle": "none", "markeredgewidth": 0}
    time_s = np.array([alert.time_s for alert in day.shown])
    axes.plot(
        time_s[~false], rows[~false], marker="o", color=style.INK, markersize=size * 0.6, transform=beside, **mark
    )
    axes.plot(time_s[false], rows[false], marker="X", color=style.VERMILLION, markersize=size, transform=beside, **mark)
    stops = [(alert.stop_s, row, alert.wrongful) for row, alert in enumerate(day.shown) if alert.stop_s is not None]
    right, wrong = ([(s, row) for s, row, wrongful in stops if wrongful == which] for which in (False, True))
    axes.plot(*_points(right), "|", color=style.BLACK, markersize=size * 1.5, markeredgewidth=1.5)
    axes.plot(*_points(wrong), marker="D", color=style.VERMILLION, markersize=size * 0.8, **mark)


def _points(pairs: list[tuple[float, int]]) -> tuple[list[float], list[int]]:
    return [x for x, _ in pairs], [y for _, y in pairs]


def _legend(axes: Axes) -> None:
    """The key to the lines, above them."""
    from matplotlib.lines import Line2D

    axes.axis("off")
    keys = [Line2D([], [], color=colour, linewidth=6, label=name) for name, colour in COLOURS.items()]
    for name, marker, colour in (
        ("true alert", "o", style.INK),
        ("FALSE ALERT", "X", style.VERMILLION),
        ("stop", "|", style.BLACK),
        ("WRONGFUL STOP", "D", style.VERMILLION),
    ):
        keys.append(
            Line2D(
                [],
                [],
                color=colour,
                marker=marker,
                linestyle="none",
                label=name,
                markersize=6,
                markeredgewidth=1.5 * (marker == "|"),
            )
        )
    axes.legend(
        handles=keys,
        loc="upper left",
        ncols=len(keys),
        borderaxespad=0,
        handlelength=1.2,
        columnspacing=0.9,
        handletextpad=0.5,
    )
