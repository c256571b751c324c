"""The numbers of ``claim`` as they are typed: counts, ranges, and what is wrong with them by the name of the option."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from simulator.evidence.claim.stated import StatedError

# What may be a range, because people say it in a word.
COUNTS = ("false_alerts", "false_stopped")
RULES = {
    **dict.fromkeys(COUNTS, "must be a whole number, or a range; for 2 to 7, or a handful, write 2..7"),
    **dict.fromkeys(("hours", "one_in", "visits"), "must be a number"),
    "correlation": "must be a number from 0 to 1",
}


def option(name: str) -> str:
    """The option by which the number *name* is given."""
    return f"--{name.replace('_', '-')}"


def number_of(name: str, text: str) -> float | tuple[float, float]:
    """The number *name* as it was typed, or both ends of a range such as 2..7; BadParameter where it is neither."""
    rule, parts = RULES.get(name, "must be a whole number"), text.split("..")
    if name not in COUNTS and len(parts) > 1:
        raise _bad(name, f"must be one number; only {' and '.join(map(option, COUNTS))} take a range", text)
    try:
        low, high = (_number(part) for part in (parts if len(parts) > 1 else parts * 2))
    except ValueError:
        raise _bad(name, rule, text) from None
    return (low, high) if len(parts) > 1 else low


def _number(part: str) -> float:
    from simulator.scenario.numbers import read_number

    number = read_number(part, percent=False)
    if number is None:
        raise ValueError(part)
    return number


def refused(error: StatedError, typed: Mapping[str, str | None]) -> typer.BadParameter:
    """The *error* by options, with what was *typed*."""
    return _bad(error.name, error.told(option), None if error.value is None else typed.get(error.name))


def _bad(name: str, rule: str, text: str | None) -> typer.BadParameter:
    from simulator.scenario.errors import shown

    return typer.BadParameter(rule if text is None else f"{rule} (got {shown(text)})", param_hint=option(name))


__all__ = ["number_of", "option", "refused"]
