"""``run``: simulate a scenario."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from simulator.cli.campaigns import (
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
from simulator.cli.finish import answer, next_command, same_command, written_to
from simulator.cli.options import RARE, Overrides, ScenarioName, Seed
from simulator.cli.output import Details, output_folder
from simulator.cli.reporting import Report, hand_over, report_page
from simulator.cli.run_report import (
    SHARED,
    Made,
    Pictures,
    ReportQuick,
    Wanted,
    announced,
    check_options,
    made_of,
    write_shared,
)

if TYPE_CHECKING:
    from typing import TypeAlias

    from simulator.evidence.run.factor import Factor
    from simulator.evidence.run.found import RunFound
    from simulator.evidence.run.precision import Target
    from simulator.evidence.run.staff import StaffChange
    from simulator.evidence.run.study import Study
    from simulator.experiment.folder import OutputFolder
    from simulator.experiment.replications import Cell
    from simulator.response.engines import EngineName
    from simulator.scenario.models import Scenario
    from simulator.street.candidates import Envelope

    Where: TypeAlias = tuple[Cell, Envelope]

FIGURES = ("funnel", "icons", "distribution", "timeline", "alternatives")
OWN_FILES = (
    "provenance.json",
    "summary.json",
    "scenario.json",
    "figures.json",
    "report.json",
    *SHARED,
    *(f"{table}.{kind}" for table in ("alerts", "replications") for kind in ("parquet", "csv")),
    *(f"{figure}.{kind}" for figure in FIGURES for kind in ("svg", "png")),
)


def run(
    scenario: ScenarioName,
    replications: Campaigns = "1000",
    seed: Seed = 1,
    overrides: Overrides = None,
    year: Year = False,
    json_: Annotated[bool, typer.Option("--json", help="Print summary.json instead of tables.")] = False,
    output: Annotated[
        str | None,
        typer.Option(
            "-o",
            "--output",
            metavar="DIR",
            help="Keep every alert, figures and summary here; replaces a run.",
        ),
    ] = None,
    csv: Annotated[
        bool, typer.Option("--csv", help="With -o: CSV copies of the tables.", rich_help_panel=RARE)
    ] = False,
    at: Annotated[
        str | None,
        typer.Option(
            metavar="THRESHOLD,SIZE",
            help="Take this cell of the scenario's surface instead of its own.",
            rich_help_panel=RARE,
        ),
    ] = None,
    envelope: Annotated[
        str | None,
        typer.Option(
            metavar="THRESHOLD,SIZE",
            help="Draw as a sweep with this lowest threshold and largest list does.",
            rich_help_panel=RARE,
        ),
    ] = None,
    engine: EngineOption = "auto",
    precision: Precision = None,
    measure: PreciseMeasure = None,
    most: Most = None,
    no_alternatives: Annotated[
        bool,
        typer.Option(
            "--no-alternatives",
            help="Leave out what the scenario's alternatives would change.",
            rich_help_panel=RARE,
        ),
    ] = False,
    details: Details = False,
    report: Report = None,
    report_quick: ReportQuick = False,
    pictures: Pictures = False,
) -> None:
    """Simulate a campaign many times and say what happened, out of how many of what, and how sure that is.

    Example: lfrsim run croydon-static --set recogniser.threshold=0.60 -o results/threshold-060

    Every campaign is simulated twice: with the scenario's median inputs (what is left is chance), and with inputs
    drawn from their intervals (chance and ignorance together).
    """
    from simulator.experiment.axes import SIZE, THRESHOLD
    from simulator.experiment.replications import cell_of
    from simulator.scenario.days import without_own
    from simulator.scenario.loader import load_scenario
    from simulator.scenario.year import load_year

    if csv and output is None:
        raise typer.BadParameter("needs -o DIR, the folder to write to", param_hint="--csv")
    check_options(report, report_quick, pictures, output)
    campaigns = wanted(replications, precision, measure, most)
    loaded = (load_year if year else load_scenario)(scenario, overrides or [])
    where = _where(loaded, at, envelope)
    own, cell = cell_of(loaded), where[0]
    for key, other in ((THRESHOLD, cell.threshold != own.threshold), (SIZE, cell.size != own.size)):
        loaded = without_own(loaded, key, "that of --at") if other else loaded
    page = report_page(report)
    folder = output_folder(output, "run", OWN_FILES)
    asked = Wanted(
        alternatives=not no_alternatives,
        details=details,
        wider=page is not None and not report_quick,
        report=page is not None,
        to_share=pictures,
        kept=folder is not None,
    )
    made = _simulate(loaded, campaigns, seed, folder, csv, where, engine, asked)
    answer(made.found, json_, details)
    hand_over(page, made.found, loaded, figures_json=made.pictures, report_json=made.wider)
    if pictures and page is not None:
        write_shared(made, page.parent, page.stem)
    _say_next(made.found, loaded, folder)


def _where(scenario: Scenario, at: str | None, envelope: str | None) -> Where:
    """The cell to take, and what to draw for: the smallest envelope around it and the scenario's own, unless given."""
    from simulator.evidence.run.study import envelope_around
    from simulator.experiment.replications import Cell, cell_of
    from simulator.street.candidates import Envelope

    cell = cell_of(scenario) if at is None else Cell(*_point(scenario, at, "--at"))
    if envelope is None:
        return cell, envelope_around(scenario, cell)
    wide = Envelope(*_point(scenario, envelope, "--envelope"))
    if cell.threshold < wide.threshold or cell.size > wide.size:
        whose = "the scenario's own" if at is None else "that of --at"
        rule = f"must reach down to threshold {cell.threshold:g} and up to a list of {cell.size:,.0f}, {whose} (got {envelope})"
        raise typer.BadParameter(rule, param_hint="--envelope")
    return cell, wide


def _point(scenario: Scenario, text: str, option: str) -> tuple[float, float]:
    """A threshold and a list size that the scenario's rules allow, from the THRESHOLD,SIZE of an *option*."""
    from simulator.experiment.points import PointError, check_point, parse_point

    try:
        threshold, size = parse_point(text)
        check_point(scenario, threshold, size)
    except PointError as error:
        raise typer.BadParameter(str(error), param_hint=option) from None
    return threshold, size


def _enough(scenario: Scenario, target: Target, seed: int, where: Where, engine: EngineName) -> int:
    """How many campaigns the *target* takes, said with what it reached."""
    from simulator.evidence.run.precision import campaigns_for
    from simulator.report.render.progress import progress

    resolver, _ = ready(engine)
    with progress(target.most, "campaigns, at most") as bar:
        reached = campaigns_for(scenario, target, seed, resolver, *where, bar)
    say_reached(reached)
    return reached.campaigns


def _simulate(
    scenario: Scenario,
    campaigns: int | Target,
    seed: int,
    folder: OutputFolder | None,
    csv: bool,
    where: Where,
    engine: EngineName,
    asked: Wanted,
) -> Made:
    """Run the study, and what is *asked* for besides; write it to *folder* if there is one."""
    from contextlib import nullcontext
    from time import perf_counter

    from simulator.evidence.run.found import summarise
    from simulator.evidence.run.study import run_study
    from simulator.experiment.alert_file import AlertFile
    from simulator.report.render.progress import progress
    from simulator.report.run.folder import made_from, write_results

    _, used = ready(engine)
    started = perf_counter()
    with folder or nullcontext() as work:
        number = campaigns if isinstance(campaigns, int) else _enough(scenario, campaigns, seed, where, engine)
        with AlertFile(work, scenario, seed, *where) if work else nullcontext() as alerts, progress(2 * number) as bar:
            sink = alerts.append if alerts else None
            study = run_study(scenario, number, seed, bar, sink, engine, *where)
        if folder is not None:
            folder.made = made_from(study, used)
        seconds = perf_counter() - started
        plan = announced(study, seconds) if asked.wider else None
        factors = _factors(study, engine) if asked.alternatives else ()
        found = summarise(study, factors, _staff(study, engine) if asked.staff else None)
        made = made_of(study, found, asked, engine, plan)
        if work and made.pictures:
            write_results(work, study, found, made.pictures, csv, made.wider)
            if asked.to_share:
                write_shared(made, work)
    return made


def _factors(study: Study, engine: EngineName) -> tuple[Factor, ...]:
    """The factors of the scenario's alternatives."""
    from simulator.evidence.run.twins import budget, factors
    from simulator.report.render.progress import progress

    if not study.scenario.alternatives:
        return ()
    resolver, _ = ready(engine)
    with progress(budget(study), "campaigns of alternatives, at most") as bar:
        return factors(study, resolver, bar)


def _staff(study: Study, engine: EngineName) -> tuple[StaffChange, ...]:
    """What one more and one fewer of each kind of staff change; announced, because it takes a while."""
    from simulator.evidence.run.staff import campaigns_each, kinds_changed, staff_changes
    from simulator.report.render.progress import progress

    resolver, _ = ready(engine)
    with progress(campaigns_each(study) * kinds_changed(study.scenario), "campaigns with other staff") as bar:
        return staff_changes(study, resolver, bar)


def _say_next(found: RunFound, scenario: Scenario, folder: OutputFolder | None) -> None:
    """Name the next useful command, and how to have the year of *scenario* where that is more or less than its campaign."""
    from simulator.evidence.numbers import counted
    from simulator.scenario.year import year_of

    if folder is None:
        keep = same_command("-o", f"results/{found.scenario.name}")
        next_command("to keep all of it", *keep)
        year = year_of(scenario)
        if year is not None and year is not scenario:
            next_command(f"for its year of {counted(len(year.campaign.days), 'deployment')}", *same_command("--year"))
        return
    written_to(folder.folder)
    words = (("wrongful", "wrongful_stops"), ("false", "false_alerts"), ("true", "true_alerts"))
    told = next((word for word, measure in words if found.measures[measure].mean > 0), None)
    if told:
        next_command("to follow one person step by step", "story", str(folder.folder), told)


def add_to(app: typer.Typer) -> None:
    """Add this command to *app*."""
    app.command()(run)
