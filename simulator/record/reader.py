"""Reading a CSV file of deployment records, with every mistake in it at once."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.record.blanks import Blanks, blanks_of, happened
from simulator.record.columns import COUNTS, FALSE_FROM, FRAME_COLUMNS, HEADINGS, NUMBERS
from simulator.record.kinds import kind_named, kind_of, kind_said
from simulator.record.records import LeftOut, Records
from simulator.record.rules import NONE_WITHOUT, broken_rules
from simulator.scenario import csv_cells as cells
from simulator.scenario.csv_dates import DateColumn, time_beside
from simulator.scenario.csv_numbers import NumberColumns, number_columns
from simulator.scenario.errors import Problem, ScenarioError
from simulator.scenario.headings import HOURS_FROM
from simulator.scenario.hours_column import day_parts
from simulator.scenario.sheet import AS_IT_IS, ReadAs, Sheet, read_sheet
from simulator.scenario.sites import site_names

if TYPE_CHECKING:
    import pandas as pd

MOST_PROBLEMS = 50
# Where more of the rows have more hours than a day, and all are whole, these are minutes.
LONGEST_DAY, MOST_LONG = 24, 0.25
# Hours may differ so much from start and end.
MOST_APART = 0.5
SAY_DECIMAL = ", or say --decimal {decimal} or --decimal {thousands}"


def read_records(
    path: Path, label: str | None = None, *, skip_bad: bool = False, read_as: ReadAs = AS_IT_IS
) -> Records:
    """Read the deployment records at *path*, called *label* in messages, as the user says in *read_as*.

    Columns, their other names and what a cell may hold are in docs/reference/records.md. A row with a mistake raises
    ScenarioError, which lists the mistakes of all rows; with *skip_bad* such rows are left out and counted instead.
    What is wrong with the file as a whole (no such column, no text) raises ScenarioError in either case.
    """
    from simulator.record.oddities import find_oddities
    from simulator.record.sums import running_problem, summed

    label = str(path) if label is None else label
    sheet = read_sheet(path, label, HEADINGS, read_as)
    if not sheet.rows:
        raise ScenarioError(Problem(label, "", "has a line of column names and no rows: there is nothing to read"))
    table = _Table.of(sheet)
    bad: list[Problem] = []
    lines_skipped: list[int] = []
    for line, row in sheet.rows:
        if found := table.add(line, row):
            lines_skipped.append(line)
            bad.extend(found if len(bad) < MOST_PROBLEMS else [Problem("", "", "")] * len(found))
    if whole := table.problems():
        raise ScenarioError(*whole)
    frame = table.frame()
    totals = summed(frame, label)
    bad += totals.values()
    lines_skipped += frame["row"].iloc[[*totals]].tolist()
    frame = frame.drop(index=[*totals]).reset_index(drop=True)
    if running := [*running_problem(frame, label)]:
        raise ScenarioError(*running)
    skipped, rows = len(lines_skipped), len(sheet.rows)
    if skipped and not skip_bad:
        raise ScenarioError(*_first(bad), _advice(skipped, rows))
    if skipped == rows:
        raise ScenarioError(*_first(bad), Problem(label, "", f"none of its {rows} rows can be used"))

    headings = {name: table.heading(name) for name in FRAME_COLUMNS[1:]}
    notes = (
        *sheet.notes,
        *table.blanks.notes,
        *table.in_parts(),
        *table.times(),
        *table.numbers.notes,
        *table.dates.notes,
    )
    odd = (*notes, *find_oddities(frame, label, headings))
    return Records(
        frame,
        label,
        tuple(_first(bad)),
        skipped,
        odd,
        headings,
        sheet.columns.ignored,
        notes,
        tuple(lines_skipped),
        LeftOut(sum(table.false_left_out), len(table.false_left_out)),
        table.blanks.columns,
    )


@dataclass
class _Table:
    """Rows read so far, as lists by column, and how the cells of the *sheet* are written."""

    sheet: Sheet
    dates: DateColumn
    numbers: NumberColumns
    blanks: Blanks
    values: dict[str, list[object]] = field(default_factory=lambda: {name: [] for name in FRAME_COLUMNS})
    false_left_out: list[float] = field(default_factory=list)
    in_part: list[float] = field(default_factory=list)
    clocks: list[tuple[int, str]] = field(default_factory=list)

    @classmethod
    def of(cls, sheet: Sheet) -> _Table:
        """A table of the *sheet* with no row read yet."""
        dates, numbers = DateColumn.of(sheet), number_columns(sheet, (*COUNTS, *FALSE_FROM[1:]), SAY_DECIMAL)
        return cls(sheet, dates, numbers, blanks_of(sheet, numbers, dates))

    def frame(self) -> pd.DataFrame:
        """The rows as a frame of FRAME_COLUMNS."""
        import pandas as pd

        sites = site_names(map(str, self.values["place"]))
        frame = pd.DataFrame(self.values | {"site": sites}, columns=list(FRAME_COLUMNS))
        frame["date"] = frame["date"].astype("datetime64[s]")
        return frame.astype(dict.fromkeys(NUMBERS, "float64") | {"row": "int64"})

    def problems(self) -> list[Problem]:
        """Why no row of the file can be used, whatever is wrong with single rows."""
        dates = [self.dates.problem] if self.dates.problem else []
        return [
            *self.blanks.problems,
            *self.numbers.problems,
            *dates,
            *self._minutes(),
            *day_parts(self.sheet, self.numbers),
        ]

    def times(self) -> Iterator[Problem]:
        """That hours are not those between start and end, of the first row where it is so."""
        for line, rule in self.clocks[:1]:
            rows = f" (and so in {len(self.clocks) - 1:,} more)" if len(self.clocks) > 1 else ""
            yield Problem(f"{self.sheet.label}:{line}", self.heading("hours"), rule + rows)

    def in_parts(self) -> Iterator[Problem]:
        """That rows give one part of their false alerts and not the other, and how many are lost with them."""
        known = [events for events in self.in_part if not math.isnan(events)]
        if known:
            rule = (
                f"one part of the false alerts is blank in {len(known):,} of the rows, so how many they had is not known; "
                f"the {sum(known):,.0f} that the other part gives are in no figure"
            )
            yield Problem(self.sheet.label, self.heading("false_alerts"), rule)

    def _minutes(self) -> Iterator[Problem]:
        """That a column of hours holds minutes."""
        given = [hours for hours in self.values["hours"] if isinstance(hours, float) and hours > 0]
        long = [hours for hours in given if hours > LONGEST_DAY]
        whole = all(hours.is_integer() for hours in given)
        if "hours" in self.sheet.columns.position and whole and len(long) > MOST_LONG * len(given):
            heading = self.sheet.columns.heading["hours"]
            rule = (
                f"{len(long):,} of {len(given):,} rows have more than {LONGEST_DAY} (as {long[0]:g}): if these are minutes, say "
                f'--column duration_min="{heading}"; if rows are totals, give each deployment a row of its own'
            )
            yield Problem(self.sheet.label, heading, rule)

    def heading(self, name: str) -> str:
        """The file's own heading for the column *name*, to be used in messages."""
        sources = {"hours": HOURS_FROM, "false_alerts": FALSE_FROM}.get(name, (name,))
        given = self.sheet.columns.heading
        return next((given[source] for source in sources if source in given), name)

    def add(self, line: int, row: list[str]) -> list[Problem]:
        """Take in one *row*, or say what is wrong with it."""
        place, columns = f"{self.sheet.label}:{line}", self.sheet.columns
        if misshapen := columns.misshapen(row, place):
            return [misshapen]
        problems: list[Problem] = []
        took_place = happened(self.sheet, row)

        def read(source: str, reader: Callable[[str], float]) -> float:
            reader = self.blanks.read(source, self.numbers.read(source, reader), took_place)
            number = columns.cell(row, source, reader, place, problems)
            return math.nan if number is None else number

        day = columns.cell(row, "date", self.dates.read, place, problems)
        columns.cell(row, "deployments", _one, place, problems)
        named = "kind" in self.sheet.read_as.columns.values()
        said = columns.cell(row, "kind", kind_named if named else kind_said, place, problems)
        numbers = {name: read(name, cells.count) for name in COUNTS if name not in FALSE_FROM}
        numbers["threshold"] = read("threshold", cells.threshold)
        hours = _sum([read(source, reader) for source, reader in cells.READ_HOURS.items()])
        clocked = self._clocked(row, place, problems if math.isnan(hours) and not problems else [])
        numbers["hours"] = clocked if math.isnan(hours) else hours
        if abs(clocked - hours) > MOST_APART:
            start, end = (row[columns.position[name]].strip() for name in ("start", "end"))
            self.clocks.append((line, f"{hours:g} hours, but {start} to {end} is {clocked:.3g}: which is right?"))
        parts = {source: read(source, cells.count) for source in FALSE_FROM}
        numbers["false_alerts"] = _sum(list(parts.values()))
        missing = [name for name, count in parts.items() if name in columns.position and math.isnan(count)]
        if day and any(self.blanks.is_part_missing(name, day.year) for name in missing):
            self.in_part.append(_sum([numbers["false_alerts"]]))
            numbers["false_alerts"] = math.nan
        for part, whole in NONE_WITHOUT.items():
            if numbers[whole] == 0 and part in columns.position and part not in self.blanks.columns:
                numbers[part] = 0.0 if math.isnan(numbers[part]) else numbers[part]
        false_read = {problem.field for problem in problems}.isdisjoint(map(columns.heading.get, FALSE_FROM))
        if not problems:
            problems += [Problem(place, self.heading(name), rule) for name, rule in broken_rules(numbers)]
        if problems or day is None:
            if false_read and not math.isnan(numbers["false_alerts"]):
                self.false_left_out.append(numbers["false_alerts"])
            return columns.in_order(problems)
        at = columns.position.get("place")
        written = "" if at is None or cells.is_blank(row[at]) else " ".join(row[at].split())
        kind = kind_of(said, written, day)
        for name, value in {"row": line, "date": day, "place": written, "kind": kind, **numbers}.items():
            self.values[name].append(value)
        return []

    def _clocked(self, row: list[str], place: str, problems: list[Problem]) -> float:
        """The hours from the start to the end of *row*; NaN where it does not give both."""
        columns = self.sheet.columns
        start, end = (
            columns.cell(row, name, lambda cell: time_beside(cell) or cells.clock(cell), place, problems)
            for name in ("start", "end")
        )
        if not start or not end:
            return math.nan
        hours = columns.cell(row, "end", lambda _: cells.hours_between(start, end), place, problems)
        return math.nan if hours is None else hours


def _one(cell: str) -> None:
    """Raise CellError where *cell* says that a row is of several deployments."""
    if (deployments := cells.count(cell)) > 1:
        raise cells.CellError(
            f"{deployments:.0f} deployments in one row: give each a row of its own, or say --column ignore if this only numbers "
            "them"
        )


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
