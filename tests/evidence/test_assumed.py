"""Rows that print no hours or no list: what is assumed of them is used, with its spread, and marked everywhere."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from forecast_records import LATE, UNTIL, checked_of, rows_of, simulated_records
from reading import behind

from simulator.evidence.check.assumed import Assumed, AssumedHours
from simulator.evidence.check.model import train
from simulator.evidence.check.planned import recorded
from simulator.evidence.check.simulate import simulated
from simulator.report.check.page import page
from simulator.report.page import Line
from simulator.response.kernel import by_kernel
from simulator.scenario import load_scenario

ASSUMED = Assumed(hours=AssumedHours(mean=5.0, sd=1.0), list_size=16_000)


def with_blanks(column: str, every: int = 5) -> pd.DataFrame:
    frame = simulated_records(60)
    frame.loc[::every, column] = np.nan
    return frame


def test_rows_without_hours_are_forecast_with_those_assumed_and_marked() -> None:
    """Without the assumption they are left out; with it they are tested, trained on and named on page, in JSON and table."""
    frame = with_blanks("hours")
    without, found = (checked_of(frame, UNTIL, assumed=assumed) for assumed in (Assumed(), ASSUMED))
    tested, training = found.found.tested, found.found.training
    assert training is not None
    said = [block.text for block in behind(page(found.found)) if isinstance(block, Line) and block.label == "Assumed"]
    table = found.table()

    assert without.found.records.without_hours == 12
    assert found.found.records.without_hours == 0
    assert len(tested.assumed_hours) + len(training.assumed_hours) == 12
    assert tested.rows + training.rows == 60
    assert found.found.run.assumed == ASSUMED
    assert any(f"hours of {len(tested.assumed_hours)} tested rows and" in text for text in said)
    assert set(table.loc[table["hours_assumed"] == 1, "row"]) == set(tested.assumed_hours)
    assert not table["list_assumed"].any()
    assert not [block for block in behind(page(without.found)) if isinstance(block, Line) and block.label == "Assumed"]


@pytest.mark.parametrize("rows", ["tested", "training", "all"])
def test_rows_without_a_list_are_forecast_and_said(rows: str) -> None:
    """In tested rows, in training rows or everywhere, with the part for lists in the model: no row is lost."""
    frame = simulated_records(60)
    late = frame["date"] > pd.Timestamp(LATE.train_until)
    frame.loc[{"tested": late, "training": ~late, "all": late | True}[rows], "watchlist_size"] = np.nan
    found = checked_of(frame, LATE).found

    assert {len(measures) for measures in found.forecasters.values()} == {3}
    assert any(note.startswith("No list size in") for note in found.notes)
    assert not any(note.startswith("No list size") for note in checked_of(frame, LATE, assumed=ASSUMED).found.notes)


def test_assumed_hours_spread_every_forecast_and_leave_its_mean() -> None:
    """Variance of a count with hours of spread s: Poisson or gamma around a mean that itself varies by (s / mean)^2."""
    rows = replace(rows_of(12), hours_sd=np.full(12, 2.5))
    frame = simulated_records(80)
    trained = train(*recorded(frame).of("alerts"), ())
    known, spread = (trained.forecast(one, 1) for one in (rows_of(12), rows))
    counts = np.arange(spread.probabilities.shape[1])
    mean = spread.probabilities[0] @ counts
    more = spread.probabilities[0] @ counts**2 - mean**2
    plain = known.probabilities[0] @ np.arange(known.probabilities.shape[1]) ** 2 - mean**2

    assert mean == pytest.approx(known.probabilities[0] @ np.arange(known.probabilities.shape[1]), rel=0.01)
    assert more - plain == pytest.approx(0.25 * (plain + mean**2 - mean), rel=0.1)
    alerts = [simulated(load_scenario("croydon-van"), one, 600, 1, by_kernel)["alerts"] for one in (rows_of(12), rows)]
    error = math.hypot(*(one.sum(axis=1).std() / math.sqrt(600) for one in alerts))
    assert abs(alerts[0].sum(axis=1).mean() - alerts[1].sum(axis=1).mean()) < 4 * error
    assert alerts[1].var(axis=0).mean() > 1.3 * alerts[0].var(axis=0).mean()


@pytest.mark.parametrize(
    ("text", "mean", "sd"), [("5", 5.0, 1.0), ("5.8:1.2", 5.8, 1.2), ("5.8:0", 5.8, 0.0), ("6 : 1", 6.0, 1.0)]
)
def test_hours_are_read_with_their_spread(text: str, mean: float, sd: float) -> None:
    assert AssumedHours.read(text) == AssumedHours(mean=mean, sd=sd)


@pytest.mark.parametrize("text", ["", "five", "5.8:", "5.8:x", "0", "25", "5:6", "nan", "5:-1", "5:nan", "inf"])
def test_hours_that_cannot_be_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="must be"):
        AssumedHours.read(text)


def test_nothing_is_marked_where_the_record_prints_all() -> None:
    """An assumption that no row needs changes no forecast."""
    frame = simulated_records(60)
    found = checked_of(frame, UNTIL, assumed=ASSUMED).found

    assert found.forecasters == checked_of(frame, UNTIL).found.forecasters
    assert found.tested.assumed_hours == ()
