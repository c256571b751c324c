"""The question of ``lfrsim compare``, asked from Python."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from simulator.evidence.about.bars import Bars, no_bars
from simulator.evidence.compare import comparison
from simulator.evidence.compare.found import CompareFound, summarise_comparison
from simulator.evidence.run.precision import Reached, Target
from simulator.experiment.pairs import pair_of
from simulator.response.engines import EngineName, engine_named
from simulator.scenario.loader import load_scenario
from simulator.scenario.models import Scenario
from simulator.scenario.year import as_year


def compare(
    a: Scenario | str | Path,
    b: Scenario | str | Path,
    *,
    replications: int | Target = 1000,
    seed: int = 1,
    year: bool = False,
    engine: EngineName = "auto",
    bars: Bars = no_bars,
    say: Callable[[Reached], None] = lambda _: None,
) -> CompareFound:
    """Compare scenario *b* with *a*, campaign by campaign on the same random numbers.

    Either is a scenario, a file, or the name of a shipped one; with *year* its year. *replications* are campaigns of each,
    or the precision to be reached, of which *say* is told. Raises ScenarioError for mistakes in a file and for what does
    not fit into memory.
    """
    loaded = [side if isinstance(side, Scenario) else load_scenario(side) for side in (a, b)]
    pair = pair_of(*(map(as_year, loaded) if year else loaded))
    resolver = engine_named(engine)
    if isinstance(replications, Target):
        with bars(replications.most, "campaigns of each, at most") as bar:
            reached = comparison.campaigns_to_compare(pair, replications, seed, resolver, bar)
        say(reached)
        replications = reached.campaigns
    with bars(4 * replications, "campaigns") as bar:
        return summarise_comparison(comparison.compare(pair, replications, seed, resolver, bar))


__all__ = ["compare"]
