"""Whether a count changed: exact and approximate tests of before against after, with and without a comparison area.

Counts of offences vary more than Poisson counts: by season, by weather, by how they are recorded. With dispersion phi
every variance is phi times as large (quasi-Poisson). Left at 1, nearly every ward "changes significantly" every year.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from simulator.evidence.claim.falls.counts import Counts, CrimeError
from simulator.evidence.statistics.intervals import Interval, clopper_pearson


@dataclass(frozen=True)
class ChangeTest:
    """An *estimate* with its *interval*, and how often chance alone would do as much.

    The estimate is a ratio (1: no change) or a difference of counts (0), below that for a fall. *p* is two-sided,
    *p_fall* the chance of a fall at least as large, both if nothing had changed. *z* is None for an exact test. *df* are
    the degrees of freedom on which *phi* was estimated: Student's t is used; None takes phi as known.
    """

    method: str
    estimate: float
    interval: Interval
    z: float | None
    p: float
    p_fall: float
    phi: float = 1.0
    df: float | None = None

    @property
    def inverse(self) -> float:
        """One over the estimate: of a relative change, Farrington's relative effect size (above 1: the area did better)."""
        return 1 / self.estimate


def normal_tails(z: float, df: float | None = None) -> tuple[float, float]:
    """Two-sided and lower tail at *z*, of Student's t where *df* is given."""
    from scipy import special

    def below(value: float) -> float:
        return float(special.ndtr(value) if df is None else special.stdtr(df, value))

    return 2 * below(-abs(z)), below(z)


def reach(level: float, df: float | None = None) -> float:
    """How many standard errors a two-sided interval of *level* reaches to either side."""
    from scipy import special

    beyond = (1 + level) / 2
    return float(special.ndtri(beyond) if df is None else special.stdtrit(df, beyond))


def _checked(phi: float, level: float, *counts: int) -> None:
    if not 0 < phi < math.inf:
        raise CrimeError(f"phi: must be above 0 (got {phi:g})")
    if not 0 < level < 1:
        raise CrimeError(f"level: must be between 0 and 1 (got {level:g})")
    if counts and min(counts) < 1:
        raise CrimeError("counts: a ratio needs at least one offence in every period (use the exact test)")


def _ratio_test(method: str, log: float, variance: float, phi: float, df: float | None, level: float) -> ChangeTest:
    error = math.sqrt(phi * variance)
    half = reach(level, df) * error
    p, p_fall = normal_tails(log / error, df)
    interval = Interval(math.exp(log - half), math.exp(log + half))
    return ChangeTest(method, math.exp(log), interval, log / error, p, p_fall, phi, df)


def exact_change(counts: Counts, level: float = 0.95) -> ChangeTest:
    """Ratio of daily rates if counts were Poisson: given the total, *after* is binomial (model.md 9).

    The interval is Clopper and Pearson's. The two-sided p adds up all outcomes no more likely than this one.
    """
    from scipy import stats

    _checked(1.0, level)
    total, w = counts.before + counts.after, counts.exposure_ratio
    if not total:
        raise CrimeError("counts: no offence in either period, so nothing can be compared")
    share = w / (1 + w)
    ends = clopper_pearson(counts.after, total, level)
    low, high = (end / (1 - end) / w if end < 1 else math.inf for end in ends)
    p = float(stats.binomtest(counts.after, total, share).pvalue)
    p_fall = float(stats.binomtest(counts.after, total, share, alternative="less").pvalue)
    ratio = counts.after / counts.before / w if counts.before else math.inf
    return ChangeTest("exact", ratio, Interval(low, high), None, p, p_fall)


def before_after(counts: Counts, phi: float = 1.0, df: float | None = None, level: float = 0.95) -> ChangeTest:
    """Ratio of daily rates, after to before: se of its logarithm is sqrt(phi (1/x0 + 1/x1)) (model.md 9)."""
    x0, x1 = counts.before, counts.after
    _checked(phi, level, x0, x1)
    return _ratio_test("before_after", math.log(x1 / x0 / counts.exposure_ratio), 1 / x0 + 1 / x1, phi, df, level)


def with_comparison(counts: Counts, phi: float = 1.0, df: float | None = None, level: float = 0.95) -> ChangeTest:
    """Ratio of the area's change to the comparison area's; its *inverse* is the relative effect size.

    Days cancel. The area and its comparison are taken to vary independently, with the same phi (Farrington et al. 2007).
    """
    x0, x1, (c0, c1) = counts.before, counts.after, _compared(counts)
    _checked(phi, level, x0, x1, c0, c1)
    variance = 1 / x0 + 1 / x1 + 1 / c0 + 1 / c1
    return _ratio_test("with_comparison", math.log(x1 / x0 * c0 / c1), variance, phi, df, level)


def weighted_difference(counts: Counts, phi: float = 1.0, df: float | None = None, level: float = 0.95) -> ChangeTest:
    """Offences more (or, below 0, fewer) than the comparison area's change: (x1 - x0) - (c1 - c0).

    Wheeler and Ratcliffe's weighted displacement difference without a displacement area. It takes the two areas for
    alike in size: twice as large a comparison area has twice the change. Counts after are brought to the days before.
    """
    w, (c0, c1) = counts.exposure_ratio, _compared(counts)
    _checked(phi, level)
    variance = phi * (counts.before + c0 + (counts.after + c1) / w**2)
    if variance == 0:
        raise CrimeError("counts: no offence in either area, so nothing can be compared")
    difference = (counts.after - c1) / w - (counts.before - c0)
    error = math.sqrt(variance)
    half = reach(level, df) * error
    p, p_fall = normal_tails(difference / error, df)
    interval = Interval(difference - half, difference + half)
    return ChangeTest("weighted_difference", difference, interval, difference / error, p, p_fall, phi, df)


def _compared(counts: Counts) -> tuple[int, int]:
    if counts.comparison is None:
        raise CrimeError("comparison: this test needs the offences of a comparison area before and after")
    return counts.comparison
