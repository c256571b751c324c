"""The report of any answer: a room's own where it has one, else its page with figures between answer and workings."""

from __future__ import annotations

import importlib

from simulator.report.document import Answer, Document
from simulator.report.page import Block, Details, Line, Masthead, Page
from simulator.report.pages import page_of
from simulator.report.pictured import Meaning
from simulator.report.workings import made, workings

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
    home = HOMES.get(type(answer.found).__name__)
    if home is None:
        return plain_document(answer)
    written: Document = importlib.import_module(home).document(answer)
    return written


def plain_document(answer: Answer) -> Document:
    """First screen, then everything behind its details, then what makes it again."""
    front, details = parted(page_of(answer.found))
    head = next((block for block in front if isinstance(block, Masthead)), Masthead(type(answer.found).__name__, ""))
    about, rest = headed(front)
    return Document(
        title=head.title,
        tag=head.tag,
        about=" ".join([f"{head.title.rstrip('.')}.", *about]),
        front=rest,
        sections=workings(answer, details),
        made=made(answer),
    )


def parted(page: Page) -> tuple[list[Block], list[Block]]:
    """What a page shows at once, and what stands behind its last details."""
    details = [block for block in page if isinstance(block, Details)]
    front: list[Block] = [block for block in page if not isinstance(block, Details)]
    return front, [inner for block in details for inner in block.blocks]


def headed(front: Page) -> tuple[list[str], list[Block]]:
    """What a first screen says of itself before its meaning, in lines without a label, and all else but the masthead."""
    at = next((i for i, block in enumerate(front) if isinstance(block, Meaning)), 0)
    said = [block for block in front[:at] if isinstance(block, Line) and not block.label]
    rest: list[Block] = [block for block in front if not isinstance(block, Masthead) and block not in said]
    return [line.text for line in said], rest


__all__ = ["document_of", "headed", "parted", "plain_document"]
