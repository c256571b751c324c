"""A report to hand over: the answer first, then sections, each of them blocks, and the pictures that they show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from simulator.evidence.kept import Found
from simulator.report.page import Block, Page


@dataclass(frozen=True)
class Section:
    """What belongs under one *title*; *folded* away where only some readers want it."""

    title: str
    blocks: tuple[Block, ...]
    folded: bool = False


@dataclass(frozen=True)
class Document:
    """A report under *title*: what kind of numbers it has (*tag*) and what they are *about*, its *front*, and *sections*.

    *pictures* are PNG files by the names of the figures that the blocks show; *made* says by which program and command.
    """

    title: str
    tag: str
    about: str
    front: Page
    sections: tuple[Section, ...]
    made: str
    pictures: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class Origin:
    """Where an answer comes from: the *command* that makes it again, the program's *version*, the *scenario* as a file.

    Empty where it is not known, as of a folder that does not keep it.
    """

    command: str = ""
    version: str = ""
    scenario: str = ""


@dataclass(frozen=True)
class Answer:
    """What a command *found*, and what is kept *beside* it by the names of the files in its folder."""

    found: Found
    origin: Origin = field(default_factory=Origin)
    beside: Mapping[str, Any] = field(default_factory=dict)


def section(title: str, blocks: Iterable[Block], folded: bool = False) -> tuple[Section, ...]:
    """The section in a tuple of its own; empty where it has nothing to say."""
    inside = tuple(blocks)
    return (Section(title, inside, folded),) if inside else ()


__all__ = ["Answer", "Document", "Origin", "Section", "section"]
