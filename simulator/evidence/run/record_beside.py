"""The published record of a scenario beside what its campaigns would put on record, and which checks it misses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

import numpy as np
from pydantic import Field

from simulator.evidence.kept import LEFT_OUT
from simulator.evidence.run.rates import PREDICTION_LEVEL, Range
from simulator.evidence.run.study import CHANCE, IGNORANCE, Study
from simulator.evidence.statistics.intervals import (
    central_range,
    clopper_pearson,
    fewest_for_range,
    garwood,
    prediction_interval,
    zero_bound,
)
from simulator.scenario.quantity import Array

RECORD_MEASURES: dict[str, tuple[str, ...]] = {
    "faces": ("faces",),
    "alerts": ("recorded_alerts",),
    "arrests": ("arrests",),
    "recorded_false": ("recorded_false",),
    "unconfirmed_true": ("unconfirmed_true",),
    "stops": ("stops",),
    "stopped_on_false_alert": ("recorded_false_stopped",),
    # a stop is recorded under a false alert or under a true one
    "stopped_on_true_alert": ("stops", "-recorded_false_stopped"),
    "arrested_on_false_alert": ("wrongful_arrests", "other_offence_arrests"),
}

# Campaigns are like a record that lies in the middle half of them: further out one is not far from being unlike it.
LIKE = 0.5


@dataclass(frozen=True, kw_only=True)
class OutsideCheck:
    """A recorded *figure* that no input was fitted to and that lies outside what 9 in 10 campaigns bring."""

    figure: str
    recorded: int
    campaign_90: Range


@dataclass(frozen=True, kw_only=True)
class RecordedFigure:
    """A published figure beside what single campaigns, unknown inputs included, would put on record.

    *campaign_90* and *inside* are None where there are too few campaigns to tell.
    """

    recorded: int
    simulated_mean: float
    campaign_90: Range | None
    inside: bool | None
    calibrated_to: bool
    shares_data: bool
    note: Annotated[str | None, Field(**LEFT_OUT)] = None


@dataclass(frozen=True, kw_only=True)
class RecordBeside:
    """The published record beside the recorded ledger, *rows* by figure, and what its false alerts bound by themselves."""

    source: str
    grade: str
    rows: Mapping[str, RecordedFigure]
    recorded_false_95_exact: Mapping[str, Range] | None
    none_recorded_95_one_sided_per_face: float | None


def recorded(measures: dict[str, Array], figure: str) -> Array:
    """What each campaign would show of a *figure* of the record: sums and differences (-) of *measures*."""
    parts = [-measures[name[1:]] if name[0] == "-" else measures[name] for name in RECORD_MEASURES[figure]]
    return np.asarray(np.sum(parts, axis=0))


def figures_like(study: Study) -> dict[str, int]:
    """The published figures that campaigns at the best inputs are like, so that being unlike them says something.

    None at another threshold or list size than the scenario's own, nor of too few campaigns; and none where the campaigns are
    unlike one that inputs were set by, as where somebody has set another threshold than that of the record.
    """
    record, best = study.scenario.record, study.passes[CHANCE]
    if record is None or not study.own_cell or study.replications < fewest_for_range(PREDICTION_LEVEL):
        return {}
    near = {figure: central_range(recorded(best, figure), LIKE) for figure in record.figures}
    like = {name: it for name, it in record.figures.items() if near[name][0] <= it <= near[name][1]}
    return like if {*record.calibrated, *record.shares_data} <= like.keys() else {}


def outside_checks(study: Study) -> tuple[OutsideCheck, ...]:
    """The published figures that no input was fitted to and that lie outside what 9 in 10 campaigns bring."""
    record = record_of(study)
    if record is None:
        return ()
    outside = [
        OutsideCheck(figure=name, recorded=row.recorded, campaign_90=row.campaign_90)
        for name, row in record.rows.items()
        if row.campaign_90 and not (row.inside or row.calibrated_to or row.shares_data)
    ]
    # false alerts first: the headline is of them
    return tuple(sorted(outside, key=lambda check: not check.figure.endswith("on_false_alert")))


def record_of(study: Study) -> RecordBeside | None:
    """The published record beside the recorded ledger: the only one of the two that may be compared with it."""
    record = study.scenario.record
    if record is None:
        return None
    rows = {}
    for field, observed in record.figures.items():
        simulated = recorded(study.passes[IGNORANCE], field)
        ends = prediction_interval(simulated, PREDICTION_LEVEL)
        rows[field] = RecordedFigure(
            recorded=observed,
            simulated_mean=float(simulated.mean()),
            campaign_90=ends,
            inside=ends and bool(ends.low <= observed <= ends.high),
            calibrated_to=field in record.calibrated,
            shares_data=field in record.shares_data,
            note=record.notes.get(field),
        )
    bounds: dict[str, Range] | None = None
    if record.recorded_false is not None:
        bounds = {}
        if record.faces:
            low, high = garwood(record.recorded_false, 0.95)
            bounds["face"] = low / record.faces, high / record.faces
        if record.alerts:
            bounds["alert"] = clopper_pearson(record.recorded_false, record.alerts, 0.95)
    return RecordBeside(
        source=record.source,
        grade=record.grade,
        rows=rows,
        recorded_false_95_exact=bounds,
        none_recorded_95_one_sided_per_face=(
            zero_bound(record.faces, 0.95) if record.recorded_false == 0 and record.faces else None
        ),
    )


__all__ = ["OutsideCheck", "RecordBeside", "RecordedFigure", "figures_like", "outside_checks", "record_of", "recorded"]
