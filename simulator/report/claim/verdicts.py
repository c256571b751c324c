"""The three parts of a verdict in sentences: do the numbers agree, how precisely is it known, and per what."""

from __future__ import annotations

from simulator.claim.evidence import Claimed
from simulator.claim.figures import is_tally, plural, words_of
from simulator.claim.models import ClaimFile
from simulator.evidence.claim.agreement import Finding
from simulator.evidence.claim.judged import Judged
from simulator.evidence.claim.verdict import ANOTHER_PICTURE, Picture
from simulator.evidence.numbers import number, whole
from simulator.report.claim.words import counted_text, is_case, joint_of, large, one_in, percent_text, sentence

RELATIONS = {
    "agrees": "agrees",
    "disagrees": "does not agree",
    "otherwise": "shows something else",
    "not_stated": "does not state it",
    "from_claim": "the claim's own figure",
    "not_comparable": "not comparable",
    "assumed": "what if",
    "simulated": "simulated, and no record",
}
GRADES = {
    "A": "grade A: the publisher's own document or statement, seen in a copy",
    "B": "grade B: a transcription or a second-hand copy",
    "assumed": "assumed: for comparison only, no part of the verdict",
    "simulated": "simulated: what lfrsim computes, no record",
}
REASONS = {
    "no_evidence": "none of the evidence found states it independently of the claim",
    "against": "evidence of grade A, or of two publications, does not agree, and nothing as strong agrees",
    "weak_against": "one transcription or second-hand copy does not agree, and nothing published agrees",
    "sources_differ": "what is published disagrees with itself",
    "per_what": "what is published agrees, and gives another picture of what the claim leaves open",
    "weak_for": "what is published agrees, but is only one transcription or second-hand copy",
    "agrees": "evidence of grade A, or of two publications, agrees",
}
# Where the claim says more than was counted: what more.
MORE = {
    "cause": "the numbers agree, and the claim says besides that the cameras brought it about",
    "noise": "the numbers agree, and so small a change cannot be told from what comes and goes by itself",
    "not_inside": "what was counted is compatible with it, and too little to show it",
}


def reason_text(judged: Judged) -> str:
    """Why the verdict is what it is."""
    reason = judged.verdict.reason
    if reason == "more_than_counted":
        return MORE.get(judged.precision.why, "what is published agrees, and the claim says more than was counted")
    if reason == "no_evidence":
        relations = {found.relation for found in judged.findings}
        if not relations:
            return "no evidence is given"
        return "none of the evidence states it" if relations == {"not_stated"} else REASONS[reason]
    return REASONS[reason]


def _direction(judged: Judged) -> str:
    """On which side of the claim the record lies; nothing where no figures say, or they lie on both."""
    section = judged.claim.count or judged.claim.rate
    numbers = [found.number for found in judged.findings if found.relation == "disagrees" and found.number is not None]
    if section is None or not numbers:
        return ""
    low, high = section.claimed.ends
    if all(number < low for number in numbers):
        return " (it has fewer)" if judged.claim.count else " (its figure is lower)"
    if all(number > high for number in numbers):
        return " (it has more)" if judged.claim.count else " (its figure is higher)"
    return ""


def reading_of_word(judged: Judged, file: ClaimFile) -> str:
    """How a claim that gives a word for its number was read; nothing where it gives a number."""
    section = judged.claim.count or judged.claim.rate
    if section is None or section.claimed.words is None:
        return ""
    said = read_as(judged, file).removesuffix(".").partition(": a statement on")[0]
    return f"r{said[1:]}"


def verdict_text(judged: Judged) -> str:
    """The verdict in the words of the rule, and where figures contradict it, on which side of the claim they lie.

    "of" stands instead of "per" where no rate but a document shows the other picture.
    """
    found = judged.verdict
    other = next((item for item in judged.pictures if item.another), None)
    if found.outcome == "another_picture" and other is not None and other.rate is None:
        return f"true of: {found.x}; but another picture of: {found.y}"
    return found.words + (_direction(judged) if found.outcome in ("contradicted", "not_in_transcript") else "")


def claimed_text(claimed: Claimed, words: tuple[str, str]) -> str:
    """The number that a claim states, as it was read, with its noun: *words*, singular and plural."""
    single, many = words
    if claimed.value is not None:
        noun = single if claimed.value == 1 else many
        rounded = f" (to the nearest {number(claimed.to_nearest)})" if claimed.to_nearest else ""
        return (
            f"{whole(claimed.value) if claimed.value == int(claimed.value) else number(claimed.value)} {noun}{rounded}"
        )
    if claimed.low is not None and claimed.high is not None:
        return f"{number(claimed.low)} to {number(claimed.high)} {many}"
    end = claimed.at_least if claimed.at_least is not None else claimed.at_most or 0.0
    return f"at {'most' if claimed.at_least is None else 'least'} {number(end)} {single if end == 1 else many}"


def read_as(judged: Judged, file: ClaimFile) -> str:
    """How the words of a count or rate were turned into numbers; nothing for other claims."""

    def nouns(name: str) -> tuple[str, str]:
        return words_of(name, file.words, 1), words_of(name, file.words)

    counted, rated = judged.claim.count, judged.claim.rate
    if counted is not None:
        text = claimed_text(counted.claimed, nouns(counted.event))
        for unit, number_of in counted.out_of.items():
            text += f" {joint_of(counted.event, unit)} {claimed_text(number_of, nouns(unit))}"
        return f"Read as {text}."
    if rated is None:
        return ""
    low, high = rated.claimed.ends
    per, all_of = nouns(rated.per)
    if rated.claimed.at_most is not None and is_tally(rated.event):
        text = f"at most {one_in(high)} {all_of} with {_article(nouns(rated.event)[0])}"
    elif is_case(rated.event, rated.per) and high <= 1:
        ends = dict.fromkeys((percent_text(low), percent_text(high)))
        text = f"{' to '.join(ends)} of {all_of}"
    else:
        text = f"{claimed_text(rated.claimed, nouns(rated.event))} per {per}"
    what = "the chance behind the counts" if rated.speaks == "chance" else "what was recorded"
    return f"Read as {text}: a statement on {what}."


def _article(noun: str) -> str:
    return f"{'an' if noun[:1] in 'aeiou' else 'a'} {noun}"


def relation_text(found: Finding) -> str:
    """What a piece of evidence does with the claim."""
    return RELATIONS[found.relation]


def finding_text(found: Finding, judged: Judged, file: ClaimFile) -> str:
    """What one piece of evidence states, in figures where it has them."""
    event = judged.claim.count.event if judged.claim.count else None
    if found.ratio is not None:
        return counted_text(found.ratio, file.words, short=False)
    if found.number is None or event is None:
        return ""
    return f"{whole(found.number) if found.number else 'no'} {words_of(event, file.words, found.number)}"


def agreement_lines(judged: Judged, file: ClaimFile) -> list[str]:
    """One line for each piece of evidence: what it says of the claim, its number, its grade and its source."""
    lines = [] if judged.findings else ["No evidence is given."]
    for found in judged.findings:
        figures = finding_text(found, judged, file)
        said = f"{figures}: {found.what}" if figures else found.what
        of = f" (of: {found.of})" if found.relation == "otherwise" and found.of else ""
        why = {
            "from_claim": " (it rests on the claim itself, so it cannot test it)",
            "not_comparable": " (not out of what the claim says, so not held against it)",
        }.get(found.relation, "")
        lines.append(f"{sentence(relation_text(found))[:-1]} [{found.grade}]: {said}{of}{why}. Source: {found.source}")
    return lines


def agreement_short(judged: Judged, file: ClaimFile) -> str:
    """The same in one sentence, grouped by what the evidence says."""
    if not judged.findings:
        return "no evidence is given"
    groups: dict[str, list[str]] = {}
    for found in judged.findings:
        figures = finding_text(found, judged, file) or found.what
        of = f" (of: {found.of})" if found.relation == "otherwise" and found.of else ""
        groups.setdefault(relation_text(found), []).append(f"{figures}{of} [{found.grade}, {found.publication}]")
    return "; ".join(f"{relation}: {', '.join(said)}" for relation, said in groups.items())


def precision_text(judged: Judged) -> str:
    """How precisely it is known, or why it is not shown."""
    if judged.verdict.outcome == "cannot_be_tested":
        return f"not at all: {reason_text(judged)}."
    why = judged.precision.why
    if judged.claim.kind == "fact" and why == "counted":
        return "no number is claimed: what documents say is all there is."
    return {
        "noise": "a fall as large comes and goes by itself too often to be told from one that means something.",
        "counted": "as a figure of the record it is what was counted; how complete the record is, nobody outside can say.",
        "inside": "the whole 95 % interval lies within what is claimed.",
        "not_inside": "the 95 % interval reaches beyond what is claimed: more would have to be observed.",
        "cause": "counts agree, but the claim says that the cameras brought it about, and nobody has measured what would "
        "have happened without them.",
        "nothing": "no interval can be computed from what is published.",
    }[why]


def per_what(judged: Judged, file: ClaimFile, always: bool = True) -> list[str]:
    """What other units make of the same events; *always*: a sentence where none does. Documents are said with the evidence."""
    said = [
        *_cannot_fail(judged),
        *(picture_text(item, judged, file) for item in judged.pictures if item.rate is not None),
    ]
    if said:
        return said
    if always and judged.tables and judged.verdict.outcome != "cannot_be_tested" and judged.claim.rate is not None:
        compared = any(len(table.ratios) > 1 for table in judged.tables)
        return [
            f"No other unit that was compared makes it {ANOTHER_PICTURE:g} times as frequent, or as rare."
            if compared
            else "No other unit was compared."
        ]
    return []


def picture_text(picture: Picture, judged: Judged, file: ClaimFile) -> str:
    """One other unit, or another figure that the words could mean, in a sentence."""
    rate = picture.rate or 0.0
    if is_other_figure(picture, judged, file):
        first = next((found.number for found in judged.findings if found.name == picture.source), None)
        beside = "" if first is None else f" instead of {whole(first)}"
        return f"If the words mean {plural(picture.unit)}, the same evidence has {whole(rate)}{beside}."
    said = "none" if not rate else one_in(rate) if rate < 1 else number(rate)
    if not picture.factor:
        return f"Per {picture.unit} it is {said}."
    many, few = (judged.unit, picture.unit) if picture.factor >= 1 else (picture.unit, judged.unit)
    times = large(max(picture.factor, 1 / picture.factor))
    if not rate:
        return f"Per {picture.unit} none was recorded either, but {times} times as many are possible (95 %) as per {judged.unit}."
    return f"Per {picture.unit} the same events are {said}: there are {times} {plural(many)} for each {few}."


def _cannot_fail(judged: Judged) -> list[str]:
    """That a limit per face is kept whatever the alerts are, because so few faces raise one."""
    found = judged.extra.get("cannot_fail")
    if not isinstance(found, dict):
        return []
    return [
        f"This would hold even if every alert had been false: {whole(found['faces'])} faces raised {whole(found['alerts'])} "
        f"alerts, {one_in(found['alerts'] / found['faces'])}. A limit that cannot be missed tests nothing."
    ]


def is_other_figure(picture: Picture, judged: Judged, file: ClaimFile) -> bool:
    """Whether *picture* is another figure that the words could be taken for, not a rate by another unit."""
    section = judged.claim.count or judged.claim.rate
    evidence = file.evidence.get(picture.source or "")
    if section is None or evidence is None:
        return False
    return any(
        words_of(name, file.words, 1) == picture.unit and evidence.figures.get(name) == picture.rate
        for name in section.also_counted
    )


__all__ = [
    "GRADES", "MORE", "REASONS", "RELATIONS", "agreement_lines", "agreement_short", "finding_text", "per_what", "precision_text",
    "read_as", "reading_of_word", "reason_text", "verdict_text",
]  # fmt: skip
