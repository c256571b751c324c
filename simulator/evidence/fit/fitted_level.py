"""Level and slope of the false match rate as inputs: by the record alone, and with what the scenario knew before."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

import numpy as np

from simulator.evidence.fit.false_alerts import FalseAlerts
from simulator.evidence.fit.fitted_values import FMR, PASSAGES, SLOPE, TRUE, FittedInput, by_interval
from simulator.evidence.fit.level_slope import LevelSlope, net
from simulator.evidence.fit.prior import HOLDS, Prior
from simulator.evidence.fit.prior_found import MedianOf, PriorFound
from simulator.evidence.fit.ratios import Ratio
from simulator.evidence.fit.share_recorded import ShareRecorded
from simulator.evidence.fit.street_rows import faces_per_hour, true_per_face
from simulator.evidence.fit.whole_fit import Fit
from simulator.scenario.inputs import quantities
from simulator.scenario.quantity import Z95, Array

# So many equally likely rows stand for the law of level and slope: enough for the outermost of some hundred campaigns.
DRAWS = 2048


@dataclass(frozen=True)
class Level:
    """The false match rate and what is drawn with it, by dotted key: after the record, and *prior* where there is one.

    *alone* is without that prior; *conflict_p* how probable a count as far off as the record's was before it, *share* how much of
    the comparisons behind the result are of that prior.
    """

    false: FalseAlerts
    prior: Prior
    draws: dict[str, Array]
    alone: dict[str, Array]
    conflict_p: float | None
    share: float | None

    def found(self) -> PriorFound:
        """Both results, for the page."""
        return PriorFound(
            key=FMR,
            used=self.prior.used,
            why=self.prior.why,
            alone=_median_of(self.alone[FMR]),
            with_evidence=_median_of(self.draws[FMR]) if self.prior.used else None,
            conflict_p=self.conflict_p,
            share=self.share,
            may_not_hold=self.prior.may_not_hold,
        )

    def inputs(self, fit: Fit, recorded: ShareRecorded) -> Iterator[FittedInput]:
        """Level, and slope where the record says anything of it."""
        counts = self.false.law.counts
        shape: float | None = self.false.law.shape
        each = ", ".join(f"{k:.0f} at {t:g}" for t, k in zip(counts.thresholds, counts.k, strict=True))
        source = (
            f"{PurePath(fit.records.label).name}, {fit.records.first} to {fit.records.last}: false alerts {each}, per "
            f"{fit.question.unit}"
        )
        if self.prior.used:
            source += f"; before it {self.prior.evidence}, at a weight of {self.prior.weight:g}"
            # a mixture is no gamma law
            shape = None if self.prior.may_not_hold else self.prior.gamma[0] + float(counts.k.sum())
        share = f", divided by {recorded.false:.2f}: the share a force records, repeats left out, simulated"
        divided = share if recorded.false < 1 else ""
        low, middle, high = _quantiles(self.draws[FMR])
        yield by_interval(FMR, middle, low, high, f"{source}{divided}; drawn jointly with the slope", shape)
        away = bool((counts.thresholds != self.false.law.anchor).any())
        if self.prior.used and away:
            low, middle, high = _quantiles(self.draws[SLOPE])
            yield by_interval(SLOPE, middle, low, high, source)
        elif self.false.found.slope_learnt:
            low, middle, high = self.false.law.slope_quantiles()
            yield by_interval(SLOPE, middle, low, high, source)


def level_of(fit: Fit, recorded: ShareRecorded) -> Level | None:
    """Level and slope together, and with them whatever the measured product was divided by.

    None without a count of false alerts, or where nothing leads from it to a rate per comparison.
    """
    false = fit.false_alerts
    if false is None:
        return None
    u = net(DRAWS, 4)
    per_level = _per_level(fit, recorded, u[:, 2])
    if per_level is None:
        return None
    times, columns = per_level
    law, prior = false.law, fit.level_prior
    level, slope = law.draws(u[:, :2])
    alone = {FMR: np.minimum(level * times, 1.0), SLOPE: slope, **columns}
    if not prior.used:
        return Level(false, prior, alone, alone, None, None)
    level, slope, share = after(law, prior, times, u)
    draws = {FMR: np.minimum(level * times, 1.0), SLOPE: slope, **columns}
    before = dict(quantities(fit.scenario))[SLOPE].ppf(u[:, 0])
    return Level(false, prior, draws, alone, _conflict(false, prior, law.exposure_at(before) / times), share)


def after(law: LevelSlope, prior: Prior, times: Array, u: Array) -> tuple[Array, Array, float]:
    """Level and slope after record and *prior*, and the share of the comparisons behind them that are the prior's.

    Where that may not hold, the record says with what probability it does; so many of the draws are from it.
    """
    (shape, comparisons), (wide_shape, wide) = prior.gamma, prior.wide
    level, slope = law.draws_after(shape, comparisons * times, u[:, :2])
    shares = comparisons * times / (comparisons * times + law.exposure_at(slope))
    if not prior.may_not_hold:
        return level, slope, float(shares.mean())
    odds = law.log_evidence(shape, comparisons * times) - law.log_evidence(wide_shape, wide * times)
    holds = u[:, 3] < 1 / (1 + (1 - HOLDS) / HOLDS * math.exp(min(-odds, 700.0)))
    wide_level, wide_slope = law.draws_after(wide_shape, wide * times, u[:, :2])
    return np.where(holds, level, wide_level), np.where(holds, slope, wide_slope), float((shares * holds).mean())


def _conflict(false: FalseAlerts, prior: Prior, comparisons: Array) -> float:
    """Probability, by the whole evidence, of a count as far from its mean as the record's or farther: twice the smaller tail.

    Before the record false alerts in so many *comparisons* (n,) are negative binomial.
    """
    from scipy import stats

    count = float(false.law.counts.k.sum())
    share = prior.second / (prior.second + comparisons)
    below = float(np.mean(stats.nbinom.cdf(count, prior.first, share)))
    above = float(np.mean(stats.nbinom.sf(count - 1, prior.first, share)))
    return min(1.0, 2 * min(below, above))


def _per_level(fit: Fit, recorded: ShareRecorded, u: Array) -> tuple[Array, dict[str, Array]] | None:
    """By what the level per exposure is multiplied for a false match rate (n,), and inputs that are drawn with it.

    *u* (n,) are uniform numbers.
    """
    from scipy import special

    scenario, recogniser = fit.scenario, fit.scenario.recogniser
    faces_per_passage = scenario.street.faces_per_passage.value
    per_passage = recorded.false
    if recogniser.capture_acts_on_false and recogniser.capture_rate is not None:
        per_passage *= recogniser.capture_rate.value
    columns: dict[str, Array] = {}
    z = special.ndtri(u)
    # the product is measured everywhere; what divides it is drawn with it where it is an input too
    same = fit.everywhere.frame is fit.street.frame and not fit.question.error_rates_only
    if fit.question.exposure == "hours":
        footfall = faces_per_hour(fit.everywhere.frame, scenario)
        known = dict(quantities(scenario))[PASSAGES]
        passages = _log_normal(footfall, z) / faces_per_passage if footfall else known.ppf(u)
        if same or footfall is None:
            columns[PASSAGES] = passages
        times = 1 / passages
    elif fit.question.exposure == "faces":
        times = np.full(len(u), faces_per_passage)
    else:
        ratio = true_per_face(fit.everywhere.frame, scenario)
        if ratio is None or not ratio.events or fit.everywhere.list_size is None:
            return None
        times = _log_normal(ratio, z) * faces_per_passage
        if same:
            columns[TRUE] = 1000 * times / recorded.true
        exponent = recogniser.list_size_exponent.value
        times = times / float(recogniser.entries_compared(fit.everywhere.list_size, exponent))
    return times / per_passage, columns


def _log_normal(ratio: Ratio, z: Array) -> Array:
    low, high = (math.log(end) for end in ratio.interval_95)
    middle = math.log(ratio.value)
    return np.asarray(np.exp(middle + z * np.where(z < 0, middle - low, high - middle) / Z95))


def _quantiles(values: Array) -> tuple[float, float, float]:
    low, middle, high = np.quantile(values, [0.025, 0.5, 0.975]).tolist()
    return low, middle, high


def _median_of(values: Array) -> MedianOf:
    low, middle, high = _quantiles(values)
    return MedianOf(median=middle, interval_95=(low, high))
