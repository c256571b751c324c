"""What else a run is asked for: officers and pounds per arrest, groups, and the same officers used otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from simulator.evidence.run.rates import PREDICTION_LEVEL, Range
from simulator.evidence.run.study import CHANCE, IGNORANCE, Study
from simulator.evidence.statistics.intervals import prediction_interval
from simulator.scenario.quantity import Array

_PER_ARREST = ("on_duty_hours", "officer_hours", "busy_min", "officer_cost_gbp", "equipment_cost_gbp")


@dataclass(frozen=True, kw_only=True)
class PerArrest:
    """Something per arrest: the ratio of the totals, at the median inputs (*mean*) and with drawn ones, and single campaigns
    with drawn ones; None where nothing is known.
    """

    mean: float | None
    with_ignorance_mean: float | None
    with_ignorance_90: Range | None


@dataclass(frozen=True, kw_only=True)
class GroupCounts:
    """Averages per campaign for one group of the street."""

    name: str
    street_share: float
    alerts: float
    false_alerts: float
    wrongful_stops: float
    false_alerts_per_passage: float | None


@dataclass(frozen=True, kw_only=True)
class OtherUse:
    """What the same officer-hours would give in the other use that the user states."""

    name: str
    source: str
    officer_hours: float
    arrests: float
    wrongful_stops: float


def per_arrest(study: Study) -> dict[str, PerArrest]:
    """Officer-hours and pounds per arrest: ratios of totals in the chance pass, and their spread over drawn inputs.

    None where the scenario does not know its hours (``no_rates_per``): all but minutes busy rest on them.
    """
    return {name: _one_per_arrest(study, name) for name in _PER_ARREST}


def _one_per_arrest(study: Study, name: str) -> PerArrest:
    chance, drawn = study.passes[CHANCE], study.passes[IGNORANCE]
    if "camera_hour" in study.scenario.no_rates_per and name != "busy_min":
        return PerArrest(mean=None, with_ignorance_mean=None, with_ignorance_90=None)
    some = drawn["arrests"] > 0
    ratios = drawn[name][some] / drawn["arrests"][some]
    return PerArrest(
        mean=_ratio(chance, name),
        with_ignorance_mean=_ratio(drawn, name),
        with_ignorance_90=prediction_interval(ratios, PREDICTION_LEVEL) if some.any() else None,
    )


def _ratio(measures: Mapping[str, Array], name: str) -> float | None:
    arrests = float(measures["arrests"].sum())
    return float(measures[name].sum()) / arrests if arrests else None


def by_group(study: Study) -> tuple[GroupCounts, ...] | None:
    """Means by group; with assumed ratios the disparity follows from them and is no finding."""
    groups = study.scenario.street.groups
    if not groups:
        return None
    means = {name: values.mean(axis=0) for name, values in study.by_group[CHANCE].items()}
    all_passages = float(study.passes[CHANCE]["passages"].mean())
    found = []
    for i, group in enumerate(groups):
        # listed people are too few to matter for a group's share of all passages
        passages = all_passages * group.street_share
        false = float(means["false_alerts"][i])
        found.append(
            GroupCounts(
                name=group.name,
                street_share=group.street_share,
                alerts=float(means["alerts"][i]),
                false_alerts=false,
                wrongful_stops=float(means["wrongful_stops"][i]),
                false_alerts_per_passage=false / passages if passages > 0 else None,
            )
        )
    return tuple(found)


def other_use(study: Study) -> OtherUse | None:
    """What the same officer-hours would give in the other use the user states."""
    other = study.scenario.other_use
    if other is None:
        return None
    hours = float(study.passes[CHANCE]["officer_hours"].mean())
    return OtherUse(
        name=other.name,
        source=other.source,
        officer_hours=hours,
        arrests=hours * other.arrests_per_officer_hour.value,
        wrongful_stops=hours * other.wrongful_stops_per_officer_hour.value,
    )


__all__ = ["GroupCounts", "OtherUse", "PerArrest", "by_group", "other_use", "per_arrest"]
