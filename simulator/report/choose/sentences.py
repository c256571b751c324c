"""What ``lfrsim choose`` says of a limit, in words: the limit itself, the answers to it, and what belongs with them."""

from __future__ import annotations

from typing import Any

from simulator.evidence.numbers import counted, number, one_in
from simulator.report.said import PER

PLURAL = {"face": "faces counted"}
QUESTIONS = {
    "on_average": (
        "On average, with every input at its middle value",
        "covers neither chance nor ignorance, only the error of the simulation",
    ),
    "any_inputs": ("On average, whatever the inputs are", "covers ignorance, not chance"),
    "one_campaign": ("In a single campaign, whatever the inputs are", "covers chance and ignorance"),
}
GAIN, COST = "listed_stopped", "people_wrongly_stopped"


def at(threshold: float) -> str:
    """*threshold* with two decimals, or as many as it needs up to four."""
    return f"{threshold:.2f}" if abs(threshold * 100 - round(threshold * 100)) < 1e-6 else f"{threshold:.4g}"


def per_words(limit: dict[str, Any]) -> str:
    """What a limit is per: "per campaign", "per 100,000 faces counted"."""
    unit = limit["unit"]
    if limit["per"] == 1:
        return f"per {PER.get(unit, unit)}"
    return f"per {limit['per']:,.0f} {_plural(unit)}"


def _plural(unit: str) -> str:
    return PLURAL.get(unit, f"{PER.get(unit, unit)}s")


def units(limit: dict[str, Any]) -> str:
    """What its numbers are: "wrongful stops per campaign"."""
    comma = "," if "," in limit["words"] else ""
    return f"{limit['words']}{comma} {per_words(limit)}"


def limit_words(limit: dict[str, Any]) -> str:
    """The limit in words, with the number as it was typed."""
    return f"{'at most' if limit['at_most'] else 'at least'} {limit['value']:,.10g} {units(limit)}"


def meaning(found: dict[str, Any], index: int) -> str:
    """What a limit on a rate comes to: as one in so many, and in one campaign; empty where it is per campaign."""
    limit = found["limits"][index]
    if limit["unit"] == "campaign" or not limit["value"]:
        return ""
    size, said = _size(found, index), []
    if (
        limit["counts"]
        and limit["value"] / limit["per"] < 0.5
        and limit["unit"] not in ("year", "camera_hour", "deployment")
    ):
        said.append(f"{one_in(limit['value'] / limit['per'])} {_plural(limit['unit'])}")
    if size:
        said.append(f"{number(limit['value'] / limit['per'] * size)} in an average campaign")
    return f"({', '.join(said)})" if said else ""


def _size(found: dict[str, Any], index: int) -> float:
    """How many units an average campaign has at the scenario's own threshold, or else at the highest swept."""
    first = found["presets"][0]
    own = row_at(first, found["scenario"]["threshold"]) or first["thresholds"][-1]
    return float(own["limits"][index]["units_per_campaign"])


def name_of(preset: dict[str, Any]) -> str:
    """The preset's name with a colon; nothing where there is only the scenario."""
    return f"preset {preset['preset']}: " if preset["preset"] else ""


def answer(given: dict[str, Any], swept: list[float], preset: dict[str, Any]) -> str:
    """The thresholds that meet a limit, the decisive one first, and what it means for people found and stopped."""
    if not given["asked"]:
        return "not asked"
    ends = f"from {at(swept[0])} to {at(swept[-1])}"
    if len(swept) == 1:
        return f"{at(swept[0])}, the only one compared, {'does not meet it' if given['meets'] is None else 'meets it'}"
    if given["meets"] is None:
        return f"no threshold {ends} meets it"
    low, high = given["meets"]
    edge, which = (low, "lowest") if given["and_above"] else (high, "highest")
    if given["all"]:
        said = f"every threshold {ends} meets it; a {'lower' if given['and_above'] else 'higher'} one was not looked at"
    elif low == high:
        said = f"{at(edge)} alone, the {'highest' if given['and_above'] else 'lowest'} of those compared"
    else:
        said = f"{which} threshold {at(edge)} (all from {at(low)} to {at(high)} meet it)"
    row = row_at(preset, edge)
    if row and row["in_support"] is False:
        said += f"; no deployment record is behind {at(edge)}"
    return said


def together(given: dict[str, Any], each: list[dict[str, Any]], found: dict[str, Any]) -> str:
    """The thresholds that meet all limits; where none does, whether that is for one limit or because they conflict.

    *each* are the answers to the same question, limit by limit.
    """
    swept = found["run"]["thresholds"]
    if not given["asked"]:
        return "not asked, because not every limit can be asked of a single campaign"
    if given["meets"] is not None:
        return _range_words(given["meets"])
    if len(swept) == 1:
        return f"{at(swept[0])}, the only one compared, does not meet them all"
    said = f"no threshold from {at(swept[0])} to {at(swept[-1])} meets them all"
    unmet = [
        f'"{limit_words(limit)}"' for limit, one in zip(found["limits"], each, strict=True) if one["meets"] is None
    ]
    if unmet:
        return f"{said}: none meets {', none '.join(unmet)}"
    return f"{said}: they conflict, each is met by some ({'; '.join(_range_words(one['meets']) for one in each)})"


def _range_words(ends: list[float]) -> str:
    return f"{at(ends[0])} to {at(ends[1])}" if ends[0] < ends[1] else f"{at(ends[0])} alone"


def row_at(preset: dict[str, Any], threshold: float | None) -> dict[str, Any] | None:
    """The row of *threshold* in what was found with *preset*, None without one."""
    if threshold is None:
        return None
    return next((row for row in preset["thresholds"] if abs(row["threshold"] - threshold) < 1e-9), None)


def notes(found: dict[str, Any], index: int) -> list[str]:
    """Sentences under the answers to limit number *index*: what it costs, what is close, what is not said."""
    limit, said = found["limits"][index], []
    if not _size(found, index):
        said.append(
            f"No campaign has any {_plural(limit['unit'])}: there is nothing to divide by, and nothing is shown."
        )
    if limit["assumed_zero"]:
        said.append(f"{limit['assumed_zero']} is assumed to be 0, which makes this 0: that was put in, not found.")
    if limit["pace"]:
        pace, number_of = limit["pace"], counted(found["scenario"]["deployments"], "deployment")
        said.append(
            f"A year: this campaign's own pace ({number_of}, {counted(pace['days'], 'day')} from the first to the last) kept "
            f"up all year, {number(pace['deployments_per_year'])} deployments. A single campaign is not a year, so that answer "
            f"is not given: state the limit per campaign."
        )
    said += [line for line in (_whole_counts(found, index),) if line]
    said += [_costs(found, preset, index) for preset in found["presets"]]
    for preset in found["presets"]:
        for given in preset["answers"][index]:
            said += _about(given, preset, index, limit)
    if not found["run"]["uncertain_inputs"]:
        said.append("No input has an interval: whatever the inputs are says no more than their middle values.")
    return said


def _whole_counts(found: dict[str, Any], index: int) -> str | None:
    """Why a limit on a rate is hard to keep to in a single campaign: counts are whole."""
    limit, size = found["limits"][index], _size(found, index)
    if not (limit["counts"] and limit["at_most"] and size) or limit["unit"] == "year":
        return None
    if limit["per"] / size <= limit["value"]:
        return None
    if limit["unit"] == "campaign":
        return "Counts are whole: under a limit below 1 per campaign, a single campaign keeps to it only with none."
    return (
        f"Counts are whole: a single one in a campaign of {number(size)} {_plural(limit['unit'])} is already "
        f"{number(limit['per'] / size)} {per_words(limit)}, so a single campaign keeps to this limit only with none."
    )


def _costs(found: dict[str, Any], preset: dict[str, Any], index: int) -> str:
    """People stopped at the scenario's own threshold and where the answers lie."""
    own = found["scenario"]["threshold"]
    edges = [own, *(given["edge"] for given in preset["answers"][index] if given["edge"] is not None)]
    parts = []
    for threshold in dict.fromkeys(edges):
        row = row_at(preset, threshold)
        if row:
            gain, cost = (row[name]["mean"] for name in (GAIN, COST))
            where = "the scenario's own " * (abs(threshold - own) < 1e-9) + at(threshold)
            wrongly = "none seen" if cost is None else number(cost)
            parts.append(f"{number(gain or 0.0)} and {wrongly} at {where}")
    name = f", preset {preset['preset']}" if preset["preset"] else ""
    said = "; ".join(parts) or "neither the scenario's own threshold was compared, nor does any meet the limit"
    return f"Listed people stopped and people wrongly stopped in an average campaign{name}: {said}."


def _about(given: dict[str, Any], preset: dict[str, Any], index: int, limit: dict[str, Any]) -> list[str]:
    """What belongs with one answer: a near miss, thresholds beyond a gap."""
    name = f" (preset {preset['preset']})" if preset["preset"] else ""
    asked, said = f"{QUESTIONS[given['which']][0]}{name}", []
    near = near_miss(given, preset, index, limit) if given["asked"] else None
    if near is not None:
        said.append(
            f"{asked}: {at(near)} does so too in these campaigns, but within their error; more (-n) may settle it."
        )
    if given["beyond_a_gap"]:
        others, side = ", ".join(map(at, given["beyond_a_gap"])), "higher" if given["and_above"] else "lower"
        said.append(f"{asked}: {others} meets it too, but not every {side} threshold does, so it does not count.")
    return said


def near_miss(given: dict[str, Any], preset: dict[str, Any], index: int, limit: dict[str, Any]) -> float | None:
    """The next threshold after those that meet the limit, if only the error of the simulation keeps it out."""
    rows = [row for row in preset["thresholds"] if row["limits"][index]["meets"][given["which"]] is not None]
    order = rows[::-1] if given["and_above"] else rows
    first = next((row for row in order if not row["limits"][index]["meets"][given["which"]]), None)
    if first is None or given["which"] == "any_inputs":
        return None
    verdict = first["limits"][index]
    kept, mean = verdict["campaigns_that_keep"], verdict["mean"]
    if given["which"] == "one_campaign":
        near = bool(kept["campaigns"]) and kept["number"] >= 0.95 * kept["campaigns"]
    else:
        near = mean is not None and (mean <= limit["value"] if limit["at_most"] else mean >= limit["value"])
    return float(first["threshold"]) if near else None
