"""``check``: forecasts of recorded deployments beside what was recorded."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from simulator.cli.output import output_folder
from simulator.cli.run import Overrides, ScenarioName, _between

if TYPE_CHECKING:
    import datetime as dt

    from simulator.evidence.check.checked import Checked, Split
    from simulator.evidence.check.planned import Recorded
    from simulator.record import Records
    from simulator.scenario.models import Scenario

MOST_TESTED = 2_000
OWN_FILES = ("check.json", "forecasts.csv", "pit.svg", "pit.png", "forecasts.svg", "forecasts.png")


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
    replications: Annotated[
        int, typer.Option("-n", "--replications", callback=_between(100, 20_000), help="Simulations of each row.")
    ] = 500,
    seed: Annotated[int, typer.Option(callback=_between(0, 2**63), help="Same seed, same numbers.")] = 1,
    overrides: Overrides = None,
    skip_bad: Annotated[
        bool, typer.Option("--skip-bad", help="Leave out rows with mistakes, and say how many.")
    ] = False,
    require: Annotated[
        Literal["scenario", "model"] | None,
        typer.Option(help="End with exit code 4 unless the forecasts of this one hold; docs say what that requires."),
    ] = None,
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

    Each row is simulated with its hours, threshold and list size, with inputs drawn from their intervals. With
    --train-until, a model and a plain baseline trained on the earlier rows stand beside it.
    """
    import os

    from simulator.cli import CHECK_FAILED

    # small matrices: threads of the linear algebra would wait for each other most of the time
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    split = _split(train_until, train_from)
    if require == "model" and split is None:
        raise typer.BadParameter("model is trained only with --train-until DATE", param_hint="--require")
    folder = output_folder(output, "check", OWN_FILES)
    from simulator.evidence.check.found import document_of
    from simulator.record import read_records
    from simulator.report.check.folder import write_check
    from simulator.scenario import load_scenario

    _in_order(scenario, records)
    loaded = load_scenario(scenario, overrides or [])
    read = read_records(records, str(records), skip_bad=skip_bad)
    rows = _rows(read, split, given_faces)
    checked = _checked(loaded, rows, replications, seed, split, read.label)
    document = document_of(loaded, read, len(rows), checked, split)
    if require is not None:
        from simulator.evidence.check.requirement import required

        document["requirement"] = required(document, require)
    if folder is not None:
        with folder as work:
            write_check(document, checked, work)
    _print(document, json_)
    if folder is not None:
        typer.echo(f"Written to {folder.folder}: {', '.join(folder.written)}", err=True)
    elif not json_:
        _next(split, loaded.name)
    if require is not None and not document["requirement"]["holds"]:
        typer.echo(f"--require {require}: does not hold: {'; '.join(document['requirement']['broken'])}", err=True)
        raise typer.Exit(CHECK_FAILED)


def _in_order(scenario: str, records: Path) -> None:
    from simulator.scenario.errors import Problem, ScenarioError

    if Path(scenario).suffix.lower() in (".csv", ".tsv"):
        rule = f"is a file of records: the scenario comes first, then the records: lfrsim check {records} {scenario}"
        raise ScenarioError(Problem(scenario, "", rule))


def _split(until: str | None, first: str | None) -> Split | None:
    from simulator.evidence.check.checked import Split

    if until is None:
        if first is not None:
            raise typer.BadParameter("goes with --train-until DATE", param_hint="--train-from")
        return None
    split = Split(_date(until, "--train-until"), None if first is None else _date(first, "--train-from"))
    if split.train_from and split.train_from > split.train_until:
        raise typer.BadParameter(f"must not be after --train-until {until} (got {first})", param_hint="--train-from")
    return split


def _date(text: str, option: str) -> dt.date:
    import datetime as dt

    from simulator.scenario.errors import shown

    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"must be a day such as 2024-12-31 (got {shown(text)})", param_hint=option) from None


def _rows(read: Records, split: Split | None, given_faces: bool) -> Recorded:
    """The rows that can be forecast; raises ScenarioError where there are none to train on or to test."""
    from simulator.evidence.check.planned import recorded
    from simulator.scenario.errors import Problem, ScenarioError

    frame = read.frame[read.frame["hours"].notna()]
    if not len(frame):
        rule = (
            "no row gives the length of its deployment, and without hours nothing can be forecast; add a column hours"
        )
        raise ScenarioError(Problem(read.label, "hours", rule))
    if given_faces and not frame["faces"].notna().any():
        rule = "no row gives faces; leave --given-faces out"
        raise ScenarioError(Problem(read.label, "faces", rule))
    rows = recorded(frame, given_faces)
    tested = rows
    if split is not None:
        training, tested = split.parts(rows)
        span = f"rows with hours run from {frame['date'].min():%Y-%m-%d} to {frame['date'].max():%Y-%m-%d}"
        if not len(training):
            rule = f"no row of {read.label} lies before or on this day to train on: {span}; give a later day"
            raise ScenarioError(Problem(f"--train-until {split.train_until}", "", rule))
        if not len(tested):
            rule = f"no row of {read.label} lies after this day, so nothing can be tested: {span}; give an earlier day"
            raise ScenarioError(Problem(f"--train-until {split.train_until}", "", rule))
    if len(tested) > MOST_TESTED:
        rule = (
            f"{len(tested):,} rows are to be forecast and {MOST_TESTED:,} are the most; give a file with fewer rows"
            + (", or a later --train-until" if split else "")
        )
        raise ScenarioError(Problem(read.label, "", rule))
    return rows


def _checked(
    scenario: Scenario, rows: Recorded, replications: int, seed: int, split: Split | None, label: str
) -> Checked:
    from simulator.evidence.check.checked import check as run
    from simulator.report.render.progress import progress
    from simulator.response.engines import engine_named

    engine = engine_named("auto", lambda words: typer.echo(words, err=True))
    with progress(len(rows if split is None else split.parts(rows)[1]), "deployments") as bar:
        return run(scenario, rows, replications, seed, engine, split, label, bar)


def _print(document: dict[str, Any], as_json: bool) -> None:
    import json
    import sys

    from simulator.report.check.page import print_check
    from simulator.report.render.terminal import new_console

    if as_json:
        json.dump(document, sys.stdout, indent=2, ensure_ascii=False, allow_nan=False)
        sys.stdout.write("\n")
    else:
        print_check(document, new_console())


def _next(split: Split | None, name: str) -> None:
    import shlex
    import sys

    if split is None:
        typer.echo(
            "Next, to train a model on the earlier rows and test on the later ones: --train-until DATE", err=True
        )
    command = shlex.join(["lfrsim", *sys.argv[1:], "-o", f"results/{name}-check"])
    typer.echo(f"Next, to keep every forecast with two figures:\n  {command}", err=True)


def add_to(app: typer.Typer) -> None:
    """Add this command to *app*."""
    app.command()(check)
