"""The line of column names of a table: which column is which, by the names that forces give them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeVar

from simulator.scenario.csv_cells import CellError, failed
from simulator.scenario.errors import Problem, ScenarioError, shorten, shown
from simulator.scenario.explain import near_hint
from simulator.scenario.heading_words import computed, in_thousands, is_slip, plain, running, uncounted, words

THRESHOLDS = (
    "alert", "confidence", "face match", "face recognition", "facial recognition", "frt", "lfr", "match", "matching", "min",
    "minimum", "score", "similarity", "system",
)  # fmt: skip
# What says when, where and with what settings, in deployment records and in tables of deployments alike: what a column
# holds -> the headings it is known by, besides its own name. Capitals, spaces and punctuation do not matter.
DAY_ALIASES: dict[str, tuple[str, ...]] = {
    "date": ("date of deployment", "deployment date", "dates", "date(s)", "date and time", "datetime"),
    "place": ("location", "deployment location", "site", "venue", "location of deployment"),
    "hours": (
        "duration hours",
        "duration (h)",
        "duration hrs",
        "camera hours",
        "hours deployed",
        "hours of deployment",
    ),
    "duration_min": ("duration (mins)", "duration (minutes)", "minutes", "duration minutes", "duration mins"),
    "duration": ("duration of deployment", "deployment duration", "length of deployment", "time deployed"),
    "watchlist_size": (
        *(
            "watchlist",
            "size of watchlist",
            "watch list",
            "watch list size",
            "number on watchlist",
            "list",
            "list size",
        ),
        *("size of list", "people on watchlist", "images on watchlist", "watchlist entries"),
    ),
    "threshold": (
        *(f"{which} threshold" for which in THRESHOLDS),
        *(f"threshold {what}" for what in ("setting", "settings", "set", "used", "value", "score", "level")),
    ),
}
# Any one of these columns says how long the cameras were on.
HOURS_FROM = ("hours", "duration_min", "duration")
# Names that mean a field only where no other column does: beside a date, "Day" is the day of the week.
LAST_RESORT = {"day": "date", "deployment": "place"}
# What stands for a field where the user says that a column is none.
IGNORE = "ignore"
# Of a setting an average may be all that is printed; of counts it is another thing.
_SETTINGS = ("threshold", "watchlist_size", *HOURS_FROM)
# Thousands that were torn apart at their comma.
_SPLIT = re.compile(r"(?<![0-9.:])[1-9][0-9]{0,2},[0-9]{3}(?![0-9.:])")
_Value = TypeVar("_Value")


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
        if len(row) < width or any(cell.strip() for cell in row[width:]):
            split = len(row) > width and _SPLIT.search(",".join(row))
            quote = f': a comma within a number needs quotation marks, as "{split[0]}"' if split else ""
            return Problem(
                place, "", f"must have {width} cells, as the line of column names has (got {len(row)}){quote}"
            )
        return None

    def cell(
        self, row: list[str], field: str, read: Callable[[str], _Value], place: str, problems: list[Problem]
    ) -> _Value | None:
        """What *read* makes of the cell of *field*; None where there is no such column, or it adds to *problems*."""
        if field not in self.position:
            return None
        cell = row[self.position[field]]
        try:
            if lost := failed(cell):
                raise CellError(lost)
            return read(cell)
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
    Patterns of headings that are passed over all the same are *of_no_use* and in *remarks*, which are then made; *made_of* has
    a part of what is required, and what to do where it stands alone. *name_it* and *leave_it* are what a user does who means
    the column, or does not; *named* is what he has said already: the field, or IGNORE, by heading.
    """

    aliases: Mapping[str, tuple[str, ...]]
    required: tuple[str, ...]
    one_of: tuple[tuple[str, ...], ...]
    about: Mapping[str, str] = field(default_factory=dict)
    not_a_column: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    of_no_use: str = "(?!)"
    remarks: Mapping[str, str] = field(default_factory=dict)
    made_of: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    name_it: str = 'call the column "{field}"'
    leave_it: str = "take it out"
    named: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def known(self) -> dict[str, str]:
        """What a column holds, by its heading (see *plain*); what the user named comes before what is known by itself."""
        said = {*self.named.values()}
        said |= {name for group in self.one_of if said & {*group} for name in group}
        own = {plain(name): held for held, names in self.aliases.items() for name in (held, *names) if held not in said}
        return own | {plain(heading): held for heading, held in self.named.items()}

    def with_named(self, named: Mapping[str, str]) -> Headings:
        """These headings with the columns that the user *named*; raises ScenarioError for a field that there is not."""
        problems = [
            Problem("--column", held, f"no field is called so{near_hint(held, self.aliases)}")
            for held in named.values()
            if held != IGNORE and held not in self.aliases
        ]
        if problems:
            raise ScenarioError(*problems, Problem("--column", "", f"fields: {', '.join((*self.aliases, IGNORE))}"))
        return replace(self, named=named)

    def held_by(self, heading: str) -> str | None:
        """What a column under this *heading* holds; None where nothing is known by it."""
        return self.known.get(plain(heading)) or self.known.get(uncounted(heading))

    def _last_resort(self, heading: str, header: list[str]) -> str | None:
        """What *heading* holds where no other of the *header* does; None where it is no such name."""
        held = LAST_RESORT.get(plain(heading))
        return held if held in self.aliases and held not in map(self.held_by, header) else None

    def instead_of(self, held: str) -> tuple[str, ...]:
        """The fields of which any one will do where *held* is required."""
        return next((group for group in self.one_of if group[0] == held), (held,))

    def count(self, header: Iterable[str]) -> int:
        """How many cells of *header* name a known column."""
        return sum(self.held_by(cell) is not None for cell in header)

    def find(self, header: list[str], place: str) -> tuple[Columns, list[Problem]]:
        """Recognise the columns of *header*, which stands at *place*, and say what is missing or given twice."""
        position: dict[str, int] = {}
        heading: dict[str, str] = {}
        ignored: list[str] = []
        problems = list(self._not_there(header, place))
        for index, name in enumerate(header):
            held = self.held_by(name) or self._last_resort(name, header)
            if held is None or held == IGNORE:
                ignored += [name] if name else []
            elif held in position:
                rule = f"is given by two columns, {shown(heading[held])} and {shown(name)}: keep one"
                problems.append(Problem(place, held, rule))
            else:
                position[held], heading[held] = index, name
        columns = Columns(position, heading, tuple(ignored), tuple(header))
        told = {held for name in ignored if plain(name) in self.not_a_column and (held := self._told(name))}
        if missing := [
            held
            for held in self.required
            if position.keys().isdisjoint(self.instead_of(held)) and told.isdisjoint(self.instead_of(held))
        ]:
            rules = ["the column is missing"] * len(missing)
            part, do = self.made_of.get(missing[-1], ("", ""))
            asked = {self._about(heading, columns) for heading in ignored}
            rules[-1] += do if part in position and missing[-1] not in asked else self._found(header, missing)
            problems += map(Problem, [place] * len(rules), missing, rules)
        for group in self.one_of:
            given = [held for held in group if held in position]
            if len(given) > 1:
                both = " and ".join(shown(heading[held]) for held in given)
                problems.append(Problem(place, group[0], f"is given by two columns, {both}: keep one"))
        return columns, [*problems, *self._slips(columns, place)]

    def _not_there(self, header: list[str], place: str) -> Iterator[Problem]:
        """Columns that the user named and the file has not."""
        given = {plain(name) for name in header}
        for heading, held in self.named.items():
            if plain(heading) not in given:
                rule = f"no column is called {shown(heading)}{near_hint(heading, header)}{self._found(header)}"
                yield Problem(place, f"--column {held}", rule)

    def _slips(self, columns: Columns, place: str) -> Iterator[Problem]:
        """Headings that nothing is known by and that may be meant for a column that is not there."""
        missing = [
            (name, held)
            for held, names in self.aliases.items()
            for name in (held, *names)
            if held not in columns.position and self.known.get(plain(name)) == held
        ]
        for heading in columns.ignored:
            if self.held_by(heading) == IGNORE:
                continue
            held = self._about(heading, columns)
            of_no_use = (computed(heading) and held not in _SETTINGS) or any(
                re.search(pattern, words(heading)) for pattern in (self.of_no_use, *self.remarks)
            )
            do_else = f"if it says something else, {self.leave_it.format(heading=heading)}"
            if said := self.not_a_column.get(plain(heading)):
                yield Problem(place, heading, said)
            elif of_no_use:
                continue
            elif held and in_thousands(heading):
                yield Problem(place, heading, f"counts thousands: write whole numbers; {do_else}")
            elif near := next((own for name, own in missing if is_slip(heading, name)), ""):
                means = self.name_it.format(field=near, heading=heading)
                rule = f'no column is called so; did you mean "{near}"? If so, {means}; {do_else}'
                yield Problem(place, heading, rule)
            elif held:
                means = self.name_it.format(field=held, heading=heading)
                rule = self.not_a_column.get(held, f"may say the {held.replace('_', ' ')}: if so, {means}")
                yield Problem(place, heading, f"{rule}; {do_else}")
            elif self._foreign(columns):
                yield Problem(
                    place, heading, f"is not understood: say what it holds, or {self.leave_it.format(heading=heading)}"
                )

    def remarks_on(self, columns: Columns, place: str) -> Iterator[Problem]:
        """What must be said of *columns* that are passed over."""
        for heading in columns.ignored:
            for pattern, said in self.remarks.items():
                if self.held_by(heading) != IGNORE and re.search(pattern, words(heading)):
                    yield Problem(place, heading, said.format(heading=heading))
            held = self._about(heading, columns)
            in_part = any(held in parts and {*parts} & {*columns.position} for parts in self.parts.values())
            if held and not in_part and running(heading) and self.held_by(heading) != IGNORE:
                yield Problem(place, heading, "is a running total, and nothing is taken from it")

    def _foreign(self, columns: Columns) -> bool:
        """Whether nothing but what the user named is understood: then nothing may be passed over unsaid."""
        return bool(self.named) and {*columns.position} <= {*self.named.values()}

    def _about(self, heading: str, columns: Columns) -> str:
        """What the words of a *heading* may say that no column of the table holds; "" where there is no such word.

        Of several words the last is meant, and of several patterns that end there the first.
        """
        given = {*columns.position} | {whole for whole, parts in self.parts.items() if {*parts} & {*columns.position}}
        # "alerts per hour" speaks of alerts
        subject = words(heading).split(" per ")[0]
        said = [
            (found.end(), -rank, held)
            for rank, (held, word) in enumerate(self.about.items())
            for found in re.finditer(rf"\b(?:{word})\b", subject)
            if held not in given
        ]
        return max(said, default=(0, 0, ""))[2]

    def _told(self, heading: str) -> str | None:
        """What a *heading* holds but for a word at its end, where it is said what to do with it."""
        return self.held_by(words(heading).rpartition(" ")[0])

    def _found(self, header: list[str], missing: Iterable[str] = ()) -> str:
        """The columns that there are, and what to do if one of them is *missing*."""
        if not any(header):
            return "; the header line is empty"
        names = ", ".join(shorten(cell) for cell in header[:30] if cell)
        more = ", ..." if len(header) > 30 else ""
        between = " " if self.name_it.startswith("-") else ", "
        do = between.join(self.name_it.format(field=held, heading="...") for held in missing)
        return f"; columns found: {names}{more}" + (f"; if it is among them, {do}" if do else "")


__all__ = ["DAY_ALIASES", "HOURS_FROM", "IGNORE", "Columns", "Headings"]
