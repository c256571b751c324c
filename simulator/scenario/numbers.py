"""Numbers as people type them, on the command line and in tables: read in one place, so that all of them keep to one rule."""

from __future__ import annotations

import math
import re

# Nothing but a plain number: Python would also take nan, inf, 1_000 and the digits of other scripts.
_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
# What is longer than this is no number that anybody meant, and takes long to read.
_LONGEST = 100


def read_number(text: str) -> float | None:
    """The finite number that *text* says, such as 0.64, 1e-8 or 20000; None where it says none."""
    bare = text.strip()
    if len(bare) > _LONGEST or not _NUMBER.fullmatch(bare):
        return None
    # a zero has no sign
    number = float(bare) + 0.0
    return number if math.isfinite(number) else None


def read_whole(text: str) -> int | None:
    """The whole number that *text* says, written without a point or an exponent; None where it says none."""
    bare = text.strip()
    return int(bare) if len(bare) <= _LONGEST and re.fullmatch("[+-]?[0-9]+", bare) else None


__all__ = ["read_number", "read_whole"]
