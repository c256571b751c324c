"""Footfall moves listed people too: how far true alerts follow counted faces from day to day at one site."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulator.evidence.fit.count_regression import STEPS, Slope, slope_of
from simulator.evidence.fit.exposures import true_alerts
from simulator.evidence.fit.ratios import Beta
from simulator.evidence.statistics.intervals import Interval
from simulator.record.oddities import face_counting_steps
from simulator.scenario.quantity import Z95, Array

if TYPE_CHECKING:
    import pandas as pd

GRID, LEVEL = 10_001, 0.95


@dataclass(frozen=True, kw_only=True)
class Elasticity:
    """What power of a day's footfall its true alerts follow, from *deployments* that give hours, faces and true alerts.

    *within_sites* compares days of one site, which is what a scenario is of; *pooled* takes all deployments for days of one
    site. Both are None where the record is too small for them. *without_hours* give faces but no hours. *since* is the day on
    which the count of faces last changed its level: deployments before it are left out.
    """

    deployments: int
    without_hours: int
    since: dt.date | None
    within_sites: Slope | None
    pooled: Slope | None

    @property
    def law(self) -> Beta | None:
        """What is known of the power, any value from 0 to 1 being alike before; None where the record cannot say.

        It cannot where its interval holds all of 0 to 1, or nothing of it. The law is the beta with the mean and the variance
        of a normal likelihood cut to 0 to 1.
        """
        known = self._known
        if known is None:
            return None
        e, density = known
        mean = float(np.average(e, weights=density))
        size = mean * (1 - mean) / float(np.average((e - mean) ** 2, weights=density)) - 1
        return Beta(a=mean * size, b=(1 - mean) * size)

    @property
    def interval_95(self) -> Interval | None:
        """The likeliest values from 0 to 1 that hold 95 % of it: with the edge, where that is among them; None as for *law*.

        Ends that leave 2.5 % on either side would never hold a power of exactly 0 or 1.
        """
        known = self._known
        if known is None:
            return None
        e, density = known
        likeliest = np.argsort(-density, kind="stable")
        number = int(np.searchsorted(np.cumsum(density[likeliest]), LEVEL * density.sum())) + 1
        inside = e[likeliest[:number]]
        return Interval(float(inside.min()), float(inside.max()))

    @property
    def _known(self) -> tuple[Array, Array] | None:
        """Values from 0 to 1 and how likely each is: (GRID,) each."""
        slope = self.within_sites
        if slope is None or not slope.settled or not any(0 < end < 1 for end in slope.interval_95):
            return None
        e = np.linspace(0, 1, GRID)
        z = (e - slope.value) / (slope.interval_95.high - slope.interval_95.low) * 2 * Z95
        return e, np.exp(-(z**2 - (z**2).min()) / 2)

    @property
    def silence(self) -> str:
        """Why the record cannot say, where it cannot."""
        slope = self.within_sites
        if slope is None:
            lacking = f"; {self.without_hours} lack the hours" if self.without_hours else ""
            return (
                f"it takes hours, counted faces and true alerts of several days at one site, and {self.deployments} deployments "
                f"give all three{lacking}. Without hours, longer days alone make faces and alerts rise together."
            )
        if not slope.settled:
            return f"over {slope.basis} the search for it did not settle within {STEPS} steps, or ran to its bound."
        low, high = slope.interval_95
        fits = "anything" if low <= 0 < 1 <= high else "nothing"
        return f"over {slope.basis} it is {slope.value:.2f} ({low:.2f} to {high:.2f}), and {fits} from 0 to 1 fits."


def elasticity(rows: pd.DataFrame, everything: pd.DataFrame) -> Elasticity:
    """The elasticity over *rows* of one threshold, since the last change in how faces were counted in *everything*."""
    steps = everything.loc[[index for index, _, _ in face_counting_steps(everything)], "date"]
    since = steps.max() if len(steps) else None
    true = true_alerts(rows)
    counted = (rows["faces"] > 0) & (True if since is None else rows["date"] >= since)
    used = counted & (rows["hours"] > 0) & true.notna()
    counts, hours = true[used].to_numpy(float), rows["hours"][used].to_numpy(float)
    faces, places = rows["faces"][used].to_numpy(float) / hours, rows["site"][used].tolist()
    # a deployment without a place is alone, unless none has one
    sites = [place or (f"row {i}" if any(places) else "") for i, place in enumerate(places)]
    return Elasticity(
        deployments=int(used.sum()),
        without_hours=int((counted & rows["hours"].isna()).sum()),
        since=None if since is None else since.date(),
        within_sites=slope_of(counts, hours, faces, sites),
        pooled=slope_of(counts, hours, faces, [""] * len(sites)),
    )
