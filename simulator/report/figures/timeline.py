"""One simulated deployment from the first alert to the last: what happened to each, and who was busy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from simulator.evidence.run.study import Study
from simulator.report.figures import phrases, strips, style
from simulator.report.figures.day import Day, busy_steps, chosen_day, stage_times
from simulator.report.figures.ends import end_words, headline, subtitle

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

NAME = "timeline"
# More alerts than this cannot be told apart on a page; with more than MOST_NAMED only a FEW wrongful stops are named.
MOST_SHOWN, MOST_NAMED, FEW = 160, 40, 4
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


def draw(study: Study, replication: int | None = None, deployment: int | None = None) -> Figure:
    """The day of one deployment: alerts as lines coloured by stage, above the officers busy and on duty.

    Without *replication* and *deployment* (both from 0) it is that of a typical wrongful stop, or the busiest.
    """
    with style.styled():
        return _draw(study, chosen_day(study, replication, deployment))


def shown(day: Day) -> tuple[int, int]:
    """The first and the one after the last alert that are drawn: all, or as many as fit around a wrongful stop."""
    n, wrong = len(day.log), np.flatnonzero(day.wrongful)
    if n <= MOST_SHOWN:
        return 0, n
    middle = int(wrong[0]) if len(wrong) else int(np.searchsorted(day.log.time_s, day.camera_off_s / 2))
    first = min(max(middle - MOST_SHOWN // 2, 0), n - MOST_SHOWN)
    return first, first + MOST_SHOWN


def _draw(study: Study, day: Day) -> Figure:
    first, last = shown(day)
    n = last - first
    panel_in = min(max(0.17 * n, 1.2), 6.0)
    strips_in = len(KINDS) * (STRIP_IN + GAP_IN)
    title = headline(study, day)
    page = style.page(
        title,
        subtitle(study, day, first, last),
        phrases.label(study),
        phrases.footer(study, wrongful=True, closed_form="closed form" in title),
        LEGEND_IN + panel_in + GAP_IN + strips_in + AXIS_IN,
    )
    width = page.width - LEFT_IN
    names = _names(day, first, last)
    ends = _limits(day, first, last)
    axes = page.axes(LEFT_IN, LEGEND_IN, width, panel_in, xlim=ends, ylim=(n - 0.4, -0.6))
    _lines(axes, day, first, last)
    for row, text in names.items():
        _name(axes, day, row, row - first, text)
    if not n:
        page.text(
            LEFT_IN + width / 2, LEGEND_IN + panel_in / 2, "no alert", ha="center", va="center", color=style.QUIET
        )
    axes.set_yticks([])
    axes.spines["bottom"].set_visible(False)
    axes.tick_params(bottom=False, labelbottom=False)
    numbers = f"{n:,} alert{'s' * (n != 1)}" if n == len(day.log) else f"alerts {first + 1:,}\nto {last:,}"
    page.text(
        LEFT_IN - 0.12, LEGEND_IN, f"{numbers}\nin order of time", style.SMALL, ha="right", multialignment="right"
    )
    _legend(page.axes(0, 0, page.width, LEGEND_IN - 0.1))
    steps = busy_steps(day.log)
    top = LEGEND_IN + panel_in + GAP_IN
    for kind, stage in KINDS.items():
        below = page.axes(LEFT_IN, top, width, STRIP_IN, xlim=ends)
        most = strips.strip(below, day, kind, steps[kind], COLOURS[stage])
        page.text(LEFT_IN - 0.42, top + STRIP_IN / 2, kind, style.SMALL, ha="right", va="center")
        below.set_yticks([0, most])
        strips.camera_off(below, day)
        if kind != "vans":
            below.tick_params(bottom=False, labelbottom=False)
        top += STRIP_IN + GAP_IN
    strips.camera_off(axes, day, "cameras off")
    strips.clock(below, day, ends)
    return page.figure


def _names(day: Day, first: int, last: int) -> dict[int, str]:
    """What is written beside which row: every end where there is room, else the wrongful stops if they are few."""
    if last - first <= MOST_NAMED:
        return {row: end_words(day.log, row) for row in range(first, last)}
    rows = [int(row) + first for row in np.flatnonzero(day.wrongful[first:last])]
    return {row: end_words(day.log, row) for row in rows} if len(rows) <= FEW else {}


def _name(axes: Axes, day: Day, row: int, y: int, text: str) -> None:
    """Write *text* after the line of *row*, or before it where it would leave the page."""
    wrong = bool(day.log.is_false[row])
    left, right = axes.get_xlim()
    inches = axes.bbox.width / axes.figure.dpi
    per_s, needed = inches / (right - left), style.width_of(text, style.TINY, bold=wrong) + 0.1
    at, shift, side = float(day.log.end_s[row]), 5, "left"
    if (at - left) * per_s + needed > inches:
        at, shift, side = float(day.log.time_s[row]), -11, "right"
        if (at - left) * per_s < needed:
            # the line fills the day: the words stand on its end
            at, shift = right, -4
    axes.annotate(
        text,
        (at, y),
        (shift, 0),
        textcoords="offset points",
        ha=side,
        va="center_baseline",
        fontsize=style.TINY,
        color=style.VERMILLION if wrong else style.QUIET,
        fontweight="bold" if wrong else "normal",
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.0} if at == right else None,
    )


def _limits(day: Day, first: int, last: int) -> tuple[float, float]:
    """Ends of the time axis, seconds after camera-on: the whole deployment, or what the drawn alerts span."""
    whole_day = last - first == len(day.log)
    start = 0.0 if whole_day else float(day.log.time_s[first])
    stop = max([*day.log.end_s[first:last].tolist(), day.camera_off_s if whole_day else start + 60.0])
    return start, stop + 0.01 * (stop - start)


def _lines(axes: Axes, day: Day, first: int, last: int) -> None:
    """Every alert as a line: coloured by stage, a dot where it began, crossed and banded where it is false."""
    from matplotlib.collections import LineCollection
    from matplotlib.transforms import ScaledTranslation

    log, n = day.log.take(np.arange(first, last)), last - first
    rows = np.arange(n)
    thick = float(np.clip(260.0 / max(n, 1), 1.6, 7.0))
    false = log.is_false
    if false.any() and false.sum() <= MOST_NAMED:
        axes.barh(rows[false], 1, 0.9, transform=axes.get_yaxis_transform(), color=style.VERMILLION, alpha=0.13)
    for stage, start, end in stage_times(log):
        drawn = np.flatnonzero(end > start)
        segments = [((start[i], i), (end[i], i)) for i in drawn]
        axes.add_collection(LineCollection(segments, colors=COLOURS[stage], linewidths=thick, capstyle="butt"))
    size = float(np.clip(300.0 / max(n, 1), 3.0, 6.5))
    # beside the line's beginning, so that a short review stays visible
    beside = axes.transData + ScaledTranslation(-5 / style.POINTS_PER_IN, 0, axes.figure.dpi_scale_trans)
    mark: dict[str, Any] = {"clip_on": False, "linestyle": "none", "markeredgewidth": 0}
    axes.plot(
        log.time_s[~false], rows[~false], marker="o", color=style.INK, markersize=size * 0.6, transform=beside, **mark
    )
    axes.plot(
        log.time_s[false], rows[false], marker="X", color=style.VERMILLION, markersize=size, transform=beside, **mark
    )
    wrongful = day.wrongful[first:last]
    right = log.stopped & ~wrongful
    axes.plot(log.stop_s[right], rows[right], "|", color=style.BLACK, markersize=size * 1.5, markeredgewidth=1.5)
    axes.plot(log.stop_s[wrongful], rows[wrongful], marker="D", color=style.VERMILLION, markersize=size * 0.8, **mark)


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
