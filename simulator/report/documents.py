"""The report of any answer, made by the room of its command."""

from __future__ import annotations

import importlib

from simulator.report.document import Answer, Document

# The module whose function ``document`` makes the report of an answer, by the class of what was found.
HOMES: dict[str, str] = {
    "CheckFound": "simulator.report.check.document",
    "ChooseFound": "simulator.report.choose.document",
    "CompareFound": "simulator.report.compare.document",
    "FitFound": "simulator.report.fit.document",
    "ForecastScored": "simulator.report.check.scored_document",
    "JudgedFile": "simulator.report.claim.document",
    "RunFound": "simulator.report.run.document",
    "SensitivityFound": "simulator.report.sensitivity.document",
    "StatedNumbers": "simulator.report.claim.numbers_document",
    "SweepFound": "simulator.report.sweep.document",
}


def document_of(answer: Answer) -> Document:
    """The report of *answer*."""
    written: Document = importlib.import_module(HOMES[type(answer.found).__name__]).document(answer)
    return written


__all__ = ["document_of"]
