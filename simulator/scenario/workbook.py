"""The rows of a workbook (.xlsx), its cells written as a careful person would type them into a CSV file."""

from __future__ import annotations

import datetime as dt
import io
import warnings
from collections.abc import Callable
from typing import Any

from simulator.scenario.errors import shown
from simulator.scenario.file_kinds import MOST_ROWS, TOO_LARGE, refusal

Rows = list[tuple[int, list[str]]]


def workbook_rows(data: bytes, label: str, is_table: Callable[[Rows], bool]) -> Rows:
    """The rows of the one sheet of the workbook *data* that *is_table*, numbered as there; of the first where none is.

    Raises ScenarioError where the workbook cannot be read, two sheets are such, or a formula came without its result.
    """
    try:
        import openpyxl
    except ImportError:
        rule = "is an Excel workbook: pip install 'lfrsim[excel]' to read it, or save the sheet as CSV"
        raise refusal(label, rule) from None

    def sheets(*, results: bool) -> dict[str, Any]:
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=results)
        return {sheet.title: sheet for sheet in book.worksheets}

    try:
        with warnings.catch_warnings():
            # what the file has besides cells (styles, validation) is of no use here
            warnings.simplefilter("ignore")
            read, formulas = sheets(results=True), sheets(results=False)
    except Exception as error:
        # a damaged workbook fails in as many ways as it has parts
        rule = f"cannot be read as an Excel workbook ({type(error).__name__}): save the sheet as CSV"
        raise refusal(label, rule) from None
    rows = {name: _rows(sheet, label) for name, sheet in read.items()}
    tables = [name for name in rows if is_table(rows[name])]
    if len(tables) > 1:
        rule = "keep one in the file, or put all rows on one"
        names = ", ".join(
            f"{shown(name)}{', hidden' if read[name].sheet_state != 'visible' else ''}" for name in tables
        )
        raise refusal(label, f"has records on {len(tables)} sheets ({names}): {rule}")
    name = next(iter(tables or rows), "")
    if not rows.get(name):
        raise refusal(label, "is empty: a sheet must have a line of column names and rows below it")
    for cells in formulas[name].iter_rows():
        for cell in cells:
            if cell.data_type == "f" and read[name][cell.coordinate].value is None:
                rule = "is a formula without its result: open the workbook in a spreadsheet program and save it"
                raise refusal(f"{label}:{cell.row}", f"cell {cell.coordinate} {rule}")
    return rows[name]


def _rows(sheet: Any, label: str) -> Rows:
    if sheet.max_row > MOST_ROWS + 1000:
        raise refusal(label, f"has more than {MOST_ROWS:,} rows: {TOO_LARGE}")
    rows = (
        (number, [cell_text(value) for value in values])
        for number, values in enumerate(sheet.iter_rows(values_only=True), 1)
    )
    return [(number, cells) for number, cells in rows if any(cells)]


def cell_text(value: object) -> str:
    """What a cell holds, as text: dates and times as in 2024-12-31 and 11:00, numbers in full."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(timespec="seconds")
    if isinstance(value, dt.time):
        return value.isoformat(timespec="seconds" if value.second else "minutes")
    if isinstance(value, dt.timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    if isinstance(value, float):
        text = f"{value:.15g}"
        # three digits after the point might be taken for thousands
        return f"{text}0" if "e" not in text and len(text.partition(".")[2]) == 3 else text
    return str(value).strip()


__all__ = ["Rows", "cell_text", "workbook_rows"]
