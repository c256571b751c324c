"""What a claim does not mention: stops of stale records, stops with no action, people missed, from the simulated scenario."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from simulator.evidence.counted.measures import MEASURES
from simulator.evidence.run.study import IGNORANCE, run_study
from simulator.evidence.statistics.intervals import Interval, prediction_interval
from simulator.scenario.models import Scenario

LEVEL = 0.90


@dataclass(frozen=True)
class LeftOut:
    """A simulated *measure* of one campaign: its average, and where 90 % of campaigns lie with unknown inputs drawn."""

    measure: str
    words: str
    unit: str
    mean: float
    campaigns: Interval


@dataclass(frozen=True)
class Simulated:
    """Measures by name that claims of a file leave out, simulated in *replications* campaigns of one scenario."""

    scenario: str
    title: str
    replications: int
    seed: int
    measures: dict[str, LeftOut]


def left_out(
    scenario: Scenario,
    wanted: Iterable[str],
    replications: int,
    seed: int,
    progress: Callable[[int], None] | None = None,
) -> Simulated:
    """Simulate *scenario* and keep the *wanted* measures; raises KeyError for a name that is no measure."""
    about = {item.name: item for item in MEASURES}
    study = run_study(scenario, replications, seed, progress)
    values = study.passes[IGNORANCE]
    return Simulated(
        scenario.name,
        scenario.title,
        replications,
        seed,
        {
            name: LeftOut(
                name,
                about[name].words,
                about[name].unit,
                float(values[name].mean()),
                prediction_interval(values[name], LEVEL),
            )
            for name in dict.fromkeys(wanted)
        },
    )


__all__ = ["LEVEL", "LeftOut", "Simulated", "left_out"]
