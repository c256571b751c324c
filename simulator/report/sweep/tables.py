"""The tables of a sweep: thresholds down, list sizes across, one measure at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, product
from typing import TYPE_CHECKING

import numpy as np

from simulator.evidence.counted.measures import BY_NAME
from simulator.evidence.numbers import number, number_range, plainly, whole
from simulator.evidence.run.rates import Range
from simulator.evidence.sweep.found import SweepFound
from simulator.evidence.sweep.steps import STEPPED, Step
from simulator.evidence.sweep.surface import SPREAD
from simulator.experiment.axes import SIZE, THRESHOLD, Value
from simulator.report.page import Table, table

if TYPE_CHECKING:
    import pandas as pd

MOST_ROWS, MOST_COLUMNS, MOST_TABLES = 12, 6, 8
# An average whose Monte Carlo interval reaches up to so many times its value is marked.
VAGUE, VAGUE_MARK = 1.5, "~"


def measures_of(found: SweepFound) -> tuple[str, ...]:
    """The measures that were asked for; wrongful stops where that was not kept."""
    return found.about.measures if found.about else ("wrongful_stops",)


def surface_tables(found: SweepFound) -> Iterator[Table]:
    """A table of each measure at each of the first points of the other axes."""
    cells, kept = found.sweep.cells, found.sweep.kept or {}
    thresholds, sizes = some(cells.thresholds, MOST_ROWS), some(cells.sizes, MOST_COLUMNS)
    each = len(cells.thresholds) * len(cells.sizes)
    for at, point in enumerate(found.sweep.points[:MOST_TABLES]):
        part = found.cells.iloc[at * each : (at + 1) * each]
        # by their order, not by what they hold: numbers are rounded where they are kept
        rows = dict(zip(product(cells.thresholds, cells.sizes), (row for _, row in part.iterrows()), strict=True))
        for measure in measures_of(found):
            words = BY_NAME[measure].words
            yield table(
                f"{words[:1].upper()}{words[1:]} per {found.sweep.unit}{_setting(point.setting)}",
                ["threshold", *(_listed(size, kept.get(SIZE)) for size in sizes)],
                [
                    [
                        threshold_words(threshold, kept.get(THRESHOLD)),
                        *(cell_words(rows[threshold, size], measure) for size in sizes),
                    ]
                    for threshold in thresholds
                ],
            )


def steps_tables(found: SweepFound) -> Iterator[Table]:
    """At each of the first points what every step down the thresholds adds, with the list nearest to the scenario's own."""
    cells, about = found.sweep.cells, found.about
    thresholds = sorted(cells.thresholds)
    if len(thresholds) < 2:
        return
    own = about.scenario.list_size if about else max(cells.sizes)
    size = min(cells.sizes, key=lambda x: abs(x - own))
    each = len(cells.thresholds) * len(cells.sizes)
    for at, point in enumerate(found.sweep.points[:MOST_TABLES]):
        part = found.cells.iloc[at * each : (at + 1) * each]
        rows = dict(zip(product(cells.thresholds, cells.sizes), (row for _, row in part.iterrows()), strict=True))
        steps = list(pairwise(thresholds))[::-1]
        yield table(
            f"What one step down adds, list {whole(size)}, per {found.sweep.unit}{_setting(point.setting)}",
            ["from", "to", *(BY_NAME[measure].words for measure in STEPPED)],
            [
                [
                    threshold_words(high),
                    threshold_words(low),
                    *(step_words(rows[low, size], measure) for measure in STEPPED),
                ]
                for low, high in steps
                if low in some(thresholds, MOST_ROWS)
            ],
        )


def _setting(setting: Mapping[str, Value]) -> str:
    words = [f"{key} {value:g}" if isinstance(value, float) else f"{key} {value}" for key, value in setting.items()]
    return f" ({', '.join(words)})" if words else ""


def _listed(size: float, kept: Range | None) -> str:
    """The list of a column: its *size*, or from which to which those *kept* as the deployments have them go."""
    low, high = kept or (size, size)
    return f"{whole(low)} to {whole(high)} listed, by deployment" if low < high else f"{whole(low)} listed"


def threshold_words(value: float, kept: Range | None = None) -> str:
    """The threshold of a row, or from which to which those *kept* as the deployments have them go."""
    if kept and kept[0] < kept[1]:
        return f"{threshold_words(kept[0])} to {threshold_words(kept[1])} by deployment"
    value = kept[0] if kept else value
    return f"{value:.2f}" if abs(100 * value - round(100 * value)) < 1e-9 else f"{value:g}"


def cell_words(row: pd.Series, measure: str) -> str:
    """The average, marked where chance leaves it vague; where no campaign had one, the closed form (marked) if any."""
    mean, high = float(row[measure]), float(row[f"{measure}_high"])
    if mean > 0 or measure not in SPREAD:
        return f"{VAGUE_MARK if high >= VAGUE * mean > 0 else ''}{number(mean)}"
    closed = float(row.get(f"{measure}_closed", 0.0))
    return f"{plainly(closed, '<')}*" if closed > 0 else "none seen"


def step_words(row: pd.Series, measure: str) -> str:
    """What the step to this cell from the next higher threshold adds, with where that may lie by chance."""
    step = Step.of(row, measure)
    if step is None:
        return "not known how many"
    return f"{number(step.more)}{f' ({number_range(*step.more_95)})' if step.more_95 else ''}"


def some(values: Sequence[float], most: int) -> list[float]:
    """At most so many of the *values* in rising order, the first and the last among them."""
    ordered = sorted(values)
    at = np.rint(np.linspace(0, len(ordered) - 1, min(most, len(ordered))))
    return [ordered[i] for i in np.unique(at.astype(int))]


__all__ = ["cell_words", "measures_of", "some", "step_words", "steps_tables", "surface_tables", "threshold_words"]
