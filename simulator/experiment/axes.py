"""What is swept: the axes of a surface, as they are written on the command line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from simulator.scenario.errors import Problem, ScenarioError, shorten
from simulator.scenario.explain import comes_of, takes_percent
from simulator.scenario.numbers import Comes, TwoReadingsError, read_number, split_list

THRESHOLD, SIZE = "recogniser.threshold", "watchlist.size"
MOST_VALUES, MOST_CELLS = 1_000, 100_000
# Values along a geometric axis are rounded to so many significant digits, so that they can be said and typed again.
DIGITS = 3
HINT = "for example recogniser.threshold=0.56:0.70:0.01, watchlist.size=1000:50000:20log or officers.teams=1,2,4"

Value = float | str


@dataclass(frozen=True)
class Axis:
    """A dotted *key* of the scenario and the *values* it takes, in rising order where they are numbers."""

    key: str
    values: tuple[Value, ...]


def parse_axis(text: str) -> Axis:
    """An axis from ``key=first:last:step``, ``key=first:last:COUNTlog`` or ``key=a,b,c``; ScenarioError if it is none."""

    def refuse(rule: str) -> ScenarioError:
        return ScenarioError(Problem(f"--over {shorten(text)}", "", rule))

    key, equals, values = (part.strip() for part in text.partition("="))
    if not equals or not key or not values:
        raise refuse(f"must be KEY=VALUES, {HINT}")
    if ":" not in values:
        return Axis(key, _listed(key, values, refuse))
    parts, percent = values.split(":"), takes_percent(key)
    if len(parts) != 3:
        raise refuse(f"a range has three parts, FIRST:LAST:STEP or FIRST:LAST:COUNTlog, {HINT}")
    first, last = (_number(part, percent, comes_of(key), refuse) for part in parts[:2])
    if not first < last:
        raise refuse(f"the range must rise (got {first:g} to {last:g})")
    if parts[2].endswith("log"):
        count = _number(parts[2].removesuffix("log"), False, "whole", refuse)
        if count != int(count) or not 2 <= count <= MOST_VALUES or first <= 0:
            raise refuse(f"COUNTlog needs a whole number of values from 2 to {MOST_VALUES:,} and a range above 0")
        return Axis(key, _geometric(first, last, int(count), whole=key == SIZE))
    step = _number(parts[2], percent, comes_of(key), refuse)
    steps = (last - first) / step if step > 0 else 0.0
    if not 0 < steps < MOST_VALUES:
        raise refuse(f"the step must be above 0 and give at most {MOST_VALUES:,} values (got {step:g})")
    # the last value counts where rounding alone keeps the steps from reaching it
    return Axis(key, tuple(float(f"{first + i * step:.12g}") for i in range(int(steps + 1e-9) + 1)))


def axes_of(texts: Sequence[str]) -> tuple[Axis, ...]:
    """The axes of all *texts*; ScenarioError where one is wrong, is given twice, or they make too many cells."""
    axes = tuple(parse_axis(text) for text in texts)
    keys = [axis.key for axis in axes]
    for key in keys:
        if keys.count(key) > 1:
            raise ScenarioError(Problem(f"--over {key}", "", "is given twice; give all its values at once"))
    cells = int(np.prod([len(axis.values) for axis in axes], dtype=float))
    if cells > MOST_CELLS:
        rule = f"the axes make {cells:,} cells, and {MOST_CELLS:,} are the most; take fewer values"
        raise ScenarioError(Problem("--over", "", rule))
    return axes


def settings(axes: Sequence[Axis]) -> list[dict[str, Value]]:
    """Every combination of the values of *axes*, the last axis fastest; one empty combination of none."""
    return [dict(zip([a.key for a in axes], values, strict=True)) for values in product(*(a.values for a in axes))]


def _geometric(first: float, last: float, count: int, whole: bool) -> tuple[float, ...]:
    between = [float(f"{value:.{DIGITS}g}") for value in np.geomspace(first, last, count)[1:-1]]
    between = [float(round(value)) for value in between] if whole else between
    return tuple(dict.fromkeys([first, *between, last]))


def _number(text: str, percent: bool, comes: Comes, refuse) -> float:  # type: ignore[no-untyped-def]
    try:
        value = read_number(text, percent, comes)
    except TwoReadingsError as error:
        raise refuse(str(error)) from None
    if value is None:
        raise refuse(f"must be a number (got {shorten(text) or 'nothing'}), {HINT}")
    return value


def _listed(key: str, text: str, refuse) -> tuple[Value, ...]:  # type: ignore[no-untyped-def]
    try:
        words = split_list(text, key)
    except ValueError as error:
        raise refuse(f"{error} (got {shorten(text)})") from None
    if not all(words):
        raise refuse(f"a value is missing between commas, {HINT}")
    try:
        read = [read_number(word, takes_percent(key), comes_of(key)) for word in words]
    except TwoReadingsError as error:
        raise refuse(str(error)) from None
    numbers = [number for number in read if number is not None]
    if 0 < len(numbers) < len(words):
        odd = words[read.index(None)]
        raise refuse(f"must be finite numbers, all of them, or else words (got {shorten(odd)})")
    values: list[Value] = [*(numbers or words)]
    if len(set(values)) < len(values):
        raise refuse("a value is given twice")
    if len(values) > MOST_VALUES:
        raise refuse(f"at most {MOST_VALUES:,} values (got {len(values):,})")
    return tuple(sorted(numbers)) if numbers else tuple(words)
