"""Speed and memory of lfrsim against a naive SimPy model, side by side in one run; prints a Markdown table.

Run: python benchmarks/speed.py   (about two minutes; medians of several rounds, machines are noisy: read the ratios)
"""

from __future__ import annotations

import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import naive

from simulator.evidence.counted.measures import measure
from simulator.experiment.log import alert_log
from simulator.experiment.replications import run_block
from simulator.experiment.seeds import BLOCK
from simulator.scenario import load_scenario

ROUNDS = 7


def main() -> None:
    croydon = load_scenario("croydon-static")
    print(
        f"Python {platform.python_version()}, simpy {version('simpy')}, numpy {version('numpy')}; medians of {ROUNDS} rounds.\n"
    )
    print("| what | value | target |\n|---|---|---|")
    speed(croydon)
    flatness()
    memory()
    start_up()


def block(scenario: object, index: int) -> None:
    """One block of campaigns with its log and measures, as ``lfrsim run`` does it."""
    done = run_block(scenario, 1, index, BLOCK, ignorance=False)
    alert_log(scenario, done)
    measure(scenario, done)


def seconds(action: Callable[[int], object]) -> list[float]:
    """Seconds of *action* for each round, one warm-up left aside."""
    action(0)
    times = []
    for i in range(1, ROUNDS + 1):
        start = time.perf_counter()
        action(i)
        times.append(time.perf_counter() - start)
    return times


def speed(croydon: object) -> None:
    """One campaign of about 239,000 passages, log included: naive and lfrsim take turns in the same run."""
    hours = [day.hours for day in croydon.campaign.days]
    staff = {name: int(getattr(croydon.officers, name).value) for name in ("operators", "teams", "checkers", "vans")}
    slow, fast = [], []
    block(croydon, 0)
    for i in range(ROUNDS):
        start = time.perf_counter()
        rows = naive.campaign(hours, 4096, 3.1e-6, 8.3e-4, staff, i)
        slow.append(time.perf_counter() - start)
        start = time.perf_counter()
        block(croydon, i)
        fast.append((time.perf_counter() - start) / BLOCK)
    ratio = statistics.median(a / b for a, b in zip(slow, fast, strict=True))
    print(
        f"| naive SimPy, a process per passer-by ({len(rows)} alerts) | {statistics.median(slow) * 1e3:,.0f} ms a campaign | |"
    )
    print(
        f"| lfrsim, process engine, log and measures included | {statistics.median(fast) * 1e3:.2f} ms a campaign | |"
    )
    print(f"| **times faster than naive** | **{ratio:,.0f}** | at least 100 |")


def flatness() -> None:
    """The same number of alerts from 2e5 to 2e9 passages: rates fall as footfall rises."""
    medians = []
    for passages in (2e5, 2e7, 2e9):
        factor = passages / 2e5
        changes = [
            f"street.passages_per_hour={passages / 58.41}",
            f"watchlist.true_alerts_per_1000_passages={1.16 / factor}",
            f"recogniser.fmr_at_anchor={1.9e-10 / factor}",
            f"street.pool_people={int(300_000 * factor)}",
        ]
        scenario = load_scenario("croydon-static", changes)
        medians.append(statistics.median(seconds(lambda i, s=scenario: block(s, i))) / BLOCK)
        print(f"| {passages:.0e} passages, alerts as before | {medians[-1] * 1e3:.2f} ms a campaign | |")
    print(f"| **slowest to fastest of these** | **{max(medians) / min(medians):.2f}** | at most 1.5 |")


def memory() -> None:
    """Peak memory of whole runs, in processes of their own, without files and with every file; smallest first."""
    for n, target in ((200, ""), (1000, "under 300")):
        lfrsim("run", "croydon-static", "-n", str(n), "--json")
        print(f"| peak memory, `lfrsim run croydon-static -n {n}` | {peak_mib():.0f} MiB | {target} |")
    with tempfile.TemporaryDirectory() as folder:
        lfrsim("run", "croydon-static", "-n", "1000", "-o", f"{folder}/run", "--csv")
    print(f"| the same with every file written, `-n 1000 -o DIR --csv` | {peak_mib():.0f} MiB | under 300 |")


def peak_mib() -> float:
    """The largest memory any finished process of ours has had so far."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def start_up() -> None:
    """Seconds of ``lfrsim --help`` as a process."""
    times = seconds(lambda _: lfrsim("--help"))
    print(f"| `lfrsim --help` | {statistics.median(times):.2f} s | under 0.3 s |")


def lfrsim(*args: str) -> None:
    """Run the command as a process of its own, its output thrown away."""
    command = [sys.executable, "-m", "simulator.cli", *args]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
