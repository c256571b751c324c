"""A whole claim file judged: every claim, the checks among its evidence, and what the claims leave out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields

from simulator.claim.models import ClaimFile
from simulator.evidence.claim.consistency import checks_of
from simulator.evidence.claim.details import details_of
from simulator.evidence.claim.falls import CrimeError
from simulator.evidence.claim.found import AboutFile, JudgedFile
from simulator.evidence.claim.judged import Judged
from simulator.evidence.claim.kinds import KINDS
from simulator.evidence.claim.settle import settle
from simulator.evidence.claim.unmentioned import USUALLY_LEFT_OUT, SimulatedIn, left_out
from simulator.evidence.claim.verdict import verdict
from simulator.evidence.claim.verdict_words import precisely, worded
from simulator.evidence.counted.measures import NAMES
from simulator.scenario.errors import Problem, ScenarioError, shown
from simulator.scenario.explain import near_hint
from simulator.scenario.loader import load_scenario


def judge_file(
    file: ClaimFile,
    only: Sequence[str] = (),
    replications: int = 200,
    seed: int = 1,
    progress: Callable[[int], None] | None = None,
) -> JudgedFile:
    """Judge the claims of *file* (*only* those named); 0 *replications* leave the simulation out.

    Raises ScenarioError where *only* names no claim, a claim's figures cannot be used, or name no measure, or the file's
    scenario cannot be loaded.
    """
    keys = list(only) or list(file.claims)
    for key in keys:
        _check_key(file, key)
        _check_measures(file, key)
    claims = tuple(_judge(file, key) for key in keys)
    simulated = simulated_in = None
    if file.scenario and replications:
        scenario = load_scenario(file.scenario)
        wanted = {*USUALLY_LEFT_OUT, *(name for item in claims for name in item.left_out)}
        simulated = left_out(scenario, sorted(wanted, key=NAMES.index), replications, seed, progress)
        simulated_in = SimulatedIn.of(scenario, simulated)
    return JudgedFile(
        file=AboutFile(**{item.name: getattr(file, item.name) for item in fields(AboutFile)}),
        evidence=file.evidence,
        claims=claims,
        checks=checks_of(file),
        left_out=simulated,
        details=details_of(file, only, claims, simulated_in),
    )


def _judge(file: ClaimFile, key: str) -> Judged:
    claim = file.claims[key]
    try:
        weighed = KINDS[claim.kind](claim, file)
    except CrimeError as error:
        raise ScenarioError(Problem(file.name, f"claims.{key}.{claim.kind}", str(error))) from None
    section = claim.count or claim.rate
    settled = settle(weighed.numbers, None if section is None else section.claimed)
    reached = worded(verdict(settled, weighed.precision, weighed.unit, weighed.per_what), claim, weighed, file)
    found = {item.name: getattr(weighed, item.name) for item in fields(weighed)}
    return Judged(
        **found | {"precision": precisely(weighed.precision, claim.kind, reached)},
        key=key,
        kind=claim.kind,
        statement=claim.statement,
        said_by=claim.said_by or file.said_by,
        said_on=claim.said_on or file.said_on,
        verdict=reached,
        left_out=claim.left_out,
        notes=claim.notes,
    )


def _check_key(file: ClaimFile, key: str) -> None:
    if key not in file.claims:
        hint = near_hint(key, file.claims) or f"; it has {', '.join(file.claims)}"
        raise ScenarioError(Problem(file.name, "claims", f"no claim is called {shown(key)}{hint}"))


def _check_measures(file: ClaimFile, key: str) -> None:
    """Every measure that a claim names must be one of the simulation's."""
    claim = file.claims[key]
    compared = () if claim.comparison is None else (("comparison.measure", claim.comparison.measure),)
    for field, name in (*compared, *(("left_out", name) for name in claim.left_out)):
        if name not in NAMES:
            hint = near_hint(name, NAMES) or "; for example wrongful_stops"
            rule = f"no measure is called {shown(name)}{hint}"
            raise ScenarioError(Problem(file.name, f"claims.{key}.{field}", rule))


__all__ = ["judge_file"]
