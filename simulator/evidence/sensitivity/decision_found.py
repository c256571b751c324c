"""A decision weighed: the best option, what knowing more is worth, and for which exchange rates both hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from simulator.evidence.about.header import Unit
from simulator.evidence.about.outside import outside_support
from simulator.evidence.about.unknowns import UnknownInput, unknowns
from simulator.evidence.sensitivity.decision import WIDEST, Decision, Value, weigh_scenarios
from simulator.evidence.statistics.intervals import Interval
from simulator.scenario.models import Scenario
from simulator.scenario.year import laid_out

BEFORE = "closed form, before queues and walking away"
# Options whose counts differ by less are alike.
ALIKE = 1e-9
# Inputs that are worth less than this part of knowing everything are not told one by one.
SMALLEST_PART = 0.01


@dataclass(frozen=True)
class Choice:
    """A decision the user states: *options* of the setting *key* with their scenarios, and the *exchange* rate."""

    key: str
    options: tuple[float, ...]
    scenarios: tuple[Scenario, ...]
    exchange: float


@dataclass(frozen=True, kw_only=True)
class Option:
    """One option with its expected counts per campaign.

    *best_for_exchange* are the rates for which it is the best of them all: None for none, a high end of None for all beyond.
    """

    value: float
    listed_stopped: float
    people_wrongly_stopped: float
    net_benefit: float
    best_for_exchange: tuple[float, float | None] | None
    warnings: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class InputWorth(UnknownInput):
    """What it would be worth to know one input exactly, in listed people stopped, with its Monte Carlo interval."""

    evppi: float
    evppi_95: Interval


@dataclass(frozen=True, kw_only=True)
class DecisionFound:
    """Options weighed at the user's *exchange* rate, and what it would be worth to know more, the most valuable input first.

    *top_for_exchange* are the rates over which the same input is worth most, None where none is worth measuring.
    """

    key: str
    exchange: float
    label: str = BEFORE
    options: tuple[Option, ...]
    all_alike: bool
    best: float
    best_is_at_an_end: bool
    evpi: float
    evpi_95: Interval
    evppi: tuple[InputWorth, ...]
    top_for_exchange: Interval | None
    top_is_clear: bool | None
    unit: Literal["listed people stopped per campaign", "listed people stopped per year"]

    @property
    def of(self) -> Unit:
        """What the counts are of."""
        return "year" if self.unit.endswith("year") else "campaign"

    @property
    def best_option(self) -> Option:
        """The option that is best at the stated rate."""
        return next(option for option in self.options if option.value == self.best)

    @property
    def worth_telling(self) -> tuple[InputWorth, ...]:
        """The inputs that are worth more than a small part of knowing everything."""
        return tuple(item for item in self.evppi if item.evppi > SMALLEST_PART * self.evpi)

    @property
    def rival(self) -> InputWorth:
        """The input, the most valuable after the first, that the estimates do not tell from it; where it is not clear."""
        top, *others = self.evppi
        return next((item for item in others if item.evppi_95.high >= top.evppi_95.low), others[0])

    @property
    def top_followed(self) -> tuple[float, float | None] | None:
        """The rates over which the most valuable input is known to be that; 0 or None where it was not followed further."""
        if self.top_for_exchange is None or self.top_is_clear is False:
            return None
        low, high = self.top_for_exchange
        return (
            0.0 if low <= 1.001 * self.exchange / WIDEST else low,
            None if high >= 0.999 * self.exchange * WIDEST else high,
        )


def decide(choice: Choice, seed: int) -> DecisionFound:
    """The best option, what knowing more is worth, and over which exchange rates both hold."""
    return decided(choice, weigh_scenarios(choice.scenarios, unknowns(choice.scenarios[0]), seed))


def decided(choice: Choice, decision: Decision) -> DecisionFound:
    """The same of options that have been weighed: the *decision* holds for any exchange rate."""
    first, rate = choice.scenarios[0], choice.exchange
    found = unknowns(first)
    benefit, harm = decision.expected
    best = choice.options[decision.best(rate)]
    lines = {line.option: (line.low, _finite(line.high)) for line in decision.best_by_rate()}
    values, perfect = decision.partial(rate), decision.perfect(rate)
    of = {unknown.name: unknown for unknown in found}
    return DecisionFound(
        key=choice.key,
        exchange=rate,
        options=tuple(
            Option(
                value=value,
                listed_stopped=float(benefit[i]),
                people_wrongly_stopped=float(harm[i]),
                net_benefit=float(benefit[i] - rate * harm[i]),
                best_for_exchange=lines.get(i),
                warnings=(*outside_support(scenario), *scenario.campaign.notes),
            )
            for i, (value, scenario) in enumerate(zip(choice.options, choice.scenarios, strict=True))
        ),
        all_alike=all(bool(np.ptp(side) <= ALIKE * side.max()) for side in (benefit, harm)),
        best=best,
        best_is_at_an_end=best in (min(choice.options), max(choice.options)),
        evpi=perfect.value,
        evpi_95=perfect.interval,
        evppi=tuple(
            InputWorth.of(first, of[value.name], evppi=value.value, evppi_95=value.interval) for value in values
        ),
        top_for_exchange=decision.top_between(rate) if values else None,
        top_is_clear=_clear(values),
        unit="listed people stopped per campaign" if laid_out(first) is None else "listed people stopped per year",
    )


def _finite(x: float) -> float | None:
    return float(x) if np.isfinite(x) else None


def _clear(values: tuple[Value, ...]) -> bool | None:
    """Whether the most valuable unknown is above all others beyond the error of the estimates; None without another."""
    return None if len(values) < 2 else values[0].interval.low > max(other.interval.high for other in values[1:])


__all__ = ["Choice", "DecisionFound", "InputWorth", "Option", "decide", "decided"]
