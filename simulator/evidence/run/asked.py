"""The question of ``lfrsim run``, asked from Python."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from simulator.evidence.run.found import RunFound, summarise
from simulator.evidence.run.staff import staff_changes
from simulator.evidence.run.study import Progress, run_study
from simulator.evidence.run.twins import factors
from simulator.response.engines import EngineName, engine_named
from simulator.scenario.loader import load_scenario
from simulator.scenario.models import Scenario
from simulator.scenario.year import as_year


def run(
    scenario: Scenario | str | Path,
    *,
    overrides: Sequence[str] = (),
    replications: int = 1000,
    seed: int = 1,
    year: bool = False,
    engine: EngineName = "auto",
    alternatives: bool = True,
    staff: bool = False,
    progress: Progress | None = None,
) -> RunFound:
    """What a *scenario* (a path, or the name of a shipped one, or one that is loaded) would produce.

    *overrides* are texts such as "recogniser.threshold=0.60", *replications* campaigns, or years where its *year* is asked
    for. *run_study* and *summarise* are its two halves, for whoever wants the number of every campaign, and *factors* what
    the scenario's *alternatives* multiply an average by; *staff* asks what one more or fewer of each kind changes. Raises
    ScenarioError for mistakes in the scenario.
    """
    loaded = scenario if isinstance(scenario, Scenario) else load_scenario(scenario, overrides)
    study = run_study(as_year(loaded) if year else loaded, replications, seed, progress, engine=engine)
    resolver = engine_named(engine)
    return summarise(
        study,
        factors(study, resolver) if alternatives else (),
        staff_changes(study, resolver) if staff else None,
    )


__all__ = ["run"]
