"""The page of a comparison: what A and B are, what B has more of, and how sure each difference is."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.evidence.compare.found import CompareFound
from simulator.evidence.numbers import counted
from simulator.report.compare.screen import screen
from simulator.report.compare.sentences import (
    TOLD,
    UNITS,
    notes,
    rate_sentence,
    sentence,
    unlike_size,
    warned,
    what_differs,
)
from simulator.report.compare.tables import chance_table, ignorance_table, rate_table
from simulator.report.page import Block, Gap, Line
from simulator.report.said import WRONGFUL_NOTE, cautions, depletion_first, setting
from simulator.report.said import notes as notes_of_days
from simulator.report.screen import everything


def page(found: CompareFound) -> list[Block]:
    """What B has more of, on one screen; behind that both scenarios, sentences, tables, cautions."""
    return [*screen(found), everything(_all(found))]


def _all(found: CompareFound) -> list[Block]:
    return [
        *_head(found),
        *_sentences(found),
        chance_table(found),
        ignorance_table(found),
        *(rate_table(found, unit) for unit in UNITS if found.unlike),
        *(Line(text) for text in notes(found)),
        *cautions(warned(found)),
    ]


def _head(found: CompareFound) -> Iterator[Block]:
    for letter, side in found.sides.items():
        yield Line(f"{side.title} ({side.name})", label=letter, strong=True)
        if side.what_if:
            yield Line(side.what_if, label="WHAT IF")
        yield Line(setting(side))
        yield from notes_of_days(side)
    yield from _same_people(found)
    yield Line(what_differs(found.differing))
    run = found.run
    same = "The same people come past in A and in B" if run.same_passages else "Other people come past in A than in B"
    campaigns = counted(run.replications, f"simulated {found.unit}")
    yield Line(f"{campaigns} of each, seed {run.seed}: simulated, not observed. {same}.")
    if found.unlike:
        yield Line(unlike_size(found), strong=True)
    yield Gap()


def _same_people(found: CompareFound) -> Iterator[Line]:
    """How often people come past on the side where that takes most away, if it takes much."""
    a, b = found.depletion.a, found.depletion.b
    of = max([one for one in (a, b) if one and one.voided], key=lambda one: one.voided or (0.0, 0.0), default=None)
    yield from depletion_first(of, where="" if a == b else "in A " if of is a else "in B ")


def _sentences(found: CompareFound) -> Iterator[Block]:
    """The first of them strong, and where campaigns are of unlike size per hour and face as well."""
    first, *others = TOLD
    yield Line(sentence(found, first), strong=True)
    for unit, words in UNITS.items():
        if found.unlike:
            rate = found.rates[unit][first].chance
            yield Line(rate_sentence(rate, found.measures[first].words), label=f"Per {words}", strong=True)
    yield from (Line(sentence(found, measure)) for measure in others)
    yield Line(
        "In brackets: 95 %, the error of the simulation alone, which -n makes smaller. It is neither what single "
        f"{found.unit}s bring nor what is not known about the inputs: for both see the second table."
    )
    yield Line(WRONGFUL_NOTE)


__all__ = ["page"]
