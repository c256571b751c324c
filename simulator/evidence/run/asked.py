"""The question of ``lfrsim run``, asked from Python."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from simulator.evidence.run.found import RunFound, summarise
from simulator.evidence.run.study import Progress, run_study
from simulator.response.engines import EngineName
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
    progress: Progress | None = None,
) -> RunFound:
    """What a *scenario* (a path, or the name of a shipped one, or one that is loaded) would produce.

    *overrides* are texts such as "recogniser.threshold=0.60", *replications* campaigns, or years where its *year* is asked
    for. *run_study* and *summarise* are
    its two halves, for whoever wants the number of every campaign. Raises ScenarioError for mistakes in the scenario.
    """
    loaded = scenario if isinstance(scenario, Scenario) else load_scenario(scenario, overrides)
    simulated = as_year(loaded) if year else loaded
    return summarise(run_study(simulated, replications, seed, progress, engine=engine))


__all__ = ["run"]
