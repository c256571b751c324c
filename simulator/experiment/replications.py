"""Replications of one scenario at one threshold and list size: drawn, masked and resolved, block by block."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from simulator.experiment.seeds import BLOCK, stream_of, uniform_of
from simulator.response.plan import Plan, draw_numbers, plan_alerts
from simulator.response.process import resolve_replication
from simulator.response.resolve import Resolved, resolve
from simulator.scenario.errors import Problem, ScenarioError
from simulator.scenario.inputs import Inputs, drawn_inputs, median_inputs
from simulator.scenario.models import Scenario
from simulator.street.candidates import Candidates, Envelope, draw
from simulator.street.expectations import expected
from simulator.street.mask import Alerts, alerts_at
from simulator.street.people import Index

# A block is held in memory whole, at about 2 kB an alert.
MOST_ALERTS_IN_A_BLOCK = 2_000_000


@dataclass(frozen=True)
class Cell:
    """One point of the surface: a *threshold* and a list *size*."""

    threshold: float
    size: float


@dataclass(frozen=True)
class Block:
    """One block of replications, whole; *number* of them are wanted, the surplus is for the reader to drop.

    *without_false* are the true alerts alone, resolved again with the same staff, criterion and numbers: *kept* are
    their rows in *alerts*.
    """

    index: int
    number: int
    cell: Cell
    inputs: Inputs
    candidates: Candidates
    alerts: Alerts
    plan: Plan
    resolved: Resolved
    kept: Index
    without_false: Resolved

    @property
    def first(self) -> int:
        """Number of the block's first replication in the run."""
        return self.index * BLOCK


def cell_of(scenario: Scenario) -> Cell:
    """The scenario's own threshold and list size."""
    return Cell(scenario.recogniser.threshold.value, scenario.watchlist.size.value)


def run_block(
    scenario: Scenario, seed: int, index: int, number: int, ignorance: bool, envelope: Envelope | None = None
) -> Block:
    """Draw, mask and resolve block *index*; with *ignorance* every replication draws its own inputs.

    The *envelope* is the scenario's own cell unless a wider one is given; a wider one is another draw.
    """
    cell = cell_of(scenario)
    stream = stream_of(seed, index)
    inputs = drawn_inputs(scenario, BLOCK, uniform_of(stream)) if ignorance else median_inputs(scenario, BLOCK)
    candidates = draw(scenario, inputs, envelope or Envelope(cell.threshold, cell.size), stream)
    alerts = alerts_at(candidates, cell.threshold, cell.size)
    numbers = draw_numbers(stream("handling"), len(candidates.passages))
    ppv = expected(scenario, inputs, cell.threshold, cell.size).ppv
    plan = plan_alerts(scenario, inputs, alerts, numbers, ppv)
    resolved = resolve(scenario, inputs, alerts, plan, resolve_replication)

    # Only replications with a false alert can differ without false alerts.
    concerned = np.unique(alerts.replication[alerts.is_false])
    kept = np.flatnonzero(~alerts.is_false & np.isin(alerts.replication, concerned))
    again = resolve(scenario, inputs, alerts.take(kept), plan.take(kept), resolve_replication)
    return Block(index, number, cell, inputs, candidates, alerts, plan, resolved, kept, again)


def check_size(scenario: Scenario) -> None:
    """Refuse, with a ScenarioError, a campaign whose blocks of alerts would not fit into memory."""
    cell = cell_of(scenario)
    alerts = float(expected(scenario, median_inputs(scenario, 1), cell.threshold, cell.size).alerts[0])
    if alerts * BLOCK > MOST_ALERTS_IN_A_BLOCK:
        raise ScenarioError(
            Problem(
                scenario.name,
                "campaign",
                f"must be expected to raise at most {MOST_ALERTS_IN_A_BLOCK // BLOCK:,} alerts (expected {alerts:,.0f}); "
                f"simulate fewer hours or deployments, a higher threshold or a shorter list",
            )
        )


def blocks(
    scenario: Scenario, seed: int, replications: int, ignorance: bool, envelope: Envelope | None = None
) -> Iterator[Block]:
    """The blocks of a run of so many *replications*, one after the other, so that memory stays flat."""
    check_size(scenario)
    for index in range(-(-replications // BLOCK)):
        number = min(BLOCK, replications - index * BLOCK)
        yield run_block(scenario, seed, index, number, ignorance, envelope)


__all__ = ["Block", "Cell", "blocks", "cell_of", "run_block"]
