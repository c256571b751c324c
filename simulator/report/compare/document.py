"""The report of a comparison: how many times as much of everything B has, and how sure each difference is."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.evidence.compare.found import CompareFound
from simulator.evidence.numbers import number, number_range
from simulator.report.compare.screen import ROWS
from simulator.report.compare.sentences import UNITS, notes, warned, what_differs
from simulator.report.compare.tables import average, chance_table, rate_table
from simulator.report.composed import composed
from simulator.report.document import Answer, Document, section
from simulator.report.page import Block, Line
from simulator.report.pictured import Effect, Forest
from simulator.report.said import cautions

RATIOS, BOTH, DIFFERS = "How many times as much B has", "A and B side by side", "What differs"
EXPLAINED = (
    "Dot: the average of B over that of A, every input at its best value. Line: 95 %, the error of the simulation alone. "
    "On the scale each step doubles."
)


def document(answer: Answer) -> Document:
    """Campaigns of unlike size are compared by rates alone: there a ratio of counts would show the size."""
    found: CompareFound = answer.found  # type: ignore[assignment]
    side_by_side = [rate_table(found, unit) for unit in UNITS] if found.unlike else [chance_table(found)]
    shown = [
        *section(RATIOS, [] if found.unlike else [ratios(found)]),
        *section(BOTH, side_by_side),
        *section(DIFFERS, [Line(what_differs(found.differing))]),
    ]
    return composed(answer, shown, _sure(found))


def ratios(found: CompareFound) -> Forest:
    """B over A of the main counts, each with its Monte Carlo interval."""
    return Forest(f"B over A, average of one {found.unit}", tuple(_effects(found)), EXPLAINED)


def _effects(found: CompareFound) -> Iterator[Effect]:
    for name, words in ROWS:
        item, label = found.measures[name].chance, words.strip()
        if item.differ == 0:
            yield Effect(
                label, f"the same in all, {average(item.a)}", *((1.0, 1.0, 1.0) if item.a else (None, 0.0, 0.0))
            )
            continue
        of = f"{average(item.b)} against {average(item.a)}"
        if item.ratio is None or item.ratio_95 is None:
            yield Effect(label, f"{of}; how many times is not estimable", None, 0.0, 0.0)
            continue
        low, high = item.ratio_95
        yield Effect(label, f"{of}, {number(item.ratio)} times ({number_range(low, high)})", item.ratio, low, high)


def _sure(found: CompareFound) -> Iterator[Block]:
    kinds = found.intervals
    yield from (
        Line(f"{text[:1].upper()}{text[1:]}.") for text in (kinds.difference_95, kinds.campaign_90, kinds.average_95)
    )
    yield from (Line(text) for text in notes(found))
    yield from cautions(warned(found))


__all__ = ["document", "ratios"]
