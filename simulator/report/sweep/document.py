"""The report of a sweep: thresholds in a table, the surface as maps, and the recogniser's trade-off."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.evidence.sweep.found import SweepFound
from simulator.evidence.sweep.tradeoff import Tradeoff
from simulator.report.composed import composed, drawn
from simulator.report.document import Answer, Document, section
from simulator.report.figures import About, det, frontier, surface_figures
from simulator.report.page import Block, Line
from simulator.report.said import cautions, depletion_first
from simulator.report.sweep.sentences import cautions as cautions_of
from simulator.report.sweep.sentences import notes

SURFACE, FRONTIER, RECOGNISER = "By threshold and list", "People found against stops in error", "The recogniser"


def document(answer: Answer) -> Document:
    """Raises ValueError where only the cells were kept."""
    found: SweepFound = answer.found  # type: ignore[assignment]
    tradeoff: Tradeoff | None = answer.beside.get("tradeoff.json")
    figures, pictures = drawn(surface_figures(found.cells, About.of(found), tradeoff))
    own = {frontier.NAME: FRONTIER, det.NAME: RECOGNISER}
    shown = [
        *section(SURFACE, [figure for figure in figures if figure.name not in own]),
        *(part for figure in figures if figure.name in own for part in section(own[figure.name], [figure])),
    ]
    return composed(answer, shown, _sure(found), pictures)


def _sure(found: SweepFound) -> Iterator[Block]:
    if found.about is not None:
        yield from depletion_first(found.about.depletion, "cell")
    yield from (Line(text) for text in notes(found))
    yield from cautions(cautions_of(found))


__all__ = ["document"]
