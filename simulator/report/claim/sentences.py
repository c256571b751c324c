"""What evidence says of a claim, and what other units make of the same events, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simulator.claim.figures import plural, words_of
from simulator.claim.models import ClaimFile
from simulator.evidence.claim.agreement import Finding
from simulator.evidence.claim.consistency import Check
from simulator.evidence.claim.judged import ComparisonFound, IfUnconfirmed, Judged
from simulator.evidence.claim.key_figure import finding_text
from simulator.evidence.claim.kinds.comparison import PER, measure_words
from simulator.evidence.claim.no_test import CannotFail
from simulator.evidence.claim.verdict import ANOTHER_PICTURE, Picture
from simulator.evidence.claim.words import article, large, one_in, period_text, rate_text, sentence
from simulator.evidence.numbers import as_given, number, whole

RELATIONS = {
    "agrees": "agrees",
    "compatible": "does not contradict it",
    "disagrees": "does not agree",
    "otherwise": "of something else",
    "not_stated": "does not state it",
    "from_claim": "the claim's own figure",
    "restated": "the speaker's own total",
    "other_period": "of another period",
    "not_comparable": "not comparable",
    "assumed": "what if",
    "simulated": "simulated, and no record",
}
WHY = {
    "from_claim": " (it rests on the claim itself, so it cannot test it)",
    "restated": " (it repeats the claim, so it cannot test it)",
    "other_period": " (the claim is of other days, so not held against it)",
    "not_comparable": " (not out of what the claim says, so not held against it)",
}
NOTED = {"simulated": "what lfrsim computes, no record"}


def agreement_lines(judged: Judged, file: ClaimFile) -> Iterator[str]:
    """One line for each piece of evidence: what it says of the claim, its number, its grade and its source."""
    if not judged.numbers:
        yield "No evidence is given."
    for item in judged.numbers:
        figures = finding_text(item, file.claims[judged.key].count, file)
        said = f"{figures}: {item.what}" if figures else item.what
        does = sentence(_relation(item, judged, file)).removesuffix(".")
        why = _of_days(item, judged, file) or WHY.get(item.relation, "")
        yield f"{does} [{item.grade}]: {said}{_of(item)}{why}. Source: {item.source}{_by(item)}"


def agreement_short(judged: Judged, file: ClaimFile) -> str:
    """The same in one sentence, grouped by what the evidence says."""
    groups: dict[str, list[str]] = {}
    for item in judged.numbers:
        figures = finding_text(item, file.claims[judged.key].count, file) or item.what
        groups.setdefault(_relation(item, judged, file), []).append(
            f"{figures}{_of(item)} [{item.grade}, {item.publication}]"
        )
    return "; ".join(f"{relation}: {', '.join(said)}" for relation, said in groups.items()) or "no evidence is given"


def _relation(item: Finding, judged: Judged, file: ClaimFile) -> str:
    """What a finding does with the claim; in its own words what came after the claim was made."""
    days = item.relation == "other_period" and file.claims[judged.key].begins is None
    does = "of some days" if days else RELATIONS[item.relation]
    return f"later: {does}" if item.later else does


def _of(item: Finding) -> str:
    return f" (of: {item.of})" if item.relation == "otherwise" and item.of else ""


def _of_days(item: Finding, judged: Judged, file: ClaimFile) -> str:
    """Of which days a count is that is held against a claim which names none."""
    claim, evidence = file.claims[judged.key], file.evidence.get(item.name)
    if (
        claim.count is None
        or claim.count.unit
        or claim.begins
        or evidence is None
        or not (evidence.begins and evidence.ends)
    ):
        return ""
    return f" (of {period_text(evidence.begins, evidence.ends)}; the claim names no period)"


def _by(item: Finding) -> str:
    return f". Counted by {item.counted_by}" if item.counted_by else ""


def unconfirmed_lines(found: Sequence[IfUnconfirmed]) -> list[str]:
    """What the record leaves open of false alerts: all that nobody confirmed, and their share of alerts."""
    lines = []
    for item in found:
        ratio = item.of_alerts
        inside = (
            ""
            if ratio.interval_95 is None
            else f" ({_about(ratio.interval_95.high)} to {_about(ratio.interval_95.low)})"
        )
        lines.append(
            f"{'Later: if' if item.later else 'If'} all {whole(item.unconfirmed)} unconfirmed alerts were false: "
            f"{whole(ratio.top)} of {whole(ratio.bottom)} alerts, {_about(ratio.rate)}{inside}."
        )
    return lines


def _about(rate: float) -> str:
    """*rate* as 1 in a whole number."""
    return f"1 in {whole(1 / rate)}" if rate > 0 else "none"


def per_what(judged: Judged, file: ClaimFile, cannot_fail: CannotFail | None, always: bool = True) -> list[str]:
    """What other units make of the same events; *always*: a sentence where none does. Documents are said with the evidence."""
    said = [picture_text(item, judged, file) for item in judged.per_what if item.rate is not None]
    section = file.claims[judged.key].count or file.claims[judged.key].rate
    if cannot_fail is not None and section is not None:
        said.insert(0, _cannot_fail(cannot_fail, section.event, file))
    if not said and always and judged.rates and judged.verdict.numbers != "not_comparable" and judged.kind == "rate":
        compared = any(len(table.by_unit) > 1 for table in judged.rates)
        return [
            f"No other unit that was compared makes it {ANOTHER_PICTURE:g} times as frequent, or as rare."
            if compared
            else "No other unit was compared."
        ]
    return said


def _cannot_fail(found: CannotFail, event: str, file: ClaimFile) -> str:
    """That a limit is kept whatever became of the cases, because there were so few of them."""
    cases = f"{whole(found.cases)} {words_of(found.of, file.words, found.cases)}"
    one = words_of(found.of, file.words, 1)
    if (event, found.of) == ("false_alerts", "alerts"):
        said = f"even if every {one} had been false"
    else:
        said = f"even if every {one} had been, or had led to, {article(words_of(event, file.words, 1))}"
    few = f"there were {cases}"
    if found.per not in (None, found.of):
        units = f"{as_given(found.units)} {words_of(found.per, file.words, found.units)}"
        few = f"{units} had {cases}, {rate_text(found.cases / found.units, found.of, found.per)}"
    return f"This would hold {said}: {few}. A limit that cannot be missed tests nothing."


def picture_text(picture: Picture, judged: Judged, file: ClaimFile) -> str:
    """One other unit, or another figure that the words could mean, in a sentence."""
    rate = picture.rate or 0.0
    if _is_other_figure(picture, judged, file):
        first = next((item.number for item in judged.numbers if item.name == picture.source), None)
        beside = "" if first is None else f" instead of {as_given(first)}"
        return f"If the words mean {plural(picture.unit)}, the same evidence has {as_given(rate)}{beside}."
    said = "none" if not rate else one_in(rate) if rate < 1 else number(rate)
    if not picture.factor:
        return f"Per {picture.unit} it is {said}."
    many, few = (judged.unit, picture.unit) if picture.factor >= 1 else (picture.unit, judged.unit)
    times = large(max(picture.factor, 1 / picture.factor))
    if not rate and not picture.another:
        return f"Per {picture.unit} none was recorded either."
    if not rate:
        return f"Per {picture.unit} none was recorded either, but {times} times as many are possible (95 %) as per {judged.unit}."
    return f"Per {picture.unit} the same events are {said}: there are {times} {plural(many)} for each {few}."


def _is_other_figure(picture: Picture, judged: Judged, file: ClaimFile) -> bool:
    """Whether *picture* is another figure that the words could be taken for, not a rate by another unit."""
    claim = file.claims[judged.key]
    section, evidence = claim.count or claim.rate, file.evidence.get(picture.source or "")
    if section is None or evidence is None:
        return False
    return any(
        words_of(name, file.words, 1) == picture.unit and evidence.figures.get(name) == picture.rate
        for name in section.also_counted
    )


def check_lines(checks: Sequence[Check]) -> list[str]:
    """The checks that fail, each in a sentence; those that hold as a count."""
    if not checks:
        return ["No two published figures here can be held against each other."]
    failed = [check.words for check in checks if not check.holds]
    held = len(checks) - len(failed)
    return [f"{held} of {len(checks)} checks hold." if failed else f"All {len(checks)} checks hold.", *failed]


def comparison_reading(found: ComparisonFound) -> str:
    """What was compared, by how many campaigns, and what that cannot show."""
    return (
        f"Read as: {found.b} has {found.says.replace('_', ' ')} {measure_words(found.measure)} per {PER[found.per]} than "
        f"{found.a}. {found.campaigns} simulated campaigns of each, seed {found.seed}, inputs drawn from their "
        f"intervals. The range is over pairs of single campaigns (95 %), so it holds chance and what is not known of the inputs. "
        f"A simulation is no record: it settles nothing, whatever it shows."
    )


__all__ = [
    "NOTED", "agreement_lines", "agreement_short", "check_lines", "comparison_reading", "per_what", "unconfirmed_lines",
]  # fmt: skip
