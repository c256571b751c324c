"""``check``: forecasts of recorded deployments beside what was recorded."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from simulator.cli.finish import answer, next_command, same_command, written_to
from simulator.cli.options import Overrides, ScenarioName, Seed, one_of, whole
from simulator.cli.output import Details, output_folder
from simulator.cli.records import Blank, Decimal, Named, SkipBad, read_as
from simulator.cli.reporting import Report, hand_over, report_page

if TYPE_CHECKING:
    import datetime as dt

    from simulator.evidence.check.assumed import Assumed
    from simulator.evidence.check.checked import Checked
    from simulator.evidence.check.question import Question, Split


def check(
    scenario: ScenarioName,
    records: Annotated[Path, typer.Argument(metavar="RECORDS.csv", help="Deployment records, one row a deployment.")],
    train_until: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Train a model on rows up to this day, and test on those after it."),
    ] = None,
    train_from: Annotated[
        str | None, typer.Option(metavar="DATE", help="With --train-until: leave out rows before this day.")
    ] = None,
    given_faces: Annotated[
        bool, typer.Option("--given-faces", help="Tell the scenario the faces counted, which no planner knows.")
    ] = False,
    assume_hours: Annotated[
        str | None,
        typer.Option(metavar="HOURS[:SPREAD]", help="Hours of rows that print none: 5.8, or mean and spread, 5.8:1.2."),
    ] = None,
    assume_list: Annotated[
        int | None,
        typer.Option(metavar="N", parser=whole(1, 1_000_000_000), help="Size of the list in rows that print none."),
    ] = None,
    replications: Annotated[
        int,
        typer.Option("-n", "--replications", metavar="N", parser=whole(100, 20_000), help="Simulations of the record."),
    ] = 500,
    seed: Seed = 1,
    overrides: Overrides = None,
    skip_bad: SkipBad = False,
    column: Named = None,
    decimal: Decimal = None,
    blank: Blank = None,
    require: Annotated[
        Literal["scenario", "model"] | None,
        typer.Option(
            metavar="scenario|model",
            parser=one_of("scenario", "model"),
            help="End with exit code 4 unless the forecasts of this one hold; docs say what that requires.",
        ),
    ] = None,
    details: Details = False,
    report: Report = None,
    json_: Annotated[bool, typer.Option("--json", help="Print check.json instead of tables.")] = False,
    output: Annotated[
        str | None,
        typer.Option(
            "-o", "--output", metavar="DIR", help="Write check.json, forecasts.csv and figures to this folder."
        ),
    ] = None,
) -> None:
    """Forecast each recorded deployment from a scenario, and say how often what was recorded lay inside.

    Example: lfrsim check croydon-van records.csv --train-until 2024-12-31 -o results/check

    A dated forecast (FORECAST.json, see results/forecasts/) in the place of the scenario is scored on the rows after its
    own training rows.

    All rows of a place are simulated as one campaign, each with its hours, threshold and list size, with inputs drawn from
    their intervals. With --train-until, a model and a plain baseline trained on the earlier rows stand beside it.
    """
    import os

    from simulator.cli import CHECK_FAILED

    # small matrices: threads of the linear algebra would wait for each other most of the time
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    split = _split(train_until, train_from)
    if require == "model" and split is None:
        raise typer.BadParameter("model is trained only with --train-until DATE", param_hint="--require")
    from simulator.evidence.check.question import question_of
    from simulator.experiment.provenance import MadeFrom
    from simulator.record import read_records
    from simulator.report.check.folder import FILES, write_check
    from simulator.scenario import load_scenario

    assumed = _assumed(assume_hours, assume_list)
    if Path(scenario).suffix.lower() == ".json":
        from simulator.cli.check_forecast import score

        options = ("--train-until", "--train-from", "--given-faces", "--set", "--require")
        given = (train_until, train_from, given_faces, overrides, require)
        own = [option for option, value in zip(options, given, strict=True) if value]
        how = read_as(column, decimal, blank)
        score(Path(scenario), records, own, assumed, seed, skip_bad, how, json_, output, report)
        return
    page = report_page(report)
    folder = output_folder(output, "check", FILES)
    _in_order(scenario, records)
    loaded = load_scenario(scenario, overrides or [])
    read = read_records(records, str(records), skip_bad=skip_bad, read_as=read_as(column, decimal, blank))
    checked = _checked(question_of(loaded, read, split, given_faces, assumed), replications, seed, require)
    if folder is not None:
        folder.made = MadeFrom(loaded, {"seed": seed, "replications": replications})
        with folder as work:
            write_check(checked, work)
    answer(checked.found, json_, details)
    hand_over(page, checked.found, loaded, forecasts_csv=checked.table() if page else None)
    if folder is not None:
        written_to(folder.folder, ", ".join(folder.written))
    elif not json_:
        _say_next(split, loaded.name)
    required = checked.found.requirement
    if required is not None and not required.holds:
        typer.echo(f"--require {require}: does not hold: {'; '.join(required.broken)}", err=True)
        raise typer.Exit(CHECK_FAILED)


def _in_order(scenario: str, records: Path) -> None:
    from simulator.scenario.errors import Problem, ScenarioError

    if Path(scenario).suffix.lower() in (".csv", ".tsv"):
        other = "SCENARIO" if Path(records).suffix.lower() in (".csv", ".tsv") else records
        rule = f"is a file of records: the scenario comes first, then the records: lfrsim check {other} {scenario}"
        raise ScenarioError(Problem(scenario, "", rule))


def _split(until: str | None, first: str | None) -> Split | None:
    from simulator.evidence.check.question import Split

    if until is None:
        if first is not None:
            raise typer.BadParameter("goes with --train-until DATE", param_hint="--train-from")
        return None
    split = Split(
        train_until=_date(until, "--train-until"),
        train_from=None if first is None else _date(first, "--train-from"),
    )
    if split.train_from and split.train_from > split.train_until:
        raise typer.BadParameter(f"must not be after --train-until {until} (got {first})", param_hint="--train-from")
    return split


def _assumed(hours: str | None, list_size: int | None) -> Assumed:
    from simulator.evidence.check.assumed import Assumed, AssumedHours

    option = "--assume-hours"
    try:
        read = None if hours is None else AssumedHours.read(hours)
        option = "--assume-list"
        return Assumed(hours=read, list_size=list_size)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint=option) from None


def _date(text: str, option: str) -> dt.date:
    from simulator.scenario.csv_cells import CellError
    from simulator.scenario.csv_dates import read_date

    try:
        return read_date(text)
    except CellError as error:
        raise typer.BadParameter(str(error), param_hint=option) from None


def _checked(question: Question, replications: int, seed: int, require: str | None) -> Checked:
    from simulator.evidence.check.checked import checked
    from simulator.report.render.progress import progress
    from simulator.response.engines import engine_named

    engine = engine_named("auto", lambda words: typer.echo(words, err=True))
    with progress(len(question.tested), "deployments") as bar:
        return checked(question, replications, seed, engine, require, bar)


def _say_next(split: Split | None, name: str) -> None:
    if split is None:
        typer.echo(
            "Next, to train a model on the earlier rows and test on the later ones: --train-until DATE", err=True
        )
    next_command("to keep every forecast with three figures", *same_command("-o", f"results/{name}-check"))


def add_to(app: typer.Typer) -> None:
    """Add this command to *app*."""
    app.command()(check)
