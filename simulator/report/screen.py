"""What the first screens of all commands have alike: the head, labelled lines under it, and what must not be missed."""

from __future__ import annotations

import re
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
SENTENCES, TWO_LINES = re.compile(r"(?<=[a-z)\d][.!?]) (?=[A-Z])"), 190
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
    """The first thing that must be *said*, no more than fits on two lines, and how many more there are behind details."""
    distinct = list(dict.fromkeys(said))
    if not distinct:
        return ""
    first, others = short_of(distinct[0]), len(distinct) - 1
    stop = "" if first.endswith((".", "!", "?", "…")) or (not others and first == distinct[0]) else "."
    more = f" {others} more: --details." if others else " More: --details." if first != distinct[0] else ""
    return f"{first}{stop}{more}"


def short_of(text: str) -> str:
    """The whole sentences of *text* that fit on two lines, the first one in any case."""
    first, *others = SENTENCES.split(text)
    for sentence in others:
        if len(first) + len(sentence) >= TWO_LINES:
            break
        first = f"{first} {sentence}"
    return first


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
    "short_of",
]
