"""A record simulated as the campaign it was: people of a place come to all its deployments, and who is arrested is gone."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from forecast_records import rows_of

from simulator.evidence.check.as_campaign import campaigns_of_record
from simulator.evidence.check.planned import Planned, day_of
from simulator.evidence.check.simulate import simulated
from simulator.evidence.counted.measures import by_deployment, measure
from simulator.experiment.campaigns import campaigns_of
from simulator.response.kernel import by_kernel
from simulator.scenario import ScenarioError, load_scenario
from simulator.scenario.inputs import median_inputs
from simulator.scenario.models import Scenario
from simulator.street.crowd import pool_of
from simulator.street.footfall import mean_trips, profile_of


def own_days(scenario: Scenario) -> Planned:
    """The scenario's own campaign as a record that prints neither threshold nor list."""
    days = scenario.campaign.days
    blank = np.full(len(days), np.nan)
    plan = rows_of(len(days))
    dates = np.array([day_of(day.date) for day in days], dtype=float)
    return replace(plan, day=dates, hours=np.array([day.hours for day in days]), list_size=blank, threshold=blank)


def test_its_own_days_are_forecast_as_run_has_them() -> None:
    """Arrests and alerts within four standard errors; as campaigns of a day each they are a tenth more (negative control)."""
    scenario, n = load_scenario("croydon-static"), 600
    blocks = campaigns_of(scenario, 2, engine=by_kernel, crowding_out=False).blocks(n, ignorance=True)
    run = [measure(scenario, block) for block in blocks]
    planned = own_days(scenario)
    made = simulated(scenario, planned, n, 1, by_kernel)
    apart = simulated(scenario, replace(planned, site=tuple(map(str, planned.row))), n, 1, by_kernel)
    for name, ledger in (("arrests", "arrests"), ("alerts", "recorded_alerts")):
        expected, totals = np.concatenate([one[ledger] for one in run]), made[name].sum(axis=1)
        error = math.hypot(expected.std(), totals.std()) / math.sqrt(n)

        assert abs(totals.mean() - expected.mean()) < 4 * error
        assert apart[name].sum(axis=1).mean() > 1.08 * expected.mean()


def test_a_place_is_forecast_alike_whatever_the_other_places_are() -> None:
    """Also when the rows of both are in any order."""
    scenario, planned = load_scenario("croydon-van"), replace(rows_of(4), site=("Avon", "Birch", "Avon", "Birch"))
    both = simulated(scenario, planned, 100, 1, by_kernel)["alerts"]
    alone = simulated(scenario, planned.at(np.array([0, 2])), 100, 1, by_kernel)["alerts"]

    assert np.array_equal(both[:, [0, 2]], alone)


def test_a_longer_record_is_a_campaign_for_each_year() -> None:
    """Counted from the first day at the place, so that not everybody wanted is in custody in the end."""
    days = 20_000.0 + np.array([0.0, 364.0, 365.0, 800.0, 100.0])
    planned = replace(rows_of(5), day=days, site=("Avon",) * 4 + ("Birch",))

    assert [one.rows.tolist() for one in campaigns_of_record(load_scenario("croydon-van"), planned)] == [
        [0, 1],
        [2],
        [3],
        [4],
    ]


def test_counts_by_deployment_add_up_to_those_of_the_campaign() -> None:
    scenario = load_scenario("croydon-van")
    names = ["alerts", "recorded_alerts", "recorded_false", "arrests"]
    block = next(campaigns_of(scenario, 1, engine=by_kernel).blocks(30, ignorance=True))
    each, whole = by_deployment(block, names), measure(scenario, block)

    for name in names:
        assert each[name].shape == (30, 15)
        assert np.array_equal(each[name].sum(axis=1), whole[name])


@pytest.mark.parametrize(
    ("hours", "starts"),
    [((5.0, 4.0), ["11:30", "16:30"]), ((5.26, 4.0), ["11:30", "16:46"]), ((12.6, 4.0), ["11:30", "11:30"])],
)
def test_a_second_deployment_of_a_day_begins_when_the_first_is_over(
    hours: tuple[float, float], starts: list[str]
) -> None:
    """To the minute; beside the first where the day has no room. On other days and at other places all start as usual."""
    planned = replace(rows_of(3), hours=np.array([*hours, 4.0]), day=np.array([20_000.0, 20_000.0, 20_001.0]))
    scenario = load_scenario("croydon-van")
    (one,) = campaigns_of_record(scenario, planned)
    apart = campaigns_of_record(scenario, replace(planned, site=("Avon", "Birch", "Cray")))

    assert [day.start for day in one.scenario.campaign.days] == [*starts, "11:30"]
    assert one.rows.tolist() == [0, 1, 2]
    assert {day.start for other in apart for day in other.scenario.campaign.days} == {"11:30"}


@pytest.mark.parametrize("days", [1, 30])
def test_every_place_has_the_people_of_the_scenario(days: int) -> None:
    """Where they are said by their visits to the scenario's campaign: as many, however long the record is."""
    scenario = load_scenario("croydon-van", ["street.pool_people=null", "street.visits_per_person=2"])

    def people(one: Scenario) -> int:
        inputs = median_inputs(one, 1)
        pool = pool_of(inputs, mean_trips(one, inputs, profile_of(one)))
        assert pool is not None
        return int(pool[0])

    for one in campaigns_of_record(scenario, replace(rows_of(2 * days), site=("Avon", "Birch") * days)):
        assert people(one.scenario) == pytest.approx(people(scenario), rel=1e-4)


def test_places_are_one_campaign_where_some_people_come_to_any() -> None:
    """Who may come anywhere and is arrested at one place is missing at the other: fewer arrests than at places apart."""
    scenario = load_scenario("croydon-van", ["street.pool_people=2000"])
    share = scenario.watchlist.any_place_share.model_copy(update={"value": 1.0})
    watchlist = scenario.watchlist.model_copy(update={"any_place_share": share})
    anywhere, planned = (
        scenario.model_copy(update={"watchlist": watchlist}),
        replace(rows_of(12), site=("Avon", "Birch") * 6),
    )
    (one,) = campaigns_of_record(anywhere, planned)
    together, apart = (simulated(which, planned, 200, 1, by_kernel)["arrests"] for which in (anywhere, scenario))

    assert one.scenario.campaign.places == ("Avon", "Birch")
    assert one.rows.tolist() == list(range(12))
    assert len(campaigns_of_record(scenario, planned)) == 2
    assert together[:, 6:].mean() < apart[:, 6:].mean()


def test_more_faces_than_memory_holds_are_said_of_their_row() -> None:
    told = replace(rows_of(2), faces=np.array([9e3, 9e8]))

    with pytest.raises(
        ScenarioError, match=r"r\.csv:3: faces: so many at this place .* \(got 900,000,000 in this row\)"
    ):
        simulated(load_scenario("croydon-van"), told, 100, 1, by_kernel, "r.csv")


def test_a_list_that_cannot_be_is_said_of_the_row() -> None:
    with pytest.raises(
        ScenarioError, match=r"r\.csv:3: list size: must be from 1 to 1,000,000,000, or left blank \(got 0\)"
    ):
        simulated(
            load_scenario("croydon-van"),
            replace(rows_of(2), list_size=np.array([9.0, 0.0])),
            100,
            1,
            by_kernel,
            "r.csv",
        )
