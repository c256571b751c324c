"""CSV files as a spreadsheet meets them: nothing in a cell is a formula, and everything else reads back as it was."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from simulator.experiment.csv_files import copy_as_csv, csv_text, frame_as_csv, text_cell


def cells(path: Path) -> list[list[str]]:
    """The cells of a CSV file, by row."""
    return list(csv.reader(io.StringIO(path.read_bytes().decode(), newline="")))


@pytest.mark.parametrize("text", ["=cmd()|x", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "=", "-"])
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert text_cell(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["", "men", "a=b", "-5", "+0.5", "-1e-5", "'=1", "alerts[=cmd()]", "wrongful_stops<=1"]
)
def test_other_text_and_numbers_are_left_as_they_are(text: str) -> None:
    assert text_cell(text) == text


def test_rows_are_written_with_all_their_digits() -> None:
    rows = [("=1+1", -0.1, 3, True), (None, 1e-7, -5, float("nan"))]

    assert csv_text(["@name", "a", "b", "c"], rows) == "'@name,a,b,c\n'=1+1,-0.1,3,True\n,1e-07,-5,\n"


def test_fractions_are_rounded_where_digits_are_given() -> None:
    assert csv_text(["x"], [(1 / 3,), (7,)], digits=3) == "x\n0.333\n7\n"


@pytest.mark.parametrize("text", ['a "quoted" name', "a, b", "two\nlines"])
def test_marks_of_csv_in_a_text_stay_in_its_cell(text: str) -> None:
    page = csv_text([text, "x"], [(text, "y")])

    assert list(csv.reader(io.StringIO(page, newline=""))) == [[text, "x"], [text, "y"]]


def test_a_frame_is_written_as_pandas_writes_it_but_for_formulas() -> None:
    frame = pd.DataFrame(
        {"x": [0.1, None], "n": pd.array([3, None], dtype="Int64"), "ok": [True, None], "day": ["2024-01-02", None]}
    )

    assert frame_as_csv(frame) == frame.to_csv(index=False)
    assert frame_as_csv(frame.assign(day="=1")) == frame.assign(day="'=1").to_csv(index=False)


def test_a_copy_of_a_parquet_file_holds_no_formula(tmp_path: Path) -> None:
    """Text as it stands, text by code, and the names of columns."""
    groups = pa.array(["=cmd()|x", "men", None])
    table = pa.table({"group": groups, "by_code": groups.dictionary_encode(), "=n": [-1, 2, None]})
    pq.write_table(table, tmp_path / "t.parquet")

    copy_as_csv(tmp_path / "t.parquet")

    assert cells(tmp_path / "t.csv") == [
        ["group", "by_code", "'=n"],
        ["'=cmd()|x", "'=cmd()|x", "-1"],
        ["men", "men", "2"],
        ["", "", ""],
    ]


@pytest.mark.parametrize("name", ['alerts[a "b"]', "alerts[a, b]", "alerts[two\nlines]"])
def test_names_of_columns_stay_whole_in_a_copy(name: str, tmp_path: Path) -> None:
    pq.write_table(pa.table({name: [1]}), tmp_path / "t.parquet")

    copy_as_csv(tmp_path / "t.parquet")

    assert cells(tmp_path / "t.csv") == [[name], ["1"]]


def test_a_table_without_rows_has_its_header(tmp_path: Path) -> None:
    pq.write_table(pa.table({"x": pa.array([], pa.int32())}), tmp_path / "t.parquet")

    copy_as_csv(tmp_path / "t.parquet")

    assert (tmp_path / "t.csv").read_text() == '"x"\n'
