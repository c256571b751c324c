"""The report of a check, or of a dated forecast that is scored: forecast beside record, calibration, and what limits it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from simulator.evidence.check.found import CheckFound
from simulator.report.check.page import left_out, outside
from simulator.report.check.sentences import assumptions, skill_lines, training_lines
from simulator.report.check.tables import coverage_table, pit_table, predictive_tables, totals_table
from simulator.report.composed import composed, drawn, meaning_apart
from simulator.report.document import Answer, Document, section
from simulator.report.figures.check import FORECASTS_NAME, PIT_NAME, draw_forecasts, draw_pit
from simulator.report.figures.check_predictive import PREDICTIVE_NAME, draw_predictive
from simulator.report.page import Block, Figure, Line
from simulator.report.said import cautions

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Drawing

FORECASTS, HELD, PATTERNS, OUTSIDE = (
    "Forecast beside the record", "How often the intervals held", "Patterns that a good model would have",
    "Deployments outside",
)  # fmt: skip
FORECASTS_FILE = "forecasts.csv"


def document(answer: Answer) -> Document:
    """Forecasts row by row are drawn where they are kept beside what was found."""
    found: CheckFound = answer.found  # type: ignore[assignment]
    figures, pictures = drawn(_figures(answer, found))
    shown = [
        *section(FORECASTS, [*only(figures, FORECASTS_NAME), totals_table(found)]),
        *section(HELD, [*only(figures, PIT_NAME), coverage_table(found), pit_table(found)]),
        *section(PATTERNS, [*only(figures, PREDICTIVE_NAME), *predictive_tables(found)]),
        *section(OUTSIDE, outside(found.foremost, found.forecasters[found.foremost])),
    ]
    return composed(answer, shown, _sure(found), pictures, meaning_apart(found, "; "))


def _figures(answer: Answer, found: CheckFound) -> Iterator[tuple[str, Drawing]]:
    forecasts = answer.beside.get(FORECASTS_FILE)
    if forecasts is not None:
        yield FORECASTS_NAME, draw_forecasts(found, forecasts)
    yield PIT_NAME, draw_pit(found)
    yield PREDICTIVE_NAME, draw_predictive(found)


def only(figures: Iterable[Figure], name: str) -> Iterator[Figure]:
    """The figure of this *name*, if it was drawn."""
    return (figure for figure in figures if figure.name == name)


def _sure(found: CheckFound) -> Iterator[Block]:
    yield from (Line(text) for text in skill_lines("model", found.forecasters.get("model", {})))
    yield from (Line(text) for text in training_lines(found))
    yield from left_out(found.records)
    yield from (Line(text, label="Assumed") for text in assumptions(found.run.assumed, found.tested, found.training))
    yield from (Line(note, label="Note") for note in found.notes)
    yield from cautions(found.scenario.caveats)


__all__ = ["FORECASTS", "FORECASTS_FILE", "HELD", "OUTSIDE", "document", "only"]
