"""``claim``: what somebody has said, held against what is published, or numbers taken at their word."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from simulator.cli.claim_numbers import OPTIONS, given_of
from simulator.cli.output import output_folder
from simulator.cli.run import _between

if TYPE_CHECKING:
    from simulator.claim.models import ClaimFile
    from simulator.evidence.claim.judge import Report
    from simulator.evidence.claim.stated_numbers import Given
    from simulator.evidence.claim.unmentioned import Simulated
    from simulator.experiment.folder import OutputFolder

MOST_CAMPAIGNS = 100_000
OWN_FILES = ("claims.json", "claims.svg", "claims.png")


def _number(words: str, metavar: str = "N") -> Any:
    return typer.Option(metavar=metavar, help=words)


def claim(
    file: Annotated[
        str | None,
        typer.Argument(metavar="FILE", help="A claim file, or the name of a shipped one. None: list them."),
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(metavar="KEY", help="Only this claim of the file, at length; may be given again."),
    ] = None,
    replications: Annotated[
        int,
        typer.Option(
            "-n", "--replications", callback=_between(0, MOST_CAMPAIGNS), help="Campaigns to simulate beside; 0: none."
        ),
    ] = 200,
    seed: Annotated[int, typer.Option(callback=_between(0, 2**63), help="Same seed, same numbers.")] = 1,
    json_: Annotated[bool, typer.Option("--json", help="Print claims.json instead of words and tables.")] = False,
    output: Annotated[
        str | None, typer.Option("-o", "--output", metavar="DIR", help="Write claims.json and a figure to this folder.")
    ] = None,
    false_alerts: Annotated[
        str | None, _number("Instead of FILE: false alerts; 2..7 where only a word is known.")
    ] = None,
    faces: Annotated[str | None, _number("Out of so many counted faces.")] = None,
    alerts: Annotated[str | None, _number("Out of so many alerts.")] = None,
    stops: Annotated[str | None, _number("Beside so many stops.")] = None,
    arrests: Annotated[str | None, _number("Beside so many arrests.")] = None,
    hours: Annotated[str | None, _number("In so many camera hours.", "H")] = None,
    deployments: Annotated[str | None, _number("In so many deployments.", "D")] = None,
    false_stopped: Annotated[str | None, _number("Stops that followed a false alert; may be a range.")] = None,
    one_in: Annotated[str | None, _number('The limit to be shown: what "virtually zero" should mean.')] = None,
    visits: Annotated[str | None, _number("How often each person comes past.", "M")] = None,
    correlation: Annotated[str | None, _number("How alike the results of one person are, 0 to 1.", "R")] = None,
    year_faces: Annotated[str | None, _number("Faces of a year, to carry the rate over.", "F")] = None,
    scenario: Annotated[str | None, _number("Simulate what the numbers leave out in this scenario.", "S")] = None,
) -> None:
    """Test a claim: does it agree with what is published, how precisely is that known, and per what?

    Example: lfrsim claim croydon-sun-2026 --only virtually-zero

    Example: lfrsim claim --false-alerts 2..7 --faces 200000 --one-in 100000

    A verdict follows from the evidence by a printed rule. Who said it plays no part.
    """
    typed = {
        "false_alerts": false_alerts,
        "false_stopped": false_stopped,
        "faces": faces,
        "alerts": alerts,
        "stops": stops,
        "arrests": arrests,
        "camera_hours": hours,
        "deployments": deployments,
    }
    others = {"--one-in": one_in, "--visits": visits, "--correlation": correlation, "--year-faces": year_faces}
    given = [OPTIONS[name] for name, text in typed.items() if text is not None]
    given += [option for option, text in {**others, "--scenario": scenario}.items() if text is not None]
    if file is not None and given:
        raise typer.BadParameter(
            f"goes without a file; the file states its own numbers (got {file})", param_hint=given[0]
        )
    if only and file is None:
        raise typer.BadParameter("needs a claim file", param_hint="--only")
    if file is None and not given:
        if output is not None:
            raise typer.BadParameter("needs a claim file or numbers", param_hint="-o")
        _list(json_)
        return
    numbers = given_of(typed, one_in, visits, correlation, year_faces) if file is None else None
    folder = output_folder(output, "claim", OWN_FILES)
    if numbers is not None:
        _numbers(numbers, scenario, replications, seed, folder, json_)
    else:
        _judged(str(file), only or [], replications, seed, folder, json_)


def _list(as_json: bool) -> None:
    """List the shipped claim files: name, number of claims, title."""
    import json

    from simulator.claim import load_claims, shipped_claims

    loaded = [load_claims(name) for name in shipped_claims()]
    if as_json:
        rows = [{"name": file.name, "claims": list(file.claims), "title": file.title} for file in loaded]
        typer.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    width = max((len(file.name) for file in loaded), default=0)
    for file in loaded:
        many = len(file.claims)
        typer.echo(f"{file.name:{width}}  {many:2} claim{' ' if many == 1 else 's'}  {file.title}")
    typer.echo("Next: lfrsim claim croydon-sun-2026, or numbers of your own:", err=True)
    typer.echo("  lfrsim claim --false-alerts 2..7 --faces 200000", err=True)


def _judged(
    name: str, only: list[str], replications: int, seed: int, folder: OutputFolder | None, as_json: bool
) -> None:
    from simulator.claim import load_claims
    from simulator.report.claim.data import report_data
    from simulator.report.claim.page import print_report
    from simulator.report.figures import claim as figure
    from simulator.report.render.terminal import new_console

    file = load_claims(name)
    keys = _keys(file, only)
    report = _judge(file, keys, replications, seed)
    data = report_data(report)
    if folder is not None:
        with folder as work:
            _write(work, data, figure.draw(report))
    if as_json:
        _dump(data)
    else:
        print_report(report, new_console(), whole_file=not keys)
    _next(folder, as_json, name, report)


def _keys(file: ClaimFile, only: list[str]) -> list[str]:
    from simulator.scenario.errors import shown
    from simulator.scenario.explain import near_hint

    for key in only:
        if key not in file.claims:
            hint = near_hint(key, file.claims) or f"; it has {', '.join(file.claims)}"
            raise typer.BadParameter(f"no claim of {file.name} is called {shown(key)}{hint}", param_hint="--only")
    return list(dict.fromkeys(only))


def _judge(file: ClaimFile, keys: list[str], replications: int, seed: int) -> Report:
    from simulator.cli import INTERRUPTED
    from simulator.evidence.claim.judge import judge_file
    from simulator.report.render.progress import progress

    try:
        with progress(2 * replications) as bar:
            return judge_file(file, keys, replications, seed, bar)
    except KeyboardInterrupt:
        typer.echo("interrupted; nothing was written", err=True)
        raise typer.Exit(INTERRUPTED) from None


def _numbers(
    given: Given, scenario: str | None, replications: int, seed: int, folder: OutputFolder | None, as_json: bool
) -> None:
    from simulator.evidence.claim.stated_numbers import answer
    from simulator.report.claim.numbers import print_answer
    from simulator.report.claim.numbers_data import answer_data
    from simulator.report.figures import claim_numbers as figure
    from simulator.report.render.terminal import new_console

    simulated = None if scenario is None or not replications else _simulated(scenario, replications, seed)
    found = answer(given)
    data = answer_data(found, simulated)
    if folder is not None:
        with folder as work:
            _write(work, data, figure.draw(found))
    if as_json:
        _dump(data)
    else:
        print_answer(found, simulated, new_console())
    _next(folder, as_json, "numbers", None)


def _simulated(name: str, replications: int, seed: int) -> Simulated:
    from simulator.cli import INTERRUPTED
    from simulator.evidence.claim.judge import USUALLY_LEFT_OUT
    from simulator.evidence.claim.unmentioned import left_out
    from simulator.report.render.progress import progress
    from simulator.scenario import load_scenario

    loaded = load_scenario(name)
    try:
        with progress(2 * replications) as bar:
            return left_out(loaded, USUALLY_LEFT_OUT, replications, seed, bar)
    except KeyboardInterrupt:
        typer.echo("interrupted; nothing was written", err=True)
        raise typer.Exit(INTERRUPTED) from None


def _dump(data: dict[str, Any]) -> None:
    import sys

    sys.stdout.write(_text(data))


def _text(data: dict[str, Any]) -> str:
    import json

    return json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _next(folder: OutputFolder | None, as_json: bool, name: str, report: Report | None) -> None:
    """Say what was written, or the next useful command."""
    import shlex
    import sys

    if folder is not None:
        typer.echo(f"Written to {folder.folder}: {', '.join(folder.written)}", err=True)
        return
    if as_json:
        return
    if report is not None and len(report.judged) > 1:
        named = next((item.key for item in report.judged if item.needed), report.judged[0].key)
        typer.echo(f"Next, one claim at length:\n  {shlex.join(['lfrsim', 'claim', name, '--only', named])}", err=True)
    kept = "numbers" if report is None else report.file.name
    command = shlex.join(["lfrsim", *sys.argv[1:], "-o", f"results/{kept}"])
    typer.echo(f"Next, to keep this with a figure:\n  {command}", err=True)


def _write(folder: Path, data: dict[str, Any], figure: Any) -> None:
    from simulator.report.figures import style

    (folder / OWN_FILES[0]).write_text(_text(data), "utf-8")
    style.save(figure, folder, "claims")


def add_to(app: typer.Typer) -> None:
    """Add this command to *app*."""
    app.command()(claim)
