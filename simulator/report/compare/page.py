"""A comparison on a terminal: what A and B are, what B has more of, and how sure each difference is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.evidence.numbers import number, number_range, whole
from simulator.report.compare.sentences import FEW, TOLD, difference_cell, pairing_sentence, rate_sentence, sentence
from simulator.report.old_tables import _table
from simulator.report.run.tables import ROWS
from simulator.report.said import PER, WRONGFUL_NOTE

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

MOST_KEYS = 8
FEWEST_FOR_AN_AVERAGE = 100
# Faces that differ by a larger share than this make two campaigns unlike.
UNLIKE = 0.01
RATE_ROWS = ("alerts", "false_alerts", "wrongful_stops", "stops", "no_action_stops", "arrests", "listed_stopped")
UNITS = {"camera_hour": PER["camera_hour"], "100k_faces": "100,000 faces counted"}


def print_comparison(found: dict[str, Any], console: Console) -> None:
    """Print *found* (see evidence.comparison_summary): both scenarios, sentences, tables, cautions."""
    _print_head(found, console)
    for i, measure in enumerate(TOLD):
        line = plain(sentence(found, measure))
        console.print(f"[bold]{line}[/bold]" if i == 0 else line)
        if i == 0 and exposure(found):
            for unit, per in UNITS.items():
                console.print(f"[bold]{plain(rate_sentence(found, measure, unit, per))}[/bold]")
    console.print(
        "In brackets: 95 %, the error of the simulation alone, which -n makes smaller. It is neither what single campaigns bring "
        "nor what is not known about the inputs: for both see the second table."
    )
    console.print(WRONGFUL_NOTE)
    console.print()
    console.print(chance_table(found, console.width))
    console.print(ignorance_table(found, console.width))
    if exposure(found):
        for unit in UNITS:
            console.print(rate_table(found, unit, console.width))
    for line in notes(found):
        console.print(plain(line))
    for line in cautions(found):
        console.print(f"[bold]Caution[/bold]: {plain(line)}")


def _print_head(found: dict[str, Any], console: Console) -> None:
    for side in ("a", "b"):
        about = found[side]
        console.print(f"[bold]{side.upper()}: {plain(about['title'])}[/bold] ({plain(about['name'])})")
        if about["what_if"]:
            console.print(f"   [bold]WHAT IF:[/bold] {plain(about['what_if'])}")
        console.print(
            f"   {about['deployments']} deployment{'s' * (about['deployments'] != 1)}, {number(about['camera_hours'])} camera "
            f"hours, threshold {about['threshold']:g}, list of {whole(about['list_size'])}"
            + (f", preset {about['preset']}" if about["preset"] else "")
        )
    console.print(plain(_what_differs(found["differing"])))
    run = found["run"]
    same = (
        "The same people come past in A and in B" if run["same_passages"] else "Other people come past in A than in B"
    )
    n = run["replications"]
    console.print(
        f"{whole(n)} simulated campaign{'s' * (n != 1)} of each, seed {run['seed']}: simulated, not observed. {same}."
    )
    unlike = exposure(found)
    if unlike:
        console.print(f"[bold]{unlike}[/bold]")
    console.print()


def _what_differs(differs: list[dict[str, Any]]) -> str:
    if not differs:
        return "Nothing differs: every difference is 0 by construction."
    shown = "; ".join(
        f"{item['key']} {value_words(item['a'])} -> {value_words(item['b'])}" for item in differs[:MOST_KEYS]
    )
    more = f"; and {len(differs) - MOST_KEYS} more, listed by --json" if len(differs) > MOST_KEYS else ""
    together = "" if len(differs) == 1 else " The differences below belong to all of them together."
    return f"B differs from A in {len(differs)} value{'s' * (len(differs) != 1)}: {shown}{more}.{together}"


def value_words(value: Any) -> str:
    """A value of a scenario in a few characters: a quantity with its 95 % interval."""
    if isinstance(value, dict) and "value" in value:
        low, high = value.get("low"), value.get("high")
        return _short(value["value"]) + (
            f" ({_short(low)} to {_short(high)})" if low is not None and high is not None else ""
        )
    if isinstance(value, dict):
        return "a law" if value else "none"
    if isinstance(value, list):
        return f"a list of {len(value)}"
    return "none" if value is None else _short(value)


def _short(value: Any) -> str:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return whole(value) if float(value).is_integer() else f"{value:.6g}"
    text = str(value)
    return text if len(text) <= 40 else f"{text[:39]}…"


def exposure(found: dict[str, Any]) -> str | None:
    """How unlike A and B are in what they are counted over; None where deployments, hours and faces agree."""
    a, b, faces = found["a"], found["b"], found["measures"]["faces"]["chance"]
    unlike = []
    if a["deployments"] != b["deployments"]:
        unlike.append(f"{a['deployments']} and {b['deployments']} deployments")
    if a["camera_hours"] != b["camera_hours"]:
        unlike.append(f"{number(a['camera_hours'])} and {number(b['camera_hours'])} camera hours")
    if abs(faces["b"] - faces["a"]) > UNLIKE * max(faces["a"], faces["b"]):
        unlike.append(f"{number(faces['a'])} and {number(faces['b'])} faces")
    if not unlike:
        return None
    return f"A and B are of unlike size: {', '.join(unlike)}. So they are also compared per camera hour and per 100,000 faces."


def _rows(found: dict[str, Any]) -> list[tuple[str, str]]:
    measures = found["measures"]
    return [
        (name, label)
        for name, label in ROWS
        if any(measures[name][inputs][side] for inputs in ("chance", "ignorance") for side in ("a", "b"))
    ]


def _average(x: float) -> str:
    return number(x) if x else "none seen"


def chance_table(found: dict[str, Any], width: int) -> Table:
    """Averages and differences with the inputs at their values, and in how many campaigns B has more."""
    n, rows = found["run"]["replications"], []
    for name, label in _rows(found):
        item = found["measures"][name]["chance"]
        counts = item["campaigns"]
        rows.append(
            [
                label,
                _average(item["a"]),
                _average(item["b"]),
                difference_cell(item),
                f"{whole(counts['more'])} / {whole(counts['equal'])} / {whole(counts['fewer'])}",
                _ratio(item),
                _worth(item["pairing"], n),
            ]
        )
    of = f"of {whole(n)}: more / same / fewer"
    columns = ["", "A", "B", "B - A (95 %)", of, "B / A (95 %)", "pairing"]
    table: Table = _table(
        "Per campaign, every input at its best value", columns, rows, width, (columns[6], columns[5], of)
    )
    said = [
        "95 %: error of the simulation, one interval at a time; of 20 lines in which nothing differs, one may seem to.",
        f"†: only so many campaigns differ (under {FEW}), so it is rough.",
        *_explained([column.header for column in table.columns], of, found["run"]["same_passages"]),
    ]
    table.caption = " ".join(said)
    return table


def _explained(headers: list[Any], of: str, same: bool) -> list[str]:
    """What the columns that are there mean."""
    people = "with the same people in both" if same else "in pairs of campaigns with other people"
    meanings = {
        of: f"more / same / fewer: campaigns in which B has more than A, as many, or fewer, {people}.",
        "B / A (95 %)": "B / A: ratio of the averages (Fieller's interval).",
        "pairing": "pairing: as sure as so many times the campaigns with random numbers of their own.",
    }
    return [text for header, text in meanings.items() if header in headers]


def _ratio(item: dict[str, Any]) -> str:
    if item["ratio"] is None or item["ratio_95"] is None:
        return ""
    low, high = item["ratio_95"]
    return number(item["ratio"]) if low == high else f"{number(item['ratio'])} ({number_range(low, high)})"


def _worth(pairing: dict[str, Any], n: int) -> str:
    if pairing["verdict"] in ("exact", "few"):
        return ""
    if pairing["verdict"] == "unclear":
        return "unclear"
    return f"x {number(pairing['unpaired_campaigns'] / n)}" + (" (cost)" if pairing["verdict"] == "cost" else "")


def ignorance_table(found: dict[str, Any], width: int) -> Table:
    """The same with inputs drawn anew for every campaign, the same in A and B."""
    rows = []
    for name, label in _rows(found):
        item = found["measures"][name]["ignorance"]
        spread = item["average_95"]
        cells = [label, _average(item["a"]), _average(item["b"]), difference_cell(item)]
        rows.append([*cells, number_range(*item["campaign_90"]), number_range(*spread) if spread else ""])
    columns = ["", "A", "B", "B - A (95 %)", "single campaigns", "if inputs differ"]
    said = [
        "Every campaign with inputs of its own, drawn by the same random numbers in A and B.",
        "Single campaigns: B - A of at least 9 in 10.",
    ]
    if any(row[-1] for row in rows):
        said.append(
            "If inputs differ: where the average of B - A may lie given what is not known (95 %), by closed forms, before "
            "depletion, repeats and queues; blank where there is none."
        )
    else:
        columns, rows = columns[:-1], [row[:-1] for row in rows]
    title = "Per campaign, inputs drawn from their intervals"
    table = _table(title, columns, rows, width, ("single campaigns", *columns[5:]))
    table.caption = " ".join(said)
    return table


def rate_table(found: dict[str, Any], unit: str, width: int) -> Table:
    """The main counts per camera hour or per 100,000 faces, inputs at their values."""
    rows = []
    for name in RATE_ROWS:
        item = found["rates"][unit][name]["chance"]
        if item is None or not (item["a"] or item["b"]):
            continue
        low, high = item["difference_95"]
        ends = number_range(low, high)
        sign = "+" if item["difference"] > 0 else ""
        cell = f"none shown: {ends}" if low <= 0 <= high else f"{sign}{number(item['difference'])} ({ends})"
        rows.append([found["measures"][name]["words"], _average(item["a"]), _average(item["b"]), cell])
    title = f"Per {UNITS[unit]}, every input at its best value"
    return _table(title, ["", "A", "B", "B - A (95 %)"], rows, width)


def notes(found: dict[str, Any]) -> list[str]:
    """What belongs under the tables: what the pairing was worth, and how to get either side alone."""
    said = [pairing_sentence(found)]
    if not found["run"]["same_passages"]:
        said.append("A and B have other people, so the intervals are rather too wide than too narrow.")
    for side in ("a", "b"):
        about, drawn = found[side], found[side]["envelope"]
        if (drawn["threshold"], drawn["size"]) != (about["threshold"], about["list_size"]):
            said.append(
                f"{side.upper()} is drawn for threshold {drawn['threshold']:g} and above and lists up to "
                f"{whole(drawn['size'])}, as the other is, so that its own threshold and list only hide some of the same people: "
                f"lfrsim run gives {side.upper()}'s numbers with --envelope {drawn['threshold']:g},{drawn['size']:.15g}."
            )
    return said


def cautions(found: dict[str, Any]) -> list[str]:
    """What may mislead: few campaigns, inputs drawn in one scenario only, and the caveats of both."""
    said = []
    n = found["run"]["replications"]
    if n < FEWEST_FOR_AN_AVERAGE:
        said.append(f"{n} campaigns are few; differences and ranges are rough (-n 1000).")
    if found["drawn_in_one"]:
        said.append(
            f"{', '.join(found['drawn_in_one'])}: fixed in one scenario and drawn from an interval in the other, which is part "
            f"of the difference where inputs are drawn. Fix it in both (--set-a and --set-b) to compare two settings of it."
        )
    for name in ("caveats", "warnings"):
        a, b = found[name]["a"], found[name]["b"]
        said += [text if text in b else f"A: {text}" for text in a]
        said += [f"B: {text}" for text in b if text not in a]
    return said


def plain(text: str) -> str:
    """*text* on one line, with brackets that the console would take for its own markup escaped."""
    from rich.markup import escape

    return escape(" ".join(text.split()))


__all__ = ["print_comparison"]
