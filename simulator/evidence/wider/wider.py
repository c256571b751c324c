"""All that a report of a run has besides the run, simulated and computed after it."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.evidence.about.bars import Bars, no_bars
from simulator.evidence.about.header import Header
from simulator.evidence.run.study import Study
from simulator.evidence.sensitivity.analysis import Question, analyse
from simulator.evidence.sensitivity.found import SensitivityFound
from simulator.evidence.sensitivity.plan import plan_for
from simulator.evidence.sweep.tradeoff import tradeoff_of
from simulator.evidence.wider.found import Grid, RunWider
from simulator.evidence.wider.grid import FEWEST_CAMPAIGNS, GridPlan, grid_of, grid_plan
from simulator.response.resolve import Engine
from simulator.scenario.errors import ScenarioError

# Enough for the order of shares, an eighth of what ``lfrsim sensitivity`` takes.
POINTS = 2048
MEASURE = "wrongful_stops"
# Seconds that formulas take; of simulated campaigns, how many times longer one in a cell takes than one of the run.
FORMULAS_S, OF_A_CAMPAIGN = 3.0, 0.36
NO_FORM = "Sobol' shares have no formula here"
TOO_MANY = "so many alerts at low thresholds would take too long for a report"


@dataclass(frozen=True)
class WiderPlan:
    """What will be done: the *grid*, or *why_none*."""

    grid: GridPlan | None
    why_none: str | None

    def seconds(self, per_campaign: float) -> float:
        """About how long it takes where a campaign of the run took *per_campaign* seconds."""
        return FORMULAS_S + (self.grid.simulated * per_campaign * OF_A_CAMPAIGN if self.grid else 0.0)


def wider_plan(study: Study) -> WiderPlan:
    """What can be done beside *study* in the time of a report."""
    try:
        planned = grid_plan(study)
    except ScenarioError as error:
        return WiderPlan(None, str(error))
    return WiderPlan(planned, None) if planned.campaigns >= FEWEST_CAMPAIGNS else WiderPlan(None, TOO_MANY)


def wider_of(study: Study, plan: WiderPlan, engine: Engine, bars: Bars = no_bars) -> RunWider:
    """Simulate and compute *plan* beside *study*; *bars* shows how far it is."""
    grid, why_none = _grid(study, plan, engine, bars)
    shares = _sensitivity(study)
    return RunWider(
        scenario=Header.of(study.scenario_at_cell),
        grid=grid,
        no_grid=why_none,
        sensitivity=shares,
        no_sensitivity=None if shares else NO_FORM,
        tradeoff=tradeoff_of(study.scenario_at_cell),
    )


def _grid(study: Study, plan: WiderPlan, engine: Engine, bars: Bars) -> tuple[Grid | None, str | None]:
    if plan.grid is None:
        return None, plan.why_none
    try:
        with bars(plan.grid.simulated, "campaigns at other thresholds and lists") as told:
            return grid_of(study, plan.grid, engine, told), None
    except ScenarioError as error:
        return None, str(error)


def _sensitivity(study: Study) -> SensitivityFound | None:
    """What the average of wrongful stops hangs on, by formula; None where it has none."""
    scenario = study.scenario_at_cell
    plan = plan_for(scenario, MEASURE, POINTS)
    return analyse(Question(scenario, MEASURE, plan, study.seed)) if not plan.campaigns else None


__all__ = ["WiderPlan", "wider_of", "wider_plan"]
