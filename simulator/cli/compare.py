"""``compare``: two scenarios on the same random numbers, and what they differ in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from simulator.cli.campaigns import Campaigns, EngineOption, Most, PreciseMeasure, Precision, ready, say_reached, wanted
from simulator.cli.output import output_folder
from simulator.cli.run import Overrides, _between

if TYPE_CHECKING:
    from simulator.evidence.compare.comparison import Pair
    from simulator.evidence.run.precision import Target
    from simulator.experiment.folder import OutputFolder
    from simulator.response.engines import EngineName

A = Annotated[str, typer.Argument(metavar="A", help="A scenario file, or the name of a shipped one.")]
B = Annotated[str, typer.Argument(metavar="B", help="The scenario compared with A; the same one with --set-b.")]
# One campaign has no interval; more than these would not fit into memory, being held twice in two passes.
ALLOWED = (2, 500_000)
OWN_FILES = ("comparison.json", "comparison.csv", "provenance.json")


def compare(
    a: A,
    b: B,
    overrides_a: Annotated[
        list[str] | None, typer.Option("--set-a", metavar="KEY=VALUE", help="Override one value in A only.")
    ] = None,
    overrides_b: Annotated[
        list[str] | None, typer.Option("--set-b", metavar="KEY=VALUE", help="Override one value in B only.")
    ] = None,
    overrides: Overrides = None,
    replications: Campaigns = "1000",
    seed: Annotated[int, typer.Option(callback=_between(0, 2**63), help="Same seed, same numbers.")] = 1,
    json_: Annotated[bool, typer.Option("--json", help="Print comparison.json instead of tables.")] = False,
    output: Annotated[
        str | None, typer.Option("-o", "--output", metavar="DIR", help="Write comparison.json and comparison.csv here.")
    ] = None,
    engine: EngineOption = "auto",
    precision: Precision = None,
    measure: PreciseMeasure = None,
    most: Most = None,
) -> None:
    """Compare two scenarios, campaign by campaign on the same random numbers.

    Example: lfrsim compare croydon-static croydon-static --set-b officers.teams=2

    Differences B - A on every measure with intervals, with the inputs at their values and with unknown inputs (the same
    draws in both), and how many campaigns with random numbers of their own would be as sure.
    """
    from simulator.cli import INTERRUPTED
    from simulator.evidence.compare.comparison import pair_of

    campaigns = wanted(replications, precision, measure, most, ALLOWED)
    pair = pair_of(_loaded(a, "a", overrides, overrides_a), _loaded(b, "b", overrides, overrides_b))
    folder = output_folder(output, "compare", OWN_FILES)
    try:
        found, used, seconds = _compare(pair, campaigns, seed, engine)
        if folder is not None:
            with folder as work:
                _write(work, pair, found, used, seconds)
    except KeyboardInterrupt:
        typer.echo("interrupted; nothing was written", err=True)
        raise typer.Exit(INTERRUPTED) from None
    _print(found, json_)
    _print_next(found, folder, json_)


def _loaded(name: str, side: str, common: list[str] | None, own: list[str] | None) -> Any:
    """The scenario of one *side*; what is wrong with an override of its own is said of ``--set-a`` or ``--set-b``."""
    from simulator.scenario import load_scenario
    from simulator.scenario.errors import Problem, ScenarioError, shorten

    try:
        return load_scenario(name, [*(common or []), *(own or [])])
    except ScenarioError as error:
        ours = {f"--set {shorten(text)}": f"--set-{side} {shorten(text)}" for text in own or []}
        problems = (Problem(ours.get(item.place, item.place), item.field, item.rule) for item in error.problems)
        raise ScenarioError(*problems) from None


def _compare(pair: Pair, campaigns: int | Target, seed: int, engine: EngineName) -> tuple[dict[str, Any], str, float]:
    """The summary of the comparison, the engine that was used, and the seconds it took."""
    from time import perf_counter

    from simulator.evidence.compare import comparison
    from simulator.evidence.compare.found import summarise_comparison
    from simulator.report.render.progress import progress

    resolver, used = ready(engine)
    started = perf_counter()
    if not isinstance(campaigns, int):
        with progress(campaigns.most, "campaigns of each, at most") as bar:
            reached = comparison.campaigns_to_compare(pair, campaigns, seed, resolver, bar)
        say_reached(reached, compared=True)
        campaigns = reached.campaigns
    with progress(4 * campaigns) as bar:
        found = summarise_comparison(comparison.compare(pair, campaigns, seed, resolver, bar))
    return found, used, perf_counter() - started


def _print(found: dict[str, Any], as_json: bool) -> None:
    import json
    import sys

    from simulator.report.compare.page import print_comparison
    from simulator.report.render.terminal import new_console

    if as_json:
        json.dump(found, sys.stdout, indent=2, ensure_ascii=False, allow_nan=False)
        sys.stdout.write("\n")
    else:
        print_comparison(found, new_console())


def _print_next(found: dict[str, Any], folder: OutputFolder | None, as_json: bool) -> None:
    import shlex
    import sys

    if folder is not None:
        typer.echo(f"Written to {folder.folder}: {', '.join(folder.written)}", err=True)
    elif not as_json:
        command = shlex.join(["lfrsim", *sys.argv[1:], "-o", f"results/{found['a']['name']}-compared"])
        typer.echo(f"Next, to keep every number of this:\n  {command}", err=True)


def _write(folder: Path, pair: Pair, found: dict[str, Any], engine: str, seconds: float) -> None:
    """Write everything found, as JSON and CSV, and how it came about, into *folder*."""
    import json

    from simulator import __version__
    from simulator.evidence.compare.found import csv_of
    from simulator.experiment.store import provenance

    made = provenance(pair.a, found["run"]["seed"], found["run"]["replications"], seconds, __version__, engine)
    made["scenario"] = {side: {key: found[side][key] for key in ("name", "hash")} for side in ("a", "b")}
    texts = {
        "comparison.json": json.dumps(found, indent=2, ensure_ascii=False, allow_nan=False) + "\n",
        "comparison.csv": csv_of(found),
        "provenance.json": json.dumps(made, indent=2, ensure_ascii=False) + "\n",
    }
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")


def add_to(app: typer.Typer) -> None:
    """Add this command to *app*."""
    app.command()(compare)
