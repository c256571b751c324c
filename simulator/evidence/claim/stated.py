"""Numbers that somebody states, checked against each other before anything is made of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from simulator.claim.figures import FIGURES, MEASURED, PARTS, TALLIES, figure
from simulator.evidence.claim.found import Count, Given
from simulator.scenario.explain import near_hint

# Beyond these a number is taken for a slip; a word means no more counts than these.
LARGEST, MOST_MEANINGS = 10**12, 200
MOST_VISITS = 10_000
# Errors are what numbers are asked about. Without one it is the tally furthest along: arrests of stops, stops of alerts.
ERRORS = ("false_alerts", "false_stopped")
FURTHEST_ALONG = tuple(reversed(TALLIES))


class StatedError(ValueError):
    """A number that cannot be: its *name*, the *rule*, in which other names stand in braces, and the *value* if one was given."""

    def __init__(self, name: str, rule: str, value: float | tuple[float, float] | None = None) -> None:
        self.name, self.rule, self.value = name, rule, value
        super().__init__(f"{name}: {self.told(str)}{'' if value is None else f' (got {value})'}")

    def told(self, called: Callable[[str], str]) -> str:
        """The rule in words, other numbers by what they are *called*."""
        return re.sub(r"\{(\w+)\}", lambda name: called(name[1]), self.rule)


def given_of(
    figures: Mapping[str, float | tuple[float, float]],
    *,
    one_in: float | None = None,
    visits: float | None = None,
    correlation: float | None = None,
    year_faces: float | None = None,
    detection: float | None = None,
    accuracy: float | None = None,
) -> Given:
    """The *figures* of claims by name, and what else is given, as the numbers to answer; raises StatedError."""
    for name in figures:
        if name not in FIGURES:
            raise StatedError(
                name, f"is no figure of claims{near_hint(name, FIGURES) or '; they are ' + ', '.join(FIGURES)}"
            )
    list_size = figures.get("list_size")
    named = {name: value for name, value in figures.items() if name != "list_size"}
    events = {name: _count(name, named[name]) for name in _events(named)}
    units = {name: _amount(name, value) for name, value in named.items() if name not in events}
    entries = None if list_size is None else _amount("list_size", list_size)
    _no_contradiction(events, units)
    if one_in is not None and _number("one_in", one_in) <= 1:
        raise StatedError("one_in", "must be above 1: it says that less than 1 in so many is meant", one_in)
    _check_visits(visits, correlation, units)
    if detection is not None and not 0 < detection <= 1:
        raise StatedError("detection", "must be above 0 and at most 1, or a percentage such as 70%", detection)
    _check_accuracy(accuracy, one_in, events, units)
    if events and not units:
        others = "{faces}, {alerts}, {stops}, {arrests}, {camera_hours} or others"
        raise StatedError("faces", f"is missing: say out of how many, in {others}")
    if entries is not None and not _per_search(events, units, one_in):
        raise StatedError(
            "list_size", "needs {false_alerts} and {faces}, or {one_in} alone: every face is compared with it"
        )
    if detection is not None and not _per_search(events, units, one_in):
        raise StatedError("detection", "needs {false_alerts} and {faces}, or {one_in} alone: the rate of false alerts")
    if not events and (units or (one_in is None and accuracy is None)):
        raise _alone(units)
    if year_faces is not None:
        _amount("year_faces", year_faces)
    return Given(
        events=events,
        units=units | _derived(events, units, entries),
        one_in=one_in,
        visits=visits,
        correlation=correlation,
        year_faces=year_faces,
        list_size=entries,
        detection=detection,
        accuracy=accuracy,
    )


def _events(named: Mapping[str, object]) -> tuple[str, ...]:
    """Which of the figures that are *named* are divided by the others."""
    errors = tuple(name for name in ERRORS if name in named)
    return errors or tuple(name for name in FURTHEST_ALONG if name in named and len(named) > 1)[:1]


def _alone(units: Mapping[str, float]) -> StatedError:
    """What a number needs that nothing is divided by, or that is itself divided by nothing."""
    first = next(iter(units), None)
    if first is None:
        return StatedError("false_alerts", "is missing: say how many false alerts there were, such as 1, 0 or 2..7")
    if first in TALLIES:
        others = [name for name in ("camera_hours", "deployments", "faces", "alerts", "stops") if name != first]
        return StatedError(first, f"needs what it is out of: {_named(others)}; or {{false_alerts}} among them")
    return StatedError(first, "needs what was counted: {false_alerts}, {alerts}, {stops}, {arrests} or others")


def _named(names: list[str]) -> str:
    *most, last = (f"{{{name}}}" for name in names)
    return f"{', '.join(most)} or {last}"


def _per_search(events: Mapping[str, Count], units: Mapping[str, float], one_in: float | None) -> bool:
    """Whether a rate of false alerts per face is given: counted, or as a limit that stands alone."""
    return ("false_alerts" in events and "faces" in units) or (not events and one_in is not None)


def _derived(events: Mapping[str, Count], units: Mapping[str, float], entries: float | None) -> dict[str, float]:
    """Units that follow from what is given: false alerts of which some led to a stop, comparisons with a list."""
    count, made = events.get("false_alerts"), {}
    if "false_stopped" in events and count is not None and count.fewest == count.most > 0:
        made["false_alerts"] = float(count.most)
    compared = None if entries is None else figure({**units, "list_size": entries}, "comparisons")
    return made if compared is None else {**made, "comparisons": compared}


def _count(name: str, value: float | tuple[float, float]) -> Count:
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


def _amount(name: str, value: float | tuple[float, float]) -> float:
    """One number above 0 to divide by; what is no measure is whole."""
    if isinstance(value, tuple):
        raise StatedError(name, "must be one number: only what is divided may be a range", value)
    _number(name, value)
    if name not in MEASURED:
        _check_whole(name, value, value)
    return float(value)


def _number(name: str, value: float) -> float:
    _check_number(name, value, value)
    if value == 0:
        raise StatedError(name, "must be above 0: there is nothing to divide by", value)
    return value


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


def _check_accuracy(
    accuracy: float | None, one_in: float | None, events: Mapping[str, Count], units: Mapping[str, float]
) -> None:
    if accuracy is None:
        return
    if not 0.5 <= accuracy < 1:
        raise StatedError("accuracy", "must be from 0.5 to below 1, or a percentage such as 99.9%", accuracy)
    if one_in is not None:
        raise StatedError("accuracy", "goes without {one_in}: it is a limit itself")
    if events and ("false_alerts" not in events or not units.keys() & {"faces", "alerts"}):
        raise StatedError("accuracy", "needs {false_alerts} and {faces} or {alerts}, or stands alone")


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
