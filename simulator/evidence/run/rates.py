"""Rates: a measure divided by faces, alerts, stops, hours, with how sure each is."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TypeAlias

from simulator.evidence.counted.closed_forms import LABEL
from simulator.evidence.counted.measures import COUNTS
from simulator.evidence.counted.units import always_one, most_per
from simulator.evidence.run.averages import average_range, denominator
from simulator.evidence.run.study import CHANCE, IGNORANCE, Study
from simulator.evidence.statistics.averages import average_interval, event_size, ratio_interval
from simulator.evidence.statistics.intervals import Interval, prediction_interval
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
BY_DEFINITION = "1 by definition"
Range: TypeAlias = tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class DrawnRate:
    """A rate with inputs drawn for every campaign; campaigns without a denominator have none, and are counted.

    *basis* is what the rate rests on, *average_95_basis* what its range does.
    """

    basis: str
    average_95: Range | None
    average_95_basis: str | None
    rate: float | None
    campaign_90: Range | None
    campaigns_without: int


@dataclass(frozen=True, kw_only=True)
class Rate:
    """A measure *per* unit, and what it rests on (*basis*): simulated, a closed form, a definition, or why there is none."""

    per: str
    basis: str
    rate: float | None = None
    mean_95: Range | None = None
    one_in: float | None = None
    with_ignorance: DrawnRate | None = None


def mean_range(values: Array, measure: str) -> Range | None:
    """Monte Carlo interval of the average of *measure* (n,); None where nothing bounds it (see *average_interval*)."""
    return bounded(average_interval(values, measure in COUNTS, MEAN_LEVEL))


def bounded(interval: Interval) -> Range | None:
    """*interval* as findings have it: None where an end of it is infinite."""
    return (interval.low, interval.high) if all(map(math.isfinite, interval)) else None


def rate(study: Study, measure: str, unit: str) -> Rate:
    """*measure* per *unit*: the ratio of the totals over all campaigns, with its Monte Carlo interval.

    Where no campaign had one, the closed form stands in its place and the basis says so; without a closed form the
    rate is None, because simulated zeros are no evidence of zero; its interval says how large it may be. It is None as
    well where the scenario says that nothing can be said per *unit* (``no_rates_per``). Arrests per arrest are 1 by
    definition, exactly; a part of the unit is at most 1 of it.
    """
    top, bottom = study.passes[CHANCE][measure], denominator(study, unit)
    if unit in study.scenario.no_rates_per:
        return Rate(per=unit, basis=NOT_KNOWN)
    if bottom.sum() <= 0:
        return Rate(per=unit, basis=f"no {unit} in any campaign")
    drawn = _drawn_rate(study, measure, unit)
    if always_one(measure, unit):
        return Rate(per=unit, basis=BY_DEFINITION, rate=1.0, mean_95=(1.0, 1.0), one_in=1.0, with_ignorance=drawn)
    most = most_per(measure, unit)
    found = bounded(ratio_interval(top, bottom, event_size(top, measure in COUNTS), level=MEAN_LEVEL, most=most))
    if top.sum() > 0:
        value = float(top.sum() / bottom.sum())
        return Rate(per=unit, basis="simulated", rate=value, mean_95=found, one_in=1 / value, with_ignorance=drawn)
    if study.expected.get(measure):
        value = min(study.expected[measure] / float(bottom.mean()), most)
        return Rate(per=unit, basis=LABEL, rate=value, one_in=1 / value, with_ignorance=drawn)
    none = "none in any simulated campaign, which is no evidence of zero"
    return Rate(per=unit, basis=none, mean_95=found, with_ignorance=drawn)


def _drawn_rate(study: Study, measure: str, unit: str) -> DrawnRate:
    top, bottom = study.passes[IGNORANCE][measure], denominator(study, unit, IGNORANCE)
    some, likely = bottom > 0, average_range(study, measure, unit)
    value, basis = None, "none seen"
    if some.any() and top.sum() > 0:
        value, basis = float(top.sum() / bottom.sum()), BY_DEFINITION if always_one(measure, unit) else "simulated"
    elif some.any() and measure in study.expected_drawn and study.expected_drawn[measure].any():
        value, basis = min(float(study.expected_drawn[measure].mean() / bottom.mean()), most_per(measure, unit)), LABEL
    return DrawnRate(
        basis=basis,
        average_95=likely and likely.ends,
        average_95_basis=likely and likely.basis,
        rate=value,
        campaign_90=prediction_interval(top[some] / bottom[some], PREDICTION_LEVEL) if some.any() else None,
        campaigns_without=int((~some).sum()),
    )
