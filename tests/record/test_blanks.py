"""Rows are never chosen by what came out: a blank that may mean zero is asked about, and what is left out is counted."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from record_texts import read

from simulator.record.records import UNUSED
from simulator.scenario import ScenarioError
from simulator.scenario.sheet import ReadAs

HEADER = "date,hours,faces,alerts,true_alerts,false_alerts,arrests\n"


def record(false: list[str], header: str = HEADER) -> str:
    """Rows with ten alerts each, of which so many are *false* and the rest true, blank where a cell says no number."""
    rows = []
    for day, cell in enumerate(false, 1):
        true = 10 - (int(cell) if cell.isdigit() else 0)
        rows.append(f"2026-01-{day:02},5,9000,10,{true},{cell},4\n")
    return header + "".join(rows)


def refused(folder: Path, text: str, blank: str = "") -> str:
    with pytest.raises(ScenarioError) as error:
        read(folder, text, read_as=ReadAs(blank=blank))  # type: ignore[arg-type]
    return str(error.value)


@pytest.mark.parametrize("mark", ["-", "", "–", "nil"])
def test_a_column_of_counts_above_0_and_blanks_is_asked_about_first(tmp_path: Path, mark: str) -> None:
    assert refused(tmp_path, record([mark, mark, "1", mark])) == (
        "r.csv: false_alerts: blank or dashed in 3 rows, above 0 in 1 and 0 in 0. Whether a blank means zero is not known, and "
        "to leave such rows out would keep those where something happened: say --blank zero or --blank unknown (in all of "
        "them the other counts add up to the alerts, as if it were zero)"
    )


def test_the_question_comes_before_mistakes_of_rows_and_is_not_passed_over(tmp_path: Path) -> None:
    text = record(["-", "1"]) + "soon,5,9000,10,9,1,4\n"

    with pytest.raises(ScenarioError, match="say --blank zero"):
        read(tmp_path, text, skip_bad=True)


def test_a_blank_that_is_zero_reads_as_the_same_record_with_zeros(tmp_path: Path) -> None:
    with_zeros = read(tmp_path, record(["0", "0", "1", "0"]))
    dashed = read(tmp_path, record(["-", "", "1", "nil"]), read_as=ReadAs(blank="zero"))

    assert dashed.frame.equals(with_zeros.frame)
    assert [str(note) for note in dashed.notes] == ["r.csv: false_alerts: blank in 3 rows, read as 0 (--blank zero)"]
    assert dashed.left_out == {}


def test_of_blanks_that_are_unknown_no_row_is_kept_for_what_came_of_it(tmp_path: Path) -> None:
    """The rows that are given are those where something happened: a rate of them would be many times too high."""
    records = read(tmp_path, record(["-", "-", "1", "-"]), read_as=ReadAs(blank="unknown"))

    assert records.frame["false_alerts"].isna().all()
    assert records.left_out == {"false_alerts": {UNUSED: 4}}


def test_one_row_in_many_that_was_not_recorded_costs_that_row_alone(tmp_path: Path) -> None:
    records = read(tmp_path, record(["2"] * 13 + ["-"]), read_as=ReadAs(blank="unknown"))

    assert (records.total("false_alerts"), records.left_out) == (26, {"false_alerts": {"blank": 1}})


def test_a_blank_beside_printed_zeros_is_unknown_and_counted(tmp_path: Path) -> None:
    records = read(tmp_path, record(["0", "-", "1", "0"]))

    assert math.isnan(records.frame["false_alerts"][1])
    assert records.left_out == {"false_alerts": {"blank": 1}}


@pytest.mark.parametrize("cells", [["0", "-", "1", "0"], ["0", "-", "", "0"], ["-", "-", "1", "0"]])
def test_what_the_user_says_of_blanks_is_obeyed_whatever_else_is_printed(tmp_path: Path, cells: list[str]) -> None:
    records = read(tmp_path, record(cells), read_as=ReadAs(blank="zero"))

    assert records.frame["false_alerts"].tolist() == [float(cell == "1") for cell in cells]
    assert "--blank zero" in str(records.notes[0])


def test_zeros_that_one_year_prints_do_not_settle_another(tmp_path: Path) -> None:
    earlier = record(["0"] * 6).replace("2026-", "2025-")
    later = record(["-", "-", "1", "-", "-", "-"]).removeprefix(HEADER)

    assert "blank or dashed in 5 rows, above 0 in 1 and 0 in 6" in refused(tmp_path, earlier + later)


def test_a_single_zero_among_blanks_settles_nothing(tmp_path: Path) -> None:
    """Two false alerts in the three rows that are given, of eight, would be nearly three times too many."""
    assert "above 0 in 2 and 0 in 1" in refused(tmp_path, record(["1", "-", "-", "0", "-", "-", "1", "-"]))


def test_where_there_is_none_of_the_whole_a_blank_part_is_none(tmp_path: Path) -> None:
    """A quiet day is no day to leave out: no alert, so none true or false, and no arrest."""
    text = record(["0", "1"]) + "2026-01-09,5,8000,0,-,,-\n"
    records = read(tmp_path, text)

    assert records.frame[["true_alerts", "false_alerts", "arrests"]].iloc[2].tolist() == [0, 0, 0]
    assert records.left_out == {}


def test_deployments_that_did_not_take_place_ask_nothing(tmp_path: Path) -> None:
    records = read(tmp_path, record(["1", "2"]) + "2026-01-09,,,,,,\n")

    assert records.left_out["false_alerts"] == {"no count at all": 1}


def test_days_without_alerts_may_be_dashed_too(tmp_path: Path) -> None:
    text = "date,hours,faces,alerts,arrests\n2026-01-05,5,9000,7,3\n2026-01-06,5,8000,-,-\n2026-01-07,5,8000,4,-\n"

    assert [line.split(": ")[1] for line in refused(tmp_path, text).split("\n")] == ["alerts", "arrests"]
    assert read(tmp_path, text, read_as=ReadAs(blank="zero")).frame["alerts"].tolist() == [7, 0, 4]


def test_a_sum_of_which_one_part_is_blank_is_unknown(tmp_path: Path) -> None:
    """Unless nobody gave that part in that year: then the other one is all of it."""
    text = "date,alerts,false_alerts_confirmed,false_alerts_unconfirmed\n" + "".join(
        f"{day},9,{confirmed},{other}\n"
        for day, confirmed, other in (
            ("2025-02-03", 1, ""), ("2025-02-04", 0, ""), ("2026-01-05", 1, 0), ("2026-01-06", 1, ""), ("2026-01-07", 0, 2),
        )
    )  # fmt: skip
    records = read(tmp_path, text)

    assert records.frame["false_alerts"].fillna(-1).tolist() == [1, 0, 1, -1, 2]
    assert str(records.notes[0]).endswith(
        "how many they had is not known; the 1 that the other part gives are in no figure"
    )


def test_lists_faces_and_hours_may_be_blank(tmp_path: Path) -> None:
    """Nobody takes a blank list for a list of nobody."""
    text = "date,alerts,hours,faces,watchlist_size\n2026-01-05,7,5,9000,9000\n2026-01-06,0,,,\n"

    assert read(tmp_path, text).left_out == {name: {"blank": 1} for name in ("hours", "watchlist_size", "faces")}
