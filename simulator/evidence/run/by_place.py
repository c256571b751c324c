"""What happened at each place of a campaign."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.evidence.about.places import Place, places_of
from simulator.evidence.run.study import CHANCE, Study


@dataclass(frozen=True, kw_only=True)
class PlaceCounts(Place):
    """Averages per campaign at one place."""

    alerts: float
    false_alerts: float
    wrongful_stops: float
    arrests: float


def by_place(study: Study) -> tuple[PlaceCounts, ...] | None:
    """Means by place at the median inputs; None where all deployments are at one."""
    places = places_of(study.scenario)
    if places is None:
        return None
    means = {name: values.mean(axis=0) for name, values in study.by_place[CHANCE].items()}
    return tuple(
        PlaceCounts(
            **vars(place),
            alerts=float(means["alerts"][i]),
            false_alerts=float(means["false_alerts"][i]),
            wrongful_stops=float(means["wrongful_stops"][i]),
            arrests=float(means["arrests"][i]),
        )
        for i, place in enumerate(places)
    )


__all__ = ["PlaceCounts", "by_place"]
