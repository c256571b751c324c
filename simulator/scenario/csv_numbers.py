"""Columns of numbers: which sign stands before decimals and which between thousands, by all cells of a column at once."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from statistics import median
from typing import Literal, TypeVar

from simulator.scenario.errors import Problem, shown
from simulator.scenario.sheet import Sheet

Sign = Literal[".", ","]
OTHER: dict[Sign, Sign] = {".": ",", ",": "."}
# Where the middle of a column lies in any record there is: what decides between two readings of it, if anything does.
SENSIBLE = {
    "hours": (0.05, 24.0),
    "duration_min": (3.0, 1440.0),
    "threshold": (0.0, 1.0),
    "watchlist_size": (50.0, 1e9),
    "faces": (50.0, 1e9),
    "passages_per_hour": (10.0, 1e6),
}
FRACTIONS = ("hours", "duration_min", "threshold", "passages_per_hour")
# Spaces and apostrophes only ever stand between thousands.
_SPACED = re.compile(r"([0-9]{1,3}(?:[ '’\u00a0\u2009\u202f][0-9]{3})+)([.,][0-9]*)?")
_GROUPED = {
    sign: re.compile(rf"[0-9]{{1,3}}(?:{re.escape(sign)}[0-9]{{3}})+(?:{re.escape(OTHER[sign])}[0-9]*)?")
    for sign in OTHER
}
_INDIAN = re.compile(r"[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}(?:\.[0-9]*)?")
_OPEN = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
# A whole number is written with decimals in all cells of a column or in none; else a digit may be lost.
_SLIP = re.compile(r"[1-9][0-9]{0,2}(?:,0{1,2}|\.00)")
_ONE_SIGN = re.compile(r"[+-]?[0-9]*[.,][0-9]*")
_Value = TypeVar("_Value")


@dataclass(frozen=True)
class NumberColumns:
    """How numbers are written in the columns of a sheet: the *decimal* sign of each, for cells that do not show it.

    *notes* say what was decided by sense; *problems* are columns that can be read in two ways.
    """

    decimal: Mapping[str, Sign]
    notes: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()

    def read(self, name: str, reader: Callable[[str], _Value]) -> Callable[[str], _Value]:
        """*reader*, of cells as they are written in the column of the field *name*."""
        if name not in self.decimal:
            return reader
        return lambda cell: reader(plain(cell, self.decimal[name], whole=name not in FRACTIONS))


def plain(cell: str, decimal: Sign, *, whole: bool) -> str:
    """The number in *cell* with a point before decimals and nothing between thousands; what is no number as it is.

    *decimal* is used only where the cell does not show the sign itself.
    """
    text = _unspaced(cell)
    sign = _shown(text, whole) or decimal
    if _GROUPED[OTHER[sign]].fullmatch(text) or (sign == "." and _INDIAN.fullmatch(text)):
        text = text.replace(OTHER[sign], "")
    elif not _ONE_SIGN.fullmatch(text):
        return text
    return text.replace(sign, ".")


def number_columns(sheet: Sheet, whole: tuple[str, ...], way_on: str = "") -> NumberColumns:
    """How the columns of *sheet* are written, those of the fields *whole* and of FRACTIONS; *way_on*: what a user may do.

    A column is decided by what its cells show, by what the user says of the file, by what makes sense, and by how the
    other columns are written, in this order; a comma that may stand between thousands does unless something is against it.
    """
    found = {
        name: _Column.of(sheet, name, name in whole) for name in (*whole, *FRACTIONS) if name in sheet.columns.position
    }
    decimal: dict[str, Sign] = {name: column.decimal or "." for name, column in found.items()}
    notes, problems = [], []
    for name, column in found.items():
        if column.slip and column.bare and not sheet.read_as.decimal:
            problems.append(column.problem(sheet, column.lost(way_on), column.slip[0]))
        elif column.mixed:
            problems.append(column.problem(sheet, column.mixed))
        elif column.open and not column.decimal:
            others = [other for other in found.values() if other.decimal]
            alike = {other.decimal for other in others if other.whole == column.whole}
            sign, by_sense = column.decided(sheet.read_as.decimal, alike, {other.decimal for other in others})
            if sign is None:
                problems.append(column.problem(sheet, column.either(way_on)))
            else:
                decimal[name] = sign
                if by_sense and ({other.decimal for other in others} or {"."}) != {sign}:
                    notes.append(column.problem(sheet, column.said(sign)))
    return NumberColumns(decimal, tuple(notes), tuple(problems))


@dataclass
class _Column:
    """The numbers of the field *name*: cells by the decimal sign they *show*, and *open* ones, each with its line."""

    name: str
    whole: bool
    shows: dict[Sign, tuple[int, str]] = field(default_factory=dict)
    open: list[tuple[int, str]] = field(default_factory=list)
    bare: bool = False
    slip: tuple[int, str] | None = None

    @classmethod
    def of(cls, sheet: Sheet, name: str, whole: bool) -> _Column:
        column = cls(name, whole)
        for line, cell in cells_of(sheet, name):
            text = _unspaced(cell)
            if _is_open(text, whole):
                column.open.append((line, text))
            elif sign := _shown(text, whole):
                column.shows.setdefault(sign, (line, text))
            if whole and _SLIP.fullmatch(text):
                column.slip = column.slip or (line, text)
            column.bare |= text.isdigit() and int(text) > 0
        return column

    @property
    def open_sign(self) -> Sign:
        """The sign whose meaning is open."""
        return "." if "." in self.open[0][1] else ","

    @property
    def decimal(self) -> Sign | None:
        """The decimal sign that the cells show by themselves; None where they do not, or do not agree."""
        if len(self.shows) == 1:
            return next(iter(self.shows))
        # a count written by a program as 16.000 would be so in all rows, and not 950 in another
        return OTHER[self.open_sign] if self.whole and self.bare and self.open and not self.shows else None

    @property
    def mixed(self) -> str:
        """Why no open cell can be read where cells show both signs before decimals, or are open in both."""
        other = next((cell for cell in self.open if self.open_sign not in cell[1]), None)
        if self.open and len(self.shows) == 2:
            first, second = self.shows.values()
        elif other:
            first, second = self.open[0], other
        else:
            return ""
        return (
            f"{shown(first[1])} (line {first[0]}) and {shown(second[1])} (line {second[0]}) use the point and the comma in "
            f"two ways, so {shown(self.open[0][1])} may mean {self._both()}: write all cells of the column alike"
        )

    def decided(self, said: str, alike: set[Sign | None], others: set[Sign | None]) -> tuple[Sign | None, bool]:
        """The decimal sign as the user *said*, as makes sense, or as in columns *alike* or *others*; whether by sense.

        None where nothing decides, or where columns of whole numbers beside this one speak against the sense of it.
        """
        mark = self.open_sign
        if said:
            return (mark if said == mark else OTHER[mark]), False
        as_decimal = self._sensible(lambda text: text.replace(mark, "."))
        if as_decimal != self._sensible(lambda text: text.replace(mark, "")):
            sign = mark if as_decimal else OTHER[mark]
            return (None if self.whole and alike == {OTHER[sign]} else sign), True
        if len(alike) == 1:
            return alike.pop(), False
        # the other sign is before decimals, so this one is not; the same one does not settle it for a whole number
        return (OTHER[mark] if others == {OTHER[mark]} or (mark == "," and not others) else None), False

    def _sensible(self, bare: Callable[[str], str]) -> bool:
        low, high = SENSIBLE.get(self.name, (0.0, math.inf))
        return low <= median(float(bare(text)) for _, text in self.open) <= high

    def _both(self) -> str:
        digits, mark = self.open[0][1], self.open_sign
        return f"{float(digits.replace(mark, '.')):g} or {int(digits.replace(mark, '')):,}"

    def either(self, way_on: str) -> str:
        """That the column can be read in two ways, and what to do."""
        text, mark = self.open[0][1], self.open_sign
        decimal, thousands = f"{float(text.replace(mark, '.')):g}", text.replace(mark, "")
        return (
            f"{shown(text)} may mean {self._both()}, and no cell of the column shows which: write {decimal} or {thousands}"
            f"{way_on.format(decimal=mark, thousands=OTHER[mark])}"
        )

    def said(self, sign: Sign) -> str:
        """How open cells are read because nothing else makes sense."""
        text, mark = self.open[0][1], self.open_sign
        decimal, thousands = f"{float(text.replace(mark, '.')):g}", f"{int(text.replace(mark, '')):,}"
        read, other = (decimal, thousands) if sign == mark else (thousands, decimal)
        return f"{shown(text)} is read as {read}, and so is the whole column: {other} makes no sense here"

    def lost(self, way_on: str) -> str:
        """That a digit may be lost in a whole number that alone of its column has decimals."""
        [(_, text)] = [self.slip or (0, "0")]
        mark: Sign = "," if "," in text else "."
        number = text.partition(mark)[0]
        do = f", or say --decimal {mark} for {number}" if way_on else ""
        return f"{shown(text)} may mean {number}, or {number}{mark}000 with a digit lost: write one of them in digits alone{do}"

    def problem(self, sheet: Sheet, rule: str, line: int = 0) -> Problem:
        """*rule* at this *line*, or at the first open cell of the column."""
        return Problem(f"{sheet.label}:{line or self.open[0][0]}", sheet.columns.heading[self.name], rule)


def cells_of(sheet: Sheet, name: str) -> Iterator[tuple[int, str]]:
    """The lines and cells of the column of the field *name*, of rows that reach so far."""
    at = sheet.columns.position[name]
    return ((line, row[at].strip()) for line, row in sheet.rows if len(row) > at)


def _unspaced(cell: str) -> str:
    """*cell* without spaces and apostrophes between thousands."""
    text = cell.strip()
    found = _SPACED.fullmatch(text)
    return re.sub("[^0-9.,]", "", text) if found else text


def _is_open(text: str, whole: bool) -> bool:
    """Whether the sign in *text* may stand before decimals or between thousands; a *whole* number has no decimals but 0."""
    return bool(_OPEN.fullmatch(text)) and (not whole or text.endswith("000"))


def _shown(text: str, whole: bool) -> Sign | None:
    """The sign before decimals that *text* shows by how it is written; None where it shows none."""
    if _is_open(text, whole) or not any(mark in text for mark in OTHER):
        return None
    if _INDIAN.fullmatch(text):
        return "."
    for mark, other in OTHER.items():
        grouped = _GROUPED[mark].fullmatch(text)
        if grouped and (other in text or text.count(mark) > 1 or (whole and _OPEN.fullmatch(text))):
            return other
    return ("." if "." in text else ",") if _ONE_SIGN.fullmatch(text) else None


__all__ = ["FRACTIONS", "NumberColumns", "cells_of", "number_columns", "plain"]
