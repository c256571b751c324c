"""A page: what an answer says, as a list of a few kinds of block that know neither width nor markup.

Pages are made by plain functions of what was found, and shown by the renderers in ``report/render``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from simulator.report.pictured import Pictured

# At the end of a cell: nothing is on record there. Where cells can be hatched they are.
BEYOND = "°"


@dataclass(frozen=True)
class Line:
    """A paragraph of *text*, after a *label* where it has one ("Caution"); *strong* is what a reader must not miss."""

    text: str
    label: str = ""
    strong: bool = False


@dataclass(frozen=True)
class Heading:
    """The title of what follows it; an Entry with the same *name* leads there."""

    text: str
    name: str = ""


@dataclass(frozen=True)
class Gap:
    """The end of a group of lines."""


@dataclass(frozen=True)
class Bullets:
    """A list of *items*, each a sentence or a few."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Entry:
    """What belongs to one *label*: a claim's name, and under it some *lines*; *to* is the name of the heading with the rest."""

    label: str
    lines: tuple[Line, ...]
    to: str = ""


@dataclass(frozen=True)
class Note:
    """A sentence under a table; *of* are the columns that it explains, all of it if there are none."""

    text: str
    of: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """Cells as they are read, the first column on the left and numbers on the right.

    *spare* columns may be left out where there is little room, the first named first, and with them the *notes* that explain
    nothing else. Cells of columns in *prose* are sentences: they stand on the left and may run over several lines, as no
    other cell may. Columns that may be left out, and those of prose, have names of their own.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    spare: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    prose: tuple[str, ...] = ()

    def without(self, name: str) -> Table:
        """The same table without the column *name*, and without notes on nothing but it."""
        at = self.columns.index(name)
        left = self.columns[:at] + self.columns[at + 1 :]
        rows = tuple(row[:at] + row[at + 1 :] for row in self.rows)
        notes = tuple(note for note in self.notes if not note.of or set(note.of) & set(left))
        return Table(self.title, left, rows, self.spare, notes, self.prose)


@dataclass(frozen=True)
class Figure:
    """The figure in the file *name* (without ending), and *words* that say the same to who cannot see it."""

    name: str
    words: str


@dataclass(frozen=True)
class Bar:
    """A rate with its interval under a *label*; a *point* of 0 has no mark and a *low* of 0 is open to the left.

    *words* say the same, where there is room. *claimed*: what a claim says, not what was counted. *limit*: what is claimed or
    asked for, at most so much.
    """

    label: str
    point: float
    low: float
    high: float
    words: str = ""
    claimed: bool = False
    limit: float | None = None


@dataclass(frozen=True)
class Scale:
    """Rates on one logarithmic scale, from rare to frequent, under a *title*."""

    title: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Masthead:
    """The *title* of a page, and what kind of numbers are on it: the *tag* ("simulated, not observed")."""

    title: str
    tag: str


@dataclass(frozen=True)
class Beside:
    """Two groups of blocks that are read beside each other, where there is room; the left one has this *share* of it."""

    left: tuple[Block, ...]
    right: tuple[Block, ...]
    share: float = 0.5


@dataclass(frozen=True)
class Details:
    """What only some readers want: under *title*, behind the rest."""

    title: str
    blocks: tuple[Block, ...]


Block: TypeAlias = (
    Masthead | Line | Heading | Gap | Bullets | Entry | Table | Figure | Scale | Beside | Details | Pictured
)
Page: TypeAlias = Sequence[Block]


def table(
    title: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[str]],
    spare: Sequence[str] = (),
    notes: Iterable[Note | str] = (),
    prose: Sequence[str] = (),
) -> Table:
    """A table from any sequences; a note that is only text explains the whole table."""
    noted = tuple(Note(note) if isinstance(note, str) else note for note in notes)
    return Table(title, tuple(columns), tuple(tuple(row) for row in rows), tuple(spare), noted, tuple(prose))


def walk(page: Page) -> Iterator[Block]:
    """Every block of *page*, those behind details too."""
    for block in page:
        yield block
        if isinstance(block, Details):
            yield from walk(block.blocks)
        elif isinstance(block, Beside):
            yield from walk((*block.left, *block.right))


__all__ = [
    "BEYOND", "Bar", "Beside", "Block", "Bullets", "Details", "Entry", "Figure", "Gap", "Heading", "Line", "Masthead", "Note",
    "Page", "Scale", "Table", "table", "walk",
]  # fmt: skip
