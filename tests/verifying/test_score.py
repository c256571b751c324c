"""A coverage is counted right, a row fails where it should and only there, and wrong intervals are found out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from simulator.evidence.statistics.intervals import mean_interval
from verify.covered import not_covered
from verify.exact import controls
from verify.page import merged, put, section
from verify.score import FEWEST, Row, Scored, Tallies, Tally, groups

ROW = Row("run", "measures.mean_95", "common", "street", "stops", 0.95)


def tallied(*intervals: tuple[float, float] | None, truth: float = 10.0) -> Tally:
    tally = Tally()
    for interval in intervals:
        tally.add(Scored(ROW, interval, truth))
    return tally


def test_misses_are_counted_by_side_and_what_was_not_given_apart() -> None:
    tally = tallied((9, 11), (10, 12), (8, 10), (5, 9), (11, 12), (12, 13), None)

    assert (tally.given, tally.absent, tally.below, tally.above) == (6, 1, 1, 2)
    assert tally.coverage == 0.5
    assert tally.width == pytest.approx((2 + 2 + 2 + 4 + 1 + 1) / 6 / 10)


def test_an_end_that_nothing_bounds_has_no_width() -> None:
    tally = tallied((9, np.inf), (9, 11))

    assert tally.coverage == 1
    assert tally.width == pytest.approx(0.2)


def test_rounding_is_no_miss() -> None:
    assert tallied((10 + 1e-12, 12)).coverage == 1


def test_the_exact_interval_holds_a_known_coverage() -> None:
    """Of intervals that hold with probability 0.9, the exact 99 % interval of the coverage misses 0.9 as seldom as it says."""
    rng = np.random.default_rng(1)
    inside = rng.binomial(300, 0.9, size=1000)
    intervals = [Tally(given=300, below=300 - int(k)).interval() for k in inside]
    missed = sum(not low <= 0.9 <= high for low, high in intervals)

    # 99.99 % of Poisson counts with mean 10 are at most 25
    assert missed <= 25
    # an interval of the average alone would nearly always miss
    assert sum(high - low > 0.05 for low, high in intervals) == 1000


@pytest.mark.parametrize(
    ("inside", "rows", "verdict"),
    [
        (1900, 1, "holds"),
        (1880, 1, "holds"),
        (1860, 1, "fails"),
        # what one row in 2,000 does by chance
        (1860, 2000, "holds"),
        (1820, 2000, "fails"),
        # more than it says is allowed
        (2000, 1, "holds"),
    ],
)
def test_a_row_fails_only_where_its_whole_interval_lies_below(inside: int, rows: int, verdict: str) -> None:
    assert Tally(given=2000, above=2000 - inside).verdict(0.95, rows) == verdict


def test_nothing_is_said_of_what_is_seldom_given() -> None:
    assert Tally(given=FEWEST - 1, below=FEWEST - 1, absent=2000).verdict(0.95, 1) == "too few"


def test_wrong_intervals_fail_and_the_right_one_beside_them_holds() -> None:
    wrong = controls()

    assert [tally.verdict(row.level, 2000) for row, tally in wrong.of.items()] == ["fails", "fails"]
    rng, right = np.random.default_rng(1), Tally()
    for _ in range(2000):
        low, high = mean_interval(rng.poisson(4.0, 200))
        right.add(Scored(ROW, (low, high), 4.0))
    assert right.verdict(0.95, 2000) == "holds"


def test_tallies_are_kept_and_added_up() -> None:
    one, two = (
        Tallies({ROW: tallied((9, 11), None)}),
        Tallies({ROW: tallied((11, 12)), replace(ROW, of="faces"): Tally()}),
    )
    together = one.plus(Tallies.from_data(two.to_data()))

    assert together.of[ROW] == tallied((9, 11), None, (11, 12))
    assert list(together.of) == [ROW, replace(ROW, of="faces")]


def test_a_line_tells_of_the_row_that_covers_least() -> None:
    good, bad = Tally(given=2000, below=100), Tally(given=2000, below=400, above=100)
    tallies = Tallies({ROW: good, replace(ROW, of="arrests"): bad})
    (group,) = merged(groups(tallies))
    text = section([group], 2, 2000, ["RunFound: new_95"])

    assert group.worst[0].of == "arrests"
    assert "1 fail: run mean_95. Not covered: RunFound: new_95." in text
    assert "| 400 | 100 |" in text
    assert "**fails** (1 of 2)" in text


def test_the_table_goes_between_its_marks(tmp_path: object) -> None:
    from pathlib import Path

    page = Path(str(tmp_path)) / "page.md"
    page.write_text("before\n<!-- coverage: begin -->\nold\n<!-- coverage: end -->\nafter\n", "utf-8")
    put("new\n", page)

    assert page.read_text("utf-8") == "before\n<!-- coverage: begin -->\nnew\n<!-- coverage: end -->\nafter\n"


def test_an_interval_that_nobody_scores_is_named() -> None:
    tallies = Tallies({ROW: Tally(given=2000), replace(ROW, kind="measures.seldom_95"): Tally(given=3)})
    declared = [("RunFound", name) for name in ("measures.mean_95", "measures.seldom_95", "inputs.interval_95")]

    assert not_covered(tallies, declared) == ["RunFound: measures.seldom_95"]
