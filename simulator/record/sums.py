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
    """The counts of *frame* that only add up from row to row within each year, and whether none falls and several add up."""
    steps = {name: _steps(frame, name) for name in COUNTS[1:] if frame[name].min() < frame[name].max()}
    rising = [name for name, found in steps.items() if not (found < 0).any()]
    adding = [name for name in rising if (steps[name] > 0).sum() >= FEWEST_RISES and _is_steep(frame, name)]
    return adding, len(adding) > 1 and len(rising) == len(steps)


def _steps(frame: pd.DataFrame, name: str) -> NDArray[np.float64]:
    """From each row that gives the count *name* to the next of the same year, by how much it rises."""
    rows = frame[["date", name]].dropna().sort_values("date", kind="stable")
    steps = np.asarray(rows[name].diff(), dtype=float)
    within: NDArray[np.float64] = steps[np.asarray(rows["date"].dt.year.diff() == 0)]
    return within


def _is_steep(frame: pd.DataFrame, name: str) -> bool:
    """Whether the count *name* ends as high above its first value as adding up many rows of a year makes it."""
    rows = frame[["date", name]].dropna().sort_values("date", kind="stable")
    in_a_year = len(rows) / rows["date"].dt.year.nunique()
    return len(rows) >= FEWEST_ROWS and bool(rows[name].max() >= STEEP * in_a_year * rows[name].iloc[0])


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
