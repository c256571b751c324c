"""The figures behind a verdict on one line: counts out of what, with their intervals, or what stands for them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from simulator.claim.figures import words_of
from simulator.claim.kinds import CountClaim
from simulator.claim.models import Claim, ClaimFile
from simulator.evidence.claim.agreement import SETTLING, Finding
from simulator.evidence.claim.judged import RateTable, Spread
from simulator.evidence.claim.unconfirmed import if_unconfirmed
from simulator.evidence.claim.units import pictured
from simulator.evidence.claim.verdict_words import read_as
from simulator.evidence.claim.words import counted_text, day_text, period_text, ratio_text
from simulator.evidence.numbers import as_given, number, whole

DOCUMENTS = {
    "agrees": ("document agrees", "documents agree"),
    "disagrees": ("document does not agree", "documents do not agree"),
    "from_claim": ("document is the claim's own source", "documents are the claim's own sources"),
    "otherwise": ("document shows something else", "documents show something else"),
}


def figure_of_rate(
    claim: Claim, numbers: Sequence[Finding], deciding: Sequence[Finding], tables: Sequence[RateTable], file: ClaimFile
) -> str:
    """Both figures of one piece of evidence that decides; per alert is what most readers ask next."""
    names = {item.name for item in deciding}
    table = next(iter(table for table in tables if table.evidence in names), None)
    apart = len({item.relation for item in deciding}) > 1 or any(item.fewest is not None for item in deciding)
    if table is None or apart:
        return figure_of_count(claim, numbers, deciding, (), file)
    first, *others = (pictured([item for item in tables if item.evidence in names]) or table).by_unit
    second = next((ratio for ratio in others if ratio.per == "alerts"), next(iter(others), None))
    ratios = [first] if second is None else [first, second]
    said = "; ".join(ratio_text(ratio, file.words, short=i > 0) for i, ratio in enumerate(ratios))
    event = "" if claim.rate is None else claim.rate.event
    return _word_as_read(claim, file) + said + _at_worst(event, deciding, file) + _later(claim, numbers, file)


def figure_of_count(
    claim: Claim, numbers: Sequence[Finding], deciding: Sequence[Finding], spread: Sequence[Spread], file: ClaimFile
) -> str:
    """What decides, each figure with its grades, or what there is instead; how a word was read; and what came later."""
    stated = [item for item in deciding if item.number is not None]
    if not stated:
        return _instead(claim, numbers, spread, file) + _later(claim, numbers, file)
    # what one source states out of how many another states alone
    full = {(item.number, item.fewest, item.bound): item for item in reversed(stated) if item.rate is not None}
    grades: dict[str, list[str]] = {}
    for item in stated:
        whole_of = full.get((item.number, item.fewest, item.bound), item) if item.rate is None else item
        grades.setdefault(_stated(whole_of, claim, file), []).append(item.grade)
    said = "; ".join(f"{text} [{', '.join(sorted(set(of)))}]" for text, of in grades.items())
    event = claim.count.event if claim.count else claim.rate.event if claim.rate else ""
    more = _before(claim, numbers, stated, file) + _at_worst(event, stated, file) + _later(claim, numbers, file)
    return _word_as_read(claim, file) + said + more


def _before(claim: Claim, numbers: Sequence[Finding], stated: Sequence[Finding], file: ClaimFile) -> str:
    """The fewer that the same publication held at the last date before."""
    if claim.count is None or claim.begins is None:
        return ""
    fewer = [
        (item.ends, item.number)
        for item in numbers
        if item.bound == "at_least" and item.number is not None and item.ends and not item.later
        for full in stated
        if full.publication == item.publication and full.number is not None and item.number < full.number
    ]
    if not fewer:
        return ""
    ends, count = max(fewer)
    return f" ({as_given(count) if count else 'none'} to {day_text(ends)})"


def _at_worst(event: str, deciding: Sequence[Finding], file: ClaimFile) -> str:
    """How many there were if nobody looked: all that nobody confirmed beside those on record."""
    found = next(iter(if_unconfirmed(event, deciding, file)), None)
    if found is None:
        return ""
    total, some = whole(found.of_alerts.top), whole(found.unconfirmed)
    return (
        f"; {total} if all {some} unconfirmed ones were false"
        if found.unconfirmed > 1
        else (f"; {total} if the one unconfirmed was false")
    )


def _later(claim: Claim, numbers: Sequence[Finding], file: ClaimFile) -> str:
    """The last that was published since the claim was made and states the same."""
    since = [item for item in numbers if item.later and item.relation in SETTLING and item.number is not None]
    if not since:
        return ""
    last = max(since, key=lambda item: (item.ends is not None, str(item.ends), item.rate.bottom if item.rate else 0.0))
    return f"; later: {finding_text(last, claim.count, file)} [{last.grade}]"


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
    # none is no bound from below
    least = f"{item.bound.replace('_', ' ')} " if item.bound and item.number else ""
    if item.rate is not None:
        fewest = item.fewest
        if fewest is not None:
            least = f"{whole(fewest if counted is not None else round(fewest * item.rate.bottom))} to "
        return least + counted_text(item.rate, file.words)
    if item.number is None or counted is None:
        return ""
    if item.fewest is not None:
        least = f"{as_given(item.fewest)} to "
    return f"{least}{as_given(item.number) if item.number else 'no'} {words_of(counted.event, file.words, item.number)}"


def _instead(claim: Claim, numbers: Sequence[Finding], spread: Sequence[Spread], file: ClaimFile) -> str:
    """What there is where no evidence states the number: what follows from the claim itself, or documents."""
    circle = next(
        (item for item in numbers if item.relation in ("from_claim", "restated") and item.number is not None), None
    )
    if circle is not None:
        return f"{finding_text(circle, claim.count, file)}: by the claim itself only"
    if spread and claim.count is not None:
        return spread_text(spread[0], claim.count, file).removesuffix(".")
    if not numbers:
        return "no evidence is given"
    apart = [_apart(item, claim, file) for item in numbers if item.relation == "other_period" and not item.later]
    if apart:
        return f"{'of another period: ' if claim.begins else ''}{'; '.join(apart)}"
    if claim.count is not None and (instead := _counted_instead(claim.count, numbers, file)):
        return f"not counted; counted instead: {instead}"
    return documents_text(numbers) or "none of the evidence states it"


def _apart(item: Finding, claim: Claim, file: ClaimFile) -> str:
    """What is of other days than the claim; with its days where the claim names none."""
    said, evidence = finding_text(item, claim.count, file), file.evidence.get(item.name)
    if claim.begins or evidence is None or not (evidence.begins and evidence.ends):
        return said
    return f"{said} [{item.grade}], of {period_text(evidence.begins, evidence.ends)}"


def _counted_instead(counted: CountClaim, numbers: Sequence[Finding], file: ClaimFile) -> str:
    """Other figures that the words could be taken for, of the evidence that states any, from the least to the most."""
    said = []
    for name in counted.also_counted:
        found = [
            file.evidence[item.name].figures.get(name)
            for item in numbers
            if item.name in file.evidence and not item.later
        ]
        if stated := sorted(x for x in found if x is not None):
            ends = dict.fromkeys(map(whole, (stated[0], stated[-1])))
            said.append(f"{' to '.join(ends)} {words_of(name, file.words)}")
    return ", ".join(said)


def documents_text(findings: Sequence[Finding]) -> str:
    """How many documents do what with the claim, with their grades."""
    said = []
    for later, (relation, (one, more)) in product((False, True), DOCUMENTS.items()):
        grades = [item.grade for item in findings if item.relation == relation and item.later is later]
        if grades:
            since = "later: " if later else ""
            said.append(f"{since}{len(grades)} {more if len(grades) > 1 else one} [{', '.join(grades)}]")
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
