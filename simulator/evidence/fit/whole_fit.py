"""The whole fit: what a record says of error rates, footfall, listed people and disposals, for one scenario."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.evidence.fit.blocks import ExactRate, RecordBlock, blocks_of, of_alerts
from simulator.evidence.fit.counts import CountModel, fit_counts
from simulator.evidence.fit.elasticity import Elasticity, elasticity
from simulator.evidence.fit.exposures import true_alerts
from simulator.evidence.fit.false_alerts import FalseAlerts, false_alerts
from simulator.evidence.fit.fitted_values import FMR, STOPPED
from simulator.evidence.fit.prior import Prior, prior_of
from simulator.evidence.fit.question import Question
from simulator.evidence.fit.ratios import ClusteredShare, Ratio, clustered_share
from simulator.evidence.fit.street_rows import (
    SAME_THRESHOLD,
    StreetRows,
    listed_k,
    other_days,
    ratio_of,
    street_k,
    street_rows,
    true_per_face,
)
from simulator.evidence.statistics.selection import Selection
from simulator.record import Records
from simulator.record.oddities import disposals_copied
from simulator.scenario.errors import Problem, ScenarioError
from simulator.scenario.models import Scenario

if TYPE_CHECKING:
    import pandas as pd

ENDS = ("arrests", "other_disposal", "no_action")


@dataclass(frozen=True, kw_only=True)
class PerHour:
    """What was counted per camera hour; None where no deployment gives it with its hours."""

    alerts: CountModel | None
    true_alerts: CountModel | None
    faces: CountModel | None


@dataclass(frozen=True, kw_only=True)
class Unconfirmed:
    """How many of the true alerts a force did not confirm, where the record says so."""

    events: float
    of_true_alerts: float


@dataclass(frozen=True, kw_only=True)
class Fit:
    """Everything the record says, for *scenario*; what it cannot say is None or absent, and told in *silences*.

    *street* has the deployments at the place asked for, *everywhere* those at all places, both at one threshold: error
    rates are of the recogniser, and how footfall moves listed people takes many days; both are learnt everywhere.
    """

    scenario: Scenario
    question: Question
    records: Records
    blocks: tuple[RecordBlock, ...]
    false_of_alerts: ExactRate | None
    selections: tuple[Selection, ...]
    false_alerts: FalseAlerts | None
    level_prior: Prior
    stopped_prior: Prior
    street: StreetRows
    everywhere: StreetRows
    per_hour: PerHour
    elasticity: Elasticity
    true_per_face: Ratio | None
    disposals: Mapping[str, ClusteredShare]
    disposals_left_out: int
    stopped: ClusteredShare | None
    unconfirmed: Unconfirmed
    silences: tuple[str, ...]


def fit_record(records: Records, scenario: Scenario, question: Question) -> Fit:
    """Estimate from *records* what *scenario* needs to know.

    Error rates come from all deployments between the days asked for; the street from those at the scenario's threshold
    (or the nearest there is) and at the place asked for. Raises ScenarioError where nothing is left to look at.
    """
    chosen = records.between(question.from_, question.until)
    if not len(chosen):
        span = f"{records.first} to {records.last}"
        raise ScenarioError(Problem(records.label, "", f"has no deployment in the days asked for; it has {span}"))
    silences: list[str] = []
    frame = chosen.frame
    false = false_alerts(frame, scenario, question, silences)
    if not question.error_rates_only:
        silences += other_days(chosen, scenario)
    street = street_rows(chosen, scenario, question.place, silences)
    everywhere = street_rows(chosen, scenario, None, []) if question.place else street
    rows = street.frame
    shares, left_out = _disposals(rows, silences)
    true = true_per_face(rows, scenario)
    if true is None:
        silences.append(
            "No deployment gives true alerts and faces together: true alerts per 1,000 faces are not known."
        )
    stopped = _stopped(frame, scenario, silences)
    by_threshold = blocks_of(frame)
    given = rows["unconfirmed"].notna() & rows["true_alerts"].notna()
    return Fit(
        scenario=scenario,
        question=question,
        records=chosen,
        blocks=by_threshold.blocks,
        false_of_alerts=of_alerts(frame),
        selections=by_threshold.selections,
        false_alerts=false,
        level_prior=prior_of(FMR, scenario.recogniser.fmr_at_anchor, frame, question),
        stopped_prior=prior_of(STOPPED, scenario.procedure.look.accept_false, frame, question),
        street=street,
        everywhere=everywhere,
        per_hour=PerHour(
            alerts=_counts(rows["alerts"], rows, listed_k(scenario)),
            true_alerts=_counts(true_alerts(rows), rows, listed_k(scenario)),
            faces=_counts(rows["faces"], rows, street_k(scenario)),
        ),
        elasticity=elasticity(everywhere.frame, frame),
        true_per_face=true,
        disposals=shares,
        disposals_left_out=left_out,
        stopped=stopped,
        unconfirmed=Unconfirmed(
            events=float(rows["unconfirmed"][given].sum()), of_true_alerts=float(true_alerts(rows)[given].sum())
        ),
        silences=tuple(silences),
    )


def _counts(events: pd.Series, rows: pd.DataFrame, own_k: float | None) -> CountModel | None:
    ratio = ratio_of(events, rows["hours"], rows, own_k)
    if ratio is None:
        return None
    return fit_counts(events.to_numpy(float), rows["hours"].to_numpy(float), ratio)


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
