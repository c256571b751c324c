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
class TooFew:
    """So few *cases* (of what: *per*) that *all* of them, or none, would be the likelier result even at another *rate*."""

    rate: float
    per: str
    cases: float
    all: bool


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


def could_not_differ(event: str, per: str, claimed: Claimed, figures: Mapping[str, float]) -> TooFew | None:
    """Of what too few were counted: none (or all) of *per* were, and a rate far from *claimed* would sooner have given that."""
    top, bottom = figure(figures, event), figure(figures, per)
    if top is None or not bottom or not is_tally(event):
        return None
    low, high = claimed.ends
    if top == 0:
        # an alert is what can be false: a few of them could hardly have shown even a common error
        if event in ERRORS and 0 < (alerts := figures.get("alerts", math.inf)) < bottom and _unseen(COMMON, alerts):
            return TooFew(rate=COMMON, per="alerts", cases=alerts, all=False)
        return _too_few(high, per, bottom, every=False)
    return _too_few(1 - low, per, bottom, every=True) if top == bottom and is_part(event, per) else None


def _too_few(claimed: float, per: str, cases: float, every: bool) -> TooFew | None:
    """Whether *cases* are too few to tell the *claimed* rate of what was not seen from another."""
    rate = min(OTHERWISE * claimed, 1.0) if claimed > 0 else COMMON
    return TooFew(rate=rate, per=per, cases=cases, all=every) if claimed < COMMON and _unseen(rate, cases) else None


def _unseen(rate: float, cases: float) -> bool:
    """Whether *cases* would sooner hold none than any at this *rate*."""
    return rate < 1 and cases * math.log1p(-rate) > math.log(1 - LIKELY)


__all__ = ["CannotFail", "TooFew", "cannot_fail", "could_not_differ"]
