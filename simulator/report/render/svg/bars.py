"""Rates on one logarithmic scale as SVG, for one width in pixels: labels above their bars, the axis below."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from html import escape

from simulator.report.page import Bar, Scale
from simulator.report.render.plain import plain
from simulator.report.render.scale import decades, tick

ROW, AXIS, EDGE, TEXT = 40, 26, 8, 13
# A sign of the axis is about so wide, in pixels.
SIGN = 7.2


def bars(scale: Scale, width: int) -> str:
    """The bars of *scale*, *width* pixels wide; nothing where no rate is above 0."""
    shown = scale.bars
    if not any(bar.high > 0 for bar in shown):
        return ""
    first, last = decades(shown)

    def at(x: float) -> float:
        return EDGE + (width - 2 * EDGE) * (math.log10(x) - first) / (last - first)

    height = ROW * len(shown) + AXIS
    lines = [line for i, bar in enumerate(shown) for line in _bar(bar, i, at, width)]
    axis = list(_axis(first, last, width, at, ROW * len(shown)))
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    return f'<svg class="bars" {size} aria-hidden="true">{"".join([*axis, *lines])}</svg>'


def _bar(bar: Bar, i: int, at: Callable[[float], float], width: int) -> Iterator[str]:
    y = ROW * i + 28
    yield f'<text x="{EDGE}" y="{ROW * i + 15}" class="label">{escape(plain(bar.label))}</text>'
    if bar.high <= 0:
        return
    left, right = (EDGE if bar.low <= 0 else at(bar.low)), min(at(bar.high), width - EDGE)
    yield f'<path d="M{left:.1f} {y}H{right:.1f}" class="range"/>'
    yield f'<path d="M{right:.1f} {y - 5}V{y + 5}" class="end"/>'
    yield (
        f'<path d="M{left + 6:.1f} {y - 5}L{left:.1f} {y}L{left + 6:.1f} {y + 5}" class="end open"/>'
        if bar.low <= 0
        else f'<path d="M{left:.1f} {y - 5}V{y + 5}" class="end"/>'
    )
    if bar.point > 0:
        yield f'<circle cx="{at(bar.point):.1f}" cy="{y}" r="5" class="point"/>'


def _axis(first: int, last: int, width: int, at: Callable[[float], float], top: int) -> Iterator[str]:
    """A line at each power of ten, and its label where it has room."""
    free = 0.0
    for power in range(first, last + 1):
        x, words = at(10.0**power), tick(power)
        yield f'<path d="M{x:.1f} 0V{top + 4}" class="grid"/>'
        room = SIGN * len(words)
        start = min(max(x - room / 2, 0), width - room)
        if start >= free:
            yield f'<text x="{start:.1f}" y="{top + TEXT + 6}" class="tick">{words}</text>'
            free = start + room + SIGN


__all__ = ["bars"]
