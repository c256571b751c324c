"""Text and tables on a terminal: lines that hang beside a label, and tables that never break a number."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.report.claim.words import bind, unbind
from simulator.report.old_tables import _natural_width, _table

if TYPE_CHECKING:
    from rich.console import Console

NARROWEST = 30


@dataclass(frozen=True)
class Parts:
    """A table before its width is known: *rows* of cells, and the columns that can be spared, the first named first."""

    title: str
    columns: list[str]
    rows: list[list[str]]
    spare: tuple[str, ...] = ()


def print_table(parts: Parts, console: Console) -> None:
    """Print a table; as a list where even without the columns to spare it is wider than the terminal."""
    needed = [i for i, column in enumerate(parts.columns) if column not in parts.spare]
    least = [[row[i] for i in needed] for row in parts.rows]
    if _natural_width([parts.columns[i] for i in needed], least) <= console.width:
        console.print(_table(parts.title, parts.columns, parts.rows, console.width, parts.spare))
        return
    hanging(console, "", parts.title, 0)
    for row in parts.rows:
        said = [f"{column}: {cell}" for column, cell in zip(parts.columns[1:], row[1:], strict=True) if cell]
        bullet(console, f"{row[0].strip()}: {'; '.join(said)}")


def hanging(console: Console, label: str, text: str, indent: int, style: str | None = None) -> None:
    """Print *text* beside *label*, its further lines indented as far, all in one *style*."""
    lead = f"{label:<{indent}}  " if indent else label
    lines = textwrap.wrap(
        bind(text), max(console.width - len(lead), NARROWEST), break_long_words=False, break_on_hyphens=False
    ) or [""]
    for i, line in enumerate(lines):
        console.print(f"{lead if i == 0 else ' ' * len(lead)}{unbind(line)}", markup=False, soft_wrap=True, style=style)


def bullet(console: Console, text: str, lead: str = "  - ") -> None:
    """Print *text* as one item of a list."""
    hanging(console, lead, text, 0)


__all__ = ["Parts", "bullet", "hanging", "print_table"]
