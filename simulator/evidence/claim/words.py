"""One figure by another in words: how counts, rates and their intervals are written wherever a claim is shown."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

from simulator.claim.figures import is_case, is_tally, words_of
from simulator.evidence.claim.ratios import Ratio
from simulator.evidence.numbers import as_given, number, whole
from simulator.evidence.statistics.intervals import Interval

if TYPE_CHECKING:
    from simulator.evidence.claim.no_test import TooFew

LARGE = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
# From here on a share is easier read as so many in 100 than as 1 in so many.
COMMON = 0.1
# From here on a pace is a plain number: 0.6 per deployment.
OFTEN = 0.5


def large(x: float) -> str:
    """*x* with three digits, in millions or more where it has seven or more: 84,800 and 18.7 million."""
    for scale, name in LARGE:
        if x >= 0.9995 * scale:
            return f"{number(x / scale)} {name}"
    return number(x)


def limit(x: float) -> str:
    """*x* that sets a limit, never rounded across itself: 1 million, and 1,001; of a thousand or more whole ones."""
    x = float(round(x)) if x >= 1000 else float(f"{x:.6g}")
    return large(x) if float(f"{x:.3g}") == x else as_given(x)


def one_in(rate: float) -> str:
    """*rate* as "1 in 84,800", "1 in 18.7 million", and "51 in 100" where it is common; above 1 it is no share."""
    if not rate > 0:
        return "none"
    if rate >= COMMON:
        return number(rate) if rate > 1 else f"{number(100 * rate)} in 100"
    return f"1 in {large(1 / rate)}"


def limit_one_in(rate: float) -> str:
    """A *rate* that sets a limit, as *one_in*, with every digit it needs: "1 in 33,333"."""
    if not COMMON > rate > 0:
        return f"{as_given(100 * rate)} in 100" if 0 < rate <= 1 else as_given(rate)
    return f"1 in {limit(1 / rate)}"


def joint_of(event: str, per: str, top: float = 0.0, bottom: float = math.inf) -> str:
    """How *top* of *event* and *bottom* of *per* are joined: out of faces, for arrests, in deployments."""
    if is_case(event, per, top, bottom):
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
    if low <= 0 and is_case(event, per) and high >= 1:
        return "anything from none to all"
    if low <= 0:
        return f"{rate_text(high, event, per)} or rarer"
    if not math.isfinite(high) or (is_case(event, per) and low < COMMON and high == 1):
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
    joint = joint_of(ratio.event, ratio.per, ratio.top, ratio.bottom)
    if short:
        joint = joint.removeprefix("out ")
    return f"{named} {joint} {as_given(ratio.bottom)} {unit}"


def out_of(ratio: Ratio) -> str:
    """What was counted out of how many, without any noun: "1 of 472,352", "103 in 14"."""
    if not is_tally(ratio.event):
        return number(ratio.rate)
    joint = joint_of(ratio.event, ratio.per, ratio.top, ratio.bottom).removeprefix("out ")
    return f"{'none' if ratio.top == 0 else whole(ratio.top)} {joint} {as_given(ratio.bottom)}"


def bound_text(ratio: Ratio) -> str:
    """What none counted leaves possible: the upper end of the same interval as elsewhere; nothing where something was counted."""
    if ratio.top > 0 or ratio.interval_95 is None:
        return ""
    return none_text(ratio.interval_95.high, ratio.event, ratio.per)


def none_text(high: float, event: str, per: str) -> str:
    """The upper end of a two-sided interval where none was counted."""
    if is_case(event, per) and high >= 1:
        return "anything from none to all"
    return f"at most {rate_text(high, event, per)}, two-sided"


def ratio_text(ratio: Ratio, own: Mapping[str, str], short: bool = True) -> str:
    """What was counted with its 95 % interval in brackets."""
    counted = counted_text(ratio, own, short)
    if ratio.interval_95 is None:
        return counted
    inside = bound_text(ratio) or span_text(ratio.interval_95, ratio.event, ratio.per)
    return f"{counted} ({inside})"


def few_text(event: str, found: TooFew, own: Mapping[str, str]) -> str:
    """That so few say nothing: even if 1 in 10 alerts were false, none of 2 would be the likelier result."""
    unit, share = words_of(found.per, own), f"1 in {limit(1 / found.rate)}"
    if found.all is None:
        return f"{as_given(found.cases)} {words_of(found.per, own, found.cases)} say nothing, whichever way they went"
    result = f"{'all' if found.all else 'none'} of {as_given(found.cases)} would be the likelier result"
    if found.all:
        return f"even if {share} {unit} were otherwise, {result}"
    if (event, found.per) == ("false_alerts", "alerts"):
        return f"even if {share} alerts were false, {result}"
    return f"even if {share} {unit} had {article(words_of(event, own, 1))}, {result}"


def article(noun: str) -> str:
    """*noun* with its article."""
    return f"{'an' if noun[:1] in 'aeiou' else 'a'} {noun}"


def day_text(day: dt.date) -> str:
    """*day* as "16 January 2026"."""
    return f"{day.day} {day:%B %Y}"


def period_text(begins: dt.date, ends: dt.date) -> str:
    """The days from *begins* to *ends*: "1 January to 1 February 2026"."""
    if begins == ends:
        return day_text(ends)
    return f"{day_text(begins).removesuffix(f' {begins.year}' if begins.year == ends.year else '')} to {day_text(ends)}"


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
    "article", "bound_text", "capital", "counted_text", "day_text", "few_text", "joint_of", "large", "limit", "limit_one_in",
    "none_text", "one_in", "out_of", "p_text", "percent_text", "period_text", "rate_text", "ratio_text", "sentence", "span_text",
]  # fmt: skip
