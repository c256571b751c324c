"""What people call the keys of a scenario when they do not know them: other words, and the key that is meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from simulator.scenario.staffing import could_be

# Separated by spaces; capitals, underscores and an "s" at the end do not matter.
_CAMPAIGN = {
    "first_date": "from begin first start_date begin_date starts date first_day",
    "last_date": "to until till end last end_date finish ends last_day",
    "every": "frequency repeat interval period each",
    "weekdays": "days day on day_of_week days_of_week week_day",
    "start": "time start_time camera_on cameras_on at",
    "hours": "duration length duration_hours hours_per_day hours_a_day camera_hours",
    "holidays": "bank_holidays public_holidays except exclude skip closed without exceptions",
    "table": "file csv csv_file days_file deployments_file path",
    "deployments_a_year": "per_year a_year deployments_per_year days_a_year annual yearly year",
}
_DEPLOYMENT = {
    "date": "day on first_date when",
    "start": "time start_time camera_on cameras_on at from",
    "hours": "duration length duration_hours camera_hours",
    "count": "repeat times number repetitions n days",
    "every": "frequency interval period each",
    "place": "location site venue where town street",
    "passages_per_hour": "footfall passages faces faces_per_hour people_per_hour passages_an_hour",
    "watchlist_size": "watchlist list list_size size",
    "source": "who note notes grade",
}
_KEYS = {"campaign": _CAMPAIGN, "campaign.deployments": _DEPLOYMENT}
_STAFF = "officer staff people police crew team_size total number count all headcount"
# The key of a section that a bare number most often means.
_MAIN = {"street": "passages_per_hour", "watchlist": "size", "recogniser": "threshold", "campaign": "hours"}
_SAID = {
    "": {
        "footfall passages faces faces_per_hour people_per_hour pedestrians": "footfall is street.passages_per_hour",
        "list list_size watchlist_size": "the length of the list is watchlist.size",
        "hours duration": "hours with the cameras on are campaign.hours, or stand under campaign.deployments",
        "weekdays days dates deployments calendar": "days stand in campaign",
        "staff police crew people officer": "staff is officers.operators, officers.teams, officers.checkers and officers.vans",
    },
    "officers": {_STAFF: "say who does what with operators, teams, checkers (both pairs) and vans"},
    "campaign": {
        "passages_per_hour footfall": "footfall stands in street.passages_per_hour, or under deployments for single ones",
        "watchlist watchlist_size list list_size": "the list stands in watchlist.size, or under deployments for single ones",
        "place location site": "a place belongs to single deployments: under deployments, or in a table",
        "operator team checker van staff officer": "staff stands in officers, or under deployments for single ones",
        "camera": "the number of cameras is street.camera_ends",
        "count": "it belongs to an entry of deployments; a calendar has last_date",
    },
    "campaign.deployments": {
        "end to until finish last_date": "say how long with hours, and how often with count",
        "weekday": "they belong to a calendar (campaign.first_date, last_date, hours, weekdays); a count repeats by every",
        "staff officer": "give operators, teams, checkers or vans",
        "camera camera_end": "the number of cameras is street.camera_ends, the same on all deployments",
        "holiday": "they stand beside deployments, in campaign.holidays",
    },
}


def _plain(word: str) -> str:
    return re.sub(r"[^a-z]+", "_", word.lower()).strip("_").removesuffix("s")


def _by_word(words: dict[str, str]) -> dict[str, str]:
    return {_plain(word): said for said, those in words.items() for word in those.split()}


_KNOWN = {
    section: {word: f'here it is called "{key}"' for word, key in _by_word(_KEYS.get(section, {})).items()}
    | {_plain(word): said for words, said in said_of.items() for word in words.split()}
    for section, said_of in _SAID.items()
}


def known_as(key: str, section: str, value: Any = None) -> str | None:
    """What to write instead of *key*, with its *value*, in the dotted *section*; None where nothing is known.

    It is the end of a sentence.
    """
    said = _KNOWN.get(re.sub(r"\.[0-9]+$", "", section), {}).get(_plain(key))
    of_staff = section == "officers" or (not section and said and "officers" in said)
    return could_be(value) if said and of_staff and _is_number(value) else said


def keys_instead(section: str, value: Any, keys: Sequence[str]) -> str:
    """What to say of a bare *value* where a *section* of so many *keys* stands, as the end of a sentence."""
    if section == "officers" and _is_number(value):
        return could_be(value)
    main = _MAIN.get(section)
    such = f"; for example {section}.{main}={value}" if main and _is_number(value) else ""
    return f"its keys are {', '.join(keys)}{such}"


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and value == value and abs(value) < 1e9


__all__ = ["keys_instead", "known_as"]
