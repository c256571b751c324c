"""The report of stated numbers: what they say if they are right, out of every total, what would show it, and no verdict."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.evidence.claim.found import StatedNumbers
from simulator.report.claim.bars import legend, stated_scales
from simulator.report.composed import composed
from simulator.report.document import Answer, Document, section
from simulator.report.page import Block, Line

RATES = "The same numbers out of each total"
STATED = "as stated (of a range the middle), with its exact 95 % interval in brackets"


def document(answer: Answer) -> Document:
    """A limit alone has nothing that could be drawn."""
    found: StatedNumbers = answer.found  # type: ignore[assignment]
    scales = list(stated_scales(found))
    shown = section(RATES, [*scales, Line(legend(scales, STATED, "the limit that was asked for"))] if scales else [])
    return composed(answer, shown, _sure(found))


def _sure(found: StatedNumbers) -> Iterator[Block]:
    yield Line(found.no_verdict)
    yield Line(f"Intervals: {found.intervals.interval_95}.")
    yield Line(found.note)


__all__ = ["document"]
