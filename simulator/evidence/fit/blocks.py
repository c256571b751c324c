"""The record in blocks of one threshold: what was counted there, and false alerts by every denominator."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulator.evidence.fit.exposures import true_alerts
from simulator.evidence.statistics.intervals import Interval, clopper_pearson, garwood

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Block:
    """The deployments at one *threshold*; sums are over those that give the numbers concerned.

    *rates* holds false alerts per hour, per face, per comparison (face times list entry) and per alert, each the rate
    and its exact 95 % interval: Garwood's, for the share of alerts Clopper and Pearson's.
    """

    threshold: float
    first: dt.date
    last: dt.date
    deployments: int
    false_alerts: float
    rates: dict[str, tuple[float, Interval, float]]
    alerts: float
    hours: float
    faces_per_hour: float


def blocks_of(frame: pd.DataFrame) -> tuple[Block, ...]:
    """One block for each threshold in *frame*, the lowest first; deployments without a false alert count are left out."""
    known = frame[frame["threshold"].notna() & frame["false_alerts"].notna()]
    return tuple(_block(float(value), rows) for value, rows in known.groupby("threshold"))  # type: ignore[arg-type]


def _block(threshold: float, rows: pd.DataFrame) -> Block:
    false = rows["false_alerts"]
    rates = {}
    bases = {"hour": rows["hours"], "face": rows["faces"], "comparison": rows["faces"] * rows["watchlist_size"]}
    bases |= {"true_alert": true_alerts(rows)}
    for name, base in bases.items():
        given = base.notna()
        whole = float(base[given].sum())
        if whole > 0:
            count = float(false[given].sum())
            low, high = garwood(count)
            rates[name] = (count / whole, Interval(low / whole, high / whole), whole)
    alerts = float(rows["alerts"].sum())
    if alerts:
        rates["alert"] = (float(false.sum()) / alerts, clopper_pearson(float(false.sum()), alerts), alerts)
    both = rows["hours"].notna() & rows["faces"].notna()
    hours = float(rows["hours"][both].sum())
    return Block(
        threshold,
        rows["date"].min().date(),
        rows["date"].max().date(),
        len(rows),
        float(false.sum()),
        rates,
        alerts,
        float(rows["hours"].sum()),
        float(rows["faces"][both].sum()) / hours if hours else np.nan,
    )


def factors(low: Block, high: Block) -> dict[str, tuple[float, Interval]]:
    """How many times rarer false alerts are in the block *high* than in *low*, by denominator, with log-normal intervals.

    Only denominators under which both blocks have false alerts are there: a factor to none is no number.
    """
    found: dict[str, tuple[float, Interval]] = {}
    for name in ("hour", "alert", "face"):
        if name in low.rates and name in high.rates:
            (r0, _, base0), (r1, _, base1) = low.rates[name], high.rates[name]
            if r0 > 0 and r1 > 0:
                half = 1.959963984540054 * math.sqrt(1 / (r0 * base0) + 1 / (r1 * base1))
                found[name] = (r0 / r1, Interval(r0 / r1 * math.exp(-half), r0 / r1 * math.exp(half)))
    return found
