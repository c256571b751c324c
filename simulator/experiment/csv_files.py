"""CSV files, which spreadsheets open: text that a spreadsheet would run as a formula is kept from it."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

# What a formula, or a cell that turns into one, begins with.
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def text_cell(text: str) -> str:
    """*text* as a cell: with an apostrophe before it where a spreadsheet would run it; a number is left as it is."""
    if not text.startswith(STARTS):
        return text
    try:
        float(text)
    except ValueError:
        return f"'{text}"
    return text


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[object]], digits: int | None = None) -> str:
    """A CSV file: the names of *columns*, then *rows* of as many cells.

    None and NaN are empty cells. Fractions have all their digits, or *digits* significant ones.
    """
    page = io.StringIO()
    table = csv.writer(page, lineterminator="\n")
    table.writerow(text_cell(name) for name in columns)
    table.writerows([_cell(value, digits) for value in row] for row in rows)
    return page.getvalue()


def frame_as_csv(frame: pd.DataFrame, digits: int | None = None) -> str:
    """A CSV file of a *frame* without its index (see *csv_text*)."""
    rows = frame.astype(object).where(frame.notna(), None)
    return csv_text([str(name) for name in frame], rows.itertuples(index=False, name=None), digits)


def _cell(value: object, digits: int | None) -> object:
    if isinstance(value, str):
        return text_cell(value)
    if isinstance(value, float):
        if math.isnan(value):
            return ""
        return value if digits is None else f"{value:.{digits}g}"
    return value


def copy_as_csv(parquet: Path) -> None:
    """Write a CSV file beside a *parquet* file, under the same name."""
    import pyarrow as pa
    import pyarrow.csv as pc
    import pyarrow.parquet as pq

    with pq.ParquetFile(parquet, memory_map=False, pre_buffer=False) as file:
        schema = pa.schema([field.with_name(text_cell(field.name)) for field in file.schema_arrow])
        with pc.CSVWriter(parquet.with_suffix(".csv"), schema) as copy:
            # batch by batch, so that memory does not grow with the number of rows
            for batch in file.iter_batches(batch_size=4096, use_threads=False):
                columns = [_text_cells(values) for values in batch.columns]
                copy.write_batch(pa.RecordBatch.from_arrays(columns, schema=schema))


def _text_cells(values: Any) -> Any:
    """A pyarrow column as it is to be written; only text is another."""
    import pyarrow as pa

    if pa.types.is_dictionary(values.type):
        return pa.DictionaryArray.from_arrays(values.indices, _text_cells(values.dictionary))
    if pa.types.is_string(values.type):
        return pa.array([None if text is None else text_cell(text) for text in values.to_pylist()], pa.string())
    return values


__all__ = ["copy_as_csv", "csv_text", "frame_as_csv", "text_cell"]
