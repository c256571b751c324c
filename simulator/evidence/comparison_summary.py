"""A comparison as one dictionary: what ``comparison.json`` holds."""

from __future__ import annotations

from typing import Any

import numpy as np

from simulator.evidence.comparison import Comparison, differing
from simulator.evidence.differences import difference, pairing, rate_difference, ratio
from simulator.evidence.measures import MEASURES
from simulator.evidence.study import CHANCE
from simulator.experiment.store import scenario_hash
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Array

SCHEMA = "lfrsim-comparison/1"
PER_FACES = 100_000


def summarise_comparison(comparison: Comparison) -> dict[str, Any]:
    """Every measure of both sides in both passes with paired differences, in the documented form (docs/reference)."""
    pair = comparison.pair
    return {
        "schema": SCHEMA,
        "a": _side(pair.a),
        "b": _side(pair.b),
        "differing": [{"key": key, "a": a, "b": b} for key, a, b in differing(pair.a, pair.b)],
        "run": {
            "replications": comparison.replications,
            "seed": comparison.seed,
            "envelopes": [[envelope.threshold, envelope.size] for envelope in pair.envelopes],
        },
        "measures": {
            measure.name: {
                "words": measure.words,
                "unit": measure.unit,
                **{name: _difference(values[measure.name]) for name, values in comparison.passes.items()},
            }
            for measure in MEASURES
        },
        "rates": _rates(comparison),
    }


def _side(scenario: Scenario) -> dict[str, Any]:
    return {
        "name": scenario.name,
        "hash": scenario_hash(scenario),
        "title": scenario.title,
        "what_if": scenario.what_if,
        "deployments": len(scenario.campaign.days),
        "camera_hours": scenario.campaign.camera_hours,
    }


def _difference(values: Array) -> dict[str, Any]:
    """B - A of one measure; an interval that the campaigns do not bound is None."""
    a, b = values
    found, paired, over = difference(a, b), pairing(a, b), ratio(a, b)
    bounded = bool(np.isfinite(found.interval).all())
    return {
        "a": float(a.mean()),
        "b": float(b.mean()),
        "difference": found.mean,
        "interval_95": list(found.interval) if bounded else [found.mean, found.mean],
        "shown": found.shown,
        "campaigns": len(a),
        "more": found.more,
        "equal": found.equal,
        "fewer": found.fewer,
        "ratio": None if over is None else over[0],
        "ratio_95_fieller": None if over is None or over[1] is None else list(over[1]),
        "correlation": paired.correlation,
        "unpaired": paired.unpaired,
        "pairing": paired.verdict,
    }


def _rates(comparison: Comparison) -> dict[str, Any]:
    """Wrongful stops per camera hour and per 100,000 faces counted, inputs at their medians."""
    values, pair, n = comparison.passes[CHANCE], comparison.pair, comparison.replications
    stops, faces = values["wrongful_stops"], values["faces"] / PER_FACES
    hours = [np.full(n, scenario.campaign.camera_hours) for scenario in (pair.a, pair.b)]
    found: dict[str, Any] = {}
    for name, (per_a, per_b) in (("camera_hours", hours), ("faces", faces)):
        rate = rate_difference(stops[0], stops[1], per_a, per_b)
        found[name] = None if rate is None or n < 2 else {"a": rate[0], "b": rate[1], "interval_95": list(rate[2])}
    return found
