"""Numbers given on the command line, on a terminal: what they say if they are right, and what they leave open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.claim.figures import words_of
from simulator.evidence.claim.judge import USUALLY_LEFT_OUT
from simulator.evidence.claim.stated_numbers import Answer, ByUnit
from simulator.evidence.claim.unmentioned import Simulated
from simulator.evidence.numbers import count_range, number, whole
from simulator.evidence.statistics.intervals import design_effect
from simulator.report.claim import unmentioned as left_out
from simulator.report.claim import what_follows as further
from simulator.report.claim.layout import Parts, bullet, hanging, print_table
from simulator.report.claim.strip import Bar, strip
from simulator.report.claim.units import natural_span
from simulator.report.claim.words import capital, joint_of, large, rate_text, span_text
from simulator.report.said import WRONGFUL_NOTE
from simulator.report.sensitivity.page import plain

if TYPE_CHECKING:
    from rich.console import Console

NO_VERDICT = (
    "Taken at their word: nothing here says whether these numbers are right, and there is no verdict without a record "
    "beside them. To hold a statement against published figures, write a claim file."
)


# Nobody recorded these: they are what the user states.
OWN = {"false_alerts": "false alert", "false_stopped": "stop on a false alert"}


def print_answer(answer: Answer, simulated: Simulated | None, console: Console) -> None:
    """Print an *answer*: rates by every unit, a picture, what would show a limit, a year of it, what is left out."""
    console.print("[bold]Numbers without a record[/bold]")
    hanging(console, "", headline(answer), 0)
    hanging(console, "", NO_VERDICT, 0)
    console.print()
    for event in answer.given.events:
        print_table(rates_table(answer, event), console)
    for line in notes(answer):
        bullet(console, line)
    console.print()
    picture = strip(bars(answer), console.width)
    if len(answer.rows) > 1 and picture:
        console.print(
            "The same numbers by each unit. o: as counted (the middle of a range), |--|: exact 95 % interval."
        )
        for line in picture:
            console.print(line, markup=False, soft_wrap=True)
        console.print()
    console.print("[bold]What would show it[/bold]")
    for line in further.needed_lines(answer.needed, OWN):
        bullet(console, line)
    if answer.carried:
        console.print("[bold]Further on, at the same rate[/bold]")
        for line in further.carried_lines(answer.carried, OWN):
            bullet(console, line)
        bullet(console, further.basis_text(answer.carried))
    console.print()
    _print_simulated(simulated, console)
    console.print(WRONGFUL_NOTE)


def headline(answer: Answer) -> str:
    """The numbers in a sentence, and the first rate."""
    units = [
        f"{plain_number(number_of)} {words_of(unit, OWN, number_of)}"
        for unit, number_of in answer.given.units.items()
        if unit not in answer.given.events
    ]
    return (
        f"{capital(', '.join(map(_event_text, _first_rows(answer))))}; {', '.join(units)}: {per_text(answer.rows[0])}."
    )


def _event_text(row: ByUnit) -> str:
    count = "no" if row.count.most == 0 else count_text(row)
    return f"{count} {words_of(row.event, OWN, row.count.most)}"


def finding(answer: Answer) -> str:
    """The finding in a sentence: the first event by every unit, at most three of them."""
    first = [row for row in answer.rows if row.event == answer.rows[0].event][:3]
    said = []
    for row in first:
        rate = row.interval if row.count.most == 0 else row.ends
        text = (
            rate_text(rate.high, row.event, row.unit) if row.count.most == 0 else span_text(rate, row.event, row.unit)
        )
        said.append(f"{'at most ' if row.count.most == 0 else ''}{text} {words_of(row.unit, OWN)}")
    return f"{capital(_event_text(first[0]))}: {', '.join(said)}"


def _first_rows(answer: Answer) -> list[ByUnit]:
    return [next(row for row in answer.rows if row.event == event) for event in answer.given.events]


def count_text(row: ByUnit) -> str:
    """A count as stated: "none", "1", "2 to 7"."""
    return "none" if row.count.most == 0 else count_range(row.count.fewest, row.count.most)


def per_text(row: ByUnit) -> str:
    """The rate of a row per its unit, with its exact interval."""
    unit = words_of(row.unit, OWN, 1)
    if row.count.most == 0:
        return f"per {unit} at most {bound_text(row)} (95 %)"
    rates = span_text(row.ends, row.event, row.unit)
    return f"per {unit} {rates} (exact 95 %: {span_text(row.interval, row.event, row.unit)})"


def bound_text(row: ByUnit) -> str:
    """What none counted leaves possible, each bound said to be which."""
    two = f"{rate_text(row.interval.high, row.event, row.unit)} two-sided"
    return two if row.bound is None else f"{rate_text(row.bound, row.event, row.unit)} one-sided, {two}"


def plain_number(x: float) -> str:
    """A number as it was given."""
    return whole(x) if x == int(x) else number(x)


def rates_table(answer: Answer, event: str) -> Parts:
    """One event by every unit given: exact intervals, and the mixture where the count is a range."""
    rows = []
    mixed = any(row.mixture is not None for row in answer.rows if row.event == event)
    for row in (row for row in answer.rows if row.event == event):
        name = words_of(row.unit, OWN, 1)
        exact = f"at most {bound_text(row)}" if row.count.most == 0 else span_text(row.interval, event, row.unit)
        cells = [
            name,
            f"{count_text(row)} {joint_of(row.event, row.unit).removeprefix('out ')} {plain_number(row.number)}",
            exact,
        ]
        rows.append([*cells, *([_mixture(row), _median(row)] if mixed else [])])
        if row.again is not None:
            high = f"at most {rate_text(row.again.high, event, row.unit)} two-sided"
            again = high if row.count.most == 0 else span_text(row.again, event, row.unit)
            rows.append([f"  {name}, people repeat", "assumed", again, *(["", ""] if mixed else [])])
    kind = "exact 95 %, any count" if mixed else "exact 95 % interval"
    columns = ["per", "counted", kind, *(["mixture 95 %", "median"] if mixed else [])]
    return Parts(capital(words_of(event, OWN)), columns, rows, ("median", "mixture 95 %") if mixed else ())


def _mixture(row: ByUnit) -> str:
    return "" if row.mixture is None else span_text(row.mixture, row.event, row.unit)


def _median(row: ByUnit) -> str:
    return "" if row.median is None else rate_text(row.median, row.event, row.unit)


def notes(answer: Answer) -> list[str]:
    """Natural frequencies, the weights of a mixture, and what repeats of passers-by suppose."""
    lines = [text for row in answer.rows if (text := natural_span(row.event, row.unit, row.ends, row.interval))]
    ranges = [row for row in answer.rows if row.mixture is not None]
    if ranges:
        first = ranges[0]
        many = first.count.most - first.count.fewest + 1
        lines.append(
            f"The mixture takes the {many} counts from {first.count.fewest} to {first.count.most} for equally credible "
            f"(weights 1/{many}), each with Jeffreys' prior: per {words_of(first.unit, OWN, 1)} {_mixture(first)}, median "
            f"{_median(first)}. A word does not say which it means."
        )
    visits = answer.given.visits
    if visits is not None and any(row.again for row in answer.rows):
        worth = 1 / design_effect(visits.per_person, visits.correlation, visits.variation)
        row = next(row for row in answer.rows if row.again)
        lines.append(
            f"If people come past {number(visits.per_person)} times each and their results are alike by {visits.correlation:g}, "
            f"{large(row.number)} are worth {large(worth * row.number)} independent ones."
        )
    return lines


def bars(answer: Answer) -> list[Bar]:
    """Every row as a bar: the middle of a range, or the count, with the exact interval."""
    several = len(answer.given.events) > 1
    return [
        Bar(
            f"{words_of(row.event, OWN) + ' ' if several else ''}per {words_of(row.unit, OWN, 1)}",
            middle(row),
            *row.interval,
        )
        for row in answer.rows
    ]


def middle(row: ByUnit) -> float:
    """The median of a mixture; without one the geometric middle of a range; the rate of a single count."""
    if row.median is not None:
        return row.median
    return row.ends.high if row.ends.low == row.ends.high else float((row.ends.low * row.ends.high) ** 0.5)


def _print_simulated(simulated: Simulated | None, console: Console) -> None:
    if simulated is None:
        console.print(
            "What such numbers leave out (people stopped with no action, stale records, people missed): add --scenario."
        )
        return
    names = [name for name in USUALLY_LEFT_OUT if name in simulated.measures]
    console.print("[bold]What the numbers leave out[/bold]")
    console.print(f"Simulated by lfrsim in: {plain(simulated.title)}. It need not be the place your numbers are from.")
    print_table(left_out.left_out_table(simulated, names), console)
    for line in left_out.zero_notes(simulated, names):
        console.print(line)
    console.print()


__all__ = [
    "NO_VERDICT", "OWN", "bars", "bound_text", "count_text", "finding", "headline", "middle", "per_text", "plain_number",
    "print_answer",
]  # fmt: skip
