"""The page of a fit: what is odd in the record, what it says, and what goes into the scenario."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.evidence.fit.false_alerts_found import FalseAlertsFound
from simulator.evidence.fit.fitted_values import FMR
from simulator.evidence.fit.found import FitFound, RecordRead, Remark
from simulator.evidence.numbers import counted, number, whole
from simulator.report.fit.before import before, prior_sentences
from simulator.report.fit.screen import screen
from simulator.report.fit.sentences import (
    at,
    disposal_sentences,
    factor_sentences,
    one_sided,
    rate_cell,
    rate_sentences,
    share_cell,
    slope_sentences,
    street_sentences,
    zero_sentences,
)
from simulator.report.inputs import with_ends, words_of
from simulator.report.page import Block, Gap, Heading, Line, Note, Table, table
from simulator.report.said import cautions, ignored, numbers_left_out, rows_left_out
from simulator.report.screen import everything

MOST_ODDITIES = 40
GRADES = "Observed, not simulated, unless a line says so."


def page(found: FitFound) -> list[Block]:
    """One screen; behind it the record's oddities, all estimates, the inputs, the silences."""
    return [*screen(found), everything(_all(found))]


def _all(found: FitFound) -> list[Block]:
    says = (zero_sentences, factor_sentences, rate_sentences, slope_sentences, prior_sentences)
    return [
        *_head(found),
        Gap(),
        *(Line(one.words, strong=True) for one in found.linked_to_false_alerts),
        *_oddities(found.record.oddities),
        Gap(),
        *([blocks_table(found)] if found.blocks else []),
        *(Line(text) for sentences in says for text in sentences(found)),
        Gap(),
        Line(_street(found), strong=True),
        *cautions(found.street.cautions),
        *(Line(text) for text in (*street_sentences(found), *disposal_sentences(found))),
        Gap(),
        *([inputs_table(found)] if found.inputs else []),
        *(Line(text, label="Not in these data") for text in found.cannot_say),
    ]


def _head(found: FitFound) -> Iterator[Block]:
    record = found.record
    days = f"{record.first} to {record.last}, {number(record.hours)} camera hours where given"
    yield Line(f"{record.file}: {counted(record.deployments, 'deployment')}, {days}", strong=True)
    yield Line(f"{GRADES} For the scenario {found.scenario.name}. In brackets: 95 %.")
    yield from _left_out(record)
    yield from numbers_left_out(record.left_out, record.deployments)
    yield from ignored(record.ignored_columns)


def _left_out(record: RecordRead) -> Iterator[Block]:
    if record.skipped_rows:
        said = rows_left_out(record.skipped_lines, record.skipped_false_alerts)
        yield Line(f"{said} The first: {_told(record.skipped[0])}", strong=True)


def _oddities(odd: tuple[Remark, ...]) -> Iterator[Block]:
    if not odd:
        yield Line("Nothing is odd in the rows that were read.")
        return
    yield Heading("Odd in the record (nothing was dropped for it)")
    yield from (Line(_told(remark)) for remark in odd[:MOST_ODDITIES])
    if len(odd) > MOST_ODDITIES:
        yield Line(f"... and {len(odd) - MOST_ODDITIES} more; all are in the output of --json.")


def _told(remark: Remark) -> str:
    return ": ".join(part for part in (remark.place, remark.column, remark.what) if part)


def _street(found: FitFound) -> str:
    street, place = found.street, found.question.place
    where = [f"The street: {counted(street.deployments, 'deployment')}"]
    where += [f"at {at(street.threshold)}"] if street.threshold is not None else []
    where += [f"places with {place} in their name"] if place else []
    where += [f"{street.sites} sites"] if street.sites > 1 else []
    return ", ".join(where)


def blocks_table(found: FitFound) -> Table:
    """False alerts by threshold, with every denominator and exact intervals."""
    rows = [
        [
            at(block.threshold),
            f"{block.first} to {block.last}",
            whole(block.deployments),
            f"{whole(block.false_alerts)} of {whole(block.alerts)}",
            share_cell(block.per.get("alert")),
            rate_cell(block.per.get("hour"), block.deployments),
            rate_cell(block.per.get("face"), block.deployments),
            "" if block.faces_per_hour is None else number(block.faces_per_hour),
        ]
        for block in found.blocks
    ]
    how = "Faces are counted in ways that change: where faces per hour differ much, do not compare rates per face."
    return table(
        f"False alerts recorded at each threshold: one in how many (exact 95 %{one_sided(found.blocks)})",
        ["threshold", "days", "rows", "false of alerts", "share", "camera hours", "counted faces", "faces/hour"],
        rows,
        spare=("days", "rows", "faces/hour"),
        notes=[Note(how, of=("counted faces",))],
    )


def inputs_table(found: FitFound) -> Table:
    """What goes into the scenario, beside what stood there before."""
    rows = []
    for item in (item for item in found.inputs if item.grade != "assumed"):
        drawn = "jointly" if item.jointly else ""
        rows.append([words_of(item.key), before(item, "–"), with_ends(item.value, item.interval_95, "–"), drawn])
        rows.append([f"  {item.key}", "", "", ""])
    return table(
        f"Inputs of {found.scenario.name} that the record sets (95 %)",
        ["input", "in the scenario now", "from the record", "drawn"],
        rows,
        spare=("drawn",),
        notes=(Note(text, of=("from the record",)) for text in _notes(found, found.false_alerts)),
    )


def _notes(found: FitFound, false: FalseAlertsFound | None) -> Iterator[str]:
    shares = [f"{share:.2f} of {kind} ones" for kind, share in found.divided.items()]
    if shares:
        yield (
            f"Rates of alerts are the record's divided by the share of alerts that a force records ({', '.join(shares)}; "
            f"simulated): people in custody, repeats and recognised people are not in a record."
        )
    fresh = any(prior.key == FMR and not prior.used for prior in found.priors)
    if false is not None and false.none and fresh and any(item.key == FMR for item in found.inputs):
        yield (
            "No false alert is recorded: the record bounds the false match rate from above, and the value and its lower end are "
            "what Jeffreys' prior makes of that."
        )


__all__ = ["blocks_table", "inputs_table", "page"]
