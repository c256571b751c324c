"""Which parts the model should have: candidates compared by rolling origin, inside the training rows alone.

From the end of each month the candidates are trained on what was known then and forecast what followed, to the end
of the training rows. The tested rows play no part.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from simulator.evidence.check.baseline import fit_baseline
from simulator.evidence.check.model import train
from simulator.evidence.check.planned import Recorded, date_of
from simulator.evidence.check.scores import crps
from simulator.scenario.quantity import Array

CANDIDATES: tuple[tuple[str, ...], ...] = (
    (),
    ("sites",),
    ("sites", "level"),
    ("sites", "level", "day"),
    ("sites", "level", "day", "trend"),
    ("sites", "level", "day", "hours"),
    ("sites", "level", "day", "list"),
    ("sites", "level", "day", "threshold"),
    ("sites", "level", "day", "weekday"),
)
# Without enough rows to compare, this one is taken.
USUAL = CANDIDATES[3]
CHOSEN_BY = ("alerts", "arrests")
FIRST_MONTHS, LAST_MONTHS, HORIZON_DAYS = 9, 3, 184
FEWEST_TRAINING, FEWEST_TESTED, FEWEST_ORIGINS = 40, 20, 3


@dataclass(frozen=True, kw_only=True)
class Compared:
    """One candidate: its *parts*, its CRPS as a share of the baseline's by measure over all origins, and their *mean*."""

    parts: tuple[str, ...]
    crps_of_baseline: Mapping[str, float]
    mean: float


@dataclass(frozen=True, kw_only=True)
class Choice:
    """The *parts* chosen, the candidates *compared* (none where there were too few rows), and the days of the origins."""

    parts: tuple[str, ...]
    origins: tuple[dt.date, ...] = ()
    forecasts: int = 0
    compared: tuple[Compared, ...] = ()

    @property
    def chosen(self) -> Compared | None:
        """The candidate that was chosen; None where none were compared."""
        return next((item for item in self.compared if item.parts == self.parts), None)


def origins_of(days: Array) -> list[float]:
    """Month ends from nine to three months before the last of the *days* with enough rows on both sides."""
    end = np.datetime64(int(days.max()), "D").astype("datetime64[M]") + 1
    months = [end - FIRST_MONTHS + i for i in range(FIRST_MONTHS - LAST_MONTHS + 1)]
    ends = [float(month.astype("datetime64[D]").astype(int)) - 1 for month in months]
    return [
        end
        for end in ends
        if (days <= end).sum() >= FEWEST_TRAINING
        and ((days > end) & (days <= end + HORIZON_DAYS)).sum() >= FEWEST_TESTED
    ]


def choose(
    training: Recorded, measures: Sequence[str] = CHOSEN_BY, progress: Callable[[int], None] | None = None
) -> Choice:
    """Compare the candidates on *training* and take the one with the lowest CRPS, as a share of the baseline's."""
    measures = [name for name in measures if np.nansum(training.counts[name]) > 0]
    found = {name: training.of(name) for name in measures}
    origins = {name: origins_of(planned.day) if len(planned) else [] for name, (planned, _) in found.items()}
    if not measures or min(len(days) for days in origins.values()) < FEWEST_ORIGINS:
        return Choice(parts=USUAL)
    totals = {name: np.zeros(len(CANDIDATES)) for name in measures}
    plain = dict.fromkeys(measures, 0.0)
    forecasts = 0
    for name, (planned, counts) in found.items():
        for origin in origins[name]:
            known = planned.day <= origin
            later = (planned.day > origin) & (planned.day <= origin + HORIZON_DAYS)
            before, after, came = planned.take(known), planned.take(later), counts[later]
            forecasts += int(later.sum())
            table = fit_baseline(before, counts[known]).forecast(after, 0).probabilities
            plain[name] += float(crps(table, came).sum())
            for number, parts in enumerate(CANDIDATES):
                trained = train(before, counts[known], parts, vary=False)
                totals[name][number] += float(crps(trained.forecast(after, 0).probabilities, came).sum())
            if progress:
                progress(1)
    compared = tuple(
        _compared(parts, {name: float(totals[name][number]) / plain[name] for name in measures})
        for number, parts in enumerate(CANDIDATES)
    )
    best = min(compared, key=lambda item: item.mean)
    days = sorted({day for ends in origins.values() for day in ends})
    return Choice(parts=best.parts, origins=tuple(map(date_of, days)), forecasts=forecasts, compared=compared)


def _compared(parts: tuple[str, ...], ratios: dict[str, float]) -> Compared:
    return Compared(parts=parts, crps_of_baseline=ratios, mean=float(np.mean(list(ratios.values()))))
