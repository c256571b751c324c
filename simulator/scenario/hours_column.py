"""A column of hours in which a spreadsheet wrote parts of a day."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simulator.scenario.csv_cells import is_blank
from simulator.scenario.csv_numbers import NumberColumns, cells_of
from simulator.scenario.errors import Problem, shown
from simulator.scenario.headings import HOURS_FROM
from simulator.scenario.sheet import Sheet

# A deployment under an hour is rare, and one whose hours need three decimals is nobody's.
_PART = re.compile(r"0?\.[0-9]+")
_FINE = re.compile(r"0?\.[0-9]{3,}")
FEWEST = 3


def day_parts(sheet: Sheet, numbers: NumberColumns) -> Iterator[Problem]:
    """That all numbers of a column of durations are below 1, so that they may be parts of a day and not hours."""
    for name in HOURS_FROM:
        if name not in sheet.columns.position:
            continue
        read = numbers.read(name, str)
        given = [(line, read(cell).replace(",", ".")) for line, cell in cells_of(sheet, name) if not is_blank(cell)]
        parts = [(line, text) for line, text in given if _PART.fullmatch(text) and float(text) > 0]
        telling = next((part for part in parts if _FINE.fullmatch(part[1])), None)
        if not parts or len(parts) < len(given) or (telling is None and len(parts) < FEWEST):
            continue
        line, text = telling or parts[0]
        hours, day = (divmod(round(60 * scale * float(text)), 60) for scale in (1, 24))
        rule = (
            f"all are below 1 (as {shown(text)}): if a spreadsheet wrote parts of a day, write {day[0]}:{day[1]:02}; if these "
            f"are hours, write {hours[0]}:{hours[1]:02}"
        )
        yield Problem(f"{sheet.label}:{line}", sheet.columns.heading[name], rule)


__all__ = ["day_parts"]
