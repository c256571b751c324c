"""Thresholds held against limits: averages and single campaigns at each, and which of them keep to a limit."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from simulator.evidence.about.unknowns import unknowns
from simulator.evidence.choose.limits import (
    COUNTED,
    LEVEL,
    Limit,
    averages_by_draw,
    event_sizes,
    kept_by,
    rate_bounds,
)
from simulator.evidence.counted.closed_forms import LABEL
from simulator.evidence.run.rates import MEAN_LEVEL, PREDICTION_LEVEL
from simulator.evidence.statistics.intervals import Interval, mean_interval, prediction_interval
from simulator.experiment.sweep import Sweep
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Array

GAIN, COST = "listed_stopped", "people_wrongly_stopped"
# People are never more than what happened to them, and almost nobody meets with it twice.
CLOSEST_FORM = {COST: "wrongful_stops", "people_falsely_alerted": "false_alerts"}
# Without any of these there is nothing of those.
CAUSE = {"liberty_lost_min": "wrongful_stops", "no_action_wrong_person": "wrongful_stops"}
SIMULATED, BY_DRAWS = "simulated", "simulated: averages of the draws, chance taken out"
NONE_SEEN = "none in any simulated campaign, which is no evidence of zero"
# A difference of averages that rests on fewer simulated events is taken from the closed form.
FEWEST_EVENTS = 25
ANYTHING = {name: Limit(name, name, True, math.inf, 1.0, "campaign") for name in (GAIN, COST)}


@dataclass(frozen=True)
class Forms:
    """Closed forms by measure at one threshold: at the *median* inputs (1,), and at inputs *drawn* (draws,)."""

    median: Mapping[str, Array]
    drawn: Mapping[str, Array]


@dataclass(frozen=True)
class Cell:
    """One threshold: measures by name at the median inputs (n,), with inputs drawn (draws, of each), closed forms.

    *ignorance* is None where the threshold was not simulated with drawn inputs. *least* holds, for each measure,
    how large an event of it is at the least (see *event_sizes*). *uncertain* says whether any input has an interval.
    """

    scenario: Scenario
    chance: Mapping[str, Array]
    ignorance: Mapping[str, Array] | None
    forms: Forms
    least: Mapping[str, float]
    uncertain: bool

    def bounds(self, limit: Limit, top: Array, bottom: Array, level: float) -> Interval:
        """One-sided bounds on the ratio of *top* and *bottom* (see *rate_bounds*)."""
        return rate_bounds(top, bottom, self.least[limit.measure], level)

    def sides(self, limit: Limit, values: Mapping[str, Array]) -> tuple[Array, Array]:
        """The measure of *limit* in each campaign, and how many times what it is per: arrays of the same shape."""
        fixed, top = limit.units_per_campaign(self.scenario), values[limit.measure]
        return top, np.full_like(top, fixed) if fixed is not None else values[COUNTED[limit.unit]] / limit.per

    def form(self, limit: Limit) -> float | None:
        """The closed form of the measure at the median inputs; None without one."""
        if self.never(limit):
            return 0.0
        values = self.forms.median.get(CLOSEST_FORM.get(limit.measure, limit.measure))
        return None if values is None else float(values[0])

    def never(self, limit: Limit) -> bool:
        """Whether what the limit is about cannot happen, whatever the inputs are."""
        cause = CAUSE.get(limit.measure, CLOSEST_FORM.get(limit.measure, limit.measure))
        return cause in self.forms.drawn and not self.forms.drawn[cause].any()

    def spread(self, limit: Limit) -> Array | None:
        """The closed form of the rate at inputs drawn, as multiples of that at the medians; None without one."""
        name, below = CLOSEST_FORM.get(limit.measure, limit.measure), COUNTED.get(limit.unit)
        if name not in self.forms.median or (below and below not in self.forms.median):
            return None
        median, drawn = (
            f[name] / np.maximum(f[below], 1e-300) if below else f[name] for f in (self.forms.median, self.forms.drawn)
        )
        return drawn / median if float(median[0]) > 0 else None


def needed(limits: Iterable[Limit]) -> list[str]:
    """Names of the measures that *limits* and the frontier are about."""
    names = [name for limit in limits for name in (limit.measure, COUNTED.get(limit.unit)) if name]
    return list(dict.fromkeys([GAIN, COST, *names]))


def rows(
    limits: Sequence[Limit],
    scenario: Scenario,
    chance: Sweep,
    ignorance: Sweep,
    median: Mapping[str, Array],
    drawn: Mapping[str, Array],
    forms: Sequence[Forms],
) -> list[dict[str, Any]]:
    """One row for each threshold of *chance*, the lowest first; *median* (cells, n) and *drawn* (cells, draws, of each)."""
    of_drawn = {threshold: i for i, threshold in enumerate(ignorance.thresholds)}
    cells, uncertain = [], bool(unknowns(scenario))
    events = {
        limit.measure: event_sizes(median[limit.measure], limit.counts) for limit in (*ANYTHING.values(), *limits)
    }
    for i, threshold in enumerate(chance.thresholds):
        at = of_drawn.get(threshold)
        theirs = None if at is None else {name: values[at] for name, values in drawn.items()}
        least = {name: float(sizes[i]) for name, sizes in events.items()}
        mine = {name: values[i] for name, values in median.items()}
        cells.append(Cell(scenario, mine, theirs, forms[i], least, uncertain))
    found = [
        {
            "threshold": threshold,
            GAIN: _figures(cell, ANYTHING[GAIN]),
            COST: _figures(cell, ANYTHING[COST]),
            "limits": [_verdict(cell, limit) for limit in limits],
        }
        for threshold, cell in zip(chance.thresholds, cells, strict=True)
    ]
    for i, row in enumerate(found):
        row["one_step_lower"] = _step(cells[i], cells[i - 1]) if i else None
        dominating = [found[j]["threshold"] for j in range(len(found)) if _dominates(found, cells, j, i)]
        row["dominated_by"] = dominating[0] if dominating else None
    return found


def _figures(cell: Cell, limit: Limit) -> dict[str, Any]:
    """The average with its intervals, and what single campaigns bring, of the rate that *limit* is about."""
    top, bottom = cell.sides(limit, cell.chance)
    size, form = float(bottom.mean()), cell.form(limit)
    found: dict[str, Any] = {"mean": None, "basis": SIMULATED, "mean_95": None, "closed_form": None}
    if size > 0:
        found["closed_form"] = None if form is None else form / size
        if top.any():
            found |= {"mean": float(top.mean()) / size, "mean_95": _finite(cell.bounds(limit, top, bottom, TWO))}
        else:
            found |= {"mean": found["closed_form"], "basis": NONE_SEEN if form is None else LABEL}
    likely, basis = _averages(cell, limit, found["mean"])
    # a campaign at the pace of a year is not a year: its chance would be blown up
    single = limit.unit != "year"
    found["campaign_90"] = _campaigns(top, bottom) if single else None
    found["with_ignorance"] = {
        "average_95": None if likely is None else [float(x) for x in np.quantile(likely, [0.025, 0.975])],
        "basis": basis,
        "campaign_90": _campaigns(*cell.sides(limit, cell.ignorance))
        if cell.ignorance is not None and single
        else None,
    }
    return found


# Both ends of a two-sided interval at MEAN_LEVEL.
TWO = (1 + MEAN_LEVEL) / 2


def _averages(cell: Cell, limit: Limit, mean: float | None) -> tuple[Array | None, str | None]:
    """Averages over what is not known about the inputs, and what they are made of; None where nothing is unknown."""
    if not cell.uncertain:
        return None, None
    spread = cell.spread(limit)
    if spread is not None and mean is not None:
        return spread * mean, LABEL
    if cell.ignorance is None:
        return None, None
    likely = averages_by_draw(*cell.sides(limit, cell.ignorance)).likely
    return (likely, BY_DRAWS) if len(likely) and likely.any() else (None, None)


def _campaigns(top: Array, bottom: Array) -> list[float] | None:
    some = bottom > 0
    return list(prediction_interval(top[some] / bottom[some], PREDICTION_LEVEL)) if some.any() else None


def _verdict(cell: Cell, limit: Limit) -> dict[str, Any]:
    """The figures of *limit*, the bounds that are held against it, and whether they keep to it."""
    found = _figures(cell, limit)
    top, bottom = cell.sides(limit, cell.chance)
    size, form = float(bottom.mean()), cell.form(limit)
    low, high = cell.bounds(limit, top, bottom, LEVEL)
    if form is not None and size > 0 and low <= form / size:
        # all that the closed form leaves out lowers the count, so it bounds what too few campaigns leave open
        high = max(min(high, form / size), float(top.mean()) / size)
    average = high if limit.at_most else low
    any_inputs = _any_inputs(cell, limit, average)
    kept = None
    meets: dict[str, bool | None] = {"on_average": bool(limit.kept(average)), "any_inputs": None, "one_campaign": None}
    if any_inputs is not None:
        # the middle inputs are among any inputs
        meets["any_inputs"] = bool(meets["on_average"] and limit.kept(any_inputs))
    if cell.ignorance is not None and limit.unit != "year":
        top, bottom = cell.sides(limit, cell.ignorance)
        defined = (bottom > 0) | (top > 0)
        each = np.divide(top, bottom, out=np.full_like(top, np.inf), where=bottom > 0)
        kept = kept_by(limit.kept(each) & defined, defined)
        meets["one_campaign"] = kept.share >= LEVEL
    return {
        **found,
        "units_per_campaign": size * limit.per,
        "bounds": {"on_average": _number(average), "any_inputs": _number(any_inputs)},
        "campaigns_that_keep": None
        if kept is None
        else {"number": kept.number, "campaigns": kept.campaigns, "share_at_least": kept.share},
        "meets": meets,
    }


def _any_inputs(cell: Cell, limit: Limit, average: float) -> float | None:
    """The one-sided bound on the average over what is not known about the inputs, with the error of the simulation."""
    level = LEVEL if limit.at_most else 1 - LEVEL
    spread = cell.spread(limit)
    # draws that are all the same would differ by chance alone
    if cell.never(limit) or not cell.uncertain:
        return average
    if spread is not None:
        return float(np.quantile(spread, level)) * average
    if cell.ignorance is None:
        return None
    top, bottom = cell.sides(limit, cell.ignorance)
    draws = averages_by_draw(top, bottom)
    if not len(draws.widest):
        return math.inf if limit.at_most else 0.0
    error = 1.6449 * draws.error * (1 if limit.at_most else -1)
    edge = float(np.quantile(draws.widest, level)) + error
    low, high = cell.bounds(limit, top.ravel(), bottom.ravel(), LEVEL)
    return max(edge, high) if limit.at_most else min(edge, low)


def _step(high: Cell, low: Cell) -> dict[str, Any]:
    """What the next lower threshold brings: more listed people stopped, more people wrongly stopped, and their ratio."""
    gain = float((low.chance[GAIN] - high.chance[GAIN]).mean())
    events, basis = float((low.chance[COST] - high.chance[COST]).sum()), SIMULATED
    cost = events / len(low.chance[COST])
    forms = [cell.form(ANYTHING[COST]) for cell in (low, high)]
    if events < FEWEST_EVENTS and forms[0] is not None and forms[1] is not None and forms[0] > forms[1]:
        cost, basis = forms[0] - forms[1], LABEL
    return {GAIN: gain, COST: cost, "basis": basis, "more_listed_per_person": gain / cost if cost > 0 else None}


def _dominates(found: list[dict[str, Any]], cells: list[Cell], j: int, i: int) -> bool:
    """Whether setting *j* stops more listed people than *i* and no more wrongly, or as many and fewer, beyond chance."""
    gains = [found[k][GAIN]["mean"] or 0.0 for k in (j, i)]
    costs = [found[k][COST]["mean"] or 0.0 for k in (j, i)]
    if i == j or gains[0] < gains[1] or costs[0] > costs[1]:
        return False
    pairs = (cells[j].chance[GAIN] - cells[i].chance[GAIN], cells[i].chance[COST] - cells[j].chance[COST])
    return any(mean_interval(values, 2 * LEVEL - 1).low > 0 for values in pairs)


def _finite(ends: Iterable[float]) -> list[float] | None:
    values = [float(x) for x in ends]
    return values if all(map(math.isfinite, values)) else None


def _number(x: float | None) -> float | None:
    return x if x is not None and math.isfinite(x) else None
