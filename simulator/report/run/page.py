"""The summary on a terminal: what a journalist reads first, with every denominator named."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

from simulator.report.numbers import (
    FEWEST_FOR_A_RANGE,
    WRONGFUL_NOTE,
    count_range,
    counted,
    mismatch,
    number,
    number_range,
    one_in,
    percent,
    whole,
)
from simulator.report.run.tables import (
    counts_table,
    ends_table,
    groups_table,
    headline_table,
    rates_table,
    record_table,
    varied,
)

if TYPE_CHECKING:
    from rich.console import Console

WIDTH_WITHOUT_TERMINAL = 124
FEWEST_FOR_AN_AVERAGE = 100


def new_console(stderr: bool = False) -> Console:
    """Build a console for this moment: the width of the terminal, or a fixed one where there is none."""
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() or "COLUMNS" in os.environ else WIDTH_WITHOUT_TERMINAL
    return Console(file=stream, width=width, highlight=False, soft_wrap=False)


def print_summary(summary: dict[str, Any], console: Console) -> None:
    """Print a *summary* (see evidence.summary): headline, rates, counts, ends, officers, record, cautions."""
    _print_head(summary, console)
    for table in (headline_table, rates_table, counts_table):
        console.print(table(summary, console.width))
    console.print(ends_table(summary))
    _print_officers(summary, console)
    if summary["groups"]:
        console.print(groups_table(summary["groups"]))
    if summary["record"]:
        console.print(record_table(summary["record"]))
        console.print(_record_bound(summary["record"]))
        console.print()
    _print_cautions(summary, console)


def _print_head(summary: dict[str, Any], console: Console) -> None:
    about, run = summary["scenario"], summary["run"]
    console.print(f"[bold]{about['title']}[/bold]")
    if about["what_if"]:
        console.print(f"[bold]WHAT IF:[/bold] {about['what_if']}")
    heading, said, ranges = mismatch(summary["outside_checks"], run["replications"], "own_threshold" not in about)
    for figure in said:
        console.print(f"[bold]{heading}:[/bold] {figure} {ranges}.")
    hours = about["camera_hours"]
    console.print(
        f"{counted(about['deployments'], 'deployment')}, {number(hours)} camera hour{'' if hours == 1 else 's'}, threshold "
        f"{about['threshold']:g}, list of {whole(about['list_size'])}"
        + (f", preset {about['preset']}" if about["preset"] else "")
        + f". {counted(run['replications'], 'simulated campaign')}, seed {run['seed']}: simulated, not observed."
    )
    for line in _cell_lines(summary):
        console.print(line)
    console.print()
    console.print(f"[bold]{headline(summary)}[/bold]")
    console.print(WRONGFUL_NOTE)
    console.print()


def _cell_lines(summary: dict[str, Any]) -> list[str]:
    """Say that this is another cell than the scenario's own, and who else sees the same people."""
    about, drawn = summary["scenario"], summary["run"]["envelope"]
    own = about.get("own_threshold", about["threshold"]), about.get("own_list_size", about["list_size"])
    said = []
    if "own_threshold" in about:
        said.append(
            f"This is a cell of the scenario's surface (--at); its own threshold is {own[0]:g}, its own list {whole(own[1])}."
        )
    wider = (drawn["threshold"], drawn["size"]) != own
    if wider:
        said.append(
            f"Drawn for threshold {drawn['threshold']:g} and above and lists up to {whole(drawn['size'])}: the people of every "
            f"run with --envelope {drawn['threshold']:g},{drawn['size']:.15g} and of a sweep that reaches as far, not of others."
        )
    elif said:
        said.append("The same people come past as in a run without --at.")
    return said


def headline(summary: dict[str, Any]) -> str:
    """State wrongful stops in one sentence: average, chance, and chance with what is not known about the inputs.

    Where no input is uncertain there is chance alone.
    """
    wrong = summary["measures"]["wrongful_stops"]
    low, high = wrong["campaign_90"]
    wide_low, wide_high = wrong["with_ignorance"]["campaign_90"]
    n = summary["run"]["replications"]
    most = "at least 9 in 10 campaigns have" if n >= FEWEST_FOR_A_RANGE else f"the {n} simulated had"
    ranges = f"{most} {count_range(low, high)} by chance"
    if varied(summary):
        ranges += f", and {count_range(wide_low, wide_high)} with what is not known about the inputs"
    if wrong["mean"] > 0:
        between = wrong["with_ignorance"]["average_95"] if varied(summary) else None
        where = f", {number_range(*between)} if the inputs differ from their best values" if between else ""
        some = summary["campaigns_with_a_wrongful_stop"]
        every = f"all {counted(n, 'campaign')} have" if n > 1 else "the one campaign has"
        share = f"{every} some" if some == 1 else f"{percent(some)} of campaigns have any"
        return f"Wrongful stops: {number(wrong['mean'])} per campaign on average{where}; {share}; {ranges}."
    if wrong["closed_form"]:
        expected = number(wrong["closed_form"])
        return f"Wrongful stops: none simulated; {expected} per campaign expected (closed form); {ranges}."
    if wrong["closed_form"] == 0:
        return "Wrongful stops: none, and with these inputs none can happen."
    return f"Wrongful stops: none simulated, which is no evidence of zero; {ranges}."


def _print_officers(summary: dict[str, Any], console: Console) -> None:
    measures, per = summary["measures"], summary["per_arrest"]
    no_hours = "camera_hour" in summary["scenario"]["no_rates_per"]
    assumed = " (the hours are assumed)" if no_hours else ""
    console.print("[bold]Officers[/bold]")
    parts = {"review": "operator_min", "search and holding": "team_min", "checks and custody runs": "checker_min"}
    spent = ", ".join(f"{words} {number(measures[name]['mean'] / 60)} h" for words, name in parts.items())
    console.print(
        f"On duty {number(measures['on_duty_hours']['mean'])} officer-hours a campaign{assumed}; busy with alerts "
        f"{number(measures['busy_min']['mean'] / 60)} ({spent}, van crews {number(measures['van_min']['mean'] / 60)} h); "
        f"with false alerts {number(measures['busy_on_false_min']['mean'])} minutes."
    )
    if no_hours:
        console.print("Officer-hours and costs per arrest: not known here, because the hours are not.")
    elif per["on_duty_hours"]["mean"] is None:
        console.print("No arrests in any campaign: nothing to divide by.")
    else:
        console.print(
            f"Per arrest: {_with_range(per['on_duty_hours'])} officer-hours on duty"
            + (f"; with station time {_with_range(per['officer_hours'])}" if _differs(per) else "")
            + "."
        )
        costs = [
            f"{words} GBP {_with_range(per[name])}"
            for words, name in (("equipment", "equipment_cost_gbp"), ("officers", "officer_cost_gbp"))
            if per[name]["mean"]
        ]
        if costs:
            console.print(f"Cost per arrest: {'; '.join(costs)} (9 in 10 campaigns with unknown inputs in brackets).")
    other = summary["alternative"]
    if other:
        console.print(
            f"The same officer-hours in {other['name']} (your figures: {other['source']}): {number(other['arrests'])} "
            f"arrests, {number(other['wrongful_stops'])} wrongful stops."
        )
    console.print()


def _with_range(item: dict[str, Any]) -> str:
    spread = item["with_ignorance_90"]
    return number(item["mean"]) + (f" ({number_range(*spread)})" if spread else "")


def _differs(per: dict[str, Any]) -> bool:
    return bool(per["officer_hours"]["mean"] != per["on_duty_hours"]["mean"])


def _print_cautions(summary: dict[str, Any], console: Console) -> None:
    inputs = summary["inputs"]
    assumed = [item["key"] for item in inputs if item["grade"] == "assumed"]
    console.print(
        f"[bold]How sure[/bold]: of {len(inputs)} graded inputs {len(assumed)} are assumed: nobody has published a measurement. "
        f"`lfrsim describe` lists each with its source."
    )
    if not varied(summary):
        console.print("No input has an interval: every one is held fixed. Vary them with --set.")
    elif summary["held_fixed"]:
        console.print(
            f"Not certain either, but held fixed here: {', '.join(summary['held_fixed'])}; hours, start times, the spread "
            f"of each duration, and whatever is left at its default. Vary them with --set."
        )
    lost, alerts = summary["measures"]["passages_void"]["mean"], summary["measures"]["alerts"]["mean"]
    if lost > 0:
        console.print(
            f"An arrested person does not come back within the campaign: an assumption that takes {number(lost)} of "
            f"{number(lost + alerts)} passages that would have alerted."
        )
    if summary["run"]["replications"] < FEWEST_FOR_AN_AVERAGE:
        console.print(
            f"[bold]Caution[/bold]: {summary['run']['replications']} campaigns are few; averages and ranges are rough (-n 1000)."
        )
    for caveat in summary["caveats"]:
        console.print(f"[bold]Caution[/bold]: {caveat}")
    for warning in summary["warnings"]:
        console.print(f"[bold]Caution[/bold]: {warning}")


def _record_bound(record: dict[str, Any]) -> str:
    """State what the recorded false alerts say of the rate: bounds come from evidence, never from replications."""
    source = f"Source: {record['source']}."
    none_in, bounds = record["none_recorded_95_one_sided_per_face"], record["recorded_false_95_exact"]
    if none_in is not None:
        return (
            f"No recorded false alert is compatible with anything rarer than {one_in(none_in)} counted faces (95 %, "
            f"one-sided; two-sided {one_in(bounds['face'][1])}). {source}"
        )
    if not bounds or "face" not in bounds:
        return source
    low, high = bounds["face"]
    return (
        f"The recorded false alerts are compatible with {one_in(high)} to {one_in(low)} counted faces (exact Poisson "
        f"95 %, two-sided). {source}"
    )
