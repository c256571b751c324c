"""Rows that are no deployments of their own though they have a date: sums of other rows, and running totals."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from simulator.record.columns import COUNTS
from simulator.scenario.errors import Problem

if TYPE_CHECKING:
    import pandas as pd

ADDED = ("hours", *COUNTS[1:])
# So many digits that agree, in all columns together, are no chance: of some rows above, or of all there are.
DIGITS_OF_SOME, DIGITS_OF_ALL = 6.0, 3.0
# Of some rows, so many at most; hours are rounded to so much.
MOST_ROWS, ROUNDED = 100, 0.005
# A column that never falls over so many rows, rises so often, and ends so much higher (against rows) only adds up.
FEWEST_ROWS, FEWEST_RISES, STEEP = 6, 3, 0.5


def sum_rows(frame: pd.DataFrame) -> dict[int, tuple[int, int]]:
    """Rows of *frame* whose every number is the sum of rows before (or after) them: position -> first and last of these."""
    numbers = frame[list(ADDED)].to_numpy(float)
    found = _sums(numbers)
    last = len(numbers) - 1
    behind = {last - at: (last - end, last - begin) for at, (begin, end) in _sums(numbers[::-1], whole=True).items()}
    return found or behind


def _sums(numbers: NDArray[np.float64], *, whole: bool = False) -> dict[int, tuple[int, int]]:
    """Sums of rows above, in *numbers* of shape (rows, columns); with *whole* only the last row as the sum of all."""
    found: dict[int, tuple[int, int]] = {}
    own: list[int] = []
    all_own = np.zeros(numbers.shape[1])
    since = 0
    for at, row in enumerate(numbers):
        given = ~np.isnan(row)
        if given.sum() >= 2 and len(own) >= 2 and (not whole or at == len(numbers) - 1):
            sums = np.nancumsum(numbers[own[: -MOST_ROWS - 1 : -1]][:, given], axis=0)
            agree = [*(np.flatnonzero(_equal(sums, row[given]).all(axis=1)) + 1)]
            agree += [len(own)] if _equal(all_own[given], row[given]).all() else []
            for rows in agree:
                complete = rows in (len(own), len(own) - since)
                if rows >= 2 and _digits(row[given]) >= (DIGITS_OF_ALL if complete else DIGITS_OF_SOME):
                    found[at] = (own[-rows], own[-1])
                    since = len(own)
                    break
        if at not in found:
            own.append(at)
            all_own += np.nan_to_num(row)
    return found


def _equal(sums: NDArray[np.float64], row: NDArray[np.float64]) -> NDArray[np.bool_]:
    return np.isclose(sums, row, rtol=0, atol=ROUNDED)


def _digits(numbers: Sequence[float] | NDArray[np.float64]) -> float:
    """How many digits *numbers* show in all, without zeros at their ends, which rounding makes."""
    return sum(math.log10(int(str(round(number)).rstrip("0") or 0) + 1) for number in numbers)


def summed(frame: pd.DataFrame, label: str) -> dict[int, Problem]:
    """Why such rows of the file *label* are no deployments, by their position."""
    rows = frame["row"].tolist()
    return {
        at: Problem(
            f"{label}:{rows[at]}",
            "",
            f"is the sum of lines {rows[first]} to {rows[last]} in every number: a row of totals is no deployment, take it out",
        )
        for at, (first, last) in sum_rows(frame).items()
    }


def running_totals(frame: pd.DataFrame) -> tuple[list[str], bool]:
    """The counts of *frame* that only add up from row to row within each year, and whether no count does otherwise."""
    counts = [name for name in COUNTS[1:] if frame[name].min() < frame[name].max()]
    adding = [name for name in counts if _adds_up(frame[["date", name]].dropna().sort_values("date", kind="stable"))]
    return adding, len(adding) > 1 and adding == counts


def _adds_up(column: pd.DataFrame) -> bool:
    values, years = column.iloc[:, 1].to_numpy(float), column["date"].dt.year.to_numpy()
    steps, within = np.diff(values), np.diff(years) == 0
    steep = values.max() >= STEEP * len(values) / len({*years}) * values[0] if len(values) else False
    rises = int((steps[within] > 0).sum())
    return len(values) >= FEWEST_ROWS and rises >= FEWEST_RISES and not (steps[within] < 0).any() and bool(steep)


def running_problem(frame: pd.DataFrame, label: str) -> Iterator[Problem]:
    """That all counts of the file *label* are running totals."""
    names, all_do = running_totals(frame)
    if all_do:
        rule = (
            f"{', '.join(name.replace('_', ' ') for name in names)} never fall from one row to the next, as running totals do: "
            "give each deployment its own counts"
        )
        yield Problem(label, "", rule)


__all__ = ["running_problem", "running_totals", "sum_rows", "summed"]
