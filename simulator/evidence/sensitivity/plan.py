"""How the averages of a measure are found: by its closed form, or by simulation at so many points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from simulator.evidence.about.unknowns import at_medians, unknowns
from simulator.evidence.counted.closed_forms import LEAVES_OUT, closed_forms
from simulator.evidence.counted.covered import uncovered
from simulator.evidence.counted.zero import assumed_zero
from simulator.evidence.sensitivity.simulated_means import points_in_a_block
from simulator.experiment.replications import cell_of
from simulator.scenario.models import Scenario

FORMULA: Literal["closed form"] = "closed form"
SIMULATION: Literal["simulation"] = "simulation"
# Rows of the two samples; campaigns at each simulated point; rows of as many campaigns behind a simulated bar.
POINTS = {FORMULA: 16_384, SIMULATION: 256}
CAMPAIGNS_EACH, TORNADO_ROWS = 5, 40


@dataclass(frozen=True)
class Plan:
    """The *method*, at how many *rows* it is used, and how many *campaigns* that takes in all (0: a formula).

    *why_simulated* says in one sentence why no formula is used where none was refused.
    """

    method: Literal["closed form", "simulation"]
    rows: int
    bar_rows: int
    campaigns: int
    why_simulated: str | None = None

    @property
    def simulated(self) -> bool:
        """Whether there is chance in the averages."""
        return self.method == SIMULATION


def plan_for(scenario: Scenario, measure: str, points: int | None = None, simulate: bool = False) -> Plan:
    """The closed form where *measure* has one, unless *simulate* asks for simulated averages."""
    cell, found = cell_of(scenario), unknowns(scenario)
    has_form = measure in closed_forms(scenario, at_medians(scenario, 1), cell.threshold, cell.size)
    if has_form and not simulate:
        return Plan(FORMULA, points or POINTS[FORMULA], 1, 0)
    rows, why = points or POINTS[SIMULATION], None if has_form else _why_no_form(scenario, measure)
    if assumed_zero(scenario, measure):
        return Plan(SIMULATION, rows, TORNADO_ROWS, 0, why)
    if not found:
        return Plan(SIMULATION, rows, TORNADO_ROWS, campaigns_for(scenario, TORNADO_ROWS), why)
    # two samples, the first once more, one page for each unknown; a base and two ends for each that is not joint
    pages = len(found) + 3
    bars = 1 + 2 * sum(not unknown.rows for unknown in found)
    campaigns = pages * campaigns_for(scenario, rows) + bars * campaigns_for(scenario, TORNADO_ROWS)
    return Plan(SIMULATION, rows, TORNADO_ROWS, campaigns, why)


def _why_no_form(scenario: Scenario, measure: str) -> str:
    if measure not in LEAVES_OUT:
        return f"{measure} has no closed form."
    return f"The closed form of {measure} does not cover {', '.join(uncovered(scenario))}, which this scenario uses."


def campaigns_for(scenario: Scenario, rows: int) -> int:
    """Campaigns simulated for a page of *rows* points, in whole blocks."""
    per_block = points_in_a_block(scenario, CAMPAIGNS_EACH)
    return -(-rows // per_block) * per_block * CAMPAIGNS_EACH


__all__ = ["CAMPAIGNS_EACH", "FORMULA", "SIMULATION", "TORNADO_ROWS", "Plan", "campaigns_for", "plan_for"]
