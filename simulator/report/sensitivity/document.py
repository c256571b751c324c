"""The report of a sensitivity analysis: what the average hangs on, its tornado chart, and how the shares were found."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.evidence.sensitivity.found import SensitivityFound
from simulator.report.composed import composed, drawn
from simulator.report.document import Answer, Document, section
from simulator.report.figures import tornado
from simulator.report.page import Block, Line
from simulator.report.said import cautions
from simulator.report.sensitivity.decision import ASK, decision_blocks
from simulator.report.sensitivity.page import inputs_table
from simulator.report.sensitivity.sentences import READING, method, notes

INPUTS, DECISION = "Each input by itself", "What is worth measuring"


def document(answer: Answer) -> Document:
    """Where nothing varies there is no chart."""
    found: SensitivityFound = answer.found  # type: ignore[assignment]
    figures, pictures = drawn([(tornado.NAME, tornado.draw(found))] if found.inputs else [])
    asked = decision_blocks(found.decision) if found.decision else [Line(ASK)]
    shown = [
        *section(INPUTS, [*figures, *([] if found.constant else [inputs_table(found)])]),
        *section(DECISION, asked),
    ]
    return composed(answer, shown, _sure(found), pictures)


def _sure(found: SensitivityFound) -> Iterator[Block]:
    if not found.constant:
        yield from (Line(text) for text in (method(found), READING, *notes(found)))
    yield from cautions(found.caveats, found.warnings)


__all__ = ["document"]
