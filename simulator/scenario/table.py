"""A recogniser given as a table: rates per comparison, or as test reports have them, per search of a list."""

from __future__ import annotations

import csv
import math
from pathlib import Path

from simulator.scenario.csv_cells import points
from simulator.scenario.errors import shorten, shown
from simulator.scenario.numbers import read_number
from simulator.scenario.quantity import LARGEST_LIST, Part

# A column by what it may be called; of each of the first three there is one.
NAMES = {"t": "T", "threshold": "T", "fmr": "FMR", "fpir": "FPIR", "tpir": "TPIR", "fnir": "FNIR", "n": "N"}
RATES, HITS = ("FMR", "FPIR"), ("TPIR", "FNIR")
HEADER = "the header must name T (or threshold), FMR or FPIR, TPIR or FNIR, and with FPIR the list size N, nothing else"


class RecogniserTable(Part):
    """Thresholds in rising order with FMR (falling) and TPIR (not rising), read log-linearly in FMR between rows."""

    thresholds: tuple[float, ...]
    fmr: tuple[float, ...]
    tpir: tuple[float, ...]


def read_recogniser_table(path: Path, list_size: float | None = None) -> RecogniserTable:
    """Read a CSV table with the columns T, FMR or FPIR, TPIR or FNIR, and N; *list_size* stands for a missing N.

    FMR = -ln(1 - FPIR) / N and TPIR = 1 - FNIR. Raises ValueError, naming file and line, where a cell is not a number,
    FMR does not fall or TPIR rises with T.
    """
    with path.open(newline="", encoding="utf-8-sig") as handle:
        reader = csv.reader(handle)
        given = [cell.strip() for cell in next(reader, [])]
        header = _header(given, f"{path}:1", list_size)
        rows: list[tuple[float, float, float]] = []
        for line in reader:
            if not any(cell.strip() for cell in line):
                continue
            place = f"{path}:{reader.line_num}"
            if len(line) != len(header):
                raise ValueError(f"{place}: must have {len(header)} cells (got {len(line)})")
            row = _read_row(dict(zip(header, line, strict=True)), list_size, place)
            if rows:
                _check_order(dict(zip(header, line, strict=True)), rows[-1], row, place)
            rows.append(row)
    if len(rows) < 2:
        raise ValueError(f"{path}: must have at least two rows (got {len(rows)})")
    thresholds, fmr, tpir = zip(*rows, strict=True)
    return RecogniserTable(thresholds=thresholds, fmr=fmr, tpir=tpir)


def beyond(table: RecogniserTable | None, threshold: float) -> str | None:
    """What is wrong with a *threshold* that lies outside the *table*; None where it does not, or there is no table."""
    if table is None or table.thresholds[0] <= threshold <= table.thresholds[-1]:
        return None
    low, high = table.thresholds[0], table.thresholds[-1]
    return f"{threshold:g} lies outside the table ({low:g} to {high:g}), which is not extrapolated"


def _header(given: list[str], place: str, list_size: float | None) -> list[str]:
    """The columns by their own names; ValueError where they are not those of a table."""
    header = [NAMES.get(cell.lower(), cell) for cell in given]
    needed = {"T", *(set(RATES) & {*header}), *(set(HITS) & {*header})}
    if sorted(name for name in header if name != "N") != sorted(needed) or len(needed) != 3:
        raise ValueError(f"{place}: {HEADER} (got {shorten(', '.join(given)) or 'nothing'})")
    if "FPIR" not in header and "N" in header:
        raise ValueError(f"{place}: N goes with FPIR; an FMR is per comparison and has no list size: leave N out")
    if "FPIR" in header and "N" not in header and list_size is None:
        rule = "FPIR is per search of a list: give the size of that list in a column N, or as recogniser.reference_list_size"
        raise ValueError(f"{place}: {rule}")
    return header


def _read_row(cells: dict[str, str], list_size: float | None, place: str) -> tuple[float, float, float]:
    """Threshold, FMR and TPIR of one row."""
    row = {
        name: _number(cell.strip(), f"{place}: {name}", *((1.0, LARGEST_LIST) if name == "N" else (0.0, 1.0)))
        for name, cell in cells.items()
    }
    if said := points(cells.get("N", ""), whole=True):
        raise ValueError(f"{place}: N: {said}")
    rate = "FPIR" if "FPIR" in row else "FMR"
    if row[rate] <= 0:
        raise ValueError(f"{place}: {rate}: must be above 0; for zero observed, give the upper bound of its interval")
    if rate == "FPIR":
        if row["FPIR"] >= 1:
            raise ValueError(
                f"{place}: FPIR: must be below 1; where every search alerts, no FMR follows: leave the row out"
            )
        if list_size is not None and row.get("N", list_size) != list_size:
            raise ValueError(
                f"{place}: N: must be recogniser.reference_list_size where that is given too ({list_size:,.0f}, got "
                f"{row['N']:,.0f}); leave one of them out"
            )
        row["FMR"] = -math.log1p(-row["FPIR"]) / row.get("N", list_size or 1.0)
    return row["T"], row["FMR"], row["TPIR"] if "TPIR" in row else 1 - row["FNIR"]


def _number(cell: str, place: str, low: float, high: float) -> float:
    number = read_number(cell, percent=False)
    if number is None:
        raise ValueError(f"{place}: must be a number (got {shown(cell)})")
    if not low <= number <= high:
        raise ValueError(f"{place}: must be between {low:g} and {high:g} (got {shorten(cell)})")
    return number


def _check_order(cells: dict[str, str], last: tuple[float, ...], row: tuple[float, ...], place: str) -> None:
    """Refuse a *row* that does not follow the *last*; of a miss rate it is told as the table has it."""
    if row[0] <= last[0]:
        raise ValueError(f"{place}: T: must rise from row to row (got {row[0]:g} after {last[0]:g})")
    if row[1] >= last[1]:
        raise ValueError(f"{place}: FMR: must fall as T rises (got {row[1]:g} after {last[1]:g})")
    if row[2] > last[2] and "FNIR" in cells:
        raise ValueError(f"{place}: FNIR: must not fall as T rises (got {1 - row[2]:g} after {1 - last[2]:g})")
    if row[2] > last[2]:
        raise ValueError(f"{place}: TPIR: must not rise with T (got {row[2]:g} after {last[2]:g})")
