"""A comparison in words and tables: what B has more or less of than A, how sure that is, and what the pairing was worth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.report.summary_tables import ROWS, _table
from simulator.report.words import WRONGFUL_NOTE, number, percent, whole

if TYPE_CHECKING:
    from rich.console import Console

PASSES = {
    "chance": "with the inputs at their middle values",
    "ignorance": "with unknown inputs, the same draws in A and B",
}


def print_comparison(found: dict[str, Any], console: Console) -> None:
    """Print the dictionary of *evidence.comparison_summary* as a headline, a table and what must be said with them."""
    a, b, run = found["a"], found["b"], found["run"]
    for letter, side in (("A", a), ("B", b)):
        what_if = f"  [bold]WHAT IF:[/bold] {side['what_if']}" if side["what_if"] else ""
        console.print(f"[bold]{letter}:[/bold] {side['title']}{what_if}")
    console.print(
        f"{whole(run['replications'])} simulated campaigns of each with the same random numbers, seed {run['seed']}: simulated, "
        "not observed."
    )
    for item in found["differing"][:8]:
        console.print(f"  {item['key']}: A {_shown(item['a'])}, B {_shown(item['b'])}")
    console.print()
    console.print(headline(found["measures"]["wrongful_stops"]["chance"]))
    console.print()
    for name, words in PASSES.items():
        rows = [row for measure, label in ROWS if (row := _row(label, found["measures"][measure][name])) is not None]
        columns = ["per campaign", "A", "B", "B - A", "95 % of its error", "campaigns: B more, equal, fewer", "pairing"]
        console.print(_table(f"B against A, {words}", columns, rows, console.width, (columns[6], columns[5])))
    for line in _notes(found):
        console.print(line)


def headline(m: dict[str, Any]) -> str:
    """The difference in wrongful stops as a sentence that cannot be read as more than it is."""
    low, high = m["interval_95"]
    ends = f"{_signed(low)} to {_signed(high)}"
    if m["equal"] == m["campaigns"]:
        return "Wrongful stops are the same in A and B in every simulated campaign."
    if not m["shown"]:
        return f"No difference in wrongful stops shown: B - A is {_signed(m['difference'])} per campaign ({ends})."
    word = "more" if m["difference"] > 0 else "fewer"
    size = sorted((abs(low), abs(high)))
    return (
        f"B has {number(abs(m['difference']))} {word} wrongful stops per campaign than A on average ({number(size[0])} to "
        f"{number(size[1])}): {number(m['b'])} against {number(m['a'])}."
    )


def _row(label: str, m: dict[str, Any]) -> list[str] | None:
    if not m["a"] and not m["b"]:
        return None
    spread = (
        "the same"
        if m["equal"] == m["campaigns"]
        else f"{_signed(m['interval_95'][0])} to {_signed(m['interval_95'][1])}"
    )
    mark = "" if m["shown"] or m["equal"] == m["campaigns"] else " (not shown)"
    signs = ", ".join(percent(m[key] / m["campaigns"]) for key in ("more", "equal", "fewer"))
    return [label, number(m["a"]), number(m["b"]), _signed(m["difference"]) + mark, spread, signs, _pairing(m)]


def _pairing(m: dict[str, Any]) -> str:
    verdict, unpaired = m["pairing"], m["unpaired"]
    if verdict == "exact":
        return "exact"
    if verdict == "unclear" or unpaired is None:
        return "no clear effect"
    return f"worth {whole(unpaired)}" if verdict == "saved" else f"cost: worth {whole(unpaired)}"


def _signed(x: float) -> str:
    return number(x) if x <= 0 else f"+{number(x)}"


def _shown(value: Any) -> str:
    if isinstance(value, dict) and "value" in value:
        return f"{value['value']:g}"
    text = str(value)
    return text if len(text) <= 40 else text[:37] + "..."


def _notes(found: dict[str, Any]) -> list[str]:
    a, b = found["a"], found["b"]
    said = [
        "B - A: the average of the differences, campaign by campaign. Not shown: these campaigns do not show that it is not 0, "
        "which does not show that it is 0. Intervals hold one at a time: of twenty, one may miss.",
        *_pairing_note(found),
    ]
    if (a["deployments"], a["camera_hours"]) != (b["deployments"], b["camera_hours"]):
        said.append(
            f"A has {a['deployments']} deployments and {number(a['camera_hours'])} camera hours, B {b['deployments']} and "
            f"{number(b['camera_hours'])}: compare rates, not campaigns."
        )
        for unit, words in (("camera_hours", "camera hour"), ("faces", "100,000 faces counted")):
            rate = found["rates"][unit]
            if rate:
                low, high = rate["interval_95"]
                said.append(
                    f"Wrongful stops per {words}: A {number(rate['a'])}, B {number(rate['b'])}; B - A {_signed(low)} to "
                    f"{_signed(high)} (95 %, inputs at their middle values)."
                )
    return [*said, WRONGFUL_NOTE]


def _pairing_note(found: dict[str, Any]) -> list[str]:
    """What the shared random numbers were worth, for the measures that most people ask about."""
    told = []
    for name, words in (("wrongful_stops", "wrongful stops"), ("listed_stopped", "listed people stopped")):
        m = found["measures"][name]["chance"]
        if m["pairing"] == "exact":
            told.append(f"{words}: the difference is the same in every campaign")
        elif m["pairing"] in ("saved", "cost"):
            told.append(f"{words}: as sure as {number(m['unpaired'])} campaigns of each drawn apart")
    if not told:
        return []
    return [
        f"A and B share their random numbers. With {whole(found['run']['replications'])} campaigns, {'; '.join(told)}."
    ]
