"""Numbers given anew, and orders in which few tie."""

from __future__ import annotations

import numpy as np

from simulator.scenario.quantity import Array
from simulator.street.people import Index


def renumbered(numbers: Index, many: int) -> tuple[Index, Index]:
    """The distinct *numbers* below *many*, sorted, and the place of each number among them."""
    present = np.zeros(many, dtype=bool)
    present[numbers] = True
    return np.flatnonzero(present), (np.cumsum(present) - 1)[numbers]


def sorted_with_ties(key: Index, others: tuple[Array | Index, ...]) -> Index:
    """The order by *key*, then by *others* (the last of them first): few tie, so only those are sorted by all."""
    order = np.argsort(key, kind="stable")
    tied = np.zeros(len(order) + 1, dtype=bool)
    tied[1:-1] = key[order[1:]] == key[order[:-1]]
    among = np.flatnonzero(tied[1:] | tied[:-1])
    rows = order[among]
    order[among] = rows[np.lexsort((*(other[rows] for other in others), key[rows]))]
    return order


__all__ = ["renumbered", "sorted_with_ties"]
