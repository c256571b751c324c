"""The page of a fit: one golden text, and what is said only of some records."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fit_records import simulated_text
from reading import behind
from record_texts import table

from simulator.evidence.fit import share_recorded
from simulator.evidence.fit.asked import fit
from simulator.evidence.fit.found import FitFound
from simulator.record.records import LeftOut
from simulator.report.fit.page import page as whole_page
from simulator.report.page import Line, Page, Table
from simulator.report.render.terminal import text_of
from simulator.report.said import rows_left_out

GOLDEN = Path(__file__).parent.parent / "golden" / "fit.txt"


def page(found: FitFound) -> Page:
    """What stands behind the first screen."""
    return behind(whole_page(found))


GOOD = "2024-08-06,Ilford,5.5,15500,0.60,9000,9,9,0,0,0,4,1,4"
BAD = "2024-08-07,Ilford,-5,15500,0.60,9000,9,7,0,2,0,4,1,2"


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file ``r.csv`` where the test runs; what a force does not record is simulated from few campaigns."""
    monkeypatch.setattr(share_recorded, "CAMPAIGNS", 300)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "r.csv"


def fitted(record: Path, text: str, **asked: Any) -> FitFound:
    record.write_text(text, "utf-8")
    return fit("r.csv", "croydon-van", skip_bad=True, **asked)


def test_the_text_is_the_golden_one(record: Path) -> None:
    assert text_of(whole_page(fitted(record, simulated_text(120))), 100, details=True) == GOLDEN.read_text("utf-8")


def test_false_alerts_that_were_skipped_are_not_called_none(record: Path) -> None:
    """12 rows of one mistake held all false alerts at 0.60; what is left has none, and the page says of which rows."""
    blocks = page(fitted(record, table(GOOD, *[BAD] * 12), prior="fresh"))
    said = " ".join(block.text for block in blocks if isinstance(block, Line))
    by_threshold, inputs = (block for block in blocks if isinstance(block, Table))

    assert "The 24 false alerts of these rows are in no figure here." in said
    assert "At 0.60 no false alert is recorded in the 1 row kept." in said
    assert "No false alert is recorded, which gives a bound and no rate" in said
    assert by_threshold.rows[0][4].startswith("none; <")
    assert "the record bounds the false match rate from above" in inputs.notes[-1].text


def test_numbers_that_rows_do_not_give_are_counted_by_reason(record: Path) -> None:
    rows = [f"2024-08-{day:02},Ilford,5.5,15500,0.60,9000,9,9,0,{false},,4,1,4" for day, false in enumerate("0-00", 1)]
    blocks = page(fitted(record, table(*rows, "2024-08-09,Ilford,,,,,,,,,,,,")))
    said = " ".join(block.text for block in blocks if isinstance(block, Line))

    assert "Rows of 5 that do not give a number, and are in no figure made of it: hours 1 (no count at all)" in said
    assert "false alerts 1 (no count at all) and 1 (blank)" in said


def test_both_results_are_told_and_which_is_taken(record: Path) -> None:
    blocks = page(fitted(record, table(GOOD, GOOD.replace("-06", "-08"))))
    said = " ".join(block.text for block in blocks if isinstance(block, Line))

    assert "False match rate of the system by this record alone:" in said
    assert "With the scenario's evidence before it:" in said
    assert "The evidence: Metropolitan Police, 2024-07-25 to 2026-04-17, at a weight of 0.1" in said
    assert "conflict" not in said


def test_a_conflict_of_record_and_evidence_is_told(record: Path) -> None:
    blocks = page(
        fitted(record, table(*(GOOD.replace("9,9,0,0", "9,2,0,7").replace("4,1,4", "1,0,1").replace("0.60", "0.64"),)))
    )
    said = " ".join(block.text for block in blocks if isinstance(block, Line))

    assert "Record and evidence conflict: one of them is of something else" in said


def test_faces_an_hour_are_the_passages_that_are_set(record: Path) -> None:
    """One estimate has the name: all faces over all hours, however uneven the rows are."""
    found = fitted(record, table(GOOD, GOOD.replace("-06,Ilford,5.5", "-08,Ilford,0.1"), GOOD.replace("-06", "-09")))
    passages = next(item for item in found.inputs if item.key == "street.passages_per_hour")

    assert found.per_hour.faces is not None
    assert found.per_hour.faces.rate == pytest.approx(27_000 / 11.1)
    assert passages.value == pytest.approx(found.per_hour.faces.rate, rel=1e-3)
    assert passages.interval_95 == pytest.approx(found.per_hour.faces.rate_95, rel=1e-3)


@pytest.mark.parametrize(
    ("lines", "false", "said"),
    [
        ((122,), LeftOut(0, 1), "line 122. No false alert is recorded in this row."),
        ((122,), LeftOut(0, 0), "line 122. How many false alerts this row had cannot be read."),
        ((3, 4), LeftOut(1, 2), "lines 3, 4. The false alert of these rows is in no figure here."),
        ((3, 4), LeftOut(5, 1), "The 5 false alerts of the 1 of them whose count can be read are in no figure here."),
        (tuple(range(3, 15)), LeftOut(24, 12), "lines 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 and 2 more."),
    ],
)
def test_rows_that_were_left_out_are_named_with_their_false_alerts(
    lines: tuple[int, ...], false: LeftOut, said: str
) -> None:
    assert said in rows_left_out(lines, false)
