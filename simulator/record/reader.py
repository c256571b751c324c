"""Reading a CSV file of deployment records, with every mistake in it at once."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from simulator.record.columns import COUNTS, FALSE_FROM, FRAME_COLUMNS, HEADINGS, NUMBERS
from simulator.record.kinds import kind_of, kind_said
from simulator.record.records import LeftOut, Records
from simulator.record.rules import broken_rules
from simulator.scenario import csv_cells as cells
from simulator.scenario.csv_dates import DateColumn
from simulator.scenario.errors import Problem, ScenarioError
from simulator.scenario.headings import HOURS_FROM, Columns
from simulator.scenario.sheet import AS_IT_IS, ReadAs, read_sheet
from simulator.scenario.sites import site_names

MOST_PROBLEMS = 50


def read_records(
    path: Path, label: str | None = None, *, skip_bad: bool = False, read_as: ReadAs = AS_IT_IS
) -> Records:
    """Read the deployment records at *path*, called *label* in messages, as the user says in *read_as*.

    Columns, their other names and what a cell may hold are in docs/reference/records.md. A row with a mistake raises
    ScenarioError, which lists the mistakes of all rows; with *skip_bad* such rows are left out and counted instead.
    What is wrong with the file as a whole (no such column, no text) raises ScenarioError in either case.
    """
    import pandas as pd

    from simulator.record.oddities import find_oddities

    label = str(path) if label is None else label
    sheet = read_sheet(path, label, HEADINGS, read_as)
    columns = sheet.columns
    table = _Table(columns, label, DateColumn(label, columns.heading["date"]))
    bad: list[Problem] = []
    lines_skipped: list[int] = []
    for line, row in sheet.rows:
        if found := table.add(line, row):
            lines_skipped.append(line)
            bad.extend(found if len(bad) < MOST_PROBLEMS else [Problem("", "", "")] * len(found))
    if mixed := table.dates.mixed():
        raise ScenarioError(mixed)
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
    notes = (*sheet.notes, *([note] if (note := table.dates.note()) else []))
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
    dates: DateColumn
    values: dict[str, list[object]] = field(default_factory=lambda: {name: [] for name in FRAME_COLUMNS})
    false_left_out: list[float] = field(default_factory=list)

    def heading(self, name: str) -> str:
        """The file's own heading for the column *name*, to be used in messages."""
        sources = {"hours": HOURS_FROM, "false_alerts": FALSE_FROM}.get(name, (name,))
        return next((self.columns.heading[source] for source in sources if source in self.columns.heading), name)

    def add(self, line: int, row: list[str]) -> list[Problem]:
        """Take in one *row*, or say what is wrong with it."""
        place = f"{self.label}:{line}"
        if misshapen := self.columns.misshapen(row, place):
            return [misshapen]
        problems: list[Problem] = []

        def read(source: str, reader: Callable[[str], float]) -> float:
            number = self.columns.cell(row, source, reader, place, problems)
            return math.nan if number is None else number

        day = self.columns.cell(row, "date", lambda cell: self.dates.read(cell, line), place, problems)
        said = self.columns.cell(row, "kind", kind_said, place, problems)
        numbers = {name: read(name, cells.count) for name in COUNTS}
        numbers["threshold"] = read("threshold", cells.threshold)
        numbers["hours"] = _sum([read(source, reader) for source, reader in cells.READ_HOURS.items()])
        parts = [read(source, cells.count) for source in FALSE_FROM[1:]]
        numbers["false_alerts"] = _sum([numbers["false_alerts"], *parts])
        false_read = {problem.field for problem in problems}.isdisjoint(map(self.columns.heading.get, FALSE_FROM))
        if not problems:
            problems += [Problem(place, self.heading(name), rule) for name, rule in broken_rules(numbers)]
        if problems or day is None:
            if false_read and not math.isnan(numbers["false_alerts"]):
                self.false_left_out.append(numbers["false_alerts"])
            return self.columns.in_order(problems)
        at = self.columns.position.get("place")
        written = "" if at is None or cells.is_blank(row[at]) else " ".join(row[at].split())
        kind = kind_of(said, written, day)
        for name, value in {"row": line, "date": day, "place": written, "kind": kind, **numbers}.items():
            self.values[name].append(value)
        return []


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
