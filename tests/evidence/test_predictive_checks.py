"""Predictive checks: right forecasts have uniform p values, and records that vary more than forecast are caught."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from forecast_records import UNTIL, checked_of, rows_of, simulated_records
from reading import behind

from simulator.evidence.check.independence import fitted_to
from simulator.evidence.check.judged import Judged, judge
from simulator.evidence.check.predictive import from_draws
from simulator.evidence.check.predictive_checks import Faces, PredictiveChecks, predictive_checks, two_sided_p
from simulator.evidence.statistics.intervals import central_range
from simulator.report.check.page import page
from simulator.report.figures.check_predictive import draw_predictive
from simulator.report.page import Table
from simulator.scenario import load_scenario

ROWS, DRAWS = 24, 400
# Two rows a day.
PLANNED = replace(rows_of(ROWS), day=20_000.0 + np.arange(ROWS) // 2)


def drawn(rng: np.random.Generator, number: int, spread: float, follows: float = 1.0) -> dict[str, np.ndarray]:
    """So many records: faces of busy and quiet rows, alerts that follow them, arrests, rare false alerts."""
    level = rng.gamma(1 / spread, spread, (number, ROWS))
    alerts = rng.poisson(10 * level**follows)
    return {
        "faces": rng.poisson(3000 * level).astype(float),
        "alerts": alerts.astype(float),
        "arrests": rng.binomial(alerts, 0.5).astype(float),
        "false_alerts": rng.poisson(0.1, (number, ROWS)).astype(float),
    }


def checks(seed: int, truth: dict[str, float], fitted: bool = False) -> PredictiveChecks:
    """The checks of forecasts with a spread of 0.1, where the record has the *truth*."""
    rng = np.random.default_rng(seed)
    made, came = drawn(rng, DRAWS, 0.1), drawn(rng, 1, **truth)
    judged = {name: judge(PLANNED, from_draws(made[name]), came[name][0], 1) for name in made if name != "faces"}
    return predictive_checks(judged, Faces(came["faces"][0], made["faces"]), fitted)


def test_right_forecasts_have_uniform_p_values() -> None:
    """Of n records: shares of p below 0.05 and 0.5, and inside the range of all, within four standard errors of what is due."""
    n = 200
    found = [checks(seed, {"spread": 0.1}) for seed in range(n)]
    p = np.array([[one.p for one in each.checks] for each in found], dtype=float)
    all_hold = np.mean([all(one.consistent for one in each.checks) for each in found])

    assert p.shape == (n, 5)
    for share in (0.05, 0.5):
        below = (p < share).mean(axis=0)
        assert (np.abs(below - share) < 4 * math.sqrt(share * (1 - share) / n)).all()
    assert all_hold > 0.95 - 4 * math.sqrt(0.95 * 0.05 / n)


@pytest.mark.parametrize(
    ("truth", "caught"),
    [
        ({"spread": 2.0}, ["variance_of_days", "busiest_day"]),
        ({"spread": 0.1, "follows": -1.0}, ["faces_and_alerts"]),
    ],
)
def test_records_unlike_the_forecasts_are_caught(truth: dict[str, float], caught: list[str]) -> None:
    """Negative control: days that vary twenty times as much, and alerts that fall as faces rise."""
    found = [checks(seed, truth) for seed in range(20)]

    for statistic in caught:
        held = [one.consistent for each in found for one in each.checks if one.statistic == statistic]
        assert np.mean(held) < 0.5
    assert np.mean([one.consistent for each in found for one in each.checks if one.measure == "false_alerts"]) > 0.9


def test_figures_of_a_record_are_those_of_its_days_and_rows() -> None:
    counts = np.array([3.0, 1, 0, 0, 5, 1, 2, 2, 4, 0])
    false = np.array([0.0, 0, 1, 0, 0, 0, 0, 2, 0, 0])
    planned = replace(rows_of(10), day=20_000.0 + np.arange(10) // 2)

    def judged(observed: np.ndarray) -> Judged:
        return judge(planned, from_draws(np.tile(observed, (100, 1))), observed, 1)

    faces = Faces(np.where(np.arange(10) < 9, counts, np.nan), np.tile(counts, (100, 1)))
    found = predictive_checks({"alerts": judged(counts), "false_alerts": judged(false)}, faces, True).checks
    variance, busiest, correlation, run = found

    assert variance.observed == pytest.approx(np.var([4, 0, 6, 4, 4], ddof=1))
    assert busiest.observed == 6
    assert (correlation.observed, correlation.rows) == (pytest.approx(1.0), 9)
    assert run.observed == 4
    assert {one.p for one in found} == {None}


def test_what_is_too_little_recorded_has_no_check() -> None:
    """Four days, and no faces: only the run without a false alert, which needs rows alone; counts all alike go with nothing."""
    planned = replace(rows_of(8), day=20_000.0 + np.arange(8) // 2)
    one = judge(planned, from_draws(np.ones((50, 8))), np.ones(8), 1)
    blank, alike = Faces(np.full(8, np.nan), np.ones((50, 8))), Faces(np.ones(8), np.ones((50, 8)))

    for faces in (None, blank, alike):
        found = predictive_checks({"alerts": one, "arrests": one, "false_alerts": one}, faces, False).checks
        assert [check.statistic for check in found] == ["longest_run_without"]
    assert predictive_checks({}, None, False).checks == ()


def test_mid_p_is_never_zero_and_counts_ties_by_half() -> None:
    draws = np.array([0.0, 0, 1, 1, 2])

    assert two_sided_p(draws, 9.0) == pytest.approx(2 * 0.5 / 6)
    assert two_sided_p(draws, 1.0) == pytest.approx(2 * (2 + 0.5) / 6)
    assert two_sided_p(np.ones(5), 1.0) == 1.0


@pytest.mark.parametrize(("first", "fitted"), [("2024-09-06", True), ("2025-06-01", True), ("2027-06-01", False)])
def test_a_scenario_has_p_values_only_on_rows_later_than_all_its_sources(first: str, fitted: bool) -> None:
    """Rows of its own days, or of a year that its sources name, may be among those that it was made from."""
    day = float(np.datetime64(first, "D").astype(int))
    planned = replace(rows_of(3), day=day + np.arange(3))

    assert fitted_to(load_scenario("croydon-van"), "r.csv", planned) is fitted
    assert not fitted_to(load_scenario("croydon-van").model_copy(update={"record": None}), "r.csv", planned)


def test_page_and_figure_say_what_was_checked() -> None:
    """The model's tested rows are later than its own, so it has p values; the scenario's may be its own, so it has none."""
    found = checked_of(simulated_records(60), UNTIL).found
    (shown,) = [
        block
        for block in behind(page(found))
        if isinstance(block, Table) and block.title.startswith("Do simulated records")
    ]
    by = {who: [row[-1] for row in shown.rows if row[0].strip() == who] for who in ("scenario", "trained model")}
    notes = " ".join(note.text for note in shown.notes)

    assert all("p 0." in cell for cell in by["trained model"])
    assert not any("p 0." in cell for cell in by["scenario"])
    assert f"{len(by['scenario'])} of the scenario and {len(by['trained model'])} of the trained model" in notes
    assert "No p for the scenario" in notes
    assert "figures of the whole record lie where" in str(draw_predictive(found).get_label())


@pytest.mark.parametrize(("n", "tail", "ends"), [(199, 0.005, (0, 198)), (399, 0.005, (1, 397)), (100, 0.005, (0, 99))])
def test_a_range_leaves_so_much_outside_and_no_more(n: int, tail: float, ends: tuple[int, int]) -> None:
    """Of 200 equally likely places for one more among 199, two lie outside all of them: 1 in 100."""
    assert central_range(np.random.default_rng(1).permutation(n), 1 - 2 * tail) == ends


def test_too_few_simulated_records_for_the_ranges_are_told() -> None:
    """Five checks of 95 in 100 together take the extremes of 199."""
    found = checked_of(simulated_records(60), None, replications=50).found
    checks = found.predictive_checks["scenario"]

    assert len(checks.checks) == 5
    assert (checks.simulated, checks.simulated_needed, checks.enough) == (50, 199, False)
    assert replace(checks, simulated=199).enough
