"""A table as people keep it: its columns and its rows of cells, before any cell is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from simulator.scenario.csv_text import decoded, encoding_note, read_rows
from simulator.scenario.errors import Problem, ScenarioError
from simulator.scenario.file_kinds import is_workbook, read_bytes, refusal
from simulator.scenario.headings import Columns, Headings
from simulator.scenario.json_rows import is_json, json_note, json_rows
from simulator.scenario.table_lines import Row, above, has_headings, header_of, rows_of, tidy
from simulator.scenario.workbook import workbook_rows


@dataclass(frozen=True)
class ReadAs:
    """What the user says of a file that it does not show itself.

    *columns* has the field by the file's heading ("ignore" where it is none), *decimal* the sign before decimals, *blank*
    what an empty cell or a dash means in a column that else has counts above 0 only.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    decimal: Literal["", ".", ","] = ""
    blank: Literal["", "zero", "unknown"] = ""


AS_IT_IS = ReadAs()


@dataclass(frozen=True)
class Sheet:
    """The *rows* of the file *label*, each with the number of its line, under *columns*; *notes* on the file as a whole."""

    label: str
    columns: Columns
    rows: tuple[tuple[int, list[str]], ...]
    notes: tuple[Problem, ...] = ()
    read_as: ReadAs = AS_IT_IS


def read_sheet(path: Path, label: str, headings: Headings, read_as: ReadAs = AS_IT_IS) -> Sheet:
    """The table at *path*, called *label* in messages, with the columns of *headings*.

    Raises ScenarioError where the file is no such table.
    """
    headings = headings.with_named(read_as.columns)
    grid, notes = _grid(read_bytes(path, label), label, headings)
    if not grid:
        needed = " and ".join(f'"{name}"' for name in headings.required)
        raise refusal(label, f"is empty: the first line must name the columns, at least {needed}")
    header, first, last = header_of(grid, headings)
    place = f"{label}:{grid[last][0]}"
    columns, problems = headings.find(header, place)
    if problems:
        raise ScenarioError(*problems)
    rows, aside = rows_of(grid[last + 1 :], grid[last][1], columns, label)
    notes += (*above(grid[:first], label), *aside, *headings.remarks_on(columns, place))
    return Sheet(label, columns, rows, notes, read_as)


def _grid(data: bytes, label: str, headings: Headings) -> tuple[list[Row], tuple[Problem, ...]]:
    """The lines of cells in *data* that are not blank, and what must be said of how they were read."""

    def tidied(rows: Iterable[Row]) -> list[Row]:
        return [(line, cells) for line, row in rows if any(cells := [tidy(cell) for cell in row])]

    if is_workbook(data, label):
        return tidied(workbook_rows(data, label, lambda rows: has_headings(tidied(rows), headings))), ()
    text, encoding = decoded(data, label)
    notes = (encoding_note(label, encoding),) if encoding else ()
    if is_json(text):
        return tidied(json_rows(text, label)), (*notes, json_note(label))
    return tidied(read_rows(text, label, headings)), notes


__all__ = ["AS_IT_IS", "ReadAs", "Sheet", "read_sheet"]
