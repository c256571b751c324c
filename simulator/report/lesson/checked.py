"""Numbers in words, each held against what was computed: words that have drifted from the numbers are no lesson."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_STATED = re.compile(r"\{(\w+) = ([\d.,]+)( million)?\}")
# A round number such as 1,000 says no more than this share of itself.
ROUNDED = 0.1
BLANK = "______"


class DriftError(ValueError):
    """A number in words that does not fit what was computed."""


def checked(text: str, numbers: Mapping[str, float]) -> str:
    """*text* with every ``{name = number}`` as the number that it states; DriftError where that is not what was computed.

    It is right if it is the computed one rounded to its last digit that is not zero; trailing zeros are places, not digits.
    """

    def stated(match: re.Match[str]) -> str:
        name, said, million = match.groups()
        value = float(said.replace(",", "")) * (1e6 if million else 1.0)
        unit = _last_digit(said) * (1e6 if million else 1.0)
        near = min(unit / 2, ROUNDED * value) if _last_digit(said) > 1 or (million and "." not in said) else unit / 2
        if name not in numbers:
            raise DriftError(f"no number is called {name!r}: {text!r}")
        # to the last bit of what half a unit can be
        if not abs(numbers[name] - value) <= near * (1 + 1e-9):
            raise DriftError(f"{name} is {numbers[name]:,.6g}, and the words say {said}{million or ''}: {text!r}")
        return said + (million or "")

    found = _STATED.sub(stated, text)
    if "{" in found or "}" in found:
        raise DriftError(f"a number must be written as {{name = number}}: {text!r}")
    return found


def checked_all(part: Any, numbers: Mapping[str, float]) -> Any:
    """A *part* of the catalogue, every text in it checked."""
    if isinstance(part, str):
        return checked(part, numbers)
    if isinstance(part, Mapping):
        return {key: checked_all(value, numbers) for key, value in part.items()}
    if isinstance(part, list):
        return [checked_all(value, numbers) for value in part]
    return part


def blank(text: str) -> str:
    """*text* with room to write where a number stands."""
    return _STATED.sub(BLANK, text)


def _last_digit(said: str) -> float:
    """The worth of the last digit of a number *said* that is not zero: 10 for 890, 0.1 for 2.5; of zero, of its last place."""
    whole, _, part = said.replace(",", "").partition(".")
    if part:
        return float(10.0 ** -len(part))
    return float(10.0 ** (len(whole) - len(whole.rstrip("0")))) if whole.strip("0") else 1.0


__all__ = ["BLANK", "DriftError", "blank", "checked", "checked_all"]
