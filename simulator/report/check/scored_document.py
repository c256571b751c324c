"""The report of a dated forecast that is scored on a later record: beside the record, skill, calibration, what its maker knew."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simulator.evidence.check.dated_scored import ForecastScored
from simulator.evidence.numbers import counted
from simulator.report.check.document import FORECASTS, FORECASTS_FILE, HELD, OUTSIDE, only
from simulator.report.check.page import left_out, outside
from simulator.report.check.screen import BESIDE, in_all, totals
from simulator.report.check.sentences import assumptions, skill_lines
from simulator.report.check.tables import coverage_table, pit_table, skill_table, totals_table
from simulator.report.composed import composed, drawn, parts_of
from simulator.report.document import Answer, Document, section
from simulator.report.figures.check import FORECASTS_NAME, PIT_NAME, draw_forecasts, draw_pit
from simulator.report.page import Block, Bullets, Line, Masthead
from simulator.report.pictured import Meaning
from simulator.report.screen import facts

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Drawing

SKILL, SEEN = "Skill", "What its maker had seen"


def document(answer: Answer) -> Document:
    """Forecasts row by row are drawn where they are kept beside what was found."""
    found: ForecastScored = answer.found  # type: ignore[assignment]
    figures, pictures = drawn(_figures(answer, found))
    shown = [
        *section(FORECASTS, [*only(figures, FORECASTS_NAME), totals_table(found)]),
        *section(SKILL, [skill_table(found), *(Line(text) for text in _skill(found))]),
        *section(HELD, [*only(figures, PIT_NAME), coverage_table(found), pit_table(found)]),
        *section(OUTSIDE, outside(found.foremost, found.forecasters[found.foremost])),
        *section(SEEN, [Bullets(found.seen or ("nothing",))]),
    ]
    return composed(answer, shown, _sure(found), pictures, _front(found))


def _figures(answer: Answer, found: ForecastScored) -> Iterator[tuple[str, Drawing]]:
    forecasts = answer.beside.get(FORECASTS_FILE)
    if forecasts is not None:
        yield FORECASTS_NAME, draw_forecasts(found, forecasts)
    yield PIT_NAME, draw_pit(found)


def _front(found: ForecastScored) -> Iterator[Block]:
    tested = found.tested
    yield Masthead(found.title, BESIDE)
    yield Line(f"Made on {found.made} from rows up to {found.train_until}")
    yield Line(
        f"Scored on {counted(tested.rows, 'deployment')} of {found.records.file}, {tested.first} to {tested.last}"
    )
    yield Meaning(parts_of(in_all(found.foremost, found.forecasters[found.foremost]), "; "))
    yield totals(found.forecasters)
    yield from facts(("Skill", " ".join(_skill(found))), ("Left out", _left_out(found)))


def _skill(found: ForecastScored) -> list[str]:
    return list(skill_lines(found.foremost, found.forecasters[found.foremost]))


def _left_out(found: ForecastScored) -> str:
    """Rows that the forecast is not of, and rows of days before it was made."""
    said = [f"{counted(found.before, 'row')} up to {found.train_until}, the last training day"] * bool(found.before)
    said += [f"{counted(found.beyond, 'row')} after {found.forecast_until}, where it ends"] * bool(found.beyond)
    past = [f"{counted(found.past, 'scored row')} lie before {found.made}, when it was made"] * bool(found.past)
    return "".join(f"{text[:1].upper()}{text[1:]}. " for text in ["; ".join(said), *past] if text).strip()


def _sure(found: ForecastScored) -> Iterator[Block]:
    yield Line(f"The score was fixed with the forecast: {found.score}")
    yield from left_out(found.records)
    yield from (Line(text, label="Assumed") for text in assumptions(found.assumed, found.tested))
    yield from (Line(note, label="Note") for note in found.notes)
    yield from (Line(text, label="Known weakness") for text in found.weaknesses)


__all__ = ["document"]
