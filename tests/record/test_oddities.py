"""What is odd is said by row and column, nothing is dropped for it, and an ordinary record is left in peace."""

from __future__ import annotations

import datetime as dt
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from record_texts import GOOD, START, ordinary, read, table

from simulator.record.oddities import disposals_copied
from simulator.record.order import out_of_order


def oddities(folder: Path, rows: list[str]) -> list[str]:
    records = read(folder, table(*rows))
    assert len(records) == len(rows)
    return [str(item) for item in records.oddities]


def changed(rows: list[str], index: int, **cells: object) -> list[str]:
    """The *rows* with some cells of the one at *index* exchanged, by column."""
    names = table(*rows).split("\n")[0].split(",")
    parts = rows[index].split(",")
    for name, value in cells.items():
        parts[names.index(name)] = str(value)
    return [*rows[:index], ",".join(parts), *rows[index + 1 :]]


def test_nothing_is_odd_in_an_ordinary_record(tmp_path: Path) -> None:
    assert oddities(tmp_path, ordinary()) == []
    assert oddities(tmp_path, list(reversed(ordinary()))) == []


def test_parts_that_do_not_add_up(tmp_path: Path) -> None:
    rows = [*GOOD, "2024-08-20,Barking,5,15600,0.64,8800,1,1,1,0,0,1,0,0"]

    assert oddities(tmp_path, rows) == ["r.csv:6: alerts: 1 true + 1 unconfirmed + 0 false do not add up to 1 alert"]


def test_disposals_that_do_not_add_up(tmp_path: Path) -> None:
    rows = [*GOOD, "2024-08-20,Barking,5,15600,0.64,8800,5,5,0,0,0,1,2,3"]

    assert oddities(tmp_path, rows) == [
        "r.csv:6: arrests: 1 arrest + 2 other + 3 no action do not add up to 5 confirmed true alerts"
    ]


def test_a_date_out_of_order(tmp_path: Path) -> None:
    """A year that was not changed in January is the usual slip: the fewest dates are named that would mend it."""
    rows = changed(ordinary(), 30, date="2023-04-30")

    assert oddities(tmp_path, rows) == [
        "r.csv:32: date: 2023-04-30 stands out of order beside 2024-04-28 and 2024-05-02"
    ]


def test_a_record_in_no_order_is_not_told_of_it(tmp_path: Path) -> None:
    rows = ordinary()
    np.random.default_rng(3).shuffle(rows)

    assert not [line for line in oddities(tmp_path, rows) if ": date: " in line]


def test_a_watchlist_far_from_its_neighbours(tmp_path: Path) -> None:
    rows = changed(ordinary(), 40, watchlist_size=16000)

    assert oddities(tmp_path, rows) == [
        "r.csv:42: watchlist_size: 16,000 is far from the lists of the days around it (median 12,820)"
    ]


def test_a_copied_row(tmp_path: Path) -> None:
    source = dict(zip(table().split("\n")[0].split(","), ordinary()[10].split(","), strict=True))
    rows = changed(ordinary(), 50, faces=source["faces"])

    assert oddities(tmp_path, rows) == [
        f"r.csv:52: faces: {int(source['faces']):,} faces with the hours of line 12: a copied row?"
    ]


def test_two_columns_that_never_differ_over_a_year_are_one(tmp_path: Path) -> None:
    """Rows of another year stay as they are; a sum counts the number that was printed twice once."""
    rows = []
    for row in ordinary():
        cells = row.split(",")
        cells[12] = cells[13]
        cells[7] = str(int(cells[11]) + int(cells[13]))
        cells[6] = str(sum(map(int, cells[7:10])))
        rows.append(",".join(cells))
    later = "2025-01-07,Ilford,5.5,13200,0.64,11000,7,7,0,0,0,4,1,2"
    records = read(tmp_path, table(*rows, later))

    assert [str(item) for item in records.oddities] == [
        "r.csv:2: other_disposal: equals no_action in all 60 rows of 2024: one number printed twice; "
        "the two are not told apart"
    ]
    assert disposals_copied(records.frame).tolist() == [True] * 60 + [False]


def test_a_few_equal_numbers_are_no_copied_column(tmp_path: Path) -> None:
    rows = ["2024-08-20,Ilford,5,15600,0.64,8800,3,3,0,0,0,1,1,1"] * 4

    assert not disposals_copied(read(tmp_path, table(*rows)).frame).any()


def test_faces_counted_in_another_way(tmp_path: Path) -> None:
    rows = ordinary()
    for i in range(33, 60):
        rows = changed(rows, i, faces=int(rows[i].split(",")[5]) * 7)
    (line,) = oddities(tmp_path, rows)

    row = int(line.split(":")[1])
    assert abs(row - 35) <= 3
    assert "faces per hour rise by a factor of" in line


def test_several_thresholds_on_one_day(tmp_path: Path) -> None:
    rows = changed(ordinary(), 20, date=START + dt.timedelta(days=42), threshold=0.6)

    assert oddities(tmp_path, rows) == ["r.csv:22: threshold: 2024-04-12 has deployments at 0.6 and 0.64"]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"hours": 55}, "hours: 55.0 hours is long for one deployment"),
        ({"faces": 3}, "faces: fewer faces than alerts (3 faces, "),
    ],
)
def test_numbers_that_are_hard_to_believe(tmp_path: Path, cells: dict[str, object], said: str) -> None:
    (line,) = oddities(tmp_path, changed(ordinary(), 5, **cells))

    assert line.startswith(f"r.csv:7: {said}")


@pytest.mark.parametrize(
    ("hours", "odd"),
    [
        (["5.30", "4.45", "5.15", "6.00", "5.45"], True),
        (["5.30", "4.30", "6.00"], True),
        (["5.30", "4.45", "5.75", "6.00"], False),
        (["5.5", "4.0", "5.25"], False),
        (["5.30"], False),
    ],
)
def test_hours_that_end_as_quarter_hours_do_in_minutes(tmp_path: Path, hours: list[str], odd: bool) -> None:
    rows = ordinary()
    for i in range(len(rows)):
        rows = changed(rows, i, hours=hours[i % len(hours)])

    assert any("write 5:45" in text for text in oddities(tmp_path, rows)) is odd


def test_a_place_one_letter_from_another(tmp_path: Path) -> None:
    rows = changed(changed(ordinary(), 3, place="Shepherds Bush"), 9, place="Shepherds Buh")

    assert oddities(tmp_path, rows) == [
        'r.csv:11: place: "Shepherds Buh" is one letter from "Shepherds Bush" (line 5); they count as two sites'
    ]


def test_many_of_a_kind_are_told_in_short(tmp_path: Path) -> None:
    rows = ordinary()
    for i in range(20):
        rows = changed(rows, i, arrests=9)
    lines = oddities(tmp_path, rows)

    assert len(lines) == 11
    assert lines[-1].startswith("r.csv: arrests: ... and 10 more rows of the same kind (lines 12, 13")


class TestOrder:
    @pytest.mark.parametrize("seed", range(8))
    def test_as_few_as_possible_are_out_of_order(self, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
        """Compared with trying every subset of ten."""
        monkeypatch.setattr("simulator.record.order.MOST_OUT_OF_PLACE", 1.0)
        values = np.random.default_rng(seed).integers(0, 8, 10)

        found = out_of_order(values)

        kept = np.delete(values, found)
        assert np.all(np.diff(kept) >= 0) or np.all(np.diff(kept) <= 0)
        assert len(found) == fewest(values.tolist())

    def test_sorted_sequences_have_none(self) -> None:
        assert out_of_order(np.array([1, 1, 2, 5])) == out_of_order(np.array([5, 2, 2, 1])) == []
        assert out_of_order(np.array([], dtype=np.int64)) == []


def fewest(values: list[int]) -> int:
    """How many of *values* must go for the rest to be sorted either way, by trying."""
    for number in range(len(values)):
        for gone in combinations(range(len(values)), number):
            kept = [value for i, value in enumerate(values) if i not in gone]
            if kept in (sorted(kept), sorted(kept, reverse=True)):
                return number
    return len(values)
