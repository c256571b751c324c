"""A table is found in a file as people keep it: under a title, among totals and notes, in a workbook, or told why not."""

from __future__ import annotations

import datetime as dt
import io
import json
import sys
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from record_texts import GOOD, HEADER, messages, read, table

from simulator.scenario import file_kinds
from simulator.scenario.table_lines import tidy
from simulator.scenario.workbook import cell_text

ROWS = [
    ["date", "place", "hours", "alerts", "false_alerts"],
    [dt.datetime(2024, 1, 9), "Croydon", 5.5, 10, 1],
    [dt.date(2024, 1, 16), "Ilford", 6, 8, 0],
]


def workbook(*sheets: list[list[Any]]) -> bytes:
    """An .xlsx file with these *sheets* of rows, called S1, S2, ..."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for number, rows in enumerate(sheets, 1):
        sheet = book.create_sheet(f"S{number}")
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


class TestLines:
    @pytest.mark.parametrize(
        "above",
        [
            "Compiled by a volunteer,,\nPlaces are approximate\n",
            '"Alerts, by day"\n\n',
            "Deployments of 2024\n\n",
            "date\n",
        ],
    )
    def test_headings_are_found_below_a_title_which_is_told(self, tmp_path: Path, above: str) -> None:
        records = read(tmp_path, above + table())
        first = above.splitlines()[0].strip(",;").strip('"')

        assert len(records) == 4
        assert records.frame["row"][0] == above.count("\n") + 2
        (note,) = map(str, records.notes)
        assert note.startswith(f'r.csv:1: stands above the headings, and is passed over: "{first}"')

    def test_a_first_line_may_say_the_delimiter(self, tmp_path: Path) -> None:
        records = read(tmp_path, "sep=;\ndate;alerts;place\n2024-01-09;3;A, B\n")

        assert (records.frame["place"][0], records.frame["row"][0], records.notes) == ("A, B", 3, ())

    def test_headings_on_two_lines_are_read_as_one(self, tmp_path: Path) -> None:
        text = (
            "Date,Location,Alerts,,,Outcomes,\n,,Total,True,False,Arrests,No action\n2024-01-09,Croydon,10,9,1,5,4\n"
            "2024-01-16,Ilford,8,8,0,4,4\n"
        )
        records = read(tmp_path, text)

        assert records.ignored == records.notes == ()
        assert records.frame[["alerts", "true_alerts", "false_alerts", "arrests", "no_action"]].to_numpy().tolist() == [
            [10, 9, 1, 5, 4],
            [8, 8, 0, 4, 4],
        ]

    def test_totals_notes_and_headings_that_come_again_are_no_rows(self, tmp_path: Path) -> None:
        lines = [
            *GOOD[:2],
            "January,,,,,,,,,,,,,",
            HEADER.upper(),
            *GOOD[2:],
            "Total,,21,,,,34,32,1,1,1,16,6,10",
            ",Grand total,21,,,,34,32,1,1,1,16,6,10",
            "Note: places, and faces, are estimates",
            "* as published 12/01/2024",
        ]
        records = read(tmp_path, table(*lines))

        assert records.total("alerts") == 34
        assert [str(note) for note in records.notes] == [
            'r.csv:4: is a note and no row, and passed over (line 4, 10, 11): "January", "Note: places", "* as published '
            '12/01/2024"',
            "r.csv:5: the headings come again, and are passed over (line 5)",
            "r.csv:8: 2 rows of totals are no deployment, and passed over (line 8, 9)",
        ]

    @pytest.mark.parametrize("line", ["2024-09-03,Ilford", ",Ilford,5,15500,0.64,9000,9,8,1,0,0,4,1,3", "2024-09-03"])
    def test_a_row_that_lost_cells_is_a_mistake_and_no_note(self, tmp_path: Path, line: str) -> None:
        """Negative control: what may be a deployment is not passed over."""
        assert messages(tmp_path, table(*GOOD, line))[0].startswith("r.csv:6: ")

    def test_a_place_may_begin_with_total(self, tmp_path: Path) -> None:
        row = GOOD[2].replace("Ilford", "Total Fitness car park")

        assert len(read(tmp_path, table(*GOOD, row))) == 5

    def test_empty_columns_do_not_matter(self, tmp_path: Path) -> None:
        assert read(tmp_path, ",date,,alerts,,\n,2024-01-09,,3,,\n,2024-01-16,,4\n").total("alerts") == 7

    def test_cells_are_what_they_look_like(self, tmp_path: Path) -> None:
        assert [tidy(cell) for cell in ("'2026-01-05", "‘9", "\ufeffdate", "1\u00a0234 ", "King's Cross", "'x'")] == [
            *("2026-01-05", "9", "date", "1 234", "King's Cross", "x"),
        ]
        assert read(tmp_path, "date,alerts\n'2024-01-09,'3\n").total("alerts") == 3


class TestWorkbooks:
    def test_cells_arrive_as_numbers_and_dates(self, tmp_path: Path) -> None:
        frame = read(tmp_path, workbook(ROWS)).frame

        assert frame["date"].dt.date.tolist() == [dt.date(2024, 1, 9), dt.date(2024, 1, 16)]
        assert frame[["hours", "alerts", "false_alerts"]].to_numpy().tolist() == [[5.5, 10, 1], [6, 8, 0]]
        assert frame["row"].tolist() == [2, 3]

    @pytest.mark.parametrize(
        ("value", "text"),
        [
            (dt.datetime(2024, 1, 9, 11, 0), "2024-01-09T11:00:00"),
            (dt.time(11, 5), "11:05"),
            (dt.timedelta(hours=25, minutes=3), "25:03"),
            (0.1 + 0.2, "0.3"),
            (16000.0, "16000"),
            (5.125, "5.1250"),
            (None, ""),
            ("\u00a0x ", "x"),
        ],
    )
    def test_a_cell_is_written_as_a_careful_person_would(self, value: object, text: str) -> None:
        assert cell_text(value) == text

    def test_the_sheet_with_the_headings_is_taken(self, tmp_path: Path) -> None:
        assert len(read(tmp_path, workbook([["About"], ["x"]], [["Title"], *ROWS], []))) == 2

    def test_two_sheets_of_records_are_not_chosen_between(self, tmp_path: Path) -> None:
        assert messages(tmp_path, workbook(ROWS, ROWS)) == [
            'r.csv: has records on 2 sheets ("S1", "S2"): keep one in the file, or put all rows on one'
        ]

    def test_a_formula_without_its_result_is_not_blank(self, tmp_path: Path) -> None:
        (said,) = messages(tmp_path, workbook([*ROWS, [dt.date(2024, 1, 23), "Ilford", 5, "=D2+D3", 0]]))

        assert said.startswith("r.csv:4: cell D4 is a formula without its result: open the workbook")

    def test_without_the_package_it_is_said_how_to_have_it(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "openpyxl", None)

        assert messages(tmp_path, workbook(ROWS)) == [
            "r.csv: is an Excel workbook: pip install 'lfrsim[excel]' to read it, or save the sheet as CSV"
        ]

    def test_more_than_a_record_can_be_is_refused_unread(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(file_kinds, "MOST_BYTES", 1024**2)
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/workbook.xml", b"0" * (9 * 1024**2))

        assert messages(tmp_path, file.getvalue())[0].startswith("r.csv: is larger than 8 MB when unpacked")


class TestOtherFiles:
    def test_a_list_of_entries_is_a_table(self, tmp_path: Path) -> None:
        entries = [
            {"Date": "2024-01-09", "Total Alerts": 10, "False Alerts": 1},
            {"Date": "2024-01-16", "Total Alerts": 8, "False Alerts": 0, "Place": None},
        ]
        for data in (entries, {"source": "x", "rows": entries}):
            records = read(tmp_path, json.dumps(data))

            assert records.frame["alerts"].tolist() == [10, 8]
            assert records.total("false_alerts") == 1
            assert [str(note) for note in records.notes] == [
                "r.csv: is JSON: lines are its entries, of which the first is line 2"
            ]

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b'{"a": 1}', "is JSON, but no list of entries: write its entries as a table"),
            (b'[{"date": ["x"]}]', 'entry 1: "date" holds a list: write its entries as a table'),
            (b"[1", "begins as JSON but is not"),
            (b"%PDF-1.7", "is a PDF: copy its table into a spreadsheet"),
            (b"\xd0\xcf\x11\xe0 x", "is a workbook of an old kind (.xls) or with a password: save the table as CSV"),
            (b"\n <html><table>", "is a page of HTML or XML: copy its table into a spreadsheet"),
            (b"\x1f\x8b", "is compressed (gzip): unpack it first"),
            (b"PK\x03\x04", "is a damaged archive or workbook: save the table as CSV"),
        ],
    )
    def test_what_is_no_table_says_what_to_do(self, tmp_path: Path, content: bytes, said: str) -> None:
        assert messages(tmp_path, content)[0].startswith(f"r.csv: {said}")

    @pytest.mark.parametrize(
        ("name", "said"),
        [
            ("content.xml", "is a spreadsheet of another kind"),
            ("x.csv", "is a zip file"),
            ("xl/workbook.xml", "cannot be read as"),
        ],
    )
    def test_an_archive_is_told_by_what_it_holds(self, tmp_path: Path, name: str, said: str) -> None:
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr(name, "x")

        assert messages(tmp_path, file.getvalue())[0].startswith(f"r.csv: {said}")
