"""``fit``: what a record of deployments says of a scenario's inputs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    import datetime as dt

    from simulator.evidence.fit.fitted_inputs import FittedInputs
    from simulator.evidence.fit.whole_fit import Fit, Question

EXPOSURES = ("hours", "faces", "true-alerts")
PRIORS = ("flat", "scenario")
RecordFile = Annotated[
    str,
    typer.Argument(metavar="RECORDS.csv", help="Deployment records, one row for each deployment; see the reference."),
]
SkipBad = Annotated[
    bool,
    typer.Option("--skip-bad", help="Leave out rows with mistakes, and say how many, instead of refusing the file."),
]


def fit(
    records: RecordFile,
    scenario: Annotated[
        str,
        typer.Option("--scenario", metavar="SCENARIO", help="The scenario whose inputs are estimated: file or name."),
    ],
    exposure: Annotated[
        str,
        typer.Option(
            metavar="|".join(EXPOSURES), help="What false alerts are counted against; hours hold best over time."
        ),
    ] = "hours",
    first: Annotated[str | None, typer.Option("--from", metavar="DATE", help="Deployments from this day on.")] = None,
    last: Annotated[str | None, typer.Option("--until", metavar="DATE", help="Deployments up to this day.")] = None,
    place: Annotated[
        str | None,
        typer.Option(
            metavar="TEXT", help="Footfall, true alerts and disposals from places with TEXT in their name only."
        ),
    ] = None,
    slope_prior: Annotated[
        str,
        typer.Option(
            metavar="|".join(PRIORS),
            help="What is taken for likely of the slope before the record: any, or the scenario's own interval.",
        ),
    ] = "flat",
    errors_only: Annotated[
        bool,
        typer.Option(
            "--error-rates-only", help="Leave the scenario's footfall, true alerts and disposals as they are."
        ),
    ] = False,
    skip_bad: SkipBad = False,
    json_: Annotated[bool, typer.Option("--json", help="Print all estimates as JSON instead of tables.")] = False,
    output: Annotated[
        str | None,
        typer.Option(
            "-o", "--output", metavar="FITTED.yaml", help="Write the scenario with the fitted inputs; never overwrites."
        ),
    ] = None,
) -> None:
    """Say what is odd in a record of deployments, what it says of a scenario's inputs, and what it cannot say.

    Example: lfrsim fit records.csv --scenario croydon-van -o fitted.yaml

    Error rates by threshold with exact intervals, level and slope of the false match rate, footfall and alerts with their
    spread over days, true alerts per 1,000 faces, disposals. The fitted scenario carries them with intervals and source;
    what belongs together is drawn together, from a file beside it.
    """
    from dataclasses import replace

    from simulator.evidence.fit.fitted_file import check_free, settle, write_fitted
    from simulator.evidence.fit.found import summarise_fit
    from simulator.evidence.fit.whole_fit import fit_record
    from simulator.record import read_records
    from simulator.scenario import find_scenario, load_scenario

    question = replace(_question(exposure, first, last, place, slope_prior), errors_only=errors_only)
    path = None if output is None else Path(output)
    if path is not None:
        check_free(path)
    loaded = load_scenario(scenario)
    found = fit_record(read_records(Path(records), records, skip_bad=skip_bad), loaded, question)
    source = find_scenario(scenario)
    inputs = settle(found, source)
    files = [] if path is None else write_fitted(found, inputs, source, path)
    _print(summarise_fit(found, inputs), json_)
    _print_next(found, inputs, files, json_)


def _question(exposure: str, first: str | None, last: str | None, place: str | None, prior: str) -> Question:
    from simulator.evidence.fit.exposures import EXPOSURES as KNOWN
    from simulator.evidence.fit.whole_fit import Question

    _one_of(exposure, EXPOSURES, "--exposure")
    _one_of(prior, PRIORS, "--slope-prior")
    start, end = _day(first, "--from"), _day(last, "--until")
    if start and end and start > end:
        raise typer.BadParameter(f"must not be after --until (got {start} and {end})", param_hint="--from")
    if place is not None and not place.strip():
        raise typer.BadParameter("must name a place (got nothing)", param_hint="--place")
    return Question(KNOWN[exposure], start, end, None if place is None else place.strip(), prior)


def _one_of(value: str, known: tuple[str, ...], option: str) -> None:
    from simulator.scenario.errors import shown
    from simulator.scenario.explain import near_hint

    if value not in known:
        hint = near_hint(value, known)
        raise typer.BadParameter(f"must be one of {', '.join(known)} (got {shown(value)}){hint}", param_hint=option)


def _day(text: str | None, option: str) -> dt.date | None:
    from simulator.record.cells import CellError, date

    if text is None:
        return None
    try:
        return date(text)[0]
    except CellError as error:
        raise typer.BadParameter(str(error), param_hint=option) from None


def _print(found: dict[str, Any], as_json: bool) -> None:
    import json
    import sys

    from simulator.report.fit.page import print_fit
    from simulator.report.render.terminal import new_console

    if as_json:
        json.dump(found, sys.stdout, indent=2, ensure_ascii=False, allow_nan=False)
        sys.stdout.write("\n")
    else:
        print_fit(found, new_console())


def _print_next(found: Fit, inputs: FittedInputs, files: list[Path], as_json: bool) -> None:
    import shlex
    import sys

    if files:
        typer.echo(f"Written {', '.join(map(str, files))}. Next: lfrsim describe {files[0]}", err=True)
    elif inputs.inputs and not as_json:
        command = shlex.join(["lfrsim", *sys.argv[1:], "-o", f"{found.scenario.name}-fitted.yaml"])
        typer.echo(f"Next, to have a scenario with these inputs:\n  {command}", err=True)


def add_to(app: typer.Typer) -> None:
    """Add this command to *app*."""
    app.command()(fit)
