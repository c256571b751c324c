"""What stands beside the first screen of a run: what was counted elsewhere, and what the other error rates would give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from simulator.evidence.about.support import with_other_preset
from simulator.evidence.counted.closed_forms import closed_forms
from simulator.evidence.counted.over_inputs import many_inputs
from simulator.evidence.kept import LEFT_OUT
from simulator.evidence.run.study import Study
from simulator.evidence.statistics.intervals import clopper_pearson, garwood
from simulator.scenario.inputs import median_inputs

# Presets that differ by more are both in the headline.
ALIKE = 2.0


@dataclass(frozen=True, kw_only=True)
class OtherPreset:
    """By which *factor* the wrongful stops expected (closed form, best inputs) differ with the error rates of *preset*.

    More false alerts are also more alerts: per alert they differ by *per_alert_factor*, per face by *factor*. The same of
    averages over all that is not known (*drawn_factor*, *drawn_per_alert_factor*) goes with averages over unknown inputs.
    """

    preset: str
    factor: float
    per_alert_factor: float
    drawn_factor: float
    drawn_per_alert_factor: float

    @property
    def disagrees(self) -> bool:
        """Whether it differs by so much that neither is quoted without the other."""
        return not _alike(self.factor, 1.0)

    @property
    def moves_with_inputs(self) -> bool:
        """Whether the factor at the best inputs tells too little of that of averages over all that is not known."""
        return not _alike(self.drawn_factor, self.factor)

    def at(self, unit: str, drawn: bool) -> float:
        """The factor per *unit*, a face or an alert; *drawn*: of averages over unknown inputs."""
        if unit == "alert":
            return self.drawn_per_alert_factor if drawn else self.per_alert_factor
        return self.drawn_factor if drawn else self.factor


def _alike(one: float, other: float) -> bool:
    return other / ALIKE <= one <= other * ALIKE


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
    own, cell = study.expected.get("wrongful_stops"), study.cell
    other = with_other_preset(study.scenario_at_cell)
    if other is None or not own:
        return None
    best, over = (
        {name: float(values.mean()) for name, values in closed_forms(other, inputs, cell.threshold, cell.size).items()}
        for inputs in (median_inputs(other, 1), many_inputs(other))
    )
    if "wrongful_stops" not in best or not best["alerts"]:
        return None
    mine = {name: float(values.mean()) for name, values in study.over_inputs.items()} or study.expected
    (factor, alerts), (drawn, drawn_alerts) = (
        (theirs["wrongful_stops"] / ours["wrongful_stops"], theirs["alerts"] / ours["alerts"])
        for theirs, ours in ((best, study.expected), (over, mine))
    )
    return OtherPreset(
        preset=str(other.recogniser.preset),
        factor=factor,
        per_alert_factor=factor / alerts,
        drawn_factor=drawn,
        drawn_per_alert_factor=drawn / drawn_alerts,
    )


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
