"""The figures behind a verdict on one line: counts out of what, with their intervals, or what stands for them."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.claim.figures import words_of
from simulator.claim.kinds import CountClaim
from simulator.claim.models import Claim, ClaimFile
from simulator.evidence.claim.agreement import SETTLING, Finding
from simulator.evidence.claim.judged import RateTable, Spread
from simulator.evidence.claim.units import pictured
from simulator.evidence.claim.verdict_words import read_as
from simulator.evidence.claim.words import counted_text, ratio_text
from simulator.evidence.numbers import as_given, number, whole

DOCUMENTS = {
    "agrees": ("document agrees", "documents agree"),
    "disagrees": ("document does not agree", "documents do not agree"),
    "from_claim": ("document is the claim's own source", "documents are the claim's own sources"),
    "otherwise": ("document shows something else", "documents show something else"),
}


def figure_of_rate(claim: Claim, numbers: Sequence[Finding], tables: Sequence[RateTable], file: ClaimFile) -> str:
    """Both figures of one piece of evidence; per alert is what most readers ask next."""
    if not tables or not _settling(numbers):
        return figure_of_count(claim, numbers, (), file)
    first, *others = (pictured(tables) or tables[0]).by_unit
    second = next((ratio for ratio in others if ratio.per == "alerts"), next(iter(others), None))
    ratios = [first] if second is None else [first, second]
    said = "; ".join(ratio_text(ratio, file.words, short=i > 0) for i, ratio in enumerate(ratios))
    return _word_as_read(claim, file) + said


def figure_of_count(claim: Claim, numbers: Sequence[Finding], spread: Sequence[Spread], file: ClaimFile) -> str:
    """What evidence states, each figure with its grades, or what there is instead; and how a word was read."""
    stated = _settling(numbers)
    if not stated:
        return _instead(claim, numbers, spread, file)
    grades: dict[str, list[str]] = {}
    for item in stated:
        grades.setdefault(_stated(item, claim, file), []).append(item.grade)
    said = "; ".join(f"{text} [{', '.join(sorted(set(of)))}]" for text, of in grades.items())
    return _word_as_read(claim, file) + said


def _settling(numbers: Sequence[Finding]) -> list[Finding]:
    return [item for item in numbers if item.relation in SETTLING and item.number is not None]


def _word_as_read(claim: Claim, file: ClaimFile) -> str:
    """How a claim that gives a word for its number was read; nothing where it gives a number."""
    section, read = claim.count or claim.rate, read_as(claim, file)
    if section is None or section.claimed.words is None or read is None:
        return ""
    return f"r{read.removesuffix('.').partition(': a statement on')[0][1:]}; "


def _stated(item: Finding, claim: Claim, file: ClaimFile) -> str:
    said = finding_text(item, claim.count, file)
    evidence, counted = file.evidence.get(item.name), claim.count
    if evidence is None or counted is None:
        return said
    figures = evidence.figures
    also = [
        f"{as_given(figures[name])} {words_of(name, file.words, figures[name])}"
        for name in counted.also_counted
        if name in figures
    ]
    return f"{said} ({', '.join(also)})" if also else said


def finding_text(item: Finding, counted: CountClaim | None, file: ClaimFile) -> str:
    """What one piece of evidence states, in figures where it has them: a rate, or a count if a count is claimed."""
    if item.rate is not None:
        return counted_text(item.rate, file.words)
    if item.number is None or counted is None:
        return ""
    return f"{as_given(item.number) if item.number else 'no'} {words_of(counted.event, file.words, item.number)}"


def _instead(claim: Claim, numbers: Sequence[Finding], spread: Sequence[Spread], file: ClaimFile) -> str:
    """What there is where no evidence states the number: what follows from the claim itself, or documents."""
    circle = next((item for item in numbers if item.relation == "from_claim"), None)
    if circle is not None:
        return f"{finding_text(circle, claim.count, file)}: by the claim itself only"
    if spread and claim.count is not None:
        return spread_text(spread[0], claim.count, file).removesuffix(".")
    if not numbers:
        return "no evidence is given"
    return documents_text(numbers) or "none of the evidence states it"


def documents_text(findings: Sequence[Finding]) -> str:
    """How many documents do what with the claim, with their grades."""
    said = []
    for relation, (one, more) in DOCUMENTS.items():
        grades = [item.grade for item in findings if item.relation == relation]
        if grades:
            said.append(f"{len(grades)} {more if len(grades) > 1 else one} [{', '.join(grades)}]")
    return "; ".join(said)


def spread_text(item: Spread, counted: CountClaim, file: ClaimFile) -> str:
    """The claimed number for each of what it is spread over: pounds per arrest, if the sum is right."""
    below, claimed = item.number, counted.claimed
    high = item.low if item.high is None else item.high
    bound = "at least " if claimed.at_least is not None else "at most " if claimed.at_most is not None else ""
    middle = high if bound else claimed.value / below if claimed.value else (item.low + high) / 2
    ends = f" ({number(item.low)} to {number(high)} as rounded)" if item.low < high and not bound else ""
    sum_of = bound + (
        f"GBP {whole(round(middle))}"
        if counted.event == "gbp"
        else f"{number(middle)} {words_of(counted.event, file.words, middle)}"
    )
    return (
        f"{sum_of} per {words_of(item.per, file.words, 1)}{ends} if the number is right and all of it is divided by "
        f"{as_given(below)} {words_of(item.per, file.words, below)}."
    )


__all__ = ["documents_text", "figure_of_count", "figure_of_rate", "finding_text", "spread_text"]
