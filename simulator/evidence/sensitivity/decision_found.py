"""A decision weighed, as plain data: the best option, what knowing more is worth, and for which exchange rates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from simulator.evidence.about.support import outside_support
from simulator.evidence.about.unknowns import Unknown, unknowns
from simulator.evidence.counted.closed_forms import LABEL
from simulator.evidence.sensitivity.decision import Decision, weigh_scenarios
from simulator.scenario.inputs import quantities
from simulator.scenario.models import Scenario

# Options whose counts differ by less are alike.
ALIKE = 1e-9


@dataclass(frozen=True)
class Choice:
    """A decision the user states: *options* of the setting *key* with their scenarios, and the *exchange* rate."""

    key: str
    options: tuple[float, ...]
    scenarios: tuple[Scenario, ...]
    exchange: float


def about(scenario: Scenario, unknown: Unknown) -> dict[str, Any]:
    """What is known of an unknown: key, value, interval, grade and source; for joint draws the keys they hold."""
    if unknown.rows:
        joint = scenario.joint_draws
        return {
            "key": unknown.name,
            "keys": list(unknown.keys),
            "value": None,
            "interval_95": None,
            "grade": None,
            "source": joint.source if joint else None,
        }
    item = dict(quantities(scenario))[unknown.name]
    return {
        "key": unknown.name,
        "keys": None,
        "value": item.value,
        "interval_95": list(item.interval()),
        "grade": item.grade,
        "source": item.source,
    }


def decide(choice: Choice, seed: int) -> dict[str, Any]:
    """The best option, what knowing more is worth, and over which exchange rates both hold."""
    first, rate = choice.scenarios[0], choice.exchange
    found = unknowns(first)
    decision = weigh_scenarios(choice.scenarios, found, seed)
    benefit, harm = decision.expected
    best = decision.best(rate)
    lines = {line.option: line for line in decision.best_by_rate()}
    values = decision.partial(rate)
    top = decision.top_between(rate) if values else None
    perfect = decision.perfect(rate)
    of = {unknown.name: unknown for unknown in found}
    return {
        "key": choice.key,
        "exchange": rate,
        "label": LABEL,
        "options": [
            {
                "value": value,
                "true_stops": float(benefit[i]),
                "wrongful_stops": float(harm[i]),
                "net_benefit": float(benefit[i] - rate * harm[i]),
                "best_for_exchange": [lines[i].low, _finite(lines[i].high)] if i in lines else None,
                "warnings": outside_support(scenario),
            }
            for i, (value, scenario) in enumerate(zip(choice.options, choice.scenarios, strict=True))
        ],
        "all_alike": all(bool(np.ptp(side) <= ALIKE * side.max()) for side in (benefit, harm)),
        "best": choice.options[best],
        "best_is_at_an_end": choice.options[best] in (min(choice.options), max(choice.options)),
        "evpi": perfect.value,
        "evpi_95": list(perfect.interval),
        "evppi": [
            {**about(first, of[value.name]), "evppi": value.value, "evppi_95": list(value.interval)} for value in values
        ],
        "top_for_exchange": list(top) if top else None,
        "top_is_clear": _clear(decision, rate),
        "unit": "stops of listed people per campaign",
    }


def _finite(x: float) -> float | None:
    return float(x) if np.isfinite(x) else None


def _clear(decision: Decision, rate: float) -> bool | None:
    """Whether the most valuable unknown is above the next beyond the error of the estimates; None without a next."""
    values = decision.partial(rate)
    return None if len(values) < 2 else values[0].interval.low > values[1].interval.high
