"""Thresholds by list sizes for both sources of error rates, simulated as the run is and small enough for a report."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from simulator.evidence.about.support import OTHER, Support
from simulator.evidence.counted.measures import measure
from simulator.evidence.run.rates import mean_range
from simulator.evidence.run.study import Study
from simulator.evidence.sweep.tradeoff import with_preset
from simulator.evidence.wider.found import Grid, GridCell
from simulator.experiment.axes import SIZE, THRESHOLD
from simulator.experiment.campaigns import Campaigns
from simulator.experiment.replications import Cell, block_size
from simulator.response.resolve import Engine
from simulator.scenario.days import without_own
from simulator.scenario.inputs import median_inputs
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Array
from simulator.street.candidates import Envelope
from simulator.street.expectations import expected

THRESHOLDS, SIZES = (0.58, 0.60, 0.62, 0.64, 0.66), (5_000.0, 10_000.0, 50_000.0)
# In so many campaigns each, or as many as have about so many alerts in all cells together; with fewer there is no grid.
MOST_CAMPAIGNS, MOST_ALERTS, FEWEST_CAMPAIGNS = 600, 12_000_000, 10
MEANS = (
    "faces", "alerts", "false_alerts", "wrongful_stops", "listed_stopped", "listed_missed", "arrests", "on_duty_hours",
    "officer_hours", "officer_cost_gbp", "equipment_cost_gbp",
)  # fmt: skip


@dataclass(frozen=True)
class GridPlan:
    """Which *scenarios*, by preset, at which *cells* (thresholds rising), and in how many *campaigns* each."""

    scenarios: dict[str | None, Scenario]
    cells: tuple[Cell, ...]
    campaigns: int

    @property
    def simulated(self) -> int:
        """How many campaigns that are in all."""
        return self.campaigns * len(self.scenarios) * len(self.cells)


def grid_plan(study: Study) -> GridPlan:
    """The grid around the cell of *study*: round thresholds and lists and its own, by both presets where it has one."""
    scenario = study.scenario_at_cell
    for key in (THRESHOLD, SIZE):
        scenario = without_own(scenario, key, "all of them")
    own = scenario.recogniser
    table = own.read_table
    low, high = (table.thresholds[0], table.thresholds[-1]) if table is not None else (0.0, 1.0)
    thresholds = sorted({t for t in (*THRESHOLDS, study.cell.threshold) if low <= t <= high})
    cells = tuple(Cell(t, s) for t in thresholds for s in sorted({*SIZES, study.cell.size}))
    scenarios: dict[str | None, Scenario] = {own.preset: scenario}
    if own.preset in OTHER:
        scenarios[OTHER[own.preset]] = with_preset(scenario, OTHER[own.preset])
    alerts = sum(
        float(expected(one, median_inputs(one, 1), cell.threshold, cell.size).alerts[0])
        for one in scenarios.values()
        for cell in cells
    )
    return GridPlan(scenarios, cells, min(study.replications, MOST_CAMPAIGNS, int(MOST_ALERTS / max(alerts, 1.0))))


def grid_of(study: Study, plan: GridPlan, engine: Engine, progress: Callable[[int], None] | None = None) -> Grid:
    """Simulate *plan* with the inputs at their values; *progress* is told of every campaign in every cell.

    Raises ScenarioError where a campaign does not fit into memory.
    """
    thresholds = tuple(dict.fromkeys(cell.threshold for cell in plan.cells))
    sizes = tuple(dict.fromkeys(cell.size for cell in plan.cells))
    envelope = Envelope(thresholds[0], max(sizes))
    return Grid(
        campaigns=plan.campaigns,
        seed=study.seed,
        thresholds=thresholds,
        list_sizes=sizes,
        presets=tuple(plan.scenarios),
        cells=tuple(
            _cell(preset, scenario, cell, found)
            for preset, scenario in plan.scenarios.items()
            for cell, found in _measured(scenario, plan, study.seed, envelope, engine, progress)
        ),
    )


def _measured(
    scenario: Scenario,
    plan: GridPlan,
    seed: int,
    envelope: Envelope,
    engine: Engine,
    progress: Callable[[int], None] | None,
) -> Iterator[tuple[Cell, dict[str, Array]]]:
    size = block_size(scenario, envelope)
    campaigns = Campaigns(scenario, seed, envelope, plan.cells, engine, size, crowding_out=False)
    parts: dict[Cell, list[dict[str, Array]]] = {cell: [] for cell in plan.cells}
    for block in campaigns.blocks(plan.campaigns, ignorance=False):
        counted = measure(scenario, block)
        parts[block.cell].append({name: counted[name] for name in (*MEANS, "busy_min")})
        if progress:
            progress(block.number)
    for cell, of_cell in parts.items():
        yield cell, {name: np.concatenate([part[name] for part in of_cell]) for name in of_cell[0]}


def _cell(preset: str | None, scenario: Scenario, cell: Cell, found: dict[str, Array]) -> GridCell:
    means = {name: float(found[name].mean()) for name in MEANS}
    return GridCell(
        preset=preset,
        threshold=cell.threshold,
        list_size=cell.size,
        on_data=has_data(scenario, cell),
        wrongful_stops_95=mean_range(found["wrongful_stops"], "wrongful_stops"),
        busy_hours=float(found["busy_min"].mean()) / 60,
        **means,
    )


def has_data(scenario: Scenario, cell: Cell) -> bool:
    """Whether the source of the error rates of *scenario* has data at the threshold and with the list of *cell*."""
    return Support.of(scenario).holds(cell.threshold, cell.size)


__all__ = ["GridPlan", "grid_of", "grid_plan", "has_data"]
