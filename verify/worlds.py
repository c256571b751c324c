"""Worlds whose truth is known: long banks of campaigns by the real engine, from which samples are drawn with replacement.

A bank is taken for the whole world: what its campaigns have on average is the truth, exactly, and a sample is a number
of them drawn anew for every seed. So samples are independent, as many as one likes, and cost no simulation.
"""

from __future__ import annotations

import dataclasses
import os
import pickle
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

import numpy as np

from simulator.evidence.compare.comparison import Comparison, compare
from simulator.evidence.counted.measures import MEASURES
from simulator.evidence.run.study import CHANCE, IGNORANCE, Study, run_study
from simulator.experiment.pairs import pair_of
from simulator.response.engines import engine_named
from simulator.scenario import Scenario, load_scenario
from simulator.scenario.quantity import Array
from simulator.street.people import Index
from verify.score import Events

STREET = Path(__file__).with_name("street.yaml")
# The seed of all banks, and how many campaigns they hold: no other array has as many rows.
BANK_SEED, CAMPAIGNS = 20_261, 20_011
# How many campaigns a sample has: croydon-static's are usually 1,000.
SAMPLE = 200
# True averages by draw: see *true_averages*.
EACH, BINS = 400, 20
# What it counts happens in so many campaigns of a sample, or it is rare.
COMMON = 20
CLUSTERS = (
    "recogniser.lookalike_persistence_same_day=0.95",
    "recogniser.lookalike_persistence_across_days=0.9",
    "street.pool_people=20000",
    "street.return_same_day=0.6",
)
RARE = ("street.passages_per_hour={value: 600, low: 400, high: 900}",)
# A busier street, where it is not known how fast reviews are, how far people get and who is on duty.
QUEUES = (
    "street.passages_per_hour={value: 18000, low: 12000, high: 27000}",
    "procedure.review.median_min={value: 0.5, low: 0.2, high: 1.5}",
    "procedure.reach.median_min={value: 4, low: 2, high: 8}",
    "officers.teams={value: 2, low: 1, high: 3}",
)
WORLDS: dict[str, tuple[Path | str, Sequence[str]]] = {
    "street": (STREET, ()),
    "clusters": (STREET, CLUSTERS),
    "rare": (STREET, RARE),
    "croydon": ("croydon-static", ()),
    "queues": (STREET, QUEUES),
}
# What B differs by from A.
PAIRS: dict[str, tuple[str, Sequence[str]]] = {
    "street, threshold": ("street", ("recogniser.threshold=0.62",)),
    "rare, threshold": ("rare", ("recogniser.threshold=0.61",)),
    "croydon, operators": ("croydon", ("officers.operators=1",)),
}
UNITS = {measure.name: measure.unit for measure in MEASURES}
COMPOUND, COMPOUND_MEASURE = "compound", "wrongful_stops"
Bank = TypeVar("Bank", Study, Comparison)
Kept = TypeVar("Kept")


def scenario_of(world: str, overrides: Sequence[str] = ()) -> Scenario:
    """The scenario of a *world*, with more *overrides*."""
    name, own = WORLDS[world]
    return load_scenario(name, [*own, *overrides])


def kept(path: Path, make: Callable[[], Kept]) -> Kept:
    """What *make* makes, from the file at *path* if it was made before."""
    if path.exists():
        # written by this program into its own folder
        return cast(Kept, pickle.loads(path.read_bytes()))
    made, beside = make(), path.with_suffix(f".{os.getpid()}")
    path.parent.mkdir(parents=True, exist_ok=True)
    beside.write_bytes(pickle.dumps(made))
    beside.rename(path)
    return made


@cache
def study_bank(world: str, folder: Path) -> Study:
    """The bank of a *world*, kept in *folder*; in that of compounds wrongful stops are Poisson 0.1 and, once in 500, 20 more."""
    if world == COMPOUND:
        study, rng = study_bank("rare", folder), np.random.default_rng(BANK_SEED)
        column = rng.poisson(0.1, CAMPAIGNS) + 20.0 * (rng.random(CAMPAIGNS) < 1 / 500)
        return replace(study, passes={name: {**of, COMPOUND_MEASURE: column} for name, of in study.passes.items()})
    return kept(folder / f"run-{world}.bank", lambda: run_study(scenario_of(world), CAMPAIGNS, BANK_SEED))


@cache
def comparison_bank(name: str, folder: Path) -> Comparison:
    """The bank of a pair of scenarios, kept in *folder*."""
    world, overrides = PAIRS[name]

    def make() -> Comparison:
        pair = pair_of(scenario_of(world), scenario_of(world, overrides))
        return compare(pair, CAMPAIGNS, BANK_SEED, engine_named("auto"))

    return kept(folder / f"compare-{name}.bank", make)


def sample(bank: Bank, picked: Index) -> Bank:
    """The campaigns *picked* from a *bank*, in both passes alike, as if they had been run."""
    taken = {name: _taken(value, picked) for name, value in vars(bank).items()}
    return dataclasses.replace(bank, **{**taken, "replications": len(picked)})


def _taken(value: Any, picked: Index) -> Any:
    """Every array in *value* that has a row or a column for each campaign of the bank."""
    if isinstance(value, dict):
        return {key: _taken(item, picked) for key, item in value.items()}
    if isinstance(value, np.ndarray) and CAMPAIGNS in value.shape:
        return value.take(picked, axis=value.shape.index(CAMPAIGNS))
    return value


def events(measure: str, values: Array, n: int) -> Events:
    """How often a *measure* happens in a sample of *n*, given its *values* in all campaigns (those where it differs)."""
    if UNITS.get(measure, "count") != "count":
        return "sums"
    return "common" if np.count_nonzero(values) / values.size * n >= COMMON else "rare"


def true_averages(form: Array, simulated: Array) -> Array | None:
    """True averages by draw of the inputs: the closed *form* at each, times how far *simulated* totals are from its own.

    Both are (draws,), one campaign with each draw or the average of several; differences, whose draws have one sign, do as
    well. The ratio is taken in bins of the form, each with EACH draws in which it happened, and at most BINS. None of too
    few events.
    """
    happened = int(np.count_nonzero(simulated))
    if happened < EACH or not form.any():
        return None
    bins = min(happened // EACH, BINS)
    which = np.argsort(np.argsort(form, kind="stable")) * bins // len(form)
    top, bottom = (np.bincount(which, values, bins) for values in (simulated, form))
    return np.asarray(form * np.divide(top, bottom, out=np.zeros(bins), where=bottom != 0)[which])


__all__ = [
    "BANK_SEED", "CAMPAIGNS", "CHANCE", "COMPOUND", "COMPOUND_MEASURE", "IGNORANCE", "PAIRS", "SAMPLE", "STREET",
    "UNITS", "WORLDS", "comparison_bank", "events", "kept", "sample", "scenario_of", "study_bank", "true_averages",
]  # fmt: skip
