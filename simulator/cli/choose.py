"""``choose``: which thresholds keep to a limit that the user states, and what that costs in listed people found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from simulator.cli.campaigns import EngineOption, ready
from simulator.cli.finish import answer, next_command, same_command, written_to
from simulator.cli.options import RARE, Overrides, ScenarioName, Seed, Workers, whole
from simulator.cli.output import Details, output_folder
from simulator.cli.reporting import Report, hand_over, report_page

if TYPE_CHECKING:
    from simulator.evidence.choose.found import ChooseFound
    from simulator.evidence.choose.question import Question, Setting
    from simulator.response.engines import EngineName

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
        int,
        typer.Option(
            "-n", "--replications", metavar="N", parser=whole(FEWEST, MOST), help="Campaigns at each threshold."
        ),
    ] = 500,
    draws: Annotated[
        int,
        typer.Option(
            metavar="D",
            parser=whole(FEWEST, MOST_DRAWS),
            help="Draws of the inputs from their intervals.",
            rich_help_panel=RARE,
        ),
    ] = 250,
    seed: Seed = 1,
    workers: Workers = None,
    engine: EngineOption = "auto",
    details: Details = False,
    report: Report = None,
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
    from simulator.evidence.choose.limits import LimitError
    from simulator.evidence.choose.question import ThresholdsError, question_of, settings_of
    from simulator.experiment.provenance import MadeFrom
    from simulator.report.choose.folder import FILES, write_choice

    try:
        question = question_of(
            scenario, limit, over, overrides=overrides or [], replications=replications, draws=draws, seed=seed
        )
        settings, unread = settings_of(question)
    except LimitError as error:
        raise typer.BadParameter(str(error), param_hint="--limit") from None
    except ThresholdsError as error:
        raise typer.BadParameter(str(error), param_hint="--over") from None
    page = report_page(report)
    folder = output_folder(output, "choose", FILES)
    found = _find(question, settings, unread, workers, engine)
    if folder is not None:
        parameters = {"seed": seed, "replications": replications, "draws": draws, "engine": engine, "workers": workers}
        folder.made = MadeFrom(settings[0].scenario, parameters)
        with folder as work:
            write_choice(found, work)
    answer(found, json_, details)
    hand_over(page, found, settings[0].scenario)
    if folder is not None:
        written_to(folder.folder, ", ".join(folder.written))
    elif not json_:
        keep = same_command("-o", f"results/{found.scenario.name}-choice")
        next_command("to keep this with a figure of the frontier", *keep)


def _find(
    question: Question, settings: list[Setting], unread: list[str], workers: int | None, engine: EngineName
) -> ChooseFound:
    from simulator.cli import INVALID_INPUT, UNEXPECTED
    from simulator.evidence.choose.asked import answered
    from simulator.evidence.choose.question import campaigns_in
    from simulator.experiment.hand_out import WorkerError
    from simulator.report.render.progress import progress
    from simulator.response.engines import EngineError

    try:
        ready(engine)
        with progress(campaigns_in(settings)) as bar:
            return answered(question, settings, unread, workers=workers, engine=engine, progress=bar)
    except (EngineError, WorkerError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(INVALID_INPUT if isinstance(error, EngineError) else UNEXPECTED) from None


def add_to(app: typer.Typer) -> None:
    """Add this command to *app*."""
    app.command()(choose)
