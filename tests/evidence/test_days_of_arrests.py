"""The script that holds the unevenness of days against the pilot counts what the measures count, day by day."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from simulator.evidence.run.study import CHANCE, run_study
from simulator.scenario import load_scenario

SCRIPT = Path(__file__).resolve().parents[2] / "results" / "days_of_arrests.py"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("days_of_arrests", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    module.CAMPAIGNS = 60  # type: ignore[attr-defined]
    return module


def test_days_add_up_to_the_campaigns_measures(script: ModuleType) -> None:
    scenario = load_scenario("croydon-static")
    days = script.counts_of(scenario)
    middle = run_study(scenario, script.CAMPAIGNS, script.SEED).passes[CHANCE]["arrests"]

    assert days.arrests.shape == (60, 14)
    assert np.array_equal(days.arrests.sum(axis=1), middle)


def test_the_share_is_that_of_campaigns_as_even_as_the_record(script: ModuleType) -> None:
    """Days 0, 1 and 2 have a variance of 1; campaigns with 0, 1 and 4 are as even or more in half of these cases."""
    seen = script.Days(np.array([[2.0, 4.0, 6.0]]), np.array([[0.0, 1.0, 2.0]]))
    simulated = script.Days(np.full((4, 3), 2.0), np.array([[1.0, 1, 1], [0, 3, 6], [2, 3, 4], [0, 9, 0]]))

    cells = script.row("made up", simulated, seen).split(" | ")
    assert (cells[1], cells[2]) == ("2.5", "1.25")
    assert cells[5].startswith("0.50 (")
    assert (seen.per_alert, seen.together, simulated.together) == ("0.25", "1.00", "")


def test_days_of_the_record_come_with_their_own_hours(script: ModuleType) -> None:
    scenario = load_scenario("croydon-static")
    later = script.dt.date(2026, 1, 22)
    plan = script.with_days(scenario, [scenario.campaign.days[5].date, later]).campaign.days

    assert [(day.date, day.hours) for day in plan] == [
        (scenario.campaign.days[5].date, 1.73),
        (later, script.LATER_HOURS),
    ]
