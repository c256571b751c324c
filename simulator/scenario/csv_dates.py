"""A column of dates: read one by one, and held against each other for whether day or month comes first."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from simulator.scenario import csv_cells as cells
from simulator.scenario.errors import Problem


@dataclass
class DateColumn:
    """The dates of the column *heading* in the file *label*, as far as they are read."""

    label: str
    heading: str
    _orders: dict[str, list[tuple[int, str]]] = field(default_factory=dict)

    def read(self, cell: str, line: int) -> dt.date:
        """The date in *cell* on *line*; raises CellError where there is none."""
        try:
            day, order = cells.date(cell.strip())
        except cells.MonthFirstError:
            self._orders.setdefault("month first", []).append((line, cell.strip()))
            raise
        self._orders.setdefault(order, []).append((line, cell.strip()))
        return day

    def mixed(self) -> Problem | None:
        """Why no date can be read where some fit only month first and others do not."""
        month, either, day = (self._orders.get(name, []) for name in ("month first", "ambiguous", "day first"))
        if not month or not (either or day):
            return None
        line, cell = month[0]
        others = [f"{len(day):,} only day first"] if day else []
        others += [f"{len(either):,} either way"] if either else []
        rule = (
            f"{len(month):,} date{' fits' if len(month) == 1 else 's fit'} only month first (as {cell}), {' and '.join(others)}: "
            f"which number is the month cannot be told, and no row is used; write dates as in 2024-12-31"
        )
        return Problem(f"{self.label}:{line}", self.heading, rule)

    def note(self) -> Problem | None:
        """That day first is only taken for granted, where no date of the file shows it."""
        if "ambiguous" not in self._orders or "day first" in self._orders:
            return None
        line, cell = self._orders["ambiguous"][0]
        rule = f"{cell} is read day first, and so are all dates; no date in the file shows which comes first"
        return Problem(f"{self.label}:{line}", self.heading, rule)


__all__ = ["DateColumn"]
