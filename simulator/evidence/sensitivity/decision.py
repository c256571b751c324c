"""What better knowledge is worth for one decision: expected value of (partial) perfect information.

The user states the options and the exchange rate: how many listed people stopped one person wrongly stopped weighs. The
net benefit of an option is listed people stopped - rate x people wrongly stopped, both in closed form, and the same two
measures as those of ``choose``.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from simulator.evidence.about.unknowns import Unknown, at_medians, draws, page, uniforms
from simulator.evidence.counted.closed_forms import CLOSEST_FORM, added, forms_by_kind
from simulator.evidence.counted.listed_people import listed_stopped
from simulator.evidence.statistics.gains import gain_interval
from simulator.evidence.statistics.intervals import Interval
from simulator.experiment.replications import cell_of
from simulator.scenario.inputs import Inputs
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Array

# Independent samples, from whose spread the Monte Carlo intervals come; values of the input that is learned; points of
# all the others at each of them; and so many joint draws at most as values to be learned.
SAMPLES, LEARNED, OTHERS, MOST_ROWS = 8, 64, 512, 256
# Counts that differ by a smaller share do not differ; what is worth a smaller share of the counts is not worth measuring.
ROUNDING, NEGLIGIBLE = 1e-9, 1e-4
# How far around the stated rate the answer is followed, and in how fine steps.
WIDEST, STEPS = 1000.0, 600

# Listed people stopped and people wrongly stopped, of one option at every point of a page.
Counts = Callable[[Inputs], tuple[Array, Array]]


@dataclass(frozen=True)
class BestFor:
    """The *option* that is best for exchange rates from *low* to *high* (infinite: for all beyond)."""

    option: int
    low: float
    high: float


@dataclass(frozen=True)
class Learned:
    """Expected counts of every option given what is learned: *benefit* and *harm*, shape (samples, learned, options)."""

    name: str
    benefit: Array
    harm: Array


@dataclass(frozen=True)
class Value:
    """A value of information, in listed people stopped, with the Monte Carlo interval of its estimate (95 %)."""

    name: str
    value: float
    interval: Interval


@dataclass(frozen=True)
class Decision:
    """What is expected of every option, and what is expected given each unknown.

    *benefit* and *harm* (samples, points, options) are counts at points of all unknowns; *learned* has one entry for
    each unknown that changes any of them.
    """

    benefit: Array
    harm: Array
    learned: tuple[Learned, ...]

    @property
    def expected(self) -> tuple[Array, Array]:
        """Expected listed people stopped and people wrongly stopped, of every option."""
        return self.benefit.mean(axis=(0, 1)), self.harm.mean(axis=(0, 1))

    def best(self, rate: float) -> int:
        """The option with the highest expected net benefit; of equals the first."""
        benefit, harm = self.expected
        return int(np.argmax(benefit - rate * harm))

    def perfect(self, rate: float) -> Value:
        """EVPI: what knowing all unknowns exactly before choosing is worth."""
        return self._value("", self.benefit, self.harm, rate)

    def partial(self, rate: float) -> tuple[Value, ...]:
        """EVPPI: what knowing one unknown exactly before choosing is worth, the most valuable first: no more than EVPI."""
        most = self.perfect(rate).interval.high
        values = [self._value(one.name, one.benefit, one.harm, rate, most) for one in self.learned]
        return tuple(sorted(values, key=lambda value: -value.value))

    def _value(self, name: str, benefit: Array, harm: Array, rate: float, most: float = np.inf) -> Value:
        """E max_d - max_d E of the net benefit: the gain over what is best now, which is worth at *most* so much."""
        net, best = benefit - rate * harm, self.best(rate)
        advantage = np.delete(net, best, axis=2).max(axis=2) - net[:, :, best]
        value, (low, high) = float(np.maximum(advantage, 0.0).mean()), gain_interval(advantage)
        return Value(name, value, Interval(low, max(min(high, most), value)))

    def best_by_rate(self) -> tuple[BestFor, ...]:
        """Which option is best for which exchange rates, from 0 on: the upper envelope of the options' lines, exact."""
        return tuple(_envelope(*self.expected))

    def gains(self, rate: float) -> Array:
        """EVPPI of every entry of *learned* at *rate*: shape (learned,)."""
        best = self.best(rate)
        found = np.zeros(len(self.learned))
        for i, one in enumerate(self.learned):
            net = one.benefit - rate * one.harm
            found[i] = (net.max(axis=2) - net[:, :, best]).mean()
        return found

    def top_between(self, rate: float) -> Interval | None:
        """The exchange rates around *rate* over which the same unknown is worth most; None where none is worth measuring.

        An end at *rate* / 1000 or *rate* x 1000 means that it was not followed further.
        """
        top = self._top(rate)
        if top is None:
            return None
        factor = WIDEST ** (1 / STEPS)
        return Interval(self._last(rate, 1 / factor, top), self._last(rate, factor, top))

    def _top(self, rate: float) -> int | None:
        gains = self.gains(rate)
        scale = float(np.max(np.abs(self.expected[0]) + rate * np.abs(self.expected[1])))
        if not len(gains) or gains.max() <= NEGLIGIBLE * scale:
            return None
        return int(np.argmax(gains))

    def _last(self, rate: float, factor: float, top: int) -> float:
        """The last rate in steps of *factor* that has the same *top*, made exact by halving."""
        inside = rate
        for step in range(1, STEPS + 1):
            outside = rate * factor**step
            if self._top(outside) != top:
                for _ in range(40):
                    middle = (inside + outside) / 2
                    inside, outside = (middle, outside) if self._top(middle) == top else (inside, middle)
                break
            inside = outside
        return inside


def _envelope(benefit: Array, harm: Array) -> Iterator[BestFor]:
    """The lines benefit - rate x harm that are highest somewhere at rates of 0 or more, from left to right."""
    at = int(np.lexsort((harm, -benefit))[0])
    low = 0.0
    while True:
        flatter = np.flatnonzero(harm < harm[at])
        if not len(flatter):
            yield BestFor(at, low, np.inf)
            return
        crossings = (benefit[at] - benefit[flatter]) / (harm[at] - harm[flatter])
        # of lines that cross at the same rate the flattest goes on
        following = int(flatter[np.lexsort((harm[flatter], crossings))[0]])
        high = float(crossings.min())
        if high > low:
            yield BestFor(at, low, high)
        at, low = following, high


def weigh(
    found: Sequence[Unknown],
    base: Callable[[int], Inputs],
    options: Sequence[Counts],
    seed: int,
    others: int = OTHERS,
    learned: int = LEARNED,
) -> Decision:
    """Expected counts of the *options* over all unknowns *found*, and given each of them alone.

    EVPPI by nested computation (Brennan et al. 2007): at *learned* values of one unknown, spread evenly over its
    distribution, the counts are averaged over *others* points of all the rest (both powers of 2). The points are the
    same at every value, so an unknown without influence is seen to have none, and is left out. *base* gives a page of so
    many points at the medians.
    """
    values = [_values_to_learn(unknown, learned, seed, (i + 1) * (SAMPLES + 1)) for i, unknown in enumerate(found)]
    flat, moving = base(others), list(range(len(found)))
    sides: list[tuple[Array, Array]] = []
    given: list[list[tuple[Array, Array]]] = [[] for _ in found]
    for sample in range(SAMPLES):
        points = page(flat, *draws(found, uniforms(len(found), others, seed, sample + 1)))
        sides.append(_counts(options, points))
        if sample == 0:
            moving = [i for i in moving if _moves(found[i], values[i][0], points, options, sides[0])]
        tiled = _repeated(points, learned)
        for i in moving:
            given[i].append(_given(found[i], values[i][sample], tiled, others, options))
    benefit, harm = (np.stack(side) for side in zip(*sides, strict=True))
    means = [Learned(found[i].name, *(np.stack(side) for side in zip(*given[i], strict=True))) for i in moving]
    return Decision(benefit, harm, tuple(means))


def _values_to_learn(unknown: Unknown, learned: int, seed: int, number: int) -> Array:
    """Uniform numbers (samples, learned), one in each of as many equal parts; of few joint draws every row once."""
    rows = unknown.rows
    if 0 < rows <= MOST_ROWS:
        return np.tile((np.arange(rows) + 0.5) / rows, (SAMPLES, 1))
    n = MOST_ROWS if rows else learned
    return np.stack([uniforms(1, n, seed, number + sample)[0] for sample in range(SAMPLES)])


def _repeated(points: Inputs, times: int) -> Inputs:
    """All *points* again and again, so many *times*."""
    values = {key: np.tile(column, times) for key, column in points.values.items()}
    return Inputs(points.replications * times, values)


def _moves(unknown: Unknown, u: Array, points: Inputs, options: Sequence[Counts], counts: tuple[Array, Array]) -> bool:
    """Whether *unknown* changes any count at any of *points*: at its lowest, middle and highest value; jointly, at all."""
    for number in u if unknown.rows else np.sort(u)[[0, len(u) // 2, -1]]:
        drawn = unknown.draw(np.full(points.replications, number))
        for given, without in zip(_counts(options, page(points, drawn)), counts, strict=True):
            if np.any(np.abs(given - without) > ROUNDING * np.abs(without)):
                return True
    return False


def _given(unknown: Unknown, u: Array, tiled: Inputs, others: int, options: Sequence[Counts]) -> tuple[Array, Array]:
    """Mean counts with *unknown* at each of its values *u*, over the points in *tiled*: each (values, options)."""
    at_once = tiled.replications // others
    found = []
    for first in range(0, len(u), at_once):
        # the last of them fill up a page and are dropped
        chunk = u[np.minimum(np.arange(first, first + at_once), len(u) - 1)]
        drawn = {key: np.repeat(column, others) for key, column in unknown.draw(chunk).items()}
        counts = _counts(options, page(tiled, drawn))
        found.append([side.reshape(at_once, others, -1).mean(axis=1) for side in counts])
    benefit, harm = (np.concatenate(side)[: len(u)] for side in zip(*found, strict=True))
    return benefit, harm


def _counts(options: Sequence[Counts], points: Inputs) -> tuple[Array, Array]:
    """Benefit and harm of every option: each (points, options)."""
    both = [option(points) for option in options]
    return np.stack([benefit for benefit, _ in both], axis=1), np.stack([harm for _, harm in both], axis=1)


def weigh_scenarios(scenarios: Sequence[Scenario], found: Sequence[Unknown], seed: int) -> Decision:
    """Weigh *scenarios* that differ in one setting, over the unknowns *found* that they share.

    Closed forms, before queues and walking away: each listed person counts once, however often stopped. Of those wrongly
    stopped every stop counts, because almost nobody meets with it twice.
    """
    drawn = {key for unknown in found for key in unknown.keys}
    options = [_counts_of(scenario, drawn) for scenario in scenarios]
    return weigh(found, lambda rows: at_medians(scenarios[0], rows), options, seed)


def _counts_of(scenario: Scenario, drawn: Container[str]) -> Counts:
    """The closed forms of one option, with what it sets itself in place of what the page of another has there."""
    cell = cell_of(scenario)
    own = {key: value[0] for key, value in at_medians(scenario, 1).values.items() if key not in drawn}

    def counts(points: Inputs) -> tuple[Array, Array]:
        fixed = {key: np.full(points.replications, value) for key, value in own.items()}
        inputs = page(points, fixed)
        forms = forms_by_kind(scenario, inputs, cell.threshold, cell.size)
        return listed_stopped(scenario, inputs, forms), added(forms)[CLOSEST_FORM["people_wrongly_stopped"]]

    return counts
