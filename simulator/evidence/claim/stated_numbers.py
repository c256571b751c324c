"""Numbers that somebody states, without a record beside them: what they say if they are right, by every unit."""

from __future__ import annotations

from simulator.claim.models import Reach, RepeatVisits
from simulator.evidence.claim.details import Details
from simulator.evidence.claim.found import Given, StatedNumbers, StatedRate
from simulator.evidence.claim.list_and_share import AgainstList, BreakEven, against_lists, break_even
from simulator.evidence.claim.no_test import COULD_BE_WRONG
from simulator.evidence.claim.rate_law import law_of
from simulator.evidence.claim.ratios import Ratio, ratio_of, repeats_of
from simulator.evidence.claim.readings import Reading, readings_of
from simulator.evidence.claim.unmentioned import Simulated, SimulatedIn
from simulator.evidence.claim.what_follows import carried
from simulator.evidence.statistics.intervals import Interval

# Limits that words such as "virtually zero" could mean, where the user names none: per face, and per anything else.
READINGS = {"faces": (1e-3, 1e-4, 1e-5, 1e-6)}
OTHER_READINGS = (1e-1, 1e-2, 1e-3)
# What a limit is per that stands alone.
ALONE = ("faces", "alerts")
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
    reaches = dict(REACHES)
    if given.year_faces is not None:
        own = Reach(words="your year", figures={"faces": given.year_faces}, source="given", grade="assumed")
        reaches = {"yours": own, **reaches}
    law = None
    if given.first is not None:
        event, unit = given.first
        law = law_of(event, unit, *given.events[event], given.units[unit])
    rates = tuple(_rate(given, event, unit) for event in given.events for unit in given.units if event != unit)
    per_face = _per_face(given, rates)
    return StatedNumbers(
        given=given,
        rates=rates,
        readings=_readings(given),
        carried=()
        if law is None or given.first is None
        else carried(law, *given.first, reaches, "your numbers, taken at their word", counted=False),
        against_lists=_against_lists(given, per_face),
        break_even=_break_even(given, per_face),
        left_out=left_out,
        details=Details(simulated_in=simulated_in),
    )


def _rate(given: Given, event: str, unit: str) -> StatedRate:
    count, number = given.events[event], given.units[unit]
    low, high = _ratio(event, unit, count.fewest, number), _ratio(event, unit, count.most, number)
    law = law_of(event, unit, *count, number) if count.fewest < count.most else None
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


def _readings(given: Given) -> tuple[Reading, ...]:
    """What a limit could mean; shown, or the contrary, only where it is whichever count is meant."""
    asked = 1 / given.one_in if given.one_in is not None else 1 - given.accuracy if given.accuracy is not None else None
    limits = () if asked is None else (asked,)
    if given.first is None:
        return tuple(item for unit in ALONE for item in readings_of(limits, "false_alerts", unit))
    event, first = given.first
    if not limits and event not in COULD_BE_WRONG:
        return ()
    # an accuracy may be of faces or of alerts
    units = (first,) if given.accuracy is None else (unit for unit in ALONE if unit in given.units)
    return tuple(
        item
        for unit in units
        for item in readings_of(
            limits or READINGS.get(unit, OTHER_READINGS),
            event,
            unit,
            [_ratio(event, unit, count, given.units[unit]) for count in given.events[event]],
            given.units,
        )
    )


def _per_face(given: Given, rates: tuple[StatedRate, ...]) -> tuple[Interval, Interval | None] | None:
    """False alerts per face, and the exact interval where they were counted; None where neither says."""
    counted = next((row for row in rates if (row.event, row.per) == ("false_alerts", "faces")), None)
    if counted is not None:
        return counted.rates, counted.interval_95
    return None if given.one_in is None or given.events else (Interval(1 / given.one_in, 1 / given.one_in), None)


def _against_lists(given: Given, per_face: tuple[Interval, Interval | None] | None) -> tuple[AgainstList, ...]:
    if given.list_size is None or per_face is None:
        return ()
    # of none counted the upper end is carried on
    rates, ends = per_face
    return against_lists(ends if ends is not None and rates.high == 0 else rates, given.list_size)


def _break_even(given: Given, per_face: tuple[Interval, Interval | None] | None) -> BreakEven | None:
    if given.detection is None or per_face is None:
        return None
    return break_even(per_face[0], given.detection, per_face[1])


__all__ = ["ALONE", "REACHES", "READINGS", "answer"]
