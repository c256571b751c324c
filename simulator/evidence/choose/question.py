"""What ``choose`` is asked, and what has to be simulated to answer it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from simulator.evidence.about.support import OTHER
from simulator.evidence.choose.limits import Limit, LimitError, parse_limit
from simulator.experiment.axes import THRESHOLD, Axis, parse_axis
from simulator.experiment.replications import fits
from simulator.experiment.sweep import Load, Sweep, latin_hypercube, plan_sweep
from simulator.scenario.days import without_own
from simulator.scenario.errors import ScenarioError, shown
from simulator.scenario.inputs import Inputs, drawn_inputs, median_inputs
from simulator.scenario.loader import load_scenario
from simulator.scenario.models import Scenario
from simulator.scenario.numbers import suggested_share
from simulator.scenario.year import NOT_KNOWN, load_year, year_of
from simulator.street.candidates import Envelope
from simulator.street.expectations import expected

OVER = "0.56:0.70:0.01"
# Fewer campaigns, or draws, cannot show that 95 % of all keep to a limit, even if every one of them does.
FEWEST = 60
# A threshold is left out where so many alerts a campaign are expected, and so many times as at the highest threshold:
# under the widest inputs of a preset everybody alerts, which would take hours and answers nothing.
MOST_ALERTS, MOST_TIMES = 5_000.0, 25.0


class ThresholdsError(ValueError):
    """Thresholds that cannot be compared; the message is ready for the user."""


@dataclass(frozen=True)
class Question:
    """Which of the *thresholds* of the scenario *name* with its *overrides* keep to the *limits*?

    *replications* campaigns at the median inputs, and as many with inputs drawn *draws* times from their intervals.
    Raises ValueError for too few of either.
    """

    name: str
    overrides: tuple[str, ...]
    limits: tuple[Limit, ...]
    thresholds: tuple[float, ...]
    seed: int
    replications: int
    draws: int

    def __post_init__(self) -> None:
        for name, given in (("replications", self.replications), ("draws", self.draws)):
            if given < FEWEST:
                raise ValueError(f"{name} must be at least {FEWEST}: fewer show nothing at 95 % (got {given})")


@dataclass(frozen=True)
class Setting:
    """One preset (None where the scenario names none): both sweeps, over the thresholds that can be simulated."""

    preset: str | None
    scenario: Scenario
    chance: Sweep
    ignorance: Sweep


def question_of(
    scenario: str | Path,
    limits: str | Sequence[str],
    over: str | Sequence[float] = OVER,
    *,
    overrides: Sequence[str] = (),
    replications: int = 500,
    draws: int = 250,
    seed: int = 1,
) -> Question:
    """The question in the terms of the command line (see *choose*); each limit is asked once.

    Raises LimitError, ThresholdsError or ScenarioError for what cannot be read.
    """
    read = map(parse_limit, [limits] if isinstance(limits, str) else limits)
    return Question(
        str(scenario), tuple(overrides), tuple(dict.fromkeys(read)), _thresholds(over), seed, replications, draws
    )


def _thresholds(over: str | Sequence[float]) -> tuple[float, ...]:
    text = over if isinstance(over, str) else ",".join(map(repr, map(float, over)))
    axis = parse_axis(text if "=" in text else f"{THRESHOLD}={text}")
    if axis.key != THRESHOLD:
        raise ThresholdsError(
            f"must be {THRESHOLD}=VALUES, because choose varies the threshold alone (got {shown(axis.key)}); set anything else "
            f"with --set"
        )
    numbers = tuple(value for value in axis.values if isinstance(value, float))
    if len(numbers) < len(axis.values):
        raise ThresholdsError("thresholds must be numbers")
    outside = [value for value in numbers if not 0 <= value <= 1]
    if outside:
        raise ThresholdsError(
            f"thresholds must be between 0 and 1 (got {outside[0]:g}){suggested_share(outside[0], True)}"
        )
    return numbers


def settings_of(question: Question) -> tuple[list[Setting], list[str]]:
    """The scenario as it is, then with the other preset where it names one; and sentences on what could not be loaded.

    Where a limit is per year, it is the scenario's year. Raises LimitError where the scenario cannot answer a limit,
    ScenarioError for what it does not allow.
    """
    load = _reader(question)
    own = load(question.name, question.overrides)
    settings, unread = [_setting(question, own, question.overrides, load)], []
    if own.recogniser.preset:
        preset = OTHER[own.recogniser.preset]
        overrides = (*question.overrides, f"recogniser.preset={preset}")
        try:
            settings.append(_setting(question, load(question.name, overrides), overrides, load))
        except ScenarioError as error:
            unread.append(f"The scenario cannot be read with the other preset, {preset}: {error.problems[0].rule}.")
    return settings, unread


def _reader(question: Question) -> Load:
    """What reads the scenario for all limits, each threshold compared holding on all days: as its year where one is per year."""
    if all(limit.unit != "year" for limit in question.limits):
        return _at_any_threshold(load_scenario)
    own = load_scenario(question.name, question.overrides)
    year = year_of(own)
    if year is None:
        raise LimitError(f"per year: {NOT_KNOWN}")
    mixed = next((limit.text for limit in question.limits if limit.unit == "campaign"), None)
    if mixed is not None and year is not own:
        raise LimitError(
            f"{shown(mixed)} is per campaign and another limit per year, which are simulated apart; give both per year, or ask "
            f"for one at a time"
        )
    return _at_any_threshold(load_year)


def _at_any_threshold(load: Load) -> Load:
    return lambda name, overrides: without_own(load(name, overrides), THRESHOLD, "the thresholds compared")


def _setting(question: Question, scenario: Scenario, overrides: Sequence[str], load: Load) -> Setting:
    drawn = drawn_inputs(scenario, question.draws, lambda key: latin_hypercube(question.seed, key, question.draws))
    crowding = any(limit.measure == "crowded_out" for limit in question.limits)
    sweeps = []
    for inputs, draws in ((median_inputs(scenario, 1), None), (drawn, question.draws)):
        axis = Axis(THRESHOLD, _few_enough(question, scenario, inputs))
        sweeps.append(
            plan_sweep(
                question.name, overrides, [axis], question.seed, question.replications, draws, crowding, load=load
            )
        )
    return Setting(scenario.recogniser.preset, scenario, *sweeps)


def _few_enough(question: Question, scenario: Scenario, inputs: Inputs) -> tuple[float, ...]:
    """The thresholds at which alerts are few enough to be simulated."""
    size = scenario.watchlist.size.value
    alerts = [float(expected(scenario, inputs, t, size).alerts.mean()) for t in question.thresholds]
    most = max(MOST_ALERTS, MOST_TIMES * alerts[-1])
    # expected alerts fall with the threshold, so what is left is without a gap
    few = tuple(t for t, n in zip(question.thresholds, alerts, strict=True) if n <= most)
    # where none fits into memory, the plan says why
    return tuple(t for t in few if fits(scenario, inputs, Envelope(t, size))) or few


def campaigns_in(settings: Sequence[Setting]) -> int:
    """Campaigns to simulate in all."""
    return sum(len(s.cells) * s.replications for setting in settings for s in (setting.chance, setting.ignorance))


__all__ = [
    "FEWEST", "OVER", "Question", "Setting", "ThresholdsError", "campaigns_in", "question_of", "settings_of",
]  # fmt: skip
