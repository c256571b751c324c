"""What each piece of evidence says of a claim: whether it agrees, and whether it is of the same days, independent and in time."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from simulator.claim.dates import SAME_PERIOD, shared_days
from simulator.claim.evidence import Claimed, Evidence, Published
from simulator.claim.figures import is_tally, stated_under
from simulator.claim.kinds import RateClaim
from simulator.claim.models import Claim, ClaimFile
from simulator.evidence.claim.no_test import could_not_differ
from simulator.evidence.claim.ratios import Ratio, chance_of, ratio_of

Relation = Literal[
    "agrees", "compatible", "disagrees", "otherwise", "not_stated", "from_claim", "restated", "not_comparable", "other_period",
    "assumed", "simulated",
]  # fmt: skip
Days = tuple[dt.date, dt.date]
# What does not grow with the days: a part of them can have as much as all.
NOT_ADDED_UP = ("list_size",)
# Relations that settle something; the others are printed and not counted.
SETTLING = ("agrees", "compatible", "disagrees")


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What one piece of evidence, *name*, says of the claim: the *relation*, and the number it states.

    It ``agrees`` by the number itself; it is ``compatible`` where only its interval, or a part of what it leaves open, holds
    the claim. *fewest* is the least that it leaves open, where that is not the number; *bound*: its period is only a part of
    the claim's (the count is at least this) or holds more than it. *origin* is the publication or record it draws on, *own*
    whether those who counted run the cameras or make the claim (None: the file does not say who counted, or who runs the
    cameras). *later*: published after the claim was made, so it does not decide.
    *rate* is set where the number is one figure by another. *of* says what a document is about.
    """

    name: str
    relation: Relation
    grade: str
    publication: str
    source: str
    what: str
    of: str | None = None
    number: float | None = None
    fewest: float | None = None
    bound: Literal["at_least", "at_most"] | None = None
    rate: Ratio | None = None
    counted_by: str | None = None
    own: bool | None = None
    origin: str = ""
    ends: dt.date | None = None
    later: bool = False

    @property
    def settles(self) -> bool:
        """Whether it agrees, disagrees or is compatible, and could have been known."""
        return self.relation in SETTLING and not self.later


def from_documents(claim: Claim, file: ClaimFile) -> tuple[Finding, ...]:
    """Findings of documents: what they say is read by the author of the file, and printed with its source."""
    relations: dict[str, Relation] = {"agrees": "agrees", "disagrees": "disagrees", "otherwise": "otherwise"}
    found = (
        replace(_finding(item.what, item, relations.get(item.says, "from_claim"), claim, file), of=item.about)
        for item in claim.documents
    )
    return tuple(_ruled(*pair, claim, file) for pair in zip(found, claim.documents, strict=True))


def of_count(name: str, evidence: Evidence, claim: Claim, file: ClaimFile) -> Finding:
    """Hold the count that *evidence* states against a claimed one, if it is out of as much as the claim says.

    It is so where it states as many of the claim's unit, or none, and covers the same days as evidence that does.
    """
    counted = claim.count
    if counted is None:
        raise ValueError("the claim is not of a count")
    number = evidence.figures.get(counted.event)
    fewest = evidence.at_least.get(counted.event)
    relation = _relation(evidence, (counted.event,), (number, fewest), counted.claimed)
    if relation in SETTLING and not _comparable(evidence, claim, file):
        relation = "not_comparable"
    ratio = None if counted.unit is None else ratio_of(evidence.figures, counted.event, counted.unit)
    found = _finding(name, evidence, relation, claim, file)
    found = replace(found, number=number, fewest=fewest, rate=ratio)
    bound = _bound(evidence, claim, file)
    if (
        relation in (*SETTLING, "not_comparable")
        and bound is not None
        and number is not None
        and counted.event not in NOT_ADDED_UP
    ):
        stated = number if fewest is None or bound == "at_most" else fewest
        relation = _of_bound(bound, stated, counted.claimed, _same_days(evidence, claim, file))
        return _ruled(replace(found, relation=relation, bound=bound), evidence, claim, file)
    return _ruled(_of_its_days(found, evidence, claim, file), evidence, claim, file)


def of_rate(name: str, evidence: Evidence, claim: Claim, file: ClaimFile) -> Finding:
    """Hold the rate that *evidence* gives against a claimed one.

    A claim about the record must have the rate itself within what it states, unless so few cases could not have had it. One
    about the chance behind it disagrees only where the 95 % interval leaves out all that it states.
    """
    rated = claim.rate
    if rated is None:
        raise ValueError("the claim is not of a rate")
    ratio = ratio_of(evidence.figures, rated.event, rated.per)
    least = ratio_of({**evidence.figures, **evidence.at_least}, rated.event, rated.per) if evidence.at_least else None
    numbers = (None if ratio is None else ratio.rate, None if least is None or least == ratio else least.rate)
    relation = _relation(evidence, (rated.event, rated.per), numbers, rated.claimed)
    if relation == "disagrees" and ratio is not None and _leaves_open(ratio, rated, evidence.figures):
        relation = "compatible"
    found = replace(_finding(name, evidence, relation, claim, file), number=numbers[0], fewest=numbers[1], rate=ratio)
    return _ruled(_of_its_days(found, evidence, claim, file), evidence, claim, file)


def _relation(
    evidence: Evidence, names: Sequence[str], numbers: tuple[float | None, float | None], claimed: Claimed
) -> Relation:
    """What the stated *numbers* (and the fewest left open) are to what is *claimed*; it agrees where all of them do."""
    if numbers[0] is None:
        return "not_stated"
    if any(stated in evidence.from_claim for name in names for stated in stated_under(name)):
        return "from_claim"
    if evidence.grade == "assumed":
        return "assumed"
    stated = [x for x in numbers if x is not None]
    inside, (low, high) = [claimed.allows(x) for x in stated], claimed.ends
    if all(inside):
        return "agrees"
    return "compatible" if any(inside) or min(stated) <= low <= high <= max(stated) else "disagrees"


def _leaves_open(ratio: Ratio, rated: RateClaim, figures: Mapping[str, float]) -> bool:
    """Whether the interval of *ratio* holds a claimed chance; of a record, only where its count could not have had that rate.

    It is of too few cases, or no whole number of them has the rate and the one counted is the next to it.
    """
    if ratio.interval_95 is None:
        return False
    (low, high), held = rated.claimed.ends, chance_of(ratio, rated.claimed)
    if rated.speaks == "chance" or not (held.low <= high and low <= held.high):
        return held.low <= high and low <= held.high
    least, most = math.ceil(low * ratio.bottom), high * ratio.bottom
    next_to_it = least > most and is_tally(ratio.event) and least - 1 <= ratio.top <= least
    return next_to_it or could_not_differ(rated.event, rated.per, (low, high), figures) is not None


def _of_bound(bound: Literal["at_least", "at_most"], number: float, claimed: Claimed, near: bool) -> Relation:
    """What a bound on a count is to what is *claimed*: what happened in a part of the days happened in all of them.

    *near*: of nearly the same days, so that it need not be far from the count itself.
    """
    low, high = claimed.ends
    if number > high if bound == "at_least" else number < low:
        return "disagrees"
    implied = (number >= low and high == math.inf) if bound == "at_least" else (number <= high and low <= 0)
    return "agrees" if implied else "compatible" if near else "other_period"


def _comparable(evidence: Evidence, claim: Claim, file: ClaimFile) -> bool:
    """Whether *evidence*, or other evidence of the same days where it does not say, states as many of the claim's unit."""
    counted = claim.count
    if counted is None or counted.unit is None:
        return True
    days = (evidence.begins, evidence.ends)
    same_days = [item for item in map(file.evidence.__getitem__, claim.evidence) if (item.begins, item.ends) == days]
    measures = [evidence] if counted.unit in evidence.figures or None in days else same_days
    stated = [item.figures[counted.unit] for item in measures if counted.unit in item.figures]
    return any(map(counted.out_of[counted.unit].allows, stated))


def _periods(evidence: Evidence, claim: Claim, file: ClaimFile) -> tuple[Days, Days | None] | None:
    """The days of *claim* and those of *evidence*, None where it has none; None for a claim that names no period."""
    ends = claim.ends or file.said_of(claim)[1]
    if claim.begins is None or ends is None:
        return None
    own = None if evidence.begins is None or evidence.ends is None else (evidence.begins, evidence.ends)
    return (claim.begins, ends), own


def _bound(evidence: Evidence, claim: Claim, file: ClaimFile) -> Literal["at_least", "at_most"] | None:
    """Whether *evidence* is of a part of the claim's days, or of more than them; None where of the same, or of others.

    A claim that names neither days nor out of how much it counts is of all days.
    """
    if claim.begins is None and claim.count is not None and claim.count.unit is None:
        return "at_least" if evidence.begins and evidence.ends else None
    periods = _periods(evidence, claim, file)
    if periods is None or periods[1] is None or periods[0] == periods[1]:
        return None
    (begins, ends), (first, last) = periods[0], periods[1]
    if begins <= first and last <= ends:
        return "at_least"
    return "at_most" if first <= begins and ends <= last else None


def _same_days(evidence: Evidence, claim: Claim, file: ClaimFile) -> bool:
    """Whether *claim* names a period and *evidence* is of nearly the same."""
    periods = _periods(evidence, claim, file)
    return periods is not None and periods[1] is not None and shared_days(periods[0], periods[1]) >= SAME_PERIOD


def _of_its_days(found: Finding, evidence: Evidence, claim: Claim, file: ClaimFile) -> Finding:
    """*found*, which settles nothing if the claim names a period and *evidence* is of another, or of none that it states."""
    same = _periods(evidence, claim, file) is None or _same_days(evidence, claim, file)
    return found if same or found.relation not in SETTLING else replace(found, relation="other_period")


def _finding(name: str, item: Published, relation: Relation, claim: Claim, file: ClaimFile) -> Finding:
    speaker, said = file.said_of(claim)
    counter, forces = item.counted_by, file.forces
    ends = item.ends if isinstance(item, Evidence) else None
    known = max((day for day in (item.published, ends) if day is not None), default=None)
    return Finding(
        name=name,
        relation=relation,
        grade=item.grade,
        publication=item.publication,
        source=item.source,
        what=item.what,
        counted_by=item.counted_by,
        own=counter in (speaker, *forces) if counter is not None and (forces or counter == speaker) else None,
        origin=file.origin_of(item),
        ends=ends,
        later=said is not None and known is not None and known > said,
    )


def _ruled(found: Finding, item: Published, claim: Claim, file: ClaimFile) -> Finding:
    """*found* where it may count: nothing assumed does, nor what the speaker's own total says for the claim again."""
    if found.relation in (*SETTLING, "otherwise") and item.grade == "assumed":
        return replace(found, relation="assumed")
    if (
        found.relation in ("agrees", "compatible")
        and item.form == "total"
        and item.counted_by == file.said_of(claim)[0]
    ):
        return replace(found, relation="restated")
    return found


__all__ = ["SETTLING", "Finding", "Relation", "from_documents", "of_count", "of_rate"]
