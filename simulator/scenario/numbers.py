"""Numbers as people type them, on the command line, in scenarios and in tables: read in one place, by one rule.

0.64, 1e-8 and 20000; thousands apart, 16,500 or 16 500; 16.5k and 2m; a share as 35%; a decimal comma, 0,64, where the comma
cannot set thousands apart. In a list, where commas stand between values, they have no other meaning. Of what comes in thousands
a number that may be read in two ways, 16.500 or 3,00, is asked about and never guessed; 16.5 and 0.640 can be read in one.
"""

from __future__ import annotations

import math
import re
from itertools import pairwise
from typing import Literal

from simulator.scenario.errors import shown

# Nothing but a plain number: Python would also take nan, inf, 1_000 and the digits of other scripts.
_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
_THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2}([,_ ])[0-9]{3}(\1[0-9]{3})*(\.[0-9]+)?")
_DECIMAL_COMMA = re.compile(r"[+-]?[0-9]+,[0-9]+")
# In some countries thousands, in others decimals: "16.000" is sixteen to one half of the world.
_POINTS = re.compile(r"\+?[1-9][0-9]{0,2}(?:\.[0-9]{3})+")
# Decimals, or thousands of which a digit is lost.
_SHORT_COMMA = re.compile(r"\+?[1-9][0-9]{0,2},[0-9]{1,2}")
_POWER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?[eE]\+?[0-9]+")
_FACTORS = {"k": 1e3, "m": 1e6, "%": 1e-2}
# What comes in thousands: in whole numbers, or with a fraction too; "" for shares, thresholds, rates and times, which do not.
Comes = Literal["", "whole", "thousands"]
# Ends of the keys of what comes in thousands, and of those that have no fractions.
WHOLE_IN_THOUSANDS = ("size", "people")
IN_THOUSANDS = (*WHOLE_IN_THOUSANDS, "per_hour", "equipment_gbp")
# What is longer than this is no number that anybody meant, and takes long to read.
_LONGEST = 100
# A text that is read, for editors: longer words are refused by the reader.
PATTERN = r"^\s*[+-]?[0-9.][0-9.,_ eE+-]*[kKmM%]?\s*$"


class TwoReadingsError(ValueError):
    """A number that can be read in two ways: it says which, and what to write for each."""


class Written(float):
    """A number of a file that may have been written with a point between thousands: its *text* shows it."""

    def __new__(cls, text: str) -> Written:
        """The number that *text* is where the point stands before decimals."""
        number = super().__new__(cls, text)
        number.text = text
        return number

    text: str


def as_written(text: str) -> float:
    """The number *text*, which Python reads; where the point in it may stand between thousands, with the text."""
    return Written(text) if _POINTS.fullmatch(text) and text.count(".") == 1 else float(text)


def two_readings(value: object, comes: Comes) -> str:
    """What is wrong with a *value* that can be read in two ways where a number *comes* so, and what to write; "" if nothing."""
    text = value.text if isinstance(value, Written) else value.strip() if isinstance(value, str) else ""
    whole = comes == "whole"
    if not comes or len(text) > _LONGEST:
        return ""
    if _SHORT_COMMA.fullmatch(text):
        decimal = float(text.replace(",", "."))
        if whole and not decimal.is_integer():
            return f"is no whole number, and thousands have three digits behind a comma (got {shown(text)}); write all digits"
        return f"may mean {decimal:g}, or thousands with a digit lost (got {shown(text)}); write {decimal:g}, or all the digits"
    if not _POINTS.fullmatch(text):
        return ""
    thousands = int(text.replace(".", ""))
    if text.count(".") > 1 or (whole and not text.endswith(".000")):
        return f"has points between thousands (got {shown(text)}); write {thousands}"
    number = f"{float(text):.6g}"
    # a digit more than thousands have says that these are decimals
    number += "0" * (len(number.partition(".")[2]) == 3)
    return f"may mean {float(text):g} or {thousands:,} (got {shown(text)}); write {number} or {thousands}"


def read_number(text: str, percent: bool = True, comes: Comes = "") -> float | None:
    """The finite number that *text* says; None where it says none, or says a percentage that is not wanted (*percent*).

    Raises TwoReadingsError where it can be read in two ways and *comes* in thousands.
    """
    if rule := two_readings(text, comes):
        raise TwoReadingsError(rule)
    bare = text.strip()
    factor = _FACTORS.get(bare[-1:].lower(), 1.0)
    if len(bare) > _LONGEST or (bare.endswith("%") and not percent):
        return None
    if factor != 1:
        bare = bare[:-1].rstrip()
    if _THOUSANDS.fullmatch(bare):
        bare = re.sub("[,_ ]", "", bare)
    elif _DECIMAL_COMMA.fullmatch(bare):
        bare = bare.replace(",", ".")
    if not _NUMBER.fullmatch(bare):
        return None
    # as it would be written out: 16.5 thousand are 16500, and 35 hundredths 0.35; a zero has no sign
    number = float(f"{float(bare) * factor:.15g}" if factor != 1 else bare) + 0.0
    return number if math.isfinite(number) else None


def read_whole(text: str) -> int | None:
    """The whole number that *text* says, such as 20000, 20,000, 20k or 2e4; None where it says none, as 7.0 does.

    Raises TwoReadingsError where it has a point that may stand between thousands.
    """
    bare = text.strip()
    if len(bare) <= _LONGEST and re.fullmatch("[+-]?[0-9]+", bare):
        return int(bare)
    plain = not (_THOUSANDS.fullmatch(bare) or _POWER.fullmatch(bare) or bare[-1:].lower() in "km")
    number = read_number(bare, percent=False, comes="whole")
    number = None if plain else number
    return int(number) if number is not None and number == int(number) else None


def split_list(text: str, key: str = "") -> list[str]:
    """The values of a list such as 0.60,0.62,0.64; ValueError where its commas may stand inside of numbers.

    16,500 may be one number where *key* names something that comes in thousands, and is two elsewhere.
    """
    words = [word.strip() for word in text.split(",")]
    if " " not in text.strip():
        if any(re.fullmatch("0[0-9]+", word) for word in words) or words.count("0") > 1:
            raise ValueError("commas stand between values: write 16500 and 0.64, not 16,500 and 0,64")
        apart = [bool(re.fullmatch("[1-9][0-9]{0,2}", a) and re.fullmatch("[0-9]{3}", b)) for a, b in pairwise(words)]
        numbers = [number for number in map(read_number, words) if number is not None]
        large = key.endswith(IN_THOUSANDS)
        if any(apart) and large and (len(words) == 2 or numbers != sorted(set(numbers))):
            one = "".join(words[apart.index(True) : apart.index(True) + 2])
            two = ", ".join(words[apart.index(True) : apart.index(True) + 2])
            raise ValueError(f'may be one number or two: write {one} for one, and "{two}" with a space for two')
    return words


def suggested_share(number: float, threshold: bool = False) -> str:
    """What to write instead of a *number* above 1 where a share or a *threshold* is asked for; "" where that is not clear.

    Of a share it is the percentage, of a threshold the same figures behind a point: 0.64 for 64 and for 6.4.
    """
    if threshold:
        meant = number / 10 ** len(str(int(number)))
    else:
        meant = number / 100 if number >= 10 or number == int(number) else math.inf
    return f"; did you mean {meant:.12g}?" if 1 < number <= 1000 and meant <= 1 else ""


__all__ = [
    "IN_THOUSANDS",
    "PATTERN",
    "WHOLE_IN_THOUSANDS",
    "Comes",
    "TwoReadingsError",
    "Written",
    "as_written",
    "read_number",
    "read_whole",
    "split_list",
    "suggested_share",
    "two_readings",
]
