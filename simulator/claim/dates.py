"""When a claim was said, and of which days it and its evidence speak."""

from __future__ import annotations

import datetime as dt
import re
from calendar import month_name, monthrange
from difflib import get_close_matches
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator

from simulator.scenario.errors import shown

# Two periods are one where so large a share of all their days belongs to both.
SAME_PERIOD = 0.9
_MONTHS = {name.lower(): number for number, name in enumerate(month_name) if name}
_LAST = re.compile(rf"(?:(?:(\d{{1,2}}) )?({'|'.join(_MONTHS)}) )?(\d{{4}})$", re.I)
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)$")


def days_meant(text: str) -> tuple[dt.date, dt.date] | None:
    """The first and the last day that the end of *text* can mean: all of "January 2026", of 2026; None where no date is there."""
    text = text.strip()
    try:
        if iso := _ISO.search(text):
            day = dt.date(*map(int, iso.groups()))
            return day, day
        if not (found := _LAST.search(text)):
            return None
        year, month = int(found[3]), _MONTHS[found[2].lower()] if found[2] else None
        if month is None:
            return dt.date(year, 1, 1), dt.date(year, 12, 31)
        first, last = (int(found[1]),) * 2 if found[1] else (1, monthrange(year, month)[1])
        return dt.date(year, month, first), dt.date(year, month, last)
    except ValueError:
        return None


def _said_on(text: str) -> str:
    """*text*, in which no month is misspelt: a claim of "Marhc 2026" would be taken for one of all of 2026."""
    for word in re.findall(r"[a-z]{3,}", text.lower()):
        if word not in _MONTHS and (near := get_close_matches(word, _MONTHS, 1, 0.8)):
            raise ValueError(f"no month is called so; did you mean {near[0].capitalize()}? (got {shown(text)})")
    return text


def last_day(said_on: str) -> dt.date | None:
    """The last day on which something can have been said: of "January 2026" the 31st, of "2018 to 2026" 31 December 2026."""
    days = days_meant(said_on)
    return days and days[1]


def _published(value: Any) -> Any:
    """The last day that can be meant: what need not have been public in time does not decide."""
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    days = days_meant(str(value)) if isinstance(value, (str, int)) and not isinstance(value, bool) else None
    if days is None:
        raise ValueError(
            f"must be a day, a month or a year, such as 19 January 2026, January 2026 or 2026 (got {shown(value)})"
        )
    return days[1]


SaidOn = Annotated[str, AfterValidator(_said_on)]
PublishedOn = Annotated[dt.date, BeforeValidator(_published)]


def check_period(begins: dt.date | None, ends: dt.date | None) -> None:
    """Raise ValueError where a period ends before it begins."""
    if begins and ends and ends < begins:
        raise ValueError(f"ends must not be before begins (got {ends} and {begins})")


def shared_days(a: tuple[dt.date, dt.date], b: tuple[dt.date, dt.date]) -> float:
    """The share of all days of both periods that belongs to both."""
    both = (min(a[1], b[1]) - max(a[0], b[0])).days + 1
    either = (max(a[1], b[1]) - min(a[0], b[0])).days + 1
    return max(both, 0) / either


__all__ = ["SAME_PERIOD", "PublishedOn", "SaidOn", "check_period", "days_meant", "last_day", "shared_days"]
