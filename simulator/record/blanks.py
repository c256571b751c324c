"""What an empty cell or a dash means in a column of counts: zero, unknown, or what only the user can say."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import compress

from simulator.record.columns import FALSE_FROM
from simulator.record.rules import NONE_WITHOUT
from simulator.scenario import csv_cells as cells
from simulator.scenario.csv_dates import DateColumn
from simulator.scenario.csv_numbers import NumberColumns
from simulator.scenario.errors import Problem
from simulator.scenario.sheet import Sheet

# Counts of a deployment that took place and of which there may have been none.
MAY_BE_NONE = (
    "alerts",
    "true_alerts",
    "unconfirmed",
    *FALSE_FROM,
    "false_stopped",
    "arrests",
    "other_disposal",
    "no_action",
)
ADD_UP = ("true_alerts", "unconfirmed", *FALSE_FROM)
# A larger share of rows than this with no count, where few or none have a 0, and the rest says nothing of how many.
MOST_UNKNOWN = 0.1
# So many rows of one year without a count may hide zeros that other years print.
FEWEST_OF_A_YEAR = 5


@dataclass(frozen=True)
class Blanks:
    """What blank cells mean: 0 in the fields *zero*; of the fields *unused* nothing can be used; in others they are unknown.

    *given* has the years in which a part of the false alerts is given at all. *problems* ask the user.
    """

    zero: frozenset[str] = frozenset()
    unused: tuple[str, ...] = ()
    given: Mapping[str, frozenset[int]] | None = None
    notes: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()

    def read(self, name: str, reader: Callable[[str], float], happened: bool) -> Callable[[str], float]:
        """*reader* of the column of the field *name*, in a row whose deployment *happened* or not."""

        def read(cell: str) -> float:
            if name in self.unused:
                return math.nan
            if name in self.zero and happened and (cells.is_blank(cell) or _is_nought(cell)):
                return 0.0
            return reader(cell)

        return read

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of a record of which nothing can be used; a sum is not known where a part is not."""
        return tuple(dict.fromkeys("false_alerts" if name in FALSE_FROM else name for name in self.unused))

    def is_part_missing(self, name: str, year: int) -> bool:
        """Whether a blank in *name*, a part of the false alerts, leaves their sum unknown: others of the *year* give it."""
        return name in self.unused or year in (self.given or {}).get(name, ())


def blanks_of(sheet: Sheet, numbers: NumberColumns, dates: DateColumn) -> Blanks:
    """What blank cells of *sheet* mean, as the user says; where that is needed and not said, a problem for each column."""
    rows = [row for _, row in sheet.rows if len(row) >= len(sheet.columns.header) and happened(sheet, row)]
    years = [_year(row[sheet.columns.position["date"]], dates) for row in rows]
    columns = {
        name: _Column(years, [_count(row[at], numbers.read(name, cells.count)) for row in rows])
        for name in MAY_BE_NONE
        if (at := sheet.columns.position.get(name)) is not None
    }
    columns = {name: column.where_some(columns.get(NONE_WITHOUT.get(name, ""))) for name, column in columns.items()}
    said, share = sheet.read_as.blank, MOST_UNKNOWN * len(rows)
    zero: set[str] = set()
    unused: list[str] = []
    told: list[Problem] = []
    for name, column in columns.items():
        if name == "alerts":  # a row that gives parts of them is a mistake, and no row without alerts
            parts = [columns[part].counts for part in ADD_UP if part in columns]
            column = column.where(
                [
                    count == count or not any((part[i] or 0.0) > 0 for part in parts)
                    for i, count in enumerate(column.counts)
                ]
            )
        # in a column that gives no count at all a blank is not even one of some that may be zeros
        as_zero = said == "zero" and column.blank > 0 and len(column.known) > 0
        if not column.is_open and not as_zero:
            continue
        rule = ""
        if as_zero:
            zero.add(name)
            rule = f"blank in {_rows(column.blank)}, read as 0 (--blank zero)"
        elif said == "unknown" and column.blank > share:
            unused.append(name)
            rule = (
                f"blank in {_rows(column.blank)}, above 0 in {column.above:,} and 0 in {column.zeros:,}: if blanks are unknown "
                "(--blank unknown), the others alone may say far too many, and nothing is taken from the column"
            )
        elif said:
            continue
        told.append(
            Problem(sheet.label, sheet.columns.heading[name], rule or column.question + _adds_up(name, columns))
        )
    given = {name: frozenset(year for year, _ in column.known if year) for name, column in columns.items()}
    return Blanks(frozenset(zero), tuple(unused), given, **{"notes" if said else "problems": tuple(told)})


def happened(sheet: Sheet, row: list[str]) -> bool:
    """Whether the deployment of *row* took place: its alerts or its faces are given."""
    at = (sheet.columns.position[name] for name in ("alerts", "faces") if name in sheet.columns.position)
    return any(not cells.is_blank(row[i]) for i in at)


@dataclass(frozen=True)
class _Column:
    """A column of counts, by row: the *years* (None: unknown) and *counts* (NaN: blank; None: cannot be read)."""

    years: Sequence[int | None]
    counts: Sequence[float | None]

    @cached_property
    def known(self) -> list[tuple[int | None, float]]:
        """The counts that are given, with their years."""
        both = zip(self.years, self.counts, strict=True)
        return [(year, count) for year, count in both if count is not None and not math.isnan(count)]

    @property
    def blank(self) -> int:
        """In how many rows nothing is given."""
        return sum(count is not None and math.isnan(count) for count in self.counts)

    @property
    def above(self) -> int:
        """In how many rows the count is above 0."""
        return sum(count > 0 for _, count in self.known)

    @property
    def zeros(self) -> int:
        """In how many rows a 0 is printed."""
        return len(self.known) - self.above

    @property
    def is_open(self) -> bool:
        """Whether a blank may be a zero: counts above 0, and more blanks than zeros, in the years that give any."""
        years = {year for year, _ in self.known}
        of_year = {year: self.where([own == year for own in self.years]) for year in years}
        given = self.where([own in years for own in self.years])
        return given._hides(1) or any(column._hides(FEWEST_OF_A_YEAR) for column in of_year.values())

    def where_some(self, whole: _Column | None) -> _Column:
        """The column with no blank where there is none of the *whole*, and so none of this."""
        if whole is None:
            return self
        counts = zip(self.counts, whole.counts, strict=True)
        return _Column(self.years, [None if of == 0 and own != own else own for own, of in counts])

    def where(self, keep: Sequence[bool]) -> _Column:
        """The column in the rows to *keep*."""
        return _Column(list(compress(self.years, keep)), list(compress(self.counts, keep)))

    def _hides(self, fewest: int) -> bool:
        return self.blank >= fewest and self.above > 0 and self.blank > self.zeros

    @property
    def question(self) -> str:
        """What must be said of the column first."""
        return (
            f"blank or dashed in {_rows(self.blank)}, above 0 in {self.above:,} and 0 in {self.zeros:,}. Whether a blank means "
            "zero is not known, and to leave such rows out would keep those where something happened: say --blank zero or "
            "--blank unknown"
        )


def _adds_up(name: str, columns: Mapping[str, _Column]) -> str:
    """That the other counts of rows where *name* is blank leave nothing for it, where that is so in all of them."""
    if name not in ADD_UP or "alerts" not in columns:
        return ""
    parts = [column.counts for part, column in columns.items() if part in ADD_UP]
    for i, own in enumerate(columns[name].counts):
        others = sum(count for counts in parts if (count := counts[i]) is not None and not math.isnan(count))
        if own is not None and math.isnan(own) and columns["alerts"].counts[i] != others:
            return ""
    return " (in all of them the other counts add up to the alerts, as if it were zero)"


def _rows(n: int) -> str:
    return f"{n:,} row{'' if n == 1 else 's'}"


def _count(cell: str, reader: Callable[[str], float]) -> float | None:
    """The count in *cell*: NaN where it is blank or says nil, None where it cannot be read."""
    if _is_nought(cell):
        return math.nan
    try:
        return reader(cell)
    except cells.CellError:
        return None


def _is_nought(cell: str) -> bool:
    return cell.strip().lower() in cells.NOUGHT


def _year(cell: str, dates: DateColumn) -> int | None:
    try:
        return dates.read(cell).year
    except cells.CellError:
        return None


__all__ = ["Blanks", "blanks_of", "happened"]
