"""The other preset's error rates in place of a scenario's own: as --set puts them there, and None where they cannot be."""

from __future__ import annotations

import pytest

from simulator.evidence.about.support import with_other_preset
from simulator.evidence.counted.closed_forms import closed_forms
from simulator.evidence.describe.found import describe
from simulator.evidence.run.asked import run
from simulator.scenario import load_scenario
from simulator.scenario.inputs import median_inputs

AT_060 = ["recogniser.threshold=0.60"]


def test_it_is_the_scenario_that_an_override_makes() -> None:
    own = load_scenario("croydon-static", AT_060)
    by_hand = load_scenario("croydon-static", [*AT_060, "recogniser.preset=npl"])
    other = with_other_preset(own)
    assert other is not None

    said, hand = (closed_forms(scenario, median_inputs(scenario, 1), 0.60, 16_500) for scenario in (other, by_hand))
    assert said == hand
    assert other.recogniser.threshold == own.recogniser.threshold


def test_factors_of_averages_are_those_of_both_simulations() -> None:
    """At the best inputs the laboratory has about as many as the Met's record, on average over unknown ones three times as many.

    400 campaigns of each have 190 and 560 wrongful stops, clustered by their inputs: the ratio is known to about a quarter.
    """
    field, npl = (
        run("croydon-static", replications=400, overrides=[f"recogniser.preset={preset}"], alternatives=False)
        for preset in ("field", "npl")
    )
    there, back = field.other_preset, npl.other_preset
    assert there is not None
    assert back is not None
    simulated = [found.measures["wrongful_stops"].with_ignorance.mean for found in (field, npl)]

    assert there.drawn_factor == pytest.approx(simulated[1] / simulated[0], rel=0.5)
    assert there.factor == pytest.approx(1 / back.factor)
    assert there.drawn_factor == pytest.approx(1 / back.drawn_factor)
    # negative control: the one is not the other, and the page says which is which
    assert there.factor < 1.5 < 2.5 < there.drawn_factor
    assert there.moves_with_inputs
    assert not there.disagrees
    assert (there.at("face", True), there.at("alert", False)) == (there.drawn_factor, there.per_alert_factor)


@pytest.mark.parametrize(
    ("name", "overrides"),
    [
        ("school-street", []),
        # so many kin alone would bring more false alerts than the record's rate has in all
        (
            "croydon-static",
            [
                "recogniser.preset=npl",
                *(f"recogniser.kin_{key}" for key in ("per_100k_passages=1.7", "tpir_at_anchor=0.3")),
            ],
        ),
    ],
    ids=["no preset", "not valid with the other"],
)
def test_there_is_none_where_it_cannot_be_set(name: str, overrides: list[str]) -> None:
    scenario = load_scenario(name, overrides)

    assert with_other_preset(scenario) is None
    assert describe(scenario).other_preset is None
    assert run(scenario, replications=2, alternatives=False).other_preset is None
