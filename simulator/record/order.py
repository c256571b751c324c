"""Which members of a sequence stand out of its order."""

from __future__ import annotations

from bisect import bisect_right

import numpy as np
from numpy.typing import NDArray

# A sequence with more of its members out of place than this is not sorted in the first place.
MOST_OUT_OF_PLACE = 0.1


def out_of_order(values: NDArray[np.int64]) -> list[int]:
    """Positions to leave out so that the rest never falls (or never rises); none where *values* are not sorted anyway.

    The fewest possible: whatever is not in a longest sequence that never falls, found by patience sorting.
    """
    outside = min((_outside(values), _outside(-values)), key=len)
    return outside if len(outside) <= MOST_OUT_OF_PLACE * len(values) else []


def _outside(values: NDArray[np.int64]) -> list[int]:
    ends: list[int] = []
    at: list[int] = []
    before = np.full(len(values), -1)
    for i, value in enumerate(values.tolist()):
        place = bisect_right(ends, value)
        before[i] = at[place - 1] if place else -1
        ends[place : place + 1] = [value]
        at[place : place + 1] = [i]
    inside, i = set(), at[-1] if at else -1
    while i >= 0:
        inside.add(i)
        i = int(before[i])
    return [i for i in range(len(values)) if i not in inside]
