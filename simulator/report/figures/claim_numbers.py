"""Numbers given on the command line as a figure: the same events by every unit, with exact intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.claim.figures import words_of
from simulator.evidence.claim.stated_numbers import Answer, ByUnit
from simulator.report.claim.numbers import NO_VERDICT, OWN, count_text, finding, middle, plain_number
from simulator.report.claim.words import capital, joint_of, one_in, rate_text, span_text
from simulator.report.figures import style
from simulator.report.figures.claim_rates import Group, RateBar, draw_rates, fitted, height_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def draw(answer: Answer) -> Figure:
    """Draw every rate of *answer*; a limit that was asked for is shaded."""
    with style.styled():
        groups = groups_of(answer)
        page = style.page(finding(answer), legend(answer), None, [NO_VERDICT], height_of(groups))
        draw_rates(page, 0, groups)
        return page.figure


def groups_of(answer: Answer) -> list[Group]:
    """One group of bars for each event."""
    return [
        Group(
            capital(words_of(event, OWN)),
            "",
            tuple(_bar(row, answer) for row in answer.rows if row.event == event),
        )
        for event in answer.given.events
    ]


def _bar(row: ByUnit, answer: Answer) -> RateBar:
    given, first = answer.given, next(iter(answer.given.events))
    asked = given.one_in is not None and row.unit == given.first_unit and row.event == first
    inside = span_text(row.interval, row.event, row.unit)
    if row.count.most == 0:
        inside = f"at most {rate_text(row.interval.high, row.event, row.unit)}, two-sided"
    counted = f"{count_text(row)} {joint_of(row.event, row.unit)} {plain_number(row.number)}"
    return RateBar(
        f"per {words_of(row.unit, OWN, 1)}",
        middle(row),
        row.interval.low,
        row.interval.high,
        fitted(f"{counted} {words_of(row.unit, OWN, row.number)}", counted),
        inside,
        thick=row.mixture,
        limit=1 / given.one_in if asked and given.one_in is not None else None,
    )


def legend(answer: Answer) -> str:
    """What the marks mean, those that are drawn."""
    said = ["Line: exact 95 % interval."]
    if any(row.mixture for row in answer.rows):
        said = ["Thin line: exact 95 %, whichever count is meant. Thick line: 95 % if all are equally credible."]
    if answer.given.one_in is not None:
        said.append(
            f"Shaded: below {one_in(1 / answer.given.one_in)} {words_of(answer.given.first_unit, OWN)}, the limit asked for."
        )
    if any(row.interval.low <= 0 for row in answer.rows):
        said.append("Arrow: none counted, so any rarer is possible.")
    return " ".join(said)


__all__ = ["draw", "groups_of"]
