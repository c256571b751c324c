"""Numbers given on the command line as plain data, in the form of ``claims.json`` (docs/reference/claims.md)."""

from __future__ import annotations

from typing import Any

from simulator.evidence.claim.judge import USUALLY_LEFT_OUT
from simulator.evidence.claim.stated_numbers import Answer, ByUnit
from simulator.evidence.claim.unmentioned import Simulated
from simulator.report.claim.data import INTERVALS, SCHEMA, carried_data, ends, needed_data, simulated_data
from simulator.report.claim.numbers import NO_VERDICT
from simulator.report.said import WRONGFUL_NOTE


def answer_data(answer: Answer, simulated: Simulated | None) -> dict[str, Any]:
    """Everything that the numbers say if they are right."""
    given = answer.given
    return {
        "schema": SCHEMA,
        "form": "numbers",
        "given": {
            "events": {name: [count.fewest, count.most] for name, count in given.events.items()},
            "units": dict(given.units),
            "one_in": given.one_in,
            "visits": None if given.visits is None else given.visits.per_person,
            "correlation": None if given.visits is None else given.visits.correlation,
            "year_faces": given.year_faces,
        },
        "no_verdict": NO_VERDICT,
        "intervals": INTERVALS,
        "rates": [_row(row) for row in answer.rows],
        "needed": [needed_data(item) for item in answer.needed],
        "carried": [carried_data(item) for item in answer.carried],
        "left_out": None if simulated is None else simulated_data(simulated, list(USUALLY_LEFT_OUT)),
        "note": WRONGFUL_NOTE,
    }


def _row(row: ByUnit) -> dict[str, Any]:
    return {
        "event": row.event,
        "per": row.unit,
        "fewest": row.count.fewest,
        "most": row.count.most,
        "bottom": row.number,
        "rates": list(row.ends),
        "interval_95": ends(row.interval),
        "one_sided_95": row.bound,
        "method": row.method,
        "mixture_95": ends(row.mixture),
        "median": row.median,
        "weight_of_each_count": 1 / (row.count.most - row.count.fewest + 1),
        "repeats_95": ends(row.again),
    }


__all__ = ["answer_data"]
