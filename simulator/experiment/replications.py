"""Replications of one scenario at one threshold and list size: drawn, masked and resolved, block by block."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from simulator.experiment.seeds import BLOCK, stream_of, uniform_of
from simulator.response.plan import Handling, Plan, draw_handling, plan_alerts
from simulator.response.process import by_processes
from simulator.response.resolve import Engine, Resolved, Roster, resolve, roster_of
from simulator.scenario.errors import Problem, ScenarioError
from simulator.scenario.inputs import Inputs, drawn_inputs, median_inputs
from simulator.scenario.models import Scenario
from simulator.street.candidates import Candidates, Envelope, draw
from simulator.street.expectations import Expectations
from simulator.street.mask import Alerts, alerts_at
from simulator.street.people import Index

# A block is held in memory whole, at about 1 kB an alert; large campaigns come in smaller blocks.
MOST_ALERTS_IN_A_BLOCK = 2_000_000


@dataclass(frozen=True)
class Cell:
    """One point of the surface: a *threshold* and a list *size*."""

    threshold: float
    size: float


@dataclass(frozen=True)
class Drawn:
    """One block of replications as drawn: everything that is the same in every cell of its envelope."""

    index: int
    scenario: Scenario
    inputs: Inputs
    candidates: Candidates
    handling: Handling
    roster: Roster
    expectations: Expectations


@dataclass(frozen=True)
class Block:
    """One block of replications, resolved at one cell; *number* of them are wanted, the reader drops the surplus.

    *without_false* are the true alerts alone, resolved again with the same staff, criterion and numbers: *kept* are
    their rows in *alerts*. It is None where nobody asked for it.
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
    without_false: Resolved | None

    @property
    def first(self) -> int:
        """Number of the block's first replication in the run."""
        return self.index * self.inputs.replications


def cell_of(scenario: Scenario) -> Cell:
    """The scenario's own threshold and list size."""
    return Cell(scenario.recogniser.threshold.value, scenario.watchlist.size.value)


def envelope_of(scenario: Scenario) -> Envelope:
    """The smallest envelope: the scenario's own cell."""
    return Envelope(scenario.recogniser.threshold.value, scenario.watchlist.size.value)


def draw_block(scenario: Scenario, seed: int, index: int, inputs: Inputs, envelope: Envelope) -> Drawn:
    """Draw block *index* with one value of *inputs* per replication; a wider *envelope* is another draw."""
    stream = stream_of(seed, index)
    candidates = draw(scenario, inputs, envelope, stream)
    handling = draw_handling(stream("handling"), scenario, inputs, candidates.passages.replication)
    expectations = Expectations(scenario, inputs)
    return Drawn(index, scenario, inputs, candidates, handling, roster_of(scenario, inputs), expectations)


def block_inputs(scenario: Scenario, seed: int, index: int, ignorance: bool, replications: int = BLOCK) -> Inputs:
    """The inputs of the *replications* of block *index*: medians, or with *ignorance* a draw for every one."""
    if ignorance:
        return drawn_inputs(scenario, replications, uniform_of(stream_of(seed, index), replications))
    return median_inputs(scenario, replications)


def block_size(scenario: Scenario, envelope: Envelope) -> int:
    """Replications in a block: fewer than usual where so many alerts of the *envelope* would not fit into memory.

    It depends on nothing else, so the first replications of a long run are those of a short one. Raises ScenarioError
    where a single campaign would not fit.
    """
    forms = Expectations(scenario, median_inputs(scenario, 1))
    # far below any threshold in use one passage exceeds it with many entries, and each is a row
    matches = float((forms.passages * forms.recogniser.comparisons_fmr(envelope.size, envelope.threshold))[0])
    alerts = max(float(forms.at(envelope.threshold, envelope.size).alerts[0]), matches)
    if alerts > MOST_ALERTS_IN_A_BLOCK:
        rule = (
            f"must be expected to raise at most {MOST_ALERTS_IN_A_BLOCK:,} alerts at threshold {envelope.threshold:g} with "
            f"{envelope.size:,.0f} listed (expected {alerts:,.0f}); simulate fewer hours or deployments, a higher threshold "
            f"or a shorter list"
        )
        raise ScenarioError(Problem(scenario.name, "campaign", rule))
    return min(BLOCK, int(MOST_ALERTS_IN_A_BLOCK / max(alerts, 1.0)))


def block_at(drawn: Drawn, cell: Cell, number: int, engine: Engine, crowding_out: bool = True) -> Block:
    """Mask *drawn* at one *cell*, plan and resolve it; *crowding_out* resolves it again without the false alerts."""
    scenario, inputs, roster = drawn.scenario, drawn.inputs, drawn.roster
    alerts = alerts_at(drawn.candidates, cell.threshold, cell.size)
    ppv = drawn.expectations.at(cell.threshold, cell.size).ppv
    plan = plan_alerts(scenario, inputs, alerts, drawn.handling, ppv)
    resolved = resolve(roster, alerts, plan, engine)
    kept, again = np.zeros(0, dtype=np.int64), None
    if crowding_out:
        # Only replications with a false alert can differ without false alerts.
        concerned = np.unique(alerts.replication[alerts.is_false])
        kept = np.flatnonzero(~alerts.is_false & np.isin(alerts.replication, concerned))
        again = resolve(roster, alerts.take(kept), plan.take(kept), engine)
    return Block(drawn.index, number, cell, inputs, drawn.candidates, alerts, plan, resolved, kept, again)


def run_block(
    scenario: Scenario,
    seed: int,
    index: int,
    number: int,
    ignorance: bool,
    envelope: Envelope | None = None,
    engine: Engine = by_processes,
    cell: Cell | None = None,
) -> Block:
    """Draw and resolve block *index* at the scenario's own cell unless another is given, inside the *envelope*."""
    envelope = envelope or envelope_of(scenario)
    inputs = block_inputs(scenario, seed, index, ignorance, block_size(scenario, envelope))
    drawn = draw_block(scenario, seed, index, inputs, envelope)
    return block_at(drawn, cell or cell_of(scenario), number, engine)


def blocks(
    scenario: Scenario,
    seed: int,
    replications: int,
    ignorance: bool,
    envelope: Envelope | None = None,
    engine: Engine = by_processes,
    cell: Cell | None = None,
) -> Iterator[Block]:
    """The blocks of a run of so many *replications*, one after the other, so that memory stays flat."""
    envelope, cell = envelope or envelope_of(scenario), cell or cell_of(scenario)
    size = block_size(scenario, envelope)
    for index in range(-(-replications // size)):
        inputs = block_inputs(scenario, seed, index, ignorance, size)
        number = min(size, replications - index * size)
        yield block_at(draw_block(scenario, seed, index, inputs, envelope), cell, number, engine)


__all__ = [
    "Block",
    "Cell",
    "Drawn",
    "block_at",
    "block_inputs",
    "block_size",
    "blocks",
    "cell_of",
    "draw_block",
    "envelope_of",
    "run_block",
]
