"""What a rate means further on: over a year, a city or a country, and beside a share that one might expect."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from simulator.claim.figures import PARTS
from simulator.claim.kinds import Benchmark
from simulator.claim.models import Reach
from simulator.evidence.claim.judged import Benchmarked, Carried
from simulator.evidence.claim.rate_law import RateLaw
from simulator.evidence.claim.ratios import Ratio
from simulator.evidence.statistics.intervals import Interval

# Over more than so many times what was counted nothing is carried, nor from fewer: one face says nothing of a year.
FURTHEST, FEWEST = 1000, 10


def carried(
    law: RateLaw, event: str, unit: str, reaches: Mapping[str, Reach], basis: str, counted: bool = True
) -> tuple[Carried, ...]:
    """Carry the *law* of *event* per *unit* over every one of *reaches* that states its number, and is not too far off.

    Nothing is carried to where there would be more of the event than of what it is a part of: more false alerts than alerts.
    """
    if law.exposure < FEWEST:
        return ()
    found = []
    for reach in reaches.values():
        exposure = reach.figures.get(unit, 0.0)
        if not 0 < exposure <= FURTHEST * law.exposure:
            continue
        ends = _predicted(law, exposure)
        if any(event in parts and ends.high > reach.figures.get(whole, math.inf) for whole, parts in PARTS.items()):
            continue
        found.append(
            Carried(
                words=reach.words,
                source=reach.source,
                grade=reach.grade,
                basis=basis,
                counted=counted,
                per=unit,
                exposure=exposure,
                mean=(law.fewest + law.most) / 2 / law.exposure * exposure,
                predicted_95=ends,
            )
        )
    return tuple(found)


def _predicted(law: RateLaw, exposure: float) -> Interval:
    """The prediction interval; where none was counted no lower than the exact bound that stands beside the count."""
    ends = law.predict(exposure)
    return Interval(ends.low, max(ends.high, math.ceil(exposure * law.envelope().high))) if law.most == 0 else ends


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


__all__ = ["FEWEST", "FURTHEST", "benchmarked", "carried"]
