"""The scenario as a forecaster, and the whole check: it uses nothing of the tested rows but what a planner knows."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from forecast_records import simulated_records

from simulator.evidence.check import checked as check_module
from simulator.evidence.check import rolling
from simulator.evidence.check.checked import Checked, Split, check
from simulator.evidence.check.independence import shared_data
from simulator.evidence.check.monthly import monthly
from simulator.evidence.check.planned import MEASURES, Planned, Recorded, recorded
from simulator.evidence.check.requirement import required
from simulator.evidence.check.simulate import simulate
from simulator.evidence.counted.closed_forms import closed_forms
from simulator.response.kernel import by_kernel
from simulator.scenario import ScenarioError, load_scenario
from simulator.scenario.inputs import drawn_inputs

UNTIL = Split(dt.date(2024, 6, 30))


def rows_of(days: int, threshold: float = 0.64, hours: float = 5.0, size: float = 15_660.0) -> Planned:
    n = days
    return Planned(
        np.arange(2, n + 2),
        20_000.0 + np.arange(n),
        ("Avon",) * n,
        ("Avon",) * n,
        np.full(n, hours),
        np.full(n, size),
        np.full(n, threshold),
    )


@pytest.fixture(scope="module")
def checked() -> Checked:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rolling, "CANDIDATES", ((), ("sites",)))
        rows = recorded(simulated_records(120))
        return check(load_scenario("croydon-van"), rows, 100, 1, by_kernel, UNTIL, "r.csv")


def test_the_scenarios_forecast_has_the_mean_of_its_closed_form() -> None:
    """Alerts of one deployment, over the inputs' intervals, within five standard errors; half the hours, half of them."""
    scenario = load_scenario("croydon-van")
    planned = replace(rows_of(2), hours=np.array([6.0, 3.0]))
    draws = simulate(scenario, planned, 2000, 1, by_kernel)["alerts"].draws
    one = scenario.model_copy(
        update={
            "campaign": scenario.campaign.model_copy(
                update={"deployments": (scenario.campaign.deployments[0].model_copy(update={"hours": 6.0}),)}
            )
        }
    )
    rng = np.random.default_rng(5)
    inputs = drawn_inputs(one, 4000, lambda _: rng.random(4000))
    # recorded alerts leave out repeats and people already in custody: some 9 to 13 % of the closed form
    expected = closed_forms(one, inputs, 0.64, 15_660.0)["alerts"].mean()
    error = draws.std(axis=0) / math.sqrt(len(draws))

    assert 0.8 * expected < draws[:, 0].mean() < expected + 5 * error[0]
    assert abs(draws[:, 0].mean() - 2 * draws[:, 1].mean()) < 5 * math.hypot(error[0], 2 * error[1])


def test_unknown_inputs_are_shared_by_all_rows_and_chance_is_not() -> None:
    """Totals vary far more than the sum of rows would; rows themselves are neither the same nor independent."""
    draws = simulate(load_scenario("croydon-van"), rows_of(20), 400, 1, by_kernel)["alerts"].draws
    independent = math.sqrt(draws.var(axis=0).sum())

    assert draws.sum(axis=1).std() > 1.5 * independent
    assert (draws[:, 0] != draws[:, 1]).mean() > 0.5


def test_a_row_is_forecast_alike_whatever_the_other_rows_are() -> None:
    scenario, planned = load_scenario("croydon-van"), rows_of(4)
    all_ = simulate(scenario, planned, 100, 1, by_kernel)["alerts"].draws
    alone = simulate(scenario, planned.take(np.array([False, False, True, False])), 100, 1, by_kernel)["alerts"].draws

    assert (all_[:, 2] == alone[:, 0]).all()


def test_threshold_and_list_of_the_row_are_used() -> None:
    """A threshold of 0.60 raises some seven times the false alerts of 0.64; a list half as long, half the alerts."""
    planned = replace(
        rows_of(3), threshold=np.array([0.60, 0.64, 0.64]), list_size=np.array([15_660.0, 15_660.0, 7_830.0])
    )
    made = simulate(load_scenario("croydon-van"), planned, 2000, 1, by_kernel)
    false, alerts = (made[name].draws.mean(axis=0) for name in ("false_alerts", "alerts"))

    assert false[0] > 3 * false[1]
    assert alerts[2] == pytest.approx(alerts[1] / 2, rel=0.15)


def test_given_faces_the_footfall_is_told() -> None:
    """Three times the faces, three times the alerts, and less spread than with a day drawn."""
    planned = rows_of(2)
    told = replace(planned, faces=np.array([6_000.0, 18_000.0]))
    scenario = load_scenario("croydon-van")
    few, many = simulate(scenario, told, 1000, 1, by_kernel)["alerts"].draws.mean(axis=0)

    assert many == pytest.approx(3 * few, rel=0.1)


def test_what_a_row_cannot_be_is_said_of_the_row() -> None:
    with pytest.raises(ScenarioError, match=r"r\.csv:2: hours: must be above 0 and at most 24 .* \(got 30\)"):
        simulate(load_scenario("croydon-van"), rows_of(1, hours=30.0), 100, 1, by_kernel, "r.csv")


def altered(frame: pd.DataFrame) -> pd.DataFrame:
    """The same plans after the last training day, and other outcomes."""
    after = frame["date"] > pd.Timestamp(UNTIL.train_until)
    changed = frame.copy()
    changed.loc[after, ["alerts", "arrests", "false_alerts", "faces"]] = [40.0, 20.0, 3.0, 99_999.0]
    return changed


def test_outcomes_of_tested_rows_change_no_forecast(checked: Checked, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every table and every draw of every forecaster stays as it is; only the scores change."""
    monkeypatch.setattr(rolling, "CANDIDATES", ((), ("sites",)))
    rows = recorded(altered(simulated_records(120)))
    again = check(load_scenario("croydon-van"), rows, 100, 1, by_kernel, UNTIL, "r.csv")

    for forecaster, measures in checked.judged.items():
        for name, judged in measures.items():
            other = again.judged[forecaster][name]
            assert (judged.forecast.probabilities == other.forecast.probabilities).all()
            assert (judged.forecast.draws == other.forecast.draws).all()
    assert (
        again.found["forecasters"]["model"]["alerts"]["crps"] > checked.found["forecasters"]["model"]["alerts"]["crps"]
    )
    assert again.found["choice"] == checked.found["choice"]


def test_the_order_of_the_file_changes_nothing(checked: Checked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rolling, "CANDIDATES", ((), ("sites",)))
    rows = recorded(simulated_records(120).sample(frac=1, random_state=1))

    assert check(load_scenario("croydon-van"), rows, 100, 1, by_kernel, UNTIL, "r.csv").found == checked.found


def test_three_forecasters_stand_side_by_side(checked: Checked) -> None:
    found = checked.found["forecasters"]

    assert list(found) == ["scenario", "model", "baseline"]
    assert all(list(measures) == list(MEASURES) for measures in found.values())
    assert found["model"]["alerts"]["crps_below_baseline"]["share"] == pytest.approx(
        1 - found["model"]["alerts"]["crps"] / found["baseline"]["alerts"]["crps"]
    )
    assert found["baseline"]["alerts"]["crps_below_baseline"] is None


def test_every_row_outside_is_named(checked: Checked) -> None:
    """By its line in the file, and no other."""
    table = pd.DataFrame(checked.table())
    one = table[(table["forecaster"] == "baseline") & (table["measure"] == "alerts")]
    outside = one[(one["observed"] < one["low_90"]) | (one["observed"] > one["high_90"])]["row"]

    assert sorted(outside) == sorted(checked.found["forecasters"]["baseline"]["alerts"]["outside_90"])
    assert (one["low_90"] <= one["low_50"]).all()
    assert (one["high_50"] <= one["high_90"]).all()
    assert ((one["pit"] >= 0) & (one["pit"] <= 1)).all()


def test_training_rows_end_with_the_day(checked: Checked) -> None:
    training, tested = UNTIL.parts(recorded(simulated_records(120)))

    assert checked.found["training"]["last"] <= "2024-06-30" < checked.found["tested"]["first"]
    assert len(training) + len(tested) == 120
    later = Split(UNTIL.train_until, dt.date(2024, 1, 1)).parts(recorded(simulated_records(120)))[0]
    assert 0 < len(later) < len(training)


def test_month_by_month_uses_only_what_came_before() -> None:
    """The first tested month is forecast as without the later ones; a later month knows more."""
    rows = recorded(simulated_records(100))
    training, tested = UNTIL.parts(rows)
    month = tested.planned.day.astype("datetime64[D]").astype("datetime64[M]")
    first = tested.take(month == month.min())
    alone, together = (monthly(training, item, ("sites",), 1)["alerts"]["model"] for item in (first, tested))

    assert together["rows"] == len(tested)
    assert alone["rows"] == len(first)
    assert set(alone["outside_90"]) <= set(together["outside_90"])


def test_many_training_rows_are_cut_to_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_module, "MOST_TRAINING", 30)
    rows = recorded(simulated_records(60))
    found = check(load_scenario("croydon-van"), rows, 50, 1, by_kernel, Split(dt.date(2024, 11, 30))).found

    assert found["training"]["rows"] == 30
    assert any("the last 30 are used" in note for note in found["notes"])


def notes(frame: pd.DataFrame, split: Split | None = UNTIL) -> str:
    from simulator.evidence.check.notes import notes_on

    rows: Recorded = recorded(frame)
    training, tested = (None, rows) if split is None else split.parts(rows)
    return " ".join(notes_on(training, tested))


def test_what_the_record_cannot_answer_is_said() -> None:
    """Few rows, one threshold, no false alerts, blank columns; and nothing of it where all is there."""
    frame = simulated_records(240)
    blank, single, none = frame.copy(), frame.copy(), frame.copy()
    blank["arrests"] = np.nan
    single["threshold"] = 0.64
    none["false_alerts"] = 0.0

    assert "Only 5 deployments tested" in notes(frame.head(5), None)
    assert "No tested row records arrests" in notes(blank)
    assert "All training rows have the threshold 0.64" in notes(single)
    assert "gives an upper bound on their rate and no level" in notes(none)
    assert "No recorded false alert in the tested rows" in notes(none)
    lost = frame.copy()
    lost["threshold"] = np.nan
    assert "Thresholds are not recorded" in notes(lost)
    assert "All training rows" not in notes(frame)
    assert "Only" not in notes(frame)


def test_records_without_thresholds_have_no_trained_false_alerts() -> None:
    frame = simulated_records(60)
    frame["threshold"] = np.nan
    found = check(load_scenario("croydon-van"), recorded(frame), 50, 1, by_kernel, Split(dt.date(2024, 11, 30))).found

    assert "false_alerts" not in found["forecasters"]["model"]
    assert "false_alerts" in found["forecasters"]["scenario"]
    assert found["false_alerts"] is None


def judged(share: float, ends: tuple[float, float], at_least: float) -> dict[str, Any]:
    total = {"observed": 7.0, "mean": 4.0, "range_90": [1.0, 9.0], "at_most": 1.0, "at_least": at_least}
    return {"coverage": {"90": {"share": share, "ci_95": list(ends)}}, "total": total}


@pytest.mark.parametrize(
    ("alerts", "false", "holds"),
    [
        (judged(0.85, (0.78, 0.91), 0.5), judged(0.88, (0.8, 0.93), 0.2), True),
        (judged(0.80, (0.72, 0.87), 0.5), judged(0.88, (0.8, 0.93), 0.2), False),
        (judged(0.97, (0.92, 0.99), 0.5), judged(0.88, (0.8, 0.93), 0.2), False),
        # coverage of false alerts is not asked for, their total is
        (judged(0.90, (0.84, 0.94), 0.5), judged(0.80, (0.7, 0.85), 0.2), True),
        (judged(0.90, (0.84, 0.94), 0.5), judged(0.88, (0.8, 0.93), 0.001), False),
    ],
)
def test_the_requirement_is_its_rule(alerts: dict[str, Any], false: dict[str, Any], holds: bool) -> None:
    found = {"forecasters": {"scenario": {"alerts": alerts, "false_alerts": false}}}
    answer = required(found, "scenario")

    assert answer["holds"] is holds
    assert bool(answer["broken"]) is not holds


def test_without_an_interval_on_coverage_a_requirement_does_not_hold() -> None:
    one = judged(0.9, (0.8, 0.95), 0.5)
    one["coverage"]["90"]["ci_95"] = None

    answer = required({"forecasters": {"scenario": {"alerts": one}}}, "scenario")
    assert answer["broken"] == ["alerts: too few days and sites for an interval on the coverage"]


def test_one_site_is_said_not_to_show_how_alike_its_rows_are() -> None:
    frame = simulated_records(60).assign(site="Avon", place="Avon")

    assert "The tested rows are of 1 site, too few to tell how alike" in notes(frame, None)
    assert "so coverage has no interval" in notes(frame.assign(date=frame["date"].iloc[0]), None)
    assert "too few to tell" not in notes(simulated_records(60), None)


def test_rows_that_the_scenario_was_made_from_are_no_check_of_it() -> None:
    """croydon-van names the Met's records in its own record and in the sources of its inputs."""
    scenario = load_scenario("croydon-van")
    days = [(day.date - dt.date(1970, 1, 1)).days for day in scenario.campaign.days]
    own = replace(rows_of(15), day=np.array(days, dtype=float))
    said = shared_data(scenario, "folder/met.csv", own)[0]

    assert said.startswith(
        "Not independent where met.csv repeats what the scenario was made from: figures of the scenario"
    )
    assert "(faces, alerts, arrests, recorded false, unconfirmed true; Met deployment records 2024 and 2025" in said
    assert "recogniser.slope_per_unit" in said
    assert "recogniser.threshold" not in said
    assert "15 of 15 tested rows are of the scenario's own days" in said
    assert "0 of 9 tested rows" in shared_data(scenario, "met.csv", rows_of(9))[0]


def test_a_scenario_without_sources_in_any_record_is_not_cautioned() -> None:
    scenario = load_scenario("croydon-van").model_copy(update={"record": None})

    assert shared_data(scenario, "r.csv", rows_of(3)) == []


def test_leaning_shows_a_forecast_that_is_too_low(checked: Checked) -> None:
    """The baseline knows nothing of the rise: more than half of the rows lie above its median, and the PIT says so."""
    lean = checked.found["forecasters"]["baseline"]["alerts"]["leaning"]
    pit = checked.judged["baseline"]["alerts"].pit

    assert lean["mean_pit"]["mean"] == pytest.approx(pit.mean())
    assert lean["above_90"]["share"] == pytest.approx((pit > 0.9).mean())
    assert lean["above_median"]["share"] > 0.5
    low, high = lean["mean_pit"]["ci_95"]
    assert low < lean["mean_pit"]["mean"] < high
