"""The tables of a run: every rate with its denominator, every average with its intervals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from simulator.evidence.about.header import Unit
from simulator.evidence.counted.closed_forms import LABEL
from simulator.evidence.numbers import count_range, number, number_range, one_in, per_unit, percent, rate_range, whole
from simulator.evidence.run.averages import BY_CAMPAIGNS
from simulator.evidence.run.found import DrawnMeasure, MeasureFound, RunFound
from simulator.evidence.run.others import GroupCounts
from simulator.evidence.run.rates import DrawnRate, Range, Rate
from simulator.evidence.run.record_beside import RecordBeside
from simulator.evidence.statistics.averages import TELLING
from simulator.report.page import Note, Table, table
from simulator.report.said import DASH, PER, ROWS

NOT_KNOWN = "not known here"
RATED = {
    "false_alerts": "false alerts",
    "no_action_stops": "stops, no action",
    "no_action_or_complied_stops": "with complied checks",
    "arrests": "arrests",
}
BEST, UNKNOWN, CLOSED = "best inputs", "unknown inputs", "closed form*"
LIES = "average may lie"
ERROR, BY_CHANCE, BY_BOTH, MAY_LIE = "± error", "9 in 10", "9 in 10 then", "may lie"
# Faces are counted in thousands from here on, so that all columns have room.
MANY_FACES = 10_000
NOISY = "~"


def headline_table(found: RunFound) -> Table:
    """Wrongful stops by every denominator: at the best inputs, and all that is said of unknown ones."""
    rows, single = [], f"single {found.scenario.unit}s"
    for unit, words in PER.items():
        if unit in found.scenario.no_rates_per:
            rows.append([words, NOT_KNOWN, "", "", ""])
            continue
        rate = found.rates["wrongful_stops"][unit]
        rows.append([words, _rate_cell(rate, unit), *_unknown_cells(rate.with_ignorance, unit)])
    starred = any(cell.endswith("*") for row in rows for cell in row)
    made = table(
        "Wrongful stops, out of how many of what: the average",
        ["per", _best(found), UNKNOWN, LIES, single],
        rows,
        spare=[single, LIES],
        notes=[
            Note("Best inputs: every input at its best value.", (BEST,)),
            Note("Unknown inputs: over all that they may be; this is what to expect.", (UNKNOWN,)),
            Note("Average may lie: 95 %, given what is not known.", (LIES,)),
            Note(f"{single.capitalize()}: at least 9 in 10, with unknown inputs.", (single,)),
            *[Note(f"*: none in any simulated {found.scenario.unit}; by the closed form.", (BEST,))] * starred,
        ],
    )
    if not any(row[4] for row in rows):
        made = made.without(single)
    return made if found.varied else _certain(made, UNKNOWN, LIES)


def _best(found: RunFound) -> str:
    """How averages of the pass without ignorance are called: where nothing is unknown there are no others."""
    return BEST if found.varied else "average"


def _at_best(found: RunFound) -> str:
    return " at the best inputs" * found.varied


def _unknown_cells(drawn: DrawnRate | None, unit: str) -> list[str]:
    """Average, where it may lie, single campaigns: all of the pass with inputs drawn."""
    if drawn is None:
        return ["", "", ""]
    average = "none seen" if drawn.rate is None else per_unit(drawn.rate, unit) + "*" * (drawn.basis == LABEL)
    return [average, *(rate_range(ends, unit) if ends else "" for ends in (drawn.average_95, drawn.campaign_90))]


def _certain(made: Table, *unknown: str) -> Table:
    """The table of a scenario in which nothing is unknown: without the columns of what is."""
    for name in unknown:
        made = made.without(name)
    return replace(made, notes=(Note("No input is uncertain: what differs is chance."),))


def rates_table(found: RunFound) -> Table:
    """Averages of the other rates by every denominator."""
    rows = []
    for unit, words in PER.items():
        if unit in found.scenario.no_rates_per:
            rows.append([f"per {words}", NOT_KNOWN, *[""] * (len(RATED) - 1)])
            continue
        cells = ["" if unit + "s" == name else _rate_cell(found.rates[name][unit], unit) for name in RATED]
        rows.append([f"per {words}", *cells])
    return table(f"Other rates, average{_at_best(found)}", ["", *RATED.values()], rows, spare=["arrests"])


def _rate_cell(rate: Rate, unit: str) -> str:
    if rate.rate is None:
        return "none seen"
    return per_unit(rate.rate, unit) + ("" if rate.basis == "simulated" else "*")


def counts_table(found: RunFound) -> Table:
    """What one campaign brings: at the best inputs, then with unknown ones; no column has numbers of both."""
    rows = [_count_row(found, name, label) for name, label in ROWS]
    starred = any(row[1].endswith("*") or row[5].endswith("*") for row in rows)
    untold = any(found.measures[name].unit != "count" and _unbounded(found.measures[name]) for name, _ in ROWS)
    made = table(
        f"In one {found.scenario.unit}: average"
        + " and what at least 9 in 10 bring" * any(row[3] or row[7] for row in rows)
        + ", at the best inputs and with unknown ones" * found.varied,
        ["", _best(found), ERROR, BY_CHANCE, CLOSED, UNKNOWN, MAY_LIE, BY_BOTH],
        rows,
        spare=[ERROR, CLOSED, BY_CHANCE, BY_BOTH, MAY_LIE, UNKNOWN],
        notes=[
            Note(
                f"± error: of the simulation, upwards (95 %), smaller with more {found.scenario.unit}s (-n). <: none seen, at "
                "most so many." + f" Blank: fewer than {TELLING} had any, too few to see how large it may be." * untold,
                (ERROR,),
            ),
            Note("Unknown inputs: the average over all that they may be.", (UNKNOWN,)),
            Note(
                f"May lie: where the average may, given what is not known (95 %); {NOISY} from few {found.scenario.unit}s, "
                f"without a closed form; blank where chance hides it.",
                (MAY_LIE,),
            ),
            Note("* before depletion, repeats, queues and walking away.", () if starred else (CLOSED,)),
            '"None seen" is no evidence of zero; "assumed 0" was put in, not found.',
        ],
    )
    # of too few campaigns there is no range
    left_out = [name for name, column in ((BY_CHANCE, 3), (BY_BOTH, 7)) if not any(row[column] for row in rows)]
    for name in left_out if found.varied else {*left_out, UNKNOWN, MAY_LIE, BY_BOTH}:
        made = made.without(name)
    return made


def _count_row(found: RunFound, name: str, label: str) -> list[str]:
    m = found.measures[name]
    if m.assumed_zero:
        return [label, "assumed 0", *[""] * 6]
    each = 1.0
    if name == "faces":
        each = 1000.0 if max(m.mean, m.with_ignorance.mean) >= MANY_FACES else 1.0
        label = "faces (assumed, not counted)" if "face" in found.scenario.no_rates_per else label
        label += ", thousands" if each > 1 else ""
    spread = count_range if m.unit == "count" and each == 1 else number_range
    drawn = m.with_ignorance
    noisy = NOISY if drawn.average_95_basis == BY_CAMPAIGNS else ""
    return [
        label,
        _average(m, each),
        _error(m, each),
        _dashed(spread, m.campaign_90, each),
        "" if m.closed_form is None else number(m.closed_form / each),
        _average(drawn, each),
        noisy * bool(drawn.average_95) + _dashed(number_range, drawn.average_95, each),
        _dashed(spread, drawn.campaign_90, each),
    ]


def _unbounded(m: MeasureFound) -> bool:
    return m.mean_95 is None and m.mean > 0


def _error(m: MeasureFound, each: float) -> str:
    """How far the average may lie above, the wider side where an event is rare; where none was seen, how large it may be."""
    if m.mean_95 is None or (m.closed_form and not m.mean):
        return ""
    return number((m.mean_95[1] - m.mean) / each) if m.mean else f"< {number(m.mean_95[1] / each)}"


def _dashed(write: Callable[[float, float, str], str], ends: Range | None, each: float = 1.0) -> str:
    """A range; blank where there is none."""
    return write(ends[0] / each, ends[1] / each, DASH) if ends else ""


def _average(m: MeasureFound | DrawnMeasure, each: float) -> str:
    """Write the simulated mean; where no campaign had one, the closed form (marked) if there is one."""
    if m.mean:
        return number(m.mean / each)
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
    columns = ["outcome", *(truth.replace("_", " ") for truth in truths)]
    return table(f"How alerts ended: average per {found.scenario.unit}{_at_best(found)}", columns, rows)


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


def places_table(found: RunFound) -> Table:
    """Counts by place, where there are several."""
    rows = [
        [
            place.name,
            whole(place.deployments),
            number(place.passages),
            *(
                number(x) if x else "none seen"
                for x in (place.alerts, place.false_alerts, place.wrongful_stops, place.arrests)
            ),
        ]
        for place in found.places or ()
    ]
    columns = ["place", "deployments", "passages", "alerts", "false alerts", "wrongful stops", "arrests"]
    return table(
        f"By place: average per {found.scenario.unit}{_at_best(found)}",
        columns,
        rows,
        spare=["passages", "false alerts"],
    )


def record_table(record: RecordBeside, unit: Unit) -> Table:
    """The published record beside the recorded ledger."""
    rows = []
    for name, row in record.rows.items():
        place = {True: "inside", False: "outside", None: "too few to tell"}[row.inside]
        said = f"calibrated to{', now outside' * (row.inside is False)}" if row.calibrated_to else place
        said += "; shares data with inputs" if row.shares_data else ""
        simulated = [number(row.simulated_mean), _dashed(count_range, row.campaign_90)]
        rows.append([_label(name), whole(row.recorded), *simulated, said])
    return table(
        "Beside the published record (what a force's grid would show; unknown inputs included)",
        ["", "record", "average", f"9 in 10 {unit}s", ""],
        rows,
        notes=[f"{_label(name).capitalize()}: {row.note}." for name, row in record.rows.items() if row.note],
    )


def _label(figure: str) -> str:
    return figure.replace("_", " ")


__all__ = [
    "counts_table", "ends_table", "groups_table", "headline_table", "places_table", "rates_table", "record_table",
]  # fmt: skip
