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


@dataclass(frozen=True)
class Precision:
    """How precisely it is known: whether the claim is *shown*, and the key of the reason *why* not (or why so)."""

    shown: bool
    why: Literal["counted", "inside", "not_inside", "cause", "noise", "nothing"]


@dataclass(frozen=True)
class Picture:
    """The same event by another unit: how many times the *rate* per *unit* is that of the claim, or what a source shows."""

    unit: str
    rate: float | None = None
    factor: float | None = None
    source: str | None = None

    @property
    def another(self) -> bool:
        """Whether a reader would see another picture."""
        if self.factor is None:
            return True
        return not 1 / ANOTHER_PICTURE < self.factor < ANOTHER_PICTURE


@dataclass(frozen=True)
class Verdict:
    """The *outcome* and the *reason* (a step of the rule); *x* and *y* name units where the picture is another."""

    outcome: Outcome
    reason: Literal[
        "no_evidence",
        "against",
        "weak_against",
        "sources_differ",
        "more_than_counted",
        "per_what",
        "weak_for",
        "agrees",
    ]
    x: str | None = None
    y: str | None = None

    @property
    def words(self) -> str:
        """The verdict in the words of the rule."""
        return WORDS[self.outcome].format(x=self.x, y=self.y)


def verdict(sides: Sides, precision: Precision, unit: str, pictures: tuple[Picture, ...] = ()) -> Verdict:
    """Apply RULE, printed with every report. Nothing in it knows who made the claim."""
    if not sides.agreeing and not sides.disagreeing:
        return Verdict("cannot_be_tested", "no_evidence")
    if sides.strong_against and not sides.strong_for:
        return Verdict("contradicted", "against")
    if sides.disagreeing and not sides.agreeing:
        return Verdict("not_in_transcript", "weak_against")
    if sides.disagreeing and sides.strong_for == sides.strong_against:
        return Verdict("not_shown", "sources_differ")
    if not precision.shown:
        return Verdict("not_shown", "more_than_counted")
    # before the pictures: a second unit must not make a claim true that one transcription alone speaks for
    if not sides.strong_for:
        return Verdict("not_shown", "weak_for")
    others = [picture for picture in pictures if picture.another]
    if others:
        # pictures come in a fixed order: the first is named, the table has the rest
        return Verdict("another_picture", "per_what", unit, others[0].unit)
    return Verdict("supported", "agrees")


__all__ = ["ANOTHER_PICTURE", "RULE", "WORDS", "Picture", "Precision", "Verdict", "verdict"]
