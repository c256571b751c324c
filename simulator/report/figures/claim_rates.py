"""The same events by other units: dots with exact intervals on one logarithmic axis, from 1 in many millions to 1 in 1."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simulator.report.figures import style
from simulator.report.render.scale import tick

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ROW_IN, HEAD_GAP_IN, GROUP_GAP_IN, AXIS_IN, LABEL_IN, TEXT_IN = 0.37, 0.06, 0.14, 0.42, 1.75, 2.6
COUNTED, CLAIMED = style.BLUE, style.ORANGE
SHADE = "#FBE8C2"
# Units of which each is a case that could have gone wrong, in the order they are drawn.
UNITS = ("faces", "passages", "alerts", "stops", "arrests", "false_alerts")
LEAST_DECADES = 3


@dataclass(frozen=True)
class RateBar:
    """One rate: *label* to the left, *text* and smaller *inside* to the right; no dot where the *point* is 0.

    *thick* is a second, inner interval; *limit* shades what a claim says, at most so much. *claimed*: not counted but claimed.
    """

    label: str
    point: float
    low: float
    high: float
    text: str
    inside: str
    thick: tuple[float, float] | None = None
    limit: float | None = None
    claimed: bool = False


@dataclass(frozen=True)
class Group:
    """Bars that belong together under a *heading*, and what they are *of*."""

    heading: str
    of: str
    bars: tuple[RateBar, ...]


def fitted(*texts: str) -> str:
    """The first of *texts* that has room beside the bars; the last where none has."""
    return next((text for text in texts if style.width_of(text, style.SMALL) < TEXT_IN - 0.2), texts[-1])


def _heads(group: Group) -> list[tuple[str, dict[str, Any]]]:
    """The lines above the bars, broken to fit: heading, and what the bars are of."""
    width = style.WIDTH_IN - 2 * style.MARGIN_IN
    heading = style.wrapped(group.heading, width, style.SMALL, bold=True)
    of = style.wrapped(group.of, width, style.SMALL)
    return [(text, look) for text, look in ((heading, {"fontweight": "bold"}), (of, {"color": style.QUIET})) if text]


def height_of(groups: Sequence[Group]) -> float:
    """How high the panel is, inches, its axis included."""
    heads = sum(style.height_of(text, style.SMALL) for group in groups for text, _ in _heads(group))
    return heads + sum(HEAD_GAP_IN + ROW_IN * len(group.bars) + GROUP_GAP_IN for group in groups) + AXIS_IN


def decades_of(groups: Sequence[Group]) -> tuple[int, int]:
    """The powers of ten between which everything lies; one further left where a bar is open, never above 1 in 1 in vain."""
    bars = [bar for group in groups for bar in group.bars]
    values = [x for bar in bars for x in (bar.low, bar.point, bar.high, bar.limit or 0.0) if x > 0]
    first = math.floor(math.log10(min(values)) + 1e-9) - (1 if any(bar.low <= 0 for bar in bars) else 0)
    last = max(math.ceil(math.log10(max(values)) - 1e-9), 0)
    return min(first, last - LEAST_DECADES), last


def draw_rates(page: style.Page, top: float, groups: Sequence[Group]) -> None:
    """Draw *groups* below one another from *top* inches of the *page* on, all on one axis, which is drawn last."""
    first, last = decades_of(groups)
    width = page.width - LABEL_IN - TEXT_IN
    height = height_of(groups) - AXIS_IN
    axes = page.axes(LABEL_IN, top, width, height, xlim=(10.0**first, 10.0**last), ylim=(height, 0), xscale="log")
    _axis(axes, first, last, width)
    y = 0.0
    for group in groups:
        for text, look in _heads(group):
            page.text(0, top + y, text, style.SMALL, **look)
            y += style.height_of(text, style.SMALL)
        y += HEAD_GAP_IN
        _grid(axes, first, last, (y, y + ROW_IN * len(group.bars)))
        for bar in group.bars:
            _bar(axes, y + ROW_IN / 2, bar, 10.0**first)
            page.text(0.12, top + y + ROW_IN / 2, bar.label, style.SMALL, va="center")
            right = LABEL_IN + width + 0.15
            page.text(right, top + y + ROW_IN / 2 - 0.01, bar.text, style.SMALL, va="bottom")
            page.text(right, top + y + ROW_IN / 2 + 0.01, bar.inside, style.TINY, va="top", color=style.QUIET)
            y += ROW_IN
        y += GROUP_GAP_IN
    for x, words, side in ((LABEL_IN, "← rarer", "left"), (LABEL_IN + width, "more often →", "right")):
        page.text(x, top + y + AXIS_IN - 0.1, words, style.TINY, color=style.QUIET, ha=side)


def _named(first: int, last: int, width_in: float) -> list[int]:
    """The powers of ten that have room for a label, counted from the right, so that 1 in 1 is always named."""
    powers = range(first, last + 1)
    widest = max(style.width_of(tick(power), style.SMALL) for power in powers) + 0.12
    every = max(math.ceil(widest * (last - first) / width_in), 1)
    return [power for power in powers if (last - power) % every == 0]


def _axis(axes: Axes, first: int, last: int, width_in: float) -> None:
    """Labels of powers of ten below all groups, as "1 in so many"; no frame."""
    named = _named(first, last, width_in)
    axes.set_xticks([10.0**power for power in named], [tick(power) for power in named])
    axes.minorticks_off()
    axes.set_yticks([])
    axes.tick_params(length=0)
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)


def _grid(axes: Axes, first: int, last: int, ends: tuple[float, float]) -> None:
    """A line at every power of ten beside the bars of one group; every third one stronger."""
    for power in range(first, last + 1):
        colour = style.FAINT if power % 3 == 0 else style.PALE
        axes.plot([10.0**power] * 2, ends, color=colour, linewidth=0.8, zorder=0, clip_on=False)


def _bar(axes: Axes, y: float, bar: RateBar, least: float) -> None:
    """One interval with its dot; an open end is an arrow at the left edge."""
    colour = CLAIMED if bar.claimed else COUNTED
    if bar.limit is not None:
        axes.barh(y, bar.limit - least, ROW_IN * 0.9, left=least, color=SHADE, zorder=1)
        axes.plot([bar.limit] * 2, [y - ROW_IN * 0.45, y + ROW_IN * 0.45], color=CLAIMED, linewidth=1.4, zorder=2)
    if bar.high <= 0:
        return
    low = max(bar.low, least)
    axes.plot([low, bar.high], [y, y], color=colour, linewidth=1.6, solid_capstyle="butt", zorder=3)
    for x, open_end in ((low, bar.low <= 0), (bar.high, False)):
        mark = "<" if open_end else "|"
        axes.plot([x], [y], mark, color=colour, markersize=6, markeredgewidth=1.6, clip_on=False, zorder=3)
    if bar.thick is not None:
        axes.plot(bar.thick, [y, y], color=colour, linewidth=4.5, solid_capstyle="butt", zorder=3)
    if bar.point > 0:
        face = "white" if bar.claimed else colour
        axes.plot(
            [bar.point],
            [y],
            "D" if bar.claimed else "o",
            color=colour,
            markerfacecolor=face,
            markersize=6.5,
            zorder=4,
            clip_on=False,
        )


__all__ = ["UNITS", "Group", "RateBar", "draw_rates", "fitted", "height_of"]
