"""The verdict on a claim: a rule over what agrees, how precisely it is known and per what, blind to who said it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from simulator.evidence.claim.agreement import Sides

Outcome = Literal[
    "supported",
    "not_shown",
    "another_picture",
    "contradicted",
    "not_in_transcript",
    "cannot_be_tested",
]
Reason = Literal[
    "no_evidence",
    "against",
    "weak_against",
    "sources_differ",
    "more_than_counted",
    "per_what",
    "weak_for",
    "agrees",
]
WORDS: dict[str, str] = {
    "supported": "supported",
    "not_shown": "consistent but not shown",
    "another_picture": "true per {x}, but another picture per {y}",
    "contradicted": "contradicted by the record",
    "not_in_transcript": "does not match the transcribed record",
    "cannot_be_tested": "cannot be tested from what is public",
}
# From how large a ratio on, two rates of the same event are another picture.
ANOTHER_PICTURE = 10.0
RULE = (
    "Evidence counts if it states the figures, is of grade A (the publisher's own document or statement, seen in a copy) "
    "or B (a transcription or second-hand copy), and did not take them from the claim itself. A simulation is no evidence. "
    "If none counts: cannot be tested from what is public.",
    "A side is strong with evidence of grade A or of two publications. Strong against and not strong for: contradicted by "
    "the record. Only weak against: does not match the transcribed record. Both sides alike: consistent but not shown, "
    "because what is published disagrees with itself.",
    "Otherwise the claim agrees. If it says more than was counted (a chance that the 95 % interval does not pin down, a "
    "change that cannot be told from what comes and goes by itself, a cause): consistent but not shown. The interval is "
    "that of the largest evidence of the best grade that agrees.",
    "If what agrees is not strong: consistent but not shown.",
    f"If the same events are {ANOTHER_PICTURE:g} times as frequent, or as rare, per another unit that was compared, or a "
    "source of grade A shows another picture of what the claim leaves open: true per X, but another picture per Y. Else: "
    "supported.",
    "Who said it plays no part. What counts as the same thing, how a word is read, and what a document says of a claim that "
    "no count settles, the author of the file decides; it stands there with its source, and can be altered.",
)


# Why a verdict is what it is, by the step of the rule that reached it.
BECAUSE = {
    "no_evidence": "none of the evidence found states it independently of the claim",
    "against": "evidence of grade A, or of two publications, does not agree, and nothing as strong agrees",
    "weak_against": "one transcription or second-hand copy does not agree, and nothing published agrees",
    "sources_differ": "what is published disagrees with itself",
    "more_than_counted": "what is published agrees, and the claim says more than was counted",
    "per_what": "what is published agrees, and gives another picture of what the claim leaves open",
    "weak_for": "what is published agrees, but is only one transcription or second-hand copy",
    "agrees": "evidence of grade A, or of two publications, agrees",
}


@dataclass(frozen=True, kw_only=True)
class Precision:
    """How precisely it is known: whether the claim is *shown*, and the key of the reason *why* not (or why so)."""

    shown: bool
    why: Literal["counted", "inside", "not_inside", "outside", "cause", "noise", "nothing"]
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Picture:
    """The same event by another *unit*, or what a *source* shows of something else.

    *factor*: how many times the *rate* per unit is that of the claim. *another*: a reader would see another picture.
    """

    unit: str
    rate: float | None
    factor: float | None
    another: bool
    source: str | None

    @classmethod
    def of(
        cls, unit: str, rate: float | None = None, factor: float | None = None, source: str | None = None
    ) -> Picture:
        """A picture, which is another one where it says so without a number, or by a factor large or small enough."""
        another = factor is None or not 1 / ANOTHER_PICTURE < factor < ANOTHER_PICTURE
        return cls(unit=unit, rate=rate, factor=factor, another=another, source=source)


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """The *outcome* and the *reason* (a step of the rule), both in words too; *x* and *y*: units of two pictures."""

    outcome: Outcome
    words: str
    reason: Reason
    because: str
    x: str | None = None
    y: str | None = None


def verdict(sides: Sides, precision: Precision, unit: str, pictures: tuple[Picture, ...] = ()) -> Verdict:
    """Apply RULE, printed with every report. Nothing in it knows who made the claim."""
    if not sides.agreeing and not sides.disagreeing:
        return _reached("cannot_be_tested", "no_evidence")
    if sides.strong_against and not sides.strong_for:
        return _reached("contradicted", "against")
    if sides.disagreeing and not sides.agreeing:
        return _reached("not_in_transcript", "weak_against")
    if sides.disagreeing and sides.strong_for == sides.strong_against:
        return _reached("not_shown", "sources_differ")
    if not precision.shown:
        return _reached("not_shown", "more_than_counted")
    # before the pictures: a second unit must not make a claim true that one transcription alone speaks for
    if not sides.strong_for:
        return _reached("not_shown", "weak_for")
    others = [picture for picture in pictures if picture.another]
    if others:
        # pictures come in a fixed order: the first is named, the table has the rest
        return _reached("another_picture", "per_what", unit, others[0].unit)
    return _reached("supported", "agrees")


def _reached(outcome: Outcome, reason: Reason, x: str | None = None, y: str | None = None) -> Verdict:
    return Verdict(
        outcome=outcome, words=WORDS[outcome].format(x=x, y=y), reason=reason, because=BECAUSE[reason], x=x, y=y
    )


__all__ = ["ANOTHER_PICTURE", "RULE", "WORDS", "Outcome", "Picture", "Precision", "Verdict", "verdict"]
