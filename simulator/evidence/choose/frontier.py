"""Thresholds side by side: the verdicts at each, what a step down brings, and which are beaten on both sides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from simulator.evidence.about.support import Support
from simulator.evidence.choose.limits import LEVEL, Limit
from simulator.evidence.choose.thresholds import COST, FOUND, GAIN, SPENT, SPENT_ON, WRONGLY, Threshold
from simulator.evidence.choose.verdicts import SIMULATED, Figures, Verdict, figures_of, verdict_of
from simulator.evidence.counted.closed_forms import LABEL
from simulator.evidence.statistics.averages import difference_interval

# A difference of averages that rests on fewer simulated events is taken from the closed form.
FEWEST_EVENTS = 25


@dataclass(frozen=True, kw_only=True)
class Step:
    """What the next lower threshold brings: more listed people stopped, more wrongly stopped, and their ratio."""

    listed_stopped: float
    people_wrongly_stopped: float
    basis: str
    more_listed_per_person: float | None


@dataclass(frozen=True, kw_only=True)
class Spent:
    """Officer-hours (with station time) and pounds (officers and equipment; 0 where nothing is priced) for each of something."""

    officer_hours: float
    gbp: float


@dataclass(frozen=True, kw_only=True)
class ThresholdFound:
    """One threshold: both sides of the frontier, a verdict on each limit, and how it compares with other thresholds.

    *dominated_by* is the lowest threshold that beats it on both sides; *in_support*: whether the source of the error rates
    has data there. *alerts* is their average, *spent* is by what it is spent on, None where none was simulated.
    """

    threshold: float
    listed_stopped: Figures
    people_wrongly_stopped: Figures
    limits: tuple[Verdict, ...]
    one_step_lower: Step | None
    dominated_by: float | None
    in_support: bool
    alerts: float
    spent: Mapping[str, Spent | None]


@dataclass(frozen=True)
class _Point:
    at: Threshold
    gain: Figures
    cost: Figures


def frontier(limits: Sequence[Limit], thresholds: Sequence[Threshold]) -> tuple[ThresholdFound, ...]:
    """What was found at each of *thresholds*, the lowest first."""
    points = [_Point(at, figures_of(at, FOUND), figures_of(at, WRONGLY)) for at in thresholds]
    return tuple(
        ThresholdFound(
            threshold=point.at.value,
            listed_stopped=point.gain,
            people_wrongly_stopped=point.cost,
            limits=tuple(verdict_of(point.at, limit) for limit in limits),
            one_step_lower=_step(point.at, points[i - 1].at) if i else None,
            dominated_by=next((other.at.value for other in points if _dominates(other, point)), None),
            in_support=Support.of(point.at.scenario).holds_threshold(point.at.value),
            alerts=float(point.at.chance["alerts"].mean()),
            spent={name: _spent(point.at, name) for name in SPENT_ON},
        )
        for i, point in enumerate(points)
    )


def _step(high: Threshold, low: Threshold) -> Step:
    gain = float((low.chance[GAIN] - high.chance[GAIN]).mean())
    events, basis = float((low.chance[COST] - high.chance[COST]).sum()), SIMULATED
    cost = events / len(low.chance[COST])
    lower, higher = low.form(WRONGLY), high.form(WRONGLY)
    if events < FEWEST_EVENTS and lower is not None and higher is not None and lower > higher:
        cost, basis = lower - higher, LABEL
    ratio = gain / cost if cost > 0 else None
    return Step(listed_stopped=gain, people_wrongly_stopped=cost, basis=basis, more_listed_per_person=ratio)


def _spent(at: Threshold, name: str) -> Spent | None:
    """What is spent on each of the measure *name*, at the middle inputs: totals over all campaigns."""
    number = float(at.chance[name].sum())
    if not number:
        return None
    hours, officers, equipment = (float(at.chance[part].sum()) / number for part in SPENT)
    return Spent(officer_hours=hours, gbp=officers + equipment)


def _dominates(one: _Point, other: _Point) -> bool:
    """Whether *one* stops more listed people than the *other* and no more wrongly, or as many and fewer, beyond chance."""
    more = (one.gain.mean or 0.0) - (other.gain.mean or 0.0)
    worse = (one.cost.mean or 0.0) - (other.cost.mean or 0.0)
    if one is other or more < 0 or worse > 0:
        return False
    first, second = one.at.chance, other.at.chance
    pairs = (second[GAIN], first[GAIN]), (first[COST], second[COST])
    return any(difference_interval(*pair, counts=True, level=2 * LEVEL - 1).low > 0 for pair in pairs)


__all__ = ["Spent", "Step", "ThresholdFound", "frontier"]
