"""Numbers that somebody states, checked against each other before anything is made of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from simulator.claim.figures import PARTS
from simulator.evidence.claim.found import Count, Given

# Beyond these a number is taken for a slip; a word means no more counts than these.
LARGEST, MOST_MEANINGS = 10**12, 200
MOST_VISITS = 10_000
# Units that are measured; the others are counted.
MEASURED = ("hours",)
# Under which name the figures of claims have a number.
FIGURES = {"hours": "camera_hours"}


class StatedError(ValueError):
    """A number that cannot be: its *name*, the *rule*, in which other names stand in braces, and the *value* if one was given."""

    def __init__(self, name: str, rule: str, value: float | tuple[float, float] | None = None) -> None:
        self.name, self.rule, self.value = name, rule, value
        super().__init__(f"{name}: {self.told(str)}{'' if value is None else f' (got {value})'}")

    def told(self, called: Callable[[str], str]) -> str:
        """The rule in words, other numbers by what they are *called*."""
        return re.sub(r"\{(\w+)\}", lambda name: called(name[1]), self.rule)


def given_of(
    counts: Mapping[str, int | tuple[int, int] | None],
    units: Mapping[str, float | None],
    one_in: float | None = None,
    visits: float | None = None,
    correlation: float | None = None,
    year_faces: float | None = None,
) -> Given:
    """*counts* and *units* by name, and what else is given, as the numbers to answer; raises StatedError."""
    events = {name: _count(name, value) for name, value in counts.items() if value is not None}
    out_of = {
        FIGURES.get(name, name): _amount(name, value, name not in MEASURED)
        for name, value in units.items()
        if value is not None
    }
    if not events:
        raise StatedError("false_alerts", "is missing: say how many false alerts there were, such as 1, 0 or 2..7")
    _no_contradiction(events, out_of)
    if not out_of:
        others = "{faces}, {alerts}, {stops}, {arrests}, {hours} or others"
        raise StatedError("faces", f"is missing: say out of how many, in {others}")
    count = events.get("false_alerts")
    if "false_stopped" in events and count is not None and count.fewest == count.most > 0:
        # of the false alerts themselves, so many led to a stop
        out_of["false_alerts"] = float(count.most)
    if one_in is not None and _amount("one_in", one_in, whole=False) <= 1:
        raise StatedError("one_in", "must be above 1: it says that less than 1 in so many is meant", one_in)
    _check_visits(visits, correlation, out_of)
    if year_faces is not None:
        _amount("year_faces", year_faces, whole=True)
    return Given(
        events=events, units=out_of, one_in=one_in, visits=visits, correlation=correlation, year_faces=year_faces
    )


def _count(name: str, value: int | tuple[int, int]) -> Count:
    low, high = value if isinstance(value, tuple) else (value, value)
    for end in (low, high):
        _check_number(name, end, value)
        _check_whole(name, end, value)
    if low > high:
        rule = f"a range goes from the smaller to the larger number; write {high:.0f}..{low:.0f}"
        raise StatedError(name, rule, value)
    if high - low >= MOST_MEANINGS:
        raise StatedError(name, f"a range must hold at most {MOST_MEANINGS:,} counts", value)
    return Count(int(low), int(high))


def _amount(name: str, value: float, whole: bool) -> float:
    """A number above 0; *whole* numbers count something."""
    _check_number(name, value, value)
    if value == 0:
        raise StatedError(name, "must be above 0: there is nothing to divide by", value)
    if whole:
        _check_whole(name, value, value)
    return float(value)


def _check_number(name: str, number: float, value: float | tuple[float, float]) -> None:
    if number < 0:
        raise StatedError(name, "must not be negative", value)
    if not number <= LARGEST:
        raise StatedError(name, f"must be at most {LARGEST:,}", value)


def _check_whole(name: str, number: float, value: float | tuple[float, float]) -> None:
    if number != int(number):
        raise StatedError(name, "must be a whole number: a count has no fractions", value)


def _no_contradiction(events: Mapping[str, Count], units: Mapping[str, float]) -> None:
    """A part is not larger than its whole, whichever count a range means."""
    most = {name: float(count.most) for name, count in events.items()} | dict(units)
    for whole, parts in PARTS.items():
        for part in parts:
            if whole in most and part in most and most[part] > most[whole]:
                got = f"(got {most[part]:,.0f} and {most[whole]:,.0f})"
                raise StatedError(part, f"must not be more than {{{whole}}}, of which it is a part {got}")


def _check_visits(visits: float | None, correlation: float | None, units: Mapping[str, float]) -> None:
    if visits is None and correlation is None:
        return
    if visits is None or correlation is None:
        missing = "visits" if visits is None else "correlation"
        raise StatedError(missing, "is missing: {visits} and {correlation} go together")
    if "faces" not in units:
        raise StatedError("visits", "needs {faces}: it says how often the same person is among them")
    if not 1 <= visits <= MOST_VISITS:
        raise StatedError("visits", f"must be from 1 to {MOST_VISITS:,} passages of each person", visits)
    if not 0 <= correlation <= 1:
        rule = "must be from 0 (results of a person unlike) to 1 (always the same)"
        raise StatedError("correlation", rule, correlation)


__all__ = ["StatedError", "given_of"]
