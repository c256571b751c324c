"""The false alert rate that a record shows: its level and how it falls with the threshold, or why neither can be learnt."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from simulator.evidence.fit.exposures import EXPOSURES, exposure_of
from simulator.evidence.fit.false_alerts_found import FalseAlertsFound, RateAt
from simulator.evidence.fit.level_slope import ENDS, Counts, LevelSlope, flat, level_and_slope
from simulator.evidence.fit.prior import seen_before
from simulator.evidence.fit.prior_found import MedianOf
from simulator.evidence.fit.question import Question
from simulator.evidence.statistics.selection import selection, words_of
from simulator.scenario.inputs import quantities
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Quantity

if TYPE_CHECKING:
    import pandas as pd

# By so many times what was observed a rate is carried on along the slope, and no further.
FARTHEST = 1000


@dataclass(frozen=True)
class FalseAlerts:
    """What was *found* of false alerts, and the *law* of level and slope behind it, to draw from."""

    found: FalseAlertsFound
    law: LevelSlope


def false_alerts(
    frame: pd.DataFrame, scenario: Scenario, question: Question, silences: list[str]
) -> FalseAlerts | None:
    """Level and slope from the deployments in *frame*, at all places; what cannot be learnt is told in *silences*."""
    exposure, recogniser = EXPOSURES[question.exposure], scenario.recogniser
    if recogniser.slope_per_unit is None:
        silences.append("The scenario's recogniser is a table of its own, so level and slope have nowhere to go.")
        return None
    counted = frame[frame["false_alerts"].notna()]
    if not len(counted):
        silences.append(
            "The record counts no false alerts (no such column, or all blank): no error rate can be learnt."
        )
        return None
    amount = exposure_of(counted, exposure, recogniser)
    threshold = counted["threshold"]
    if threshold.isna().all():
        silences.append(
            "The record prints no threshold; all of it is taken to be at the scenario's "
            f"{recogniser.threshold.value:g}, and no slope can be learnt."
        )
        threshold = threshold.fillna(recogniser.threshold.value)
    used = threshold.notna() & amount.notna()
    partly = tuple(name for name in ("threshold", *exposure.needs) if counted[name].isna().any())
    chosen = selection(words_of(partly), counted, used)
    if chosen is not None and chosen.withheld:
        silences.append(f"{chosen.words} Complete these rows, or count against something else (--exposure).")
        return None
    rows = counted[used].assign(threshold=threshold[used], amount=amount[used])
    if not len(rows) or not rows["amount"].sum() > 0:
        words = " and ".join(exposure.needs)
        silences.append(
            f"No deployment gives threshold, {words} and false alerts together: no error rate can be learnt."
        )
        return None
    sums = rows.groupby("threshold")[["false_alerts", "amount"]].sum()
    sums = sums[sums["amount"] > 0]
    counts = Counts(sums.index.to_numpy(float), sums["false_alerts"].to_numpy(float), sums["amount"].to_numpy(float))
    learnt = len(counts.thresholds) > 1
    slope = dict(quantities(scenario))["recogniser.slope_per_unit"]
    if learnt and question.slope_prior == "scenario" and (again := seen_before(slope, frame, question)):
        question = replace(question, slope_prior="flat")
        silences.append(f"The scenario's slope does not count as known before: {again}.")
    prior = flat if learnt and question.slope_prior == "flat" else slope.ppf
    law = level_and_slope(counts, float(recogniser.anchor_threshold or 0.0), prior, learnt)
    likeliest = counts.likeliest(law.anchor)
    if not learnt:
        silences.append(
            f"There is one threshold only ({counts.thresholds[0]:g}), so nothing is learnt of the slope; the scenario's own "
            f"stays ({_words_of(slope)}), and rates at other thresholds rest on it."
        )
    elif likeliest is None:
        seen = (
            f"All {counts.k.sum():.0f} false alerts are at one end of the thresholds"
            if counts.k.sum()
            else "There is no false alert at any threshold"
        )
        silences.append(
            f"{seen}, so no slope fits best: the data bound it from one side at most, and the rest is what was "
            f"taken for likely before ({question.prior_words(learnt)})."
        )
    last = len(counts.thresholds) - 1
    low, middle, high = law.slope_quantiles()
    size = scenario.watchlist.size.value
    exponent = recogniser.list_size_exponent.value
    entries = float(recogniser.entries_compared(size, exponent)) if exposure.by_list else 1.0
    observed, own = counts.thresholds.tolist(), recogniser.threshold.value
    told = {*observed, own}
    if own not in observed and middle * max(observed[0] - own, own - observed[-1]) > math.log(FARTHEST):
        told -= {own}
        silences.append(
            f"No rate is given at the scenario's {own:g}: the slope would carry it more than {FARTHEST:,}-fold beyond what was "
            "observed."
        )
    found = FalseAlertsFound(
        thresholds=tuple(counts.thresholds.tolist()),
        counts=tuple(counts.k.tolist()),
        exposure=tuple(counts.exposure.tolist()),
        deployments_left_out=int((~used).sum()),
        false_alerts_left_out=float(counted["false_alerts"][~used].sum()),
        likeliest=likeliest,
        lowest_against_highest=counts.pair(0, last) if last > 0 else None,
        slope_learnt=learnt,
        slope_prior=question.prior_words(learnt),
        slope=MedianOf(median=middle, interval_95=(low, high)),
        by_list=exposure.by_list,
        list_size=size,
        record_list_sizes=_ends(counted["watchlist_size"].dropna()),
        rates=tuple(_rate_at(law, threshold, entries) for threshold in sorted(told)),
        dispersion=_dispersion(rows),
    )
    return FalseAlerts(found, law)


def _ends(values: pd.Series) -> tuple[float, float] | None:
    return (float(values.min()), float(values.max())) if len(values) else None


def _rate_at(law: LevelSlope, threshold: float, entries: float) -> RateAt:
    """The rate at *threshold*, with so many *entries* of a list."""
    thresholds, some = law.counts.thresholds, bool(law.counts.k.any())
    low, middle, high = (entries * rate for rate in law.rate_quantiles(threshold, ends=ENDS if some else (0.0, 0.95)))
    return RateAt(
        threshold=threshold,
        # without a single false alert the law is Jeffreys' prior with a bound: its middle says nothing of the record
        median=middle if some else None,
        interval_95=(low, high),
        extrapolated=not thresholds[0] <= threshold <= thresholds[-1],
    )


def _words_of(slope: Quantity) -> str:
    low, high = slope.interval()
    return f"{slope.value:g}" if low == high else f"{slope.value:g}, {low:g} to {high:g}"


def _dispersion(rows: pd.DataFrame) -> float | None:
    """Pearson's dispersion of the false alerts of single deployments around the rate of their threshold; None for too few."""
    sums = rows.groupby("threshold")[["false_alerts", "amount"]].transform("sum")
    mean = (rows["amount"] * sums["false_alerts"] / sums["amount"]).to_numpy()
    some = mean > 0
    freedom = int(some.sum()) - rows["threshold"][some].nunique()
    if freedom < 1:
        return None
    return float((((rows["false_alerts"].to_numpy() - mean)[some]) ** 2 / mean[some]).sum() / freedom)


__all__ = ["FalseAlerts", "false_alerts"]
