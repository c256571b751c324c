"""What an alternative multiplies an average by: campaigns with its settings beside the same campaigns without them.

Both come from the same seed in one envelope, so that what the settings do not change is the same; where error rates differ,
false alerts are drawn at the higher one and thinned. More and more campaigns are taken until the factor is known
WITHIN a factor of 1.25: at most as many as the run has, and for all alternatives together at most SHARE times as many.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from simulator.evidence.counted.measures import COUNTS, measure
from simulator.evidence.counted.zero import assumed_zero
from simulator.evidence.numbers import counted
from simulator.evidence.run.factor import WITHIN, Factor, UnlikeRecord, by_forms, factor_of_stops
from simulator.evidence.run.precision import checkpoints
from simulator.evidence.run.rates import PREDICTION_LEVEL, Range, bounded
from simulator.evidence.run.record_beside import RECORD_MEASURES, figures_like, recorded
from simulator.evidence.run.study import CHANCE, Study
from simulator.evidence.statistics.averages import average_interval
from simulator.evidence.statistics.differences import ratio
from simulator.evidence.statistics.intervals import Interval, prediction_interval
from simulator.experiment.pairs import pair_of
from simulator.experiment.replications import block_size
from simulator.response.resolve import Engine
from simulator.scenario.alternatives import Alternative
from simulator.scenario.applied import AlreadySoError, with_settings
from simulator.scenario.errors import ScenarioError
from simulator.scenario.quantity import Array

FEWEST, SHARE = 300, 3


class _Twins:
    """Campaigns of one alternative and their twins, as many as were asked for so far."""

    def __init__(self, study: Study, alternative: Alternative, engine: Engine) -> None:
        own = study.scenario_at_cell
        self.study, self.measure = study, alternative.measure
        self.pair = pair_of(own, with_settings(own, alternative.settings), study.envelope, thinned=True)
        self.sides = self.pair.campaigns(study.seed, engine, crowding_out=False)
        alone = self.pair.envelopes[0] == study.envelope and self.pair.block == block_size(
            study.scenario, study.envelope
        )
        # the run has simulated the scenario itself already, unless its twin needs another draw
        self.reused = alone and not self.pair.a_is_thinned
        record = study.scenario.record
        figures = [name for figure in (record.figures if record else ()) for name in RECORD_MEASURES[figure]]
        self.names = {self.measure, *(name.lstrip("-") for name in figures)}
        self.inputs = [side.inputs(0, ignorance=False) for side in self.sides]
        self.pieces = self.pair.pieces(study.seed, 0, ignorance=False)
        self.blocks: list[list[dict[str, Array]]] = [[], []]
        self.factor = Factor(None, None)

    @property
    def drawn(self) -> int:
        """Campaigns drawn so far, twins included."""
        return self.pair.block * sum(map(len, self.blocks))

    def cost(self, campaigns: int) -> int:
        """How many more are drawn until there are so many."""
        blocks = -(-campaigns // self.pair.block)
        return self.pair.block * (blocks * (1 if self.reused else 2)) - self.drawn

    def look(self, campaigns: int) -> None:
        """Draw until there are so many *campaigns*, and say what they tell."""
        for index in range(len(self.blocks[1]), -(-campaigns // self.pair.block)):
            for side in range(self.reused, 2):
                self.blocks[side].append(self._block(side, index))
        values = [_joined(blocks, campaigns) for blocks in self.blocks[self.reused :]]
        if self.reused:
            values.insert(0, {name: self.study.passes[CHANCE][name][:campaigns] for name in self.names})
        self.factor = self._factor(campaigns, *values)

    def _block(self, side: int, index: int) -> dict[str, Array]:
        campaigns = self.sides[side]
        blocks = campaigns.block(index, self.inputs[side], campaigns.size, self.pieces)
        parts = [measure(campaigns.scenario, block) for block in blocks]
        return {name: np.concatenate([part[name] for part in parts]) for name in self.names}

    def _factor(self, campaigns: int, own: dict[str, Array], other: dict[str, Array]) -> Factor:
        a, b, counts = own[self.measure], other[self.measure], self.measure in COUNTS
        quotient = ratio(a, b, counts)
        factor, factor_95 = quotient if quotient else (None, None)
        other_95, why, known = bounded(average_interval(b, counts)), None, _is_known(factor, factor_95)
        none, none_then = (assumed_zero(each, self.measure) for each in (self.pair.a, self.pair.b))
        if none:
            why = f"{none} is 0 with and without it" if none_then else f"{none} is 0 in the scenario"
            known = bool(none_then) or _is_known(float(b.mean()), other_95)
        elif factor is None:
            why = f"none in {counted(campaigns, 'campaign')} without it, which is no evidence of zero"
        elif none_then:
            factor_95, known = Interval(0.0, 0.0), True
        unlike = tuple(_unlike(self.study, own, other))
        some = bool(none) and not none_then
        return Factor(
            float(a.mean()), float(b.mean()), factor, factor_95, other_95, campaigns, known, why, some, unlike
        )


def factors(study: Study, engine: Engine, progress: Callable[[int], None] | None = None) -> tuple[Factor, ...]:
    """The factor of each alternative of the scenario at the cell of *study*; *progress* is told of every campaign drawn."""
    found: dict[int, Factor] = {}
    twins: dict[int, _Twins] = {}
    for number, alternative in enumerate(study.scenario.alternatives):
        try:
            formed = by_forms(study, alternative)
            if formed:
                found[number] = formed
            else:
                twins[number] = _Twins(study, alternative, engine)
        except AlreadySoError:
            found[number] = Factor(None, None, known=True, why_none="already so in this scenario")
        except ScenarioError as error:
            problem = error.problems[0]
            why = ": ".join(part for part in (problem.field, problem.rule) if part)
            found[number] = Factor(None, None, why_none=f"not known, its settings do not go with this scenario ({why})")
    _simulate(twins, budget(study), study.replications, progress)
    found |= {number: each.factor for number, each in twins.items()}
    return tuple(
        replace(found[number], wrongful_stops=factor_of_stops(study, alternative))
        if found[number].factor
        else found[number]
        for number, alternative in enumerate(study.scenario.alternatives)
    )


def budget(study: Study) -> int:
    """How many campaigns all alternatives may take, their twins included."""
    return SHARE * study.replications


def _simulate(twins: dict[int, _Twins], most: int, replications: int, progress: Callable[[int], None] | None) -> None:
    """Look at all *twins* in turn, with more campaigns each time, until all are known or *most* campaigns are drawn."""
    spent = 0
    for first, campaigns in _looks(twins, most, replications):
        for each in twins.values():
            cost = each.cost(campaigns)
            if each.factor.known or not (first or spent + cost <= most):
                continue
            each.look(campaigns)
            spent += cost
            if progress:
                progress(cost)


def _looks(twins: dict[int, _Twins], most: int, replications: int) -> Iterator[tuple[bool, int]]:
    """Numbers of campaigns to look at, the first of which all alternatives can have."""
    if not twins:
        return
    block = max(each.pair.block for each in twins.values())
    for_all = most // sum(2 - each.reused for each in twins.values()) // block * block
    for turn, campaigns in enumerate(checkpoints(block, replications, max(min(FEWEST, for_all), block))):
        yield turn == 0, campaigns


def _joined(blocks: list[dict[str, Array]], campaigns: int) -> dict[str, Array]:
    return {name: np.concatenate([block[name] for block in blocks])[:campaigns] for name in blocks[0]}


def _is_known(value: float | None, ends: Range | None) -> bool:
    return bool(value and ends and ends[1] <= WITHIN * value <= WITHIN * WITHIN * ends[0])


def _unlike(study: Study, own: dict[str, Array], other: dict[str, Array]) -> Iterator[UnlikeRecord]:
    for figure, observed in figures_like(study).items():
        a, b = recorded(own, figure), recorded(other, figure)
        ends = prediction_interval(b, PREDICTION_LEVEL)
        if ends and not ends.low <= observed <= ends.high:
            yield UnlikeRecord(figure=figure, recorded=observed, average=float(a.mean()), average_with=float(b.mean()))


__all__ = ["budget", "factors"]
