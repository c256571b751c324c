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
    "list_size": "entry on the list",
    "comparisons": "comparison with an entry",
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
# Figures that are measured or worked out; the others are counted, and a count has no fractions.
MEASURED = ("passages", "camera_hours", "camera_minutes", "gbp")
# What every one of is also one of the other: an alert is of a counted face, an arrest follows an alert.
_AFTER_ALERTS = ("false_alerts", "false_stopped", "stops", "no_action", "other_disposal", "arrests", "false_arrests")
PARTS = {
    "faces": ("alerts", *_AFTER_ALERTS),
    "alerts": ("true_alerts", "unconfirmed", *_AFTER_ALERTS),
    "true_alerts": ("no_action", "other_disposal", "arrests"),
    "false_alerts": ("false_stopped", "false_arrests"),
    "false_stopped": ("false_arrests",),
    "stops": ("false_stopped", "no_action", "other_disposal", "arrests", "false_arrests"),
    "arrests": ("false_arrests",),
}
# In which order rates are shown, most numerous first.
UNITS = ("faces", "passages", "alerts", "stops", "arrests", "camera_hours", "deployments", "comparisons")
MINUTES_IN_AN_HOUR = 60.0
# Words that begin what follows the head of a phrase: stop "on a false alert".
AFTER_THE_HEAD = ("not", "on", "of", "that", "for", "by", "in", "at", "with", "from", "per", "under", "who", "to")
# Units of which each can be one case.
PEOPLE_PASSING = ("faces", "passages", "comparisons")
IRREGULAR = {"person": "people", "people": "people", "child": "children", "man": "men", "woman": "women"}


def is_tally(name: str) -> bool:
    """Whether the figure *name* counts what happens; a name of the file's own does."""
    return name not in EXPOSURES


def figure(figures: Mapping[str, float], name: str) -> float | None:
    """The value of *name* among *figures*; minutes follow from hours, and comparisons: every face with every entry.

    None where it is not stated.
    """
    if name in figures or not all(each in figures for each in stated_under(name)):
        return figures.get(name)
    return math.prod(
        (figures[each] for each in stated_under(name)), start=MINUTES_IN_AN_HOUR if name == "camera_minutes" else 1
    )


def is_part(event: str, per: str, top: float = 0.0, bottom: float = math.inf) -> bool:
    """Whether *event*, *top* of *bottom*, is a part of the tally *per*.

    A figure of a file's own is a part of whatever tally it is divided by, unless there are more of it.
    """
    if not is_tally(event) or not is_tally(per) or top > bottom:
        return False
    return event in PARTS.get(per, ()) if event in TALLIES else True


def is_case(event: str, per: str, top: float = 0.0, bottom: float = math.inf) -> bool:
    """Whether *event* is something that one of *per* either is or is not: a share, not a pace."""
    return is_tally(event) and top <= bottom and (per in PEOPLE_PASSING or is_part(event, per, top, bottom))


def stated_under(name: str) -> tuple[str, ...]:
    """The names under which a file may state the figure *name*."""
    return {"camera_minutes": ("camera_hours",), "comparisons": ("faces", "list_size")}.get(name, (name,))


def words_of(name: str, own: Mapping[str, str], number: float = math.inf) -> str:
    """What the figure *name* counts, in words, singular where *number* is 1; *own* are the words of a file."""
    single = own.get(name) or FIGURES.get(name) or name.replace("_", " ").removesuffix("s")
    return single if number == 1 else plural(single)


def plural(single: str) -> str:
    """The plural of *single*: of its head, where more follows ("stop on a false alert", "person charged or cautioned").

    What has no noun ("charged or cautioned") is its own plural.
    """
    words = single.split(" ")
    end = next((place for place, word in enumerate(words) if place and word in AFTER_THE_HEAD), len(words))
    while end and (words[end - 1].endswith("ed") or words[end - 1] in ("or", "and")):
        end -= 1
    return " ".join((*words[: end - 1], _plural_noun(words[end - 1]), *words[end:])) if end else single


def _plural_noun(noun: str) -> str:
    if noun in IRREGULAR:
        return IRREGULAR[noun]
    if noun.endswith("s") and not noun.endswith("ss"):
        return noun
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}{'es' if noun.endswith(('ss', 'x', 'ch', 'sh')) else 's'}"


__all__ = [
    "EXPOSURES", "FIGURES", "MEASURED", "PARTS", "TALLIES", "UNITS",
    "figure", "is_case", "is_part", "is_tally", "plural", "stated_under", "words_of",
]  # fmt: skip
