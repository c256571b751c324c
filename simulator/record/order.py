"""Which members of a sequence stand out of its order, and which dates would not with day and month exchanged."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

# A sequence with more of its members out of place than this is not sorted in the first place.
MOST_OUT_OF_PLACE = 0.1
# A spreadsheet that takes day for month does so with all days up to the 12th; of dates in no order few fit by chance.
FIT_EXCHANGED = 0.8
# So many dates that cannot have been exchanged show which days a file in no order is of, give or take so many days.
FEWEST_FIXED, AROUND_DAYS = 5, 31


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


def exchanged(days: Sequence[dt.date]) -> dict[int, dt.date]:
    """What some of *days* would be with day and month exchanged, by position, where that puts them in order.

    In a file that is in no order: where it puts them into the period of the days that cannot have been exchanged.
    """
    ordinals = np.array([day.toordinal() for day in days], dtype=np.int64)
    other = {i: day.replace(month=day.day, day=day.month) for i, day in enumerate(days) if day.day <= 12}
    sign, outside = min(((sign, _outside(sign * ordinals)) for sign in (1, -1)), key=lambda item: len(item[1]))
    kept = np.delete(np.arange(len(days)), outside)
    fit = {}
    for i in outside:
        at = int(np.searchsorted(kept, i))
        before, after = sign * ordinals[kept[max(at - 1, 0) : at]], sign * ordinals[kept[at : at + 1]]
        if i in other and all(before <= sign * other[i].toordinal()) and all(sign * other[i].toordinal() <= after):
            fit[i] = other[i]
    if fit and len(fit) >= FIT_EXCHANGED * len(outside):
        return fit
    fixed = [day for day in days if day.day > 12]
    if len(outside) <= MOST_OUT_OF_PLACE * len(days) or len(fixed) < FEWEST_FIXED:
        return {}
    first, last = min(fixed), max(fixed)
    margin = dt.timedelta(days=AROUND_DAYS)
    return {
        i: day for i, day in other.items() if first <= day <= last and not first - margin <= days[i] <= last + margin
    }
