"""The baseline and the trained models: against closed forms and quadrature, and on records with a known truth."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace

import numpy as np
import pytest
from forecast_records import FALSE_PER_HOUR, SLOPE, simulated_records
from scipy import integrate, stats

from simulator.evidence.check import rolling
from simulator.evidence.check.baseline import OF_NONE, BaselineByThreshold, fit_baseline, fit_by_kind, fit_measure
from simulator.evidence.check.coverage import inside
from simulator.evidence.check.false_alerts import train_false_alerts
from simulator.evidence.check.laplace import Rows, posterior
from simulator.evidence.check.model import train
from simulator.evidence.check.model_parts import PARTS, Origin, components, words_of
from simulator.evidence.check.planned import Planned, Recorded, recorded
from simulator.evidence.check.scores import crps, randomised_pit

PARTS_USED = ("sites", "level")


def plan(n: int, hours: float = 5.0, threshold: float = 0.64, size: float = 15_000.0, site: str = "Avon") -> Planned:
    return Planned(
        np.arange(n),
        19_000.0 + np.arange(n),
        (site,) * n,
        (site,) * n,
        np.full(n, hours),
        np.full(n, size),
        np.full(n, threshold),
    )


def halves(rows: Recorded, share: float = 0.75) -> tuple[Recorded, Recorded]:
    cut = np.quantile(rows.planned.day, share)
    return rows.take(rows.planned.day <= cut), rows.take(rows.planned.day > cut)


def test_the_baseline_is_the_maximum_of_the_likelihood() -> None:
    """With equal hours the rate is events per hour; the shape is the best of a fine grid."""
    counts = stats.nbinom(3.0, 3.0 / 11.0).rvs(150, random_state=2).astype(float)
    fitted = fit_baseline(plan(150), counts)
    grid = np.exp(np.linspace(-1, 4, 5001))
    mean = counts.mean()
    likelihood = stats.nbinom.logpmf(counts[:, None], grid, grid / (grid + mean)).sum(axis=0)

    assert fitted.per_hour == pytest.approx(counts.sum() / 750, rel=1e-4)
    assert fitted.shape == pytest.approx(grid[likelihood.argmax()], rel=3e-3)


def test_without_an_event_the_baseline_holds_any_to_be_impossible() -> None:
    forecast = fit_baseline(plan(10), np.zeros(10)).forecast(plan(3), 1)

    assert forecast.probabilities[:, 0] == pytest.approx(1.0)
    assert not forecast.draws.any()


def test_the_baseline_of_false_alerts_is_one_rate_at_each_threshold() -> None:
    """By hand: 12 in 50 hours, none in 100; the nearest where none was trained, and all together where none is printed."""
    rows = replace(plan(30), threshold=np.repeat([0.60, 0.64, 0.64], 10))
    counts = np.where(rows.threshold < 0.62, 1.0, 0.0) + np.where(np.arange(30) < 2, 1.0, 0.0)
    fitted = fit_measure("false_alerts", rows, counts)
    ahead = replace(plan(5), threshold=np.array([0.60, 0.64, 0.59, 0.70, np.nan]))
    made = fitted.forecast(ahead, 1)
    expected = 5 * np.array([12 / 50, OF_NONE / 100, 12 / 50, OF_NONE / 100, 12 / 150])

    assert isinstance(fitted, BaselineByThreshold)
    assert made.probabilities @ np.arange(made.probabilities.shape[1]) == pytest.approx(expected, rel=0.01)
    assert made.draws.mean(axis=0) == pytest.approx(expected, rel=0.15)
    assert not isinstance(fit_measure("alerts", rows, counts), BaselineByThreshold)


def test_of_each_kind_it_is_one_rate_at_each_threshold_too() -> None:
    rows = replace(plan(40), threshold=np.repeat([0.60, 0.64], 20), fixed=np.arange(40) % 2 == 0)
    counts = np.where(rows.is_fixed, 3.0, 1.0) * np.where(rows.threshold < 0.62, 2.0, 1.0)
    fitted = fit_by_kind("false_alerts", rows, counts)
    assert fitted is not None
    made = fitted.forecast(rows, 1)

    assert made.probabilities @ np.arange(made.probabilities.shape[1]) == pytest.approx(counts, rel=0.01)


def test_laplace_is_close_to_quadrature() -> None:
    """Five counts of one site with one unknown rate: evidence, mean and variance by numerical integration."""
    counts, exposure, shape, deviation = np.array([9.0, 14.0, 7.0, 12.0, 10.0]), math.log(5.0), 8.0, 0.5
    found = posterior(Rows(counts, np.full(5, exposure), shape), np.full((5, 5), deviation**2), 0.0)
    mean, covariance = found.rates(np.full((1, 5), deviation**2), np.full((1, 1), deviation**2))

    def weight(rate: float, power: int = 0) -> float:
        expected = math.exp(rate + exposure)
        chance = stats.nbinom.pmf(counts, shape, shape / (shape + expected)).prod()
        return float(chance * stats.norm.pdf(rate, 0, deviation) * rate**power)

    whole, first, second = (integrate.quad(weight, -2, 4, args=(power,), epsabs=0)[0] for power in range(3))

    assert found.evidence == pytest.approx(math.log(whole), abs=0.01)
    assert mean[0] == pytest.approx(first / whole, abs=0.01)
    assert covariance[0, 0] == pytest.approx(second / whole - (first / whole) ** 2, rel=0.05)


def test_a_part_is_a_covariance() -> None:
    """Symmetric, no negative eigenvalue, whatever the rows; and likeness is what it says."""
    rows = recorded(simulated_records(40)).planned
    origin = Origin.of(rows)
    for part in components(tuple(PARTS), rows, rows, origin):
        assert part == pytest.approx(part.T)
        assert np.linalg.eigvalsh(part).min() > -1e-9
    one, two, other = plan(1, site="Mill Street Avon"), plan(1, site="Castle Road Avon"), plan(1, site="Birch")

    assert words_of("Mill Street Avon") == ["mill", "avon"]
    assert words_of("High Street") == ["high", "street"]
    assert [components(("sites",), one, item, origin)[0, 0, 0] for item in (one, two, other)] == pytest.approx(
        [1, 0.5, 0]
    )


def test_the_model_recovers_sites_and_level() -> None:
    """Forecast rates of each town against the truth that made the record, and a gain over the baseline that is no chance."""
    frame = simulated_records(320, seed=5, site_sd=0.6, rise=0.4)
    training, tested = halves(recorded(frame))
    trained = train(*training.of("alerts"), PARTS_USED)
    ahead, observed = tested.of("alerts")
    forecast = trained.forecast(ahead, 1)
    base = fit_baseline(*training.of("alerts")).forecast(ahead, 1)
    gain = crps(base.probabilities, observed) - crps(forecast.probabilities, observed)
    pit = randomised_pit(forecast.probabilities, observed, 1)
    counts = np.arange(forecast.probabilities.shape[1])
    mean = forecast.probabilities @ counts

    assert gain.mean() > 3 * gain.std() / math.sqrt(len(gain))
    assert abs(inside(pit, 0.9).mean() - 0.9) < 3.5 * math.sqrt(0.9 * 0.1 / len(observed))
    # the towns' mean rates follow the truth
    towns = [name.split()[-1] for name in ahead.site]
    forecasts = {town: mean[[t == town for t in towns]].sum() for town in set(towns)}
    came = {town: observed[[t == town for t in towns]].sum() for town in set(towns)}
    names = sorted(forecasts)
    assert np.corrcoef([math.log(forecasts[t]) for t in names], [math.log(came[t]) for t in names])[0, 1] > 0.9


def test_table_and_draws_of_a_forecast_agree() -> None:
    """Means of 4,000 joint draws within five standard errors of the table's."""
    training, tested = halves(recorded(simulated_records(160)))
    forecast = train(*training.of("alerts"), PARTS_USED).forecast(tested.planned, 1)
    mean = forecast.probabilities @ np.arange(forecast.probabilities.shape[1])
    error = forecast.draws.std(axis=0) / math.sqrt(len(forecast.draws))

    assert (abs(forecast.draws.mean(axis=0) - mean) / error).max() < 5


def test_what_is_not_known_of_the_rates_is_in_the_forecast() -> None:
    """From ten rows the total is far less certain than from some hundred, and less than if the mean were known."""
    rows = recorded(simulated_records(120))
    many, tested = halves(rows, 0.8)
    few = many.take(np.arange(len(many)) >= len(many) - 10)

    def spread(training: Recorded) -> float:
        total = train(*training.of("alerts"), PARTS_USED).forecast(tested.planned, 1).draws.sum(axis=1)
        return float(total.std() / total.mean())

    plain = fit_baseline(*many.of("alerts")).forecast(tested.planned, 1).draws.sum(axis=1)
    assert spread(few) > 1.3 * spread(many) > 1.3 * plain.std() / plain.mean()


def test_rows_in_another_order_change_nothing() -> None:
    frame = simulated_records(120)
    one, two = recorded(frame), recorded(frame.sample(frac=1, random_state=1))
    (first, ahead), (second, _) = halves(one), halves(two)

    assert one.planned.site == two.planned.site
    a = train(*first.of("alerts"), PARTS_USED).forecast(ahead.planned, 1)
    b = train(*second.of("alerts"), PARTS_USED).forecast(ahead.planned, 1)
    assert (a.probabilities == b.probabilities).all()


def test_rolling_origin_finds_the_parts_that_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sites where sites differ; and it sees none of what comes after the training rows, because it is not given them."""
    monkeypatch.setattr(rolling, "CANDIDATES", ((), ("sites",), ("weekday",)))
    training = recorded(simulated_records(130, seed=2, site_sd=0.7, rise=0.0))
    choice = rolling.choose(training, ("alerts",))

    assert choice.parts == ("sites",)
    assert len(choice.origins) >= rolling.FEWEST_ORIGINS
    assert [item.parts for item in choice.compared] == [(), ("sites",), ("weekday",)]
    assert choice.compared[1].crps_of_baseline["alerts"] < 0.8 < choice.compared[2].crps_of_baseline["alerts"]


def test_the_fewest_parts_within_a_standard_error_are_taken() -> None:
    """By the rule, not by the lowest CRPS; of two with as few parts the lower one."""
    compared = [
        rolling.Compared(parts=parts, crps_of_baseline={}, mean=mean, error=error)
        for parts, mean, error in (
            ((), 1.00, 0.03),
            (("sites",), 0.905, 0.01),
            (("level",), 0.904, 0.01),
            (("sites", "level"), 0.90, 0.0),
        )
    ]

    assert rolling.by_rule(compared).parts == ("level",)
    assert rolling.by_rule([replace(item, error=0.001) for item in compared]).parts == ("sites", "level")
    assert dt.date(2026, 11, 28) == rolling.RULE_SINCE


def test_too_few_rows_are_not_compared() -> None:
    choice = rolling.choose(recorded(simulated_records(30)))

    assert (choice.parts, choice.compared) == (rolling.USUAL, ())


def test_false_alerts_learn_level_and_slope() -> None:
    """Many events at two thresholds: rate and slope of the truth, whatever the prior."""
    frame = simulated_records(3000, rise=0.0)
    planned, counts = recorded(frame).of("false_alerts")
    trained = train_false_alerts(planned, counts)
    low, high = trained.slope_95()
    ahead = plan(2000, threshold=0.64)
    expected = FALSE_PER_HOUR * math.exp(-SLOPE * 0.04) * 10_000
    events = counts[planned.threshold > 0.62].sum()

    assert low < SLOPE < high
    assert trained.forecast(ahead, 1).draws.sum(axis=1).mean() == pytest.approx(expected, rel=4 / math.sqrt(events))


def test_false_alerts_at_one_threshold_are_the_gamma_posterior() -> None:
    """Twenty events in 5,000 hours, the next 5,000: close to Jeffreys' negative binomial, which knows no spread of days."""
    counts = np.zeros(1000)
    counts[:20] = 1
    forecast = train_false_alerts(plan(1000), counts).forecast(plan(1000), 1)
    total = forecast.draws.sum(axis=1)

    assert total.mean() == pytest.approx(20.5, abs=1.5)
    assert total.std() == pytest.approx(math.sqrt(20.5 * 2), rel=0.15)


def test_at_one_threshold_the_slope_is_the_priors() -> None:
    counts = np.zeros(1000)
    counts[:20] = 1
    low, high = train_false_alerts(plan(1000), counts).slope_95()

    assert (low, high) == pytest.approx((50 - 1.96 * 9, 50 + 1.96 * 9), abs=1.7)


def test_no_events_give_a_bound() -> None:
    """None in 1,000 hours: 1,000 more hold fewer than 3.8 with a chance of 97.5 % or more, and some with a chance."""
    total = train_false_alerts(plan(200), np.zeros(200)).forecast(plan(200), 1).draws.sum(axis=1)

    assert 0.05 < (total > 0).mean() < 0.5
    assert (total <= 4).mean() > 0.95


def test_half_the_level_is_half_the_forecast() -> None:
    counts = np.zeros(1000)
    counts[:40] = 1
    trained = train_false_alerts(plan(1000), counts)
    full, half = (item.forecast(plan(1000), 1).draws.sum(axis=1).mean() for item in (trained, trained.with_level(0.5)))

    assert half == pytest.approx(full / 2, rel=0.05)


def test_lists_not_recorded_leave_hours_as_exposure() -> None:
    blank = replace(plan(100), list_size=np.full(100, np.nan))
    counts = np.zeros(100)
    counts[:10] = 1

    assert train_false_alerts(blank, counts).usual_list is None
    assert np.isfinite(train_false_alerts(blank, counts).forecast(blank, 1).probabilities).all()
