"""``compare``: two scenarios on the same random numbers, and what they differ in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from simulator.cli.run import Overrides, _between

Side = Annotated[str, typer.Argument(help="A scenario file, or the name of a shipped one.")]


def compare(
    a: Side,
    b: Side,
    replications: Annotated[
        int, typer.Option("-n", "--replications", callback=_between(2, 1_000_000), help="Campaigns of each.")
    ] = 1000,
    seed: Annotated[int, typer.Option(callback=_between(0, 2**63), help="Same seed, same numbers.")] = 1,
    overrides: Overrides = None,
    overrides_a: Annotated[
        list[str] | None, typer.Option("--set-a", metavar="KEY=VALUE", help="Override one value in A only.")
    ] = None,
    overrides_b: Annotated[
        list[str] | None, typer.Option("--set-b", metavar="KEY=VALUE", help="Override one value in B only.")
    ] = None,
    engine: Annotated[
        Literal["auto", "kernel", "process"], typer.Option(help="kernel: compiled; process: SimPy. Same results.")
    ] = "auto",
    json_: Annotated[bool, typer.Option("--json", help="Print comparison.json instead of tables.")] = False,
    output: Annotated[
        str | None, typer.Option("-o", "--output", metavar="DIR", help="Write comparison.json and comparison.csv here.")
    ] = None,
) -> None:
    """Compare two scenarios, campaign by campaign on the same random numbers.

    Example: lfrsim compare croydon-static croydon-static --set-b officers.teams=2

    Differences B - A with intervals on every measure, with the inputs at their middle values and with unknown inputs (the
    same draws in both), and how many campaigns drawn apart would be as sure.
    """
    import json
    import sys

    from simulator.cli.progress import progress
    from simulator.evidence.comparison import compare as run_both
    from simulator.evidence.comparison import pair_of
    from simulator.evidence.comparison_summary import summarise_comparison
    from simulator.report.comparison_tables import print_comparison
    from simulator.report.terminal import new_console
    from simulator.response.engines import engine_named
    from simulator.scenario import load_scenario

    if output is not None and not output.strip():
        raise typer.BadParameter("must name a folder (got nothing)", param_hint="-o")
    common = overrides or []
    pair = pair_of(load_scenario(a, [*common, *(overrides_a or [])]), load_scenario(b, [*common, *(overrides_b or [])]))
    resolver = engine_named(engine, lambda message: typer.echo(message, err=True))
    with progress(4 * replications) as bar:
        found = summarise_comparison(run_both(pair, replications, seed, resolver, bar))
    if output is not None:
        _write(Path(output), found)
        typer.echo(f"Written to {output}", err=True)
    if json_:
        json.dump(found, sys.stdout, indent=2, ensure_ascii=False, allow_nan=False)
        sys.stdout.write("\n")
    else:
        print_comparison(found, new_console())


def _write(folder: Path, found: dict[str, Any]) -> None:
    """Write comparison.json and comparison.csv, each whole or not at all; an earlier comparison is replaced."""
    import csv
    import io
    import json

    from simulator.experiment.files import write_whole
    from simulator.experiment.store import OutputError, cannot_write

    page = io.StringIO()
    columns = ("a", "b", "difference", "low_95", "high_95", "shown", "more", "equal", "fewer", "pairing", "unpaired")
    writer = csv.writer(page, lineterminator="\n")
    writer.writerow(["measure", "inputs", *columns])
    for name, measure in found["measures"].items():
        for inputs in ("chance", "ignorance"):
            m = dict(measure[inputs])
            m["low_95"], m["high_95"] = m["interval_95"]
            writer.writerow([name, inputs, *(m[column] for column in columns)])
    try:
        if folder.exists() and not folder.is_dir():
            raise OutputError(f"-o {folder}: must be a folder, but it is a file; choose another name")
        if folder.exists() and any(folder.iterdir()) and not (folder / "comparison.json").exists():
            raise OutputError(f"-o {folder}: holds files that are not of a comparison; choose another folder")
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(folder / "comparison.csv", page.getvalue().encode())
        write_whole(folder / "comparison.json", (json.dumps(found, indent=2, ensure_ascii=False) + "\n").encode())
    except OSError as error:
        raise cannot_write(folder, error) from None


def add_to(app: typer.Typer) -> None:
    """Add this command to *app*."""
    app.command()(compare)
