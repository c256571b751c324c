"""Checks among published figures in sentences: what does not agree with what."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.claim.figures import words_of
from simulator.claim.models import ClaimFile
from simulator.evidence.claim.consistency import Check
from simulator.evidence.numbers import number, whole


def check_text(check: Check, file: ClaimFile) -> str:
    """One check in a sentence, with both numbers and both publications."""
    first = file.evidence[check.of[0]]
    words = words_of(check.figure, file.words)
    left, right = _figure(check.left), _figure(check.right)
    if check.kind == "sum":
        does = "add" if check.holds else "do not add"
        return f"{first.what} [{first.grade}]: the parts {does} up, {left} against {right} {words}."
    second = file.evidence[check.of[1]]
    if check.kind == "same_period":
        return (
            f"The same period, {words}: {left} by {first.publication} [{first.grade}], {right} by {second.publication} "
            f"[{second.grade}]."
        )
    moved = "fell" if not check.holds else "did not fall"
    return f"{first.publication}, {words}: {moved} from {left} ({first.what}) to {right} ({second.what}) as the period grew."


def check_lines(checks: Sequence[Check], file: ClaimFile) -> list[str]:
    """The checks that fail, each in a sentence; those that hold as a count."""
    if not checks:
        return ["No two published figures here can be held against each other."]
    failed = [check for check in checks if not check.holds]
    held = len(checks) - len(failed)
    lines = [f"{held} of {len(checks)} checks hold." if failed else f"All {len(checks)} checks hold."]
    return [*lines, *(check_text(check, file) for check in failed)]


def _figure(x: float) -> str:
    return whole(x) if x == int(x) else number(x)


__all__ = ["check_lines", "check_text"]
