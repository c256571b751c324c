"""The page of a dated forecast beside a later record: what was forecast when, on which rows it is scored, and how it did."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.evidence.check.dated_scored import ForecastScored
from simulator.evidence.numbers import counted, number, whole
from simulator.report.check.page import left_out, outside
from simulator.report.check.sentences import assumptions, skill_lines, thresholds
from simulator.report.check.tables import coverage_table, leaning_table, pit_table, skill_table, totals_table
from simulator.report.page import Block, Bullets, Gap, Line


def page(found: ForecastScored) -> list[Block]:
    """The forecast, the rows, skill first and then coverage, totals and leaning, and what its maker had seen."""
    return [
        *_head(found),
        *left_out(found.records),
        Gap(),
        *(Line(note, label="Note") for note in found.notes),
        skill_table(found),
        *(Line(text) for text in skill_lines("forecast", found.forecasters["forecast"])),
        coverage_table(found),
        totals_table(found),
        leaning_table(found),
        pit_table(found),
        *outside("forecast", found.forecasters["forecast"]),
        Gap(),
        Line("What its maker had seen of later deployments:"),
        Bullets(found.seen or ("nothing",)),
        Line("Known weaknesses:"),
        Bullets(found.weaknesses or ("none stated",)),
    ]


def _head(found: ForecastScored) -> Iterator[Block]:
    tested, source = found.tested, found.made_from
    yield Line(f"{found.title}: made on {found.made}, scored on {found.records.file}", strong=True)
    yield Line(
        f"Trained on {counted(source.rows, 'row')} of {source.file}, {source.first} to {source.last}. The score was fixed with "
        f"it: {found.score}"
    )
    yield Line(
        f"Observed: {counted(tested.rows, 'deployment')} from {tested.first} to {tested.last}, {number(tested.hours)} camera "
        f"hours, {counted(tested.sites, 'site')}, threshold {thresholds(tested)}."
    )
    yield from (Line(text, label="Assumed") for text in assumptions(found.assumed, tested))
    if found.without_threshold:
        rows = counted(found.without_threshold, "tested row")
        yield Line(f"threshold of {rows}: {found.threshold:g}; the record prints none.", label="Assumed")
    for n, where in (
        (found.before, f"up to {found.train_until}, the last training day"),
        (found.beyond, f"after {found.forecast_until}, where the forecast ends"),
    ):
        if n:
            yield Line(f"Left out: {counted(n, 'row')} {where}.")
    if found.past:
        yield Line(
            f"{whole(found.past)} of {counted(tested.rows, 'tested row')} lie before {found.made}, when the forecast was made. "
            f"For them it is a forecast only as far as its maker had not seen them (below).",
            label="Caution",
        )


__all__ = ["page"]
