"""A swept surface as tables on a terminal: thresholds down, list sizes across, one measure at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from simulator.evidence.counted.measures import MEASURES
from simulator.evidence.numbers import number, whole
from simulator.evidence.sweep.surface import SPREAD
from simulator.experiment.axes import SIZE, THRESHOLD
from simulator.experiment.sweep import Point, Sweep
from simulator.report.old_tables import _table

if TYPE_CHECKING:
    import pandas as pd
    from rich.table import Table

MOST_ROWS, MOST_COLUMNS, MOST_TABLES = 12, 6, 8
# An average whose Monte Carlo interval reaches up to so many times its value is marked.
VAGUE, VAGUE_MARK = 1.5, "~"
WORDS = {measure.name: measure.words for measure in MEASURES}


def surface_tables(
    sweep: Sweep, surface: pd.DataFrame, measures: Sequence[str], per: str, factor: float, width: int
) -> list[Table]:
    """Tables of *measures* times *factor* (*per* says per what), one for each measure and point of the other axes."""
    tables = []
    cells = len(sweep.cells)
    for at, point in enumerate(sweep.points[:MOST_TABLES]):
        part = surface.iloc[at * cells : (at + 1) * cells]
        for measure in measures:
            tables.append(_one(sweep, point, part, measure, per, factor, width))
    return tables


def left_out(sweep: Sweep) -> list[str]:
    """Sentences on what the tables do not show."""
    said = []
    if len(sweep.points) > MOST_TABLES:
        said.append(f"{len(sweep.points) - MOST_TABLES} more settings of the other axes are not shown.")
    if len(sweep.thresholds) > MOST_ROWS or len(sweep.sizes) > MOST_COLUMNS:
        said.append(f"Shown are some of {len(sweep.cells)} cells each; -o DIR keeps all.")
    return said


def largest_error(surface: pd.DataFrame, measure: str) -> float | None:
    """The largest Monte Carlo error (half of the 95 % interval, relative to the average) among the cells with events."""
    some = surface[surface[measure] > 0]
    if some.empty or some[f"{measure}_high"].isna().any():
        return None
    return float(((some[f"{measure}_high"] - some[measure]) / some[measure]).max())


def _one(sweep: Sweep, point: Point, part: pd.DataFrame, measure: str, per: str, factor: float, width: int) -> Table:
    thresholds, sizes = _some(sorted(sweep.thresholds), MOST_ROWS), _some(sorted(sweep.sizes), MOST_COLUMNS)
    cells = {(row[THRESHOLD], row[SIZE]): row for _, row in part.iterrows()}
    rows = [
        [_threshold(threshold), *(_cell(cells[threshold, size], measure, factor) for size in sizes)]
        for threshold in thresholds
    ]
    words = {key: f"{value:g}" if isinstance(value, float) else value for key, value in point.setting.items()}
    setting = ", ".join(f"{key} {word}" for key, word in words.items())
    title = f"{_capital(WORDS[measure])} {per}" + (f" ({setting})" if setting else "")
    return _table(title, ["threshold", *(f"{whole(size)} listed" for size in sizes)], rows, width)


def _threshold(value: float) -> str:
    return f"{value:.2f}" if abs(100 * value - round(100 * value)) < 1e-9 else f"{value:g}"


def _cell(row: pd.Series, measure: str, factor: float) -> str:
    """The average, marked where chance leaves it vague; where no campaign had one, the closed form (marked) if any."""
    mean, high = float(row[measure]), float(row[f"{measure}_high"])
    if mean > 0 or measure not in SPREAD:
        return f"{VAGUE_MARK if high >= VAGUE * mean > 0 else ''}{number(mean * factor)}"
    closed = float(row.get(f"{measure}_closed", 0.0))
    return f"{number(closed * factor)}*" if closed > 0 else "none seen"


def _some(values: list[float], most: int) -> list[float]:
    """At most so many of the *values*, the first and the last among them."""
    if len(values) <= most:
        return values
    return [values[i] for i in np.unique(np.rint(np.linspace(0, len(values) - 1, most)).astype(int))]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
