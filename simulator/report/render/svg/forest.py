"""A forest plot as SVG, for one width in pixels: labels above their intervals, a line at 1, the axis below."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from html import escape

from simulator.evidence.numbers import number
from simulator.report.pictured import Effect, Forest
from simulator.report.render.plain import plain, wrapped

BAR, LINE, AXIS, EDGE, TEXT = 20, 17, 26, 18, 13
SIGN, LETTER = 7.2, 7.6
# The scale runs at least from half to twice, and never further than this: what lies beyond has an arrow.
LEAST, MOST = 2.0, 64.0


def forest(block: Forest, width: int) -> str:
    """The effects of *block*, *width* pixels wide."""
    ends = max([LEAST, *(far for effect in block.effects for far in _far(effect))])
    reach = 2.0 ** math.ceil(math.log2(min(ends, MOST)) - 1e-9)

    def at(x: float) -> float:
        inside = min(max(x, 1 / reach), reach)
        return width / 2 + (width / 2 - EDGE) * math.log(inside) / math.log(reach)

    top, lines = 0, []
    for effect in block.effects:
        said = _said(effect, width)
        lines += [
            f'<text x="0" y="{top + LINE * i + TEXT}" class="label">{escape(text)}</text>'
            for i, text in enumerate(said)
        ]
        top += LINE * len(said)
        lines += _effect(effect, top + 8, at, reach)
        top += BAR
    words = escape("; ".join(plain(f"{effect.label}: {effect.words}") for effect in block.effects))
    size = f'viewBox="0 0 {width} {top + AXIS}" width="{width}" height="{top + AXIS}"'
    axis = "".join(_axis(reach, at, top, width))
    return f'<svg class="bars" {size} role="img" aria-label="{words}">{axis}{"".join(lines)}</svg>'


def _far(effect: Effect) -> Iterator[float]:
    """How far from 1 an effect reaches, either way."""
    if effect.ratio is not None:
        yield from (max(x, 1 / x) for x in (effect.ratio, effect.low, effect.high) if x > 0)


def _said(effect: Effect, width: int) -> list[str]:
    most = int(width / LETTER)
    return wrapped(f"{plain(effect.label)}: {plain(effect.words)}", most)


def _effect(effect: Effect, y: int, at: Callable[[float], float], reach: float) -> Iterator[str]:
    if effect.ratio is None:
        return
    left, right = at(max(effect.low, 1e-9)), at(effect.high)
    yield f'<path d="M{left:.1f} {y}H{right:.1f}" class="range"/>'
    for x, cut, way in ((left, effect.low < 1 / reach, 6), (right, effect.high > reach, -6)):
        mark = f"M{x + way:.1f} {y - 5}L{x:.1f} {y}L{x + way:.1f} {y + 5}" if cut else f"M{x:.1f} {y - 5}V{y + 5}"
        yield f'<path d="{mark}" class="end"/>'
    yield f'<circle cx="{at(effect.ratio):.1f}" cy="{y}" r="5" class="point"/>'


def _axis(reach: float, at: Callable[[float], float], top: int, width: int) -> Iterator[str]:
    """Lines at powers of two, the one at 1 stronger, with what they stand for."""
    power, free = round(math.log2(reach)), 0.0
    for i in range(-power, power + 1):
        x, words = at(2.0**i), "the same" if i == 0 else f"{number(2.0**i)} times"
        yield f'<path d="M{x:.1f} 0V{top + 4}" class="{"same" if i == 0 else "grid"}"/>'
        room = SIGN * len(words)
        start = min(max(x - room / 2, 0), width - room)
        # the line at 1 is always named
        near = i != 0 and abs(x - at(1.0)) < SIGN * 14
        if start >= free and not near:
            yield f'<text x="{start:.1f}" y="{top + TEXT + 6}" class="tick">{words}</text>'
            free = start + room + SIGN


__all__ = ["forest"]
