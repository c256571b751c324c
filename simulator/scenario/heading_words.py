"""The words of a heading: what does not matter in them, and what makes another thing of a column."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher

# What is worked out from other columns, and no count of its own.
_COMPUTED = re.compile(
    r"\b(?:rates?|percent|percentages?|pct|proportion|ratio|share|per|averages?|mean|median|accuracy)\b"
)
_RUNNING = re.compile(r"\b(?:cum|cumul\w*|running|ytd|to date|so far)\b")
# From here on a word is taken for a slip of the pen.
NEAR, SHORTEST = 0.8, 4
# Words around the name of a count that say no more than that it is one.
_COUNTED = re.compile(
    r"^(?:(?:grand|overall|sum of|total|(?:numbers?|no|nr|counts?) of|number) )+|(?: (?:totals?|count|number|no))+$"
)


def words(heading: str) -> str:
    """*heading* as words between single spaces, in small letters; the signs for "percent", "per" and "number of" as words."""
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", unicodedata.normalize("NFKC", heading))
    text = text.replace("%", " percent ").replace("#", " number of ")
    text = re.sub(r"/\s*(?=(?:h|hr|hour|day|face|alert|scan|deployment|[0-9]))", " per ", text)
    return " ".join(re.sub(r"[\W_]+", " ", text.casefold()).split())


def plain(heading: str) -> str:
    """*heading* without what does not matter in it."""
    return words(heading).replace(" ", "")


def uncounted(heading: str) -> str:
    """*heading*, made plain, without "number of" or "total"."""
    return _COUNTED.sub("", words(heading)).replace(" ", "")


def computed(heading: str) -> bool:
    """Whether *heading* is that of a rate, an average or a running total."""
    return bool(_COMPUTED.search(words(heading))) or running(heading)


def running(heading: str) -> bool:
    """Whether *heading* is that of a running total."""
    return bool(_RUNNING.search(words(heading)))


def is_slip(heading: str, name: str) -> bool:
    """Whether *heading* is the *name* of a column with slips of the pen: its words one by one, so that none is another word."""
    pairs = [*zip(words(heading).split(), words(name).split(), strict=False)]
    alike = len(words(heading).split()) == len(words(name).split()) and pairs
    return bool(alike) and all(one == other or _is_near(one, other) for one, other in pairs)


def _is_near(one: str, other: str) -> bool:
    """Whether *one* word is the *other* with a slip; of short ones ("FA", "NFA") nobody can tell."""
    return max(len(one), len(other)) >= SHORTEST and SequenceMatcher(None, one, other).ratio() >= NEAR


def in_thousands(heading: str) -> bool:
    """Whether *heading* says that its numbers count thousands."""
    return bool(re.search(r"\b(?:thousands?|millions?|000s?)$", words(heading)))


__all__ = ["computed", "in_thousands", "is_slip", "plain", "running", "uncounted", "words"]
