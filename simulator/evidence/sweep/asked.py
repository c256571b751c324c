"""The question of a sweep: which cells, how many campaigns in each and what of; and its answer."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from simulator.evidence.counted.measures import NAMES
from simulator.evidence.run.precision import FEWEST, Target
from simulator.evidence.sweep.enough import Enough, enough
from simulator.evidence.sweep.found import SweepAbout, SweepFound
from simulator.evidence.sweep.manifest import Manifest
from simulator.evidence.sweep.sweeping import Crew, Progress, Say, run_sweep
from simulator.experiment.axes import Axis, axes_of, parse_axis
from simulator.experiment.parts import MANIFEST, read_manifest
from simulator.experiment.program import program_version
from simulator.experiment.sweep import MOST_KEPT, Sweep, plan_sweep
from simulator.response.engines import EngineName, engine_named
from simulator.scenario.errors import Problem, ScenarioError, shown
from simulator.scenario.explain import near_hint
from simulator.scenario.loader import load_scenario
from simulator.scenario.models import Scenario
from simulator.scenario.presets import PRESETS
from simulator.scenario.year import PACE, as_year, load_year, year_of
from simulator.street.candidates import Envelope

# What is swept where nobody says what, besides the scenario's own list: round numbers around those on record.
THRESHOLDS = "recogniser.threshold=0.58,0.60,0.62,0.64,0.66"
SIZES = (5_000.0, 10_000.0, 30_000.0, 50_000.0)
FIRST_CONTACT = ("false_alerts", "wrongful_stops")
# Campaigns in each cell, and where nobody says what to sweep; a year has more in it, and takes longer.
IN_A_CELL, FOR_FIRST_CONTACT = {"campaign": 200, "year": 100}, {"campaign": 1000, "year": 500}


@dataclass(frozen=True)
class Asked:
    """A planned sweep, and the *measures* that its tables show.

    A *target* is the precision to be reached; its number of campaigns is not known yet (see *settled*).
    """

    sweep: Sweep
    measures: tuple[str, ...]
    target: Target | None = None
    precise: tuple[str, ...] = ()


def first_contact_axes(scenario: Scenario) -> tuple[Axis, ...]:
    """What is swept where nobody says what: a few thresholds, round list sizes and the scenario's own, both presets."""
    sizes = Axis("watchlist.size", tuple(sorted({*SIZES, scenario.watchlist.size.value})))
    presets = (Axis("recogniser.preset", tuple(PRESETS)),) if scenario.recogniser.preset else ()
    return (parse_axis(THRESHOLDS), sizes, *presets)


def asked(
    scenario: str,
    over: Sequence[str] = (),
    replications: int | Target | None = None,
    draws: int | None = None,
    measures: Sequence[str] = (),
    seed: int = 1,
    overrides: Sequence[str] = (),
    envelope: Envelope | None = None,
    crowding_out: bool = False,
    year: bool | None = None,
) -> Asked:
    """Plan what is asked for (see *sweep*); raises ScenarioError for what the scenario or a sweep does not allow."""
    for name in measures:
        if name not in NAMES:
            hint = near_hint(name, NAMES) or "; for example wrongful_stops"
            raise ScenarioError(Problem("--measure", "", f"no measure is called {shown(name)}{hint}"))
    if draws is not None and draws < 2:
        raise ScenarioError(Problem("--draws", "", f"must be at least 2, to tell chance from ignorance (got {draws})"))
    target = replications if isinstance(replications, Target) else None
    if target and draws is not None:
        rule = "goes without -n auto, which takes the inputs at their values; give -n N with it"
        raise ScenarioError(Problem("--draws", "", rule))
    if target and "crowded_out" in measures and not crowding_out:
        raise ScenarioError(Problem("--measure crowded_out", "", "needs --crowding-out"))
    own = load_scenario(scenario, overrides)
    axes = axes_of(over) or first_contact_axes(own)
    if year is None:
        year = year_of(own) is not None
    elif year:
        as_year(own)
    if not year and any(axis.key == PACE for axis in axes):
        rule = (
            f"is about a year, and a campaign is swept here; sweep the year, and give --set {PACE}=N if none is stated"
        )
        raise ScenarioError(Problem(f"--over {PACE}", "", rule))
    usual = (IN_A_CELL if over else FOR_FIRST_CONTACT)["year" if year else "campaign"]
    number = FEWEST if isinstance(replications, Target) else replications or usual
    load = load_year if year else load_scenario
    planned = plan_sweep(scenario, overrides, axes, seed, number, draws, crowding_out, envelope, load)
    of_tables = tuple(measures) or FIRST_CONTACT[1 if over else 0 :]
    return Asked(planned, of_tables, target, tuple(measures) or (Target().measure,))


def settled(
    question: Asked,
    crew: Crew,
    folder: Path | None = None,
    resume: bool = False,
    progress: Progress | None = None,
    say: Callable[[Enough], None] = lambda _: None,
) -> Asked:
    """The *question* with the number of campaigns that its target takes: that of the sweep in *folder* where it is resumed."""
    if question.target is None:
        return question
    sweep = question.sweep
    # all of these are held until the last look, once more while some are added
    held = 2 * len(question.precise) * len(sweep.points) * len(sweep.cells)
    most = min(question.target.most, max(MOST_KEPT // held, 1))
    if resume and folder is not None and (folder / MANIFEST).exists():
        number = int(read_manifest(folder)["replications"])
    else:
        found = enough(sweep, replace(question.target, most=most), question.precise, crew, progress)
        say(found)
        number = found.campaigns
    return replace(question, sweep=replace(sweep, replications=number), target=None)


def answered(
    question: Asked,
    crew: Crew,
    folder: Path | None = None,
    resume: bool = False,
    progress: Progress | None = None,
    say: Say = lambda _: None,
) -> SweepFound:
    """Answer the *question* in *folder*, which keeps every campaign, or in one that is thrown away."""
    with tempfile.TemporaryDirectory() as thrown_away:
        place = folder or Path(thrown_away) / "sweep"
        cells = run_sweep(question.sweep, place, program_version(), crew, resume, progress, say)
    return SweepFound(
        sweep=Manifest.of(question.sweep, program_version()),
        cells=cells,
        about=SweepAbout.of(question.sweep, cells, question.measures),
    )


def crew_of(workers: int | None = None, scheduler: str | None = None, engine: EngineName = "auto") -> Crew:
    """As many *workers* as there are processors unless given, or those of a dask *scheduler*."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return Crew(workers or processors, scheduler, engine)


def sweep(
    scenario: str,
    over: Sequence[str] = (),
    *,
    replications: int | Target | None = None,
    draws: int | None = None,
    measures: Sequence[str] = (),
    seed: int = 1,
    overrides: Sequence[str] = (),
    envelope: Envelope | None = None,
    crowding_out: bool = False,
    year: bool | None = None,
    workers: int | None = None,
    scheduler: str | None = None,
    engine: EngineName = "auto",
) -> SweepFound:
    """Sweep a *scenario* (a path, or the name of a shipped one) *over* axes such as "recogniser.threshold=0.60,0.64".

    Without axes: false alerts and wrongful stops of both presets, at a few thresholds and list sizes. What is simulated is
    its *year* where it states one, unless that is False. *replications* are campaigns in each cell: 200, without axes 1,000
    (years: 100 and 500); or the precision to be reached in all cells. With *draws* they share
    so many draws of the inputs, which splits chance from ignorance. *measures* are those that the page shows; the surface
    has all of them, *crowding_out* only where asked for. Raises ScenarioError for what the scenario or a sweep does not
    allow.
    """
    question = asked(scenario, over, replications, draws, measures, seed, overrides, envelope, crowding_out, year)
    if scheduler is None:
        # compiled here, so that worker processes inherit the machine code
        engine_named(engine)
    crew = crew_of(workers, scheduler, engine)
    return answered(settled(question, crew), crew)


__all__ = ["FIRST_CONTACT", "Asked", "answered", "asked", "crew_of", "first_contact_axes", "settled", "sweep"]
