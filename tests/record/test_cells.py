"""Numbers, dates and hours are read by column, and what no column shows is asked for."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from record_texts import GOOD, HEADER, read, table

from simulator.record import Records
from simulator.scenario import ScenarioError
from simulator.scenario.sheet import ReadAs


def column(folder: Path, name: str, cells: list[str], beside: str = "hours", value: str = "5.5") -> Records:
    """A record with *cells* in the column *name*, and *value* in the column *beside* it."""
    rows = [f"2026-01-{day:02};7;{value};{cell}" for day, cell in enumerate(cells, 5)]
    return read(folder, "\n".join([f"date;alerts;{beside};{name}", *rows]) + "\n")


def refused(folder: Path, text: str, read_as: ReadAs | None = None) -> str:
    with pytest.raises(ScenarioError) as error:
        read(folder, text, read_as=read_as or ReadAs())
    return str(error.value)


def dates(folder: Path, *cells: str) -> Records:
    return read(folder, "date;alerts\n" + "".join(f"{cell};7\n" for cell in cells))


class TestNumbers:
    @pytest.mark.parametrize(
        ("cells", "numbers"),
        [
            (["9.000", "10.185"], [9_000, 10_185]),
            (["9,000", "10,185"], [9_000, 10_185]),
            (["16.000", "16.000"], [16_000, 16_000]),
            (["16.000", "950"], [16_000, 950]),
            (["9040.0", "950.0"], [9_040, 950]),
            (["12 420", "12\u202f420"], [12_420, 12_420]),
            (["12'420", "12’420"], [12_420, 12_420]),
            (["1,60,000", "2,517"], [160_000, 2_517]),
            (["1.234.567", "16.000"], [1_234_567, 16_000]),
            (["9.040,0", "9.000"], [9_040, 9_000]),
        ],
    )
    def test_thousands_are_those_of_the_whole_column(
        self, tmp_path: Path, cells: list[str], numbers: list[float]
    ) -> None:
        for name in ("faces", "watchlist_size"):
            assert column(tmp_path, name, cells).frame[name].tolist() == numbers

    @pytest.mark.parametrize(
        ("name", "cells", "numbers"),
        [
            ("hours", ["5,5", "6"], [5.5, 6]),
            ("hours", ["5.500", "6.250"], [5.5, 6.25]),
            ("hours", ["5,500", "6,250"], [5.5, 6.25]),
            ("threshold", ["0,64", "0,600"], [0.64, 0.6]),
            ("duration_min", ["345,0", "330,5"], [345 / 60, 330.5 / 60]),
        ],
    )
    def test_decimals_are_too(self, tmp_path: Path, name: str, cells: list[str], numbers: list[float]) -> None:
        frame = column(tmp_path, name, cells, "faces", "9000").frame

        assert frame["hours" if name == "duration_min" else name].tolist() == pytest.approx(numbers)

    def test_what_only_sense_decides_is_said(self, tmp_path: Path) -> None:
        records = column(tmp_path, "watchlist_size", ["16.000", "16.000"])

        assert [str(note) for note in records.notes] == [
            'r.csv:2: watchlist_size: "16.000" is read as 16,000, and so is the whole column: 16 makes no sense here'
        ]
        assert column(tmp_path, "watchlist_size", ["16.000"], value="5,5").notes == ()

    def test_a_column_that_can_be_read_in_two_ways_is_asked_about(self, tmp_path: Path) -> None:
        text = "date;alerts;hours;faces\n2026-01-05;7;5.5;500.000\n2026-01-06;7;5;700.000\n"

        assert refused(tmp_path, text) == (
            'r.csv:2: faces: "500.000" may mean 500 or 500,000, and no cell of the column shows which: write 500 or 500000, '
            "or say --decimal . or --decimal ,"
        )
        for sign, faces in ((".", [500, 700]), (",", [500_000, 700_000])):
            records = read(tmp_path, text, read_as=ReadAs(decimal=sign))  # type: ignore[arg-type]
            assert records.frame["faces"].tolist() == faces
            assert records.frame["hours"].tolist() == [5.5, 5]

    def test_other_columns_of_the_file_decide_what_one_leaves_open(self, tmp_path: Path) -> None:
        assert column(tmp_path, "faces", ["500.000"], value="5,5").frame["faces"].tolist() == [500_000]
        assert column(tmp_path, "faces", ["500.000"], "watchlist_size", "15.940").frame["faces"].tolist() == [500_000]

    def test_columns_beside_it_that_speak_against_sense_leave_a_column_open(self, tmp_path: Path) -> None:
        """Was the list written with three decimals, as the faces are, or with a point between thousands?"""
        text = "date;alerts;watchlist_size;faces\n2026-01-05;7;16.000;10185.000\n"

        assert 'watchlist_size: "16.000" may mean 16 or 16,000' in refused(tmp_path, text)
        assert column(tmp_path, "faces", ["500.000"], "watchlist_size", "9040.000").frame["faces"].tolist() == [500]

    def test_signs_used_in_two_ways_are_refused(self, tmp_path: Path) -> None:
        said = refused(tmp_path, "date;alerts;faces\n2026-01-05;7;12.000\n2026-01-06;7;12,000\n")

        assert said.startswith(
            'r.csv:2: faces: "12.000" (line 2) and "12,000" (line 3) use the point and the comma in two ways'
        )

    @pytest.mark.parametrize("cell", ["10,00", "10,0", "10.00"])
    def test_a_digit_that_may_be_lost_is_asked_about(self, tmp_path: Path, cell: str) -> None:
        with pytest.raises(ScenarioError, match=f'"{cell}" may mean 10, or 10.000 with a digit lost'):
            column(tmp_path, "faces", [cell, "5", "6"])
        assert column(tmp_path, "no_action", ["10,00", "5,00", "6,00"]).total("no_action") == 21

    @pytest.mark.parametrize("cell", ["#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "####"])
    @pytest.mark.parametrize("name", ["false_alerts", "hours", "watchlist_size", "threshold"])
    def test_a_failed_formula_is_no_blank(self, tmp_path: Path, name: str, cell: str) -> None:
        with pytest.raises(
            ScenarioError, match=rf'r\.csv:3: {name}: is .* \(got "{cell.replace("?", ".")}"\): write the number'
        ):
            column(tmp_path, name, ["0.5", cell] if name == "threshold" else ["2", cell], "place", "A")

    @pytest.mark.parametrize("dash", "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d")
    def test_every_dash_is_one(self, tmp_path: Path, dash: str) -> None:
        """Between times, in dates, and where nothing stands."""
        records = read(tmp_path, f"date;alerts;faces;hours\n05{dash}Jan{dash}2026;7;{dash};11:00{dash}16:00\n")

        assert (records.first, records.hours, records.frame["faces"].isna().all()) == (dt.date(2026, 1, 5), 5, True)

    @pytest.mark.parametrize(("cell", "hint"), [("O", "write 0"), ("one", "write 1"), ("[c]", "leave the cell empty")])
    def test_words_for_numbers_are_told_what_to_write(self, tmp_path: Path, cell: str, hint: str) -> None:
        with pytest.raises(ScenarioError, match=hint):
            column(tmp_path, "false_alerts", ["0", cell, "1"])

    @pytest.mark.parametrize(
        ("cell", "hint"), [("64", "; write 0.64"), ("64.5%", "; write 0.645"), ("1", ""), ("640", "")]
    )
    def test_a_threshold_in_percent_is_told_what_to_write(self, tmp_path: Path, cell: str, hint: str) -> None:
        with pytest.raises(ScenarioError) as error:
            column(tmp_path, "threshold", [cell])
        assert str(error.value).split("\n")[0].endswith(f'(got "{cell}"){hint}')

    def test_thousands_torn_apart_are_named(self, tmp_path: Path) -> None:
        said = refused(tmp_path, "date,alerts,faces\n2026-01-05,7,12,000\n")

        assert ': a comma within a number needs quotation marks, as "12,000"' in said


class TestDates:
    @pytest.mark.parametrize(
        "cells",
        [
            ("26-01-05", "26-02-11", "26-03-12"),
            ("24-01-15", "24-02-16", "24-03-11"),
            ("26-01-05", "26-02-11"),
            ("20-01-26",),
        ],
    )
    def test_a_year_that_may_stand_first_is_asked_about(self, tmp_path: Path, cells: tuple[str, ...]) -> None:
        with pytest.raises(
            ScenarioError, match=f"{cells[0]} may be 20{cells[0]} or 20[0-9-]+: write dates as in 20{cells[0]}"
        ):
            dates(tmp_path, *cells)

    @pytest.mark.parametrize(
        "cells", [("15-01-24", "16-02-24"), ("26/01/26",), ("20/01/26",), ("05-01-26", "31-12-25")]
    )
    def test_where_days_come_first_by_sense_they_do(self, tmp_path: Path, cells: tuple[str, ...]) -> None:
        """Negative control: read with the year first these lie years apart, or before there were such cameras."""
        assert dates(tmp_path, *cells).first.year >= 2024

    def test_none_lies_before_the_cameras_or_after_today(self, tmp_path: Path) -> None:
        later = dt.date.today() + dt.timedelta(days=40)

        assert "must lie between 2010 and" in refused(tmp_path, "date;alerts\n26 Jan 05;7\n")
        assert f"{later} has not come yet" in str(dates(tmp_path, f"{later}").oddities[-1])

    @pytest.mark.parametrize(
        "cell",
        ["2026-01-05T11:00:00", "2026-01-05 11:00", "2026/01/05", "20260105", "05/01/2026 11:00", "Mon 05/01/2026", "46027",
         "46027.458", "Jan 5, 2026", "Monday, 5th January 2026", "05-Jan-26", "2026-01-05T11:00:00.000Z", "5/1/26 9:30 am"],
    )  # fmt: skip
    def test_ways_to_write_the_same_day(self, tmp_path: Path, cell: str) -> None:
        assert dates(tmp_path, cell).first == dt.date(2026, 1, 5)

    def test_where_some_fit_only_month_first_all_are_read_so_and_it_is_said(self, tmp_path: Path) -> None:
        records = dates(tmp_path, "1/5/26", "1/14/26", "2/1/26")

        assert records.frame["date"].dt.date.tolist() == [
            dt.date(2026, 1, 5),
            dt.date(2026, 1, 14),
            dt.date(2026, 2, 1),
        ]
        assert [str(note) for note in records.notes] == [
            "r.csv:3: date: 1/14/26 is read month first, and so are all dates in numbers (fits only so)"
        ]

    def test_where_they_run_in_order_only_month_first_they_are_read_so(self, tmp_path: Path) -> None:
        records = dates(tmp_path, "01/05/2026", "01/12/2026", "02/02/2026", "02/09/2026", "02/10/2026", "03/02/2026")

        assert records.last == dt.date(2026, 3, 2)
        assert "only so do dates run in order" in str(records.notes[0])

    def test_a_day_of_the_week_shows_which_number_is_the_month(self, tmp_path: Path) -> None:
        assert dates(tmp_path, "Fri 05/01/2026").first == dt.date(2026, 5, 1)
        assert "is a Monday" in refused(tmp_path, "date,alerts\nTue 2026-01-05,7\n")

    @pytest.mark.parametrize("skip_bad", [False, True])
    def test_dates_in_both_orders_refuse_the_whole_file(self, tmp_path: Path, skip_bad: bool) -> None:
        with pytest.raises(
            ScenarioError, match=r"1 date fits only month first .as 01/19/2026.*which number is the month"
        ):
            read(tmp_path, "date,alerts\n01/19/2026,1\n19/02/2026,1\n", skip_bad=skip_bad)

    def test_dates_of_which_a_spreadsheet_turned_half_round_are_refused(self, tmp_path: Path) -> None:
        """What it could take for month first became its own dates; from the 13th on they stayed text."""
        turned = [f"{dt.date(2026, day, month)}" for month, day in ((1, 5), (1, 12), (2, 2), (2, 9), (3, 2))]
        said = refused(
            tmp_path, "date,alerts\n" + "".join(f"{cell},1\n" for cell in (*turned, "16/03/2026", "23/03/2026"))
        )

        assert said.startswith("r.csv:2: date: 5 dates are written as 2026-05-01, all on days up to the 12th")

    @pytest.mark.parametrize(
        "cell",
        [
            "10/11/25- 12/11/25",
            "10-12/11/2025",
            "10 to 12 November 2025",
            "2025-11-10 to 2025-11-12",
            "10/11 - 12/11/2025",
        ],
    )
    def test_several_days_in_a_row_are_no_deployment(self, tmp_path: Path, cell: str) -> None:
        assert "covers several days: a row is one deployment" in refused(tmp_path, f"date,alerts\n{cell},7\n")

    @pytest.mark.parametrize(
        "cell", ["2025", "2025/26", "2025-26", "January 2026", "Jan-26", "2026-01", "Q1 2026", "FY25/26"]
    )
    def test_a_month_or_a_year_in_a_row_is_told_what_to_do(self, tmp_path: Path, cell: str) -> None:
        said = refused(tmp_path, f"date,alerts\n{cell},700\n")

        assert "is no day: a row is one deployment" in said
        assert "lfrsim claim --false-alerts" in said

    def test_rows_of_totals_are_passed_over_and_said(self, tmp_path: Path) -> None:
        records = read(tmp_path, table(*GOOD, "Total,,21,,,21900,34,32,1,1,1,16,6,10"))

        assert records.total("alerts") == read(tmp_path, table()).total("alerts")
        assert "r.csv:6: a row of totals is no deployment, and passed over (line 6)" in map(str, records.notes)


class TestHours:
    @pytest.mark.parametrize(
        ("cell", "hours"),
        [("1205-1253", 0.8), ("12:05 - 12:53", 0.8), ("12.05–12.53", 0.8), ("0131-0135hrs", 4 / 60), ("2330 to 0030", 1),
         ("11am-4pm", 5), ("1100-1300, 1400-1630", 4.5), ("0:48", 0.8), ("5:48:00", 5.8), ("5h 48m", 5.8), ("5h48", 5.8),
         ("5 hours and 48 minutes", 5.8), ("2h", 2), ("48 mins", 0.8)],
    )  # fmt: skip
    def test_ways_to_say_how_long(self, tmp_path: Path, cell: str, hours: float) -> None:
        for heading in ("duration", "hours"):
            text = f'date;alerts;{heading}\n2026-01-05;7;"{cell}"\n'
            assert read(tmp_path, text).hours == pytest.approx(hours)

    @pytest.mark.parametrize("cells", [["0.229166", "0.25", "0.2"], ["0.25", "0.2", "0.3"], ["0,229", "0,25"]])
    @pytest.mark.parametrize("name", ["hours", "duration", "duration_min"])
    def test_parts_of_a_day_are_no_hours(self, tmp_path: Path, name: str, cells: list[str]) -> None:
        with pytest.raises(
            ScenarioError, match=r"all are below 1 .*: if a spreadsheet wrote parts of a day, write [56]:[0-9]{2};"
        ):
            column(tmp_path, name, cells, "place", "A")

    @pytest.mark.parametrize("cells", [["0.5"], ["0.75", "0.5"], ["0.25", "0.5", "1.5"], ["0:15", "0:30", "0:45"]])
    def test_short_deployments_are(self, tmp_path: Path, cells: list[str]) -> None:
        assert len(column(tmp_path, "hours", cells, "place", "A")) == len(cells)

    def test_hours_that_are_not_those_of_the_clock_are_odd(self, tmp_path: Path) -> None:
        rows = "2026-01-05;7;11:00;16:30;5.5\n2026-01-06;7;11:00;16:00;7\n2026-01-07;7;two;three;7\n"
        records = read(tmp_path, f"date;alerts;start;end;hours\n{rows}")

        assert [str(note) for note in records.notes] == [
            "r.csv:3: hours: 7 hours, but 11:00 to 16:00 is 5: which is right?"
        ]

    def test_start_and_end_will_do(self, tmp_path: Path) -> None:
        text = "date,alerts,Start time,Finish\n2026-01-05,7,11:00,16:30\n2026-01-06,7,2200,0100\n2026-01-07,7,,\n"
        dated = "date,alerts,start,end\n2026-01-05,7,2026-01-05 22:00,2026-01-06T00:00:00\n"

        assert read(tmp_path, text).frame["hours"].fillna(-1).tolist() == [5.5, 3, -1]
        assert read(tmp_path, dated).hours == 2

    def test_what_is_no_duration_is_refused(self, tmp_path: Path) -> None:
        for cell in ("3 days covering 10 sailings", "1205-1205", "5.5", "0:00"):
            assert "r.csv:2: duration: must" in refused(tmp_path, f"date,alerts,duration\n2026-01-05,7,{cell}\n")

    def test_minutes_in_a_column_of_hours_are_told_what_to_do(self, tmp_path: Path) -> None:
        said = refused(tmp_path, "date,alerts,Hours\n2026-01-05,7,330\n2026-01-06,7,14\n2026-01-07,7,300\n")

        assert said == (
            "r.csv: Hours: 2 of 3 rows have more than 24 (as 330): if these are minutes, say --column "
            'duration_min="Hours"; if rows are totals, give each deployment a row of its own'
        )

    def test_minutes_behind_a_point_are_odd(self, tmp_path: Path) -> None:
        cells = ["5.48", "4.31", "6.14", "5.07", "5.52", "4.43", "5.36", "6.21"]

        assert "if 5.48 means 5 h 48 min" in str(column(tmp_path, "hours", cells, "faces", "9000").oddities)
        assert "means" not in str(column(tmp_path, "hours", [*cells, "5.83"], "faces", "9000").oddities)


def test_days_and_months_exchanged_in_a_file_in_order_are_named(tmp_path: Path) -> None:
    rows = [f"{dt.date(2026, 1, 5) + dt.timedelta(days=9 * i)},7" for i in range(14)]
    assert not dates(tmp_path, *(row.split(",")[0] for row in rows)).oddities
    turned = [row if int(row[8:10]) > 12 else f"{row[:5]}{row[8:10]}-{row[5:7]},7" for row in rows]
    odd = dates(tmp_path, *(row.split(",")[0] for row in turned)).oddities

    said = [str(item) for item in odd if "exchange day and month" in str(item)]
    assert len(said) == sum(row != other for row, other in zip(rows, turned, strict=True))
    assert said[0].startswith("r.csv:2: date: 2026-05-01 does not fit among the dates around it, as 2026-01-05 would")


def test_a_short_list_is_odd(tmp_path: Path) -> None:
    odd = column(tmp_path, "watchlist_size", ["9", "9040"]).oddities

    assert str(odd[0]) == "r.csv:2: watchlist_size: a list of 9 is short for a force: are these thousands?"


def test_the_head_of_a_good_record_says_nothing(tmp_path: Path) -> None:
    """The control to all of the above."""
    assert read(tmp_path, "\n".join([HEADER, *GOOD]) + "\n").notes == ()
