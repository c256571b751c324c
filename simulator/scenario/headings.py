"""The line of column names of a table: which column is which, by the names that forces give them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from typing import TypeVar

from simulator.scenario.csv_cells import CellError
from simulator.scenario.errors import Problem, shorten, shown
from simulator.scenario.explain import near_hint

THRESHOLDS = (
    "alert", "confidence", "face match", "face recognition", "facial recognition", "frt", "lfr", "match", "matching", "min",
    "minimum", "score", "similarity", "system",
)  # fmt: skip
# What says when, where and with what settings, in deployment records and in tables of deployments alike: what a column
# holds -> the headings it is known by, besides its own name. Capitals, spaces and punctuation do not matter.
DAY_ALIASES: dict[str, tuple[str, ...]] = {
    "date": ("date of deployment", "deployment date", "day"),
    "place": ("location", "deployment location", "site", "venue", "location of deployment"),
    "hours": (
        "duration hours",
        "duration (h)",
        "duration hrs",
        "camera hours",
        "hours deployed",
        "hours of deployment",
        "number of hours",
    ),
    "duration_min": ("duration (mins)", "duration (minutes)", "minutes", "duration minutes", "duration mins"),
    "duration": ("duration of deployment", "deployment duration", "length of deployment", "time deployed"),
    "watchlist_size": (
        "watchlist",
        "size of watchlist",
        "watch list",
        "watch list size",
        "watchlist total",
        "number on watchlist",
        "watchlist number",
        "list",
        "list size",
        "size of list",
    ),
    "threshold": (
        *(f"{which} threshold" for which in THRESHOLDS),
        *(f"threshold {what}" for what in ("setting", "settings", "set", "used", "value", "score", "level")),
    ),
}
# Any one of these columns says how long the cameras were on.
HOURS_FROM = ("hours", "duration_min", "duration")
# From here on a heading is taken for a slip of the pen.
NEAR = 0.8
_Value = TypeVar("_Value")


def plain(heading: str) -> str:
    """*heading* without what does not matter in it."""
    return re.sub(r"[^a-z0-9]", "", heading.lower())


@dataclass(frozen=True)
class Columns:
    """Where each recognised field stands (*position* by field), its *heading* as written, and headings *ignored*.

    *header* is the whole line of column names.
    """

    position: dict[str, int]
    heading: dict[str, str]
    ignored: tuple[str, ...]
    header: tuple[str, ...]

    def misshapen(self, row: list[str], place: str) -> Problem | None:
        """Why *row* at *place* is no row of this table, if it is none."""
        width = len(self.header)
        if [cell.strip().casefold() for cell in row] == [cell.strip().casefold() for cell in self.header]:
            return Problem(place, "", "repeats the headings: take the line out")
        if len(row) < width or any(cell.strip() for cell in row[width:]):
            return Problem(place, "", f"must have {width} cells, as the line of column names has (got {len(row)})")
        return None

    def cell(
        self, row: list[str], field: str, read: Callable[[str], _Value], place: str, problems: list[Problem]
    ) -> _Value | None:
        """What *read* makes of the cell of *field*; None where there is no such column, or it adds to *problems*."""
        if field not in self.position:
            return None
        try:
            return read(row[self.position[field]])
        except CellError as error:
            problems.append(Problem(place, self.heading[field], str(error)))
            return None

    def in_order(self, problems: list[Problem]) -> list[Problem]:
        """The *problems* of a row in the order of the columns."""
        order = list(self.heading.values())
        return sorted(problems, key=lambda problem: order.index(problem.field) if problem.field in order else -1)


@dataclass(frozen=True)
class Headings:
    """The columns that a kind of table may have, each with its *aliases*; those *required*; and of which only *one_of*.

    A heading that nothing is known by is not passed over where it has one of the words (patterns) of what no column holds
    yet, in *about* by what they speak of, or where *not_a_column* says what to do with it; what *parts* of it hold is held.
    """

    aliases: Mapping[str, tuple[str, ...]]
    required: tuple[str, ...]
    one_of: tuple[tuple[str, ...], ...]
    about: Mapping[str, str] = field(default_factory=dict)
    not_a_column: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def known(self) -> dict[str, str]:
        """What a column holds, by its heading (see *plain*)."""
        return {plain(name): field for field, names in self.aliases.items() for name in (field, *names)}

    def count(self, header: Iterable[str]) -> int:
        """How many cells of *header* name a known column."""
        return sum(plain(cell) in self.known for cell in header)

    def find(self, header: list[str], place: str) -> tuple[Columns, list[Problem]]:
        """Recognise the columns of *header*, which stands at *place*, and say what is missing or given twice."""
        position: dict[str, int] = {}
        heading: dict[str, str] = {}
        ignored, problems = [], []
        for index, cell in enumerate(header):
            name = cell.strip()
            field = self.known.get(plain(name))
            if field is None:
                if name:
                    ignored.append(name)
            elif field in position:
                rule = f"is given by two columns, {shown(heading[field])} and {shown(name)}: keep one"
                problems.append(Problem(place, field, rule))
            else:
                position[field], heading[field] = index, name
        for field in self.required:
            alternatives = next((group for group in self.one_of if group[0] == field), (field,))
            if position.keys().isdisjoint(alternatives):
                problems.append(
                    Problem(place, field, f"the column is missing{self._hint(field, header)}{_found(header)}")
                )
        for group in self.one_of:
            given = [field for field in group if field in position]
            if len(given) > 1:
                both = " and ".join(shown(heading[field]) for field in given)
                problems.append(Problem(place, group[0], f"is given by two columns, {both}: keep one"))
        columns = Columns(position, heading, tuple(ignored), tuple(header))
        return columns, [*problems, *(self._slips(columns, place) if self.about else ())]

    def _slips(self, columns: Columns, place: str) -> Iterator[Problem]:
        """Headings that nothing is known by and that may be meant for a column that is not there."""
        missing = {name: held for name, held in self.known.items() if held not in columns.position}
        for heading in columns.ignored:
            if said := self.not_a_column.get(plain(heading)):
                yield Problem(place, heading, said)
            elif near := get_close_matches(plain(heading), missing, 1, NEAR):
                rule = f'no column is called so; did you mean "{missing[near[0]]}"? Rename it, or take it out'
                yield Problem(place, heading, rule)
            elif held := self._about(heading, columns):
                rule = self.not_a_column.get(
                    held, f'may say the {held.replace("_", " ")}: if so, call the column "{held}"'
                )
                yield Problem(place, heading, f"{rule}; if it says something else, take it out")

    def _about(self, heading: str, columns: Columns) -> str:
        """What the words of a *heading* may say that no column of the table holds; "" where there is no such word."""
        words = re.sub(r"[\W_]+", " ", heading.lower())
        given = {*columns.position} | {whole for whole, parts in self.parts.items() if {*parts} & {*columns.position}}
        said = [
            (found.end(), held) for held, word in self.about.items() for found in re.finditer(rf"\b(?:{word})\b", words)
        ]
        return max((item for item in said if item[1] not in given), default=(0, ""))[1]

    def _hint(self, field: str, header: list[str]) -> str:
        unknown = {cell.strip().lower(): cell.strip() for cell in header if plain(cell) not in self.known}
        for name in (field, *self.aliases[field]):
            if hint := near_hint(name, unknown):
                return f'{hint} (if so, call that column "{field}")'
        return ""


def _found(header: list[str]) -> str:
    names = ", ".join(shorten(cell.strip()) for cell in header[:30] if cell.strip())
    more = ", ..." if len(header) > 30 else ""
    return f"; columns found: {names}{more}" if names else "; the header line is empty"


__all__ = ["DAY_ALIASES", "HOURS_FROM", "Columns", "Headings", "plain"]
