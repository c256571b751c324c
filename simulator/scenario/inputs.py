"""The numbers of a scenario, one value per replication: its medians, or draws from its intervals."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
from pydantic import BaseModel

from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Array, Quantity

LEVEL, LENGTH = "level", "length"


@dataclass(frozen=True)
class Inputs:
    """Values by dotted key, each an array of shape (replications,).

    *told* is what is known of single deployments, arrays (replications, deployments): LEVEL, footfall as a multiple of the
    usual, NaN where it is left to be drawn; LENGTH, how many times longer than in the scenario the deployment is.
    """

    replications: int
    values: dict[str, Array]
    told: dict[str, Array] = field(default_factory=dict)

    def __getitem__(self, key: str) -> Array:
        return self.values[key]

    def get(self, key: str) -> Array | None:
        """The values of *key*, or None where the scenario leaves it out."""
        return self.values.get(key)


def quantities(part: BaseModel, prefix: str = "") -> Iterator[tuple[str, Quantity]]:
    """Every quantity of *part* with its dotted key, in the order of the file's sections."""
    for name in type(part).model_fields:
        yield from _walk(getattr(part, name), f"{prefix}{name}")


def _walk(item: object, key: str) -> Iterator[tuple[str, Quantity]]:
    if isinstance(item, Quantity):
        yield key, item
    elif isinstance(item, BaseModel):
        yield from quantities(item, f"{key}.")
    elif isinstance(item, tuple):
        for index, element in enumerate(item):
            yield from _walk(element, f"{key}.{index}")


def always_zero(scenario: Scenario, key: str) -> bool:
    """Whether the input *key* is 0 in every campaign: not drawn, by itself or jointly, to be more."""
    joint = scenario.joint_draws.columns if scenario.joint_draws else {}
    if key in joint:
        return not any(joint[key])
    item = dict(quantities(scenario))[key]
    return item.value == 0 and not item.uncertain


def median_inputs(scenario: Scenario, replications: int) -> Inputs:
    """Every quantity at its value, in all *replications*: what remains is chance."""
    return Inputs(replications, {key: np.full(replications, item.value) for key, item in quantities(scenario)})


def drawn_inputs(scenario: Scenario, replications: int, uniform: Callable[[str], Array]) -> Inputs:
    """Every quantity drawn from its interval, once per replication: chance and ignorance together.

    *uniform* gives, for a key, an array (replications,) of uniform numbers of that key's own stream. Quantities in
    the scenario's joint draws are taken together from one of its rows.
    """
    values = {
        key: item.ppf(uniform(key)) if item.uncertain else np.full(replications, item.value)
        for key, item in quantities(scenario)
    }
    joint = scenario.joint_draws
    if joint is not None and joint.columns:
        columns = {key: np.array(column) for key, column in joint.columns.items()}
        n_rows = len(next(iter(columns.values())))
        row = (uniform("joint_draws") * n_rows).astype(int)
        values.update({key: column[row] for key, column in columns.items()})
    return Inputs(replications, values)
