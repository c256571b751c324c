"""What the figures of a run are drawn from, besides what the run found: kept as ``figures.json``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from simulator.evidence.kept import Found
from simulator.evidence.run.faces import FacesByAlert, faces_by_alert
from simulator.evidence.run.shown_day import ShownDay, shown_day
from simulator.evidence.run.study import CHANCE, Study
from simulator.evidence.run.thousand import Category, categories
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Array

# Who is needed for a stage to happen at all, in the order of the procedure: without operators nothing is reviewed,
# without teams nobody is stopped, without checkers nobody is arrested.
NEEDED = (("operators", "operator"), ("teams", "team"), ("checkers", "checker"))


@dataclass(frozen=True, kw_only=True, repr=False)
class RunPictures(Found):
    """Data of the figures: a thousand alerts by what came of them, campaigns by wrongful stops, and one deployment.

    *campaigns_by_wrongful_stops* counts campaigns by pass and number of wrongful stops. *nobody_on_duty* has, for each
    number of stages from 0 on, the first kind of officer that they need and that is never on duty. *second_look* says
    whether there is one, *anybody_passes* whether anybody walks past. *faces_per_alert* is None where faces are not known or
    no alert was simulated; *faces* is None also where no formula says how many listed people are missed.
    """

    schema: Literal["lfrsim-run-figures/1"] = "lfrsim-run-figures/1"
    thousand: tuple[Category, ...]
    faces_per_alert: float | None
    campaigns_by_wrongful_stops: Mapping[str, Mapping[int, int]]
    day: ShownDay
    nobody_on_duty: tuple[str | None, ...]
    second_look: bool
    anybody_passes: bool
    faces: FacesByAlert | None = None


def pictures_of(study: Study, replication: int | None = None, deployment: int | None = None) -> RunPictures:
    """The data of the figures of *study*; *replication* and *deployment* (both from 0) choose the deployment shown."""
    return RunPictures(
        thousand=tuple(categories(study)),
        faces_per_alert=faces_per_alert(study),
        campaigns_by_wrongful_stops={name: _tallied(m["wrongful_stops"]) for name, m in study.passes.items()},
        day=shown_day(study, replication, deployment),
        nobody_on_duty=tuple(nobody_on_duty(study.scenario, stages) for stages in range(len(NEEDED) + 1)),
        second_look=study.scenario.procedure.second_look is not None,
        anybody_passes=bool(study.passes[CHANCE]["faces"].any()),
        faces=faces_by_alert(study),
    )


def faces_per_alert(study: Study) -> float | None:
    """Faces counted for each alert, over all campaigns with the inputs at their medians."""
    counted = study.passes[CHANCE]
    faces, alerts = float(counted["faces"].sum()), float(counted["alerts"].sum())
    return faces / alerts if alerts and "face" not in study.scenario.no_rates_per else None


def _tallied(values: Array) -> dict[int, int]:
    numbers, campaigns = np.unique(values, return_counts=True)
    return {int(number): int(n) for number, n in zip(numbers, campaigns, strict=True)}


def nobody_on_duty(scenario: Scenario, stages: int) -> str | None:
    """The first of the *stages* kinds of officer that is never on duty, in words; None where there is somebody."""
    officers = scenario.officers
    for kind, one in NEEDED[:stages]:
        if getattr(officers, kind).value < 1 and not any(getattr(shift, kind) for shift in officers.shifts):
            return f"no {one} is on duty"
    return None


__all__ = ["RunPictures", "faces_per_alert", "nobody_on_duty", "pictures_of"]
