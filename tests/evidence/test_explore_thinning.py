"""A bank thinned to a setting has the law of a draw at that setting; thinned wrongly it has not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from simulator.evidence.explore.bank import drawn_bank
from simulator.evidence.explore.moved import Moved, moved_inputs
from simulator.evidence.explore.thinning import FOOTFALL_PARTS, Most, People, days_kept, kept_at, thinned
from simulator.experiment.replications import block_inputs, draw_block
from simulator.scenario.loader import load_scenario
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Array
from simulator.scenario.year import with_campaign
from simulator.street.candidates import Candidates, Envelope, listed_passing
from simulator.street.mask import alerts_at

N = 300
MOST = Most(moved=Moved(footfall=1.5, listed=1.25, capture=1 / 0.95, exponent=1.0), entries=3.0)
# Many false alerts, and captured faces matter to them as well.
LABORATORY = ["recogniser.preset=npl", "watchlist.day_dispersion_k=null", "street.day_dispersion_k=null"]
POOLS = {
    "people": ["street.pool_people=20000"],
    "visits": ["street.pool_people=null", "street.visits_per_person=4"],
    "nobody twice": ["street.pool_people=null"],
}
SETTINGS = {
    "footfall": (0.62, 16_500, Moved(footfall=0.5)),
    "listed": (0.62, 16_500, Moved(listed=0.5)),
    "capture": (0.62, 16_500, Moved(capture=0.6)),
    "exponent": (0.62, 5_000, Moved(exponent=0.5)),
    "all": (0.60, 10_000, Moved(footfall=0.75, listed=1.25, capture=1 / 0.95, exponent=0.8)),
}
# Of 4 numbers, mean and variance, at 7 settings one is beyond so many standard errors in one of 3,000 such tests.
LIMIT = 4.7


def scenario_of(pool: str) -> Scenario:
    return load_scenario("croydon-static", LABORATORY + POOLS[pool])


def counts_of(candidates: Candidates, threshold: float, size: float) -> Array:
    """By campaign: false and true alerts, listed people who came, people with more than one alert; shape (4, campaigns)."""
    n = len(candidates.passage_count)
    alerts = alerts_at(candidates, threshold, size)
    person, number = np.unique(np.stack([alerts.replication, alerts.person]), axis=1, return_counts=True)
    return np.stack(
        [
            np.bincount(alerts.replication[alerts.is_false], minlength=n),
            np.bincount(alerts.replication[~alerts.is_false], minlength=n),
            listed_passing(candidates, size, n),
            np.bincount(person[0][number > 1], minlength=n),
        ]
    ).astype(float)


def from_bank(scenario: Scenario, bank: tuple[People, ...], threshold: float, size: float, moved: Moved) -> Array:
    kept = kept_at(scenario, MOST, threshold, size, moved)
    parts = [thinned(people, kept, moved_inputs(scenario, people.drawn.inputs, moved)).candidates for people in bank]
    return np.concatenate([counts_of(part, threshold, size) for part in parts], axis=1)


def drawn_there(scenario: Scenario, threshold: float, size: float, moved: Moved) -> Array:
    parts = []
    for index in range(N // 50):
        inputs = moved_inputs(scenario, block_inputs(scenario, 2, index, False), moved)
        parts.append(draw_block(scenario, 2, index, inputs, Envelope(threshold, size)).candidates)
    return np.concatenate([counts_of(part, threshold, size) for part in parts], axis=1)


def distance(mine: Array, theirs: Array) -> Array:
    """By how many standard errors means, and logarithms of variances, differ: the larger for each of the rows."""
    of_means = [each.var(axis=1, ddof=1) / each.shape[1] for each in (mine, theirs)]
    means = (mine.mean(axis=1) - theirs.mean(axis=1)) / np.sqrt(sum(of_means))

    def of_variance(each: Array) -> Array:
        moved = each - each.mean(axis=1, keepdims=True)
        fourth = (moved**4).mean(axis=1) / (moved**2).mean(axis=1) ** 2
        return np.asarray((fourth - 1) / each.shape[1])

    variances = np.log(mine.var(axis=1) / theirs.var(axis=1)) / np.sqrt(of_variance(mine) + of_variance(theirs))
    return np.asarray(np.maximum(np.abs(means), np.abs(variances)))


@pytest.fixture(scope="module")
def bank() -> tuple[People, ...]:
    return drawn_bank(scenario_of("people"), Envelope(0.60, 20_000.0), N, 1, MOST)


@pytest.mark.parametrize("setting", SETTINGS)
def test_a_thinned_bank_has_the_law_of_a_draw(setting: str, bank: tuple[People, ...]) -> None:
    scenario = scenario_of("people")
    threshold, size, moved = SETTINGS[setting]

    apart = distance(from_bank(scenario, bank, threshold, size, moved), drawn_there(scenario, threshold, size, moved))

    assert apart.max() < LIMIT, apart


@pytest.mark.parametrize("pool", ["visits", "nobody twice"])
def test_where_visits_of_each_are_known_it_is_people_who_stay_away(pool: str) -> None:
    """Half the footfall is half the people of a pool, each of whom comes as often; to thin their visits would be another law."""
    scenario, (threshold, size, moved) = scenario_of(pool), SETTINGS["footfall"]
    its_bank = drawn_bank(scenario, Envelope(0.60, 20_000.0), N, 1, MOST)
    there = drawn_there(scenario, threshold, size, moved)

    assert distance(from_bank(scenario, its_bank, threshold, size, moved), there).max() < LIMIT
    if pool == "visits":
        wrong = tuple(map(by_trip, its_bank))
        assert distance(from_bank(scenario, wrong, threshold, size, moved), there).max() > 2 * LIMIT


def test_thinning_people_where_it_is_visits_is_found_out(bank: tuple[People, ...]) -> None:
    scenario, (threshold, size, moved) = scenario_of("people"), SETTINGS["footfall"]
    wrong = tuple(map(by_person, bank))

    apart = distance(from_bank(scenario, wrong, threshold, size, moved), drawn_there(scenario, threshold, size, moved))

    assert apart.max() > 2 * LIMIT


@pytest.mark.parametrize("pool", ["people", "visits"])
def test_fewer_deployments_of_a_year_are_some_of_its_days(pool: str) -> None:
    scenario, (threshold, size, moved) = scenario_of(pool), SETTINGS["listed"]
    days = days_kept(scenario.campaign.days, 5)
    chosen = tuple(day for day, kept in zip(scenario.campaign.days, days, strict=True) if kept)
    fewer = with_campaign(scenario, scenario.campaign.model_copy(update={"deployments": chosen}))
    kept = kept_at(scenario, MOST, threshold, size, moved)
    its_bank = drawn_bank(scenario, Envelope(0.60, 20_000.0), N, 1, MOST)
    parts = [thinned(people, kept, people.drawn.inputs, days).candidates for people in its_bank]

    mine = np.concatenate([counts_of(part, threshold, size) for part in parts], axis=1)

    assert len(fewer.campaign.days) == 5
    assert distance(mine, drawn_there(fewer, threshold, size, moved)).max() < LIMIT


def by_trip(people: People) -> People:
    passages, came = people.drawn.candidates.passages, people.drawn.candidates.listed
    return _parts_of(people, passages.trip, came.trip)


def by_person(people: People) -> People:
    passages, came = people.drawn.candidates.passages, people.drawn.candidates.listed
    return _parts_of(people, passages.person, came.person)


def _parts_of(people: People, of_passage: Array, of_came: Array) -> People:
    parts = np.random.default_rng(3).integers(FOOTFALL_PARTS, size=int(max(of_passage.max(), of_came.max())) + 1)
    return replace(people, trip_part=parts[of_passage], came_part=parts[of_came])
