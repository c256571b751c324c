"""What a campaign and an alert cost each peer: medians of several rounds, in which the peers take turns.

Run: python benchmarks/peers/timing.py   (a few minutes; machines are noisy: read the ratios)

It is processor time, which other programs on the machine disturb less than the clock; every peer uses one core.
"""

from __future__ import annotations

import platform
import statistics
import sys
import time
from importlib.metadata import version
from pathlib import Path
from types import ModuleType

sys.path.insert(0, str(Path(__file__).parent.parent))

import peers

ROUNDS = 7
# A round takes about so long for each peer and flow, but never less than one campaign.
ROUND_S = 0.5

# One campaign: the deployments and staff of the scenario croydon-static, about 200 alerts in all.
HOURS = [4.58] * 5 + [1.73] + [4.58] * 5 + [1.72] + [4.58] * 2
ALERTS_PER_HOUR = 200 / sum(HOURS)
TRUE_SHARE = 0.996
STAFF = {"operators": 2, "teams": 4, "checkers": 7, "vans": 4}


def seconds(module: ModuleType, full: bool, seed: int, number: int) -> tuple[float, int]:
    """Seconds of processor time that so many campaigns take, and how many alerts they handled."""
    start = time.process_time()
    alerts = module.campaigns(HOURS, ALERTS_PER_HOUR, TRUE_SHARE, STAFF, seed, number, full)
    return time.process_time() - start, alerts


def costs(modules: list[ModuleType]) -> dict[tuple[str, bool], tuple[float, float]]:
    """Microseconds of a campaign and of an alert, by name and whether it was the full procedure."""
    numbers, found = {}, {}
    for module in modules:
        for full in (False, True):
            seconds(module, full, 0, 1)  # compiles what has to be compiled
            taken, number = 0.0, 1
            while taken < ROUND_S / 4 and number < 2000:
                number *= 2
                taken, _ = seconds(module, full, 0, number)
            numbers[module, full] = max(1, round(number * ROUND_S / taken))
            found[module, full] = []
    for seed in range(1, ROUNDS + 1):
        for (module, full), number in numbers.items():
            found[module, full].append((*seconds(module, full, seed, number), number))
    return {
        (module.NAME, full): (
            statistics.median(taken / number for taken, _, number in rounds) * 1e6,
            statistics.median(taken / alerts for taken, alerts, _ in rounds) * 1e6,
        )
        for (module, full), rounds in found.items()
    }


def main() -> None:
    loaded = {peer: peers.load(peer) for peer in (*peers.PEERS, "lfrsim_whole")}
    modules = [module for module in loaded.values() if isinstance(module, ModuleType)]
    found = costs(modules)
    print(f"Python {platform.python_version()}; medians of {ROUNDS} rounds; microseconds.\n")
    ours = loaded["lfrsim_whole"].NAME
    print("| peer | version | common: campaign | alert | times lfrsim | full: campaign | alert | times lfrsim |")
    print("|---|---|---|---|---|---|---|---|")
    for peer, module in loaded.items():
        if isinstance(module, str):
            print(f"| {peer} | not run: {module} | | | | | | |")
            continue
        cells = []
        for full in (False, True):
            campaign, alert = found[module.NAME, full]
            # per alert, because numbers of alerts differ a little
            cells += [f"{campaign:,.0f}", f"{alert:,.2f}", f"{alert / found[ours, full][1]:,.2g}"]
        print(f"| {module.NAME} | {version(module.DISTRIBUTION)} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
