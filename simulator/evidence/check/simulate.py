"""The scenario as a forecaster: the recorded deployments simulated many times as the campaign that they were.

The unknown inputs are the same at all places, so that the total over rows is as uncertain as the inputs leave it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from simulator.evidence.check.as_campaign import campaigns_of_record
from simulator.evidence.check.assumed import drawn_factors
from simulator.evidence.check.planned import MEASURES, Planned
from simulator.evidence.counted.measures import by_deployment, faces_of
from simulator.experiment.campaigns import Campaigns
from simulator.experiment.replications import block_inputs, block_size, cell_of, check_draws, envelope_of, fits
from simulator.experiment.seeds import BLOCK, stream_of
from simulator.response.resolve import Engine
from simulator.scenario.errors import Problem, ScenarioError
from simulator.scenario.inputs import LENGTH, LEVEL, Inputs
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Array

LARGEST_FOOTFALL = 1e9
FACES = "faces"


def simulated(
    scenario: Scenario,
    planned: Planned,
    replications: int,
    seed: int,
    engine: Engine,
    label: str = "",
    progress: Callable[[int], None] | None = None,
) -> dict[str, Array]:
    """Every measure and the faces of the *planned* deployments, drawn together: arrays (replications, rows).

    Inputs are drawn from their intervals. A place is forecast alike whatever the other places are. Raises ScenarioError,
    naming the row of *label*, where the scenario cannot be run with what a row says.
    """
    campaigns = campaigns_of_record(scenario, planned, label)
    # the same at all places, so that the n-th replication has the same inputs in each
    batch = min((block_size(one.scenario, envelope_of(one.scenario)) for one in campaigns), default=BLOCK)
    draws = {name: np.zeros((replications, len(planned))) for name in (*MEASURES, FACES)}
    for one in campaigns:
        made, days = one.scenario, planned.at(one.rows)
        own_seed, envelope = _seed(days, seed), envelope_of(made)
        repeated = Campaigns(made, own_seed, envelope, (cell_of(made),), engine, batch, crowding_out=False)
        for index in range(-(-replications // batch)):
            drawn = block_inputs(made, seed, index, True, batch)
            check_draws(made, [drawn], envelope)
            inputs = _told(drawn, days, stream_of(own_seed, index)("hours"))
            if not fits(made, inputs, envelope):
                raise ScenarioError(_too_many_faces(days, label))
            for block in repeated.block(index, inputs, min(batch, replications - index * batch)):
                counted = by_deployment(block, [*MEASURES.values()])
                of_rows = {name: counted[ledger] for name, ledger in MEASURES.items()} | {FACES: faces_of(block)}
                for name, counts in of_rows.items():
                    draws[name][block.first : block.first + block.number, one.rows] = counts
        if progress:
            progress(len(days))
    return draws


def _told(inputs: Inputs, days: Planned, rng: np.random.Generator) -> Inputs:
    """*inputs* with what is told of the *days*: the faces counted, where they are given, and else hours that are assumed.

    Where faces are counted nothing of footfall is left to draw, whatever the hours, and listed people follow it as they do.
    """
    told, counted = {}, np.zeros(len(days), dtype=bool)
    if days.faces is not None:
        counted = days.faces > 0
        faces_per_hour = np.minimum(days.faces / days.hours, LARGEST_FOOTFALL)
        usual = inputs["street.passages_per_hour"] * inputs["street.faces_per_passage"]
        some = counted & (usual > 0)[:, None]
        told[LEVEL] = np.divide(faces_per_hour, usual[:, None], out=np.full(some.shape, np.nan), where=some)
    log_spread = np.where(counted, 0.0, days.hours_log_sd)
    if log_spread.any():
        told[LENGTH] = drawn_factors(rng, log_spread, inputs.replications)
    return replace(inputs, told=told)


def _too_many_faces(days: Planned, label: str) -> Problem:
    faces = np.zeros(len(days)) if days.faces is None else np.nan_to_num(days.faces)
    busiest = int(faces.argmax())
    rule = (
        f"so many at this place make a campaign too large for memory (got {faces[busiest]:,.0f} in this row); correct the row, "
        f"leave it out, or leave out --given-faces"
    )
    return Problem(f"{label}:{days.row[busiest]}" if label else f"row {days.row[busiest]}", "faces", rule)


def _seed(days: Planned, seed: int) -> int:
    """A seed from what is planned for the *days* of a place, so that other places change nothing."""
    columns = (days.day, days.place, days.hours, days.list_size, days.threshold)
    said = repr((seed, *(tuple(map(str, values)) for values in zip(*columns, strict=True))))
    return int.from_bytes(hashlib.sha256(said.encode()).digest()[:7], "little")
