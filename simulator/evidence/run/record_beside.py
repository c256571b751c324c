"""The published record of a scenario beside what its campaigns would put on record, and which checks it misses."""

from __future__ import annotations

from typing import Any

import numpy as np

from simulator.evidence.run.rates import PREDICTION_LEVEL
from simulator.evidence.run.study import IGNORANCE, Study
from simulator.evidence.statistics.intervals import clopper_pearson, garwood, prediction_interval, zero_bound
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


def recorded(measures: dict[str, Array], figure: str) -> Array:
    """What each campaign would show of a *figure* of the record: sums and differences (-) of *measures*."""
    parts = [-measures[name[1:]] if name[0] == "-" else measures[name] for name in RECORD_MEASURES[figure]]
    return np.asarray(np.sum(parts, axis=0))


def outside_checks(study: Study) -> list[dict[str, Any]]:
    """The published figures that no input was fitted to and that lie outside what 9 in 10 campaigns bring."""
    record = record_of(study)
    # one campaign is never quite like a record
    if record is None or study.replications < 2:
        return []
    outside = [
        {"figure": name, "recorded": row["recorded"], "campaign_90": row["campaign_90"]}
        for name, row in record["rows"].items()
        if not (row["inside"] or row["calibrated_to"] or row["shares_data"])
    ]
    # false alerts first: the headline is of them
    return sorted(outside, key=lambda check: not check["figure"].endswith("on_false_alert"))


def record_of(study: Study) -> dict[str, Any] | None:
    """The published record beside the recorded ledger: the only one of the two that may be compared with it."""
    record = study.scenario.record
    if record is None:
        return None
    rows = {}
    for field, observed in record.figures.items():
        simulated = recorded(study.passes[IGNORANCE], field)
        low, high = prediction_interval(simulated, PREDICTION_LEVEL)
        rows[field] = {
            "recorded": observed,
            "simulated_mean": float(simulated.mean()),
            "campaign_90": [low, high],
            "inside": bool(low <= observed <= high),
            "calibrated_to": field in record.calibrated,
            "shares_data": field in record.shares_data,
        } | ({"note": record.notes[field]} if field in record.notes else {})
    bounds = None
    if record.recorded_false is not None:
        bounds = {}
        if record.faces:
            bounds["face"] = [x / record.faces for x in garwood(record.recorded_false, 0.95)]
        if record.alerts:
            bounds["alert"] = list(clopper_pearson(record.recorded_false, record.alerts, 0.95))
    none_in = zero_bound(record.faces, 0.95) if record.recorded_false == 0 and record.faces else None
    return {
        "source": record.source,
        "grade": record.grade,
        "rows": rows,
        "recorded_false_95_exact": bounds,
        "none_recorded_95_one_sided_per_face": none_in,
    }


__all__ = ["RECORD_MEASURES", "outside_checks", "record_of", "recorded"]
