"""Intervals on averages over campaigns, on their differences and their ratios: right for rare and for skewed events.

A rare count clusters (the same person twice) and minutes are skewed, so Student's t covers .74 to .94 of a nominal .95, and
is an interval of nothing where no campaign had any. Here the campaigns are weighted anew at random (weights of a uniform
Dirichlet law) with one campaign more than was seen: as high as any for the upper end, as low as any for the lower one.
An end is where the weighted average lies beyond with the probability wanted. For campaigns with none or one event this is
Clopper and Pearson's interval (none in n: at most 3.7 / n), for paired campaigns that differ by one it leaves out 0 where the
exact sign test does, and with many events it becomes Student's. The idea is Gaffke's (2005); the probability is computed by
Lugannani and Rice's formula, to about 0.5 % of a bound, with no random number.

How large an event is has to be seen too. Of a count an event is one, or as many as were seen at once. Of a sum it may be of
another kind altogether (an arrest in error among stops), so a sum that fewer than TELLING campaigns had has no upper end, and
a difference of sums that fewer had may be as large as campaigns differ from each other.

Measured coverage (docs/background/uncertainty.md): .94 to .99 for counts and skewed sums, more for rare differences. What is
so rare that no campaign had one of its size is in no interval.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from simulator.evidence.statistics.intervals import Interval
from simulator.scenario.quantity import Array
from simulator.street.compiled import compiled_loop

# Below so many campaigns an interval is never narrower than Student's, which is right for nearly normal values.
SMALL = 20
# Of k events the largest to come may be larger than those seen by about so much / k of them (found by simulation).
STRETCH = 4.0
# Of so many events the largest is, with 95 %, above what 19 in 20 events keep below: 0.95^59 < 0.05 (Wilks 1941). Fewer do not
# tell how large the large ones are.
TELLING = 59
# Values closer together, relative to their size, are the same: sums of hours differ in their last digits.
ALIKE = 1e-9


def event_size(values: Array, counts: bool) -> float:
    """How large an event that no campaign of *values* (n,) had may be: 1 for counts, for sums larger than those seen.

    0 for a sum that every campaign has, infinite for one that fewer than TELLING have: what one of it may be is not known.
    """
    seen = int(np.count_nonzero(values))
    if counts:
        return 1.0
    if seen == len(values):
        return 0.0
    return math.inf if seen < TELLING else beyond_seen(values)


def beyond_seen(values: Array) -> float:
    """How large the largest of *values* (n,) to come may be, larger than all seen by the more the fewer of them are not 0."""
    return (1 + STRETCH / max(int(np.count_nonzero(values)), 1)) * float(np.abs(values).max())


def average_interval(values: Array, counts: bool, level: float = 0.95) -> Interval:
    """Monte Carlo interval of the average of *values* (n,), one for each campaign; not below 0 if none of them is.

    Infinite where nothing is bounded: above, for a sum that no campaign had; both ways, for one campaign alone.
    """
    return ratio_interval(values, np.ones(len(values)), event_size(values, counts), level=level)


def average_of_draws(values: Array, counts: bool, level: float = 0.95) -> Interval:
    """The same for *values* (draws, campaigns of each) whose campaigns share a draw of the inputs; draws differ by more."""
    return over_draws(values, event_size(values.ravel(), counts), level)


def over_draws(values: Array, change: Change | float, level: float = 0.95, signed: bool = False) -> Interval:
    """Monte Carlo interval of the average of *values* (draws, campaigns of each), as *ratio_interval* has it.

    Only draws are independent, so it is that of their averages. It is no narrower than were all campaigns independent: where
    next to nothing happened in any draw, their averages are alike by chance.
    """
    each = values.shape[1]
    less, rise = change if isinstance(change, tuple) else (change, change)
    # an event of a campaign is a part of one in the average of its draw
    ways = [(values.mean(axis=1), Change(less / each, rise / each)), (values.ravel(), Change(less, rise))]
    ends = [ratio_interval(x, np.ones(len(x)), of, level=level, signed=signed) for x, of in ways[: min(each, 2)]]
    return Interval(min(low for low, _ in ends), max(high for _, high in ends))


class Change(NamedTuple):
    """How far a campaign that was not seen may *fall* and *rise* from A to B, neither below 0."""

    fall: float
    rise: float


def change_size(a: Array, b: Array, counts: bool) -> Change:
    """How large a change from *a* to *b* (n,) that no campaign had may be: as *event_size*, by those that were seen.

    Where fewer than TELLING campaigns tell, a sum may differ in one to come by as much as campaigns do, to the side on which
    any was seen (to both where none was); by nothing where all campaigns are alike, and by anything where a sum is so rare that
    they do not tell either.
    """
    most = float(max(np.abs(a).max(), np.abs(b).max()))
    change = np.where(np.abs(b - a) > ALIKE * most, b - a, 0.0)
    size = np.abs(change)
    differ = int(np.count_nonzero(size))
    if counts:
        usual = float((size**2).sum() / size.sum()) if 0 < differ < len(size) else 1.0
        return Change(max(1.0, usual), max(1.0, usual))
    if differ == len(size):
        return Change(0.0, 0.0)
    seen = beyond_seen(size)
    if differ >= TELLING:
        return Change(seen, seen)
    spread = max(_spread(a, most), _spread(b, most))
    return Change(*(max(seen, spread) if far or not differ else seen for far in (change.min() < 0, change.max() > 0)))


def _spread(values: Array, most: float) -> float:
    """How far campaigns differ from each other; infinite for a sum that too few of them have to tell."""
    having = int(np.count_nonzero(values))
    if having < min(TELLING, len(values)):
        return math.inf
    spread = float(np.ptp(values))
    return spread if spread > ALIKE * most else 0.0


def difference_interval(a: Array, b: Array, counts: bool, level: float = 0.95) -> Interval:
    """Monte Carlo interval of the average of B - A over paired campaigns, *a* and *b* (n,)."""
    return paired_interval(b - a, change_size(a, b, counts), level)


def paired_interval(differences: Array, change: Change | float, level: float = 0.95) -> Interval:
    """The same for *differences* (n,) of any kind, where an unseen one may be as large as *change*."""
    return ratio_interval(differences, np.ones(len(differences)), change, level=level, signed=True)


def ratio_interval(
    top: Array,
    bottom: Array,
    change: Change | float,
    fall: float = 0.0,
    level: float = 0.95,
    signed: bool = False,
    most: float = math.inf,
) -> Interval:
    """Interval on the ratio of the expected *top* and *bottom* (n,) of a campaign: all at which top - ratio x bottom may be 0.

    *bottom* is never below 0, and above it in some campaign. In a campaign to come *top* may be larger or smaller than is
    usual by *change*, and *bottom* larger by *fall*. A *top* that is not below 0 in any campaign is so in none to come,
    unless *signed*, and no ratio is above *most*. An end that nothing bounds is infinite.
    """
    n = len(top)
    least = -math.inf if signed or top.min() < 0 else 0.0
    if n < 2:
        return Interval(-math.inf, math.inf)
    less, rise = change if isinstance(change, tuple) else (change, change)
    middle = float(top.mean() / bottom.mean())
    rest = top - middle * bottom
    if rise == less == fall == 0 and float(np.ptp(rest)) <= ALIKE * float(np.abs(top).max()):
        return Interval(middle, middle)
    seen = max(int(np.count_nonzero(top)), 1)
    if np.ptp(bottom) == 0:
        values, number = np.unique(top, return_counts=True)
        cases, weights = (values, np.full(len(values), bottom[0])), np.append(number, 1.0)
    else:
        cases, weights = (top, bottom), np.ones(n + 1)
    widest = float(bottom.max()) + fall

    def above(ratio: float) -> Array:
        left = cases[0] - ratio * cases[1]
        return np.append(left, _one_more(left, weights, rise, seen))

    def below(ratio: float) -> Array:
        left = ratio * cases[1] - cases[0]
        extreme = _one_more(left, weights, max(less, ratio * fall), seen)
        # less than none of it cannot be
        return np.append(left, extreme if least else min(extreme, ratio * widest))

    beyond = (1 - level) / 2
    from scipy import special

    z = -float(special.ndtri(beyond))
    error = float(rest.std(ddof=1)) / math.sqrt(n) / float(bottom.mean())

    def end(deviate: Callable[[float], Array], side: float, event: float) -> float:
        step = z * error + 2 * event / n / float(bottom.mean()) or abs(middle) / n
        return _end(lambda ratio: _deviate(deviate(ratio), weights), middle, side * step, z)

    high = end(above, 1.0, rise) if math.isfinite(rise) else math.inf
    low = least
    # at 0 the least that can be bounds what is not known of sizes
    if math.isfinite(fall) and (math.isfinite(less) if least else middle > 0):
        low = end(below, -1.0, less if math.isfinite(less) else 0.0)
    if n < SMALL:
        half = -float(special.stdtrit(n - 1, beyond)) * error
        low, high = min(low, middle - half), max(high, middle + half)
    return Interval(max(low, least), min(high, most))


def _one_more(left: Array, weights: Array, event: float, seen: int) -> float:
    """The highest that a campaign to come may have: an *event* where the others had none, or beyond the highest *seen*."""
    usual = max(float(left @ weights[:-1] / weights[:-1].sum()), float(left[np.abs(left).argmin()]) + event)
    return usual + max(float(left.max()) - usual, 0.0) * (1 + STRETCH / seen)


@compiled_loop
def _deviate(x: Array, weights: Array) -> float:
    """The standard normal deviate that is exceeded as often as the average of *x*, weighted at random, exceeds 0.

    A sum of *x* times exponential variables (*weights* of each): saddlepoint, then Lugannani and Rice's tail probability in
    the form of Barndorff-Nielsen.
    """
    most, fewest = x.max(), x.min()
    if most <= 0 or fewest >= 0:
        return math.inf if most <= 0 else -math.inf
    y = x / max(most, -fewest)
    s = 0.0
    # damped Newton steps: the function is self-concordant, so they stay where it is defined and always arrive
    for _ in range(200):
        part = y / (1 - s * y)
        slope, curve = (weights * part).sum(), (weights * part * part).sum()
        decrement = abs(slope) / math.sqrt(curve)
        s -= slope / curve / (1 + decrement if decrement > 0.25 else 1)
        if decrement < 1e-6:
            break
    root = math.copysign(math.sqrt(max(2 * (weights * np.log1p(-s * y)).sum(), 0.0)), s)
    if abs(root) < 0.1:
        return root
    return root + math.log(s * math.sqrt(curve) / root) / root


def _end(deviate: Callable[[float], float], start: float, step: float, z: float) -> float:
    """Where *deviate*, which grows from *start* on in the direction of *step*, is *z*."""
    from scipy.optimize import brentq

    near, far = start, start + step
    while deviate(far) < z:
        near, far, step = far, far + 2 * step, 2 * step
    # beyond the largest value the deviate is infinite
    end = brentq(lambda at: min(deviate(at), 40.0) - z, near, far, xtol=1e-5 * abs(step), rtol=1e-9)
    # digits beyond are of the search, and differ where the loop is not compiled
    return float(f"{end:.8g}")


__all__ = [
    "TELLING", "Change", "average_interval", "average_of_draws", "beyond_seen", "change_size", "difference_interval",
    "event_size", "over_draws", "paired_interval", "ratio_interval",
]  # fmt: skip
