"""Closed-form expectations of passages and alerts, before depletion, repeats and queues."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import add

import numpy as np

from simulator.scenario.inputs import Inputs
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Array
from simulator.street.crowd import pool_of
from simulator.street.day_kinds import DayKind, day_kinds
from simulator.street.footfall import passages_per_trip
from simulator.street.groups import groups_of
from simulator.street.kin import kin_share
from simulator.street.listed import listed_share
from simulator.street.people import Index
from simulator.street.recogniser import ScoreLaws, fpir

# Gauss-Laguerre nodes and weights: how far up the tail another entry's score lies, where FMR falls to e^-t of that at T.
# Six are right to 0.1 % while less than one stranger in two alerts, to 1 % while less than 99 % do.
TAIL = tuple(zip(*np.polynomial.laguerre.laggauss(6), strict=True))


@dataclass(frozen=True)
class Expected:
    """Expected counts, arrays (replications,); *ppv* is the share of alerts that are true."""

    passages: Array
    listed_passages: Array
    true_alerts: Array
    false_alerts: Array

    @property
    def alerts(self) -> Array:
        """True and false alerts."""
        return self.true_alerts + self.false_alerts

    @property
    def ppv(self) -> Array:
        """Share of alerts that are true (1/2 where none is expected, so that no criterion is moved by nothing)."""
        return np.divide(self.true_alerts, self.alerts, out=np.full_like(self.alerts, 0.5), where=self.alerts > 0)

    def __add__(self, other: Expected) -> Expected:
        return Expected(*(mine + its for mine, its in zip(vars(self).values(), vars(other).values(), strict=True)))


class Expectations:
    """Closed forms of one set of *inputs*, for any cell."""

    def __init__(self, scenario: Scenario, inputs: Inputs) -> None:
        self.scenario, self.inputs = scenario, inputs
        self.recogniser, self.groups = ScoreLaws(scenario, inputs), groups_of(scenario)
        self.kinds, self.kind_of_day = day_kinds(scenario)
        self.passages = np.sum([kind.expected_passages(inputs) for kind in self.kinds], axis=0)
        # of a place, where there are several alike
        self.places = len(scenario.campaign.places)
        self.pool = pool_of(inputs, (self.passages / passages_per_trip(inputs) / self.places)[:, None])
        self.levels = _DayLevels(inputs, self.pool is not None)

    def at(self, threshold: float, size: float) -> Expected:
        """Expected counts of the campaign at *threshold* with a list of *size*, where deployments have none of their own."""
        return reduce(add, (self.of_kind(kind, threshold, size) for kind in self.kinds))

    def ppv_by_kind(self, threshold: float, size: float) -> Array:
        """Share of alerts that are true on each kind of deployment: shape (replications, kinds)."""
        return np.stack([self.of_kind(kind, threshold, size).ppv for kind in self.kinds], axis=1)

    def of_kind(self, kind: DayKind, threshold: float, size: float) -> Expected:
        """Expected counts of all deployments of one *kind* (model.md section 6).

        The draw has the longest list of any deployment: people who are on that one alone are passers-by here.
        """
        sizes = [one.cell(threshold, size)[1] for one in self.kinds]
        threshold, size = kind.cell(threshold, size)
        recogniser, groups, levels = self.recogniser, self.groups, self.levels
        passages = kind.expected_passages(self.inputs)
        listed, kin, unlisted, ordinary = self._shares(size, max(sizes))
        x = recogniser.comparisons_fmr(size, threshold)
        true = np.zeros_like(passages)
        false = np.zeros_like(passages)
        street = np.diff(groups.street_cdf, prepend=0.0)
        on_list = np.diff(groups.listed_cdf, prepend=0.0)
        capture = recogniser.false_capture
        for g in range(len(street)):
            shift, of_group = float(groups.score_shift[g]), x * groups.relative_fmr[g]
            tpir, kin_tpir = recogniser.tpir(threshold, shift), recogniser.kin_tpir(threshold, shift)
            other = fpir(levels.on_average(of_group))
            # who does not alert on the own entry, or on the relative's, may alert on any other
            relative = kin_tpir + np.maximum(capture - kin_tpir, 0.0) * other
            beaten = self._beaten(threshold, shift, tpir, of_group)
            true += passages * listed * on_list[g] * (tpir - beaten)
            false += passages * street[g] * (ordinary * capture * other + kin * relative)
            false += passages * unlisted * on_list[g] * capture * other
            false += passages * listed * on_list[g] * (np.maximum(capture - tpir, 0.0) * other + beaten)
        return Expected(passages * (listed + kin + unlisted + ordinary), passages * listed, true, false)

    def _shares(self, size: float, longest: float) -> tuple[Array, Array, Array, Array]:
        """Shares of the footfall that are on a list of *size*, their kin, only on the *longest* list, and everybody else."""
        listed, kin, others = self._shares_of_draw(longest)
        on_list = (size / longest) ** self.inputs["watchlist.growth_exponent"]
        of_kin = kin * (size / longest)
        return listed * on_list, of_kin, listed * (1 - on_list), others + (kin - of_kin)

    def _shares_of_draw(self, size: float) -> tuple[Array, Array, Array]:
        """Shares that are people on the longest list, of *size*, their kin, and everybody else; they need not sum to 1.

        Listed people and kin are Poisson numbers: the members of a pool can run out, and everybody else with them.
        """
        listed = listed_share(self.scenario, self.inputs, self.recogniser, size)
        kin, pool = kin_share(self.scenario, self.inputs, size), self.pool
        if pool is None:
            return listed, kin, np.clip(1 - listed - kin, 0.0, 1.0)
        kin = np.minimum(kin, 1.0)
        no_listed, no_kin = _too_many(listed, pool), _too_many(kin, pool)
        ordinary = 1 - listed - kin + _too_many(listed + kin, pool)
        return listed - no_listed, kin - no_kin, np.maximum(ordinary, 0.0)

    def _beaten(self, threshold: float, shift: float, tpir: Array, x: Array) -> Array:
        """Chance that a listed person alerts, but on another entry whose score lies above their own.

        The best other entry lies at score s with density -d/ds exp(-x(s)), days averaged; their own then lies between
        the threshold and s with chance TPIR(T) - TPIR(s).
        """
        recogniser, beaten = self.recogniser, np.zeros_like(x)
        replication = np.arange(len(x))
        for t, weight in TAIL:
            share = np.exp(-t)
            score = recogniser.false_scores(share, replication, threshold)
            beaten += weight * (tpir - recogniser.tpir(score, shift)) * self.levels.density(share * x)
        return beaten * x


class _DayLevels:
    """Exceedances x of a passage, where the day's gamma factor acts on those that are not kept for good."""

    def __init__(self, inputs: Inputs, pooled: bool) -> None:
        key = "recogniser.lookalike_persistence_{}"
        kept = np.minimum(inputs[key.format("across_days")], inputs[key.format("same_day")])
        self.k = inputs.get("recogniser.fmr_day_dispersion_k")
        self.kept = kept if pooled else np.zeros_like(kept)

    def on_average(self, x: Array) -> Array:
        """The h for which exp(-h) is the chance of none: exp(-x kept) (1 + x (1 - kept) / k)^-k."""
        if self.k is None:
            return x
        return np.asarray(x * self.kept + self.k * np.log1p(x * (1 - self.kept) / self.k))

    def density(self, x: Array) -> Array:
        """By how much the chance of none falls with x: exp(-h) dh/dx."""
        if self.k is None:
            return np.asarray(np.exp(-x))
        slope = self.kept + (1 - self.kept) / (1 + x * (1 - self.kept) / self.k)
        return np.asarray(np.exp(-self.on_average(x)) * slope)


def _too_many(share: Array, pool: Index) -> Array:
    """Expected part of a *pool* by which a Poisson number of people, *share* of it on average, exceeds it."""
    from scipy import special

    mean = share * pool
    beyond = mean * special.gammainc(pool, mean) - pool * special.gammainc(pool + 1, mean)
    return np.asarray(np.maximum(beyond, 0.0) / pool)


def expected(scenario: Scenario, inputs: Inputs, threshold: float, size: float) -> Expected:
    """Expected counts at *threshold* with a list of *size*."""
    return Expectations(scenario, inputs).at(threshold, size)
