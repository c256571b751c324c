"""Campaigns that a closed form can describe, and bounds that follow from how much was drawn."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.experiment.seeds import BLOCK, stream_of
from simulator.scenario.inputs import Inputs, median_inputs
from simulator.scenario.models import Scenario
from simulator.street.candidates import Candidates, Envelope, draw

Array = NDArray[np.float64]
# Standard errors a drawn figure may lie from theory: 6 in 10 million by chance, and the seeds are fixed.
SIGMAS = 5.0

_AT_ONCE: dict[str, Any] = {"median_min": 0.0, "law": "fixed"}
_PLAIN: dict[str, Any] = {
    "name": "theory",
    "title": "a street that a formula can describe",
    "campaign": {"deployments": ({"date": "2026-01-05", "hours": 10.0},)},
    "street": {"passages_per_hour": 10_000.0},
    "watchlist": {"size": 10_000.0, "listed_per_1000_passages": 1.0},
    "recogniser": {
        "threshold": 0.64,
        "anchor_threshold": 0.64,
        "fmr_at_anchor": 1e-8,
        "slope_per_unit": 50.0,
        "tpir_at_anchor": 0.8,
        "capture_rate": 0.95,
        "score_sd": 0.15,
    },
    "officers": {"operators": 99, "teams": 99, "checkers": 99, "vans": 99},
    "procedure": {
        "reach": {"median_min": 600.0, "law": "fixed"},
        "review": _AT_ONCE,
        "search": _AT_ONCE,
        "check": _AT_ONCE,
        "check_wrong_person": _AT_ONCE,
        "custody": _AT_ONCE,
        "look": {"accept_true": 1.0, "accept_false": 1.0},
        "disposals": {"wanted_arrest": 0.0},
        "hold_limit_min": 15.0,
        "van_limit_min": 30.0,
    },
}


def campaign(**changes: Any) -> Scenario:
    """The plain campaign with *changes*: dotted keys written with two underscores; None leaves a key out."""
    document = copy.deepcopy(_PLAIN)
    for key, value in changes.items():
        *sections, name = key.split("__")
        part = document
        for section in sections:
            part = part.setdefault(section, {})
        if value is None:
            part.pop(name, None)
        else:
            part[name] = value
    return Scenario.model_validate(document)


def deployments(count: int, hours: float = 10.0, start: str = "11:00") -> tuple[dict[str, Any], ...]:
    """So many equal deployments on consecutive days."""
    return ({"date": "2026-01-05", "hours": hours, "start": start, "count": count},)


def one(scenario: Scenario) -> Inputs:
    """The medians of *scenario*, for one replication."""
    return median_inputs(scenario, 1)


def drawn(
    scenario: Scenario, blocks: int, threshold: float = 0.64, size: float = 10_000.0, seed: int = 20_260_105
) -> Iterator[Candidates]:
    """So many *blocks* of 50 replications of *scenario*, drawn at the envelope (*threshold*, *size*)."""
    for block in range(blocks):
        yield draw(scenario, median_inputs(scenario, BLOCK), Envelope(threshold, size), stream_of(seed, block))


def sigmas_off(values: Array, mean: float) -> float:
    """How many standard errors the mean of independent *values* (n,) lies from *mean*, the error estimated from them.

    With n of 200 and more, Student's t is so near the normal law that SIGMAS keeps its meaning.
    """
    return float(abs(values.mean() - mean) / (values.std(ddof=1) / np.sqrt(len(values))))


def sigmas_off_share(count: float, trials: float, share: float) -> float:
    """How many binomial standard errors *count* of *trials* lies from *share*."""
    return float(abs(count / trials - share) / np.sqrt(share * (1 - share) / trials))


def variance_error(variance: float, excess_kurtosis: float, n: int) -> float:
    """Standard error of the sample variance of *n* values: variance * sqrt(2 / (n - 1) + excess kurtosis / n)."""
    return float(variance * np.sqrt(2 / (n - 1) + excess_kurtosis / n))


def negative_binomial(mean: float, k: float) -> tuple[float, float]:
    """Variance m + m^2 / k of a gamma-mixed Poisson count, and its excess kurtosis 6 / k + 1 / variance."""
    variance = mean + mean**2 / k
    return variance, 6 / k + 1 / variance
