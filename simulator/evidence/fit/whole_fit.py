"""The whole fit: what a record says of error rates, footfall, listed people and disposals, for one scenario."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.evidence.fit.blocks import Block, blocks_of
from simulator.evidence.fit.counts import CountModel, fit_counts
from simulator.evidence.fit.exposures import EXPOSURES, Exposure, exposure_of, true_alerts
from simulator.evidence.fit.level_slope import Counts, LevelSlope, SlopeFit, flat, level_and_slope
from simulator.evidence.fit.ratios import ClusteredShare, Ratio, clustered_share
from simulator.evidence.fit.street_rows import SAME_THRESHOLD, StreetRows, other_days, street_rows, true_per_face
from simulator.record import Records
from simulator.record.oddities import disposals_copied
from simulator.scenario.errors import Problem, ScenarioError
from simulator.scenario.inputs import quantities
from simulator.scenario.models import Scenario

if TYPE_CHECKING:
    import pandas as pd

ENDS = ("arrests", "other_disposal", "no_action")


@dataclass(frozen=True)
class Question:
    """What the user asked for: the *exposure*, the days and the *place* to look at, and where the slope's prior is from.

    *errors_only* leaves the scenario's street, listed people and disposals as they are.
    """

    exposure: Exposure = EXPOSURES["hours"]
    first: dt.date | None = None
    last: dt.date | None = None
    place: str | None = None
    slope_prior: str = "flat"
    errors_only: bool = False


@dataclass(frozen=True)
class FalseAlerts:
    """Level and slope of the false alert rate: *counts* by threshold, the likeliest fit, and the law after the record.

    *learnt* is whether the record says anything of the slope; *dispersion* is Pearson's, of single deployments around
    the rate of their threshold. *missing* counts the deployments that lack a column the exposure needs.
    """

    counts: Counts
    likeliest: SlopeFit | None
    law: LevelSlope
    learnt: bool
    dispersion: float
    missing: int


@dataclass(frozen=True)
class Fit:
    """Everything the record says, for *scenario*; what it cannot say is None or absent, and told in *silences*.

    *street* has the deployments at the place asked for, *everywhere* those at all places, both at one threshold: error
    rates are of the recogniser, and are learnt everywhere.
    """

    scenario: Scenario
    question: Question
    records: Records
    blocks: tuple[Block, ...]
    false_alerts: FalseAlerts | None
    street: StreetRows
    everywhere: StreetRows
    alerts: CountModel | None
    true_alerts: CountModel | None
    faces: CountModel | None
    true_per_face: Ratio | None
    disposals: dict[str, ClusteredShare]
    disposals_left_out: int
    stopped: ClusteredShare | None
    unconfirmed: tuple[float, float]
    silences: tuple[str, ...]


def fit_record(records: Records, scenario: Scenario, question: Question) -> Fit:
    """Estimate from *records* what *scenario* needs to know.

    Error rates come from all deployments between the days asked for; the street from those at the scenario's threshold
    (or the nearest there is) and at the place asked for. Raises ScenarioError where nothing is left to look at.
    """
    chosen = records.between(question.first, question.last)
    if not len(chosen):
        span = f"{records.first} to {records.last}"
        raise ScenarioError(Problem(records.label, "", f"has no deployment in the days asked for; it has {span}"))
    silences: list[str] = []
    frame = chosen.frame
    false = _false_alerts(frame, scenario, question, silences)
    if not question.errors_only:
        silences += other_days(chosen, scenario)
    street = street_rows(chosen, scenario, question.place, silences)
    everywhere = street_rows(chosen, scenario, None, []) if question.place else street
    rows = street.frame
    shares, left_out = _disposals(rows, silences)
    given = rows["unconfirmed"].notna() & rows["true_alerts"].notna()
    return Fit(
        scenario,
        question,
        chosen,
        blocks_of(frame),
        false,
        street,
        everywhere,
        _counts(rows["alerts"], rows["hours"]),
        _counts(true_alerts(rows), rows["hours"]),
        _counts(rows["faces"], rows["hours"]),
        _told(true_per_face(rows), silences),
        shares,
        left_out,
        _stopped(frame, scenario, silences),
        (float(rows["unconfirmed"][given].sum()), float(true_alerts(rows)[given].sum())),
        tuple(silences),
    )


def _false_alerts(
    frame: pd.DataFrame, scenario: Scenario, question: Question, silences: list[str]
) -> FalseAlerts | None:
    exposure, recogniser = question.exposure, scenario.recogniser
    if recogniser.slope_per_unit is None:
        silences.append("The scenario's recogniser is a table of its own, so level and slope have nowhere to go.")
        return None
    counted = frame[frame["false_alerts"].notna()]
    if not len(counted):
        silences.append(
            "The record counts no false alerts (no such column, or all blank): no error rate can be learnt."
        )
        return None
    amount = exposure_of(counted, exposure, recogniser.list_size_exponent.value)
    threshold = counted["threshold"]
    if threshold.isna().all():
        silences.append(
            "The record prints no threshold; all of it is taken to be at the scenario's "
            f"{recogniser.threshold.value:g}, and no slope can be learnt."
        )
        threshold = threshold.fillna(recogniser.threshold.value)
    used = threshold.notna() & amount.notna()
    missing = int((~used).sum())
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
    prior = flat if learnt and question.slope_prior == "flat" else slope.ppf
    law = level_and_slope(counts, float(recogniser.anchor_threshold or 0.0), prior, learnt)
    if not learnt:
        silences.append(
            f"There is one threshold only ({counts.thresholds[0]:g}), so nothing is learnt of the slope; the scenario's own "
            f"stays ({_words_of(slope)}), and rates at other thresholds rest on it."
        )
    elif counts.likeliest(law.anchor) is None:
        silences.append(
            f"All {counts.k.sum():.0f} false alerts are at one end of the thresholds"
            if counts.k.sum()
            else "There is no false alert at any threshold"
        )
        silences[-1] += (
            ", so no slope fits best: the data bound it from one side at most, and the rest is what was "
            f"taken for likely before ({prior_words(question, learnt)})."
        )
    return FalseAlerts(counts, counts.likeliest(law.anchor), law, learnt, _dispersion(rows), missing)


def prior_words(question: Question, learnt: bool) -> str:
    """Where the slope's prior comes from, in words."""
    if question.slope_prior == "flat" and learnt:
        from simulator.evidence.fit.level_slope import FLATTEST, STEEPEST

        return f"any slope from {FLATTEST:g} to {STEEPEST:g} alike"
    return "the scenario's own interval"


def _words_of(slope: object) -> str:
    low, high = slope.interval()  # type: ignore[attr-defined]
    value = slope.value  # type: ignore[attr-defined]
    return f"{value:g}" if low == high else f"{value:g}, {low:g} to {high:g}"


def _dispersion(rows: pd.DataFrame) -> float:
    """Pearson's dispersion of the false alerts of single deployments around the rate of their threshold."""
    sums = rows.groupby("threshold")[["false_alerts", "amount"]].transform("sum")
    mean = (rows["amount"] * sums["false_alerts"] / sums["amount"]).to_numpy()
    some = mean > 0
    freedom = int(some.sum()) - rows["threshold"][some].nunique()
    if freedom < 1:
        return math.nan
    return float((((rows["false_alerts"].to_numpy() - mean)[some]) ** 2 / mean[some]).sum() / freedom)


def _counts(events: pd.Series, hours: pd.Series) -> CountModel | None:
    used = (hours > 0) & events.notna()
    return fit_counts(events[used].to_numpy(float), hours[used].to_numpy(float)) if used.any() else None


def _told(ratio: Ratio | None, silences: list[str]) -> Ratio | None:
    if ratio is None:
        silences.append(
            "No deployment gives true alerts and faces together: true alerts per 1,000 faces are not known."
        )
    return ratio


def _disposals(rows: pd.DataFrame, silences: list[str]) -> tuple[dict[str, ClusteredShare], int]:
    """Shares of confirmed true alerts by how they ended, from rows whose parts add up; and how many do not."""
    ends = rows[list(ENDS)].copy()
    copied = disposals_copied(rows)
    ends.loc[copied, "other_disposal"] = 0.0  # one number printed twice, counted once to see whether parts add up
    given = rows["true_alerts"].notna() & ends.notna().all(axis=1)
    adds_up = given & (ends.sum(axis=1) == rows["true_alerts"])
    left_out = int((given & ~adds_up).sum())
    split = adds_up & ~copied
    found = {}
    for name, used in (("arrests", adds_up), ("other_disposal", split), ("no_action", split)):
        trials = rows["true_alerts"][used]
        if trials.sum() > 0:
            found[name] = clustered_share(ends[name][used].to_numpy(float), trials.to_numpy(float))
    if not found:
        silences.append(
            "No deployment gives confirmed true alerts with arrests, other disposals and no action that add up to them: "
            "nothing is learnt of disposals."
        )
    elif "no_action" not in found:
        silences.append(
            "Other disposals and no action are one number printed twice: only the share of arrests is learnt."
        )
    return found, left_out


def _stopped(frame: pd.DataFrame, scenario: Scenario, silences: list[str]) -> ClusteredShare | None:
    """False alerts that led to a stop, at the scenario's threshold alone: operators follow how often alerts are right."""
    known = frame[frame["false_stopped"].notna() & (frame["false_alerts"] > 0)]
    if not len(known):
        silences.append(
            "The record does not say of any false alert whether somebody was stopped, so nothing is learnt of stops that "
            "follow false alerts; the scenario's own value stays."
        )
        return None
    own, threshold = scenario.recogniser.threshold.value, known["threshold"]
    there = known[(threshold - own).abs() <= SAME_THRESHOLD] if frame["threshold"].notna().any() else known
    if not len(there):
        printed = sorted(threshold.dropna().unique())
        at = f"at {', '.join(f'{x:g}' for x in printed)}" if printed else "of rows without a threshold"
        silences.append(
            f"The record says of no false alert at the scenario's threshold of {own:g} whether somebody was stopped "
            f"({known['false_stopped'].sum():.0f} of {known['false_alerts'].sum():.0f} were {at}, "
            f"{known['date'].min():%Y-%m-%d} to {known['date'].max():%Y-%m-%d}); the scenario's own value stays."
        )
        return None
    return clustered_share(there["false_stopped"].to_numpy(float), there["false_alerts"].to_numpy(float))
