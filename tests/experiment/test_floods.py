"""A rate per search taken for one per comparison: asked about, refused where it would take long, silent where it is on record."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from simulator.evidence.about.outside import outside_support
from simulator.evidence.compare.comparison import compare
from simulator.evidence.run.study import run_study
from simulator.evidence.sweep.asked import sweep
from simulator.experiment.floods import MOST_ALERTS, check_flood, flood_in
from simulator.experiment.pairs import pair_of
from simulator.response.kernel import by_kernel
from simulator.scenario import ScenarioError, load_scenario, shipped_scenarios
from simulator.scenario.models import Scenario

PER_SEARCH = "recogniser.fmr_at_anchor=0.00017"
SMALL = [PER_SEARCH, "street.passages_per_hour=100"]


def test_a_rate_per_search_is_asked_about() -> None:
    said = [line for line in outside_support(load_scenario("croydon-static", SMALL)) if "per search" in line]
    assert len(said) == 1
    assert said[0].startswith("recogniser.fmr_at_anchor: alerts on 94 of 100 passers-by who are not listed")


@pytest.mark.parametrize("name", shipped_scenarios())
def test_no_shipped_scenario_is_asked(name: str) -> None:
    """Cardiff 2017 alerts on 1 in 65, and its record shows it."""
    assert flood_in(load_scenario(name)) is None


def test_a_record_shows_no_more_than_it_has() -> None:
    assert flood_in(load_scenario("cardiff-2017", ["recogniser.fmr_at_anchor=1e-3"])) is not None
    assert flood_in(load_scenario("cardiff-2017", ["record=null"])) is not None


def test_one_in_a_hundred_is_the_limit() -> None:
    at = 0.01 / 16_500
    assert flood_in(load_scenario("croydon-static", [f"recogniser.fmr_at_anchor={1.03 * at}"])) is not None
    assert flood_in(load_scenario("croydon-static", [f"recogniser.fmr_at_anchor={0.97 * at}"])) is None


ASKED: dict[str, Callable[[Scenario], object]] = {
    "run": lambda scenario: run_study(scenario, 1000),
    "compare": lambda scenario: compare(pair_of(scenario, scenario), 1000, 1, by_kernel),
    "sweep": lambda _: sweep(
        "croydon-static", ["officers.teams=1,2"], overrides=SMALL, replications=1000, year=False, workers=1
    ),
}


@pytest.mark.parametrize("ask", ASKED)
def test_what_would_take_long_is_refused_with_a_number_that_would_not(ask: str) -> None:
    scenario = load_scenario("croydon-static", SMALL)
    with pytest.raises(ScenarioError, match=r"per search\? .* If you mean it: .* simulate [0-9,]+ at most") as caught:
        ASKED[ask](scenario)
    few = int(str(caught.value).split(" simulate ")[1].split(" at most")[0].replace(",", ""))
    check_flood(scenario, few)
    with pytest.raises(ScenarioError):
        check_flood(scenario, few + 1)
    assert few * 5_000 < MOST_ALERTS
