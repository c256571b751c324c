"""False alerts against listed people missed along the threshold, with the scenario's inputs and either preset's errors."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import numpy as np

from simulator.scenario.inputs import Inputs, drawn_inputs, median_inputs
from simulator.scenario.models import Scenario
from simulator.scenario.presets import PRESETS
from simulator.scenario.quantity import Array
from simulator.scenario.recogniser import Recogniser
from simulator.street.expectations import expected

SHOWN, MARKED = np.linspace(0.58, 0.68, 51), (0.60, 0.62, 0.64, 0.66)
DRAWS = 1000
OWN = "own"


@dataclass(frozen=True)
class Curve:
    """One recogniser along *thresholds*: false alerts per counted face and share missed, each (thresholds,).

    *low* to *high* and *missed_low* to *missed_high* hold 95 % of draws of the inputs.
    """

    name: str
    thresholds: Array
    fpir: Array
    low: Array
    high: Array
    missed: Array
    missed_low: Array
    missed_high: Array

    def at(self, threshold: float) -> int | None:
        """Index of *threshold*, None where the curve does not have it."""
        found = np.flatnonzero(np.isclose(self.thresholds, threshold))
        return int(found[0]) if len(found) else None


def with_preset(scenario: Scenario, name: str) -> Scenario:
    """*scenario* with the false alerts of another preset; its own recogniser where that is the preset it names."""
    own = scenario.recogniser
    if own.preset == name:
        return scenario
    kept = {
        field: getattr(own, field)
        for field in type(own).model_fields
        if field not in (*PRESETS[name].fields, "preset", "table", "read_table") and getattr(own, field) is not None
    }
    return scenario.model_copy(update={"recogniser": Recogniser.model_validate({"preset": name, **kept})})


def rates(scenario: Scenario, inputs: Inputs, threshold: float, size: float) -> tuple[Array, Array]:
    """False alerts per counted face, and the share of listed people's passages that raise no true alert."""
    e = expected(scenario, inputs, threshold, size)
    faces = e.passages * inputs["street.faces_per_passage"]
    with np.errstate(invalid="ignore", divide="ignore"):
        return e.false_alerts / faces, 1 - e.true_alerts / e.listed_passages


def curves(scenario: Scenario, size: float) -> list[Curve]:
    """The curves of both presets, and the scenario's own where it follows neither; detection is always its own."""
    table = scenario.recogniser.read_table
    own_threshold = scenario.recogniser.threshold.value
    thresholds = np.unique(np.round([*SHOWN, *MARKED, own_threshold], 9))
    if table is not None:
        thresholds = thresholds[(thresholds >= table.thresholds[0]) & (thresholds <= table.thresholds[-1])]

    def uniform(key: str) -> Array:
        # the same draws for both presets and on any machine
        return np.random.default_rng(zlib.crc32(key.encode())).random(DRAWS)

    found = []
    for name in [OWN] * (scenario.recogniser.known_preset is None) + list(PRESETS):
        variant = scenario if name == OWN else with_preset(scenario, name)
        middle, drawn = median_inputs(variant, 1), drawn_inputs(variant, DRAWS, uniform)
        own_middle, own_drawn = median_inputs(scenario, 1), drawn_inputs(scenario, DRAWS, uniform)
        rows = []
        for threshold in thresholds:
            false, spread = (rates(variant, inputs, threshold, size)[0] for inputs in (middle, drawn))
            missed, range_ = (rates(scenario, inputs, threshold, size)[1] for inputs in (own_middle, own_drawn))
            rows.append(
                [false[0], *np.quantile(spread, (0.025, 0.975)), missed[0], *np.quantile(range_, (0.025, 0.975))]
            )
        found.append(Curve(name, thresholds, *np.array(rows).T))
    return found


def changed(scenario: Scenario, name: str) -> bool:
    """Whether *scenario* names that preset and gives false match rates of its own."""
    own = scenario.recogniser
    if own.preset != name:
        return False
    pure = Recogniser.model_validate({"preset": name, "threshold": own.threshold})
    return any(getattr(own, field) != getattr(pure, field) for field in ("fmr_at_anchor", "slope_per_unit"))
