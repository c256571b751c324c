"""What claims or numbers do not say, simulated: a table, and what a zero in it means."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.evidence.claim.unmentioned import LeftOut, Simulated, SimulatedIn
from simulator.evidence.numbers import count_range, number
from simulator.report.page import Table, table


def left_out_table(simulated: Simulated, where: SimulatedIn) -> Table:
    """The average campaign, and 9 in 10 of campaigns with unknown inputs."""
    rows = []
    for item in simulated.measures.values():
        unit = "" if item.unit == "count" else f" {item.unit}"
        mean = f"{number(item.mean)}{unit}" if item.mean > 0 else "none simulated"
        rows.append([item.words, mean, _campaigns(item)])
    title = f"Simulated, not recorded: {simulated.scenario}, {simulated.campaigns} campaigns, seed {simulated.seed}"
    columns = ["in one campaign", "average", "9 in 10 campaigns"]
    return table(title, columns, rows, notes=_zero_notes(simulated, where), prose=columns[:1])


def _campaigns(item: LeftOut) -> str:
    if item.campaign_90 is None:
        return "too few to tell"
    low, high = item.campaign_90
    if high <= 0:
        return "none"
    return count_range(low, high) if item.unit == "count" else f"{number(low)} to {number(high)}"


def _zero_notes(simulated: Simulated, where: SimulatedIn) -> Iterator[str]:
    """What a measure without any event means: an assumption of the scenario, or no evidence of zero."""
    for name, key in where.zeros.items():
        words = simulated.measures[name].words
        why = (
            "which is no evidence of zero"
            if key is None
            else f"the scenario takes {key} as 0, which nobody has measured"
        )
        yield f"{words[:1].upper()}{words[1:]}: none simulated; {why}."


__all__ = ["left_out_table"]
