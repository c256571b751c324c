"""The figures that claims and records speak of, by name: what each counts, in words, and which of them are tallies."""

from __future__ import annotations

import math
from collections.abc import Mapping

# What is set or measured: how often something happened is divided by these, and chance does not move them.
EXPOSURES = {
    "faces": "counted face",
    "passages": "passage",
    "camera_hours": "camera hour",
    "camera_minutes": "camera minute",
    "deployments": "deployment",
    "people": "person",
    "gbp": "pound",
}
# What happens: tallies, which another day would give otherwise.
TALLIES = {
    "alerts": "alert",
    "true_alerts": "confirmed true alert",
    "unconfirmed": 'unconfirmed "true" alert',
    "false_alerts": "recorded false alert",
    "false_stopped": "stop on a false alert",
    "stops": "stop",
    "no_action": "confirmed alert that ended with no action",
    "other_disposal": "other disposal",
    "arrests": "arrest",
    "false_arrests": "arrest of a wrong person",
}
FIGURES = EXPOSURES | TALLIES
# What every one of is also one of the other: an alert is of a counted face, an arrest follows an alert.
_AFTER_ALERTS = ("false_alerts", "false_stopped", "no_action", "other_disposal", "arrests", "false_arrests")
PARTS = {
    "faces": ("alerts", *_AFTER_ALERTS),
    "alerts": ("true_alerts", "unconfirmed", *_AFTER_ALERTS),
    "true_alerts": ("no_action", "other_disposal", "arrests"),
    "false_alerts": ("false_stopped",),
    "stops": ("false_stopped", "no_action", "other_disposal", "arrests", "false_arrests"),
    "arrests": ("false_arrests",),
}
# In which order rates are shown, most numerous first.
UNITS = ("faces", "passages", "alerts", "stops", "arrests", "camera_hours", "deployments")
MINUTES_IN_AN_HOUR = 60.0


def is_tally(name: str) -> bool:
    """Whether the figure *name* counts what happens; a name of the file's own does."""
    return name not in EXPOSURES


def figure(figures: Mapping[str, float], name: str) -> float | None:
    """The value of *name* among *figures*; minutes follow from hours. None where it is not stated."""
    if name in figures:
        return figures[name]
    hours = figures.get("camera_hours")
    return hours * MINUTES_IN_AN_HOUR if name == "camera_minutes" and hours is not None else None


def is_part(event: str, per: str) -> bool:
    """Whether *event* is a part of the tally *per*; a figure of a file's own is one of whatever tally it is divided by."""
    if not is_tally(event) or not is_tally(per):
        return False
    return event in PARTS.get(per, ()) if event in TALLIES else True


def stated_under(name: str) -> str:
    """The name under which a file states the figure *name*."""
    return "camera_hours" if name == "camera_minutes" else name


def words_of(name: str, own: Mapping[str, str], number: float = math.inf) -> str:
    """What the figure *name* counts, in words, singular where *number* is 1; *own* are the words of a file."""
    single = own.get(name) or FIGURES.get(name) or name.replace("_", " ").removesuffix("s")
    return single if number == 1 else plural(single)


def plural(single: str) -> str:
    """The plural of *single*: of its head, where more follows ("stop on a false alert")."""
    if single in ("person", "people"):
        return "people"
    for joint in (" not ", " on ", " of ", " that ", " for ", " by "):
        head, found, rest = single.partition(joint)
        if found:
            return f"{plural(head)}{found}{rest}"
    return single if single.endswith("s") else f"{single}s"


__all__ = [
    "EXPOSURES", "FIGURES", "PARTS", "TALLIES", "UNITS",
    "figure", "is_part", "is_tally", "plural", "stated_under", "words_of",
]  # fmt: skip
