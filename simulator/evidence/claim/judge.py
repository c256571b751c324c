"""A whole claim file judged: every claim, the checks among its evidence, and what the claims leave out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from simulator.claim.models import ClaimFile
from simulator.evidence.claim.consistency import Check, checks_of
from simulator.evidence.claim.falls import CrimeError
from simulator.evidence.claim.judged import Judged
from simulator.evidence.claim.kinds import KINDS
from simulator.evidence.claim.unmentioned import Simulated, left_out
from simulator.evidence.counted.measures import NAMES
from simulator.scenario.errors import Problem, ScenarioError, shown
from simulator.scenario.explain import near_hint
from simulator.scenario.loader import load_scenario

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


@dataclass(frozen=True)
class Report:
    """A claim *file*, each of its claims *judged*, the *checks* among its evidence and what was *simulated* beside."""

    file: ClaimFile
    judged: tuple[Judged, ...]
    checks: tuple[Check, ...]
    simulated: Simulated | None


def judge_file(
    file: ClaimFile,
    only: Sequence[str] = (),
    replications: int = 200,
    seed: int = 1,
    progress: Callable[[int], None] | None = None,
) -> Report:
    """Judge the claims of *file* (*only* those named); 0 *replications* leave the simulation out.

    Raises ScenarioError where a claim's figures cannot be used, names no measure, or the file's scenario cannot be loaded;
    KeyError for an unknown name in *only*.
    """
    keys = list(only) or list(file.claims)
    for key in keys:
        _check_measures(file, key)
    judged = tuple(_judge(file, key) for key in keys)
    simulated = None
    if file.scenario and replications:
        wanted = [*USUALLY_LEFT_OUT, *(name for key in keys for name in file.claims[key].left_out)]
        simulated = left_out(load_scenario(file.scenario), wanted, replications, seed, progress)
    return Report(file, judged, checks_of(file), simulated)


def _judge(file: ClaimFile, key: str) -> Judged:
    claim = file.claims[key]
    try:
        return KINDS[claim.kind](key, claim, file)
    except CrimeError as error:
        raise ScenarioError(Problem(file.name, f"claims.{key}.{claim.kind}", str(error))) from None


def _check_measures(file: ClaimFile, key: str) -> None:
    """Every measure that a claim names must be one of the simulation's."""
    claim = file.claims[key]
    compared = () if claim.comparison is None else (("comparison.measure", claim.comparison.measure),)
    for field, name in (*compared, *(("left_out", name) for name in claim.left_out)):
        if name not in NAMES:
            hint = near_hint(name, NAMES) or "; for example wrongful_stops"
            rule = f"no measure is called {shown(name)}{hint}"
            raise ScenarioError(Problem(file.name, f"claims.{key}.{field}", rule))


__all__ = ["USUALLY_LEFT_OUT", "Report", "judge_file"]
