"""Arguments and options that several commands have alike, and whole numbers as people type them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from simulator.cli.completion import keys_to_set, scenario_names

# The part of a command's help that holds what few people need.
RARE = "Rarely needed"


def whole(low: int, high: int) -> Callable[[object], int]:
    """A parser of whole numbers from *low* to *high*; what else is typed is refused with what it was."""

    def read(given: object) -> int:
        number = typed_whole(str(given), f"must be a whole number from {low:,} to {high:,}")
        if not low <= number <= high:
            raise typer.BadParameter(f"must be between {low:,} and {high:,} (got {number})")
        return number

    return read


def typed_whole(text: str, rule: str, hint: str | None = None) -> int:
    """The whole number that *text* says; BadParameter at the option *hint*: by the *rule*, or for two readings."""
    from simulator.scenario.errors import shown
    from simulator.scenario.numbers import TwoReadingsError, read_whole

    try:
        number = read_whole(text)
    except TwoReadingsError as error:
        raise typer.BadParameter(str(error), param_hint=hint) from None
    if number is None:
        raise typer.BadParameter(f"{rule} (got {shown(text)})", param_hint=hint)
    return number


def one_of(*words: str) -> Callable[[object], str]:
    """A parser of one of some *words*."""

    def read(given: object) -> str:
        from simulator.scenario.errors import shown

        if given not in words:
            *others, last = (word if word[:1].isalpha() else shown(word) for word in words)
            raise typer.BadParameter(f"must be {', '.join(others)} or {last} (got {shown(given)})")
        return str(given)

    return read


def above_zero(given: object) -> float:
    """A parser of numbers above 0."""
    from simulator.scenario.errors import shown
    from simulator.scenario.numbers import TwoReadingsError, read_number

    try:
        number = read_number(str(given), percent=False, comes="thousands")
    except TwoReadingsError as error:
        raise typer.BadParameter(str(error)) from None
    if number is None or number <= 0:
        raise typer.BadParameter(f"must be above 0{'' if number is not None else ', a number'} (got {shown(given)})")
    return number


def share(given: object) -> float:
    """A parser of shares, numbers or percentages; which of them may be is for the question to say."""
    from simulator.scenario.errors import shown
    from simulator.scenario.numbers import read_number

    number = read_number(str(given))
    if number is None:
        raise typer.BadParameter(f"must be from 0 to 1, or a percentage such as 50% (got {shown(given)})")
    return number


ScenarioName = Annotated[
    str,
    typer.Argument(
        metavar="SCENARIO",
        help="A scenario file, or the name of a shipped one.",
        autocompletion=scenario_names,
    ),
]
Overrides = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="KEY=VALUE",
        help="Override one value; may be given again.",
        autocompletion=keys_to_set,
    ),
]
Seed = Annotated[
    int,
    typer.Option(metavar="N", parser=whole(0, 2**63), help="Same seed, same numbers.", rich_help_panel=RARE),
]
Workers = Annotated[
    int | None,
    typer.Option(
        "--workers",
        metavar="N",
        parser=whole(1, 1_000),
        help="Processes; as many as processors unless given.",
        rich_help_panel=RARE,
    ),
]

__all__ = [
    "RARE",
    "Overrides",
    "ScenarioName",
    "Seed",
    "Workers",
    "above_zero",
    "one_of",
    "share",
    "typed_whole",
    "whole",
]
