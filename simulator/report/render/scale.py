"""Rates on one logarithmic scale in plain characters: one line each, a mark with its interval, the axis below."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from simulator.report.page import Bar, Scale
from simulator.report.render.plain import plain

MARK, LINE, OPEN, END = "o", "-", "<", "|"
FEWEST_CELLS = 30
GAP = 2


def drawn(scale: Scale, width: int) -> list[str]:
    """The bars of *scale* in lines of at most *width* characters, the axis in the last two; nothing where there is no room."""
    bars = scale.bars
    room = max((len(plain(bar.label)) for bar in bars), default=0) + GAP
    # the last label is centred on the last tick
    cells = width - room - GAP - len(tick(0)) // 2
    if not bars or cells < FEWEST_CELLS or not any(bar.high > 0 for bar in bars):
        return []
    first, last = decades(bars)

    def at(x: float) -> int:
        return round((math.log10(x) - first) / (last - first) * (cells - 1))

    lines = [f"{plain(bar.label):<{room}}{_line(bar, at, cells)}".rstrip() for bar in bars]
    return [*lines, *_axis(first, last, room, cells)]


def decades(bars: Sequence[Bar]) -> tuple[int, int]:
    """The powers of ten that the axis runs from and to: one further left where a bar is open, at most to 1 in 1."""
    values = [x for bar in bars for x in (bar.low, bar.point, bar.high, bar.limit or 0.0) if x > 0]
    first = math.floor(math.log10(min(values)) + 1e-9)
    last = max(math.ceil(math.log10(max(values)) - 1e-9), first + 1)
    return (first - 1 if any(bar.low <= 0 for bar in bars) else first), last


def _line(bar: Bar, at: Callable[[float], int], cells: int) -> str:
    row = [" "] * cells
    if bar.high <= 0:
        return "none"
    left, right = (0 if bar.low <= 0 else at(bar.low)), min(at(bar.high), cells - 1)
    row[left : right + 1] = LINE * (right - left + 1)
    row[right] = END
    row[left] = OPEN if bar.low <= 0 else END
    if bar.point > 0:
        row[at(bar.point)] = MARK
    return "".join(row)


def tick(power: int) -> str:
    """The label of a power of ten: 1 in 1,000; 1 in 10 million; above 1 the number itself."""
    if power > 0:
        return f"{10**power:,}"
    each = 10**-power
    for scale, name in ((10**9, "billion"), (10**6, "million")):
        if each >= scale:
            return f"1 in {each // scale:,} {name}"
    return f"1 in {each:,}"


def _axis(first: int, last: int, room: int, cells: int) -> list[str]:
    """A line of ticks and one of their labels, as many as have room."""
    width = room + cells + len(tick(0))
    ticks, labels = [" "] * width, [" "] * width
    free = 0
    for power in range(first, last + 1):
        x = room + round((power - first) / (last - first) * (cells - 1))
        ticks[x] = "+"
        text = tick(power)
        start = max(x - len(text) // 2, 0)
        if start >= free and start + len(text) <= width:
            labels[start : start + len(text)] = text
            free = start + len(text) + GAP
    return ["".join(ticks).rstrip(), "".join(labels).rstrip()]


__all__ = ["decades", "drawn", "tick"]
