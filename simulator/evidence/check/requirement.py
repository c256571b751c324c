"""What ``lfrsim check --require`` requires of a forecaster, and whether it holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from simulator.evidence.check.judged import JointScores
from simulator.evidence.check.planned import WORDS
from simulator.evidence.check.skill import TAIL

COVERAGE = 0.90
RULE = (
    "for alerts and arrests, the 95 % interval on the coverage of 90 % intervals holds 0.90; for recorded false alerts, which "
    "coverage cannot judge, the observed total does not lie in the outer 2.5 % of its forecast on either side"
)


@dataclass(frozen=True, kw_only=True)
class Requirement:
    """What is required of a *forecaster*, whether it *holds*, and where it is *broken*, in words."""

    forecaster: str
    rule: str = RULE
    holds: bool
    broken: tuple[str, ...]


def required(forecaster: str, scores: Mapping[str, JointScores]) -> Requirement:
    """Whether the *scores* of every measure of *forecaster* keep RULE."""
    broken = tuple(
        f"{WORDS[name]}: {words}" for name, item in scores.items() if (words := _broken(name, item)) is not None
    )
    return Requirement(forecaster=forecaster, holds=not broken, broken=broken)


def _broken(name: str, scores: JointScores) -> str | None:
    total, coverage = scores.total, scores.coverage["90"]
    if name == "false_alerts":
        if min(total.at_most, total.at_least) >= TAIL:
            return None
        low, high = total.range_90
        return f"{total.observed:g} observed in all, {total.mean:.1f} forecast (90 %: {low:g} to {high:g})"
    if coverage.ci_95 is None:
        return "too few days and sites for an interval on the coverage"
    low, high = coverage.ci_95
    if low <= COVERAGE <= high:
        return None
    return (
        f"90 % intervals held {coverage.share:.2f} of the rows (95 %: {low:.2f} to {high:.2f}; by the randomised PIT)"
    )


__all__ = ["Requirement", "required"]
