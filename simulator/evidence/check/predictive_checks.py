"""Do simulated records look like the recorded one? Figures of the whole record beside those that its forecasts give.

Posterior predictive checks (Gelman, Meng and Stern 1996). Coverage judges one row at a time; these see what rows do together:
how unlike days are, whether busy days have more alerts, the busiest day, how long no false alert comes. A p value needs rows
that the forecaster was not fitted to: on others it would be too near the middle, and they are consistent or not.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from simulator.evidence.check.judged import Judged, Range
from simulator.evidence.statistics.intervals import central_range
from simulator.scenario.quantity import Array

Statistic = Literal["variance_of_days", "busiest_day", "faces_and_alerts", "longest_run_without"]
# All checks of right forecasts together lie inside their ranges so often.
LEVEL = 0.95
FEWEST = 5


@dataclass(frozen=True, kw_only=True)
class PredictiveCheck:
    """One *statistic* of a *measure* over so many *rows*: as *observed*, and as the forecasts have it.

    *median*, *half* and *range* are those of the forecasts: what half of them hold, and what right ones would hold such that
    all checks of a forecaster hold in 95 of 100 records. *consistent*: the observed one lies in the range. *p* is two-sided, the
    mid-p for counts; None on rows that the forecaster was fitted to.
    """

    statistic: Statistic
    measure: str
    rows: int
    observed: float
    median: float
    half: Range
    range: Range
    consistent: bool
    p: float | None


@dataclass(frozen=True, kw_only=True)
class PredictiveChecks:
    """The *checks* of one forecaster, and whether it was *fitted* to the rows, as far as its sources say.

    With fewer *simulated* records than *simulated_needed* their extremes are too near for ranges that hold all in 95 of 100.
    """

    fitted: bool
    simulated: int
    simulated_needed: int
    checks: tuple[PredictiveCheck, ...]

    @property
    def enough(self) -> bool:
        """Whether ranges hold as often as they should."""
        return self.simulated >= self.simulated_needed


@dataclass(frozen=True)
class Faces:
    """Faces *observed* (rows,) beside those that were simulated with the alerts: *draws* (draws, rows)."""

    observed: Array
    draws: Array


@dataclass(frozen=True)
class _Drawn:
    """A statistic of the record and of every simulated one."""

    statistic: Statistic
    measure: str
    rows: int
    observed: float
    draws: Array


def predictive_checks(judged: Mapping[str, Judged], faces: Faces | None, fitted: bool) -> PredictiveChecks:
    """The checks of a forecaster whose forecasts are *judged*; *faces* are of the rows of its alerts, None if it has none.

    There are none of what is too little recorded: fewer than FEWEST days or rows, or no two rows that differ.
    """
    drawn = [*_statistics(judged, faces)]
    tail = (1 - LEVEL) / 2 / max(len(drawn), 1)
    return PredictiveChecks(
        fitted=fitted,
        simulated=min((len(one.draws) for one in drawn), default=0),
        # of n and the record itself, all equally likely, two are the extremes; 1 - 0.95 is not quite a twentieth
        simulated_needed=math.ceil(1 / tail - 1e-6) - 1 if drawn else 0,
        checks=tuple(_checked(one, tail, fitted) for one in drawn),
    )


def _statistics(judged: Mapping[str, Judged], faces: Faces | None) -> Iterator[_Drawn]:
    for measure in ("alerts", "arrests"):
        if measure in judged:
            one = judged[measure]
            days, recorded = _by_day(one.forecast.draws, one.planned.day), _by_day(one.observed[None], one.planned.day)
            if days.shape[1] >= FEWEST:
                both = (np.var(x, axis=1, ddof=1) for x in (recorded, days))
                yield _of("variance_of_days", measure, one, *both)
            if measure == "alerts" and days.shape[1] >= FEWEST:
                yield _of("busiest_day", measure, one, recorded.max(axis=1), days.max(axis=1))
    if faces is not None and "alerts" in judged and (known := ~np.isnan(faces.observed)).sum() >= FEWEST:
        one = judged["alerts"]
        observed = _rank_correlation(faces.observed[None, known], one.observed[None, known])
        if not np.isnan(observed[0]):
            simulated = _rank_correlation(faces.draws[:, known], one.forecast.draws[:, known])
            # where all are alike nothing goes with anything
            made = _of("faces_and_alerts", "alerts", one, observed, np.nan_to_num(simulated))
            yield replace(made, rows=int(known.sum()))
    if "false_alerts" in judged and len(judged["false_alerts"].observed) >= FEWEST:
        one = judged["false_alerts"]
        order = np.argsort(one.planned.day, kind="stable")
        runs = (_longest_run(x[:, order]) for x in (one.observed[None], one.forecast.draws))
        yield _of("longest_run_without", "false_alerts", one, *runs)


def _of(statistic: Statistic, measure: str, judged: Judged, observed: Array, draws: Array) -> _Drawn:
    return _Drawn(statistic, measure, len(judged.observed), float(observed[0]), draws)


def _checked(drawn: _Drawn, tail: float, fitted: bool) -> PredictiveCheck:
    low, high = central_range(drawn.draws, 1 - 2 * tail)
    return PredictiveCheck(
        statistic=drawn.statistic,
        measure=drawn.measure,
        rows=drawn.rows,
        observed=drawn.observed,
        median=float(np.median(drawn.draws)),
        half=central_range(drawn.draws, 0.5),
        range=(low, high),
        consistent=low <= drawn.observed <= high,
        p=None if fitted else two_sided_p(drawn.draws, drawn.observed),
    )


def two_sided_p(draws: Array, observed: float) -> float:
    """Mid-p: twice the smaller of the shares of *draws* on either side, those equal to *observed* on both by half.

    The observed one counts among them, so that it is never 0.
    """
    above = float((draws > observed).sum() + ((draws == observed).sum() + 1) / 2) / (len(draws) + 1)
    return 2 * min(above, 1 - above)


def _by_day(counts: Array, day: Array) -> Array:
    """Sums of *counts* (draws, rows) by day: (draws, days)."""
    return np.asarray(counts @ np.equal.outer(day, np.unique(day)))


def _longest_run(counts: Array) -> Array:
    """The most rows in succession without any, in each of the *counts* (draws, rows)."""
    longest = run = np.zeros(len(counts))
    for column in counts.T:
        run = (run + 1) * (column == 0)
        longest = np.maximum(longest, run)
    return longest


def _rank_correlation(left: Array, right: Array) -> Array:
    """Spearman's correlation of each row of *left* with that of *right*, both (draws, rows); NaN where all are alike."""
    from scipy import stats

    ranks = [stats.rankdata(x, axis=1) for x in (left, right)]
    a, b = (x - x.mean(axis=1, keepdims=True) for x in ranks)
    size = np.sqrt((a**2).sum(axis=1) * (b**2).sum(axis=1))
    return np.asarray(np.divide((a * b).sum(axis=1), size, out=np.full(len(a), np.nan), where=size > 0))


__all__ = [
    "LEVEL",
    "Faces",
    "PredictiveCheck",
    "PredictiveChecks",
    "Statistic",
    "predictive_checks",
    "two_sided_p",
]
