"""How many campaigns an average needs: more and more of them, until its Monte Carlo interval is narrow enough.

Looking again and again and stopping at the first success is optional stopping. It is kept harmless in three ways: looks
are few (each a quarter further than the last), none is taken before FEWEST campaigns, and no precision coarser than COARSEST
may be asked for. The interval then covers the average 95 to 97 times in 100 (simulated in tests/evidence/test_precision.py
for counts, clustered counts and minutes, rare ones among them), and the average of a count comes out too high by about
(precision / 1.96)^2 of itself at most: 1 % at a precision of 20 %, less than 0.1 % at 5 %. What no interval sees is a rare
cluster that makes much of the average and has not come up yet: 20 events at once in 1 of 500 campaigns beside 0.1 single ones
are covered 90 times in 100 at a precision of 20 %, so what is printed says how rare that is.
Waiting until the values look little skewed was tried and makes it worse: it picks the samples in which the rare long
cases are missing.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from simulator.evidence.counted.measures import COUNTS, measure
from simulator.evidence.counted.zero import assumed_zero
from simulator.evidence.statistics.averages import TELLING, average_interval, difference_interval
from simulator.evidence.statistics.intervals import Interval
from simulator.experiment.campaigns import Campaigns, campaigns_of
from simulator.experiment.floods import check_flood
from simulator.experiment.replications import Cell
from simulator.response.resolve import Engine
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Z95, Array
from simulator.street.candidates import Envelope

LEVEL = 0.95
FEWEST, GROWTH = 200, 1.25
FINEST, COARSEST = 0.001, 0.20

# Values (size, columns) of the campaigns of one block by its number: one column, or A and B.
Sampler = Callable[[int], Array]


@dataclass(frozen=True)
class Target:
    """What is asked for: the average of *measure*, known to a share *relative* of itself, with at most *most* campaigns."""

    measure: str = "wrongful_stops"
    relative: float = 0.05
    most: int = 100_000


@dataclass(frozen=True)
class Look:
    """What *campaigns* say: the *average* (of B - A, for two columns) and its 95 % *interval*.

    *against* is the size that the precision is a share of: the average, or the larger average of A and B. *events*
    counts the campaigns that are not 0 (that differ).
    """

    campaigns: int
    average: float
    interval: Interval
    against: float
    events: int

    @property
    def half_width(self) -> float:
        """How far the interval reaches from the average, on its wider side."""
        return max(self.interval.high - self.average, self.average - self.interval.low)

    @property
    def relative(self) -> float:
        """The precision reached; infinite where there is nothing to compare with."""
        return self.half_width / self.against if self.against > 0 else math.inf

    def needed(self, relative: float) -> float | None:
        """About how many campaigns would do, or would tell how large events are; None where nothing says."""
        if math.isfinite(self.relative):
            return self.campaigns * (self.relative / relative) ** 2
        return self.campaigns * TELLING / self.events if self.events else None


@dataclass(frozen=True)
class Reached:
    """Where it ended: the last *look*, whether the target is *met*, and about how many campaigns would be *needed*.

    *needed* is None where the target is met and where nothing says how many. *never* says why the measure is always 0.
    """

    target: Target
    look: Look
    met: bool
    needed: float | None = None
    never: str | None = None

    @property
    def campaigns(self) -> int:
        """How many campaigns to run."""
        return self.look.campaigns


def checkpoints(block: int, most: int, fewest: int = FEWEST) -> Iterator[int]:
    """Numbers of campaigns to look at, whole blocks from *fewest* on, each a quarter further than the last, *most* at the end."""
    blocks = -(-fewest // block)
    while blocks * block < most:
        yield blocks * block
        blocks = max(blocks + 1, math.ceil(blocks * GROWTH))
    yield most


def look_at(values: Array, counts: bool = True) -> Look:
    """What *values* (campaigns, columns) say of the average, or of the average difference between two columns."""
    first, last = values[:, 0], values[:, -1]
    if values.shape[1] == 2:
        of, interval = last - first, difference_interval(first, last, counts, LEVEL)
    else:
        of, interval = last, average_interval(last, counts, LEVEL)
    against = float(np.abs(values.mean(axis=0)).max())
    return Look(len(values), float(of.mean()), interval, against, int(np.count_nonzero(of)))


def until_precise(
    sample: Sampler, block: int, target: Target, progress: Callable[[int], None] | None = None
) -> Reached:
    """Draw blocks of so many campaigns with *sample* until the *target* is met at a checkpoint, or its ceiling reached."""
    parts: list[Array] = []
    for campaigns in checkpoints(block, target.most):
        while len(parts) * block < campaigns:
            parts.append(sample(len(parts)))
            if progress:
                progress(len(parts[-1]))
        look = look_at(np.concatenate(parts)[:campaigns], target.measure in COUNTS)
        if look.relative <= target.relative:
            return Reached(target, look, True)
    return Reached(target, look, False, look.needed(target.relative))


def campaigns_for(
    scenario: Scenario,
    target: Target,
    seed: int,
    engine: Engine,
    cell: Cell,
    envelope: Envelope,
    progress: Callable[[int], None] | None = None,
) -> Reached:
    """How many campaigns a run with this *seed*, *cell* and *envelope* needs: its own first ones, with median inputs.

    A measure that an input or the closed form makes impossible is not waited for: the fewest campaigns are enough.
    """
    check_flood(scenario, FEWEST)
    campaigns = campaigns_of(scenario, seed, envelope, engine, cell, crowding_out=target.measure == "crowded_out")
    never, expected = _impossible(scenario, target.measure, cell)
    reached = until_precise(
        sampler(campaigns, target.measure),
        campaigns.size,
        replace(target, most=min(target.most, FEWEST)) if never else target,
        progress,
    )
    reached = replace(reached, target=target)
    if reached.look.events == 0:
        needed = (Z95 / target.relative) ** 2 / expected if expected else None
        return replace(reached, needed=needed, never=never)
    return reached


def sampler(campaigns: Campaigns, name: str) -> Sampler:
    """The measure *name* of block after block of *campaigns* with median inputs, without logs: arrays (size, 1)."""

    def sample(index: int) -> Array:
        blocks = campaigns.block(index, campaigns.inputs(index, ignorance=False), campaigns.size)
        return np.concatenate([measure(campaigns.scenario, block)[name] for block in blocks])[:, None]

    return sample


def _impossible(scenario: Scenario, name: str, cell: Cell) -> tuple[str | None, float | None]:
    """Why the measure must be 0, if it must; and its closed form, if it has one above 0."""
    from simulator.evidence.counted.closed_forms import closed_forms
    from simulator.scenario.inputs import median_inputs

    key = assumed_zero(scenario, name)
    if key is not None:
        return f"{key} is 0", None
    forms = closed_forms(scenario, median_inputs(scenario, 1), cell.threshold, cell.size)
    if name not in forms:
        return None, None
    expected = float(forms[name][0])
    return (None, expected) if expected > 0 else ("with these inputs none can happen", None)


__all__ = ["Look", "Reached", "Target", "campaigns_for", "checkpoints", "look_at", "sampler", "until_precise"]
