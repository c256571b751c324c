"""People worth following one by one, their trips and the exceedances on them: the tables of the draw."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from simulator.scenario.quantity import Array

Index = NDArray[np.int64]
LISTED, KIN, STRANGER = 0, 1, 2
WANTED, CONDITIONS = 0, 1


@dataclass(frozen=True)
class Columns:
    """Arrays of one length, read as the columns of a table."""

    def __len__(self) -> int:
        return len(getattr(self, fields(self)[0].name))

    def take(self, rows: NDArray[np.int64] | NDArray[np.bool_]) -> Self:
        """The given *rows*, in their order."""
        if rows.dtype == bool:
            rows = np.flatnonzero(rows)  # numpy takes rows by number several times faster than by a mask
        return type(self)(**{item.name: getattr(self, item.name)[rows] for item in fields(self)})

    @classmethod
    def join(cls, parts: list[Self]) -> Self:
        """The rows of all *parts*, one part after the other."""
        return cls(**{f.name: np.concatenate([getattr(part, f.name) for part in parts]) for f in fields(cls)})


@dataclass(frozen=True)
class People(Columns):
    """One row per person: *rank* is that of their own entry (listed) or their relative's (kin)."""

    replication: Index
    kind: Index
    group: Index
    rank: Array
    category: Index
    stale: NDArray[np.bool_]


@dataclass(frozen=True)
class Trips(Columns):
    """One row per trip: its *person* (row of People) and its *cell* (replication * deployments + deployment)."""

    person: Index
    cell: Index


def pick(rng: np.random.Generator, cdf: Array, n: int) -> Index:
    """*n* draws from the cumulative distribution *cdf* (no number is spent where there is one choice)."""
    if len(cdf) == 1:
        return np.zeros(n, dtype=np.int64)
    return np.minimum(np.searchsorted(cdf, rng.random(n), side="right"), len(cdf) - 1).astype(np.int64)


def ranks(u: Array, size: float, exponent: Array) -> Array:
    """Ranks in 0..size of which a share (N / size)^exponent lies below N; exponent 0: all at rank 0."""
    with np.errstate(divide="ignore"):
        return np.where(exponent > 0, size * u ** (1.0 / exponent), 0.0)


@dataclass(frozen=True)
class Rows(Columns):
    """One exceedance per row; *own* marks a listed person's own entry."""

    passage: Index
    score: Array
    rank: Array
    own: NDArray[np.bool_]
    category: Index
    stale: NDArray[np.bool_]
    entry_group: Index


class PeopleTable:
    """People and trips of a block while the draw adds to them; the first trips are in the order of their cells."""

    def __init__(self, parts: list[tuple[People, Trips]]) -> None:
        offset, trips = 0, []
        for people, made in parts:
            trips.append(replace(made, person=made.person + offset))
            offset += len(people)
        self.people = People.join([people for people, _ in parts])
        joined = Trips.join(trips)
        self.trips = joined.take(np.argsort(joined.cell, kind="stable"))

    def add(self, people: People, trips: Trips) -> None:
        """Append *people* and their *trips*, whose persons count from the first of *people*."""
        moved = replace(trips, person=trips.person + len(self.people))
        self.people = People.join([self.people, people])
        self.trips = Trips.join([self.trips, moved])
