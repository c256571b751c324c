"""``claim`` from Python: a claim file judged, or numbers that somebody states taken at their word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from simulator.claim.loader import load_claims
from simulator.claim.models import ClaimFile
from simulator.evidence.claim.found import JudgedFile, StatedNumbers
from simulator.evidence.claim.judge import judge_file
from simulator.evidence.claim.stated import given_of
from simulator.evidence.claim.stated_numbers import answer
from simulator.evidence.claim.unmentioned import USUALLY_LEFT_OUT, SimulatedIn, left_out
from simulator.scenario.loader import load_scenario
from simulator.scenario.models import Scenario


def claim(
    file: ClaimFile | str | Path | None = None,
    *,
    only: Sequence[str] = (),
    replications: int = 200,
    seed: int = 1,
    false_alerts: int | tuple[int, int] | None = None,
    faces: float | None = None,
    alerts: float | None = None,
    stops: float | None = None,
    arrests: float | None = None,
    hours: float | None = None,
    deployments: float | None = None,
    false_stopped: int | tuple[int, int] | None = None,
    one_in: float | None = None,
    visits: float | None = None,
    correlation: float | None = None,
    year_faces: float | None = None,
    scenario: Scenario | str | Path | None = None,
    progress: Callable[[int], None] | None = None,
) -> JudgedFile | StatedNumbers:
    """Judge the claims of a *file* (*only* those named), or say what numbers mean if they are right.

    *file* is a claim file, its path, or the name of a shipped one. Without one: *false_alerts* or *false_stopped* are
    counts, or the ends of a range where only a word is known; *faces*, *alerts*, ... are what they are out of; *one_in* is
    the limit to be shown; *visits* of each person are alike by *correlation*; *year_faces* is what the rate is carried
    over. What is left out is simulated in the file's scenario, or in *scenario*, in so many *replications* (0: not at all).

    Raises ScenarioError for a file that cannot be used, StatedError for numbers that cannot be, ValueError for both at once.
    """
    counts = {"false_alerts": false_alerts, "false_stopped": false_stopped}
    units = {
        "faces": faces, "alerts": alerts, "stops": stops, "arrests": arrests, "hours": hours, "deployments": deployments,
    }  # fmt: skip
    limits = {"one_in": one_in, "visits": visits, "correlation": correlation, "year_faces": year_faces}
    if file is not None:
        given = [
            name for name, value in {**counts, **units, **limits, "scenario": scenario}.items() if value is not None
        ]
        if given:
            raise ValueError(f"{given[0]}: goes without a file; the file states its own numbers (got {file})")
        loaded = file if isinstance(file, ClaimFile) else load_claims(file)
        return judge_file(loaded, only, replications, seed, progress)
    given_numbers = given_of(counts, units, **limits)
    if scenario is None or not replications:
        return answer(given_numbers)
    street = scenario if isinstance(scenario, Scenario) else load_scenario(scenario)
    simulated = left_out(street, USUALLY_LEFT_OUT, replications, seed, progress)
    return answer(given_numbers, simulated, SimulatedIn.of(street, simulated))


__all__ = ["claim"]
