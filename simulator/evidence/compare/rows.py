"""A comparison as rows, one for each measure, pass and unit: what ``comparison.csv`` and the data frame hold."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.evidence.compare.found import CompareFound
from simulator.evidence.kept import flat
from simulator.evidence.run.study import CHANCE, IGNORANCE
from simulator.experiment.csv_files import csv_text

WHAT = ("measure", "unit", "inputs", "per")
# The other columns, and where each stands in a flattened difference; rates have no more than the first five.
NUMBERS = {
    "a": "a",
    "b": "b",
    "difference": "difference",
    "difference_low": "difference_95_low",
    "difference_high": "difference_95_high",
    "shown": "shown",
    "ratio": "ratio",
    "ratio_low": "ratio_95_low",
    "ratio_high": "ratio_95_high",
    "campaigns_more": "campaigns.more",
    "campaigns_equal": "campaigns.equal",
    "campaigns_fewer": "campaigns.fewer",
    "correlation": "pairing.correlation",
    "unpaired_campaigns": "pairing.unpaired_campaigns",
    "pairing": "pairing.verdict",
}
COLUMNS = (*WHAT, *NUMBERS)


def rows_of(found: CompareFound) -> Iterator[tuple[object, ...]]:
    """Every measure in both passes, per campaign; then the rates that there are. Cells are in the order of the columns."""
    both = {("campaign", name): item for name, item in found.measures.items()}
    rates = {(per, name): item for per, by_name in found.rates.items() for name, item in by_name.items()}
    for (per, name), item in (both | rates).items():
        for inputs, compared in ((CHANCE, item.chance), (IGNORANCE, item.ignorance)):
            if compared is not None:
                cells = flat(compared)
                yield name, found.measures[name].unit, inputs, per, *(cells.get(key) for key in NUMBERS.values())


def csv_of(found: CompareFound) -> str:
    """``comparison.csv`` as text: empty where there is no number, numbers with all their digits."""
    return csv_text(COLUMNS, rows_of(found))


__all__ = ["COLUMNS", "csv_of", "rows_of"]
