"""Tables of plain text: which columns have room, where their cells stand, and a list where nothing has."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.report.page import BEYOND, Table
from simulator.report.render.plain import bind, cell, wrapped

GAP, MARGIN = "  ", " "
# A sentence in a narrower column than this is hard to read.
NARROWEST_PROSE = 24
# Signs of small print across a sheet of A4, and how many of them a column of words needs at least.
SHEET, FOR_WORDS = 92, 18


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
    """Each row of *table* as one sentence, all of its columns in it, as far to the right as its first cell."""
    for row in table.rows:
        said = [
            f"{name}: {text.strip()}" if name else text.strip()
            for name, text in zip(table.columns[1:], row[1:], strict=True)
            if text.strip()
        ]
        label, indent = row[0].strip(), " " * (len(row[0]) - len(row[0].lstrip(" ")))
        if said and label:
            named = f"{table.columns[0]} {label}" if table.columns[0] else label
            yield f"{indent}{named}: {'; '.join(said)}"
        else:
            yield indent + (label or "; ".join(said))


def broad(table: Table) -> bool:
    """Whether the cells of *table*, those with numbers on one line each, have no room beside each other on a sheet of A4."""
    numbers = [i for i, name in enumerate(table.columns) if i and name not in table.prose]
    signs = sum(max((len(row[i]) for row in table.rows), default=0) + 1 for i in numbers)
    return signs + FOR_WORDS * (len(table.columns) - len(numbers)) > SHEET


def _row(table: Table, row: tuple[str, ...], widths: list[int]) -> Iterator[str]:
    from rich.cells import cell_len

    columns = [
        wrapped(cell(row[i]), widths[i]) if name in table.prose else [_number(table, row, i)]
        for i, name in enumerate(table.columns)
    ]
    for at in range(max(len(lines) for lines in columns)):
        said = []
        for i, (name, lines) in enumerate(zip(table.columns, columns, strict=True)):
            text = lines[at] if at < len(lines) else ""
            pad = " " * (widths[i] - cell_len(text))
            said.append(text + pad if i == 0 or name in table.prose else pad + text)
        yield f"{MARGIN}{GAP.join(said)}".rstrip()


def _number(table: Table, row: tuple[str, ...], at: int) -> str:
    """The cell *at* of *row*; with room behind it for a mark where others of its column have one, so that digits line up."""
    text = cell(row[at])
    marked = at and not text.endswith(BEYOND) and any(each[at].endswith(BEYOND) for each in table.rows)
    return f"{text} " if marked else text


def _least_width(table: Table) -> int:
    return len(MARGIN) + sum(_least(table)) + len(GAP) * (len(table.columns) - 1)


def _least(table: Table) -> list[int]:
    """What each column needs: prose a few words, and its longest one, the others all that is in them."""
    return [
        max(min(each, NARROWEST_PROSE), _longest_word(table, i)) if name in table.prose else each
        for i, (name, each) in enumerate(_natural(table))
    ]


def _widths(table: Table, width: int) -> list[int]:
    """What each column gets: columns of prose share what room is left, the narrowest first."""
    natural, widths = _natural(table), _least(table)
    room = width - _least_width(table)
    prose = sorted((each, i) for i, (name, each) in enumerate(natural) if name in table.prose)
    for left, (each, i) in zip(range(len(prose), 0, -1), prose, strict=True):
        more = max(min(each - widths[i], room // left), 0)
        widths[i] += more
        room -= more
    return widths


def _natural(table: Table) -> list[tuple[str, int]]:
    from rich.cells import cell_len

    rows = [table.columns, *table.rows]
    return [(name, max(cell_len(_number(table, row, i)) for row in rows)) for i, name in enumerate(table.columns)]


def _longest_word(table: Table, at: int) -> int:
    return max(
        (len(word) for row in (table.columns, *table.rows) for word in bind(cell(row[at])).split(" ")), default=0
    )


__all__ = ["as_list", "broad", "fitted", "laid_out"]
