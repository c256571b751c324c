"""A forecast beside what was recorded: coverage, PIT, scores, the total, and every row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self, TypeAlias

import numpy as np

from simulator.evidence.check import scores
from simulator.evidence.check.coverage import covered, histogram, inside, mean_interval
from simulator.evidence.check.planned import Planned, date_of
from simulator.evidence.check.predictive import Forecast
from simulator.evidence.check.skill import Skill, skill_by_kind
from simulator.evidence.statistics.intervals import central_range
from simulator.scenario.quantity import Z95, Array

if TYPE_CHECKING:
    import pandas as pd

LEVELS = (0.5, 0.8, 0.9)
Range: TypeAlias = tuple[float, float]


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

    def table(self) -> pd.DataFrame:
        """One line for each row: what was planned, observed and forecast."""
        import pandas as pd

        columns = {
            "row": self.planned.row,
            "date": [str(date_of(day)) for day in self.planned.day],
            "place": self.planned.place,
            "site": self.planned.site,
            "kind": self.planned.kind,
            "hours": self.planned.hours,
            "hours_assumed": self.planned.hours_assumed.astype(int),
            "list_assumed": self.planned.lists_assumed.astype(int),
            "observed": self.observed.astype(int),
            "median": self.forecast.quantile(0.5).astype(int),
        }
        for level in LEVELS:
            low, high = self.forecast.interval(level)
            columns |= {f"low_{100 * level:.0f}": low.astype(int), f"high_{100 * level:.0f}": high.astype(int)}
        return pd.DataFrame(columns | {"pit": self.pit.mean(axis=0), "crps": self.crps})


@dataclass(frozen=True, kw_only=True)
class Share:
    """A share and its 95 % interval, None where days and sites are too few for one."""

    share: float
    ci_95: Range | None


@dataclass(frozen=True, kw_only=True)
class Mean:
    """A mean and its 95 % interval, None where days or sites are too few for one."""

    mean: float
    ci_95: Range | None


@dataclass(frozen=True, kw_only=True)
class Leaning:
    """Whether forecasts are too low or too high, which central intervals that hold do not show.

    The mean PIT (0.5 if right), and the shares of rows above their median and above the 90 % point (0.5 and 0.1).
    """

    mean_pit: Mean
    above_median: Share
    above_90: Share


@dataclass(frozen=True, kw_only=True)
class Total:
    """Where the *observed* total lies in its forecast: how likely one as low, and one as high, was held to be."""

    observed: float
    mean: float
    range_90: Range
    at_most: float
    at_least: float

    @classmethod
    def of(cls, draws: Array, observed: float) -> Self:
        """The *observed* total among its *draws*."""
        return cls(
            observed=observed,
            mean=float(draws.mean()),
            range_90=central_range(draws, 0.90),
            at_most=float((draws <= observed).mean()),
            at_least=float((draws >= observed).mean()),
        )


@dataclass(frozen=True, kw_only=True)
class Scores:
    """How good forecasts of so many *rows* were: *coverage* by level in per cent, PIT by tenth, mean scores.

    *skill* over the baseline is by kind of site, and on all; empty without one. *log_score* is None where it is infinite,
    *outside_90* are the rows, by their lines in the file, that lie outside their interval in whole counts.
    """

    rows: int
    coverage: Mapping[str, Share]
    leaning: Leaning
    pit_histogram: tuple[float, ...]
    crps: float
    skill: Mapping[str, Skill]
    log_score: float | None
    outside_90: tuple[int, ...]

    @property
    def right_bars_95(self) -> tuple[float, float]:
        """Where a bar of the histogram lies 19 times in 20, each by itself, if the forecasts are right."""
        tenths = len(self.pit_histogram)
        half = Z95 * float(np.sqrt((1 - 1 / tenths) / tenths / self.rows))
        return max(1 / tenths - half, 0.0), 1 / tenths + half

    @classmethod
    def of(cls, judged: Judged, baseline: Judged | None = None, draws: Array | None = None, **more: Any) -> Self:
        """The scores of one forecast, and the gain over the *baseline* if any; *more* are the fields of a subclass.

        *draws* are those of the forecast where its rows were forecast together.
        """
        forecast, observed = judged.forecast, judged.observed
        low, high = forecast.interval(LEVELS[-1])
        log = float(scores.log_score(forecast.probabilities, observed).mean())
        means = judged.pit.mean(axis=0)
        return cls(
            rows=len(observed),
            coverage={f"{100 * level:.0f}": _share(judged, inside(judged.pit, level)) for level in LEVELS},
            leaning=Leaning(
                mean_pit=Mean(mean=float(means.mean()), ci_95=mean_interval(means, *judged.clusters)),
                above_median=_share(judged, (judged.pit > 0.5).mean(axis=0)),
                above_90=_share(judged, (judged.pit > 0.9).mean(axis=0)),
            ),
            pit_histogram=tuple(float(x) for x in histogram(judged.pit)),
            crps=float(judged.crps.mean()),
            skill={}
            if baseline is None
            else skill_by_kind(judged.crps, baseline.crps, judged.planned, observed, draws),
            log_score=log if np.isfinite(log) else None,
            outside_90=tuple(int(row) for row in judged.planned.row[(observed < low) | (observed > high)]),
            **more,
        )


@dataclass(frozen=True, kw_only=True)
class JointScores(Scores):
    """The same of rows that were forecast together, with their *total*."""

    total: Total

    @classmethod
    def of(cls, judged: Judged, baseline: Judged | None = None, draws: Array | None = None, **more: Any) -> Self:
        """The scores of one forecast and its total; *draws* are its own unless others are given."""
        together = judged.forecast.draws if draws is None else draws
        total = Total.of(together.sum(axis=1), float(judged.observed.sum()))
        return super().of(judged, baseline, together, total=total, **more)


def judge(planned: Planned, forecast: Forecast, observed: Array, seed: int) -> Judged:
    """Set the *forecast* against what was *observed*."""
    return Judged(planned, forecast, observed, scores.randomised_pit(forecast.probabilities, observed, seed))


def _share(judged: Judged, shares: Array) -> Share:
    return Share(share=float(shares.mean()), ci_95=covered(shares, *judged.clusters))


__all__ = ["LEVELS", "JointScores", "Judged", "Leaning", "Mean", "Range", "Scores", "Share", "Total", "judge"]
