"""What a claim does not mention: stops of stale records, stops with no action, people missed, from the simulated scenario."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from simulator.evidence.counted.measures import BY_NAME
from simulator.evidence.counted.zero import assumed_zero
from simulator.evidence.run.study import IGNORANCE, run_study
from simulator.evidence.statistics.intervals import Interval, prediction_interval
from simulator.scenario.models import Scenario

LEVEL = 0.90
# What no claim of false alerts mentions, and what a reader asks next.
USUALLY_LEFT_OUT = (
    "wrongful_stops",
    "no_action_wrong_person",
    "no_action_stale_record",
    "no_action_right_person",
    "complied_stops",
    "bystander_stops",
    "listed_missed",
    "liberty_lost_min",
)


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """A simulated measure of one campaign: its average, and where 90 % lie with inputs drawn (None: too few tell)."""

    words: str
    unit: str
    mean: float
    campaign_90: Interval | None


@dataclass(frozen=True, kw_only=True)
class Simulated:
    """Measures by name that claims of a file leave out, simulated in so many *campaigns* of one scenario."""

    simulated: Literal[True] = True
    scenario: str
    campaigns: int
    seed: int
    level: float = LEVEL
    measures: Mapping[str, LeftOut]


@dataclass(frozen=True, kw_only=True)
class SimulatedIn:
    """The scenario's *title*, and *zeros*: measures without any event, by the input that was put in as 0 for them.

    None stands for no such input: then a zero is no evidence of zero.
    """

    title: str
    zeros: Mapping[str, str | None]

    @classmethod
    def of(cls, scenario: Scenario, simulated: Simulated) -> SimulatedIn:
        """What must be said beside what was *simulated* in *scenario*."""
        none = (name for name, item in simulated.measures.items() if item.mean == 0)
        return cls(title=scenario.title, zeros={name: assumed_zero(scenario, name) for name in none})


def left_out(
    scenario: Scenario,
    wanted: Iterable[str],
    replications: int,
    seed: int,
    progress: Callable[[int], None] | None = None,
) -> Simulated:
    """Simulate *scenario* and keep the *wanted* measures in their order; raises KeyError for a name that is no measure."""
    values = run_study(scenario, replications, seed, progress).passes[IGNORANCE]
    return Simulated(
        scenario=scenario.name,
        campaigns=replications,
        seed=seed,
        measures={
            name: LeftOut(
                words=BY_NAME[name].words,
                unit=BY_NAME[name].unit,
                mean=float(values[name].mean()),
                campaign_90=prediction_interval(values[name], LEVEL),
            )
            for name in wanted
        },
    )


__all__ = ["USUALLY_LEFT_OUT", "LeftOut", "Simulated", "SimulatedIn", "left_out"]
