"""The first screen of a fit: what the record counts, what it makes of the scenario, and what it cannot say."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from simulator.evidence.fit.blocks import RecordBlock
from simulator.evidence.fit.found import FitFound
from simulator.evidence.fit.prior_found import MedianOf
from simulator.evidence.numbers import counted, number, number_range, whole
from simulator.report.fit.before import before, median_of
from simulator.report.fit.sentences import at, one_sided, rate_cell, share_cell
from simulator.report.inputs import with_ends, words_of
from simulator.report.page import Block, Line, Masthead, Table, table
from simulator.report.said import numbers_left_out, rows_left_out
from simulator.report.screen import facts, first_of, means

OBSERVED = "observed, not simulated"
# Rows of the two tables.
MOST_BLOCKS, MOST_INPUTS = 5, 9


def screen(found: FitFound) -> Iterator[Block]:
    """The record in a sentence or two, its false alerts by threshold, what would be set, what was left out."""
    record = found.record
    yield Masthead(record.file, OBSERVED)
    yield Line(
        f"{counted(record.deployments, 'deployment')}, {record.first} to {record.last}, {number(record.hours)} camera hours "
        f"where given; for the scenario {found.scenario.name}. In brackets: 95 %."
    )
    yield from means(_meaning(found))
    if found.blocks:
        yield _blocks(found)
    if found.inputs:
        yield _inputs(found)
    left = " ".join(line.text for line in numbers_left_out(record.left_out, record.deployments))
    skipped = rows_left_out(record.skipped_lines, record.skipped_false_alerts) if record.skipped_rows else ""
    # what is said of all the file is of no column
    odd = [": ".join(filter(None, (item.place, item.column, item.what))) for item in record.oddities]
    yield from facts(
        ("Left out", " ".join(filter(None, (skipped, _shortened(left))))),
        ("Odd", first_of(odd)),
        ("Watch out", first_of(found.street.cautions)),
        ("Not in it", first_of(found.cannot_say)),
    )


def _meaning(found: FitFound) -> Iterator[str]:
    yield from (one.words for one in found.linked_to_false_alerts)
    for block in sorted(found.blocks, key=lambda item: item.deployments)[-1:]:
        yield _counted(block)
    if not found.blocks:
        yield _of_all_alerts(found)
    for prior in found.priors[:1]:
        name, write = _plainly(prior.key)
        yield f"By this record alone {name} {write(prior.alone)}."
        if prior.with_evidence is not None:
            whose = "of another force or system" if prior.may_not_hold else "behind the scenario"
            yield (
                f"Together with evidence {whose}, which makes up {100 * (prior.share or 0):.0f} % of the result: "
                f"{write(prior.with_evidence)}."
            )
        if prior.conflicts:
            yield "The two disagree by more than chance: they are not of the same system, street or way of counting."


def _plainly(key: str) -> tuple[str, Callable[[MedianOf], str]]:
    """How an input is said, and its value: a false match rate in a billion comparisons."""
    if key == "recogniser.fmr_at_anchor":
        return "a comparison of one face with one entry of the list goes wrong", _in_a_billion
    return f"the {words_of(key)} is", median_of


def _in_a_billion(law: MedianOf) -> str:
    low, high = law.interval_95
    return f"{number(1e9 * law.median)} times in a billion ({number_range(1e9 * low, 1e9 * high)})"


def _counted(block: RecordBlock) -> str:
    """False alerts out of alerts, and how often by the clock, at one threshold."""
    hours, of = block.per.get("hour"), f"{whole(block.false_alerts)} of {whole(block.alerts)} alerts"
    false = f"At {at(block.threshold)}, {of} {'is' if block.false_alerts == 1 else 'are'} recorded as false"
    if hours is None:
        return f"{false}."
    low, high = hours.exact_95
    if not hours.rate and block.false_alerts:
        return f"{false}; none in the {whole(hours.rows)} rows that give hours, {whole(hours.false_left_out)} in those left out."
    if not hours.rate:
        return f"{false}, in {number(hours.of)} camera hours: no evidence of none to come."
    return f"{false}: one in {number(1 / hours.rate)} camera hours ({number_range(1 / high, 1 / low)})."


def _of_all_alerts(found: FitFound) -> str:
    """False alerts out of all alerts, where nothing is said of any threshold."""
    of = found.false_of_alerts
    if of is None:
        return "The record counts no false alerts beside alerts: nothing is said of how often alerts are wrong."
    false = round(of.rate * of.of)
    are = "is" if false == 1 else "are"
    return f"{whole(false)} of {whole(of.of)} alerts {are} recorded as false: {share_cell(of)}."


def _blocks(found: FitFound) -> Table:
    rows = [
        [
            at(block.threshold),
            f"{whole(block.false_alerts)} of {whole(block.alerts)}",
            share_cell(block.per.get("alert")),
            rate_cell(block.per.get("hour"), block.deployments),
            rate_cell(block.per.get("face"), block.deployments),
        ]
        for block in found.blocks[-MOST_BLOCKS:]
    ]
    return table(
        f"False alerts recorded: one in how many (exact 95 %{one_sided(found.blocks)})",
        ["threshold", "of alerts", "share", "camera hours", "counted faces"],
        rows,
    )


def _inputs(found: FitFound) -> Table:
    shown = [item for item in found.inputs if item.grade != "assumed"][:MOST_INPUTS]
    rows = [[words_of(item.key), before(item, "–"), with_ends(item.value, item.interval_95, "–")] for item in shown]
    return table("What the record sets", ["input", "in the scenario now", "from the record"], rows)


def _shortened(text: str, most: int = 200) -> str:
    """*text* up to its last comma before so many characters."""
    return text if len(text) <= most else f"{text[:most].rpartition(',')[0]}, ... (--details)"


__all__ = ["screen"]
