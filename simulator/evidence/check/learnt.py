"""What the model of false alerts learnt, and what a rate that is far too low, or the laboratory's slope, would give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from simulator.evidence.check.false_alerts import SLOPE, SLOPE_LEAST, SLOPE_SD, FalseAlerts, train_false_alerts
from simulator.evidence.check.judged import JointScores, Range, Total, judge
from simulator.evidence.check.planned import Planned, Recorded
from simulator.evidence.check.predictive import Forecast
from simulator.scenario.quantity import Array

# The negative control: a rate of false alerts so many times too low.
TOO_LOW = 14.0
# The laboratory's slope alone (NPL counts 33, 7, 1 and 0 at 0.56 to 0.64), which no deployment record has seen.
LABORATORY = (45.0, 9.0)


@dataclass(frozen=True, kw_only=True)
class SlopePrior:
    """What is held likely of the slope before any row: normal, cut off below *least*."""

    mean: float = SLOPE
    sd: float = SLOPE_SD
    least: float = SLOPE_LEAST


@dataclass(frozen=True, kw_only=True)
class LaboratorySlope:
    """The laboratory's slope, and the *total* forecast with it instead of the prior's."""

    mean: float
    sd: float
    total: Total


@dataclass(frozen=True, kw_only=True)
class Control(JointScores):
    """The scores of the same forecast with a rate times *factor*, which is wrong on purpose."""

    factor: float


@dataclass(frozen=True, kw_only=True)
class FalseAlertsLearnt:
    """The slope before and after the training rows, and the *events_by_threshold* that it was learnt from."""

    slope_prior: SlopePrior
    slope_95: Range
    events_by_threshold: Mapping[str, float]
    laboratory_slope: LaboratorySlope
    control: Control


def false_alerts_forecast(training: Recorded, tested: Planned, seed: int) -> tuple[Planned, Forecast] | None:
    """The *tested* rows whose threshold is known, and their forecast; None without thresholds to train on or to test."""
    trained, ahead = _trained(training), tested.take(tested.with_threshold)
    return (ahead, trained.forecast(ahead, seed)) if trained and len(ahead) else None


def false_alerts_learnt(training: Recorded, tested: Recorded, seed: int) -> FalseAlertsLearnt | None:
    """What the *training* rows say of false alerts, and what else would have scored on the *tested* ones."""
    trained, (ahead, observed) = _trained(training), _known(tested)
    if trained is None or not len(ahead):
        return None
    planned, counts = _known(training)
    wrong = judge(ahead, trained.with_level(1 / TOO_LOW).forecast(ahead, seed), observed, seed)
    laboratory = train_false_alerts(planned, counts, *LABORATORY).forecast(ahead, seed)
    return FalseAlertsLearnt(
        slope_prior=SlopePrior(),
        slope_95=trained.slope_95(),
        events_by_threshold={
            f"{x:g}": float(counts[planned.threshold == x].sum()) for x in np.unique(planned.threshold)
        },
        laboratory_slope=LaboratorySlope(
            mean=LABORATORY[0],
            sd=LABORATORY[1],
            total=Total.of(laboratory.draws.sum(axis=1), float(observed.sum())),
        ),
        control=Control.of(wrong, factor=1 / TOO_LOW),
    )


def _trained(training: Recorded) -> FalseAlerts | None:
    planned, counts = _known(training)
    return train_false_alerts(planned, counts) if len(planned) else None


def _known(rows: Recorded) -> tuple[Planned, Array]:
    """The rows whose threshold and false alerts are recorded, and the latter."""
    planned, counts = rows.of("false_alerts")
    return planned.take(planned.with_threshold), counts[planned.with_threshold]


__all__ = ["FalseAlertsLearnt", "false_alerts_forecast", "false_alerts_learnt"]
