"""The headings of a table of deployments: what its columns may be called, and which heading must not be passed over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from simulator.scenario.errors import Problem, shorten
from simulator.scenario.headings import DAY_ALIASES, HOURS_FROM, Columns, Headings, plain

STAFF = ("operators", "teams", "checkers", "vans")
HEADINGS = Headings(
    {
        **DAY_ALIASES,
        "start": (
            *("start time", "time", "time on", "time of deployment", "deployment time"),
            *("camera on", "cameras on", "from"),
        ),
        "passages_per_hour": ("passages an hour", "footfall per hour", "footfall an hour", "people per hour"),
        "operators": ("operator",),
        "teams": ("team",),
        "checkers": ("checker", "checker units"),
        "vans": ("van", "custody vans"),
        "source": (),
    },
    ("date", "hours"),
    (HOURS_FROM,),
)
_STAFF = f"give the staff in columns of their own: {', '.join(STAFF)}"
_FOOTFALL = 'is it per hour? Then call the column "passages_per_hour"; if not, divide by the hours'
# Headings that mean something here, but not one thing.
NOT_A_COLUMN = {"staff": _STAFF, "officers": _STAFF, "footfall": _FOOTFALL, "passages": _FOOTFALL, "people": _FOOTFALL}
# A heading with one of these words is not passed over where no column holds what it may say; of several the last is named.
ABOUT = {
    "threshold": "thresholds?",
    "watchlist_size": "(?:watch)?lists?",
    "start": "start\\w*|beg[aiu]n\\w*",
    "place": "places?|locations?|sites?|venues?|areas?|boroughs?",
    "passages_per_hour": "passages?|footfall|pedestrians?",
    "operators": "operators?",
    "teams": "teams?",
    "checkers": "checkers?",
    "vans": "vans?",
    "staff": "staff|officers?",
}
# From here on a heading is taken for a slip of the pen.
NEAR = 0.8
MOST_NAMED = 12


def slips(columns: Columns, place: str) -> Iterator[Problem]:
    """Headings that nothing is known by and that may be meant for a column that is not there."""
    missing = {name: held for name, held in HEADINGS.known.items() if held not in columns.position}
    for heading in columns.ignored:
        if said := NOT_A_COLUMN.get(plain(heading)):
            yield Problem(place, heading, said)
        elif near := get_close_matches(plain(heading), missing, 1, NEAR):
            rule = f'no column is called so; did you mean "{missing[near[0]]}"? Rename it, or take it out'
            yield Problem(place, heading, rule)
        elif held := _about(heading, columns):
            rule = NOT_A_COLUMN.get(held, f'may say the {held.replace("_", " ")}: if so, call the column "{held}"')
            yield Problem(place, heading, f"{rule}; if it says something else, take it out")


def unused(columns: Columns) -> str:
    """Which *columns* are of no use here, in words; "" where all are."""
    names = [shorten(name) for name in columns.ignored]
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return f"nothing is taken from the columns {', '.join(names[:MOST_NAMED])}{more}" if names else ""


def _about(heading: str, columns: Columns) -> str:
    """What the words of a *heading* may say that no column of the table holds; "" where there is no such word."""
    words = re.sub(r"[\W_]+", " ", heading.lower())
    given = {*columns.position} | ({"staff"} if {*STAFF} & {*columns.position} else set())
    said = [(found.end(), held) for held, word in ABOUT.items() for found in re.finditer(rf"\b(?:{word})\b", words)]
    return max((item for item in said if item[1] not in given), default=(0, ""))[1]


__all__ = ["HEADINGS", "STAFF", "slips", "unused"]
