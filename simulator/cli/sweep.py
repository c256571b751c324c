"""``sweep``: a surface of thresholds, list sizes and whatever else, from one draw and many workers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from simulator.cli.run import Overrides, ScenarioName, _between

if TYPE_CHECKING:
    import pandas as pd

    from simulator.evidence.sweep.sweeping import Crew
    from simulator.experiment.axes import Axis
    from simulator.experiment.sweep import Sweep
    from simulator.scenario.models import Scenario

# What "lfrsim sweep SCENARIO" alone shows, besides the scenario's own list: round numbers around those on record.
THRESHOLDS = "recogniser.threshold=0.58,0.60,0.62,0.64,0.66"
SIZES = (5_000.0, 10_000.0, 30_000.0, 50_000.0)
PRESETS = ("field", "npl")
FIRST_CONTACT = ("false_alerts", "wrongful_stops")
IN_A_CELL, FOR_FIRST_CONTACT = 200, 1000

Workers = Annotated[
    int | None, typer.Option("--workers", metavar="N", help="Processes; as many as processors unless given.")
]
Scheduler = Annotated[
    str | None, typer.Option("--scheduler", metavar="tcp://HOST:PORT", help="Use the workers of this dask scheduler.")
]
Engine = Annotated[
    Literal["auto", "kernel", "process"],
    typer.Option("--engine", help="kernel: compiled; process: SimPy. Same results."),
]


def _count(value: int | None) -> int | None:
    return None if value is None else _between(1, 1_000_000)(value)


def sweep(
    scenario: ScenarioName,
    over: Annotated[
        list[str] | None,
        typer.Option(
            "--over", metavar="KEY=VALUES", help="FIRST:LAST:STEP, FIRST:LAST:COUNTlog or A,B,C; may be given again."
        ),
    ] = None,
    replications: Annotated[
        int | None,
        typer.Option(
            "-n", "--replications", callback=_count, help="Campaigns in each cell; 200, without --over 1,000."
        ),
    ] = None,
    draws: Annotated[
        int | None, typer.Option("--draws", metavar="D", help="Draw the inputs D times: splits chance from ignorance.")
    ] = None,
    measure: Annotated[
        list[str] | None, typer.Option("--measure", metavar="NAME", help="Measure of the tables; may be given again.")
    ] = None,
    seed: Annotated[int, typer.Option(callback=_between(0, 2**63), help="Same seed, same bytes.")] = 1,
    overrides: Overrides = None,
    envelope: Annotated[
        str | None, typer.Option(metavar="THRESHOLD,SIZE", help="Draw for this lowest threshold and largest list.")
    ] = None,
    crowding_out: Annotated[
        bool, typer.Option("--crowding-out", help="Also listed people missed because of false alerts (twice the time).")
    ] = False,
    workers: Workers = None,
    scheduler: Scheduler = None,
    engine: Engine = "auto",
    resume: Annotated[bool, typer.Option("--resume", help="With -o: go on where a sweep was interrupted.")] = False,
    json_: Annotated[bool, typer.Option("--json", help="Print every cell as JSON instead of tables.")] = False,
    output: Annotated[
        str | None,
        typer.Option("-o", "--output", metavar="DIR", help="Keep every campaign, the surface and figures here."),
    ] = None,
) -> None:
    """Compute a surface: false alerts, wrongful stops and all else against threshold, list size, staff or any number.

    Example: lfrsim sweep croydon-static --over recogniser.threshold=0.56:0.70:0.01 --over watchlist.size=1000:50000:20log

    Without --over: a small table of false alerts and wrongful stops a year for both presets. Thresholds and list sizes
    come from one draw, so cells differ by what they are, not by chance; other axes use the same random numbers.
    """
    if resume and output is None:
        raise typer.BadParameter("needs -o DIR, the folder of the sweep to go on with", param_hint="--resume")
    if output is not None and not output.strip():
        raise typer.BadParameter("must name a folder (got nothing)", param_hint="-o")
    if draws is not None and not 2 <= draws <= 100_000:
        raise typer.BadParameter(f"must be between 2 and 100,000 (got {draws})", param_hint="--draws")
    if workers is not None and not 1 <= workers <= 1_000:
        raise typer.BadParameter(f"must be between 1 and 1,000 (got {workers})", param_hint="--workers")
    shown = _measures(measure, first_contact=not over)
    planned = _plan(scenario, overrides or [], over or [], seed, replications, draws, crowding_out, envelope)
    surface = _compute(planned, _crew(workers, scheduler, engine), Path(output) if output else None, resume)
    if json_:
        _print_json(planned, surface)
    else:
        _print_tables(planned, surface, shown, first_contact=not over)
    if output:
        typer.echo(f"Written to {output}", err=True)
    elif not json_:
        import shlex
        import sys

        command = shlex.join(["lfrsim", *sys.argv[1:], "-o", f"results/{planned.scenario.name}-sweep"])
        typer.echo(f"Next, to keep every campaign, the surface and its figures:\n  {command}", err=True)


def _measures(names: list[str] | None, first_contact: bool) -> list[str]:
    from simulator.evidence.counted.measures import NAMES
    from simulator.scenario.errors import shown
    from simulator.scenario.explain import near_hint

    for name in names or []:
        if name not in NAMES:
            hint = near_hint(name, NAMES) or "; for example wrongful_stops"
            raise typer.BadParameter(f"no measure is called {shown(name)}{hint}", param_hint="--measure")
    return names or list(FIRST_CONTACT if first_contact else FIRST_CONTACT[1:])


def first_contact_axes(scenario: Scenario) -> tuple[Axis, ...]:
    """What is swept where nobody says what: a few thresholds, round list sizes and the scenario's own, both presets."""
    from simulator.experiment.axes import Axis, parse_axis

    sizes = Axis("watchlist.size", tuple(sorted({*SIZES, scenario.watchlist.size.value})))
    presets = (Axis("recogniser.preset", PRESETS),) if scenario.recogniser.known_preset is not None else ()
    return (parse_axis(THRESHOLDS), sizes, *presets)


def _plan(
    scenario: str,
    overrides: list[str],
    over: list[str],
    seed: int,
    replications: int | None,
    draws: int | None,
    crowding_out: bool,
    envelope: str | None,
) -> Sweep:
    from simulator.experiment.axes import axes_of
    from simulator.experiment.sweep import plan_sweep
    from simulator.scenario import load_scenario
    from simulator.street.candidates import Envelope

    axes = axes_of(over)
    replications = replications or (IN_A_CELL if axes else FOR_FIRST_CONTACT)
    if not axes:
        axes = first_contact_axes(load_scenario(scenario, overrides))
    wider = None
    if envelope is not None:
        try:
            threshold, size = (float(part) for part in envelope.split(","))
        except ValueError:
            message = f"must be THRESHOLD,SIZE, for example 0.56,50000 (got {envelope})"
            raise typer.BadParameter(message, param_hint="--envelope") from None
        wider = Envelope(threshold, size)
    return plan_sweep(scenario, overrides, axes, seed, replications, draws, crowding_out, wider)


def _crew(workers: int | None, scheduler: str | None, engine: Literal["auto", "kernel", "process"]) -> Crew:
    import os

    from simulator.evidence.sweep.sweeping import Crew
    from simulator.response.engines import engine_named

    if scheduler is None:
        # compiled here, so that worker processes inherit the machine code
        engine_named(engine, lambda message: typer.echo(message, err=True))
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return Crew(workers or processors, scheduler, engine)


def _compute(planned: Sweep, crew: Crew, output: Path | None, resume: bool) -> pd.DataFrame:
    """Compute the surface in *output*, or in a folder that is thrown away."""
    import tempfile

    from simulator.cli import INTERRUPTED, UNEXPECTED
    from simulator.experiment.workers import WorkerError

    try:
        if output is not None:
            return _compute_in(output, planned, crew, resume, keep=True)
        with tempfile.TemporaryDirectory() as folder:
            return _compute_in(Path(folder) / "sweep", planned, crew, resume=False, keep=False)
    except KeyboardInterrupt:
        typer.echo(f"interrupted; {_how_to_resume(output)}", err=True)
        raise typer.Exit(INTERRUPTED) from None
    except WorkerError as error:
        typer.echo(f"{error}\n{_how_to_resume(output)}", err=True)
        raise typer.Exit(UNEXPECTED) from None


def _compute_in(folder: Path, planned: Sweep, crew: Crew, resume: bool, keep: bool) -> pd.DataFrame:
    from time import perf_counter

    from simulator import __version__
    from simulator.evidence.sweep.sweeping import run_sweep
    from simulator.report.render.progress import progress

    started = perf_counter()
    total = len(planned.points) * len(planned.cells) * planned.replications
    with progress(total) as bar:
        surface = run_sweep(planned, folder, __version__, crew, resume, bar, lambda text: typer.echo(text, err=True))
    if keep:
        from simulator.report.sweep.folder import write_surface

        write_surface(folder, planned, surface, crew, perf_counter() - started)
    return surface


def _how_to_resume(output: Path | None) -> str:
    import shlex
    import sys

    if output is None:
        return "nothing was kept. With -o DIR what is finished is kept, and --resume goes on with it"
    command = ["lfrsim", *(word for word in sys.argv[1:] if word != "--resume"), "--resume"]
    return f"what was finished is in {output}. To go on:\n  {shlex.join(command)}"


def _print_json(planned: Sweep, surface: pd.DataFrame) -> None:
    import json
    import sys

    from simulator import __version__
    from simulator.evidence.sweep.sweeping import manifest_of

    rows = json.loads(surface.to_json(orient="records", double_precision=15))
    json.dump({"sweep": manifest_of(planned, __version__), "cells": rows}, sys.stdout, indent=2, ensure_ascii=False)
    sys.stdout.write("\n")


def _print_tables(planned: Sweep, surface: pd.DataFrame, measures: list[str], first_contact: bool) -> None:
    from simulator.report.render.terminal import new_console
    from simulator.report.sweep.page import print_surface

    print_surface(planned, surface, measures, first_contact, new_console())


def add_to(app: typer.Typer) -> None:
    """Add this command to *app*."""
    app.command()(sweep)
