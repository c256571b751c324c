"""``fit``: what a record of deployments says of a scenario's inputs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from simulator.cli.finish import answer, next_command, same_command

# The options by the keywords that they are in Python.
OPTIONS = {
    "exposure": "--exposure",
    "first": "--from",
    "last": "--until",
    "place": "--place",
    "slope_prior": "--slope-prior",
}
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
            metavar="hours|faces|true-alerts", help="What false alerts are counted against; hours hold best over time."
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
            metavar="flat|scenario",
            help="What is taken for likely of the slope before the record: any, or the scenario's own interval.",
        ),
    ] = "flat",
    error_rates_only: Annotated[
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
    from simulator.evidence.fit.asked import fit as ask
    from simulator.evidence.fit.fitted_file import files_of
    from simulator.evidence.fit.question import QuestionError

    path = None if output is None else Path(output)
    try:
        found = ask(
            records,
            scenario,
            exposure=exposure,
            first=first,
            last=last,
            place=place,
            slope_prior=slope_prior,
            error_rates_only=error_rates_only,
            skip_bad=skip_bad,
            output=path,
        )
    except QuestionError as error:
        raise typer.BadParameter(error.rule, param_hint=OPTIONS[error.field]) from None
    answer(found, json_)
    if path is not None:
        written = [str(file) for file in files_of(path) if file.exists()]
        typer.echo(f"Written {', '.join(written)}", err=True)
        next_command("to read what it assumes", "describe", str(path))
    elif found.inputs and not json_:
        keep = same_command("-o", f"{found.scenario.name}-fitted.yaml")
        next_command("to have a scenario with these inputs", *keep)


def add_to(app: typer.Typer) -> None:
    """Add this command to *app*."""
    app.command()(fit)
