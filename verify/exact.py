"""Intervals of counts and of campaigns to come by direct draws; and wrong intervals, which must be found out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from simulator.evidence.statistics.intervals import (
    Interval,
    clopper_pearson,
    gamma_posterior,
    garwood,
    mean_interval,
    prediction_interval,
    zero_bound,
)
from verify.score import Row, Scored, Tallies
from verify.summaries import generator
from verify.worlds import SAMPLE

CONTROL = "wrong on purpose"
COUNTS = (0.5, 3.0, 10.0)
SHARES = ((20, 0.1), (1000, 0.003), (200, 0.4))
EXPOSURE, FUTURE = 100.0, 50.0
# Campaigns behind a range of single ones: fewest that have one, one more (where order statistics leap), and several.
FEW = (19, 20, 100)
# Wrong intervals are always scored on so many seeds, however few the others have.
SEEDS = 2000


def exact_scores(seed: int) -> Iterator[Scored]:
    """Exact intervals on a Poisson mean and on a share, the count to come (claims, fits, the record), and a campaign to come."""
    rng = generator(seed)
    for mean in COUNTS:
        count, words = float(rng.poisson(mean)), f"Poisson {mean:g}"
        yield Scored(_row("Garwood", words), _garwood(count), mean)
        law = gamma_posterior(count, EXPOSURE).predict(FUTURE)
        to_come = float(rng.poisson(mean / EXPOSURE * FUTURE))
        yield Scored(_row("predicted", words), law.interval(), to_come)
    for trials, share in SHARES:
        count, words = float(rng.binomial(trials, share)), f"{share:g} of {trials}"
        yield Scored(_row("Clopper-Pearson", words), _clopper_pearson(count, trials), share)
        bound = zero_bound(trials) if count == 0 else 1.0
        yield Scored(_row("bound where none was seen", words), (0.0, bound), share)
    for n in FEW:
        *values, to_come = rng.standard_normal(n + 1)
        single = Row("run, compare, sweep", "campaign_90 of few", "", "direct draws", f"normal, {n} campaigns", 0.90)
        yield Scored(single, prediction_interval(values, 0.90), float(to_come))


def _row(kind: str, of: str) -> Row:
    return Row("claim, fit", kind, "", "direct draws", of, 0.95)


@cache
def _garwood(count: float) -> Interval:
    return garwood(count)


@cache
def _clopper_pearson(count: float, trials: int) -> Interval:
    return clopper_pearson(count, trials)


def wrong_scores(seed: int) -> Iterator[Scored]:
    """Intervals that are wrong: four fifths of Student's, and the average alone."""
    values = generator(seed).poisson(4.0, SAMPLE).astype(float)
    mean, (low, high) = float(values.mean()), mean_interval(values)
    narrow = mean - 0.8 * (mean - low), mean + 0.8 * (high - mean)
    for kind, interval in (("four fifths of Student's t", narrow), ("the average alone", (mean, mean))):
        yield Scored(Row(CONTROL, kind, "common", "direct draws", "Poisson 4", 0.95), interval, 4.0)


def controls() -> Tallies:
    """The wrong intervals, scored."""
    tallies = Tallies()
    for seed in range(1, SEEDS + 1):
        tallies.add(wrong_scores(seed))
    return tallies


__all__ = ["CONTROL", "controls", "exact_scores", "wrong_scores"]
