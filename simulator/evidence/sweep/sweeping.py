"""From a planned sweep to its surface: jobs to workers, parts to a folder, parts to one table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.evidence.counted.tally import warm_up
from simulator.evidence.kept import adapter
from simulator.evidence.sweep.manifest import Manifest
from simulator.evidence.sweep.surface import compute, surface_of
from simulator.experiment.floods import check_flood
from simulator.experiment.parts import PartFolder
from simulator.experiment.sweep import Job, Sweep
from simulator.experiment.workers import run_jobs
from simulator.response.engines import EngineName

if TYPE_CHECKING:
    import pandas as pd

Progress = Callable[[int], None]
Say = Callable[[str], None]


@dataclass(frozen=True)
class Crew:
    """Who does the work: *workers* processes of this computer, or those of a dask *scheduler*."""

    workers: int = 1
    scheduler: str | None = None
    engine: EngineName = "auto"


def run_sweep(
    sweep: Sweep,
    folder: Path,
    version: str,
    crew: Crew,
    resume: bool = False,
    progress: Progress | None = None,
    say: Say = lambda _: None,
) -> pd.DataFrame:
    """Compute what *folder* lacks of *sweep*, and return the surface (see *surface_of*).

    *progress* is told of every campaign, *say* of parts that were damaged or there already.
    """
    check_flood(sweep.scenario, sweep.replications * len(sweep.points))
    manifest = adapter(Manifest).dump_python(Manifest.of(sweep, version), mode="json", by_alias=True)
    with PartFolder(folder, manifest, resume) as parts:
        missing = set(parts.missing())
        for index, wrong in parts.corrupt.items():
            say(f"part {index}: {wrong}; it is computed again")
        jobs = sweep.jobs(crew.engine)
        todo = [job for job in jobs if job.index in missing]
        if len(todo) < len(jobs):
            say(f"{len(jobs) - len(todo)} of {len(jobs)} parts are there already")

        def finished(job: Job, part: dict[str, Any]) -> None:
            parts.write(job.index, part)
            if progress:
                progress(job.number * len(sweep.cells))

        if progress:
            progress(sum(job.number for job in jobs if job.index not in missing) * len(sweep.cells))
        warm_up()
        run_jobs(compute, todo, finished, crew.workers, crew.scheduler)
        return surface_of(sweep, parts.each)
