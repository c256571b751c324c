"""The drawn candidates of ``simulator.street`` against the naive model, which walks everybody past every camera.

30 random campaigns with every option on at once (random_scenarios.py) and 36 at the corners (corner_scenarios.py), so many
replications of each by either model, five cells (threshold, list size) each inside one envelope. Every count of counts.py
is compared: its mean, as it is, at equal footfall and at equal alerts; its cumulative distribution at five quantiles;
covariances between deployments, truths and cells.

The bound. Each statistic is a sum of paired differences over the root of the sum of their squares. If the models agree, the
sign of every difference is a fair coin, whatever its law, so P(|z| >= x) <= 2 exp(-x^2 / 2) exactly (Hoeffding), for rare
and skewed counts too. Half of a false-alarm probability of 1e-4 is shared out equally over all single tests (about 57,000:
limit 6.6), half over the tests pooled over campaigns, sum of z / sqrt(30) (about 2,100: limit 6.0). A right simulator fails
under fewer than one seed in ten thousand; the largest values seen over several seeds are 4.4 and 4.2.

What it sees. At 600 replications of the 30 campaigns by either model, pooled tests reach their limit at an error of 1.3 % in
all alerts, 1.5 % in false alerts, 3 % in true alerts, 3 to 6 % in rarer kinds and in arrests (*test_small_errors_would_be_seen*
holds these figures to account); the tests of one campaign alone at some 8 % in all alerts, 16 % in true ones. Known mistakes,
one for nearly every option, are rejected below.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from reference.brute_force import (
    ARRESTED,
    KNOWN,
    NOT_STOPPED,
    STOPPED,
    VOID,
    Walked,
    alerts_in,
    deal_with,
    walk,
    without_lower_exceedances,
)
from reference.corner_scenarios import Changes, altered, corner_cases
from reference.counts import Counts, Seen, Verdict, compare, counts_of, handled_counts, shift_seen
from reference.random_scenarios import GROUPS, NUMBER, Case, case
from reference.scenario_numbers import Numbers
from simulator.experiment.seeds import BLOCK, stream_of
from simulator.response import outcomes as o
from simulator.response.plan import draw_handling, plan_alerts
from simulator.response.process import by_processes
from simulator.response.resolve import resolve, roster_of
from simulator.scenario.inputs import Inputs, median_inputs
from simulator.scenario.models import Scenario
from simulator.street.candidates import Envelope, draw
from simulator.street.mask import alerts_at

SEED = 20_260_116
REPLICATIONS = 600
HANDLED_REPLICATIONS = 200
CORNER_REPLICATIONS = 300
CONTROL_REPLICATIONS = 300
WITH_POOL = (0, 1, 4, 6, 7, 10, 12)
VISITS_TOLD, REGULARS = (1, 7, 19, 25), (0, 4, 6, 10, 12)
NPL = (1, 4, 7, 10, 16)
# listed people do not follow footfall, so that only their own level varies their numbers
NOT_FOLLOWING = (1, 9, 17, 21, 25, 29)
HANDLED_CELL = 4
pytestmark = pytest.mark.slow


def draw_and_resolve(its: Case, seed: int, replications: int) -> Counts:
    """Counts of one case as the simulator draws, masks and resolves it."""
    inputs = _inputs(its)
    parts: list[list[Seen]] = [[] for _ in its.cells]
    passages, handled = [], []
    for index in range(replications // BLOCK):
        stream = stream_of(seed, index)
        candidates = draw(its.scenario, inputs, Envelope(*its.envelope), stream)
        passages.append(candidates.passage_count)
        for i, cell in enumerate(its.cells):
            alerts = alerts_at(candidates, *by_days(its.scenario, cell))
            parts[i].append(
                Seen(
                    alerts.replication + index * BLOCK,
                    alerts.deployment,
                    _across(alerts.person, index),
                    _across(alerts.passage, index),
                    alerts.end,
                    alerts.group,
                    alerts.entry_group,
                    alerts.truth,
                    alerts.rank,
                )
            )
            if i == HANDLED_CELL and index * BLOCK < HANDLED_REPLICATIONS:
                replication = candidates.passages.replication
                numbers = draw_handling(stream("handling"), its.scenario, inputs, replication)
                plan = plan_alerts(its.scenario, inputs, alerts, numbers, np.full(BLOCK, 0.5))
                resolved = resolve(roster_of(its.scenario, inputs), alerts, plan, by_processes)
                handled.append(_ends_of(resolved.outcome, resolved.reason))
    cells = [_joined(part) for part in parts]
    counts = counts_of(cells, np.concatenate(passages), len(GROUPS))
    shape = min(HANDLED_REPLICATIONS, replications), len(its.scenario.campaign.days)
    first = cells[HANDLED_CELL].replication < shape[0]
    where = cells[HANDLED_CELL].replication[first], cells[HANDLED_CELL].deployment[first]
    return counts | handled_counts(*where, np.concatenate(handled), shape)


def by_days(scenario: Scenario, cell: tuple[float, float]) -> list[np.ndarray]:
    """Threshold and list size of *cell* for each deployment, its own where it has one."""
    own = [(day.threshold, day.watchlist_size) for day in scenario.campaign.days]
    columns = zip(zip(*own, strict=True), cell, strict=True)
    return [np.array([elsewhere if of is None else of for of in column]) for column, elsewhere in columns]


def _inputs(its: Case) -> Inputs:
    """The values of a block, those of the *other* scenario in every second replication."""
    inputs = median_inputs(its.scenario, BLOCK)
    if its.other is None:
        return inputs
    other = median_inputs(its.other, BLOCK)
    odd = np.arange(BLOCK) % 2 == 1
    return Inputs(BLOCK, {key: np.where(odd, other[key], values) for key, values in inputs.values.items()})


def _ends_of(outcome: np.ndarray, reason: np.ndarray) -> np.ndarray:
    """The naive model's words for the simulator's outcomes; nobody waits or is met while still being handled."""
    assert np.all(np.isin(outcome, [o.ARRESTED, o.RELEASED, o.OTHER_DISPOSAL, o.VOID, o.DISMISSED, o.NOT_FOUND]))
    known = (outcome == o.DISMISSED) & (reason == o.KNOWN)
    stopped = np.isin(outcome, [o.RELEASED, o.OTHER_DISPOSAL])
    return np.select(
        [outcome == o.ARRESTED, stopped, outcome == o.VOID, known], [ARRESTED, STOPPED, VOID, KNOWN], NOT_STOPPED
    )


def walk_and_stop(
    its: Case, seed: int, replications: int, *, best_only: bool = False, carried_over: bool = True, in_time: bool = True
) -> Counts:
    """The same counts by the naive model, with a mistake where one is asked for."""
    scenarios = (its.scenario, its.other or its.scenario)
    numbers = [Numbers(scenario, *its.envelope) for scenario in scenarios]
    rng, handling = np.random.default_rng([seed, 0]), np.random.default_rng([seed, 1])
    parts: list[list[Seen]] = [[] for _ in its.cells]
    days = len(its.scenario.campaign.days)
    passages = np.zeros((replications, days), dtype=np.int64)
    handled: list[tuple[int, int, int]] = []
    handled_replications = min(HANDLED_REPLICATIONS, replications)
    for replication in range(replications):
        walked = walk(numbers[replication % 2], rng)
        passages[replication] = np.bincount(walked.deployment, minlength=days)
        if best_only:
            walked = without_lower_exceedances(walked)
        for i, cell in enumerate(its.cells):
            row, truth = alerts_in(walked, *by_days(its.scenario, cell))
            parts[i].append(_seen(walked, row, truth, replication))
            if i == HANDLED_CELL and replication < handled_replications:
                ends = deal_with(scenarios[replication % 2], walked, row, truth, handling, carried_over, in_time)
                at = walked.deployment[walked.passage[row]]
                handled += [(replication, int(day), end) for day, end in zip(at, ends, strict=True)]
    counts = counts_of([_joined(part) for part in parts], passages, len(GROUPS))
    columns = np.array(handled, dtype=np.int64).reshape(-1, 3).T
    return counts | handled_counts(*columns, (handled_replications, days))


def _seen(walked: Walked, row: np.ndarray, truth: np.ndarray, replication: int) -> Seen:
    passage = walked.passage[row]
    person = walked.person[passage]
    return Seen(
        np.full(len(row), replication),
        walked.deployment[passage],
        _across(person, replication),
        _across(passage, replication),
        walked.end[passage],
        walked.person_group[person],
        walked.entry_group[row],
        truth,
        walked.rank[row],
    )


def _across(number: np.ndarray, part: int) -> np.ndarray:
    """Numbers of persons or passages that are unique over blocks or replications."""
    return number.astype(np.int64) + (part << 32)


def _joined(parts: list[Seen]) -> Seen:
    return Seen(*(np.concatenate(column) for column in zip(*(vars(part).values() for part in parts), strict=True)))


@cache
def drawn(number: int) -> Counts:
    """Counts of random case *number* by the simulator."""
    return draw_and_resolve(case(number), SEED + number, REPLICATIONS)


@cache
def walked_past(number: int) -> Counts:
    """Counts of random case *number* by the naive model."""
    return walk_and_stop(case(number), SEED + number, REPLICATIONS)


@cache
def verdict() -> Verdict:
    """All tests of the drawn candidates against the naive model."""
    return Verdict.of({number: compare(drawn(number), walked_past(number)) for number in range(NUMBER)})


def test_the_naive_model_shares_no_code_with_the_simulator() -> None:
    """It takes a scenario's numbers and nothing else, so that no mistake can be in both models."""
    for name in ("brute_force.py", "scenario_numbers.py", "counts.py"):
        text = Path(__file__).with_name(name).read_text(encoding="utf-8")
        imported = set(re.findall(r"^ *(?:from|import) (simulator[.\w]*)", text, flags=re.MULTILINE))
        assert imported <= {"simulator.scenario.campaign", "simulator.scenario.models"}


def test_the_random_cases_have_every_option() -> None:
    """What the comparison is about is there: pools and none, both kinds of capture, exponents at 0, days in common."""
    scenarios = [case(number).scenario for number in range(NUMBER)]
    assert {s.street.is_pooled for s in scenarios} == {True, False}
    assert {s.street.visits_per_person is None for s in scenarios} == {True, False}
    assert sum(s.street.visit_dispersion_k is not None for s in scenarios) >= 10
    assert {s.recogniser.capture_acts_on_false for s in scenarios} == {True, False}
    assert {s.street.camera_ends for s in scenarios} == {1, 2}
    for exponents in (
        [s.recogniser.list_size_exponent for s in scenarios],
        [s.watchlist.growth_exponent for s in scenarios],
    ):
        assert sum(exponent.value == 0 for exponent in exponents) >= 3
        assert sum(0 < exponent.value < 1 for exponent in exponents) >= 15
    assert {len(s.campaign.days) for s in scenarios} == {2, 3, 4}
    assert any(s.campaign.days[0].date == s.campaign.days[1].date for s in scenarios)
    for number in range(NUMBER):
        floor, size = case(number).envelope
        assert all(threshold >= floor and n <= size for threshold, n in case(number).cells)


def test_drawn_candidates_have_the_distribution_of_everybody_walking_past() -> None:
    """Every count of alerts, persons, passages and handling agrees in all 30 campaigns and pooled over them."""
    print(verdict().summary())
    assert verdict().rejected() == []


def test_drawn_candidates_agree_at_the_corners_too() -> None:
    """The same with options off or at their ends, and with values that differ from replication to replication."""
    tests = {}
    for number, (name, its) in enumerate(corner_cases().items(), start=NUMBER):
        pair = [model(its, SEED + number, CORNER_REPLICATIONS) for model in (draw_and_resolve, walk_and_stop)]
        tests[name] = compare(*pair)
    corners = Verdict.of(tests)
    print(corners.summary())
    assert corners.rejected() == []


@pytest.mark.parametrize(
    ("name", "changes", "mistake"),
    [
        ("two places, half of the listed people come to both", {"watchlist.any_place_share": 0.0}, {}),
        ("two places, nobody comes to both", {"watchlist.any_place_share": 1.0}, {}),
        ("two places, nobody comes to both", {"place": None}, {}),
        ("two vans side by side, and two later", {}, {"in_time": False}),
        ("deployments with thresholds and lists of their own", {"threshold": None}, {}),
        ("deployments with thresholds and lists of their own", {"watchlist_size": None}, {}),
        ("deployments with a footfall of their own, without a pool", {"passages_per_hour": None}, {}),
    ],
)
def test_a_model_that_ignores_what_deployments_say_is_rejected(
    name: str, changes: dict[str, Any], mistake: dict[str, bool]
) -> None:
    """Places, order of time and own settings all show in the counts."""
    its = corner_cases()[name]
    inputs = {key: value for key, value in changes.items() if "." in key}
    days = tuple(
        day.model_copy(update={k: v for k, v in changes.items() if "." not in k}) for day in its.scenario.campaign.days
    )
    campaign = its.scenario.campaign.model_copy(update={"deployments": days})
    wrong = replace(its, scenario=altered(its.scenario.model_copy(update={"campaign": campaign}), inputs))
    right = draw_and_resolve(its, SEED, CORNER_REPLICATIONS)
    found = Verdict.of({0: compare(right, walk_and_stop(wrong, SEED, CORNER_REPLICATIONS, **mistake))}).rejected()
    assert found
    assert not mistake or all("handled" in text for text in found)


@pytest.mark.parametrize(
    ("count", "largest"),
    [
        ("cell 0: alerts", 0.015),
        ("cell 0: false alerts", 0.02),
        ("cell 0: true alerts", 0.035),
        ("cell 1: true_wanted", 0.05),
        ("cell 4: persons falsely alerted twice", 0.035),
        ("cell 0: person-days with alerts at both ends", 0.02),
        ("cell 0: persons falsely alerted on two deployments", 0.04),
        ("handled: arrests", 0.05),
        ("cell 0: false_other_entry", 0.07),
        ("handled: void", 0.1),
    ],
)
def test_small_errors_would_be_seen(count: str, largest: float) -> None:
    """A relative error of this size in a common count brings its pooled test to the limit."""
    pairs = [(drawn(n), walked_past(n)) for n in range(NUMBER) if walked_past(n)[count].any()]
    seen = shift_seen(pairs, count, verdict().pooled_limit)
    print(f"{count}: {seen:.2%}")
    assert seen < largest


def rejected(changes: Changes | None = None, cases: tuple[int, ...] = WITH_POOL, **mistake: bool) -> list[str]:
    """The tests that tell the drawn candidates from a naive model with a mistake."""
    tests = {}
    for number in cases:
        its = replace(case(number), scenario=altered(case(number).scenario, changes or {}))
        wrong = walk_and_stop(its, SEED + number, CONTROL_REPLICATIONS, **mistake)
        right = {name: values[:CONTROL_REPLICATIONS] for name, values in drawn(number).items()}
        tests[number] = compare(right, wrong)
    return Verdict.of(tests).rejected()


def test_a_model_without_persistent_lookalikes_is_rejected() -> None:
    """Without persistence the same people are not alerted again, and the comparison says so."""
    off = {"recogniser.lookalike_persistence_same_day": 0.0, "recogniser.lookalike_persistence_across_days": 0.0}
    failed = rejected(off)
    assert any("persons falsely alerted three times" in text for text in failed)
    assert any("falsely alerted on two deployments" in text for text in failed)
    assert any("false alerts at both ends" in text for text in failed)


def test_a_model_that_keeps_only_the_best_exceedance_is_rejected() -> None:
    """One row per passage loses the alerts on a lower exceedance where a mask takes the best one away."""
    failed = rejected(best_only=True)
    assert any("alert on another entry" in text for text in failed)
    assert any(text.startswith("pooled: cell 2: false alerts, mean") for text in failed)
    assert not any("cell 0" in text for text in failed)


def test_a_model_that_forgets_arrests_overnight_is_rejected() -> None:
    """Who was arrested on one deployment is not on the street at the next."""
    failed = rejected(carried_over=False)
    assert any("handled: void of deployment 1, mean" in text for text in failed)
    assert not any("of deployment 0," in text or "cell" in text for text in failed)


@pytest.mark.parametrize(
    ("changes", "cases"),
    [
        ({"recogniser.lookalike_persistence_across_days": 0.0}, WITH_POOL),
        ({"recogniser.detection_correlation": 0.0}, WITH_POOL),
        ({"recogniser.kin_per_100k_passages": 0.0}, WITH_POOL),
        # the exponent shows only in so far as the list differs from the one of the calibration
        ({"recogniser.list_size_exponent*": 0.6}, WITH_POOL),
        ({"recogniser.fmr_day_dispersion_k": None}, WITH_POOL),
        ({"recogniser.fmr_at_anchor*": 1.1}, WITH_POOL),
        ({"recogniser.tpir_at_anchor*": 0.85}, WITH_POOL),
        ({"watchlist.growth_exponent*": 0.5}, WITH_POOL),
        ({"watchlist.day_dispersion_k": None}, NOT_FOLLOWING),
        ({"watchlist.footfall_elasticity": 0.0}, WITH_POOL),
        ({"recogniser.reference_list_size*": 0.8}, WITH_POOL),
        ({"watchlist.stale_share*": 0.6}, WITH_POOL),
        ({"street.day_dispersion_k": None}, WITH_POOL),
        ({"street.return_same_day*": 0.6}, WITH_POOL),
        ({"street.share_passing_both*": 0.8}, WITH_POOL),
        ({"street.pool_people*": 1.25}, WITH_POOL),
        ({"street.visits_per_person*": 0.8}, VISITS_TOLD),
        ({"street.visit_dispersion_k": None}, REGULARS),
        ({"street.visit_dispersion_k*": 4.0}, REGULARS),
        ({"street.group_matrix": None}, WITH_POOL),
        ({"procedure.remembered": 0.8}, WITH_POOL),
        ({"recogniser.preset": None}, NPL),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_a_model_with_another_value_of_one_option_is_rejected(changes: Changes, cases: tuple[int, ...]) -> None:
    """Every option shows in the counts: no agreement above comes from an option that does nothing."""
    assert rejected(changes, cases)
