"""The tested rows once more, month by month: each month forecast from all that was recorded before it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.evidence.check.baseline import fit_baseline
from simulator.evidence.check.judged import Scores, judge
from simulator.evidence.check.model import train
from simulator.evidence.check.planned import Planned, Recorded
from simulator.evidence.check.predictive import Forecast
from simulator.evidence.check.rolling import CHOSEN_BY

Rows = NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class Monthly:
    """One measure forecast month by month; without totals, since the months are not forecast together."""

    model: Scores
    baseline: Scores


def monthly(training: Recorded, tested: Recorded, parts: tuple[str, ...], seed: int) -> dict[str, Monthly]:
    """Score the model with the same *parts*, and the baseline, when both are trained anew before every month.

    By measure. Nothing is chosen again.
    """
    scored: dict[str, Monthly] = {}
    for name in CHOSEN_BY:
        (known, known_counts), (ahead, observed) = training.of(name), tested.of(name)
        if not len(known) or not len(ahead):
            continue
        planned, counts = joined(known, ahead), np.concatenate([known_counts, observed])
        month = planned.day.astype("datetime64[D]").astype("datetime64[M]")
        later = np.arange(len(planned)) >= len(known)
        tables: dict[str, list[tuple[Rows, Forecast]]] = {"model": [], "baseline": []}
        for this in np.unique(month[later]):
            before, now = month < this, later & (month == this)
            # rows of the first tested month that lie before it began
            before |= ~later
            past, came = planned.take(before), counts[before]
            tables["model"].append((now, train(past, came, parts).forecast(planned.take(now), seed)))
            tables["baseline"].append((now, fit_baseline(past, came).forecast(planned.take(now), seed)))
        base = judge(ahead, _together(tables["baseline"], later), observed, seed)
        model = judge(ahead, _together(tables["model"], later), observed, seed)
        scored[name] = Monthly(model=Scores.of(model, base), baseline=Scores.of(base))
    return scored


def joined(first: Planned, second: Planned) -> Planned:
    """The deployments of *first*, then those of *second*."""

    def both(name: str) -> Any:
        one, other = getattr(first, name), getattr(second, name)
        if one is None or other is None:
            return None
        return one + other if isinstance(one, tuple) else np.concatenate([one, other])

    return Planned(**{column.name: both(column.name) for column in fields(Planned)})


def _together(parts: list[tuple[Rows, Forecast]], later: Rows) -> Forecast:
    """Forecasts of some rows each, in the order of the tested rows."""
    width = max(forecast.probabilities.shape[1] for _, forecast in parts)
    draws = parts[0][1].draws.shape[0]
    table, drawn = np.zeros((len(later), width)), np.zeros((draws, len(later)))
    for rows, forecast in parts:
        table[rows, : forecast.probabilities.shape[1]] = forecast.probabilities
        drawn[:, rows] = forecast.draws
    return Forecast(table[later], drawn[:, later])
