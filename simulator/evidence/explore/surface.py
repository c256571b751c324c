"""What is expected at every step of threshold and list, by closed form; and limits of the operator's criterion."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulator.evidence.counted.closed_forms import closed_forms
from simulator.evidence.counted.over_inputs import many_inputs
from simulator.response.adjudication import PPV_RANGE, review_limits
from simulator.response.plan import limits_by_truth
from simulator.scenario.inputs import Inputs, median_inputs
from simulator.scenario.models import Scenario
from simulator.street.expectations import Expectations, Expected

# What the page shows curves of; the others are needed for its boxes.
FORMS = ("wrongful_stops", "false_alerts", "true_alerts", "true_stops", "alerts", "faces", "passages")
# Stands for a limit that everybody, or nobody, is under.
NO_LIMIT = 1e6
# Of the inputs drawn every so manieth, in order of what they give at the own setting, keeps the ends of their range.
KEPT = 16
# Further false alerts for every true one than the scenario has, as controls move them.
ODDS = tuple(4.0**power for power in range(-4, 5))
# So many digits say more than the form is worth.
DIGITS = 8


@dataclass(frozen=True, kw_only=True)
class Surface:
    """Closed forms at each of *thresholds* with lists of each of *sizes*: arrays (thresholds, sizes).

    *best* by name at the best inputs; *mean* and *low* to *high* (95 %) of wrongful stops over all that the inputs may be.
    *spread* is wrongful stops with the own list in each of some draws of the inputs, the same at every threshold, as a share
    of their mean: arrays (thresholds, draws).
    *accepted* (steps of strictness, thresholds, *odds*) is the share of false alerts that operators accept, over all that the
    inputs may be, where there are *odds* times as many false alerts for every true one as with the scenario's list.
    """

    thresholds: tuple[float, ...]
    sizes: tuple[float, ...]
    best: dict[str, list[list[float]]]
    mean: list[list[float]]
    low: list[list[float]]
    high: list[list[float]]
    spread: list[list[float]]
    odds: tuple[float, ...]
    accepted: list[list[list[float]]]


def surface_of(
    scenario: Scenario, thresholds: tuple[float, ...], sizes: tuple[float, ...], strictness: tuple[float, ...]
) -> Surface:
    """The surface of *scenario* (with its preset) by closed form; criteria are moved by *strictness*."""
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
    forms = Expectations(scenario, drawn)
    with_own = [forms.at(threshold, own) for threshold in thresholds]
    accepted = [[[_accepted(scenario, drawn, e, odds, by) for odds in ODDS] for e in with_own] for by in strictness]
    return Surface(
        thresholds=thresholds,
        sizes=sizes,
        best=known,
        mean=mean,
        low=low,
        high=high,
        odds=ODDS,
        accepted=accepted,
        spread=spread,
    )


def _accepted(scenario: Scenario, drawn: Inputs, e: Expected, odds: float, by: float) -> float:
    """The share of false alerts that are accepted with a criterion moved *by*: where there are many, few alerts are right."""
    from scipy import special

    many = e.false_alerts * odds
    limit = review_limits(drawn, scenario, e.true_alerts / np.maximum(e.true_alerts + many, 1e-300)).false
    share = (many * special.ndtr(limit - by)).sum() / np.maximum(many.sum(), 1e-300)
    return float(f"{share:.5g}")


def _short(x: float) -> float:
    return float(f"{x:.{DIGITS}g}")


@dataclass(frozen=True, kw_only=True)
class Review:
    """The operator's limits at the best inputs: *limits* by truth, where the logit of the share of false alerts is *first*, and
    so on in steps of *step*. Between them they lie on straight lines, as the criterion moves with that logit.
    """

    first: float
    step: float
    limits: list[list[float]]


def review_of(scenario: Scenario) -> Review:
    """The limits of *scenario*, whatever share of alerts is true."""
    from scipy import special

    step = 1 / 8
    ends = special.logit(PPV_RANGE)
    logits = np.arange(np.floor(ends[0] / step), np.ceil(ends[1] / step) + 1) * step
    inputs = median_inputs(scenario, len(logits))
    limits = limits_by_truth(review_limits(inputs, scenario, special.expit(-logits)))
    return Review(
        first=float(logits[0]), step=step, limits=np.round(np.clip(limits, -NO_LIMIT, NO_LIMIT), DIGITS).tolist()
    )


__all__ = ["FORMS", "NO_LIMIT", "Review", "Surface", "review_of", "surface_of"]
