"""Words that must not lie on one another: free places for labels in a chart, and a key that flows over lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from simulator.report.figures import style

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Box = tuple[float, float, float, float]
Draw = Callable[["Axes", float, float], None]
# Directions in which a label may stand beside its point, best first.
BESIDE = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (1, -1), (-1, 1), (-1, -1))
# The same for points of a line that runs from left to right.
ABOVE = ((0, 1), (0, -1), (1, 1), (-1, -1), (-1, 1), (1, -1), (1, 0), (-1, 0))
KEY_LINE_IN, SYMBOL_IN, AFTER_IN = 0.24, 0.34, 0.28


@dataclass
class Room:
    """The room of one chart in inches from its lower left corner, and the boxes (left, bottom, right, top) taken."""

    width: float
    height: float
    taken: list[Box] = field(default_factory=list)

    @classmethod
    def of(cls, axes: Axes) -> Room:
        """All of *axes*, empty."""
        return cls(axes.bbox.width / axes.figure.dpi, axes.bbox.height / axes.figure.dpi)

    def free(self, box: Box, gap: float = 0.02) -> bool:
        """Whether *box* is inside and keeps its distance from all that are taken."""
        left, bottom, right, top = box
        if left < gap or bottom < gap or right > self.width - gap or top > self.height - gap:
            return False
        return all(
            right + gap <= its[0] or its[2] + gap <= left or top + gap <= its[1] or its[3] + gap <= bottom
            for its in self.taken
        )

    def take(self, box: Box) -> None:
        """Keep others out of *box*."""
        self.taken.append(box)

    def take_line(self, start: tuple[float, float], end: tuple[float, float], half: float = 0.02) -> None:
        """Keep others off the straight line from *start* to *end*."""
        steps = max(int(max(abs(end[0] - start[0]), abs(end[1] - start[1])) / 0.06), 1)
        for i in range(steps + 1):
            x, y = (a + (b - a) * i / steps for a, b in zip(start, end, strict=True))
            self.take((x - half, y - half, x + half, y + half))

    def first_free(
        self, centres: Iterable[tuple[float, float]], width: float, height: float, within: Box | None = None
    ) -> int | None:
        """Index of the first of *centres* around which a box of *width* x *height* is free; the box is then taken.

        With *within* the box must lie in that one.
        """
        for index, (x, y) in enumerate(centres):
            box = (x - width / 2, y - height / 2, x + width / 2, y + height / 2)
            if within and (box[0] < within[0] or box[1] < within[1] or box[2] > within[2] or box[3] > within[3]):
                continue
            if self.free(box):
                self.take(box)
                return index
        return None


def inches(axes: Axes, x: float, y: float) -> tuple[float, float]:
    """Where the data point lies, in inches from the lower left corner of *axes*."""
    at = axes.transData.transform((x, y))
    return float(at[0] - axes.bbox.x0) / axes.figure.dpi, float(at[1] - axes.bbox.y0) / axes.figure.dpi


def size_of(text: str, size: float, bold: bool = False) -> tuple[float, float]:
    """Width and height of *text* in inches, with a little air."""
    lines = text.split("\n")
    return max(style.width_of(line, size, bold) for line in lines) / style.HINTED + 0.04, style.height_of(text, size)


def beside(
    axes: Axes,
    room: Room,
    at: tuple[float, float],
    text: str,
    size: float,
    away: float,
    force: bool = False,
    ways: Sequence[tuple[int, int]] = BESIDE,
    **look: Any,
) -> bool:
    """Write *text* beside the data point *at*, *away* inches from it in one of the *ways*, where there is room.

    With *force* it is written anyhow. Returns whether it was.
    """
    x, y = inches(axes, *at)
    width, height = size_of(text, size, look.get("fontweight") == "bold")
    places = [
        (
            x + dx * (away / (1.4 if dx and dy else 1) + width / 2),
            y + dy * (away / (1.4 if dx and dy else 1) + height / 2),
        )
        for dx, dy in ways
    ]
    found = room.first_free(places, width, height)
    if found is None:
        inside = [p for p in places if width / 2 < p[0] < room.width - width / 2]
        if not (force and inside):
            return False
        places, found = inside, 0
    axes.annotate(
        text,
        ((places[found][0]) / room.width, places[found][1] / room.height),
        xycoords="axes fraction",
        ha="center",
        va="center",
        fontsize=size,
        linespacing=style.LINE_SPACING,
        **look,
    )
    return True


@dataclass(frozen=True)
class Key:
    """One entry of a key: what *draw* paints around a point of inch axes, and its *text*."""

    text: str
    draw: Draw


def key_lines(keys: Sequence[Key], width: float) -> list[list[Key]]:
    """The entries in as many lines of at most *width* inches as they need."""
    lines: list[list[Key]] = []
    left = 0.0
    for key in keys:
        needed = SYMBOL_IN + style.width_of(key.text, style.SMALL) / style.HINTED
        if not lines or left + needed > width:
            lines.append([])
            left = 0.0
        lines[-1].append(key)
        left += needed + AFTER_IN
    return lines


def key_height(keys: Sequence[Key], width: float) -> float:
    """How high the key is, inches."""
    return KEY_LINE_IN * len(key_lines(keys, width))


def draw_key(page: style.Page, left: float, top: float, keys: Sequence[Key], width: float) -> None:
    """Draw the key with its top left corner at *left*, *top* inches of the *page*."""
    height = key_height(keys, width)
    if not height:
        return
    axes = page.axes(left, top, width, height, xlim=(0, width), ylim=(height, 0))
    axes.axis("off")
    for i, line in enumerate(key_lines(keys, width)):
        x, y = 0.0, (i + 0.5) * KEY_LINE_IN
        for key in line:
            key.draw(axes, x + 0.13, y)
            axes.text(x + SYMBOL_IN, y, key.text, fontsize=style.SMALL, va="center_baseline", ha="left")
            x += SYMBOL_IN + style.width_of(key.text, style.SMALL) / style.HINTED + AFTER_IN
