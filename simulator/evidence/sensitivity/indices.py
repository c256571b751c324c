"""Which inputs the average of a measure hangs on: Sobol' indices with intervals, and a tornado, one input at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from simulator.evidence.about.unknowns import Unknown, draws, page, uniforms
from simulator.evidence.statistics.averages import beyond_seen, paired_interval
from simulator.evidence.statistics.draws import AveragesByDraw, average_range
from simulator.evidence.statistics.intervals import Interval
from simulator.scenario.inputs import Inputs
from simulator.scenario.quantity import Array

LEVEL = 0.95
RESAMPLES, RESAMPLES_AT_ONCE = 1000, 50
# The stream of random numbers for resampling, beyond those of all samples.
RESAMPLING = 1 << 20
# Averages that differ by less than rounding do not differ.
ROUNDING = 1e-12
# A bar of a smaller share of its average is none.
NO_MOVE = 1e-9
ENDS = (0.025, 0.975)

# The average of a measure at every point of a page of inputs, with the random numbers of one numbered set of streams:
# a formula uses none; a simulation gives the same row of any two pages the same numbers where the sets are the same.
Means = Callable[[Inputs, int], Array]
SAME, APART, AGAIN = 0, 1, 2


@dataclass(frozen=True)
class Index:
    """What *name* explains of a variance, as shares: *first* alone, *total* with all its interplay; 95 % intervals.

    *moves* says whether it changed the measure at any point.
    """

    name: str
    first: float
    first_95: Interval
    total: float
    total_95: Interval
    moves: bool


@dataclass(frozen=True)
class Variance:
    """How averages vary over the inputs: their *mean*, *variance* and 95 % range, and what explains the variance.

    *range_95* has no chance in it; it is None where chance hides what the inputs do. *mean_95* is the error of the
    simulation on the mean, None for a formula and where nothing bounds it.

    *chance_share* is what is left of chance in simulated averages, as a share of *variance* (0 for a formula):
    nothing explains it, and it can also enter total indices.
    """

    mean: float
    mean_95: Interval | None
    variance: float
    range_95: Interval | None
    indices: tuple[Index, ...]
    chance_share: float
    rows: int

    @property
    def constant(self) -> bool:
        """Whether no input changed the measure at any point."""
        return not any(index.moves for index in self.indices)

    @property
    def none(self) -> bool:
        """Whether there was none of it at any point."""
        return self.mean == self.variance == 0


@dataclass(frozen=True)
class AtEnds:
    """The average with one input at the ends of its 95 % interval and all others at their medians.

    *low_input* and *high_input* are the ends, *at_low* and *at_high* the averages there; for joint draws, which have no
    ends, those averages between which 95 % of the rows lie. *error_95* is the 95 % half-width of the simulation's error
    on at_high - at_low, None for a formula.
    """

    low_input: float | None
    high_input: float | None
    at_low: float
    at_high: float
    error_95: float | None = None

    @property
    def width(self) -> float:
        """How far the average moves between the two ends."""
        return abs(self.at_high - self.at_low)

    @property
    def alike(self) -> bool:
        """Whether the average is the same at both ends."""
        return self.width <= NO_MOVE * abs(self.at_high)

    @property
    def within_error(self) -> bool:
        """Whether it moves no further than the simulation errs."""
        return self.error_95 is not None and self.width <= self.error_95


def explain_variance(
    found: Sequence[Unknown],
    base: Inputs,
    means: Means,
    seed: int,
    simulated: bool = False,
    progress: Callable[[int], None] | None = None,
    error: Callable[[Array], Interval | None] = lambda _: None,
) -> Variance:
    """Sobol' indices of *means* over the unknowns *found*, the rest as in *base* (its rows, a power of 2, are the sample).

    First order and total by the estimators of Saltelli et al. (2010, table 2 b and f) at rows x (unknowns + 2) points.
    Intervals are percentiles over resampled rows, too wide rather than too narrow, because the rows are spread evenly.
    Where *simulated*, sample B has random numbers of its own, so that what two pages share by chance is not taken for
    what an input explains, and a second look at sample A measures the chance in an average; *error* is the interval of
    the mean of such averages.
    """
    rows = base.replications
    told = progress or (lambda _: None)
    u = uniforms(2 * len(found), rows, seed)
    a, b = draws(found, u[: len(found)]), draws(found, u[len(found) :])
    page_a = page(base, *a)

    def evaluate(points: Inputs, streams: int) -> Array:
        values = means(points, streams)
        told(rows)
        return values

    f_a, f_b = evaluate(page_a, SAME), evaluate(page(base, *b), APART)
    centre = float(np.mean([f_a, f_b]))
    chance = float(np.mean((f_a - evaluate(page_a, AGAIN)) ** 2)) / 2 if simulated else 0.0
    # what is averaged over rows: first-order products, total squares, and the two moments of the variance
    first, total = np.empty((2, len(found), rows))
    moves = np.zeros(len(found), dtype=bool)
    for i, drawn in enumerate(b):
        step = evaluate(page(page_a, drawn), SAME) - f_a
        moves[i] = bool(np.any(np.abs(step) > ROUNDING * np.abs(f_a)))
        step = step if moves[i] else np.zeros(rows)
        first[i], total[i] = (f_b - centre) * step, step**2 / 2
    moments = np.stack([(f_a + f_b) / 2 - centre, ((f_a - centre) ** 2 + (f_b - centre) ** 2) / 2])
    averaged = np.concatenate([first, total, moments])
    variance, shares = _shares(averaged.mean(axis=1))
    low, high = _resampled(averaged, seed)
    n = len(found)
    indices = tuple(
        Index(
            unknown.name,
            float(shares[i]),
            Interval(float(low[i]), float(high[i])),
            float(shares[n + i]),
            Interval(float(low[n + i]), float(high[n + i])),
            bool(moves[i]),
        )
        for i, unknown in enumerate(found)
    )
    both = np.concatenate([f_a, f_b])
    exact = Interval(*(float(x) for x in np.quantile(both, ENDS)))
    spread = average_range(AveragesByDraw(both, np.asarray(chance))) if simulated else exact
    chance_share = min(chance / float(variance), 1.0) if variance > 0 else 0.0
    return Variance(centre, error(both), float(variance), spread, indices, chance_share, rows)


def _shares(means: Array) -> tuple[Array, Array]:
    """The variance (...) and all indices (..., 2 x unknowns), from row averages (..., 2 x unknowns + 2); 0 of nothing."""
    variance = means[..., -1] - means[..., -2] ** 2
    some = variance[..., None] > 0
    shares = np.divide(means[..., :-2], variance[..., None], out=np.zeros_like(means[..., :-2]), where=some)
    return variance, shares


def _resampled(averaged: Array, seed: int) -> tuple[Array, Array]:
    """Percentile intervals of the indices over resampled rows: both ends, each (2 x unknowns,)."""
    rng = np.random.Generator(np.random.SFC64(np.random.SeedSequence(seed, spawn_key=(RESAMPLING,))))
    rows = averaged.shape[1]
    shares = []
    for _ in range(RESAMPLES // RESAMPLES_AT_ONCE):
        picked = rng.integers(rows, size=(RESAMPLES_AT_ONCE, rows))
        times = np.stack([np.bincount(row, minlength=rows) for row in picked]).astype(float)
        shares.append(_shares(times @ averaged.T / rows)[1])
    tail = (1 - LEVEL) / 2
    low, high = np.quantile(np.concatenate(shares), [tail, 1 - tail], axis=0)
    return low, high


def tornado(
    found: Sequence[Unknown],
    base: Inputs,
    means: Means,
    simulated: bool = False,
    progress: Callable[[int], None] | None = None,
) -> tuple[float, dict[str, AtEnds]]:
    """The average at the medians *base* (equal rows), and with each of *found* at its 2.5 % and 97.5 % ends, by name.

    A formula needs one row. For a simulation the rows are repeats with common random numbers; joint draws, whose rows
    would each need as many campaigns, are then left out.
    """
    told = progress or (lambda _: None)
    rows = base.replications
    at_median = means(base, SAME)
    told(rows)
    bars = {}
    for unknown in found:
        if unknown.rows:
            if not simulated:
                bars[unknown.name] = _joint_ends(unknown, base, means)
            continue
        drawn = [unknown.draw(np.full(rows, end)) for end in ENDS]
        values = []
        for end in drawn:
            values.append(means(page(base, end), SAME))
            told(rows)
        low, high = (float(end[unknown.name][0]) for end in drawn)
        error = _error(values[1] - values[0]) if simulated else None
        bars[unknown.name] = AtEnds(low, high, float(values[0].mean()), float(values[1].mean()), error)
    return float(at_median.mean()), bars


def _joint_ends(unknown: Unknown, base: Inputs, means: Means) -> AtEnds:
    drawn = unknown.draw((np.arange(unknown.rows) + 0.5) / unknown.rows)
    repeated = {key: np.full(unknown.rows, values[0]) for key, values in base.values.items()}
    low, high = np.quantile(means(page(Inputs(unknown.rows, repeated), drawn), SAME), ENDS)
    return AtEnds(None, None, float(low), float(high))


def _error(differences: Array) -> float | None:
    """How far the 95 % interval of the mean of independent *differences* reaches; None where nothing differs."""
    if not differences.any():
        return None
    low, high = paired_interval(differences, beyond_seen(differences) if (differences == 0).any() else 0.0, LEVEL)
    middle = float(differences.mean())
    return max(high - middle, middle - low)
