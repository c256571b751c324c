"""What the first screens of all commands have alike: the head, labelled lines under it, and what must not be missed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from simulator.evidence.about.header import Header
from simulator.evidence.counted.depletion import Depletion
from simulator.report.page import Block, Details, Entry, Gap, Line, Masthead
from simulator.report.pictured import Meaning, Quote
from simulator.report.said import depletion_in_short, notes

SIMULATED, BY_FORMULA = "simulated, not observed", "by formula, not observed"
ALL = "All numbers"
TO_QUOTE = "To quote"
NOTE = "Wrong person: not the one whose entry matched. It says nothing about lawfulness."
# Whose error rates a preset has.
WHOSE = {"field": "the Met's record", "npl": "a laboratory test"}
SHORT = {"field": "Met record", "npl": "laboratory"}


def head(
    about: Header, tag: str, *lines: str, again: Depletion | None = None, thresholds: bool = False
) -> Iterator[Block]:
    """The title with what kind of numbers these are, *lines* on what was asked, and that it only asks what if.

    Ahead of all that stands how often the same people come past (*again*), where that takes a large part of the alerts;
    *thresholds*: several are compared.
    """
    yield Masthead(about.title, tag)
    yield from depletion_in_short(again, thresholds)
    yield from (Line(text) for text in lines)
    if about.what_if:
        yield Line(about.what_if, label="WHAT IF")
    yield from notes(about)


def means(sentences: Iterable[str]) -> Iterator[Block]:
    """What this means, in at most three *sentences*."""
    yield Meaning(tuple(sentences))


def facts(*said: tuple[str, str]) -> Iterator[Block]:
    """Short lines behind their labels; one without text is left out."""
    yield Gap()
    yield from (Quote(text) if label == TO_QUOTE else Entry(label, (Line(text),)) for label, text in said if text)


def first_of(said: Sequence[str]) -> str:
    """The first thing that must be *said*, and how many more there are."""
    distinct = list(dict.fromkeys(said))
    more = f" {len(distinct) - 1} more: --details." if len(distinct) > 1 else ""
    return f"{distinct[0]}{more}" if distinct else ""


def everything(blocks: Iterable[Block]) -> Details:
    """All that the first screen leaves out."""
    return Details(ALL, tuple(blocks))


__all__ = [
    "ALL",
    "BY_FORMULA",
    "NOTE",
    "SHORT",
    "SIMULATED",
    "WHOSE",
    "everything",
    "facts",
    "first_of",
    "head",
    "means",
]
