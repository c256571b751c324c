"""A lesson: simulated things to count, one by one and then many, and the numbers that its words are held against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from simulator.evidence.counted.measures import measure
from simulator.evidence.kept import Found
from simulator.experiment.campaigns import Campaigns
from simulator.experiment.log import AlertLog, alert_log
from simulator.experiment.replications import Cell, block_size, cell_of
from simulator.response.engines import engine_named
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Array
from simulator.street.candidates import Envelope

# Campaigns behind the averages, and as many of them as can be counted in class.
REPLICATIONS, SEED = 1000, 1
COUNTED = 100


@dataclass(frozen=True, kw_only=True)
class Trials:
    """Things simulated one after the other: *counts* of each of *columns* in every one, shape (trials, columns).

    Words for it and for its columns stand in the catalogue under *name*.
    """

    name: str
    columns: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]

    @property
    def single(self) -> bool:
        """Whether each trial is one thing, which is in one of the columns."""
        return all(sum(row) == 1 for row in self.counts)


@dataclass(frozen=True, kw_only=True, repr=False)
class Lesson(Found):
    """One lesson: what is counted in it (*trials*) and the *numbers* that its words state, by name.

    *commands* of the program give the same to whoever wants to go on.
    """

    schema: Literal["lfrsim-lesson/1"] = "lfrsim-lesson/1"
    name: str
    seed: int
    trials: tuple[Trials, ...]
    numbers: Mapping[str, float]
    commands: tuple[str, ...]


@dataclass(frozen=True)
class Simulated:
    """Campaigns at one cell, inputs at their best values: *measures* by name, shape (campaigns,), and the first log."""

    measures: Mapping[str, Array]
    first_log: AlertLog

    def average(self, measure: str) -> float:
        """The average of a *measure* over the campaigns."""
        return float(self.measures[measure].mean())


def simulated(scenario: Scenario, *cells: Cell) -> tuple[Simulated, ...]:
    """The same people at each of *cells* (sorted by threshold for the draw); at the scenario's own one if none is given."""
    cells = cells or (cell_of(scenario),)
    envelope = Envelope(min(cell.threshold for cell in cells), max(cell.size for cell in cells))
    rising = tuple(sorted(cells, key=lambda cell: (cell.threshold, cell.size)))
    campaigns = Campaigns(
        scenario, SEED, envelope, rising, engine_named("auto"), block_size(scenario, envelope), crowding_out=False
    )
    parts: dict[Cell, list[dict[str, Array]]] = {cell: [] for cell in cells}
    logs: dict[Cell, AlertLog] = {}
    for block in campaigns.blocks(REPLICATIONS, ignorance=False):
        parts[block.cell].append(measure(scenario, block))
        if block.cell not in logs:
            logs[block.cell] = alert_log(scenario, block)
    return tuple(
        Simulated({name: np.concatenate([part[name] for part in parts[cell]]) for name in parts[cell][0]}, logs[cell])
        for cell in cells
    )


def counted(name: str, columns: Mapping[str, Array]) -> Trials:
    """The first COUNTED campaigns as trials: *columns* by name, each of shape (campaigns,)."""
    table = np.column_stack([np.rint(values[:COUNTED]).astype(int) for values in columns.values()])
    return Trials(name=name, columns=tuple(columns), counts=tuple(tuple(map(int, row)) for row in table))


__all__ = ["COUNTED", "REPLICATIONS", "SEED", "Lesson", "Simulated", "Trials", "counted", "simulated"]
