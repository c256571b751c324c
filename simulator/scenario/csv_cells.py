"""One cell of a table that people keep: a date, a time, a count, a duration or a threshold, or why it is none."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable
from typing import Literal

from simulator.scenario.errors import shown

# How records write "nothing stands here". "none" and "nil" are not among them: they may mean zero.
BLANK = frozenset(("", "-", "–", "—", "n/a", "na", "nan", "null", "unknown", "not recorded", "not known"))
LARGEST_COUNT = 1_000_000_000
FIRST_YEAR, LAST_YEAR = 2000, 2099
_WHOLE = re.compile(r"(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.0+)?")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)?(?:\.[0-9]*)?")
_SPACED = re.compile(r"[0-9]{1,3}(?:\s[0-9]{3})+")
# In some locales thousands, in others decimals: "16.000" is sixteen to one half of the world.
_POINTS = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+")
_DECIMAL_COMMA = re.compile(r"[0-9]*,[0-9]+")
_BOUND = re.compile(r"^(?:[<>~≈≥≤]|c\.|ca\b|circa|about|approx|over|under|around)|\+$|[0-9]\s*(?:-|–|to)\s*[0-9]", re.I)
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ]00:00(?::00)?)?")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4}|[0-9]{2})")
_NAMED = re.compile(
    r"(?:[a-z]{3,9},?\s+)?([0-9]{1,2})(?:st|nd|rd|th)?[\s-]+([a-z]{3})[a-z]*\.?,?[\s-]+([0-9]{4})", re.I
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CLOCK = re.compile(r"([0-9]{1,3}):([0-5][0-9])(?::[0-5][0-9])?")
_TIME = re.compile(r"([0-9]{1,2})(?:[:.]?([0-5][0-9]))?(?:[:.]00)?\s*(?:([ap])\.?m\.?|h(?:rs?|ours?)?)?", re.I)
_HOURS_MINUTES = re.compile(
    r"(?:([0-9]+(?:\.[0-9]+)?)\s*h(?:(?:ou)?rs?)?)?[\s,]*(?:([0-9]+)\s*m(?:in(?:ute)?s?|rs?|s)?)?\.?", re.I
)
Order = Literal["", "ambiguous", "day first"]


class CellError(ValueError):
    """What a cell must be."""


class MonthFirstError(CellError):
    """A date that only fits with the month before the day."""


def is_blank(cell: str) -> bool:
    """Whether *cell* holds one of the marks for "nothing stands here"."""
    return cell.strip().lower() in BLANK


def count(cell: str) -> float:
    """Read a whole number, 0 or more, with or without thousands separators; NaN where the cell is blank."""
    text = cell.strip()
    if said := points(text, whole=True):
        raise CellError(said)
    if _WHOLE.fullmatch(text):
        number = float(text.replace(",", ""))
        if number < LARGEST_COUNT:
            return number
        raise CellError(f"must be below {LARGEST_COUNT:,} (got {shown(text)})")
    if is_blank(cell):
        return math.nan
    hint = ""
    if _BOUND.search(text):
        hint = "; a bound or a round figure is no count: give the number, or leave the cell empty"
    elif text.lower() in ("none", "nil"):
        hint = "; write 0 for zero, or leave the cell empty where nothing was recorded"
    elif _SPACED.fullmatch(text):
        hint = f"; write {''.join(text.split())}"
    raise CellError(f"must be a whole number, 0 or more (got {shown(text)}){hint}")


def threshold(cell: str) -> float:
    """Read a threshold between 0 and 1, both excluded; NaN where the cell is blank."""
    return _above_0(cell, 1.0, "between 0 and 1, as in 0.64")


def hours(cell: str) -> float:
    """Read a number of hours above 0; NaN where the cell is blank."""
    return _above_0(cell, 1e6, "a number of hours above 0")


def minutes(cell: str) -> float:
    """Read a number of minutes above 0, in hours; NaN where the cell is blank."""
    return _above_0(cell, 1e6, "a number of minutes above 0") / 60


def duration(cell: str) -> float:
    """Read a duration that names its units ("5h 48m", "90 min") or is hours and minutes (5:48), in hours."""
    if is_blank(cell):
        return math.nan
    text = cell.strip()
    if found := _CLOCK.fullmatch(text):
        whole, part = float(found[1]), float(found[2])
    elif (found := _HOURS_MINUTES.fullmatch(text)) and (found[1] or found[2]):
        whole, part = float(found[1] or 0), float(found[2] or 0)
    else:
        hint = '; or name the column "hours" or "duration_min"' if _decimal(text) is not None else ""
        raise CellError(f"must say its units, as in 5h 48m or 5:48 (got {shown(text)}){hint}")
    if whole + part <= 0:
        raise CellError(f"must be above 0 (got {shown(text)})")
    return whole + part / 60


def date(cell: str) -> tuple[dt.date, Order]:
    """Read a date: ISO, day first (31/12/2024, 31/12/24), or with the month's name; say what it shows of the order.

    A date is "ambiguous" where day and month could be exchanged (it is read day first), "day first" where they cannot.
    """
    text = cell.strip()
    order: Order = ""
    if found := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in found.groups())
    elif found := _DAY_FIRST.fullmatch(text):
        day, month, year = (int(part) for part in found.groups())
        year += 2000 if len(found[3]) == 2 else 0
        if month > 12 >= day:
            raise MonthFirstError(
                f"has no month {month}: dates are read day first, as in 31/12/2024 (got {shown(text)})"
            )
        order = "day first" if day > 12 else "ambiguous" if day != month else ""
    elif (found := _NAMED.fullmatch(text)) and found[2].lower() in _MONTHS:
        day, month, year = int(found[1]), _MONTHS.index(found[2].lower()) + 1, int(found[3])
    elif is_blank(cell):
        raise CellError("must be given (the cell is empty)")
    else:
        raise CellError(f"must be a date, as in 2024-12-31 or 31/12/2024 (got {shown(text)})")
    try:
        read = dt.date(year, month, day)
    except ValueError:
        raise CellError(f"is no day of the calendar (got {shown(text)})") from None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise CellError(f"must lie between {FIRST_YEAR} and {LAST_YEAR} (got {shown(text)})")
    return read, order


def clock(cell: str) -> str | None:
    """Read a time of day (11:00, 11.00, 1100, 11:00:00, 11am), as ``"11:00"``; None where the cell is blank."""
    if is_blank(cell):
        return None
    text = cell.strip()
    found = _TIME.fullmatch(text)
    # a number alone might be anything
    if found and (found[2] or found[3]):
        hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
        if not half and (hour < 24 or (hour == 24 and not minute)):
            return f"{hour:02}:{minute:02}"
        if half and 1 <= hour <= 12:
            return f"{hour % 12 + 12 * (half == 'p'):02}:{minute:02}"
    raise CellError(f"must be a time of day in whole minutes, as in 11:00 (got {shown(text)})")


def number(cell: str) -> float:
    """Read a number, 0 or more, whole ones with or without thousands separators; NaN where the cell is blank."""
    if is_blank(cell):
        return math.nan
    text = cell.strip()
    if said := points(text):
        raise CellError(said)
    read = float(text.replace(",", "")) if _WHOLE.fullmatch(text) else _decimal(text)
    if read is None or not 0 <= read < LARGEST_COUNT:
        raise CellError(f"must be a number, 0 or more (got {shown(text)}){_point(cell)}")
    return read


def points(cell: str, *, whole: bool = False) -> str:
    """What to write where points in *cell* may stand between thousands; "" where they cannot. *whole*: a count is asked for."""
    text = cell.strip()
    if not _POINTS.fullmatch(text):
        return ""
    thousands = text.replace(".", "")
    if text.count(".") > 1 or (whole and not text.endswith(".000")):
        return f"has points between thousands (got {shown(text)}); write {thousands}"
    decimal = f"{float(text):g}"
    return f"may mean {decimal} or {int(thousands):,} (got {shown(text)}); write {decimal} or {thousands}"


def _above_0(cell: str, below: float, what: str) -> float:
    """The number in *cell*, above 0 and *below* this; NaN where it is blank. *what* it must be, in words."""
    if is_blank(cell):
        return math.nan
    number = _decimal(cell)
    if number is None or not 0 < number < below:
        raise CellError(f"must be {what} (got {shown(cell.strip())}){_point(cell)}")
    return number


def _point(cell: str) -> str:
    """What to write instead of a decimal comma."""
    text = cell.strip()
    return f"; write {text.replace(',', '.')}" if _DECIMAL_COMMA.fullmatch(text) else ""


def _decimal(cell: str) -> float | None:
    """The number in *cell*; None where there is none, or a comma that might be a decimal one."""
    text = cell.strip()
    if "," in text or not _NUMBER.fullmatch(text) or not any(c.isdigit() for c in text):
        return None
    return float(text)


# How the cells of a column are read that says how long the cameras were on: hours.
READ_HOURS: dict[str, Callable[[str], float]] = {"hours": hours, "duration_min": minutes, "duration": duration}
