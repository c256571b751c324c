"""What a scenario assumes and what it expects before any run: the answer of ``lfrsim describe``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from simulator.evidence.about.header import Unit
from simulator.evidence.about.inputs import POOL
from simulator.evidence.about.outside import outside_support
from simulator.evidence.about.places import Place, places_of
from simulator.evidence.about.support import with_other_preset
from simulator.evidence.counted.closed_forms import closed_forms
from simulator.evidence.counted.depletion import Depletion, expected_depletion
from simulator.evidence.describe.assumptions import assumptions
from simulator.evidence.kept import LEFT_OUT, Found
from simulator.experiment.replications import Cell, cell_of
from simulator.scenario.days import by_day
from simulator.scenario.inputs import drawn_inputs, median_inputs, quantities
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Share
from simulator.scenario.year import laid_out
from simulator.street.expectations import expected
from simulator.street.recogniser import ScoreLaws

# Points of the other preset's spread: one in each of as many strata of every input.
POINTS = 400


@dataclass(frozen=True, kw_only=True)
class Expected:
    """Expected counts and shares of one campaign at the median inputs, by closed forms; *fpir* and *tpir* per passage.

    *fpir_by_day* and *tpir_by_day* are the smallest and the largest, where deployments have a threshold or list of their own.
    *wrongful_stops* is None where the closed form does not cover an option of the scenario.
    """

    passages: float
    faces: float
    listed_passages: float
    fpir: float
    tpir: float
    fpir_by_day: Annotated[tuple[float, float] | None, Field(**LEFT_OUT)] = None
    tpir_by_day: Annotated[tuple[float, float] | None, Field(**LEFT_OUT)] = None
    alerts: float
    false_alerts: float
    wrongful_stops: float | None


@dataclass(frozen=True, kw_only=True)
class OtherPreset:
    """False alerts of one campaign with the other *preset*, and where they may lie given what is not known of the inputs."""

    preset: str
    false_alerts: float
    false_alerts_95: tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class DescribedInput:
    """An input with its own interval, grade and source; *is_share* where it lies between 0 and 1."""

    key: str
    value: float
    interval_95: tuple[float, float] | None
    is_share: bool
    grade: str | None
    source: str | None


@dataclass(frozen=True, kw_only=True, repr=False)
class DescribeFound(Found):
    """A scenario in plain sentences (*assumptions*), its *places* where there are several, its expected numbers (of a *unit*),
    and every graded input.
    """

    schema: Literal["lfrsim-description/1"] = "lfrsim-description/1"
    name: str
    title: str
    what_if: str | None
    description: str | None
    notes: Annotated[tuple[str, ...] | None, Field(**LEFT_OUT)] = None
    assumptions: tuple[str, ...]
    places: Annotated[tuple[Place, ...] | None, Field(**LEFT_OUT)] = None
    unit: Unit
    expected: Expected
    other_preset: OtherPreset | None
    depletion: Depletion | None
    warnings: tuple[str, ...]
    inputs: tuple[DescribedInput, ...]


def describe(scenario: Scenario) -> DescribeFound:
    """What *scenario* assumes and expects."""
    cell = cell_of(scenario)
    return DescribeFound(
        name=scenario.name,
        title=scenario.title,
        what_if=scenario.what_if,
        description=scenario.description,
        notes=scenario.campaign.notes or None,
        assumptions=assumptions(scenario),
        places=places_of(scenario),
        unit="campaign" if laid_out(scenario) is None else "year",
        expected=_expected(scenario, cell),
        other_preset=_other_preset(scenario, cell),
        depletion=expected_depletion(scenario, cell.threshold, cell.size),
        warnings=tuple(outside_support(scenario)),
        inputs=tuple(
            DescribedInput(
                key=key,
                value=item.value,
                interval_95=item.interval() if item.uncertain else None,
                is_share=isinstance(item, Share),
                grade=item.grade,
                source=item.source,
            )
            for key, item in quantities(scenario)
            if item.source or item.grade or item.uncertain or key in POOL
        ),
    )


def _expected(scenario: Scenario, cell: Cell) -> Expected:
    inputs = median_inputs(scenario, 1)
    recogniser, e = ScoreLaws(scenario, inputs), expected(scenario, inputs, cell.threshold, cell.size)
    thresholds = by_day(scenario.campaign, "threshold", cell.threshold)
    sizes = by_day(scenario.campaign, "watchlist_size", cell.size)
    each = set(zip(thresholds.tolist(), sizes.tolist(), strict=True))
    wrongful = closed_forms(scenario, inputs, cell.threshold, cell.size).get("wrongful_stops")
    return Expected(
        passages=float(e.passages[0]),
        faces=float((e.passages * inputs["street.faces_per_passage"])[0]),
        listed_passages=float(e.listed_passages[0]),
        fpir=float(recogniser.fpir(cell.size, cell.threshold)[0]),
        tpir=float(recogniser.tpir(cell.threshold)[0]),
        fpir_by_day=_ends(recogniser.fpir(size, threshold)[0] for threshold, size in each),
        tpir_by_day=_ends(recogniser.tpir(threshold)[0] for threshold, _ in each),
        alerts=float(e.alerts[0]),
        false_alerts=float(e.false_alerts[0]),
        wrongful_stops=None if wrongful is None else float(wrongful[0]),
    )


def _ends(rates: Iterable[float]) -> tuple[float, float] | None:
    """The smallest and the largest of *rates*; None where they are alike."""
    found = [float(rate) for rate in rates]
    return (min(found), max(found)) if min(found) < max(found) else None


def _other_preset(scenario: Scenario, cell: Cell) -> OtherPreset | None:
    other = with_other_preset(scenario)
    if other is None:
        return None
    even, rng = (np.arange(POINTS) + 0.5) / POINTS, np.random.default_rng(0)
    drawn = drawn_inputs(other, POINTS, lambda _: rng.permutation(even))
    middle, spread = (
        expected(other, inputs, cell.threshold, cell.size).false_alerts for inputs in (median_inputs(other, 1), drawn)
    )
    low, high = np.quantile(spread, [0.025, 0.975])
    preset = str(other.recogniser.preset)
    return OtherPreset(preset=preset, false_alerts=float(middle[0]), false_alerts_95=(float(low), float(high)))


__all__ = ["DescribeFound", "describe"]
