"""Judged claims as plain data: ``lfrsim claim --json`` and ``claims.json`` (docs/reference/claims.md)."""

from __future__ import annotations

import math
from typing import Any

from simulator.claim.models import ClaimFile
from simulator.evidence.claim.agreement import Finding
from simulator.evidence.claim.consistency import Check
from simulator.evidence.claim.judge import Report
from simulator.evidence.claim.judged import AtItsWord, Benchmarked, Carried, Judged, Needed, RateTable
from simulator.evidence.claim.ratios import Ratio
from simulator.evidence.claim.unmentioned import LEVEL, Simulated
from simulator.evidence.claim.verdict import RULE
from simulator.evidence.statistics.intervals import Interval
from simulator.report.claim import change_data, comparison
from simulator.report.claim.checks import check_text
from simulator.report.claim.key_figure import key_figure
from simulator.report.claim.unmentioned import names_of
from simulator.report.claim.verdicts import precision_text, read_as, reason_text, verdict_text
from simulator.report.said import WRONGFUL_NOTE

SCHEMA = "lfrsim-claims/1"
INTERVALS = {
    "interval_95": "exact two-sided 95 % interval (Garwood, Clopper-Pearson, ratio of two counts), as if nobody came twice",
    "repeats_95": "the same at the effective sample size, where the file says how often people come past (assumed)",
    "one_sided_95": "one-sided 95 % upper bound where nothing was counted",
    "per_passage": "what the unknown counting of faces leaves of the rate per passage",
    "predicted_95": "95 % of whole counts to come: chance, and what is not known of the rate",
    "campaign_90": "90 % of simulated campaigns with inputs drawn from their intervals",
}


def ends(interval: Interval | None) -> list[float | None] | None:
    """Both ends of an interval; None for an end that is infinite."""
    return None if interval is None else [end if math.isfinite(end) else None for end in interval]


def report_data(report: Report) -> dict[str, Any]:
    """Everything that was found of a claim file."""
    file = report.file
    return {
        "schema": SCHEMA,
        "form": "file",
        "file": {
            key: getattr(file, key)
            for key in ("name", "title", "said_by", "said_on", "source", "description", "scenario")
        },
        "rule": list(RULE),
        "intervals": INTERVALS,
        "evidence": {name: item.model_dump(mode="json") for name, item in file.evidence.items()},
        "claims": [claim_data(judged, file) for judged in report.judged],
        "checks": [check_data(check, file) for check in report.checks],
        "left_out": None if report.simulated is None else simulated_data(report.simulated, names_of(report.judged)),
        "note": WRONGFUL_NOTE,
    }


def claim_data(judged: Judged, file: ClaimFile) -> dict[str, Any]:
    """Everything that was found of one claim; keys that its kind does not have are empty."""
    found = judged.verdict
    return {
        "key": judged.key,
        "kind": judged.claim.kind,
        "statement": judged.claim.statement,
        "said_by": judged.claim.said_by or file.said_by,
        "said_on": judged.claim.said_on or file.said_on,
        "read_as": read_as(judged, file) or None,
        "unit": judged.unit,
        "verdict": {
            "outcome": found.outcome,
            "words": verdict_text(judged),
            "reason": found.reason,
            "because": reason_text(judged),
            "x": found.x,
            "y": found.y,
        },
        "key_figure": key_figure(judged, file),
        "numbers": [finding_data(item) for item in judged.findings],
        "precision": {"shown": judged.precision.shown, "why": judged.precision.why, "words": precision_text(judged)},
        "per_what": [
            {
                "unit": item.unit,
                "rate": item.rate,
                "factor": item.factor,
                "another": item.another,
                "source": item.source,
            }
            for item in judged.pictures
        ],
        "rates": [table_data(table, file) for table in judged.tables],
        "at_its_word": [word_data(item) for item in judged.at_its_word],
        "needed": [needed_data(item) for item in judged.needed],
        "carried": [carried_data(item) for item in judged.carried],
        "benchmarks": [benchmark_data(item) for item in judged.benchmarks],
        "spread_over": judged.extra.get("spread_over", []),
        "change": change_data.change_data(judged),
        "comparison": comparison.data(judged),
        "left_out": list(judged.claim.left_out),
        "notes": list(judged.claim.notes),
    }


def finding_data(item: Finding) -> dict[str, Any]:
    """What one piece of evidence says of a claim."""
    return {
        "name": item.name,
        "relation": item.relation,
        "grade": item.grade,
        "publication": item.publication,
        "source": item.source,
        "what": item.what,
        "of": item.of,
        "number": item.number,
        "rate": None if item.ratio is None else ratio_data(item.ratio),
    }


def ratio_data(ratio: Ratio, plain: Ratio | None = None) -> dict[str, Any]:
    """One figure by another; *plain* is the same if nobody came twice."""
    exact = plain or ratio
    again = exact.interval != ratio.interval
    return {
        "event": ratio.event,
        "per": ratio.per,
        "top": ratio.top,
        "bottom": ratio.bottom,
        "rate": ratio.rate,
        "interval_95": ends(exact.interval),
        "one_sided_95": exact.bound,
        "method": exact.method,
        "repeats_95": ends(ratio.interval) if again else None,
    }


def table_data(table: RateTable, file: ClaimFile) -> dict[str, Any]:
    """One event by every unit that a piece of evidence states."""
    return {
        "evidence": table.of,
        "event": table.event,
        "by_unit": [ratio_data(ratio, ratio) for ratio in table.ratios],
        "per_passage": ends(table.passages),
    }


def word_data(item: AtItsWord) -> dict[str, Any]:
    """What a claimed count says of the rate, taken at its word."""
    law = item.law
    return {
        "event": item.event,
        "per": item.unit,
        "fewest": law.fewest,
        "most": law.most,
        "exposure": law.exposure,
        "weight_of_each_count": law.weight,
        "envelope_95": ends(item.envelope),
        "mixture_95": ends(item.mixture),
        "median": item.median,
    }


def needed_data(item: Needed) -> dict[str, Any]:
    """What would have to be observed to show a limit."""
    return {
        "one_in": item.one_in,
        "per": item.unit,
        "units_needed": [{"events": seen, "units": exposure} for seen, exposure in item.exposures.items()],
        "shown": item.shown,
    }


def carried_data(item: Carried) -> dict[str, Any]:
    """A rate carried over a larger use."""
    return {
        "words": item.words,
        "source": item.source,
        "grade": item.grade,
        "basis": item.basis,
        "per": item.unit,
        "exposure": item.exposure,
        "mean": item.mean,
        "predicted_95": ends(item.predicted),
    }


def benchmark_data(item: Benchmarked) -> dict[str, Any]:
    """An observed share beside one that somebody might expect."""
    return {
        "share": item.benchmark.share,
        "words": item.benchmark.words,
        "top": item.top,
        "bottom": item.bottom,
        "p_at_least": item.at_least,
        "p_at_most": item.at_most,
    }


def check_data(check: Check, file: ClaimFile) -> dict[str, Any]:
    """One check among published figures."""
    return {
        "kind": check.kind,
        "figure": check.figure,
        "of": list(check.of),
        "left": check.left,
        "right": check.right,
        "holds": check.holds,
        "words": check_text(check, file),
    }


def simulated_data(found: Simulated, names: list[str]) -> dict[str, Any]:
    """What claims leave out, simulated."""
    return {
        "simulated": True,
        "scenario": found.scenario,
        "campaigns": found.replications,
        "seed": found.seed,
        "level": LEVEL,
        "measures": {
            name: {"words": item.words, "unit": item.unit, "mean": item.mean, "campaign_90": ends(item.campaigns)}
            for name in names
            if (item := found.measures.get(name)) is not None
        },
    }


__all__ = ["INTERVALS", "SCHEMA", "carried_data", "ends", "needed_data", "report_data", "simulated_data"]
