"""A table of deployments beside a scenario is read as records are: headings, locales, and every mistake at once."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path

import openpyxl
import pytest
from scenario_texts import MINIMAL

from simulator.experiment.store import scenario_data, scenario_hash
from simulator.scenario import Scenario, ScenarioError, load_scenario

ONE = '  deployments:\n    - {date: 2025-10-01, start: "11:00", hours: 4}\n'
RATES = "T,FMR,TPIR\n0.56,1e-8,0.9\n0.66,1e-9,0.8\n"


@pytest.fixture(autouse=True)
def _in_empty_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def load(table: str | bytes, *overrides: str, text: str = MINIMAL) -> Scenario:
    """Load *text* with *table* as its deployments."""
    Path("days.csv").write_bytes(table.encode() if isinstance(table, str) else table)
    Path("x.yaml").write_text(text.replace(ONE, "  table: days.csv\n"), encoding="utf-8")
    return load_scenario("x.yaml", overrides)


def messages(table: str | bytes, *overrides: str, text: str = MINIMAL) -> list[str]:
    """Everything that is wrong with *table*."""
    with pytest.raises(ScenarioError) as caught:
        load(table, *overrides, text=text)
    return str(caught.value).splitlines()


def test_a_row_is_a_deployment_in_order_of_time_with_its_own_settings() -> None:
    days = load(
        "date,start,hours,place,passages_per_hour,threshold,watchlist_size,operators,teams,checkers,vans,source\n"
        '2026-03-02,09:30,5.5,"High St, X","2,500",0.62,"9,040",2,3,0,1,FOI 12\n'
        "2026-01-05,11:00,4,Y,,,,,,,,\n"
    ).campaign.days

    assert [day.date for day in days] == [dt.date(2026, 1, 5), dt.date(2026, 3, 2)]
    assert days[0].threshold is days[0].operators is days[0].source is None
    day = days[1]
    assert (day.start, day.hours, day.place, day.source) == ("09:30", 5.5, "High St, X", "FOI 12")
    assert (day.passages_per_hour, day.threshold, day.watchlist_size) == (2500, 0.62, 9040)
    assert (day.operators, day.teams, day.checkers, day.vans) == (2, 3, 0, 1)


def test_the_headings_of_a_record_will_do_and_columns_not_used_are_named() -> None:
    scenario = load(
        "Location;Date of deployment;Duration of deployment;Watchlist;Threshold setting;Total Alerts;Ward\n"
        "A;13/01/2026;5h 48m;9040;0.64;3;x\n"
    )

    (day,) = scenario.campaign.days
    assert (day.place, day.date, day.hours) == ("A", dt.date(2026, 1, 13), pytest.approx(5.8))
    assert (day.watchlist_size, day.threshold) == (9040, 0.64)
    assert scenario.campaign.notes == ("days.csv: nothing is taken from the columns Total Alerts, Ward.",)


@pytest.mark.parametrize(
    ("cell", "start"),
    [("11:00", "11:00"), ("9.30", "09:30"), ("0930", "09:30"), ("11:00:00", "11:00"), ("11am", "11:00"),
     ("12.15 a.m.", "00:15"), ("7:30 PM", "19:30"), ("", "11:00"), ("n/a", "11:00")],
)  # fmt: skip
def test_clock_times_are_read_as_people_write_them(cell: str, start: str) -> None:
    assert load(f"date,start,hours\n2026-01-05,{cell},4\n").campaign.days[0].start == start


def test_another_encoding_and_dates_that_could_be_either_way_are_said() -> None:
    notes = load("date\thours\tplace\n1/4/26\t5\tCafé\n".encode("cp1252")).campaign.notes

    assert notes == (
        "days.csv: is not in UTF-8 and was read as Windows-1252: look at names with accents.",
        "days.csv:2: date: 1/4/26 is read day first, and so are all dates; no date in the file shows which comes first.",
    )


def test_places_spelt_in_capitals_are_one_and_others_that_look_alike_are_said() -> None:
    rows = ("George St, Croydon", "GEORGE ST, CROYDON", "Croydon, George Street", "Ilford")
    campaign = load(
        "date,hours,place\n" + "".join(f'2026-01-{5 + i:02},4,"{row}"\n' for i, row in enumerate(rows))
    ).campaign

    assert campaign.places == ("George St, Croydon", "Croydon, George Street", "Ilford")
    assert campaign.notes == (
        'days.csv: "George St, Croydon" and "Croydon, George Street" are taken for two places: if they are one, spell it alike.',
    )


def test_all_mistakes_are_told_at_once_under_the_file_s_own_headings() -> None:
    assert messages(
        "Date,Start time,Hours deployed,Threshold,List size,Teams,People per hour\n"
        "2026-02-30,25:00,,6.4,0.5,-1,many\n"
        "2026-01-05,11:30:30,25,\"0,64\",0,2.5,1\n"
        "2026-01-06,11,5,0.6,1\n"
    ) == [
        'days.csv:2: Date: is no day of the calendar (got "2026-02-30")',
        'days.csv:2: Start time: must be a time of day in whole minutes, as in 11:00 (got "25:00")',
        "days.csv:2: Hours deployed: must be given (the cell is empty)",
        'days.csv:2: Threshold: must be between 0 and 1, as in 0.64 (got "6.4")',
        'days.csv:2: List size: must be a whole number, 0 or more (got "0.5")',
        'days.csv:2: Teams: must be a whole number, 0 or more (got "-1"): no count is below 0',
        'days.csv:2: People per hour: must be a number, 0 or more (got "many")',
        'days.csv:3: Start time: must be a time of day in whole minutes, as in 11:00 (got "11:30:30")',
        'days.csv:3: Hours deployed: must be at most 24 hours (got "25"); if these are minutes, call the column "duration_min"',
        'days.csv:3: Teams: must be a whole number, 0 or more (got "2.5")',
        "days.csv:4: must have 7 cells, as the line of column names has (got 5)",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("date,hours\n2026-01-05,300\n", 'days.csv:2: hours: must be at most 24 hours (got "300"); if these are minutes, call'),
        ("date,duration_min\n2026-01-05,1500\n", 'days.csv:2: duration_min: must be at most 1,440 minutes (got "1500")'),
        ("date,duration_min\n2026-01-05,0.1\n", "days.csv:2: duration_min: must be at least 0.01"),
        ("date,hours,list size\n2026-01-05,5,0\n", "days.csv:2: list size: must be at least 1 (got 0)"),
        ("date,end\n2026-01-05,5\n", "days.csv:1: hours: the column is missing; columns found: date, end"),
        ("hours,start\n5,11:00\n", "days.csv:1: date: the column is missing; columns found: hours, start"),
        ("date,hours,treshold\n2026-01-05,5,0.6\n", 'days.csv:1: treshold: no column is called so; did you mean "threshold"?'),
        ("date,hours,Staff\n2026-01-05,5,6\n", "days.csv:1: Staff: give the staff in columns of their own: operators, teams,"),
        ("date,hours,Footfall\n2026-01-05,5,9000\n", "days.csv:1: Footfall: is it per hour? Then call the column"),
        (
            "date,hours,Threshold of the day\n2026-01-05,5,0.6\n",
            'days.csv:1: Threshold of the day: may say the threshold: if so, call the column "threshold"; if it',
        ),
        ("date,hours,Officers on shift\n2026-01-05,5,6\n", "days.csv:1: Officers on shift: give the staff in columns of their"),
        ("date,hours\n", "days.csv: has a line of column names and no rows"),
        ("", 'days.csv: is empty: the first line must name the columns, at least "date" and "hours"'),
        ("date,hours\n1/14/26,5\n14/1/26,5\n", "days.csv:2: date: 1 date fits only month first (as 1/14/26), 1 only day first"),
        (
            "date,start,hours,place\n2026-01-06,11:00,5,A\n06/01/2026,1100,4,a\n2026-01-06,11:00,5,B\n",
            'days.csv:3: is on the same date, start and place as line 2 (2026-01-06 11:00, "a"): take one out',
        ),
        (
            "date,hours,place\n2026-01-06,5,A\n2026-01-07,5,\n",
            "days.csv:3: place: must be given, because other rows name a place (the cell is empty)",
        ),
    ],
)  # fmt: skip
def test_a_table_that_cannot_be_meant_is_refused(table: str, said: str) -> None:
    (message,) = messages(table)

    assert message.startswith(said)


def test_own_settings_keep_to_the_rules_of_the_scenario() -> None:
    """A recogniser's table is not extrapolated, and a list cannot make more people listed than come past."""
    Path("rates.csv").write_text(RATES)
    text = MINIMAL.replace("preset: field", "table: rates.csv")
    rows = "2026-01-05,5,0.56,\n2026-01-06,5,0.7,\n2026-01-07,5,,20000000\n"
    out, long = messages(f"date,hours,Threshold setting,list\n{rows}", "watchlist.reference_size=10000", text=text)

    assert out.startswith("days.csv:3: Threshold setting: 0.7 lies outside the recogniser's table (0.56 to 0.66)")
    assert long.startswith("days.csv:4: list: watchlist.listed_per_1000_passages: more passages than there are")


def test_a_rate_per_search_is_not_taken_for_one_per_comparison_at_any_setting() -> None:
    """With 10,000 listed 0.01 false alerts for a passer-by at 0.64, and 0.1 or more at 0.6 or with ten times the list."""
    Path("rates.csv").write_text("T,FMR,TPIR\n0.6,1.1e-5,0.95\n0.62,3.3e-6,0.93\n0.64,1.0e-6,0.92\n")
    rows = "2026-01-05,5,0.62,\n2026-01-06,5,0.6,\n2026-01-07,5,,110000\n"
    told = messages(f"date,hours,threshold,list\n{rows}", text=MINIMAL.replace("preset: field", "table: rates.csv"))

    assert [line.split(" would raise")[0] for line in told] == [
        "days.csv:3: threshold: an FMR of 1.1e-05 at threshold 0.6",
        "days.csv:4: list: an FMR of 1e-06 at threshold 0.64",
    ]


def test_an_override_names_another_table_where_the_command_runs() -> None:
    Path("other.csv").write_text("date,hours\n2026-05-05,7\n")

    assert load("date,hours\n2026-01-05,4\n", "campaign.table=other.csv").campaign.camera_hours == 7
    assert messages("date,hours\n2026-01-05,4\n", "campaign.table=none.csv") == [
        "--set campaign.table=none.csv: campaign.table: no such file (got none.csv)"
    ]


def test_what_is_kept_of_a_scenario_holds_its_rows() -> None:
    """Two tables under one name are two scenarios, and a table is the deployments that it lists."""
    table = "date,hours,threshold\n2026-01-05,4,0.6\n2026-01-06,4,\n"
    ours, other = load(table), load(table.replace("0.6", "0.61"))
    listed = MINIMAL.replace(
        ONE, "  deployments:\n    - {date: 2026-01-05, hours: 4, threshold: 0.6}\n    - {date: 2026-01-06, hours: 4}\n"
    )
    Path("y.yaml").write_text(listed)

    assert scenario_hash(ours) != scenario_hash(other)
    assert scenario_data(load(table)) == scenario_data(load_scenario("y.yaml"))


def test_a_year_of_several_places_is_read_in_well_under_a_second() -> None:
    first = dt.date(2026, 1, 1)
    rows = (f"{first + dt.timedelta(days=day)},11:00,5,{place},0.64\n" for day in range(125) for place in "AB")
    load("date,hours\n2026-01-05,4\n")  # whatever the first call imports
    table = "date,start,hours,place,threshold\n" + "".join(rows)
    started = time.perf_counter()
    days = load(table).campaign.days

    assert time.perf_counter() - started < 0.5
    assert len(days) == 250


@pytest.mark.parametrize("heading", ["Minimum threshold", "Min. threshold", "LFR threshold", "Threshold settings"])
def test_a_threshold_by_another_name_is_one(heading: str) -> None:
    assert load(f"date,hours,{heading}\n2026-01-05,5,0.6\n").campaign.days[0].threshold == 0.6


def test_what_a_heading_says_twice_is_only_named() -> None:
    """Once a column holds the threshold, another that speaks of thresholds is as any column of no use here."""
    notes = load("date,hours,threshold,Reason for threshold\n2026-01-05,5,0.6,x\n").campaign.notes

    assert notes == ("days.csv: nothing is taken from the columns Reason for threshold.",)


@pytest.mark.parametrize(
    ("column", "cells", "read"),
    [
        ("watchlist_size", ("16.000", "16.200"), (16_000, 16_200)),
        ("watchlist_size", ("16.000", "16.000"), (16_000, 16_000)),
        ("passages_per_hour", ("2,5", "2.517,5"), (2.5, 2517.5)),
        ("passages_per_hour", ("1.002.517", "900"), (1_002_517, 900)),
    ],
)
def test_signs_in_numbers_are_read_by_column(column: str, cells: tuple[str, str], read: tuple[float, float]) -> None:
    days = load(f"date;hours;{column}\n2026-01-05;5;{cells[0]}\n2026-01-06;5,5;{cells[1]}\n").campaign.days

    assert tuple(getattr(day, column) for day in days) == read
    assert [day.hours for day in days] == [5, 5.5]


def test_a_number_that_can_be_read_in_two_ways_is_asked_about() -> None:
    (message,) = messages("date,hours,list\n2026-01-05,5.5,500.000\n")

    assert message == (
        'days.csv:2: list: "500.000" may mean 500 or 500,000, and no cell of the column shows which: write 500 or 500000'
    )


def test_a_time_beside_the_date_is_the_start() -> None:
    days = load("date,hours\n2026-01-05T10:30:00,5\n2026-01-06 00:00,5\n").campaign.days

    assert [day.start for day in days] == ["10:30", "11:00"]


@pytest.mark.parametrize(("cell", "size"), [("16000.000", 16000), ("9040.0", 9040), ("16.0", 16)])
def test_a_point_that_cannot_is_one(cell: str, size: float) -> None:
    assert load(f"date;hours;List size\n2026-01-05;5;{cell}\n").campaign.days[0].watchlist_size == size


def test_a_workbook_will_do_too() -> None:
    book = openpyxl.Workbook()
    for row in (["A van in spring"], ["Date", "Start time", "Hours"], [dt.date(2026, 1, 13), dt.time(9, 30), 5.5]):
        book.active.append(row)
    book.save("days.xlsx")
    Path("x.yaml").write_text(MINIMAL.replace(ONE, "  table: days.xlsx\n"), encoding="utf-8")
    campaign = load_scenario("x.yaml").campaign

    assert [(day.date, day.start, day.hours) for day in campaign.days] == [(dt.date(2026, 1, 13), "09:30", 5.5)]
    assert campaign.notes == ('days.xlsx:1: stands above the headings, and is passed over: "A van in spring".',)
