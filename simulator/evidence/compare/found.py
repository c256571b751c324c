"""The summary of a comparison: what the terminal, ``comparison.json`` and ``comparison.csv`` say, as plain data."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from simulator.evidence.about.support import outside_support
from simulator.evidence.compare.comparison import Comparison, differing
from simulator.evidence.counted.measures import MEASURES
from simulator.evidence.run.rates import PREDICTION_LEVEL, RATED
from simulator.evidence.run.study import CHANCE, IGNORANCE
from simulator.evidence.statistics.differences import LEVEL, difference, pairing, rate_difference, ratio
from simulator.evidence.statistics.intervals import Interval, prediction_interval
from simulator.experiment.store import scenario_hash
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Array
from simulator.street.candidates import Envelope

SCHEMA = "lfrsim-comparison/1"
PER_FACES = 100_000
# What is also compared per camera hour and per 100,000 faces.
COMPARED_RATES = ("alerts", "stops", "listed_stopped", *RATED)
# What the intervals are, in words.
INTERVALS = {
    "difference_95": f"{LEVEL:.0%} Monte Carlo interval of the average of B - A (paired t), one at a time; shrinks with -n",
    "ratio_95": f"{LEVEL:.0%} Monte Carlo interval of B's average over A's (Fieller, paired), one at a time; shrinks with -n",
    "campaign_90": f"{PREDICTION_LEVEL:.0%} of single campaigns' B - A; does not shrink with -n",
    "average_95": f"{LEVEL:.0%} of the average of B - A over what is not known about the inputs, by closed forms",
    "chance": "every campaign with the inputs at their values",
    "ignorance": "every campaign with inputs drawn from their intervals, by the same random numbers in A and B",
}


def summarise_comparison(comparison: Comparison) -> dict[str, Any]:
    """Everything a comparison found, in the documented form of ``comparison.json`` (docs/reference/outputs.md)."""
    pair = comparison.pair
    passages = comparison.passes[CHANCE]["passages"]
    return {
        "schema": SCHEMA,
        "a": _side(pair.a, pair.envelopes[0]),
        "b": _side(pair.b, pair.envelopes[1]),
        "differing": [{"key": key, "a": of_a, "b": of_b} for key, of_a, of_b in differing(pair.a, pair.b)],
        "drawn_in_one": _drawn_in_one(pair.a, pair.b),
        "run": {
            "replications": comparison.replications,
            "seed": comparison.seed,
            "same_passages": bool(np.array_equal(passages[0], passages[1])),
        },
        "intervals": INTERVALS,
        "measures": {
            item.name: {
                "words": item.words,
                "unit": item.unit,
                **{name: _compared(comparison, name, item.name) for name in (CHANCE, IGNORANCE)},
            }
            for item in MEASURES
        },
        "rates": {
            unit: {
                name: {each: _rate(comparison, each, name, unit) for each in (CHANCE, IGNORANCE)}
                for name in COMPARED_RATES
            }
            for unit in ("camera_hour", "100k_faces")
        },
        "caveats": {"a": list(pair.a.caveats), "b": list(pair.b.caveats)},
        "warnings": {"a": outside_support(pair.a), "b": outside_support(pair.b)},
    }


def _side(scenario: Scenario, envelope: Envelope) -> dict[str, Any]:
    return {
        "name": scenario.name,
        "hash": scenario_hash(scenario),
        "title": scenario.title,
        "what_if": scenario.what_if,
        "preset": scenario.recogniser.preset,
        "threshold": scenario.recogniser.threshold.value,
        "list_size": scenario.watchlist.size.value,
        "deployments": len(scenario.campaign.days),
        "camera_hours": scenario.campaign.camera_hours,
        "envelope": {"threshold": envelope.threshold, "size": envelope.size},
    }


def _drawn_in_one(a: Scenario, b: Scenario) -> list[str]:
    """Keys of inputs that are drawn from an interval in one scenario and fixed in the other."""
    from simulator.scenario.inputs import quantities

    drawn = []
    for scenario in (a, b):
        joint = scenario.joint_draws.columns if scenario.joint_draws else {}
        drawn.append({key: item.uncertain or key in joint for key, item in quantities(scenario)})
    return [key for key in drawn[0] if key in drawn[1] and drawn[0][key] != drawn[1][key]]


def _compared(comparison: Comparison, name: str, measure: str) -> dict[str, Any]:
    """One measure in one pass: averages, difference, ratio, single campaigns, and what the pairing was worth."""
    a, b = comparison.passes[name][measure]
    found, worth, quotient = difference(a, b), pairing(a, b), ratio(a, b)
    return {
        "a": float(a.mean()),
        "b": float(b.mean()),
        "difference": found.mean,
        "difference_95": _ends(found.interval),
        "shown": found.shown,
        "campaigns": {"more": found.more, "equal": found.equal, "fewer": found.fewer},
        "campaign_90": list(prediction_interval(b - a, PREDICTION_LEVEL)),
        "average_95": _average_range(comparison, measure) if name == IGNORANCE else None,
        "ratio": quotient[0] if quotient else None,
        "ratio_95": _ends(quotient[1]) if quotient and quotient[1] else None,
        "pairing": {
            "correlation": worth.correlation,
            "unpaired_campaigns": worth.unpaired,
            "verdict": worth.verdict,
        },
    }


def _ends(interval: Interval) -> list[float] | None:
    return list(interval) if math.isfinite(interval.low) else None


def _average_range(comparison: Comparison, measure: str) -> list[float] | None:
    """Where the average of B - A may lie given what is not known about the inputs: 95 %.

    As evidence.rates.average_range for A and for B, from the same draws: the closed form of each is laid around its
    simulated average, and then they are subtracted. None where either has no closed form or was never seen, and where
    the closed forms see no difference: around two averages they would pass noise off as knowledge.
    """
    means = comparison.passes[CHANCE][measure].mean(axis=1)
    expected, drawn = comparison.expected.get(measure), comparison.expected_drawn.get(measure)
    if expected is None or drawn is None or not expected.all() or not means.all() or np.array_equal(*drawn):
        return None
    around: Array = drawn * (means / expected)[:, None]
    return [float(x) for x in np.quantile(around[1] - around[0], [0.025, 0.975])]


def _rate(comparison: Comparison, name: str, measure: str, unit: str) -> dict[str, Any] | None:
    """One measure per *unit* in one pass; None where there is nothing to divide by."""
    values, pair = comparison.passes[name][measure], comparison.pair
    if unit == "camera_hour":
        below = [np.full(values.shape[1], side.campaign.camera_hours) for side in (pair.a, pair.b)]
    else:
        below = [faces / PER_FACES for faces in comparison.passes[name]["faces"]]
    found = rate_difference(values[0], values[1], below[0], below[1])
    if found is None:
        return None
    of_a, of_b, interval = found
    return {"a": of_a, "b": of_b, "difference": of_b - of_a, "difference_95": _ends(interval)}


COLUMNS = (
    "measure", "unit", "inputs", "per", "a", "b", "difference", "difference_low", "difference_high", "shown", "ratio",
    "ratio_low", "ratio_high", "campaigns_more", "campaigns_equal", "campaigns_fewer", "correlation",
    "unpaired_campaigns", "pairing",
)  # fmt: skip


def rows_of(summary: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The rows of ``comparison.csv``: every measure in both passes, per campaign; then the rates."""
    for measure, item in summary["measures"].items():
        for name in (CHANCE, IGNORANCE):
            found = item[name]
            ratio_low, ratio_high = found["ratio_95"] or (None, None)
            yield {
                **_first_cells(measure, item["unit"], name, "campaign", found),
                "shown": found["shown"],
                "ratio": found["ratio"],
                "ratio_low": ratio_low,
                "ratio_high": ratio_high,
                **{f"campaigns_{key}": number for key, number in found["campaigns"].items()},
                "correlation": found["pairing"]["correlation"],
                "unpaired_campaigns": found["pairing"]["unpaired_campaigns"],
                "pairing": found["pairing"]["verdict"],
            }
    for unit, rates in summary["rates"].items():
        for measure, passes in rates.items():
            for name, found in passes.items():
                if found is not None:
                    yield _first_cells(measure, summary["measures"][measure]["unit"], name, unit, found)


def _first_cells(measure: str, unit: str, inputs: str, per: str, found: dict[str, Any]) -> dict[str, Any]:
    low, high = found["difference_95"] or (None, None)
    return {
        "measure": measure,
        "unit": unit,
        "inputs": inputs,
        "per": per,
        "a": found["a"],
        "b": found["b"],
        "difference": found["difference"],
        "difference_low": low,
        "difference_high": high,
    }


def csv_of(summary: dict[str, Any]) -> str:
    """``comparison.csv`` as text: empty where there is no number, numbers with all their digits."""
    from simulator.experiment.csv_files import csv_text

    return csv_text(COLUMNS, ([row.get(name) for name in COLUMNS] for row in rows_of(summary)))


__all__ = ["COLUMNS", "COMPARED_RATES", "SCHEMA", "csv_of", "rows_of", "summarise_comparison"]
