"""A record is read whatever its dress, and every mistake in it is told by row and column."""

from __future__ import annotations

import datetime as dt
import math
from pathlib import Path

import numpy as np
import pytest
from record_texts import GOOD, HEADER, messages, read, table, with_cell

from simulator.record import Records, read_records, reader
from simulator.record.records import LeftOut
from simulator.scenario import ScenarioError, csv_text, file_kinds


class TestGoodFiles:
    def test_every_number_arrives_in_its_column(self, tmp_path: Path) -> None:
        first = read(tmp_path, table()).frame.iloc[0].to_dict()

        assert first.pop("date").date() == dt.date(2024, 1, 9)
        assert first == {
            "row": 2,
            "place": "George St, Croydon",
            "site": "George Street Croydon",
            "kind": "van",
            "hours": 5.5,
            "watchlist_size": 12000,
            "threshold": 0.6,
            "faces": 2000,
            "alerts": 10,
            "true_alerts": 9,
            "unconfirmed": 0,
            "false_alerts": 1,
            "false_stopped": 1,
            "arrests": 5,
            "other_disposal": 1,
            "no_action": 3,
        }

    def test_numbers_are_floats_and_rows_whole(self, tmp_path: Path) -> None:
        frame = read(tmp_path, table()).frame

        assert str(frame["date"].dtype).startswith("datetime64")
        assert set(frame.drop(columns=["row", "date", "place", "site", "kind"]).dtypes) == {np.dtype("float64")}
        assert frame["row"].dtype == np.dtype("int64")

    def test_two_columns_are_enough_and_the_rest_is_nan(self, tmp_path: Path) -> None:
        records = read(tmp_path, "alerts,date\n3,2024-01-09\n")

        assert records.frame["alerts"].tolist() == [3.0]
        assert records.frame["faces"].isna().all()
        assert records.frame["place"].tolist() == [""]
        assert records.oddities == ()

    def test_the_mets_grid_is_recognised(self, tmp_path: Path) -> None:
        """Headings as printed; duration with units; two-digit years; false alerts in two columns."""
        header = (
            "Location,Date,Duration of Deployment,Watchlist,Threshold,Total Alerts,True Alerts Confirmed,"
            "True Alerts Unconfirmed,False Alerts Confirmed,False Alerts Unconfirmed,False Alert Rate,Arrests,"
            "Other Disposals,No Action,Faces Seen (est.)"
        )
        records = read(tmp_path, f'{header}\nIlford,31/12/24,5h 48m,"15,427",0.64,9,7,0,1,1,0.01%,4,1,2,"12,345"\n')
        row = records.frame.iloc[0]

        assert row["date"].date() == dt.date(2024, 12, 31)
        assert row["hours"] == pytest.approx(5.8)
        assert (row["false_alerts"], row["faces"], row["watchlist_size"]) == (2, 12345, 15427)
        assert records.ignored == ("False Alert Rate",)
        assert records.headings["faces"] == "Faces Seen (est.)"

    def test_minutes_become_hours(self, tmp_path: Path) -> None:
        assert read(tmp_path, "date,alerts,duration_min\n2024-01-09,1,90\n").hours == 1.5

    @pytest.mark.parametrize(
        "content",
        [
            table().encode("utf-8-sig"),
            table().encode("utf-16"),
            table().encode("utf-32"),
            table().replace("\n", "\r\n").encode(),
            table().replace("\n", "\n\n").encode(),
            (table() + ",,,,,,,,,,,,,\n\x1a").encode(),
            b"\n\n" + table().encode(),
        ],
        ids=["UTF-8 with mark", "UTF-16", "UTF-32", "CRLF", "blank lines", "cells all blank", "blank lines first"],
    )
    def test_the_dress_does_not_matter(self, tmp_path: Path, content: bytes) -> None:
        plain = read(tmp_path, table()).frame.drop(columns="row")

        assert read(tmp_path, content).frame.drop(columns="row").equals(plain)

    @pytest.mark.parametrize("delimiter", [";", "\t", "|"])
    def test_other_delimiters_are_recognised(self, tmp_path: Path, delimiter: str) -> None:
        rows = [HEADER.replace(",", delimiter), "2024-01-09,A,5,9,0.6,20,4,3,0,1,1,2,1,0".replace(",", delimiter)]

        assert read(tmp_path, "\n".join(rows)).frame["arrests"].tolist() == [2.0]

    def test_another_encoding_is_read_and_said(self, tmp_path: Path) -> None:
        records = read(tmp_path, table(*GOOD).replace("Ilford", "Café").encode("cp1252"))

        assert records.frame["place"][2] == "Café"
        assert str(records.oddities[0]).startswith("r.csv: is not in UTF-8 and was read as Windows-1252")

    def test_line_numbers_count_lines_inside_quotation_marks(self, tmp_path: Path) -> None:
        records = read(tmp_path, 'date,alerts,place\n2024-01-09,1,"two\nlines"\n2024-01-10,1,x\n')

        assert records.frame["row"].tolist() == [2, 4]
        assert records.frame["place"][0] == "two lines"

    @pytest.mark.parametrize("blank", ["", " ", "-", "–", "N/A", "n/a", "NA", "unknown"])
    def test_marks_for_nothing_are_blank(self, tmp_path: Path, blank: str) -> None:
        assert math.isnan(read(tmp_path, with_cell("faces", blank)).frame["faces"][4])

    def test_between_keeps_both_ends(self, tmp_path: Path) -> None:
        records = read(tmp_path, table())
        part = records.between(dt.date(2024, 1, 16), dt.date(2024, 8, 6))

        assert part.frame["row"].tolist() == [3, 4]
        assert (part.first, part.last) == (dt.date(2024, 1, 16), dt.date(2024, 8, 6))
        assert len(records.between()) == len(records) == 4


class TestDates:
    @pytest.mark.parametrize(
        "cell",
        ["2024-07-11", "11/07/2024", "11/07/24", "11.7.2024", "11 July 2024", "11-Jul-2024", "Thu 11th July 2024"],
    )
    def test_ways_to_write_the_same_day(self, tmp_path: Path, cell: str) -> None:
        assert read(tmp_path, f"date,alerts\n{cell},1\n").first == dt.date(2024, 7, 11)

    def test_an_order_that_no_date_shows_is_said(self, tmp_path: Path) -> None:
        records = read(tmp_path, "date,alerts\n11/07/2024,1\n12/08/2024,1\n")

        assert [str(item) for item in records.oddities] == [
            "r.csv:2: date: 11/07/2024 is read day first, and so are all dates; "
            "no date in the file shows which comes first"
        ]

    def test_one_date_that_shows_the_order_is_enough(self, tmp_path: Path) -> None:
        assert read(tmp_path, "date,alerts\n11/07/2024,1\n13/08/2024,1\n").oddities == ()


class TestLeftOut:
    def test_lines_and_their_false_alerts_are_told(self, tmp_path: Path) -> None:
        """Line 6 has a readable count of 3; line 7 none; line 8 lacks cells."""
        rows = [
            "2024-09-01,Ilford,5,15000,0.64,9000,3,8,0,3,0,4,1,3",
            "2024-09-02,Ilford,5,15000,0.64,9000,9,8,0,some,0,4,1,3",
            "2024-09-03,Ilford",
        ]
        records = read(tmp_path, table(*GOOD, *rows), skip_bad=True)

        assert records.skipped_lines == (6, 7, 8)
        assert records.skipped_false == LeftOut(3, 1)
        assert read(tmp_path, table()).skipped_false == LeftOut(0, 0)


BAD_CELLS = {
    ("date", "soon"): 'must be a date, as in 2024-12-31 or 31/12/2024 (got "soon")',
    (
        "date",
        "",
    ): "must be given (the cell is empty): under a merged cell write the date again; if the row is one of totals, take "
    "it out",
    ("date", "2024-02-30"): 'is no day of the calendar (got "2024-02-30")',
    ("date", "1924-02-03"): 'must lie between 2010 and 2099 (got "1924-02-03")',
    ("arrests", "-3"): 'must be a whole number, 0 or more (got "-3"): no count is below 0',
    ("faces", "2.5"): 'must be a whole number, 0 or more (got "2.5")',
    (
        "faces",
        "0*",
    ): 'must be a whole number, 0 or more (got "0*"); write 0 alone, and what the mark says in another column',
    ("faces", "1e4"): 'must be a whole number, 0 or more (got "1e4")',
    ("faces", ">47000"): 'must be a whole number, 0 or more (got ">47000"); a bound or a round figure is no count: '
    "give the number, or leave the cell empty",
    ("faces", "3000-4000"): 'must be a whole number, 0 or more (got "3000-4000"); a bound or a round figure is no '
    "count: give the number, or leave the cell empty",
    ("false_alerts", "none"): 'must be a whole number, 0 or more (got "none"); write 0 for zero, or leave the cell '
    "empty where nothing was recorded",
    ("faces", "1000000000"): 'must be below 1,000,000,000 (got "1000000000")',
    ("alerts", ""): "must be given where the row gives true alerts, unconfirmed, false alerts, arrests "
    "(the cell is empty)",
    ("true_alerts", "9"): "must not be above alerts (got 9 of 8 alerts)",
    ("false_alerts", "12"): "must not be above alerts (got 12 of 8 alerts)",
    ("unconfirmed", "12"): "must not be above alerts (got 12 of 8 alerts)",
    ("false_stopped", "1"): "must not be above false alerts (got 1 of 0 false alerts)",
    ("threshold", "64"): 'must be between 0 and 1, as in 0.64 (got "64"); write 0.64',
    ("threshold", "64%"): 'must be between 0 and 1, as in 0.64 (got "64%"); write 0.64',
    ("hours", "0"): 'must be a number of hours above 0 (got "0")',
    ("hours", "long"): "must be a number of hours above 0, a duration as 5h 48m or 5:48, or times as 12:05-17:53 "
    '(got "long"); leave the cell empty where it is not known',
    ("watchlist_size", "0"): "must be above 0; leave the cell empty where the size is not known (got 0)",
}


@pytest.mark.parametrize(("column", "cell"), BAD_CELLS)
def test_a_bad_cell_is_told_by_row_column_and_value(tmp_path: Path, column: str, cell: str) -> None:
    assert messages(tmp_path, with_cell(column, cell)) == [
        f"r.csv:6: {column}: {BAD_CELLS[column, cell]}",
        "1 row has a mistake, of 5; correct it, or leave such rows out with --skip-bad",
    ]


@pytest.mark.parametrize(("column", "cell"), BAD_CELLS)
def test_a_bad_row_is_left_out_and_counted_on_request(tmp_path: Path, column: str, cell: str) -> None:
    records = read(tmp_path, with_cell(column, cell), skip_bad=True)

    assert records.frame["row"].tolist() == [2, 3, 4, 5]
    assert records.skipped == len(records.problems) == 1


BAD_FILES = {
    "an empty file": (b"", 'r.csv: is empty: the first line must name the columns, at least "date" and "alerts"'),
    "blank lines": (b"\n \n", 'r.csv: is empty: the first line must name the columns, at least "date" and "alerts"'),
    "a header only": (b"date,alerts\n", "r.csv: has a line of column names and no rows: there is nothing to read"),
    "an image": (
        b"\x89PNG\r\n\x1a\n\0\0",
        "r.csv:3: is not a text file (a control character, code 0): save the table as CSV",
    ),
    "a zero byte": (
        b"date,alerts\n2024-01-09,\0\n",
        "r.csv:2: is not a text file (a control character, code 0): save the table as CSV",
    ),
    "UTF-16 without its mark": (
        "date,alerts\n".encode("utf-16-le"),
        "r.csv:1: is not a text file (a control character, code 0): save the table as CSV",
    ),
    "broken UTF-16": (b"\xff\xfea", "r.csv: begins as UTF-16 but is not (truncated data): save it again"),
    "a column given twice": (
        b"date,alerts,Total Alerts\n2024-01-09,1,1\n",
        'r.csv:1: alerts: is given by two columns, "alerts" and "Total Alerts": keep one',
    ),
    "hours and minutes": (
        b"date,alerts,hours,duration_min\n2024-01-09,1,1,60\n",
        'r.csv:1: hours: is given by two columns, "hours" and "duration_min": keep one',
    ),
    "a quotation mark never closed": (
        b'date,alerts,place\n2024-01-09,1,"Croydon\n2024-01-10,1,x\n',
        "r.csv:2: a quotation mark is out of place or never closed (unexpected end of data): the rows from here on "
        "cannot be told apart",
    ),
    "a quotation mark inside": (
        b'date,alerts,place\n2024-01-09,1,"a"b\n',
        "r.csv:2: a quotation mark is out of place or never closed (',' expected after '\"'): the rows from here on "
        "cannot be told apart",
    ),
}


@pytest.mark.parametrize(("content", "message"), BAD_FILES.values(), ids=BAD_FILES)
def test_a_file_that_is_no_record_is_refused_with_or_without_skip_bad(
    tmp_path: Path, content: bytes, message: str
) -> None:
    assert messages(tmp_path, content) == [message]
    assert messages(tmp_path, content, skip_bad=True) == [message]


def test_a_missing_column_names_what_was_found_and_what_is_near(tmp_path: Path) -> None:
    assert messages(tmp_path, "dat,alarts,faces\n1,2,3\n") == [
        "r.csv:1: date: the column is missing",
        "r.csv:1: alerts: the column is missing; columns found: dat, alarts, faces; if it is among them, "
        '--column date="..." --column alerts="..."',
        'r.csv:1: dat: no column is called so; did you mean "date"? If so, --column date="dat"; if it says something else, '
        '--column ignore="dat"',
        'r.csv:1: alarts: no column is called so; did you mean "alerts"? If so, --column alerts="alarts"; if it says '
        'something else, --column ignore="alarts"',
    ]


def test_wrong_numbers_of_cells_are_told(tmp_path: Path) -> None:
    assert messages(tmp_path, "date,alerts\n2024-01-09\n2024-01-09,1,7\n2024-01-09,1,,\n")[:-1] == [
        "r.csv:2: must have 2 cells, as the line of column names has (got 1)",
        "r.csv:3: must have 2 cells, as the line of column names has (got 3)",
    ]


def test_all_mistakes_of_all_rows_are_told_at_once(tmp_path: Path) -> None:
    found = messages(tmp_path, "date,alerts,faces\nx,-1,y\n2024-01-09,1,1\n2024-01-09,z,1\n")

    assert [line.split(": must")[0] for line in found[:-1]] == [
        "r.csv:2: date",
        "r.csv:2: alerts",
        "r.csv:2: faces",
        "r.csv:4: alerts",
    ]
    assert found[-1] == "2 rows have a mistake, of 3; correct them, or leave such rows out with --skip-bad"


def test_very_many_mistakes_are_counted(tmp_path: Path) -> None:
    found = messages(tmp_path, "date,alerts\n" + "x,1\n" * 70)

    assert len(found) == reader.MOST_PROBLEMS + 2
    assert found[-2] == "... and 20 more mistakes"


def test_no_good_row_at_all_is_an_error_even_when_bad_ones_may_be_skipped(tmp_path: Path) -> None:
    assert messages(tmp_path, "date,alerts\nx,1\n", skip_bad=True)[-1] == "r.csv: none of its 1 rows can be used"


def test_a_row_without_any_count_is_kept_and_named(tmp_path: Path) -> None:
    """A deployment that a technical fault stopped is no mistake of the file."""
    records = read(tmp_path, table(*GOOD, "2024-08-20,Ilford,,15600,,,,,,,,,,"))

    assert len(records) == 5
    assert "r.csv:6: has no count at all: kept, and in no estimate" in [str(item) for item in records.oddities]


def test_folders_and_missing_files_are_told(tmp_path: Path) -> None:
    for name, message in ((".", "is a folder; name the file in it"), ("none.csv", "no such file")):
        with pytest.raises(ScenarioError, match=message):
            read_records(tmp_path / name)


def test_too_many_rows_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_text, "MOST_ROWS", 3)

    assert messages(tmp_path, table())[0].startswith("r.csv: has more than 3 rows: a record has one row")


def test_no_more_of_a_huge_file_is_read_than_is_allowed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The size is refused before anything is parsed: the content here is no table at all."""
    monkeypatch.setattr(file_kinds, "MOST_BYTES", 1024**2)

    assert messages(tmp_path, b"\0" * (1024**2 + 1))[0].startswith("r.csv: is larger than 1 MB: a record has one row")
    assert messages(tmp_path, b"\0" * 1024**2)[0].startswith("r.csv:1: is not a text file")


def test_public_names_exist() -> None:
    import simulator.record

    assert simulator.record.Records is Records
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        simulator.record.nonsense  # noqa: B018
