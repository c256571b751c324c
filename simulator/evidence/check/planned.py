"""Recorded deployments in two halves: what a planner knows beforehand, and what came of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

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

    *row* is the line in the file. *faces* is given only where the user asks for it: nobody knows it beforehand.
    """

    row: NDArray[np.int64]
    day: Array
    place: tuple[str, ...]
    site: tuple[str, ...]
    hours: Array
    list_size: Array
    threshold: Array
    faces: Array | None = None

    def __len__(self) -> int:
        return len(self.row)

    @property
    def with_threshold(self) -> NDArray[np.bool_]:
        """Which deployments have their threshold recorded."""
        return ~np.isnan(self.threshold)

    def take(self, keep: NDArray[np.bool_]) -> Planned:
        """The deployments where *keep* is true."""
        return Planned(
            self.row[keep],
            self.day[keep],
            tuple(name for name, kept in zip(self.place, keep, strict=True) if kept),
            tuple(name for name, kept in zip(self.site, keep, strict=True) if kept),
            self.hours[keep],
            self.list_size[keep],
            self.threshold[keep],
            None if self.faces is None else self.faces[keep],
        )


@dataclass(frozen=True)
class Recorded:
    """Deployments as *planned*, and the *counts* that were recorded of them by measure, NaN where one is blank."""

    planned: Planned
    counts: dict[str, Array]

    def __len__(self) -> int:
        return len(self.planned)

    def take(self, keep: NDArray[np.bool_]) -> Recorded:
        """The deployments where *keep* is true."""
        return Recorded(self.planned.take(keep), {name: values[keep] for name, values in self.counts.items()})

    def of(self, measure: str) -> tuple[Planned, Array]:
        """The deployments whose *measure* is recorded, and its counts."""
        keep = ~np.isnan(self.counts[measure])
        return self.planned.take(keep), self.counts[measure][keep]


def recorded(frame: pd.DataFrame, given_faces: bool = False) -> Recorded:
    """Split a *frame* of records (columns of ``simulator.record``) into its halves, in an order of its own.

    Rows are ordered by what is planned, so that the order of the file changes nothing. Raises ValueError where a date
    or the hours are missing: leave such rows out first.
    """
    keys = ["date", "site", "place", "hours", "watchlist_size", "threshold", "row"]
    rows = frame.sort_values(keys, kind="stable")
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
    )
    return Recorded(planned, {name: numbers(name) for name in MEASURES})
