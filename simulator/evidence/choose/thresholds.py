"""What was simulated at each threshold, and the two sides of the rate that a limit is about."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from simulator.evidence.about.unknowns import unknowns
from simulator.evidence.choose.limits import COUNTED, Limit
from simulator.evidence.statistics.averages import event_size, ratio_interval
from simulator.evidence.statistics.intervals import Interval
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Array

GAIN, COST = "listed_stopped", "people_wrongly_stopped"
# The two sides of the frontier, as limits that anything keeps to.
FOUND, WRONGLY = (Limit(name, name, True, math.inf, 1.0, "campaign") for name in (GAIN, COST))
# People are never more than what happened to them, and almost nobody meets with it twice.
CLOSEST_FORM = {COST: "wrongful_stops", "people_falsely_alerted": "false_alerts"}
# Without any of these there is nothing of those.
CAUSE = {"liberty_lost_min": "wrongful_stops", "no_action_wrong_person": "wrongful_stops"}
# Campaigns with an event that are enough to see how large events are.
ENOUGH = 25
# Measures by name at each threshold, the lowest first.
Campaigns: TypeAlias = Mapping[float, Mapping[str, Array]]


@dataclass(frozen=True)
class Forms:
    """Closed forms by measure at one threshold: at the *median* inputs (1,), and at inputs *drawn* (draws,)."""

    median: Mapping[str, Array]
    drawn: Mapping[str, Array]


@dataclass(frozen=True)
class Threshold:
    """One threshold: measures by name at the median inputs (n,), with inputs drawn (draws, of each), closed forms.

    *ignorance* is None where the threshold was not simulated with drawn inputs. *events* holds, for each measure,
    how large an event of it may be (see *event_sizes*). *uncertain* says whether any input has an interval.
    """

    value: float
    scenario: Scenario
    chance: Mapping[str, Array]
    ignorance: Mapping[str, Array] | None
    forms: Forms
    events: Mapping[str, float]
    uncertain: bool

    def bounds(self, limit: Limit, top: Array, bottom: Array, level: float) -> Interval:
        """One-sided bounds, each at *level*, on the ratio of the expected *top* and *bottom* (n,) of a campaign, n >= 2."""
        if not bottom.any():
            return Interval(0.0, math.inf)
        return ratio_interval(top, bottom, self.events[limit.measure], level=2 * level - 1)

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


def thresholds_of(
    scenario: Scenario, limits: Sequence[Limit], chance: Campaigns, ignorance: Campaigns, forms: Mapping[float, Forms]
) -> list[Threshold]:
    """What there is at every threshold of *chance*: campaigns (n,) there, (draws, of each) in *ignorance*."""
    uncertain = bool(unknowns(scenario))
    events = {
        limit.measure: event_sizes(np.stack([values[limit.measure] for values in chance.values()]), limit.counts)
        for limit in (FOUND, WRONGLY, *limits)
    }
    return [
        Threshold(
            threshold,
            scenario,
            values,
            ignorance.get(threshold),
            forms[threshold],
            {name: sizes[i] for name, sizes in events.items()},
            uncertain,
        )
        for i, (threshold, values) in enumerate(chance.items())
    ]


def event_sizes(tops: Array, counts: bool) -> list[float]:
    """How large an event may be in each row of *tops* (settings, n): where few events tell, as in the nearest row.

    How large an event is (its minutes, its pounds) cannot be seen where next to nothing happened.
    """
    told = np.count_nonzero(tops, axis=1)
    known = np.flatnonzero(told >= min(ENOUGH, told.max()))
    return [event_size(tops[known[np.abs(known - i).argmin()]], counts) for i in range(len(tops))]


__all__ = [
    "COST", "FOUND", "GAIN", "WRONGLY", "Campaigns", "Forms", "Threshold", "needed", "thresholds_of",
]  # fmt: skip
