"""What a rate means further on: over a year, a city or a country, and beside a share that one might expect."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from simulator.claim.kinds import Benchmark
from simulator.claim.models import Reach
from simulator.evidence.claim.judged import Benchmarked, Carried
from simulator.evidence.claim.rate_law import RateLaw
from simulator.evidence.claim.ratios import Ratio

# Over more than so many times what was counted nothing is carried: one face says nothing of a year.
FURTHEST = 10_000


def carried(law: RateLaw, basis: str, unit: str, reaches: Mapping[str, Reach]) -> tuple[Carried, ...]:
    """Carry the *law* of a rate per *unit* over every one of *reaches* that states its number, and is not too far off."""
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
        if 0 < reach.figures.get(unit, 0.0) <= FURTHEST * law.exposure
    )


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


__all__ = ["FURTHEST", "benchmarked", "carried"]
