"""Tables of plain text: which columns have room, where their cells stand, and a list where nothing has."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from simulator.report.page import Table
from simulator.report.render.plain import bind, cell, unbind

GAP, MARGIN = "  ", " "
# A sentence in a narrower column than this is hard to read.
NARROWEST_PROSE = 24


def fitted(table: Table, width: int) -> Table | None:
    """*table* without as many of its spare columns as do not fit into *width*; None where even then it does not."""
    for name in (None, *table.spare):
        if name in table.columns:
            table = table.without(str(name))
        if _least_width(table) <= width:
            return table
    return None


def laid_out(table: Table, width: int) -> list[str]:
    """The lines of a *table* that fits into *width*: columns' names, a rule, rows."""
    widths = _widths(table, width)
    rule = MARGIN + "─" * (sum(widths) + len(GAP) * (len(widths) - 1))
    lines = [line for row in (table.columns, *table.rows) for line in _row(table, row, widths)]
    return [lines[0], rule, *lines[1:]]


def as_list(table: Table) -> Iterator[str]:
    """Each row of *table* as one sentence, all of its columns in it."""
    for row in table.rows:
        said = [
            f"{name}: {text.strip()}" if name else text.strip()
            for name, text in zip(table.columns[1:], row[1:], strict=True)
            if text.strip()
        ]
        label = row[0].strip()
        yield f"{label}: {'; '.join(said)}" if said and label else label or "; ".join(said)


def _row(table: Table, row: tuple[str, ...], widths: list[int]) -> Iterator[str]:
    from rich.cells import cell_len

    columns = [
        textwrap.wrap(bind(cell(text)), room, break_long_words=False, break_on_hyphens=False) or [""]
        if name in table.prose
        else [cell(text)]
        for name, text, room in zip(table.columns, row, widths, strict=True)
    ]
    for at in range(max(len(lines) for lines in columns)):
        said = []
        for i, (name, lines) in enumerate(zip(table.columns, columns, strict=True)):
            text = unbind(lines[at]) if at < len(lines) else ""
            pad = " " * (widths[i] - cell_len(text))
            said.append(text + pad if i == 0 or name in table.prose else pad + text)
        yield f"{MARGIN}{GAP.join(said)}".rstrip()


def _least_width(table: Table) -> int:
    widths = [min(each, NARROWEST_PROSE) if name in table.prose else each for name, each in _natural(table)]
    # a word longer than a narrow column would stand out of it
    longest = [_longest_word(table, i) if name in table.prose else 0 for i, name in enumerate(table.columns)]
    return len(MARGIN) + sum(map(max, widths, longest)) + len(GAP) * (len(widths) - 1)


def _widths(table: Table, width: int) -> list[int]:
    """The natural widths; columns of prose share what room is left."""
    natural = _natural(table)
    fixed = sum(each for name, each in natural if name not in table.prose)
    room = width - len(MARGIN) - len(GAP) * (len(natural) - 1) - fixed
    prose = [i for i, (name, _) in enumerate(natural) if name in table.prose]
    widths = [each for _, each in natural]
    # the narrowest first, so that what it does not need is left to the others
    for left, i in zip(range(len(prose), 0, -1), sorted(prose, key=lambda i: widths[i]), strict=True):
        widths[i] = min(widths[i], max(room // left, _longest_word(table, i)))
        room -= widths[i]
    return widths


def _natural(table: Table) -> list[tuple[str, int]]:
    from rich.cells import cell_len

    rows = [table.columns, *table.rows]
    return [(name, max(cell_len(cell(row[i])) for row in rows)) for i, name in enumerate(table.columns)]


def _longest_word(table: Table, at: int) -> int:
    return max(
        (len(word) for row in (table.columns, *table.rows) for word in bind(cell(row[at])).split(" ")), default=0
    )


__all__ = ["as_list", "fitted", "laid_out"]
