"""How a mistake in a file is told: the place, the field, the rule and the value."""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

LONGEST_SHOWN = 80


@dataclass(frozen=True)
class Problem:
    """One mistake: its *place* (``file:line:col`` as the user typed the file), the *field* and the *rule* it breaks.

    A place that has no line, or a mistake that is of no field, leaves that part empty.
    """

    place: str
    field: str
    rule: str

    def __str__(self) -> str:
        return ": ".join(part for part in (self.place, self.field, self.rule) if part)


class ScenarioError(Exception):
    """What is wrong with a scenario, all of it: one line for each of its *problems*."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)

    def at(self, places: Mapping[str, str]) -> ScenarioError:
        """The same with other *places*, by what they are called here: where the user has typed it."""
        return ScenarioError(*(replace(it, place=places.get(it.place, it.place)) for it in self.problems))


class SeveralError(ValueError):
    """Mistakes that one validator found together: the *rules*, each told as a problem of its own."""

    def __init__(self, rules: Sequence[str]) -> None:
        super().__init__("; ".join(rules))
        self.rules = tuple(rules)


def named_near(name: str, known: Iterable[str]) -> str:
    """Suggest which of the *known* names may be meant by *name*: all that begin with it, or the nearest; "" for none."""
    names = sorted(known)
    begin = [each for each in names if len(name) > 1 and each.startswith(name)]
    meant = begin or get_close_matches(name, names, 1, 0.5)
    if not meant:
        return ""
    *others, last = (shown(each) for each in meant)
    return f"; did you mean {', '.join(others)}{' or ' if others else ''}{last}?"


def shown(value: object) -> str:
    """Show *value* the way a user would write it in YAML, on one line, cut where it is long.

    Characters that a terminal would act on are escaped, because the value comes from a file.
    """
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, (list, tuple)):
        return "a list"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and not math.isfinite(value):
        return ".nan" if math.isnan(value) else str(value).replace("inf", ".inf")
    if isinstance(value, float):
        return str(value).removesuffix(".0")
    if isinstance(value, str):
        return shorten(json.dumps(value, ensure_ascii=False), end='"')
    return shorten(value.isoformat() if isinstance(value, dt.date) else str(value))


def shorten(text: str, end: str = "") -> str:
    """Cut *text* to what fits into a message, closing it with *end* where it is cut; escape what does not print."""
    # 200 to cut, before the loop, what may be a whole megabyte
    safe = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text[:200])
    return safe if len(safe) <= LONGEST_SHOWN else f"{safe[: LONGEST_SHOWN - 1 - len(end)]}…{end}"
