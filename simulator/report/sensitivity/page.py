"""The findings of ``lfrsim sensitivity`` on a terminal: which inputs the average of a measure hangs on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.evidence.numbers import counted, number, number_range, whole
from simulator.report.inputs import short, words_of
from simulator.report.old_tables import _table
from simulator.report.said import WRONGFUL_NOTE
from simulator.report.sensitivity.decision_tables import ASK, print_decision

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

# What explains less of a variance than this, with all its interplay, is listed by name only.
SMALLEST_SHARE = 0.005
# Where more of the variance than this is chance, or intervals are wider, inputs cannot be told apart.
MOST_CHANCE, WIDEST_INTERVAL = 0.25, 0.30
INTERPLAY = "with interplay"
READING = (
    "A share is of what is not known about this average (its variance), not of the people or the stops. It says where better "
    "knowledge would help, not who or what is to blame. It follows from the intervals that the scenario gives; an input without "
    "one is taken as known."
)
BLIND = (
    "it has no queues, no walking out of reach, no repeats and no arrested people who stay away, so it cannot say whether "
    "staff numbers, times or repeat visits matter; --simulate asks the simulation instead (about a minute)."
)


def print_sensitivity(found: dict[str, Any], console: Console) -> None:
    """Print *found* (see evidence.sensitivity_summary): the finding, the inputs, the decision if there is one, cautions."""
    _print_head(found, console)
    if found["constant"]:
        console.print(
            f"[bold]Nothing to rank:[/bold] it is {number(found['measure']['at_medians'])}. {plain(found['constant'])}"
        )
    else:
        console.print(f"[bold]{plain(headline(found))}[/bold]")
        console.print(READING)
        console.print()
        console.print(inputs_table(found, console.width))
        console.print()
        for line in notes(found):
            console.print(plain(line))
    console.print()
    if found["decision"]:
        print_decision(found["decision"], console)
    else:
        console.print(ASK)
    if found["decision"] or found["measure"]["name"].startswith("wrongful"):
        console.print(WRONGFUL_NOTE)
    for caution in [*found["caveats"], *found["warnings"]]:
        console.print(f"[bold]Caution[/bold]: {plain(caution)}")


def _print_head(found: dict[str, Any], console: Console) -> None:
    about, run, measure = found["scenario"], found["run"], found["measure"]
    console.print(f"[bold]{plain(about['title'])}[/bold]")
    if about["what_if"]:
        console.print(f"[bold]WHAT IF:[/bold] {plain(about['what_if'])}")
    console.print(
        f"Measure: {measure['words']} ({measure['name']}), average per campaign of "
        f"{counted(about['deployments'], 'deployment')}, {number(about['camera_hours'])} camera hours, threshold "
        f"{about['threshold']:g}, list of {whole(about['list_size'])}."
    )
    if found["constant"]:
        console.print()
        return
    at_median = f"{number(measure['at_medians'])} with every input at its middle value"
    spread = number_range(*measure["average_95"])
    if run["method"] == "simulation":
        each = run["campaigns_each"]
        console.print(
            f"Simulated, not observed: {whole(run['campaigns'])} campaigns, {each} at each of the points and "
            f"{run['campaigns_each_bar']} behind each end of an input, seed {run['seed']}. {at_median}; averages of {each} "
            f"campaigns with other inputs: {spread} (95 %, what is left of chance included)."
        )
    else:
        console.print(
            f"By formula ({run['label']}): {at_median}, {spread} if the inputs differ from these (95 %). For the count itself "
            f"use lfrsim run, which has all of that."
        )
    console.print()


def headline(found: dict[str, Any]) -> str:
    """State in one sentence which inputs the average hangs on most."""
    measure, inputs = found["measure"], found["inputs"]
    # a share that may as well be none is no finding
    sure = [
        item for item in shown(found) if item["first_order"] >= 0.05 and item["first_order_95"][0] >= SMALLEST_SHARE
    ]
    named = sure[:3] or inputs[:1]
    listed = [f"{words_of(item['key'])} ({share_of(item['first_order'])})" for item in named]
    together = listed[0] if len(listed) == 1 else f"{', '.join(listed[:-1])} and {listed[-1]}"
    if too_noisy(found):
        return (
            f"For this measure the inputs cannot be ranked safely: too much chance is left, or the intervals are too wide. The "
            f"largest shares, as hints only: {together}."
        )
    return f"What is not known about the average of {measure['words']} hangs most on: {together}."


def too_noisy(found: dict[str, Any]) -> bool:
    """Whether chance, or too few points, leave the order of the inputs open."""
    low, high = found["inputs"][0]["first_order_95"]
    return bool(found["measure"]["chance_share"] > MOST_CHANCE or high - low > 2 * WIDEST_INTERVAL)


def inputs_table(found: dict[str, Any], width: int) -> Table:
    """Two lines for each input that explains something: what it is and its key, its shares, the average at its ends."""
    rows = []
    for item in shown(found):
        interval = item["interval_95"]
        rows.append(
            [
                words_of(item["key"]),
                f"{short(interval[0])} to {short(interval[1])}" if interval else "jointly",
                f"{share_of(item['first_order'])}{_interval(item['first_order_95'])}",
                f"{share_of(item['total'])}{_interval(item['total_95'])}",
                _at_ends(item["one_at_a_time"]),
                item["grade"] or "",
            ]
        )
        if item["key"] != words_of(item["key"]):
            rows.append([f"  {item['key']}", *[""] * 5])
    if found["run"]["method"] == "simulation":
        left = f"chance left in averages of {found['run']['campaigns_each']} campaigns"
        rows.append([left, "", share_of(found["measure"]["chance_share"]), "", "", ""])
    columns = ["input", "its 95 % interval", "share alone", INTERPLAY, "average at its ends", "grade"]
    if too_noisy(found):
        at = columns.index(INTERPLAY)
        columns, *rows = [[*row[:at], *row[at + 1 :]] for row in (columns, *rows)]
    table = _table(
        "Share of what is not known about this average that each input explains (in brackets: 95 %)",
        columns,
        rows,
        width,
        ("grade", "its 95 % interval", "average at its ends", INTERPLAY),
    )
    table.caption = (
        "Share alone: how much smaller the variance would be, on average, if this input were known exactly (first-order "
        "Sobol' index). With interplay: also what it does together with others (total index). Average at its ends: this "
        "input at the low, then at the high end of its interval, all others at their middle values."
    )
    return table


def shown(found: dict[str, Any]) -> list[dict[str, Any]]:
    """The inputs that explain enough to have a row of their own, at least one; of much chance, those above it."""
    inputs: list[dict[str, Any]] = found["inputs"]
    if too_noisy(found):
        return [item for item in inputs if item["first_order_95"][0] > 0] or inputs[:1]
    return [item for item in inputs if item["total"] >= SMALLEST_SHARE] or inputs[:1]


def notes(found: dict[str, Any]) -> list[str]:
    """What belongs under the table: inputs without a row, what the method cannot see, how much of it is chance."""
    said, rows = [], shown(found)
    for item in rows:
        ends = item["one_at_a_time"]
        if ends and abs(ends["at_high"] - ends["at_low"]) <= 1e-9 * abs(ends["at_high"]):
            said.append(
                f"{item['key']}: the same average at both ends of its interval; its share comes from the few draws beyond them."
            )
    little = [item["key"] for item in found["inputs"] if item not in rows]
    if little:
        why = "Not to be told from chance" if too_noisy(found) else "Less than 0.5 % each, interplay included"
        said.append(f"{why}: {', '.join(little)}.")
    idle, formula = found["without_influence"], found["run"]["method"] != "simulation"
    if idle:
        said.append(
            f"Without any effect on this measure {'in this formula' if formula else 'here'}: {', '.join(idle)}."
        )
    return [*said, f"What the formula cannot see: {BLIND}" if formula else _chance(found)]


def _chance(found: dict[str, Any]) -> str:
    chance = found["measure"]["chance_share"]
    said = f"{share_of(chance)} of the variance between these averages is chance, which no input explains"
    if too_noisy(found):
        return (
            f"{said}; with so much of it, shares with interplay would say nothing and are left out. More --points narrow the "
            f"intervals but take no chance out; a closed form, where the measure has one, has none."
        )
    return (
        f"{said}: divide a share alone by {1 - chance:.2f} to leave it out. A share with interplay may be too large by up to as "
        f"much; where it comes out below the share alone, that is error too. More --points narrow the intervals but take no "
        f"chance out."
    )


def share_of(x: float) -> str:
    """A share of a variance in whole per cent, "under 1 %" where it would round to none."""
    return "under 1 %" if x < 0.005 else f"{100 * x:.0f} %"


def _interval(ends: list[float]) -> str:
    low, high = (100 * max(end, 0.0) for end in ends)
    return f" ({low:.0f}–{high:.0f})" if high >= 0.5 else ""


def _at_ends(ends: dict[str, Any] | None) -> str:
    if ends is None:
        return ""
    said = f"{number(ends['at_low'])} to {number(ends['at_high'])}"
    return said + (f" (± {number(ends['error_95'])})" if ends["error_95"] else "")


def plain(text: str) -> str:
    """*text* on one line, with brackets that the console would take for its own markup escaped."""
    from rich.markup import escape

    return escape(" ".join(text.split()))
