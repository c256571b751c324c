"""What was simulated at each threshold, and the two sides of the rate that a limit is about."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

import numpy as np

from simulator.evidence.about.unknowns import unknowns
from simulator.evidence.choose.limits import Limit
from simulator.evidence.counted.closed_forms import CLOSEST_FORM, bounds_above, relation
from simulator.evidence.counted.depletion import NEEDED
from simulator.evidence.counted.units import COUNTED_BY
from simulator.evidence.statistics.averages import TELLING, event_size, ratio_interval
from simulator.evidence.statistics.control import Dependence, RatioLaw, dependence_by_draw, equal_law, pooled_laws
from simulator.evidence.statistics.intervals import Interval
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Array

GAIN, COST = "listed_stopped", "people_wrongly_stopped"
# The two sides of the frontier, as limits that anything keeps to.
FOUND, WRONGLY = (Limit(name, name, True, math.inf, 1.0, "campaign") for name in (GAIN, COST))
# What officers and money are spent on, and what is spent.
SPENT_ON, SPENT = (
    ("arrests", "listed_stopped", "wrongful_stops"),
    ("officer_hours", "officer_cost_gbp", "equipment_cost_gbp"),
)
# Without any of these there is nothing of those.
CAUSE = {"liberty_lost_min": "wrongful_stops", "no_action_wrong_person": "wrongful_stops"}
# Standard errors below a simulated mean, at which it is a bound of that mean (99.9 %).
SURELY = 3.1
# Measures by name at each threshold, the lowest first.
Campaigns: TypeAlias = Mapping[float, Mapping[str, Array]]


@dataclass(frozen=True)
class Forms:
    """Closed forms by measure at one threshold: at the *median* inputs (1,), at many inputs *drawn* (CLOSED_DRAWS,).

    *simulated* has them at those drawn inputs that campaigns have: (draws,).
    """

    median: Mapping[str, Array]
    drawn: Mapping[str, Array]
    simulated: Mapping[str, Array] = field(default_factory=dict)


@dataclass(frozen=True)
class Threshold:
    """One threshold: measures by name at the median inputs (n,), with inputs drawn (draws, of each), closed forms.

    *ignorance* is None where the threshold was not simulated with drawn inputs. *events* holds, for each measure,
    how large an event of it may be (see *event_sizes*). *uncertain* says whether any input has an interval.
    *ratios* are those of the simulated rates to their closed forms, by limit.
    """

    value: float
    scenario: Scenario
    chance: Mapping[str, Array]
    ignorance: Mapping[str, Array] | None
    forms: Forms
    events: Mapping[str, float]
    uncertain: bool
    ratios: Mapping[Limit, RatioLaw | None]

    def bounds(self, limit: Limit, top: Array, bottom: Array, level: float) -> Interval:
        """One-sided bounds, each at *level*, on the ratio of the expected *top* and *bottom* (n,) of a campaign, n >= 2."""
        if not bottom.any():
            return Interval(0.0, math.inf)
        return ratio_interval(top, bottom, self.events[limit.measure], level=2 * level - 1, most=limit.most)

    def sides(self, limit: Limit, values: Mapping[str, Array]) -> tuple[Array, Array]:
        """The measure of *limit* in each campaign, and how many times what it is per: arrays of the same shape."""
        fixed, top = limit.units_per_campaign(self.scenario), values[limit.measure]
        return top, np.full_like(top, fixed) if fixed is not None else values[COUNTED_BY[limit.unit]] / limit.per

    def form(self, limit: Limit) -> float | None:
        """The closed form of the measure at the median inputs; None without one."""
        if self.never(limit):
            return 0.0
        values = self.forms.median.get(CLOSEST_FORM.get(limit.measure, limit.measure))
        return None if values is None else float(values[0])

    def most(self, limit: Limit) -> float:
        """The rate of *limit* at the median inputs that is proven not to be exceeded on average; infinite without a proof.

        The closed form bounds the count. What is counted below it has an error of its own, and is taken at its lower end.
        """
        form, name = self.form(limit), CLOSEST_FORM.get(limit.measure, limit.measure)
        if form is None or not (self.never(limit) or bounds_above(self.scenario, name)):
            return math.inf
        bottom = self.sides(limit, self.chance)[1]
        least = float(bottom.mean() - SURELY * bottom.std(ddof=1) / math.sqrt(len(bottom)))
        return form / least if least > 0 else math.inf

    def never(self, limit: Limit) -> bool:
        """Whether what the limit is about cannot happen, whatever the inputs are."""
        cause = CAUSE.get(limit.measure, CLOSEST_FORM.get(limit.measure, limit.measure))
        return cause in self.forms.drawn and not self.forms.drawn[cause].any()

    def rate(self, limit: Limit, forms: Mapping[str, Array]) -> Array | None:
        """The closed form of the rate where the measures' are *forms*: same shape; None without one."""
        name, below = CLOSEST_FORM.get(limit.measure, limit.measure), COUNTED_BY.get(limit.unit)
        if name not in forms or (below and below not in forms):
            return None
        if below:
            return forms[name] / np.maximum(forms[below] / limit.per, 1e-300)
        return forms[name] / (limit.units_per_campaign(self.scenario) or 1.0)

    def average(self, limit: Limit) -> tuple[RatioLaw, Array] | None:
        """The ratio of the simulated rate to its closed form, and that at inputs drawn; None where either is not known."""
        law, rates = self.ratios.get(limit), self.rate(limit, self.forms.drawn)
        return None if law is None or rates is None else (law, rates)


def needed(limits: Iterable[Limit]) -> list[str]:
    """Names of the measures that *limits*, the frontier, depletion and what is spent are about."""
    names = [name for limit in limits for name in (limit.measure, COUNTED_BY.get(limit.unit)) if name]
    return list(dict.fromkeys([GAIN, COST, *NEEDED, *SPENT_ON, *SPENT, *names]))


def thresholds_of(
    scenario: Scenario, limits: Sequence[Limit], chance: Campaigns, ignorance: Campaigns, forms: Mapping[float, Forms]
) -> list[Threshold]:
    """What there is at every threshold of *chance*: campaigns (n,) there, (draws, of each) in *ignorance*."""
    uncertain = bool(unknowns(scenario))
    events = {
        limit.measure: event_sizes(np.stack([values[limit.measure] for values in chance.values()]), limit.counts)
        for limit in (FOUND, WRONGLY, *limits)
    }
    bare = [
        Threshold(
            threshold,
            scenario,
            values,
            ignorance.get(threshold),
            forms[threshold],
            {name: sizes[i] for name, sizes in events.items()},
            uncertain,
            {},
        )
        for i, (threshold, values) in enumerate(chance.items())
    ]
    laws = {limit: _ratios(limit, bare) for limit in (FOUND, WRONGLY, *limits)} if uncertain else {}
    return [replace(at, ratios={limit: of[i] for limit, of in laws.items()}) for i, at in enumerate(bare)]


def _ratios(limit: Limit, thresholds: Sequence[Threshold]) -> Sequence[RatioLaw | None]:
    """What the ratio of the rate to its closed form may be at each of *thresholds*, the lowest first."""
    shape = next((at.ignorance[limit.measure].shape for at in thresholds if at.ignorance is not None), None)
    pairs = [_by_draw(at, limit, shape) for at in thresholds]
    known = [pair for pair in pairs if pair is not None]
    if len(known) < len(pairs):
        return [None] * len(pairs)
    proven = limit.unit not in COUNTED_BY or limit.unit in ("face", "passage")
    name = CLOSEST_FORM.get(limit.measure, limit.measure)
    bounded = proven and bounds_above(thresholds[0].scenario, name)
    events, expected = (np.stack(side) for side in zip(*known, strict=True))
    if limit.unit not in COUNTED_BY and name == limit.measure and relation(thresholds[0].scenario, name) == "equal":
        return [equal_law(*pair) for pair in known]
    return pooled_laws(events, expected, 1.0 if bounded else math.inf, [_dependence(at, limit) for at in thresholds])


def _dependence(at: Threshold, limit: Limit) -> Dependence:
    """How the ratio of the rate to its closed form depends on the inputs, beyond what chance does among campaigns of a draw."""
    simulated = at.rate(limit, at.forms.simulated)
    if at.ignorance is None or simulated is None:
        return Dependence()
    top, bottom = at.sides(limit, at.ignorance)
    return dependence_by_draw(top, simulated, bottom)


def _by_draw(at: Threshold, limit: Limit, shape: tuple[int, ...] | None) -> tuple[Array, Array] | None:
    """What was counted in both passes and what its closed form expects, summed over what shares a draw of the inputs.

    *shape* is (draws, campaigns of each); without draws there are the single campaigns of the chance pass: (n,).
    """
    median, simulated = at.rate(limit, at.forms.median), at.rate(limit, at.forms.simulated)
    if median is None:
        return None
    top, bottom = at.sides(limit, at.chance)
    counted = np.stack([top, median * bottom])
    if shape is not None:
        # the same campaigns have the same people in both passes
        counted = np.pad(counted, ((0, 0), (0, math.prod(shape) - len(top)))).reshape(2, *shape).sum(axis=2)
        if at.ignorance is not None and simulated is not None:
            top, bottom = at.sides(limit, at.ignorance)
            counted += np.stack([top, simulated[:, None] * bottom]).sum(axis=2)
    return counted[0], counted[1]


def event_sizes(tops: Array, counts: bool) -> list[float]:
    """How large an event may be in each row of *tops* (settings, n): where few events tell, as in the nearest row.

    How large an event is (its minutes, its pounds) cannot be seen where next to nothing happened.
    """
    told = np.count_nonzero(tops, axis=1)
    known = np.flatnonzero(told >= min(TELLING, told.max()))
    return [event_size(tops[known[np.abs(known - i).argmin()]], counts) for i in range(len(tops))]


__all__ = [
    "COST", "FOUND", "GAIN", "SPENT", "SPENT_ON", "WRONGLY", "Campaigns", "Forms", "Threshold", "needed", "thresholds_of",
]  # fmt: skip
