"""What stands beside the first screen of a run: what was counted elsewhere, and what the other error rates would give."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.evidence.about.support import with_other_preset
from simulator.evidence.counted.closed_forms import closed_forms
from simulator.evidence.run.study import Study
from simulator.evidence.statistics.intervals import clopper_pearson, garwood
from simulator.scenario.inputs import median_inputs

# Presets that differ by more are both in the headline.
ALIKE = 2.0


@dataclass(frozen=True, kw_only=True)
class OtherPreset:
    """By which *factor* the wrongful stops expected (closed form, best inputs) differ with the error rates of *preset*."""

    preset: str
    factor: float

    @property
    def disagrees(self) -> bool:
        """Whether it differs by so much that neither is quoted without the other."""
        return not 1 / ALIKE <= self.factor <= ALIKE


@dataclass(frozen=True, kw_only=True)
class CountedElsewhere:
    """What a force counted of other deployments, with the exact 95 % intervals of stops on false alerts per face and alert."""

    what: str
    faces: int
    alerts: int
    stopped_on_false_alert: int
    arrested_on_false_alert: int
    per_face_95: tuple[float, float]
    per_alert_95: tuple[float, float]
    source: str
    grade: str


def other_preset(study: Study) -> OtherPreset | None:
    """The wrongful stops with the other preset against the own; None without a preset, or where it cannot be set."""
    own, cell = study.expected.get("wrongful_stops"), study.cell
    other = with_other_preset(study.scenario_at_cell)
    if other is None or not own:
        return None
    form = closed_forms(other, median_inputs(other, 1), cell.threshold, cell.size).get("wrongful_stops")
    return None if form is None else OtherPreset(preset=str(other.recogniser.preset), factor=float(form[0]) / own)


def counted_elsewhere(study: Study) -> CountedElsewhere | None:
    """What the scenario says was counted elsewhere, with its intervals."""
    said = study.scenario.recorded_elsewhere
    if said is None:
        return None
    low, high = garwood(said.stopped_on_false_alert)
    return CountedElsewhere(
        **said.model_dump(),
        per_face_95=(low / said.faces, high / said.faces),
        per_alert_95=clopper_pearson(said.stopped_on_false_alert, said.alerts),
    )


__all__ = ["CountedElsewhere", "OtherPreset", "counted_elsewhere", "other_preset"]
