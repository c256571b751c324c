"""``sensitivity``: which inputs an average hangs on, and which is most worth measuring for a decision."""

from __future__ import annotations

from typing import Annotated

import typer

from simulator.cli.campaigns import Year
from simulator.cli.finish import answer, next_command, same_command, written_to
from simulator.cli.options import RARE, Overrides, ScenarioName, Seed, above_zero, whole
from simulator.cli.output import Details, output_folder
from simulator.cli.reporting import Report, hand_over, report_page


def sensitivity(
    scenario: ScenarioName,
    measure: Annotated[
        str, typer.Option(metavar="NAME", help="The measure whose average is explained; see summary.json for names.")
    ] = "wrongful_stops",
    overrides: Overrides = None,
    year: Year = False,
    decide: Annotated[
        str | None,
        typer.Option(metavar="KEY=A,B,...", help="Options of one decision; needs --exchange. What is worth measuring?"),
    ] = None,
    exchange: Annotated[
        float | None,
        typer.Option(
            metavar="X",
            parser=above_zero,
            help="Your rate: one person wrongly stopped weighs as much as X listed people stopped.",
        ),
    ] = None,
    points: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            parser=whole(0, 2**63),
            help="Points of each sample, a power of 2; more: narrower.",
            rich_help_panel=RARE,
        ),
    ] = None,
    simulate: Annotated[
        bool, typer.Option("--simulate", help="Use simulated averages also where there is a closed form (a minute).")
    ] = False,
    seed: Seed = 1,
    details: Details = False,
    report: Report = None,
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
    from simulator.evidence.about.question import QuestionError
    from simulator.evidence.sensitivity.asked import answered, question_of
    from simulator.experiment.provenance import MadeFrom
    from simulator.report.render.progress import progress
    from simulator.report.sensitivity.folder import FILES, write_sensitivity

    try:
        question = question_of(scenario, measure, overrides or [], decide, exchange, points, simulate, seed, year)
    except QuestionError as error:
        hint = {"decide and exchange": "--decide and --exchange"}.get(error.field, f"--{error.field}")
        raise typer.BadParameter(error.rule, param_hint=hint) from None
    page = report_page(report)
    folder = output_folder(output, "sensitivity", FILES)
    found = answered(question, progress, lambda words: typer.echo(words, err=True))
    if folder is not None:
        folder.made = MadeFrom(question.scenario, {"seed": seed, "points": points})
        with folder as work:
            write_sensitivity(work, found)
    answer(found, json_, details)
    hand_over(page, found, question.scenario)
    if folder is not None:
        written_to(folder.folder, ", ".join(folder.written))
    elif not json_:
        keep = same_command("-o", f"results/{found.scenario.name}-sensitivity")
        next_command("to keep this with a tornado chart", *keep)


def add_to(app: typer.Typer) -> None:
    """Add these commands to *app*."""
    app.command()(sensitivity)
