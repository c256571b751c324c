"""``describe``, ``validate``, ``schema`` and ``scenarios``: everything about scenario files."""

from __future__ import annotations

from typing import Annotated

import typer

from simulator.cli.campaigns import Year
from simulator.cli.completion import scenario_names
from simulator.cli.options import Overrides, ScenarioName
from simulator.cli.output import Details


def describe(scenario: ScenarioName, overrides: Overrides = None, year: Year = False, details: Details = False) -> None:
    """Say in plain words what a scenario assumes, from which source, and what it expects before any run.

    Example: lfrsim describe croydon-static
    """
    from simulator.cli.finish import answer, next_command, same_command
    from simulator.evidence.describe.found import describe as found_in
    from simulator.scenario.loader import load_scenario
    from simulator.scenario.year import load_year

    answer(found_in((load_year if year else load_scenario)(scenario, overrides or [])), as_json=False, details=details)
    next_command("to simulate it", "run", *same_command()[1:])


ScenarioNames = Annotated[
    list[str],
    typer.Argument(metavar="SCENARIO...", help="Scenario files or names.", autocompletion=scenario_names),
]


def validate(files: ScenarioNames) -> None:
    """Check scenario files: every fault with file, line and column, and cautions about those that are valid.

    Example: lfrsim validate my-town.yaml
    """
    from simulator.cli import INVALID_INPUT
    from simulator.evidence.about.outside import outside_support
    from simulator.scenario import ScenarioError, load_scenario

    bad = 0
    for name in files:
        try:
            scenario = load_scenario(name)
        except ScenarioError as error:
            bad += 1
            typer.echo(str(error), err=True)
        else:
            cautions = (f"Caution: {text}" for text in outside_support(scenario))
            typer.echo("\n".join((f"{name}: valid", *scenario.campaign.notes, *cautions)))
    if bad:
        raise typer.Exit(INVALID_INPUT)


def schema() -> None:
    """Print the JSON Schema of scenario files, for editors.

    Example: lfrsim schema > scenario.schema.json
    """
    import json

    from simulator.scenario import schema as scenario_schema

    typer.echo(json.dumps(scenario_schema(), indent=2))


def scenarios() -> None:
    """List the scenarios that come with the program: those with a published record, and those that ask what if.

    Example: lfrsim scenarios
    """
    from shutil import get_terminal_size
    from textwrap import fill

    from simulator.scenario import load_scenario, shipped_scenarios

    loaded = [load_scenario(name) for name in shipped_scenarios()]
    width, columns = max(len(scenario.name) for scenario in loaded), min(get_terminal_size((80, 0)).columns, 120)
    for heading, recorded in (("With a published record beside it", True), ("What if: nobody has measured it", False)):
        typer.echo(heading)
        for scenario in loaded:
            if (scenario.record is not None) == recorded:
                row = f"  {scenario.name:{width}}  {scenario.title}"
                typer.echo(fill(row, columns, subsequent_indent=" " * (width + 4)))
    typer.echo("Next, what one of them assumes: lfrsim describe croydon-static", err=True)


def add_to(app: typer.Typer) -> None:
    """Add these commands to *app*."""
    for command in (describe, validate, schema, scenarios):
        app.command()(command)
