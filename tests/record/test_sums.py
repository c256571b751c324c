"""Rows of totals that have a date, and running totals, are told from deployments, and deployments from them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from record_texts import messages, ordinary, read

HEADER = "date,place,hours,faces,alerts,true_alerts,false_alerts\n"
ROWS = np.array([(5, 10000, 4, 4, 0), (5.5, 11250, 5, 4, 1), (5, 12431, 6, 6, 0), (4, 9810, 7, 7, 0)])


def lines(rows: np.ndarray, place: str = "A") -> list[str]:
    """Rows of such numbers, each on a day of its own."""
    return [f"2026-01-{5 + i:02},{place},{','.join(f'{value:g}' for value in row)}" for i, row in enumerate(rows)]


def told(folder: Path, rows: list[str]) -> list[str]:
    return messages(folder, HEADER + "\n".join(rows) + "\n")


SUM_OF_ALL = "is the sum of lines 2 to 5 in every number: a row of totals is no deployment, take it out"


class TestSums:
    def test_a_dated_total_of_all_rows_is_none_of_them(self, tmp_path: Path) -> None:
        rows = [*lines(ROWS), *lines(ROWS.sum(axis=0, keepdims=True), "ALL SITES")]

        assert told(tmp_path, rows)[0] == f"r.csv:6: {SUM_OF_ALL}"

    def test_it_may_stand_first(self, tmp_path: Path) -> None:
        rows = [*lines(ROWS.sum(axis=0, keepdims=True)), *lines(ROWS)]

        assert told(tmp_path, rows)[0].startswith("r.csv:2: is the sum of lines 3 to 6 in every number")

    def test_each_of_several_subtotals_and_their_total(self, tmp_path: Path) -> None:
        first, second = ROWS[:2].sum(axis=0, keepdims=True), ROWS[2:].sum(axis=0, keepdims=True)
        rows = lines(np.concatenate([ROWS[:2], first, ROWS[2:], second, first + second]))

        assert [line.split(": ")[0] for line in told(tmp_path, rows)[:3]] == ["r.csv:4", "r.csv:7", "r.csv:8"]

    def test_left_out_as_bad_rows_they_take_no_false_alert_with_them(self, tmp_path: Path) -> None:
        text = HEADER + "\n".join([*lines(ROWS), *lines(ROWS.sum(axis=0, keepdims=True))]) + "\n"
        records = read(tmp_path, text, skip_bad=True)

        assert (len(records), records.total("false_alerts"), records.skipped_lines) == (4, 1, (6,))
        assert records.skipped_false.events == 0

    def test_ordinary_rows_are_no_sums(self, tmp_path: Path) -> None:
        """Negative control: 400 rows, each with some hundred ways to be a sum by chance, and numbers that differ by one."""
        header = "date,place,hours,watchlist_size,threshold,faces,alerts,true_alerts,unconfirmed,false_alerts,"
        records = read(tmp_path, f"{header}false_stopped,arrests,other_disposal,no_action\n" + "\n".join(ordinary(400)))
        off = np.add(ROWS.sum(axis=0), (0, 1, 0, 0, 0))[None]

        assert len(records) == 400
        assert len(read(tmp_path, HEADER + "\n".join([*lines(ROWS), *lines(off)]))) == 5

    @pytest.mark.parametrize("rows", [[(5, 2000, 4, 4, 0), (5, 3000, 4, 4, 0), (5, 5000, 8, 8, 0)]])
    def test_round_numbers_that_happen_to_add_up_are_none_where_hours_do_not(
        self, tmp_path: Path, rows: list[tuple[float, ...]]
    ) -> None:
        assert len(read(tmp_path, HEADER + "\n".join(lines(np.array(rows, float))))) == 3


class TestRunning:
    def test_counts_that_only_add_up_refuse_the_file(self, tmp_path: Path) -> None:
        adding = np.concatenate([ROWS, ROWS]).cumsum(axis=0)
        adding[:, 0] = 5

        assert told(tmp_path, lines(adding)) == [
            "r.csv: faces, alerts, true alerts never fall from one row to the next, as running totals do: give each deployment "
            "its own counts"
        ]

    def test_one_of_several_columns_is_odd(self, tmp_path: Path) -> None:
        rows = np.concatenate([ROWS, ROWS, ROWS])
        rows[:, 2], rows[:, 4] = 9, np.array([0, 0, 1, 1, 2, 2, 2, 3, 3, 3, 3, 4])
        records = read(tmp_path, HEADER + "\n".join(lines(rows)))

        said = [str(item) for item in records.oddities if "running" in str(item)]
        assert said == ["r.csv:2: false_alerts: never falls from one row to the next: a running total?"]

    def test_growth_is_none(self, tmp_path: Path) -> None:
        """Negative control: faces that grow by a tenth over twelve rows."""
        rows = np.concatenate([ROWS, ROWS, ROWS])
        rows[:, 1] = np.linspace(10_000, 11_000, 12).round()

        assert not any("running" in str(item) for item in read(tmp_path, HEADER + "\n".join(lines(rows))).oddities)
