"""How much more than Poisson counts an area's offences vary from period to period: the dispersion phi, measured.

From periods before the cameras only. Raw counts carry season and trend as if they were chance, so their phi is right for a
comparison with the period just before. Year on year the season cancels. Offences of neighbouring months rise and
fall together, so phi of months is too small for quarters: count in windows as long as the claim's, where there are enough.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulator.evidence.claim.falls.counts import CrimeError, MonthlySeries
from simulator.evidence.statistics.intervals import Interval

MONTHS = 12


@dataclass(frozen=True)
class Dispersion:
    """Pearson's *statistic* over its degrees of freedom *df*, from so many *windows* of so many months.

    The interval is that of a chi-square law: wide for a year or two of months, and for independent windows only.
    """

    kind: str
    phi: float
    interval: Interval
    df: int
    statistic: float
    window_months: int
    windows: int


def raw_dispersion(series: MonthlySeries, window_months: int = 1, level: float = 0.95) -> Dispersion:
    """Phi of the counts about their mean: X^2 = sum of (x - mean)^2 / mean, so phi is their variance over their mean.

    Windows are counted back from the end of the series; months that do not fill one are left out.
    """
    counts = _windows(series, window_months, 1)
    if len(counts) < 2 or counts.sum() == 0:
        raise CrimeError(f"series: two windows of {window_months} months with offences are needed (got {len(counts)})")
    statistic = float(((counts - counts.mean()) ** 2).sum() / counts.mean())
    return _measured("raw", statistic, len(counts) - 1, window_months, len(counts), level)


def year_on_year_dispersion(
    series: MonthlySeries, window_months: int = 1, level: float = 0.95, trend: bool = True
) -> Dispersion:
    """Phi of the counts about what their season makes expected, from whole years counted back from the end.

    With *trend* each year has its own level too (X^2 of the table of years by seasons). Without, a change from year to year
    counts as chance.
    """
    if window_months < 1 or MONTHS % window_months:
        raise CrimeError(f"window: must fill a year without rest: 1, 2, 3, 4 or 6 months (got {window_months})")
    counts = _windows(series, window_months, MONTHS // window_months).reshape(-1, MONTHS // window_months)
    years, seasons = counts.shape
    if years < 2:
        raise CrimeError(f"series: two whole years are needed (got {len(series.counts)} months)")
    by_year, by_season = counts.sum(axis=1, keepdims=True), counts.sum(axis=0)
    if min(by_year.min(), by_season.min()) == 0:
        raise CrimeError("series: a season or a year without any offence has no dispersion")
    expected = by_season * (by_year / counts.sum() if trend else 1 / years)
    statistic = float(((counts - expected) ** 2 / expected).sum())
    df = (years - 1) * (seasons - 1 if trend else seasons)
    kind = "year_on_year" if trend else "year_on_year_with_trend"
    return _measured(kind, statistic, df, window_months, counts.size, level)


def _windows(series: MonthlySeries, months: int, multiple: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    if months < 1:
        raise CrimeError(f"window: must be a month or longer (got {months})")
    number = len(series.counts) // (months * multiple) * multiple
    held = np.asarray(series.counts[len(series.counts) - number * months :], dtype=float)
    return np.asarray(held.reshape(number, months).sum(axis=1))


def _measured(kind: str, statistic: float, df: int, months: int, windows: int, level: float) -> Dispersion:
    from scipy import special

    if df < 1:
        raise CrimeError("series: too few windows to measure a dispersion")
    tail = (1 - level) / 2
    # chdtri inverts the upper tail
    low, high = (statistic / float(special.chdtri(df, beyond)) for beyond in (tail, 1 - tail))
    return Dispersion(kind, statistic / df, Interval(low, high), df, statistic, months, windows)
