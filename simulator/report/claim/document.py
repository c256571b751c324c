"""The report of a claim file: all verdicts at once, each claim with its bars and sources, what cannot be tested, how sure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simulator.claim.evidence import GRADES
from simulator.claim.models import ClaimFile
from simulator.evidence.claim.details import Details
from simulator.evidence.claim.found import JudgedFile
from simulator.evidence.claim.judged import Judged
from simulator.evidence.claim.words import capital, sentence
from simulator.report.claim.bars import legend, scales_of
from simulator.report.claim.one_claim import parts_of, verdict_of, workings_of
from simulator.report.claim.page import left_out
from simulator.report.claim.screen import PUBLISHED, screen
from simulator.report.claim.sentences import NOTED, check_lines
from simulator.report.composed import composed
from simulator.report.document import Answer, Document, section
from simulator.report.page import Block, Bullets, Entry, Heading, Line, Masthead
from simulator.report.page import Details as Behind
from simulator.report.pictured import Download, Meaning
from simulator.report.screen import NOTE

EACH, THE_CLAIM, UNTESTED, UNSAID = "Claim by claim", "The claim", "Cannot be tested", "What the claims leave out"
TABLES = "Every source and table of this claim"
INTERVALS = "Exact intervals take events for independent; where deployments differ they are somewhat wider."


def document(answer: Answer) -> Document:
    """Raises ValueError where what was found has lost its details (see *read_folder*)."""
    found: JudgedFile = answer.found  # type: ignore[assignment]
    details = found.details
    if details is None or details.file is None:
        raise ValueError("the report of claims needs details.json beside claims.json; read the folder with read_folder")
    file, one = details.file, len(found.claims) == 1
    tested = [item for item in found.claims if one or item.verdict.strength != "no_test"]
    others = [item for item in found.claims if item not in tested]
    shown = [
        *section(THE_CLAIM if one else EACH, (block for item in tested for block in _claim(item, file, details, one))),
        *section(UNTESTED, (_untested(item) for item in others)),
        *section(UNSAID, left_out(found)),
    ]
    front = _one(found, tested[0]) if one else _front(found, file, details, tested)
    return composed(answer, shown, _sure(found, details), front=list(front))


def _front(found: JudgedFile, file: ClaimFile, details: Details, tested: list[Judged]) -> Iterator[Block]:
    """The first screen, with every claim that can be tested on it and the way to its part of the page."""
    in_short = {"More", *(item.key for item in found.claims)}
    for block in screen(found, file, dict(details.claims)):
        # a screen has room for some claims, a page for all
        if not (isinstance(block, Entry) and block.label in in_short):
            yield block
        if isinstance(block, Meaning):
            yield from map(_overview, tested)


def _overview(judged: Judged) -> Entry:
    verdict = Line(f"{capital(judged.verdict.words)}.", strong=True)
    figure = [Line(judged.key_figure)] if judged.key_figure else []
    return Entry(judged.key, (Line(judged.statement), verdict, *figure), to=_name(judged))


def _one(found: JudgedFile, judged: Judged) -> Iterator[Block]:
    """The first screen of one claim: what was said, and what is to be said of it."""
    yield Masthead(found.file.title, PUBLISHED)
    yield Line(f"Said by {judged.said_by or found.file.said_by}, {judged.said_on or found.file.said_on}.")
    figure = [f"{capital(judged.key_figure)}."] if judged.key_figure else []
    yield Meaning((f"{judged.statement} {capital(judged.verdict.words)}.", *figure))
    yield Line(NOTE)


def _claim(judged: Judged, file: ClaimFile, details: Details, one: bool) -> Iterator[Block]:
    """The verdict, the rates out of every total, the parts of the verdict, and folded away all that it rests on."""
    own, scales = details.claims[judged.key], list(scales_of(judged, file))
    if not one:
        yield Heading(judged.statement, _name(judged))
    yield from verdict_of(judged, file)
    yield from scales
    yield from ([Line(legend(scales))] if scales else [])
    yield parts_of(judged, file, own)
    yield from _sources(judged)
    yield Behind(TABLES, tuple(workings_of(judged, file, own)))


def _sources(judged: Judged) -> Iterator[Block]:
    """Each source once, with its grade."""
    said = dict.fromkeys(f"[{item.grade}] {sentence(item.source)}" for item in judged.numbers)
    if said:
        yield Line("Sources", strong=True)
        yield Bullets(tuple(said))


def _untested(judged: Judged) -> Entry:
    return Entry(
        judged.key, (Line(judged.statement), Line(f"{capital(judged.verdict.words)}: {judged.verdict.because}."))
    )


def _sure(found: JudgedFile, details: Details) -> Iterator[Block]:
    file = found.file
    yield Line(f"Said by {file.said_by}, {file.said_on}. Source: {sentence(file.source)}")
    if file.description:
        yield Line(file.description)
    used = {item.grade for judged in found.claims for item in judged.numbers}
    grades = [f"[{grade}] {sentence(words)}" for grade, words in (GRADES | NOTED).items() if grade in used]
    if grades:
        yield Line("What the signs in square brackets say of evidence", strong=True)
        yield Bullets(tuple(grades))
    yield Line("How the verdicts were reached, by one rule for every speaker", strong=True)
    yield Bullets(found.rule)
    yield Line(INTERVALS)
    checks = tuple(check_lines(found.checks))
    if checks:
        yield Line("Do the published figures agree with each other?", strong=True)
        yield Bullets(checks)
    yield Line(found.note)
    yield Line("The claims and their evidence, in this page; a link saves them as a file.")
    yield Download("details.json", "application/json", details.to_json(), "as they were read")


def _name(judged: Judged) -> str:
    return f"claim-{re.sub(r'[^a-z0-9]+', '-', judged.key.lower()).strip('-')}"


__all__ = ["document"]
