"""Tables as rich builds them: what commands print that are not pages yet; it goes with the last of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.table import Table


def _table(
    title: str, columns: list[str], rows: list[list[str]], width: int = 10_000, spare: tuple[str, ...] = ()
) -> Table:
    """Build a table of *rows* that fits into *width* by leaving out columns of *spare*, the first named first.

    Nothing is ever broken over two lines: half a number can be read as another number.
    """
    from rich import box
    from rich.table import Table

    left_out = 0
    while _natural_width(columns, rows) > width and left_out < len(spare):
        at = columns.index(spare[left_out])
        columns, rows = _without(columns, at), [_without(row, at) for row in rows]
        left_out += 1
    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, collapse_padding=True)
    table.pad_edge, table.caption_justify = False, "left"
    for i, column in enumerate(columns):
        table.add_column(column, justify="left" if i == 0 else "right", no_wrap=True)
    for row in rows:
        table.add_row(*row)
    return table


def _natural_width(columns: list[str], rows: list[list[str]]) -> int:
    cells = [columns, *rows]
    # a space on either side of the table, two between columns
    return 2 + sum(2 + max(len(row[i]) for row in cells) for i in range(len(columns)))


def _without(row: list[str], at: int) -> list[str]:
    return row[:at] + row[at + 1 :]
