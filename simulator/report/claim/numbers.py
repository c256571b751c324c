"""The page of numbers without a record: what they say if they are right, and what they leave open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from simulator.claim.figures import words_of
from simulator.evidence.claim.found import StatedNumbers, StatedRate
from simulator.evidence.claim.stated_numbers import REACHES
from simulator.evidence.claim.words import capital, joint_of, large, limit, none_text, rate_text, span_text
from simulator.evidence.numbers import as_given, count_range, number
from simulator.evidence.statistics.intervals import Interval, design_effect
from simulator.report.claim.frequencies import natural_span
from simulator.report.claim.readings import no_test_lines, readings_table
from simulator.report.claim.unmentioned import left_out_table
from simulator.report.claim.what_follows import NOT_CARRIED, basis_text, break_even_lines, carried_lines, list_lines
from simulator.report.page import Bar, Block, Bullets, Gap, Heading, Line, Masthead, Scale, Table, table
from simulator.report.screen import NOTE, everything, means

# Nobody recorded these: they are what the user states.
AT_THEIR_WORD = "stated, not recorded"
# What a year of the Met is stated in.
YEAR_OF = REACHES["met-2025"].figures
SHORT = "Nothing here says whether these numbers are right; a claim file holds them against what is published."
# The same events out of these are quoted together.
BOTH = ("faces", "alerts")
OWN = {"false_alerts": "false alert", "false_stopped": "stop on a false alert"}


def page(found: StatedNumbers) -> list[Block]:
    """Rates by every unit and what would show a limit; behind that a year of it, and what is left out."""
    return [
        Masthead("Numbers without a record", AT_THEIR_WORD),
        *means([headline(found), SHORT]),
        *(rates_table(found, event) for event in found.given.events),
        *_bullets(notes(found)),
        *_readings(found),
        *_bullets((*list_lines(found.against_lists), *break_even_lines(found.break_even))),
        Line(NOTE),
        everything(_all(found)),
    ]


def _all(found: StatedNumbers) -> list[Block]:
    return [
        Line(found.no_verdict),
        *([_picture(found)] if len(found.rates) > 1 else []),
        *_carried(found),
        *_left_out(found),
        Gap(),
        Line(found.note),
    ]


def _bullets(lines: Iterable[str]) -> list[Block]:
    items = tuple(lines)
    return [Bullets(items)] if items else []


def _readings(found: StatedNumbers) -> Iterator[Block]:
    if found.readings:
        yield Heading("What it could mean, and what would show it")
        yield readings_table(found.readings, OWN)
        yield from _bullets((*_accuracy_lines(found), *no_test_lines(found.readings, OWN)))


def _accuracy_lines(found: StatedNumbers) -> Iterator[str]:
    """What an accuracy could mean: it is not said of what."""
    if found.given.accuracy is not None:
        yield (
            f"An accuracy of {as_given(100 * found.given.accuracy)} % does not say of what. Of faces, as those without a false "
            f"alert, a system that never alerts would have 100 %, so it is no test of the alerts. Of alerts, as those that were "
            f"right, it is another number. Of "
            f"listed people found it says nothing: nobody counts those who were missed."
        )


def _carried(found: StatedNumbers) -> Iterator[Block]:
    if found.carried:
        yield Heading("Further on, at the same rate")
        yield Bullets((*carried_lines(found.carried, OWN, "your numbers"), basis_text(found.carried)))
    elif found.rates and found.given.year_faces is not None and found.rates[0].per != "faces":
        yield Gap()
        yield Line("Not carried over your year: that takes faces.")
    elif found.rates and found.rates[0].per in YEAR_OF:
        yield Gap()
        yield Line(f"Not carried over a year. {NOT_CARRIED}")


def _left_out(found: StatedNumbers) -> Iterator[Block]:
    if not found.rates:
        return
    where = found.details.simulated_in if found.details else None
    if found.left_out is None or where is None:
        yield Gap()
        yield Line(
            "What such numbers leave out (people stopped with no action, stale records, people missed): add --scenario."
        )
        return
    yield Heading("What the numbers leave out")
    yield Line(f"Simulated by lfrsim in: {where.title}. It need not be the place your numbers are from.")
    yield left_out_table(found.left_out, where)


def headline(found: StatedNumbers) -> str:
    """The numbers in a sentence, and the first rate; what is asked where nothing was counted."""
    if not found.rates:
        item = found.readings[0]
        return f"Below 1 in {limit(item.one_in)}: so many {' or '.join(_units(found))} show it; nothing is counted yet."
    units = [
        f"{as_given(number_of)} {words_of(unit, OWN, number_of)}"
        for unit, number_of in found.given.units.items()
        if unit not in found.given.events
    ]
    rates = ", ".join(map(per_text, _quoted(found)))
    return f"{capital(', '.join(map(_event_text, _first_rows(found))))}; {', '.join(units)}: {rates}."


def _quoted(found: StatedNumbers) -> list[StatedRate]:
    """The first event by faces and by alerts, where both are given: quote both or neither; else by the first unit."""
    first = found.rates[0]
    both = [row for row in found.rates if row.event == first.event and row.per in BOTH]
    return both if len(both) == len(BOTH) else [first]


def _units(found: StatedNumbers) -> list[str]:
    return list(dict.fromkeys(words_of(item.per, OWN) for item in found.readings))


def _event_text(row: StatedRate) -> str:
    count = "no" if row.most == 0 else count_text(row)
    return f"{count} {words_of(row.event, OWN, row.most)}"


def finding(found: StatedNumbers) -> str:
    """The finding in a sentence: the first event by every unit, at most three of them."""
    first = [row for row in found.rates if row.event == found.rates[0].event][:3]
    said = []
    for row in first:
        rate = row.interval_95 if row.most == 0 else row.rates
        text = rate_text(rate.high, row.event, row.per) if row.most == 0 else span_text(rate, row.event, row.per)
        said.append(f"{'at most ' if row.most == 0 else ''}{text} {words_of(row.per, OWN)}")
    return f"{capital(_event_text(first[0]))}: {', '.join(said)}"


def _first_rows(found: StatedNumbers) -> list[StatedRate]:
    return [next(row for row in found.rates if row.event == event) for event in found.given.events]


def count_text(row: StatedRate) -> str:
    """A count as stated: "none", "1", "2 to 7"."""
    return "none" if row.most == 0 else count_range(row.fewest, row.most)


def per_text(row: StatedRate) -> str:
    """The rate of a row per its unit, with its exact interval."""
    unit = words_of(row.per, OWN, 1)
    if row.most == 0:
        return f"per {unit} {none_text(row.interval_95.high, row.event, row.per)} (exact 95 %)"
    rates = span_text(row.rates, row.event, row.per)
    return f"per {unit} {rates} (exact 95 %: {span_text(row.interval_95, row.event, row.per)})"


def rates_table(found: StatedNumbers, event: str) -> Table:
    """One event by every unit given: exact intervals, and the mixture where the count is a range."""
    rows = []
    mixed = any(row.mixture_95 is not None for row in found.rates if row.event == event)
    for row in (row for row in found.rates if row.event == event):
        name = words_of(row.per, OWN, 1)
        exact = _inside(row.interval_95, row)
        cells = [
            name,
            f"{count_text(row)} {joint_of(row.event, row.per).removeprefix('out ')} {as_given(row.bottom)}",
            exact,
        ]
        rows.append([*cells, *([_mixture(row), _median(row)] if mixed else [])])
        if row.repeats_95 is not None:
            rows.append(
                [f"  {name}, people repeat", "assumed", _inside(row.repeats_95, row), *(["", ""] if mixed else [])]
            )
    kind = "exact 95 %, any count" if mixed else "exact 95 % interval"
    columns = ["per", "counted", kind, *(["mixture 95 %", "median"] if mixed else [])]
    return table(capital(words_of(event, OWN)), columns, rows, ("median", "mixture 95 %") if mixed else ())


def _inside(interval: Interval, row: StatedRate) -> str:
    if row.most == 0:
        return none_text(interval.high, row.event, row.per)
    return span_text(interval, row.event, row.per)


def _mixture(row: StatedRate) -> str:
    return "" if row.mixture_95 is None else span_text(row.mixture_95, row.event, row.per)


def _median(row: StatedRate) -> str:
    return "" if row.median is None else rate_text(row.median, row.event, row.per)


def notes(found: StatedNumbers) -> list[str]:
    """Natural frequencies, the pace in minutes, the weights of a mixture, and what repeats of passers-by suppose."""
    lines = [
        f"One {words_of(row.event, OWN, 1)} every {pace}." for row in found.rates if (pace := minutes_between(row))
    ]
    lines += [
        text
        for row in found.rates
        if (text := natural_span(row.event, row.per, row.bottom, row.rates, row.interval_95))
    ]
    ranges = [row for row in found.rates if row.mixture_95 is not None]
    if ranges:
        first = ranges[0]
        many = first.most - first.fewest + 1
        lines.append(
            f"The mixture takes the {many} counts from {first.fewest} to {first.most} for equally credible "
            f"(weights 1/{many}), each with Jeffreys' prior: per {words_of(first.per, OWN, 1)} {_mixture(first)}, median "
            f"{_median(first)}. A word does not say which it means."
        )
    visits, correlation = found.given.visits, found.given.correlation
    if visits is not None and correlation is not None and any(row.repeats_95 for row in found.rates):
        worth = 1 / design_effect(visits, correlation)
        row = next(row for row in found.rates if row.repeats_95)
        lines.append(
            f"If people come past {number(visits)} times each and their results are alike by {correlation:g}, "
            f"{large(row.bottom)} {words_of(row.per, OWN)} are worth {large(worth * row.bottom)} independent ones."
        )
    return lines


def minutes_between(row: StatedRate) -> str:
    """Minutes of camera time to each event, with the exact interval; nothing of other units, or where none was counted."""
    if row.per != "camera_hours" or row.fewest == 0:
        return ""
    low, high, first, last = (number(60 / rate) for rate in (row.rates.high, row.rates.low, *reversed(row.interval_95)))
    return f"{low if low == high else f'{low} to {high}'} minutes (exact 95 %: {first} to {last})"


def _picture(found: StatedNumbers) -> Scale:
    """Every row as a bar: the middle of a range, or the count, with the exact interval."""
    several = len(found.given.events) > 1
    bars = tuple(
        Bar(
            f"{words_of(row.event, OWN) + ' ' if several else ''}per {words_of(row.per, OWN, 1)}",
            middle(row),
            *row.interval_95,
        )
        for row in found.rates
    )
    head = "The same numbers by each unit. o: as counted (the middle of a range), |--|: exact 95 % interval."
    return Scale(head, bars)


def middle(row: StatedRate) -> float:
    """The median of a mixture; without one the geometric middle of a range; the rate of a single count."""
    if row.median is not None:
        return row.median
    return row.rates.high if row.rates.low == row.rates.high else float((row.rates.low * row.rates.high) ** 0.5)


__all__ = ["OWN", "count_text", "finding", "headline", "middle", "page"]
