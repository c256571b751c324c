"""One judged claim: in a few lines, or at length with its tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from simulator.claim.models import ClaimFile
from simulator.evidence.claim.details import ClaimDetails
from simulator.evidence.claim.fall_found import fall_in_words
from simulator.evidence.claim.judged import Judged, RateTable
from simulator.evidence.claim.key_figure import spread_text
from simulator.evidence.claim.units import pictured
from simulator.evidence.claim.words import ratio_text, sentence
from simulator.report.claim import falls
from simulator.report.claim.frequencies import natural, passage_text, repeats_text
from simulator.report.claim.readings import no_test_lines, readings_lines, readings_table
from simulator.report.claim.sentences import (
    agreement_lines,
    agreement_short,
    comparison_reading,
    per_what,
    unconfirmed_lines,
)
from simulator.report.claim.tables import comparison_table, rates_picture, rates_table
from simulator.report.claim.what_follows import basis_text, benchmark_lines, carried_lines, word_line
from simulator.report.page import Block, Bullets, Gap, Heading, Line


def in_short(judged: Judged, file: ClaimFile, details: ClaimDetails) -> Iterator[Block]:
    """The verdict with its three parts, and what else a reader must know, in a few lines."""
    yield from _statement(judged, file)
    yield parts_of(judged, file, details)
    yield Gap()


def parts_of(judged: Judged, file: ClaimFile, details: ClaimDetails) -> Bullets:
    """The three parts of the verdict, and what else a reader must know."""
    others = per_what(judged, file, details.cannot_fail, always=False)
    return Bullets(
        (
            f"Numbers: {agreement_short(judged, file)}.",
            f"How precisely: {judged.precision.words}",
            *([f"Per what: {' '.join(others)}"] if others else []),
            *_short_lines(judged, file, details),
            *(f"Note: {note}" for note in judged.notes),
        )
    )


def _short_lines(judged: Judged, file: ClaimFile, details: ClaimDetails) -> Iterator[str]:
    """The figures of a claim that its short form shows besides: rates with intervals, at its word, a year, power."""
    yield from _word_lines(judged, file)
    yield from _spread_lines(judged, file)
    yield from unconfirmed_lines(judged.if_unconfirmed)
    if judged.rates and judged.readings:
        ratios = (pictured(judged.rates) or judged.rates[0]).by_unit
        yield f"Counted: {'; '.join(ratio_text(ratio, file.words) for ratio in ratios)}."
        yield from filter(None, (natural(ratio) for ratio in ratios if ratio.per == "alerts"))
    yield from readings_lines(judged.readings, file.words, _later(judged))
    yield from carried_lines([item for item in judged.carried if item.words == judged.carried[0].words], file.words)
    if judged.change:
        yield f"{fall_in_words(judged.change)}."
        yield falls.least_line(details.least_fall)
        yield falls.sight_line(judged.change)
        yield from falls.placebo_lines(judged.change[0])


def at_length(judged: Judged, file: ClaimFile, details: ClaimDetails) -> Iterator[Block]:
    """The three parts of the verdict with their tables, and what follows further on."""
    yield from _statement(judged, file)
    yield from workings_of(judged, file, details)
    yield from _part("Notes", judged.notes)
    yield Gap()


def workings_of(judged: Judged, file: ClaimFile, details: ClaimDetails) -> Iterator[Block]:
    """What the verdict was reached from, each source by itself, with all tables."""
    yield from _part("Do the numbers agree?", agreement_lines(judged, file))
    yield from _part("How precisely is it known?", [sentence(judged.precision.words)])
    yield from _part("If nobody looked", unconfirmed_lines(judged.if_unconfirmed))
    yield from _units(judged, file, details)
    changed = file.claims[judged.key].change
    if changed is not None and judged.change:
        yield from falls.blocks(changed, judged.change, details.least_fall)
    if judged.comparison is not None:
        yield Bullets((comparison_reading(judged.comparison),))
        yield comparison_table(judged.comparison)
    yield from _further(judged, file)


def _statement(judged: Judged, file: ClaimFile) -> Iterator[Block]:
    yield Heading(f"{file.claims[judged.key].statement} ({judged.key})")
    yield from verdict_of(judged, file)


def verdict_of(judged: Judged, file: ClaimFile) -> Iterator[Block]:
    """By whom it was said if not by whom the others were, how its words were read, and the verdict with its reason."""
    claim = file.claims[judged.key]
    if claim.said_by and claim.said_by != file.said_by:
        yield Line(f"Said by {claim.said_by}{f', {claim.said_on}' if claim.said_on else ''}.")
    if judged.read_as:
        yield Line(judged.read_as)
    yield Line(f"{judged.verdict.words}. Reached because {judged.verdict.because}.", label="Verdict")


def _part(heading: str, lines: Iterable[str]) -> Iterator[Block]:
    """*lines* under a *heading*; neither where there are none."""
    items = tuple(lines)
    if items:
        yield Line(heading, strong=True)
    yield from _bullets(items)


def _units(judged: Judged, file: ClaimFile, details: ClaimDetails) -> Iterator[Block]:
    said = per_what(judged, file, details.cannot_fail)
    if judged.rates:
        said += _of_each(pictured(judged.rates) or judged.rates[0], file)
        if not said:
            yield Line("Per what?", strong=True)
    yield from _part("Per what?", said)
    for rates in judged.rates:
        yield rates_table(rates, file)
    yield from rates_picture(judged, file)


def _of_each(rates: RateTable, file: ClaimFile) -> Iterator[str]:
    """Natural frequencies, what repeats of passers-by would do, and passages behind faces."""
    for ratio in rates.by_unit:
        passages = passage_text(rates, file) if ratio.per == "faces" else ""
        yield from filter(None, (natural(ratio), repeats_text(ratio, rates.repeats_95.get(ratio.per), file), passages))


def _further(judged: Judged, file: ClaimFile) -> Iterator[Block]:
    yield from _part("The claim at its word", _word_lines(judged, file))
    yield from _part("If the number is right", _spread_lines(judged, file))
    yield from _readings(judged, file)
    carried = carried_lines(judged.carried, file.words)
    yield from _part("Further on", [*carried, basis_text(judged.carried)] if carried else ())
    yield from _part("Beside what one might expect", benchmark_lines(judged.benchmarks))


def _readings(judged: Judged, file: ClaimFile) -> Iterator[Block]:
    """A table of readings for each piece of evidence, and what "no test" means."""
    for name, items in groupby(judged.readings, lambda item: item.evidence):
        since = " (later)" if name in _later(judged) else ""
        of = "" if name is None else f": {file.evidence[name].what}{since}"
        yield readings_table(tuple(items), file.words, of)
    yield from _bullets(no_test_lines(judged.readings, file.words))


def _later(judged: Judged) -> set[str]:
    """Evidence that was published after the claim was made."""
    return {item.name for item in judged.numbers if item.later}


def _bullets(lines: Iterable[str]) -> Iterator[Block]:
    items = tuple(lines)
    if items:
        yield Bullets(items)


def _word_lines(judged: Judged, file: ClaimFile) -> list[str]:
    counted = file.claims[judged.key].count
    said = counted.claimed.words if counted else None
    return [word_line(item, said, file.words) for item in judged.at_its_word]


def _spread_lines(judged: Judged, file: ClaimFile) -> list[str]:
    counted = file.claims[judged.key].count
    return [] if counted is None else [spread_text(item, counted, file) for item in judged.spread_over]


__all__ = ["at_length", "in_short", "parts_of", "verdict_of", "workings_of"]
