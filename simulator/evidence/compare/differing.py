"""In which values two scenarios differ, and which inputs only one of them draws."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from simulator.evidence.describe.days import when
from simulator.experiment.store import scenario_data
from simulator.scenario.days import OWN, differs, place_numbers, said_by_day, values_by_day
from simulator.scenario.inputs import quantities
from simulator.scenario.models import Scenario

# Sections and fields that say what a scenario is called, and who says so; and the days, which are told in words.
TEXTS = {
    "name", "title", "description", "what_if", "caveats", "record", "source", "grade", "alternatives", "other_use", "campaign",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Differing:
    """A *key* of the file whose value is another in *a* than in *b*."""

    key: str
    a: Any
    b: Any


def differing(a: Scenario, b: Scenario) -> tuple[Differing, ...]:
    """Keys of the file in which the scenarios differ, with both values; names, titles and texts left out."""
    by_day = tuple(_by_day(a, b))
    of_a, of_b = (dict(_leaves(scenario_data(scenario))) for scenario in (a, b))
    said = {item.key for item in by_day}
    return by_day + tuple(
        Differing(key=key, a=of_a.get(key), b=of_b.get(key))
        for key in dict.fromkeys((*of_a, *of_b))
        if of_a.get(key) != of_b.get(key) and key not in said and not {key.split(".")[0], key.split(".")[-1]} & TEXTS
    )


def _by_day(a: Scenario, b: Scenario) -> Iterator[Differing]:
    """When the deployments are, and every value that some have of their own, each as one difference in words."""
    whens = [
        [
            (day.starts_s, day.hours, place)
            for day, place in zip(side.campaign.days, place_numbers(side.campaign), strict=True)
        ]
        for side in (a, b)
    ]
    if whens[0] != whens[1]:
        yield _in_words("campaign", when(a.campaign), when(b.campaign), "other times, hours or places")
    for key in OWN:
        if not (differs(a, key) or differs(b, key)):
            continue
        values_a, values_b = values_by_day(a, key), values_by_day(b, key)
        # other days with the same values differ in nothing but the days
        same = np.array_equal(values_a, values_b) if whens[0] == whens[1] else set(values_a) == set(values_b)
        if not same:
            yield _in_words(key, said_by_day(a, key), said_by_day(b, key), "on other days")


def _in_words(key: str, a: str, b: str, otherwise: str) -> Differing:
    return Differing(key=key, a=a, b=b if a != b else f"{b}, {otherwise}")


def drawn_in_one(a: Scenario, b: Scenario) -> tuple[str, ...]:
    """Keys of inputs that are drawn from an interval in one scenario and fixed in the other."""
    of_a, of_b = _drawn(a), _drawn(b)
    return tuple(key for key in of_a if key in of_b and of_a[key] != of_b[key])


def _drawn(scenario: Scenario) -> dict[str, bool]:
    joint = scenario.joint_draws.columns if scenario.joint_draws else {}
    return {key: item.uncertain or key in joint for key, item in quantities(scenario)}


def _leaves(node: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(node, dict) and {"value", "low", "high", "grade"} <= set(node):
        # source and grade say who says so, not what is said
        yield key, {name: value for name, value in node.items() if name not in TEXTS and value is not None}
    elif isinstance(node, dict) and node:
        for name, item in node.items():
            yield from _leaves(item, f"{key}.{name}" if key else str(name))
    elif isinstance(node, list) and any(isinstance(item, dict) for item in node):
        for index, item in enumerate(node):
            yield from _leaves(item, f"{key}.{index}")
    else:
        yield key, node


__all__ = ["Differing", "differing", "drawn_in_one"]
