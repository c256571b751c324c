"""Recorded deployments in two halves: what a planner knows beforehand, and what came of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from simulator.evidence.check.assumed import NOTHING_ASSUMED, Assumed, log_sd
from simulator.record.kinds import Kind
from simulator.scenario.quantity import Array

if TYPE_CHECKING:
    import pandas as pd

# What is forecast, by its column in a record, with the measure of the recorded ledger that it may be compared with.
MEASURES = {"alerts": "recorded_alerts", "arrests": "arrests", "false_alerts": "recorded_false"}
WORDS = {"alerts": "alerts", "arrests": "arrests", "false_alerts": "recorded false alerts"}
_FIRST_DAY = dt.date(1970, 1, 1)


def day_of(date: dt.date) -> int:
    """Days from 1970 to *date*."""
    return (date - _FIRST_DAY).days


def date_of(day: float) -> dt.date:
    """The date so many days after 1970 began."""
    return _FIRST_DAY + dt.timedelta(days=int(day))


@dataclass(frozen=True)
class Planned:
    """What is known of *n* deployments before they begin; arrays (n,), days since 1970, NaN where it is not recorded.

    *row* is the line in the file. *faces* is given only where the user asks for it: nobody knows it beforehand. *hours_sd* is
    how far assumed hours vary, NaN where they are recorded, and *list_assumed* says whose list is; None: nothing is assumed.
    *fixed* are those whose cameras stay at their place; None: all are vans.
    """

    row: NDArray[np.int64]
    day: Array
    place: tuple[str, ...]
    site: tuple[str, ...]
    hours: Array
    list_size: Array
    threshold: Array
    faces: Array | None = None
    hours_sd: Array | None = None
    list_assumed: NDArray[np.bool_] | None = None
    fixed: NDArray[np.bool_] | None = None

    def __len__(self) -> int:
        return len(self.row)

    @property
    def with_threshold(self) -> NDArray[np.bool_]:
        """Which deployments have their threshold recorded."""
        return ~np.isnan(self.threshold)

    def take(self, keep: NDArray[np.bool_]) -> Planned:
        """The deployments where *keep* is true."""
        return self.at(np.flatnonzero(keep))

    def at(self, rows: NDArray[np.int64]) -> Planned:
        """These *rows* of the deployments."""

        def kept(values: Any) -> Any:
            return tuple(values[row] for row in rows) if isinstance(values, tuple) else values[rows]

        columns = ((column.name, getattr(self, column.name)) for column in fields(self))
        columns_kept: dict[str, Any] = {name: kept(values) for name, values in columns if values is not None}
        return Planned(**columns_kept)

    @property
    def is_fixed(self) -> NDArray[np.bool_]:
        """Which deployments are of cameras that stay at their place."""
        return np.zeros(len(self), dtype=bool) if self.fixed is None else self.fixed

    @property
    def kind(self) -> tuple[Kind, ...]:
        """The kind of each deployment's site."""
        return tuple("fixed" if fixed else "van" for fixed in self.is_fixed)

    @property
    def hours_assumed(self) -> NDArray[np.bool_]:
        """Which deployments have their hours assumed."""
        return np.zeros(len(self), dtype=bool) if self.hours_sd is None else ~np.isnan(self.hours_sd)

    @property
    def lists_assumed(self) -> NDArray[np.bool_]:
        """Which deployments have their list assumed."""
        return np.zeros(len(self), dtype=bool) if self.list_assumed is None else self.list_assumed

    @property
    def hours_log_sd(self) -> Array:
        """Standard deviation of the logarithm of the hours: 0 where they are recorded."""
        return np.zeros(len(self)) if self.hours_sd is None else log_sd(self.hours, np.nan_to_num(self.hours_sd))

    @property
    def log_hours(self) -> Array:
        """Logarithm of the hours, its mean where they are assumed."""
        return np.log(self.hours) - self.hours_log_sd**2 / 2


@dataclass(frozen=True)
class Recorded:
    """Deployments as *planned*, and the *counts* and *faces* that were recorded of them, NaN where one is blank."""

    planned: Planned
    counts: dict[str, Array]
    faces: Array

    def __len__(self) -> int:
        return len(self.planned)

    def take(self, keep: NDArray[np.bool_]) -> Recorded:
        """The deployments where *keep* is true."""
        counts = {name: values[keep] for name, values in self.counts.items()}
        return Recorded(self.planned.take(keep), counts, self.faces[keep])

    def of(self, measure: str) -> tuple[Planned, Array]:
        """The deployments whose *measure* is recorded, and its counts."""
        keep = ~np.isnan(self.counts[measure])
        return self.planned.take(keep), self.counts[measure][keep]


def recorded(frame: pd.DataFrame, given_faces: bool = False, assumed: Assumed = NOTHING_ASSUMED) -> Recorded:
    """Split a *frame* of records (columns of ``simulator.record``) into its halves, in an order of its own.

    Rows are ordered by what is planned, so that the order of the file changes nothing; hours and lists that it does not print
    are those *assumed*. Raises ValueError where a date or hours are still missing: leave such rows out first.
    """
    keys = ["date", "site", "place", "kind", "hours", "watchlist_size", "threshold", "row"]
    rows = frame.sort_values(keys, kind="stable")
    without_hours, without_list = (rows[name].isna().to_numpy() for name in ("hours", "watchlist_size"))
    if assumed.hours is not None:
        rows = rows.assign(hours=rows["hours"].fillna(assumed.hours.mean))
    if assumed.list_size is not None:
        rows = rows.assign(watchlist_size=rows["watchlist_size"].fillna(assumed.list_size))
    if rows["date"].isna().any() or rows["hours"].isna().any():
        raise ValueError("every row needs a date and hours")

    def numbers(name: str) -> Array:
        return rows[name].to_numpy(dtype=float)

    planned = Planned(
        rows["row"].to_numpy(dtype=np.int64),
        rows["date"].to_numpy().astype("datetime64[D]").astype(float),
        tuple(str(name) for name in rows["place"]),
        tuple(str(name) for name in rows["site"]),
        numbers("hours"),
        numbers("watchlist_size"),
        numbers("threshold"),
        numbers("faces") if given_faces else None,
        None if assumed.hours is None else np.where(without_hours, assumed.hours.sd, np.nan),
        None if assumed.list_size is None else without_list,
        rows["kind"].to_numpy() == "fixed",
    )
    return Recorded(planned, {name: numbers(name) for name in MEASURES}, numbers("faces"))
