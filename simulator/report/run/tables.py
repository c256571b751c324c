"""The tables of a run: every rate with its denominator, every average with its intervals."""

from __future__ import annotations

from collections.abc import Callable

from simulator.evidence.numbers import count_range, number, number_range, one_in, per_unit, percent, rate_range, whole
from simulator.evidence.run.found import MeasureFound, RunFound
from simulator.evidence.run.others import GroupCounts
from simulator.evidence.run.rates import Range, Rate
from simulator.evidence.run.record_beside import RecordBeside
from simulator.report.page import Note, Table, table
from simulator.report.said import DASH, PER, ROWS

NOT_KNOWN = "not known here"
RATED = {
    "false_alerts": "false alerts",
    "no_action_stops": "stops, no action",
    "no_action_or_complied_stops": "with complied checks",
    "arrests": "arrests",
}
DIFFER, SINGLE = "average, if the inputs differ (95 %)", "single campaigns (at least 9 in 10)"


def headline_table(found: RunFound) -> Table:
    """Wrongful stops by every denominator, with both intervals."""
    rows = []
    for unit, words in PER.items():
        if unit in found.scenario.no_rates_per:
            rows.append([f"per {words}", NOT_KNOWN, "", ""])
            continue
        rate = found.rates["wrongful_stops"][unit]
        wide = rate.with_ignorance
        ranges = (wide.average_95, wide.campaign_90) if wide else (None, None)
        rows.append(
            [f"per {words}", _rate_cell(rate, unit), *(rate_range(ends, unit) if ends else "" for ends in ranges)]
        )
    made = table(
        "Wrongful stops, out of how many of what",
        ["", "average", DIFFER, SINGLE],
        rows,
        spare=[DIFFER],
        notes=[
            Note(
                "If the inputs differ: the spread of the closed form over the inputs' intervals, laid around the average; blank "
                "where there is no closed form.",
                (DIFFER,),
            ),
            "Single campaigns: chance and unknown inputs together.",
        ]
        if found.varied
        else ["No input is uncertain: what differs is chance."],
    )
    return made if found.varied else made.without(DIFFER)


def rates_table(found: RunFound) -> Table:
    """Averages of the other rates by every denominator."""
    rows = []
    for unit, words in PER.items():
        if unit in found.scenario.no_rates_per:
            rows.append([f"per {words}", NOT_KNOWN, *[""] * (len(RATED) - 1)])
            continue
        cells = ["" if unit + "s" == name else _rate_cell(found.rates[name][unit], unit) for name in RATED]
        rows.append([f"per {words}", *cells])
    return table("Other rates, average over campaigns", ["", *RATED.values()], rows, spare=["arrests"])


def _rate_cell(rate: Rate, unit: str) -> str:
    if rate.rate is None:
        return "none seen"
    return per_unit(rate.rate, unit) + ("" if rate.basis == "simulated" else "*")


def counts_table(found: RunFound) -> Table:
    """What one campaign brings: averages and what single campaigns may bring."""
    error, differ, chance, unknown, closed = (
        "± error", "if inputs differ", "by chance", "unknown inputs", "closed form*",
    )  # fmt: skip
    rows = []
    for name, label in ROWS:
        m = found.measures[name]
        if name == "faces" and "face" in found.scenario.no_rates_per:
            label = "faces (assumed, not counted)"
        if m.assumed_zero:
            rows.append([label, "assumed 0", *[""] * 5])
            continue
        spread = count_range if m.unit == "count" else number_range
        wide = m.with_ignorance
        rows.append(
            [
                label,
                _average(m),
                _error(m),
                _dashed(number_range, wide.average_95) if wide.average_95 else "",
                _dashed(spread, m.campaign_90),
                _dashed(spread, wide.campaign_90),
                "" if m.closed_form is None else number(m.closed_form),
            ]
        )
    starred = any(row[1].endswith("*") for row in rows)
    made = table(
        "In one campaign: the average and where it may lie, then what at least 9 in 10 single campaigns bring",
        ["", "average", error, differ, chance, unknown, closed],
        rows,
        spare=[error, closed, chance, differ, unknown],
        notes=[
            Note(
                "± error: of the simulation, upwards (95 %), smaller with more campaigns (-n). <: none seen, at most so many.",
                (error,),
            ),
            Note(
                "If inputs differ: where the average may lie given what is not known (95 %), by the closed form.",
                (differ,),
            ),
            Note("* before depletion, repeats, queues and walking away.", () if starred else (closed,)),
            '"None seen" is no evidence of zero; "assumed 0" was put in, not found.',
        ],
    )
    return made if found.varied else made.without(differ).without(unknown)


def _error(m: MeasureFound) -> str:
    """How far the average may lie above, the wider side where an event is rare; where none was seen, how large it may be."""
    if m.mean_95 is None or (m.closed_form and not m.mean):
        return ""
    return number(m.mean_95[1] - m.mean) if m.mean else f"< {number(m.mean_95[1])}"


def _dashed(write: Callable[[float, float, str], str], ends: Range) -> str:
    low, high = ends
    return write(low, high, DASH)


def _average(m: MeasureFound) -> str:
    """Write the simulated mean; where no campaign had one, the closed form (marked) if there is one."""
    if m.mean:
        return number(m.mean)
    return f"{number(m.closed_form)}*" if m.closed_form else "none seen"


def ends_table(found: RunFound) -> Table:
    """Alerts by truth and outcome."""
    ends = found.alerts_by_truth_and_outcome
    truths = [truth for truth in ends if any(ends[truth].values())]
    rows = [
        [
            outcome.replace("_", " "),
            *(number(ends[truth][outcome]) if ends[truth][outcome] else "none" for truth in truths),
        ]
        for outcome in next(iter(ends.values()))
        if any(ends[truth][outcome] for truth in truths)
    ]
    return table(
        "How alerts ended: average per campaign", ["outcome", *(truth.replace("_", " ") for truth in truths)], rows
    )


def groups_table(groups: tuple[GroupCounts, ...]) -> Table:
    """Counts by group."""
    rows = [
        [
            group.name,
            percent(group.street_share),
            *(number(x) for x in (group.alerts, group.false_alerts, group.wrongful_stops)),
            one_in(group.false_alerts_per_passage) if group.false_alerts_per_passage else "none seen",
        ]
        for group in groups
    ]
    columns = ["group", "share of street", "alerts", "false alerts", "wrongful stops", "false alerts per passage"]
    return table("By group: follows from the assumed ratios, measured by nobody", columns, rows)


def record_table(record: RecordBeside) -> Table:
    """The published record beside the recorded ledger."""
    rows = []
    for name, row in record.rows.items():
        said = "calibrated to" if row.calibrated_to else ("inside" if row.inside else "outside")
        said += "; shares data with inputs" if row.shares_data else ""
        simulated = [number(row.simulated_mean), _dashed(count_range, row.campaign_90)]
        rows.append([_label(name), whole(row.recorded), *simulated, said])
    return table(
        "Beside the published record (what a force's grid would show; unknown inputs included)",
        ["", "record", "simulated average", "9 in 10 campaigns", ""],
        rows,
        notes=[f"{_label(name).capitalize()}: {row.note}." for name, row in record.rows.items() if row.note],
    )


def _label(figure: str) -> str:
    return figure.replace("_", " ")


__all__ = [
    "counts_table", "ends_table", "groups_table", "headline_table", "rates_table", "record_table",
]  # fmt: skip
