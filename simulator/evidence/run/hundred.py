"""A hundred simulated campaigns, or all where fewer were simulated, by how many wrongful stops they have."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from simulator.evidence.run.thousand import largest_remainder

DOTS = 100
# Each number below it has a row of its own, where nearly all campaigns have fewer.
FEW = 3
NEARLY_ALL = 0.95
# In how many steps the rest is told.
ROWS = 5
_ROUND = (1, 2, 5)


@dataclass(frozen=True, kw_only=True)
class Some:
    """So many *campaigns* of those shown that have from *low* to *high* wrongful stops; None: or more."""

    low: int
    high: int | None
    campaigns: int


def of_a_hundred(tally: Mapping[int, int]) -> tuple[Some, ...]:
    """The *tally* of campaigns by number of wrongful stops, for a hundred of them: none, 1, 2, 3 or more; else in steps.

    Fewer than a hundred are shown as they are: shares of three campaigns are not those of a hundred.
    Those that have none are rounded on their own, so that the number is that of every sentence about them.
    """
    total = sum(tally.values())
    dots = min(DOTS, total)
    edges = _edges(tally, total)
    spans = [(low, None if high is None else high - 1) for low, high in zip(edges, [*edges[1:], None], strict=True)]
    # without a row from 1 on, nothing lies between none and the next
    spans[0] = (0, 0)
    counts = [sum(n for k, n in tally.items() if low <= k and (high is None or k <= high)) for low, high in spans]
    none = round(dots * counts[0] / total)
    rest = largest_remainder(np.array(counts[1:], dtype=float), dots - none)
    if not rest.sum():
        none = dots
    return tuple(
        Some(low=low, high=high, campaigns=int(n)) for (low, high), n in zip(spans, [none, *rest], strict=True)
    )


def _edges(tally: Mapping[int, int], total: int) -> list[int]:
    """Where the rows begin: at 0 and 1, and then by ones, or by round numbers that leave few rows."""
    most = max(k for k in tally if sum(n for number, n in tally.items() if number >= k) > (1 - NEARLY_ALL) * total)
    if most <= FEW:
        return list(range(FEW + 1))
    least = min(k for k in tally if sum(n for number, n in tally.items() if number <= k) > (1 - NEARLY_ALL) * total)
    step = _round_up((most - least + 1) / ROWS)
    first = max(least // step * step, step)
    below = [1] if first > 1 and any(0 < k < first for k in tally) else []
    return [0, *below, *(edge for edge in range(first, most + 1, step))]


def _round_up(x: float) -> int:
    """The next of 1, 2, 5, 10, 20, 50 ... from *x* on."""
    power = 10 ** max(math.floor(math.log10(x)), 0)
    return int(next((k * power for k in _ROUND if k * power >= x), 10 * power))


__all__ = ["DOTS", "Some", "of_a_hundred"]
