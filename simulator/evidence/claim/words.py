"""One figure by another in words: how counts, rates and their intervals are written wherever a claim is shown."""

from __future__ import annotations

import math
from collections.abc import Mapping

from simulator.claim.figures import is_part, is_tally, words_of
from simulator.evidence.claim.ratios import Ratio
from simulator.evidence.numbers import number, whole
from simulator.evidence.statistics.intervals import Interval

MILLION = 1e6
# From here on a share is easier read as so many in 100 than as 1 in so many.
COMMON = 0.1
# From here on a pace is a plain number: 0.6 per deployment.
OFTEN = 0.5
# Units that a case can be one of: rates per these are written as 1 in so many.
PEOPLE_PASSING = ("faces", "passages")


def large(x: float) -> str:
    """*x* with three digits, in millions where it has seven or more: 84,800 and 18.7 million."""
    return f"{number(x / MILLION)} million" if x >= 0.9995 * MILLION else number(x)


def one_in(rate: float) -> str:
    """*rate* as "1 in 84,800", "1 in 18.7 million", and "51 in 100" where it is common."""
    if not rate > 0:
        return "none"
    return f"{number(100 * rate)} in 100" if rate >= COMMON else f"1 in {large(1 / rate)}"


def is_case(event: str, per: str) -> bool:
    """Whether *event* is something that one of *per* either is or is not: a share, not a pace."""
    return is_tally(event) and (per in PEOPLE_PASSING or is_part(event, per))


def joint_of(event: str, per: str) -> str:
    """How *event* and *per* are joined: out of faces, for arrests, in deployments."""
    if is_case(event, per):
        return "out of"
    return "for" if is_tally(per) else "in"


def rate_text(rate: float, event: str, per: str) -> str:
    """A *rate* without its unit: "1 in 335" of cases or days, "1 for 173" arrests; a plain number for a pace (7.4)."""
    if is_case(event, per):
        return one_in(rate)
    if not rate > 0:
        return "none"
    if not is_tally(event) or rate >= OFTEN:
        return number(rate)
    return f"1 {'for' if is_tally(per) else 'in'} {large(1 / rate)}"


def span_text(interval: Interval, event: str, per: str) -> str:
    """An *interval* of rates, the most frequent first where it is 1 in so many."""
    low, high = interval
    if low <= 0:
        return f"{rate_text(high, event, per)} or rarer"
    if not math.isfinite(high):
        return f"{rate_text(low, event, per)} or more"
    # both ends in one form
    if is_case(event, per) and low < COMMON <= high <= 1:
        return f"1 in {large(1 / high)} to 1 in {large(1 / low)}"
    if (is_case(event, per) and high > 1) or (not is_case(event, per) and low < OFTEN <= high):
        return f"{number(low)} to {number(high)}"
    first, last = rate_text(low, event, per), rate_text(high, event, per)
    if first.startswith("1 "):
        first, last = last, first
    if first == last:
        return first
    return f"{first.removesuffix(' in 100') if last.endswith(' in 100') else first} to {last}"


def counted_text(ratio: Ratio, own: Mapping[str, str], short: bool = False) -> str:
    """What was counted out of what: "1 of 472,352 counted faces", "103 in 14 deployments"; *short* leaves the event out."""
    event = words_of(ratio.event, own, ratio.top)
    unit = words_of(ratio.per, own, ratio.bottom)
    if not is_tally(ratio.event):
        return f"{number(ratio.rate)} {words_of(ratio.event, own, ratio.rate)} per {words_of(ratio.per, own, 1)}"
    top = "none" if ratio.top == 0 else whole(ratio.top)
    named = top if short else ("no " if ratio.top == 0 else f"{top} ") + event
    joint = joint_of(ratio.event, ratio.per)
    if short:
        joint = joint.removeprefix("out ")
    return f"{named} {joint} {_bottom(ratio.bottom)} {unit}"


def out_of(ratio: Ratio) -> str:
    """What was counted out of how many, without any noun: "1 of 472,352", "103 in 14"."""
    if not is_tally(ratio.event):
        return number(ratio.rate)
    joint = joint_of(ratio.event, ratio.per).removeprefix("out ")
    return f"{'none' if ratio.top == 0 else whole(ratio.top)} {joint} {_bottom(ratio.bottom)}"


def _bottom(x: float) -> str:
    return whole(x) if x == int(x) else number(x)


def bound_text(ratio: Ratio) -> str:
    """What none counted leaves possible: both bounds, each said to be which; nothing where something was counted."""
    if ratio.top > 0 or ratio.interval_95 is None:
        return ""
    both = f"{rate_text(ratio.interval_95.high, ratio.event, ratio.per)} two-sided"
    if ratio.one_sided_95 is None:
        return f"at most {both}"
    return f"at most {rate_text(ratio.one_sided_95, ratio.event, ratio.per)} one-sided, {both}"


def ratio_text(ratio: Ratio, own: Mapping[str, str], short: bool = True) -> str:
    """What was counted with its 95 % interval in brackets."""
    counted = counted_text(ratio, own, short)
    if ratio.interval_95 is None:
        return counted
    inside = bound_text(ratio) or span_text(ratio.interval_95, ratio.event, ratio.per)
    return f"{counted} ({inside})"


def p_text(p: float) -> str:
    """A p-value: two digits, never 0."""
    return "below 0.0001" if p < 1e-4 else f"{p:.2f}" if p >= 0.0995 else f"{p:.3f}" if p >= 0.00995 else f"{p:.4f}"


def percent_text(share: float) -> str:
    """A *share* as a whole number of per cent where it is one: 12 %, 10.5 %."""
    return f"{100 * share:.3g} %"


def sentence(text: str) -> str:
    """*text* with a capital letter and a full stop."""
    text = " ".join(text.split())
    return text if not text else f"{text[0].upper()}{text[1:]}" + ("" if text[-1] in ".!?" else ".")


def capital(text: str) -> str:
    """*text* with its first letter as a capital; the others as they are (a Black person stays one)."""
    return f"{text[:1].upper()}{text[1:]}"


__all__ = [
    "bound_text", "capital", "counted_text", "is_case", "joint_of", "large", "one_in", "out_of", "p_text", "percent_text",
    "rate_text", "ratio_text", "sentence", "span_text",
]  # fmt: skip
