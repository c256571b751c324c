"""Tables and pictures of a judged claim: one event by every unit, and both sides of a comparison."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.claim.figures import words_of
from simulator.claim.models import ClaimFile
from simulator.evidence.claim.judged import ComparisonFound, Judged, RateTable
from simulator.evidence.claim.kinds.comparison import PER, measure_words
from simulator.evidence.claim.ratios import Ratio
from simulator.evidence.claim.units import pictured
from simulator.evidence.claim.words import bound_text, capital, out_of, rate_text, span_text
from simulator.evidence.numbers import number
from simulator.report.page import Bar, Scale, Table, table

RATE_COLUMNS = ["per", "counted", "95 % interval", "rate", "method"]


def rates_table(rates: RateTable, file: ClaimFile) -> Table:
    """One event by every unit that a piece of evidence states, each with its exact interval."""
    item = file.evidence[rates.evidence]
    rows: list[list[str]] = []
    for ratio in rates.by_unit:
        name = words_of(ratio.per, file.words, 1)
        rows.append([name, out_of(ratio), _inside(ratio), rate_text(ratio.rate, ratio.event, ratio.per), ratio.method])
        if ratio.per in rates.repeats_95:
            ends = span_text(rates.repeats_95[ratio.per], ratio.event, ratio.per)
            rows.append([f"  {name}, people repeat", "assumed", ends, "", ratio.method])
        if ratio.per == "faces" and rates.per_passage is not None and file.passages_per_face is not None:
            span = file.passages_per_face
            ends = span_text(rates.per_passage, rates.event, "passages")
            rows.append([f"  passage, {span.low:g} to {span.high:g} a face", "assumed", ends, "", "range"])
    title = f"{capital(words_of(rates.event, file.words))} of {item.what} [{item.grade}: {item.publication}]"
    return table(title, RATE_COLUMNS, rows, ("method", "rate"), prose=("95 % interval",))


def _inside(ratio: Ratio) -> str:
    if ratio.interval_95 is None:
        return "none"
    return bound_text(ratio) or span_text(ratio.interval_95, ratio.event, ratio.per)


def rates_picture(judged: Judged, file: ClaimFile) -> Iterator[Scale]:
    """The same events by each unit on one axis, and the claim at its word beside; nothing where there is but one unit."""
    rates = pictured(judged.rates)
    if rates is None:
        return
    counted = [
        Bar(f"per {words_of(ratio.per, file.words, 1)}", ratio.rate, *ratio.interval_95)
        for ratio in rates.by_unit
        if ratio.interval_95 is not None
    ]
    claimed = [
        Bar(f"as claimed, per {words_of(item.per, file.words, 1)}", item.median, *item.envelope_95)
        for item in judged.at_its_word
    ]
    what = file.evidence[rates.evidence].what
    head = f"The same events by each unit ({what}). o: as counted, |--|: exact 95 % interval."
    yield Scale(head, (*counted, *claimed))


def comparison_table(compared: ComparisonFound) -> Table:
    """Both scenarios' simulated rates, their difference, and where 95 % of pairs of campaigns have it."""
    rows = [
        [
            measure_words(measure),
            number(rates.a),
            number(rates.b),
            _signed(rates.difference),
            f"{_signed(rates.difference_95.low)} to {_signed(rates.difference_95.high)}",
        ]
        for measure, rates in compared.rates_by_measure.items()
    ]
    columns = ["", compared.a, compared.b, "difference", "95 % of pairs of campaigns"]
    return table(f"Simulated, not recorded: per {PER[compared.per]}", columns, rows, prose=("",))


def _signed(x: float) -> str:
    return f"+{number(x)}" if x > 0 else number(x)


__all__ = ["comparison_table", "rates_picture", "rates_table"]
