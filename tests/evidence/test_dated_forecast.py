"""A dated forecast says what the model in memory says, without its rows, and is scored on later rows of any record."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from forecast_records import simulated_records

from simulator.evidence.check import rolling
from simulator.evidence.check.assumed import Assumed, AssumedHours
from simulator.evidence.check.baseline import fit_baseline
from simulator.evidence.check.coefficients import Coefficients
from simulator.evidence.check.dated import DatedForecast
from simulator.evidence.check.dated_made import Plan, Told, dated_forecast, outlook
from simulator.evidence.check.dated_scored import score_forecast
from simulator.evidence.check.false_alerts import train_false_alerts
from simulator.evidence.check.model import train
from simulator.evidence.check.planned import Recorded, recorded
from simulator.evidence.check.scores import crps
from simulator.evidence.kept import read
from simulator.record.records import Records
from simulator.scenario import ScenarioError

UNTIL = dt.date(2024, 6, 30)
PARTS = ("kind", "sites", "level", "day", "weekday", "hours")


def halves() -> tuple[Recorded, Recorded]:
    rows = recorded(simulated_records(160))
    late = rows.planned.day > (UNTIL - dt.date(1970, 1, 1)).days
    return rows.take(~late), rows.take(late)


def records_of(frame: pd.DataFrame) -> Records:
    return Records(frame, "later.csv", (), 0, (), {})


@pytest.fixture(scope="module")
def made() -> DatedForecast:
    told = Told(
        title="Avon",
        made=dt.date(2024, 9, 30),
        train_until=UNTIL,
        forecast_until=dt.date(2024, 11, 30),
        seen=("nothing",),
        would_change=(),
        weaknesses=(),
    )
    plan = Plan(kind="van", where="at new places", sites=(), deployments=3, hours=5.0)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rolling, "CANDIDATES", (("kind", "sites", "level"),))
        return dated_forecast(halves()[0], "early.csv", "0" * 64, told, [plan])


@pytest.mark.parametrize("parts", [PARTS, ("kind", "sites", "level", "list", "threshold"), ("kind",)])
def test_coefficients_forecast_what_the_rows_do(parts: tuple[str, ...]) -> None:
    """At one setting the law of log rates is the same but for the digits kept: means within 0.1 %, known and new places alike."""
    training, tested = halves()
    trained = train(training.planned, training.counts["alerts"], parts, vary=False)
    planned = replace(
        tested.planned,
        fixed=np.arange(len(tested)) % 3 == 0,
        site=tuple("Unknown Mill" if i % 4 == 0 else site for i, site in enumerate(tested.planned.site)),
    )

    whole, kept = (one.forecast(planned, 1).probabilities for one in (trained, Coefficients.of(trained)))

    width = min(whole.shape[1], kept.shape[1])
    assert kept[:, :width] == pytest.approx(whole[:, :width], abs=2e-4)


def test_settings_are_pooled_where_rows_say_enough() -> None:
    """With deviations varied the kept model is an approximation: CRPS within half a per cent of the whole one's."""
    training, tested = halves()
    trained = train(training.planned, training.counts["alerts"], ("kind", "sites", "level", "day"))
    whole, kept = (one.forecast(tested.planned, 1).probabilities for one in (trained, Coefficients.of(trained)))

    came = tested.counts["alerts"]
    assert crps(kept, came).mean() == pytest.approx(crps(whole, came).mean(), rel=0.005)


def test_thinned_nodes_keep_the_false_alerts() -> None:
    """500 of 30,000 nodes: the expected number within 5 %, at the training threshold and beyond."""
    training, tested = halves()
    trained = train_false_alerts(training.planned, training.counts["false_alerts"])
    for threshold in (0.60, 0.64):
        at = replace(tested.planned, threshold=np.full(len(tested), threshold))
        means = [
            table @ np.arange(table.shape[1])
            for table in (one.forecast(at, 1).probabilities for one in (trained, trained.thinned(500)))
        ]
        assert means[1] == pytest.approx(means[0], rel=0.05)


def test_the_file_scores_as_the_forecast_in_memory(made: DatedForecast, tmp_path: Path) -> None:
    path = tmp_path / "forecast.json"
    path.write_text(made.to_json(), "utf-8")
    again = read(path)
    later = records_of(simulated_records(160))

    assert again == made
    assert isinstance(again, DatedForecast)
    assert score_forecast(again, later).found.to_json() == score_forecast(made, later).found.to_json()


def test_a_score_is_that_of_the_model_and_of_the_baseline(made: DatedForecast) -> None:
    """Against both trained here anew, on the rows within the forecast's span."""
    training, tested = halves()
    found = score_forecast(made, records_of(simulated_records(160))).found
    tested = tested.take(tested.planned.day <= (made.forecast_until - dt.date(1970, 1, 1)).days)
    came = tested.counts["alerts"]
    counts = training.counts["alerts"]
    model = train(training.planned, counts, made.choice.parts).forecast(tested.planned, 1).probabilities
    baseline = fit_baseline(training.planned, counts).forecast(tested.planned, 1).probabilities

    assert found.tested.rows == len(tested)
    assert found.before == len(training)
    assert found.beyond == 160 - len(training) - len(tested)
    assert found.forecasters["forecast"]["alerts"].crps == pytest.approx(crps(model, came).mean(), rel=0.005)
    assert found.forecasters["baseline"]["alerts"].crps == pytest.approx(crps(baseline, came).mean(), rel=1e-6)


@pytest.mark.parametrize("factor", [0.5, 2.0])
def test_a_forecast_that_is_off_by_a_factor_scores_worse(made: DatedForecast, factor: float) -> None:
    """Negative control."""
    later = records_of(simulated_records(160))
    models = {
        name: replace(one, mean=(one.mean[0] + float(np.log(factor)), *one.mean[1:]))
        for name, one in made.models.items()
    }
    right, wrong = (
        score_forecast(one, later).found.forecasters["forecast"] for one in (made, replace(made, models=models))
    )

    for name in ("alerts", "arrests"):
        assert wrong[name].crps > 1.2 * right[name].crps


def test_rows_without_hours_list_or_threshold_are_scored_and_marked(made: DatedForecast) -> None:
    """The forecast's own assumptions stand in, or the user's."""
    bare = simulated_records(160).assign(hours=np.nan, watchlist_size=np.nan, threshold=np.nan)
    own = score_forecast(made, records_of(bare)).found
    said = Assumed(hours=AssumedHours(mean=10.0, sd=1.0))
    users = score_forecast(made, records_of(bare), said).found

    assert own.assumed == made.assumed
    assert len(own.tested.assumed_hours) == len(own.tested.assumed_lists) == own.without_threshold == own.tested.rows
    assert users.assumed == Assumed(hours=said.hours, list_size=made.assumed.list_size)
    means = [one.forecasters["baseline"]["alerts"].total.mean for one in (users, own)]
    assert made.assumed.hours is not None
    assert means[0] / means[1] == pytest.approx(10.0 / made.assumed.hours.mean, rel=0.02)


def test_a_record_without_later_rows_is_refused(made: DatedForecast) -> None:
    early = simulated_records(160)
    early = early[early["date"] <= pd.Timestamp(UNTIL)]

    with pytest.raises(ScenarioError, match="no row lies after 2024-06-30, the last training day"):
        score_forecast(made, records_of(early))


def test_no_row_of_the_record_is_in_the_file(made: DatedForecast) -> None:
    """What is kept has a size of its own, whatever the number of rows, and no list of their counts, days or hours."""
    data = json.loads(made.to_json())

    def longest(value: object) -> int:
        if isinstance(value, dict):
            return max((longest(item) for item in value.values()), default=0)
        if isinstance(value, list):
            return max(len(value), *(longest(item) for item in value)) if value else 0
        return 0

    coefficients = len(made.models["alerts"].name)
    assert longest(data | {"false_alerts": None}) <= max(coefficients, len(made.outlook))
    assert coefficients < 40


def test_a_month_of_which_a_part_is_forecast_has_its_share(made: DatedForecast) -> None:
    """Of 30 a month: 20 of the last 20 days of June 2024, 30 in July, 15 of the first 15 or 16 days of August."""
    plan = Plan(kind="van", where="at new places", sites=(), deployments=30, hours=5.0)
    span = replace(made, train_until=dt.date(2024, 6, 10), forecast_until=dt.date(2024, 8, 15))
    lines = {line.period: line.deployments for line in outlook(span, plan)}

    assert lines == {"2024-06": 20, "2024-07": 30, "2024-08": 15, "2024": 65, "all": 65}


def test_the_outlook_of_a_period_is_the_sum_of_its_months(made: DatedForecast) -> None:
    lines = {line.period: line for line in made.outlook}
    months = [line for name, line in lines.items() if len(name) == 7]

    assert list(lines) == ["2024-07", "2024-08", "2024-09", "2024-10", "2024-11", "2024", "all"]
    for name in ("alerts", "arrests"):
        # three digits are kept of each
        assert lines["2024"].total[name] == pytest.approx(sum(line.total[name] for line in months), rel=0.01)
    low, high = lines["all"].total_90["alerts"]
    ends = [np.sum([line.total_90["alerts"][end] for line in months]) for end in (0, 1)]
    # months share what is not known of the level, but each has chance of its own
    assert ends[0] < low < high < ends[1]
