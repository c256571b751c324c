"""A claimed fall in offences as plain data: every method's p, what could have been seen, wards without the cameras."""

from __future__ import annotations

from typing import Any

from simulator.evidence.claim.falls import ChangeEvidence, PlaceboTest, PooledPlacebo, Sight
from simulator.evidence.claim.judged import Judged
from simulator.report.claim.change import tested


def change_data(judged: Judged) -> list[dict[str, Any]]:
    """One item for each base period that the claim could mean; none for other claims."""
    return [{"base": words, **_evidence(item)} for words, item in tested(judged).items()]


def _evidence(item: ChangeEvidence) -> dict[str, Any]:
    labels = ["poisson", *(phi.label for phi in item.claim.phis)]
    return {
        "fall": item.claim.fall,
        "months": item.claim.months,
        "before": item.counts.before,
        "after": item.counts.after,
        "methods": [
            {
                "method": method.method,
                "label": method.label,
                "measured": method.measured,
                "phi": None if method.test is None else method.test.phi,
                "p": method.p,
                "p_fall": method.p_fall,
                "p_range": None if method.p_range is None else list(method.p_range),
            }
            for method in item.methods
        ],
        "needed": [
            {"label": label, "alone": _sight(alone), "compared": _sight(compared)}
            for label, alone, compared in zip(labels, item.sights, item.sights_compared, strict=True)
        ],
        "placebo": [_window(test) for test in item.placebo],
        "placebo_pooled": None if item.pooled is None else _pooled(item.pooled),
        "by_chance": [
            {"places": found.wards, "phi": found.phi, "expected": found.expected, "range_95": list(found.range)}
            for found in item.by_chance
        ],
    }


def _sight(seen: Sight) -> dict[str, Any]:
    needed = [{"power": power, "offences": count} for power, count in zip(seen.powers, seen.needed, strict=True)]
    return {"phi": seen.design.phi, "power": seen.power, "needed": needed}


def _window(test: PlaceboTest) -> dict[str, Any]:
    window = test.window
    return {
        "first": window.first,
        "months": window.months,
        "wards": window.wards,
        "share": window.share,
        "share_95": list(test.interval),
        "median": window.median,
        "sd": window.sd,
        "min_base": window.min_base,
        "p": test.p,
        "p_less_trend": test.p_trend,
    }


def _pooled(found: PooledPlacebo) -> dict[str, Any]:
    return {
        "wards": found.wards,
        "ward_windows": found.ward_windows,
        "effective_wards": list(found.effective),
        "share": found.share,
        "share_95": list(found.interval),
        "shares": list(found.shares),
        "p": list(found.p),
        "p_less_trend": list(found.p_trend),
    }


__all__ = ["change_data"]
