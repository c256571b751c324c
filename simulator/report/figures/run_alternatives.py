"""What named alternatives multiply one average each by, on one logarithmic scale: the tornado of doubts that are no interval."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.evidence.numbers import number
from simulator.evidence.run.alternatives import AlternativeFound
from simulator.evidence.run.found import RunFound
from simulator.evidence.run.pictures import RunPictures
from simulator.report.figures import phrases, style
from simulator.report.run.alternatives import RULE, times

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

NAME = "alternatives"
UP, DOWN = style.ORANGE, style.SKY
PALE = {UP: "#FBE8C2", DOWN: "#D5ECFA"}
ROW_IN, HEAD_IN, AXIS_IN, LABELS_IN, GAP_IN = 0.56, 0.3, 0.62, 3.9, 0.08
# Factors are shown from here to here at least, so that small ones look small.
LEAST, MOST = 0.5, 2.0
# Marks of a wide axis, and those between them of a narrower one.
TENS, BETWEEN, WIDE = (0.001, 0.01, 0.1, 1.0, 10.0, 100.0, 1000.0), (0.2, 0.5, 2.0, 5.0), 100.0


def headline(found: RunFound) -> str:
    """The finding: the alternative that moves its average most."""
    largest = found.alternatives[0]
    effect = f"{largest.words} {times(largest)}"
    if largest.from_none and largest.with_it:
        effect = f"{number(largest.with_it)} {largest.words} instead of none"
    return f"Outside all ranges: if {largest.name}, then {effect}"


def draw(found: RunFound, _: RunPictures) -> Figure:
    """One bar for each alternative of *found*, from 1 to its factor, with the interval of the simulation."""
    with style.styled():
        return _draw(found)


def _draw(found: RunFound) -> Figure:
    items, height = found.alternatives, ROW_IN * len(found.alternatives)
    vague = (
        "" if all(item.known for item in items) else " Pale: the simulation does not know it within a factor of 1.25."
    )
    page = style.page(
        headline(found),
        f"What the average of a {found.scenario.unit} would be multiplied by if something else holds, one alternative at a time, "
        f"all inputs at their best values. Orange: more; light blue: less; black lines: 95 % of the simulation.{vague}",
        phrases.label(found),
        [*phrases.footer(found, wrongful=any("wrongful" in item.measure for item in items)), RULE],
        HEAD_IN + height + AXIS_IN,
    )
    axes = page.axes(LABELS_IN, HEAD_IN, page.width - LABELS_IN, height)
    _scale(axes, items)
    for row, item in enumerate(items):
        top = HEAD_IN + ROW_IN * row
        name = style.wrapped(item.name, LABELS_IN - 0.15, style.SMALL).split("\n")
        page.text(0, top + 0.06, "\n".join(name[:2]), style.SMALL)
        page.text(0, top + (0.22 if len(name) == 1 else 0.36), item.words, style.TINY, color=style.QUIET)
        _bar(axes, row, item)
    axes.axvline(1.0, color=style.INK, linewidth=1.0)
    axes.set_xlabel("times the average of the scenario", fontsize=style.SMALL)
    return page.figure


def _scale(axes: Axes, items: tuple[AlternativeFound, ...]) -> None:
    """A logarithmic axis around 1 with room for what is written at the bars."""
    values = [end for item in items if item.factor for end in (item.factor, *(item.factor_95 or ())) if end > 0]
    low, high = min([LEAST, *values]), max([MOST, *values])
    room = (high / low) ** 0.22
    axes.set_xscale("log")
    axes.set_xlim(low / room, high * room)
    axes.set_ylim(len(items) - 0.5, -0.5)
    axes.set_yticks([])
    ticks = (*TENS, *BETWEEN) if high / low < WIDE else TENS
    shown = sorted(tick for tick in ticks if low / room <= tick <= high * room)
    axes.set_xticks(shown, [f"×{number(tick)}" for tick in shown])
    axes.minorticks_off()
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x", color=style.PALE, linewidth=0.8)
    axes.set_axisbelow(True)


def _bar(axes: Axes, row: int, item: AlternativeFound) -> None:
    """The bar of a factor with its interval, to the end of the axis for 0; words where there is no factor."""
    if item.factor is None:
        said = f"{number(item.with_it)} instead of 0: no multiple" if item.from_none and item.with_it else "no factor"
        return _mark(axes, row, 1.0, said, 1)
    left, ends = axes.get_xlim()[0], item.factor_95 or (item.factor, item.factor)
    low, end, high = (max(x, left) for x in (ends[0], item.factor, ends[1]))
    colour = UP if item.factor > 1 else DOWN
    axes.barh(row, end - 1.0, 0.5, left=1.0, color=colour if item.known else PALE[colour])
    if high > low:
        axes.plot([low, high], [row, row], color=style.INK, linewidth=1.2)
    # to the right where nothing is left to the left
    right = item.factor > 1 or low == left
    return _mark(axes, row, max(high, 1.0) if right else low, times(item), 1 if right else -1)


def _mark(axes: Axes, row: int, x: float, text: str, side: int) -> None:
    axes.annotate(
        text,
        (x, row),
        (side * GAP_IN * style.POINTS_PER_IN, 0),
        textcoords="offset points",
        ha="left" if side > 0 else "right",
        va="center",
        fontsize=style.SMALL,
    )


__all__ = ["NAME", "draw", "headline"]
