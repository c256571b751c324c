"""Rates on one logarithmic scale as SVG, for one width in pixels: labels above their bars, the axis below."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from html import escape

from simulator.report.page import Bar, Scale
from simulator.report.render.plain import plain, wrapped
from simulator.report.render.scale import decades, tick

BAR, LINE, AXIS, EDGE, TEXT = 22, 17, 26, 8, 13
# A sign of the axis, and one of a label, is about so wide, in pixels.
SIGN, LETTER = 7.2, 7.6
At = Callable[[float], float]


def bars(scale: Scale, width: int) -> str:
    """The bars of *scale*, *width* pixels wide; nothing where no rate is above 0."""
    shown = scale.bars
    if not any(bar.high > 0 for bar in shown):
        return ""
    first, last = decades(shown)

    def at(x: float) -> float:
        return EDGE + (width - 2 * EDGE) * (math.log10(x) - first) / (last - first)

    top, lines = 0, []
    for bar in shown:
        said = _said(bar, width)
        lines += [*_labels(said, top), *_bar(bar, top + LINE * len(said), at, width)]
        top += LINE * len(said) + BAR
    axis = list(_axis(first, last, width, at, top))
    size = f'viewBox="0 0 {width} {top + AXIS}" width="{width}" height="{top + AXIS}"'
    words = escape("; ".join(plain(f"{bar.label} {bar.words}") for bar in shown))
    return f'<svg class="bars" {size} role="img" aria-label="{words}">{"".join([*axis, *lines])}</svg>'


def _said(bar: Bar, width: int) -> list[tuple[str, str]]:
    """Label and words of a *bar* as lines that have room, each with its class."""
    most = int((width - 2 * EDGE) / LETTER)
    label, words = plain(bar.label), plain(bar.words)
    if words and len(label) + len(words) + 2 <= most:
        return [(f"{label}: {words}", "label")]
    return [
        *((line, "label") for line in wrapped(label, most)),
        *((line, "words") for line in (wrapped(words, most) if words else ())),
    ]


def _labels(said: list[tuple[str, str]], top: int) -> Iterator[str]:
    for i, (text, kind) in enumerate(said):
        yield f'<text x="{EDGE}" y="{top + LINE * i + TEXT + 2}" class="{kind}">{escape(text)}</text>'


def _bar(bar: Bar, top: int, at: At, width: int) -> Iterator[str]:
    y, kind = top + 10, " claimed" * bar.claimed
    if bar.limit:
        x = min(at(bar.limit), width - EDGE)
        yield f'<path d="M{EDGE} {y - 8}H{x:.1f}V{y + 8}H{EDGE}Z" class="allowed"/>'
        yield f'<path d="M{x:.1f} {y - 8}V{y + 8}" class="limit"/>'
    if bar.high <= 0:
        return
    left, right = (EDGE if bar.low <= 0 else at(bar.low)), min(at(bar.high), width - EDGE)
    yield f'<path d="M{left:.1f} {y}H{right:.1f}" class="range{kind}"/>'
    yield f'<path d="M{right:.1f} {y - 5}V{y + 5}" class="end"/>'
    yield (
        f'<path d="M{left + 6:.1f} {y - 5}L{left:.1f} {y}L{left + 6:.1f} {y + 5}" class="end open"/>'
        if bar.low <= 0
        else f'<path d="M{left:.1f} {y - 5}V{y + 5}" class="end"/>'
    )
    if bar.point > 0:
        x = at(bar.point)
        yield (
            f'<path d="M{x:.1f} {y - 6}L{x + 6:.1f} {y}L{x:.1f} {y + 6}L{x - 6:.1f} {y}Z" class="point claimed"/>'
            if bar.claimed
            else f'<circle cx="{x:.1f}" cy="{y}" r="5" class="point"/>'
        )


def _axis(first: int, last: int, width: int, at: At, top: int) -> Iterator[str]:
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
