"""The verdict on a claim, on two axes: whether the numbers agree, and how strong that is. A rule, the same for every speaker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from simulator.claim.evidence import GRADES
from simulator.evidence.claim.no_test import COMMON, FEWEST, FEWEST_ALERTS, OTHERWISE
from simulator.evidence.claim.settle import Numbers, Settled, Strength

Reason = Literal[
    "nothing_independent",
    "sources_differ",
    "differs",
    "could_not_fail",
    "never_alerting",
    "could_not_differ",
    "needs_alerts",
    "more_than_counted",
    "left_open",
    "too_little",
    "agrees",
]
Why = Literal[
    "needs_alerts",
    "counted",
    "inside",
    "not_inside",
    "cause",
    "noise",
    "nothing",
    "could_not_fail",
    "never_alerting",
    "could_not_differ",
    "needs_alerts",
]
NUMBERS: dict[Numbers, str] = {
    "agree": "the numbers agree",
    "compatible": "not contradicted",
    "differ": "the numbers differ",
    "published_disagree": "published figures disagree",
    "not_comparable": "not comparable",
}
STRENGTHS: dict[Strength, str] = {
    "shown": "shown",
    "one_source": "one source",
    "own_count": "the force's own count",
    "not_shown": "not shown",
    "no_test": "no test",
}
# From how large a ratio on, two rates of the same event are another picture.
ANOTHER_PICTURE = 10.0
RULE = (
    f"Grades: A is {GRADES['A']}; B is {GRADES['B']}, a newspaper included. A simulation is no evidence, nor is what was taken "
    "from the claim itself, or a total of the claim's own speaker that agrees with it: it repeats itself.",
    "What was public on the claim's date decides, by the last day that its own date can mean and that it is of; what came "
    "later is said on a line of its own. Evidence of another period does not judge a claim that names one; but a part of the "
    "days cannot hold more than all of them, and a count of no period is of all days.",
    "Do the numbers agree? The best grade decides. If it has figures on different sides of the claim: published figures "
    "disagree. If only an interval (of a limit its bound on that side; of a record where so few could not have had the rate), or "
    "a part of what a source leaves open, holds the claim: not contradicted. If nothing decides: not comparable.",
    "How strong is that? Shown: counted by somebody who neither runs the cameras nor makes the claim, with grade A or from two "
    "sources (publications that draw on one source count once). Counted only by those who run the cameras: the force's own "
    "count. Else: one source.",
    "Not shown, though not contradicted: the claim says more than was counted (a chance that the 95 % interval does not pin "
    "down, a change that cannot be told from what comes and goes, a cause), or the source leaves other numbers open.",
    "No test: nothing independent states it; or the claim would hold whatever became of the alerts, as a limit per face does "
    "that holds if every alert was false, or led to an arrest, or as an accuracy that a system without alerts would reach. A "
    f"limit above 1 in {1 / FEWEST_ALERTS:,.0f} faces is not shown without the number of alerts.",
    f"No test either, unless it is refuted: fewer than {FEWEST} cases could have gone one way or the other (but what happened to "
    "some of them, as a count out of nothing, is what was counted); or all went one way, as they would sooner than not if what "
    f"was not seen came {OTHERWISE:g} times as often as claimed ({100 * COMMON:g} times in 100 where never is claimed).",
    f"Another picture: the same events are {ANOTHER_PICTURE:g} times as frequent, or as rare, per another unit, or a source "
    "speaks of what the claim leaves open.",
    "Who spoke plays no part but for one thing: nobody's own word tests what they say. What counts as the same thing, how a "
    "word is read, and what a document says, the author of the file decides; it stands there with its source, and can be "
    "altered.",
)
# Why a verdict is what it is, by the step of the rule that reached it.
BECAUSE: dict[Reason, str] = {
    "nothing_independent": "none of the evidence found states it independently of the claim",
    "sources_differ": "figures of one grade lie on different sides of what is claimed",
    "differs": "what is published lies outside of what is claimed",
    "could_not_fail": "it would hold whatever the alerts were, or led to",
    "never_alerting": "a system that never alerts would be as accurate",
    "could_not_differ": "so small a sample could not have shown otherwise",
    "needs_alerts": "it may hold whatever the alerts are: how many there were is not stated",
    "more_than_counted": "the claim says more than was counted",
    "left_open": "the source leaves other numbers open",
    "too_little": "what was counted is compatible with it, and too little to show it",
    "agrees": "what is published lies within what is claimed",
}


@dataclass(frozen=True, kw_only=True)
class Precision:
    """How precisely it is known: whether the claim is *shown*, and the key of the reason *why* not (or why so)."""

    shown: bool
    why: Why
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
    """Whether the *numbers* agree and how strong that is (*strength*), in *words* too, with the *reason* (a step of the rule).

    *times*: what is published by the nearest number claimed, where they differ: below 1 it has less. *stated*: the least and the
    greatest number of what decides, whose *grade* it is; *bound*: that is only known to be at least, or at most, so many. *x* and
    *y*: the claim's unit, and another that gives another picture. *outcome*: the first part of *words*, on the numbers.
    """

    numbers: Numbers
    times: tuple[float, float] | None
    stated: tuple[float, float] | None
    strength: Strength
    grade: str | None
    words: str
    reason: Reason
    because: str
    bound: Literal["at_least", "at_most"] | None = None
    x: str | None = None
    y: str | None = None
    outcome: str = ""


def verdict(settled: Settled, precision: Precision, unit: str, pictures: tuple[Picture, ...] = ()) -> Verdict:
    """Apply RULE, printed with every report. Of who spoke it knows whether they counted themselves, and nothing else."""
    strength, reason = _strength(settled, precision)
    # pictures come in a fixed order: the first is named, the table has the rest
    decided = bool(settled.deciding)
    other = next((item.unit for item in pictures if item.another and (decided or item.rate is not None)), None)
    # what so few leave open is nothing to compare
    few = settled.numbers == "compatible" and reason == "could_not_differ"
    numbers: Numbers = "not_comparable" if few else settled.numbers
    return Verdict(
        numbers=numbers,
        times=settled.times,
        stated=settled.stated,
        strength=strength,
        grade=settled.deciding[0].grade if settled.deciding else None,
        words=f"{NUMBERS[numbers]}; {STRENGTHS[strength]}",
        reason=reason,
        because=BECAUSE[reason],
        bound=settled.bound,
        x=None if other is None else unit,
        y=other,
    )


def _strength(settled: Settled, precision: Precision) -> tuple[Strength, Reason]:
    if settled.numbers == "not_comparable":
        return "no_test", "nothing_independent"
    if settled.numbers == "published_disagree":
        return "not_shown", "sources_differ"
    if settled.numbers == "differ":
        return settled.source, "differs"
    if precision.why in ("could_not_fail", "never_alerting", "could_not_differ"):
        return "no_test", precision.why
    if precision.why == "needs_alerts":
        return "not_shown", precision.why
    if settled.numbers == "compatible":
        return "not_shown", "left_open" if settled.open else "too_little"
    return (settled.source, "agrees") if precision.shown else ("not_shown", "more_than_counted")


__all__ = [
    "ANOTHER_PICTURE", "NUMBERS", "RULE", "STRENGTHS", "Picture", "Precision", "Verdict", "verdict",
]  # fmt: skip
