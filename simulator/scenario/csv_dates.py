"""A column of dates: how each is written, and what all of them together show of whether day or month comes first."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from simulator.scenario.csv_cells import CellError, clock, is_blank
from simulator.scenario.csv_numbers import cells_of
from simulator.scenario.errors import Problem, shown
from simulator.scenario.sheet import Sheet

# No police force had such cameras before.
FIRST_YEAR, LAST_YEAR = 2010, 2099
# From so many dates on chance does not explain that none has a day above 12, or that they run in order.
TELLING = 5
Order = Literal["day first", "month first"]
DAY_FIRST: Order = "day first"
MONTH_FIRST: Order = "month first"
# Spreadsheets number days; the first two months of 1900 are off by one in them, which matters to nobody here.
_DAY_0 = dt.date(1899, 12, 30)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_AROUND = re.compile(
    rf"(?:({'|'.join(_WEEKDAYS)})[a-z]*\.?,?\s+)?(.*?)"
    r"(?:(?:T|,?\s+(?:at\s+)?)([0-9]{1,2}[:.][0-5][0-9])(?:[:.][0-5][0-9](?:[.,][0-9]+)?)?\s*([ap]\.?m\.?)?"
    r"(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?",
    re.I,
)
_ISO = re.compile(r"([0-9]{4})([-/.]?)([0-9]{1,2})\2([0-9]{1,2})")
_SHORT = re.compile(r"([0-9]{2})[/.-]([0-9]{1,2})[/.-]([0-9]{2})")
_NUMERIC = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4}|[0-9]{2})")
_TH = "(?:st|nd|rd|th)?"
_NAME = rf"({'|'.join(_MONTHS)})[a-z]*\.?"
_DAY_NAME = re.compile(rf"([0-9]{{1,2}}){_TH}[\s/.-]+{_NAME},?[\s/.-]+([0-9]{{4}}|[0-9]{{2}})", re.I)
_NAME_DAY = re.compile(rf"{_NAME}[\s-]+([0-9]{{1,2}}){_TH},?[\s-]+([0-9]{{4}})", re.I)
_SERIAL = re.compile(r"([0-9]{5})(?:\.[0-9]+)?")
_SPAN = re.compile(r"\s*(?:-|–|—|&|\bto\b|\band\b|\buntil\b)\s*", re.I)
_PART_OF_SPAN = re.compile(rf"[0-9]{{1,2}}{_TH}(?:[/.-][0-9]{{1,2}}|[\s-]+{_NAME})?", re.I)
_LONGER = re.compile(
    rf"[0-9]{{4}}(?:\s*[-/]\s*[0-9]{{2,4}})?|{_NAME}(?:[\s'-]*(?:[0-9]{{4}}|[0-9]{{2}}))?|(?:q[1-4]|fy|year|week).*[0-9]+.*"
    r"|(?:\w+ )?to date|ytd|q[1-4]",
    re.I,
)


def read_date(cell: str, order: Order = DAY_FIRST) -> dt.date:
    """The date in *cell*: ISO, in numbers in this *order*, with the month's name, or as spreadsheets number days.

    A time of day is passed over; a weekday must be that of the date. Raises CellError where there is no one day.
    """
    return _of(_dates(cell), order, cell.strip())


def time_beside(cell: str) -> str | None:
    """The time of day that stands beside a date in *cell*, as ``"11:00"``; None where there is none."""
    around = _AROUND.fullmatch(cell.strip())
    return clock(f"{around[3]}{around[4] or ''}") if around and around[3] and _written(around[2].strip()) else None


def _of(dates: dict[Order, dt.date], order: Order, text: str) -> dt.date:
    """The one of *dates* that is read in this *order*; CellError where there is none."""
    if order not in dates:
        example = "31/12/2024" if order == DAY_FIRST else "12/31/2024"
        raise CellError(f"fits only {next(iter(dates))}: dates are read {order}, as in {example} (got {shown(text)})")
    day = dates[order]
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise CellError(f"must lie between {FIRST_YEAR} and {LAST_YEAR} (got {shown(text)})")
    return day


def _dates(cell: str) -> dict[Order, dt.date]:
    """The date that *cell* is in each order in which it is one."""
    text = cell.strip()
    if is_blank(text):
        rule = "under a merged cell write the date again; if the row is one of totals, take it out"
        raise CellError(f"must be given (the cell is empty): {rule}")
    around = _AROUND.fullmatch(text)
    weekday, bare = (around[1], around[2].strip()) if around else (None, text)
    read = _written(bare)
    if not read:
        raise CellError(f"{_why_none(bare)} (got {shown(text)})")
    dates = {order: day for order, parts in read.items() if (day := _day(*parts))}
    if not dates:
        raise CellError(f"is no day of the calendar (got {shown(text)})")
    fit = {order: day for order, day in dates.items() if not weekday or _WEEKDAYS[day.weekday()] == weekday.lower()}
    if not fit:
        raise CellError(
            f"is a {next(iter(dates.values())):%A} (got {shown(text)}): correct the date or the day of the week"
        )
    return fit


def _written(text: str) -> dict[Order, tuple[int, int, int]]:
    """Year, month and day in *text* by the order of day and month; the same in both where the order does not matter."""
    text = re.sub("[–—]", "-", text)
    if found := _ISO.fullmatch(text):
        if not found[2] and len(text) != 8:
            return {}
        parts = (int(found[1]), int(found[3]), int(found[4]))
    elif found := _NUMERIC.fullmatch(text):
        first, second, year = int(found[1]), int(found[2]), _year(found[3])
        return {DAY_FIRST: (year, second, first), MONTH_FIRST: (year, first, second)}
    elif found := _DAY_NAME.fullmatch(text):
        parts = (_year(found[3]), _month(found[2]), int(found[1]))
    elif found := _NAME_DAY.fullmatch(text):
        parts = (_year(found[3]), _month(found[1]), int(found[2]))
    elif found := _SERIAL.fullmatch(text):
        day = _DAY_0 + dt.timedelta(days=int(found[1]))
        parts = (day.year, day.month, day.day)
    else:
        return {}
    return {DAY_FIRST: parts, MONTH_FIRST: parts}


def _year(digits: str) -> int:
    return int(digits) + (2000 if len(digits) == 2 else 0)


def _month(name: str) -> int:
    return _MONTHS.index(name.lower()) + 1


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _why_none(text: str) -> str:
    """What *text* is instead of a date."""
    for found in _SPAN.finditer(text):
        first, last = text[: found.start()], text[found.end() :]
        if _written(last) and (_written(first) or _PART_OF_SPAN.fullmatch(first)):
            return (
                "covers several days: a row is one deployment on one day, so give each day a row with its own counts, or "
                "leave the row out"
            )
    if _LONGER.fullmatch(text):
        return (
            "is no day: a row is one deployment, and a total of a month or a year says nothing of how days differ; "
            "lfrsim claim computes what totals allow, as in lfrsim claim --false-alerts 2 --faces 9000"
        )
    return "must be a date, as in 2024-12-31 or 31/12/2024"


@dataclass(frozen=True)
class DateColumn:
    """The dates of a sheet: the column's *heading*, the *order* all are read in, and what must be said of it.

    *problem* is why none can be read.
    """

    heading: str
    order: Order = DAY_FIRST
    notes: tuple[Problem, ...] = ()
    problem: Problem | None = None

    @classmethod
    def of(cls, sheet: Sheet) -> DateColumn:
        """What the dates of *sheet* show together."""
        seen, heading = _Seen(), sheet.columns.heading["date"]
        for line, cell in cells_of(sheet, "date"):
            seen.add(line, cell)
        at = f"{sheet.label}:{{}}"
        problem = next((Problem(at.format(line), heading, rule) for line, rule in seen.contradictions()), None)
        notes = tuple(Problem(at.format(line), heading, rule) for line, rule in seen.notes())
        return cls(heading, seen.order, notes, problem)

    def read(self, cell: str) -> dt.date:
        """The date in *cell*; raises CellError where there is none."""
        return read_date(cell, self.order)


@dataclass
class _Seen:
    """The dates of a column: those that fit one order *only*, those that fit *either* way, and others, each with its line."""

    only: dict[Order, list[tuple[int, str]]] = field(default_factory=lambda: {DAY_FIRST: [], MONTH_FIRST: []})
    either: list[tuple[int, str, dt.date, dt.date]] = field(default_factory=list)
    short: list[tuple[int, str, dt.date]] = field(default_factory=list)
    fixed: list[tuple[int, str, dt.date]] = field(default_factory=list)

    def add(self, line: int, cell: str) -> None:
        """Take in one *cell*; what is no date tells nothing."""
        try:
            dates = _dates(cell)
        except CellError:
            return
        if found := _SHORT.fullmatch(cell):
            day = _day(_year(found[1]), int(found[2]), int(found[3]))
            self.short += [(line, cell, day)] if day else []
        if len(dates) == 1:
            self.only[next(iter(dates))].append((line, cell))
        elif dates[DAY_FIRST] != dates[MONTH_FIRST]:
            self.either.append((line, cell, dates[DAY_FIRST], dates[MONTH_FIRST]))
        elif not _NUMERIC.fullmatch(cell):
            self.fixed.append((line, cell, dates[DAY_FIRST]))

    @property
    def order(self) -> Order:
        """In which order all are read: day first, unless some fit only month first, or run in order only so."""
        return MONTH_FIRST if self.only[MONTH_FIRST] or self._runs_month_first else DAY_FIRST

    @property
    def _runs_month_first(self) -> bool:
        enough = not self.only[DAY_FIRST] and len(self.either) >= TELLING
        return enough and _in_order(item[3] for item in self.either) and not _in_order(item[2] for item in self.either)

    def contradictions(self) -> Iterator[tuple[int, str]]:
        """Why no date can be read: some fit only month first and others only day first, or a spreadsheet exchanged some."""
        month, day = self.only[MONTH_FIRST], self.only[DAY_FIRST]
        if year_first := self._year_first():
            yield year_first
        if month and day:
            fits = "date fits" if len(month) == 1 else "dates fit"
            yield (
                month[0][0],
                f"{len(month):,} {fits} only month first (as {month[0][1]}), {len(day):,} only day first (as {day[0][1]}, line "
                f"{day[0][0]}): which number is the month cannot be told, and no row is used; write dates as in 2024-12-31",
            )
        texts = day or month
        if texts and not self.either and len(self.fixed) >= TELLING and all(on.day <= 12 for _, _, on in self.fixed):
            line, cell, on = self.fixed[0]
            yield (
                line,
                f"{len(self.fixed):,} dates are written as {cell}, all on days up to the 12th, and those as {texts[0][1]} (line "
                f"{texts[0][0]}) on later ones: a spreadsheet exchanged day and month in the first (it took {on.month}/{on.day} "
                f"for {on.day}/{on.month}); mend them, and write dates as in 2024-12-31",
            )

    def _year_first(self) -> tuple[int, str] | None:
        """That dates of two digits each may begin with the year: read so, they lie closer together, or as close."""
        seen = len(self.short) and len(self.short) == len(self.either) + sum(map(len, self.only.values()))
        if not seen or self.fixed:
            return None
        line, cell, first = self.short[0]
        read = [_dates(cell).get(self.order) or next(iter(_dates(cell).values())) for _, cell, _ in self.short]
        begun = [day for _, _, day in self.short]
        close, closer = (max(days) - min(days) for days in (read, begun))
        if closer > close or begun == read or (closer == close and "-" not in cell) or min(begun).year < FIRST_YEAR:
            return None
        return line, f"{cell} may be {first} or {read[0]}: write dates as in {first}"

    def notes(self) -> Iterator[tuple[int, str]]:
        """How dates are read that could be read otherwise."""
        if self.order == MONTH_FIRST:
            line, cell = self.only[MONTH_FIRST][0] if self.only[MONTH_FIRST] else self.either[0][:2]
            why = "fits only so" if self.only[MONTH_FIRST] else "only so do dates run in order"
            yield line, f"{cell} is read month first, and so are all dates in numbers ({why})"
        elif self.either and not self.only[DAY_FIRST]:
            line, cell = self.either[0][:2]
            yield line, f"{cell} is read day first, and so are all dates; no date in the file shows which comes first"
        for line, cell, on in self.fixed:
            if _SERIAL.fullmatch(cell):
                yield line, f"{cell} is read as {on}: spreadsheets number days so"
                return


def _in_order(days: Iterable[dt.date]) -> bool:
    steps = [(later - earlier).days for earlier, later in pairwise(days)]
    return min(steps) >= 0 or max(steps) <= 0


__all__ = ["DateColumn", "read_date", "time_beside"]
