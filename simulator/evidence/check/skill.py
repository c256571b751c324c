"""How much better forecasts are than a baseline, and how sure that is when whole sites and whole months are drawn again.

Rows of one site are alike, and so are rows of one month: a gain seen on a few of either may be gone on the next. So may one on
a few events, however many rows have none.
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

# A gain or a loss is shown only with as many sites, months and events; with fewer than the second number of any it has no
# interval.
FEWEST_TO_SHOW, FEWEST_FOR_INTERVAL = 20, 5
# A forecast whose own total leaves less than this on either side is wrong, whatever it gains.
TAIL = 0.025
DRAWS = 1000
RULE = (
    f"a gain is shown where its 95 % interval, which draws whole sites and whole months again, lies above 0, on at least "
    f"{FEWEST_TO_SHOW} sites, {FEWEST_TO_SHOW} months and {FEWEST_TO_SHOW} events, unless the total lies in the outer "
    f"{100 * TAIL:g} % of its forecast"
)


@dataclass(frozen=True, kw_only=True)
class Skill:
    """How far CRPS lies below the baseline's as a share (*gain*), on *rows* of so many *sites* and *months* with *events*.

    *ci_95* is None where any of these has fewer than FEWEST_FOR_INTERVAL. *total_in_tail* says that the forecast's own total is
    rejected (None: rows were not forecast together), *shown* whether RULE holds, *worse* whether it holds of the baseline's gain.
    """

    rows: int
    sites: int
    months: int
    events: int
    gain: float
    ci_95: tuple[float, float] | None
    total_in_tail: bool | None
    shown: bool
    worse: bool

    @property
    def few(self) -> dict[str, int]:
        """What there is too little of for anything to be shown, by its word."""
        numbers = {"site": self.sites, "month": self.months, "event": self.events}
        return {word: number for word, number in numbers.items() if number < FEWEST_TO_SHOW}


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


def skill_of(
    scores: Array, baseline: Array, clusters: Clusters, observed: Array, draws: Array | None = None
) -> Skill | None:
    """How much lower the mean of *scores* is than that of the *baseline*; None where the latter is 0 or infinite.

    *observed* (rows,) is what came, *draws* (draws, rows) what was forecast where rows were forecast together. The interval is
    Student's, its degrees of freedom one less than the fewer of sites and months.
    """
    total = float(baseline.sum())
    if not 0 < total < np.inf or not np.isfinite(scores).all():
        return None
    sites, months = clusters.numbers
    gain, events = 1 - float(scores.sum()) / total, int(observed.sum())
    interval = None
    if min(sites, months, events) >= FEWEST_FOR_INTERVAL:
        from scipy import special

        def share(weights: Array) -> Array:
            with np.errstate(divide="ignore", invalid="ignore"):
                return np.asarray(1 - (weights @ scores) / (weights @ baseline))

        half = float(special.stdtrit(min(sites, months) - 1, 0.975)) * clusters.error(share)
        interval = Interval(gain - half, gain + half)
    rejected = None if draws is None else _in_tail(draws.sum(axis=1), float(observed.sum()))
    enough = interval is not None and min(sites, months, events) >= FEWEST_TO_SHOW
    return Skill(
        rows=len(scores),
        sites=sites,
        months=months,
        events=events,
        gain=gain,
        ci_95=interval,
        total_in_tail=rejected,
        shown=bool(enough and interval is not None and interval.low > 0 and not rejected),
        worse=bool(enough and interval is not None and interval.high < 0),
    )


def _in_tail(totals: Array, observed: float) -> bool:
    """Whether the *observed* total lies in the outer TAIL of the forecast *totals* on either side."""
    return min(float((totals <= observed).mean()), float((totals >= observed).mean())) < TAIL


def skill_by_kind(
    scores: Array, baseline: Array, planned: Planned, observed: Array, draws: Array | None = None
) -> dict[str, Skill]:
    """The skill on all of the *planned* rows, and on those of each kind of site where there is any to say."""
    kinds = {"all": np.full(len(planned), True), "van": ~planned.is_fixed, "fixed": planned.is_fixed}
    found = {}
    for name, keep in kinds.items():
        some = planned.take(keep)
        drawn = None if draws is None else draws[:, keep]
        one = skill_of(scores[keep], baseline[keep], Clusters.of(some.site, some.day), observed[keep], drawn)
        if one is not None:
            found[name] = one
    return found


__all__ = ["RULE", "Clusters", "Skill", "skill_by_kind", "skill_of"]
