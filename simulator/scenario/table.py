"""A recogniser given as a table of T, FMR and TPIR."""

from __future__ import annotations

import csv
import math
from pathlib import Path

from simulator.scenario.errors import shorten, shown
from simulator.scenario.quantity import Part

COLUMNS = ("T", "FMR", "TPIR")


class RecogniserTable(Part):
    """Thresholds in rising order with FMR (falling) and TPIR (not rising), read log-linearly in FMR between rows."""

    thresholds: tuple[float, ...]
    fmr: tuple[float, ...]
    tpir: tuple[float, ...]


def read_recogniser_table(path: Path) -> RecogniserTable:
    """Read a CSV table with the columns T, FMR and TPIR.

    Raises ValueError, naming file and line, where a cell is not a number, FMR does not fall or TPIR rises with T.
    """
    with path.open(newline="", encoding="utf-8-sig") as handle:
        reader = csv.reader(handle)
        header = [cell.strip() for cell in next(reader, [])]
        if sorted(header) != sorted(COLUMNS):
            got = shorten(", ".join(header)) or "nothing"
            raise ValueError(f"{path}:1: the header must name the columns T, FMR, TPIR (got {got})")
        rows: list[dict[str, float]] = []
        for line in reader:
            if not any(cell.strip() for cell in line):
                continue
            place = f"{path}:{reader.line_num}"
            if len(line) != len(header):
                raise ValueError(f"{place}: must have {len(header)} cells (got {len(line)})")
            rows.append(_read_row(dict(zip(header, line, strict=True)), rows, place))
    if len(rows) < 2:
        raise ValueError(f"{path}: must have at least two rows (got {len(rows)})")
    columns = [tuple(row[name] for row in rows) for name in COLUMNS]
    return RecogniserTable(thresholds=columns[0], fmr=columns[1], tpir=columns[2])


def _read_row(cells: dict[str, str], before: list[dict[str, float]], place: str) -> dict[str, float]:
    row = {}
    for name, cell in cells.items():
        try:
            row[name] = float(cell)
        except ValueError:
            raise ValueError(f"{place}: {name}: must be a number (got {shown(cell.strip())})") from None
        if not (math.isfinite(row[name]) and 0 <= row[name] <= 1):
            raise ValueError(f"{place}: {name}: must be between 0 and 1 (got {shorten(cell.strip())})")
    if row["FMR"] <= 0:
        raise ValueError(f"{place}: FMR: must be above 0; for zero observed, give the upper bound of its interval")
    if before:
        last = before[-1]
        if row["T"] <= last["T"]:
            raise ValueError(f"{place}: T: must rise from row to row (got {row['T']:g} after {last['T']:g})")
        if row["FMR"] >= last["FMR"]:
            raise ValueError(f"{place}: FMR: must fall as T rises (got {row['FMR']:g} after {last['FMR']:g})")
        if row["TPIR"] > last["TPIR"]:
            raise ValueError(f"{place}: TPIR: must not rise with T (got {row['TPIR']:g} after {last['TPIR']:g})")
    return row
