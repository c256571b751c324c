"""``choose``: which thresholds keep to a limit that the user states, and what that costs in listed people found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from simulator.cli.output import output_folder
from simulator.cli.run import Overrides, ScenarioName, _between

if TYPE_CHECKING:
    from simulator.evidence.choose.found import Question, Setting
    from simulator.evidence.choose.limits import Limit

OVER = "0.56:0.70:0.01"
# Fewer campaigns, or draws, cannot show that 95 % of all keep to a limit, even if every one of them does.
FEWEST, MOST, MOST_DRAWS = 60, 100_000, 10_000


def choose(
    scenario: ScenarioName,
    limit: Annotated[
        list[str],
        typer.Option(metavar='"MEASURE<=NUMBER"', help="MEASURE[_per_[100k_]UNIT]<=NUMBER, or >=; may be given again."),
    ],
    over: Annotated[str, typer.Option(metavar="THRESHOLDS", help="FIRST:LAST:STEP or A,B,C.")] = OVER,
    overrides: Overrides = None,
    replications: Annotated[
        int, typer.Option("-n", "--replications", callback=_between(FEWEST, MOST), help="Campaigns at each threshold.")
    ] = 500,
    draws: Annotated[
        int, typer.Option(callback=_between(FEWEST, MOST_DRAWS), help="Draws of the inputs from their intervals.")
    ] = 250,
    seed: Annotated[int, typer.Option(callback=_between(0, 2**63), help="Same seed, same numbers.")] = 1,
    workers: Annotated[
        int | None,
        typer.Option(metavar="N", callback=lambda n: n if n is None else _between(1, 1_000)(n), help="Processes."),
    ] = None,
    engine: Annotated[
        Literal["auto", "kernel", "process"], typer.Option(help="kernel: compiled; process: SimPy. Same results.")
    ] = "auto",
    json_: Annotated[bool, typer.Option("--json", help="Print choice.json instead of tables.")] = False,
    output: Annotated[
        str | None,
        typer.Option(
            "-o", "--output", metavar="DIR", help="Write choice.json, choice.csv and the frontier to this folder."
        ),
    ] = None,
) -> None:
    """Say which thresholds keep to a limit that you state, how surely, and what that costs in listed people found.

    Example: lfrsim choose croydon-static --limit "wrongful_stops_per_100k_faces<=0.1"

    Three answers: on average with the inputs at their middle values, on average whatever the inputs are, and in a single
    campaign. MEASURE is a name such as wrongful_stops, people_wrongly_stopped, false_alerts, listed_stopped or
    liberty_lost_min; UNIT is face, passage, alert, stop, arrest, camera_hour, deployment, campaign or year. The limit is
    yours: the program recommends no threshold.
    """
    from simulator.report.choose.folder import write_choice

    limits = [_limit(text) for text in limit]
    question = _question(scenario, overrides or [], limits, over, seed, replications, draws)
    folder = output_folder(output, "choose", OWN_FILES)
    settings, unread = _settings(question)
    found = _find(question, settings, unread, workers, engine)
    if folder is not None:
        with folder as work:
            write_choice(found, settings[0].scenario, work)
    _print(found, json_)
    if folder is not None:
        typer.echo(f"Written to {folder.folder}: {', '.join(folder.written)}", err=True)
    elif not json_:
        import shlex
        import sys

        command = shlex.join(["lfrsim", *sys.argv[1:], "-o", f"results/{settings[0].scenario.name}-choice"])
        typer.echo(f"Next, to keep this with a figure of the frontier:\n  {command}", err=True)


def _limit(text: str) -> Limit:
    from simulator.evidence.choose.limits import LimitError, parse_limit

    try:
        return parse_limit(text)
    except LimitError as error:
        raise typer.BadParameter(str(error), param_hint="--limit") from None


def _question(
    scenario: str, overrides: list[str], limits: list[Limit], over: str, seed: int, replications: int, draws: int
) -> Question:
    from simulator.evidence.choose.found import Question
    from simulator.experiment.axes import THRESHOLD, parse_axis
    from simulator.scenario.errors import shown

    axis = parse_axis(over if "=" in over else f"{THRESHOLD}={over}")
    if axis.key != THRESHOLD:
        raise typer.BadParameter(
            f"must be {THRESHOLD}=VALUES, because choose varies the threshold alone (got {shown(axis.key)}); set anything else "
            f"with --set",
            param_hint="--over",
        )
    numbers = [value for value in axis.values if isinstance(value, float)]
    if len(numbers) < len(axis.values):
        raise typer.BadParameter("thresholds must be numbers", param_hint="--over")
    outside = [value for value in numbers if not 0 <= value <= 1]
    if outside:
        raise typer.BadParameter(f"thresholds must be between 0 and 1 (got {outside[0]:g})", param_hint="--over")
    once = tuple(dict.fromkeys(limits))
    return Question(scenario, tuple(overrides), once, tuple(numbers), seed, replications, draws)


def _settings(question: Question) -> tuple[list[Setting], list[str]]:
    from simulator.evidence.choose.found import settings_of
    from simulator.evidence.choose.limits import LimitError

    try:
        return settings_of(question)
    except LimitError as error:
        raise typer.BadParameter(str(error), param_hint="--limit") from None


def _find(
    question: Question, settings: list[Setting], unread: list[str], workers: int | None, engine: Any
) -> dict[str, Any]:
    import os

    from simulator.cli import INTERRUPTED, INVALID_INPUT, UNEXPECTED
    from simulator.evidence.choose.found import campaigns_in, choose
    from simulator.experiment.workers import WorkerError
    from simulator.report.render.progress import progress
    from simulator.response.engines import EngineError, engine_named

    try:
        # compiled here, so that worker processes inherit the machine code
        engine_named(engine, lambda words: typer.echo(words, err=True))
        with progress(campaigns_in(settings)) as bar:
            return choose(question, settings, unread, workers or _processors(os), engine, bar)
    except KeyboardInterrupt:
        typer.echo("interrupted; nothing was written", err=True)
        raise typer.Exit(INTERRUPTED) from None
    except (EngineError, WorkerError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(INVALID_INPUT if isinstance(error, EngineError) else UNEXPECTED) from None


def _processors(os: Any) -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


OWN_FILES = ("choice.json", "choice.csv", "frontier.svg", "frontier.png")


def _print(found: dict[str, Any], as_json: bool) -> None:
    import json
    import sys

    from simulator.report.choose.page import print_choice
    from simulator.report.render.terminal import new_console

    if as_json:
        json.dump(found, sys.stdout, indent=2, ensure_ascii=False, allow_nan=False)
        sys.stdout.write("\n")
    else:
        print_choice(found, new_console())


def add_to(app: typer.Typer) -> None:
    """Add this command to *app*."""
    app.command()(choose)
