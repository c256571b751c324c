"""Numbers given on the command line as a figure: the same events by every unit, with exact intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.claim.figures import words_of
from simulator.evidence.claim.found import StatedNumbers, StatedRate
from simulator.evidence.claim.words import capital, joint_of, limit, none_text, span_text
from simulator.evidence.numbers import as_given
from simulator.report.claim.numbers import OWN, count_text, finding, middle
from simulator.report.figures import style
from simulator.report.figures.claim_rates import Group, RateBar, draw_rates, fitted, height_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def draw(found: StatedNumbers) -> Figure:
    """Draw every rate of what was *found*; a limit that was asked for is shaded."""
    with style.styled():
        groups = groups_of(found)
        page = style.page(finding(found), legend(found), None, [found.no_verdict], height_of(groups))
        draw_rates(page, 0, groups)
        return page.figure


def groups_of(found: StatedNumbers) -> list[Group]:
    """One group of bars for each event."""
    return [
        Group(
            capital(words_of(event, OWN)),
            "",
            tuple(_bar(row, found) for row in found.rates if row.event == event),
        )
        for event in found.given.events
    ]


def _bar(row: StatedRate, found: StatedNumbers) -> RateBar:
    given = found.given
    asked = given.one_in is not None and (row.event, row.per) == given.first
    inside = span_text(row.interval_95, row.event, row.per)
    if row.most == 0:
        inside = none_text(row.interval_95.high, row.event, row.per)
    counted = f"{count_text(row)} {joint_of(row.event, row.per)} {as_given(row.bottom)}"
    return RateBar(
        f"per {words_of(row.per, OWN, 1)}",
        middle(row),
        row.interval_95.low,
        row.interval_95.high,
        fitted(f"{counted} {words_of(row.per, OWN, row.bottom)}", counted),
        inside,
        thick=row.mixture_95,
        limit=1 / given.one_in if asked and given.one_in is not None else None,
    )


def legend(found: StatedNumbers) -> str:
    """What the marks mean, those that are drawn."""
    said = ["Line: exact 95 % interval."]
    if any(row.mixture_95 for row in found.rates):
        said = ["Thin line: exact 95 %, whichever count is meant. Thick line: 95 % if all are equally credible."]
    if found.given.one_in is not None and found.given.first is not None:
        said.append(
            f"Shaded: below 1 in {limit(found.given.one_in)} {words_of(found.given.first[1], OWN)}, the limit asked for."
        )
    if any(row.interval_95.low <= 0 for row in found.rates):
        said.append("Arrow: none counted, so any rarer is possible.")
    return " ".join(said)


__all__ = ["draw", "groups_of"]
