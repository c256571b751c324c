"""The numbers of ``claim`` as they are typed: counts, ranges, and what contradicts what, by the name of the option."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from simulator.claim.models import Visits
    from simulator.evidence.claim.stated_numbers import Count, Given

OPTIONS = {
    "false_alerts": "--false-alerts",
    "false_stopped": "--false-stopped",
    "faces": "--faces",
    "alerts": "--alerts",
    "stops": "--stops",
    "arrests": "--arrests",
    "camera_hours": "--hours",
    "deployments": "--deployments",
}
EVENTS = ("false_alerts", "false_stopped")
# Beyond these a number is taken for a slip; a word means no more counts than these.
LARGEST, MOST_MEANINGS = 10**12, 200


def given_of(
    typed: Mapping[str, str | None],
    one_in: str | None,
    visits: str | None,
    correlation: str | None,
    year_faces: str | None,
) -> Given:
    """What *typed* numbers (by figure) say together; BadParameter names the option, the rule and the value."""
    from simulator.evidence.claim.stated_numbers import Given

    events = {name: count_of(text, OPTIONS[name]) for name in EVENTS if (text := typed[name]) is not None}
    units = {
        name: amount_of(text, option, whole=name != "camera_hours")
        for name, option in OPTIONS.items()
        if name not in EVENTS and (text := typed[name]) is not None
    }
    if not events:
        raise _bad("--false-alerts", "is missing: say how many false alerts there were, such as 1, 0 or 2..7")
    _no_contradiction(events, units)
    if not units:
        raise _bad(
            "--faces", "is missing: say out of how many, in --faces, --alerts, --stops, --arrests, --hours or others"
        )
    count = events.get("false_alerts")
    if "false_stopped" in events and count is not None and count.fewest == count.most > 0:
        # of the false alerts themselves, so many led to a stop
        units["false_alerts"] = float(count.most)
    return Given(
        events,
        units,
        None if one_in is None else _limit(one_in),
        _visits(visits, correlation, units),
        None if year_faces is None else amount_of(year_faces, "--year-faces", whole=True),
    )


def count_of(text: str, option: str) -> Count:
    """A count, or a range of counts such as 2..7, from what was typed after *option*."""
    from simulator.evidence.claim.stated_numbers import Count

    parts = text.split("..")
    example = "must be a whole number, or a range; for 2 to 7, or a handful, write 2..7"
    if len(parts) > 2:
        raise _bad(option, example, text)
    ends = [_number(part, option, text, example) for part in parts]
    if any(end != int(end) for end in ends):
        raise _bad(option, "must be a whole number: a count has no fractions", text)
    low, high = int(ends[0]), int(ends[-1])
    if low > high:
        raise _bad(option, f"a range goes from the smaller to the larger number; write {high}..{low}", text)
    if high - low >= MOST_MEANINGS:
        raise _bad(option, f"a range must hold at most {MOST_MEANINGS:,} counts", text)
    return Count(low, high)


def amount_of(text: str, option: str, whole: bool) -> float:
    """A number above 0; *whole* numbers count something."""
    if ".." in text:
        raise _bad(
            option, f"must be one number; only {' and '.join(OPTIONS[name] for name in EVENTS)} take a range", text
        )
    amount = _number(text, option, text, "must be a whole number" if whole else "must be a number")
    if amount == 0:
        raise _bad(option, "must be above 0: there is nothing to divide by", text)
    if whole and amount != int(amount):
        raise _bad(option, "must be a whole number: a count has no fractions", text)
    return amount


def _number(part: str, option: str, text: str, rule: str) -> float:
    # people write thousands with commas, spaces and underscores, as in 200,000
    bare = part.strip()
    if re.fullmatch(r"[+-]?\d{1,3}([,_ ]\d{3})+(\.\d+)?", bare):
        bare = re.sub("[,_ ]", "", bare)
    try:
        number = float(bare)
    except ValueError:
        raise _bad(option, rule, text) from None
    if not math.isfinite(number) or number > LARGEST:
        raise _bad(option, f"must be at most {LARGEST:,}", text)
    if number < 0:
        raise _bad(option, "must not be negative", text)
    return number


def _no_contradiction(events: Mapping[str, Count], units: Mapping[str, float]) -> None:
    """A part is not larger than its whole, whichever count a range means."""
    from simulator.claim.figures import PARTS

    most = {name: float(count.most) for name, count in events.items()} | dict(units)
    for whole, parts in PARTS.items():
        for part in parts:
            if whole in most and part in most and most[part] > most[whole]:
                rule = f"must not be more than {OPTIONS[whole]}, of which it is a part"
                raise _bad(OPTIONS[part], f"{rule} (got {most[part]:,.0f} and {most[whole]:,.0f})")


def _limit(text: str) -> float:
    amount = amount_of(text, "--one-in", whole=False)
    if amount <= 1:
        raise _bad("--one-in", "must be above 1: it says that less than 1 in so many is meant", text)
    return amount


def _visits(visits: str | None, correlation: str | None, units: Mapping[str, float]) -> Visits | None:
    from simulator.claim.models import Visits

    if visits is None and correlation is None:
        return None
    if visits is None or correlation is None:
        missing = "--visits" if visits is None else "--correlation"
        raise _bad(missing, "is missing: --visits and --correlation go together")
    if "faces" not in units:
        raise _bad("--visits", "needs --faces: it says how often the same person is among them")
    times = amount_of(visits, "--visits", whole=False)
    alike = _number(correlation, "--correlation", correlation, "must be a number from 0 to 1")
    if not 1 <= times <= 10_000:
        raise _bad("--visits", "must be from 1 to 10,000 passages of each person", visits)
    if not 0 <= alike <= 1:
        raise _bad("--correlation", "must be from 0 (results of a person unlike) to 1 (always the same)", correlation)
    return Visits(per_person=times, correlation=alike, source="given")


def _bad(option: str, rule: str, text: str | None = None) -> typer.BadParameter:
    from simulator.scenario.errors import shown

    return typer.BadParameter(rule if text is None else f"{rule} (got {shown(text)})", param_hint=option)


__all__ = ["OPTIONS", "amount_of", "count_of", "given_of"]
