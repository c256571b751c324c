"""How much better forecasts are than a baseline, and how sure that is when whole sites and whole months are drawn again.

Rows of one site are alike, and so are rows of one month: a gain seen on a few of either may be gone on the next.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.evidence.check.planned import Planned
from simulator.evidence.statistics.intervals import Interval
from simulator.scenario.quantity import Array

# A gain is said only with as many sites and as many months; with fewer than the second number of either it has no interval.
FEWEST_TO_SHOW, FEWEST_FOR_INTERVAL = 20, 5
DRAWS = 1000
RULE = (
    f"a gain is shown where its 95 % interval, which draws whole sites and whole months again, lies above 0, on at least "
    f"{FEWEST_TO_SHOW} sites and {FEWEST_TO_SHOW} months"
)


@dataclass(frozen=True, kw_only=True)
class Skill:
    """How far CRPS lies below the baseline's as a share (*gain*), on *rows* of so many *sites* and *months*.

    *ci_95* is None where either has fewer than FEWEST_FOR_INTERVAL; *shown* says whether RULE holds.
    """

    rows: int
    sites: int
    months: int
    gain: float
    ci_95: tuple[float, float] | None
    shown: bool


@dataclass(frozen=True)
class Clusters:
    """The *site* and the *month* of each row, as numbers from 0."""

    site: NDArray[np.int64]
    month: NDArray[np.int64]

    @classmethod
    def of(cls, site: tuple[str, ...], day: Array) -> Clusters:
        """The clusters of rows at these sites on these days (since 1970)."""
        months = day.astype("datetime64[D]").astype("datetime64[M]").astype(int)
        return cls(*(np.unique(names, return_inverse=True)[1].astype(np.int64) for names in (np.array(site), months)))

    @property
    def numbers(self) -> tuple[int, int]:
        """How many sites and months there are."""
        return len(set(self.site)), len(set(self.month))

    def error(self, statistic: Callable[[Array], Array]) -> float:
        """Standard error of a *statistic* of row weights (draws, rows) when whole sites, or whole months, are drawn again.

        The two variances are added, less that of drawing what is of one site and one month, which is in both
        (Cameron, Gelbach and Miller 2011); never less than either alone.
        """
        rng = np.random.default_rng(np.random.SeedSequence(20, spawn_key=(6,)))
        cell = self.site * (self.month.max() + 1) + self.month

        def variance(names: NDArray[np.int64]) -> float:
            _, index = np.unique(names, return_inverse=True)
            number = int(index.max()) + 1
            drawn = statistic(rng.multinomial(number, np.full(number, 1 / number), DRAWS).astype(float)[:, index])
            return float(np.var(drawn[np.isfinite(drawn)])) * number / max(number - 1, 1)

        sites, months, cells = (variance(names) for names in (self.site, self.month, cell))
        return math.sqrt(max(sites + months - cells, sites, months))


def skill_of(scores: Array, baseline: Array, clusters: Clusters) -> Skill | None:
    """How much lower the mean of *scores* is than that of the *baseline*; None where the latter is 0 or infinite.

    The interval is Student's, its degrees of freedom one less than the fewer of sites and months.
    """
    total = float(baseline.sum())
    if not 0 < total < np.inf or not np.isfinite(scores).all():
        return None
    sites, months = clusters.numbers
    gain = 1 - float(scores.sum()) / total
    interval = None
    if min(sites, months) >= FEWEST_FOR_INTERVAL:
        from scipy import special

        def share(weights: Array) -> Array:
            with np.errstate(divide="ignore", invalid="ignore"):
                return np.asarray(1 - (weights @ scores) / (weights @ baseline))

        half = float(special.stdtrit(min(sites, months) - 1, 0.975)) * clusters.error(share)
        interval = Interval(gain - half, gain + half)
    shown = interval is not None and interval.low > 0 and min(sites, months) >= FEWEST_TO_SHOW
    return Skill(rows=len(scores), sites=sites, months=months, gain=gain, ci_95=interval, shown=shown)


def skill_by_kind(scores: Array, baseline: Array, planned: Planned) -> dict[str, Skill]:
    """The skill on all of the *planned* rows, and on those of each kind of site where there is any to say."""
    kinds = {"all": np.full(len(planned), True), "van": ~planned.is_fixed, "fixed": planned.is_fixed}
    found = {}
    for name, keep in kinds.items():
        some = planned.take(keep)
        one = skill_of(scores[keep], baseline[keep], Clusters.of(some.site, some.day))
        if one is not None:
            found[name] = one
    return found


__all__ = ["RULE", "Clusters", "Skill", "skill_by_kind", "skill_of"]
