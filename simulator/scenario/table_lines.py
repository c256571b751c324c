"""Which lines of a file are its headings, which its rows, and which neither: titles, totals, notes, headings once more."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simulator.scenario.csv_text import MOST_ABOVE
from simulator.scenario.errors import Problem, shown
from simulator.scenario.headings import Columns, Headings

Row = tuple[int, list[str]]
# The sign by which a spreadsheet takes a cell for text, and characters that nobody sees.
_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
# Dashes and minus signs that people take for a hyphen; the two of print (– and —) stay, since names have them.
_HYPHENS = re.compile("[\u2010-\u2012\u2015\u2212\ufe58\ufe63\uff0d]")
_TEXT_MARK = re.compile("^['\u2018\u2019`](.*?)['\u2018\u2019`]?$", re.DOTALL)
_TOTAL = re.compile(
    r"(?:\w+ )?(?:(?:grand|sub|overall|annual|yearly|monthly)[\s-]*)?(?:totals?|sums?|overall|averages?|mean)\b"
    r"[^a-z]*(?:\(.*\)|of .*)?",
    re.I,
)
_NOTE = re.compile(
    r"\*|†|‡|(?:please )?notes?\b|n\.?b\b|sources?\b|key\b|disclaimer|caveat|(?:last )?updated|(?:compiled|produced|prepared)\b",
    re.I,
)
# What begins as a date does, whether it is one or not; a number may be a date's serial number.
_DATED = re.compile(
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? )?\d{1,4}(?:st|nd|rd|th)?[-/. ]+\w{1,9}[-/. ,]+\d{2,4}|\d{5}(?:\.\d+)?$",
    re.I,
)
MOST_SHOWN = 3


def tidy(cell: str) -> str:
    """*cell* as it looks: without what nobody sees, and without the mark that makes it text."""
    seen = _HYPHENS.sub("-", _SPACES.sub(" ", _UNSEEN.sub("", cell)))
    return _TEXT_MARK.sub(r"\1", seen.strip()).strip()


def header_of(rows: list[Row], headings: Headings) -> tuple[list[str], int, int]:
    """The column names among the first of the *rows*, with the places of the first and the last of their one or two lines.

    Where no line names two columns that are known it is the first line with most cells.
    """
    top = [cells for _, cells in rows[:MOST_ABOVE]]
    known = [headings.count(cells) for cells in top]
    at = known.index(max(known)) if max(known) > 1 or known[0] else -1
    if at < 0:
        filled = [sum(map(bool, cells)) for cells in top]
        at = filled.index(max(filled))
    best, first, last = top[at], at, at
    for upper in (at - 1, at):
        if 0 <= upper < len(top) - 1 and not any(map(str.isdigit, "".join(top[upper] + top[upper + 1]))):
            both = _over(top[upper], top[upper + 1], headings)
            if headings.count(both) > headings.count(best):
                best, first, last = both, upper, upper + 1
    while best and not best[-1]:
        best = best[:-1]
    return best, first, last


def has_headings(rows: list[Row], headings: Headings) -> bool:
    """Whether the *rows* have all columns that a table must have."""
    held = {headings.held_by(name) for name in header_of(rows, headings)[0]} if rows else set()
    return all(held & {*headings.instead_of(name)} for name in headings.required)


def _over(upper: list[str], lower: list[str], headings: Headings) -> list[str]:
    """One line of column names of two, of which the *upper* may span several of the *lower*."""
    names, spanning = [], ""
    for index in range(max(len(upper), len(lower))):
        above, below = (cells[index] if index < len(cells) else "" for cells in (upper, lower))
        spanning = above or (spanning if below else "")
        both = f"{spanning} {below}".strip()
        names.append(next((name for name in (both, below, above) if name and headings.held_by(name)), both))
    return names


def rows_of(rows: list[Row], header: list[str], columns: Columns, label: str) -> tuple[tuple[Row, ...], list[Problem]]:
    """The *rows* below the *header* that are deployments, and what is said of the others."""
    kept: list[Row] = []
    aside: dict[str, list[Row]] = {}
    again = [cell.casefold() for cell in header]
    for line, cells in rows:
        row = [cell.casefold() for cell in cells]
        what = "headings" if row[: len(again)] == again else _aside(cells, columns)
        (aside.setdefault(what, []) if what else kept).append((line, cells))
    return tuple(kept), [_said(what, found, label) for what, found in aside.items()]


def _aside(cells: list[str], columns: Columns) -> str:
    """What a line is that is no row: "total" or "note"; "" for a row."""
    filled = [cell for cell in cells if cell]
    day, place = (
        cells[at] if at is not None and at < len(cells) else "" for at in map(columns.position.get, ("date", "place"))
    )
    if any(map(_TOTAL.fullmatch, (day, place) if _DATED.match(day) else (day, place, filled[0]))):
        return "total"
    if "date" not in columns.position or len(columns.header) < 3 or _DATED.match(day):
        return ""
    alone = len(filled) == 1 and re.search(r"[^\W\d_]{3}", filled[0])
    return "note" if alone or _NOTE.match(filled[0]) else ""


def above(rows: list[Row], label: str) -> Iterator[Problem]:
    """What is said of the *rows* above the headings."""
    if rows:
        yield _said("title", rows, label)


def _said(what: str, found: list[Row], label: str) -> Problem:
    lines = ", ".join(str(line) for line, _ in found[:MOST_SHOWN]) + (" ..." if len(found) > MOST_SHOWN else "")
    told = ", ".join(shown(next(filter(None, cells))) for _, cells in found[:MOST_SHOWN])
    rule = {
        "headings": f"the headings come again, and are passed over (line {lines})",
        "total": f"{'a row of totals is' if len(found) == 1 else f'{len(found)} rows of totals are'} no deployment, and passed "
        f"over (line {lines})",
        "note": f"is a note and no row, and passed over (line {lines}): {told}",
        "title": f"stands above the headings, and is passed over: {told}",
    }[what]
    return Problem(f"{label}:{found[0][0]}", "", rule)


__all__ = ["above", "has_headings", "header_of", "rows_of", "tidy"]
