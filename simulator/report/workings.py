"""The end of every report: all numbers, the scenario, what makes it again, and its data as files in the page."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.evidence.kept import Found
from simulator.experiment.csv_files import frame_as_csv
from simulator.report.document import Answer, Section, section
from simulator.report.page import Block, Heading, Line, Page
from simulator.report.pictured import Download, Verbatim

TITLE = "Workings"
NO_COMMAND = (
    "The folder that this report is made of does not keep the command that made it; what was asked is in its data."
)


def workings(answer: Answer, details: Page) -> tuple[Section, ...]:
    """What stands behind ``--details`` on a terminal, folded away, and what is needed to make the report again."""
    return (*section("All numbers", details, folded=True), *section(TITLE, _blocks(answer), folded=True))


def made(answer: Answer) -> str:
    """By which program and command."""
    origin = answer.origin
    by = f"Made by lfrsim {origin.version}".rstrip()
    seed = seed_of(answer.found)
    drawn = "" if seed is None else f", seed {seed}"
    return f"{by}{drawn}, with: {origin.command}" if origin.command else f"{by}{drawn}."


def seed_of(found: Found) -> int | None:
    """The seed of whatever was drawn for an answer, wherever it is kept in it; None where nothing was."""
    for name in ("run", "sweep", "left_out"):
        seed = getattr(getattr(found, name, None), "seed", None)
        if isinstance(seed, int):
            return seed
    return None


def _blocks(answer: Answer) -> Iterator[Block]:
    origin, found = answer.origin, answer.found
    if origin.command:
        yield Verbatim("The command that makes this again", origin.command)
    else:
        yield Line(NO_COMMAND)
    yield Heading("Data")
    yield Line("Kept in this page; a link saves each as a file.")
    yield from files(found)
    yield from (
        Download(name, "text/csv", frame_as_csv(kept, digits=6), "row by row")
        for name, kept in answer.beside.items()
        if name.endswith(".csv")
    )
    if origin.scenario:
        yield Download(
            "scenario.json", "application/json", origin.scenario, "the scenario with every input as it was used"
        )
        yield Verbatim("The scenario", origin.scenario)


def files(found: Found) -> Iterator[Download]:
    """What was *found* as JSON, and its main table as CSV where it has one."""
    name = found.schema.removeprefix("lfrsim-").partition("/")[0]
    yield Download(f"{name}.json", "application/json", found.to_json(), "everything that was found")
    frame = getattr(found, "to_frame", None)
    if frame is not None:
        yield Download(f"{name}.csv", "text/csv", frame_as_csv(frame()), "its main table")


__all__ = ["NO_COMMAND", "TITLE", "files", "made", "seed_of", "workings"]
