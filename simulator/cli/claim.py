"""``claim``: what somebody has said, held against what is published, or numbers taken at their word."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from simulator.cli.claim_numbers import figures_of, number_of, option, refused
from simulator.cli.completion import claim_names
from simulator.cli.finish import answer, next_command, same_command, show, written_to
from simulator.cli.options import Seed, whole
from simulator.cli.output import Details, output_folder
from simulator.cli.reporting import Report, hand_over, report_page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.claim.models import ClaimFile
    from simulator.evidence.claim.found import JudgedFile, StatedNumbers
    from simulator.experiment.folder import OutputFolder

MOST_CAMPAIGNS = 100_000
# The part of the help that holds the numbers of a claim without a file.
OWN_NUMBERS = "Numbers of your own, in place of FILE"
OWN_FILES = ("claims.json", "details.json", "claims.svg", "claims.png")


def _number(words: str, metavar: str = "N") -> Any:
    return typer.Option(metavar=metavar, help=words, rich_help_panel=OWN_NUMBERS)


def claim(
    file: Annotated[
        str | None,
        typer.Argument(
            metavar="FILE",
            help="A claim file, or the name of a shipped one. None: list them.",
            autocompletion=claim_names,
        ),
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(metavar="KEY", help="Only this claim of the file, at length; may be given again."),
    ] = None,
    replications: Annotated[
        int,
        typer.Option(
            "-n",
            "--replications",
            metavar="N",
            parser=whole(0, MOST_CAMPAIGNS),
            help="Campaigns to simulate beside; 0: none.",
        ),
    ] = 200,
    seed: Seed = 1,
    details: Details = False,
    report: Report = None,
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
    list_: Annotated[
        str | None, typer.Option("--list", metavar="N", help="Each compared with so many entries.")
    ] = None,
    count: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=N", help="Any figure of claim files, such as true_alerts=334; may be given again."),
    ] = None,
    one_in: Annotated[
        str | None,
        _number('The limit to be shown: what "virtually zero" should mean. Alone: what it takes to show it.'),
    ] = None,
    accuracy: Annotated[
        str | None, _number("Instead of a limit: a share said to be right, such as 99.9%.", "P")
    ] = None,
    detection: Annotated[
        str | None, _number("Share of listed people who raise an alert: where half the alerts are wrong.", "P")
    ] = None,
    visits: Annotated[str | None, _number("How often each person comes past.", "M")] = None,
    correlation: Annotated[str | None, _number("How alike the results of one person are, 0 to 1.", "R")] = None,
    year_faces: Annotated[str | None, _number("Faces of a year, to carry the rate over.", "F")] = None,
    scenario: Annotated[str | None, _number("Simulate what the numbers leave out in this scenario.", "S")] = None,
) -> None:
    """Test a claim: does it agree with what is published, how precisely is that known, and per what?

    Example: lfrsim claim croydon-sun-2026 --only virtually-zero

    Example: lfrsim claim --false-alerts 2..7 --faces 200000 --one-in 100000

    Example: lfrsim claim --arrests 173 --hours 101

    A verdict follows from the evidence by a printed rule. Who said it plays no part.
    """
    typed = {
        "false_alerts": false_alerts,
        "false_stopped": false_stopped,
        "faces": faces,
        "alerts": alerts,
        "stops": stops,
        "arrests": arrests,
        "hours": hours,
        "deployments": deployments,
        "list_size": list_,
        "one_in": one_in,
        "accuracy": accuracy,
        "detection": detection,
        "visits": visits,
        "correlation": correlation,
        "year_faces": year_faces,
    }
    given = [option(name) for name, text in {**typed, "scenario": scenario}.items() if text is not None]
    given += ["--count"] if count else []
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
    numbers = {name: number_of(name, text) for name, text in typed.items() if text is not None}
    figures = figures_of(count or [], typed)
    page = report_page(report)
    folder = output_folder(output, "claim", OWN_FILES)
    loaded, keys = (None, ()) if file is None else _claims_of(file, only or [])
    asked: dict[str, Any] = {"only": keys, "replications": replications, "seed": seed, "scenario": scenario, **numbers}
    asked |= {"figures": figures} if figures else {}
    found = _ask(loaded, asked, {**typed, **dict(text.split("=", 1) for text in count or [])})
    if folder is not None:
        from simulator.experiment.provenance import MadeFrom

        folder.made = MadeFrom(parameters={"seed": seed, "replications": replications})
        with folder as work:
            _write(work, found)
    answer(found, json_, details)
    hand_over(page, found)
    _say_next(found, folder, json_, file)


def _list(as_json: bool) -> None:
    """List the shipped claim files: name, number of claims, title."""
    import json

    from simulator.claim import load_claims, shipped_claims
    from simulator.report.claim.page import listed

    loaded = [load_claims(name) for name in shipped_claims()]
    if as_json:
        rows = [{"name": file.name, "claims": list(file.claims), "title": file.title} for file in loaded]
        typer.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    show(listed(loaded))
    typer.echo("Next: lfrsim claim croydon-sun-2026, or numbers of your own:", err=True)
    typer.echo("  lfrsim claim --false-alerts 2..7 --faces 200000", err=True)


def _claims_of(name: str, only: list[str]) -> tuple[ClaimFile, list[str]]:
    """The claim file of this *name*, and which of its claims are asked for."""
    from simulator.claim import load_claims
    from simulator.scenario.errors import shown
    from simulator.scenario.explain import near_hint

    file = load_claims(name)
    for key in only:
        if key not in file.claims:
            hint = near_hint(key, file.claims) or f"; it has {', '.join(file.claims)}"
            raise typer.BadParameter(f"no claim of {file.name} is called {shown(key)}{hint}", param_hint="--only")
    return file, list(dict.fromkeys(only))


def _ask(
    file: ClaimFile | None, asked: Mapping[str, Any], typed: Mapping[str, str | None]
) -> JudgedFile | StatedNumbers:
    from simulator.evidence.claim.asked import claim as ask
    from simulator.evidence.claim.stated import StatedError
    from simulator.report.render.progress import progress

    try:
        with progress(2 * asked["replications"]) as bar:
            return ask(file, **asked, progress=bar)
    except StatedError as error:
        raise refused(error, typed) from None


def _write(folder: Path, found: JudgedFile | StatedNumbers) -> None:
    from simulator.evidence.claim.found import write_folder
    from simulator.report.figures import claim, claim_numbers, style

    write_folder(folder, found)
    if found.form == "numbers" and not found.rates:
        # a limit alone has nothing that could be drawn
        return
    figure = claim.draw(found) if found.form == "file" else claim_numbers.draw(found)
    style.save(figure, folder, "claims")


def _say_next(found: JudgedFile | StatedNumbers, folder: OutputFolder | None, as_json: bool, file: str | None) -> None:
    """Say what was written, or the next useful command."""
    if folder is not None:
        written_to(folder.folder, ", ".join(folder.written))
        return
    if as_json:
        return
    claims = found.claims if found.form == "file" else ()
    if len(claims) > 1:
        named = next((item.key for item in claims if item.readings), claims[0].key)
        next_command("one claim at length", "claim", str(file), "--only", named)
    kept = found.file.name if found.form == "file" else "numbers"
    figure = "" if found.form == "numbers" and not found.rates else " with a figure"
    next_command(f"to keep this{figure}", *same_command("-o", f"results/{kept}"))


def add_to(app: typer.Typer) -> None:
    """Add this command to *app*."""
    app.command()(claim)
