"""Paired differences: against numpy by brute force, by simulation, and on campaigns that must agree exactly."""

from __future__ import annotations

import io
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from simulator.evidence.compare import asked
from simulator.evidence.compare.comparison import Comparison, compare
from simulator.evidence.compare.differing import differing
from simulator.evidence.compare.found import Side, summarise_comparison
from simulator.evidence.compare.rows import csv_of
from simulator.evidence.counted.measures import NAMES
from simulator.evidence.kept import read
from simulator.evidence.run.study import CHANCE, IGNORANCE, run_study
from simulator.evidence.statistics.differences import FEW, Campaigns, difference, pairing, rate_difference, ratio
from simulator.evidence.statistics.intervals import mean_interval
from simulator.experiment.pairs import MOST_CANDIDATES, Pair, pair_of
from simulator.response.kernel import by_kernel
from simulator.response.process import by_processes
from simulator.scenario import Scenario, load_scenario
from simulator.street.candidates import Envelope

PASSES = (CHANCE, IGNORANCE)


def pilot(*overrides: str) -> Scenario:
    return load_scenario("croydon-static", overrides)


def compared(b: Scenario, n: int = 50, a: Scenario | None = None) -> Comparison:
    return compare(pair_of(a or pilot(), b), n, 2, by_kernel)


@pytest.fixture(scope="module")
def staff() -> Comparison:
    """Four teams against one, both certain."""
    return compared(pilot("officers.teams=1"), 100, pilot("officers.teams=4"))


@pytest.fixture(scope="module")
def threshold() -> Comparison:
    return compared(pilot("recogniser.threshold=0.60"), 200)


@pytest.fixture(scope="module")
def van() -> Comparison:
    return compared(load_scenario("croydon-van"), 100)


# Both sides on the same random numbers


def test_the_same_scenario_differs_by_exactly_nothing() -> None:
    same = compared(pilot())
    for name in PASSES:
        for measure in NAMES:
            assert np.array_equal(*same.passes[name][measure]), (name, measure)
    found = summarise_comparison(same)
    assert found.differing == found.drawn_in_one == found.unlike == ()
    for item in found.measures.values():
        for compared_ in (item.chance, item.ignorance):
            assert compared_.difference == compared_.differ == 0
            assert not compared_.shown


def test_other_staff_leave_the_street_as_it_is(staff: Comparison) -> None:
    """Who comes past and what could alert is drawn before anybody is on duty."""
    for name in PASSES:
        values = staff.passes[name]
        for measure in ("passages", "faces", "listed_people"):
            assert np.array_equal(*values[measure]), measure
        # an arrested person raises no more alerts, so only their sum with void passages is that of the street
        assert np.array_equal(*(values["alerts"] + values["passages_void"]))
        assert not np.array_equal(*values["outcome_no_team"])
        assert not np.array_equal(*values["alerts"])
    assert summarise_comparison(staff).run.same_passages


def test_where_nobody_is_found_alerts_are_the_same_whatever_the_staff() -> None:
    """Nobody is held or taken away, so alerts agree one by one; what becomes of them does not."""
    found = compared(pilot("officers.teams=1", "procedure.not_found=1"), a=pilot("procedure.not_found=1"))
    for name in PASSES:
        for measure in ("alerts", "false_alerts", "true_alerts", "people_alerted"):
            assert np.array_equal(*found.passes[name][measure]), measure
        assert not np.array_equal(*found.passes[name]["outcome_no_team"])


@pytest.mark.parametrize("engine", [by_kernel, by_processes])
def test_each_side_is_the_run_of_that_scenario_alone(engine) -> None:
    """With the envelope that the comparison names, the run of A or of B has the same numbers in both passes."""
    day = "campaign.deployments=[{date: 2026-01-01, hours: 2}]"
    pair = pair_of(pilot(day), pilot(day, "recogniser.threshold=0.6"))
    assert pair.envelopes == (Envelope(0.6, 16500), Envelope(0.6, 16500))
    both = compare(pair, 60, 3, engine)
    for side, (scenario, envelope) in enumerate(pair.sides):
        study = run_study(scenario, 60, 3, envelope=envelope)
        for name in PASSES:
            for measure in NAMES:
                assert np.array_equal(both.passes[name][measure][side], study.passes[name][measure]), measure


def test_a_higher_threshold_hides_some_of_the_same_people(threshold: Comparison) -> None:
    """All candidates of A are candidates of B, in each campaign; with a draw for each, some campaigns show otherwise."""
    candidates = threshold.passes[CHANCE]["alerts"] + threshold.passes[CHANCE]["passages_void"]
    assert np.all(candidates[1] >= candidates[0])
    # near each other, so that chance may turn them round
    own = Pair(pilot(), pilot("recogniser.threshold=0.63"), (Envelope(0.64, 16500), Envelope(0.63, 16500)), 50)
    apart = compare(own, 200, 2, by_kernel).passes[CHANCE]
    assert np.any((apart["alerts"] + apart["passages_void"])[1] < (apart["alerts"] + apart["passages_void"])[0])


def test_inputs_are_drawn_alike_in_both(threshold: Comparison) -> None:
    """Closed forms of what the threshold does not touch are the same in each campaign with unknown inputs."""
    drawn = threshold.expected_drawn
    assert np.array_equal(*drawn["passages"])
    assert len(np.unique(drawn["passages"][0])) == threshold.replications
    assert np.all(drawn["false_alerts"][1] > drawn["false_alerts"][0])


def test_an_envelope_that_would_take_for_ever_is_not_shared() -> None:
    far = pair_of(pilot(), pilot("recogniser.threshold=0.45"))
    assert far.envelopes == (Envelope(0.64, 16500), Envelope(0.45, 16500))
    near = pair_of(pilot(), pilot("recogniser.threshold=0.60", "watchlist.size=9000"))
    assert near.envelopes == (Envelope(0.60, 16500), Envelope(0.60, 16500))
    assert MOST_CANDIDATES > 1


# The statistics


def test_difference_and_pairing_against_numpy_by_brute_force() -> None:
    rng = np.random.default_rng(5)
    a = rng.poisson(3.0, 400).astype(float)
    b = a + rng.poisson(0.5, 400) - rng.poisson(0.1, 400)
    found, worth = difference(a, b, counts=True), pairing(a, b)
    # many campaigns differ: somewhat wider than the paired t
    test = stats.ttest_rel(b, a).confidence_interval(0.95)
    assert found.difference_95 == pytest.approx((test.low, test.high), abs=0.1 * (test.high - test.low))
    assert found.campaigns == Campaigns(sum(b > a), sum(b == a), sum(b < a))
    assert worth.correlation == pytest.approx(np.corrcoef(a, b)[0, 1])
    # n (var A + var B) / var(B - A), each variance as a sum over all pairs of campaigns
    by_pairs = [sum((x - y) ** 2 for x in v for y in v) / (2 * 400 * 399) for v in (a, b, b - a)]
    assert worth.unpaired_campaigns == pytest.approx(400 * (by_pairs[0] + by_pairs[1]) / by_pairs[2])
    # unpaired campaigns in that number are as sure: their standard error is that of the paired ones
    assert math.sqrt((a.var(ddof=1) + b.var(ddof=1)) / worth.unpaired_campaigns) == pytest.approx(
        (b - a).std(ddof=1) / 20
    )


def test_a_saving_is_never_claimed_of_what_cost_or_of_noise() -> None:
    rng = np.random.default_rng(6)
    a = rng.normal(size=1000)
    assert pairing(a, a + rng.normal(size=1000)).verdict == "saved"
    cost = pairing(a, rng.normal(size=1000) - a)
    assert cost.verdict == "cost"
    assert cost.unpaired_campaigns < 1000
    # 3 standard errors: among 2,000 pairs without any correlation about 0.3 % seem to have some, here at most 1 %
    verdicts = [pairing(rng.normal(size=60), rng.normal(size=60)).verdict for _ in range(2000)]
    assert verdicts.count("unclear") > 1980
    assert pairing(a, a + 1).verdict == "exact"
    # nor of what rests on a handful of campaigns
    b = a.copy()
    b[: FEW - 1] += 1
    assert pairing(a, b).verdict == "few"
    assert pairing(np.zeros(9), np.zeros(9)).verdict == "exact"


def test_four_campaigns_that_point_the_same_way_show_nothing() -> None:
    """Student's interval on 4 or 5 campaigns out of 1,000 leaves 0; this one does not, nor does the sign test."""
    a, b = np.zeros(1000), np.zeros(1000)
    b[:4] = 1
    four = difference(a, b, counts=True)
    # negative control
    assert mean_interval(b - a).low > 0
    b[:6] = 1
    six = difference(a, b, counts=True)
    assert not four.shown
    assert six.shown


def test_a_difference_that_is_not_there_is_shown_one_time_in_twenty() -> None:
    """500 pairs without a difference: no more than 5 % and five standard errors, nor much less where many differ."""
    rng = np.random.default_rng(9)
    error = 5 * math.sqrt(0.05 * 0.95 / 500)

    def shown(mean: float) -> float:
        pairs = ((rng.poisson(mean, 200).astype(float), rng.poisson(mean, 200).astype(float)) for _ in range(500))
        return sum(difference(*pair, counts=True).shown for pair in pairs) / 500

    assert 0.01 < shown(5.0) < 0.05 + error
    assert shown(0.02) < 0.05 + error


def test_a_ratio_is_estimable_where_a_had_any_and_its_interval_is_never_nothing() -> None:
    rng = np.random.default_rng(11)
    a, b = rng.poisson(2.0, 500).astype(float), rng.poisson(3.0, 500).astype(float)
    one = np.zeros(500)
    one[0] = 1
    assert ratio(0 * a, b, counts=True) is None
    assert ratio(a - 5, b, counts=True) is None
    value, (low, high) = ratio(a, b, counts=True)
    assert low < value < high < 1.2 * value
    value, (low, high) = ratio(one, b, counts=True)
    assert low < value / 3
    assert value * 3 < high < math.inf
    value, (low, high) = ratio(a, a, counts=True)
    assert low < value == 1 < high
    value, (low, high) = ratio(a, 0 * a, counts=True)
    assert low == value == 0 < high


def test_a_difference_of_rates_covers_and_is_that_of_the_totals() -> None:
    """B has twice the faces and the same rate: 95 % of 500 intervals hold 0, or more, by five standard errors."""
    rng = np.random.default_rng(12)
    hit = 0
    for _ in range(500):
        faces = rng.gamma(6.0, 0.4, 200)
        a, b = rng.poisson(faces), rng.poisson(2 * faces)
        rate = rate_difference(a, b, faces, 2 * faces)
        hit += not rate.shown
    assert (rate.a, rate.b) == (a.sum() / faces.sum(), b.sum() / (2 * faces).sum())
    assert hit / 500 > 0.95 - 5 * math.sqrt(0.05 * 0.95 / 500)


def test_intervals_of_a_comparison_cover_the_average_over_many_blocks() -> None:
    """Where A and B draw other people, numbers of one campaign serve its neighbour in the other scenario.

    Blocks share nothing, so the spread of their averages is the true one. It may not exceed what single campaigns say by
    more than chance: the variance of 40 blocks has a relative error of sqrt(2 / 39), taken five times.
    """
    day = "campaign.deployments=[{date: 2026-01-01, hours: 4}]"
    pair = pair_of(pilot(day), load_scenario("croydon-van", [day]))
    both = compare(pair, 2000, 1, by_kernel).passes[CHANCE]
    for measure in ("alerts", "stops", "listed_stopped"):
        d = both[measure][1] - both[measure][0]
        blocks = d.reshape(40, 50).mean(axis=1)
        assert blocks.var(ddof=1) * 50 / d.var(ddof=1) < 1 + 5 * math.sqrt(2 / 39), measure


# What was found


def test_the_finding_is_of_the_values(threshold: Comparison) -> None:
    found = summarise_comparison(threshold)
    a, b = threshold.passes[IGNORANCE]["stops"]
    item = found.measures["stops"].ignorance
    assert (item.a, item.b, item.difference) == (a.mean(), b.mean(), pytest.approx((b - a).mean()))
    assert [row.key for row in found.differing] == ["recogniser.threshold"]
    assert found.a.hash != found.b.hash
    assert (found.a.drawn_wider, found.b.drawn_wider) == (True, False)
    rate = found.rates["camera_hour"]["wrongful_stops"].chance
    assert rate.difference == pytest.approx(found.measures["wrongful_stops"].chance.difference / found.a.camera_hours)


DAYS = "campaign={{deployments: [{{date: 2026-09-01, hours: 5, {first}}}, {{date: 2026-09-08, hours: 5, {second}}}]}}"
OWN = DAYS.format(first="threshold: 0.6", second="watchlist_size: 9000")
T_WORDS, N_WORDS = "by deployment (0.6 on 1, 0.64 on 1)", "by deployment (9,000 on 1, 16,500 on 1)"


@pytest.mark.parametrize(
    ("a", "b", "said"),
    [
        (OWN, OWN, {}),
        (
            OWN,
            DAYS.format(first="watchlist_size: 9000", second="threshold: 0.6"),
            {
                "recogniser.threshold": (T_WORDS, f"{T_WORDS}, on other days"),
                "watchlist.size": (N_WORDS, f"{N_WORDS}, on other days"),
            },
        ),
        (
            OWN,
            "campaign={first_date: 2026-09-02, last_date: 2026-09-30, every: week, hours: 5}",
            {
                "campaign": (
                    "2 deployments with 10 camera hours in all, from 2026-09-01 to 2026-09-08",
                    "5 deployments with 25 camera hours in all, every Wednesday from 2026-09-02 to 2026-09-30",
                ),
                "recogniser.threshold": (T_WORDS, "0.64"),
                "watchlist.size": (N_WORDS, "16,500"),
            },
        ),
    ],
)  # fmt: skip
def test_days_differ_in_words_and_not_value_by_value(a: str, b: str, said: dict[str, tuple[str, str]]) -> None:
    found = differing(*(load_scenario("croydon-static", [campaign]) for campaign in (a, b)))

    assert {item.key: (item.a, item.b) for item in found} == said


def test_it_is_read_back_equal(van: Comparison, tmp_path: Path) -> None:
    found = summarise_comparison(van)
    (tmp_path / "comparison.json").write_text(found.to_json(), "utf-8")
    assert read(tmp_path / "comparison.json") == found
    assert isinstance(found.a, Side)
    assert len(repr(found)) < 200


def test_the_average_over_unknown_inputs_is_that_of_the_closed_forms(threshold: Comparison) -> None:
    low, high = summarise_comparison(threshold).measures["false_alerts"].ignorance.average_95
    over, n = threshold.over_inputs["false_alerts"], threshold.replications
    counted = sum(threshold.passes[name]["false_alerts"].sum(axis=1) for name in (CHANCE, IGNORANCE))
    forms = threshold.expected["false_alerts"] * n + threshold.expected_drawn["false_alerts"].sum(axis=1)
    ratios = counted / forms
    each = over[1] * ratios[1] - over[0] * ratios[0]
    # with the error of both ratios in it, a little wider than the inputs alone make it
    assert [low, high] == pytest.approx(np.quantile(each, [0.025, 0.975]), rel=0.12)
    assert high - low > 0.95 * np.ptp(np.quantile(each, [0.025, 0.975]))


def test_the_same_people_in_both_leave_little_error_in_a_small_difference() -> None:
    """A list one hundredth longer: the errors of both ratios are alike, and cancel; drawn apart they would hide it."""
    low_threshold = "recogniser.threshold=0.60"
    both = compared(pilot(low_threshold, "watchlist.size=16600"), 200, pilot(low_threshold))
    low, high = summarise_comparison(both).measures["false_alerts"].ignorance.average_95
    forms = both.over_inputs["false_alerts"]
    assert 0 < np.median(forms[1] - forms[0]) < 0.1
    assert high - low < 0.1 * np.ptp(np.quantile(forms[0], [0.025, 0.975]))


def test_a_closed_form_that_sees_no_difference_gives_no_range(staff: Comparison) -> None:
    """It knows nothing of queues: the same formula laid around two averages would pass their noise off as knowledge."""
    assert staff.expected["false_alerts"][0] == staff.expected["false_alerts"][1]
    assert all(item.ignorance.average_95 is None for item in summarise_comparison(staff).measures.values())


def test_campaigns_of_unlike_size_are_found_out(van: Comparison, staff: Comparison) -> None:
    assert summarise_comparison(van).unlike == ("deployments", "camera_hours", "faces")
    assert summarise_comparison(staff).unlike == ()


def test_an_input_that_only_one_side_draws_is_named(staff: Comparison) -> None:
    """Fixed in B, still drawn in A; and none where both fix it."""
    assert summarise_comparison(compared(pilot("officers.teams=2"))).drawn_in_one == ("officers.teams",)
    assert summarise_comparison(staff).drawn_in_one == ()


def test_the_table_has_every_number_once(van: Comparison) -> None:
    """As a frame and as the CSV file, which has all digits."""
    found = summarise_comparison(van)
    rows = found.to_frame().set_index(["measure", "inputs", "per"])
    assert rows.index.is_unique
    assert {(m, name, "campaign") for m in NAMES for name in PASSES} <= set(rows.index)
    assert rows.loc[("stops", CHANCE, "100k_faces"), "a"] == found.rates["100k_faces"]["stops"].chance.a
    columns = ["measure", "inputs", "per"]
    kept = pd.read_csv(io.StringIO(csv_of(found))).set_index(columns)
    pd.testing.assert_frame_equal(kept, rows, check_dtype=False, check_exact=True)


def test_asked_from_python_it_is_the_same(threshold: Comparison) -> None:
    found = asked.compare("croydon-static", pilot("recogniser.threshold=0.60"), replications=200, seed=2)
    assert found == summarise_comparison(threshold)


def test_one_campaign_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 2"):
        compared(pilot(), 1)
