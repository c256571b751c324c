"""How often intervals hold: tallies of seeds, exact intervals of a coverage, and the rule by which a row fails."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from simulator.evidence.statistics.intervals import Interval, clopper_pearson

# The exact interval of a coverage has this level, shared out among all rows (Bonferroni).
LEVEL = 0.99
# Of a row that is given more seldom nothing can be said.
FEWEST = 60
Events = Literal["common", "rare", "sums", ""]
Verdict = Literal["holds", "fails", "too few"]


@dataclass(frozen=True, order=True)
class Row:
    """One interval: that *command* prints, in which *world*, of which *kind*, *of* what; it claims to hold at *level*.

    *events* says how often what it counts happens: in 20 campaigns of a sample or more, in fewer, or a sum.
    """

    command: str
    kind: str
    events: Events
    world: str
    of: str
    level: float


@dataclass(frozen=True)
class Scored:
    """An interval that one seed gave for a *row*, beside the *truth*; None where none was given."""

    row: Row
    interval: tuple[float, float] | None
    truth: float


@dataclass
class Tally:
    """Seeds of one row: intervals given and not given, misses by side, and what mean width is made of."""

    given: int = 0
    absent: int = 0
    below: int = 0
    above: int = 0
    widths: float = 0.0
    bounded: int = 0
    truths: float = 0.0

    def add(self, scored: Scored) -> None:
        """Count one seed: *below* where the whole interval lies below the truth, *above* where it lies above."""
        if scored.interval is None:
            self.absent += 1
            return
        low, high = scored.interval
        # sums of floats may leave the end that is exactly the truth just beside it
        slack = 1e-9 * abs(scored.truth)
        self.given += 1
        self.below += high < scored.truth - slack
        self.above += low > scored.truth + slack
        self.truths += abs(scored.truth)
        if math.isfinite(low) and math.isfinite(high):
            self.widths += high - low
            self.bounded += 1

    def plus(self, other: Tally) -> Tally:
        """Both together."""
        mine, theirs = asdict(self), asdict(other)
        return Tally(**{name: mine[name] + theirs[name] for name in mine})

    @property
    def inside(self) -> int:
        """Intervals that hold the truth."""
        return self.given - self.below - self.above

    @property
    def coverage(self) -> float:
        """The share of the intervals given that hold the truth."""
        return self.inside / self.given if self.given else math.nan

    @property
    def width(self) -> float:
        """Mean width as a share of the mean truth; NaN where none is bounded, or the truth is 0."""
        return self.widths / self.bounded / (self.truths / self.given) if self.bounded and self.truths else math.nan

    def interval(self, rows: int = 1) -> Interval:
        """The exact interval of the coverage, at LEVEL for all of so many *rows* together."""
        return clopper_pearson(self.inside, self.given, 1 - (1 - LEVEL) / rows)

    def verdict(self, nominal: float, rows: int) -> Verdict:
        """It fails only where the whole exact interval lies below the *nominal* level; covering more is allowed."""
        if self.given < FEWEST:
            return "too few"
        return "fails" if self.interval(rows).high < nominal else "holds"


@dataclass
class Tallies:
    """Tallies by row."""

    of: dict[Row, Tally] = field(default_factory=dict)

    def add(self, scored: Iterable[Scored]) -> None:
        """Count what one seed or more gave."""
        for one in scored:
            self.of.setdefault(one.row, Tally()).add(one)

    def plus(self, other: Tallies) -> Tallies:
        """Both together."""
        rows = dict.fromkeys((*self.of, *other.of))
        return Tallies({row: self.of.get(row, Tally()).plus(other.of.get(row, Tally())) for row in rows})

    @property
    def scored(self) -> int:
        """Rows of which something can be said."""
        return sum(tally.given >= FEWEST for tally in self.of.values())

    def to_data(self) -> list[dict[str, Any]]:
        """Plain values for JSON."""
        return [{**asdict(row), **asdict(tally)} for row, tally in self.of.items()]

    @classmethod
    def from_data(cls, data: Iterable[Mapping[str, Any]]) -> Tallies:
        """What *to_data* gave."""
        names = set(Row.__dataclass_fields__)
        parts = ((dict(filter(lambda kv: kv[0] in names, one.items())), one) for one in data)
        return cls({Row(**key): Tally(**{k: v for k, v in one.items() if k not in names}) for key, one in parts})


@dataclass(frozen=True)
class Group:
    """Rows that are printed as one: all of a *command*, a *kind* and *events*, told by the one that covers least."""

    command: str
    kind: str
    events: Events
    rows: tuple[tuple[Row, Tally], ...]

    @property
    def worst(self) -> tuple[Row, Tally]:
        """The row with the lowest coverage."""
        return min(self.rows, key=lambda pair: (pair[1].coverage, pair[0]))

    @property
    def median(self) -> float:
        """The coverage in the middle of the rows."""
        ordered = sorted(tally.coverage for _, tally in self.rows)
        return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2

    def failing(self, rows: int) -> list[Row]:
        """The rows that fail among so many *rows* in all."""
        return [row for row, tally in self.rows if tally.verdict(row.level, rows) == "fails"]


def groups(tallies: Tallies) -> Iterator[Group]:
    """The groups of all rows of which something can be said, in the order of the tallies."""
    found: dict[tuple[str, str, Events], list[tuple[Row, Tally]]] = {}
    for row, tally in tallies.of.items():
        if tally.given >= FEWEST:
            found.setdefault((row.command, row.kind, row.events), []).append((row, tally))
    return (Group(*key, tuple(rows)) for key, rows in found.items())


__all__ = ["FEWEST", "LEVEL", "Events", "Group", "Row", "Scored", "Tallies", "Tally", "Verdict", "groups"]
