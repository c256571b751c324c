"""A forecast beside what was recorded: coverage, PIT, scores, the total, and every row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from simulator.evidence.check import scores
from simulator.evidence.check.coverage import covered, histogram, inside, mean_interval, skill
from simulator.evidence.check.planned import Planned
from simulator.evidence.check.predictive import Forecast
from simulator.evidence.statistics.intervals import prediction_interval
from simulator.scenario.quantity import Array

LEVELS = (0.5, 0.8, 0.9)


@dataclass(frozen=True)
class Judged:
    """One *forecast* of one measure of the *planned* rows, and the counts *observed*; *pit* is (times, rows)."""

    planned: Planned
    forecast: Forecast
    observed: Array
    pit: Array

    @property
    def crps(self) -> Array:
        """CRPS of each row, in counts."""
        return scores.crps(self.forecast.probabilities, self.observed)

    @property
    def clusters(self) -> tuple[list[float], list[str]]:
        """Rows of one day, and rows of one site, may be alike."""
        return [float(day) for day in self.planned.day], list(self.planned.site)


def judge(planned: Planned, forecast: Forecast, observed: Array, seed: int) -> Judged:
    """Set the *forecast* against what was *observed*."""
    return Judged(planned, forecast, observed, scores.randomised_pit(forecast.probabilities, observed, seed))


def summary(judged: Judged, baseline: Judged | None = None) -> dict[str, Any]:
    """Coverage, histogram, scores and total as plain numbers, with intervals; the gain over the *baseline* if any."""
    forecast, observed = judged.forecast, judged.observed
    low, high = forecast.interval(LEVELS[-1])
    log = float(scores.log_score(forecast.probabilities, observed).mean())
    gain = None if baseline is None else skill(judged.crps, baseline.crps, *judged.clusters)
    return {
        "rows": len(observed),
        "coverage": {f"{100 * level:.0f}": _coverage(judged, level) for level in LEVELS},
        "leaning": _leaning(judged),
        "pit_histogram": [float(x) for x in histogram(judged.pit)],
        "crps": float(judged.crps.mean()),
        "crps_below_baseline": None if gain is None else {"share": gain[0], "ci_95": list(gain[1])},
        "log_score": log if np.isfinite(log) else None,
        "outside_90": [int(row) for row in judged.planned.row[(observed < low) | (observed > high)]],
        "total": total(forecast.draws.sum(axis=1), float(observed.sum())),
    }


def _coverage(judged: Judged, level: float) -> dict[str, Any]:
    return _share(judged, inside(judged.pit, level))


def _share(judged: Judged, shares: Array) -> dict[str, Any]:
    ends = covered(shares, *judged.clusters)
    return {"share": float(shares.mean()), "ci_95": None if ends is None else list(ends)}


def _leaning(judged: Judged) -> dict[str, Any]:
    """Whether forecasts are too low or too high, which central intervals that hold do not show.

    The mean PIT (0.5 if right), and the shares of rows above their median and above the 90 % point (0.5 and 0.1).
    """
    means = judged.pit.mean(axis=0)
    ends = mean_interval(means, *judged.clusters)
    return {
        "mean_pit": {"mean": float(means.mean()), "ci_95": None if ends is None else list(ends)},
        "above_median": _share(judged, (judged.pit > 0.5).mean(axis=0)),
        "above_90": _share(judged, (judged.pit > 0.9).mean(axis=0)),
    }


def total(draws: Array, observed: float) -> dict[str, Any]:
    """Where the *observed* total lies among its *draws*: how likely one as low, and one as high, was held to be."""
    return {
        "observed": observed,
        "mean": float(draws.mean()),
        "range_90": list(prediction_interval(draws, 0.90)),
        "at_most": float((draws <= observed).mean()),
        "at_least": float((draws >= observed).mean()),
    }


def rows_of(judged: Judged, forecaster: str, measure: str) -> list[dict[str, Any]]:
    """One flat record for each row: what was planned, observed and forecast."""
    forecast = judged.forecast
    ends = {level: forecast.interval(level) for level in LEVELS}
    median, pit = forecast.quantile(0.5), judged.pit.mean(axis=0)
    found = []
    for i in range(len(judged.observed)):
        planned = judged.planned
        row: dict[str, Any] = {
            "forecaster": forecaster,
            "measure": measure,
            "row": int(planned.row[i]),
            "date": str(np.datetime64(int(planned.day[i]), "D")),
            "place": planned.place[i],
            "site": planned.site[i],
            "hours": float(planned.hours[i]),
            "observed": int(judged.observed[i]),
            "median": int(median[i]),
        }
        for level, (low, high) in ends.items():
            row |= {f"low_{100 * level:.0f}": int(low[i]), f"high_{100 * level:.0f}": int(high[i])}
        found.append(row | {"pit": float(pit[i]), "crps": float(judged.crps[i])})
    return found
