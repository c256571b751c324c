"""The findings of ``lfrsim fit`` on a terminal: what is odd in the record, what it says, and what goes into the scenario."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.evidence.fit.fitted_inputs import FMR, TRUE
from simulator.evidence.numbers import number, whole
from simulator.report.fit.sentences import (
    GRADES,
    at,
    disposal_sentences,
    factor_sentences,
    left_out_words,
    rate_cell,
    rate_sentences,
    share_cell,
    slope_sentences,
    street_sentences,
    zero_sentences,
)
from simulator.report.inputs import short, words_of
from simulator.report.old_tables import _table

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

MOST_ODDITIES = 40


def print_fit(found: dict[str, Any], console: Console) -> None:
    """Print *found* (see evidence.fit.found): the record, its oddities, the estimates, the inputs, the silences."""
    _print_head(found, console)
    _print_oddities(found["record"], console)
    if found["blocks"]:
        console.print(blocks_table(found, console.width))
    for line in (*zero_sentences(found), *factor_sentences(found), *rate_sentences(found), *slope_sentences(found)):
        console.print(plain(line))
    console.print()
    street = found["street"]
    where = [f"The street: {street['deployments']} deployments"]
    where += [f"at {at(street['threshold'])}"] if street["threshold"] is not None else []
    where += [f"places with {found['question']['place']} in their name"] if found["question"]["place"] else []
    where += [f"{street['sites']} sites"] if street["sites"] > 1 else []
    console.print(f"[bold]{plain(', '.join(where))}[/bold]")
    for line in street["cautions"]:
        console.print(f"[bold]Caution[/bold]: {plain(line)}")
    for line in (*street_sentences(found), *disposal_sentences(found)):
        console.print(plain(line))
    console.print()
    if found["inputs"]:
        console.print(inputs_table(found, console.width))
    _print_cautions(found, console)


def _print_head(found: dict[str, Any], console: Console) -> None:
    record = found["record"]
    console.print(
        f"[bold]{plain(record['file'])}: {whole(record['deployments'])} deployments, {record['first']} to {record['last']}, "
        f"{number(record['hours'])} camera hours where given[/bold]"
    )
    console.print(f"{GRADES} For the scenario {plain(found['scenario']['name'])}. In brackets: 95 %.")
    if record["skipped_rows"]:
        console.print(f"[bold]{plain(left_out_words(record))}[/bold] The first: {plain(_line(record['skipped'][0]))}")
    if record["ignored_columns"]:
        console.print(f"Columns that mean nothing here: {plain(', '.join(record['ignored_columns'][:20]))}.")
    console.print()


def _print_oddities(record: dict[str, Any], console: Console) -> None:
    odd = record["oddities"]
    if not odd:
        console.print("Nothing is odd in the rows that were read.")
    else:
        console.print("[bold]Odd in the record (nothing was dropped for it)[/bold]")
        for item in odd[:MOST_ODDITIES]:
            console.print(f"  {plain(_line(item))}")
        if len(odd) > MOST_ODDITIES:
            console.print(f"  ... and {len(odd) - MOST_ODDITIES} more; all are in the output of --json.")
    console.print()


def _line(item: dict[str, str]) -> str:
    return ": ".join(part for part in (item["place"], item["column"], item["what"]) if part)


def blocks_table(found: dict[str, Any], width: int) -> Table:
    """False alerts by threshold, with every denominator and exact intervals."""
    rows = []
    for block in found["blocks"]:
        per = block["per"]
        rows.append(
            [
                at(block["threshold"]),
                f"{block['first']} to {block['last']}",
                whole(block["deployments"]),
                f"{whole(block['false_alerts'])} of {whole(block['alerts'])}",
                share_cell(per.get("alert")),
                rate_cell(per.get("hour")),
                rate_cell(per.get("face")),
                number(block["faces_per_hour"]) if block["faces_per_hour"] is not None else "",
            ]
        )
    columns = [
        "threshold",
        "days",
        "rows",
        "false of alerts",
        "share",
        "camera hours",
        "counted faces",
        "faces/hour",
    ]
    table = _table(
        "False alerts recorded at each threshold: one in how many (exact 95 %)",
        columns,
        rows,
        width,
        ("days", "rows", "faces/hour"),
    )
    table.caption = (
        "Faces are counted in ways that change: where faces per hour differ much, do not compare rates per face."
    )
    return table


def inputs_table(found: dict[str, Any], width: int) -> Table:
    """What goes into the scenario, beside what stood there before."""
    rows = []
    for item in found["inputs"]:
        before = "" if item["before"] is None else short(item["before"])
        if item["before_95"]:
            before += f" ({short(item['before_95'][0])}–{short(item['before_95'][1])})"
        low, high = item["interval_95"]
        rows.append(
            [
                words_of(item["key"]),
                before,
                f"{short(item['value'])} ({short(low)}–{short(high)})",
                "jointly" if item["jointly"] else "",
            ]
        )
        rows.append([f"  {item['key']}", "", "", ""])
    table = _table(
        f"Inputs of {found['scenario']['name']} that the record sets (95 %)",
        ["input", "in the scenario now", "from the record", "drawn"],
        rows,
        width,
        ("drawn",),
    )
    left, keys = found["share_recorded"], {item["key"] for item in found["inputs"]}
    shares = [f"{left['true']:.2f} of true ones"] if TRUE in keys and left["true"] < 1 else []
    shares += [f"{left['false']:.2f} of false ones"] if FMR in keys and left["false"] < 1 else []
    notes = []
    if shares:
        notes.append(
            f"Rates of alerts are the record's divided by the share of alerts that a force records ({', '.join(shares)}; "
            f"simulated): people in custody, repeats and recognised people are not in a record."
        )
    if FMR in keys and found["false_alerts"] and not any(found["false_alerts"]["counts"]):
        notes.append(
            "No false alert is recorded: the record bounds the false match rate from above, and the value and its lower end are "
            "what Jeffreys' prior makes of that."
        )
    table.caption = "\n".join(notes) or None
    return table


def _print_cautions(found: dict[str, Any], console: Console) -> None:
    for line in found["cannot_say"]:
        console.print(f"[bold]Not in these data[/bold]: {plain(line)}")


def plain(text: str) -> str:
    """*text* on one line, with brackets that the console would take for its own markup escaped."""
    from rich.markup import escape

    return escape(" ".join(text.split()))
