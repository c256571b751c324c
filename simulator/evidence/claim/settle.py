"""Which evidence decides a claim: that of the best grade known when it was said; and what it comes to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from simulator.claim.evidence import Claimed
from simulator.evidence.claim.agreement import Finding

Numbers = Literal["agree", "compatible", "differ", "not_comparable", "published_disagree"]
Strength = Literal["shown", "one_source", "own_count", "not_shown", "no_test"]
ENOUGH_SOURCES = 2


@dataclass(frozen=True)
class Settled:
    """Whether the *numbers* of a claim agree with the findings that are *deciding*; *claimed*: the ends of what it allows."""

    numbers: Numbers
    deciding: tuple[Finding, ...] = ()
    claimed: tuple[float, float] | None = None

    @property
    def stated(self) -> tuple[float, float] | None:
        """The least and the greatest number that the deciding findings state; None where they state none."""
        numbers = [x for item in self.deciding for x in (item.number, item.fewest) if x is not None]
        if self.bound is not None and numbers:
            return (max(numbers),) * 2 if self.bound == "at_least" else (min(numbers),) * 2
        return (min(numbers), max(numbers)) if numbers else None

    @property
    def source(self) -> Strength:
        """How strong what decides is by who counted: by those who run the cameras or make the claim, or by others.

        Of others a document of grade A, or two that draw on different sources, show it.
        """
        if self.deciding and all(item.own for item in self.deciding):
            return "own_count"
        others = [item for item in self.deciding if item.own is False]
        sources = {item.origin for item in others}
        return "shown" if len(sources) >= ENOUGH_SOURCES or any(f.grade == "A" for f in others) else "one_source"

    @property
    def open(self) -> bool:
        """Whether the source itself leaves a range open, of which only a part is what is claimed."""
        return self.numbers == "compatible" and any(item.fewest is not None for item in self.deciding)

    @property
    def bound(self) -> Literal["at_least", "at_most"] | None:
        """Whether all that decides is only a bound on what is claimed, and on which side."""
        bounds = {item.bound for item in self.deciding}
        return next(iter(bounds)) if len(bounds) == 1 else None

    @property
    def times(self) -> tuple[float, float] | None:
        """What is published by the nearest number that the claim allows: below 1 it has less, above 1 more; None if neither."""
        if self.numbers != "differ" or self.claimed is None or self.stated is None:
            return None
        near = self.claimed[0] if self.stated[1] < self.claimed[0] else self.claimed[1]
        return (self.stated[0] / near, self.stated[1] / near) if near > 0 else None


def settle(findings: Iterable[Finding], claimed: Claimed | None = None) -> Settled:
    """Which *findings* decide: of the best grade, and of each publication the fullest period; and what they come to.

    Where these lie on different sides of what is *claimed*, published figures disagree. What is only compatible speaks neither
    for nor against: it decides where no figure does.
    """
    found = [item for item in findings if item.settles]
    best = min((item.grade for item in found), default="")
    ends = None if claimed is None else claimed.ends
    full = tuple(_fullest([item for item in found if item.grade == best]))
    deciding = tuple(item for item in full if item.relation != "compatible")
    sides = {_side(item, ends) for item in deciding}
    if len(sides) > 1:
        return Settled("published_disagree", deciding, ends)
    if sides - {"inside"}:
        return Settled("differ", deciding, ends)
    # a document that says so does not make figures agree that leave it open
    if len(deciding) < len(full) and all(item.number is None for item in deciding):
        return Settled("compatible", full, ends)
    return Settled("agree" if deciding else "not_comparable", deciding, ends)


def _side(item: Finding, ends: tuple[float, float] | None) -> str:
    if item.relation == "agrees":
        return "inside"
    if item.number is None or ends is None:
        return "outside"
    return "below" if item.number < ends[0] else "above"


def _fullest(findings: Sequence[Finding]) -> Iterable[Finding]:
    """Of each publication the finding that reaches furthest in time; all where none is dated, or several reach as far."""
    for item in findings:
        same = [other.ends for other in findings if other.publication == item.publication and other.ends]
        if item.ends is None or item.ends >= max(same):
            yield item


def most_telling(findings: Iterable[Finding], deciding: Sequence[Finding]) -> Finding | None:
    """The finding with a rate that says most, whatever the order: one that is *deciding*, in time, the largest; None without."""
    stated = [item for item in findings if item.rate is not None]
    rank = {"agrees": 0, "compatible": 0, "disagrees": 1, "from_claim": 3, "restated": 3, "assumed": 4}

    def weight(item: Finding) -> tuple[bool, bool, int, str, float]:
        size = -(item.rate.bottom if item.rate else 0.0)
        return item not in deciding, item.later, rank.get(item.relation, 2), item.grade, size

    return min(stated, key=weight, default=None)


__all__ = ["Numbers", "Settled", "Strength", "most_telling", "settle"]
