"""Reading a CSV file of deployment records, with every mistake in it at once."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from simulator.record import cells
from simulator.record.columns import COUNTS, FALSE_FROM, FRAME_COLUMNS, HOURS_FROM, NUMBERS, Columns, find_columns
from simulator.record.places import site_names
from simulator.record.records import LeftOut, Records
from simulator.record.rules import broken_rules
from simulator.record.text import read_rows, read_text
from simulator.scenario.errors import Problem, ScenarioError

MOST_PROBLEMS = 50
_READ_HOURS: dict[str, Callable[[str], float]] = {
    "hours": cells.hours,
    "duration_min": cells.minutes,
    "duration": cells.duration,
}


def read_records(path: Path, label: str | None = None, *, skip_bad: bool = False) -> Records:
    """Read the deployment records at *path*, called *label* in messages.

    Columns, their other names and what a cell may hold are in docs/reference/records.md. A row with a mistake raises
    ScenarioError, which lists the mistakes of all rows; with *skip_bad* such rows are left out and counted instead.
    What is wrong with the file as a whole (no such column, no text) raises ScenarioError in either case.
    """
    import pandas as pd

    from simulator.record.oddities import find_oddities

    label = str(path) if label is None else label
    text, encoding = read_text(path, label)
    lines = read_rows(text, label)
    line, header = next(lines)
    columns, problems = find_columns(header, f"{label}:{line}")
    if problems:
        raise ScenarioError(*problems)

    table = _Table(columns, label, _plain(header))
    bad: list[Problem] = []
    lines_skipped: list[int] = []
    for line, row in lines:
        if found := table.add(line, row):
            lines_skipped.append(line)
            bad.extend(found if len(bad) < MOST_PROBLEMS else [Problem("", "", "")] * len(found))
    table.check_order()
    skipped = len(lines_skipped)
    rows = skipped + len(table.values["row"])
    if rows == 0:
        raise ScenarioError(Problem(label, "", "has a line of column names and no rows: there is nothing to read"))
    if skipped and not skip_bad:
        raise ScenarioError(*_first(bad), _advice(skipped, rows))
    if skipped == rows:
        raise ScenarioError(*_first(bad), Problem(label, "", f"none of its {rows} rows can be used"))

    sites = site_names(map(str, table.values["place"]))
    frame = pd.DataFrame(table.values | {"site": sites}, columns=list(FRAME_COLUMNS))
    frame["date"] = frame["date"].astype("datetime64[s]")
    frame = frame.astype(dict.fromkeys(NUMBERS, "float64") | {"row": "int64"})
    headings = {name: table.heading(name) for name in FRAME_COLUMNS[1:]}
    notes = tuple(_notes(table, encoding))
    odd = (*notes, *find_oddities(frame, label, headings))
    return Records(
        frame,
        label,
        tuple(_first(bad)),
        skipped,
        odd,
        headings,
        columns.ignored,
        notes,
        tuple(lines_skipped),
        LeftOut(sum(table.false_left_out), len(table.false_left_out)),
    )


@dataclass
class _Table:
    """Rows read so far, as lists by column."""

    columns: Columns
    label: str
    header: list[str]
    values: dict[str, list[object]] = field(default_factory=lambda: {name: [] for name in FRAME_COLUMNS})
    orders: dict[cells.Order | Literal["month first"], list[tuple[int, str]]] = field(default_factory=dict)
    false_left_out: list[float] = field(default_factory=list)

    def heading(self, name: str) -> str:
        """The file's own heading for the column *name*, to be used in messages."""
        sources = {"hours": HOURS_FROM, "false_alerts": FALSE_FROM}.get(name, (name,))
        return next((self.columns.heading[source] for source in sources if source in self.columns.heading), name)

    def add(self, line: int, row: list[str]) -> list[Problem]:
        """Take in one *row*, or say what is wrong with it."""
        place = f"{self.label}:{line}"
        if _plain(row) == self.header:
            return [Problem(place, "", "repeats the headings: take the line out")]
        width = self.columns.width
        if len(row) < width or any(cell.strip() for cell in row[width:]):
            rule = f"must have {width} cells, as the line of column names has (got {len(row)})"
            return [Problem(place, "", rule)]
        problems: list[Problem] = []

        def read(source: str, reader: Callable[[str], float]) -> float:
            index = self.columns.position.get(source)
            if index is None:
                return math.nan
            try:
                return reader(row[index])
            except cells.CellError as error:
                problems.append(Problem(place, self.columns.heading[source], str(error)))
                return math.nan

        day = self._date(row, line, problems)
        numbers = {name: read(name, cells.count) for name in COUNTS}
        numbers["threshold"] = read("threshold", cells.threshold)
        numbers["hours"] = _sum([read(source, reader) for source, reader in _READ_HOURS.items()])
        parts = [read(source, cells.count) for source in FALSE_FROM[1:]]
        numbers["false_alerts"] = _sum([numbers["false_alerts"], *parts])
        false_read = {problem.field for problem in problems}.isdisjoint(map(self.columns.heading.get, FALSE_FROM))
        if not problems:
            problems += [Problem(place, self.heading(name), rule) for name, rule in broken_rules(numbers)]
        if problems or day is None:
            if false_read and not math.isnan(numbers["false_alerts"]):
                self.false_left_out.append(numbers["false_alerts"])
            order = list(self.columns.heading.values())  # as in the file
            return sorted(problems, key=lambda problem: order.index(problem.field))
        at = self.columns.position.get("place")
        written = "" if at is None or cells.is_blank(row[at]) else " ".join(row[at].split())
        for name, value in {"row": line, "date": day, "place": written, **numbers}.items():
            self.values[name].append(value)
        return []

    def _date(self, row: list[str], line: int, problems: list[Problem]) -> dt.date | None:
        cell = row[self.columns.position["date"]].strip()
        try:
            day, order = cells.date(cell)
        except cells.CellError as error:
            if isinstance(error, cells.MonthFirstError):
                self.orders.setdefault("month first", []).append((line, cell))
            problems.append(Problem(f"{self.label}:{line}", self.columns.heading["date"], str(error)))
            return None
        self.orders.setdefault(order, []).append((line, cell))
        return day

    def check_order(self) -> None:
        """Refuse the file where some dates fit only month first: then those that fit either way cannot be read."""
        month, either, day = (self.orders.get(name, []) for name in ("month first", "ambiguous", "day first"))
        if not month or not (either or day):
            return
        line, cell = month[0]
        others = [f"{len(day):,} only day first"] if day else []
        others += [f"{len(either):,} either way"] if either else []
        rule = (
            f"{len(month):,} date{' fits' if len(month) == 1 else 's fit'} only month first (as {cell}), {' and '.join(others)}: "
            f"which number is the month cannot be told, and no row is used; write dates as in 2024-12-31"
        )
        raise ScenarioError(Problem(f"{self.label}:{line}", self.heading("date"), rule))


def _plain(row: list[str]) -> list[str]:
    return [cell.strip().casefold() for cell in row]


def _sum(numbers: list[float]) -> float:
    """The sum of those that are given; NaN where none is."""
    given = [number for number in numbers if not math.isnan(number)]
    return sum(given) if given else math.nan


def _first(problems: list[Problem]) -> list[Problem]:
    if len(problems) <= MOST_PROBLEMS:
        return problems
    return [*problems[:MOST_PROBLEMS], Problem("", "", f"... and {len(problems) - MOST_PROBLEMS:,} more mistakes")]


def _advice(skipped: int, rows: int) -> Problem:
    what, correct = ("1 row has", "correct it") if skipped == 1 else (f"{skipped:,} rows have", "correct them")
    return Problem("", "", f"{what} a mistake, of {rows:,}; {correct}, or leave such rows out with --skip-bad")


def _notes(table: _Table, encoding: str) -> list[Problem]:
    notes = []
    if encoding:
        notes.append(
            Problem(table.label, "", f"is not in UTF-8 and was read as {encoding}: look at names with accents")
        )
    if "ambiguous" in table.orders and "day first" not in table.orders:
        line, cell = table.orders["ambiguous"][0]
        rule = f"{cell} is read day first, and so are all dates; no date in the file shows which comes first"
        notes.append(Problem(f"{table.label}:{line}", table.heading("date"), rule))
    return notes
