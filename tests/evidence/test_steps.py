"""Steps down the thresholds: differences of the same campaigns in two cells, held against campaigns simulated by themselves."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from simulator.evidence.run.study import run_study
from simulator.evidence.statistics.averages import average_interval, difference_interval
from simulator.evidence.sweep.steps import STEPPED, Step, step_columns
from simulator.evidence.sweep.surface import compute, surface_of
from simulator.experiment.axes import SIZE, THRESHOLD, axes_of
from simulator.experiment.replications import Cell
from simulator.experiment.sweep import Sweep, plan_sweep
from simulator.scenario import load_scenario

N, SEED, THRESHOLDS, SIZES = 60, 3, (0.58, 0.62, 0.66), (5000.0, 16500.0)


def planned(n: int = N, draws: int | None = None, thresholds: str = "0.62,0.58,0.66") -> Sweep:
    over = [f"recogniser.threshold={thresholds}", "watchlist.size=5000,16500"]
    return plan_sweep("croydon-static", [], axes_of(over), SEED, n, draws)


@pytest.fixture(scope="module")
def surface() -> pd.DataFrame:
    sweep = planned()
    parts = [compute(job) for job in sweep.jobs("auto")]
    return surface_of(sweep, lambda _: parts)


def row(surface: pd.DataFrame, threshold: float, size: float) -> pd.Series:
    return surface[(surface[THRESHOLD] == threshold) & (surface[SIZE] == size)].iloc[0]


@pytest.mark.parametrize("measure", STEPPED)
def test_a_step_is_that_of_campaigns_simulated_one_cell_at_a_time(surface: pd.DataFrame, measure: str) -> None:
    scenario, envelope = load_scenario("croydon-static"), planned().envelope

    def campaigns(threshold: float) -> np.ndarray:
        study = run_study(scenario, N, SEED, cell=Cell(threshold, 16500.0), envelope=envelope)
        return study.passes["chance"][measure]

    for low, high in ((0.58, 0.62), (0.62, 0.66)):
        above, below = campaigns(high), campaigns(low)
        step = Step.of(row(surface, low, 16500.0), measure)

        assert step is not None
        assert step.more == pytest.approx((below - above).mean())
        assert step.more_95 == tuple(difference_interval(above, below, counts=True))
    assert Step.of(row(surface, 0.66, 16500.0), measure) is None


def test_pairing_is_what_makes_it_narrow(surface: pd.DataFrame) -> None:
    """Negative control: as if the cells had other people, the interval on listed people found is several times as wide."""
    sweep = planned()
    values = np.concatenate([compute(job)["listed_stopped"] for job in sweep.jobs("auto")]).reshape(6, N)
    rng = np.random.default_rng(1)
    apart = step_columns(sweep, "listed_stopped", np.stack([rng.permutation(cell) for cell in values]))
    for size in range(2):
        cell = sweep.cells.index(Cell(0.62, SIZES[size]))
        paired = Step.of(row(surface, 0.62, SIZES[size]), "listed_stopped")
        assert paired is not None
        assert paired.more_95 is not None
        low, high = paired.more_95
        wide = apart["listed_stopped_step_high"][cell] - apart["listed_stopped_step_low"][cell]
        assert wide > 2 * (high - low)


def test_campaigns_of_one_draw_of_the_inputs_are_one_observation() -> None:
    """With inputs drawn a step varies from draw to draw: 40 campaigns of 4 draws are no more sure of it than 4 numbers."""
    sweep = planned(40, 4, "0.60,0.64")
    rng = np.random.default_rng(2)
    above = rng.poisson(5.0, (2, 40)).astype(float)
    # ten campaigns with each draw, which decides how much the lower threshold adds
    below = above + np.repeat([1.0, 3.0, 5.0, 7.0], 10)
    found = step_columns(sweep, "listed_stopped", np.concatenate([below, above]))

    low, high = found["listed_stopped_step_low"][0], found["listed_stopped_step_high"][0]
    assert found["listed_stopped_step"][0] == pytest.approx(4.0)
    # Student's with 3 degrees of freedom: 3.18 times the standard error 1.29; taken apart it would be 1.7 in all
    assert high - low >= 2 * 3.18 * np.std([1, 3, 5, 7], ddof=1) / 2 - 0.01
    assert np.ptp(average_interval((below - above)[0], counts=True)) < 2


def test_one_campaign_bounds_nothing() -> None:
    found = step_columns(planned(1), "wrongful_stops", np.arange(6.0)[:, None])
    assert np.isnan(found["wrongful_stops_step_low"]).all()
    assert np.isfinite(found["wrongful_stops_step"]).sum() == 4
