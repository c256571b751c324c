"""What a file of deployment records holds once it is read."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from simulator.record.columns import COUNTS, NUMBERS
from simulator.scenario.errors import Problem

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class LeftOut:
    """False alerts of rows that were left out: *events* in the *rows* of them whose count can be read."""

    events: float = 0.0
    rows: int = 0


NOTHING_LEFT_OUT = LeftOut()
# Why a column that is above 0 wherever it is given is not used.
UNUSED = "blank, or chosen by what came out"


@dataclass(frozen=True)
class Records:
    """Deployments as a *frame* of one row each, in the order of the file, and all there is to say about the file.

    The columns are those of ``FRAME_COLUMNS``: ``row`` (line in the file), ``date``, ``place`` as written, ``site``
    normalised, ``kind`` (van or fixed, see ``kinds``), and numbers with NaN where the file has none. *label* is the file
    as the user named it, *headings* the file's own heading for each column, *ignored* its columns that mean nothing
    here. *problems* are those of the *skipped* rows, which begin on the *skipped_lines* and had the *skipped_false*
    alerts; *oddities* are what is odd in the rows that were kept, *notes* (of the file as a whole) among them. Of the
    columns *unused* nothing is taken, since nobody knows what a blank means in them.
    """

    frame: pd.DataFrame
    label: str
    problems: tuple[Problem, ...]
    skipped: int
    oddities: tuple[Problem, ...]
    headings: dict[str, str]
    ignored: tuple[str, ...] = ()
    notes: tuple[Problem, ...] = ()
    skipped_lines: tuple[int, ...] = ()
    skipped_false: LeftOut = NOTHING_LEFT_OUT
    unused: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.frame)

    def total(self, column: str) -> float:
        """The sum of *column* over the rows that give it (0 where none does)."""
        return float(self.frame[column].sum())

    @property
    def left_out(self) -> dict[str, dict[str, int]]:
        """In how many rows a number that the file has elsewhere is not known, by column and by reason."""
        empty = self.frame[[*COUNTS]].drop(columns="watchlist_size").isna().all(axis=1)
        found = {}
        for name in NUMBERS:
            gone = self.frame[name].isna()
            if name in self.unused or not gone.all():
                why = UNUSED if name in self.unused else "blank"
                reasons = {"no count at all": int((gone & empty).sum()), why: int((gone & ~empty).sum())}
                found[name] = {reason: rows for reason, rows in reasons.items() if rows}
        return {name: reasons for name, reasons in found.items() if reasons}

    @property
    def hours(self) -> float:
        """Camera hours in all, over the rows that give them."""
        return self.total("hours")

    @property
    def first(self) -> dt.date:
        """The earliest date."""
        return self.frame["date"].min().date()  # type: ignore[no-any-return]

    @property
    def last(self) -> dt.date:
        """The latest date."""
        return self.frame["date"].max().date()  # type: ignore[no-any-return]

    def between(self, first: dt.date | None = None, last: dt.date | None = None) -> Records:
        """The rows from *first* to *last*, both included, with what is odd in them."""
        import pandas as pd

        from simulator.record.oddities import find_oddities

        if first is None and last is None:
            return self

        dates = self.frame["date"]
        keep = pd.Series(True, index=self.frame.index)
        if first is not None:
            keep &= dates >= pd.Timestamp(first)
        if last is not None:
            keep &= dates <= pd.Timestamp(last)
        frame = self.frame[keep].reset_index(drop=True)
        odd = find_oddities(frame, self.label, self.headings) if len(frame) else []
        return replace(self, frame=frame, oddities=(*self.notes, *odd))
