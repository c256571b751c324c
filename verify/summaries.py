"""What run and compare print of samples of a bank, also of as many campaigns as -n auto takes, beside the truth."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np

from simulator.evidence.compare.found import summarise_comparison
from simulator.evidence.counted.closed_forms import stops_form
from simulator.evidence.run.found import summarise
from simulator.evidence.run.precision import Target, until_precise
from simulator.evidence.run.rates import DENOMINATORS
from simulator.evidence.statistics import averages
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
PER = dict(zip(DENOMINATORS[:3], ("faces", "passages", "alerts"), strict=True))


def generator(seed: int) -> np.random.Generator:
    """The random numbers of one *seed*, the same for everything that is scored with it."""
    return np.random.Generator(np.random.SFC64(np.random.SeedSequence((2_026, seed))))


@dataclass(frozen=True, eq=False)
class Bank:
    """One command in one *world*: the *bank*, how it is *summed* up, what is true of it, and averages by draw.

    *columns* are the values that an interval is of in each campaign, by measure, to tell rare from common; *averages* the
    true averages by draw, by fields and keys.
    """

    command: str
    world: str
    bank: Any
    summed: Callable[[Any], Any]
    columns: Mapping[str, Array]
    averages: Callable[[Printed], Array | None]

    @cached_property
    def truths(self) -> Mapping[Place, float]:
        """What is true, by path: the estimates of the whole bank."""
        return _estimates(self.summed(self.bank))

    def scores(self, seed: int) -> Iterator[Scored]:
        """Everything that one sample prints, beside the truth or beside a fresh campaign."""
        rng = generator(seed)
        picked, other = rng.integers(CAMPAIGNS, size=SAMPLE), int(rng.integers(CAMPAIGNS))
        single = self._single(other)
        for item in printed(self.summed(sample(self.bank, picked))):
            measure = next((key for key in item.keys if key in UNITS), "")
            if item.stated or (measure in self.columns and np.ptp(self.columns[measure]) == 0):
                continue
            if item.over_inputs:
                averages = self.averages(item)
                truth = None if averages is None else float(averages[other])
            else:
                truth = (single if item.predicts else self.truths).get(item.path)
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
        found = self.summed(sample(self.bank, np.concatenate(picked)[: reached.campaigns]))
        for item in printed(found):
            of_inputs = item.over_inputs or any("ignorance" in name for name in item.fields)
            if item.keys == (measure,) and not of_inputs and not item.predicts:
                yield Scored(self._row("-n auto", item, measure), item.interval, self.truths[item.path])

    def _row(self, command: str, item: Printed, measure: str) -> Row:
        often = events(measure, self.columns[measure], SAMPLE) if measure in self.columns else ""
        keys = sorted(item.keys, key=lambda key: key != measure)
        return Row(command, ".".join(item.fields), often, self.world, " per ".join(keys), item.level)

    def _single(self, other: int) -> Mapping[Place, float]:
        """What one campaign brought, by path."""
        # the same campaign twice: a mean of one alone would have no interval
        twice = sample(self.bank, np.array([other, other]))
        with np.errstate(divide="ignore"), _estimates_only():
            found = _estimates(self.summed(twice))
            crossed = {path for path in self.truths if path[0][-1].startswith("with_ignorance")}
            if crossed:
                # ratios that are printed with inputs drawn alone have their estimate from the other pass
                drawn = replace(twice, passes=dict.fromkeys(twice.passes, twice.passes[IGNORANCE]))
                swapped = _estimates(self.summed(drawn))
                found |= {path: swapped[path] for path in crossed & swapped.keys()}
        return found


@contextmanager
def _estimates_only() -> Iterator[None]:
    """Without the search for the ends of intervals, which takes most of the time: what is printed there is not looked at."""
    with patch.object(averages, "_end", lambda deviate, start, step, z: start):
        yield


def _estimates(found: Any) -> dict[Place, float]:
    return {item.path: item.estimate for item in printed(found) if item.estimate is not None}


@cache
def run_bank(world: str, folder: Path) -> Bank:
    """``run`` in a *world*."""
    study = study_bank(world, folder)

    @cache
    def true(measure: str) -> Array | None:
        form = study.expected_drawn.get(measure)
        return None if form is None else true_averages(form, study.passes[IGNORANCE][measure])

    def averages_of(item: Printed) -> Array | None:
        top = true(item.keys[0])
        if top is None or len(item.keys) == 1:
            return top
        unit = item.keys[1]
        if unit == "stop":
            form = stops_form(study.expected_drawn)
            bottom = None if form is None else true_averages(form, study.passes[IGNORANCE]["stops"])
            return None if bottom is None else top / bottom
        if unit in PER:
            bottom = true(PER[unit])
            return None if bottom is None else top / bottom
        campaign = study.scenario.campaign
        each = {"camera_hour": campaign.camera_hours, "deployment": len(campaign.days)}
        return top / each[unit] if unit in each else None

    return Bank("run", world, study, summarise, study.passes[CHANCE], averages_of)


@cache
def compare_bank(name: str, folder: Path) -> Bank:
    """``compare`` of a pair of scenarios."""
    comparison = comparison_bank(name, folder)

    @cache
    def true(measure: str) -> Array | None:
        forms, drawn = comparison.expected_drawn.get(measure), comparison.passes[IGNORANCE][measure]
        return None if forms is None else true_averages(forms[1] - forms[0], drawn[1] - drawn[0])

    columns = {measure: b - a for measure, (a, b) in comparison.passes[CHANCE].items()}
    return Bank("compare", name, comparison, summarise_comparison, columns, lambda item: true(item.keys[0]))


__all__ = ["Bank", "compare_bank", "generator", "run_bank"]
