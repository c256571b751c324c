"""Whether a count changed: an exact and an approximate test of before against after.

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

    The estimate is the ratio of after to before: 1 for no change, below that for a fall. *p* is two-sided, *p_fall* the chance
    of a fall at least as large, both if nothing had changed. *z* is None for an exact test. *df* are the degrees of freedom
    on which *phi* was estimated: Student's t is used; None takes phi as known.
    """

    method: str
    estimate: float
    interval: Interval
    z: float | None
    p: float
    p_fall: float
    phi: float = 1.0
    df: float | None = None


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


def exact_change(counts: Counts, level: float = 0.95) -> ChangeTest:
    """Ratio of after to before if counts were Poisson: given the total, *after* is binomial (model.md 9).

    The interval is Clopper and Pearson's. The two-sided p adds up all outcomes no more likely than this one.
    """
    from scipy import stats

    _checked(1.0, level)
    total = counts.before + counts.after
    if not total:
        raise CrimeError("counts: no offence in either period, so nothing can be compared")
    ends = clopper_pearson(counts.after, total, level)
    low, high = (end / (1 - end) if end < 1 else math.inf for end in ends)
    p = float(stats.binomtest(counts.after, total).pvalue)
    p_fall = float(stats.binomtest(counts.after, total, alternative="less").pvalue)
    ratio = counts.after / counts.before if counts.before else math.inf
    return ChangeTest("exact", ratio, Interval(low, high), None, p, p_fall)


def before_after(counts: Counts, phi: float = 1.0, df: float | None = None, level: float = 0.95) -> ChangeTest:
    """Ratio of after to before: se of its logarithm is sqrt(phi (1/x0 + 1/x1)) (model.md 9)."""
    x0, x1 = counts.before, counts.after
    _checked(phi, level, x0, x1)
    log, error = math.log(x1 / x0), math.sqrt(phi * (1 / x0 + 1 / x1))
    half = reach(level, df) * error
    p, p_fall = normal_tails(log / error, df)
    interval = Interval(math.exp(log - half), math.exp(log + half))
    return ChangeTest("before_after", math.exp(log), interval, log / error, p, p_fall, phi, df)
