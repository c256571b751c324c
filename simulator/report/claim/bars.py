"""Rates of a claim's errors as bars with their numbers: the same events out of faces, alerts, stops, and the claim beside."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.claim.figures import words_of
from simulator.claim.models import ClaimFile
from simulator.evidence.claim.found import StatedNumbers, StatedRate
from simulator.evidence.claim.judged import AtItsWord, Judged, RateTable
from simulator.evidence.claim.ratios import Ratio
from simulator.evidence.claim.units import CASES
from simulator.evidence.claim.words import bound_text, capital, counted_text, joint_of, none_text, rate_text, span_text
from simulator.evidence.numbers import as_given
from simulator.report.claim.numbers import OWN, count_text, middle
from simulator.report.page import Bar, Scale


def scales_of(judged: Judged, file: ClaimFile) -> Iterator[Scale]:
    """A scale for each piece of evidence that counts the claim's event out of something; the claim at its word on each."""
    for rates in judged.rates:
        bars = [_bar(ratio, judged, file) for ratio in _cases(rates)]
        if bars:
            item = file.evidence[rates.evidence]
            title = f"{capital(words_of(rates.event, file.words))}, {item.what} [{item.grade}]"
            claimed = [
                _claimed(item, file) for item in judged.at_its_word if item.per in CASES and item.event == rates.event
            ]
            yield Scale(title, (*claimed, *bars))


def _cases(rates: RateTable) -> list[Ratio]:
    """What could each have gone wrong, and is counted; an hour is none of these."""
    return [ratio for ratio in rates.by_unit if ratio.per in CASES and ratio.interval_95 is not None and ratio.rate < 1]


def _bar(ratio: Ratio, judged: Judged, file: ClaimFile) -> Bar:
    rated, ends = file.claims[judged.key].rate, ratio.interval_95
    assert ends is not None, "a rate without an interval is no bar"
    same = rated is not None and (rated.per, rated.event) == (ratio.per, ratio.event)
    within = (
        bound_text(ratio)
        or f"{rate_text(ratio.rate, ratio.event, ratio.per)} ({span_text(ends, ratio.event, ratio.per)})"
    )
    return Bar(
        f"per {words_of(ratio.per, file.words, 1)}",
        ratio.rate,
        *ends,
        words=f"{counted_text(ratio, file.words, short=True)}: {within}",
        limit=rated.claimed.at_most if rated is not None and same else None,
    )


def _claimed(item: AtItsWord, file: ClaimFile) -> Bar:
    """The claim at its word: the exact intervals of all counts that it may mean."""
    some = f"{item.fewest}" if item.fewest == item.most else f"{item.fewest} to {item.most}"
    return Bar(
        f"as claimed, per {words_of(item.per, file.words, 1)}",
        item.median,
        *item.envelope_95,
        words=f"{some} of {as_given(item.exposure)}: {span_text(item.envelope_95, item.event, item.per)}",
        claimed=True,
    )


def legend(scales: list[Scale], claimed: str = "the claim at its word", allowed: str = "what the claim allows") -> str:
    """What the marks on *scales* mean, those that are there."""
    bars = [bar for scale in scales for bar in scale.bars]
    said = ["Dot: as counted. Line: exact 95 % interval, in brackets."] * any(not bar.claimed for bar in bars)
    said += [f"Hollow diamond, broken line: {claimed}."] * any(bar.claimed for bar in bars)
    said += [f"Shaded, to the broken upright line: {allowed}."] * any(bar.limit is not None for bar in bars)
    said += ["Arrow: none counted, so any rarer is possible."] * any(bar.low <= 0 for bar in bars)
    return " ".join(said)


def stated_scales(found: StatedNumbers) -> Iterator[Scale]:
    """A scale for each event that was stated, by each unit."""
    for event in found.given.events:
        bars = tuple(_stated(row, found) for row in found.rates if row.event == event)
        if bars:
            yield Scale(capital(words_of(event, OWN)), bars)


def _stated(row: StatedRate, found: StatedNumbers) -> Bar:
    given = found.given
    asked = given.one_in is not None and (row.event, row.per) == given.first
    within = span_text(row.interval_95, row.event, row.per)
    if row.most == 0:
        within = none_text(row.interval_95.high, row.event, row.per)
    count = f"{count_text(row)} {joint_of(row.event, row.per).removeprefix('out ')} {as_given(row.bottom)}"
    return Bar(
        f"per {words_of(row.per, OWN, 1)}",
        middle(row),
        *row.interval_95,
        words=f"{count} {words_of(row.per, OWN, row.bottom)}: {within}",
        claimed=True,
        limit=1 / given.one_in if asked and given.one_in is not None else None,
    )


__all__ = ["legend", "scales_of", "stated_scales"]
