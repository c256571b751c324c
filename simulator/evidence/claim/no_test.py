"""Whether a sample could have shown a claim to be wrong: a limit that cannot be missed, or none of few, tests nothing."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from simulator.claim.evidence import Claimed
from simulator.claim.figures import figure, is_part, is_tally
from simulator.claim.kinds import RateClaim
from simulator.evidence.claim.ratios import ratio_of
from simulator.evidence.claim.units import ERRORS

# A rate so many times the claimed one is another; where none at all is claimed, one in so many cases is.
OTHERWISE, COMMON = 10.0, 0.1
# A sample tests a claim if it would sooner show such a rate than not.
LIKELY = 0.5


@dataclass(frozen=True, kw_only=True)
class CannotFail:
    """With so many *alerts* of so many *faces* a limit per face is kept even if every alert was false."""

    alerts: float
    faces: float


def cannot_fail(rated: RateClaim, figures: Mapping[str, float]) -> CannotFail | None:
    """The alerts and faces with which the claim would hold even if every alert had been false; None where it would not.

    Few faces raise an alert. A limit per face above that rate is kept whatever the alerts are.
    """
    worst = ratio_of(figures, "alerts", "faces")
    if rated.event not in ERRORS or rated.per != "faces" or worst is None or worst.interval_95 is None:
        return None
    highest = worst.interval_95.high if rated.speaks == "chance" else worst.rate
    return CannotFail(alerts=worst.top, faces=worst.bottom) if rated.claimed.allows(highest) else None


def could_not_differ(event: str, per: str, claimed: Claimed, figures: Mapping[str, float]) -> bool:
    """Whether none (or all) of *per* were counted, and a rate far from *claimed* would sooner have given that than not."""
    top, bottom = figure(figures, event), figure(figures, per)
    if top is None or not bottom or not is_tally(event):
        return False
    low, high = claimed.ends
    if top == 0:
        # an alert is what can be false: a few of them could hardly have shown even a common error
        if event in ERRORS and 0 < (alerts := figures.get("alerts", math.inf)) < bottom and _unseen(COMMON, alerts):
            return True
        return high < COMMON and _unseen(min(OTHERWISE * high, 1.0) if high > 0 else COMMON, bottom)
    if top == bottom and is_part(event, per):
        return low > 1 - COMMON and _unseen(min(OTHERWISE * (1 - low), 1.0) if low < 1 else COMMON, bottom)
    return False


def _unseen(rate: float, cases: float) -> bool:
    """Whether *cases* would sooner hold none than any at this *rate*."""
    return rate < 1 and cases * math.log1p(-rate) > math.log(1 - LIKELY)


__all__ = ["CannotFail", "cannot_fail", "could_not_differ"]
