"""How many campaigns are enough: what is stated about optional stopping, simulated, and that a run agrees with it."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

from simulator.cli.campaigns import told
from simulator.evidence.compare.comparison import campaigns_to_compare, compare
from simulator.evidence.run.precision import FEWEST, Target, campaigns_for, checkpoints, look_at, until_precise
from simulator.evidence.run.study import CHANCE, envelope_around, run_study
from simulator.evidence.statistics.averages import average_interval, difference_interval
from simulator.experiment.pairs import pair_of
from simulator.experiment.replications import Cell, cell_of
from simulator.response.kernel import by_kernel
from simulator.scenario import load_scenario
from simulator.scenario.quantity import Z95
from simulator.street.candidates import Envelope

BLOCK = 50
REPEATS = 400
ERROR = 4 * math.sqrt(0.05 * 0.95 / REPEATS)
Law = Callable[[np.random.Generator, int], np.ndarray]


def counts(mean: float) -> Law:
    return lambda rng, n: rng.poisson(mean, n).astype(float)


def clustered(mean: float, shape: float) -> Law:
    return lambda rng, n: rng.negative_binomial(shape, shape / (shape + mean), n).astype(float)


def with_clusters(rng: np.random.Generator, n: int) -> np.ndarray:
    """0.1 single events a campaign, and 20 at once in 1 of 500: mean 0.14."""
    return rng.poisson(0.1, n) + 20.0 * (rng.random(n) < 0.002)


def minutes(rng: np.random.Generator, n: int) -> np.ndarray:
    """Compound: now and then a stop, each of a log-normal length; mean 0.3."""
    number = rng.poisson(0.3, n)
    each = np.exp(0.7 * rng.standard_normal(number.sum()) - 0.245)
    return np.bincount(np.repeat(np.arange(n), number), each, n)


def share_covered(law: Law, mean: float, target: Target, repeats: int, factor: float = 1.0) -> tuple[float, float]:
    """How often the interval where it stops (times *factor*) holds the *mean*, and the bias of the average."""
    hit, averages = 0, []
    for seed in range(repeats):
        rng = np.random.default_rng(seed)
        look = until_precise(lambda _, rng=rng: law(rng, BLOCK)[:, None], BLOCK, target).look
        low, high = (look.average + factor * (end - look.average) for end in look.interval)
        hit += low <= mean <= high
        averages.append(look.average)
    return hit / repeats, float(np.mean(averages)) / mean - 1


@pytest.mark.parametrize(
    ("law", "mean", "target"),
    [
        (counts(0.45), 0.45, Target(relative=0.10)),
        (counts(0.45), 0.45, Target(relative=0.20)),
        (counts(30.0), 30.0, Target(relative=0.01)),
        (counts(0.05), 0.05, Target(relative=0.20)),
        (clustered(0.45, 0.2), 0.45, Target(relative=0.20)),
        (minutes, 0.3, Target("liberty_lost_min", 0.15)),
    ],
    ids=["counts", "counts, coarse", "many", "rare", "clustered", "minutes"],
)
def test_the_interval_covers_as_often_as_is_stated(law: Law, mean: float, target: Target) -> None:
    """95 to 97 times in 100 is stated: REPEATS of them, four standard errors of a share either way."""
    covered, bias = share_covered(law, mean, target, REPEATS)
    assert 0.95 - ERROR < covered < 0.97 + ERROR
    # the average is off by no more than is stated; its own error is the precision / 1.96 over the root of the repeats
    assert abs(bias) < (target.relative / 1.96) ** 2 + 4 * target.relative / 1.96 / math.sqrt(REPEATS)


def test_a_cluster_that_may_not_have_come_up_is_covered_less_often() -> None:
    """90 times in 100 is stated."""
    covered, _ = share_covered(with_clusters, 0.14, Target(relative=0.20), REPEATS)
    assert abs(covered - 0.90) < 4 * math.sqrt(0.1 * 0.9 / REPEATS)


def test_the_coverage_test_would_see_stopping_at_any_moment() -> None:
    """Negative control: looking after every campaign from the second on, it stops where a few happen to be alike."""
    hit, repeats = 0, 1000
    for seed in range(repeats):
        values = np.random.default_rng(seed).poisson(0.45, 2000).astype(float)
        n = np.arange(2, 2001)
        mean = np.cumsum(values)[1:] / n
        variance = (np.cumsum(values**2)[1:] - n * mean**2) / (n - 1)
        half = 1.96 * np.sqrt(np.maximum(variance, 0) / n)
        stop = int(np.argmax((half <= 0.20 * mean) & (mean > 0)))
        hit += abs(mean[stop] - 0.45) <= half[stop]
    assert hit / repeats < 0.93 - 4 * math.sqrt(0.05 * 0.95 / repeats)


def test_the_coverage_test_would_see_a_narrow_interval() -> None:
    covered, _ = share_covered(counts(0.45), 0.45, Target(relative=0.20), REPEATS, factor=0.7)
    assert covered < 0.95 - ERROR


def test_looks_are_whole_blocks_ever_further_apart_up_to_the_ceiling() -> None:
    looks = list(checkpoints(50, 10_000))
    assert looks[0] == FEWEST
    assert looks[-1] == 10_000
    assert all(n % 50 == 0 for n in looks)
    steps = np.array(looks[1:-1]) / np.array(looks[:-2])
    # a quarter further, rounded up to a block
    assert np.all((steps >= 1.25) & (steps <= 1.25 + 50 / np.array(looks[:-2])))
    assert list(checkpoints(50, 130)) == [130]
    assert next(checkpoints(3, 1000)) == 201


def test_it_looks_at_the_interval_that_is_printed() -> None:
    values = np.random.default_rng(1).poisson(0.02, (400, 2)).astype(float)
    assert look_at(values[:, :1]).interval == average_interval(values[:, 0], counts=True)
    both = look_at(values)
    assert both.interval == difference_interval(values[:, 0], values[:, 1], counts=True)
    assert both.half_width == max(both.interval.high - both.average, both.average - both.interval.low)


def test_a_measure_that_is_always_the_same_is_known_at_the_first_look() -> None:
    reached = until_precise(lambda _: np.full((BLOCK, 1), 7.0), BLOCK, Target("officer_hours"))
    assert reached.met
    assert reached.campaigns == FEWEST


def test_a_ceiling_is_said_with_what_would_be_needed() -> None:
    rng = np.random.default_rng(1)
    reached = until_precise(
        lambda _: rng.poisson(0.5, (BLOCK, 1)).astype(float), BLOCK, Target(relative=0.01, most=420)
    )
    assert not reached.met
    assert reached.campaigns == 420
    # 200 events: the estimate of what is needed is good to a factor of 1.3; and too high, since with more campaigns an
    # interval comes closer to Student's
    assert 1 / 1.3 < reached.needed / (1.96**2 / 0.5 / 0.01**2) < 1.3 * 1.3


# On the model itself


def test_minutes_that_too_few_campaigns_have_are_not_known_to_a_share() -> None:
    """A fifth of what is needed for their size to be seen: five times as many campaigns, and no percentage."""
    minutes = np.where(np.arange(600) % 50 == 0, 12.0, 0.0)[:, None]
    reached = until_precise(lambda _: minutes, 600, Target("liberty_lost_min", 0.2, 600))

    assert not reached.met
    assert reached.needed == pytest.approx(600 * 59 / 12)
    (said,) = told(reached, compared=False)
    assert "only 12 campaigns had any, too few to see how large it may be in one; about 2,950 would be needed" in said


def test_a_run_with_that_number_has_the_precision_that_was_found() -> None:
    scenario = load_scenario("croydon-static", ["recogniser.threshold=0.61"])
    cell = cell_of(scenario)
    target = Target("false_alerts", 0.06)
    reached = campaigns_for(scenario, target, 4, by_kernel, cell, envelope_around(scenario))
    assert reached.met
    assert FEWEST < reached.campaigns < 1000
    values = run_study(scenario, reached.campaigns, 4).passes[CHANCE]["false_alerts"]
    assert values.mean() == reached.look.average
    assert average_interval(values, counts=True) == reached.look.interval
    assert reached.look.half_width <= 0.06 * values.mean()
    # and with the last number looked at before it was not there yet
    before = [n for n in checkpoints(BLOCK, target.most) if n < reached.campaigns][-1]
    assert look_at(values[:before, None]).relative > 0.06


def test_it_is_of_the_cell_and_the_envelope() -> None:
    scenario = load_scenario("croydon-static")
    cell, envelope = Cell(0.61, 12_000.0), Envelope(0.60, 16_500.0)
    reached = campaigns_for(scenario, Target("false_alerts", 0.2), 4, by_kernel, cell, envelope)
    study = run_study(scenario, reached.campaigns, 4, cell=cell, envelope=envelope)
    assert study.passes[CHANCE]["false_alerts"].mean() == reached.look.average


def test_what_cannot_happen_is_not_waited_for() -> None:
    scenario = load_scenario("croydon-static")
    where = cell_of(scenario), envelope_around(scenario)
    assumed = campaigns_for(scenario, Target("bystander_stops"), 1, by_kernel, *where)
    assert (assumed.met, assumed.campaigns, assumed.never) == (False, FEWEST, "procedure.bystander is 0")
    nobody = load_scenario("croydon-static", ["officers.operators=0"])
    none = campaigns_for(nobody, Target(), 1, by_kernel, *where)
    assert none.campaigns == FEWEST
    assert none.never == "with these inputs none can happen"


def test_what_was_not_seen_says_how_many_it_would_take() -> None:
    """Closed form: about 0.0004 wrongful arrests a campaign at 0.75, so some million campaigns for 5 %."""
    scenario = load_scenario("croydon-static", ["recogniser.threshold=0.75"])
    reached = campaigns_for(
        scenario, Target("wrongful_arrests", most=250), 1, by_kernel, cell_of(scenario), envelope_around(scenario)
    )
    study = run_study(scenario, 50, 1)
    assert (reached.met, reached.never, reached.look.events) == (False, None, 0)
    assert reached.needed == pytest.approx((Z95 / 0.05) ** 2 / study.expected["wrongful_arrests"])


def test_a_comparison_is_known_to_a_share_of_the_larger_average() -> None:
    pair = pair_of(load_scenario("croydon-static"), load_scenario("croydon-static", ["recogniser.threshold=0.60"]))
    reached = campaigns_to_compare(pair, Target("false_alerts", 0.05), 4, by_kernel)
    a, b = compare(pair, reached.campaigns, 4, by_kernel).passes[CHANCE]["false_alerts"]
    assert reached.met
    assert reached.look.interval == difference_interval(a, b, counts=True)
    assert reached.look.against == b.mean()
    assert reached.look.half_width <= 0.05 * b.mean()
