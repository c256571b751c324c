"""The parts of a verdict in words: what the rule reached, how precisely it is known, and how the claim was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from simulator.claim.evidence import Claimed
from simulator.claim.figures import is_case, is_tally, words_of
from simulator.claim.models import Claim, ClaimFile
from simulator.evidence.claim.agreement import Finding
from simulator.evidence.claim.judged import Weighed
from simulator.evidence.claim.verdict import Precision, Verdict
from simulator.evidence.claim.words import joint_of, limit_one_in
from simulator.evidence.numbers import as_given

# Where the claim says more than was counted: what more.
MORE = {
    "cause": "the numbers agree, and the claim says besides that the cameras brought it about",
    "noise": "the numbers agree, and so small a change cannot be told from what comes and goes by itself",
    "not_inside": "what was counted is compatible with it, and too little to show it",
}
PRECISELY = {
    "noise": "a fall as large comes and goes by itself too often to be told from one that means something.",
    "counted": "as a figure of the record it is what was counted; how complete the record is, nobody outside can say.",
    "outside": "the whole 95 % interval lies outside what is claimed.",
    "inside": "the whole 95 % interval lies within what is claimed.",
    "not_inside": "the 95 % interval reaches beyond what is claimed: more would have to be observed.",
    "cause": "counts agree, but the claim says that the cameras brought it about, and nobody has measured what would "
    "have happened without them.",
    "nothing": "no interval can be computed from what is published.",
}


def worded(verdict: Verdict, claim: Claim, weighed: Weighed) -> Verdict:
    """*verdict* in words that say on which side of the claim the figures lie, and why it is what it is."""
    return replace(verdict, words=_words(verdict, claim, weighed), because=_because(verdict, weighed))


def _because(verdict: Verdict, weighed: Weighed) -> str:
    if verdict.reason == "more_than_counted":
        return MORE.get(weighed.precision.why, verdict.because)
    if verdict.reason == "no_evidence":
        relations = {item.relation for item in weighed.numbers}
        if not relations:
            return "no evidence is given"
        return "none of the evidence states it" if relations == {"not_stated"} else verdict.because
    return verdict.because


def _words(verdict: Verdict, claim: Claim, weighed: Weighed) -> str:
    """The verdict, with "of" instead of "per" where no rate but a document shows the other picture."""
    other = next((item for item in weighed.per_what if item.another), None)
    if verdict.outcome == "another_picture" and other is not None and other.rate is None:
        return f"true of: {verdict.x}; but another picture of: {verdict.y}"
    if verdict.outcome in ("contradicted", "not_in_transcript"):
        return verdict.words + _direction(claim, weighed.numbers)
    return verdict.words


def _direction(claim: Claim, findings: Sequence[Finding]) -> str:
    """On which side of the claim the record lies; nothing where no figures say, or they lie on both."""
    section = claim.count or claim.rate
    numbers = [item.number for item in findings if item.relation == "disagrees" and item.number is not None]
    if section is None or not numbers:
        return ""
    low, high = section.claimed.ends
    if all(number < low for number in numbers):
        return " (it has fewer)" if claim.count else " (its figure is lower)"
    if all(number > high for number in numbers):
        return " (it has more)" if claim.count else " (its figure is higher)"
    return ""


def precisely(precision: Precision, kind: str, verdict: Verdict) -> Precision:
    """*precision* in words: how precisely it is known, or why it is not shown."""
    words = PRECISELY[precision.why]
    if verdict.outcome == "cannot_be_tested":
        words = f"not at all: {verdict.because}."
    elif kind == "fact" and precision.why == "counted":
        words = "no number is claimed: what documents say is all there is."
    return replace(precision, words=words)


def read_as(claim: Claim, file: ClaimFile) -> str | None:
    """How the words of a count or rate were turned into numbers; None for other claims."""

    def nouns(name: str) -> tuple[str, str]:
        return words_of(name, file.words, 1), words_of(name, file.words)

    counted, rated = claim.count, claim.rate
    if counted is not None:
        text = claimed_text(counted.claimed, nouns(counted.event))
        for unit, number_of in counted.out_of.items():
            text += f" {joint_of(counted.event, unit)} {claimed_text(number_of, nouns(unit))}"
        return f"Read as {text}."
    if rated is None:
        return None
    low, high = rated.claimed.ends
    per, all_of = nouns(rated.per)
    if rated.claimed.at_most is not None and is_tally(rated.event):
        text = f"at most {limit_one_in(high)} {all_of} with {_article(nouns(rated.event)[0])}"
    elif is_case(rated.event, rated.per) and high <= 1:
        ends = dict.fromkeys(f"{as_given(float(f'{100 * end:.7g}'))} %" for end in (low, high))
        text = f"{' to '.join(ends)} of {all_of}"
    else:
        text = f"{claimed_text(rated.claimed, nouns(rated.event))} per {per}"
    what = "the chance behind the counts" if rated.speaks == "chance" else "what was recorded"
    return f"Read as {text}: a statement on {what}."


def claimed_text(claimed: Claimed, words: tuple[str, str]) -> str:
    """The number that a claim states, as it was read, with its noun: *words*, singular and plural."""
    single, many = words
    if claimed.value is not None:
        noun = single if claimed.value == 1 else many
        rounded = f" (to the nearest {as_given(claimed.to_nearest)})" if claimed.to_nearest else ""
        return f"{as_given(claimed.value)} {noun}{rounded}"
    if claimed.low is not None and claimed.high is not None:
        ends = dict.fromkeys((as_given(claimed.low), as_given(claimed.high)))
        return f"{' to '.join(ends)} {single if claimed.high == 1 else many}"
    end = claimed.at_least if claimed.at_least is not None else claimed.at_most or 0.0
    return f"at {'most' if claimed.at_least is None else 'least'} {as_given(end)} {single if end == 1 else many}"


def _article(noun: str) -> str:
    return f"{'an' if noun[:1] in 'aeiou' else 'a'} {noun}"


__all__ = ["precisely", "read_as", "worded"]
