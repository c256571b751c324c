"""What else may hold, beside the numbers of a run: doubts that are no interval, as factors on one average each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from simulator.evidence.about.header import Unit
from simulator.evidence.numbers import counted, number, number_range, plainly
from simulator.evidence.run.alternatives import AlternativeFound
from simulator.evidence.run.found import RunFound
from simulator.report.page import Block, Details, Entry, Line, Note, table

FIRST = 2
RULE = "They do not multiply with each other, and nobody knows how likely each is."


def in_short(found: RunFound) -> Iterator[str]:
    """The alternatives that move wrongful stops most, else other averages, in a few words each; how many more there are."""
    shown = sorted(found.alternatives, key=lambda item: item.measure != "wrongful_stops")[:FIRST]
    for words, items in groupby(shown, lambda item: item.words):
        best = " at the best inputs" * found.varied
        yield f"{words}{best}: {'; '.join(f'{times(item)} if {item.name}' for item in items)}"
    if (more := len(found.alternatives) - FIRST) > 0:
        yield f"{more} more: --details"


def largest(found: RunFound) -> Iterator[Line]:
    """The alternatives that move their averages most; all of them stand below."""
    all_of_them = found.alternatives
    for item in all_of_them[:FIRST]:
        yield Line(f"{if_then(item, found.scenario.unit)}{_against(item)}.", label="Outside all ranges above")
    if all_of_them:
        more = len(all_of_them) > FIRST
        yield Line(f"{RULE} {f'All {len(all_of_them)} stand below' if more else 'Who says so stands below'}.")


def details(found: RunFound) -> Iterator[Block]:
    """All alternatives, each with its factor, who says so and what would decide it."""
    if not found.alternatives:
        return
    rows = [[item.name, item.words, times(item), _interval(item)] for item in found.alternatives]
    yield Details(
        "What else may hold: doubts that are no interval",
        (
            table(
                "The average at the best inputs, times",
                ["if", "average of", "times", "95 %"],
                rows,
                notes=[
                    RULE,
                    Note(f"95 %: of the simulation, smaller with more {found.scenario.unit}s (-n).", ("95 %",)),
                ],
                prose=["if", "average of"],
            ),
            *(Entry(_upper(item.name), tuple(_entry(item, found.scenario.unit))) for item in found.alternatives),
        ),
    )


def if_then(item: AlternativeFound, unit: Unit) -> str:
    """An alternative and what it does, as one condition: neither half is to be quoted alone."""
    return f"if {item.name}, then {effect(item, unit)}"


def effect(item: AlternativeFound, unit: Unit) -> str:
    """What an alternative does to its average per *unit*, in words."""
    ends = _interval(item)
    if item.unseen:
        ends = f"none seen in {counted(item.campaigns or 0, unit)} with it"
    elif not item.known and item.campaigns:
        ends = f"{ends}{', ' if ends else ''}not known better after {counted(item.campaigns, unit)}"
    in_brackets = f" ({ends})" if ends and ends != times(item).lstrip("×") else ""
    if item.factor is not None:
        stops = "" if item.wrongful_stops is None else f", and wrongful stops ×{number(item.wrongful_stops)}"
        return f"{item.words} {times(item)}{in_brackets}{stops}"
    if item.with_it is None:
        return f"{item.words}: {item.no_factor}"
    if item.with_it:
        instead = " instead of none" if item.from_none else ""
        more = "" if item.from_none else f"; {item.no_factor}"
        return f"{number(item.with_it)} {item.words} per {unit}{instead}{in_brackets}{more}"
    return f"{'no' if item.known else 'nothing is known of'} {item.words}: {item.no_factor}"


def times(item: AlternativeFound) -> str:
    """The factor as it is printed, or what stands in its place."""
    if item.unseen:
        return f"at most ×{number(item.factor_95[1])}" if item.factor_95 else "not known"
    if item.factor is not None:
        return f"×{plainly(item.factor, '<')}"
    if not item.with_it:
        return "none" if item.with_it == 0 else "×1" if item.known else "not known"
    return f"{number(item.with_it)}, not 0" if item.from_none else "not known"


def _interval(item: AlternativeFound) -> str:
    if item.campaigns is None:
        return "" if item.factor is None else "closed form"
    ends = item.with_it_95 if item.factor is None else item.factor_95
    return number_range(*ends) if ends else ""


def _against(item: AlternativeFound) -> str:
    """Which figures of the record an alternative contradicts."""
    said = [
        f"{unlike.figure.replace('_', ' ')} {number(unlike.recorded)}, this scenario {number(unlike.average)}, with it "
        f"{number(unlike.average_with)}"
        for unlike in item.unlike_record
    ]
    return f" (the record speaks against it: {'; '.join(said)})" if said else ""


def _entry(item: AlternativeFound, unit: Unit) -> Iterator[Line]:
    yield Line(f"{_upper(item.why)}. {_upper(effect(item, unit))}{_against(item)}.")
    if item.record_says:
        yield Line(f"{_upper(item.record_says)}.", label="Record")
    settings = ", ".join(f"{key} {_written(value)}" for key, value in item.settings.items())
    yield Line(f"{settings} ({item.grade}: {item.source}). Decided by {item.decided_by}.", label="With")


def _written(value: Any) -> str:
    """A value as --set takes it."""
    return value if isinstance(value, str) else json.dumps(value)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


__all__ = ["RULE", "details", "if_then", "largest", "times"]
