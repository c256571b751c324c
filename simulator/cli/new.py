"""``new``: a scenario of a force's own town, from options or from answers."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulator.cli.finish import next_command

if TYPE_CHECKING:
    from simulator.scenario.template import Town


def new(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="Name of the scenario; NAME.yaml is written.")
    ] = None,
    footfall: Annotated[
        str | None, typer.Option(metavar="N", help="People who pass the cameras in an hour; 2,500 if left out.")
    ] = None,
    list_: Annotated[
        str | None, typer.Option("--list", metavar="N", help="Entries of the watchlist; 16,000 if left out.")
    ] = None,
    officers: Annotated[
        str | None, typer.Option(metavar="N", help="All officers on the street, drivers too; 17 if left out.")
    ] = None,
    vans: Annotated[
        str | None,
        typer.Option(metavar="N", help="Vans to take people to custody; with --officers 1 if left out, else 2."),
    ] = None,
    hours: Annotated[
        str | None, typer.Option(metavar="H", help="Hours with the cameras on, each time; 5 if left out.")
    ] = None,
    weekdays: Annotated[
        str | None, typer.Option(metavar="DAYS", help="Days of the week, such as tue,fri, all the year.")
    ] = None,
) -> None:
    """Write a commented scenario of a town of your own, with its year; it runs as it is.

    Example: lfrsim new my-town --footfall 3000 --list 12000 --officers 6 --vans 1 --hours 5 --weekdays tue,fri

    Without options it asks, on a terminal; elsewhere it takes the numbers of the Met's vans. Officers are an operator at the
    screen, a driver for each van, and pairs that walk up to people and that check identities.
    """
    from simulator.scenario.template import Town, write_new

    told = {"footfall": footfall, "list": list_, "hours": hours, "weekdays": weekdays}
    said = {key: text for key, text in told.items() if text is not None}
    asks = not said and officers is None and vans is None and sys.stdin is not None and sys.stdin.isatty()
    if name is None and not asks:
        raise typer.BadParameter("is missing; it names the file, for example my-town", param_hint="NAME")
    town = _asked(name) if asks else Town(name or "", said, officers, vans)
    path = write_new(town, Path())
    typer.echo(f"Written {path}.")
    next_command("to read what it assumes", "describe", str(path))
    next_command("to simulate its year", "run", str(path))


def _asked(name: str | None) -> Town:
    """What somebody at a terminal says of a town; what cannot be is asked for again."""
    from simulator.scenario.template import Town, check_name, override_of, staffing_said

    asked = "my-town" if name is None else name
    if name is None:
        asked = _answer("Name of the scenario", "my-town", check_name)
    questions = {
        "footfall": ("People who pass the cameras in an hour", "2500"),
        "list": ("Entries of the watchlist", "16000"),
        "hours": ("Hours with the cameras on, each time", "5"),
        "weekdays": ("Days of the week", "tue,fri"),
    }
    said = {
        key: _answer(words, usual, lambda text, key=key: override_of(key, text))  # type: ignore[misc]
        for key, (words, usual) in questions.items()
    }
    vans = _answer("Vans to take people to custody", "2", lambda text: staffing_said("100000", text))
    officers = _answer("All officers on the street, drivers too", "17", lambda text: staffing_said(text, vans))
    return Town(asked, said, officers, vans)


def _answer(words: str, usual: str, check: Callable[[str], object]) -> str:
    from simulator.scenario.errors import ScenarioError

    while True:
        text: str = typer.prompt(words, default=usual, err=True)
        try:
            check(text)
        except ScenarioError as error:
            typer.echo("\n".join(problem.rule for problem in error.problems), err=True)
        else:
            return text


def add_to(app: typer.Typer) -> None:
    """Add this command to *app*."""
    app.command()(new)


__all__ = ["add_to"]
