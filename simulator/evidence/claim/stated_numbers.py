"""Numbers that somebody states, without a record beside them: what they say if they are right, by every unit."""

from __future__ import annotations

from dataclasses import replace

from simulator.claim.figures import is_part, is_tally
from simulator.claim.models import Reach, RepeatVisits
from simulator.evidence.claim.details import Details
from simulator.evidence.claim.found import Given, StatedNumbers, StatedRate
from simulator.evidence.claim.judged import Needed
from simulator.evidence.claim.rate_law import RateLaw
from simulator.evidence.claim.ratios import Ratio, ratio_of, repeats_of
from simulator.evidence.claim.unmentioned import Simulated, SimulatedIn
from simulator.evidence.claim.what_follows import carried, needed
from simulator.evidence.statistics.intervals import Interval

# Limits that words such as "virtually zero" could mean, where the user names none: per face, and per anything else.
READINGS = {"faces": (1e-3, 1e-4, 1e-5, 1e-6)}
OTHER_READINGS = (1e-1, 1e-2, 1e-3)
REACHES = {
    "met-2025": Reach(
        words="a year of all Met deployments, as in 2025",
        figures={"faces": 4220097, "alerts": 2408, "deployments": 231},
        source="Met records of 2025, third-party transcription of 18 May 2026",
        grade="derived",
    ),
    "fifty-vans": Reach(
        words="50 vans across the country for a year, if each worked 5.8 hours on 150 days with 2,517 faces and 1.77 alerts an "
        "hour",
        figures={"faces": 109490000, "alerts": 77000, "deployments": 7500},
        source="Home Office plan: from 10 to 50 vans; median hours, faces and alerts of Met vans 2025; days assumed",
        grade="assumed",
    ),
}


def answer(given: Given, left_out: Simulated | None = None, simulated_in: SimulatedIn | None = None) -> StatedNumbers:
    """Divide every event by every unit, and carry the first event's rate per the first unit further."""
    event, unit = next(iter(given.events)), given.first_unit
    law = _law(given, event, unit)
    reaches = dict(REACHES)
    if given.year_faces is not None:
        own = Reach(words="your year", figures={"faces": given.year_faces}, source="given", grade="assumed")
        reaches = {"yours": own, **reaches}
    return StatedNumbers(
        given=given,
        rates=tuple(_rate(given, event, unit) for event in given.events for unit in given.units if event != unit),
        needed=_needed(given, event, unit),
        carried=() if law is None else carried(law, "your numbers, taken at their word", unit, reaches),
        left_out=left_out,
        details=Details(simulated_in=simulated_in),
    )


def _rate(given: Given, event: str, unit: str) -> StatedRate:
    count, number = given.events[event], given.units[unit]
    low, high = _ratio(event, unit, count.fewest, number), _ratio(event, unit, count.most, number)
    law = _law(given, event, unit) if count.fewest < count.most else None
    return StatedRate(
        event=event,
        per=unit,
        fewest=count.fewest,
        most=count.most,
        bottom=number,
        rates=Interval(low.rate, high.rate),
        interval_95=_envelope(low.interval_95, high.interval_95),
        one_sided_95=high.one_sided_95,
        method=high.method,
        mixture_95=None if law is None else law.interval(),
        median=None if law is None else law.quantile(0.5),
        weight_of_each_count=1 / (count.most - count.fewest + 1),
        repeats_95=_repeats(given, low, high),
    )


def _ratio(event: str, unit: str, count: int, number: float) -> Ratio:
    found = ratio_of({event: count, unit: number}, event, unit)
    if found is None:
        raise ValueError(f"{unit} must be above 0 (got {number:g})")
    return found


def _repeats(given: Given, low: Ratio, high: Ratio) -> Interval | None:
    if given.visits is None or given.correlation is None:
        return None
    visits = RepeatVisits(per_person=given.visits, correlation=given.correlation, source="given")
    ends = repeats_of(low, visits), repeats_of(high, visits)
    return None if None in ends else _envelope(*ends)


def _envelope(low: Interval | None, high: Interval | None) -> Interval:
    if low is None or high is None:
        raise ValueError("a rate of counts has an interval")
    return Interval(low.low, high.high)


def _law(given: Given, event: str, unit: str) -> RateLaw | None:
    """The law of the rate; None for one tally by another that does not hold it."""
    count, share = given.events[event], is_part(event, unit)
    if is_tally(unit) and not share:
        return None
    return RateLaw(count.fewest, count.most, given.units[unit], share)


def _needed(given: Given, event: str, unit: str) -> tuple[Needed, ...]:
    """What would show each limit; shown, or the contrary, only where it is whichever count is meant."""
    count, number = given.events[event], given.units[unit]
    limits = READINGS.get(unit, OTHER_READINGS) if given.one_in is None else (1 / given.one_in,)
    each = [needed(limits, unit, _ratio(event, unit, k, number)) for k in (count.fewest, count.most)]
    return tuple(
        replace(low, shown=low.shown if low.shown == high.shown else None) for low, high in zip(*each, strict=True)
    )


__all__ = ["REACHES", "READINGS", "answer"]
