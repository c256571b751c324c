"""A picture of rates for a terminal: one line each on a common logarithmic axis, a mark with its interval."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

MARK, LINE, OPEN, END = "o", "-", "<", "|"
FEWEST_CELLS = 30
GAP = 2


@dataclass(frozen=True)
class Bar:
    """A rate with its interval under a *label*; a *point* of 0 has no mark and a *low* of 0 is open to the left."""

    label: str
    point: float
    low: float
    high: float


def decades(bars: Sequence[Bar]) -> tuple[int, int]:
    """The powers of ten that the axis runs from and to: one further left where a bar is open, at most to 1 in 1."""
    values = [x for bar in bars for x in (bar.low, bar.point, bar.high) if x > 0]
    first = math.floor(math.log10(min(values)) + 1e-9)
    last = max(math.ceil(math.log10(max(values)) - 1e-9), first + 1)
    return (first - 1 if any(bar.low <= 0 for bar in bars) else first), last


def strip(bars: Sequence[Bar], width: int) -> list[str]:
    """Draw *bars* in lines of at most *width* characters, the axis in the last two; nothing where there is no room."""
    room = max((len(bar.label) for bar in bars), default=0) + GAP
    # the last label is centred on the last tick
    cells = width - room - GAP - len(tick(0)) // 2
    if not bars or cells < FEWEST_CELLS or not any(bar.high > 0 for bar in bars):
        return []
    first, last = decades(bars)

    def at(x: float) -> int:
        return round((math.log10(x) - first) / (last - first) * (cells - 1))

    lines = [f"{bar.label:<{room}}{_line(bar, at, cells)}".rstrip() for bar in bars]
    return [*lines, *_axis(first, last, room, cells)]


def _line(bar: Bar, at, cells: int) -> str:  # type: ignore[no-untyped-def]
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
    return f"1 in {each // 10**6:,} million" if each >= 10**6 else f"1 in {each:,}"


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


__all__ = ["Bar", "decades", "strip", "tick"]
