"""The tables of a summary: every rate with its denominator, every average with its intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.report.words import (
    PER,
    count_range,
    number,
    number_range,
    one_in,
    per_unit,
    percent,
    rate_range,
    whole,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.table import Table

DASH = "–"
ROWS = (
    ("faces", "faces counted"),
    ("alerts", "alerts"),
    ("false_alerts", "  false alerts"),
    ("true_alerts", "  true alerts"),
    ("stops", "stops"),
    ("wrongful_stops", "  wrongful stops"),
    ("no_action_stops", "stops with no action"),
    ("no_action_wrong_person", "  part: wrong person"),
    ("no_action_stale_record", "  part: stale record"),
    ("no_action_right_person", "  part: right person let go"),
    ("complied_stops", "  apart: complied with conditions"),
    ("bystander_stops", "stops of a bystander"),
    ("arrests", "arrests"),
    ("wrongful_arrests", "  as the listed person, in error"),
    ("stale_arrests", "  right person, stale record"),
    ("other_offence_arrests", "  wrong person, something found"),
    ("liberty_lost_min", "minutes lost by the wrongly stopped"),
    ("people_falsely_alerted", "people falsely alerted on"),
    ("people_falsely_alerted_twice", "  more than once"),
    ("people_wrongly_stopped_twice", "wrongly stopped more than once"),
    ("listed_people", "listed people who came past"),
    ("listed_stopped", "  stopped"),
    ("listed_missed", "  missed"),
    ("crowded_out", "  missed: officers on false alerts"),
    ("after_camera_off", "alerts handled past camera-off"),
)
RATED = {
    "false_alerts": "false alerts",
    "no_action_stops": "stops, no action",
    "wrongful_arrests": "arrests in error",
    "arrests": "arrests",
}


def _table(title: str, columns: list[str]) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(
        title=title,
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
        collapse_padding=True,
    )
    table.caption_justify = "left"
    for i, column in enumerate(columns):
        table.add_column(column, justify="left" if i == 0 else "right", no_wrap=i == 0, overflow="fold")
    return table


def _dashed(write: Callable[[float, float, str], str], ends: list[float]) -> str:
    low, high = ends
    return write(low, high, DASH)


def headline_table(summary: dict[str, Any]) -> Table:
    """Wrongful stops by every denominator, with both intervals."""
    table = _table(
        "Wrongful stops, out of how many of what",
        ["", "average", "average known to (95 %)", "single campaigns, 9 in 10 (unknown inputs)"],
    )
    for unit, words in PER.items():
        rate = summary["rates"]["wrongful_stops"][unit]
        wide = rate["with_ignorance"]
        table.add_row(
            f"per {words}",
            _rate_cell(rate, unit),
            rate_range(rate["mean_95"], unit) if rate["mean_95"] else "",
            rate_range(wide["campaign_90"], unit) if wide else "",
        )
    return table


def rates_table(summary: dict[str, Any]) -> Table:
    """Averages of the other rates by every denominator."""
    table = _table("Other rates, average over campaigns", ["", *RATED.values()])
    for unit, words in PER.items():
        cells = ["" if unit + "s" == name else _rate_cell(summary["rates"][name][unit], unit) for name in RATED]
        table.add_row(f"per {words}", *cells)
    return table


def _rate_cell(rate: dict[str, Any], unit: str) -> str:
    if rate["rate"] is None:
        return "none seen"
    return per_unit(rate["rate"], unit) + ("" if rate["basis"] == "simulated" else "*")


def counts_table(summary: dict[str, Any]) -> Table:
    """What one campaign brings: averages and what single campaigns may bring."""
    table = _table(
        "In one campaign: the average and how well it is known; then what 9 in 10 single campaigns bring",
        ["", "average", "known to", "by chance", "unknown inputs", "closed form*"],
    )
    for name, label in ROWS:
        m = summary["measures"][name]
        spread = count_range if m["unit"] == "count" else number_range
        if m["assumed_zero"]:
            table.add_row(label, "assumed 0")
            continue
        table.add_row(
            label,
            _average(m),
            _dashed(number_range, m["mean_95"]) if m["mean"] and m["mean_95"] else "",
            _dashed(spread, m["campaign_90"]),
            _dashed(spread, m["with_ignorance"]["campaign_90"]),
            "" if m["closed_form"] is None else number(m["closed_form"]),
        )
    table.caption = (
        "Known to: 95 % Monte Carlo interval. * before depletion, repeats, queues and walking away. More campaigns (-n) "
        "sharpen the average, not what a single campaign may bring. "
        '"None seen" is no evidence of zero; "assumed 0" was put in, not found.'
    )
    return table


def _average(m: dict[str, Any]) -> str:
    """Write the simulated mean; where no campaign had one, the closed form (marked) if there is one."""
    if m["mean"]:
        return number(m["mean"])
    return f"{number(m['closed_form'])}*" if m["closed_form"] else "none seen"


def ends_table(summary: dict[str, Any]) -> Table:
    """Alerts by truth and outcome."""
    ends = summary["alerts_by_truth_and_outcome"]
    truths = [truth for truth in ends if any(ends[truth].values())]
    table = _table(
        "How alerts ended: average per campaign", ["outcome", *(truth.replace("_", " ") for truth in truths)]
    )
    for outcome in next(iter(ends.values())):
        if any(ends[truth][outcome] for truth in truths):
            cells = (number(ends[truth][outcome]) if ends[truth][outcome] else "none" for truth in truths)
            table.add_row(outcome.replace("_", " "), *cells)
    return table


def groups_table(groups: list[dict[str, Any]]) -> Table:
    """Counts by group."""
    table = _table("By group: follows from the assumed ratios, measured by nobody", ["group", "share of street"])
    for column in ("alerts", "false alerts", "wrongful stops", "false alerts per passage"):
        table.add_column(column, justify="right")
    for group in groups:
        counts = (number(group[name]) for name in ("alerts", "false_alerts", "wrongful_stops"))
        rate = group["false_alerts_per_passage"]
        table.add_row(group["name"], percent(group["street_share"]), *counts, one_in(rate) if rate else "none seen")
    return table


def record_table(record: dict[str, Any]) -> Table:
    """The published record beside the recorded ledger."""
    table = _table(
        "Beside the published record (what a force's grid would show; unknown inputs included)",
        ["", "record", "simulated average", "9 in 10 campaigns", ""],
    )
    for name, row in record["rows"].items():
        said = "calibrated to" if row["calibrated_to"] else ("inside" if row["inside"] else "outside")
        table.add_row(
            name.replace("_", " "),
            whole(row["recorded"]),
            number(row["simulated_mean"]),
            _dashed(count_range, row["campaign_90"]),
            said,
        )
    return table
