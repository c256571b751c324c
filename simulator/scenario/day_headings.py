"""The headings of a table of deployments: what its columns may be called, and which heading must not be passed over."""

from __future__ import annotations

from simulator.scenario.errors import shorten
from simulator.scenario.headings import DAY_ALIASES, HOURS_FROM, Columns, Headings

STAFF = ("operators", "teams", "checkers", "vans")
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
    about=ABOUT,
    not_a_column=NOT_A_COLUMN,
    parts={"staff": STAFF},
)
MOST_NAMED = 12


def unused(columns: Columns) -> str:
    """Which *columns* are of no use here, in words; "" where all are."""
    names = [shorten(name) for name in columns.ignored]
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return f"nothing is taken from the columns {', '.join(names[:MOST_NAMED])}{more}" if names else ""


__all__ = ["HEADINGS", "STAFF", "unused"]
