"""The manifest of a sweep: everything that decides its results."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from simulator.evidence.about.header import Drawn, Unit
from simulator.evidence.kept import LEFT_OUT
from simulator.evidence.sweep.surface import measured
from simulator.experiment.axes import SIZE, THRESHOLD, Value
from simulator.experiment.store import scenario_hash
from simulator.experiment.sweep import Sweep
from simulator.scenario.days import differs, ends_by_day
from simulator.scenario.year import laid_out


@dataclass(frozen=True, kw_only=True)
class Named:
    """A scenario by its *name*, and the *hash* of its values."""

    name: str
    hash: str


@dataclass(frozen=True, kw_only=True)
class PointOf:
    """One *setting* of the axes other than threshold and list size, and the *hash* of the scenario with it."""

    setting: Mapping[str, Value]
    hash: str


@dataclass(frozen=True, kw_only=True)
class CellsOf:
    """The cells at every point: each of *thresholds* with each of *sizes*."""

    thresholds: Annotated[tuple[float, ...], Field(alias=THRESHOLD)]
    sizes: Annotated[tuple[float, ...], Field(alias=SIZE)]


def _kept(sweep: Sweep) -> dict[str, tuple[float, float]]:
    return {key: ends_by_day(sweep.scenario, key) for key in (THRESHOLD, SIZE) if differs(sweep.scenario, key)}


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What is swept: *replications* campaigns (or years, by *unit*) in each of *cells* at each of *points*, in so many *parts*.

    *kept*: what is as the deployments have it, by key the smallest and the largest; the value in *cells* then holds on none but
    those that say nothing. Rows of a surface follow the points, and within each of them thresholds outside, sizes inside.
    """

    schema: Literal["lfrsim-sweep/1"] = "lfrsim-sweep/1"
    version: str
    scenario: Named
    unit: Unit
    axes: Mapping[str, tuple[Value, ...]]
    points: tuple[PointOf, ...]
    cells: CellsOf
    kept: Annotated[Mapping[str, tuple[float, float]] | None, Field(**LEFT_OUT)] = None
    envelope: Drawn
    seed: int
    replications: int
    draws: int | None
    measures: tuple[str, ...]
    block: int
    parts: int

    @classmethod
    def of(cls, sweep: Sweep, version: str) -> Manifest:
        """The manifest of *sweep*, as this *version* of the program computes it."""
        return cls(
            version=version,
            scenario=Named(name=sweep.scenario.name, hash=scenario_hash(sweep.scenario)),
            unit="campaign" if laid_out(sweep.scenario) is None else "year",
            axes={axis.key: axis.values for axis in sweep.axes},
            points=tuple(PointOf(setting=point.setting, hash=scenario_hash(point.scenario)) for point in sweep.points),
            cells=CellsOf(thresholds=sweep.thresholds, sizes=sweep.sizes),
            kept=_kept(sweep) or None,
            envelope=Drawn.of(sweep.envelope),
            seed=sweep.seed,
            replications=sweep.replications,
            draws=sweep.draws,
            measures=tuple(measured(sweep)),
            block=sweep.block,
            parts=len(sweep.points) * sweep.blocks,
        )


__all__ = ["Manifest"]
