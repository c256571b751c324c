"""``sensitivity``: which inputs an average hangs on, and which is most worth measuring for a decision."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from simulator.cli.output import output_folder
from simulator.cli.run import Overrides, ScenarioName, _between

if TYPE_CHECKING:
    from simulator.evidence.sensitivity.decision_found import Choice
    from simulator.evidence.sensitivity.found import Plan
    from simulator.scenario.models import Scenario

MOST_CAMPAIGNS, MOST_OPTIONS = 5_000_000, 20
FEWEST_POINTS, MOST_POINTS = 16, 65_536
OWN_FILES = ("sensitivity.json", "tornado.svg", "tornado.png")


def _power_of_two(value: int | None) -> int | None:
    if value is None or (FEWEST_POINTS <= value <= MOST_POINTS and value & (value - 1) == 0):
        return value
    near = min(max(1 << (value - 1).bit_length() if value > 0 else 0, FEWEST_POINTS), MOST_POINTS)
    raise typer.BadParameter(
        f"must be a power of 2 between {FEWEST_POINTS} and {MOST_POINTS:,}, such as {near:,} (got {value})"
    )


def sensitivity(
    scenario: ScenarioName,
    measure: Annotated[
        str, typer.Option(metavar="NAME", help="The measure whose average is explained; see summary.json for names.")
    ] = "wrongful_stops",
    overrides: Overrides = None,
    decide: Annotated[
        str | None,
        typer.Option(metavar="KEY=A,B,...", help="Options of one decision; needs --exchange. What is worth measuring?"),
    ] = None,
    exchange: Annotated[
        float | None,
        typer.Option(metavar="X", help="Your rate: one wrongful stop weighs as much as X stops of listed people."),
    ] = None,
    points: Annotated[
        int | None,
        typer.Option(metavar="N", callback=_power_of_two, help="Points of each sample, a power of 2; more: narrower."),
    ] = None,
    simulate: Annotated[
        bool, typer.Option("--simulate", help="Use simulated averages also where there is a closed form (a minute).")
    ] = False,
    seed: Annotated[int, typer.Option(callback=_between(0, 2**63), help="Same seed, same numbers.")] = 1,
    json_: Annotated[bool, typer.Option("--json", help="Print sensitivity.json instead of tables.")] = False,
    output: Annotated[
        str | None,
        typer.Option(
            "-o", "--output", metavar="DIR", help="Write sensitivity.json and the tornado chart to this folder."
        ),
    ] = None,
) -> None:
    """Say which inputs an average hangs on, and which is most worth measuring for a decision.

    Example: lfrsim sensitivity croydon-static --decide recogniser.threshold=0.60,0.62,0.64 --exchange 20

    Shares of variance (Sobol' indices) with intervals, and the average at both ends of every input. By closed form where
    the measure has one, else by simulation, which takes about a minute. The exchange rate is yours: none is shipped.
    """
    from simulator.scenario import load_scenario

    _check_measure(measure)
    if (decide is None) != (exchange is None):
        missing = "--exchange X, your rate" if exchange is None else "--decide KEY=A,B,..., the options"
        raise typer.BadParameter(
            f"go together: {missing}, is missing. One wrongful stop weighs as much as X stops of listed people; no rate is "
            f"shipped, because it is a judgement",
            param_hint="--decide and --exchange",
        )
    loaded = load_scenario(scenario, overrides or [])
    choice = (
        None if decide is None or exchange is None else _choice(loaded, scenario, overrides or [], decide, exchange)
    )
    folder = output_folder(output, "sensitivity", OWN_FILES)
    plan = _plan(loaded, measure, points, simulate)
    found = _find(loaded, measure, plan, seed, choice)
    if folder is not None:
        with folder as work:
            _write(found, work)
    _print(found, json_)
    if folder is not None:
        typer.echo(f"Written to {folder.folder}: {', '.join(folder.written)}", err=True)
    elif not json_:
        import shlex
        import sys

        command = shlex.join(["lfrsim", *sys.argv[1:], "-o", f"results/{loaded.name}-sensitivity"])
        typer.echo(f"Next, to keep this with a tornado chart:\n  {command}", err=True)


def _check_measure(measure: str) -> None:
    from simulator.evidence.counted.measures import NAMES
    from simulator.scenario.errors import shown
    from simulator.scenario.explain import near_hint

    if measure not in NAMES:
        hint = near_hint(measure, NAMES) or "; their names are in docs/reference/outputs.md, for example wrongful_stops"
        raise typer.BadParameter(f"no measure is called {shown(measure)}{hint}", param_hint="--measure")


def _plan(scenario: Scenario, measure: str, points: int | None, simulate: bool) -> Plan:
    from simulator.evidence.sensitivity.found import plan_for

    plan = plan_for(scenario, measure, points, simulate)
    if plan.campaigns > MOST_CAMPAIGNS:
        raise typer.BadParameter(
            f"{plan.rows:,} points would take {plan.campaigns:,} simulated campaigns, and {MOST_CAMPAIGNS:,} are the most; "
            f"give fewer points",
            param_hint="--points",
        )
    return plan


def _find(scenario: Scenario, measure: str, plan: Plan, seed: int, choice: Choice | None) -> dict[str, Any]:
    from simulator.evidence.sensitivity.found import analyse

    if not plan.campaigns:
        return analyse(scenario, measure, plan, seed, choice)
    from simulator.report.render.progress import progress
    from simulator.response.engines import engine_named

    engine = engine_named("auto", lambda words: typer.echo(words, err=True))
    with progress(plan.campaigns) as told:
        return analyse(scenario, measure, plan, seed, choice, engine, told)


def _choice(scenario: Scenario, name: str, overrides: list[str], decide: str, exchange: float) -> Choice:
    """The options that ``--decide KEY=A,B,...`` names, each loaded as a scenario of its own."""
    import math

    from simulator.evidence.sensitivity.decision_found import Choice
    from simulator.scenario.errors import shorten, shown

    key, equals, text = decide.partition("=")
    key, values = key.strip(), [item.strip() for item in text.split(",")]
    place = f"--decide {shorten(decide)}"
    if not equals or not key:
        raise typer.BadParameter("must be KEY=A,B,..., for example recogniser.threshold=0.60,0.64", param_hint=place)
    numbers = [_number(item) for item in values]
    if any(number is None for number in numbers):
        bad = values[numbers.index(None)]
        raise typer.BadParameter(f"every option must be a number (got {shown(bad)})", param_hint=place)
    options = [number for number in numbers if number is not None]
    if not 2 <= len(set(options)) == len(options) <= MOST_OPTIONS:
        got = (
            f"{len(set(options))} different among {len(options)}" if len(set(options)) < len(options) else len(options)
        )
        raise typer.BadParameter(f"needs 2 to {MOST_OPTIONS} options, each once (got {got})", param_hint=place)
    if not (math.isfinite(exchange) and 0 < exchange <= 1e9):
        raise typer.BadParameter(
            f"must be above 0 and at most 1,000,000,000 (got {exchange:g})", param_hint="--exchange"
        )
    if scenario.joint_draws and key in scenario.joint_draws.columns:
        raise typer.BadParameter(
            f"{key} is drawn jointly with others in {scenario.joint_draws.file}, so it cannot be chosen; leave its column "
            f"out of that file",
            param_hint=place,
        )
    return Choice(key, tuple(options), tuple(_option(name, overrides, key, item) for item in values), exchange)


def _option(name: str, overrides: list[str], key: str, value: str) -> Scenario:
    """The scenario with one option of the decision; what is wrong with it is said of ``--decide``."""
    from simulator.scenario import load_scenario
    from simulator.scenario.errors import Problem, ScenarioError, shorten

    override = f"{key}={value}"
    try:
        return load_scenario(name, [*overrides, override])
    except ScenarioError as error:
        ours = f"--set {shorten(override)}"
        raise ScenarioError(
            *(
                Problem(f"--decide {shorten(override)}", problem.field, problem.rule)
                if problem.place == ours
                else problem
                for problem in error.problems
            )
        ) from None


def _number(text: str) -> float | None:
    import math

    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _write(found: dict[str, Any], folder: Path) -> None:
    """Write what was found, and its tornado chart where it has inputs, into *folder*."""
    import json

    from simulator.report.figures import style, tornado

    text = json.dumps(found, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    (folder / OWN_FILES[0]).write_text(text, "utf-8")
    if found["inputs"]:
        style.save(tornado.draw(found), folder, tornado.NAME)


def _print(found: dict[str, Any], as_json: bool) -> None:
    import json
    import sys

    from simulator.report.render.terminal import new_console
    from simulator.report.sensitivity.page import print_sensitivity

    if as_json:
        json.dump(found, sys.stdout, indent=2, ensure_ascii=False, allow_nan=False)
        sys.stdout.write("\n")
    else:
        print_sensitivity(found, new_console())


def add_to(app: typer.Typer) -> None:
    """Add these commands to *app*."""
    app.command()(sensitivity)
