"""A table as people keep it: its columns and its rows of cells, before any cell is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from simulator.scenario.csv_text import encoding_note, read_rows, read_text
from simulator.scenario.errors import Problem, ScenarioError
from simulator.scenario.headings import Columns, Headings


@dataclass(frozen=True)
class ReadAs:
    """What the user says of a file that it does not show itself.

    *columns* has the file's heading for a field, *decimal* the sign before decimals, *blank* what an empty cell or a dash
    means in a column that else has counts above 0 only.
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
    text, encoding = read_text(path, label, headings)
    lines = read_rows(text, label, headings)
    line, header = next(lines)
    columns, problems = headings.find(header, f"{label}:{line}")
    if problems:
        raise ScenarioError(*problems)
    notes = (encoding_note(label, encoding),) if encoding else ()
    return Sheet(label, columns, tuple(lines), notes, read_as)


__all__ = ["AS_IT_IS", "ReadAs", "Sheet", "read_sheet"]
