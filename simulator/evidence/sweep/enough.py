"""How many campaigns every cell of a sweep needs: as many as the cell that needs most, by the rule of ``run -n auto``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from simulator.evidence.counted.measures import COUNTS
from simulator.evidence.counted.tally import warm_up
from simulator.evidence.run.precision import FEWEST, Look, Target, checkpoints, look_at
from simulator.evidence.sweep.surface import compute
from simulator.evidence.sweep.sweeping import Crew, Progress
from simulator.experiment.axes import SIZE, THRESHOLD, Value
from simulator.experiment.floods import check_flood
from simulator.experiment.sweep import Job, Sweep
from simulator.experiment.workers import run_jobs
from simulator.scenario.quantity import Array


@dataclass(frozen=True)
class Enough:
    """Where it ended: so many *campaigns* in each cell, and the cell whose average is known worst.

    *worst* is what was seen of *measure* at the *setting* of that cell, None where nothing happened in any cell. Of so
    many *averages* (cells, each with every measure asked for) *met* are known well enough; in *silent* nothing happened.
    """

    target: Target
    campaigns: int
    averages: int
    met: int
    silent: int
    worst: Look | None = None
    measure: str = ""
    setting: tuple[tuple[str, Value], ...] = ()


def enough(
    sweep: Sweep, target: Target, measures: Sequence[str], crew: Crew, progress: Progress | None = None
) -> Enough:
    """How many campaigns make the average of all *measures* precise enough in every cell where anything happens.

    A cell where nothing happens cannot be waited for: it says nothing of how many campaigns it would take. *progress* is
    told of campaigns in all cells.
    """
    values = np.empty((len(measures), len(sweep.points) * len(sweep.cells), 0))
    found = Enough(target, 0, 0, 0, 0)
    check_flood(sweep.scenario, FEWEST * len(sweep.points))
    warm_up()
    for campaigns in checkpoints(sweep.block, target.most):
        more = replace(sweep, replications=campaigns)
        values = np.concatenate([values, _further(more, values.shape[2], measures, crew, progress)], axis=2)
        looks = {
            (place, name): look_at(values[column, place][:, None], name in COUNTS)
            for column, name in enumerate(measures)
            for place in range(values.shape[1])
        }
        known = {at: look for at, look in looks.items() if look.events}
        met = sum(look.relative <= target.relative for look in known.values())
        found = Enough(target, campaigns, len(looks), met, len(looks) - len(known))
        if known:
            place, name = max(known, key=lambda at: known[at].relative)
            found = replace(found, worst=known[place, name], measure=name, setting=_setting(sweep, place))
        if met == len(known) and campaigns >= min(FEWEST, target.most):
            break
    return found


def _further(sweep: Sweep, first: int, measures: Sequence[str], crew: Crew, progress: Progress | None) -> Array:
    """The *measures* of the campaigns of *sweep* from the *first* on, the start of a block: (measures, all cells, campaigns)."""
    cells = len(sweep.cells)
    values = np.empty((len(measures), len(sweep.points), cells, sweep.replications - first))

    def finished(job: Job, part: dict[str, Any]) -> None:
        start = job.block * sweep.block - first
        for column, name in enumerate(measures):
            values[column, job.point, :, start : start + job.number] = part[name].reshape(cells, job.number)
        if progress:
            progress(job.number * cells)

    jobs = [job for job in sweep.jobs(crew.engine) if job.block * sweep.block >= first]
    run_jobs(compute, jobs, finished, crew.workers, crew.scheduler)
    return values.reshape(len(measures), len(sweep.points) * cells, -1)


def _setting(sweep: Sweep, place: int) -> tuple[tuple[str, Value], ...]:
    """What of the axes is set in cell number *place* of all cells."""
    point, cell = sweep.points[place // len(sweep.cells)], sweep.cells[place % len(sweep.cells)]
    values = {**point.setting, THRESHOLD: cell.threshold, SIZE: cell.size}
    return tuple((axis.key, values[axis.key]) for axis in sweep.axes)


__all__ = ["Enough", "enough"]
