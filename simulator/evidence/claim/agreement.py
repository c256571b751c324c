"""What each piece of evidence says of a claim, and how strong both sides are: by grade and number of publications."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from simulator.claim.evidence import Claimed, Document, Evidence
from simulator.claim.figures import stated_under
from simulator.claim.kinds import CountClaim
from simulator.claim.models import Claim, ClaimFile
from simulator.evidence.claim.ratios import Ratio, ratio_of

Relation = Literal[
    "agrees", "disagrees", "otherwise", "not_stated", "from_claim", "not_comparable", "assumed", "simulated"
]
# Relations that settle something; the others are printed and not counted.
SETTLING = ("agrees", "disagrees")
ENOUGH_PUBLICATIONS = 2


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What one piece of evidence, *name*, says of the claim: the *relation*, and the number it states.

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
    rate: Ratio | None = None


@dataclass(frozen=True)
class Sides:
    """The findings *for* and *against* a claim."""

    agreeing: tuple[Finding, ...]
    disagreeing: tuple[Finding, ...]

    @property
    def strong_for(self) -> bool:
        """Whether what agrees is of grade A or of two publications."""
        return _strong(self.agreeing)

    @property
    def strong_against(self) -> bool:
        """Whether what disagrees is of grade A or of two publications."""
        return _strong(self.disagreeing)


def _strong(findings: Sequence[Finding]) -> bool:
    return any(item.grade == "A" for item in findings) or len({f.publication for f in findings}) >= ENOUGH_PUBLICATIONS


def sides_of(findings: Iterable[Finding]) -> Sides:
    """Sort *findings* into those for and those against."""
    found = tuple(findings)
    return Sides(
        tuple(item for item in found if item.relation == "agrees"),
        tuple(item for item in found if item.relation == "disagrees"),
    )


def from_documents(documents: Iterable[Document]) -> tuple[Finding, ...]:
    """Findings of documents: what they say is read by the author of the file, and printed with its source."""
    return tuple(
        Finding(
            name=item.what,
            relation=_says(item),
            grade=item.grade,
            publication=item.publication,
            source=item.source,
            what=item.what,
            of=item.about,
        )
        for item in documents
    )


def _says(document: Document) -> Relation:
    if document.grade == "assumed":
        return "assumed"
    return "from_claim" if document.says == "repeats" else document.says


def of_count(name: str, evidence: Evidence, claim: Claim, file: ClaimFile) -> Finding:
    """Hold the count that *evidence* states against a claimed one, if it is out of as much as the claim says.

    It is so where it states as many of the claim's unit, or none, and covers the same days as evidence that does.
    """
    counted = claim.count
    if counted is None:
        raise ValueError("the claim is not of a count")
    number = evidence.figures.get(counted.event)
    same_days = [file.evidence[other] for other in claim.evidence if _days(file.evidence[other]) == _days(evidence)]
    stated = evidence.figures.get(counted.unit or "")
    measures = [evidence] if stated is not None or None in _days(evidence) else same_days
    comparable = counted.unit is None or any(_out_of_as_much(item, counted) for item in measures)
    relation = _relation(evidence, (counted.event,), number, counted.claimed)
    if relation in SETTLING and not comparable:
        relation = "not_comparable"
    ratio = None if counted.unit is None else ratio_of(evidence.figures, counted.event, counted.unit)
    return _finding(name, evidence, relation, number, ratio)


def _days(evidence: Evidence) -> tuple[object, object]:
    return evidence.begins, evidence.ends


def _out_of_as_much(evidence: Evidence, counted: CountClaim) -> bool:
    """Whether *evidence* states as many of the claim's unit as the claim does."""
    number = evidence.figures.get(counted.unit or "")
    return number is not None and counted.unit is not None and counted.out_of[counted.unit].allows(number)


def of_rate(name: str, evidence: Evidence, claim: Claim) -> Finding:
    """Hold the rate that *evidence* gives against a claimed one.

    A claim about the record must have the rate itself within what it states. One about the chance behind it disagrees
    only where the 95 % interval leaves out all that it states.
    """
    rated = claim.rate
    if rated is None:
        raise ValueError("the claim is not of a rate")
    ratio = ratio_of(evidence.figures, rated.event, rated.per)
    relation = _relation(evidence, (rated.event, rated.per), None if ratio is None else ratio.rate, rated.claimed)
    if relation == "disagrees" and rated.speaks == "chance" and ratio is not None and ratio.interval_95 is not None:
        low, high = rated.claimed.ends
        if ratio.interval_95.low <= high and low <= ratio.interval_95.high:
            relation = "agrees"
    return _finding(name, evidence, relation, None if ratio is None else ratio.rate, ratio)


def _relation(evidence: Evidence, names: Sequence[str], number: float | None, claimed: Claimed) -> Relation:
    if number is None:
        return "not_stated"
    if any(stated in evidence.from_claim for name in names for stated in stated_under(name)):
        return "from_claim"
    if evidence.grade == "assumed":
        return "assumed"
    return "agrees" if claimed.allows(number) else "disagrees"


def _finding(
    name: str, evidence: Evidence, relation: Relation, number: float | None, ratio: Ratio | None = None
) -> Finding:
    return Finding(
        name=name,
        relation=relation,
        grade=evidence.grade,
        publication=evidence.publication,
        source=evidence.source,
        what=evidence.what,
        number=number,
        rate=ratio,
    )


def most_telling(findings: Iterable[Finding]) -> Finding | None:
    """The finding that says most, whatever the order: one that settles the claim, of the best grade, then the largest.

    None where none has a rate.
    """
    stated = [item for item in findings if item.rate is not None]
    rank = {"agrees": 0, "disagrees": 1, "from_claim": 3, "assumed": 4}

    def weight(item: Finding) -> tuple[int, str, float]:
        return rank.get(item.relation, 2), item.grade, -(item.rate.bottom if item.rate else 0.0)

    return min(stated, key=weight, default=None)


__all__ = [
    "SETTLING", "Finding", "Relation", "Sides", "from_documents", "most_telling", "of_count", "of_rate", "sides_of",
]  # fmt: skip
