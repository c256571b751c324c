"""One cell of a table that people keep: a time, a count, a duration or a threshold, or why it is none.

Numbers come here as ``csv_numbers`` writes them: a point before decimals, nothing between thousands.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable

from simulator.scenario.errors import shown

# How records write "nothing stands here". Words for nothing are not among them: they may mean zero.
BLANK = frozenset(
    ("", "-", "–", "—", "--", "---", ".", "..", "...", "?", "n/a", "na", "nan", "null", "n/k", "nk", "tbc", "unknown",
     "not recorded", "not known", "not available", "not given", "not held", "not stated")
)  # fmt: skip
NOUGHT = frozenset(("nil", "none", "no", "zero", "none recorded"))
LARGEST_COUNT = 1_000_000_000
# What a spreadsheet writes where a formula failed: the number is lost, and a blank would hide that.
_FAILED = re.compile(r"#(?:N/A|(?:REF|VALUE|NUM|NULL|SPILL|CALC|FIELD|BUSY)!|DIV/0!|NAME\?|GETTING_DATA|#*)", re.I)
_DIGITS = dict(
    zip(("o", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), range(11), strict=True)
)
_WHOLE = re.compile(r"[0-9]+(?:\.0*)?")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)")
_BOUND = re.compile(r"^(?:[<>~≈≥≤]|c\.|ca\b|circa|about|approx|over|under|around)|\+$|[0-9]\s*(?:-|–|to)\s*[0-9]", re.I)
_NOTED = re.compile(r"([0-9]+)\s*(?:[*†‡§¹²³]+|[(\[].*[)\]])")
_THOUSANDS = re.compile(r"([0-9]+(?:\.[0-9])?)\s*k", re.I)
_PERCENT = re.compile(r"([1-9][0-9](?:\.[0-9]+)?)\s*%?")
_CLOCK = re.compile(r"([0-9]{1,3}):([0-5][0-9])(?::[0-5][0-9])?")
_TIME = re.compile(r"([0-9]{1,2})(?:[:.]?([0-5][0-9]))?(?:[:.]00)?\s*(?:([ap])\.?m\.?|h(?:rs?|ours?)?)?", re.I)
_HOURS_MINUTES = re.compile(
    r"(?:([0-9]+(?:\.[0-9]+)?)\s*h(?:(?:ou)?rs?)?)?[\s,]*(?:(?:and\s+)?([0-9]+)\s*(m(?:in(?:ute)?s?|rs?|s)?)?)?\.?",
    re.I,
)
_AND = re.compile(r"\s*(?:[,;&+/]|\band\b)\s*", re.I)
_FROM_TO = re.compile(r"(.+?)\s*(?:-|–|—|\bto\b|\buntil\b|\btill?\b)\s*(.+)", re.I)


class CellError(ValueError):
    """What a cell must be."""


def is_blank(cell: str) -> bool:
    """Whether *cell* holds one of the marks for "nothing stands here"."""
    return cell.strip().lower() in BLANK


def failed(cell: str) -> str:
    """What to do about a *cell* in which a formula of a spreadsheet failed; "" where none did."""
    if not _FAILED.fullmatch(cell.strip()):
        return ""
    what = "is too narrow a column" if set(cell.strip()) == {"#"} else "is a formula that failed"
    return f"{what} (got {shown(cell.strip())}): write the number, or clear the cell where nothing was recorded"


def count(cell: str) -> float:
    """Read a whole number, 0 or more; NaN where the cell is blank."""
    text = cell.strip()
    if _WHOLE.fullmatch(text):
        number = float(text)
        if number < LARGEST_COUNT:
            return number
        raise CellError(f"must be below {LARGEST_COUNT:,} (got {shown(text)})")
    if is_blank(cell):
        return math.nan
    hint = (
        "" if re.search("[0-9]", text) else "; write a number in digits, or leave the cell empty where it is not known"
    )
    if text.startswith("-"):
        hint = ": no count is below 0"
    elif text.lower() in _DIGITS:
        hint = f"; write {_DIGITS[text.lower()]}"
    elif _BOUND.search(text):
        hint = "; a bound or a round figure is no count: give the number, or leave the cell empty"
    elif text.lower() in NOUGHT:
        hint = "; write 0 for zero, or leave the cell empty where nothing was recorded"
    elif found := _THOUSANDS.fullmatch(text):
        hint = f"; write {1000 * float(found[1]):.0f} if it is so to the last digit, or leave the cell empty"
    elif found := _NOTED.fullmatch(text):
        hint = f"; write {found[1]} alone, and what the mark says in another column"
    raise CellError(f"must be a whole number, 0 or more (got {shown(text)}){hint}")


def threshold(cell: str) -> float:
    """Read a threshold between 0 and 1, both excluded; NaN where the cell is blank."""
    percent = _PERCENT.fullmatch(cell.strip())
    hint = f"; write {float(percent[1]) / 100:.10g}" if percent else ""
    return _above_0(cell, 1.0, "between 0 and 1, as in 0.64", hint)


def hours(cell: str) -> float:
    """Read a number of hours above 0, or what *duration* reads; NaN where the cell is blank."""
    if is_blank(cell) or _NUMBER.fullmatch(cell.strip()):
        return _above_0(cell, 1e6, "a number of hours above 0")
    what = "a number of hours above 0, a duration as 5h 48m or 5:48, or times as 12:05-17:53"
    return _duration(cell, what, "" if re.search("[0-9]", cell) else "; leave the cell empty where it is not known")


def minutes(cell: str) -> float:
    """Read a number of minutes above 0, in hours; NaN where the cell is blank."""
    return _above_0(cell, 1e6, "a number of minutes above 0") / 60


def duration(cell: str) -> float:
    """Read a duration that names its units ("5h 48m", "90 min"), or is hours and minutes (5:48) or times, in hours."""
    if is_blank(cell):
        return math.nan
    hint = '; or name the column "hours" or "duration_min"' if _NUMBER.fullmatch(cell.strip()) else ""
    return _duration(cell, "a duration that says its units, as 5h 48m or 5:48, or times as 12:05-17:53", hint)


def _duration(cell: str, what: str, hint: str = "") -> float:
    text = cell.strip()
    if found := _CLOCK.fullmatch(text):
        whole, part = float(found[1]), float(found[2])
    elif (found := _HOURS_MINUTES.fullmatch(text)) and (found[1] or found[3]):
        whole, part = float(found[1] or 0), float(found[2] or 0)
    elif times := _times(text):
        whole, part = sum(hours_between(*ends) for ends in times), 0.0
    else:
        raise CellError(f"must be {what} (got {shown(text)}){hint}")
    if whole + part <= 0:
        raise CellError(f"must be above 0 (got {shown(text)})")
    return whole + part / 60


def _times(text: str) -> list[tuple[str, str]]:
    """The times from and to which *text* says that something lasted; none where it says anything else."""
    found = [_FROM_TO.fullmatch(part) for part in _AND.split(text)]
    try:
        ends = [(clock(span[1]), clock(span[2])) for span in found if span]
    except CellError:
        return []
    given = [(start, end) for start, end in ends if start and end]
    return given if len(given) == len(found) else []


def hours_between(start: str, end: str) -> float:
    """Hours from one clock time to the next *end*, which may be on the day after."""
    first, last = (60 * int(clock[:2]) + int(clock[3:]) for clock in (start, end))
    if first == last:
        raise CellError(f"must not end when it starts (got {start} to {end})")
    return ((last - first) % (24 * 60)) / 60


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
    """Read a number, 0 or more; NaN where the cell is blank."""
    if is_blank(cell):
        return math.nan
    text = cell.strip()
    read = float(text) if _NUMBER.fullmatch(text) else math.nan
    if not 0 <= read < LARGEST_COUNT:
        raise CellError(f"must be a number, 0 or more (got {shown(text)})")
    return read


def _above_0(cell: str, below: float, what: str, hint: str = "") -> float:
    """The number in *cell*, above 0 and *below* this; NaN where it is blank. *what* it must be, in words, and a *hint*."""
    if is_blank(cell):
        return math.nan
    text = cell.strip()
    number = float(text) if _NUMBER.fullmatch(text) else math.nan
    if not 0 < number < below:
        raise CellError(f"must be {what} (got {shown(text)}){hint}")
    return number


# How the cells of a column are read that says how long the cameras were on: hours.
READ_HOURS: dict[str, Callable[[str], float]] = {"hours": hours, "duration_min": minutes, "duration": duration}
