"""``describe``, ``validate``, ``schema``, ``scenarios`` and ``new``: everything about scenario files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from simulator.cli.campaigns import Year
from simulator.cli.output import Details
from simulator.cli.run import Overrides, ScenarioName


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


ScenarioNames = Annotated[list[str], typer.Argument(metavar="SCENARIO...", help="Scenario files or names.")]
NewName = Annotated[str, typer.Argument(metavar="NAME", help="Name of the scenario; NAME.yaml is written.")]


def validate(files: ScenarioNames) -> None:
    """Check scenario files: every fault with file, line and column, and cautions about those that are valid.

    Example: lfrsim validate my-town.yaml
    """
    from simulator.cli import INVALID_INPUT
    from simulator.evidence.about.support import outside_support
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
    """List the scenarios that come with the program: those with a published record, and those that ask what if."""
    from simulator.scenario import load_scenario, shipped_scenarios

    loaded = [load_scenario(name) for name in shipped_scenarios()]
    width = max(len(scenario.name) for scenario in loaded)
    for heading, recorded in (("With a published record beside it", True), ("What if: nobody has measured it", False)):
        typer.echo(heading)
        for scenario in loaded:
            if (scenario.record is not None) == recorded:
                typer.echo(f"  {scenario.name:{width}}  {scenario.title}")
    typer.echo("Next, what one of them assumes: lfrsim describe croydon-static", err=True)


def new(name: NewName) -> None:
    """Write a commented scenario to start from; it runs as it is.

    Example: lfrsim new my-town
    """
    from simulator.scenario.template import write_new

    path = write_new(name, Path())
    typer.echo(f"Written {path}. Next: lfrsim describe {path}")


def add_to(app: typer.Typer) -> None:
    """Add these commands to *app*."""
    for command in (describe, validate, schema, scenarios, new):
        app.command()(command)
