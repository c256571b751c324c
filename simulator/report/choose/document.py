"""The report of a choice: which thresholds keep to the limit, and the frontier between people found and stops in error."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.evidence.choose.found import ChooseFound
from simulator.report.choose.folder import figure_of
from simulator.report.choose.page import NO_ADVICE, READING, warned
from simulator.report.choose.sentences import dominated
from simulator.report.choose.tables import frontier_table
from simulator.report.composed import composed, drawn, parted
from simulator.report.document import Answer, Document, section
from simulator.report.figures import frontier
from simulator.report.page import Block, Line
from simulator.report.pages import page_of
from simulator.report.pictured import Meaning
from simulator.report.said import cautions, depletion_first

FRONTIER = "What each threshold costs"


def document(answer: Answer) -> Document:
    """A single threshold has no frontier."""
    found: ChooseFound = answer.found  # type: ignore[assignment]
    several = len(found.run.thresholds) > 1
    figures, pictures = drawn([(frontier.NAME, figure_of(found))] if several else [])
    costs: list[Block] = [*figures, *(Line(text) for text in dominated(found.presets)), frontier_table(found)]
    return composed(answer, section(FRONTIER, costs), _sure(found), pictures, _front(found))


def _front(found: ChooseFound) -> Iterator[Block]:
    """The first screen with the answer as its headline, and the limit, which is the question, ahead of it."""
    for block in parted(page_of(found))[0]:
        asked, stop, answered = block.sentences[0].partition(". ") if isinstance(block, Meaning) else ("", "", "")
        if isinstance(block, Meaning) and stop:
            yield Line(f"{asked}.")
            yield Meaning((answered, *block.sentences[1:]))
        else:
            yield block


def _sure(found: ChooseFound) -> Iterator[Block]:
    yield Line(READING.format(unit=found.scenario.unit))
    yield Line(NO_ADVICE)
    yield from depletion_first(found.depletion, "threshold")
    yield from cautions(dict.fromkeys(warned(found)), found.caveats)


__all__ = ["document"]
