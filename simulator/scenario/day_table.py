"""A table of deployments beside a scenario (``campaign.table``): one row for each, read as deployment records are."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from simulator.scenario import csv_cells as cells
from simulator.scenario.campaign import LONGEST_HOURS, Deployment
from simulator.scenario.cells import with_size
from simulator.scenario.csv_dates import DateColumn, time_beside
from simulator.scenario.csv_numbers import NumberColumns, number_columns
from simulator.scenario.day_headings import HEADINGS, STAFF, unused
from simulator.scenario.errors import Problem, ScenarioError, shown
from simulator.scenario.excess import listed_excess
from simulator.scenario.explain import place_of, rule_of
from simulator.scenario.headings import HOURS_FROM, Columns
from simulator.scenario.hours_column import day_parts
from simulator.scenario.models import Scenario
from simulator.scenario.sheet import read_sheet
from simulator.scenario.sites import site_names
from simulator.scenario.table import per_search
from simulator.scenario.yaml_tree import Tree, dotted


@dataclass(frozen=True)
class DayTable:
    """The *days* of a table in its order, the *lines* they begin on, and what must be said of how it was read."""

    label: str
    headings: dict[str, str]
    days: tuple[Deployment, ...]
    lines: tuple[int, ...]
    notes: tuple[str, ...]


def read_day_table(path: Path) -> DayTable:
    """Read the deployments in the CSV file at *path*; its columns are in docs/reference/scenario.md.

    Raises ScenarioError with the mistakes of all rows.
    """
    label = str(path)
    sheet = read_sheet(path, label, HEADINGS)
    columns = sheet.columns
    dates, numbers = DateColumn.of(sheet), number_columns(sheet, ("watchlist_size", *STAFF))
    if undecided := [*([dates.problem] if dates.problem else []), *numbers.problems, *day_parts(sheet, numbers)]:
        raise ScenarioError(*undecided)
    reading = _Reading(columns, label, dates, numbers)
    for line, row in sheet.rows:
        reading.add(line, row)
    problems = [*reading.problems, *reading.without_place(), *reading.repeated()]
    if not problems and not reading.days:
        problems = [Problem(label, "", "has a line of column names and no rows: a deployment is a row")]
    if problems:
        raise ScenarioError(*problems)
    notes = [*sheet.notes, *numbers.notes, *dates.notes, *_alike(reading.days, label)]
    not_taken = unused(columns)
    return DayTable(
        label,
        columns.heading,
        tuple(_spelt_alike(reading.days)),
        tuple(reading.lines),
        (*(f"{note}." for note in notes), *([f"{label}: {not_taken}."] if not_taken else [])),
    )


def _spelt_alike(days: list[Deployment]) -> Iterator[Deployment]:
    """The *days* with one spelling, the first, for places that differ in capitals alone."""
    first: dict[str, str] = {}
    for day in days:
        place = day.place and first.setdefault(day.place.casefold(), day.place)
        yield day.model_copy(update={"place": place})


def _alike(days: list[Deployment], label: str) -> Iterator[Problem]:
    """Places that may be one place written in two ways; they are not taken for one unless the user says so."""
    names = dict.fromkeys(day.place for day in days if day.place)
    first: dict[str, str] = {}
    for name, site in zip(names, site_names(names), strict=True):
        if site in first and name.casefold() != first[site].casefold():
            rule = f"{shown(first[site])} and {shown(name)} are taken for two places: if they are one, spell it alike"
            yield Problem(label, "", rule)
        first.setdefault(site, name)


def own_problems(scenario: Scenario, tree: Tree, table: DayTable | None) -> Iterator[Problem]:
    """What single deployments of *scenario* say for themselves that its recogniser and its list do not allow."""
    recogniser, rates = scenario.recogniser, scenario.recogniser.read_table
    for index, day in enumerate((*scenario.campaign.deployments, *scenario.campaign.read_table)):
        rules = {}
        threshold, size = (
            day.threshold or recogniser.threshold.value,
            day.watchlist_size or scenario.watchlist.size.value,
        )
        own = {"threshold": day.threshold, "watchlist_size": day.watchlist_size}
        if (too_many := per_search(rates, threshold, size)) and (said := [name for name in own if own[name]]):
            rules[said[0]] = too_many
        if day.threshold is not None and rates and not rates.thresholds[0] <= day.threshold <= rates.thresholds[-1]:
            low, high = rates.thresholds[0], rates.thresholds[-1]
            rules["threshold"] = (
                f"{day.threshold:g} lies outside the recogniser's table ({low:g} to {high:g}), which is not extrapolated"
            )
        if day.watchlist_size is not None:
            excess = listed_excess(with_size(scenario.watchlist, day.watchlist_size), recogniser)
            if excess:
                rules["watchlist_size"] = excess
        for name, rule in rules.items():
            if table:
                yield Problem(f"{table.label}:{table.lines[index]}", table.headings[name], rule)
            else:
                where = ("campaign", "deployments", index, name)
                yield Problem(place_of(tree, where), dotted(where), rule)


@dataclass
class _Reading:
    """Rows read so far, and what is wrong with them."""

    columns: Columns
    label: str
    dates: DateColumn
    numbers: NumberColumns
    days: list[Deployment] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def add(self, line: int, row: list[str]) -> None:
        """Take in one *row*, or what is wrong with it."""
        place = f"{self.label}:{line}"
        if misshapen := self.columns.misshapen(row, place):
            self.problems.append(misshapen)
            return
        wrong: list[Problem] = []

        def cell(name: str, read: Callable[[str], Any]) -> Any:
            value = self.columns.cell(row, name, self.numbers.read(name, read), place, wrong)
            return None if isinstance(value, float) and math.isnan(value) else value

        values = {
            "date": cell("date", self.dates.read),
            "start": cell("start", cells.clock) if "start" in self.columns.position else cell("date", _start_beside),
            "hours": next(
                cell(name, _within_a_day(name, read))
                for name, read in cells.READ_HOURS.items()
                if name in self.columns.position
            ),
            "passages_per_hour": cell("passages_per_hour", cells.number),
            "threshold": cell("threshold", cells.threshold),
            "watchlist_size": cell("watchlist_size", cells.count),
            **{name: _whole(cell(name, cells.count)) for name in STAFF},
            **{name: cell(name, _words) for name in ("place", "source")},
        }
        if not wrong:
            try:
                given = {name: value for name, value in values.items() if value is not None}
                self.days.append(Deployment.model_validate(given))
                self.lines.append(line)
            except ValidationError as error:
                wrong += [Problem(place, self._heading(item["loc"]), rule_of(item)) for item in error.errors()]
        self.problems += self.columns.in_order(wrong)

    def _heading(self, where: tuple[Any, ...]) -> str:
        """The file's heading of the column that holds the field at *where*."""
        held = HOURS_FROM if where == ("hours",) else where
        return next((self.columns.heading[name] for name in held if name in self.columns.heading), "")

    def without_place(self) -> Iterator[Problem]:
        """Rows that leave the place open where others name one."""
        if any(day.place for day in self.days):
            for day, line in zip(self.days, self.lines, strict=True):
                if not day.place:
                    rule = "must be given, because other rows name a place (the cell is empty)"
                    yield Problem(f"{self.label}:{line}", self.columns.heading["place"], rule)

    def repeated(self) -> Iterator[Problem]:
        """Rows with the same date, start and place as an earlier one."""
        first: dict[tuple[object, ...], int] = {}
        for day, line in zip(self.days, self.lines, strict=True):
            key = (day.date, day.start, (day.place or "").casefold())
            if key in first:
                at = f"{day.date} {day.start}" + (f", {shown(day.place)}" if day.place else "")
                rule = (
                    f"is on the same date, start and place as line {first[key]} ({at}): take one out, or correct it; two vans at "
                    "one place at one time stand under deployments in the scenario instead"
                )
                yield Problem(f"{self.label}:{line}", "", rule)
            first.setdefault(key, line)


def _within_a_day(name: str, read: Callable[[str], float]) -> Callable[[str], float]:
    """A reader of hours as the column *name* has them, which must be given."""

    def reader(cell: str) -> float:
        if cells.is_blank(cell):
            raise cells.CellError("must be given (the cell is empty)")
        hours = read(cell)
        if hours <= LONGEST_HOURS:
            return hours
        minutes = '; if these are minutes, call the column "duration_min"' if name == "hours" else ""
        most = f"{60 * LONGEST_HOURS:,} minutes" if name == "duration_min" else f"{LONGEST_HOURS} hours"
        raise cells.CellError(f"must be at most {most} (got {shown(cell.strip())}){minutes}")

    return reader


def _start_beside(cell: str) -> str | None:
    """The start that stands beside a date; a spreadsheet writes midnight beside a date that has no time."""
    time = time_beside(cell)
    return None if time == "00:00" else time


def _whole(number: float | None) -> int | None:
    return None if number is None else int(number)


def _words(cell: str) -> str | None:
    return None if cells.is_blank(cell) else " ".join(cell.split())


__all__ = ["DayTable", "own_problems", "read_day_table"]
