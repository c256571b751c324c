"""The report of a run to hand over: the answer, a thousand alerts, faces, what would change it, officers, sources."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from simulator.evidence.run.found import RunFound
from simulator.evidence.run.pictures import RunPictures
from simulator.evidence.wider.found import RunWider
from simulator.report.composed import parted
from simulator.report.document import Answer, Document, Section, section
from simulator.report.page import Block, Details, Figure, Heading, Line, Table
from simulator.report.run.alternatives import details
from simulator.report.run.basis import caveats, inputs, method
from simulator.report.run.drawn import curve_words, day_words, drawings
from simulator.report.run.faces import faces
from simulator.report.run.front import front
from simulator.report.run.groups import groups
from simulator.report.run.hangs import hangs
from simulator.report.run.missing import missing
from simulator.report.run.page import officers, page, record
from simulator.report.run.settings import settings
from simulator.report.run.staff import staff_table
from simulator.report.run.thousand import thousand
from simulator.report.workings import made, workings

FIGURES, WIDER = "figures.json", "report.json"
NO_ALTERNATIVES = "--no-alternatives"
# What is computed for a report alone.
SETTINGS, STAFF = (
    "other thresholds and lists, and what the answer hangs on",
    "one more or one fewer of each kind of staff",
)


def document(answer: Answer) -> Document:
    """The report of a run; what it lacks it names with the command for it."""
    found = answer.found
    if not isinstance(found, RunFound):
        raise TypeError(f"the report of a run needs its RunFound (got {type(found).__name__})")
    pictures, wider = answer.beside.get(FIGURES), answer.beside.get(WIDER)
    head, about, first = front(found, pictures)
    _, all_numbers = parted(page(found))
    return Document(
        title=head.title,
        tag=head.tag,
        about=" ".join([f"{head.title.rstrip('.')}.", *about]),
        front=first,
        sections=(*_sections(answer, found, pictures, wider), *workings(answer, all_numbers)),
        made=made(answer),
        pictures=drawings(found, pictures, wider),
    )


def _sections(
    answer: Answer, found: RunFound, pictures: RunPictures | None, wider: RunWider | None
) -> tuple[Section, ...]:
    name = found.scenario.name
    lacks = missing(answer, name, "A thousand alerts, faces and one deployment") if pictures is None else None
    return (
        *section("1,000 alerts", thousand(pictures) if pictures else [lacks] if lacks else []),
        *section("Faces: on the list or not, alert or not", faces(found, pictures) if pictures else ()),
        *section("What would change it", _changes(answer, found, wider)),
        *section("Who", groups(found)),
        *section("Officers and costs", _officers(found, pictures)),
        *section("The record of the same deployments", record(found.record, found.scenario.unit)),
        *section("Inputs, by who says so", inputs(found, wider)),
        *section("Caveats", caveats(found)),
        *section("Method and limits", method(found)),
    )


def _changes(answer: Answer, found: RunFound, wider: RunWider | None) -> Iterator[Block]:
    name = found.scenario.name
    if found.alternatives:
        yield Heading("Doubts that are no interval")
        yield from _alternatives(found)
    elif NO_ALTERNATIVES in answer.origin.command:
        yield missing(answer, name, "What the scenario's named alternatives would change", NO_ALTERNATIVES)
    if wider is not None:
        yield from settings(wider, curve_words(wider))
    if found.staff:
        yield Heading("One officer of each kind more or less")
        yield from staff_table(found)
    if wider is not None:
        yield from hangs(wider)
    lacks = [words for words, there in ((SETTINGS, wider), (STAFF, found.staff)) if not there]
    if lacks:
        yield missing(answer, name, f"What would change with {', '.join(lacks)}")


def _alternatives(found: RunFound) -> Iterator[Block]:
    """All of them: shown here, folded away on a terminal."""
    for block in details(found):
        if isinstance(block, Details):
            first, *each = block.blocks
            yield _times_early(first) if isinstance(first, Table) else first
            yield Details("Each of them: who says so, and what would decide it", tuple(each))


def _times_early(made: Table) -> Table:
    """The same table with what an alternative does beside its name: on a phone the rest is off the screen."""
    order = (0, 2, 1, *range(3, len(made.columns)))
    return replace(
        made,
        columns=tuple(made.columns[i] for i in order),
        rows=tuple(tuple(row[i] for i in order) for row in made.rows),
    )


def _officers(found: RunFound, pictures: RunPictures | None) -> Iterator[Block]:
    shown_above = (Heading("Officers"), *staff_table(found))
    yield from (block for block in officers(found) if block not in shown_above)
    if pictures:
        yield Heading("One simulated deployment")
        day = pictures.day
        if len(day.shown) < day.alerts:
            yield Line(f"A sample: {len(day.shown):,} of its {day.alerts:,} alerts, one after the other.")
        yield Figure("timeline", day_words(found, pictures))


__all__ = ["document"]
