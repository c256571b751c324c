"""The page of a check: how often intervals held, how sharp they were, what lay outside, and what limits all this."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from simulator.evidence.check.found import CheckedRecords, CheckFound
from simulator.evidence.check.judged import JointScores
from simulator.evidence.check.planned import WORDS
from simulator.evidence.check.requirement import Requirement
from simulator.evidence.numbers import counted, number, whole
from simulator.report.check.screen import screen
from simulator.report.check.sentences import WHO, assumptions, skill_lines, thresholds, training_lines, without_hours
from simulator.report.check.tables import (
    coverage_table,
    leaning_table,
    pit_table,
    predictive_tables,
    skill_table,
    totals_table,
)
from simulator.report.page import Block, Gap, Line
from simulator.report.said import cautions, ignored, numbers_left_out, rows_left_out
from simulator.report.screen import everything

MOST_LISTED = 12


def page(found: CheckFound) -> list[Block]:
    """One screen; behind it notes, coverage and scores, totals, PIT, rows outside, training, cautions."""
    return [*screen(found), everything(_all(found))]


def _all(found: CheckFound) -> list[Block]:
    return [
        *_head(found),
        *left_out(found.records),
        *_simulated(found),
        Gap(),
        *(Line(note, label="Note") for note in found.notes),
        coverage_table(found),
        *([skill_table(found)] if "baseline" in found.forecasters else []),
        *(Line(text) for text in skill_lines("model", found.forecasters.get("model", {}))),
        totals_table(found),
        leaning_table(found),
        pit_table(found),
        *predictive_tables(found),
        *outside(found.foremost, found.forecasters[found.foremost]),
        Gap(),
        *(Line(text) for text in training_lines(found)),
        *cautions(found.scenario.caveats),
        *([] if found.requirement is None else _requirement(found.requirement)),
    ]


def _head(found: CheckFound) -> Iterator[Block]:
    tested = found.tested
    yield Line(f"Forecasts of recorded deployments beside the record: {found.records.file}", strong=True)
    if found.scenario.what_if:
        yield Line(found.scenario.what_if, label="WHAT IF")
    yield Line(
        f"Observed: {counted(tested.rows, 'deployment')} from {tested.first} to {tested.last}, {number(tested.hours)} camera "
        f"hours, {counted(tested.sites, 'site')}, threshold {thresholds(tested)}."
    )
    yield from (Line(text, label="Assumed") for text in assumptions(found.run.assumed, found.tested, found.training))


def left_out(records: CheckedRecords) -> Iterator[Block]:
    """Rows that the command did not use, and what was odd in those that it did."""
    left = [
        f"{whole(n)} {words}"
        for n, words in (
            (records.skipped, "with mistakes (--skip-bad)"),
            (records.without_hours, "without hours"),
        )
        if n
    ]
    if left:
        yield Line(f"Left out of {whole(records.rows)} rows: {', '.join(left)}.")
    if records.skipped:
        yield Line(rows_left_out(records.skipped_lines, records.skipped_false_alerts))
    yield from numbers_left_out(records.left_out, records.rows - records.skipped)
    yield from ignored(records.ignored_columns)
    if records.rows_without_hours:
        yield Line(without_hours(records.rows_without_hours))
    if records.oddities:
        yield Line(f"Odd in the record, but used: {counted(records.oddities, 'thing')}; lfrsim fit lists them by row.")


def _simulated(found: CheckFound) -> Iterator[Block]:
    run, training = found.run, found.training
    faces = "and the faces counted, which no planner knows" if run.given_faces else "not the faces"
    yield Line(
        f"Scenario: {found.scenario.title}. Simulated {whole(run.replications)} times: the deployments of a place in a year are "
        f"one campaign, each with its hours, threshold and list size ({faces}), inputs drawn from their intervals, seed "
        f"{run.seed}."
    )
    if found.tested.sites > 1:
        yield Line(
            "The scenario describes one street; every site of the record is forecast as if it were that street, with as many "
            "people of its own. Compare its forecasts with rows of that place before blaming or praising it."
        )
    if training:
        yield Line(
            f"Trained model and baseline: from {counted(training.rows, 'row')}, {training.first} to {training.last}, threshold "
            f"{thresholds(training)}. Of a tested row they know date, site, kind of site, hours, list size and threshold, "
            f"and nothing that came of it."
        )


def outside(forecaster: str, scored: Mapping[str, JointScores]) -> Iterator[Block]:
    """Which rows lie outside the intervals of a *forecaster*, by their lines in the file."""
    who = WHO[forecaster]
    for measure, scores in scored.items():
        lines = scores.outside_90
        if not lines:
            yield Line(f"Outside the {who}'s 90 % interval of {WORDS[measure]}: no row.")
            continue
        listed = ", ".join(map(str, lines[:MOST_LISTED])) + (", ..." if len(lines) > MOST_LISTED else "")
        yield Line(
            f"Outside the {who}'s 90 % interval of {WORDS[measure]} in whole counts, which holds somewhat more than 90 % and is "
            f"not the coverage above: {len(lines)} of {counted(scores.rows, 'row')} (lines of the file: {listed}); -o keeps "
            f"every row with its interval."
        )


def _requirement(required: Requirement) -> Iterator[Block]:
    word = "holds" if required.holds else "DOES NOT HOLD"
    yield Line(f"{required.rule}. It {word}.", label=f"Required of the {WHO[required.forecaster]}")
    yield from (Line(text) for text in required.broken)


__all__ = ["left_out", "outside", "page"]
