"""Icon arrays and dots as small SVG: a run of equal signs is one rectangle filled by a pattern, whatever their number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from simulator.report.pictured import DotRow, IconGroup, Look, Shape
from simulator.report.render.plain import plain

CELL, RADIUS = 12, 4.3
MIDDLE = CELL / 2
# How many stand in a row where there is room, and on a phone.
WIDE, NARROW = 50, 25
_SHAPES: dict[Shape, str] = {
    "circle": f'<circle cx="{MIDDLE:g}" cy="{MIDDLE:g}" r="{RADIUS}" class="sign {{look}}"/>',
    "diamond": f'<path d="M{MIDDLE:g} .6L11.4 {MIDDLE:g}L{MIDDLE:g} 11.4L.6 {MIDDLE:g}Z" class="sign {{look}}"/>',
}
# What is drawn in a sign besides its fill, so that no two looks differ by colour alone.
_MARKS: dict[Look, str] = {
    "sky": f'<circle cx="{MIDDLE:g}" cy="{MIDDLE:g}" r="1.4" class="mark spot"/>',
    "green": '<path d="M3 6H9" class="mark"/>',
    "violet": '<path d="M6 3V9" class="mark"/>',
    "yellow": '<path d="M3.8 8.2L8.2 3.8" class="mark"/>',
    "plus": '<path d="M6 3.4V8.6M3.4 6H8.6" class="mark"/>',
    "falling": '<path d="M3.8 3.8L8.2 8.2" class="mark"/>',
    "cross": '<path d="M4 4L8 8M8 4L4 8" class="mark"/>',
}


def sign(shape: Shape, look: Look) -> str:
    """One sign in a cell of its own."""
    return _SHAPES[shape].format(look=look) + _MARKS.get(look, "")


def legend(shape: Shape, look: Look) -> str:
    """One sign as a picture that only decorates the words beside it."""
    return f'<svg class="key" viewBox="0 0 {CELL} {CELL}" width="16" height="16" aria-hidden="true">{sign(shape, look)}</svg>'


def array(groups: Sequence[IconGroup], across: int, name: str, words: str) -> str:
    """The signs of all *groups* one after the other, *across* in a row; *name* makes the ids, *words* say what is seen."""
    patterns, cells, at = [], [], 0
    for i, group in enumerate(group for group in groups if group.count):
        patterns.append(
            f'<pattern id="{name}-{i}" width="{CELL}" height="{CELL}" patternUnits="userSpaceOnUse">'
            f"{sign(group.shape, group.look)}</pattern>"
        )
        for x, y, width, height in runs(at, group.count, across):
            box = f'x="{x * CELL}" y="{y * CELL}" width="{width * CELL}" height="{height * CELL}"'
            cells.append(f'<rect {box} fill="url(#{name}-{i})"/>')
        at += group.count
    rows = -(-at // across)
    size = f'viewBox="0 0 {across * CELL} {rows * CELL}" width="{across * CELL}" height="{rows * CELL}"'
    spoken = f'role="img" aria-label="{escape(plain(words))}"' if words else 'aria-hidden="true"'
    return f'<svg class="icons" {size} {spoken}><defs>{"".join(patterns)}</defs>{"".join(cells)}</svg>'


def dots(row: DotRow, across: int, name: str) -> str:
    """The dots of one row of campaigns; the count beside them says the same."""
    group = IconGroup(row.label, row.count, "circle", "dark" if row.filled else "ring")
    return array([group], across, name, "")


def runs(first: int, count: int, across: int) -> Iterator[tuple[int, int, int, int]]:
    """The cells from *first* on as rectangles (column, row, columns, rows): what is left of a row, whole rows, the rest."""
    at, end = first, first + count
    while at < end:
        column, row = at % across, at // across
        if column or end - at < across:
            width = min(across - column, end - at)
            yield column, row, width, 1
            at += width
        else:
            rows = (end - at) // across
            yield 0, row, across, rows
            at += rows * across


__all__ = ["NARROW", "WIDE", "array", "dots", "legend", "runs", "sign"]
