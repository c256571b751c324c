"""Small crowded campaigns with every option on: many alerts per face, so that few replications tell much."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from simulator.scenario.models import Scenario

NUMBER = 30
GROUPS = ("a", "b")
STARTS = ("09:30", "16:30", "23:30", "05:30")


@dataclass(frozen=True)
class Case:
    """A *scenario* with the envelope (threshold, size) of its draw, and the *cells* inside it to look at.

    Where there is an *other* scenario, its values (not its structure) hold in every other replication.
    """

    scenario: Scenario
    envelope: tuple[float, float]
    cells: tuple[tuple[float, float], ...]
    other: Scenario | None = None


@cache
def case(number: int) -> Case:
    """Random case *number*: a fifth without a pool, a third `npl`, some with gamma 0 or growth exponent 0, half with regulars."""
    rng = np.random.default_rng([20_260_116, number])

    def between(low: float, high: float) -> float:
        return float(np.round(rng.uniform(low, high), 4))

    ends = 1 if number % 7 == 6 else 2
    gamma = 0.0 if number % 8 == 5 else 1.0 if number % 8 == 2 else between(0.2, 0.95)
    growth = 0.0 if number % 9 == 4 else between(0.3, 1.2)
    size = int(rng.integers(60, 140))
    top_size = float(round(size * between(1.1, 1.4)))
    reference = int(rng.integers(50, 140))
    low_threshold = between(0.56, 0.58)
    threshold = low_threshold + between(0.02, 0.04)
    anchor, slope = between(0.60, 0.64), between(10, 22)
    kin_per_passage, kin_tpir = between(0.02, 0.05), between(0.15, 0.4)

    # The mean number of exceedances at the envelope; the level at 0.64 must leave room for the kin floor.
    exceedances = between(0.15, 0.5)
    at_064 = exceedances * float(np.exp(-slope * (0.64 - low_threshold))) * (reference / top_size) ** gamma
    measured_with = (40.0, 100.0, 400.0)[number % 3]
    worth = measured_with * (reference / measured_with) ** gamma
    fmr_at_anchor = at_064 / worth * float(np.exp(slope * (0.64 - anchor)))
    kin_per_passage = min(kin_per_passage, 0.5 * at_064 / kin_tpir)

    days = int(rng.integers(2, 5))
    hours = [between(1, 3) for _ in range(days)]
    passages = between(50, 250)
    listed = between(50, 110)
    tpir = between(0.5, 0.8)
    street_share, list_share, passing_share = between(0.3, 0.7), between(0.3, 0.7), between(0.3, 0.7)
    pool = None if number % 5 == 3 else int(rng.integers(60, 400))
    document: dict[str, Any] = {
        "name": f"random-{number}",
        "title": "a random case",
        "campaign": {
            # the second deployment of some cases is on the day of the first
            "deployments": tuple(
                {
                    "date": f"2026-01-{10 + (0 if d == 1 and number % 4 == 0 else d)}",
                    "hours": hours[d],
                    "start": STARTS[d],
                }
                for d in range(days)
            )
        },
        "street": {
            "passages_per_hour": passages * days / sum(hours),
            "day_dispersion_k": between(2, 8),
            "camera_ends": ends,
            "share_passing_both": between(0.2, 0.7) if ends == 2 else 0.0,
            "between_ends_min": 2.0,
            "return_same_day": between(0.1, 0.5),
            "groups": tuple(
                {
                    "name": name,
                    "street_share": abs(i - street_share),
                    "list_share": abs(i - list_share),
                    "listed_passages_share": abs(i - passing_share),
                    "score_shift": between(-0.05, 0.05),
                }
                for i, name in enumerate(GROUPS)
            ),
            "group_matrix": ((between(0.5, 3), between(0.1, 1)), (between(0.1, 1), between(0.5, 5))),
        },
        "watchlist": {
            "size": size,
            "reference_size": reference,
            "growth_exponent": growth,
            "day_dispersion_k": between(2, 8),
            "footfall_elasticity": (0.5, 0.0, 1.0, 0.3)[number % 4],
            "conditions_share": between(0.2, 0.5),
            "stale_share": between(0.05, 0.3),
        },
        "recogniser": {
            "threshold": threshold,
            "fmr_at_anchor": fmr_at_anchor,
            "anchor_threshold": anchor,
            "slope_per_unit": slope,
            "tpir_at_anchor": tpir,
            "capture_rate": between(0.85, 0.97),
            "score_sd": between(0.08, 0.18),
            "list_size_exponent": gamma,
            "reference_list_size": measured_with,
            "fmr_day_dispersion_k": between(2, 6),
            "lookalike_persistence_same_day": between(0.5, 0.9),
            "lookalike_persistence_across_days": between(0.2, 0.5),
            "detection_correlation": between(0.1, 0.5),
            "kin_per_100k_passages": kin_per_passage * 1e5,
            "kin_tpir_at_anchor": kin_tpir,
            "kin_detection_correlation": between(0.1, 0.5),
        },
        **_ample_force(between),
    }
    if pool is not None:
        told: dict[str, Any] = {"pool_people": pool}
        if number % 6 == 1:
            told = {"visits_per_person": passages * days / (1.7 * pool)}
        if number % 2 == 0:
            told["visit_dispersion_k"] = (0.4, 1.0, 2.5)[number % 3]
        document["street"] |= told
    if number % 3 == 1:
        document["recogniser"]["preset"] = "npl"
    if number % 4 == 3:
        document["watchlist"]["true_alerts_per_1000_passages"] = listed * tpir
        if number % 8 == 3:
            document["watchlist"]["reference_threshold"] = threshold + 0.05
    else:
        document["watchlist"]["listed_per_1000_passages"] = listed
    scenario = Scenario.model_validate(document)
    cells = (
        (low_threshold, top_size),
        (threshold, float(size)),
        (low_threshold, float(round(0.4 * top_size))),
        (threshold + 0.03, float(top_size)),
        (threshold + 0.02, float(round(0.6 * size))),
    )
    return Case(scenario, (low_threshold, top_size), cells)


def _ample_force(between: Any) -> dict[str, Any]:
    """Officers for everybody and no time lost: only arrests and recognised people matter."""
    at_once = {"median_min": 0.0, "law": "fixed"}
    return {
        "officers": {"operators": 99, "teams": 99, "checkers": 99, "vans": 99},
        "procedure": {
            "reach": {"median_min": 600.0, "law": "fixed"},
            "review": at_once,
            "search": at_once,
            "check": at_once,
            "check_wrong_person": at_once,
            "custody": at_once,
            "look": {"accept_true": between(0.9, 1), "accept_false": between(0.5, 0.9)},
            "not_found": between(0, 0.1),
            "remembered": 1.0,
            "check_error": between(0.05, 0.2),
            "other_offence_arrest": between(0.05, 0.2),
            "disposals": {
                "wanted_arrest": between(0.5, 0.8),
                "wanted_other": 0.1,
                "conditions_arrest": between(0.2, 0.5),
                "conditions_other": 0.1,
                "stale_arrest": between(0.2, 0.4),
            },
            "hold_limit_min": 15.0,
            "van_limit_min": 30.0,
        },
    }
