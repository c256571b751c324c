"""The scenario as a forecaster, and the whole check: it uses nothing of the tested rows but what a planner knows."""

from __future__ import annotations

import datetime as dt
import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from forecast_records import LATE, UNTIL, checked_of, question, rows_of, simulated_records, written

from simulator import __version__
from simulator.evidence.check import checked as check_module
from simulator.evidence.check import rolling
from simulator.evidence.check.asked import check
from simulator.evidence.check.checked import Checked
from simulator.evidence.check.found import CheckFound
from simulator.evidence.check.independence import shared_data
from simulator.evidence.check.judged import JointScores, Total
from simulator.evidence.check.monthly import monthly
from simulator.evidence.check.notes import notes_on
from simulator.evidence.check.planned import MEASURES, recorded
from simulator.evidence.check.question import Split
from simulator.evidence.check.requirement import required
from simulator.evidence.check.simulate import simulated
from simulator.evidence.counted.closed_forms import closed_forms
from simulator.response.kernel import by_kernel
from simulator.scenario import ScenarioError, load_scenario
from simulator.scenario.inputs import drawn_inputs


@pytest.fixture(scope="module")
def checked() -> Checked:
    return checked_of(simulated_records(120), UNTIL, 100)


def test_the_scenarios_forecast_has_the_mean_of_its_closed_form() -> None:
    """Alerts of one deployment, over the inputs' intervals, within five standard errors; half the hours, half of them."""
    scenario = load_scenario("croydon-van")
    planned = replace(rows_of(2), hours=np.array([6.0, 3.0]))
    draws = simulated(scenario, planned, 2000, 1, by_kernel)["alerts"]
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
    draws = simulated(load_scenario("croydon-van"), rows_of(20), 400, 1, by_kernel)["alerts"]
    independent = math.sqrt(draws.var(axis=0).sum())

    assert draws.sum(axis=1).std() > 1.5 * independent
    assert (draws[:, 0] != draws[:, 1]).mean() > 0.5


def test_threshold_and_list_of_the_row_are_used() -> None:
    """A threshold of 0.60 raises some seven times the false alerts of 0.64; a list half as long, half the alerts."""
    planned = replace(
        rows_of(3), threshold=np.array([0.60, 0.64, 0.64]), list_size=np.array([15_660.0, 15_660.0, 7_830.0])
    )
    made = simulated(load_scenario("croydon-van"), planned, 2000, 1, by_kernel)
    false, alerts = (made[name].mean(axis=0) for name in ("false_alerts", "alerts"))

    assert false[0] > 3 * false[1]
    assert alerts[2] == pytest.approx(alerts[1] / 2, rel=0.15)


@pytest.mark.parametrize(("elasticity", "times"), [(1.0, 3.0), (0.0, 1.0)])
def test_given_faces_listed_people_follow_them_by_their_elasticity(elasticity: float, times: float) -> None:
    """Three times the faces: three times the true alerts where listed people come as all do, and no more where they do not."""
    told = replace(rows_of(2), faces=np.array([6_000.0, 18_000.0]))
    scenario = load_scenario("croydon-van", [f"watchlist.footfall_elasticity={elasticity}"])
    few, many = simulated(scenario, told, 1000, 1, by_kernel)["alerts"].mean(axis=0)

    assert many == pytest.approx(times * few, rel=0.1)


@pytest.mark.parametrize("faces", [None, 20_000.0])
def test_a_day_has_the_people_of_the_campaign(faces: float | None) -> None:
    """A thousand people, said as such or by their visits to all deployments: of one row the same forecast."""
    same = ["street.passages_per_hour=2250", "street.return_same_day=0"]
    people = load_scenario("croydon-van", [*same, "street.pool_people=1000"])
    visits = 2250 * people.campaign.camera_hours / 1000
    by_visits = load_scenario(
        "croydon-van", [*same, "street.pool_people=null", f"street.visits_per_person={visits * (1 - 1e-12)}"]
    )
    row = replace(rows_of(1), faces=None if faces is None else np.array([faces]))
    told, followed, crowd = (
        simulated(scenario, row, 200, 1, by_kernel)["alerts"]
        for scenario in (people, by_visits, load_scenario("croydon-van", same))
    )

    assert np.array_equal(told, followed)
    assert told.mean() < 0.8 * crowd.mean()


def test_what_a_row_cannot_be_is_said_of_the_row() -> None:
    with pytest.raises(ScenarioError, match=r"r\.csv:2: hours: must be from 0.01 to 24 .* \(got 30\)"):
        simulated(load_scenario("croydon-van"), rows_of(1, hours=30.0), 100, 1, by_kernel, "r.csv")


def altered(frame: pd.DataFrame) -> pd.DataFrame:
    """The same plans after the last training day, and other outcomes."""
    after = frame["date"] > pd.Timestamp(UNTIL.train_until)
    changed = frame.copy()
    changed.loc[after, ["alerts", "arrests", "false_alerts", "faces"]] = [40.0, 20.0, 3.0, 99_999.0]
    return changed


def test_outcomes_of_tested_rows_change_no_forecast(checked: Checked) -> None:
    """Every table and every draw of every forecaster stays as it is; only the scores change."""
    again = checked_of(altered(simulated_records(120)), UNTIL, 100)

    for forecaster, measures in checked.judged.items():
        for name, judged in measures.items():
            other = again.judged[forecaster][name]
            assert (judged.forecast.probabilities == other.forecast.probabilities).all()
            assert (judged.forecast.draws == other.forecast.draws).all()
    assert again.found.forecasters["model"]["alerts"].crps > checked.found.forecasters["model"]["alerts"].crps
    assert again.found.choice == checked.found.choice


def test_the_order_of_the_file_changes_nothing(checked: Checked) -> None:
    shuffled = simulated_records(120).sample(frac=1, random_state=1)

    assert checked_of(shuffled, UNTIL, 100).found == checked.found


def test_what_was_found_is_read_back_as_it_was(checked: Checked) -> None:
    assert CheckFound.from_data(json.loads(checked.found.to_json())) == checked.found


def test_three_forecasters_stand_side_by_side(checked: Checked) -> None:
    forecasters, table = checked.found.forecasters, checked.found.to_frame()
    model, baseline = forecasters["model"]["alerts"], forecasters["baseline"]["alerts"]

    assert list(forecasters) == ["scenario", "model", "baseline"]
    assert all(list(measures) == list(MEASURES) for measures in forecasters.values())
    assert model.skill["all"].gain == pytest.approx(1 - model.crps / baseline.crps)
    assert not baseline.skill
    assert table.loc[("model", "alerts"), "coverage.90.share"] == model.coverage["90"].share
    assert len(table) == 9


def test_one_call_from_python_is_the_whole_question(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same as the parts give; what does not go together is refused."""
    monkeypatch.setattr(rolling, "CANDIDATES", ((), ("sites",)))
    frame = simulated_records(60)
    path = written(tmp_path, frame)
    found = check("croydon-van", path, train_until=LATE.train_until, replications=50, require="model")

    assert found.forecasters == checked_of(frame, LATE).found.forecasters
    assert found.records.rows == 60
    assert found.lfrsim == __version__
    assert found.requirement == required("model", found.forecasters["model"])
    with pytest.raises(ValueError, match="train_until: must be a date where train_from is given"):
        check("croydon-van", path, require="model")


def test_every_row_outside_is_named(checked: Checked) -> None:
    """By its line in the file, and no other."""
    table = checked.table()
    one = table[(table["forecaster"] == "baseline") & (table["measure"] == "alerts")]
    outside = one[(one["observed"] < one["low_90"]) | (one["observed"] > one["high_90"])]["row"]

    assert sorted(outside) == sorted(checked.found.forecasters["baseline"]["alerts"].outside_90)
    assert (one["low_90"] <= one["low_50"]).all()
    assert (one["high_50"] <= one["high_90"]).all()
    assert ((one["pit"] >= 0) & (one["pit"] <= 1)).all()


def test_training_rows_end_with_the_day(checked: Checked) -> None:
    rows = recorded(simulated_records(120))
    training, tested = UNTIL.parts(rows)
    later = Split(train_until=UNTIL.train_until, train_from=dt.date(2024, 1, 1)).parts(rows)[0]

    assert checked.found.training is not None
    assert checked.found.training.last <= UNTIL.train_until < checked.found.tested.first
    assert len(training) + len(tested) == 120
    assert 0 < len(later) < len(training)


def test_month_by_month_uses_only_what_came_before() -> None:
    """The first tested month is forecast as without the later ones; a later month knows more."""
    rows = recorded(simulated_records(100))
    training, tested = UNTIL.parts(rows)
    month = tested.planned.day.astype("datetime64[D]").astype("datetime64[M]")
    first = tested.take(month == month.min())
    alone, together = (monthly(training, item, ("sites",), 1)["alerts"].model for item in (first, tested))

    assert together.rows == len(tested)
    assert alone.rows == len(first)
    assert set(alone.outside_90) <= set(together.outside_90)


def test_many_training_rows_are_cut_to_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_module, "MOST_TRAINING", 30)
    found = checked_of(simulated_records(60), LATE).found

    assert found.training is not None
    assert found.training.rows == 30
    assert any("the last 30 are used" in note for note in found.notes)


def notes(frame: pd.DataFrame, split: Split | None = UNTIL) -> str:
    asked = question(frame, split)
    return " ".join(notes_on(asked.training, asked.tested))


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
    found = checked_of(frame, LATE).found

    assert "false_alerts" not in found.forecasters["model"]
    assert "false_alerts" in found.forecasters["scenario"]
    assert found.false_alerts is None


@pytest.mark.parametrize(
    ("alerts", "false", "holds"),
    [
        ((0.78, 0.91), (0.80, 0.93, 0.2), True),
        ((0.72, 0.87), (0.80, 0.93, 0.2), False),
        ((0.92, 0.99), (0.80, 0.93, 0.2), False),
        # coverage of false alerts is not asked for, their total is
        ((0.84, 0.94), (0.70, 0.85, 0.2), True),
        ((0.84, 0.94), (0.80, 0.93, 0.001), False),
    ],
)
def test_the_requirement_is_its_rule(
    checked: Checked, alerts: tuple[float, float], false: tuple[float, float, float], holds: bool
) -> None:
    """Ends of the interval on the coverage, and how likely so many false alerts or more were held to be."""
    scores = {"alerts": with_coverage(checked, alerts), "false_alerts": with_coverage(checked, false[:2], false[2])}
    answer = required("scenario", scores)

    assert answer.holds is holds
    assert bool(answer.broken) is not holds


def with_coverage(checked: Checked, ends: tuple[float, float] | None, at_least: float = 0.5) -> JointScores:
    """Scores with this interval on the coverage of 90 % intervals, and a total that is as likely as this."""
    scores = checked.found.forecasters["scenario"]["alerts"]
    total = Total(observed=7.0, mean=4.0, range_90=(1.0, 9.0), at_most=1.0, at_least=at_least)
    return replace(scores, coverage={"90": replace(scores.coverage["90"], ci_95=ends)}, total=total)


def test_without_an_interval_on_coverage_a_requirement_does_not_hold(checked: Checked) -> None:
    answer = required("scenario", {"alerts": with_coverage(checked, None)})

    assert answer.broken == ("alerts: too few days and sites for an interval on the coverage",)


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

    assert said.startswith("Where met.csv repeats what the scenario was made from, agreement is no check of it")
    assert "Figures of the scenario's own record" in said
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
    leaning = checked.found.forecasters["baseline"]["alerts"].leaning
    mean, pit = leaning.mean_pit, checked.judged["baseline"]["alerts"].pit

    assert mean.mean == pytest.approx(pit.mean())
    assert leaning.above_90.share == pytest.approx((pit > 0.9).mean())
    assert leaning.above_median.share > 0.5
    assert mean.ci_95 is not None
    assert mean.ci_95[0] < mean.mean < mean.ci_95[1]


def test_skill_is_shown_by_kind_of_site_and_a_baseline_by_kind_stands_beside() -> None:
    """Fixed cameras with three times the alerts of vans: the pooled baseline knows no kinds, the second one does."""
    frame = simulated_records(120)
    fixed = np.arange(len(frame)) % 4 == 0
    frame = frame.assign(kind=np.where(fixed, "fixed", "van"), alerts=frame["alerts"] * np.where(fixed, 3, 1))
    found = checked_of(frame, UNTIL).found
    model, by_kind = (found.forecasters[who]["alerts"] for who in ("model", "baseline_by_kind"))

    assert list(model.skill) == list(by_kind.skill) == ["all", "van", "fixed"]
    assert model.skill["van"].rows + model.skill["fixed"].rows == model.skill["all"].rows == model.rows
    assert by_kind.skill["fixed"].gain > 0.3
    assert by_kind.skill["all"].gain > 0
    assert not model.skill["all"].shown
    assert model.skill["all"].months < 20
