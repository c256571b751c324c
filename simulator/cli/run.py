"""``run`` and ``story``: simulate a scenario, and follow one alert of a run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias

import typer

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.experiment.replications import Cell
    from simulator.response.engines import EngineName
    from simulator.scenario.models import Scenario
    from simulator.street.candidates import Envelope

    Where: TypeAlias = tuple[Cell, Envelope]

ScenarioName = Annotated[str, typer.Argument(metavar="SCENARIO", help="A scenario file, or the name of a shipped one.")]
Overrides = Annotated[
    list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="Override one value; may be given again.")
]


def _between(low: int, high: int) -> Callable[[int], int]:
    """Check a whole number; typer's own message does not say what it got."""

    def check(value: int) -> int:
        if not low <= value <= high:
            raise typer.BadParameter(f"must be between {low} and {high:,} (got {value})")
        return value

    return check


def run(
    scenario: ScenarioName,
    replications: Annotated[
        str, typer.Option("-n", "--replications", help="Campaigns to simulate, or auto: as many as --precision takes.")
    ] = "1000",
    seed: Annotated[int, typer.Option(callback=_between(0, 2**63), help="Same seed, same bytes.")] = 1,
    overrides: Overrides = None,
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
    csv: Annotated[bool, typer.Option("--csv", help="With -o: CSV copies of the tables.")] = False,
    precision: Annotated[
        str,
        typer.Option(metavar="P%", help="With -n auto: half of the 95 % interval of the average, as a share of it."),
    ] = "5%",
    measure: Annotated[str, typer.Option(metavar="NAME", help="With -n auto: the measure to be known so well.")] = (
        "wrongful_stops"
    ),
    most: Annotated[
        int, typer.Option(callback=_between(200, 1_000_000), help="With -n auto: the most campaigns to simulate.")
    ] = 100_000,
    at: Annotated[
        str | None, typer.Option("--at", metavar="THRESHOLD,SIZE", help="Take this cell of the scenario's surface.")
    ] = None,
    envelope: Annotated[
        str | None, typer.Option(metavar="THRESHOLD,SIZE", help="Draw as a sweep from here on: equals its cell.")
    ] = None,
    engine: Annotated[
        Literal["auto", "kernel", "process"], typer.Option(help="kernel: compiled; process: SimPy. Same results.")
    ] = "auto",
) -> None:
    """Simulate a campaign many times and say what happened, out of how many of what, and how sure that is.

    Example: lfrsim run croydon-static --set recogniser.threshold=0.60 -o results/threshold-060

    Every campaign is simulated twice: with the scenario's median inputs (what is left is chance), and with inputs
    drawn from their intervals (chance and ignorance together).
    """
    from simulator.cli import INTERRUPTED
    from simulator.scenario import load_scenario

    if csv and output is None:
        raise typer.BadParameter("needs -o DIR, the folder to write to", param_hint="--csv")
    if output is not None and not output.strip():
        raise typer.BadParameter("must name a folder (got nothing)", param_hint="-o")
    loaded = load_scenario(scenario, overrides or [])
    folder = None if output is None else Path(output)
    where = _where(loaded, at, envelope)
    try:
        number = _number(loaded, replications, precision, measure, most, seed, where, engine)
        summary = _simulate(loaded, number, seed, folder, csv, where, engine)
    except KeyboardInterrupt:
        typer.echo("interrupted; nothing was written", err=True)
        raise typer.Exit(INTERRUPTED) from None
    _print(summary, json_)
    _print_next(summary, loaded.name, folder)


def _pair(text: str, option: str) -> tuple[float, float]:
    """A threshold and a list size, as in 0.60,19000."""
    parts = text.split(",")
    try:
        threshold, size = (float(part) for part in parts)
    except ValueError:
        threshold, size = -1.0, 0.0
    if not 0 <= threshold <= 1 or not 1 <= size <= 1e9:
        message = (
            f"must be THRESHOLD,SIZE, a threshold from 0 to 1 and a list of at least 1, as in 0.60,19000 (got {text})"
        )
        raise typer.BadParameter(message, param_hint=option)
    return threshold, size


def _where(scenario: Scenario, at: str | None, envelope: str | None) -> Where:
    """The cell to take and the envelope to draw for."""
    from simulator.evidence.study import envelope_around
    from simulator.experiment.replications import Cell, cell_of
    from simulator.street.candidates import Envelope

    cell = cell_of(scenario) if at is None else Cell(*_pair(at, "--at"))
    if envelope is None:
        return cell, envelope_around(scenario, cell)
    wide = Envelope(*_pair(envelope, "--envelope"))
    if cell.threshold < wide.threshold or cell.size > wide.size:
        message = f"must reach down to threshold {cell.threshold:g} and up to a list of {cell.size:g} (got {envelope})"
        raise typer.BadParameter(message, param_hint="--envelope")
    return cell, wide


def _number(
    scenario: Scenario,
    replications: str,
    precision: str,
    measure: str,
    most: int,
    seed: int,
    where: Where,
    engine: EngineName,
) -> int:
    """How many campaigns to run: as many as asked for, or as many as the precision takes."""
    from simulator.evidence.measures import NAMES
    from simulator.evidence.precision import COARSEST, FINEST, Target, campaigns_for
    from simulator.report.words import number, whole
    from simulator.response.engines import engine_named
    from simulator.scenario.errors import shown

    if replications != "auto":
        try:
            return _between(1, 1_000_000)(int(replications))
        except ValueError:
            message = f'must be a whole number, or "auto" (got {shown(replications)})'
            raise typer.BadParameter(message, param_hint="-n") from None
    try:
        relative = float(precision.removesuffix("%")) / (100 if precision.endswith("%") else 1)
    except ValueError:
        relative = -1.0
    if not FINEST <= relative <= COARSEST:
        message = f"must be a share from {FINEST:.1%} to {COARSEST:.0%}, as in 5% (got {shown(precision)})"
        raise typer.BadParameter(message, param_hint="--precision")
    if measure not in NAMES:
        message = f"no measure is called {shown(measure)}; for example wrongful_stops"
        raise typer.BadParameter(message, param_hint="--measure")
    resolver = engine_named(engine, lambda message: typer.echo(message, err=True))
    reached = campaigns_for(scenario, Target(measure, relative, most), seed, resolver, *where)
    told = f"-n auto: {whole(reached.campaigns)} campaigns"
    if reached.met:
        told += f"; the average of {measure} is known to {100 * reached.look.relative:.1f} % (95 %)"
    elif reached.never:
        told += f"; {measure} is always 0, because {reached.never}"
    else:
        told += f"; {measure} is not known to {100 * relative:g} % by then"
        told += f", about {number(reached.needed)} would be needed" if reached.needed else ""
    typer.echo(told, err=True)
    return reached.campaigns


def _simulate(
    scenario: Scenario, replications: int, seed: int, output: Path | None, csv: bool, where: Where, engine: EngineName
) -> dict[str, Any]:
    """Run the study, write it to *output* if there is one, and return its summary."""
    from contextlib import nullcontext
    from time import perf_counter

    from simulator.evidence.study import run_study
    from simulator.evidence.summary import summarise
    from simulator.experiment.store import OutputFolder
    from simulator.response.engines import engine_named

    engine_named(engine, lambda message: typer.echo(message, err=True))
    started = perf_counter()
    with OutputFolder(output) if output else nullcontext() as folder:
        sink = folder.sink(scenario, seed) if folder else None
        with _progress(2 * replications) as progress:
            study = run_study(scenario, replications, seed, progress, sink, engine, *where)
        summary = summarise(study)
        if folder:
            from simulator.report.folder import write_results

            write_results(folder, study, summary, csv, perf_counter() - started, engine)
    return summary


def _print(summary: dict[str, Any], as_json: bool) -> None:
    import json
    import sys

    from simulator.report.terminal import new_console, print_summary

    if as_json:
        json.dump(summary, sys.stdout, indent=2, ensure_ascii=False, allow_nan=False)
        sys.stdout.write("\n")
    else:
        print_summary(summary, new_console())


def _print_next(summary: dict[str, Any], name: str, output: Path | None) -> None:
    """Name the next useful command, ready to be pasted."""
    import shlex
    import sys

    if output is None:
        command = shlex.join(["lfrsim", *sys.argv[1:], "-o", f"results/{name}"])
        typer.echo(f"Next, to keep every alert, four figures and summary.json:\n  {command}", err=True)
        return
    measures = summary["measures"]
    words = (("wrongful", "wrongful_stops"), ("false", "false_alerts"), ("true", "true_alerts"))
    told = next((word for word, measure in words if measures[measure]["mean"] > 0), None)
    typer.echo(f"Written to {output}", err=True)
    if told:
        command = shlex.join(["lfrsim", "story", str(output), told])
        typer.echo(f"Next, to follow one person step by step:\n  {command}", err=True)


class _progress:  # noqa: N801 - reads as a function where it is used
    """A progress bar over campaigns on a terminal; nothing elsewhere."""

    def __init__(self, total: int) -> None:
        self.total = total

    def __enter__(self) -> Callable[[int], None] | None:
        import sys

        self.bar = None
        if not sys.stderr.isatty():
            return None
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        from simulator.report.terminal import new_console

        columns = (TextColumn("campaigns"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self.bar = Progress(*columns, console=new_console(stderr=True), transient=True)
        self.bar.start()
        task = self.bar.add_task("campaigns", total=self.total)
        bar = self.bar
        return lambda done: bar.advance(task, done)

    def __exit__(self, *_: object) -> None:
        if self.bar:
            self.bar.stop()


def story(
    run_folder: Annotated[Path, typer.Argument(metavar="RUN", help="A folder written by lfrsim run -o.")],
    alert: Annotated[
        str,
        typer.Argument(metavar="ALERT", help="REPLICATION.ALERT such as 17.3, or: false, wrongful, true, arrested."),
    ],
) -> None:
    """Tell what happened to one simulated person, step by step, in words and times.

    Example: lfrsim story results/croydon-static wrongful
    """
    from simulator.report.story import tell

    typer.echo(tell(run_folder, alert))


def add_to(app: typer.Typer) -> None:
    """Add these commands to *app*."""
    app.command()(run)
    app.command()(story)
