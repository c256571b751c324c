"""The headline of a run as a picture to share: the sentence, and the same stops out of two totals in boxes of equal size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.evidence.numbers import counted, plainly
from simulator.evidence.run.found import RunFound
from simulator.report.figures import phrases, style
from simulator.report.figures.card import Card, card, fitted, shortened, source
from simulator.report.run.meaning import OF_SIMULATION, PER, lies, meaning, per_so_many
from simulator.report.run.screen import recorded
from simulator.report.said import list_size, threshold
from simulator.report.screen import NOTE, WHOSE

if TYPE_CHECKING:
    from matplotlib.figure import Figure

NAME = "headline"
UNITS = ("face", "alert")
BOX_IN, GAP_IN, PAD_IN = 1.5, 0.2, 0.18
SIZES, MORE_SIZES = (23.0, 20.0, 18.0, 16.0, 14.0, 12.5), (11.5, style.BODY, 9.0)
FIGURE, FIGURE_OF_TWO, TITLE = 36.0, 29.0, 11.0
WHAT = "Stops of the wrong person"
NOT_KNOWN = "not known here"
OUT_OF_TWO = "The same stops out of two totals: quote both."


@dataclass(frozen=True)
class Said:
    """One number of a box, by *whose* error rates, and where it may lie."""

    average: float
    whose: str
    lies: str


def said(found: RunFound, unit: str) -> list[Said]:
    """Wrongful stops per so many of *unit*: by the scenario's error rates, and by the other ones where they disagree."""
    rate = None if unit in found.scenario.no_rates_per else per_so_many(found, unit)
    if rate is None:
        return []
    average, ends = rate
    whose = WHOSE.get(found.scenario.preset or "", "the scenario's own error rates")
    mine = Said(average, f"by {whose}", f"may lie from {told}" if (told := lies(ends)) else "")
    other = found.other_preset
    if other is None or not other.disagrees:
        return [mine]
    theirs = Said(average * other.at(unit, found.varied), f"by {WHOSE[other.preset]}", "range not simulated")
    return sorted([mine, theirs], key=lambda each: each.average)


def draw(found: RunFound) -> Figure:
    """The sentence with its range, two boxes of equal size, and what is recorded beside them: 1,200 x 675 pixels."""
    with style.styled():
        return _draw(found)


def _draw(found: RunFound) -> Figure:
    about = found.scenario
    made = card(
        about.title,
        f"Threshold {threshold(about)}, watchlist of {list_size(about)}. "
        f"Averages of {counted(found.run.replications, about.unit)}; "
        f"ranges {'as the inputs vary' if found.varied else f'are the {OF_SIMULATION}'}.",
        phrases.label(found),
        NOTE,
        source(found),
    )
    page, width = made.page, made.page.width
    elsewhere = " ".join(f"{line.label}: {line.text}" for line in recorded(found))
    below = shortened(elsewhere, width, 2, style.SMALL, True) if elsewhere else ""
    below_in = style.height_of(below, style.SMALL) + 0.08 * bool(below)
    boxes = made.bottom - below_in - BOX_IN - style.height_of("x", style.SMALL) - 0.06
    first, *more = meaning(found, alone=True)
    room = boxes - made.top - 0.12
    rest = " ".join(more)
    rest_in = style.height_of(style.wrapped(rest, width, MORE_SIZES[1]), MORE_SIZES[1]) if rest else 0.0
    text, size = fitted(first, width, room - rest_in - 0.06, SIZES, bold=True)
    page.text(0, made.top, text, size, fontweight="bold")
    if rest:
        top = made.top + style.height_of(text, size) + 0.06
        text, size = fitted(rest, width, boxes - 0.06 - top, MORE_SIZES)
        page.text(0, top, text, size)
    each = (width - GAP_IN) / len(UNITS)
    for i, unit in enumerate(UNITS):
        _box(made, found, unit, i * (each + GAP_IN), boxes, each)
    page.text(0, boxes + BOX_IN + 0.05, OUT_OF_TWO, style.SMALL)
    if below:
        page.text(0, made.bottom - below_in + 0.06, below, style.SMALL, fontweight="bold")
    return page.figure


def _box(made: Card, found: RunFound, unit: str, left: float, top: float, width: float) -> None:
    """One denominator: a frame, what it is per, and one number or two beside each other."""
    from matplotlib.patches import Rectangle

    axes = made.page.axes(left, top, width, BOX_IN, xlim=(0, width), ylim=(BOX_IN, 0))
    axes.axis("off")
    axes.add_patch(Rectangle((0, 0), width, BOX_IN, fill=False, edgecolor=style.INK, linewidth=3, clip_on=False))
    left, top, room = left + PAD_IN, top + 0.1, width - 2 * PAD_IN
    what, size = fitted(f"{WHAT} per {PER[unit][1]}", room, style.height_of("x", TITLE), (TITLE, 9.5), bold=True)
    made.page.text(left, top, what, size, fontweight="bold")
    top += style.height_of("x", TITLE) + 0.02
    all_said = said(found, unit)
    if not all_said:
        made.page.text(left, top + 0.2, style.wrapped(_no_number(found, unit), room, style.BODY), style.BODY)
        return
    each = (width - PAD_IN) / len(all_said)
    for i, one in enumerate(all_said):
        x = left + i * each
        biggest = FIGURE if len(all_said) == 1 else FIGURE_OF_TWO
        text, size = fitted(
            plainly(one.average), each - PAD_IN, style.height_of("x", biggest), (biggest, 24.0, 20.0, 16.0), bold=True
        )
        made.page.text(x, top, text, size, fontweight="bold", linespacing=1.0)
        y = top + style.height_of("x", biggest) * 0.86
        for line in filter(None, (one.lies, one.whose)):
            text, size = fitted(line, each - PAD_IN, style.height_of("x", style.BODY), (style.BODY, style.SMALL, 7.0))
            made.page.text(x, y, text, size)
            y += style.height_of("x", style.BODY)


def _no_number(found: RunFound, unit: str) -> str:
    """Why there is no number per *unit*."""
    wrong = found.measures["wrongful_stops"]
    if wrong.closed_form == 0 and not wrong.with_ignorance.closed_form:
        return "none: with these inputs that cannot happen"
    return NOT_KNOWN if unit in found.scenario.no_rates_per else found.rates["wrongful_stops"][unit].basis


__all__ = ["NAME", "draw", "said"]
