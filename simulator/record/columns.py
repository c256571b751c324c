"""The columns of a deployment record: their names here, and the names that published records give them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from simulator.scenario.errors import Problem, shorten, shown
from simulator.scenario.explain import near_hint

COUNTS = (
    "watchlist_size",
    "faces",
    "alerts",
    "true_alerts",
    "unconfirmed",
    "false_alerts",
    "false_stopped",
    "arrests",
    "other_disposal",
    "no_action",
)
NUMBERS = ("hours", "watchlist_size", "threshold", *COUNTS[1:])
FRAME_COLUMNS = ("row", "date", "place", "site", *NUMBERS)
REQUIRED = ("date", "alerts")
# What a column of the file holds -> the headings it is known by, besides its own name. Capitals, spaces and
# punctuation do not matter. "hours" and "false_alerts" may also come as the parts that stand here on lines of their own.
ALIASES: dict[str, tuple[str, ...]] = {
    "date": ("date of deployment", "deployment date", "day"),
    "place": ("location", "deployment location", "site", "venue", "location of deployment"),
    "hours": ("duration hours", "duration (h)", "camera hours", "hours deployed"),
    "duration_min": ("duration (mins)", "duration (minutes)", "minutes", "duration minutes", "duration mins"),
    "duration": ("duration of deployment", "deployment duration", "length of deployment", "time deployed"),
    "watchlist_size": ("watchlist", "size of watchlist", "watch list size", "watchlist total", "number on watchlist"),
    "threshold": ("threshold setting", "similarity threshold", "face match threshold", "alert threshold"),
    "faces": (
        "faces seen (est.)",
        "faces seen",
        "faces seen (estimate)",
        "faces seen (estimated)",
        "estimated faces seen",
        "number of faces seen",
        "faces scanned",
    ),
    "alerts": ("total alerts", "number of alerts", "total number of alerts", "alerts total"),
    "true_alerts": (
        "true alerts confirmed",
        "confirmed true alerts",
        "true alerts (confirmed)",
        "true alert confirmed",
        "total true alerts confirmed",
    ),
    "unconfirmed": (
        "true alerts unconfirmed",
        "unconfirmed true alerts",
        "unconfirmed true",
        "true alert unconfirmed",
        "unconfirmed_true",
    ),
    "false_alerts": ("total false alerts", "number of false alerts", "false alerts total"),
    "false_alerts_confirmed": ("confirmed false alerts", "false alert confirmed", "false confirmed"),
    "false_alerts_unconfirmed": ("unconfirmed false alerts", "false alert unconfirmed", "false unconfirmed"),
    "false_stopped": (
        "false alert engagements",
        "confirmed false alert engagements",
        "false alerts engaged",
        "false alerts stopped",
    ),
    "arrests": ("arrest", "number of arrests", "total arrests", "arrests made"),
    "other_disposal": ("other disposals", "other disposal(s)", "disposals", "other action", "other outcome"),
    "no_action": ("no further action", "nfa", "no actions", "no action taken"),
}
HOURS_FROM = ("hours", "duration_min", "duration")
FALSE_FROM = ("false_alerts", "false_alerts_confirmed", "false_alerts_unconfirmed")


def _plain(heading: str) -> str:
    return re.sub(r"[^a-z0-9]", "", heading.lower())


_KNOWN = {_plain(name): field for field, names in ALIASES.items() for name in (field, *names)}


@dataclass(frozen=True)
class Columns:
    """Where each recognised field stands (*position* by field), its *heading* as written, and headings *ignored*."""

    position: dict[str, int]
    heading: dict[str, str]
    ignored: tuple[str, ...]
    width: int


def known_headings(header: Iterable[str]) -> int:
    """Count the cells of *header* that name a known column."""
    return sum(_plain(cell) in _KNOWN for cell in header)


def find_columns(header: list[str], place: str) -> tuple[Columns, list[Problem]]:
    """Recognise the columns of *header*, which stands at *place*, and say what is missing or given twice."""
    position: dict[str, int] = {}
    heading: dict[str, str] = {}
    ignored, problems = [], []
    for index, cell in enumerate(header):
        name = cell.strip()
        field = _KNOWN.get(_plain(name))
        if field is None:
            if name:
                ignored.append(name)
        elif field in position:
            rule = f"is given by two columns, {shown(heading[field])} and {shown(name)}: keep one"
            problems.append(Problem(place, field, rule))
        else:
            position[field], heading[field] = index, name
    for field in REQUIRED:
        if field not in position:
            problems.append(Problem(place, field, f"the column is missing{_hint(field, header)}{_found(header)}"))
    for group in (HOURS_FROM, FALSE_FROM[:1] + FALSE_FROM[1:2], FALSE_FROM[:1] + FALSE_FROM[2:]):
        given = [field for field in group if field in position]
        if len(given) > 1:
            both = " and ".join(shown(heading[field]) for field in given)
            problems.append(Problem(place, group[0], f"is given by two columns, {both}: keep one"))
    return Columns(position, heading, tuple(ignored), len(header)), problems


def _hint(field: str, header: list[str]) -> str:
    unknown = {cell.strip().lower(): cell.strip() for cell in header if _plain(cell) not in _KNOWN}
    for name in (field, *ALIASES[field]):
        if hint := near_hint(name, unknown):
            return f'{hint} (if so, call that column "{field}")'
    return ""


def _found(header: list[str]) -> str:
    names = ", ".join(shorten(cell.strip()) for cell in header[:30] if cell.strip())
    more = ", ..." if len(header) > 30 else ""
    return f"; columns found: {names}{more}" if names else "; the header line is empty"
