"""Sobol' indices and the tornado against functions whose answers are known, and against brute force.

An estimate must lie inside its own 95 % interval made twice as wide: 3.9 standard errors of independent rows, and
rows of a Sobol' sequence err less. Seeds are fixed.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import special, stats
from scipy.stats import sobol_indices
from theory.formulas import both_below

from simulator import closed_forms, load_scenario, median_inputs
from simulator.evidence.about.question import QuestionError
from simulator.evidence.about.unknowns import JOINT, Unknown, at_medians, draws, page, uniforms, unknowns
from simulator.evidence.counted.closed_forms import _both_below
from simulator.evidence.kept import read
from simulator.evidence.sensitivity.analysis import Question, _error, analyse
from simulator.evidence.sensitivity.asked import sensitivity
from simulator.evidence.sensitivity.found import SensitivityFound
from simulator.evidence.sensitivity.indices import Variance, explain_variance, tornado
from simulator.evidence.sensitivity.plan import FORMULA, SIMULATION, plan_for
from simulator.evidence.sensitivity.simulated_means import simulated_means
from simulator.evidence.statistics.intervals import Interval
from simulator.report.render.terminal import text_of
from simulator.report.sensitivity.page import page as whole_page
from simulator.response.engines import engine_named
from simulator.scenario.inputs import Inputs, drawn_inputs, quantities
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Quantity

Array = NDArray[np.float64]
ROWS = 4096
SHORT = 'campaign={deployments: [{date: 2025-10-01, hours: 2, start: "12:00"}]}'


def normal(name: str) -> Unknown:
    return Unknown(name, (name,), lambda u: {name: special.ndtri(u)})


def uniform(name: str, low: float, high: float) -> Unknown:
    return Unknown(name, (name,), lambda u: {name: low + (high - low) * u})


def explained(found: list[Unknown], function: Callable[[Inputs], Array], rows: int = ROWS, seed: int = 1) -> Variance:
    return explain_variance(found, Inputs(rows, {}), lambda points, _: function(points), seed)


def near(estimate: float, interval: Interval, truth: float) -> bool:
    """Whether *truth* lies inside *interval* made twice as wide around the *estimate*."""
    return estimate - 2 * (estimate - interval.low) <= truth <= estimate + 2 * (interval.high - estimate)


def ishigami(points: Inputs) -> Array:
    x, y, z = points["x"], points["y"], points["z"]
    return np.asarray(np.sin(x) + 7 * np.sin(y) ** 2 + 0.1 * z**4 * np.sin(x))


ANGLES = [uniform(name, -math.pi, math.pi) for name in "xyz"]
SDS = {"a": 0.5, "b": 0.35, "c": 0.2}
FACTORS = [normal(name) for name in (*SDS, "idle")]


def product(points: Inputs) -> Array:
    return np.asarray(np.exp(sum(sd * points[name] for name, sd in SDS.items())))


class TestIndices:
    def test_ishigami(self) -> None:
        """ishigami_S1, S2, S3, ST3 and variance: z acts only through x."""
        found = explained(ANGLES, ishigami)
        x, y, z = found.indices

        for index, first in ((x, 0.31390519114781146), (y, 0.4424111447900409), (z, 0.0)):
            assert near(index.first, index.first_95, first)
            assert index.first_95.high - index.first_95.low < 0.12
        assert near(z.total, z.total_95, 0.2436836640621477)
        assert near(y.total, y.total_95, 0.4424111447900409)
        assert found.variance == pytest.approx(13.844587940719254, rel=0.02)
        assert found.mean == pytest.approx(3.5, rel=0.01)

    def test_product_of_log_normals(self) -> None:
        """Var E[Y|i] / Var Y = (exp(s_i^2) - 1) / (exp(sum s^2) - 1), and times exp of the others' for the total."""
        found = explained(FACTORS, product)
        squares = {name: sd**2 for name, sd in SDS.items()}
        whole = math.expm1(sum(squares.values()))

        for index in found.indices[:3]:
            others = sum(square for name, square in squares.items() if name != index.name)
            assert near(index.first, index.first_95, math.expm1(squares[index.name]) / whole)
            assert near(index.total, index.total_95, math.expm1(squares[index.name]) * math.exp(others) / whole)

    def test_an_input_without_influence_has_none(self) -> None:
        """Negative control: not small, but exactly 0, and so is its interval."""
        idle = explained(FACTORS, product).indices[3]

        assert (idle.first, idle.total) == (0.0, 0.0)
        assert idle.first_95 == idle.total_95 == (0.0, 0.0)
        assert not idle.moves

    def test_a_wrong_formula_is_rejected(self) -> None:
        """Negative control: shares of the sum of squares, right for a sum, are outside for a product."""
        sds = {"a": 1.0, "b": 0.7}
        found = explained(
            [normal(name) for name in sds],
            lambda points: np.exp(sum(sd * points[name] for name, sd in sds.items())),
            rows=16_384,
        )
        first = found.indices[0]

        assert not near(first.first, first.first_95, 1.0 / 1.49)
        assert near(first.first, first.first_95, math.expm1(1.0) / math.expm1(1.49))

    def test_product_of_uniforms(self) -> None:
        """sobol_product_uniform_S1: 3/7."""
        index = explained([uniform("x", 0, 1), uniform("y", 0, 1)], lambda p: p["x"] * p["y"]).indices[0]

        assert near(index.first, index.first_95, 0.42857142857142855)

    def test_a_sum_has_no_interplay(self) -> None:
        """First order sums to 1 and equals total."""
        found = explained(FACTORS, lambda p: p["a"] + 2 * p["b"] + 3 * p["c"])

        assert sum(index.first for index in found.indices) == pytest.approx(1, abs=0.01)
        for index, share in zip(found.indices, (1 / 14, 4 / 14, 9 / 14, 0), strict=True):
            assert index.total == pytest.approx(share, abs=0.01)

    def test_first_order_sums_to_one_at_most_and_is_below_total(self) -> None:
        """For functions with interplay, beyond the width of the intervals."""
        for found in (explained(ANGLES, ishigami), explained(FACTORS, product)):
            slack = sum(index.first_95.high - index.first_95.low for index in found.indices)
            assert sum(index.first for index in found.indices) <= 1 + slack
            assert all(index.first_95.low <= index.total_95.high for index in found.indices)

    def test_inputs_in_another_order_get_the_same_shares(self) -> None:
        """Symmetry: within the intervals, because each has other points."""
        one = {index.name: index for index in explained(FACTORS, product).indices}
        for index in explained(FACTORS[::-1], product).indices:
            assert near(index.first, index.first_95, one[index.name].first)

    def test_scipy_agrees_on_the_same_points(self) -> None:
        """An independent implementation of the same estimators, to rounding."""
        found = explained(ANGLES, ishigami)
        u = uniforms(6, ROWS, 1)
        a, b = draws(ANGLES, u[:3]), draws(ANGLES, u[3:])
        first = page(Inputs(ROWS, {}), *a)
        values = [ishigami(first), ishigami(page(Inputs(ROWS, {}), *b))]
        pages = np.stack([ishigami(page(first, drawn))[None] for drawn in b])
        theirs = sobol_indices(
            func=dict(zip(("f_A", "f_B"), (v[None] for v in values), strict=True)) | {"f_AB": pages}, n=ROWS
        )

        np.testing.assert_allclose([index.first for index in found.indices], theirs.first_order, atol=1e-12)
        np.testing.assert_allclose([index.total for index in found.indices], theirs.total_order, atol=1e-12)

    def test_the_same_seed_gives_the_same_and_another_does_not(self) -> None:
        assert explained(ANGLES, ishigami) == explained(ANGLES, ishigami)
        assert explained(ANGLES, ishigami) != explained(ANGLES, ishigami, seed=2)

    def test_a_constant_has_nothing_to_explain(self) -> None:
        found = explained(FACTORS, lambda points: np.full(points.replications, 3.0))

        assert found.constant
        assert found.variance == 0
        assert all(index.first == index.total == 0 for index in found.indices)


class TestChance:
    """Averages with noise: as in a simulation with common random numbers, the same for a row of the same streams."""

    ROWS = 2048

    def noisy(self, points: Inputs, streams: int, shaken_by: str = "") -> Array:
        """Return x + y / 2 plus noise of standard deviation 1/2; where *shaken_by* is used, its value picks the noise."""
        rng = np.random.default_rng([7, streams])
        noise = rng.normal(0, 0.5, points.replications)
        if shaken_by:
            noise = special.ndtri(np.mod(special.ndtr(2 * noise) + 1e3 * special.ndtr(points[shaken_by]), 1)) / 2
        return np.asarray(points["x"] + points["y"] / 2 + noise)

    def found(self, shaken_by: str = "") -> Variance:
        inputs = [normal(name) for name in ("x", "y", "idle")]
        means = partial(self.noisy, shaken_by=shaken_by)
        return explain_variance(inputs, Inputs(self.ROWS, {}), means, 3, simulated=True)

    def test_chance_takes_its_share(self) -> None:
        """Variances 1, 1/4 and 1/4 of noise: shares 2/3 and 1/6, and 1/6 of chance, by 4 standard errors."""
        found = self.found()

        assert found.chance_share == pytest.approx(1 / 6, abs=4 * math.sqrt(2 / self.ROWS) / 6 * math.sqrt(2))
        for index, share in zip(found.indices, (2 / 3, 1 / 6, 0), strict=True):
            assert near(index.first, index.first_95, share)

    def test_common_numbers_leave_an_idle_input_at_exactly_nothing(self) -> None:
        assert not self.found().indices[2].moves

    def test_an_input_that_shifts_the_numbers_seems_to_explain_up_to_the_chance(self) -> None:
        """The total index then holds the noise, 1/6, which is why the table warns of it; alone it explains nothing."""
        idle = self.found("idle").indices[2]

        assert near(idle.first, idle.first_95, 0.0)
        assert near(idle.total, idle.total_95, 1 / 6)

    def test_without_numbers_of_its_own_sample_b_would_mislead(self) -> None:
        """Negative control: noise times x, shared by both samples, is taken for an effect of x, of 1 in a variance of 2."""
        inputs = [normal("x"), normal("y")]

        def means(points: Inputs, streams: int, apart: bool) -> Array:
            noise = np.random.default_rng([7, streams if apart else 0]).normal(0, 1, points.replications)
            return np.asarray(points["y"] + points["x"] * noise)

        right, wrong = (
            explain_variance(inputs, Inputs(4096, {}), partial(means, apart=apart), 5, simulated=True).indices[0]
            for apart in (True, False)
        )
        assert near(right.first, right.first_95, 0.0)
        assert wrong.first == pytest.approx(0.5, abs=0.1)


class TestTornado:
    def test_ends_of_a_product(self) -> None:
        """exp(s z) at z = -1.96 and 1.96, nothing for an idle input."""
        base = Inputs(1, {name: np.zeros(1) for name in (*SDS, "idle")})
        at_median, bars = tornado(FACTORS, base, lambda points, _: product(points))

        assert at_median == 1
        assert list(bars) == ["a", "b", "c", "idle"]
        for bar, sd in zip(bars.values(), (*SDS.values(), 0.0), strict=True):
            assert (bar.at_low, bar.at_high) == pytest.approx(
                (math.exp(-1.959963984540054 * sd), math.exp(1.959963984540054 * sd)), rel=1e-9
            )
            assert bar.low_input == pytest.approx(-1.959963984540054)
            assert bar.error_95 is None

    def test_joint_draws_span_their_averages(self) -> None:
        """Rows of a table have no ends: the averages between which 95 % of the rows lie."""
        column = np.linspace(1, 3, 201)
        joint = Unknown(JOINT, ("x",), lambda u: {"x": column[(u * 201).astype(int)]}, 201)
        _, bars = tornado([joint], Inputs(1, {"x": np.full(1, 2.0)}), lambda points, _: points["x"] ** 2)
        bar = bars[JOINT]

        assert (bar.at_low, bar.at_high) == pytest.approx((1.05**2, 2.95**2), rel=1e-3)
        assert bar.low_input is None

    def test_simulated_ends_have_an_error(self) -> None:
        """Of the difference, with common numbers: here only what noise the input itself brings."""

        def means(points: Inputs, streams: int) -> Array:
            noise = np.random.default_rng(streams).normal(0, 1, points.replications)
            return np.asarray(points["x"] * (1 + 0.1 * noise) + 100 * noise)

        bar = tornado([normal("x")], Inputs(400, {"x": np.zeros(400)}), means, simulated=True)[1]["x"]
        expected = 2 * 1.96

        assert bar.error_95 == pytest.approx(1.96 * expected * 0.1 / math.sqrt(400), rel=0.15)
        assert abs(bar.at_high - bar.at_low - expected) < 2 * bar.error_95


def brute_first_order(scenario: Scenario, measure: str, key: str) -> float:
    """Var E[Y|X] / Var Y by a nested loop over independent random draws, without the code under test."""
    rng = np.random.default_rng(11)
    inner, outer = 4000, 100
    cell = scenario.recogniser.threshold.value, scenario.watchlist.size.value
    item = dict(uncertain(scenario))[key]
    inputs = drawn_inputs(scenario, inner, lambda _: rng.random(inner))
    whole = closed_forms(scenario, inputs, *cell)[measure].var()
    levels = (np.arange(outer) + 0.5) / outer
    means = []
    for value in item.ppf(levels):
        fixed = Inputs(inner, {**inputs.values, key: np.full(inner, value)})
        means.append(closed_forms(scenario, fixed, *cell)[measure].mean())
    return float(np.var(means) / whole)


def uncertain(scenario: Scenario) -> dict[str, Quantity]:
    return {key: item for key, item in quantities(scenario) if item.uncertain}


class TestScenarios:
    @pytest.mark.parametrize("key", ["recogniser.fmr_at_anchor", "procedure.look.accept_false"])
    def test_croydon_agrees_with_brute_force(self, key: str) -> None:
        """The standard error of the brute force, with 4,000 inner draws, is below 0.02."""
        scenario = load_scenario("croydon-static")
        threshold, size = scenario.recogniser.threshold.value, scenario.watchlist.size.value
        found = explain_variance(
            unknowns(scenario),
            at_medians(scenario, ROWS),
            lambda points, _: closed_forms(scenario, points, threshold, size)["wrongful_stops"],
            1,
        )
        index = next(item for item in found.indices if item.name == key)

        assert index.first == pytest.approx(brute_first_order(scenario, "wrongful_stops", key), abs=0.06)

    def test_unknowns_are_what_a_run_draws(self, tmp_path: Path) -> None:
        """The same uniform numbers give the same inputs as in the pass of a run with unknown inputs, jointly too."""
        joint = "watchlist.true_alerts_per_1000_passages,recogniser.tpir_at_anchor\n1.0,0.6\n1.2,0.7\n1.4,0.8\n"
        path = tmp_path / "draws.csv"
        path.write_text(joint)
        scenario = load_scenario("croydon-static", [f"joint_draws={{file: {path}}}"])
        rng = np.random.default_rng(3)
        u = {unknown.name: rng.random(64) for unknown in unknowns(scenario)}
        theirs = drawn_inputs(scenario, 64, lambda key: u.get(key, np.full(64, 0.5)))
        ours = page(at_medians(scenario, 64), *(unknown.draw(u[unknown.name]) for unknown in unknowns(scenario)))

        assert unknowns(scenario)[-1].name == JOINT
        assert "recogniser.tpir_at_anchor" not in u
        for key, values in theirs.values.items():
            np.testing.assert_array_equal(ours[key], values)

    def test_what_cannot_happen_is_said_without_a_simulation(self) -> None:
        found = sensitivity("croydon-static", measure="bystander_stops")

        assert found.run.campaigns == 0
        assert found.constant.startswith("procedure.bystander is assumed to be 0")
        assert found.inputs == ()

    def test_without_intervals_nothing_is_ranked(self) -> None:
        certain = {
            "street.passages_per_hour": 2000,
            "watchlist.listed_per_1000_passages": 1,
            "recogniser.fmr_at_anchor": 2e-10,
            "recogniser.slope_per_unit": 50,
            "procedure.look.accept_false": 0.6,
        }
        found = sensitivity("what-if-groups", overrides=[f"{key}={value}" for key, value in certain.items()])

        assert found.constant.startswith("No input of what-if-groups has an interval")
        assert found.measure.at_medians > 0
        assert SensitivityFound.from_data(json.loads(found.to_json())) == found

    def test_a_measure_that_no_input_moves_says_so(self) -> None:
        """With no operators nobody is stopped, whatever else holds."""
        found = sensitivity("croydon-static", overrides=["officers.operators=0"], points=256)

        assert found.constant.startswith("None of the 39 uncertain inputs changes this measure")

    def test_the_analysis_repeats_and_is_read_back_equal(self, tmp_path: Path) -> None:
        one, again = (sensitivity("what-if-groups", points=512, seed=4) for _ in range(2))
        (tmp_path / "sensitivity.json").write_text(one.to_json(), "utf-8")

        assert one == again == read(tmp_path / "sensitivity.json")
        assert one.run.method == FORMULA
        assert one.inputs[0].key == "street.passages_per_hour"
        assert list(one.to_frame()["key"]) == [item.key for item in one.inputs]

    def test_what_is_told_of_inputs_follows_from_their_shares(self) -> None:
        """Small ones are listed by name; where much is chance, only what is above it has a row, and nothing is ranked."""
        found = sensitivity("croydon-static", points=1024)
        noisy = replace(found, measure=replace(found.measure, chance_share=0.3))
        wide = replace(found.inputs[0], first_order_95=Interval(0.1, 0.8))

        assert [item.key for item in found.leading] == [item.key for item in found.inputs[:3]]
        assert 3 <= len(found.telling) < len(found.inputs)
        assert not found.too_noisy
        assert noisy.too_noisy
        assert all(item.first_order_95.low > 0 for item in noisy.telling)
        assert replace(found, inputs=(wide, *found.inputs[1:])).too_noisy

    @pytest.mark.parametrize(
        ("asked", "field", "rule"),
        [
            ({"measure": "wrongfull_stops"}, "measure", 'did you mean "wrongful_stops"'),
            ({"points": 1000}, "points", "must be a power of 2"),
            ({"exchange": 3}, "decide and exchange", "--decide KEY=A,B,..., the options, is missing"),
            ({"decide": "recogniser.threshold=0.6,0.62", "exchange": 0}, "exchange", "must be above 0"),
        ],
    )
    def test_what_cannot_be_asked_names_keyword_and_rule(self, asked: dict[str, Any], field: str, rule: str) -> None:
        with pytest.raises(QuestionError) as caught:
            sensitivity("croydon-static", **asked)
        assert caught.value.field == field
        assert rule in caught.value.rule


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load_scenario("croydon-static", [SHORT])


class TestSimulation:
    def test_an_input_used_after_the_draw_leaves_the_numbers_alone(self, scenario: Scenario) -> None:
        """The price of an officer-hour changes no stop; more passages do; other streams give others."""
        means = simulated_means(scenario, "stops", 1, 10, engine_named("process"))
        base = at_medians(scenario, 10)
        same = means(base, 0)

        np.testing.assert_array_equal(same, means(page(base, {"costs.officer_hour_gbp": np.full(10, 99.0)}), 0))
        assert not np.array_equal(same, means(page(base, {"street.passages_per_hour": np.full(10, 9000.0)}), 0))
        assert not np.array_equal(same, means(base, 1))

    def test_rows_have_their_own_inputs(self, scenario: Scenario) -> None:
        """Averages of passages follow the passages an hour of each row, by 4 standard errors."""
        each = 50
        means = simulated_means(scenario, "passages", 1, each, engine_named("process"))
        rates = np.array([1000.0, 4000.0, 2000.0])
        found = means(page(at_medians(scenario, 3), {"street.passages_per_hour": rates}), 0)
        k = median_inputs(scenario, 1)["street.day_dispersion_k"][0]

        for value, rate in zip(found, rates, strict=True):
            mean = 2 * rate
            assert abs(value - mean) < 4 * math.sqrt((mean + mean**2 / k) / each)

    def test_a_measure_without_a_formula_is_simulated(self, scenario: Scenario) -> None:
        """Every campaign is told of, the intervals of all others are certain, and the share of chance is a share."""
        fixed = [f"{key}={item.value}" for key, item in uncertain(scenario).items() if key != "procedure.not_found"]
        sets = [SHORT, *fixed, "procedure.not_found={value: 0.3, low: 0.1, high: 0.55}"]
        narrow = load_scenario("croydon-static", sets)
        told: list[int] = []
        plan = plan_for(narrow, "stops", points=16)
        found = analyse(Question(narrow, "stops", plan), engine_named("process"), told.append)

        assert plan.method == SIMULATION
        assert sum(told) == plan.campaigns
        assert [item.key for item in found.inputs] == ["procedure.not_found"]
        assert 0 <= found.measure.chance_share <= 1
        ends = found.inputs[0].one_at_a_time
        assert ends.at_low > ends.at_high


class TestRareEvents:
    """What simulated campaigns did not have is not taken for what there is not."""

    def found(self, means: Callable[[Inputs, int], Array], rows: int = 64) -> Variance:
        inputs = [normal("x"), normal("idle")]
        return explain_variance(
            inputs, Inputs(rows, {}), means, 3, simulated=True, error=partial(_error, "crowded_out")
        )

    def test_none_seen_is_bounded_by_the_campaigns_and_has_no_range(self) -> None:
        """3.7 / n of 128 points with 5 campaigns each, as Clopper and Pearson have it: 1 - 0.025^(1/128) of them."""
        found = self.found(lambda points, _: np.zeros(points.replications))

        assert found.none
        assert found.range_95 is None
        assert found.mean_95 == pytest.approx((0.0, (1 - 0.025 ** (1 / 128)) / 5), rel=0.02)

    def test_where_chance_is_all_there_is_there_is_no_range(self) -> None:
        """One point in fifty has a campaign with one: quantiles of the averages would be 0 to 0."""

        def means(points: Inputs, streams: int) -> Array:
            return np.asarray(np.random.default_rng([9, streams]).random(points.replications) < 0.02, dtype=float) / 5

        found = self.found(means, 512)
        assert found.range_95 is None
        assert found.mean_95 is not None
        assert 0 < found.mean_95.low < 0.02 / 5 < found.mean_95.high

    def test_where_the_inputs_are_seen_the_range_is_theirs_without_the_chance(self) -> None:
        """10 + x with noise of standard deviation 1/2: 10 +- 1.96, not 10 +- 1.96 sqrt(5/4), by 4 standard errors of an end."""

        def means(points: Inputs, streams: int) -> Array:
            noise = np.random.default_rng([9, streams]).normal(0, 0.5, points.replications)
            return np.asarray(10 + points["x"] + noise)

        found = self.found(means, 2048)
        error = 4 * math.sqrt(0.025 * 0.975 / 4096) / stats.norm.pdf(1.96)
        assert found.range_95 == pytest.approx((10 - 1.96, 10 + 1.96), abs=error)
        assert error < 1.96 * (math.sqrt(1.25) - 1)

    def test_a_rare_measure_is_not_said_to_hang_on_nothing(self, scenario: Scenario) -> None:
        """Listed people crowded out, 1 in 1,000 campaigns of two hours: none is seen, and no input is said to be idle."""
        found = analyse(Question(scenario, "crowded_out", plan_for(scenario, "crowded_out", 16)), engine_named("auto"))
        said = text_of(whole_page(found), 100, details=True)

        assert found.measure.average_95 is None
        assert found.measure.mean_95 is not None
        assert found.measure.mean_95.high == pytest.approx((1 - 0.025 ** (1 / 32)) / 5, rel=0.02)
        assert (found.inputs, found.without_influence) == ((), ())
        assert found.constant is not None
        assert found.constant.startswith("None seen in 160 simulated campaigns, 5 at each of 32 points: at most 0.02")
        assert "none seen in 200 campaigns with every input at its middle value" in " ".join(said.split())
        assert "changes this measure" not in said


def test_two_looks_by_owens_t_agree_with_two_other_ways() -> None:
    """The closed form of two correlated looks, by integration for equal cases and by scipy's bivariate normal."""
    rng = np.random.default_rng(2)
    a, b, r = 2 * rng.normal(size=100), 2 * rng.normal(size=100), rng.random(100)
    a[:6], b[:6] = [0, 0, 0, 1, -1, 9], [0, 1, -1, 0, 0, 0.3]
    theirs = [stats.multivariate_normal([0, 0], [[1, c], [c, 1]]).cdf([x, y]) for x, y, c in zip(a, b, r, strict=True)]

    np.testing.assert_allclose(_both_below(a, b, r), theirs, atol=1e-12)
    np.testing.assert_allclose(
        _both_below(a[:20], b[:20], r[:20]),
        [both_below(*row) for row in zip(a[:20], b[:20], r[:20], strict=True)],
        atol=1e-9,
    )
