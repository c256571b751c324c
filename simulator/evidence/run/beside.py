"""What stands beside the first screen of a run: what was counted elsewhere, and what the other error rates would give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from simulator.evidence.about.support import OTHER
from simulator.evidence.counted.closed_forms import closed_forms
from simulator.evidence.kept import LEFT_OUT
from simulator.evidence.run.study import Study
from simulator.evidence.statistics.intervals import clopper_pearson, garwood
from simulator.scenario.applied import AlreadySoError, with_settings
from simulator.scenario.errors import ScenarioError
from simulator.scenario.inputs import median_inputs

# Presets that differ by more are both in the headline.
ALIKE = 2.0


@dataclass(frozen=True, kw_only=True)
class OtherPreset:
    """By which *factor* the wrongful stops expected (closed form, best inputs) differ with the error rates of *preset*.

    More false alerts are also more alerts: per alert they differ by *per_alert_factor*, per face by *factor*.
    """

    preset: str
    factor: float
    per_alert_factor: float

    @property
    def disagrees(self) -> bool:
        """Whether it differs by so much that neither is quoted without the other."""
        return not 1 / ALIKE <= self.factor <= ALIKE


@dataclass(frozen=True, kw_only=True)
class CountedGroup:
    """Of how many of so many false alerts the person was of one group of *people*."""

    people: str
    number: int
    of: int
    source: str
    grade: str


@dataclass(frozen=True, kw_only=True)
class CountedElsewhere:
    """What a force counted of other deployments, with the exact 95 % intervals of stops on false alerts per face and alert.

    *false_alerts_of* says of whom its false alerts were, where that is published.
    """

    what: str
    faces: int
    alerts: int
    stopped_on_false_alert: int
    arrested_on_false_alert: int
    per_face_95: tuple[float, float]
    per_alert_95: tuple[float, float]
    false_alerts_of: Annotated[CountedGroup | None, Field(**LEFT_OUT)] = None
    source: str
    grade: str


def other_preset(study: Study) -> OtherPreset | None:
    """The wrongful stops with the other preset against the own; None without a preset, or where it cannot be set."""
    scenario, cell = study.scenario_at_cell, study.cell
    own = study.expected.get("wrongful_stops")
    if scenario.recogniser.preset not in OTHER or not own:
        return None
    name = OTHER[scenario.recogniser.preset]
    try:
        other = with_settings(scenario, {"recogniser.preset": name})
    except (ScenarioError, AlreadySoError):
        return None
    forms = closed_forms(other, median_inputs(other, 1), cell.threshold, cell.size)
    if "wrongful_stops" not in forms or not forms["alerts"][0]:
        return None
    factor, alerts = float(forms["wrongful_stops"][0]) / own, float(forms["alerts"][0]) / study.expected["alerts"]
    return OtherPreset(preset=name, factor=factor, per_alert_factor=factor / alerts)


def counted_elsewhere(study: Study) -> CountedElsewhere | None:
    """What the scenario says was counted elsewhere, with its intervals."""
    said = study.scenario.recorded_elsewhere
    if said is None:
        return None
    low, high = garwood(said.stopped_on_false_alert)
    of = said.false_alerts_of
    return CountedElsewhere(
        **said.model_dump(exclude={"false_alerts_of"}),
        false_alerts_of=CountedGroup(**of.model_dump()) if of else None,
        per_face_95=(low / said.faces, high / said.faces),
        per_alert_95=clopper_pearson(said.stopped_on_false_alert, said.alerts),
    )


__all__ = ["CountedElsewhere", "CountedGroup", "OtherPreset", "counted_elsewhere", "other_preset"]
