"""Ranges over unknown inputs where these act on queues, which no closed form knows: held against long runs at each draw.

In the other worlds the truth at a draw of the inputs is its closed form, times how far simulated totals are from it: what inputs
do at one and the same form is averaged out there. Here nothing but campaigns is taken: every seed has a draw of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from simulator.evidence.counted.units import COUNTED_BY
from simulator.experiment.axes import THRESHOLD, Axis
from simulator.experiment.sweep import plan_sweep
from simulator.scenario.quantity import Array
from verify.printed import printed
from verify.score import Row, Scored
from verify.summaries import generator, run_bank
from verify.thresholds import measured
from verify.worlds import BANK_SEED, CAMPAIGNS, SAMPLE, WORLDS, events, kept, sample

WORLD = "queues"
# As many draws as seeds, and campaigns at each: so many that chance is a small part of how averages differ.
DRAWS, EACH = 400, 400


@cache
def truths(folder: Path) -> Mapping[str, Array]:
    """The average of every measure at each draw of the inputs, by name: (DRAWS,)."""
    path, overrides = WORLDS[WORLD]

    def make() -> dict[str, Array]:
        sweep = plan_sweep(str(path), overrides, [Axis(THRESHOLD, (0.60,))], BANK_SEED, DRAWS * EACH, DRAWS)
        return {name: values[0].reshape(DRAWS, EACH).mean(axis=1) for name, values in measured(sweep).items()}

    run_bank(WORLD, folder)
    return kept(folder / "at-draws.bank", make)


def draw_scores(folder: Path, seed: int) -> Iterator[Scored]:
    """Every range of an average over unknown inputs that one sample prints, beside the average at the draw of this *seed*."""
    known, bank = truths(folder), run_bank(WORLD, folder)
    picked = generator(seed).integers(CAMPAIGNS, size=SAMPLE)
    for item in printed(bank.summed(sample(bank.bank, picked))):
        if item.over_inputs:
            measure, unit = item.keys[0], item.keys[1] if len(item.keys) > 1 else None
            # a sweep simulates nothing twice to see who was crowded out
            if measure not in known or (unit is not None and unit not in COUNTED_BY):
                continue
            averages = known[measure] / (known[COUNTED_BY[unit]] if unit else 1.0)
            often = events(measure, bank.columns[measure], SAMPLE)
            of = measure if unit is None else f"{measure} per {unit}"
            row = Row("run", ".".join(item.fields), often, WORLD, of, item.level)
            yield Scored(row, item.interval, float(averages[(seed - 1) % DRAWS]))


__all__ = ["DRAWS", "draw_scores", "truths"]
