"""``sweep``: a surface of thresholds, list sizes and whatever else, from one draw and many workers."""

from __future__ import annotations

import shlex
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulator.cli.campaigns import EngineOption, Most, Precision, known_measure, ready, wanted
from simulator.cli.finish import answer, next_command, same_command, written_to
from simulator.cli.options import RARE, Overrides, ScenarioName, Seed, Workers, whole
from simulator.cli.output import Details, folder_named
from simulator.cli.reporting import Report, hand_over, report_page

if TYPE_CHECKING:
    from simulator.evidence.sweep.asked import Asked
    from simulator.evidence.sweep.enough import Enough
    from simulator.evidence.sweep.found import SweepFound
    from simulator.evidence.sweep.sweeping import Crew
    from simulator.evidence.sweep.tradeoff import Tradeoff
    from simulator.response.engines import EngineName
    from simulator.street.candidates import Envelope

Scheduler = Annotated[
    str | None,
    typer.Option(
        "--scheduler",
        metavar="tcp://HOST:PORT",
        help="Use the workers of this dask scheduler.",
        rich_help_panel=RARE,
    ),
]


def sweep(
    scenario: ScenarioName,
    over: Annotated[
        list[str] | None,
        typer.Option(
            "--over", metavar="KEY=VALUES", help="FIRST:LAST:STEP, FIRST:LAST:COUNTlog or A,B,C; may be given again."
        ),
    ] = None,
    replications: Annotated[
        str | None,
        typer.Option(
            "-n",
            "--replications",
            metavar="N|auto",
            help="Campaigns in each cell, or auto: as many as --precision takes; 200, without --over 1,000; years 100, 500.",
        ),
    ] = None,
    precision: Precision = None,
    most: Most = None,
    draws: Annotated[
        int | None,
        typer.Option(
            "--draws",
            metavar="D",
            parser=whole(2, 100_000),
            help="Draw the inputs D times: splits chance from ignorance.",
        ),
    ] = None,
    measure: Annotated[
        list[str] | None,
        typer.Option("--measure", metavar="NAME", help="Measure of tables and -n auto; may be given again."),
    ] = None,
    seed: Seed = 1,
    overrides: Overrides = None,
    year: Annotated[
        bool | None,
        typer.Option("--year/--campaign", help="What is simulated; the year where the scenario states one."),
    ] = None,
    envelope: Annotated[
        str | None,
        typer.Option(
            metavar="THRESHOLD,SIZE",
            help="Draw for this lowest threshold and largest list.",
            rich_help_panel=RARE,
        ),
    ] = None,
    crowding_out: Annotated[
        bool,
        typer.Option(
            "--crowding-out",
            help="Also listed people missed because of false alerts (twice the time).",
            rich_help_panel=RARE,
        ),
    ] = False,
    workers: Workers = None,
    scheduler: Scheduler = None,
    engine: EngineOption = "auto",
    resume: Annotated[bool, typer.Option("--resume", help="With -o: go on where a sweep was interrupted.")] = False,
    details: Details = False,
    report: Report = None,
    json_: Annotated[bool, typer.Option("--json", help="Print every cell as JSON instead of tables.")] = False,
    output: Annotated[
        str | None,
        typer.Option("-o", "--output", metavar="DIR", help="Keep every campaign, the surface and figures here."),
    ] = None,
) -> None:
    """Compute a surface: false alerts, wrongful stops and all else against threshold, list size, staff or any number.

    Example: lfrsim sweep croydon-static --over recogniser.threshold=0.56:0.70:0.01 --over watchlist.size=1000:50000:20log

    Without --over: a small table of false alerts and wrongful stops for both presets. Where the scenario states its year,
    a year is simulated. Thresholds and list sizes come from one draw, so cells differ by what they are, not by chance;
    other axes use the same random numbers.
    """
    if resume and output is None:
        raise typer.BadParameter("needs -o DIR, the folder of the sweep to go on with", param_hint="--resume")
    page = report_page(report)
    folder = None if output is None else folder_named(output)
    from simulator.evidence.sweep.asked import asked
    from simulator.experiment.floods import flood_in

    measures = [known_measure(name) for name in measure or []]
    given = replications or precision or most
    number = wanted(replications or "N", precision, None, most) if given else None
    drawn_for = _envelope(envelope)
    question = asked(
        scenario, over or [], number, draws, measures, seed, overrides or [], drawn_for, crowding_out, year
    )
    asked_of = flood_in(question.sweep.scenario)
    if asked_of:
        typer.echo(str(asked_of), err=True)
    found = _answer(question, _crew(workers, scheduler, engine), folder, resume)
    # as JSON the cells alone: what is said with them is in words
    answer(replace(found, about=None) if json_ else found, json_, details)
    hand_over(page, found, question.sweep.scenario, tradeoff_json=_tradeoff(question) if page else None)
    if folder:
        written_to(folder)
    elif not json_:
        keep = same_command("-o", f"results/{found.sweep.scenario.name}-sweep")
        next_command("to keep every campaign, the surface and its figures", *keep)


def _envelope(text: str | None) -> Envelope | None:
    from simulator.experiment.points import PointError, parse_point
    from simulator.street.candidates import Envelope

    if text is None:
        return None
    try:
        return Envelope(*parse_point(text))
    except PointError as error:
        raise typer.BadParameter(str(error), param_hint="--envelope") from None


def _crew(workers: int | None, scheduler: str | None, engine: EngineName) -> Crew:
    from simulator.evidence.sweep.asked import crew_of

    if scheduler is None:
        # compiled here, so that worker processes inherit the machine code
        ready(engine)
    return crew_of(workers, scheduler, engine)


def _answer(question: Asked, crew: Crew, output: Path | None, resume: bool) -> SweepFound:
    """Compute the surface, and write it to *output* if there is one."""
    from time import perf_counter

    from simulator.cli import INTERRUPTED, UNEXPECTED
    from simulator.evidence.sweep.asked import answered, settled
    from simulator.experiment.hand_out import WorkerError
    from simulator.report.render.progress import progress

    started = perf_counter()
    try:
        if question.target is not None:
            cells = len(question.sweep.points) * len(question.sweep.cells)
            with progress(cells * question.target.most, "campaigns, at most") as bar:
                question = settled(question, crew, output, resume, bar, _say_enough)
        planned = question.sweep
        with progress(len(planned.points) * len(planned.cells) * planned.replications) as bar:
            found = answered(question, crew, output, resume, bar, lambda text: typer.echo(text, err=True))
        if output is not None:
            from simulator.evidence.sweep.tradeoff import tradeoff_of
            from simulator.report.sweep.folder import write_surface

            write_surface(output, planned, found, tradeoff_of(planned.scenario), crew, perf_counter() - started)
    except KeyboardInterrupt:
        typer.echo(f"interrupted; {_how_to_resume(output)}", err=True)
        raise typer.Exit(INTERRUPTED) from None
    except WorkerError as error:
        typer.echo(f"{error}\n{_how_to_resume(output)}", err=True)
        raise typer.Exit(UNEXPECTED) from None
    return found


def _tradeoff(question: Asked) -> Tradeoff:
    from simulator.evidence.sweep.tradeoff import tradeoff_of

    return tradeoff_of(question.sweep.scenario)


def _say_enough(found: Enough) -> None:
    """Say on standard error how many campaigns every cell has, and how well its average is known."""
    from simulator.evidence.numbers import number, whole

    head, silent = f"-n auto: {whole(found.campaigns)} campaigns in each cell", ""
    if found.silent:
        silent = f" In {whole(found.silent)} of {whole(found.averages)} nothing happened: nothing says how many would be needed."
    if found.worst is None:
        typer.echo(f"{head}.{silent}", err=True)
        return
    known, limit = found.averages - found.silent, number(100 * found.target.relative)
    where = ", ".join(
        f"{key} {value:g}" if isinstance(value, float) else f"{key} {value}" for key, value in found.setting
    )
    ceiling = "" if found.met == known else ", the most allowed (--most)"
    typer.echo(
        f"{head}{ceiling}. At 95 %, {whole(found.met)} of {whole(known)} averages are known to {limit} % of themselves; the "
        f"worst, of {found.measure} at {where}, to {number(100 * found.worst.relative)} %.{silent}",
        err=True,
    )


def _how_to_resume(output: Path | None) -> str:
    if output is not None and not output.exists():
        return "nothing was kept yet"
    if output is None:
        return "nothing was kept. With -o DIR what is finished is kept, and --resume goes on with it"
    command = ["lfrsim", *(word for word in same_command() if word != "--resume"), "--resume"]
    return f"what was finished is in {output}. To go on:\n  {shlex.join(command)}"


def add_to(app: typer.Typer) -> None:
    """Add this command to *app*."""
    app.command()(sweep)
