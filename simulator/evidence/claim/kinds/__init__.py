"""One module for each kind of claim: it says what agrees, how precisely it is known, and per what."""

from __future__ import annotations

from collections.abc import Callable

from simulator.claim.models import Claim, ClaimFile
from simulator.evidence.claim.judged import Weighed
from simulator.evidence.claim.kinds import change, comparison, count, fact, rate

KINDS: dict[str, Callable[[Claim, ClaimFile], Weighed]] = {
    "count": count.weigh,
    "rate": rate.weigh,
    "change": change.weigh,
    "comparison": comparison.weigh,
    "fact": fact.weigh,
}

__all__ = ["KINDS"]
