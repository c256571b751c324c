"""Rows that give a number beside those that do not: no rate is made of rows that were chosen by what came out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from fit_records import records_from
from record_texts import table
from scipy import stats

from simulator.evidence.check.assumed import Assumed, AssumedHours
from simulator.evidence.check.notes import linked_hours
from simulator.evidence.fit.fitted_inputs import fitted_inputs
from simulator.evidence.fit.fitted_values import FMR
from simulator.evidence.fit.question import question_of
from simulator.evidence.fit.share_recorded import ShareRecorded
from simulator.evidence.fit.whole_fit import Fit, fit_record
from simulator.scenario import load_scenario

COLUMNS = {"hours": 2, "watchlist_size": 3, "threshold": 4, "faces": 5}
ROWS = 14
FALSE = (3, 9)


def record(folder: Path, column: str, blank: Callable[[int], bool], exposure: str = "hours") -> Fit:
    """9 alerts in each of 14 rows, two with a false one; the *column* is blank in the rows for which *blank* holds."""
    rows = []
    for i in range(ROWS):
        false = int(i in FALSE)
        cells = [f"2026-01-{i + 1:02}", "Ilford", 5, 9000, 0.64, 10_000, 9, 9 - false, 0, false, "", 4, 1, 4 - false]
        cells[COLUMNS[column]] = "" if blank(i) else cells[COLUMNS[column]]
        rows.append(",".join(map(str, cells)))
    return fit_record(records_from(folder, table(*rows)), load_scenario("croydon-van"), question_of(exposure))


@pytest.mark.parametrize(
    ("column", "exposure", "gone"),
    [("hours", "hours", "hour"), ("faces", "faces", "face"), ("threshold", "hours", None),
     ("watchlist_size", "hours", "comparison")],
)  # fmt: skip
@pytest.mark.parametrize("with_false", [True, False])
def test_no_rate_is_made_of_rows_that_are_given_where_something_happened_or_where_nothing_did(
    tmp_path: Path, column: str, exposure: str, gone: str | None, with_false: bool
) -> None:
    """1 in 91 that both rows with a false alert are the two that are given, or the two that are not."""
    fit = record(tmp_path, column, lambda i: (i in FALSE) is with_false, exposure)
    (linked,) = fit.selections

    assert linked.p == pytest.approx(max(1 / 91, stats.hypergeom(126, 18, 2).pmf(2)))
    assert linked.withheld
    assert fit.false_alerts is None
    assert fitted_inputs(fit, ShareRecorded()).of(FMR) is None
    assert not fit.blocks if gone is None else gone not in fit.blocks[0].per


def test_rows_that_are_blank_by_chance_leave_the_rate_of_the_others_with_their_number(tmp_path: Path) -> None:
    """Negative control: one false alert on either side."""
    fit = record(tmp_path, "hours", lambda i: i < 7)
    (block,) = fit.blocks
    hour = block.per["hour"]

    assert not fit.selections
    assert (hour.rate, hour.rows, hour.false_left_out) == (1 / 35, 7, 1)
    assert fit.false_alerts is not None
    assert fit.false_alerts.found.false_alerts_left_out == 1


def test_a_link_that_moves_the_share_little_is_told_and_the_rate_given(tmp_path: Path) -> None:
    """Two rows of 100 are blank and both have false alerts, of 12 in all: without them the share is 10 of 882, not 12 of 900."""
    rows = [
        f"2026-{1 + i // 28:02}-{1 + i % 28:02},Ilford,{'' if i < 2 else 5},9000,0.64,10000,9,{9 - k},0,{k},,4,1,4"
        for i, k in enumerate([1] * 12 + [0] * 88)
    ]
    fit = fit_record(records_from(tmp_path, table(*rows)), load_scenario("croydon-van"), question_of())
    (linked,) = fit.selections

    assert linked.linked
    assert not linked.withheld
    assert fit.false_alerts is not None
    assert "hour" in fit.blocks[0].per


def test_days_on_which_no_face_was_counted_stay(tmp_path: Path) -> None:
    """Zeros are what came out, and to leave them out would choose by it."""
    rows = [f"2026-01-{i + 1:02},Ilford,5,9000,0.64,{0 if i % 2 else 10000},9,9,0,0,,4,1,4" for i in range(8)]
    fit = fit_record(records_from(tmp_path, table(*rows)), load_scenario("croydon-van"), question_of())

    assert fit.per_hour.faces is not None
    assert fit.per_hour.faces.rate == 1000
    assert fit.true_per_face is not None
    assert fit.true_per_face.value == 72 / 40_000
    passages = fitted_inputs(fit, ShareRecorded()).of("street.passages_per_hour")
    assert passages is not None
    assert passages.value == pytest.approx(1000 / fit.scenario.street.faces_per_passage.value, rel=0.1)


@pytest.mark.parametrize(
    ("assumed", "told"), [(Assumed(), True), (Assumed(hours=AssumedHours(mean=5.0, sd=1.0)), False)]
)
def test_a_check_says_which_rows_it_cannot_forecast(tmp_path: Path, assumed: Assumed, told: bool) -> None:
    frame = record(tmp_path, "hours", lambda i: i in FALSE).records.frame

    assert any("in the 2 that do not, 2 of 18 alerts" in text for text in linked_hours(frame, assumed)) is told
