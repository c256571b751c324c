"""The first screen of a comparison: what B has more of, at one glance, and what the difference hangs on."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.evidence.compare.found import CompareFound
from simulator.evidence.numbers import counted, number_range
from simulator.report.compare.sentences import UNITS, rate_cell, rate_sentence, sentence, warned, what_differs
from simulator.report.compare.tables import average
from simulator.report.page import Block, Line, Masthead, Table, table
from simulator.report.said import depletion_in_short, list_size, threshold
from simulator.report.screen import NOTE, SIMULATED, facts, first_of, means

ROWS = (
    ("alerts", "alerts"),
    ("stops", "stops"),
    ("wrongful_stops", "  wrong person"),
    ("bystander_stops", "  somebody else"),
    ("arrests", "arrests"),
    ("listed_stopped", "listed people stopped"),
    ("listed_missed", "listed people missed"),
)
RATED = ("alerts", "stops", "wrongful_stops", "arrests", "listed_stopped")
FEW = 3
DIFFERS = "B - A (95 %)"


def screen(found: CompareFound) -> Iterator[Block]:
    """Both sides, what differs, the differences in single campaigns or, where these are of unlike size, per camera hour."""
    run = found.run
    yield Masthead("A against B", SIMULATED)
    of = [one for one in (found.depletion.a, found.depletion.b) if one and one.voided]
    yield from depletion_in_short(max(of, key=lambda one: one.voided or (0.0, 0.0), default=None))
    settings = {letter: f"threshold {threshold(side)}, list {list_size(side)}" for letter, side in found.sides.items()}
    if found.a.title == found.b.title:
        yield Line(found.a.title)
        yield from (
            Line(f"{text}.", label=letter) for letter, text in settings.items() if settings["A"] != settings["B"]
        )
    else:
        yield from (Line(f"{side.title}; {settings[letter]}.", label=letter) for letter, side in found.sides.items())
    for text in dict.fromkeys(side.what_if for side in found.sides.values() if side.what_if):
        yield Line(text, label="WHAT IF")
    yield Line(f"{counted(run.replications, f'simulated {found.unit}')} of each.")
    yield from means(_meaning(found))
    yield _per_hour(found) if found.unlike else _per_campaign(found)
    yield Line(NOTE)
    yield from facts(
        ("Differs", _differs(found)),
        ("How sure", f"In brackets: the error of the simulation alone. {_unknown(found)}"),
        ("Watch out", first_of(list(warned(found)))),
    )


def _meaning(found: CompareFound) -> Iterator[str]:
    if not found.differing:
        yield what_differs(found.differing)
        return
    if not found.unlike:
        yield sentence(found, "wrongful_stops")
        if _somebody_else(found):
            yield sentence(found, "bystander_stops")
        yield sentence(found, "listed_stopped")
        return
    for unit, words in UNITS.items():
        rate = found.rates[unit]["wrongful_stops"].chance
        yield f"Per {words}: {rate_sentence(rate, found.measures['wrongful_stops'].words)}"


def _somebody_else(found: CompareFound) -> bool:
    """Whether any search ended on a bystander: who asks how many wrong people are stopped counts them too."""
    of = found.measures["bystander_stops"].chance
    return bool(of.a or of.b)


def _differs(found: CompareFound) -> str:
    """What differs: with both values where it is little, else by its keys alone; nothing where that is all that is said."""
    if not found.differing:
        return ""
    if len(found.differing) <= FEW:
        return what_differs(found.differing)
    return f"{', '.join(item.key for item in found.differing)}."


def _unknown(found: CompareFound) -> str:
    """Where the difference in wrongful stops may lie with what is not known about the inputs."""
    drawn = found.measures["wrongful_stops"].ignorance
    ends = drawn.average_95
    if not ends or not drawn.differ:
        return "What is not known about the inputs is in none of it."
    return f"With unknown inputs the average of wrongful stops, B - A, may lie from {number_range(*ends)} per {found.unit}."


def _per_campaign(found: CompareFound) -> Table:
    rows = []
    for name, words in ROWS:
        item = found.measures[name].chance
        if name == "bystander_stops" and not _somebody_else(found):
            continue
        rows.append([words, average(item.a), average(item.b), rate_cell(item) if item.differ else "same in all"])
    return table(f"One {found.unit}, average", ["", "A", "B", DIFFERS], rows)


def _per_hour(found: CompareFound) -> Table:
    rates = {name: found.rates["camera_hour"][name].chance for name in RATED}
    return table(
        "Per camera hour, for A and B are of unlike size",
        ["", "A", "B", DIFFERS],
        [[dict(ROWS)[name], average(rate.a), average(rate.b), rate_cell(rate)] for name, rate in rates.items() if rate],
    )


__all__ = ["screen"]
