"""Replications of one scenario at one threshold and list size: drawn, masked and resolved, block by block."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from simulator.experiment.memory import at_worst, check_fits, cut, most_together, part_of
from simulator.experiment.seeds import BLOCK, Stream, stream_of, uniform_of
from simulator.response.columns import Plan, Resolved
from simulator.response.plan import Handling, draw_handling, plan_alerts
from simulator.response.process import by_processes
from simulator.response.resolve import Engine, Roster, resolve, roster_of
from simulator.scenario.days import by_day
from simulator.scenario.inputs import Inputs, drawn_inputs, median_inputs
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Array
from simulator.street.candidates import Candidates, Envelope, draw
from simulator.street.expectations import Expectations
from simulator.street.mask import Alerts, alerts_at
from simulator.street.people import Index

# Bytes, so that with the program itself a process stays below 1 GiB. A block of campaigns with median inputs is held
# whole, and large campaigns come in smaller blocks. With drawn inputs half of all blocks are larger than at the medians:
# one is drawn in pieces only where it is larger by a factor. What a campaign would take on the busiest days has a limit too.
MOST_IN_A_BLOCK = 350e6
LARGER, BUSY = 1.5, 2.25


@dataclass(frozen=True)
class Cell:
    """One point of the surface: a *threshold* and a list *size*, on all deployments that say nothing else."""

    threshold: float
    size: float


@dataclass(frozen=True)
class Drawn:
    """One block of replications as drawn, or a piece of it: everything that is the same in every cell of its envelope.

    *first* is the number of its first replication in the run.
    """

    index: int
    first: int
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
    their rows in *alerts*. It is None where nobody asked for it. *first* is the number of the first replication in the run.
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
    first: int = 0


def cell_of(scenario: Scenario) -> Cell:
    """The scenario's own threshold and list size."""
    return Cell(scenario.recogniser.threshold.value, scenario.watchlist.size.value)


def envelope_of(scenario: Scenario) -> Envelope:
    """The smallest envelope: the scenario's own cell."""
    return Envelope(scenario.recogniser.threshold.value, scenario.watchlist.size.value)


def draw_block(
    scenario: Scenario,
    seed: int,
    index: int,
    inputs: Inputs,
    envelope: Envelope,
    piece: slice | None = None,
    twin: Scenario | None = None,
) -> Drawn:
    """Draw block *index* with one value of *inputs* per replication; a wider *envelope* is another draw.

    Of a *piece* only these replications are drawn, from streams of their own where they are not the whole block. A *twin*
    sees the same look-alikes (see *draw*).
    """
    stream, first = stream_of(seed, index), index * inputs.replications
    if piece is not None and piece != slice(0, inputs.replications):
        stream, inputs, first = _from(stream, piece.start), part_of(inputs, piece), first + piece.start
    candidates = draw(scenario, inputs, envelope, stream, twin)
    handling = draw_handling(stream("handling"), scenario, inputs, candidates.passages.replication)
    expectations = Expectations(scenario, inputs)
    return Drawn(index, first, scenario, inputs, candidates, handling, roster_of(scenario, inputs), expectations)


def _from(stream: Stream, start: int) -> Stream:
    return lambda name: stream(f"{name} from {start}")


def block_inputs(scenario: Scenario, seed: int, index: int, ignorance: bool, replications: int = BLOCK) -> Inputs:
    """The inputs of the *replications* of block *index*: medians, or with *ignorance* a draw for every one."""
    if ignorance:
        return drawn_inputs(scenario, replications, uniform_of(stream_of(seed, index), replications))
    return median_inputs(scenario, replications)


def block_size(scenario: Scenario, envelope: Envelope) -> int:
    """Replications in a block: fewer than usual where so many with the *envelope* would not fit into memory.

    It depends on nothing else, so the first replications of a long run are those of a short one. Raises ScenarioError
    where a single campaign would not fit.
    """
    return most_together(scenario, envelope, MOST_IN_A_BLOCK, BUSY * MOST_IN_A_BLOCK, BLOCK)


def block_at(drawn: Drawn, cell: Cell, number: int, engine: Engine, crowding_out: bool = True) -> Block:
    """Mask *drawn* at one *cell*, plan and resolve it; *crowding_out* resolves it again without the false alerts."""
    scenario, inputs, roster = drawn.scenario, drawn.inputs, drawn.roster
    thresholds = by_day(scenario.campaign, "threshold", cell.threshold)
    alerts = alerts_at(drawn.candidates, thresholds, by_day(scenario.campaign, "watchlist_size", cell.size))
    forms = drawn.expectations
    ppv = forms.ppv_by_kind(cell.threshold, cell.size)
    plan = plan_alerts(scenario, inputs, alerts, drawn.handling, ppv, forms.kind_of_day)
    resolved = resolve(roster, alerts, plan, engine)
    kept, again = np.zeros(0, dtype=np.int64), None
    if crowding_out:
        # Only replications with a false alert can differ without false alerts.
        concerned = np.unique(alerts.replication[alerts.is_false])
        kept = np.flatnonzero(~alerts.is_false & np.isin(alerts.replication, concerned))
        again = resolve(roster, alerts.take(kept), plan.take(kept), engine)
    return Block(drawn.index, number, cell, inputs, drawn.candidates, alerts, plan, resolved, kept, again, drawn.first)


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


def pieces_of(load: Array) -> tuple[slice, ...]:
    """Which replications of a block are drawn together: all, unless what each is expected to hold is too much in all."""
    return cut(load, LARGER * MOST_IN_A_BLOCK)


def wanted(pieces: Iterable[slice], number: int) -> Iterator[tuple[slice, int]]:
    """The *pieces* in which some of the first *number* replications of a block lie, and how many of them."""
    return ((piece, min(piece.stop, number) - piece.start) for piece in pieces if piece.start < number)


def fits(scenario: Scenario, inputs: Inputs, envelope: Envelope) -> bool:
    """Whether one campaign with any of the *inputs* fits into memory."""
    return bool(at_worst(scenario, inputs, envelope).max() <= BUSY * MOST_IN_A_BLOCK)


def check_draws(scenario: Scenario, inputs: Iterable[Inputs], envelope: Envelope) -> None:
    """Raise ScenarioError where with some of the *inputs* drawn a single campaign would not fit into memory."""
    check_fits(scenario, inputs, envelope, BUSY * MOST_IN_A_BLOCK)


__all__ = [
    "Block",
    "Cell",
    "Drawn",
    "block_at",
    "block_inputs",
    "block_size",
    "cell_of",
    "check_draws",
    "draw_block",
    "envelope_of",
    "fits",
    "pieces_of",
    "run_block",
    "wanted",
]
