"""``compare``: two scenarios on the same random numbers, and what they differ in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from simulator.cli.campaigns import (
    MOST_CAMPAIGNS,
    Campaigns,
    EngineOption,
    Most,
    PreciseMeasure,
    Precision,
    Year,
    ready,
    say_reached,
    wanted,
)
from simulator.cli.completion import keys_to_set, scenario_names
from simulator.cli.finish import answer, next_command, same_command, written_to
from simulator.cli.options import Overrides, Seed
from simulator.cli.output import Details, output_folder
from simulator.cli.reporting import Report, hand_over, report_page

if TYPE_CHECKING:
    from simulator.evidence.run.precision import Reached
    from simulator.scenario.models import Scenario

A = Annotated[
    str,
    typer.Argument(metavar="A", help="A scenario file, or the name of a shipped one.", autocompletion=scenario_names),
]
B = Annotated[
    str,
    typer.Argument(
        metavar="B", help="The scenario compared with A; the same one with --set-b.", autocompletion=scenario_names
    ),
]
# One campaign has no interval.
ALLOWED = (2, MOST_CAMPAIGNS)


def compare(
    a: A,
    b: B,
    overrides_a: Annotated[
        list[str] | None,
        typer.Option("--set-a", metavar="KEY=VALUE", help="Override one value in A only.", autocompletion=keys_to_set),
    ] = None,
    overrides_b: Annotated[
        list[str] | None,
        typer.Option("--set-b", metavar="KEY=VALUE", help="Override one value in B only.", autocompletion=keys_to_set),
    ] = None,
    overrides: Overrides = None,
    year: Year = False,
    replications: Campaigns = "1000",
    seed: Seed = 1,
    details: Details = False,
    report: Report = None,
    json_: Annotated[bool, typer.Option("--json", help="Print comparison.json instead of tables.")] = False,
    output: Annotated[
        str | None, typer.Option("-o", "--output", metavar="DIR", help="Write comparison.json and comparison.csv here.")
    ] = None,
    engine: EngineOption = "auto",
    precision: Precision = None,
    measure: PreciseMeasure = None,
    most: Most = None,
) -> None:
    """Compare two scenarios, campaign by campaign on the same random numbers.

    Example: lfrsim compare croydon-static croydon-static --set-b officers.teams=2

    Differences B - A on every measure with intervals, with the inputs at their values and with unknown inputs (the same
    draws in both), and how many campaigns with random numbers of their own would be as sure.
    """
    from simulator.evidence.compare import asked
    from simulator.experiment.provenance import MadeFrom
    from simulator.report.compare.folder import FILES, write_comparison
    from simulator.report.render.progress import progress

    campaigns = wanted(replications, precision, measure, most, ALLOWED)
    sides = _loaded(a, "a", overrides, overrides_a, year), _loaded(b, "b", overrides, overrides_b, year)
    page = report_page(report)
    folder = output_folder(output, "compare", FILES)
    _, used = ready(engine)
    found = asked.compare(*sides, replications=campaigns, seed=seed, engine=engine, bars=progress, say=_say_reached)
    if folder is not None:
        parameters = {"seed": seed, "replications": found.run.replications, "engine": used, "workers": 1}
        folder.made = MadeFrom({"a": sides[0], "b": sides[1]}, parameters)
        with folder as work:
            write_comparison(work, found)
    answer(found, json_, details)
    hand_over(page, found, sides[0])
    if folder is not None:
        written_to(folder.folder, ", ".join(folder.written))
    elif not json_:
        next_command("to keep every number of this", *same_command("-o", f"results/{found.a.name}-compared"))


def _say_reached(reached: Reached) -> None:
    say_reached(reached, compared=True)


def _loaded(name: str, side: str, common: list[str] | None, own: list[str] | None, year: bool) -> Scenario:
    """The scenario of one *side*; what is wrong with an override of its own is said of ``--set-a`` or ``--set-b``."""
    from simulator.scenario.errors import ScenarioError, shorten
    from simulator.scenario.loader import load_scenario
    from simulator.scenario.year import load_year

    try:
        return (load_year if year else load_scenario)(name, [*(common or []), *(own or [])])
    except ScenarioError as error:
        raise error.at({f"--set {shorten(text)}": f"--set-{side} {shorten(text)}" for text in own or []}) from None


def add_to(app: typer.Typer) -> None:
    """Add this command to *app*."""
    app.command()(compare)
