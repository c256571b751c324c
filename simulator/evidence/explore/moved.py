"""What the street's controls of an explorer do to a scenario's inputs: how many come, how many of them are listed, are seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from simulator.experiment.memory import rate_key
from simulator.scenario.inputs import Inputs
from simulator.scenario.models import Scenario
from simulator.street.groups import groups_of
from simulator.street.recogniser import ScoreLaws, detection_correlation, score_correlation

FOOTFALL, CAPTURE, EXPONENT = "street.passages_per_hour", "recogniser.capture_rate", "recogniser.list_size_exponent"
# What includes the share of faces that are captured, and falls with it.
DETECTED = ("recogniser.tpir_at_anchor", "recogniser.kin_tpir_at_anchor")
CORRELATION, FMR = "recogniser.detection_correlation", "recogniser.fmr_at_anchor"


@dataclass(frozen=True, kw_only=True)
class Moved:
    """How many times as many passages, listed people among them, captured faces; and the list exponent (None: as it is)."""

    footfall: float = 1.0
    listed: float = 1.0
    capture: float = 1.0
    exponent: float | None = None


def factors_of(scenario: Scenario, moved: Moved) -> dict[str, float]:
    """By what each input of *scenario* is multiplied.

    That fewer faces are captured leaves scores as they are, and who comes past: fewer are detected at every threshold alike.
    """
    rate = rate_key(scenario)
    factors = {FOOTFALL: moved.footfall, rate: moved.listed}
    if scenario.recogniser.capture_rate is not None:
        factors |= dict.fromkeys((CAPTURE, *DETECTED), moved.capture)
        if scenario.watchlist.true_alerts_per_1000_passages is not None:
            factors[rate] *= moved.capture
    return {key: factor for key, factor in factors.items() if factor != 1}


def moved_inputs(scenario: Scenario, inputs: Inputs, moved: Moved) -> Inputs:
    """*inputs* with the controls *moved*: the scenario that draws with them is what the thinned people of a bank are."""
    factors = factors_of(scenario, moved)
    values = {key: value * factors.get(key, 1.0) for key, value in inputs.values.items()}
    if moved.exponent is not None:
        values[EXPONENT] = np.full(inputs.replications, moved.exponent)
    made = replace(inputs, values=values)
    if moved.capture != 1:
        # two passages of somebody are as alike as before: their detections correlate by another number
        own = scenario.recogniser.threshold.value
        before, after = (ScoreLaws(scenario, each).tpir(own) for each in (inputs, made))
        alike = score_correlation(inputs[CORRELATION], before)
        values[CORRELATION] = np.where(alike > 0, detection_correlation(alike, after), 0.0)
    return made


def fixed(scenario: Scenario) -> Iterator[tuple[str, str]]:
    """Which of the controls a page of *scenario* does not have, and why."""
    joint = set(scenario.joint_draws.columns) if scenario.joint_draws else set()
    if any(day.passages_per_hour is not None for day in scenario.campaign.days):
        yield "footfall", "footfall: deployments have their own"
    elif FOOTFALL in joint:
        yield "footfall", "footfall: it is drawn together with other inputs"
    if rate_key(scenario) in joint:
        yield "listed", "share listed: it is drawn together with other inputs"
    elif scenario.watchlist.growth_exponent.value == 0:
        yield "listed", "share listed: a longer list has no more people who come past"
    recogniser = scenario.recogniser
    if recogniser.table is not None:
        yield "capture", "capture: the table of error rates includes it"
    elif joint & {CAPTURE, *DETECTED}:
        yield "capture", "capture: it is drawn together with other inputs"
    elif recogniser.kin_per_100k_passages.value or groups_of(scenario).score_shift.any():
        yield "capture", "capture: kin, or groups with scores of their own, are captured otherwise"
    if recogniser.reference_list_size is None or recogniser.table is not None:
        yield "list_exponent", "list exponent: with how long a list the error rates were measured is not said"
    elif recogniser.kin_per_100k_passages.value or EXPONENT in joint:
        yield "list_exponent", "list exponent: kin of listed people follow another law"


__all__ = ["CORRELATION", "EXPONENT", "FMR", "Moved", "factors_of", "fixed", "moved_inputs"]
