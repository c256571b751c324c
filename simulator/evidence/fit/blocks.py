"""The record in blocks of one threshold: what was counted there, and false alerts by every denominator."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from simulator.evidence.fit.exposures import true_alerts
from simulator.evidence.kept import LEFT_OUT
from simulator.evidence.statistics.intervals import Interval, clopper_pearson, garwood, zero_bound
from simulator.evidence.statistics.selection import Selection, selections, words_of
from simulator.scenario.quantity import Z95

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, kw_only=True)
class ExactRate:
    """False alerts per unit of a denominator, with the exact interval, *of* how much; without any, the bound on one.

    It is of the *rows* that give the denominator; the others have *false_left_out* false alerts.
    """

    rate: float
    exact_95: tuple[float, float]
    of: float
    rows: int
    false_left_out: Annotated[float, Field(**LEFT_OUT)] = 0.0
    none_in_95_one_sided: Annotated[float | None, Field(**LEFT_OUT)] = None


@dataclass(frozen=True, kw_only=True)
class RecordBlock:
    """The deployments at one *threshold*; sums are over those that give the numbers concerned.

    *per* holds false alerts per hour, face, comparison (face times list entry), true alert and alert, each with its exact
    interval: Garwood's, for the share of alerts Clopper and Pearson's. Denominators whose rows are chosen by what came out are
    not there.
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


@dataclass(frozen=True)
class Blocks:
    """The *blocks* of a record, and the *selections*: what only some rows give."""

    blocks: tuple[RecordBlock, ...]
    selections: tuple[Selection, ...]


# The columns that a denominator needs; the alerts themselves are always there.
NEEDS = {
    "hour": ("hours",),
    "face": ("faces",),
    "comparison": ("faces", "watchlist_size"),
    "true_alert": ("true_alerts",),
}


def blocks_of(frame: pd.DataFrame) -> Blocks:
    """One block for each threshold in *frame*, the lowest first; deployments without a false alert count are left out."""
    counted = frame[frame["false_alerts"].notna()]
    known = counted[counted["threshold"].notna()]
    by_threshold = selections(counted, {"threshold": ("threshold",)})
    found = selections(known if len(known) else counted, NEEDS)
    # a denominator of which a part is linked to the outcome is linked by that part
    told = {
        one.what: one
        for one in (*by_threshold.values(), *found.values())
        if one.linked and not (one.what == words_of(NEEDS["comparison"]) and "face" in found and found["face"].linked)
    }
    if any(one.withheld for one in by_threshold.values()):
        return Blocks((), tuple(told.values()))
    used = [name for name in NEEDS if name not in found or not found[name].withheld]
    groups = known.groupby("threshold")
    return Blocks(tuple(_block(float(value), rows, used) for value, rows in groups), tuple(told.values()))  # type: ignore[arg-type]


def of_alerts(frame: pd.DataFrame) -> ExactRate | None:
    """False alerts as a share of all alerts of *frame*, which takes neither threshold nor list; None where no row counts them."""
    counted = frame[frame["false_alerts"].notna()]
    return _exact("alert", counted["false_alerts"], counted["alerts"]) if counted["alerts"].sum() > 0 else None


def _block(threshold: float, rows: pd.DataFrame, used: Sequence[str]) -> RecordBlock:
    """The *rows* at one *threshold*, with the denominators that may be *used*."""
    false, alerts = rows["false_alerts"], rows["alerts"]
    bases = {"hour": rows["hours"], "face": rows["faces"], "comparison": rows["faces"] * rows["watchlist_size"]}
    bases |= {"true_alert": true_alerts(rows)}
    both = rows["hours"].notna() & rows["faces"].notna()
    hours = float(rows["hours"][both].sum())
    return RecordBlock(
        threshold=threshold,
        first=rows["date"].min().date(),
        last=rows["date"].max().date(),
        deployments=len(rows),
        hours=float(rows["hours"].sum()),
        false_alerts=float(false.sum()),
        alerts=float(alerts.sum()),
        faces_per_hour=float(rows["faces"][both].sum()) / hours if hours else None,
        per={
            name: _exact(name, false, base)
            for name, base in ({name: bases[name] for name in used} | {"alert": alerts}).items()
            if base.sum() > 0
        },
    )


def _exact(name: str, false: pd.Series, base: pd.Series) -> ExactRate:
    """The *false* alerts of the rows that give the *base*; the bound is there where no row at all has one."""
    given = base.notna()
    count, of = float(false[given].sum()), float(base[given].sum())
    if name == "alert":  # a trial, false or not; in hours and faces false alerts come as Poisson events
        ends, bound = clopper_pearson(count, of), zero_bound(of)
    else:
        low, high = garwood(count)
        ends, bound = Interval(low / of, high / of), garwood(0, 0.90).high / of
    return ExactRate(
        rate=count / of,
        exact_95=ends,
        of=of,
        rows=int(given.sum()),
        false_left_out=float(false[~given].sum()),
        none_in_95_one_sided=None if false.sum() else bound,
    )


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
