"""How fast a surface is: resolving, 600 cells of Croydon on two workers, memory, and a national year; prints Markdown.

Run: python benchmarks/surface.py   (about four minutes; machines are noisy: read medians and ratios)
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from importlib.metadata import version
from pathlib import Path

import numpy as np

from simulator import __version__
from simulator.evidence.counted.measures import measure
from simulator.evidence.sweep.sweeping import Crew, run_sweep
from simulator.experiment.axes import axes_of
from simulator.experiment.replications import (
    block_at,
    block_inputs,
    block_size,
    cell_of,
    draw_block,
    envelope_of,
    run_block,
)
from simulator.experiment.sweep import plan_sweep
from simulator.experiment.workers import run_jobs
from simulator.response.engines import engine_named
from simulator.response.resolve import resolve, roster_of
from simulator.scenario import load_scenario

AXES = ["recogniser.threshold=0.56:0.705:0.005", "watchlist.size=1000:50000:20log"]
ROUNDS = 3
# 50 vans, 200 days of 6 hours each: 60,000 camera hours, a billion faces, about 7e5 candidate alerts; nobody twice.
NATIONAL = [
    f"campaign.deployments=[{','.join(['{date: 2026-01-01, hours: 6, count: 200}'] * 50)}]",
    "street.passages_per_hour=16667",
    "street.pool_people=null",
    "watchlist.true_alerts_per_1000_passages=0.5",
    "record=null",
]
NATIONAL_CAMPAIGNS = 100


def main() -> None:
    engine_named("kernel")
    print(
        f"Python {platform.python_version()}, numpy {version('numpy')}, numba {version('numba')}, {os.cpu_count()} cores.\n"
    )
    print("| what | value | target |\n|---|---|---|")
    resolving()
    for preset, target in (("field", 5), ("npl", 10)):
        surface(preset, target)
    two_workers()
    memory()
    national()


def resolving() -> None:
    """Nanoseconds an alert of resolving alone, at the scenario's own cell and with the full procedure."""
    for name, overrides in (
        ("Croydon as shipped", ()),
        ("second look, bystanders, shifts", (
            "procedure.second_look={accept_true: 0.95, accept_false: 0.4}",
            "procedure.bystander=0.05",
            "officers.shifts=[{after_min: 60, teams: 2}, {after_min: 120, teams: 4, vans: 2}]",
        )),
    ):  # fmt: skip
        scenario = load_scenario("croydon-static", overrides)
        engine = engine_named("kernel")
        block = run_block(scenario, 1, 0, 50, False, engine=engine)
        roster = roster_of(scenario, block.inputs)
        times = []
        for _ in range(100):
            start = time.perf_counter()
            resolve(roster, block.alerts, block.plan, engine)
            times.append((time.perf_counter() - start) / len(block.alerts))
        print(
            f"| resolve, {name} ({len(block.alerts):,} alerts) | {statistics.median(times) * 1e9:.0f} ns an alert | 100 |"
        )


def surface(preset: str, target: float) -> None:
    """Seconds of ``lfrsim sweep`` for 30 x 20 cells and 200 campaigns, parts and surface written, two workers."""
    sweep = plan_sweep("croydon-static", [f"recogniser.preset={preset}"], axes_of(AXES), 1, 200)
    times = []
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            start = time.perf_counter()
            found = run_sweep(sweep, Path(folder) / "sweep", __version__, Crew(workers=2))
            times.append(time.perf_counter() - start)
    alerts = (found["alerts"] + found["passages_void"]).sum() * sweep.replications
    campaigns = len(sweep.cells) * sweep.replications
    print(
        f"| surface `{preset}`: {len(sweep.cells)} cells, {campaigns:,} campaigns, {alerts:.2g} alerts, 2 workers | "
        f"{statistics.median(times):.1f} s | {target} s |"
    )


def two_workers() -> None:
    """How many times as fast two workers compute the jobs of a surface as one."""
    from simulator.evidence.sweep.surface import compute

    sweep = plan_sweep("croydon-static", [], axes_of(AXES), 1, 200)
    ratios = []
    for _ in range(ROUNDS):
        seconds = []
        for workers in (1, 2):
            start = time.perf_counter()
            run_jobs(compute, sweep.jobs("kernel"), lambda *_: None, workers)
            seconds.append(time.perf_counter() - start)
        ratios.append(seconds[0] / seconds[1])
    print(f"| two workers against one, jobs of the surface `field` | {statistics.median(ratios):.2f} times | 1.8 |")


def memory() -> None:
    """Peak memory of a whole sweep, all its processes together (shared pages counted once), for 200 and 600 campaigns."""
    for n in (200, 600):
        axes = [word for axis in AXES for word in ("--over", axis)]
        command = [
            sys.executable,
            "-m",
            "simulator.cli",
            "sweep",
            "croydon-static",
            *axes,
            "-n",
            str(n),
            "--workers",
            "2",
        ]
        print(f"| peak memory of the surface `field`, -n {n}, all processes | {peak_mib(command):.0f} MiB | 500 |")


def peak_mib(command: list[str]) -> float:
    """The largest sum of proportional memory over the processes of *command*."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peak, done = 0.0, threading.Event()

    def watch() -> None:
        nonlocal peak
        while not done.wait(0.05):
            peak = max(peak, sum(pss_mib(pid) for pid in family(process.pid)))

    watcher = threading.Thread(target=watch)
    watcher.start()
    process.wait()
    done.set()
    watcher.join()
    return peak


def family(pid: int) -> list[int]:
    """A process and its children."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        children = []
    return [pid, *(member for child in children for member in family(int(child)))]


def pss_mib(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def national() -> None:
    """Seconds of a national year: 10,000 deployments and a billion faces in each of 100 campaigns, two workers."""
    start = time.perf_counter()
    scenario = load_scenario("croydon-static", NATIONAL)
    size = block_size(scenario, envelope_of(scenario))
    seen: list[float] = []
    run_jobs(national_block, list(range(NATIONAL_CAMPAIGNS // size)), lambda _, found: seen.extend(found), 2)
    took = time.perf_counter() - start
    print(
        f"| national year: {len(scenario.campaign.days):,} deployments, 1e9 faces, {np.mean(seen):,.0f} alerts; "
        f"{len(seen)} campaigns, 2 workers | {took:.0f} s | 60 s |"
    )


def national_block(index: int) -> list[float]:
    """Alerts, void passages included, of each campaign of one block."""
    scenario = load_scenario("croydon-static", NATIONAL)
    envelope = envelope_of(scenario)
    size = block_size(scenario, envelope)
    drawn = draw_block(scenario, 1, index, block_inputs(scenario, 1, index, False, size), envelope)
    found = measure(scenario, block_at(drawn, cell_of(scenario), size, engine_named("kernel"), crowding_out=False))
    return list(found["alerts"] + found["passages_void"])


if __name__ == "__main__":
    main()
