"""Which parts the model should have: candidates compared by rolling origin, inside the training rows alone.

From the end of each month the candidates are trained on what was known then and forecast what followed, to the end
of the training rows. The tested rows play no part. Which one is taken is RULE, which is the same for every record.
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
from simulator.evidence.check.skill import Clusters
from simulator.scenario.quantity import Array

# The kind of site is always known and always a part. A trend that goes on was a candidate until the day of the rule: chosen on
# rows of 2024, it did worse on later ones than the same model without it.
CANDIDATES: tuple[tuple[str, ...], ...] = (
    ("kind",),
    ("kind", "sites"),
    ("kind", "sites", "level"),
    ("kind", "sites", "level", "day"),
    ("kind", "sites", "level", "day", "hours"),
    ("kind", "sites", "level", "day", "list"),
    ("kind", "sites", "level", "day", "threshold"),
    ("kind", "sites", "level", "day", "weekday"),
)
RULE_SINCE = dt.date(2026, 11, 28)
RULE = (
    "the candidate with the fewest parts whose CRPS is at most one standard error above the lowest, the error being that of the "
    "difference between the two when whole sites and whole months are drawn again"
)
# Without enough rows to compare, this one is taken.
USUAL = CANDIDATES[3]
CHOSEN_BY = ("alerts", "arrests")
FIRST_MONTHS, LAST_MONTHS, HORIZON_DAYS = 9, 3, 184
FEWEST_TRAINING, FEWEST_TESTED, FEWEST_ORIGINS = 40, 20, 3


@dataclass(frozen=True, kw_only=True)
class Compared:
    """One candidate: its *parts*, its CRPS as a share of the baseline's by measure over all origins, and their *mean*.

    *error* is the standard error of the difference between that mean and the lowest of all candidates.
    """

    parts: tuple[str, ...]
    crps_of_baseline: Mapping[str, float]
    mean: float
    error: float


@dataclass(frozen=True, kw_only=True)
class Choice:
    """The *parts* chosen by *rule*, the candidates *compared* (none where rows are too few), and the days of the origins."""

    parts: tuple[str, ...]
    rule: str = RULE
    rule_since: dt.date = RULE_SINCE
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
    """Compare the candidates on *training* and take the one that RULE says."""
    measures = [name for name in measures if np.nansum(training.counts[name]) > 0]
    found = {name: training.of(name) for name in measures}
    origins = {name: origins_of(planned.day) if len(planned) else [] for name, (planned, _) in found.items()}
    if not measures or min(len(days) for days in origins.values()) < FEWEST_ORIGINS:
        return Choice(parts=USUAL)
    n = len(training)
    # the sum of a row's scores from all origins: the baseline's in the first line, a candidate's in each of the others
    scores = {name: np.zeros((1 + len(CANDIDATES), n)) for name in measures}
    forecasts = 0
    for name, (planned, counts) in found.items():
        at = np.flatnonzero(~np.isnan(training.counts[name]))
        for origin in origins[name]:
            known = planned.day <= origin
            later = (planned.day > origin) & (planned.day <= origin + HORIZON_DAYS)
            before, after, came = planned.take(known), planned.take(later), counts[later]
            forecasts += int(later.sum())
            made = [fit_baseline(before, counts[known]).forecast(after, 0)]
            made += [train(before, counts[known], parts, vary=False).forecast(after, 0) for parts in CANDIDATES]
            scores[name][:, at[later]] += [crps(forecast.probabilities, came) for forecast in made]
            if progress:
                progress(1)
    compared = _compared(scores, Clusters.of(training.planned.site, training.planned.day))
    days = sorted({day for ends in origins.values() for day in ends})
    return Choice(
        parts=by_rule(compared).parts, origins=tuple(map(date_of, days)), forecasts=forecasts, compared=compared
    )


def _compared(scores: Mapping[str, Array], clusters: Clusters) -> tuple[Compared, ...]:
    """The candidates, from the *scores* (1 + candidates, rows) of baseline and candidates by measure."""
    # rows that no origin forecasts are no months to draw again
    used = np.sum([lines[0] for lines in scores.values()], axis=0) > 0
    tables, clusters = (
        [lines[:, used] for lines in scores.values()],
        Clusters(clusters.site[used], clusters.month[used]),
    )

    def ratios(weights: Array) -> Array:
        """CRPS of each candidate as a share of the baseline's: (measures, draws, candidates)."""
        sums = [weights @ lines.T for lines in tables]
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.stack([each[:, 1:] / each[:, :1] for each in sums])

    whole = ratios(np.ones((1, int(used.sum()))))[:, 0]
    means = whole.mean(axis=0)
    best = int(means.argmin())
    made = []
    for number, parts in enumerate(CANDIDATES):
        shares = {name: float(each[number]) for name, each in zip(scores, whole, strict=True)}

        def above(weights: Array, number: int = number) -> Array:
            each = ratios(weights).mean(axis=0)
            return np.asarray(each[:, number] - each[:, best])

        error = 0.0 if number == best else clusters.error(above)
        made.append(Compared(parts=parts, crps_of_baseline=shares, mean=float(means[number]), error=error))
    return tuple(made)


def by_rule(compared: Sequence[Compared]) -> Compared:
    """The candidate that RULE says; the lower CRPS where two have as few parts."""
    lowest = min(item.mean for item in compared)
    return min(
        (item for item in compared if item.mean - item.error <= lowest), key=lambda item: (len(item.parts), item.mean)
    )
