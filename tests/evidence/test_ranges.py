"""Where a run says that its averages may lie: stable in the seed, bounded by the closed form, from one pass."""

from __future__ import annotations

import math

import numpy as np
import pytest

from simulator import load_scenario, run_study, summarise
from simulator.evidence.counted.closed_forms import STOPS
from simulator.evidence.counted.over_inputs import CLOSED_DRAWS
from simulator.evidence.run.averages import BY_CAMPAIGNS, BY_FORM
from simulator.evidence.run.found import RunFound
from simulator.evidence.run.study import CHANCE, IGNORANCE, Study

SEEDS = range(1, 7)


@pytest.fixture(scope="module")
def rare() -> list[Study]:
    """Threshold 0.70: a wrongful stop in one campaign of forty."""
    scenario = load_scenario("croydon-static", ["recogniser.threshold=0.70"])
    return [run_study(scenario, 300, seed) for seed in SEEDS]


@pytest.fixture(scope="module")
def usual_study() -> Study:
    return run_study(load_scenario("croydon-static"), 300, 1)


@pytest.fixture(scope="module")
def usual(usual_study: Study) -> RunFound:
    return summarise(usual_study)


def test_the_range_hardly_moves_with_the_seed(rare: list[Study]) -> None:
    """Laid around the average of 300 campaigns, with a few events, its upper end moves by more than half."""
    highs, before = [], []
    for study in rare:
        likely = summarise(study).measures["wrongful_stops"].with_ignorance.average_95
        assert likely is not None
        highs.append(likely[1])
        around = np.quantile(study.expected_drawn["wrongful_stops"], 0.975) / study.expected["wrongful_stops"]
        before.append(float(study.passes[CHANCE]["wrongful_stops"].mean() * around))

    assert max(highs) / min(highs) < 1.35
    assert max(before) / min(before) > 1.5
    # the form is a proven bound, and so are its ends
    assert max(highs) <= np.quantile(rare[0].over_inputs["wrongful_stops"], 0.976)


def test_both_passes_tell_the_ratio(usual_study: Study) -> None:
    """The middle of the range is what all campaigns say, and neither pass alone."""
    study = usual_study
    likely = summarise(study).measures["false_alerts"].with_ignorance.average_95
    assert likely is not None
    forms = study.expected["false_alerts"] * study.replications + study.expected_drawn["false_alerts"].sum()
    ratio = sum(study.passes[name]["false_alerts"].sum() for name in (CHANCE, IGNORANCE)) / forms
    low, high = np.quantile(study.over_inputs["false_alerts"], [0.025, 0.975])
    assert math.sqrt(likely[0] * likely[1]) == pytest.approx(ratio * math.sqrt(low * high), rel=0.07)


def test_closed_forms_are_taken_at_many_inputs_however_few_campaigns_there_are(usual: RunFound) -> None:
    few = run_study(load_scenario("croydon-static"), 40, 1)
    assert all(len(values) == CLOSED_DRAWS for values in few.over_inputs.values())
    found = summarise(few).measures["faces"].with_ignorance.average_95
    assert found == pytest.approx(usual.measures["faces"].with_ignorance.average_95, rel=0.05)


def test_each_range_says_what_it_rests_on(usual: RunFound) -> None:
    """Stops have no closed form here, and vary by the inputs; what is rare varies by chance, and is not said."""
    drawn = {name: m.with_ignorance for name, m in usual.measures.items()}
    assert drawn["wrongful_stops"].average_95_basis == BY_FORM
    assert drawn["arrests"].average_95_basis == BY_CAMPAIGNS
    assert (drawn["people_wrongly_stopped_twice"].average_95, drawn["liberty_lost_min"].average_95) == (None, None)
    # narrower than single campaigns of the same pass
    low, high = drawn["arrests"].average_95 or (0.0, 0.0)
    assert low < drawn["arrests"].mean < high


def test_what_drawn_campaigns_say_is_what_a_closed_form_would(usual: RunFound, usual_study: Study) -> None:
    """True alerts have both: taken from single campaigns alone the range is about the same."""
    from simulator.evidence.run.averages import _by_campaigns

    single = _by_campaigns(*(usual_study.passes[name]["true_alerts"] for name in (CHANCE, IGNORANCE)))
    form = usual.measures["true_alerts"].with_ignorance.average_95
    assert single is not None
    assert form is not None
    assert single.ends == pytest.approx(form, rel=0.12)


def test_without_an_uncertain_input_there_is_no_range() -> None:
    found = summarise(run_study(load_scenario("school-street"), 40, 1))
    assert all(m.with_ignorance.average_95 is None for m in found.measures.values())


def test_nothing_simulated_is_not_nothing_known() -> None:
    """40 campaigns without a wrongful stop: its form bounds the average, and the page says the range."""
    study = run_study(load_scenario("croydon-static", ["recogniser.threshold=0.75"]), 40, 1)
    drawn = summarise(study).measures["wrongful_stops"].with_ignorance
    assert drawn.mean == 0
    assert drawn.average_95 is not None
    assert 0 < drawn.average_95[1] <= np.quantile(study.over_inputs["wrongful_stops"], 0.98)


def test_per_arrest_the_average_is_of_the_pass_of_its_range(usual: RunFound, usual_study: Study) -> None:
    item = usual.per_arrest["on_duty_hours"]
    for name, mean in ((CHANCE, item.mean), (IGNORANCE, item.with_ignorance_mean)):
        values = usual_study.passes[name]
        assert mean == pytest.approx(values["on_duty_hours"].sum() / values["arrests"].sum())
    assert item.with_ignorance_90 is not None


def test_inputs_that_no_form_knows_are_in_the_range() -> None:
    """People out of reach after 3 to 16 minutes: no wrongful stop or 50, all by the same closed form."""
    late = "procedure.reach.median_min={value: 7, low: 3, high: 16}"
    low, high = (
        run_study(load_scenario("school-street", [f"procedure.reach.median_min={minutes}"]), 100, 1)
        .passes[CHANCE]["wrongful_stops"]
        .mean()
        for minutes in (3, 16)
    )
    found = summarise(run_study(load_scenario("school-street", [late]), 400, 1)).measures["wrongful_stops"]
    ends = found.with_ignorance.average_95
    assert ends is not None
    assert ends[0] == low == 0
    assert ends[1] == pytest.approx(high, rel=0.1)


def test_a_form_that_is_the_average_itself_needs_no_ratio() -> None:
    """Nobody comes twice to the lesson's street: false alerts are the form, however few were simulated."""
    rare = "recogniser.fmr_at_anchor={value: 1e-10, low: 0.5e-10, high: 2e-10}"
    study = run_study(load_scenario("school-street", [rare]), 100, 1)
    ends = summarise(study).measures["false_alerts"].with_ignorance.average_95
    assert ends == pytest.approx(np.quantile(study.over_inputs["false_alerts"], [0.025, 0.975]), rel=0.01)


def test_a_range_per_hour_is_that_of_the_count_over_the_hours() -> None:
    """Also where the ratio to the form falls as the form grows: more false alerts than officers can see to."""
    crowd = ["recogniser.preset=npl", "recogniser.threshold=0.58"]
    found = summarise(run_study(load_scenario("croydon-static", crowd), 200, 1))
    count = found.measures["wrongful_stops"].with_ignorance.average_95
    hourly = found.rates["wrongful_stops"]["camera_hour"].with_ignorance
    assert count is not None
    assert hourly is not None
    assert hourly.average_95 == pytest.approx([end / found.scenario.camera_hours for end in count], rel=1e-6)
    assert all(
        math.isfinite(end)
        for rates in found.rates.values()
        for rate in rates.values()
        if rate.with_ignorance
        for end in rate.with_ignorance.average_95 or ()
    )


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_takes_listed_people_away_is_not_laid_on_wrongful_stops(seed: int) -> None:
    """Each comes 40 times and most are arrested early on: nothing of that tells how often a wrong person is stopped.

    Their range ends no lower than that of the closed form, but for what false alerts lose and chance does in 100 campaigns.
    """
    depleted = [
        "street.pool_people={value: 25000, low: 10000, high: 40000}",
        "campaign.deployments.0.count=104",
    ]
    study = run_study(load_scenario("croydon-static", depleted), 100, seed)
    item = summarise(study).measures["wrongful_stops"].with_ignorance
    low, _ = np.quantile(study.over_inputs["wrongful_stops"], [0.025, 0.975])

    assert item.average_95 is not None
    assert item.average_95[0] > low / 3


def test_a_range_per_stop_is_by_the_form_of_all_stops(usual: RunFound, usual_study: Study) -> None:
    """About as wide as per alert, around what campaigns say; the form of stops is what its parts add up to."""
    of = usual.rates["wrongful_stops"]
    per_alert, per_stop = of["alert"].with_ignorance, of["stop"].with_ignorance
    assert per_alert is not None
    assert per_stop is not None
    assert per_alert.average_95 is not None
    assert per_stop.average_95 is not None
    low, high = per_stop.average_95
    drawn = usual_study.passes[IGNORANCE]

    assert low < drawn["wrongful_stops"].sum() / drawn["stops"].sum() < high
    assert high / low == pytest.approx(per_alert.average_95[1] / per_alert.average_95[0], rel=0.2)
    assert per_stop.average_95_basis == BY_FORM


def test_a_range_per_stop_holds_where_most_stops_do_not_happen() -> None:
    """Each comes 40 times and most are arrested early on: the form counts stops that never are, and the range is not of it."""
    study = run_study(load_scenario("croydon-static", ["street.pool_people=6000"]), 300, 1)
    drawn, forms = study.passes[IGNORANCE], study.expected_drawn
    found = summarise(study).rates["wrongful_stops"]["stop"].with_ignorance
    assert found is not None
    assert found.average_95 is not None
    rate = drawn["wrongful_stops"].sum() / drawn["stops"].sum()
    by_form = forms["wrongful_stops"].sum() / sum(forms[name].sum() for name in STOPS)

    assert found.average_95[0] < rate < found.average_95[1]
    # negative control: taken from the form alone it is far too low
    assert rate > 2 * by_form
