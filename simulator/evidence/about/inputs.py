"""The inputs of a scenario that somebody graded or gave an interval, and those that nobody is sure of but that are not drawn."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulator.scenario.inputs import quantities
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Quantity

# What says who comes again: a long campaign hangs on it.
POOL = ("street.pool_people", "street.visits_per_person", "street.visit_dispersion_k")


@dataclass(frozen=True, kw_only=True)
class StatedInput:
    """An input by its *key*: its value, the interval it is drawn from (None where it is fixed), and who says so."""

    key: str
    value: float
    interval_95: tuple[float, float] | None
    grade: str | None
    source: str | None


def stated_inputs(scenario: Scenario) -> tuple[StatedInput, ...]:
    """Every input with a source, a grade or an interval, and the pool, in the order of the file."""
    all_of_them = (
        StatedInput(
            key=key,
            value=item.value,
            interval_95=input_interval(scenario, key, item),
            grade=item.grade,
            source=item.source,
        )
        for key, item in quantities(scenario)
    )
    return tuple(item for item in all_of_them if item.source or item.grade or item.interval_95 or item.key in POOL)


def held_fixed(scenario: Scenario) -> tuple[str, ...]:
    """Keys of inputs that nobody is sure of but that are not drawn: graded assumed or recalled, without an interval.

    Whatever is said of it, nobody is sure who comes again.
    """
    return tuple(
        key
        for key, item in quantities(scenario)
        if (item.grade in ("assumed", "recalled") or key in POOL) and input_interval(scenario, key, item) is None
    )


def input_interval(scenario: Scenario, key: str, item: Quantity) -> tuple[float, float] | None:
    """The 95 % interval an input is drawn from: its own, or that of the joint draws; None where it is fixed."""
    columns = scenario.joint_draws.columns if scenario.joint_draws else {}
    if key in columns:
        low, high = np.quantile(columns[key], [0.025, 0.975])
        return float(low), float(high)
    return item.interval() if item.uncertain else None


__all__ = ["POOL", "StatedInput", "held_fixed", "input_interval", "stated_inputs"]
