"""Reading pages in tests: blocks of one kind, cautions, the words of a table."""

from __future__ import annotations

from simulator.report.page import Block, Details, Line, Page, Table, walk
from simulator.report.render.terminal import text_of


def words(page: Page) -> str:
    """All that a page says, on one line."""
    return " ".join(text_of(page, 10_000, details=True).split())


def labelled(page: Page, label: str) -> list[str]:
    """The texts of the lines with this *label*, such as Caution."""
    return [block.text for block in walk(page) if isinstance(block, Line) and block.label == label]


def strong(page: Page) -> list[str]:
    """The lines that a reader must not miss."""
    return [block.text for block in walk(page) if isinstance(block, Line) and block.strong]


def tables(page: Page) -> list[Table]:
    return [block for block in walk(page) if isinstance(block, Table)]


def titled(page: Page, start: str) -> Table:
    """The one table whose title starts so."""
    (found,) = (table for table in tables(page) if table.title.startswith(start))
    return found


def column(table: Table, name: str) -> list[str]:
    at = table.columns.index(name)
    return [row[at] for row in table.rows]


def behind(page: Page) -> tuple[Block, ...]:
    """What stands behind the details of a page, which is all but its first screen."""
    (details,) = (block for block in page if isinstance(block, Details))
    return details.blocks
