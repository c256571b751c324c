"""``fit``: what a record of deployments says of a scenario's inputs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from simulator.cli.finish import answer, next_command, same_command
from simulator.cli.options import share
from simulator.cli.output import Details
from simulator.cli.records import Blank, Decimal, Named, SkipBad, read_as
from simulator.cli.reporting import Report, hand_over, report_page

# The options by the keywords that they are in Python.
OPTIONS = {
    "exposure": "--exposure",
    "first": "--from",
    "last": "--until",
    "place": "--place",
    "slope_prior": "--slope-prior",
    "prior": "--prior",
    "prior_weight": "--prior-weight",
    "force": "--force",
    "vendor": "--vendor",
    "counting": "--counting",
    "table": "--table",
}
RecordFile = Annotated[
    str,
    typer.Argument(metavar="RECORDS.csv", help="Deployment records, one row for each deployment; see the reference."),
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
    prior: Annotated[
        str,
        typer.Option(
            metavar="scenario|fresh",
            help="What the fitted file starts from: the record behind the scenario's error rate (from:), or this record alone.",
        ),
    ] = "scenario",
    force: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Whose record this is: the evidence of the same force counts in full."),
    ] = None,
    vendor: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who made the system, if another vendor did.")
    ] = None,
    counting: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help="How faces are counted, if in another way than behind the scenario."),
    ] = None,
    prior_weight: Annotated[
        float | None,
        typer.Option(
            metavar="W",
            parser=share,
            help="What the scenario's evidence counts for, 0 to 1; of another force at most 0.1 unless given.",
        ),
    ] = None,
    skip_bad: SkipBad = False,
    column: Named = None,
    decimal: Decimal = None,
    blank: Blank = None,
    details: Details = False,
    report: Report = None,
    json_: Annotated[bool, typer.Option("--json", help="Print all estimates as JSON instead of tables.")] = False,
    output: Annotated[
        str | None,
        typer.Option(
            "-o", "--output", metavar="FITTED.yaml", help="Write the scenario with the fitted inputs; never overwrites."
        ),
    ] = None,
    table: Annotated[
        str | None,
        typer.Option(
            metavar="DAYS.csv", help="With -o: write the record's deployments as the campaign of that scenario."
        ),
    ] = None,
) -> None:
    """Say what is odd in a record of deployments, what it says of a scenario's inputs, and what it cannot say.

    Example: lfrsim fit records.csv --scenario croydon-van -o fitted.yaml

    Error rates by threshold with exact intervals, level and slope of the false match rate, footfall and alerts with their
    spread over days, true alerts per 1,000 faces, disposals. The fitted scenario carries them with intervals and source;
    what belongs together is drawn together, from a file beside it. Where the scenario names the record behind its error rate,
    both results are shown: with that evidence, which is what is written, and without.
    """
    from simulator.evidence.fit.asked import fit as ask
    from simulator.evidence.fit.fitted_file import ROUNDS, files_of
    from simulator.evidence.fit.question import QuestionError
    from simulator.evidence.fit.share_recorded import CAMPAIGNS
    from simulator.report.render.progress import progress

    page = report_page(report)
    path, days = (None if name is None else Path(name) for name in (output, table))
    try:
        with progress(ROUNDS * CAMPAIGNS, "campaigns, at most: what a force does not record") as bar:
            found = ask(
                records,
                scenario,
                exposure=exposure,
                first=first,
                last=last,
                place=place,
                slope_prior=slope_prior,
                error_rates_only=error_rates_only,
                prior=prior,
                prior_weight=prior_weight,
                force=force,
                vendor=vendor,
                counting=counting,
                skip_bad=skip_bad,
                read_as=read_as(column, decimal, blank),
                output=path,
                table=days,
                progress=bar,
            )
    except QuestionError as error:
        raise typer.BadParameter(error.rule, param_hint=OPTIONS[error.field]) from None
    answer(found, json_, details)
    hand_over(page, found)
    if path is not None:
        written = [str(file) for file in (*files_of(path), days) if file is not None and file.exists()]
        typer.echo(f"Written {', '.join(written)}", err=True)
        next_command("to read what it assumes", "describe", str(path))
    elif found.inputs and not json_:
        keep = same_command("-o", f"{found.scenario.name}-fitted.yaml")
        next_command("to have a scenario with these inputs", *keep)


def add_to(app: typer.Typer) -> None:
    """Add this command to *app*."""
    app.command()(fit)
