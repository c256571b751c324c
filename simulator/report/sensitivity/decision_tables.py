"""What better knowledge is worth for the decision that the user states: options, values, and how far the answer holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.evidence.numbers import number
from simulator.report.inputs import words_of
from simulator.report.old_tables import _table

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

ASK = (
    "Which input is most worth measuring? Name the options of a decision and your exchange rate, for example: --decide "
    "recogniser.threshold=0.60,0.62,0.64 --exchange 20 (one wrongful stop weighs as much as 20 stops of listed people). No "
    "rate is shipped, because it is a judgement and not a measurement."
)
# How far around the stated rate the most valuable input was followed (see evidence.decision).
FOLLOWED = 1000.0
# Inputs that are worth less than this part of knowing everything have no row.
SMALLEST_PART = 0.01


def print_decision(decision: dict[str, Any], console: Console) -> None:
    """Print the best option at the stated rate, what knowing more is worth, and over which rates both hold."""
    from rich.markup import escape

    console.print(f"[bold]{escape(headline(decision))}[/bold]")
    if decision["all_alike"]:
        console.print(
            f"The formulas do not see {decision['key']}. Compare its values by simulation: lfrsim run with --set "
            f"{escape(decision['key'])}=..."
        )
        console.print()
        return
    console.print(weighing(decision))
    console.print()
    console.print(options_table(decision))
    console.print()
    if decision["evpi"] > 0:
        console.print(values_table(decision, console.width))
    else:
        console.print(
            "To know every uncertain input exactly would change nothing: one option is best for all their values."
        )
    console.print()
    for line in notes(decision):
        console.print(escape(line))
    console.print()


def headline(decision: dict[str, Any]) -> str:
    """State the best option under the stated rate, and the input most worth measuring."""
    if decision["all_alike"]:
        return (
            f"{decision['key']}: by formula no option differs from another in stops of listed people or wrongful stops."
        )
    said = (
        f"If one wrongful stop weighs as much as {stops(decision['exchange'])} (your rate), {decision['key']}="
        f"{decision['best']:g} comes out best of these {len(decision['options'])} options."
    )
    if not decision["top_for_exchange"]:
        return f"{said} No single input is worth measuring for that: each is worth less than 1 in 10,000 of the stops."
    top = decision["evppi"][0]
    if decision["top_is_clear"] is False:
        second = words_of(decision["evppi"][1]["key"])
        return f"{said} Most worth measuring first: {words_of(top['key'])} or {second}; the estimates do not tell them apart."
    return (
        f"{said} Most worth measuring first: {words_of(top['key'])}; to know it exactly would be worth {number(top['evppi'])} "
        f"stops of listed people per campaign."
    )


def stops(n: float) -> str:
    """So many stops of listed people."""
    return f"{number(n)} stop{'' if n == 1 else 's'} of listed people"


def weighing(decision: dict[str, Any]) -> str:
    """Say what was weighed against what, and what was not."""
    return (
        f"Only these two counts are weighed, among these options alone: not costs, arrests in error, other harms or the choice "
        f"not to deploy. Both are expected counts by {decision['label']}: stops are counted, not people, so the "
        f"same person again counts again, and so does a stop with no action."
    )


def options_table(decision: dict[str, Any]) -> Table:
    """Every option with its expected counts, net benefit, and the exchange rates for which it is the best."""
    rows = []
    for option in decision["options"]:
        name = f"{decision['key']}={option['value']:g}" + (" (best)" if option["value"] == decision["best"] else "")
        counts = [number(option[side]) for side in ("true_stops", "wrongful_stops", "net_benefit")]
        rows.append([name, *counts, between(option["best_for_exchange"])])
    columns = ["option", "stops of listed people", "wrongful stops", "net benefit", "best for rates"]
    table = _table("The options: expected per campaign, over all that is not known", columns, rows)
    table.caption = "Net benefit: stops of listed people minus your rate times wrongful stops."
    return table


def values_table(decision: dict[str, Any], width: int) -> Table:
    """What knowing everything, and each input alone, would be worth."""
    rows = [["all that is not known", number(decision["evpi"]), _range(decision["evpi_95"]), ""]]
    for item in decision["evppi"]:
        if item["evppi"] <= SMALLEST_PART * decision["evpi"]:
            continue
        words = words_of(item["key"])
        rows.append([words, number(item["evppi"]), _range(item["evppi_95"]), item["grade"] or ""])
        if words != item["key"]:
            rows.append([f"  {item['key']}", "", "", ""])
    columns = ["known exactly", "stops of listed people per campaign", "(95 %)", "grade"]
    table = _table("What it would be worth to know it exactly before choosing", columns, rows, width, ("grade",))
    table.caption = (
        "How much better the choice would be on average (EVPI; for one input EVPPI), in stops of listed people. An upper bound, "
        "because no study tells a value exactly. (95 %): error of this computation alone. Inputs not named are worth less "
        "than a hundredth of the first line, or nothing; inputs without an interval are taken as known."
    )
    return table


def notes(decision: dict[str, Any]) -> list[str]:
    """Over which exchange rates the answer holds, and what to beware of."""
    best = next(option for option in decision["options"] if option["value"] == decision["best"])
    held = f"{decision['key']}={decision['best']:g} stays best for exchange rates {between(best['best_for_exchange'])}"
    top = decision["top_for_exchange"]
    if top and decision["top_is_clear"] is not False:
        held += (
            f", and {decision['evppi'][0]['key']} most worth measuring {between(_followed(top, decision['exchange']))}"
        )
    said = [f"How far this holds: {held}."]
    if decision["best_is_at_an_end"]:
        said.append("The best option is the last of your list on one side: one further on may be better still.")
    warnings: dict[str, list[str]] = {}
    for option in decision["options"]:
        for warning in option["warnings"]:
            warnings.setdefault(warning, []).append(f"{option['value']:g}")
    return said + [f"Caution, option {', '.join(values)}: {warning}" for warning, values in warnings.items()]


def _followed(ends: list[float], rate: float) -> list[float | None]:
    """Ends of a range of rates; None where it was not followed further."""
    low, high = ends
    return [0.0 if low <= 1.001 * rate / FOLLOWED else low, None if high >= 0.999 * rate * FOLLOWED else high]


def between(ends: list[float | None] | None) -> str:
    """A range of exchange rates in words; None as its high end stands for all beyond."""
    if ends is None:
        return "none"
    low, high = ends
    if high is None:
        return f"above {number(low)}" if low else "of any size"
    return f"from {number(low)} to {number(high)}" if low else f"below {number(high)}"


def _range(ends: list[float]) -> str:
    return f"{number(ends[0])} to {number(ends[1])}"
