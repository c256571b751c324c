"""Numbers in words: how counts, rates and intervals are written wherever the program prints them."""

from __future__ import annotations

import math
import re
from decimal import Decimal

# Averages below it are told as below it: nobody can tell them apart, and no simulation either.
LEAST = 1e-6
# A noun in the plural that a measure begins with, behind adjectives.
PLURAL = re.compile(r"\bpeople\b|\b([\w-]+[^\Ws])s\b")


def number(x: float) -> str:
    """*x* with two significant digits below ten and three above: 239,000, 17.1, 0.46, 0.0021."""
    if math.isnan(x):
        return "-"
    if x == 0:
        return "0"
    if x == int(x) and abs(x) < 1000:
        return f"{int(x)}"
    if abs(x) < 1e-6:
        return f"{x:.2g}"
    digits = (2 if abs(x) >= 9.95 else 1) - math.floor(math.log10(abs(x)))
    rounded = round(x, digits)
    if abs(rounded) >= 1000:
        return f"{rounded:,.0f}"
    return f"{rounded:.{max(digits, 0)}f}"


def plainly(x: float, under: str = "under ") -> str:
    """*x* as *number* writes it, for readers of first screens: what is below a millionth only as that."""
    return f"{under}0.000001" if 0 < x < LEAST else number(x)


def amount(x: float, words: str) -> str:
    """*x* with the *words* of what there are so many of, which are in the plural: "1 false alert", "0.46 wrongful stops"."""
    return f"{number(x)} {singular(words) if number(x) == '1' else words}"


def singular(words: str) -> str:
    """The *words* of a measure for one of it: of their first noun, as in "people falsely alerted on", "alerts, truth: false"."""
    if words.startswith("cost "):
        return words
    one = re.sub(PLURAL, lambda noun: "person" if noun[0] == "people" else noun[1], words, count=1)
    return one.replace(" and were ", " and was ")


def times_as_many(factor: float) -> str:
    """A *factor* in words: "10.5 times as many"; beyond a million no further."""
    if 0 < factor < LEAST:
        return "less than a millionth as many"
    return f"{number(factor)} times as many" if factor <= 1 / LEAST else "over a million times as many"


def as_given(x: float) -> str:
    """*x* with every digit it was given with, as limits and stated numbers are: 1,001, 33,333, 0.00000588."""
    return format(Decimal(f"{x:.15g}"), ",f")


def share(x: float) -> str:
    """A share: like *number*, but close to certain with as many digits as what is missing needs (0.9992)."""
    return f"{x:.{1 - math.floor(math.log10(1 - x))}f}" if 0.99 < x < 1 else number(x)


def whole(x: float) -> str:
    """A count of one campaign: a whole number with thousands separators."""
    return f"{x:,.0f}"


def counted(n: float, one: str) -> str:
    """A count with its noun, such as "1 deployment" or "203 deployments"."""
    return f"{whole(n)} {one}{'' if n == 1 else 's'}"


def count_range(low: float, high: float, to: str = " to ") -> str:
    """A range of counts of one campaign, from *low* to *high*; large counts with three digits."""
    write = whole if max(abs(low), abs(high)) < 10_000 else number
    return write(low) if write(low) == write(high) else f"{write(low)}{to}{write(high)}"


def number_range(low: float, high: float, to: str = " to ") -> str:
    """A range of anything that is not a count."""
    return f"{number(low)}{to}{number(high)}" if number(low) != number(high) else number(low)


def one_in(rate: float) -> str:
    """*rate* as "1 in N"; rates above 1/2 as "N in 100"."""
    if not rate > 0:
        return "-"
    if rate >= 0.5:
        return f"{number(100 * rate)} in 100"
    return f"1 in {number(1 / rate)}"


def per_unit(rate: float, unit: str) -> str:
    """*rate* per *unit* (a key of PER): "1 in N", but a plain number above 1, over time above 1/2 (11.6 per arrest)."""
    return number(rate) if _plain(rate, unit) else one_in(rate)


def _plain(rate: float, unit: str) -> bool:
    return rate > 1 or (rate >= 0.5 and unit in ("camera_hour", "deployment"))


def rate_range(ends: tuple[float, float], unit: str) -> str:
    """A range of rates per *unit*, rarest first; "none" where the low end is 0.

    With plain numbers at one end there are plain numbers at both: "1 in 2.5 to 1.8" could be read as 1 in 1.8.
    """
    low, high = ends
    if not high > 0:
        return "none"
    write = number if _plain(high, unit) else one_in
    first, last = "none" if not low > 0 else write(low), write(high)
    return first if first == last else f"{first} to {last}"


def percent(share: float) -> str:
    """*share* in per cent, never rounded to 0 % or 100 %: where that is said, it is exactly so."""
    if math.isnan(share):
        return "-"
    if share in (0, 1):
        return f"{100 * share:.0f} %"
    if share < 0.01:
        return f"{number(100 * share)} %"
    return f"{100 * share:.0f} %" if share < 0.995 else f"{100 * share:.2f} %"
