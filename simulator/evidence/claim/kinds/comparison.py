"""A claim that one setting does better than another: two scenarios simulated side by side."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.claim.kinds import ComparisonClaim
from simulator.claim.models import Claim, ClaimFile
from simulator.evidence.claim.agreement import Finding, from_documents, sides_of
from simulator.evidence.claim.judged import Judged
from simulator.evidence.claim.kinds.fact import other_subjects
from simulator.evidence.claim.verdict import Precision, verdict
from simulator.evidence.statistics.intervals import Interval

CAMPAIGNS, SEED = 200, 1
SHOWN_MEASURES = ("alerts", "false_alerts", "wrongful_stops", "no_action_stops", "arrests")


@dataclass(frozen=True)
class Rates:
    """A simulated measure per unit in scenarios *a* and *b*, the *difference* b - a, and where 95 % of pairs have it."""

    a: float
    b: float
    difference: float
    difference_95: Interval


def judge(key: str, claim: Claim, file: ClaimFile) -> Judged:
    """Simulate both scenarios and show them side by side; what settles the claim is documents, for a simulation is no record."""
    compared = claim.comparison
    if compared is None:
        raise ValueError("the claim is not of a comparison")
    rates = _simulated(compared)
    findings = (
        Finding(
            "simulation", "simulated", "simulated", "lfrsim", f"{compared.a}, {compared.b}",
            f"{compared.b} against {compared.a}, {CAMPAIGNS} simulated campaigns of each", rates[compared.measure].difference,
        ),
        *from_documents(claim.documents),
    )  # fmt: skip
    precision = Precision(not claim.asserts_cause, "cause" if claim.asserts_cause else "counted")
    pictures = other_subjects(findings)
    return Judged(
        key, claim, compared.per, findings, precision, pictures,
        verdict(sides_of(findings), precision, compared.per, pictures),
        extra={"a": compared.a, "b": compared.b, "measure": compared.measure, "says": compared.says,
               "campaigns": CAMPAIGNS, "seed": SEED, "rates": rates},
    )  # fmt: skip


def _simulated(compared: ComparisonClaim) -> dict[str, Rates]:
    """Each shown measure per unit in both scenarios, inputs drawn from their intervals: a, b and B - A with its range.

    The range is over single pairs of campaigns' inputs (95 %), not the Monte Carlo error of the average.
    """
    import numpy as np

    from simulator.evidence.compare.comparison import compare, pair_of
    from simulator.evidence.run.study import IGNORANCE
    from simulator.response.engines import engine_named
    from simulator.scenario.loader import load_scenario

    found = compare(
        pair_of(load_scenario(compared.a), load_scenario(compared.b)), CAMPAIGNS, SEED, engine_named("auto")
    )
    values = found.passes[IGNORANCE]
    sides = (found.pair.a, found.pair.b)
    below = {
        "campaign": np.ones((2, CAMPAIGNS)),
        "camera_hour": np.array([[side.campaign.camera_hours] * CAMPAIGNS for side in sides]),
        "100k_faces": values["faces"] / 1e5,
    }[compared.per]
    rates: dict[str, Rates] = {}
    for name in dict.fromkeys((compared.measure, *SHOWN_MEASURES)):
        of_a, of_b = values[name].sum(axis=1) / below.sum(axis=1)
        each = values[name] / np.maximum(below, 1e-300)
        low, high = np.quantile(each[1] - each[0], [0.025, 0.975])
        rates[name] = Rates(float(of_a), float(of_b), float(of_b - of_a), Interval(float(low), float(high)))
    return rates


__all__ = ["judge"]
