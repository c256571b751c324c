"""How often the same people come past, and what their arrests take away: against simulated campaigns, and where it is said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from reading import labelled
from theory.campaigns import SIGMAS, campaign, deployments, sigmas_off

from simulator.evidence.about.outside import outside_support
from simulator.evidence.choose.asked import choose
from simulator.evidence.compare.asked import compare
from simulator.evidence.counted.closed_forms import forms_by_kind
from simulator.evidence.counted.depletion import (
    Depletion,
    depletion_of,
    expected_depletion,
    people_of_pool,
    visits_per_person,
)
from simulator.evidence.counted.listed_people import listed_stopped, voided_share
from simulator.evidence.describe.found import describe
from simulator.evidence.numbers import percent
from simulator.evidence.run.found import summarise
from simulator.evidence.run.study import run_study
from simulator.evidence.sweep.asked import sweep
from simulator.report.choose.page import page as choose_page
from simulator.report.compare.page import page as compare_page
from simulator.report.describe.page import page as describe_page
from simulator.report.page import Block, Line
from simulator.report.run.page import page as run_page
from simulator.report.said import depletion_first, depletion_in_short
from simulator.report.sweep.page import page as sweep_page
from simulator.scenario.inputs import median_inputs
from simulator.scenario.loader import load_scenario
from simulator.scenario.models import Scenario
from simulator.scenario.template import template_path

N, T = 10_000.0, 0.64
LABEL = "THE SAME PEOPLE AGAIN"
FOUR_DAYS = ["campaign={deployments: [{date: 2026-01-06, hours: 5, count: 4}]}"]
STREETS: dict[str, dict[str, Any]] = {
    "all alike": {"street__pool_people": 300.0},
    "regulars": {"street__pool_people": 300.0, "street__visit_dispersion_k": 0.5},
    "both ends, twice a day": {
        "street__pool_people": 300.0,
        "street__camera_ends": 2,
        "street__share_passing_both": 0.5,
        "street__return_same_day": 0.4,
    },
    "nobody on two days": {"street__return_same_day": 0.6},
    "two places, most come to both": {
        "street__pool_people": 150.0,
        "watchlist__any_place_share": 0.8,
        "campaign__deployments": tuple(
            {"date": f"2026-01-0{day}", "hours": 4.0, "place": "a" if day < 5 else "b"} for day in range(1, 6)
        ),
    },
    # without bands of ranks the form of the first was 44 people for 80, averaged over groups 63 for 52, over days 37 for 55
    "a short list on three of four days": {
        "street__pool_people": 300.0,
        "campaign__deployments": tuple(
            {"date": f"2026-01-0{day}", "hours": 4.0} | ({"watchlist_size": 1000.0} if day < 4 else {})
            for day in range(1, 5)
        ),
    },
    "groups that are recognised well and badly": {
        "street__pool_people": 150.0,
        "street__groups": tuple(
            {"name": name, "street_share": 0.5, "list_share": 0.5, "score_shift": shift}
            for name, shift in (("well", 0.1), ("badly", -0.3))
        ),
    },
    "own thresholds, and the same people always": {
        "street__pool_people": 150.0,
        "recogniser__detection_correlation": 1.0,
        "campaign__deployments": tuple(
            {"date": f"2026-01-0{day}", "hours": 4.0} | ({"threshold": 0.8} if day < 4 else {}) for day in range(1, 5)
        ),
    },
}


def street_of(name: str) -> dict[str, Any]:
    """Half of a small crowd is listed and comes past again and again; officers are many and quick, and recognise nobody."""
    return {
        "street__passages_per_hour": 75.0,
        "watchlist__listed_per_1000_passages": 500.0,
        "watchlist__conditions_share": 0.3,
        "watchlist__stale_share": 0.1,
        "recogniser__fmr_at_anchor": 1e-12,
        "recogniser__detection_correlation": 0.4,
        "procedure__remembered": 0.0,
        "procedure__disposals": {"wanted_arrest": 0.7, "conditions_arrest": 0.2, "stale_arrest": 0.1},
        "procedure__look": {"accept_true": 0.9, "accept_false": 0.5},
        "campaign__deployments": deployments(4, 4.0),
    } | STREETS[name]


def street(name: str) -> Scenario:
    """The campaign of *street_of* that name."""
    return campaign(**street_of(name))


@pytest.mark.parametrize("name", STREETS)
def test_listed_people_stopped_and_alerts_voided_are_those_simulated(name: str) -> None:
    """Averages of 600 campaigns against the closed forms, which an error of a twelfth would not pass."""
    scenario = street(name)
    inputs, simulated = median_inputs(scenario, 1), run_study(scenario, 600).passes["chance"]
    forms = forms_by_kind(scenario, inputs, T, N)
    people, voided = (float(form(scenario, inputs, forms)[0]) for form in (listed_stopped, voided_share))
    could = simulated["alerts"] + simulated["passages_void"]

    assert sigmas_off(simulated["listed_stopped"], people) < SIGMAS
    assert sigmas_off(simulated["passages_void"] - voided * could, 0.0) < SIGMAS
    assert sigmas_off(simulated["listed_stopped"], people * 13 / 12) > SIGMAS
    assert sigmas_off(simulated["passages_void"] - voided * 13 / 12 * could, 0.0) > SIGMAS


@pytest.mark.parametrize("correlation", [0.0, 0.3, 0.6, 0.9, 1.0])
def test_the_same_people_always_recognised_are_fewer_people(correlation: float) -> None:
    """Averages of 600 campaigns against the form, which falls as detections correlate more: also where it is a step."""
    scenarios = [
        campaign(**dict(street_of("all alike") | {"recogniser__detection_correlation": c})) for c in (correlation, 0.0)
    ]
    people, alike = (
        float(listed_stopped(each, inputs, forms_by_kind(each, inputs, T, N))[0])
        for each in scenarios
        for inputs in [median_inputs(each, 1)]
    )
    simulated = run_study(scenarios[0], 600).passes["chance"]["listed_stopped"]

    assert sigmas_off(simulated, people) < SIGMAS
    assert people < alike or correlation == 0
    # negative control: nobody is recognised better than others
    assert (sigmas_off(simulated, alike) > SIGMAS) == (correlation > 0)


@pytest.mark.parametrize("k", [None, 0.5])
def test_who_comes_again_is_counted_from_visits(k: float | None) -> None:
    """300 people and 450 trips: of 100,000 drawn numbers of visits, as many above 1 among those above 0."""
    rng = np.random.default_rng(1)
    scenario = campaign(street__passages_per_hour=45.0, street__pool_people=300.0, street__visit_dispersion_k=k)
    found = expected_depletion(scenario, T, N)
    visits = rng.poisson(1.5 * (np.ones(100_000) if k is None else rng.gamma(k, 1 / k, 100_000)))

    assert (found.visits_per_person, found.people) == (pytest.approx(1.5), 300.0)
    assert sigmas_off((visits[visits > 0] > 1).astype(float), found.come_again) < SIGMAS


def test_the_place_where_people_come_most_counts() -> None:
    """Each place has a pool of its own: three of four days are in the market."""
    days = tuple({"date": f"2026-01-0{i}", "hours": 5, "place": "market" if i < 4 else "station"} for i in range(1, 5))
    scenario = campaign(campaign__deployments=days, street__passages_per_hour=100.0, street__pool_people=500.0)

    assert visits_per_person(scenario) == pytest.approx(3.0)
    assert expected_depletion(campaign(), T, N) is None


def test_the_pool_that_follows_from_visits_is_said_with_a_caution_where_they_are_of_few_days() -> None:
    """A pool is trips over visits: 5 hours at 2,500 on 104 days at 0.5 visits is more than 2.5 million people."""
    four, long = (load_scenario(template_path(), [*at, "street.visits_per_person=0.5"]) for at in (FOUR_DAYS, []))
    pools = [people_of_pool(each) for each in (four, long)]
    days = len(long.campaign.days)

    assert pools == pytest.approx([4 * 12_500 / 0.5, days * 12_500 / 0.5], abs=1)
    assert any("pool of 100,000 people" in line for line in describe(four).assumptions)
    assert [line for line in outside_support(four) if "visits" in line] == []
    assert [line.split(":")[0] for line in outside_support(long)] == [f"0.5 visits a person over {days} deployments"]
    assert outside_support(load_scenario(template_path(), ["street.visits_per_person=7"])) == []


def test_averages_make_shares_of_what_could_have_happened() -> None:
    averages = {"alerts": np.array([60.0, 90.0]), "recorded_alerts": np.array([50.0, 90.0])}
    found = depletion_of(street("all alike"), averages | {"passages_void": np.array([40.0, 10.0])})

    assert found.voided == (0.1, 0.4)
    assert found.repeated == (0.0, 0.1)
    assert found.is_large
    assert not replace(found, voided=(0.1, 0.25)).is_large


def test_a_setting_in_which_nobody_is_missed_is_said_to_have_none() -> None:
    """Where every stop is of a bystander nobody is arrested before an alert: 0 % is a share, and no dash."""
    averages = {"alerts": np.array([60.0, 90.0]), "recorded_alerts": np.array([60.0, 90.0])}
    found = depletion_of(street("all alike"), averages | {"passages_void": np.array([40.0, 0.0])})
    (line,) = depletion_in_short(found)
    (longer,) = depletion_first(found, "threshold")

    assert "0 % to 40 % of the alerts" in line.text
    assert "0 % to 40 %, depending on the threshold" in longer.text
    assert percent(float("nan")) == "-"


def first(blocks: list[Block]) -> str | None:
    """The label of what stands first under the title."""
    return blocks[1].label if isinstance(blocks[1], Line) else None


@pytest.mark.parametrize(
    "pages",
    [
        lambda at: run_page(summarise(run_study(load_scenario(template_path(), at), 20))),
        lambda at: describe_page(describe(load_scenario(template_path(), at))),
        lambda at: choose_page(
            choose(template_path(), "arrests>=1", (0.62, 0.66), overrides=at, replications=60, draws=60, workers=1)
        ),
        lambda at: sweep_page(
            sweep(str(template_path()), ["recogniser.threshold=0.62,0.66"], overrides=at, replications=20, workers=1)
        ),
    ],
    ids=["run", "describe", "choose", "sweep"],
)
def test_a_large_part_taken_away_is_said_first(pages: Callable[[list[str]], list[Block]]) -> None:
    """With a hundred thousand people for 104 days it stands under the title; for four days it is not said."""
    small_town = ["street.visits_per_person=null", "street.pool_people=100000"]
    long, short = pages(small_town), pages([*FOUR_DAYS, *small_town])

    assert first(long) == LABEL
    assert "people come past 13 times each" in labelled(long, LABEL)[0]
    assert not labelled(short, LABEL)


def test_a_comparison_says_it_of_the_side_that_loses_most() -> None:
    small, large = (
        load_scenario(template_path(), ["street.visits_per_person=null", f"street.pool_people={people}"])
        for people in (100_000, 10_000_000)
    )
    for a, b, where in ((small, large, "in A "), (large, small, "in B "), (small, small, "")):
        found = compare(a, b, replications=20)
        assert f"{where}people come past 13 times each" in labelled(compare_page(found), LABEL)[1]
    assert not labelled(compare_page(compare(large, large, replications=20)), LABEL)


def test_the_sentence_says_what_is_compared_and_what_is_approximate() -> None:
    found = Depletion(
        key="street.pool_people",
        visits_per_person=13.0,
        people=100_000.0,
        places=1,
        come_again=0.99,
        voided=(0.66, 0.71),
        repeated=(0.0, 0.0),
        simulated=True,
    )

    def said(one: Depletion, compared: str = "") -> str:
        return next(depletion_first(one, compared)).text

    assert "otherwise happen 71 % do not" in said(found)
    assert "otherwise happen 66 % to 71 %, depending on the threshold, do not" in said(found, "threshold")
    assert "otherwise happen 71 % at every cell do not" in said(replace(found, voided=(0.709, 0.71)), "cell")
    assert "arrested before or is being dealt with" in said(found)
    by_formula = said(replace(found, simulated=False))
    assert "otherwise happen about 71 % do not, because the person has been arrested before (by a formula" in by_formula
    assert "being dealt with" not in by_formula
    assert list(depletion_first(replace(found, voided=None))) == []
