"""What a rate means further on: over a year, a city or a country, and what would have to be seen to show it is small."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from simulator.claim.kinds import Benchmark
from simulator.claim.models import Reach
from simulator.evidence.claim.judged import Benchmarked, Carried, Needed, UnitsNeeded
from simulator.evidence.claim.rate_law import RateLaw
from simulator.evidence.claim.ratios import LEVEL, POISSON, SHARE, Ratio
from simulator.evidence.statistics.intervals import Interval, clopper_pearson, garwood

# How many events may be seen on the way while a limit is still to be shown.
SEEN = (0, 1, 2, 5)


def carried(law: RateLaw, basis: str, unit: str, reaches: Mapping[str, Reach]) -> tuple[Carried, ...]:
    """Carry the *law* of a rate per *unit* over every one of *reaches* that states so many of the unit."""
    return tuple(
        Carried(
            words=reach.words,
            source=reach.source,
            grade=reach.grade,
            basis=basis,
            per=unit,
            exposure=reach.figures[unit],
            mean=(law.fewest + law.most) / 2 / law.exposure * reach.figures[unit],
            predicted_95=law.predict(reach.figures[unit]),
        )
        for reach in reaches.values()
        if reach.figures.get(unit)
    )


def needed(limits: Iterable[float], unit: str, ratio: Ratio | None) -> tuple[Needed, ...]:
    """Units to observe so that the one-sided 95 % bound lies below each of *limits* (a rate per *unit*).

    With k events the bound is the chi-square quantile over the exposure (Garwood); with none it is about 3 / n. *shown*
    says whether what was observed (*ratio*) shows it already: True, False where it shows the contrary, None where neither.
    """
    from scipy import special

    return tuple(
        Needed(
            one_in=1 / limit,
            per=unit,
            units_needed=tuple(
                UnitsNeeded(events=seen, units=float(special.gammainccinv(seen + 1, 1 - LEVEL)) / limit)
                for seen in SEEN
            ),
            shown=_shown(limit, ratio),
        )
        for limit in limits
    )


def _shown(limit: float, ratio: Ratio | None) -> bool | None:
    if ratio is None or ratio.interval_95 is None:
        return None
    low, high = _one_sided(ratio)
    if high < limit:
        return True
    return False if low > limit else None


def _one_sided(ratio: Ratio) -> Interval:
    """Bounds that hold with 95 % each, one at a time: those of which *needed* says how much they take."""
    level = 2 * LEVEL - 1
    if ratio.method == POISSON and ratio.interval_95 is not None:
        ends = garwood(ratio.top, level)
        return Interval(ends.low / ratio.bottom, ends.high / ratio.bottom)
    if ratio.method == SHARE:
        return clopper_pearson(ratio.top, ratio.bottom, level)
    return ratio.interval_95 or Interval(0.0, float("inf"))


def benchmarked(benchmarks: Sequence[Benchmark], ratio: Ratio | None) -> tuple[Benchmarked, ...]:
    """Exact binomial chances of so many or more, and of so many or fewer, under each benchmark's share."""
    from scipy import stats

    if ratio is None:
        return ()
    top, bottom = int(ratio.top), int(ratio.bottom)
    return tuple(
        Benchmarked(
            share=item.share,
            words=item.words,
            top=top,
            bottom=bottom,
            p_at_least=float(stats.binom.sf(top - 1, bottom, item.share)),
            p_at_most=float(stats.binom.cdf(top, bottom, item.share)),
        )
        for item in benchmarks
    )


__all__ = ["SEEN", "benchmarked", "carried", "needed"]
