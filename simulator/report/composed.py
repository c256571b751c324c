"""What the reports of all commands have alike: the answer, then pictures, then how sure, then workings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from simulator.report.document import Answer, Document, Section, section
from simulator.report.page import Beside, Block, Details, Entry, Figure, Line, Masthead, Page, Table
from simulator.report.pages import page_of
from simulator.report.pictured import Boxes, Meaning, Quote
from simulator.report.workings import made, workings

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Drawing

SURE = "How sure"
# A table of about so many characters a line has room beside short lines.
NARROW, PAD, SHARE = 84, 2, 0.6


def composed(
    answer: Answer,
    shown: Iterable[Section],
    sure: Iterable[Block],
    pictures: Mapping[str, bytes] | None = None,
    front: Iterable[Block] | None = None,
) -> Document:
    """The report of *answer*: its first screen, what is *shown* (with its *pictures*), how *sure* that is, the workings.

    *front*: in place of the first screen of its page.
    """
    first, details = parted(page_of(answer.found))
    if front is not None:
        # a page without a first screen of its own is all details
        first, details = list(front), details or first
    head = next(block for block in first if isinstance(block, Masthead))
    about, rest = headed(first)
    return Document(
        title=head.title,
        tag=head.tag,
        about=" ".join(f"{text.rstrip('.')}." for text in (head.title, *about)),
        front=side_by_side(rest),
        sections=(*shown, *section(SURE, sure), *workings(answer, details)),
        made=made(answer),
        pictures=pictures or {},
    )


def parted(page: Page) -> tuple[list[Block], list[Block]]:
    """What a page shows at once, and what stands behind its last details."""
    details = [block for block in page if isinstance(block, Details)]
    front: list[Block] = [block for block in page if not isinstance(block, Details)]
    return front, [inner for block in details for inner in block.blocks]


def headed(front: Page) -> tuple[list[str], list[Block]]:
    """What a first screen says of itself before its meaning, in lines without a label, and all else but the masthead."""
    at = next((i for i, block in enumerate(front) if isinstance(block, Meaning)), 0)
    said = [block for block in front[:at] if isinstance(block, Line) and not block.label]
    rest: list[Block] = [block for block in front if not isinstance(block, Masthead) and block not in said]
    return [line.text for line in said], rest


def side_by_side(front: Page) -> Page:
    """The same first screen with its short lines beside its tables, where these are narrow enough."""
    at = 1 + max((i for i, block in enumerate(front) if isinstance(block, Meaning | Boxes)), default=-1)
    ahead, rest = front[:at], front[at:]
    lines = [block for block in rest if isinstance(block, Entry | Quote)]
    others = [block for block in rest if not isinstance(block, Entry | Quote)]
    tables = [block for block in others if isinstance(block, Table)]
    if not lines or not tables or max(map(_width, tables)) > NARROW:
        return front
    return [*ahead, Beside(tuple(others), tuple(lines), SHARE)]


def _width(table: Table) -> int:
    """About how many characters the longest line of *table* has."""
    columns = zip(table.columns, *table.rows, strict=True)
    return sum(PAD + max(map(len, column)) for column in columns)


def drawn(figures: Iterable[tuple[str, Drawing]]) -> tuple[list[Figure], dict[str, bytes]]:
    """Each drawing as a block whose words are its title, which says the finding, and as a PNG by the same name."""
    from simulator.report.figures.embedded import png_of

    blocks, files = [], {}
    for name, drawing in figures:
        blocks.append(Figure(name, " ".join(str(drawing.get_label()).split())))
        files[name] = png_of(drawing)
    return blocks, files


__all__ = ["SURE", "composed", "drawn", "headed", "parted", "side_by_side"]
