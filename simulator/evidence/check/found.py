"""check.json: what ``lfrsim check`` found, with what it was found from."""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from simulator.evidence.check.checked import Checked, Split
from simulator.scenario.models import Scenario

if TYPE_CHECKING:
    from simulator.record import Records


def document_of(scenario: Scenario, read: Records, used: int, checked: Checked, split: Split | None) -> dict[str, Any]:
    """Everything in *checked*, under the scenario and the records *read*, of which *used* rows have hours."""
    from simulator import __version__

    return {
        "schema_version": 1,
        "lfrsim": __version__,
        "scenario": {
            "name": scenario.name,
            "title": scenario.title,
            "what_if": scenario.what_if,
            "caveats": list(scenario.caveats),
        },
        "records": {
            "file": read.label,
            "rows": len(read) + read.skipped,
            "skipped": read.skipped,
            "skipped_lines": list(read.skipped_lines),
            "skipped_false_alerts": asdict(read.skipped_false),
            "without_hours": len(read) - used,
            "rows_without_hours": _without_hours(read),
            "oddities": len(read.oddities),
        },
        "split": None
        if split is None
        else {
            "train_from": None if split.train_from is None else str(split.train_from),
            "train_until": str(split.train_until),
        },
        **checked.found,
        "requirement": None,
    }


def _without_hours(read: Records) -> list[dict[str, Any]]:
    """The rows that cannot be forecast, with the false alerts that are left out with them (None where blank)."""
    rows = read.frame[read.frame["hours"].isna()].sort_values("date", kind="stable")
    return [
        {"row": int(row), "date": f"{date:%Y-%m-%d}", "alerts": _known(alerts), "false_alerts": _known(false)}
        for row, date, alerts, false in zip(
            rows["row"], rows["date"], rows["alerts"], rows["false_alerts"], strict=True
        )
    ]


def _known(x: float) -> float | None:
    return x if math.isfinite(x) else None
