"""The record in blocks of one threshold: what was counted there, and false alerts by every denominator."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from simulator.evidence.fit.exposures import true_alerts
from simulator.evidence.kept import LEFT_OUT
from simulator.evidence.statistics.intervals import Interval, clopper_pearson, garwood, zero_bound
from simulator.scenario.quantity import Z95

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, kw_only=True)
class ExactRate:
    """False alerts per unit of a denominator, with the exact interval, *of* how much; without any, the bound on one."""

    rate: float
    exact_95: tuple[float, float]
    of: float
    none_in_95_one_sided: Annotated[float | None, Field(**LEFT_OUT)] = None


@dataclass(frozen=True, kw_only=True)
class RecordBlock:
    """The deployments at one *threshold*; sums are over those that give the numbers concerned.

    *per* holds false alerts per hour, face, comparison (face times list entry), true alert and alert, each with its exact
    interval: Garwood's, for the share of alerts Clopper and Pearson's.
    """

    threshold: float
    first: dt.date
    last: dt.date
    deployments: int
    hours: float
    false_alerts: float
    alerts: float
    faces_per_hour: float | None
    per: Mapping[str, ExactRate]


@dataclass(frozen=True, kw_only=True)
class Rarer:
    """By which *factor* false alerts are rarer."""

    factor: float
    interval_95: tuple[float, float]


def blocks_of(frame: pd.DataFrame) -> tuple[RecordBlock, ...]:
    """One block for each threshold in *frame*, the lowest first; deployments without a false alert count are left out."""
    known = frame[frame["threshold"].notna() & frame["false_alerts"].notna()]
    return tuple(_block(float(value), rows) for value, rows in known.groupby("threshold"))  # type: ignore[arg-type]


def _block(threshold: float, rows: pd.DataFrame) -> RecordBlock:
    false = rows["false_alerts"]
    bases = {"hour": rows["hours"], "face": rows["faces"], "comparison": rows["faces"] * rows["watchlist_size"]}
    bases |= {"true_alert": true_alerts(rows)}
    sums = {name: (float(false[base.notna()].sum()), float(base[base.notna()].sum())) for name, base in bases.items()}
    sums |= {"alert": (float(false.sum()), float(rows["alerts"].sum()))}
    none = not false.sum()
    both = rows["hours"].notna() & rows["faces"].notna()
    hours = float(rows["hours"][both].sum())
    return RecordBlock(
        threshold=threshold,
        first=rows["date"].min().date(),
        last=rows["date"].max().date(),
        deployments=len(rows),
        hours=float(rows["hours"].sum()),
        false_alerts=float(false.sum()),
        alerts=sums["alert"][1],
        faces_per_hour=float(rows["faces"][both].sum()) / hours if hours else None,
        per={name: _exact(name, *sums[name], none) for name in sums if sums[name][1] > 0},
    )


def _exact(name: str, count: float, of: float, none: bool) -> ExactRate:
    """*count* false alerts *of* so much; *none* where the whole block has none."""
    if name == "alert":  # a trial, false or not; in hours and faces false alerts come as Poisson events
        ends, bound = clopper_pearson(count, of), zero_bound(of)
    else:
        low, high = garwood(count)
        ends, bound = Interval(low / of, high / of), garwood(0, 0.90).high / of
    return ExactRate(rate=count / of, exact_95=ends, of=of, none_in_95_one_sided=bound if none else None)


def rarer(low: RecordBlock, high: RecordBlock) -> dict[str, Rarer]:
    """How many times rarer false alerts are in the block *high* than in *low*, by denominator, with log-normal intervals.

    Only denominators under which both blocks have false alerts are there: a factor to none is no number.
    """
    found: dict[str, Rarer] = {}
    for name in ("hour", "alert", "face"):
        if name in low.per and name in high.per:
            at_low, at_high = low.per[name], high.per[name]
            if at_low.rate > 0 and at_high.rate > 0:
                factor = at_low.rate / at_high.rate
                half = Z95 * math.sqrt(1 / (at_low.rate * at_low.of) + 1 / (at_high.rate * at_high.of))
                found[name] = Rarer(factor=factor, interval_95=(factor * math.exp(-half), factor * math.exp(half)))
    return found
