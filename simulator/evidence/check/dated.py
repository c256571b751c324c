"""A forecast of deployments still to come, with the day it was made: whole in one file, to be scored against any later record.

It holds coefficients and no rows. What is scored is what the model in memory says, to the digits that are kept.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, Self

import numpy as np

from simulator.evidence.check.assumed import Assumed
from simulator.evidence.check.baseline import Baseline, BaselineByThreshold
from simulator.evidence.check.coefficients import Coefficients
from simulator.evidence.check.false_alerts import FalseAlerts
from simulator.evidence.check.judged import Range
from simulator.evidence.check.planned import Planned
from simulator.evidence.check.predictive import Forecast
from simulator.evidence.check.rolling import Choice
from simulator.evidence.check.skill import RULE
from simulator.evidence.kept import Found
from simulator.record.kinds import Kind

SCORE = (
    "CRPS per deployment, in all and by kind of site, against the baseline that is kept here (of false alerts a rate at each "
    "threshold); coverage of 50, 80 and 90 % "
    f"intervals (randomised PIT); where the total lies in its forecast. {RULE[0].upper()}{RULE[1:]}. Rows up to the last "
    "training day, and after the last day of the forecast, are left out."
)
NODES_KEPT = 500


@dataclass(frozen=True, kw_only=True)
class MadeFrom:
    """The file of records that a forecast was made from: its name and hash, and the rows of it that trained the forecast."""

    file: str
    sha256: str
    rows: int
    sites: int
    first: dt.date
    last: dt.date
    hours: float


@dataclass(frozen=True, kw_only=True)
class FalseAlertNodes:
    """The model of recorded false alerts: a line of *nodes* has log level, slope and log shape, all equally likely.

    Expected in a deployment: exp(log level) x hours x list / 1,000 x exp(-slope (threshold - *reference*)).
    """

    reference: float
    usual_list: float | None
    nodes: tuple[str, ...]

    @classmethod
    def of(cls, trained: FalseAlerts) -> Self:
        """What is kept of a *trained* model."""
        kept = trained.thinned(NODES_KEPT)
        lines = tuple(" ".join(f"{x:g}" for x in node) for node in kept.values)
        return cls(reference=trained.reference, usual_list=trained.usual_list, nodes=lines)

    def forecast(self, planned: Planned, seed: int) -> Forecast:
        """The recorded false alerts of the *planned* deployments, whose thresholds are known."""
        values = np.array([line.split() for line in self.nodes], dtype=float)
        weights = np.full(len(values), 1 / len(values))
        return FalseAlerts(values, weights, self.reference, self.usual_list).forecast(planned, seed)


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """What is forecast for a *period* ("2026-03", "2026") of a stated plan.

    So many *deployments* of so many *hours* each, *where* in words. By measure: the *mean* of one deployment and its
    central 90 % (*one_90*), the mean of the *total* and its central 90 % (*total_90*).
    """

    period: str
    kind: Kind
    where: str
    deployments: int
    hours: float
    mean: Mapping[str, float]
    one_90: Mapping[str, Range]
    total: Mapping[str, float]
    total_90: Mapping[str, Range]


@dataclass(frozen=True, kw_only=True, repr=False)
class DatedForecast(Found):
    """A forecast *made* on a day, from rows of *train_from* to *train_until*, for deployments after them to *forecast_until*.

    *seen* is what its maker knew of later deployments, *assumed* what stands where a later row prints no hours or list,
    *threshold* where it prints none. *models* has alerts and arrests.
    """

    schema: Literal["lfrsim-forecast/1"] = "lfrsim-forecast/1"
    lfrsim: str
    title: str
    made: dt.date
    made_from: MadeFrom
    train_from: dt.date
    train_until: dt.date
    forecast_until: dt.date
    seen: tuple[str, ...]
    would_change: tuple[str, ...]
    weaknesses: tuple[str, ...]
    choice: Choice
    score: str = SCORE
    assumed: Assumed
    threshold: float
    baseline: Mapping[str, Baseline | BaselineByThreshold]
    models: Mapping[str, Coefficients]
    false_alerts: FalseAlertNodes
    outlook: tuple[Outlook, ...] = ()

    def forecasts(self, planned: Planned, seed: int) -> dict[str, dict[str, Forecast]]:
        """Forecasts of the *planned* deployments, and those of the baseline kept with it, by measure."""
        at = replace(planned, threshold=np.where(planned.with_threshold, planned.threshold, self.threshold))
        model = {name: one.forecast(at, seed) for name, one in self.models.items()}
        return {
            "forecast": model | {"false_alerts": self.false_alerts.forecast(at, seed)},
            "baseline": {name: one.forecast(at, seed) for name, one in self.baseline.items()},
        }


__all__ = ["DatedForecast", "FalseAlertNodes", "MadeFrom", "Outlook"]
