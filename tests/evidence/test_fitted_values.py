"""A fitted value is the median that was found, whatever shape its law has: at it the fitted scenario is simulated."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from fit_records import records_from
from record_texts import HEADER

from simulator import ask
from simulator.evidence.fit import share_recorded
from simulator.evidence.fit.fitted_values import FMR, by_interval
from simulator.report.pages import page_of
from simulator.report.render.terminal import text_of
from simulator.scenario.quantity import Rate

LIKE_A_LOG_NORMAL, LOW_TAIL, HIGH_TAIL = (1e-9, 2e-10, 5e-9), (1.5e-10, 1.3e-12, 8.2e-10), (1.5e-10, 1e-10, 9e-9)
ONE_ROW = f"{HEADER}\n2026-01-07,Market St,5.5,9000,0.60,15650,8,7,1,0,0,5,0,2\n"


@pytest.mark.parametrize("numbers", [LIKE_A_LOG_NORMAL, LOW_TAIL, HIGH_TAIL])
def test_the_median_stays_and_the_file_takes_it(numbers: tuple[float, float, float]) -> None:
    """Negative control: the geometric middle, which stood there before, is off by a factor of 4.6 and 6.3 for two of them."""
    value, low, high = numbers
    item = by_interval("x", value, low, high, "a record")
    if item.law is None:
        quantity = Rate(value=item.value, low=item.interval_95[0], high=item.interval_95[1])
    else:
        shape, rate = item.law.numbers
        quantity = Rate(gamma={"shape": shape, "rate": rate})
        # four digits of shape and rate
        assert quantity.interval()[1] == pytest.approx(high, rel=2e-3)

    assert item.value == value
    assert quantity.value == pytest.approx(value, rel=2e-3)
    assert item.interval_95[0] <= low
    assert item.interval_95[1] == high
    assert (numbers == LIKE_A_LOG_NORMAL) == (abs(math.log(value / math.sqrt(low * high))) < 0.1)


def test_sentence_table_and_file_of_a_record_of_one_row_agree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(share_recorded, "CAMPAIGNS", 300)
    path = tmp_path / "one.csv"
    path.write_text(ONE_ROW, "utf-8")
    found = ask.fit(path, "croydon-van")
    (prior,) = (prior for prior in found.priors if prior.key == FMR)
    (item,) = (item for item in found.inputs if item.key == FMR)
    assert prior.with_evidence is not None

    assert item.value == pytest.approx(prior.with_evidence.median, rel=2e-3)
    assert item.interval_95 == pytest.approx(prior.with_evidence.interval_95, rel=2e-3)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            "date,alerts,false_alerts\n2026-01-07,8,1\n2026-01-09,10,0\n",
            "1 of 18 alerts is recorded as false: 5.6 % (0.14–27.3).",
        ),
        (
            "date,alerts,false_alerts\n2026-01-07,8,0\n2026-01-09,10,0\n",
            "0 of 18 alerts are recorded as false: none; < 15.3 %.",
        ),
        ("date,alerts\n2026-01-07,8\n", "The record counts no false alerts beside alerts: nothing is said"),
    ],
    ids=["one", "none", "not counted"],
)
def test_a_record_without_list_and_hours_has_something_to_say(tmp_path: Path, rows: str, said: str) -> None:
    assert records_from(tmp_path, rows).label
    page = " ".join(text_of(page_of(ask.fit(tmp_path / "r.csv", "croydon-van")), 200).split())

    assert f"What this means {said}" in page
