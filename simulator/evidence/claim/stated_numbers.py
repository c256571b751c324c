"""Numbers that somebody states, without a record beside them: what they say if they are right, by every unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from simulator.claim.figures import is_part, is_tally
from simulator.claim.models import Reach, Visits
from simulator.evidence.claim.judged import Carried, Needed
from simulator.evidence.claim.rate_law import RateLaw
from simulator.evidence.claim.ratios import Ratio, ratio_of
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


@dataclass(frozen=True)
class Count:
    """A count as it was stated: from *fewest* to *most*, the same where it is one number."""

    fewest: int
    most: int


@dataclass(frozen=True)
class Given:
    """Counts of *events* and how many of each *unit* there were; *one_in*: the limit that is to be shown, 1 in so many.

    Whoever makes it has seen to it that the numbers do not contradict each other.
    """

    events: Mapping[str, Count]
    units: Mapping[str, float]
    one_in: float | None = None
    visits: Visits | None = None
    year_faces: float | None = None

    @property
    def first_unit(self) -> str:
        """The unit by which limits are shown and rates carried further: the first one given."""
        return next(iter(self.units))


@dataclass(frozen=True)
class ByUnit:
    """An *event* per *unit*, whichever count is meant: the *ends* of the rate and its exact 95 % *interval* (an envelope).

    *mixture* and *median* are Jeffreys', with equal weights for the counts that a range could mean; None for two tallies of
    which neither holds the other, and for a single count. *bound*: one-sided, where nothing was counted. *again*: the exact
    interval at the effective sample size, where passers-by repeat.
    """

    event: str
    unit: str
    count: Count
    number: float
    ends: Interval
    interval: Interval
    method: str
    bound: float | None
    mixture: Interval | None
    median: float | None
    again: Interval | None


@dataclass(frozen=True)
class Answer:
    """What *given* numbers say: *rows* by event and unit, observations *needed* for limits, and *carried* further."""

    given: Given
    rows: tuple[ByUnit, ...]
    needed: tuple[Needed, ...]
    carried: tuple[Carried, ...]


def answer(given: Given) -> Answer:
    """Divide every event by every unit, and carry the first event's rate per the first unit further."""
    rows = tuple(_row(given, event, unit) for event in given.events for unit in given.units if event != unit)
    event, unit = next(iter(given.events)), given.first_unit
    law = _law(given, event, unit)
    reaches = dict(REACHES)
    if given.year_faces is not None:
        own = Reach(words="your year", figures={"faces": given.year_faces}, source="given", grade="assumed")
        reaches = {"yours": own, **reaches}
    further = () if law is None else carried(law, "your numbers, taken at their word", unit, reaches)
    return Answer(given, rows, _needed(given, event, unit), further)


def _row(given: Given, event: str, unit: str) -> ByUnit:
    count, number = given.events[event], given.units[unit]
    low, high = _ratio(event, unit, count.fewest, number, None), _ratio(event, unit, count.most, number, None)
    law = _law(given, event, unit) if count.fewest < count.most else None
    again = None
    if given.visits is not None and unit in ("faces", "passages"):
        ends = [_ratio(event, unit, k, number, given.visits).repeated for k in (count.fewest, count.most)]
        again = None if ends[0] is None or ends[1] is None else Interval(ends[0].low, ends[1].high)
    return ByUnit(
        event, unit, count, number, Interval(low.rate, high.rate), _envelope(low, high), high.method, high.bound,
        None if law is None else law.interval(), None if law is None else law.quantile(0.5), again,
    )  # fmt: skip


def _ratio(event: str, unit: str, count: int, number: float, visits: Visits | None) -> Ratio:
    found = ratio_of({event: count, unit: number}, event, unit, visits)
    if found is None:
        raise ValueError(f"{unit} must be above 0")
    return found


def _envelope(low: Ratio, high: Ratio) -> Interval:
    if low.interval is None or high.interval is None:
        raise ValueError(f"{low.event} per {low.per} has no interval")
    return Interval(low.interval.low, high.interval.high)


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
    each = [needed(limits, unit, _ratio(event, unit, k, number, given.visits)) for k in (count.fewest, count.most)]
    return tuple(
        Needed(low.one_in, low.unit, low.exposures, low.shown if low.shown == high.shown else None)
        for low, high in zip(*each, strict=True)
    )


__all__ = ["REACHES", "READINGS", "Answer", "ByUnit", "Count", "Given", "answer"]
