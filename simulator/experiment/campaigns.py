"""Campaigns block after block: the one loop in which they are drawn, masked and resolved, whoever asks for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from simulator.experiment.memory import load_of
from simulator.experiment.replications import (
    Block,
    Cell,
    Drawn,
    block_at,
    block_inputs,
    block_size,
    cell_of,
    draw_block,
    envelope_of,
    pieces_of,
    wanted,
)
from simulator.response.process import by_processes
from simulator.response.resolve import Engine
from simulator.scenario.days import lowest_threshold
from simulator.scenario.inputs import Inputs
from simulator.scenario.models import Scenario
from simulator.street.candidates import Envelope, narrowed

Pieces = Sequence[slice]


@dataclass(frozen=True)
class Campaigns:
    """Campaigns of a *scenario* from one *seed*: drawn for the *envelope*, *size* in a block, resolved at all *cells*.

    Thresholds of the cells rise. With *crowding_out* each block is resolved again without its false alerts. A *twin* is the
    scenario that they are compared with look-alike by look-alike.
    """

    scenario: Scenario
    seed: int
    envelope: Envelope
    cells: tuple[Cell, ...]
    engine: Engine
    size: int
    crowding_out: bool = True
    twin: Scenario | None = None

    def inputs(self, index: int, ignorance: bool) -> Inputs:
        """The inputs of block *index*: medians, or with *ignorance* a draw for every campaign."""
        return block_inputs(self.scenario, self.seed, index, ignorance, self.size)

    def all_inputs(self, replications: int) -> Iterator[Inputs]:
        """The inputs drawn for each block of so many *replications*."""
        return (self.inputs(index, True) for index in range(-(-replications // self.size)))

    def blocks(
        self, replications: int, ignorance: bool, pieces: Callable[[int], Pieces] | None = None
    ) -> Iterator[Block]:
        """So many *replications*, one block after the other, so that memory stays flat.

        *pieces* says in which pieces each block is drawn, where others than its own inputs decide that.
        """
        for index in range(-(-replications // self.size)):
            number = min(self.size, replications - index * self.size)
            yield from self.block(index, self.inputs(index, ignorance), number, pieces and pieces(index))

    def block(self, index: int, inputs: Inputs, number: int, pieces: Pieces | None = None) -> Iterator[Block]:
        """The first *number* campaigns of block *index* with their *inputs*, at one cell after the other.

        A block whose inputs make it too large comes in pieces, as a block each: piece after piece, each at all cells.
        """
        if pieces is None:
            pieces = pieces_of(load_of(self.scenario, inputs, self.envelope))
        for piece, few in wanted(pieces, number):
            drawn = draw_block(self.scenario, self.seed, index, inputs, self.envelope, piece, self.twin)
            lowest = self.envelope.threshold
            for cell in self.cells:
                if len(self.cells) > 1 and cell.threshold > lowest:
                    drawn, lowest = _narrowed(drawn, lowest_threshold(self.scenario, cell.threshold)), cell.threshold
                yield block_at(drawn, cell, few, self.engine, self.crowding_out)
            # the next piece needs the memory
            del drawn


def _narrowed(drawn: Drawn, threshold: float) -> Drawn:
    """*drawn* without what cannot alert at this threshold or above: nothing changes there but the time it takes."""
    candidates, passages = narrowed(drawn.candidates, threshold)
    return replace(drawn, candidates=candidates, handling=drawn.handling.take(passages))


def campaigns_of(
    scenario: Scenario,
    seed: int,
    envelope: Envelope | None = None,
    engine: Engine = by_processes,
    cell: Cell | None = None,
    crowding_out: bool = True,
) -> Campaigns:
    """Campaigns of one *scenario* at its own cell, unless another is given, inside the *envelope*.

    Raises ScenarioError where a single one would not fit into memory.
    """
    envelope = envelope or envelope_of(scenario)
    cells = (cell or cell_of(scenario),)
    return Campaigns(scenario, seed, envelope, cells, engine, block_size(scenario, envelope), crowding_out)


__all__ = ["Campaigns", "campaigns_of"]
