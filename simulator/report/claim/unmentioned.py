"""What the claims of a file do not say, simulated: a table, and what a zero in it means."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.evidence.claim.judge import USUALLY_LEFT_OUT
from simulator.evidence.claim.judged import Judged
from simulator.evidence.claim.unmentioned import LeftOut, Simulated
from simulator.evidence.counted.measures import NAMES
from simulator.evidence.numbers import count_range, number
from simulator.evidence.run.found import ASSUMED_ZERO
from simulator.report.claim.layout import Parts
from simulator.scenario.inputs import quantities
from simulator.scenario.loader import load_scenario


def names_of(judged: Sequence[Judged]) -> list[str]:
    """The simulated measures to show: what is always asked, and what the claims name, in the order of the files."""
    wanted = {*USUALLY_LEFT_OUT, *(name for item in judged for name in item.claim.left_out)}
    return sorted(wanted, key=NAMES.index)


def left_out_table(found: Simulated, names: Sequence[str]) -> Parts:
    """The average campaign, and 9 in 10 of campaigns with unknown inputs."""
    rows = []
    for item in (found.measures[name] for name in names if name in found.measures):
        unit = "" if item.unit == "count" else f" {item.unit}"
        mean = number(item.mean) if item.mean > 0 else "none simulated"
        rows.append([item.words, f"{mean}{unit if item.mean > 0 else ''}", _campaigns(item)])
    title = f"Simulated, not recorded: {found.scenario}, {found.replications} campaigns, seed {found.seed}"
    return Parts(title, ["in one campaign", "average", "9 in 10 campaigns"], rows)


def _campaigns(item: LeftOut) -> str:
    low, high = item.campaigns
    if high <= 0:
        return "none"
    return count_range(low, high) if item.unit == "count" else f"{number(low)} to {number(high)}"


def zero_notes(found: Simulated, names: Sequence[str]) -> list[str]:
    """What a measure without any event means: an assumption of the scenario, or no evidence of zero."""
    none = [found.measures[name] for name in names if name in found.measures and found.measures[name].mean == 0]
    if not none:
        return []
    values = dict(quantities(load_scenario(found.scenario)))
    notes = []
    for item in none:
        key = ASSUMED_ZERO.get(item.measure)
        assumed = key is not None and key in values and values[key].value == 0 and not values[key].uncertain
        why = f"the scenario takes {key} as 0, which nobody has measured" if assumed else "which is no evidence of zero"
        notes.append(f"{item.words[:1].upper()}{item.words[1:]}: none simulated; {why}.")
    return notes


__all__ = ["left_out_table", "names_of", "zero_notes"]
