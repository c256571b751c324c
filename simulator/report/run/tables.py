"""The tables of a summary: every rate with its denominator, every average with its intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.report.numbers import (
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
NOT_KNOWN = "not known here"
ROWS = (
    ("faces", "faces counted"),
    ("alerts", "alerts"),
    ("false_alerts", "  false alerts"),
    ("true_alerts", "  true alerts"),
    ("stops", "stops"),
    ("wrongful_stops", "  wrongful stops"),
    ("liberty_lost_min", "    minutes lost, cells not counted"),
    ("no_action_stops", "stops with no action"),
    ("no_action_or_complied_stops", "  with complied condition checks"),
    ("no_action_wrong_person", "  part: wrong person"),
    ("no_action_stale_record", "  part: stale record"),
    ("no_action_right_person", "  part: right person let go"),
    ("bystander_stops", "stops of a bystander"),
    ("arrests", "arrests"),
    ("wrongful_arrests", "  as the listed person, in error"),
    ("stale_arrests", "  right person, stale record"),
    ("other_offence_arrests", "  wrong person, something found"),
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
    "no_action_or_complied_stops": "with complied checks",
    "arrests": "arrests",
}


def _table(
    title: str, columns: list[str], rows: list[list[str]], width: int = 10_000, spare: tuple[str, ...] = ()
) -> Table:
    """Build a table of *rows* that fits into *width* by leaving out columns of *spare*, the first named first.

    Nothing is ever broken over two lines: half a number can be read as another number.
    """
    from rich import box
    from rich.table import Table

    left_out = 0
    while _natural_width(columns, rows) > width and left_out < len(spare):
        at = columns.index(spare[left_out])
        columns, rows = _without(columns, at), [_without(row, at) for row in rows]
        left_out += 1
    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, collapse_padding=True)
    table.pad_edge, table.caption_justify = False, "left"
    for i, column in enumerate(columns):
        table.add_column(column, justify="left" if i == 0 else "right", no_wrap=True)
    for row in rows:
        table.add_row(*row)
    return table


def _natural_width(columns: list[str], rows: list[list[str]]) -> int:
    cells = [columns, *rows]
    # a space on either side of the table, two between columns
    return 2 + sum(2 + max(len(row[i]) for row in cells) for i in range(len(columns)))


def _without(row: list[str], at: int) -> list[str]:
    return row[:at] + row[at + 1 :]


def varied(summary: dict[str, Any]) -> bool:
    """Whether any input is drawn from an interval; if none is, there is nothing to say but what chance does."""
    return any(item["interval_95"] for item in summary["inputs"])


def _dashed(write: Callable[[float, float, str], str], ends: list[float]) -> str:
    low, high = ends
    return write(low, high, DASH)


def headline_table(summary: dict[str, Any], width: int) -> Table:
    """Wrongful stops by every denominator, with both intervals."""
    rows, unknown = [], summary["scenario"]["no_rates_per"]
    for unit, words in PER.items():
        if unit in unknown:
            rows.append([f"per {words}", NOT_KNOWN, "", ""])
            continue
        rate = summary["rates"]["wrongful_stops"][unit]
        wide = rate["with_ignorance"] or {"average_95": None, "campaign_90": None}
        ranges = [rate_range(wide[key], unit) if wide[key] else "" for key in ("average_95", "campaign_90")]
        rows.append([f"per {words}", _rate_cell(rate, unit), *ranges])
    columns = ["", "average", "average, if the inputs differ (95 %)", "single campaigns (at least 9 in 10)"]
    title = "Wrongful stops, out of how many of what"
    if not varied(summary):
        table = _table(title, _without(columns, 2), [_without(row, 2) for row in rows], width)
        table.caption = "No input is uncertain: what differs is chance."
        return table
    table = _table(title, columns, rows, width, (columns[2],))
    table.caption = (
        "If the inputs differ: the spread of the closed form over the inputs' intervals, laid around the average; blank "
        "where there is no closed form. Single campaigns: chance and unknown inputs together."
    )
    return table


def rates_table(summary: dict[str, Any], width: int) -> Table:
    """Averages of the other rates by every denominator."""
    rows, unknown = [], summary["scenario"]["no_rates_per"]
    for unit, words in PER.items():
        if unit in unknown:
            rows.append([f"per {words}", NOT_KNOWN, *[""] * (len(RATED) - 1)])
            continue
        cells = ["" if unit + "s" == name else _rate_cell(summary["rates"][name][unit], unit) for name in RATED]
        rows.append([f"per {words}", *cells])
    return _table("Other rates, average over campaigns", ["", *RATED.values()], rows, width, ("arrests",))


def _rate_cell(rate: dict[str, Any], unit: str) -> str:
    if rate["rate"] is None:
        return "none seen"
    return per_unit(rate["rate"], unit) + ("" if rate["basis"] == "simulated" else "*")


def counts_table(summary: dict[str, Any], width: int) -> Table:
    """What one campaign brings: averages and what single campaigns may bring."""
    columns = ["", "average", "± error", "if inputs differ", "by chance", "unknown inputs", "closed form*"]
    rows = []
    for name, label in ROWS:
        m = summary["measures"][name]
        if name == "faces" and "face" in summary["scenario"]["no_rates_per"]:
            label = "faces (assumed, not counted)"
        if m["assumed_zero"]:
            rows.append([label, "assumed 0", *[""] * (len(columns) - 2)])
            continue
        spread = count_range if m["unit"] == "count" else number_range
        between = m["with_ignorance"]["average_95"]
        rows.append(
            [
                label,
                _average(m),
                # from the upper end: the lower one may have been cut off at 0
                number(m["mean_95"][1] - m["mean"]) if m["mean"] and m["mean_95"] else "",
                _dashed(number_range, between) if between else "",
                _dashed(spread, m["campaign_90"]),
                _dashed(spread, m["with_ignorance"]["campaign_90"]),
                "" if m["closed_form"] is None else number(m["closed_form"]),
            ]
        )
    if not varied(summary):
        for name in ("if inputs differ", "unknown inputs"):
            at = columns.index(name)
            columns, rows = _without(columns, at), [_without(row, at) for row in rows]
    spare = ("± error", "closed form*", "by chance", "if inputs differ", "unknown inputs")
    table = _table(
        "In one campaign: the average and where it may lie, then what at least 9 in 10 single campaigns bring",
        columns,
        rows,
        width,
        tuple(name for name in spare if name in columns),
    )
    differ = "If inputs differ: where the average may lie given what is not known (95 %), by the closed form. "
    table.caption = (
        f"± error: of the simulation (95 %), smaller with more campaigns (-n). {differ if varied(summary) else ''}"
        "* before depletion, repeats, queues and walking away. "
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
    rows = [
        [
            outcome.replace("_", " "),
            *(number(ends[truth][outcome]) if ends[truth][outcome] else "none" for truth in truths),
        ]
        for outcome in next(iter(ends.values()))
        if any(ends[truth][outcome] for truth in truths)
    ]
    columns = ["outcome", *(truth.replace("_", " ") for truth in truths)]
    return _table("How alerts ended: average per campaign", columns, rows)


def groups_table(groups: list[dict[str, Any]]) -> Table:
    """Counts by group."""
    rows = []
    for group in groups:
        counts = [number(group[name]) for name in ("alerts", "false_alerts", "wrongful_stops")]
        rate = group["false_alerts_per_passage"]
        rows.append([group["name"], percent(group["street_share"]), *counts, one_in(rate) if rate else "none seen"])
    columns = ["group", "share of street", "alerts", "false alerts", "wrongful stops", "false alerts per passage"]
    return _table("By group: follows from the assumed ratios, measured by nobody", columns, rows)


def record_table(record: dict[str, Any]) -> Table:
    """The published record beside the recorded ledger."""
    rows = []
    for name, row in record["rows"].items():
        said = "calibrated to" if row["calibrated_to"] else ("inside" if row["inside"] else "outside")
        said += "; shares data with inputs" if row["shares_data"] else ""
        simulated = [number(row["simulated_mean"]), _dashed(count_range, row["campaign_90"])]
        rows.append([_label(name), whole(row["recorded"]), *simulated, said])
    columns = ["", "record", "simulated average", "9 in 10 campaigns", ""]
    table = _table(
        "Beside the published record (what a force's grid would show; unknown inputs included)", columns, rows
    )
    notes = [f"{_label(name).capitalize()}: {row['note']}." for name, row in record["rows"].items() if "note" in row]
    table.caption = " ".join(notes) or None
    return table


def _label(figure: str) -> str:
    return figure.replace("_", " ")
