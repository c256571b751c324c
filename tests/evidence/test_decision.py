"""Value of information against closed forms, brute force, and what must hold whatever the numbers are.

An estimate must lie inside its own Monte Carlo interval made twice as wide, plus 1 % for the finite grid of values that
are learned. Seeds are fixed.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import fields, replace
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import special
from theory.campaigns import SIGMAS, campaign, deployments, sigmas_off

from simulator import load_scenario, run_study
from simulator.evidence.about.unknowns import JOINT, Unknown, at_medians, draws, page, uniforms, unknowns
from simulator.evidence.choose.thresholds import COST, GAIN
from simulator.evidence.counted.closed_forms import added, forms_by_kind
from simulator.evidence.counted.listed_people import listed_stopped
from simulator.evidence.run.study import CHANCE
from simulator.evidence.sensitivity.decision import (
    NEGLIGIBLE,
    Counts,
    Decision,
    Value,
    _envelope,
    weigh,
    weigh_scenarios,
)
from simulator.evidence.sensitivity.decision_found import Choice, DecisionFound, Option, decide
from simulator.evidence.statistics.gains import gain_interval
from simulator.evidence.statistics.intervals import Interval, mean_interval
from simulator.scenario.inputs import Inputs
from simulator.scenario.quantity import Setting

Array = NDArray[np.float64]


def normal(name: str) -> Unknown:
    return Unknown(name, (name,), lambda u: {name: special.ndtri(u)})


def option(
    benefit: Callable[[Inputs], Array | float], harm: Callable[[Inputs], Array | float] = lambda _: 0.0
) -> Counts:
    def counts(points: Inputs) -> tuple[Array, Array]:
        zero = np.zeros(points.replications)
        return benefit(points) + zero, harm(points) + zero

    return counts


def base(rows: int) -> Inputs:
    return Inputs(rows, {name: np.zeros(rows) for name in "xyz"})


def near(found: Value, truth: float) -> bool:
    low, high = found.interval
    return (
        found.value - 2 * (found.value - low) - 0.01 * truth
        <= truth
        <= found.value + 2 * (high - found.value) + 0.01 * truth
    )


def two_options(mean: float, sd: float) -> float:
    """E max(0, N(m, s^2)) - max(0, m): s phi(m/s) - |m| Phi(-|m|/s) (model.md section 8)."""
    density = math.exp(-((mean / sd) ** 2) / 2) / math.sqrt(2 * math.pi)
    return sd * density - abs(mean) * float(special.ndtr(-abs(mean) / sd))


X, Y, Z = (normal(name) for name in "xyz")
# net benefit of the second option: 1 + 1.6 x + 1.2 y, of standard deviation 2
GAUSSIAN = [option(lambda _: 0.0), option(lambda p: 1 + 1.6 * p["x"] + 1.2 * p["y"])]


class TestTwoNormalOptions:
    @pytest.fixture(autouse=True)
    def weighed(self) -> None:
        self.decision = weigh([X, Y, Z], base, GAUSSIAN, 1)

    def test_the_formula_is_the_anchor(self) -> None:
        """evpi_two_option_normal: mean 1, sd 2."""
        assert two_options(1, 2) == pytest.approx(0.39559311480261206, abs=1e-9)

    def test_perfect_information(self) -> None:
        assert near(self.decision.perfect(1.0), 0.39559311480261206)
        assert self.decision.best(1.0) == 1

    def test_partial_information(self) -> None:
        """Learning x leaves a normal preposterior mean of standard deviation 1.6, y one of 1.2; z is worth nothing."""
        first, second = self.decision.partial(1.0)

        assert (first.name, second.name) == ("x", "y")
        assert near(first, two_options(1, 1.6))
        assert near(second, two_options(1, 1.2))
        assert first.interval.high - first.interval.low < 0.1 * first.value

    def test_a_wrong_formula_is_rejected(self) -> None:
        """Negative control: the standard deviation of everything is not that of x."""
        first, _ = self.decision.partial(1.0)

        assert not near(first, two_options(1, 2))
        assert not near(first, two_options(1, 1.2))

    def test_an_idle_input_is_left_out(self) -> None:
        assert "z" not in [one.name for one in self.decision.learned]

    def test_parts_are_worth_no_more_than_the_whole(self) -> None:
        whole = self.decision.perfect(1.0)
        assert all(part.value <= whole.interval.high for part in self.decision.partial(1.0))


# three options with curved counts, the harms growing
CURVED = [
    option(lambda p: 10 * np.exp(0.2 * p["x"]), lambda p: 1.0 * np.exp(0.5 * p["y"])),
    option(lambda p: 8 * np.exp(0.3 * p["x"]), lambda p: 0.4 * np.exp(0.5 * p["y"] + 0.2 * p["z"])),
    option(lambda p: 5 + 0 * p["x"], lambda p: 0.1 * np.exp(0.5 * p["y"])),
]
RATE = 5.0


def brute_force(name: str) -> float:
    """EVPPI by a nested loop of independent draws, outer 2,000 and inner 2,000."""
    rng = np.random.default_rng(5)
    inner = {key: rng.normal(size=2000) for key in "xyz"}
    gains, means = [], []
    for value in rng.normal(size=2000):
        points = Inputs(2000, {**inner, name: np.full(2000, value)})
        net = [float((benefit - RATE * harm).mean()) for benefit, harm in (counts(points) for counts in CURVED)]
        gains.append(max(net))
        means.append(net)
    return float(np.mean(gains) - np.mean(means, axis=0).max())


@pytest.fixture(scope="module")
def curved() -> Decision:
    return weigh([X, Y, Z], base, CURVED, 2)


@pytest.mark.parametrize("name", ["x", "y", "z"])
def test_curved_options_agree_with_brute_force(curved: Decision, name: str) -> None:
    """The brute force's own standard error, from 2,000 outer draws, is below 0.03."""
    found = {value.name: value for value in curved.partial(RATE)}[name]

    assert found.value == pytest.approx(brute_force(name), abs=0.1)


def test_learning_all_jointly_is_perfect_information() -> None:
    """Joint draws as the only unknown: EVPPI of the block is the EVPI, each row met once."""
    rng = np.random.default_rng(1)
    columns = {name: rng.normal(size=200) for name in "xy"}
    joint = Unknown(
        JOINT, ("x", "y"), lambda u: {k: c[np.minimum((u * 200).astype(int), 199)] for k, c in columns.items()}, 200
    )
    decision = weigh([joint], base, GAUSSIAN, 1)
    net = 1 + 1.6 * columns["x"] + 1.2 * columns["y"]

    assert decision.partial(1.0)[0].value == pytest.approx(np.maximum(net, 0).mean() - max(net.mean(), 0), abs=1e-9)
    assert near(decision.perfect(1.0), decision.partial(1.0)[0].value)


def test_many_joint_draws_are_sampled() -> None:
    """More rows than are learned one by one: a sample of them, whose error is in the interval."""
    column = special.ndtri((np.random.default_rng(1).permutation(5000) + 0.5) / 5000)
    joint = Unknown(JOINT, ("x",), lambda u: {"x": column[np.minimum((u * 5000).astype(int), 4999)]}, 5000)
    decision = weigh([joint], base, [option(lambda _: 0.0), option(lambda p: p["x"])], 1)

    assert near(decision.partial(1.0)[0], two_options(0, 1))


def test_the_order_of_options_and_inputs_does_not_matter(curved: Decision) -> None:
    """Symmetry: options exactly, inputs within the intervals."""
    turned = weigh([X, Y, Z], base, CURVED[::-1], 2)
    other = {value.name: value for value in weigh([Z, Y, X], base, CURVED, 2).partial(RATE)}

    assert turned.best(RATE) == 2 - curved.best(RATE)
    for one, again in zip(curved.partial(RATE), turned.partial(RATE), strict=True):
        assert again.name == one.name
        assert again.value == pytest.approx(one.value, rel=1e-9)
        assert near(other[one.name], one.value)


def test_twice_the_counts_are_worth_twice_as_much(curved: Decision) -> None:
    doubled = [lambda p, c=counts: tuple(2 * side for side in c(p)) for counts in CURVED]
    twice = weigh([X, Y, Z], base, doubled, 2)  # type: ignore[arg-type]

    for one, other in zip(curved.partial(RATE), twice.partial(RATE), strict=True):
        assert other.value == pytest.approx(2 * one.value)


def test_nothing_is_worth_knowing_where_one_option_always_wins() -> None:
    options = [option(lambda p: np.exp(p["x"])), option(lambda p: 2 * np.exp(p["x"]))]
    decision = weigh([X, Y], base, options, 1)

    assert decision.perfect(1.0).value == 0
    assert [value.value for value in decision.partial(1.0)] == [0]
    assert decision.top_between(1.0) is None


def rare(mean: float) -> list[Counts]:
    """Two options of normal net benefit that learning x tells of by 1.0, and all by sqrt(2): model.md section 8."""
    return [option(lambda _: 0.0), option(lambda p: mean + p["x"] + p["y"])]


@pytest.mark.parametrize("mean", [-2.5, -3.0, -3.5, -4.0, -5.0])
def test_what_is_gained_at_few_points_or_at_none_is_inside_the_interval(mean: float) -> None:
    """At 24 seeds: of intervals that hold 95 % five misses or more are 1 in 200. Student's on samples missed at most of them."""
    missed, students = 0, 0
    truths = {"": two_options(mean, math.sqrt(2)), "x": two_options(mean, 1.0)}
    for seed in range(24):
        decision = weigh([X, Y], base, rare(mean), seed)
        for value in (decision.perfect(1.0), *(one for one in decision.partial(1.0) if one.name == "x")):
            low, high = value.interval
            assert low <= value.value <= high
            missed += value.name == "x" and not low <= truths["x"] <= high
            missed += value.name == "" and not low <= truths[""] <= high
        learned = next(one for one in decision.learned if one.name == "x")
        low, high = mean_interval(np.maximum(learned.benefit[:, :, 1], 0.0).mean(axis=1))
        students += not low <= truths["x"] <= high

    # 48 intervals
    assert missed <= 6
    assert students >= 10 or mean > -3.0


def test_none_seen_is_bounded_by_how_far_the_options_differ() -> None:
    """0.37 of a sample of 64 values more; nothing is left open only where the input moves no option against another."""
    options = [option(lambda p: 10 + p["z"]), option(lambda p: p["x"] + p["z"])]
    decision = weigh([X, Z], base, options, 1)
    of_x = next(value for value in decision.partial(1.0) if value.name == "x")
    of_z = next(value for value in decision.partial(1.0) if value.name == "z")
    advantage = decision.learned[0].benefit[:, :, 1] - decision.learned[0].benefit[:, :, 0]
    most = (1 - 0.025 ** (1 / 8)) * np.ptp(advantage, axis=1).max() / 64

    assert of_x.value == of_z.value == 0
    assert gain_interval(advantage) == pytest.approx((0.0, most), rel=0.02)
    assert of_x.interval == (0.0, min(most, decision.perfect(1.0).interval.high))
    assert of_z.interval == (0.0, 0.0)


def test_knowing_one_input_is_worth_no_more_than_knowing_all(curved: Decision) -> None:
    for rate in (0.1, 1.0, RATE, 20.0, 100.0):
        most = curved.perfect(rate).interval.high
        assert all(value.interval.high <= max(most, value.value) for value in curved.partial(rate))


class TestExchangeRates:
    def test_the_envelope_is_the_best_line_everywhere(self) -> None:
        """Against the best line at 2,000 rates, for 200 sets of lines with ties among them."""
        rng = np.random.default_rng(8)
        for _ in range(200):
            n = int(rng.integers(1, 8))
            benefit, harm = rng.integers(0, 10, n).astype(float), rng.integers(0, 10, n).astype(float)
            lines = list(_envelope(benefit, harm))

            assert lines[0].low == 0
            assert lines[-1].high == math.inf
            assert all(one.high == other.low for one, other in pairwise(lines))
            for rate in rng.uniform(0, 12, 50):
                best = next(line.option for line in lines if line.low <= rate <= line.high)
                assert benefit[best] - rate * harm[best] == pytest.approx((benefit - rate * harm).max(), abs=1e-9)

    def test_the_best_option_changes_where_the_envelope_says(self, curved: Decision) -> None:
        lines = curved.best_by_rate()

        assert len(lines) == 3
        for line in lines:
            inside = (line.low + min(line.high, line.low + 10)) / 2
            assert curved.best(inside) == line.option

    def test_the_most_valuable_input_holds_inside_and_not_beyond(self, curved: Decision) -> None:
        low, high = curved.top_between(RATE)  # type: ignore[misc]
        top = curved.partial(RATE)[0].name

        for rate in np.geomspace(low * 1.001, high * 0.999, 25):
            assert curved.partial(rate)[0].name == top
        assert low < RATE < high
        for beyond in (low * 0.999, high * 1.001):
            ranked = curved.partial(beyond)
            benefit, harm = curved.expected
            assert ranked[0].name != top or ranked[0].value <= NEGLIGIBLE * (benefit + beyond * harm).max()


THRESHOLDS = (0.60, 0.62, 0.64)


@pytest.fixture(scope="module")
def choice() -> Choice:
    scenarios = tuple(load_scenario("croydon-static", [f"recogniser.threshold={value}"]) for value in THRESHOLDS)
    return Choice("recogniser.threshold", THRESHOLDS, scenarios, 20.0)


@pytest.fixture(scope="module")
def decided(choice: Choice) -> DecisionFound:
    return decide(choice, 1)


class TestScenarios:
    def test_expected_counts_are_those_of_each_option(self, choice: Choice, decided: DecisionFound) -> None:
        """Averages of the option's own closed form over the inputs, on other points: within 2 %."""
        for scenario, shown in zip(choice.scenarios, decided.options, strict=True):
            flat, kinds = at_medians(scenario, 1024), unknowns(scenario)
            points = page(flat, *draws(kinds, uniforms(len(kinds), 1024, 99)))
            cell = scenario.recogniser.threshold.value, scenario.watchlist.size.value
            by_kind = forms_by_kind(scenario, points, *cell)
            people, forms = listed_stopped(scenario, points, by_kind), added(by_kind)

            assert shown.listed_stopped == pytest.approx(people.mean(), rel=0.02)
            assert shown.listed_stopped < 0.8 * forms["true_stops"].mean()
            assert shown.people_wrongly_stopped == pytest.approx(forms["wrongful_stops"].mean(), rel=0.02)
            assert shown.net_benefit == pytest.approx(shown.listed_stopped - 20 * shown.people_wrongly_stopped)

    def test_the_two_counts_are_those_of_choose(self) -> None:
        """By name, and by what they count: listed people of a crowded street, each once, as many as are simulated.

        A tenth of true stops is of somebody new there.
        """
        pool = {"street__pool_people": 300.0, "street__visit_dispersion_k": 1.0}
        street = campaign(campaign__deployments=deployments(20, 4.0), street__passages_per_hour=100.0, **pool)
        options = tuple(
            street.model_copy(
                update={"recogniser": street.recogniser.model_copy(update={"threshold": Setting(value=t)})}
            )
            for t in (0.6, 0.7)
        )
        shown = decide(Choice("recogniser.threshold", (0.6, 0.7), options, 1.0), 1).options

        assert {GAIN, COST} < {field.name for field in fields(Option)}
        for option, scenario in zip(shown, options, strict=True):
            simulated = run_study(scenario, 400).passes[CHANCE]
            assert sigmas_off(simulated[GAIN], option.listed_stopped) < SIGMAS
            assert sigmas_off(simulated["stops"], option.listed_stopped) > SIGMAS

    def test_the_answer_names_its_range(self, decided: DecisionFound) -> None:
        low, high = decided.best_option.best_for_exchange

        assert low <= 20 <= (high or math.inf)
        assert decided.best == 0.64
        assert decided.best_is_at_an_end
        assert decided.evppi[0].evppi <= decided.evpi_95.high
        assert decided.evppi[0].grade
        assert decided.options[0].warnings

    def test_what_is_worth_little_is_not_told_and_ends_are_as_far_as_was_looked(self, decided: DecisionFound) -> None:
        assert 0 < len(decided.worth_telling) < len(decided.evppi)
        assert decided.top_followed == decided.top_for_exchange
        assert replace(decided, top_for_exchange=Interval(0.02, 20_000.0), top_is_clear=True).top_followed == (
            0.0,
            None,
        )
        assert replace(decided, top_is_clear=False).top_followed is None

    def test_a_decided_input_is_no_longer_unknown(self) -> None:
        """The number of teams has an interval in the scenario; an option of the decision fixes it."""
        scenarios = tuple(load_scenario("croydon-static", [f"officers.teams={value}"]) for value in (0, 4))
        found = decide(Choice("officers.teams", (0.0, 4.0), scenarios, 1.0), 1)

        assert "officers.teams" not in [item.key for item in found.evppi]
        assert found.options[0].listed_stopped == 0
        assert found.best == 4

    def test_what_the_formulas_do_not_see_is_said(self) -> None:
        scenarios = tuple(load_scenario("what-if-groups", [f"officers.teams={value}"]) for value in (2, 4))

        assert decide(Choice("officers.teams", (2.0, 4.0), scenarios, 1.0), 1).all_alike

    def test_seeds_repeat(self, choice: Choice) -> None:
        found = [one for one in unknowns(choice.scenarios[0]) if one.name.startswith("recogniser.")]
        one, again, other = (weigh_scenarios(choice.scenarios[:2], found, seed).perfect(5.0) for seed in (1, 1, 2))

        assert one == again
        assert one != other


def test_true_stops_are_what_is_simulated_where_nothing_depletes() -> None:
    """Nobody comes twice, staff abound and nobody walks off: right stops by 4 standard errors."""
    scenario = load_scenario(
        "croydon-static",
        [
            'campaign={deployments: [{date: 2025-10-01, hours: 2, start: "12:00"}]}',
            "street={passages_per_hour: 4096, camera_ends: 1}",
            "officers={operators: 50, teams: 50, checkers: 50, vans: 50}",
            "procedure.reach.median_min=100000",
            "procedure.second_look={accept_true: 0.9, accept_false: 0.5, correlation: 0.4}",
        ],
    )
    study = run_study(scenario, 400, 1)
    right = study.passes[CHANCE]["stops"] - study.passes[CHANCE]["wrongful_stops"]

    assert abs(right.mean() - study.expected["true_stops"]) < 4 * right.std() / 20
    assert study.expected["true_stops"] < 0.95 * study.expected["true_alerts"]
