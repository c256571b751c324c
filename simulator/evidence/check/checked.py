"""``lfrsim check``: what a scenario, a trained model and a baseline forecast, beside what was recorded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.evidence.check.baseline import fit_baseline
from simulator.evidence.check.false_alerts import SLOPE, SLOPE_LEAST, SLOPE_SD, train_false_alerts
from simulator.evidence.check.independence import shared_data
from simulator.evidence.check.judged import Judged, judge, rows_of, summary, total
from simulator.evidence.check.model import train
from simulator.evidence.check.monthly import monthly
from simulator.evidence.check.notes import notes_on
from simulator.evidence.check.planned import MEASURES, Planned, Recorded
from simulator.evidence.check.predictive import Forecast
from simulator.evidence.check.rolling import Choice, choose
from simulator.evidence.check.simulate import simulate
from simulator.response.resolve import Engine
from simulator.scenario.models import Scenario

FORECASTERS = ("scenario", "model", "baseline")
# The negative control: a rate of false alerts so many times too low.
TOO_LOW = 14.0
# The laboratory's slope alone (NPL counts 33, 7, 1 and 0 at 0.56 to 0.64), which no deployment record has seen.
LABORATORY = (45.0, 9.0)
# The time that training takes grows faster than the square of its rows.
MOST_TRAINING = 400


@dataclass(frozen=True)
class Split:
    """Which rows train and which are tested: those up to *train_until*, from *train_from* on if given, and those after."""

    train_until: dt.date
    train_from: dt.date | None = None

    def parts(self, rows: Recorded) -> tuple[Recorded, Recorded]:
        """The training rows and the tested rows."""
        day, until = rows.planned.day, _days(self.train_until)
        first = -np.inf if self.train_from is None else _days(self.train_from)
        return rows.take((day <= until) & (day >= first)), rows.take(day > until)


@dataclass(frozen=True)
class Checked:
    """Everything that was found: *judged* by forecaster and measure, and all of it as plain data in *found*."""

    judged: dict[str, dict[str, Judged]]
    found: dict[str, Any]

    def table(self) -> list[dict[str, Any]]:
        """One flat record for each forecaster, measure and row."""
        return [
            row
            for forecaster, measures in self.judged.items()
            for measure, judged in measures.items()
            for row in rows_of(judged, forecaster, measure)
        ]


def _days(date: dt.date) -> float:
    return float((date - dt.date(1970, 1, 1)).days)


def check(
    scenario: Scenario,
    rows: Recorded,
    replications: int,
    seed: int,
    engine: Engine,
    split: Split | None = None,
    label: str = "",
    progress: Callable[[int], None] | None = None,
) -> Checked:
    """Forecast *rows* from the *scenario* and, with a *split*, its tested rows from its training rows too.

    The rows need dates and hours. With a split, training and tested rows must both be there.
    """
    training, tested = (None, rows) if split is None else split.parts(rows)
    before = 0 if training is None else len(training)
    if training is not None and before > MOST_TRAINING:
        training = training.take(np.arange(before) >= before - MOST_TRAINING)
    forecasts: dict[str, dict[str, tuple[Planned, Forecast]]] = {
        "scenario": {
            name: (tested.planned, forecast)
            for name, forecast in simulate(
                scenario, tested.planned, replications, seed, engine, label, progress
            ).items()
        }
    }
    choice = None
    if training is not None:
        choice = choose(training)
        forecasts["model"] = {
            name: made for name in MEASURES if (made := _trained(training, tested, name, choice.parts, seed))
        }
        forecasts["baseline"] = {
            name: (tested.planned, fit_baseline(*training.of(name)).forecast(tested.planned, seed))
            for name in MEASURES
            if len(training.of(name)[0])
        }
    judged = {
        forecaster: {
            name: one
            for name, (planned, forecast) in measures.items()
            if (one := _judged(tested, name, planned, forecast, seed)) is not None
        }
        for forecaster, measures in forecasts.items()
    }
    base = judged.get("baseline", {})
    found: dict[str, Any] = {
        "run": {"replications": replications, "seed": seed, "given_faces": tested.planned.faces is not None},
        "forecasters": {
            forecaster: {
                name: summary(one, base.get(name) if forecaster != "baseline" and _alike(one, base.get(name)) else None)
                for name, one in measures.items()
            }
            for forecaster, measures in judged.items()
        },
        "tested": _about(tested),
        "training": None if training is None else _about(training),
        "choice": None if choice is None else _choice(choice),
        "false_alerts": None if training is None else _false_alerts(training, tested, seed),
        "monthly": None if training is None or choice is None else monthly(training, tested, choice.parts, seed),
        "notes": [*shared_data(scenario, label, tested.planned), *_shortened(before), *notes_on(training, tested)],
    }
    return Checked(judged, found)


def _shortened(before: int) -> list[str]:
    if before <= MOST_TRAINING:
        return []
    return [
        f"Of {before:,} training rows the last {MOST_TRAINING} are used: training takes long on more, and says little more of "
        f"the level of today."
    ]


def _alike(one: Judged, other: Judged | None) -> bool:
    return other is not None and np.array_equal(one.planned.row, other.planned.row)


def _judged(tested: Recorded, name: str, planned: Planned, forecast: Forecast, seed: int) -> Judged | None:
    """The rows of the forecast whose measure is recorded."""
    counts = tested.counts[name][np.isin(tested.planned.row, planned.row)]
    keep = ~np.isnan(counts)
    return judge(planned.take(keep), forecast.take(keep), counts[keep], seed) if keep.any() else None


def _trained(
    training: Recorded, tested: Recorded, name: str, parts: tuple[str, ...], seed: int
) -> tuple[Planned, Forecast] | None:
    """The trained model's forecast of one measure; false alerts have a model of their own, which needs thresholds."""
    planned, counts = training.of(name)
    if not len(planned):
        return None
    if name != "false_alerts":
        return tested.planned, train(planned, counts, parts).forecast(tested.planned, seed)
    known, ahead = _with_threshold(planned), _with_threshold(tested.planned)
    if not known.any() or not ahead.any():
        return None
    trained = train_false_alerts(planned.take(known), counts[known])
    return tested.planned.take(ahead), trained.forecast(tested.planned.take(ahead), seed)


def _with_threshold(planned: Planned) -> NDArray[np.bool_]:
    return ~np.isnan(planned.threshold)


def _about(rows: Recorded) -> dict[str, Any]:
    planned = rows.planned
    thresholds = planned.threshold[~np.isnan(planned.threshold)]
    return {
        "rows": len(rows),
        "first": str(np.datetime64(int(planned.day.min()), "D")),
        "last": str(np.datetime64(int(planned.day.max()), "D")),
        "days": len(set(planned.day)),
        "sites": len(set(planned.site)),
        "hours": float(planned.hours.sum()),
        "thresholds": [float(x) for x in np.unique(thresholds)],
        "observed": {name: float(np.nansum(counts)) for name, counts in rows.counts.items()},
    }


def _choice(choice: Choice) -> dict[str, Any]:
    return {
        "parts": list(choice.parts),
        "origins": list(choice.origins),
        "forecasts": choice.forecasts,
        "compared": [
            {"parts": list(item.parts), "crps_of_baseline": item.ratio, "mean": item.mean} for item in choice.compared
        ],
    }


def _false_alerts(training: Recorded, tested: Recorded, seed: int) -> dict[str, Any] | None:
    """What the model of false alerts learnt, and what a rate that is far too low would have scored."""
    planned, counts = training.of("false_alerts")
    ahead, observed = tested.of("false_alerts")
    known, later = _with_threshold(planned), _with_threshold(ahead)
    if not known.any() or not later.any():
        return None
    trained = train_false_alerts(planned.take(known), counts[known])
    ahead, observed = ahead.take(later), observed[later]
    wrong = judge(ahead, trained.with_level(1 / TOO_LOW).forecast(ahead, seed), observed, seed)
    laboratory = train_false_alerts(planned.take(known), counts[known], *LABORATORY).forecast(ahead, seed)
    return {
        "slope_prior": {"mean": SLOPE, "sd": SLOPE_SD, "least": SLOPE_LEAST},
        "slope_95": list(trained.slope_95()),
        "events_by_threshold": {
            f"{x:g}": float(counts[planned.threshold == x].sum()) for x in np.unique(planned.threshold[known])
        },
        "laboratory_slope": {
            "mean": LABORATORY[0],
            "sd": LABORATORY[1],
            "total": total(laboratory.draws.sum(axis=1), float(observed.sum())),
        },
        "control": {"factor": 1 / TOO_LOW, **summary(wrong)},
    }
