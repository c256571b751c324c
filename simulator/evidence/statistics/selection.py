"""Whether the rows that give a number differ, in their false alerts, from those that do not.

A rate per hour is of the rows that give hours. Where these are the ones in which something happened, or in which nothing did,
it is the rate of a choice and not of the record.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulator.evidence.numbers import counted, number, whole

if TYPE_CHECKING:
    import pandas as pd

# Rows are linked to their outcome below this p, and no rate is made of them where it moves the share of false alerts so far.
LINKED, MOST_MOVED = 0.05, 2.0


@dataclass(frozen=True, kw_only=True)
class Side:
    """So many *rows* with their *false* alerts, out of so many *alerts*."""

    rows: int
    false: float
    alerts: float

    @property
    def words(self) -> str:
        """The false alerts out of how many."""
        return f"{whole(self.false)} of {counted(self.alerts, 'alert')}"


@dataclass(frozen=True, kw_only=True)
class Selection:
    """The rows that give *what*, beside those *without*; *p* is that of no link between this and their false alerts.

    It is the larger of two by Fisher's exact test: of alerts, and of rows with any false alert, because false alerts of one row
    may have one cause.
    """

    what: str
    given: Side
    without: Side
    p: float

    @property
    def linked(self) -> bool:
        """Whether which rows give it goes with what came out."""
        return self.p < LINKED

    @property
    def withheld(self) -> bool:
        """Whether the rows that give it would make false alerts so much rarer or more frequent that no rate is given."""
        both = (self.given.false + self.without.false) / (self.given.alerts + self.without.alerts)
        moved = self.given.false / self.given.alerts / both if both and self.given.alerts else 1.0
        return self.linked and not 1 / MOST_MOVED < moved < MOST_MOVED

    @property
    def words(self) -> str:
        """What is wrong with a rate by it, with the counts on both sides."""
        start = f"No false alert rate by {self.what} is given: which" if self.withheld else "Which"
        return f"{start} rows give {self.what} goes with what came out. {self.counts}"

    @property
    def counts(self) -> str:
        """The false alerts on both sides."""
        return (
            f"In the {whole(self.given.rows)} that do, {self.given.words} are false; in the {whole(self.without.rows)} that do "
            f"not, {self.without.words} (p {number(self.p)}, exact)."
        )


def selection(what: str, frame: pd.DataFrame, given: pd.Series) -> Selection | None:
    """The rows of *frame* that are *given* what is meant, beside the others; None where all are or none is."""
    if given.all() or not given.any():
        return None
    from scipy import stats

    false, alerts = frame["false_alerts"], frame["alerts"].fillna(frame["false_alerts"])
    sides = [
        Side(rows=int(some.sum()), false=float(false[some].sum()), alerts=float(alerts[some].sum()))
        for some in (given, ~given)
    ]
    of_alerts = [[side.false, max(side.alerts - side.false, 0.0)] for side in sides]
    of_rows = [[float((false[some] > 0).sum()), float((false[some] == 0).sum())] for some in (given, ~given)]
    p = max(float(stats.fisher_exact(np.array(table)).pvalue) for table in (of_alerts, of_rows))
    return Selection(what=what, given=sides[0], without=sides[1], p=p)


def selections(frame: pd.DataFrame, needs: Mapping[str, tuple[str, ...]]) -> dict[str, Selection]:
    """By name, the rows of *frame* that give the columns which it *needs*, where only some do."""
    found = {}
    for name, columns in needs.items():
        one = selection(words_of(columns), frame, frame[list(columns)].notna().all(axis=1))
        if one is not None:
            found[name] = one
    return found


def words_of(columns: tuple[str, ...]) -> str:
    """The *columns* of a record, as a page calls them."""
    return " and ".join(name.replace("watchlist_size", "list").replace("_", " ") for name in columns)


__all__ = ["Selection", "Side", "selection", "selections", "words_of"]
