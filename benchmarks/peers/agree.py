"""Do the peers simulate the same thing? A table for each load, with references that are none of the peers.

Run: python benchmarks/peers/agree.py   (a few minutes; --seconds for each peer and load, more of them for less noise)

References: for the common flow Lindley's recursion for several servers, station by station, and for the wait at one
busy operator also Pollaczek and Khinchine's formula; for the full procedure lfrsim's own engine. A cell is a mean per
campaign with its standard error; ! marks what is more than four standard errors away from the reference.
"""

from __future__ import annotations

import argparse
import heapq
import math
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parent.parent))

import peers
from peers import flow, lfrsim_engine

Array = NDArray[np.float64]
BATCH = {"peers.naive_simpy": 1, "peers.with_cimba": 100, "peers.with_cimba_events": 100, "peers.lfrsim_engine": 50}


@dataclass(frozen=True)
class Load:
    """What the peers are asked for."""

    name: str
    full: bool
    hours: list[float]
    alerts_per_hour: float
    true_share: float
    staff: dict[str, int]


CROYDON_HOURS = [4.58] * 5 + [1.73] + [4.58] * 5 + [1.72] + [4.58] * 2
CROYDON_STAFF = {"operators": 2, "teams": 4, "checkers": 7, "vans": 4}
LOADS = (
    Load("Croydon, common flow", False, CROYDON_HOURS, 200 / 58.41, 0.996, CROYDON_STAFF),
    Load("Busy, common flow", False, [4.58] * 3, 20, 0.9, {"operators": 1, "teams": 2, "checkers": 4, "vans": 9}),
    Load("One operator", False, [100.0], 170, 0.5, {"operators": 1, "teams": 12, "checkers": 30, "vans": 50}),
    Load("Croydon, full procedure", True, CROYDON_HOURS, 200 / 58.41, 0.996, CROYDON_STAFF),
    Load("Busy, full procedure", True, [4.58] * 3, 20, 0.9, {"operators": 1, "teams": 3, "checkers": 11, "vans": 8}),
)
SHARED = ("alerts", "arrests", "checkers busy", "wait s")
FULL = ("out of reach", "repeats", "no checkers", "no van")


def figures(load: Load, log: Array) -> list[float]:
    """The figures of one campaign: SHARED, and FULL if the procedure is."""
    outcome = log[:, 2].astype(int)
    count = np.bincount(outcome, minlength=len(flow.OUTCOMES))
    busy = log[:, 5].sum() / (sum(load.hours) * flow.HOUR_S * load.staff["checkers"])
    reviewed = outcome != flow.REPEAT
    shared = [
        len(log),
        count[flow.ARRESTED] + count[flow.NO_VAN],
        busy,
        log[reviewed, 4].mean() if any(reviewed) else 0,
    ]
    if not load.full:
        return shared
    lost = count[[flow.NOT_REVIEWED, flow.GONE, flow.NO_TEAM]].sum()
    return [*shared, lost, count[flow.REPEAT], count[flow.NO_CHECKERS], count[flow.NO_VAN]]


@dataclass(frozen=True)
class Estimate:
    """Means over so many campaigns, and the spread between campaigns."""

    mean: Array
    deviation: Array
    number: int


def simulated(module: ModuleType, load: Load, seconds: float) -> Estimate:
    """Estimate from as many campaigns as fit into so many *seconds*, at least ten."""
    found: list[list[float]] = []
    module.campaigns(load.hours[:1], load.alerts_per_hour, load.true_share, load.staff, 0, 1, load.full)  # compiles
    start, seed, batch = time.perf_counter(), 1, BATCH.get(module.__name__, 10)
    while len(found) < 10 or time.perf_counter() - start < seconds:
        work = (load.hours, load.alerts_per_hour, load.true_share, load.staff, seed, batch, load.full)
        found += [figures(load, np.asarray(log, dtype=float)) for log in module.logs(*work)]
        seed += 1
    return estimate(found)


def estimate(found: list[list[float]]) -> Estimate:
    """Estimate from the figures of each campaign."""
    values = np.array(found)
    return Estimate(values.mean(axis=0), values.std(axis=0, ddof=1), len(values))


def line_of_stations(load: Load, seed: int) -> Array:
    """One campaign of the common flow without any simulator: each station from the arrivals that the last one leaves."""
    rng = np.random.default_rng(seed)
    gaps = (
        rng.exponential(flow.HOUR_S / load.alerts_per_hour, 10 + int(3 * load.alerts_per_hour * h)) for h in load.hours
    )
    start = np.concatenate(
        [
            begin + (times := np.cumsum(gap))[times <= end - begin]
            for (begin, end), gap in zip(flow.days(load.hours), gaps, strict=True)
        ]
    )
    n = len(start)
    false = rng.random(n) >= load.true_share
    outcome = np.full(n, flow.DISMISSED)
    there = np.arange(n)
    arrives = start.copy()
    waited, checkers = np.zeros(n), np.zeros(n)
    stations = (
        ("operators", flow.REVIEW, flow.REVIEW, flow.ACCEPT_TRUE, flow.ACCEPT_FALSE, flow.MISSED),
        ("teams", flow.SEARCH, flow.SEARCH, 1 - flow.NOT_FOUND, 1 - flow.NOT_FOUND, flow.RELEASED),
        ("checkers", flow.CHECK, flow.CHECK_WRONG, flow.ARRESTED_SHARE, 0.0, flow.ARRESTED),
        ("vans", flow.CUSTODY, flow.CUSTODY, 0.0, 0.0, flow.ARRESTED),
    )
    for name, true_median, false_median, true_on, false_on, next_outcome in stations:
        there = there[np.argsort(arrives[there], kind="stable")]
        service = rng.lognormal(np.where(false[there], false_median, true_median), flow.LOG_SD)
        begins = np.array(list(served(arrives[there].tolist(), service.tolist(), load.staff[name])))
        if name == "operators":
            waited[there] = begins - arrives[there]
        if name == "checkers":
            checkers[there] = service
        arrives[there] = begins + service
        there = there[rng.random(len(there)) < np.where(false[there], false_on, true_on)]
        outcome[there] = next_outcome
    return np.stack([start, false, outcome, arrives, waited, checkers], axis=1)


def served(arrives: list[float], service: list[float], servers: int) -> Iterator[float]:
    """When each begins to be served: the first to come takes the server that is free first."""
    free = [-math.inf] * servers
    for arrival, length in zip(arrives, service, strict=True):
        begins = max(arrival, free[0])
        heapq.heapreplace(free, begins + length)
        yield begins


def by_formula(load: Load) -> str:
    """Wait for the only operator (M/G/1), and checkers at work where nobody is lost: both exact in the long run."""
    mean, second = (math.exp(k * flow.REVIEW + (k * flow.LOG_SD) ** 2 / 2) for k in (1, 2))
    per_s = load.alerts_per_hour / flow.HOUR_S
    wait = per_s * second / (2 * (1 - per_s * mean))
    at_work = sum(
        per_s * share * accepted * (1 - flow.NOT_FOUND) * math.exp(check + flow.LOG_SD**2 / 2)
        for share, accepted, check in (
            (load.true_share, flow.ACCEPT_TRUE, flow.CHECK),
            (1 - load.true_share, flow.ACCEPT_FALSE, flow.CHECK_WRONG),
        )
    )
    return f"wait {wait:.4g} s, checkers busy {at_work / load.staff['checkers']:.4g}"


def show(name: str, found: Estimate, reference: Estimate) -> None:
    """One row of the table; the larger spread serves for both, as either may have seen no rare event."""
    errors = found.deviation / math.sqrt(found.number)
    spread = np.maximum(found.deviation, reference.deviation)
    far = abs(found.mean - reference.mean) > 4 * spread * math.sqrt(1 / found.number + 1 / reference.number)
    cells = (
        f"{mean:.4g} ± {error:.2g}{' !' if off else ''}"
        for mean, error, off in zip(found.mean, errors, far, strict=True)
    )
    print(f"| {name} | {found.number:,} | " + " | ".join(cells) + " |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=5.0)
    seconds = parser.parse_args().seconds
    for load in LOADS:
        columns = SHARED + FULL if load.full else SHARED
        print(f"\n{load.name}\n\n| | campaigns | {' | '.join(columns)} |\n|---|---|{'---|' * len(columns)}")
        if load.full:
            reference = simulated(lfrsim_engine, load, 3 * seconds)
            show(lfrsim_engine.NAME, reference, reference)
        else:
            number = max(40, int(200_000 / (load.alerts_per_hour * sum(load.hours))))
            reference = estimate([figures(load, line_of_stations(load, i)) for i in range(number)])
            show("recursion", reference, reference)
        if load.name == "One operator":
            print(f"| formulas: {by_formula(load)} {'| ' * (len(columns) + 2)}")
        for peer in peers.PEERS:
            module = peers.load(peer)
            if isinstance(module, str):
                print(f"| {peer} | not run: {module} {'| ' * (len(columns) + 1)}")
            else:
                show(module.NAME, simulated(module, load, seconds), reference)


if __name__ == "__main__":
    main()
