"""The page of a judged claim file: every claim on a line, then each with its three parts, then what belongs to all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simulator.claim.evidence import GRADES
from simulator.claim.models import ClaimFile
from simulator.evidence.claim.details import Details
from simulator.evidence.claim.found import JudgedFile
from simulator.evidence.claim.words import sentence
from simulator.evidence.numbers import counted
from simulator.report.claim.one_claim import at_length, in_short
from simulator.report.claim.screen import screen
from simulator.report.claim.sentences import NOTED, check_lines
from simulator.report.claim.unmentioned import left_out_table
from simulator.report.page import Block, Bullets, Entry, Gap, Heading, Line
from simulator.report.screen import everything

# So many claims or fewer are shown with all their tables.
FEW = 3


def page(found: JudgedFile) -> list[Block]:
    """One screen; behind it each claim at length where there are few, else in a few lines, and what belongs to all.

    Raises ValueError where what was found has lost its details (see *read_folder*).
    """
    details = found.details
    if details is None or details.file is None:
        raise ValueError("the page of claims needs details.json beside claims.json; read the folder with read_folder")
    return [*screen(found, details.file, dict(details.claims)), everything(_all(found, details.file, details))]


def _all(found: JudgedFile, file: ClaimFile, details: Details) -> list[Block]:
    long = bool(details.only) or len(found.claims) <= FEW
    shown = at_length if long else in_short
    return [
        *_head(found),
        *_overview(found),
        *(block for judged in found.claims for block in shown(judged, file, details.claims[judged.key])),
        *(
            []
            if long
            else [Line("Every claim at length, with its tables: add --only KEY. Everything for machines: --json.")]
        ),
        Heading("Do the published figures agree with each other?"),
        Bullets(tuple(check_lines(found.checks))),
        Heading("What the claims leave out"),
        *left_out(found),
        Heading("How the verdicts were reached"),
        Bullets(found.rule),
        Gap(),
        Line(found.note),
    ]


def _head(found: JudgedFile) -> Iterator[Block]:
    file = found.file
    yield Line(file.title, strong=True)
    yield Line(f"Said by {file.said_by}, {file.said_on}. Source: {sentence(file.source)}")
    if file.description:
        yield Line(file.description)
    used = {item.grade for judged in found.claims for item in judged.numbers}
    grades = "; ".join(f"{grade}: {words}" for grade, words in (GRADES | NOTED).items() if grade in used)
    if grades:
        yield Line(f"In square brackets the grade of the evidence. {sentence(grades)}")
    yield Line("Exact intervals take events for independent; where deployments differ they are somewhat wider.")


def _overview(found: JudgedFile) -> Iterator[Block]:
    many = len(found.claims)
    yield Heading("One claim and its verdicts" if many == 1 else f"{many} claims and their verdicts")
    for judged in found.claims:
        said = [Line(judged.statement), Line(judged.verdict.words, strong=True), Line(judged.key_figure)]
        yield Entry(judged.key, tuple(line for line in said if line.text))


def left_out(found: JudgedFile) -> Iterator[Block]:
    """What no force publishes in this form, simulated; or that nothing was."""
    where = found.details.simulated_in if found.details else None
    if found.left_out is None or where is None:
        yield Line("Not simulated: the file names no scenario, or -n is 0.")
        return
    yield Line(
        f"Simulated by lfrsim in: {where.title}. No force publishes these in this form. The range holds chance "
        f"and what is not known of the inputs."
    )
    yield left_out_table(found.left_out, where)


def listed(files: Sequence[ClaimFile]) -> list[Block]:
    """Claim *files* by name: number of claims and title."""
    return [Entry(file.name, (Line(f"{counted(len(file.claims), 'claim')}  {file.title}"),)) for file in files]


__all__ = ["left_out", "listed", "page"]
