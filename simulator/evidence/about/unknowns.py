"""What a scenario does not know, as functions of uniform numbers: one for each uncertain input, one for joint draws."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from simulator.scenario.inputs import Inputs, median_inputs, quantities
from simulator.scenario.models import JointDraws, Scenario
from simulator.scenario.quantity import Array, Quantity

JOINT = "joint_draws"
# A scrambled point may be exactly 0 or 1, where a quantile is infinite.
SMALLEST_U = 1e-9


@dataclass(frozen=True)
class Unknown:
    """What one uniform number draws: the input *name*, or all the *keys* of the joint draws together.

    *draw* turns uniform numbers (n,) into values (n,) by key. *rows* is the number of joint draws, 0 for an input.
    """

    name: str
    keys: tuple[str, ...]
    draw: Callable[[Array], Mapping[str, Array]]
    rows: int = 0


@dataclass(frozen=True, kw_only=True)
class UnknownInput:
    """What is known of an unknown; joint draws have the *keys* that they hold, and no value, interval or grade."""

    key: str
    keys: tuple[str, ...] | None
    value: float | None
    interval_95: tuple[float, float] | None
    grade: str | None
    source: str | None

    @classmethod
    def of(cls, scenario: Scenario, unknown: Unknown, **more: Any) -> Self:
        """What *scenario* says of *unknown*; *more* are the fields of a subclass."""
        joint = scenario.joint_draws
        if unknown.rows and joint:
            keys, source = unknown.keys, joint.source
            return cls(key=unknown.name, keys=keys, value=None, interval_95=None, grade=None, source=source, **more)
        item = dict(quantities(scenario))[unknown.name]
        return cls(
            key=unknown.name,
            keys=None,
            value=item.value,
            interval_95=item.interval(),
            grade=item.grade,
            source=item.source,
            **more,
        )


def unknowns(scenario: Scenario) -> tuple[Unknown, ...]:
    """Everything uncertain in *scenario*, in the order of the file; what is drawn jointly is one of them, the last."""
    joint = scenario.joint_draws
    together = set(joint.columns) if joint else set()
    found = [_input(key, item) for key, item in quantities(scenario) if item.uncertain and key not in together]
    return (*found, _block(joint)) if joint and joint.columns else tuple(found)


def _input(key: str, item: Quantity) -> Unknown:
    return Unknown(key, (key,), lambda u: {key: item.ppf(u)})


def _block(joint: JointDraws) -> Unknown:
    columns = {key: np.array(column) for key, column in joint.columns.items()}
    rows = len(next(iter(columns.values())))

    def draw(u: Array) -> dict[str, Array]:
        row = np.minimum((u * rows).astype(np.int64), rows - 1)
        return {key: column[row] for key, column in columns.items()}

    return Unknown(JOINT, tuple(columns), draw, rows)


def at_medians(scenario: Scenario, rows: int) -> Inputs:
    """A page of *rows* equal points: every input at its value."""
    return median_inputs(scenario, rows)


def page(base: Inputs, *drawn: Mapping[str, Array]) -> Inputs:
    """The points of *base* with some inputs replaced by those *drawn*; nothing is copied."""
    values = dict(base.values)
    for replaced in drawn:
        values.update(replaced)
    return Inputs(base.replications, values)


def uniforms(dimensions: int, rows: int, seed: int, number: int = 0) -> Array:
    """Points (dimensions, rows) of a Sobol' sequence, scrambled by *seed* and the *number* of the sample.

    Fewer points spread more evenly than independent ones; *rows* must be a power of 2 (Owen 1998).
    """
    from scipy.stats import qmc

    rng = np.random.Generator(np.random.SFC64(np.random.SeedSequence(seed, spawn_key=(number,))))
    points = qmc.Sobol(max(dimensions, 1), rng=rng).random_base2(int(rows).bit_length() - 1)
    return np.clip(points.T[:dimensions], SMALLEST_U, 1 - SMALLEST_U)


def draws(found: Sequence[Unknown], u: Array) -> list[Mapping[str, Array]]:
    """The values of each unknown at the uniform numbers *u* (unknowns, rows)."""
    return [unknown.draw(row) for unknown, row in zip(found, u, strict=True)]
