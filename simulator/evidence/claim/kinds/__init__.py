"""One module for each kind of claim: it says what agrees, how precisely it is known, and per what."""

from __future__ import annotations

from collections.abc import Callable

from simulator.claim.models import Claim, ClaimFile
from simulator.evidence.claim.judged import Judged
from simulator.evidence.claim.kinds import change, comparison, count, fact, rate

KINDS: dict[str, Callable[[str, Claim, ClaimFile], Judged]] = {
    "count": count.judge,
    "rate": rate.judge,
    "change": change.judge,
    "comparison": comparison.judge,
    "fact": fact.judge,
}

__all__ = ["KINDS"]
