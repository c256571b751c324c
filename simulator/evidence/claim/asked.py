"""``claim`` from Python: a claim file judged, or numbers that somebody states taken at their word."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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
    list_size: float | None = None,
    figures: Mapping[str, float | tuple[float, float]] | None = None,
    one_in: float | None = None,
    visits: float | None = None,
    correlation: float | None = None,
    year_faces: float | None = None,
    detection: float | None = None,
    accuracy: float | None = None,
    scenario: Scenario | str | Path | None = None,
    progress: Callable[[int], None] | None = None,
) -> JudgedFile | StatedNumbers:
    """Judge the claims of a *file* (*only* those named), or say what numbers mean if they are right.

    *file* is a claim file, its path, or the name of a shipped one. Without one: *false_alerts* or *false_stopped* are
    counts, or the ends of a range where only a word is known; *faces*, *alerts*, ... are what they are out of. Without either
    the tally furthest along is what is counted (arrests in hours). *figures* are others by their names in claim files.
    *one_in* is the limit to be shown, also by itself, and so is an *accuracy*; *visits* of each person are alike by
    *correlation*; *year_faces* is what the rate is carried over; every face is compared with *list_size* entries; *detection*
    is the share of listed people who raise an alert. What is left out is simulated in the file's scenario, or in *scenario*,
    in so many *replications* (0: not at all).

    Raises ScenarioError for a file that cannot be used, StatedError for numbers that cannot be, ValueError for both at once.
    """
    named = {
        "false_alerts": false_alerts, "false_stopped": false_stopped, "faces": faces, "alerts": alerts, "stops": stops,
        "arrests": arrests, "camera_hours": hours, "deployments": deployments, "list_size": list_size,
    }  # fmt: skip
    more = {
        "one_in": one_in, "visits": visits, "correlation": correlation, "year_faces": year_faces, "detection": detection,
        "accuracy": accuracy,
    }  # fmt: skip
    if file is not None:
        given = [name for name, value in {**named, **more, "scenario": scenario}.items() if value is not None]
        given += figures or ()
        if given:
            raise ValueError(f"{given[0]}: goes without a file; the file states its own numbers (got {file})")
        loaded = file if isinstance(file, ClaimFile) else load_claims(file)
        return judge_file(loaded, only, replications, seed, progress)
    stated = {name: value for name, value in named.items() if value is not None}
    given_numbers = given_of({**stated, **(figures or {})}, **more)
    if scenario is None or not replications:
        return answer(given_numbers)
    street = scenario if isinstance(scenario, Scenario) else load_scenario(scenario)
    simulated = left_out(street, USUALLY_LEFT_OUT, replications, seed, progress)
    return answer(given_numbers, simulated, SimulatedIn.of(street, simulated))


__all__ = ["claim"]
