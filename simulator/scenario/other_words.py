"""What people call the keys of a campaign when they do not know them: other words, and the key that is meant."""

from __future__ import annotations

import re

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
_SAID = {
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
    section: {word: f'here it is called "{key}"' for word, key in _by_word(keys).items()}
    | {_plain(word): said for words, said in _SAID[section].items() for word in words.split()}
    for section, keys in (("campaign", _CAMPAIGN), ("campaign.deployments", _DEPLOYMENT))
}


def known_as(key: str, section: str) -> str | None:
    """What to write instead of *key* in the dotted *section*, as the end of a sentence; None where nothing is known."""
    return _KNOWN.get(re.sub(r"\.[0-9]+$", "", section), {}).get(_plain(key))


__all__ = ["known_as"]
