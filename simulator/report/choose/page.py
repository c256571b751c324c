"""The findings of ``lfrsim choose`` on a terminal: which thresholds keep to a limit, how surely, and at what cost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.evidence.about.support import THRESHOLDS, TWO_PRESETS_BELOW
from simulator.evidence.numbers import count_range, number, number_range, whole
from simulator.report.choose.sentences import (
    QUESTIONS,
    answer,
    at,
    limit_words,
    meaning,
    name_of,
    notes,
    together,
)
from simulator.report.old_tables import _table
from simulator.report.said import WRONGFUL_NOTE
from simulator.report.sensitivity.page import plain

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

READING = (
    "Each answer is at 95 % confidence with the error of the simulation included. Chance: another campaign would differ. "
    "Ignorance: what is not known about the inputs. Whatever the inputs are: for 95 % of their draws from their intervals. In a "
    "single campaign: in 95 % of campaigns; 1 in 20 may go beyond the limit, and by any amount."
)
COLUMNS = (
    "± error: of the simulation (95 %). If inputs differ: where the average may lie given what is not known (95 %). Single "
    "campaigns: 9 in 10, by chance and unknown inputs together. Average, any input at most (or at least): one-sided 95 % bounds "
    "with the error of the simulation, held against the limit. Campaigns within: with unknown inputs; yes where so many show "
    "that 95 % of all are. * closed form: none simulated, which is no evidence of zero."
)
FRONTIER = (
    "With every input at its middle value. Step down: how many more listed people are stopped for how many more people wrongly "
    "stopped, at the next lower threshold. * closed form of wrongful stops, before depletion, repeats, queues and walking away, "
    "where too few were simulated."
)
NO_ADVICE = (
    "This recommends no threshold. It says which ones keep to the limit you state, and what that costs in listed people "
    "found."
)


def print_choice(found: dict[str, Any], console: Console) -> None:
    """Print *found* (see evidence.choosing): the answers to each limit, what they cost, every threshold, cautions."""
    _print_head(found, console)
    for i, limit in enumerate(found["limits"]):
        console.print(f"[bold]Limit: {plain(limit_words(limit))}[/bold] {plain(meaning(found, i))}")
        for line in answer_lines(found, i):
            console.print(line)
        for line in notes(found, i):
            console.print(plain(line))
        console.print()
    if len(found["limits"]) > 1:
        console.print("[bold]All limits together[/bold]")
        for line in answer_lines(found, None):
            console.print(line)
        console.print()
    console.print(READING)
    console.print(NO_ADVICE)
    console.print()
    console.print(frontier_table(found, console.width))
    console.print(f"{FRONTIER}{_brackets(found['presets'][0])}")
    for line in dominated(found):
        console.print(plain(line))
    console.print()
    for i, limit in enumerate(found["limits"]):
        for preset in found["presets"]:
            console.print(limit_table(limit, preset, i, console.width))
    console.print(f"{COLUMNS}{_brackets(found['presets'][0])}")
    console.print()
    if any("wrong" in limit["measure"] for limit in found["limits"]):
        console.print(WRONGFUL_NOTE)
    for line in cautions(found):
        console.print(f"[bold]Caution[/bold]: {plain(line)}")


def _print_head(found: dict[str, Any], console: Console) -> None:
    about, run = found["scenario"], found["run"]
    console.print(f"[bold]{plain(about['title'])}[/bold]")
    if about["what_if"]:
        console.print(f"[bold]WHAT IF:[/bold] {plain(about['what_if'])}")
    many = "s" * (about["deployments"] != 1)
    console.print(
        f"One campaign: {about['deployments']} deployment{many}, {number(about['camera_hours'])} camera hours, list of "
        f"{whole(about['list_size'])}. At each threshold {whole(run['replications'])} simulated campaigns with every input at "
        f"its middle value, and {whole(run['replications_unknown_inputs'])} with inputs drawn {whole(run['draws'])} times; seed "
        f"{run['seed']}: simulated, not observed."
    )
    console.print()


def answer_lines(found: dict[str, Any], index: int | None) -> list[str]:
    """The three answers to limit number *index*, or (None) to all together: a question, then a line for each preset."""
    said, swept = [], found["run"]["thresholds"]
    for i, (words, covers) in enumerate(QUESTIONS.values()):
        said.append(f"{words} ({covers}):")
        for preset in found["presets"]:
            if index is None:
                met = together(preset["all_limits"][i], [each[i] for each in preset["answers"]], found)
            else:
                met = answer(preset["answers"][index][i], swept, preset)
            said.append(f"  {name_of(preset)}[bold]{met}[/bold]")
    return said


def frontier_table(found: dict[str, Any], width: int) -> Table:
    """Listed people stopped against people wrongly stopped, threshold by threshold, the presets side by side."""
    presets = found["presets"]
    tables = [{row["threshold"]: row for row in preset["thresholds"]} for preset in presets]
    names = [f"{preset['preset']}: " if preset["preset"] else "" for preset in presets]
    columns, spare = ["threshold"], []
    for name in names:
        columns += [f"{name}listed", f"{name}wrongly", f"{name}step down"]
        spare.append(columns[-1])
    rows = []
    for threshold in found["run"]["thresholds"]:
        cells = [_threshold_cell(threshold, presets[0])]
        for table in tables:
            row = table.get(threshold)
            cells += ["not simulated", "", ""] if row is None else _frontier_cells(row)
        rows.append(cells)
    title = "Listed people stopped and people wrongly stopped in an average campaign, and what a step down brings"
    return _table(title, columns, rows, width, (*spare,))


def _frontier_cells(row: dict[str, Any]) -> list[str]:
    gain, cost = row["listed_stopped"], row["people_wrongly_stopped"]
    return [_mean(gain), _mean(cost), exchange(row["one_step_lower"])]


def exchange(step: dict[str, Any] | None) -> str:
    """What a step lower brings as a natural frequency: "12 for 1" or "1 for 3.8", found for wrongly stopped."""
    if step is None:
        return ""
    ratio, mark = step["more_listed_per_person"], "" if step["basis"] == "simulated" else "*"
    if ratio is None:
        return "no more wrongly"
    if ratio <= 0:
        return "fewer found"
    return f"{number(ratio)} for 1{mark}" if ratio >= 1 else f"1 for {number(1 / ratio)}{mark}"


def dominated(found: dict[str, Any]) -> list[str]:
    """Sentences on settings that another one beats on both sides."""
    said = []
    for preset in found["presets"]:
        for row in preset["thresholds"]:
            if row["dominated_by"] is not None:
                name = f" (preset {preset['preset']})" if preset["preset"] else ""
                said.append(
                    f"{at(row['threshold'])} is dominated{name}: {at(row['dominated_by'])} stops at least as many listed people "
                    f"and no more people wrongly. Stops need not rise as the threshold falls: officers are busy with alerts."
                )
    return said


def limit_table(limit: dict[str, Any], preset: dict[str, Any], index: int, width: int) -> Table:
    """Every threshold of one *preset* against one *limit*: averages, intervals, and the bounds that decide."""
    most = "at most" if limit["at_most"] else "at least"
    columns = [
        "threshold", "average", "± error", "if inputs differ", "single campaigns", f"average {most}", f"any input {most}",
        "campaigns within",
    ]  # fmt: skip
    rows = []
    for row in preset["thresholds"]:
        v = row["limits"][index]
        rows.append(
            [
                _threshold_cell(row["threshold"], preset),
                _mean(v),
                number(v["mean_95"][1] - v["mean"]) if v["mean_95"] else "",
                _range(v["with_ignorance"]["average_95"], limit["value"]),
                _campaigns(v["with_ignorance"]["campaign_90"], limit),
                _judged(v["bounds"]["on_average"], v["meets"]["on_average"]),
                _judged(v["bounds"]["any_inputs"], v["meets"]["any_inputs"]),
                _kept(v["campaigns_that_keep"], v["meets"]["one_campaign"], limit["unit"] == "year"),
            ]
        )
    name = f", preset {preset['preset']}" if preset["preset"] else ""
    title = f"{limit_words(limit)[:1].upper()}{limit_words(limit)[1:]}{name}"
    return _table(title, columns, rows, width, (columns[4], columns[2], columns[3]))


def _brackets(preset: dict[str, Any]) -> str:
    low, high = THRESHOLDS
    said = f" In brackets: no deployment record is behind thresholds outside {at(low)} to {at(high)}."
    return said if any(row["in_support"] is False for row in preset["thresholds"]) else ""


def _threshold_cell(threshold: float, preset: dict[str, Any]) -> str:
    inside = preset["preset"] is None or THRESHOLDS[0] - 1e-9 <= threshold <= THRESHOLDS[1] + 1e-9
    return at(threshold) if inside else f"({at(threshold)})"


def _mean(item: dict[str, Any]) -> str:
    if item["mean"] is None:
        return "none seen"
    return number(item["mean"]) + ("" if item["basis"] == "simulated" else "*")


def _range(ends: list[float] | None, limit: float) -> str:
    """A range, with its low end cut off where it is far below the *limit*."""
    if ends is None:
        return ""
    least = limit / 1000
    return f"<{number(least)} to {number(ends[1])}" if 0 < ends[0] < least < ends[1] else number_range(ends[0], ends[1])


def _campaigns(ends: list[float] | None, limit: dict[str, Any]) -> str:
    if ends is None:
        return "not asked" if limit["unit"] == "year" else "not simulated"
    low, high = ends
    write = count_range if limit["counts"] and limit["unit"] == "campaign" and limit["per"] == 1 else number_range
    return "none" if high == 0 else write(low, high)


def _judged(bound: float | None, meets: bool | None) -> str:
    if meets is None:
        return "not simulated"
    return f"{'no bound' if bound is None else number(bound)} {'yes' if meets else 'no'}"


def _kept(kept: dict[str, Any] | None, meets: bool | None, asked_of_a_year: bool) -> str:
    if kept is None:
        return "not asked" if asked_of_a_year else "not simulated"
    return f"{whole(kept['number'])} of {whole(kept['campaigns'])} {'yes' if meets else 'no'}"


def cautions(found: dict[str, Any]) -> list[str]:
    """What must be said with any answer: presets, support, and what the scenario wants said."""
    said = []
    presets, swept = found["presets"], found["run"]["thresholds"]
    if len(presets) > 1:
        names = " and ".join(preset["preset"] for preset in presets)
        below = (
            f" Below {at(TWO_PRESETS_BELOW)} they disagree widely (twelvefold at 0.60)."
            if swept[0] < TWO_PRESETS_BELOW
            else ""
        )
        said.append(
            f"{names} are two readings of the evidence, street records and a laboratory test. Nothing decides between them: "
            f"quote both.{below}"
        )
    if presets[0]["preset"] and (swept[0] < THRESHOLDS[0] - 1e-9 or swept[-1] > THRESHOLDS[1] + 1e-9):
        said.append(
            f"No deployment record is behind thresholds outside {at(THRESHOLDS[0])} to {at(THRESHOLDS[1])}: what is said of them "
            f"is extrapolated."
        )
    for preset in presets:
        name = f"Preset {preset['preset']}: " if preset["preset"] else ""
        for key, words in (("not_simulated", ""), ("not_simulated_unknown_inputs", " with unknown inputs")):
            if preset[key]:
                many = "s" * (len(preset[key]) > 1)
                said.append(
                    f"{name}threshold{many} {', '.join(map(at, preset[key]))} not simulated{words}: far too many alerts are "
                    f"expected there, because under some inputs almost everybody would alert."
                )
    said += list(found["unread"])
    for preset in presets:
        name = f"Preset {preset['preset']}: " if len(presets) > 1 else ""
        said += [f"{name}{warning}" for warning in preset["warnings"]]
    return [*dict.fromkeys(said), *found["caveats"]]
