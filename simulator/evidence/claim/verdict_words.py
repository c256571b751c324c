"""The parts of a verdict in words: what the rule reached, how precisely it is known, and how the claim was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from simulator.claim.evidence import Claimed
from simulator.claim.figures import is_case, is_tally, words_of
from simulator.claim.kinds import RateClaim
from simulator.claim.models import Claim, ClaimFile
from simulator.evidence.claim.agreement import Finding
from simulator.evidence.claim.judged import Weighed
from simulator.evidence.claim.verdict import NUMBERS, STRENGTHS, Precision, Verdict
from simulator.evidence.claim.words import article, joint_of, limit_one_in, out_of, period_text, span_text
from simulator.evidence.numbers import as_given, number, whole
from simulator.evidence.statistics.intervals import Interval

# Where the claim says more than was counted: what more.
MORE = {
    "cause": "the numbers agree, and the claim says besides that the cameras brought it about",
    "noise": "the numbers agree, and so small a change cannot be told from what comes and goes by itself",
    "not_inside": "what was counted is compatible with it, and too little to show it",
}
PRECISELY = {
    "noise": "a fall as large comes and goes by itself too often to be told from one that means something.",
    "counted": "as a figure of the record it is what was counted; how complete the record is, nobody outside can say.",
    "inside": "the whole 95 % interval lies within what is claimed.",
    "not_inside": "the 95 % interval reaches beyond what is claimed: more would have to be observed.",
    "cause": "counts agree, but the claim says that the cameras brought it about, and nobody has measured what would "
    "have happened without them.",
    "nothing": "no interval can be computed from what is published.",
    "could_not_fail": "not at all: it would hold whatever the alerts were, or led to, so it tests nothing.",
    "never_alerting": "not at all: a system that never alerts would be as accurate, so it tests nothing.",
    "needs_alerts": "nobody says how many alerts there were: it may hold whatever they are.",
}
# What stands for agreement of numbers where documents alone speak.
OF_DOCUMENTS = {
    "agree": "what is published agrees",
    "differ": "what is published does not agree",
    "published_disagree": "what is published disagrees with itself",
}
# What is measured to each event; the less of it, the more often that comes.
PACES = ("faces", "passages", "camera_hours", "camera_minutes", "deployments", "people")
RESTATED = "the only figure is the claim's own total: it repeats itself"


def worded(verdict: Verdict, claim: Claim, weighed: Weighed, file: ClaimFile) -> Verdict:
    """*verdict* in words: side and size first, then how strong it is, then what gives another picture."""
    said = [_numbers(verdict, claim, weighed, file), _strength(verdict, weighed, file)]
    other = next((item for item in weighed.per_what if item.another and item.unit == verdict.y), None)
    if other is not None:
        said.append(f"another picture {'for' if other.rate is None else 'per'} {verdict.y}")
    return replace(verdict, words="; ".join(said), outcome=said[0], because=_because(verdict, claim, weighed, file))


def _numbers(verdict: Verdict, claim: Claim, weighed: Weighed, file: ClaimFile) -> str:
    """Whether the numbers agree, and where not, on which side and by how much."""
    if verdict.numbers == "not_comparable" and verdict.reason == "could_not_differ":
        return f"{NUMBERS['not_comparable']} with so few"
    if verdict.numbers == "compatible" and verdict.stated is not None:
        return _compatible(verdict.stated, claim, weighed, file)
    section = claim.count or claim.rate
    if section is None:
        return OF_DOCUMENTS.get(verdict.numbers, NUMBERS[verdict.numbers])
    if verdict.numbers == "published_disagree" and verdict.stated is not None:
        return f"{NUMBERS[verdict.numbers]} ({_stated(verdict.stated, claim, file)})"
    if verdict.numbers != "differ" or verdict.stated is None:
        return NUMBERS[verdict.numbers]
    less = verdict.stated[1] < section.claimed.ends[0]
    if claim.rate is not None and claim.rate.event in PACES:
        return _pace(verdict.stated, less, claim.rate, file)
    side = ("fewer" if less else "more") if claim.count else ("lower" if less else "higher")
    if verdict.times is None:
        return f"{side} than claimed"
    low, high = map(_times, verdict.times)
    if verdict.times[1] == 0:
        return f"{side} than claimed: none"
    least = "" if verdict.bound is None else f"{verdict.bound.replace('_', ' ')} "
    return f"{side} than claimed: {least}{f'{low} to {high}' if low != high else low} {'of it' if less else 'times it'}"


def _compatible(stated: tuple[float, float], claim: Claim, weighed: Weighed, file: ClaimFile) -> str:
    """What holds the claim without bearing it out: one end of what a source leaves open, or an interval."""
    section = claim.count or claim.rate
    open_ = [item for item in weighed.numbers if item.settles and item.relation == "compatible"]
    ratio = open_[0].rate if len(open_) == 1 else None
    if section is not None and any(item.fewest is not None for item in open_):
        ends = [name for name, end in zip(("lower", "upper"), stated, strict=True) if section.claimed.allows(end)]
        within = f"agrees at its {ends[0]} end only" if ends else "lies between the ends of what is published"
        return f"{within}: {_stated(stated, claim, file)}"
    if ratio is None or ratio.interval_95 is None:
        return NUMBERS["compatible"]
    sources = [item.publication for item in weighed.numbers if item.settles and item.relation == "agrees"]
    if sources:
        return f"as {sources[0]} states; {out_of(ratio)} neither shows nor contradicts it"
    return f"{NUMBERS['compatible']}: {out_of(ratio)} allows {span_text(ratio.interval_95, ratio.event, ratio.per)}"


def _pace(stated: tuple[float, float], less: bool, rated: RateClaim, file: ClaimFile) -> str:
    """Time or faces to each event, said as events are: the shorter the pace, the more of them."""
    low, high = map(number, stated)
    claimed = rated.claimed.ends[0 if less else 1] if rated.claimed.value is None else rated.claimed.value
    unit = words_of(rated.event, file.words)
    return (
        f"{'more' if less else 'less'} often than claimed: one in {low if low == high else f'{low} to {high}'} {unit}, "
        f"not {as_given(claimed)}"
    )


def _times(x: float) -> str:
    """How many times, never as 1 where it is not: 0.46, 1.06, 0.998."""
    if not 0.1 <= x < 10:
        return number(x)
    return f"{x:.2f}" if abs(x - 1) >= 0.005 else f"{x:.4g}"


def _stated(stated: tuple[float, float], claim: Claim, file: ClaimFile) -> str:
    """What published figures that disagree allow together."""
    if claim.rate is not None:
        event, per = claim.rate.event, claim.rate.per
        return f"{span_text(Interval(*stated), event, per)} {words_of(per, file.words) if is_case(event, per) else ''}".strip()
    event = claim.count.event if claim.count else ""
    return f"{whole(stated[0])} to {whole(stated[1])} {words_of(event, file.words)}"


def _strength(verdict: Verdict, weighed: Weighed, file: ClaimFile) -> str:
    """How strong that is, with the grade; whose own count it is, where not of a force that the file names."""
    said = STRENGTHS[verdict.strength]
    if verdict.strength == "own_count" and file.forces:
        counters = {item.counted_by for item in weighed.numbers if item.settles}
        said = said if counters & {*file.forces} else "the speaker's own count"
    graded = verdict.strength in ("shown", "one_source", "own_count")
    return f"{said} [{verdict.grade}]" if graded else said


def _other_period(found: Sequence[Finding], claim: Claim, file: ClaimFile) -> str:
    """Of which days the evidence is, where the claim names none; that of the longest period."""
    dated = [
        (item, evidence.begins, evidence.ends)
        for item in found
        if (evidence := file.evidence.get(item.name)) is not None and evidence.begins and evidence.ends
    ]
    if claim.begins or not dated or claim.count is None:
        return "the evidence is of another period"
    item, begins, ends = max(dated, key=lambda each: each[2] - each[1])
    least = item.number if item.fewest is None else item.fewest
    days = period_text(begins, ends)
    return f"the claim names no period and the evidence is of {days}: at least {as_given(least or 0)}"


def _because(verdict: Verdict, claim: Claim, weighed: Weighed, file: ClaimFile) -> str:
    known = [item for item in weighed.numbers if not item.later]
    relations = {item.relation for item in known}
    if verdict.reason == "could_not_differ":
        return weighed.precision.words
    if verdict.reason == "more_than_counted":
        return MORE.get(weighed.precision.why, verdict.because)
    if verdict.reason != "nothing_independent":
        return verdict.because
    if not weighed.numbers:
        return "no evidence is given"
    if not known:
        return "all that was found was published later"
    if "restated" in relations:
        return RESTATED
    if "other_period" in relations and relations <= {"other_period", "not_stated"}:
        return _other_period([item for item in known if item.relation == "other_period"], claim, file)
    return "none of the evidence states it" if relations <= {"not_stated"} else verdict.because


def precisely(precision: Precision, kind: str, verdict: Verdict) -> Precision:
    """*precision* in words: how precisely it is known, or why it is not shown."""
    words = PRECISELY.get(precision.why, f"not at all: {precision.words}.")
    if verdict.numbers == "not_comparable":
        words = f"not at all: {verdict.because}."
    elif verdict.reason == "too_little":
        words = "the 95 % interval holds what is claimed, and much else: more would have to be observed."
    elif verdict.numbers == "published_disagree":
        words = "no more than what is published allows together."
    elif verdict.numbers == "differ" and precision.why in ("inside", "not_inside"):
        words = "the whole 95 % interval lies outside of what is claimed."
    elif verdict.reason == "left_open":
        words = "no more than the source leaves open."
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
            joint = joint_of(counted.event, unit, counted.claimed.ends[0], number_of.ends[1])
            text += f" {joint} {claimed_text(number_of, nouns(unit))}"
        return f"Read as {text}."
    if rated is None:
        return None
    low, high = rated.claimed.ends
    per, all_of = nouns(rated.per)
    if rated.claimed.at_most is not None and is_tally(rated.event):
        text = f"at most {limit_one_in(high)} {all_of} with {article(nouns(rated.event)[0])}"
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


__all__ = ["precisely", "read_as", "worded"]
