"""The first screen of a claim file: how many claims agree, each with its verdict, and which nothing can test; or one claim."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.claim.models import ClaimFile
from simulator.evidence.claim.details import ClaimDetails
from simulator.evidence.claim.found import JudgedFile
from simulator.evidence.claim.judged import Judged
from simulator.evidence.claim.verdict import NUMBERS
from simulator.evidence.numbers import counted, one_in
from simulator.report.claim.one_claim import in_short
from simulator.report.page import Block, Entry, Gap, Line, Masthead
from simulator.report.screen import NOTE, facts, means

PUBLISHED = "published, not simulated"
# With so many claims or fewer the statement and all of the key figure stand beside the verdict.
ROOMY, MOST = 8, 14


def screen(found: JudgedFile, file: ClaimFile, details: dict[str, ClaimDetails]) -> Iterator[Block]:
    """All claims in a few lines each; one alone with the parts of its verdict."""
    yield Masthead(found.file.title, PUBLISHED)
    yield Line(f"Said by {found.file.said_by}, {found.file.said_on}.")
    if len(found.claims) == 1:
        (judged,) = found.claims
        yield from in_short(judged, file, details[judged.key])
        yield Line(NOTE)
        return
    tested = [item for item in found.claims if item.verdict.strength != "no_test"]
    yield from means(_meaning(found, tested))
    yield from (_entry(item, len(tested) <= ROOMY) for item in tested[:MOST])
    yield Gap()
    left = [item.key for item in found.claims if item.verdict.strength == "no_test"]
    no_period = any(
        finding.relation == "other_period" and file.claims[item.key].begins is None
        for item in found.claims
        if item.key in left
        for finding in item.numbers
    )
    dateless = "it names no period, " if no_period else ""
    more = f"{counted(len(tested) - MOST, 'claim')} more with a verdict." if len(tested) > MOST else ""
    yield from facts(
        (
            "No test",
            f"{', '.join(left)}: nothing independent states it, {dateless}or it would stand whatever was counted."
            if left
            else "",
        ),
        ("More", more),
        ("How sure", "[A] the publisher's own document; [B] quoted, transcribed or totalled by somebody else."),
    )
    yield Line(NOTE)


def _meaning(found: JudgedFile, tested: list[Judged]) -> Iterator[str]:
    """How many agree and differ, on whose count, and how many nothing can test."""
    of = {name: sum(item.verdict.numbers == name for item in tested) for name in NUMBERS}
    agree, differ, disagree, rest = of["agree"], of["differ"], of["published_disagree"], len(found.claims) - len(tested)
    compatible = of["compatible"]
    said = [f"{agree} {'agrees' if agree == 1 else 'agree'} with what was published by then"]
    said += [f"{compatible} {'is' if compatible == 1 else 'are'} neither shown nor contradicted"] * bool(compatible)
    said += [f"{differ} {'differs' if differ == 1 else 'differ'}"] * bool(differ)
    said += [f"on {disagree} published figures disagree"] * bool(disagree)
    said += [f"{rest} cannot be tested"] * bool(rest)
    *others, last = said
    yield f"Of {counted(len(found.claims), 'claim')} {', '.join(others)}{' and ' if others else ''}{last}."
    shown = sum(item.verdict.strength == "shown" for item in tested)
    own = sum(item.verdict.strength == "own_count" for item in tested)
    if own:
        yield (
            f"{counted(own, 'verdict')} {'rests' if own == 1 else 'rest'} on the force's own count, and "
            f"{'none is' if not shown else f'{shown} are'} shown by somebody who neither counts for it nor makes the claim."
        )
    pictured = [words for item in tested if (words := _per_what(item))]
    if pictured:
        yield f"Per another denominator: {'; '.join(pictured[:2])}."


def _per_what(judged: Judged) -> str:
    """The recorded rate by the claim's own unit and by the one that gives another picture; "" without both."""
    other = next(
        (item for item in judged.per_what if item.another and item.unit == judged.verdict.y and item.rate), None
    )
    if other is None or not other.factor or not other.rate:
        return ""
    return f"{judged.key}: {one_in(other.rate / other.factor)} per {judged.unit}, {one_in(other.rate)} per {other.unit}"


def _entry(judged: Judged, roomy: bool) -> Entry:
    verdict = judged.verdict.words
    if not roomy:
        return Entry(judged.key, (Line(f"{verdict}."),))
    return Entry(judged.key, (Line(f"{judged.statement} {verdict[:1].upper()}{verdict[1:]}."), Line(judged.key_figure)))


__all__ = ["screen"]
