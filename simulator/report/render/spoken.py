"""What a picture says, in the blocks that any renderer can show: for a terminal, for Markdown, for who cannot see it."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.evidence.numbers import whole
from simulator.report.page import Block, Bullets, Entry, Gap, Heading, Line, table
from simulator.report.pictured import (
    Boxes,
    Branch,
    Dots,
    Download,
    Forest,
    Icons,
    Meaning,
    Pictured,
    Quote,
    Tree,
    Verbatim,
)

STEP = "  "


def spoken(block: Pictured) -> Iterator[Block]:
    """The same as *block* in lines, lists and tables."""
    match block:
        case Meaning():
            yield Heading("What this means")
            yield Line(" ".join(block.sentences))
        case Boxes():
            rows = [[box.per, box.number, box.within] for box in block.boxes]
            yield table("", ["", "average", "may lie"], rows, notes=[block.note] if block.note else [])
        case Dots():
            rows = [[row.label, whole(row.count)] for row in block.rows]
            yield table(block.title, ["", f"of {whole(block.number)}"], rows, notes=[block.note] if block.note else [])
        case Icons():
            yield Heading(block.title)
            for shape, name in block.names:
                rows = [[group.label, whole(group.count)] for group in block.of(shape) if group.count]
                yield from ([table("", [name, "of 1,000"], rows)] if rows else [])
            yield from ([Line(block.note)] if block.note else [])
        case Tree():
            yield Heading(block.title)
            yield Bullets(tuple(branches(block.root)))
            yield from ([Line(block.note)] if block.note else [])
        case Forest():
            rows = [[effect.label, effect.words] for effect in block.effects]
            yield table(block.title, ["", "B / A"], rows, notes=[block.note] if block.note else [])
        case Quote():
            yield Entry("To quote", (Line(block.text),))
            return
        case Download():
            yield Line(block.words, label=block.name)
        case Verbatim():
            yield Line(block.title)
            yield from (Line(line) for line in block.text.splitlines())
    yield Gap()


def branches(branch: Branch, of: str = "") -> Iterator[str]:
    """Each branch as a sentence that names what it is so many of."""
    yield f"{of}{branch.count} {branch.label}"
    for inner in branch.branches:
        yield from branches(inner, f"of {branch.count} {branch.label}: ")


def alternative(block: Icons) -> str:
    """An icon array in one sentence."""
    groups = "; ".join(f"{whole(group.count)} {group.label}" for group in block.groups if group.count)
    return f"{block.title}: {groups}."


__all__ = ["alternative", "branches", "spoken"]
