"""What run and compare print of samples of a bank, also of as many campaigns as -n auto takes, beside the truth."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np

from simulator.evidence.compare.found import measure_compared, summarise_comparison
from simulator.evidence.counted.closed_forms import stops_form
from simulator.evidence.counted.units import COUNTED_BY
from simulator.evidence.run.averages import denominator
from simulator.evidence.run.found import measure_found, summarise
from simulator.evidence.run.precision import Target, until_precise
from simulator.evidence.run.record_beside import recorded
from simulator.scenario.quantity import Array
from simulator.street.people import Index
from verify.printed import Printed, printed
from verify.score import Row, Scored
from verify.worlds import (
    CAMPAIGNS,
    CHANCE,
    IGNORANCE,
    SAMPLE,
    UNITS,
    comparison_bank,
    events,
    sample,
    study_bank,
    true_averages,
)

Place = tuple[tuple[str, ...], tuple[str, ...]]
BLOCK, MOST, RELATIVE = 50, 10_000, 0.20


def generator(seed: int) -> np.random.Generator:
    """The random numbers of one *seed*, the same for everything that is scored with it."""
    return np.random.Generator(np.random.SFC64(np.random.SeedSequence((2_026, seed))))


@dataclass(frozen=True, eq=False)
class Bank:
    """One command in one *world*: the *bank*, how it is *summed* up (*measured*: one measure alone), and what is true of it.

    *columns* are the values that an interval is of in each campaign, by measure, to tell rare from common. By what is printed,
    *single* has what each campaign brought and *averages* the true average at the draw of each.
    """

    command: str
    world: str
    bank: Any
    summed: Callable[[Any], Any]
    measured: Callable[[Any, str], Any]
    columns: Mapping[str, Array]
    single: Callable[[Printed], Array]
    averages: Callable[[Printed], Array | None]

    @cached_property
    def truths(self) -> Mapping[Place, float]:
        """What is true, by path: the estimates of the whole bank."""
        return {item.path: item.estimate for item in printed(self.summed(self.bank)) if item.estimate is not None}

    def scores(self, seed: int) -> Iterator[Scored]:
        """Everything that one sample prints, beside the truth or beside a fresh campaign."""
        rng = generator(seed)
        picked, other = rng.integers(CAMPAIGNS, size=SAMPLE), int(rng.integers(CAMPAIGNS))
        for item in printed(self.summed(sample(self.bank, picked))):
            measure = next((key for key in item.keys if key in UNITS), "")
            if item.stated or (measure in self.columns and np.ptp(self.columns[measure]) == 0):
                continue
            if item.over_inputs or item.predicts:
                values = (self.averages if item.over_inputs else self.single)(item)
                truth = None if values is None else float(values[other])
            else:
                truth = self.truths.get(item.path)
            # a campaign without what it is divided by has no rate
            if truth is not None and math.isfinite(truth):
                yield Scored(self._row(self.command, item, measure), item.interval, truth)

    def precise(self, measure: str, seed: int) -> Iterator[Scored]:
        """The intervals of *measure* after as many campaigns as ``-n auto`` takes for it."""
        rng, picked = generator(seed), list[Index]()
        rows = np.atleast_2d(self.bank.passes[CHANCE][measure]).T

        def draw(_: int) -> Array:
            picked.append(rng.integers(CAMPAIGNS, size=BLOCK))
            return np.asarray(rows[picked[-1]])

        reached = until_precise(draw, BLOCK, Target(measure, RELATIVE, MOST))
        taken = sample(self.bank, np.concatenate(picked)[: reached.campaigns])
        for item in printed(self.measured(taken, measure), ("measures",), (measure,)):
            of_inputs = item.over_inputs or any("ignorance" in name for name in item.fields)
            if not of_inputs and not item.predicts:
                yield Scored(self._row("-n auto", item, measure), item.interval, self.truths[item.path])

    def _row(self, command: str, item: Printed, measure: str) -> Row:
        often = events(measure, self.columns[measure], SAMPLE) if measure in self.columns else ""
        keys = sorted(item.keys, key=lambda key: key != measure)
        return Row(command, ".".join(item.fields), often, self.world, " per ".join(keys), item.level)


@cache
def run_bank(world: str, folder: Path) -> Bank:
    """``run`` in a *world*."""
    study = study_bank(world, folder)

    drawn = study.passes[IGNORANCE]

    @cache
    def true(measure: str) -> Array | None:
        form = stops_form(study.expected_drawn) if measure == "stops" else study.expected_drawn.get(measure)
        return None if form is None else true_averages(form, drawn[measure])

    def averages(item: Printed) -> Array | None:
        top = true(item.keys[0])
        if top is None or len(item.keys) == 1:
            return top
        unit = item.keys[1]
        if unit in ("camera_hour", "deployment"):
            return top / denominator(study, unit)
        bottom = true(COUNTED_BY[unit]) if unit != "arrest" else None
        return None if bottom is None else top / bottom

    def single(item: Printed) -> Array:
        if item.fields[0] == "record":
            return recorded(drawn, item.keys[0])
        if item.fields == ("measures", "campaign_90"):
            return study.passes[CHANCE][item.keys[0]]
        unit = "arrest" if item.fields[0] == "per_arrest" else item.keys[-1] if len(item.keys) > 1 else None
        # nothing is divided where there is nothing to divide by
        with np.errstate(divide="ignore", invalid="ignore"):
            return drawn[item.keys[0]] / (1.0 if unit is None else denominator(study, unit, IGNORANCE))

    return Bank("run", world, study, summarise, measure_found, study.passes[CHANCE], single, averages)


@cache
def compare_bank(name: str, folder: Path) -> Bank:
    """``compare`` of a pair of scenarios."""
    comparison = comparison_bank(name, folder)

    @cache
    def true(measure: str) -> Array | None:
        forms, drawn = comparison.expected_drawn.get(measure), comparison.passes[IGNORANCE][measure]
        return None if forms is None else true_averages(forms[1] - forms[0], drawn[1] - drawn[0])

    changes = {name: {key: b - a for key, (a, b) in of.items()} for name, of in comparison.passes.items()}
    return Bank(
        "compare",
        name,
        comparison,
        summarise_comparison,
        measure_compared,
        changes[CHANCE],
        lambda item: changes[item.fields[1]][item.keys[0]],
        lambda item: true(item.keys[0]),
    )


__all__ = ["Bank", "compare_bank", "generator", "run_bank"]
