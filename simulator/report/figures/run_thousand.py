"""A thousand alerts as a picture to share: who was alerted on, what officers did, and how many faces it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.evidence.numbers import number, plainly, whole
from simulator.evidence.run.found import RunFound
from simulator.evidence.run.pictures import RunPictures
from simulator.evidence.run.thousand import ICONS, Category
from simulator.report.figures import phrases, style
from simulator.report.figures.alert_cells import ACROSS, blocks, draw_cells, heading, most_cells
from simulator.report.figures.card import Card, card, fitted, source
from simulator.report.run.meaning import OF_SIMULATION, lies, per_so_many
from simulator.report.said import list_size, threshold
from simulator.report.screen import NOTE, WHOSE

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

NAME = "thousand"
TITLE_SIZES = (17.0, 15.0, 13.0, 11.5)
HEADING = 1.65  # cells
COLUMN_IN, COUNT_IN, MOST_ROW_IN = 0.3, 0.72, 0.215
SHAPES = {True: "Diamonds: the wrong person", False: "Circles: the right person"}


def draw(found: RunFound, data: RunPictures) -> Figure:
    """A thousand cells of one size, wrong people set apart, and a count beside every group: 1,200 x 675 pixels."""
    with style.styled():
        return _draw(found, data)


def headline(found: RunFound, data: RunPictures) -> str:
    """How many of the thousand are wrong people, and how many of these are stopped, in the numbers of the picture."""
    false = [item for item in data.thousand if item.false]
    wrong, stopped = sum(i.icons for i in false), sum(i.icons for i in false if i.did in ("arrested", "let_go"))
    if not any(item.icons for item in data.thousand):
        because = phrases.never(found, data, "alerts", 0)
        return f"No alert in {phrases.campaigns(found)}" + (
            f": {because}" if because else ", which is no evidence of zero"
        )
    begin = (
        "Extrapolated: of 1,000 alerts in this simulation"
        if found.extrapolated
        else "Of 1,000 alerts in this simulation"
    )
    if not wrong:
        few = any(item.total for item in false)
        return f"{begin} {'fewer than 1 is' if few else 'none seen was'} of the wrong person"
    be, these = ("is", "that person is") if wrong == 1 else ("are", f"{whole(stopped)} of these {_be(stopped)}")
    if not stopped:
        return f"{begin} {wrong} {be} of the wrong person; none of these is stopped"
    return f"{begin} {wrong} {be} of the wrong person; {these} stopped"


def _be(n: int) -> str:
    return "is" if n == 1 else "are"


def takes(data: RunPictures) -> str:
    """How many faces it takes to raise the thousand alerts, and how many such pictures the rest of them would fill."""
    if data.faces_per_alert is None:
        return ""
    faces, more = ICONS * data.faces_per_alert, data.faces_per_alert - 1
    counted = f"{float(f'{faces / 1e6:.3g}'):,g} million" if faces >= 1e6 else number(faces)
    pictures = (
        f"faces without an alert would fill {whole(more) if more >= 1 else number(max(more, 0.0))} more such pictures"
    )
    return f"It takes {counted} faces to raise these 1,000 alerts; {pictures}."


def _draw(found: RunFound, data: RunPictures) -> Figure:
    about = found.scenario
    made = card(
        about.title,
        f"Threshold {threshold(about)}, watchlist of {list_size(about)}. Shares of all simulated alerts, inputs at "
        "their best values.",
        phrases.label(found),
        NOTE,
        source(found),
    )
    page, width = made.page, made.page.width
    title, size = fitted(headline(found, data), width, style.height_of("x", TITLE_SIZES[0]), TITLE_SIZES, bold=True)
    page.text(0, made.top, title, size, fontweight="bold")
    top = made.top + style.height_of("x", TITLE_SIZES[0]) + 0.06
    room = made.bottom - top
    cell = room / most_cells(HEADING)
    drawn, _ = blocks(data.thousand, HEADING)
    axes = page.axes(0, 0, width, made.bottom, xlim=(0, width), ylim=(made.bottom, 0))
    axes.axis("off")
    if any(item.icons for item in data.thousand):
        for block in drawn:
            places = [(x * cell, top + y * cell) for x, y in block.places]
            draw_cells(axes, places, block.drawn, cell)
            page.text(0, top + block.top * cell, heading(block.false, len(block.drawn)), style.BODY, fontweight="bold")
    _legend(made, axes, found, data, ACROSS * cell + COLUMN_IN, top, cell)
    return page.figure


def _legend(made: Card, axes: Axes, found: RunFound, data: RunPictures, left: float, top: float, cell: float) -> None:
    """A row for every group, under its shape; below, what it takes and what unknown inputs do to it."""
    width = made.page.width - left
    below = [text for text in (takes(data), _range(found)) if text]
    lines = [style.wrapped(text, width, style.SMALL, bold=True) for text in below]
    below_in = sum(style.height_of(text, style.SMALL) + 0.07 for text in lines)
    rows: list[Category | str] = []
    for false in (True, False):
        rows += [SHAPES[false], *(item for item in data.thousand if item.false == false)]
    row_in = min((made.bottom - top - below_in - 0.05) / (len(rows) + 0.5), MOST_ROW_IN)
    size = style.SMALL if row_in > 0.16 else style.TINY - 0.5 if row_in < 0.135 else style.TINY
    y = top
    for i, row in enumerate(rows):
        if isinstance(row, str):
            y += row_in * 0.5 * (i > 0)
            made.page.text(left, y, row, min(size + 0.5, style.BODY), fontweight="bold")
        else:
            draw_cells(axes, [(left + cell / 2, y + row_in * 0.42)], [row], cell)
            at = y + row_in * 0.42
            count = whole(row.icons) if row.icons else "<1" if row.total else "none"
            made.page.text(left + COUNT_IN, at, count, size, ha="right", va="center_baseline", fontweight="bold")
            made.page.text(left + COUNT_IN + 0.08, at, row.words, size, va="center_baseline")
        y += row_in
    y = made.bottom - below_in
    for text in lines:
        made.page.text(left, y, text, style.SMALL, fontweight="bold")
        y += style.height_of(text, style.SMALL) + 0.07


def _range(found: RunFound) -> str:
    """Wrongful stops per thousand alerts, with unknown inputs where any is, and where that may lie."""
    rate = None if "alert" in found.scenario.no_rates_per else per_so_many(found, "alert")
    if rate is None or not (told := lies(rate[1])):
        return ""
    average, other = rate[0], found.other_preset
    begin, of = ("With unknown inputs the", "") if found.varied else ("The", f", {OF_SIMULATION}")
    said = f"{begin} wrong person is stopped {plainly(average)} times per 1,000 alerts ({told}{of})"
    if other is None or not other.disagrees:
        return f"{said}."
    theirs = plainly(average * other.at("alert", found.varied))
    return f"{said} by {WHOSE[found.scenario.preset or '']}; by {WHOSE[other.preset]} {theirs}."


__all__ = ["NAME", "draw", "headline", "takes"]
