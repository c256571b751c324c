"""The first screen of a claim file: how many claims agree, each with its verdict, and which nothing can test; or one claim."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from simulator.claim.figures import words_of
from simulator.claim.models import ClaimFile
from simulator.evidence.claim.details import ClaimDetails
from simulator.evidence.claim.found import JudgedFile
from simulator.evidence.claim.judged import Judged
from simulator.evidence.claim.settle import Strength
from simulator.evidence.claim.verdict import NUMBERS, STRENGTHS
from simulator.evidence.claim.words import capital, limit_one_in
from simulator.evidence.numbers import as_given, counted, one_in, whole
from simulator.report.claim.one_claim import in_short
from simulator.report.page import Block, Entry, Gap, Line, Masthead
from simulator.report.screen import NOTE, facts, means

PUBLISHED = "published, not simulated"
# With so many claims or fewer the statement and all of the key figure stand beside the verdict.
ROOMY, MOST, TWO = 8, 14, 2
OPENS = "“"
# Grades within a figure: said once for all of them.
GRADED = re.compile(r" \[[AB](?:, [AB])*\]")
GRADES_SHORT = "A: the publisher's own document; B: quoted, transcribed or totalled by others"
OUTCOMES = {"the numbers agree": "Agrees", "what is published agrees": "Agrees"}


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
    first = _by_two(tested, file)
    yield from means((*_by_both(first, file), *_counted(found, tested)))
    strength, grade = _usual(tested)
    yield from entries(tested, file, len(tested) <= ROOMY)[:MOST]
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
            "Untested",
            f"{', '.join(left)}: nothing independent states it, {dateless}or it would stand whatever was counted."
            if left
            else "",
        ),
        ("More", more),
        ("How sure", _how_sure(tested, strength, grade)),
    )
    yield Line(NOTE)


def entries(tested: list[Judged], file: ClaimFile, roomy: bool = True) -> list[Entry]:
    """Each claim in a paragraph, first those that another denominator shows otherwise; *roomy*: with its figure."""
    first, (strength, grade) = _by_two(tested, file), _usual(tested)
    ordered = [*first, *(item for item in tested if item not in first)]
    return [_entry(item, roomy, item in first, strength, grade) for item in ordered]


def _by_two(tested: list[Judged], file: ClaimFile) -> list[Judged]:
    """Claims that another denominator shows otherwise: two at most, rates before counts."""
    return sorted((item for item in tested if _on_record(item, file)), key=lambda item: item.kind != "rate")[:TWO]


def _by_both(first: list[Judged], file: ClaimFile) -> Iterator[str]:
    """What is on record by both denominators, once for claims that share it, and whether they agree, in plain words."""
    for recorded, items in groupby(first, lambda item: _on_record(item, file)):
        said = "; ".join(_found(item, file) for item in items)
        # a claim's own word begins the sentence
        yield f"{recorded} {said[0] + capital(said[1:]) if said.startswith(OPENS) else said}."


def _on_record(judged: Judged, file: ClaimFile) -> str:
    """The recorded rate by the claim's own unit and by the one that gives another picture; "" without both."""
    other = next(
        (item for item in judged.per_what if item.another and item.unit == judged.verdict.y and item.rate), None
    )
    section = file.claims[judged.key].count or file.claims[judged.key].rate
    if other is None or section is None or not other.factor or not other.rate:
        return ""
    events = capital(words_of(section.event, file.words))
    return f"{events}: {one_in(other.rate / other.factor)} {judged.unit}s, {one_in(other.rate)} {other.unit}s."


def _found(judged: Judged, file: ClaimFile) -> str:
    """What a claim calls it, how that was read, and whether it agrees."""
    counts, rate, stated = file.claims[judged.key].count, file.claims[judged.key].rate, judged.verdict.stated
    section = counts or rate
    name = judged.key
    if section is not None and section.claimed.words:
        name = f"{OPENS}{section.claimed.words}”"
        if counts is not None:
            name += f", taken here as {_ends(counts.claimed.ends)},"
        elif section.claimed.at_most is not None:
            name += f", taken here as at most {limit_one_in(section.claimed.at_most)} {judged.unit}s,"
    if judged.verdict.numbers == "agree":
        return f"{name} agrees{f' per {judged.unit}' if rate else ' with that'}"
    if judged.verdict.numbers == "differ" and counts is not None and stated is not None and not judged.verdict.bound:
        worst = next((item for item in judged.if_unconfirmed if not item.later), None)
        at_worst = (
            f", {whole(worst.of_alerts.top)} if all {whole(worst.unconfirmed)} unconfirmed ones were false"
            if worst
            else ""
        )
        return f"{name} does not: {_ends(stated)} on record{at_worst}"
    return f"{name}: {judged.verdict.outcome}"


def _ends(ends: tuple[float, float]) -> str:
    return " to ".join(dict.fromkeys(map(as_given, ends)))


def _counted(found: JudgedFile, tested: list[Judged]) -> Iterator[str]:
    """How many agree and differ, and how many nothing can test."""
    of = {name: sum(item.verdict.numbers == name for item in tested) for name in NUMBERS}
    agree, differ, disagree, rest = of["agree"], of["differ"], of["published_disagree"], len(found.claims) - len(tested)
    compatible = of["compatible"]
    said = [f"{agree} {'agrees' if agree == 1 else 'agree'} with what is published of that time"]
    said += [f"{compatible} {'is' if compatible == 1 else 'are'} neither shown nor contradicted"] * bool(compatible)
    said += [f"{differ} {'differs' if differ == 1 else 'differ'}"] * bool(differ)
    said += [f"on {disagree} published figures disagree"] * bool(disagree)
    said += [f"{rest} cannot be tested"] * bool(rest)
    *others, last = said
    yield f"Of {counted(len(found.claims), 'claim')} {', '.join(others)}{' and ' if others else ''}{last}."


def _usual(tested: list[Judged]) -> tuple[Strength, str | None]:
    """How strong most verdicts are, and the grade of what those rest on: said once for all of them."""
    verdicts = [item.verdict for item in tested]
    strength = Counter(item.strength for item in verdicts).most_common(1)[0][0] if verdicts else "no_test"
    grades = Counter(item.grade for item in verdicts if item.strength == strength)
    return strength, grades.most_common(1)[0][0] if grades else None


def _how_sure(tested: list[Judged], strength: Strength, grade: str | None) -> str:
    """Who counted, and of what kind the evidence is, for all lines that say nothing else."""
    if not tested:
        return ""
    nobody = (
        ""
        if any(item.verdict.strength == "shown" for item in tested)
        else " None is shown by somebody who neither runs the cameras nor makes the claim."
    )
    graded = f", grade {grade}" if grade else ""
    return f"Unless a line says otherwise: {STRENGTHS[strength]}{graded} ({GRADES_SHORT}).{nobody}"


def _entry(judged: Judged, roomy: bool, above: bool, strength: Strength, grade: str | None) -> Entry:
    """A claim in one paragraph: what it says, whether that agrees, and the figure; its strength where that is unusual.

    *above*: it is one of those that the page begins with.
    """
    verdict, figure = judged.verdict, GRADED.sub("", judged.key_figure)
    unusual = [STRENGTHS[verdict.strength]] * (verdict.strength != strength)
    unusual += [f"grade {verdict.grade}"] * bool(verdict.grade and verdict.grade != grade)
    found = [OUTCOMES.get(verdict.outcome, capital(verdict.outcome)), *unusual]
    if judged.kind == "fact" and verdict.numbers == "agree":
        # documents agree or do not: their number says both
        found = [capital(figure), *unusual]
    elif roomy:
        # how a word was read stands above
        figure = figure.partition("; ")[2] if figure.startswith("read as ") and above else figure
        found = [f"{found[0]}. {capital(figure)}" if ":" in found[0] else f"{found[0]}: {figure}", *unusual]
    return Entry(judged.key, (Line(f"{judged.statement} {'; '.join(found)}."),))


__all__ = ["PUBLISHED", "entries", "screen"]
