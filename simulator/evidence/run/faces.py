"""Faces by who they are and whether the system alerts: joint numbers, from which every conditional share can be read.

One passage is one row of it. Where passers-by are counted more or less than once it is of passages, for alerts are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from simulator.evidence.counted.covered import uncovered
from simulator.evidence.run.study import CHANCE, Study
from simulator.scenario.inputs import median_inputs
from simulator.street.expectations import expected

# A round number of faces is so large that the rarest of what is shown comes up so often, within these powers of ten.
FEWEST, SMALLEST, LARGEST = 10.0, 3, 12


@dataclass(frozen=True, kw_only=True)
class FacesByAlert:
    """Averages per campaign at the best inputs, of so many *faces*, or passages (*unit*).

    *right_stops* are of listed people as themselves, *wrong_stops* of whoever is not the one whose entry matched. All is
    simulated but *listed_without_alert*: it follows from those with an alert and the share of listed passages that have one
    (*detected*, closed form), so that people who are arrested and do not come past again are in neither.
    """

    unit: Literal["face", "passage"] = "face"
    faces: float
    detected: float
    listed_with_alert: float
    listed_without_alert: float
    others_with_alert: float
    right_stops: float
    wrong_stops: float


@dataclass(frozen=True, kw_only=True)
class RoundFaces:
    """The same for a round number of *faces*, in whole numbers that add up."""

    faces: int
    listed_with_alert: int
    listed_without_alert: int
    others_with_alert: int
    others_without_alert: int
    right_stops: int
    wrong_stops: int

    @property
    def listed(self) -> int:
        """Faces of listed people."""
        return self.listed_with_alert + self.listed_without_alert

    @property
    def others(self) -> int:
        """Faces of everybody else."""
        return self.others_with_alert + self.others_without_alert

    @property
    def with_alert(self) -> int:
        """Faces that the system alerts on."""
        return self.listed_with_alert + self.others_with_alert


def faces_by_alert(study: Study) -> FacesByAlert | None:
    """The faces of *study*; None where they are not known, or where no formula covers what the scenario uses."""
    scenario, cell = study.scenario, study.cell
    mean = {name: float(values.mean()) for name, values in study.passes[CHANCE].items()}
    if "face" in scenario.no_rates_per or not mean["faces"] or uncovered(scenario, response=False):
        return None
    unit: Literal["face", "passage"] = "face" if scenario.street.faces_per_passage.value == 1 else "passage"
    if unit in scenario.no_rates_per:
        return None
    inputs = median_inputs(scenario, 1)
    e = expected(scenario, inputs, cell.threshold, cell.size)
    listed = float(e.listed_passages[0])
    detected = float(e.true_alerts[0]) / listed if listed else 0.0
    on_listed = mean["true_alerts"] + mean["alerts_false_other_entry"]
    # without any detected by formula nobody knows how many come past unseen after arrests; nobody is arrested then
    missed = mean["true_alerts"] * (1 - detected) / detected if detected else listed
    return FacesByAlert(
        unit=unit,
        faces=mean[f"{unit}s"],
        detected=detected,
        listed_with_alert=on_listed,
        listed_without_alert=max(missed - mean["alerts_false_other_entry"], 0.0),
        others_with_alert=mean["alerts"] - on_listed,
        right_stops=mean["stops"] - mean["wrongful_stops"] - mean["bystander_stops"],
        wrong_stops=mean["wrongful_stops"],
    )


def in_round_numbers(found: FacesByAlert) -> RoundFaces:
    """*found* for so many faces that the rarest number shown is a whole one; parts are rounded and sums made of them."""
    shown = (found.wrong_stops, found.others_with_alert, found.listed_with_alert)
    rarest = min((x for x in shown if x > 0), default=0.0)
    powers = range(SMALLEST, LARGEST + 1)
    faces = next((10**k for k in powers if rarest * 10**k >= FEWEST * found.faces), 10**LARGEST if rarest else 10**6)
    times = faces / found.faces
    on, off, others = (
        round(times * x) for x in (found.listed_with_alert, found.listed_without_alert, found.others_with_alert)
    )
    return RoundFaces(
        faces=faces,
        listed_with_alert=on,
        listed_without_alert=off,
        others_with_alert=others,
        others_without_alert=faces - on - off - others,
        right_stops=min(round(times * found.right_stops), on),
        wrong_stops=round(times * found.wrong_stops),
    )


__all__ = ["FacesByAlert", "RoundFaces", "faces_by_alert", "in_round_numbers"]
