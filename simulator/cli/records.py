"""The options of every command that reads a record: which column is which, and what its cells mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from simulator.cli.options import one_of

if TYPE_CHECKING:
    from simulator.scenario.sheet import ReadAs

Named = Annotated[
    list[str] | None,
    typer.Option(
        "--column",
        metavar='FIELD="HEADING"',
        help='Which column holds a field: threshold="Min setting"; ignore="Rate": none.',
    ),
]
Decimal = Annotated[
    Literal[".", ","] | None,
    typer.Option(
        metavar="<.|,>", parser=one_of(".", ","), help="The sign before decimals, where the file leaves it open."
    ),
]
Blank = Annotated[
    Literal["zero", "unknown"] | None,
    typer.Option(
        metavar="<zero|unknown>",
        parser=one_of("zero", "unknown"),
        help="What an empty cell or a dash means in a column that has counts above 0 only.",
    ),
]
SkipBad = Annotated[
    bool,
    typer.Option("--skip-bad", help="Leave out rows with mistakes, and say how many, instead of refusing the file."),
]


def read_as(
    named: list[str] | None, decimal: Literal[".", ","] | None, blank: Literal["zero", "unknown"] | None
) -> ReadAs:
    """What the options say of a file; raises BadParameter for a column without a heading."""
    from simulator.scenario.errors import shown
    from simulator.scenario.sheet import ReadAs

    columns: dict[str, str] = {}
    for item in named or []:
        field, found, heading = item.partition("=")
        if not found or not field.strip() or not heading.strip():
            rule = f'must name a field and a heading, as in threshold="Min setting" (got {shown(item)})'
            raise typer.BadParameter(rule, param_hint="--column")
        if (before := columns.setdefault(heading.strip(), field.strip())) != field.strip():
            rule = f"{shown(heading.strip())} is said to hold both {before} and {field.strip()}: keep one"
            raise typer.BadParameter(rule, param_hint="--column")
    return ReadAs(columns, decimal or "", blank or "")


__all__ = ["Blank", "Decimal", "Named", "SkipBad", "read_as"]
