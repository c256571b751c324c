"""The question of ``lfrsim sensitivity``, as it is asked in words and numbers, and its answer."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeAlias

from simulator.evidence.about.bars import Bars, no_bars
from simulator.evidence.about.question import QuestionError
from simulator.evidence.counted.covered import uncovered
from simulator.evidence.counted.measures import NAMES
from simulator.evidence.sensitivity.analysis import Question, analyse
from simulator.evidence.sensitivity.decision_found import Choice
from simulator.evidence.sensitivity.found import SensitivityFound
from simulator.evidence.sensitivity.plan import Plan, plan_for
from simulator.experiment.floods import check_flood
from simulator.response import engines
from simulator.scenario.errors import ScenarioError, shorten, shown
from simulator.scenario.explain import near_hint, takes_percent
from simulator.scenario.loader import load_scenario
from simulator.scenario.models import Scenario
from simulator.scenario.numbers import read_number, split_list
from simulator.scenario.year import load_year

MOST_CAMPAIGNS, MOST_OPTIONS = 5_000_000, 20
FEWEST_POINTS, MOST_POINTS = 16, 65_536
Load: TypeAlias = Callable[[Sequence[str]], Scenario]


def question_of(
    scenario: str | Path,
    measure: str = "wrongful_stops",
    overrides: Sequence[str] = (),
    decide: str | None = None,
    exchange: float | None = None,
    points: int | None = None,
    simulate: bool = False,
    seed: int = 1,
    year: bool = False,
) -> Question:
    """The question from what a user writes (see *sensitivity*)."""
    _check_points(points)
    if measure not in NAMES:
        hint = near_hint(measure, NAMES) or "; their names are in docs/reference/outputs.md, for example wrongful_stops"
        raise QuestionError("measure", f"no measure is called {shown(measure)}{hint}")
    if (decide is None) != (exchange is None):
        missing = "--exchange X, your rate" if exchange is None else "--decide KEY=A,B,..., the options"
        raise QuestionError(
            "decide and exchange",
            f"go together: {missing}, is missing. One person wrongly stopped weighs as much as X listed people stopped; "
            f"no rate is shipped, because it is a judgement",
        )
    load = partial(load_year if year else load_scenario, scenario)
    loaded, choice = load(overrides), None
    if decide is not None and exchange is not None:
        choice = _choice(loaded, load, overrides, decide, exchange)
    return Question(loaded, measure, _plan(loaded, measure, points, simulate), seed, choice)


def _check_points(points: int | None) -> None:
    if points is None or (FEWEST_POINTS <= points <= MOST_POINTS and points & (points - 1) == 0):
        return
    near = min(max(1 << (points - 1).bit_length() if points > 0 else 0, FEWEST_POINTS), MOST_POINTS)
    rule = f"must be a power of 2 between {FEWEST_POINTS} and {MOST_POINTS:,}, such as {near:,} (got {points})"
    raise QuestionError("points", rule)


def _plan(scenario: Scenario, measure: str, points: int | None, simulate: bool) -> Plan:
    plan = plan_for(scenario, measure, points, simulate)
    check_flood(scenario, plan.campaigns)
    if plan.campaigns > MOST_CAMPAIGNS:
        raise QuestionError(
            "points",
            f"{plan.rows:,} points would take {plan.campaigns:,} simulated campaigns, and {MOST_CAMPAIGNS:,} are the most; "
            f"give fewer points",
        )
    return plan


def _choice(scenario: Scenario, load: Load, overrides: Sequence[str], decide: str, exchange: float) -> Choice:
    """The options that KEY=A,B,... names, each read by *load* as a scenario of its own."""
    place = f"decide {shorten(decide)}"
    key, equals, text = (part.strip() for part in decide.partition("="))
    if not equals or not key:
        raise QuestionError(place, "must be KEY=A,B,..., for example recogniser.threshold=0.60,0.64")
    try:
        values = split_list(text, key)
    except ValueError as error:
        raise QuestionError(place, str(error)) from None
    options = tuple(_number(item, takes_percent(key), place) for item in values)
    different = len(set(options))
    if not 2 <= different == len(options) <= MOST_OPTIONS:
        got = f"{different} different among {len(options)}" if different < len(options) else different
        raise QuestionError(place, f"needs 2 to {MOST_OPTIONS} options, each once (got {got})")
    if not (math.isfinite(exchange) and 0 < exchange <= 1e9):
        raise QuestionError("exchange", f"must be above 0 and at most 1,000,000,000 (got {exchange:g})")
    if scenario.joint_draws and key in scenario.joint_draws.columns:
        raise QuestionError(
            place,
            f"{key} is drawn jointly with others in {scenario.joint_draws.file}, so it cannot be chosen; leave its column "
            f"out of that file",
        )
    scenarios = tuple(_option(load, overrides, f"{key}={value}") for value in values)
    used = dict.fromkeys(field for option in scenarios for field in uncovered(option))
    if used:
        raise QuestionError(
            place,
            f"weighs closed forms, which do not cover {', '.join(used)}; leave that out, or compare the options by run",
        )
    return Choice(key, options, scenarios, exchange)


def _number(text: str, percent: bool, place: str) -> float:
    number = read_number(text, percent)
    if number is None:
        raise QuestionError(place, f"every option must be a number (got {shown(text)})")
    return number


def _option(load: Load, overrides: Sequence[str], option: str) -> Scenario:
    """The scenario with one *option* of the decision; what is wrong with it is said of ``--decide``."""
    try:
        return load([*overrides, option])
    except ScenarioError as error:
        raise error.at({f"--set {shorten(option)}": f"--decide {shorten(option)}"}) from None


def answered(question: Question, bars: Bars = no_bars, say: Callable[[str], None] = lambda _: None) -> SensitivityFound:
    """Answer *question*, simulating where there is no formula; *say* is told of what takes time before that."""
    if not question.plan.campaigns:
        return analyse(question)
    engine = engines.engine_named("auto", say)
    with bars(question.plan.campaigns, "campaigns") as told:
        return analyse(question, engine, told)


def sensitivity(
    scenario: str | Path,
    *,
    measure: str = "wrongful_stops",
    overrides: Sequence[str] = (),
    decide: str | None = None,
    exchange: float | None = None,
    points: int | None = None,
    simulate: bool = False,
    seed: int = 1,
    year: bool = False,
) -> SensitivityFound:
    """Which inputs of a *scenario* (a file, or the name of a shipped one) the average of *measure* hangs on.

    *decide* names the options of one decision, such as "recogniser.threshold=0.60,0.64", and *exchange* your rate: one
    person wrongly stopped weighs as much as so many listed people stopped. *points* of each sample are a power of 2. *simulate*
    asks for simulated averages also where the measure has a closed form, *year* for the scenario's year. Raises
    QuestionError for what cannot be asked, ScenarioError for mistakes in the scenario.
    """
    return answered(question_of(scenario, measure, overrides, decide, exchange, points, simulate, seed, year))


__all__ = ["answered", "question_of", "sensitivity"]
