"""A sweep: which cells of the surface there are, from which draws they come, and the jobs that compute them.

Thresholds and list sizes are masks of one draw. Every other axis is a point with a draw of its own from the same
streams of random numbers. A job is one block of replications at one point, in all its cells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np

from simulator.experiment.axes import SIZE, THRESHOLD, Axis, Value, settings
from simulator.experiment.campaigns import Campaigns
from simulator.experiment.memory import load_of
from simulator.experiment.points import PointError, check_point
from simulator.experiment.replications import Block, Cell, block_size, cell_of, check_draws, pieces_of
from simulator.experiment.seeds import stream_of
from simulator.response.engines import EngineName, engine_named
from simulator.scenario.days import without_own
from simulator.scenario.errors import Problem, ScenarioError, shorten
from simulator.scenario.inputs import Inputs, drawn_inputs, median_inputs
from simulator.scenario.loader import load_scenario
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Array
from simulator.street.candidates import Envelope
from simulator.street.people import Index

# What reads a scenario by its name, with overrides: as its campaign, or as its year.
Load: TypeAlias = Callable[[str, Sequence[str]], Scenario]
# Numbers of one measure held at once, one for each campaign in each cell; and cells that are resolved from one draw.
MOST_KEPT, MOST_FROM_A_DRAW = 20_000_000, 10_000


@dataclass(frozen=True)
class Point:
    """One setting of the axes other than threshold and list size, and the scenario with it."""

    setting: dict[str, Value]
    scenario: Scenario


@dataclass(frozen=True)
class Sweep:
    """Everything that decides the results of a sweep.

    *points* are resolved at all *cells* (thresholds outside, sizes inside). Without *draws* every campaign has the
    median inputs; with them *replications* / *draws* campaigns share each draw of the inputs.
    """

    scenario: Scenario
    axes: tuple[Axis, ...]
    points: tuple[Point, ...]
    thresholds: tuple[float, ...]
    sizes: tuple[float, ...]
    envelope: Envelope
    seed: int
    replications: int
    draws: int | None = None
    crowding_out: bool = False

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """Every threshold with every list size."""
        return tuple(Cell(threshold, size) for threshold in self.thresholds for size in self.sizes)

    @cached_property
    def block(self) -> int:
        """Replications in a block, the same at all points: what fits where the most alerts are expected."""
        return min(block_size(point.scenario, self.envelope) for point in self.points)

    @property
    def blocks(self) -> int:
        """Blocks of replications at each point."""
        return -(-self.replications // self.block)

    @cached_property
    def pieces(self) -> dict[int, tuple[slice, ...]]:
        """Blocks that drawn inputs make too large for one piece, and the pieces they are drawn in.

        They are the same at all points, so that all points use the same random numbers.
        """
        if self.draws is None:
            return {}
        load = np.max([load_of(point.scenario, self.design(point), self.envelope) for point in self.points], axis=0)
        each = ((block, pieces_of(load[self.draws_of(block)])) for block in range(self.blocks))
        return {block: pieces for block, pieces in each if len(pieces) > 1}

    def design(self, point: Point) -> Inputs:
        """The inputs at *point*, one row for each of the draws."""
        draws = self.draws or 0
        return drawn_inputs(point.scenario, draws, lambda key: latin_hypercube(self.seed, key, draws))

    def draws_of(self, block: int) -> Index:
        """Which draw each replication of a *block* has: (replications,)."""
        draws = self.draws or 0
        return np.minimum((block * self.block + np.arange(self.block)) // (self.replications // draws), draws - 1)

    def jobs(self, engine: EngineName) -> list[Job]:
        """All jobs, point after point."""
        whole = (slice(0, self.block),)
        return [
            Job(point * self.blocks + block, self, point, block, engine, self.pieces.get(block, whole))
            for point in range(len(self.points))
            for block in range(self.blocks)
        ]


@dataclass(frozen=True)
class Job:
    """Block number *block* at point number *point* of the *sweep*, and the *pieces* it is drawn in."""

    index: int
    sweep: Sweep
    point: int
    block: int
    engine: EngineName
    pieces: tuple[slice, ...]

    @property
    def number(self) -> int:
        """How many replications of the block are wanted."""
        return min(self.sweep.block, self.sweep.replications - self.block * self.sweep.block)


def plan_sweep(
    name: str,
    overrides: Sequence[str],
    axes: Sequence[Axis],
    seed: int,
    replications: int,
    draws: int | None = None,
    crowding_out: bool = False,
    envelope: Envelope | None = None,
    load: Load = load_scenario,
) -> Sweep:
    """Plan a sweep of the scenario *name* with its *overrides* over *axes*, as *load* reads it at each of them.

    The envelope reaches from the lowest threshold and the largest list of the sweep, or as far as the *envelope* given.
    With *draws* the number of replications is rounded up to as many for each draw, two at least. Raises ScenarioError
    for what the scenario does not allow.
    """
    base = load(name, overrides)
    for axis in axes:
        base = without_own(base, axis.key, "what is swept")
    own = cell_of(base)
    thresholds = _numbers(axes, THRESHOLD) or (own.threshold,)
    sizes = _numbers(axes, SIZE) or (own.size,)
    outer = [axis for axis in axes if axis.key not in (THRESHOLD, SIZE)]
    points = tuple(Point(setting, _at(load, name, overrides, axes, setting)) for setting in settings(outer))
    if len(thresholds) * len(sizes) > MOST_FROM_A_DRAW:
        rule = f"at most {MOST_FROM_A_DRAW:,} thresholds times list sizes (got {len(thresholds) * len(sizes):,})"
        raise ScenarioError(Problem("--over", "", f"{rule}; take fewer values"))
    for point in points:
        for size in sizes:
            _check(point.scenario, "--over", min(thresholds), size)
        if envelope is not None:
            _check(point.scenario, "--envelope", envelope.threshold, envelope.size)
    if envelope is None:
        envelope = Envelope(min(thresholds), max(sizes))
    elif min(thresholds) < envelope.threshold or max(sizes) > envelope.size:
        raise ScenarioError(
            Problem(
                f"--envelope {envelope.threshold:g},{envelope.size:g}",
                "",
                f"must reach down to threshold {min(thresholds):g} and up to a list of {max(sizes):g}",
            )
        )
    for point in points:
        # both ends of the envelope must be allowed by the rules of the file, and fit into memory
        for threshold, size in ((envelope.threshold, envelope.size), (max(thresholds), min(sizes))):
            ends = {**point.setting, THRESHOLD: threshold, SIZE: size}
            _loaded(load_scenario, name, overrides, ends)
        block_size(point.scenario, envelope)
    if draws is not None:
        replications = draws * max(2, -(-replications // draws))
    cells = len(points) * len(thresholds) * len(sizes)
    if cells * replications > MOST_KEPT:
        rule = f"{replications:,} campaigns in each of {cells:,} cells do not fit into memory (at most {MOST_KEPT:,} in all)"
        raise ScenarioError(Problem("-n", "", f"{rule}; take at most {MOST_KEPT // cells:,} campaigns, or fewer cells"))
    sweep = Sweep(base, tuple(axes), points, thresholds, sizes, envelope, seed, replications, draws, crowding_out)
    if draws is not None:
        for point in points:
            check_draws(point.scenario, [sweep.design(point)], envelope)
    return sweep


def _at(
    load: Load, name: str, overrides: Sequence[str], axes: Sequence[Axis], setting: Mapping[str, Value]
) -> Scenario:
    """The scenario at one *setting* of the other axes; what any axis is over holds on every deployment."""
    point = _loaded(load, name, overrides, setting)
    for axis in axes:
        point = without_own(point, axis.key)
    return point


def _loaded(load: Load, name: str, overrides: Sequence[str], setting: Mapping[str, Value]) -> Scenario:
    """The scenario at one *setting*; what is wrong with a value of it is said of ``--over``, where it was typed."""
    own = [f"{key}={_text(value)}" for key, value in setting.items()]
    try:
        return load(name, [*overrides, *own])
    except ScenarioError as error:
        raise error.at({f"--set {shorten(text)}": f"--over {shorten(text)}" for text in own}) from None


def _check(scenario: Scenario, option: str, threshold: float, size: float) -> None:
    try:
        check_point(scenario, threshold, size)
    except PointError as error:
        raise ScenarioError(Problem(option, "", str(error))) from None


def _numbers(axes: Sequence[Axis], key: str) -> tuple[float, ...]:
    for axis in axes:
        if axis.key == key:
            words = [value for value in axis.values if isinstance(value, str)]
            if words:
                raise ScenarioError(Problem(f"--over {key}", "", f"must be numbers (got {words[0]})"))
            return tuple(float(value) for value in axis.values)
    return ()


def _text(value: Value) -> str:
    """*value* as it would be written in the file: whole numbers without a point."""
    return f"{value:.0f}" if isinstance(value, float) and value == int(value) else str(value)


def job_inputs(job: Job) -> Inputs:
    """The inputs of the replications of *job*: medians, or the draws they belong to."""
    sweep, scenario, size = job.sweep, job.sweep.points[job.point].scenario, job.sweep.block
    if sweep.draws is None:
        return median_inputs(scenario, size)
    draws, mine = sweep.draws, sweep.draws_of(job.block)
    return drawn_inputs(scenario, size, lambda key: latin_hypercube(sweep.seed, key, draws)[mine])


def latin_hypercube(seed: int, key: str, draws: int) -> Array:
    """The column of *key* in a Latin hypercube of so many *draws*: one uniform number in each of as many strata.

    Every key has a stream of its own, so that an axis that fixes one input leaves the draws of all others as they are.
    """
    rng = stream_of(seed, 0)(f"design {key}")
    return np.asarray((rng.permutation(draws) + rng.random(draws)) / draws)


def blocks_of(job: Job) -> Iterator[Block]:
    """The block of *job* at every cell, in their order, from one draw; where it comes in pieces, piece after piece."""
    sweep, scenario = job.sweep, job.sweep.points[job.point].scenario
    engine, inputs = engine_named(job.engine), job_inputs(job)
    campaigns = Campaigns(scenario, sweep.seed, sweep.envelope, sweep.cells, engine, sweep.block, sweep.crowding_out)
    return campaigns.block(job.block, inputs, job.number, job.pieces)


def rows_of(job: Job) -> dict[str, Index]:
    """What tells the rows of a part apart: point, cell and replication, one row for each replication of each cell."""
    cells, number = len(job.sweep.cells), job.number
    return {
        "point": np.full(cells * number, job.point),
        "cell": np.repeat(np.arange(cells), number),
        "replication": np.tile(job.block * job.sweep.block + np.arange(number), cells),
    }


__all__ = ["Job", "Point", "Sweep", "blocks_of", "job_inputs", "plan_sweep", "rows_of"]
