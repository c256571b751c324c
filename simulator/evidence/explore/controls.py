"""The controls of the street: where they stand in a scenario, their steps, and what each source of error rates makes of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from simulator.evidence.counted.listed_people import people_who_come
from simulator.evidence.explore.bank import SCORE_PARTS
from simulator.evidence.explore.moved import CORRELATION, Moved, factors_of, fixed, moved_inputs
from simulator.evidence.explore.steps import capture_steps, times_own, with_own
from simulator.evidence.explore.thinning import CAPTURE_PARTS, FOOTFALL_PARTS, Most, days_kept, own_score
from simulator.experiment.memory import rate_key
from simulator.experiment.store import scenario_data
from simulator.scenario.inputs import median_inputs, quantities
from simulator.scenario.laws import beta_from_interval
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Quantity
from simulator.scenario.year import VISITS
from simulator.street.footfall import passing, profile_of, trips_by_place
from simulator.street.listed import listed_share
from simulator.street.recogniser import ScoreLaws

# The most is what a page has room for; both go past the ranges of the shipped scenarios.
FOOTFALL, LISTED, EXPONENTS = range(4, 25), range(4, 21), (0.5, 0.8, 1.0)
# Deployments of a year, in such parts of the scenario's.
DOZEN = 12
# Beyond this share of listed people among passers-by a list is not one of a few who are looked for.
MOST_LISTED = 0.5


@dataclass(frozen=True, kw_only=True)
class StreetControls:
    """Where the controls of the street stand (*own*), the *steps* of those that move, and why the others do not (*fixed*)."""

    own: dict[str, float]
    steps: dict[str, tuple[float, ...]]
    fixed: dict[str, str]

    def most(self, scenario: Scenario, sizes: tuple[float, ...]) -> Most:
        """Where the bank of a source (*scenario*) is drawn, with lists of *sizes*."""
        moved = {
            key: self.steps[key][-1] / self.own[key] for key in ("footfall", "listed", "capture") if key in self.steps
        }
        if "list_exponent" not in self.steps:
            return Most(moved=Moved(**moved))
        entries = [
            float(scenario.recogniser.entries_compared(size, exponent)) / sizes[-1]
            for size in sizes
            for exponent in self.steps["list_exponent"]
        ]
        return Most(moved=Moved(**moved, exponent=1.0), entries=max(entries))


def street_controls(scenario: Scenario, year: bool = False) -> StreetControls:
    """The controls of a page of *scenario*; a *year* may have fewer deployments."""
    best, why, days = median_inputs(scenario, 1), dict(fixed(scenario)), len(scenario.campaign.days)
    if not year:
        why["deployments"] = ""
    elif len(scenario.campaign.deployments) != days:
        why["deployments"] = "deployments a year: they follow a calendar"
    share = listed_share(scenario, best, ScoreLaws(scenario, best), scenario.watchlist.size.value)
    capture = scenario.recogniser.capture_rate
    own = {
        "footfall": scenario.street.passages_per_hour.value,
        "listed": float(f"{1000 * float(share[0]):.3g}"),
        "capture": capture.value if capture else 1.0,
        "list_exponent": scenario.recogniser.list_size_exponent.value,
        "added": 1.0,
        "deployments": days,
    }
    listed = [step for step in times_own(own["listed"], LISTED, 3) if step <= max(1000 * MOST_LISTED, own["listed"])]
    steps = {
        "footfall": times_own(own["footfall"], FOOTFALL),
        "listed": tuple(listed),
        "capture": capture_steps(own["capture"]),
        "list_exponent": with_own(EXPONENTS, own["list_exponent"]),
        "added": (0.0, 1.0),
        "deployments": with_own(tuple(float(max(days * part // DOZEN, 1)) for part in range(1, DOZEN)), days),
    }
    return StreetControls(own=own, steps={key: of for key, of in steps.items() if key not in why}, fixed=why)


def law_of(
    scenario: Scenario, controls: StreetControls, thresholds: tuple[float, ...], sizes: tuple[float, ...]
) -> dict[str, Any]:
    """What the page needs to thin the bank of a source (*scenario*), and to write its file, by the names of its scripts."""
    most, best = controls.most(scenario, sizes), median_inputs(scenario, 1)
    own, data = controls.own, scenario_data(scenario)
    captures = [step / own["capture"] for step in controls.steps.get("capture", (own["capture"],))]
    scores = [
        [
            float(np.rint(own_score(scenario, at, capture / most.moved.capture) * SCORE_PARTS) / SCORE_PARTS)
            for capture in captures
        ]
        for at in thresholds
    ]
    moves = {
        key: list(factors_of(scenario, Moved(**{key: 2.0}))) if key in controls.steps else []
        for key in ("footfall", "listed", "capture")
    }
    rate = rate_key(scenario)
    keys = {rate, CORRELATION, VISITS, *(key for of in moves.values() for key in of)}
    alike = float(best[CORRELATION][0]) or 1.0
    reference = scenario.recogniser.reference_list_size
    hours, passages = passing(scenario, profile_of(scenario))
    of_days = hours * own["footfall"] + passages
    of_days = of_days / of_days.sum()
    kept = [days_kept(scenario.campaign.days, int(number)) for number in controls.steps.get("deployments", ())]
    return {
        "day_shares": [float(f"{share:.6g}") for share in of_days],
        "days_kept": [days.astype(int).tolist() for days in kept],
        "people": _people(scenario, controls, [float(of_days[days].sum()) for days in kept] or [1.0]),
        "footfall_parts": FOOTFALL_PARTS,
        "capture_parts": CAPTURE_PARTS,
        "most": vars(most.moved),
        "most_entries": most.entries,
        "reference": reference.value if reference else None,
        "growth": float(best["watchlist.growth_exponent"][0]),
        "scores": scores,
        "capture_acts_on_false": scenario.recogniser.capture_acts_on_false,
        "moves": moves,
        "rate": rate,
        "visits": scenario.street.visits_per_person is not None,
        "quantities": {key: _quantity(of, data, key) for key, of in quantities(scenario) if key in keys},
        "correlations": [
            float(f"{moved_inputs(scenario, best, Moved(capture=capture))[CORRELATION][0] / alike:.6g}")
            for capture in captures
        ],
    }


def _people(scenario: Scenario, controls: StreetControls, parts: list[float]) -> list[list[float]]:
    """How many times as many people come past at least once: (steps of footfall, *parts* of a year)."""
    own, best = controls.own["footfall"], median_inputs(scenario, 1)

    def at(footfall: float, part: float) -> float:
        inputs = moved_inputs(scenario, best, Moved(footfall=footfall / own))
        return float(people_who_come(inputs, trips_by_place(scenario, inputs), part)[0])

    whole = at(own, 1.0)
    steps = controls.steps.get("footfall", (own,))
    return [[float(f"{at(step, part) / whole:.6g}") for part in parts] for step in steps]


def _quantity(quantity: Quantity, data: dict[str, Any], key: str) -> dict[str, Any]:
    """A *quantity* as a file has it; the interval of a share as its law, a multiple of which is another such law."""
    section, name = key.split(".")
    made = {part: data[section][name][part] for part in ("value", "low", "high", "gamma", "beta")}
    if quantity.family == "beta" and quantity.low is not None and quantity.high is not None:
        a, b = beta_from_interval(quantity.low, quantity.high)
        made |= {"low": None, "high": None, "beta": {"a": a, "b": b}}
    return {part: value for part, value in made.items() if value is not None}


__all__ = ["StreetControls", "law_of", "street_controls"]
