"""Fractions in words: "three in four", "two thirds", "half", and how finely such words tell one share from another."""

from __future__ import annotations

import re
from fractions import Fraction

NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
COUNTS = {**{word: number for number, word in enumerate(NUMBERS, 1)}, "a": 1, "an": 1, "twenty": 20, "hundred": 100}
PARTS = {
    "half": 2, "halves": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10,
}  # fmt: skip
IN = re.compile(r"(\w+) (?:in|out of|of) (?:every )?(?:a )?(\w+)")
PART = re.compile(r"(?:(\w+) )?(\w+?)s?")


def fraction_of(words: str) -> tuple[Fraction, Fraction] | None:
    """The share that *words* state, and to the nearest what: "three in four" is 3/4 to the nearest quarter.

    None where they are no fraction, or bound one ("over half") rather than state it.
    """
    text = " ".join(words.lower().replace("-", " ").split()).removesuffix(" of")
    found = IN.fullmatch(text)
    if found is not None:
        top, bottom = COUNTS.get(found[1]), COUNTS.get(found[2])
    else:
        part = PART.fullmatch(text)
        top, bottom = (None, None) if part is None else (COUNTS.get(part[1] or "a"), PARTS.get(part[2]))
    if top is None or bottom is None or bottom < 2 or top > bottom:
        return None
    return Fraction(top, bottom), Fraction(1, bottom)


__all__ = ["fraction_of"]
