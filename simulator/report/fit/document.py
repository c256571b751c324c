"""The report of a fit: false alerts by threshold out of each total, inputs before and after, and what the record cannot say."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.evidence.fit.blocks import RecordBlock
from simulator.evidence.fit.found import FitFound
from simulator.evidence.numbers import whole
from simulator.report.composed import composed
from simulator.report.document import Answer, Document, section
from simulator.report.fit.before import prior_sentences
from simulator.report.fit.page import blocks_table, inputs_table
from simulator.report.fit.sentences import at, rate_cell, share_cell
from simulator.report.page import Bar, Block, Line, Scale
from simulator.report.said import cautions

RATES, INPUTS, LEFT = "False alerts recorded, by threshold", "Before and after", "What the record cannot say"
# By what false alerts are drawn, each on a scale of its own, and how it is named.
TOTALS = {"alert": "alerts", "face": "counted faces", "hour": "camera hours"}
MARKS = "Dot: as recorded. Line: exact 95 % interval. Arrow: none recorded, so any rarer is possible."


def document(answer: Answer) -> Document:
    """Rates are out of every total that the record gives for its own rows."""
    found: FitFound = answer.found  # type: ignore[assignment]
    scales = list(rates(found))
    shown = [
        *section(
            RATES, [*scales, *([Line(MARKS)] if scales else []), *([blocks_table(found)] if found.blocks else [])]
        ),
        *section(INPUTS, _inputs(found)),
        *section(LEFT, [Line(text) for text in found.cannot_say]),
    ]
    return composed(answer, shown, _sure(found))


def rates(found: FitFound) -> Iterator[Scale]:
    """False alerts at each threshold with exact intervals, a scale for each total."""
    for unit, words in TOTALS.items():
        bars = tuple(_bar(block, unit, words) for block in found.blocks if unit in block.per)
        if any(bar.high > 0 for bar in bars):
            yield Scale(f"Out of {words}", bars)


def _bar(block: RecordBlock, unit: str, words: str) -> Bar:
    rate = block.per[unit]
    count = whole(round(rate.rate * rate.of))
    said = share_cell(rate) if unit == "alert" else rate_cell(rate, block.deployments)
    return Bar(
        f"at {at(block.threshold)}",
        rate.rate,
        *rate.exact_95,
        words=f"{count} of {whole(round(rate.of))} {words}; {said}",
    )


def _inputs(found: FitFound) -> Iterator[Block]:
    yield from ([inputs_table(found)] if found.inputs else [])
    yield from (Line(text) for text in prior_sentences(found))


def _sure(found: FitFound) -> Iterator[Block]:
    yield Line(
        "Exact intervals take false alerts for independent of each other; they hold chance alone, and neither mistakes of the "
        "record nor ways of counting."
    )
    yield Line(found.question.why_the_default)
    yield from cautions(found.street.cautions)


__all__ = ["document", "rates"]
