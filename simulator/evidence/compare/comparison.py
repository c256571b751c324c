"""Two scenarios run side by side on the same random numbers, and what they differ in, campaign by campaign."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from simulator.evidence.about.unknowns import unknowns
from simulator.evidence.counted.closed_forms import closed_forms
from simulator.evidence.counted.measures import NAMES, measure
from simulator.evidence.counted.over_inputs import many_inputs
from simulator.evidence.run.precision import Reached, Target, sampler, until_precise
from simulator.evidence.run.study import CHANCE, IGNORANCE
from simulator.experiment.campaigns import Campaigns
from simulator.experiment.floods import check_flood
from simulator.experiment.pairs import Pair
from simulator.experiment.replications import Cell, cell_of, check_draws
from simulator.response.resolve import Engine
from simulator.scenario.inputs import Inputs, median_inputs
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Array


@dataclass(frozen=True)
class Comparison:
    """Results of a comparison: *passes[name][measure]* has shape (2, replications), A first.

    *expected[measure]* has the closed forms at the median inputs, shape (2,), and *expected_drawn[measure]* those at the
    inputs of each campaign of the ignorance pass, shape (2, replications). *over_inputs* has them at many inputs, the same
    random numbers for A and B, shape (2, CLOSED_DRAWS); nothing where neither draws any input.
    """

    pair: Pair
    seed: int
    replications: int
    passes: dict[str, dict[str, Array]]
    expected: dict[str, Array]
    expected_drawn: dict[str, Array]
    over_inputs: dict[str, Array]


def compare(
    pair: Pair, replications: int, seed: int, engine: Engine, progress: Callable[[int], None] | None = None
) -> Comparison:
    """Run both sides of *pair* in both passes on the same streams; *progress* is told of every campaign of A and of B.

    A's numbers are those of a run of A alone with the pair's envelope, and so are B's (but where drawn inputs make a
    block so large that it comes in pieces: both sides then have the pieces of the larger one). Raises ScenarioError for
    campaigns that do not fit into memory.
    """
    if replications < 2:
        raise ValueError(f"replications must be at least 2 (got {replications})")
    campaigns = pair.campaigns(seed, engine)
    for side in campaigns:
        check_flood(side.scenario, 2 * replications)
        check_draws(side.scenario, side.all_inputs(replications), side.envelope)
    passes: dict[str, dict[str, Array]] = {}
    drawn: dict[str, Array] = {}
    for name in (CHANCE, IGNORANCE):
        sides = [_run(pair, side, replications, name == IGNORANCE, progress) for side in campaigns]
        passes[name] = {key: np.stack([side[0][key] for side in sides]) for key in NAMES}
        if name == IGNORANCE:
            drawn = {key: np.stack([side[1][key] for side in sides]) for key in sides[0][1] if key in sides[1][1]}
    forms = [_closed(scenario, median_inputs(scenario, 1), cell_of(scenario)) for scenario, _ in pair.sides]
    expected = {key: np.array([float(form[key][0]) for form in forms]) for key in forms[0] if key in forms[1]}
    return Comparison(pair, seed, replications, passes, expected, drawn, _over_inputs(pair))


def _over_inputs(pair: Pair) -> dict[str, Array]:
    if not any(unknowns(scenario) for scenario, _ in pair.sides):
        return {}
    a, b = (_closed(side, many_inputs(side), cell_of(side)) for side, _ in pair.sides)
    return {key: np.stack([a[key], b[key]]) for key in a if key in b}


def _closed(scenario: Scenario, inputs: Inputs, cell: Cell) -> dict[str, Array]:
    return closed_forms(scenario, inputs, cell.threshold, cell.size)


def _run(
    pair: Pair, side: Campaigns, replications: int, ignorance: bool, progress: Callable[[int], None] | None
) -> tuple[dict[str, Array], dict[str, Array]]:
    """Every measure of one side in one pass, and with *ignorance* its closed forms: arrays (replications,)."""
    parts: list[dict[str, Array]] = []
    forms: list[dict[str, Array]] = []
    for block in side.blocks(replications, ignorance, lambda index: pair.pieces(side.seed, index, ignorance)):
        parts.append(measure(side.scenario, block))
        if ignorance:
            found = _closed(side.scenario, block.inputs, block.cell)
            forms.append({key: values[: block.number] for key, values in found.items()})
        if progress:
            progress(block.number)
        # the next block needs the memory
        del block
    return _joined(parts), _joined(forms)


def _joined(parts: list[dict[str, Array]]) -> dict[str, Array]:
    return {key: np.concatenate([part[key] for part in parts]) for key in (parts[0] if parts else ())}


def campaigns_to_compare(
    pair: Pair, target: Target, seed: int, engine: Engine, progress: Callable[[int], None] | None = None
) -> Reached:
    """How many campaigns a comparison needs until B - A is known to a share of the larger average of the two."""
    sides = pair.campaigns(seed, engine, crowding_out=target.measure == "crowded_out")
    samplers = [sampler(side, target.measure) for side in sides]

    def sample(index: int) -> Array:
        return np.hstack([each(index) for each in samplers])

    return until_precise(sample, pair.block, target, progress)


__all__ = ["Comparison", "campaigns_to_compare", "compare"]
