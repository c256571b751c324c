"""Rates: a measure divided by faces, alerts, stops, hours, with how sure each is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np

from simulator.evidence.counted.closed_forms import LABEL
from simulator.evidence.run.study import CHANCE, IGNORANCE, Study
from simulator.evidence.statistics.intervals import mean_interval, prediction_interval
from simulator.scenario.quantity import Array

PREDICTION_LEVEL, MEAN_LEVEL = 0.90, 0.95
RATED = (
    "false_alerts",
    "wrongful_stops",
    "no_action_stops",
    "no_action_or_complied_stops",
    "bystander_stops",
    "wrongful_arrests",
    "arrests",
)
DENOMINATORS = ("face", "passage", "alert", "stop", "arrest", "camera_hour", "deployment")
NOT_KNOWN = "not known here: the caveats say why"
Range: TypeAlias = tuple[float, float]
_COUNTED_BY = {"face": "faces", "passage": "passages", "alert": "alerts", "stop": "stops", "arrest": "arrests"}


@dataclass(frozen=True, kw_only=True)
class DrawnRate:
    """A rate with inputs drawn for every campaign; campaigns without a denominator have none, and are counted."""

    average_95: Range | None
    rate: float | None
    campaign_90: Range | None
    campaigns_without: int


@dataclass(frozen=True, kw_only=True)
class Rate:
    """A measure *per* unit, and what it rests on (*basis*): simulated, or a closed form, or why there is none."""

    per: str
    basis: str
    rate: float | None = None
    mean_95: Range | None = None
    one_in: float | None = None
    with_ignorance: DrawnRate | None = None


def mean_range(values: Array) -> Range | None:
    """Monte Carlo interval of a mean that cannot be negative unless a value is; None where one value bounds nothing."""
    if len(values) < 2:
        return None
    low, high = mean_interval(values, MEAN_LEVEL)
    return max(low, 0.0) if values.min() >= 0 else low, high


def average_range(study: Study, measure: str, unit: str | None = None) -> Range | None:
    """Where the average (per *unit*, if one is given) may lie given what is not known about the inputs: 95 %.

    It is the spread of the closed form over the drawn inputs, laid around the simulated average, which has depletion,
    repeats and queues in it; None where either has no closed form.
    """
    if not study.expected.get(measure) or study.passes[CHANCE][measure].sum() == 0:
        return None
    drawn, centre = study.expected_drawn[measure], study.expected[measure]
    mean = float(study.passes[CHANCE][measure].mean())
    if unit is not None:
        below = _COUNTED_BY.get(unit)
        mean /= float(_denominator(study, unit).mean())
        if below is not None:
            if not study.expected.get(below):
                return None
            drawn, centre = drawn / np.maximum(study.expected_drawn[below], 1e-300), centre / study.expected[below]
    low, high = np.quantile(drawn, [0.025, 0.975])
    return float(low) * mean / centre, float(high) * mean / centre


def _denominator(study: Study, unit: str, name: str = CHANCE) -> Array:
    if unit in _COUNTED_BY:
        return study.passes[name][_COUNTED_BY[unit]]
    each = study.scenario.campaign.camera_hours if unit == "camera_hour" else len(study.scenario.campaign.days)
    return np.full(study.replications, float(each))


def rate(study: Study, measure: str, unit: str) -> Rate:
    """*measure* per *unit*: the ratio of the totals over all campaigns, with its Monte Carlo interval.

    Where no campaign had one, the closed form stands in its place and the basis says so; without a closed form the
    rate is None, because simulated zeros are no evidence of zero. It is None as well where the scenario says that
    nothing can be said per *unit* (``no_rates_per``).
    """
    top, bottom = study.passes[CHANCE][measure], _denominator(study, unit)
    if unit in study.scenario.no_rates_per:
        return Rate(per=unit, basis=NOT_KNOWN)
    if bottom.sum() <= 0:
        return Rate(per=unit, basis=f"no {unit} in any campaign")
    drawn = _drawn_rate(study, measure, unit)
    if top.sum() > 0:
        value = float(top.sum() / bottom.sum())
        found = Rate(per=unit, basis="simulated", rate=value, one_in=1 / value, with_ignorance=drawn)
        if len(top) < 2:
            return found
        # a ratio of means: its error is that of the residuals top - value * bottom
        low, high = mean_interval(top - value * bottom, MEAN_LEVEL)
        return replace(found, mean_95=(max(value + low / bottom.mean(), 0.0), value + high / bottom.mean()))
    if study.expected.get(measure):
        value = study.expected[measure] / float(bottom.mean())
        return Rate(per=unit, basis=LABEL, rate=value, one_in=1 / value, with_ignorance=drawn)
    return Rate(per=unit, basis="none in any simulated campaign, which is no evidence of zero", with_ignorance=drawn)


def _drawn_rate(study: Study, measure: str, unit: str) -> DrawnRate:
    top, bottom = study.passes[IGNORANCE][measure], _denominator(study, unit, IGNORANCE)
    some = bottom > 0
    return DrawnRate(
        average_95=average_range(study, measure, unit),
        rate=float(top.sum() / bottom.sum()) if top.sum() > 0 and some.any() else None,
        campaign_90=prediction_interval(top[some] / bottom[some], PREDICTION_LEVEL) if some.any() else None,
        campaigns_without=int((~some).sum()),
    )
