"""False alerts against listed people missed along the threshold, with the scenario's inputs and either preset's errors."""

from __future__ import annotations

import math
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from simulator.evidence.about.header import Header
from simulator.evidence.about.recorded_counts import TIMES, PerUnit, RecordedCount, recorded_at, recorded_counts
from simulator.evidence.about.support import measured_at
from simulator.evidence.kept import Found, flat
from simulator.evidence.run.rates import Range
from simulator.evidence.sweep.operating_points import OperatingPoint, operating_points
from simulator.scenario.inputs import Inputs, drawn_inputs, median_inputs
from simulator.scenario.models import Scenario
from simulator.scenario.presets import PRESETS
from simulator.scenario.quantity import Array
from simulator.scenario.recogniser import Recogniser
from simulator.street.expectations import Expected, expected

if TYPE_CHECKING:
    import pandas as pd

SHOWN, MARKED = np.linspace(0.56, 0.70, 71), (0.60, 0.62, 0.64, 0.66)
DRAWS = 1000
OWN = "own"


@dataclass(frozen=True, kw_only=True)
class AtThreshold:
    """False alerts per counted face and the share of listed people missed; None where nobody, or nobody listed, passes.

    *per_100_hours* are false alerts per 100 camera hours on this street, None where the hours are not known. *fpir_95*,
    *per_100_hours_95* and *missed_95* hold 95 % of draws of the inputs.
    """

    threshold: float
    fpir: float | None
    fpir_95: Range | None
    per_100_hours: float | None
    per_100_hours_95: Range | None
    missed: float | None
    missed_95: Range | None

    def rate(self, per: PerUnit) -> float | None:
        """False alerts per 100 camera hours or per million faces; None where that is not known."""
        if per == "camera_hour":
            return self.per_100_hours
        return None if self.fpir is None else TIMES[per] * self.fpir

    def rate_95(self, per: PerUnit) -> Range | None:
        """Where *rate* may lie."""
        if per == "camera_hour" or self.fpir_95 is None:
            return self.per_100_hours_95 if per == "camera_hour" else None
        return TIMES[per] * self.fpir_95[0], TIMES[per] * self.fpir_95[1]

    @property
    def on_chart(self) -> tuple[float, float] | None:
        """False alerts and the share missed, None where one is not known or where false alerts never happen."""
        return (self.fpir, self.missed) if self.fpir and self.missed is not None else None


@dataclass(frozen=True, kw_only=True)
class Curve:
    """One recogniser along the threshold: a preset by its *name*, *changed* where the scenario gives rates of its own.

    *recorded_at* are the thresholds at which its source has data, rising; beyond the first and the last, the curve is a guess.
    """

    name: str
    changed: bool
    recorded_at: tuple[float, ...]
    points: tuple[AtThreshold, ...]

    def on_data(self, threshold: float) -> bool:
        """Whether *threshold* lies within those at which the source has data."""
        return self.recorded_at[0] - 1e-9 <= threshold <= self.recorded_at[-1] + 1e-9

    def at(self, threshold: float) -> AtThreshold | None:
        """The point at *threshold*, None where the curve does not have it."""
        return next((point for point in self.points if math.isclose(point.threshold, threshold)), None)


@dataclass(frozen=True, kw_only=True, repr=False)
class Tradeoff(Found):
    """The trade-off of a scenario's recogniser beside the *operating_points* of real systems.

    *expected_there* are false alerts per face that each preset expects at the threshold and the list of an operating
    point, by its name and the preset's. *per* is what false alerts of curves and of *recorded* ones are best divided by: hours
    were counted alike everywhere, faces were not; faces where the scenario does not know its hours, None where it knows neither.
    *faces_per_hour* are those counted on this street.
    """

    schema: Literal["lfrsim-tradeoff/1"] = "lfrsim-tradeoff/1"
    scenario: Header
    faces_per_passage: float
    draws: int = DRAWS
    curves: tuple[Curve, ...]
    operating_points: tuple[OperatingPoint, ...]
    expected_there: Mapping[str, Mapping[str, float]]
    per: PerUnit | None
    faces_per_hour: float | None
    recorded: tuple[RecordedCount, ...]

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
            Curve(
                name=name,
                changed=changed(scenario, name),
                recorded_at=recorded_at(name) or measured_at(scenario),
                points=_points(scenario, variant),
            )
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
        per=next((unit for unit in TIMES if unit not in scenario.no_rates_per), None),
        faces_per_hour=_faces_per_hour(scenario),
        recorded=recorded_counts(),
    )


def _faces_per_hour(scenario: Scenario) -> float | None:
    """Faces counted in an hour of this street, None where faces or hours are not known."""
    hours = scenario.campaign.camera_hours
    if not hours or {"face", "camera_hour"} & {*scenario.no_rates_per}:
        return None
    inputs = median_inputs(scenario, 1)
    passages = expected(scenario, inputs, scenario.recogniser.threshold.value, scenario.watchlist.size.value).passages
    return float(passages[0] * inputs["street.faces_per_passage"][0] / hours)


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
    with np.errstate(invalid="ignore", divide="ignore"):
        return _per_face(e, inputs), 1 - e.true_alerts / e.listed_passages


def _per_face(e: Expected, inputs: Inputs) -> Array:
    with np.errstate(invalid="ignore", divide="ignore"):
        return e.false_alerts / (e.passages * inputs["street.faces_per_passage"])


def _points(scenario: Scenario, variant: Scenario) -> tuple[AtThreshold, ...]:
    """False alerts as *variant* has them, detection as the *scenario* has it, at every threshold that is shown."""

    def uniform(key: str) -> Array:
        # the same draws for both presets and on any machine
        return np.random.default_rng(zlib.crc32(key.encode())).random(DRAWS)

    middle, drawn = median_inputs(variant, 1), drawn_inputs(variant, DRAWS, uniform)
    own_middle, own_drawn = median_inputs(scenario, 1), drawn_inputs(scenario, DRAWS, uniform)
    size = scenario.watchlist.size.value
    # a street with no hours has no rate per hour, nor has one that does not know them
    hundreds = scenario.campaign.camera_hours / TIMES["camera_hour"]
    hundreds = hundreds if hundreds and "camera_hour" not in scenario.no_rates_per else math.nan
    made = []
    for threshold in _thresholds(scenario):
        one, many = (expected(variant, inputs, threshold, size) for inputs in (middle, drawn))
        false, spread = (_per_face(e, inputs) for e, inputs in ((one, middle), (many, drawn)))
        missed, range_ = (rates(scenario, inputs, threshold, size)[1] for inputs in (own_middle, own_drawn))
        made.append(
            AtThreshold(
                threshold=threshold,
                fpir=_known(false[0]),
                fpir_95=_most_of(spread),
                per_100_hours=_known(one.false_alerts[0] / hundreds),
                per_100_hours_95=_most_of(many.false_alerts / hundreds),
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
