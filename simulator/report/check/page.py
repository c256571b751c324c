"""What ``lfrsim check`` found on a terminal: how often intervals held, how sharp they were, and what lay outside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.evidence.numbers import number, whole
from simulator.record.records import LeftOut
from simulator.report.check.sentences import (
    WHO,
    WORDS,
    chance,
    count,
    gain,
    mean_pit,
    plain,
    score,
    share,
    thresholds,
    training_lines,
    without_hours_words,
)
from simulator.report.fit.sentences import left_out_words
from simulator.report.old_tables import _table

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console
    from rich.table import Table

MOST_LISTED = 12
READING = (
    "Coverage: the share of deployments whose recorded count lay inside its forecast interval, by the randomised PIT (the mean "
    "of 100 randomisations); right forecasts have the level that heads the column. In brackets a 95 % interval that "
    "allows for deployments of one day and of one site being alike. CRPS: the mean distance of forecast and record, in "
    "counts per deployment; less is better."
)
FALSE_READING = (
    "Recorded false alerts are so rare that coverage cannot judge them: hardly any deployment has one, and an interval from 0 to "
    "0 or 1 holds nearly all whatever the rate is. Read the probability of their total and the log score."
)


def print_check(found: dict[str, Any], console: Console) -> None:
    """Print *found* (check.json): what was compared, coverage and scores, totals, PIT, rows outside, and the limits."""
    _print_head(found, console)
    for note in found["notes"]:
        console.print(f"[bold]Note[/bold]: {plain(note)}")
    if found["notes"]:
        console.print()
    console.print(coverage_table(found, console.width))
    console.print(READING)
    console.print()
    console.print(totals_table(found, console.width))
    if "false_alerts" in found["forecasters"]["scenario"]:
        console.print(FALSE_READING)
    console.print()
    console.print(leaning_table(found, console.width))
    console.print(pit_table(found, console.width))
    console.print()
    _print_outside(found, console)
    for line in training_lines(found):
        console.print(plain(line))
    for caution in found["scenario"]["caveats"]:
        console.print(f"[bold]Caution[/bold]: {plain(caution)}")
    if found["requirement"]:
        _print_requirement(found["requirement"], console)


def _print_head(found: dict[str, Any], console: Console) -> None:
    tested, records, run = found["tested"], found["records"], found["run"]
    console.print(f"[bold]Forecasts of recorded deployments beside the record: {plain(records['file'])}[/bold]")
    if found["scenario"]["what_if"]:
        console.print(f"[bold]WHAT IF:[/bold] {plain(found['scenario']['what_if'])}")
    console.print(
        f"Observed: {count(tested['rows'], 'deployment')} from {tested['first']} to {tested['last']}, "
        f"{number(tested['hours'])} camera hours, {count(tested['sites'], 'site')}, threshold {thresholds(tested)}."
    )
    left = [
        f"{whole(records[key])} {words}"
        for key, words in (("skipped", "with mistakes (--skip-bad)"), ("without_hours", "without hours"))
        if records[key]
    ]
    if left:
        console.print(f"Left out of {whole(records['rows'])} rows: {', '.join(left)}.")
    if records["skipped"]:
        console.print(left_out_words(records["skipped_lines"], LeftOut(**records["skipped_false_alerts"])))
    if records["rows_without_hours"]:
        console.print(without_hours_words(records["rows_without_hours"]))
    if records["oddities"]:
        console.print(
            f"Odd in the record, but used: {count(records['oddities'], 'thing')}; lfrsim fit lists them by row."
        )
    faces = "and the faces counted, which no planner knows" if run["given_faces"] else "not the faces"
    console.print(
        f"Scenario: {plain(found['scenario']['title'])}. Simulated: each deployment {whole(run['replications'])} times with its "
        f"hours, threshold and list size ({faces}), inputs drawn from their intervals, seed {run['seed']}."
    )
    if tested["sites"] > 1:
        console.print(
            "The scenario describes one street; every site of the record is forecast as if it were that street. Compare its "
            "forecasts with rows of that place before blaming or praising it."
        )
    training = found["training"]
    if training:
        console.print(
            f"Trained model and baseline: from {count(training['rows'], 'row')}, {training['first']} to {training['last']}, "
            f"threshold {thresholds(training)}. Of a tested row they know date, site, hours, list size and threshold, and "
            f"nothing that came of it."
        )
    console.print()


def rows_in(found: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    """Measure, forecaster and what was found, measures together."""
    return [
        (measure, who, found["forecasters"][who][measure])
        for measure in WORDS
        for who in WHO
        if measure in found["forecasters"].get(who, {})
    ]


def grouped(found: dict[str, Any], cells: Callable[[dict[str, Any]], list[str]]) -> list[list[str]]:
    """A line with the measure's name, then one line for each forecaster with its *cells*."""
    rows: list[list[str]] = []
    for measure in WORDS:
        made = [[f"  {WHO[who]}", *cells(item)] for name, who, item in rows_in(found) if name == measure]
        if made:
            rows += [[WORDS[measure], *[""] * (len(made[0]) - 1)], *made]
    return rows


def coverage_table(found: dict[str, Any], width: int) -> Table:
    """Coverage at three levels, CRPS and log score of each forecaster, measure by measure."""
    trained = "baseline" in found["forecasters"]
    below = "below baseline (95 %)"

    def cells(item: dict[str, Any]) -> list[str]:
        made = [whole(item["rows"]), *(share(item["coverage"][level]) for level in ("50", "80", "90"))]
        made += [score(item["crps"]), *[gain(item["crps_below_baseline"])] * trained]
        return [*made, "infinite" if item["log_score"] is None else score(item["log_score"])]

    columns = ["forecast by", "rows", "of 50 %", "of 80 %", "of 90 %", "CRPS", *[below] * trained, "log score"]
    title = "Coverage: how often intervals of 50, 80 and 90 % held what was recorded; and scores (less is better)"
    return _table(title, columns, grouped(found, cells), width, ("rows", "log score"))


def totals_table(found: dict[str, Any], width: int) -> Table:
    """The observed total of each measure within its forecast."""

    def cells(item: dict[str, Any]) -> list[str]:
        total = item["total"]
        low, high = (whole(end) for end in total["range_90"])
        few, many = chance(total["at_most"]), chance(total["at_least"])
        return [whole(total["observed"]), number(total["mean"]), f"{low} to {high}", few, many]

    columns = ["forecast by", "observed", "forecast", "90 % range", "P(so few or fewer)", "P(so many or more)"]
    title = f"Totals over the {count(found['tested']['rows'], 'deployment')}, and how likely their forecasts held them to be"
    return _table(title, columns, grouped(found, cells), width)


def leaning_table(found: dict[str, Any], width: int) -> Table:
    """Whether forecasts are too low or too high: central intervals can hold while one side does not."""

    def cells(item: dict[str, Any]) -> list[str]:
        lean = item["leaning"]
        return [mean_pit(lean["mean_pit"]), share(lean["above_median"]), share(lean["above_90"])]

    columns = ["forecast by", "mean PIT (0.50)", "above the median (0.50)", "above the 90 % point (0.10)"]
    title = "Too low or too high? Shares of deployments by the randomised PIT (in the heading: if right)"
    return _table(title, columns, grouped(found, cells), width)


def pit_table(found: dict[str, Any], width: int) -> Table:
    """Per cent of deployments in each tenth of their forecast: 10 everywhere if forecasts are right."""
    tenths = ["lowest", *(f"{i}." for i in range(2, 10)), "highest"]
    title = "PIT: per cent of deployments by tenth of forecast (10 each if right)"
    rows = grouped(found, lambda item: [f"{100 * x:.0f}" for x in item["pit_histogram"]])
    return _table(title, ["forecast by", *tenths], rows, width)


def _print_outside(found: dict[str, Any], console: Console) -> None:
    who = "model" if "model" in found["forecasters"] else "scenario"
    for measure, item in found["forecasters"][who].items():
        lines = item["outside_90"]
        if not lines:
            console.print(f"Outside the {WHO[who]}'s 90 % interval of {WORDS[measure]}: no row.")
            continue
        listed = ", ".join(map(str, lines[:MOST_LISTED])) + (", ..." if len(lines) > MOST_LISTED else "")
        console.print(
            f"Outside the {WHO[who]}'s 90 % interval of {WORDS[measure]} in whole counts, which holds somewhat more than 90 % "
            f"and is not the coverage above: {len(lines)} of {count(item['rows'], 'row')} (lines of the file: {listed}); -o "
            f"keeps every row with its interval."
        )
    console.print()


def _print_requirement(item: dict[str, Any], console: Console) -> None:
    word = "holds" if item["holds"] else "DOES NOT HOLD"
    console.print(f"[bold]Required of the {WHO[item['forecaster']]}[/bold]: {item['rule']}. It {word}.")
    for line in item["broken"]:
        console.print(f"  {plain(line)}")
