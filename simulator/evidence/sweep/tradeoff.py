"""False alerts against listed people missed along the threshold, with the scenario's inputs and either preset's errors."""

from __future__ import annotations

import math
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from simulator.evidence.about.header import Header
from simulator.evidence.kept import Found, flat
from simulator.evidence.run.rates import Range
from simulator.evidence.sweep.operating_points import OperatingPoint, operating_points
from simulator.scenario.inputs import Inputs, drawn_inputs, median_inputs
from simulator.scenario.models import Scenario
from simulator.scenario.presets import PRESETS
from simulator.scenario.quantity import Array
from simulator.scenario.recogniser import Recogniser
from simulator.street.expectations import expected

if TYPE_CHECKING:
    import pandas as pd

SHOWN, MARKED = np.linspace(0.58, 0.68, 51), (0.60, 0.62, 0.64, 0.66)
DRAWS = 1000
OWN = "own"


@dataclass(frozen=True, kw_only=True)
class AtThreshold:
    """False alerts per counted face and the share of listed people missed; None where nobody, or nobody listed, passes.

    *fpir_95* and *missed_95* hold 95 % of draws of the inputs.
    """

    threshold: float
    fpir: float | None
    fpir_95: Range | None
    missed: float | None
    missed_95: Range | None

    @property
    def on_chart(self) -> tuple[float, float] | None:
        """False alerts and the share missed, None where one is not known or where false alerts never happen."""
        return (self.fpir, self.missed) if self.fpir and self.missed is not None else None


@dataclass(frozen=True, kw_only=True)
class Curve:
    """One recogniser along the threshold: a preset by its *name*, *changed* where the scenario gives rates of its own."""

    name: str
    changed: bool
    points: tuple[AtThreshold, ...]

    def at(self, threshold: float) -> AtThreshold | None:
        """The point at *threshold*, None where the curve does not have it."""
        return next((point for point in self.points if math.isclose(point.threshold, threshold)), None)


@dataclass(frozen=True, kw_only=True, repr=False)
class Tradeoff(Found):
    """The trade-off of a scenario's recogniser beside the *operating_points* of real systems.

    *expected_there* are false alerts per face that each preset expects at the threshold and the list of an operating
    point, by its name and the preset's.
    """

    schema: Literal["lfrsim-tradeoff/1"] = "lfrsim-tradeoff/1"
    scenario: Header
    faces_per_passage: float
    draws: int = DRAWS
    curves: tuple[Curve, ...]
    operating_points: tuple[OperatingPoint, ...]
    expected_there: Mapping[str, Mapping[str, float]]

    def to_frame(self) -> pd.DataFrame:
        """One row for each threshold of each curve."""
        import pandas as pd

        return pd.DataFrame([{"curve": curve.name} | flat(point) for curve in self.curves for point in curve.points])


def tradeoff_of(scenario: Scenario) -> Tradeoff:
    """The curves of both presets, and the scenario's own where it follows neither; detection is always its own."""
    variants = {name: with_preset(scenario, name) for name in PRESETS}
    own = {} if scenario.recogniser.preset else {OWN: scenario}
    return Tradeoff(
        scenario=Header.of(scenario),
        faces_per_passage=scenario.street.faces_per_passage.value,
        curves=tuple(
            Curve(name=name, changed=changed(scenario, name), points=_points(scenario, variant))
            for name, variant in (own | variants).items()
        ),
        operating_points=operating_points(),
        expected_there={
            point.name: {
                name: float(false)
                for name, variant in variants.items()
                for false in rates(variant, median_inputs(variant, 1), point.threshold, point.size)[0]
                if not math.isnan(false)
            }
            for point in operating_points()
            if point.threshold is not None and point.size is not None
        },
    )


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


def changed(scenario: Scenario, name: str) -> bool:
    """Whether *scenario* names that preset and gives false match rates of its own."""
    own = scenario.recogniser
    if own.preset != name:
        return False
    pure = Recogniser.model_validate({"preset": name, "threshold": own.threshold})
    return any(getattr(own, field) != getattr(pure, field) for field in ("fmr_at_anchor", "slope_per_unit"))


def rates(scenario: Scenario, inputs: Inputs, threshold: float, size: float) -> tuple[Array, Array]:
    """False alerts per counted face, and the share of listed people's passages that raise no true alert."""
    e = expected(scenario, inputs, threshold, size)
    faces = e.passages * inputs["street.faces_per_passage"]
    with np.errstate(invalid="ignore", divide="ignore"):
        return e.false_alerts / faces, 1 - e.true_alerts / e.listed_passages


def _points(scenario: Scenario, variant: Scenario) -> tuple[AtThreshold, ...]:
    """False alerts as *variant* has them, detection as the *scenario* has it, at every threshold that is shown."""

    def uniform(key: str) -> Array:
        # the same draws for both presets and on any machine
        return np.random.default_rng(zlib.crc32(key.encode())).random(DRAWS)

    middle, drawn = median_inputs(variant, 1), drawn_inputs(variant, DRAWS, uniform)
    own_middle, own_drawn = median_inputs(scenario, 1), drawn_inputs(scenario, DRAWS, uniform)
    size = scenario.watchlist.size.value
    made = []
    for threshold in _thresholds(scenario):
        false, spread = (rates(variant, inputs, threshold, size)[0] for inputs in (middle, drawn))
        missed, range_ = (rates(scenario, inputs, threshold, size)[1] for inputs in (own_middle, own_drawn))
        made.append(
            AtThreshold(
                threshold=threshold,
                fpir=_known(false[0]),
                fpir_95=_most_of(spread),
                missed=_known(missed[0]),
                missed_95=_most_of(range_),
            )
        )
    return tuple(made)


def _thresholds(scenario: Scenario) -> list[float]:
    table = scenario.recogniser.read_table
    low, high = (table.thresholds[0], table.thresholds[-1]) if table is not None else (0.0, 1.0)
    shown = np.unique(np.round([*SHOWN, *MARKED, scenario.recogniser.threshold.value], 9))
    return [float(threshold) for threshold in shown if low <= threshold <= high]


def _known(x: float) -> float | None:
    return None if math.isnan(x) else float(x)


def _most_of(drawn: Array) -> Range | None:
    low, high = np.quantile(drawn, (0.025, 0.975))
    return None if math.isnan(low) else (float(low), float(high))


__all__ = ["MARKED", "OWN", "AtThreshold", "Curve", "Tradeoff", "tradeoff_of"]
