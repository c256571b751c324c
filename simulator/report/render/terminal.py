"""A page on a terminal: lines of at most so many characters, and never a cut number."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING

from simulator.report.page import (
    Beside,
    Block,
    Bullets,
    Details,
    Entry,
    Figure,
    Gap,
    Heading,
    Line,
    Masthead,
    Page,
    Scale,
    Table,
)
from simulator.report.pictured import PICTURED
from simulator.report.render.plain import cell, plain, wrapped
from simulator.report.render.scale import drawn
from simulator.report.render.spoken import spoken
from simulator.report.render.tables import as_list, fitted, laid_out

if TYPE_CHECKING:
    from rich.console import Console

WIDTH_WITHOUT_TERMINAL = 124
NARROWEST = 20
BULLET = "  - "
# A page to be read at a glance is no wider; below the second, what stands beside each other stands below.
WIDEST, NARROWEST_PAIR, BETWEEN = 100, 92, 3


@dataclass(frozen=True)
class Row:
    """One line of output, its first *bold* characters in bold."""

    text: str
    bold: int = 0


BLANK = Row("")


def new_console(stderr: bool = False) -> Console:
    """Build a console for this moment: the width of the terminal, or a fixed one where there is none."""
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() or "COLUMNS" in os.environ else WIDTH_WITHOUT_TERMINAL
    return Console(file=stream, width=width, highlight=False)


def show(page: Page, details: bool = False, console: Console | None = None) -> None:
    """Print *page* on standard output, or on another *console*; with *details* also what stands behind them."""
    from rich.text import Text

    console = console or new_console()
    for row in rows_of(page, console.width, details):
        text = Text(row.text)
        text.stylize("bold", 0, row.bold)
        # a word longer than the line is left to the terminal: half of it could be read as another
        console.print(text, soft_wrap=True)


def text_of(page: Page, width: int = WIDTH_WITHOUT_TERMINAL, details: bool = False) -> str:
    """What a terminal of so many columns shows of *page*, without colours."""
    return "\n".join(row.text.rstrip() for row in rows_of(page, width, details)) + "\n"


def rows_of(page: Page, width: int, details: bool = False) -> Iterator[Row]:
    """The lines of *page*, at most one blank line between any two, none at either end."""
    width, blank, begun = max(width, NARROWEST), False, False
    for row in _laid(page, width, details):
        if not row.text.strip():
            blank = begun
            continue
        if blank:
            yield BLANK
        yield row
        blank, begun = False, True


def _laid(page: Page, width: int, details: bool) -> Iterator[Row]:
    """The lines of *page*; entries that follow each other stand beside labels of one width."""
    for _, group in groupby(_in_words(page), type):
        blocks = list(group)
        room = max(len(cell(block.label)) if isinstance(block, Entry) else 0 for block in blocks)
        for block in blocks:
            yield from _rows(block, width, details, room)


def _in_words(page: Page) -> Iterator[Block]:
    """The blocks of *page*, with what only a picture shows said in words."""
    for block in page:
        yield from spoken(block) if isinstance(block, PICTURED) else [block]


def _rows(block: Block, width: int, details: bool, room: int) -> Iterator[Row]:
    match block:
        case Masthead():
            yield from _masthead(block, width)
        case Line():
            yield from _line(block, width)
        case Heading():
            yield BLANK
            yield from _wrapped(plain(block.text), width, strong=True)
        case Gap():
            yield BLANK
        case Bullets():
            for item in block.items:
                yield from _wrapped(plain(item), width, BULLET)
        case Entry():
            yield from _entry(block, width, room)
        case Table():
            yield BLANK
            yield from _table(block, width)
            yield BLANK
        case Scale():
            picture = drawn(block, width)
            if picture:
                yield BLANK
                yield from _wrapped(plain(block.title), width)
                yield from (Row(text) for text in picture)
                yield BLANK
        case Figure():
            yield from _wrapped(plain(block.words), width)
        case Beside():
            yield from _beside(block, min(width, WIDEST), details)
        case Details():
            if details:
                yield BLANK
                yield from _wrapped(plain(block.title), width, strong=True)
                yield from _laid(block.blocks, width, details)


def _line(line: Line, width: int, lead: str = "") -> Iterator[Row]:
    label = f"{plain(line.label)}: " if line.label else ""
    rows = _wrapped(label + plain(line.text), width, lead, line.strong)
    for i, row in enumerate(rows):
        yield Row(row.text, len(lead) + len(label)) if label and i == 0 and not line.strong else row


def _masthead(block: Masthead, width: int) -> Iterator[Row]:
    """Title and tag on one line where there is room."""
    title, tag, width = plain(block.title), plain(block.tag).upper(), min(width, WIDEST)
    if len(title) + len(tag) + BETWEEN <= width:
        line = f"{title}{tag:>{width - len(title)}}"
        yield Row(line, len(line))
    else:
        yield from _wrapped(title, width, strong=True)
        yield Row(tag, len(tag))


def _beside(block: Beside, width: int, details: bool) -> Iterator[Row]:
    """Both groups line by line beside each other, or one below the other."""
    if width < NARROWEST_PAIR:
        yield from (*_laid(block.left, width, details), BLANK, *_laid(block.right, width, details))
        return
    room = round((width - BETWEEN) * block.share)
    left, right = list(rows_of(block.left, room, details)), list(rows_of(block.right, width - BETWEEN - room, details))
    for one, other in zip_longest(left, right, fillvalue=BLANK):
        # a line is bold from its beginning: both sides, or what stands on the left
        bold = room + BETWEEN + other.bold if one.bold and other.bold else one.bold
        yield Row(f"{one.text:<{room + BETWEEN}}{other.text}", bold)


def _entry(entry: Entry, width: int, room: int) -> Iterator[Row]:
    """The label in its *room* beside the first line, all others below it; above them where they would have too little."""
    label = f"{cell(entry.label):<{room}}"
    if room > width // 3:
        yield from _wrapped(label.rstrip(), width)
        label = "  "
    for i, line in enumerate(entry.lines):
        lead = f"{label}  " if i == 0 else " " * (len(label) + 2)
        yield from _line(line, width, lead)


def _wrapped(text: str, width: int, lead: str = "", strong: bool = False) -> Iterator[Row]:
    """*text* in lines that hang beside *lead*; words and what belongs to a number stay whole."""
    room = max(width - len(lead), NARROWEST)
    for i, line in enumerate(wrapped(text, room)):
        row = f"{lead if i == 0 else ' ' * len(lead)}{line}"
        yield Row(row, len(row) if strong else 0)


def _table(table: Table, width: int) -> Iterator[Row]:
    """The table as far as it fits, the notes on what is left of it under it; a list where it does not fit at all."""
    fits = fitted(table, width)
    if table.title:
        yield from _wrapped(plain(table.title), width, strong=True)
    if fits is None:
        for item in as_list(table):
            indent = " " * (len(item) - len(item.lstrip(" ")))
            yield from _wrapped(plain(item), width, indent + BULLET)
        notes, room = table.notes, width
    else:
        lines = laid_out(fits, width)
        if table.title:
            yield BLANK
        yield from (Row(line, len(line) if i == 0 else 0) for i, line in enumerate(lines))
        notes, room = fits.notes, min(width, max(len(lines[1]), 80))
    if notes:
        yield BLANK
        yield from _wrapped(" ".join(plain(note.text) for note in notes), room)


__all__ = ["new_console", "rows_of", "show", "text_of"]
