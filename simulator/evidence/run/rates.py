"""Rates: a measure divided by faces, alerts, stops, hours, with how sure each is."""

from __future__ import annotations

from typing import Any

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
_COUNTED_BY = {"face": "faces", "passage": "passages", "alert": "alerts", "stop": "stops", "arrest": "arrests"}


def mean_range(values: Array) -> list[float] | None:
    """Monte Carlo interval of a mean that cannot be negative unless a value is; None where one value bounds nothing."""
    if len(values) < 2:
        return None
    low, high = mean_interval(values, MEAN_LEVEL)
    return [max(low, 0.0) if values.min() >= 0 else low, high]


def average_range(study: Study, measure: str, unit: str | None = None) -> list[float] | None:
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
    return [float(x) * mean / centre for x in np.quantile(drawn, [0.025, 0.975])]


def _denominator(study: Study, unit: str, name: str = CHANCE) -> Array:
    if unit in _COUNTED_BY:
        return study.passes[name][_COUNTED_BY[unit]]
    each = study.scenario.campaign.camera_hours if unit == "camera_hour" else len(study.scenario.campaign.days)
    return np.full(study.replications, float(each))


def rate(study: Study, measure: str, unit: str) -> dict[str, Any]:
    """*measure* per *unit*: the ratio of the totals over all campaigns, with its Monte Carlo interval.

    Where no campaign had one, the closed form stands in its place and the basis says so; without a closed form the
    rate is None, because simulated zeros are no evidence of zero. It is None as well where the scenario says that
    nothing can be said per *unit* (``no_rates_per``).
    """
    top, bottom = study.passes[CHANCE][measure], _denominator(study, unit)
    drawn_top, drawn_bottom = study.passes[IGNORANCE][measure], _denominator(study, unit, IGNORANCE)
    found: dict[str, Any] = {"per": unit, "basis": "simulated", "rate": None, "mean_95": None, "one_in": None}
    if unit in study.scenario.no_rates_per:
        return {**found, "basis": NOT_KNOWN, "with_ignorance": None}
    if bottom.sum() <= 0:
        return {**found, "basis": f"no {unit} in any campaign", "with_ignorance": None}
    if top.sum() > 0:
        value = float(top.sum() / bottom.sum())
        # a ratio of means: its error is that of the residuals top - value * bottom
        found["rate"] = value
        if len(top) > 1:
            low, high = mean_interval(top - value * bottom, MEAN_LEVEL)
            found["mean_95"] = [max(value + low / bottom.mean(), 0.0), value + high / bottom.mean()]
    elif study.expected.get(measure):
        found |= {"rate": study.expected[measure] / float(bottom.mean()), "basis": LABEL}
    else:
        found |= {"basis": "none in any simulated campaign, which is no evidence of zero"}
    # a campaign without a denominator has no rate; how many there were is said
    some = drawn_bottom > 0
    ratios = drawn_top[some] / drawn_bottom[some]
    found["with_ignorance"] = {
        "average_95": average_range(study, measure, unit),
        "rate": float(drawn_top.sum() / drawn_bottom.sum()) if drawn_top.sum() > 0 else None,
        "campaign_90": list(prediction_interval(ratios, PREDICTION_LEVEL)) if some.any() else None,
        "campaigns_without": int((~some).sum()),
    }
    found["one_in"] = 1 / found["rate"] if found["rate"] else None
    return found
