"""What is expected at every step of the sliders, by closed form: counts of a campaign, and limits of the operator's criterion."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulator.evidence.counted.closed_forms import closed_forms
from simulator.evidence.counted.over_inputs import many_inputs
from simulator.evidence.explore.bank import LOOK_PARTS
from simulator.response.adjudication import review_limits
from simulator.response.plan import limits_by_truth
from simulator.scenario.inputs import median_inputs
from simulator.scenario.models import Scenario
from simulator.street.expectations import Expectations

# What the page shows curves of; the others are needed for its boxes.
FORMS = ("wrongful_stops", "false_alerts", "true_alerts", "true_stops", "alerts", "faces", "passages")
# Stands for a limit that everybody, or nobody, is under.
NO_LIMIT = 1e6
# Of the inputs drawn every so manieth, in order of what they give at the own setting, keeps the ends of their range.
KEPT = 16
# So many digits say more than the form is worth.
DIGITS = 8


@dataclass(frozen=True, kw_only=True)
class Surface:
    """Closed forms at each of *thresholds* with lists of each of *sizes*: arrays (thresholds, sizes).

    *best* by name at the best inputs; *mean* and *low* to *high* (95 %) of wrongful stops over all that the inputs may be.
    *spread* is wrongful stops with the own list in each of some draws of the inputs, the same at every threshold, as a share
    of their mean: arrays (thresholds, draws).
    """

    thresholds: tuple[float, ...]
    sizes: tuple[float, ...]
    best: dict[str, list[list[float]]]
    mean: list[list[float]]
    low: list[list[float]]
    high: list[list[float]]
    spread: list[list[float]]


def surface_of(scenario: Scenario, thresholds: tuple[float, ...], sizes: tuple[float, ...]) -> Surface:
    """The surface of *scenario* (with its preset) by closed form."""
    best, drawn = median_inputs(scenario, 1), many_inputs(scenario)
    known: dict[str, list[list[float]]] = {name: [] for name in FORMS}
    mean, low, high, spread = [], [], [], []
    own = scenario.watchlist.size.value
    at_own = closed_forms(scenario, drawn, scenario.recogniser.threshold.value, own)["wrongful_stops"]
    kept = np.argsort(at_own, kind="stable")[KEPT // 2 :: KEPT]
    for threshold in thresholds:
        at_best = [closed_forms(scenario, best, threshold, size) for size in sizes]
        over = [closed_forms(scenario, drawn, threshold, size)["wrongful_stops"] for size in sizes]
        for name, rows in known.items():
            rows.append([_short(form[name][0]) for form in at_best])
        mean.append([_short(values.mean()) for values in over])
        ends = [np.quantile(values, (0.025, 0.975)) for values in over]
        low.append([_short(end[0]) for end in ends])
        high.append([_short(end[1]) for end in ends])
        mine = over[sizes.index(own)]
        spread.append([float(f"{share:.3g}") for share in mine[kept] / mine.mean()] if mine.mean() else [1.0])
    return Surface(thresholds=thresholds, sizes=sizes, best=known, mean=mean, low=low, high=high, spread=spread)


def _short(x: float) -> float:
    return float(f"{x:.{DIGITS}g}")


def limits_of(
    scenario: Scenario, thresholds: tuple[float, ...], sizes: tuple[float, ...]
) -> list[list[list[list[int]]]]:
    """The operator's limits at the best inputs: nested lists (thresholds, sizes, kinds of deployment, truths).

    In parts as looks are (LOOK_PARTS), rounded down: whatever is at or below the limit still is.
    """
    best = median_inputs(scenario, 1)
    forms = Expectations(scenario, best)

    def at(threshold: float, size: float) -> list[list[int]]:
        kinds = forms.ppv_by_kind(threshold, size).reshape(1, -1).T
        limits = (limits_by_truth(review_limits(best, scenario, ppv))[:, 0] for ppv in kinds)
        return [[int(part) for part in np.floor(np.clip(limit, -NO_LIMIT, NO_LIMIT) * LOOK_PARTS)] for limit in limits]

    return [[at(threshold, size) for size in sizes] for threshold in thresholds]


__all__ = ["FORMS", "NO_LIMIT", "Surface", "limits_of", "surface_of"]
