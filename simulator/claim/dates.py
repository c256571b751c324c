"""When a claim was said, and of which days it and its evidence speak."""

from __future__ import annotations

import datetime as dt
import re
from calendar import month_name, monthrange

# Two periods are one where so large a share of all their days belongs to both.
SAME_PERIOD = 0.9
_MONTHS = {name.lower(): number for number, name in enumerate(month_name) if name}
_LAST = re.compile(rf"(?:(?:(\d{{1,2}}) )?({'|'.join(_MONTHS)}) )?(\d{{4}})$", re.I)
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)$")


def last_day(said_on: str) -> dt.date | None:
    """The last day that *said_on* can mean: of "January 2026" the 31st, of "2018 to 2026" 31 December 2026; None without one."""
    text = said_on.strip()
    try:
        if iso := _ISO.search(text):
            return dt.date(*map(int, iso.groups()))
        if not (found := _LAST.search(text)):
            return None
        year, month = int(found[3]), _MONTHS[found[2].lower()] if found[2] else 12
        return dt.date(year, month, int(found[1]) if found[1] else monthrange(year, month)[1])
    except ValueError:
        return None


def check_period(begins: dt.date | None, ends: dt.date | None) -> None:
    """Raise ValueError where a period ends before it begins."""
    if begins and ends and ends < begins:
        raise ValueError(f"ends must not be before begins (got {ends} and {begins})")


def shared_days(a: tuple[dt.date, dt.date], b: tuple[dt.date, dt.date]) -> float:
    """The share of all days of both periods that belongs to both."""
    both = (min(a[1], b[1]) - max(a[0], b[0])).days + 1
    either = (max(a[1], b[1]) - min(a[0], b[0])).days + 1
    return max(both, 0) / either


__all__ = ["SAME_PERIOD", "check_period", "last_day", "shared_days"]
