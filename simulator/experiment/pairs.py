"""Two scenarios drawn so that they can be compared campaign by campaign: in one envelope, in the same blocks and pieces."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulator.experiment.campaigns import Campaigns
from simulator.experiment.memory import load_of
from simulator.experiment.replications import block_inputs, block_size, cell_of, envelope_of, pieces_of
from simulator.response.resolve import Engine
from simulator.scenario.errors import ScenarioError
from simulator.scenario.inputs import median_inputs
from simulator.scenario.models import Scenario
from simulator.street.candidates import Envelope, false_exceedances
from simulator.street.expectations import expected

# Drawing both for the lower threshold and the longer list is not worth it if it takes so many times as many candidates.
MOST_CANDIDATES = 20.0


@dataclass(frozen=True)
class Pair:
    """Two scenarios and what they are drawn for: A's and B's *envelopes*, and the replications in a *block* of both.

    Where it is *thinned*, those false alerts that only one of them has are all that differs between their look-alikes.
    """

    a: Scenario
    b: Scenario
    envelopes: tuple[Envelope, Envelope]
    block: int
    thinned: bool = False

    @property
    def a_is_thinned(self) -> bool:
        """Whether A is drawn as often as B has false exceedances, so that its numbers are not those of A alone."""
        if not self.thinned:
            return False
        a, b = (false_exceedances(scenario, median_inputs(scenario, 1), envelope) for scenario, envelope in self.sides)
        return bool(b > a)

    @property
    def sides(self) -> tuple[tuple[Scenario, Envelope], tuple[Scenario, Envelope]]:
        """A and B, each with its envelope."""
        return (self.a, self.envelopes[0]), (self.b, self.envelopes[1])

    def campaigns(self, seed: int, engine: Engine, crowding_out: bool = True) -> tuple[Campaigns, Campaigns]:
        """The campaigns of A and of B, each at its own cell."""
        twins = (self.b, self.a) if self.thinned else (None, None)
        a, b = (
            Campaigns(scenario, seed, envelope, (cell_of(scenario),), engine, self.block, crowding_out, twin)
            for (scenario, envelope), twin in zip(self.sides, twins, strict=True)
        )
        return a, b

    def pieces(self, seed: int, index: int, ignorance: bool) -> tuple[slice, ...]:
        """The pieces in which block *index* is drawn: as many as the larger side needs, the same for both."""
        loads = [
            load_of(side, block_inputs(side, seed, index, ignorance, self.block), envelope)
            for side, envelope in self.sides
        ]
        return pieces_of(np.maximum(*loads))


def pair_of(a: Scenario, b: Scenario, around: Envelope | None = None, thinned: bool = False) -> Pair:
    """Plan to compare *a* with *b*: drawn for the lower threshold and the longer list of the two, where that is sensible.

    An envelope *around* them is what *a* is drawn for at least.

    From one envelope both see the same people wherever nothing else differs; a threshold then only hides some of them.
    Raises ScenarioError for a campaign that does not fit into memory.
    """
    own = around or envelope_of(a), envelope_of(b)
    joint = Envelope(min(each.threshold for each in own), max(each.size for each in own))
    envelopes = (joint, joint) if _sensible(a, own[0], joint) and _sensible(b, own[1], joint) else (own[0], own[1])
    block = min(block_size(a, envelopes[0]), block_size(b, envelopes[1]))
    return Pair(a, b, envelopes, block, thinned and envelopes[0] == envelopes[1])


def _sensible(scenario: Scenario, own: Envelope, joint: Envelope) -> bool:
    """Whether *scenario* may be drawn for the *joint* envelope: a table reaches so low, and it does not take for ever."""
    table = scenario.recogniser.read_table
    if table is not None and joint.threshold < table.thresholds[0]:
        return False
    try:
        block_size(scenario, joint)
    except ScenarioError:
        return False
    return _candidates(scenario, joint) <= MOST_CANDIDATES * max(_candidates(scenario, own), 1.0)


def _candidates(scenario: Scenario, envelope: Envelope) -> float:
    return float(expected(scenario, median_inputs(scenario, 1), envelope.threshold, envelope.size).alerts[0])


__all__ = ["MOST_CANDIDATES", "Pair", "pair_of"]
