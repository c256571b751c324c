"""Where an average may lie given what is not known about the inputs, and what that rests on."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from simulator.evidence.counted.closed_forms import relation, stops_form
from simulator.evidence.counted.units import COUNTED_BY, most_per
from simulator.evidence.run.study import CHANCE, IGNORANCE, Study
from simulator.evidence.statistics.control import Dependence, central, dependence, equal_law, ratio_law
from simulator.evidence.statistics.draws import FEWEST, AveragesByDraw
from simulator.evidence.statistics.draws import average_range as range_by_draw
from simulator.evidence.statistics.intervals import Interval
from simulator.scenario.quantity import Array

BY_FORM = "closed form over the inputs' intervals, times simulated over closed form, with the error of that ratio"
BY_CAMPAIGNS = "campaigns with inputs drawn, the variance of chance taken out: noisy"
# No input changes what varies by less.
ALIKE = 1e-9
# Rare measures of what officers do.
AFTER_OFFICERS = ("wrongful_stops", "wrongful_arrests", "bystander_stops", "other_offence_arrests")


class Likely(NamedTuple):
    """Where an average lies with 95 %, and what that rests on (*basis*)."""

    ends: Interval
    basis: str


def average_range(study: Study, measure: str, unit: str | None = None) -> Likely | None:
    """Where the average of *measure* (per *unit*, if one is given) may lie given what is not known about the inputs: 95 %.

    Where there is a closed form it is that over the inputs' intervals, times the ratio of the simulation to it, which
    both passes tell and whose error is in the range. Otherwise single campaigns with inputs drawn are drawn together
    until chance is gone. None where no input has an interval, and where chance hides what the inputs do.
    """
    if not study.over_inputs:
        return None
    top, bottom = ({name: study.passes[name][measure] for name in (CHANCE, IGNORANCE)}, _below(study, unit))
    form = _form(study, measure, unit)
    if form is None:
        return _by_campaigns(*(_each(top[name], bottom[name]) for name in (CHANCE, IGNORANCE)))
    median, drawn, over = form
    # the same campaigns have the same people in both passes: their errors belong together
    events = top[CHANCE] + top[IGNORANCE]
    expected = median * bottom[CHANCE] + drawn * bottom[IGNORANCE]
    kind = None if unit in ("alert", "stop", "arrest") else relation(study.scenario, measure)
    if kind == "equal":
        averages = equal_law(events, expected).times(over)
        return Likely(central(averages), BY_FORM) if np.ptp(over) > ALIKE * float(over.max()) else None
    depends = dependence_of(top, bottom, drawn)
    if not depends.slope and not depends.spread:
        if unit == "stop":
            depends = _of_all_stops(study)
        elif measure in AFTER_OFFICERS:
            depends = _of_stops(study)
    law = ratio_law(events, expected, 1.0 if kind else math.inf, depends)
    if law is None:
        return None
    # a part of the unit is never more than it
    return Likely(central(np.minimum(law.times(over), most_per(measure, unit) if unit else math.inf)), BY_FORM)


def dependence_of(top: dict[str, Array], bottom: dict[str, Array], forms: Array) -> Dependence:
    """How the ratio of *top* / *bottom* to its closed *forms* depends on the inputs, beyond what chance does."""
    best, below = top[CHANCE], bottom[CHANCE]
    if len(best) < FEWEST or not best.any() or not below.any():
        return Dependence()
    # chance grows with what is counted, by as much an event as it has at the best inputs
    size = float(np.var(best - best.sum() / below.sum() * below, ddof=1)) / float(best.mean())
    expected = forms * bottom[IGNORANCE]
    ratio = float(top[IGNORANCE].sum()) / max(float(expected.sum()), 1e-300)
    return dependence(top[IGNORANCE], forms, bottom[IGNORANCE], size * ratio * expected)


def _of_stops(study: Study) -> Dependence:
    """That of stops of the right people, which are frequent: officers who are late are late for the wrong ones too.

    Out of their new alerts, since how many there are is another matter: the listed are arrested, recognised, and do not
    come back.
    """
    if "true_stops" not in study.over_inputs:
        return Dependence()
    right, new = {}, {}
    for name, each in study.passes.items():
        right[name] = each["stops"] - each["wrongful_stops"] - each["bystander_stops"]
        new[name] = right[name] + each["true_not_engaged"]
    drawn = study.expected_drawn
    found = dependence_of(right, new, drawn["true_stops"] / np.maximum(drawn["true_alerts"], 1e-300))
    return Dependence(spread=found.spread, borrowed=True)


def _of_all_stops(study: Study) -> Dependence:
    """That of all stops, which something rare is divided by: fewer where people are in custody or officers late."""
    stops = {name: each["stops"] for name, each in study.passes.items()}
    forms = stops_form(study.expected_drawn)
    one = {name: np.ones(study.replications) for name in stops}
    found = Dependence() if forms is None else dependence_of(stops, one, forms)
    return Dependence(spread=found.spread, borrowed=True)


def denominator(study: Study, unit: str, name: str = CHANCE) -> Array:
    """How many of *unit* each campaign of the pass *name* has: (replications,)."""
    if unit in COUNTED_BY:
        return study.passes[name][COUNTED_BY[unit]]
    each = study.scenario.campaign.camera_hours if unit == "camera_hour" else len(study.scenario.campaign.days)
    return np.full(study.replications, float(each))


def _below(study: Study, unit: str | None) -> dict[str, Array]:
    one = np.ones(study.replications)
    return {name: one if unit is None else denominator(study, unit, name) for name in (CHANCE, IGNORANCE)}


def _form(study: Study, measure: str, unit: str | None) -> tuple[float, Array, Array] | None:
    """The closed form of the rate at the median inputs, at those of each campaign, and over their intervals."""
    if measure not in study.over_inputs:
        return None
    sides = study.expected[measure], study.expected_drawn[measure], study.over_inputs[measure]
    if unit is None:
        return sides
    if unit not in COUNTED_BY:
        each = float(denominator(study, unit)[0])
        return sides[0] / each, sides[1] / each, sides[2] / each
    expected = {name: np.asarray(value) for name, value in study.expected.items()}
    below = [_count_form(forms, unit) for forms in (expected, study.expected_drawn, study.over_inputs)]
    if any(forms is None for forms in below):
        return None
    median, drawn, over = (np.maximum(forms, 1e-300) for forms in below if forms is not None)
    return sides[0] / float(median), sides[1] / drawn, sides[2] / over


def _count_form(forms: Mapping[str, Array], unit: str) -> Array | None:
    """The closed form of how many of *unit* there are."""
    return stops_form(forms) if unit == "stop" else forms.get(COUNTED_BY[unit])


def _each(top: Array, bottom: Array) -> Array:
    """The rate of each campaign that has a denominator."""
    some = bottom > 0
    return top[some] / bottom[some]


def _by_campaigns(chance: Array, drawn: Array) -> Likely | None:
    """As wide as single campaigns with inputs *drawn*, less what *chance* (the same inputs in all) makes them differ."""
    if min(len(chance), len(drawn)) < FEWEST:
        return None
    # what chance does grows with what there is
    larger = drawn.mean() / chance.mean() if chance.mean() > 0 and drawn.mean() > 0 else 1.0
    found = range_by_draw(AveragesByDraw(drawn, np.asarray(chance.var(ddof=1) * larger)))
    return None if found is None else Likely(found, BY_CAMPAIGNS)


__all__ = ["BY_CAMPAIGNS", "BY_FORM", "Likely", "average_range", "denominator", "dependence_of"]
