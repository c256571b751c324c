"""Reading a table of error rates: per comparison, or as test reports have them, per search of a list."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from pathlib import Path

from simulator.scenario import csv_cells as cells
from simulator.scenario import csv_numbers
from simulator.scenario.errors import Problem, ScenarioError, shown
from simulator.scenario.heading_words import plain
from simulator.scenario.headings import Columns, Headings
from simulator.scenario.numbers import read_number, two_readings
from simulator.scenario.quantity import LARGEST_LIST
from simulator.scenario.sheet import read_sheet
from simulator.scenario.table import RecogniserTable

RATES, HITS = ("FMR", "FPIR"), ("TPIR", "FNIR")
HEADINGS = Headings(
    {
        "T": ("threshold", "score threshold", "match threshold", "threshold T"),
        "FMR": ("false match rate",),
        "FPIR": ("false positive identification rate",),
        "TPIR": ("true positive identification rate",),
        "FNIR": ("false negative identification rate",),
        "N": ("list size", "watchlist size", "gallery size", "size of list", "enrolled"),
    },
    ("T", "FMR", "TPIR"),
    (RATES, HITS),
    not_a_column={
        f"{plain(name)}percent": f"is in percent: write parts of 1, 0.003 for 0.3 %, and call the column {name}"
        for name in (*RATES, *HITS)
    },
)
_DECIMAL_COMMA = re.compile(r"[0-9],[0-9]+(?:[eE]-?[0-9]+)?")
_ONE_IN = re.compile(r"1 in ([1-9][0-9,]*)")
_PERCENT = re.compile(r"([0-9]+(?:[.,][0-9]+)?)\s*%")


def read_recogniser_table(path: Path, list_size: float | None = None) -> RecogniserTable:
    """Read a table with the columns T, FMR or FPIR, TPIR or FNIR, and N; *list_size* stands for a missing N.

    FMR = -ln(1 - FPIR) / N and TPIR = 1 - FNIR. Raises ScenarioError with all mistakes: a cell that is no number, an FMR
    that does not fall or a TPIR that rises with T.
    """
    label = str(path)
    sheet = read_sheet(path, label, HEADINGS)
    columns = sheet.columns
    problems = list(_of_columns(columns, f"{label}:1", list_size))
    rows: list[tuple[float, float, float]] = []
    for line, row in sheet.rows:
        place = f"{label}:{line}"
        if misshapen := columns.misshapen(row, place):
            problems.append(misshapen)
        elif read := _row(columns, row, list_size, place, problems):
            if rows:
                problems += _against_order(columns, rows[-1], read, place)
            rows.append(read)
    if not problems and len(rows) < 2:
        problems.append(Problem(label, "", f"must have at least two rows (got {len(rows)})"))
    if problems:
        raise ScenarioError(*problems)
    thresholds, fmr, tpir = zip(*rows, strict=True)
    return RecogniserTable(thresholds=thresholds, fmr=fmr, tpir=tpir)


def _of_columns(columns: Columns, place: str, list_size: float | None) -> Iterator[Problem]:
    """What is wrong with the columns of the table."""
    for heading in columns.ignored:
        yield Problem(place, heading, f"is no column of such a table ({', '.join(HEADINGS.aliases)}): take it out")
    if "FPIR" not in columns.position and "N" in columns.position:
        yield Problem(place, "N", "goes with FPIR; an FMR is per comparison and has no list size: leave N out")
    if "FPIR" in columns.position and "N" not in columns.position and list_size is None:
        rule = "is per search of a list: give the size of that list in a column N, or as recogniser.reference_list_size"
        yield Problem(place, "FPIR", rule)


def _row(
    columns: Columns, row: list[str], list_size: float | None, place: str, problems: list[Problem]
) -> tuple[float, float, float] | None:
    """Threshold, FMR and TPIR of one row; None where it adds to *problems*."""
    wrong: list[Problem] = []
    got = {name: columns.cell(row, name, _size if name == "N" else _share, place, wrong) for name in columns.position}
    given = {name: value for name, value in got.items() if value is not None}
    if not wrong:
        rate = "FPIR" if "FPIR" in given else "FMR"
        if given[rate] <= 0:
            rule = f"must be above 0 (got {given[rate]:g}); for zero observed, give the upper bound of its interval"
            wrong.append(Problem(place, rate, rule))
        elif rate == "FPIR" and given[rate] >= 1:
            rule = (
                f"must be below 1 (got {given[rate]:g}): where every search alerts, no FMR follows: leave the row out; if it is "
                "one percent, write 0.01"
            )
            wrong.append(Problem(place, rate, rule))
        if list_size is not None and given.get("N", list_size) != list_size:
            rule = f"must be recogniser.reference_list_size where that is given too ({list_size:,.0f}, got {given['N']:,.0f})"
            wrong.append(Problem(place, "N", f"{rule}; leave one of them out"))
    if wrong:
        problems += columns.in_order(wrong)
        return None
    # without any list size the columns are a problem already
    fmr = given["FMR"] if "FMR" in given else -math.log1p(-given["FPIR"]) / given.get("N", list_size or 1.0)
    return given["T"], fmr, given["TPIR"] if "TPIR" in given else 1 - given["FNIR"]


def _share(cell: str) -> float:
    """The number between 0 and 1 in *cell*, where a comma can only stand before decimals."""
    text = cell.replace(",", ".") if _DECIMAL_COMMA.fullmatch(cell) else cell
    number = read_number(text, percent=False)
    if number is None:
        percent = _PERCENT.fullmatch(cell)
        hint = f"; write {float(percent[1].replace(',', '.')) / 100:.12g}" if percent else ""
        if one_in := _ONE_IN.fullmatch(cell):
            hint = f"; write {1 / float(one_in[1].replace(',', '')):.4g}"
        raise cells.CellError(f"must be a number (got {shown(cell)}){hint}")
    if not 0 <= number <= 1:
        hint = f"; if it is in percent, write {number / 100:.12g}" if 1 < number <= 100 else ""
        raise cells.CellError(f"must be between 0 and 1 (got {shown(cell)}){hint}")
    return number


def _size(cell: str) -> float:
    """The size of a list in *cell*."""
    if said := two_readings(cell, "whole"):
        raise cells.CellError(said)
    size = cells.count(csv_numbers.plain(cell, ".", whole=True))
    if not 1 <= size <= LARGEST_LIST:
        raise cells.CellError(f"must be between 1 and {LARGEST_LIST:g} (got {shown(cell)})")
    return size


def _against_order(columns: Columns, last: tuple[float, ...], row: tuple[float, ...], place: str) -> Iterator[Problem]:
    """Why a *row* does not follow the *last*; of a miss rate it is told as the table has it."""
    if row[0] <= last[0]:
        yield Problem(place, "T", f"must rise from row to row (got {row[0]:g} after {last[0]:g})")
    elif row[1] >= last[1]:
        yield Problem(place, "FMR", f"must fall as T rises (got {row[1]:g} after {last[1]:g})")
    elif row[2] > last[2] and "FNIR" in columns.position:
        yield Problem(place, "FNIR", f"must not fall as T rises (got {1 - row[2]:g} after {1 - last[2]:g})")
    elif row[2] > last[2]:
        yield Problem(place, "TPIR", f"must not rise with T (got {row[2]:g} after {last[2]:g})")


__all__ = ["HEADINGS", "read_recogniser_table"]
