"""Whether a sample could have shown a claim to be wrong: a limit that cannot be missed, or so few cases, tests nothing."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from simulator.claim.evidence import Claimed
from simulator.claim.figures import PARTS, figure, is_case, is_part, is_tally

# A rate so many times the claimed one is another; where none at all is claimed, one in so many cases is.
OTHERWISE, COMMON = 10.0, 0.1
# A sample tests a claim if it would sooner show such a rate than not.
LIKELY = 0.5
# Fewer cases say nothing, whichever way they went: at a rate of COMMON the likelier result of them is none at all.
FEWEST = math.ceil(math.log(1 - LIKELY) / math.log1p(-COMMON))
# Of what each error is the wrong one: with every one of these wrong there could be no more errors. Other events are of alerts.
COULD_BE_WRONG = {"false_alerts": "alerts", "false_stopped": "stops", "false_arrests": "arrests"}
# No published record has fewer alerts per face or passage; a limit above that may be one that no record can miss.
FEWEST_ALERTS, SEEN_PASSING = 1e-4, ("faces", "passages")


@dataclass(frozen=True, kw_only=True)
class Whole:
    """What every event is one *of*, and how many there were (*cases*)."""

    of: str
    cases: float

    def could_be(self, limit: float, units: float) -> int:
        """How many of these could be the event, and a rate per *units* would still keep the *limit*."""
        # the last digit of a float is forgiven
        return min(int(self.cases), math.floor(limit * units * (1 + 1e-9)))


@dataclass(frozen=True, kw_only=True)
class CannotFail(Whole):
    """A limit per *per* that *units* of it keep even if all *cases* were the event; of a count without one *per* is None."""

    per: str | None
    units: float


@dataclass(frozen=True, kw_only=True)
class TooFew:
    """So few *cases* (of what: *per*) that they say nothing; where *all* of them, or none, were the event (else None: some).

    None, or all, would be the likelier result even at another *rate*.
    """

    rate: float
    per: str
    cases: float
    all: bool | None


def whole_of(event: str, figures: Mapping[str, float]) -> Whole | None:
    """What *event* is a part of that could each have been it: stops, arrests or else alerts; None where not stated."""
    for of in dict.fromkeys((COULD_BE_WRONG.get(event, "alerts"), "alerts")):
        cases = figures.get(of)
        if cases is not None and is_part(event, of, figures.get(event, 0.0), cases):
            return Whole(of=of, cases=cases)
    return None


def cannot_fail(event: str, per: str | None, claimed: Claimed, figures: Mapping[str, float]) -> CannotFail | None:
    """The cases with which the claim would hold whether none or all of them were the event; None where it would not.

    Few faces raise an alert. A limit per face above that rate is kept whatever the alerts are, or lead to.
    """
    whole, units = whole_of(event, figures), 1.0 if per is None else figure(figures, per)
    if whole is None or not units or not math.isfinite(claimed.ends[1]) or claimed.ends[0] > 0:
        return None
    all_kept = whole.could_be(claimed.ends[1], units) == whole.cases
    return CannotFail(of=whole.of, cases=whole.cases, per=per, units=units) if all_kept else None


def needs_alerts(event: str, per: str | None, claimed: Claimed, figures: Mapping[str, float]) -> bool:
    """Whether *claimed* is a limit that every alert might keep, and nobody says how many alerts there were."""
    unknown = event in PARTS["alerts"] and per in SEEN_PASSING and whole_of(event, figures) is None
    low, high = claimed.ends
    return unknown and low == 0 and FEWEST_ALERTS * (1 + 1e-9) < high < math.inf


def could_not_differ(
    event: str, per: str | None, ends: tuple[float, float], figures: Mapping[str, float], count: float | None = None
) -> TooFew | None:
    """Of what too few were counted to tell a claimed rate, between *ends* per *per*, from anything else; None if of nothing.

    Fewer cases than FEWEST, whichever way they went; or cases that all went one way, as they would sooner than not if what was
    not seen were ten times as frequent as claimed. The same for an event and for its contrary. A plain *count*, out of nothing
    and neither none nor all, says how often something happened, and of no rate.
    """
    top, bottom = figure(figures, event), None if per is None else figure(figures, per)
    if top is None or not is_tally(event):
        return None
    whole, cases = whole_of(event, figures), []
    if per is not None and bottom is not None and is_case(event, per, top, bottom):
        cases.append(Whole(of=per, cases=bottom))
    fewest = min([*cases, *([whole] if whole else [])], key=lambda item: item.cases, default=None)
    if fewest is not None and fewest.cases < FEWEST and not (count is not None and 0 < count < fewest.cases):
        every = {0.0: False, fewest.cases: True}.get(top)
        return TooFew(rate=COMMON, per=fewest.of, cases=fewest.cases, all=every)
    # per hour or day nothing went otherwise: where it is known how many alerts could have, they say more
    if per is None or not bottom or (whole is not None and not cases):
        return None
    low, high = ends
    if top == 0:
        return _unseen(high if high < (1 if cases else math.inf) else low, per, bottom, every=False)
    return _unseen(1 - (low if low > 0 else high), per, bottom, every=True) if top == bottom and cases else None


def _unseen(claimed: float, per: str, cases: float, every: bool) -> TooFew | None:
    """Whether *cases* would sooner hold none than any of what was not seen, far from its *claimed* rate."""
    # a share and what is left of it are the same number but for the last digit of a float
    claimed = round(claimed, 12)
    rate = min(OTHERWISE * claimed, 1.0) if claimed > 0 else COMMON
    unseen = claimed < COMMON and rate < 1 and cases * math.log1p(-rate) > math.log(1 - LIKELY)
    return TooFew(rate=rate, per=per, cases=cases, all=every) if unseen else None


__all__ = [
    "COMMON", "COULD_BE_WRONG", "FEWEST", "FEWEST_ALERTS", "OTHERWISE", "CannotFail", "TooFew", "Whole", "cannot_fail",
    "could_not_differ", "needs_alerts", "whole_of",
]  # fmt: skip
