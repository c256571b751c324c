"""What all peers have in common: durations, shares, the calendar of a campaign and the columns of a log.

The common flow is a line of four stations without reneging: operator, team, checkers, van. Each is first come, first
served, and nobody holds two at once. The full procedure is that of docs/background/model.md, section 6: two priorities,
out of reach, a team that holds until checkers come, checkers away with the van, a second look, bystanders, limits to
holding and to waiting for a van, a break, and no second alert on a person whose alert is open or who was arrested.
"""

from __future__ import annotations

import math
from itertools import accumulate
from random import Random

HOUR_S = 3600.0
DAY_S = 24 * HOUR_S

# Durations are log-normal; these are logarithms of the medians in seconds.
LOG_SD = 0.5
REVIEW, SEARCH, CHECK, CHECK_WRONG, CUSTODY, REACH = (math.log(60 * minutes) for minutes in (0.25, 3, 8, 3, 45, 20))

ACCEPT_TRUE, ACCEPT_FALSE = 0.9992, 0.69
NOT_FOUND = 0.008
ARRESTED_SHARE = 0.52

# Only in the full procedure. An alert is on the person of the alert before with the chance SAME_PERSON.
SAME_PERSON = 0.1
LOW_PRIORITY = 0.35
SECOND_LOOK_TRUE, SECOND_LOOK_FALSE = 0.98, 0.8
BYSTANDER = 0.01
HOLD_LIMIT_S, VAN_LIMIT_S = 15 * 60.0, 30 * 60.0
BREAK_AFTER_S, BREAK_S = 120 * 60.0, 30 * 60.0
ON_BREAK = {"operators": 0, "teams": 1, "checkers": 2, "vans": 0}

OUTCOMES = (
    "dismissed", "not_found", "released", "arrested",
    "not_reviewed", "gone", "no_team", "repeat", "no_checkers", "no_van",
)  # fmt: skip
DISMISSED, MISSED, RELEASED, ARRESTED, NOT_REVIEWED, GONE, NO_TEAM, REPEAT, NO_CHECKERS, NO_VAN = range(10)

# One alert in a log: start, whether false, outcome, end, wait for an operator, time for which checkers were taken up.
# All deployments of a campaign are on one clock, in seconds.
Row = tuple[float, bool, int, float, float, float]
COLUMNS = ("start_s", "false", "outcome", "end_s", "waited_s", "checkers_s")


def days(hours: list[float]) -> list[tuple[float, float]]:
    """Camera-on and camera-off of each deployment: a day lies between two of them, so each begins empty."""
    begins = accumulate((length * HOUR_S + DAY_S for length in hours[:-1]), initial=0.0)
    return [(begin, begin + length * HOUR_S) for begin, length in zip(begins, hours, strict=True)]


def breaks(hours: list[float]) -> list[tuple[float, float]]:
    """From when to when some of the staff are on their break: once in each deployment that is long enough."""
    long = (begin for begin, end in days(hours) if end - begin > BREAK_AFTER_S + BREAK_S)
    return [(begin + BREAK_AFTER_S, begin + BREAK_AFTER_S + BREAK_S) for begin in long]


class People:
    """Who is behind each alert, and on whom no further alert is handled: *closed*."""

    def __init__(self) -> None:
        self.last = 0
        self.closed: set[int] = set()

    def next(self, rng: Random) -> int:
        """The person of the next alert."""
        self.last += rng.random() >= SAME_PERSON
        return self.last
