"""A fit as plain data: what ``lfrsim fit --json`` prints and the tables are made from."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from simulator.evidence.fit.blocks import Block, factors
from simulator.evidence.fit.counts import CountModel
from simulator.evidence.fit.exposures import WHY
from simulator.evidence.fit.fitted_inputs import FittedInputs
from simulator.evidence.fit.level_slope import poisson_p
from simulator.evidence.fit.ratios import ClusteredShare, Ratio
from simulator.evidence.fit.street_rows import many_sites
from simulator.evidence.fit.whole_fit import FalseAlerts, Fit, prior_words
from simulator.evidence.statistics.intervals import garwood, zero_bound
from simulator.scenario.errors import Problem
from simulator.scenario.inputs import quantities

if TYPE_CHECKING:
    import pandas as pd


def summarise_fit(fit: Fit, found: FittedInputs) -> dict[str, Any]:
    """Everything about *fit* and the inputs *found* with it, in JSON's terms (None for what is not known)."""
    records, question, frame = fit.records, fit.question, fit.records.frame
    return {
        "record": {
            "file": records.label,
            "deployments": len(records),
            "first": str(records.first),
            "last": str(records.last),
            "hours": records.hours,
            "skipped_rows": records.skipped,
            "without_threshold": int(frame["threshold"].isna().sum()),
            "skipped": [_problem(item) for item in records.problems],
            "skipped_lines": list(records.skipped_lines),
            "skipped_false_alerts": vars(records.skipped_false),
            "oddities": [_problem(item) for item in records.oddities],
            "ignored_columns": list(records.ignored),
        },
        "scenario": {"name": fit.scenario.name, "title": fit.scenario.title},
        "question": {
            "exposure": question.exposure.name,
            "unit": question.exposure.unit,
            "takes_for_granted": question.exposure.assumes,
            "why_the_default": WHY,
            "from": str(question.first) if question.first else None,
            "until": str(question.last) if question.last else None,
            "place": question.place,
            "slope_prior": question.slope_prior,
            "error_rates_only": question.errors_only,
        },
        "blocks": [_block(block) for block in fit.blocks],
        "rarer_at_highest": {
            name: {"factor": factor, "interval_95": list(interval)}
            for name, (factor, interval) in (
                factors(fit.blocks[0], fit.blocks[-1]) if len(fit.blocks) > 1 else {}
            ).items()
        },
        "false_alerts": None if fit.false_alerts is None else _false_alerts(fit, fit.false_alerts),
        "street": {
            "threshold": fit.street.threshold,
            "deployments": len(fit.street.frame),
            "sites": fit.street.sites,
            "cautions": [] if question.errors_only else many_sites(fit.street, question.place),
            "list_size": _finite(fit.street.list_size),
        },
        "per_hour": {
            "alerts": _counts(fit.alerts),
            "true_alerts": _counts(fit.true_alerts),
            "faces": _counts(fit.faces),
        },
        "true_alerts_per_1000_faces": _ratio(fit.true_per_face, 1000),
        "unconfirmed": {"events": fit.unconfirmed[0], "of_true_alerts": fit.unconfirmed[1]},
        "disposals": {name: _share(share) for name, share in fit.disposals.items()},
        "disposals_left_out": fit.disposals_left_out,
        "false_alerts_stopped": None if fit.stopped is None else _share(fit.stopped),
        "share_recorded": {"true": found.left.true, "false": found.left.false, "basis": "simulated"},
        "inputs": _inputs(fit, found),
        "cannot_say": list(found.stays),
    }


def _problem(problem: Problem) -> dict[str, str]:
    return {"place": problem.place, "column": problem.field, "what": problem.rule}


def _finite(x: float) -> float | None:
    return x if math.isfinite(x) else None


def _block(block: Block) -> dict[str, Any]:
    rates: dict[str, dict[str, Any]] = {
        name: {"rate": rate, "exact_95": list(interval), "of": of} for name, (rate, interval, of) in block.rates.items()
    }
    if block.false_alerts == 0:
        # alerts are trials, each false or not; in hours and faces false alerts come as Poisson events
        for name, item in rates.items():
            none = zero_bound(item["of"]) if name == "alert" else garwood(0, 0.90).high / item["of"]
            item["none_in_95_one_sided"] = none
    return {
        "threshold": block.threshold,
        "first": str(block.first),
        "last": str(block.last),
        "deployments": block.deployments,
        "hours": block.hours,
        "false_alerts": block.false_alerts,
        "alerts": block.alerts,
        "faces_per_hour": _finite(block.faces_per_hour),
        "per": rates,
    }


def _false_alerts(fit: Fit, false: FalseAlerts) -> dict[str, Any]:
    counts, likeliest = false.counts, false.likeliest
    last = len(counts.thresholds) - 1
    pair = counts.pair(0, last) if last > 0 else None
    low, middle, high = false.law.slope_quantiles()
    own = fit.scenario.recogniser.threshold.value
    at = sorted({*counts.thresholds.tolist(), own})
    return {
        "thresholds": counts.thresholds.tolist(),
        "counts": counts.k.tolist(),
        "exposure": counts.exposure.tolist(),
        "deployments_left_out": false.missing,
        "likeliest": None
        if likeliest is None
        else {
            "slope": likeliest.slope,
            "standard_error": likeliest.error,
            "expected_counts": list(likeliest.fitted),
            "p_of_counts": [poisson_p(k, mean) for k, mean in zip(counts.k.tolist(), likeliest.fitted, strict=True)],
        },
        "lowest_against_highest": None
        if pair is None
        else {
            "slope": pair[0],
            "interval_95": list(pair[1]),
            "factor": math.exp(pair[0] * float(counts.thresholds[-1] - counts.thresholds[0])),
            "factor_95": [math.exp(end * float(counts.thresholds[-1] - counts.thresholds[0])) for end in pair[1]],
            "same_rate_p": counts.same_rate_p(0, last),
        },
        "slope_learnt": false.learnt,
        "slope_prior": prior_words(fit.question, false.learnt),
        "slope": {"median": middle, "interval_95": [low, high]},
        "by_list": fit.question.exposure.by_list,
        "list_size": fit.scenario.watchlist.size.value,
        "record_list_sizes": _range(fit.records.frame),
        "rates": [_rate_at(fit, false, threshold) for threshold in at],
        "dispersion": _finite(false.dispersion),
    }


def _range(frame: pd.DataFrame) -> list[float] | None:
    """The smallest and the largest watchlist of the deployments whose false alerts are counted."""
    sizes = frame["watchlist_size"][frame["false_alerts"].notna()].dropna()
    return [float(sizes.min()), float(sizes.max())] if len(sizes) else None


def _rate_at(fit: Fit, false: FalseAlerts, threshold: float) -> dict[str, Any]:
    """False alerts per hour or face with the scenario's own list, or per true alert, at *threshold*."""
    by_list = fit.question.exposure.by_list
    exponent = fit.scenario.recogniser.list_size_exponent.value
    entries = fit.scenario.watchlist.size.value**exponent if by_list else 1.0
    low, middle, high = (entries * rate for rate in false.law.rate_quantiles(threshold))
    return {
        "threshold": threshold,
        # without a single false alert the law is Jeffreys' prior with a bound: its middle says nothing of the record
        "median": middle if false.counts.k.any() else None,
        "interval_95": [low, high] if false.counts.k.any() else [0.0, high],
        "extrapolated": not false.counts.thresholds[0] <= threshold <= false.counts.thresholds[-1],
    }


def _counts(model: CountModel | None) -> dict[str, Any] | None:
    if model is None:
        return None
    return {
        "deployments": model.deployments,
        "events": model.events,
        "hours": model.exposure,
        "rate": model.rate,
        "rate_95": list(model.rate_95),
        "law": "Poisson" if model.poisson else "negative binomial",
        "dispersion": _finite(model.dispersion),
        "k": _finite(model.k),
        "k_95": [_finite(end) for end in model.k_95],
    }


def _ratio(ratio: Ratio | None, factor: float) -> dict[str, Any] | None:
    if ratio is None:
        return None
    return {
        "deployments": ratio.deployments,
        "events": ratio.events,
        "of": ratio.base,
        "value": factor * ratio.value,
        "interval_95": [factor * end for end in ratio.interval_95],
    }


def _share(share: ClusteredShare) -> dict[str, Any]:
    return {
        "deployments": share.deployments,
        "events": share.events,
        "of": share.trials,
        "share": share.value,
        "interval_95": list(share.interval_95),
        "dispersion": share.dispersion,
        "beta": {"a": share.a, "b": share.b},
    }


def _inputs(fit: Fit, found: FittedInputs) -> list[dict[str, Any]]:
    known = dict(quantities(fit.scenario))
    rows = []
    for item in found.inputs:
        before = known.get(item.key)
        ends = before.interval() if before is not None else None
        rows.append(
            {
                "key": item.key,
                "value": item.value,
                "interval_95": [item.low, item.high],
                "law": None if item.law is None else {"name": item.law[0], "numbers": list(item.law[1:])},
                "jointly": item.key in found.draws,
                "before": None if before is None else before.value,
                "before_95": list(ends) if ends and ends[0] < ends[1] else None,
                "before_grade": None if before is None else before.grade,
                "source": item.source,
            }
        )
    return rows
