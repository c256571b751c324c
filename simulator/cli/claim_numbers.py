"""The numbers of ``claim`` as they are typed: counts, ranges, and what is wrong with them by the name of the option."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from simulator.evidence.claim.stated import StatedError

# What may be a range, because people say it in a word.
COUNTS = ("false_alerts", "false_stopped")
SHARES = ("accuracy", "correlation", "detection")
RULES = {
    **dict.fromkeys(COUNTS, "must be a whole number, or a range; for 2 to 7, or a handful, write 2..7"),
    **dict.fromkeys(("hours", "one_in", "visits", "passages", "camera_minutes", "gbp"), "must be a number"),
    **dict.fromkeys(SHARES, "must be a number from 0 to 1, or a percentage such as 70%"),
}
# What is no count: it does not come in thousands.
RATIOS = (*SHARES, "visits")
# Options whose figures have other names in claim files.
OPTIONS = {"camera_hours": "hours", "list_size": "list"}
# Figures that have an option of their own.
OWN_OPTION = ("faces", "alerts", "stops", "arrests", "deployments", *COUNTS, *OPTIONS)


def option(name: str) -> str:
    """The option by which the number *name* is given."""
    from simulator.claim.figures import FIGURES

    if name in FIGURES and name not in OWN_OPTION:
        return f"--count {name}"
    return f"--{OPTIONS.get(name, name).replace('_', '-')}"


def figures_of(texts: list[str], typed: Mapping[str, str | None]) -> dict[str, float | tuple[float, float]]:
    """The figures given as NAME=N; BadParameter where one is not, or is given twice."""
    from simulator.claim.figures import FIGURES
    from simulator.scenario.explain import near_hint

    figures: dict[str, float | tuple[float, float]] = {}
    for text in texts:
        name, _, number = (part.strip() for part in text.partition("="))
        if not name or not number:
            raise typer.BadParameter(f"must be NAME=N, such as true_alerts=334 (got {text})", param_hint="--count")
        if name not in FIGURES:
            hint = near_hint(name, FIGURES) or f"; they are {', '.join(FIGURES)}"
            raise typer.BadParameter(f"{name} is no figure of claims{hint}", param_hint="--count")
        if name in figures or typed.get(OPTIONS.get(name, name)) is not None or typed.get(name) is not None:
            raise typer.BadParameter(f"{name} is given twice (got {text})", param_hint="--count")
        figures[name] = number_of(name, number)
    return figures


def number_of(name: str, text: str) -> float | tuple[float, float]:
    """The number *name* as it was typed, or both ends of a range such as 2..7; BadParameter where it is neither."""
    from simulator.scenario.numbers import TwoReadingsError

    rule, parts = RULES.get(name, "must be a whole number"), text.split("..")
    if name not in COUNTS and len(parts) > 1:
        raise _bad(name, f"must be one number; only {' and '.join(map(option, COUNTS))} take a range", text)
    if name in SHARES and text.strip().endswith("%"):
        return _share(name, text)
    try:
        low, high = (_number(name, part) for part in (parts if len(parts) > 1 else parts * 2))
    except TwoReadingsError as error:
        raise typer.BadParameter(str(error), param_hint=option(name)) from None
    except ValueError:
        raise _bad(name, rule, text) from None
    return (low, high) if len(parts) > 1 else low


def _share(name: str, text: str) -> float:
    """A percentage as a share."""
    try:
        # as decimals are typed: 99.9987 % is 0.999987 and no digit more
        return float(Decimal(text.strip().removesuffix("%").strip()) / 100)
    except InvalidOperation:
        raise _bad(name, RULES[name], text) from None


def _number(name: str, part: str) -> float:
    from simulator.claim.figures import MEASURED
    from simulator.scenario.numbers import Comes, read_number

    comes: Comes = "" if name in RATIOS else "thousands" if name in (*MEASURED, "hours", "one_in") else "whole"
    number = read_number(part, percent=False, comes=comes)
    if number is None:
        raise ValueError(part)
    return number


def refused(error: StatedError, typed: Mapping[str, str | None]) -> typer.BadParameter:
    """The *error* by options, with what was *typed*."""
    return _bad(error.name, error.told(option), None if error.value is None else _typed(error.name, typed))


def _typed(name: str, typed: Mapping[str, str | None]) -> str | None:
    return typed.get(OPTIONS.get(name, name)) or typed.get(name)


def _bad(name: str, rule: str, text: str | None) -> typer.BadParameter:
    from simulator.scenario.errors import shown

    return typer.BadParameter(rule if text is None else f"{rule} (got {shown(text)})", param_hint=option(name))


__all__ = ["figures_of", "number_of", "option", "refused"]
