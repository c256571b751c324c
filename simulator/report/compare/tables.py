"""The tables of a comparison: every count in A and in B, their difference, and how sure it is."""

from __future__ import annotations

from simulator.evidence.compare.found import Compared, CompareFound
from simulator.evidence.numbers import number, number_range, whole
from simulator.evidence.statistics.differences import FEW, Pairing
from simulator.report.compare.sentences import UNITS, difference_cell, rate_cell
from simulator.report.page import Note, Table, table
from simulator.report.said import ROWS

RATE_ROWS = ("alerts", "false_alerts", "wrongful_stops", "stops", "no_action_stops", "arrests", "listed_stopped")
DIFFERENCE, RATIO, PAIRING = "B - A (95 %)", "B / A (95 %)", "pairing"
DIFFER = "if inputs differ"


def chance_table(found: CompareFound) -> Table:
    """Averages and differences with the inputs at their values, and in how many campaigns B has more."""
    n, rows = found.run.replications, []
    for name, label in _rows(found):
        item = found.measures[name].chance
        counts = item.campaigns
        rows.append(
            [
                *_first_cells(label, item),
                f"{whole(counts.more)} / {whole(counts.equal)} / {whole(counts.fewer)}",
                _ratio(item),
                _worth(item.pairing, n),
            ]
        )
    of = f"of {whole(n)}: more / same / fewer"
    people = (
        "with the same people in both" if found.run.same_passages else f"in pairs of {found.unit}s with other people"
    )
    return table(
        f"Per {found.unit}, every input at its best value",
        ["", "A", "B", DIFFERENCE, of, RATIO, PAIRING],
        rows,
        spare=[PAIRING, RATIO, of],
        notes=[
            "95 %: error of the simulation, one interval at a time; of 20 lines in which nothing differs, one may seem to.",
            f"†: only so many {found.unit}s differ (under {FEW}), so it is rough.",
            Note(f"more / same / fewer: {found.unit}s in which B has more than A, as many, or fewer, {people}.", (of,)),
            Note("B / A: ratio of the averages; not estimable where A had none.", (RATIO,)),
            Note(f"pairing: as sure as so many times the {found.unit}s with random numbers of their own.", (PAIRING,)),
        ],
    )


def ignorance_table(found: CompareFound) -> Table:
    """The same with inputs drawn anew for every campaign, the same in A and B."""
    rows, single = [], f"single {found.unit}s"
    for name, label in _rows(found):
        item = found.measures[name].ignorance
        spread = number_range(*item.average_95) if item.average_95 else ""
        rows.append([*_first_cells(label, item), number_range(*item.campaign_90) if item.campaign_90 else "", spread])
    made = table(
        f"Per {found.unit}, inputs drawn from their intervals",
        ["", "A", "B", DIFFERENCE, single, DIFFER],
        rows,
        spare=[single, DIFFER],
        notes=[
            f"Every {found.unit} with inputs of its own, drawn by the same random numbers in A and B.",
            Note(f"{single.capitalize()}: B - A of at least 9 in 10.", (single,)),
            Note(
                "If inputs differ: where the average of B - A may lie given what is not known (95 %), by closed forms, each "
                "times simulated over closed form; blank where there is none.",
                (DIFFER,),
            ),
        ],
    )
    for name, column in ((single, -2), (DIFFER, -1)):
        made = made if any(row[column] for row in rows) else made.without(name)
    return made


def rate_table(found: CompareFound, unit: str) -> Table:
    """The main counts per camera hour or per 100,000 faces, inputs at their values."""
    rates = {name: found.rates[unit][name].chance for name in RATE_ROWS}
    return table(
        f"Per {UNITS[unit]}, every input at its best value",
        ["", "A", "B", DIFFERENCE],
        [
            [found.measures[name].words, average(rate.a), average(rate.b), rate_cell(rate)]
            for name, rate in rates.items()
            if rate and (rate.a or rate.b)
        ],
    )


def _rows(found: CompareFound) -> list[tuple[str, str]]:
    """The measures that any campaign has."""
    passes = {name: (item.chance, item.ignorance) for name, item in found.measures.items()}
    return [(name, label) for name, label in ROWS if any(item.a or item.b for item in passes[name])]


def _first_cells(label: str, item: Compared) -> list[str]:
    return [label, average(item.a), average(item.b), difference_cell(item)]


def average(x: float) -> str:
    """An average, or that none was seen."""
    return number(x) if x else "none seen"


def _ratio(item: Compared) -> str:
    if item.ratio is None or item.ratio_95 is None:
        return "not estimable"
    ends = number_range(*item.ratio_95)
    return ends if ends == number(item.ratio) else f"{number(item.ratio)} ({ends})"


def _worth(pairing: Pairing, n: int) -> str:
    if pairing.verdict == "unclear":
        return "unclear"
    if pairing.verdict in ("exact", "few") or pairing.unpaired_campaigns is None:
        return ""
    return f"x {number(pairing.unpaired_campaigns / n)}" + (" (cost)" if pairing.verdict == "cost" else "")


__all__ = ["average", "chance_table", "ignorance_table", "rate_table"]
