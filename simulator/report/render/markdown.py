"""A page as Markdown, for documentation and for whoever pastes an answer into a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simulator.report.page import (
    Beside,
    Block,
    Bullets,
    Details,
    Entry,
    Figure,
    Gap,
    Heading,
    Line,
    Masthead,
    Page,
    Scale,
    Table,
)
from simulator.report.pictured import PICTURED
from simulator.report.render.plain import cell, plain
from simulator.report.render.scale import drawn
from simulator.report.render.spoken import spoken

# A fixed width for what is drawn in characters.
WIDTH = 100
# Spaces that say what a row belongs to would be dropped.
_INDENT = "&nbsp;"


def markdown(page: Page, level: int = 3) -> str:
    """*page* with headings of so many ``#``."""
    return "\n\n".join(part for block in page for part in _parts(block, level)) + "\n"


def _parts(block: Block, level: int) -> Iterator[str]:
    match block:
        case Masthead():
            yield f"**{escaped(block.title)}** ({escaped(block.tag)})"
        case Line():
            yield _line(block)
        case Heading():
            yield f"{'#' * level} {escaped(block.text)}"
        case Bullets():
            yield "\n".join(f"- {escaped(item)}" for item in block.items)
        case Entry():
            first, *others = block.lines
            label = f"**{escaped(block.label)}** " if block.label.strip() else ""
            # two spaces end a line within a paragraph
            yield "  \n".join([f"- {label}{_line(first)}", *(f"  {_line(line)}" for line in others)])
        case Table():
            yield from _table(block)
        case Scale():
            picture = drawn(block, WIDTH)
            if not picture:
                return
            yield escaped(block.title)
            # a fence ends at a line of its own signs
            yield "\n".join(["```text", *(line.replace("`", "'") for line in picture), "```"])
        case Figure():
            yield f"![{escaped(block.words)}]({block.name}.png)"
        case Details():
            yield f"{'#' * (level + 1)} {escaped(block.title)}"
            for inner in block.blocks:
                yield from _parts(inner, level + 1)
        case Beside():
            for inner in (*block.left, *block.right):
                yield from _parts(inner, level)
        case Gap():
            pass
        case _ if isinstance(block, PICTURED):
            for inner in spoken(block):
                yield from _parts(inner, level)


def _line(line: Line) -> str:
    text = escaped(line.text)
    if line.label:
        text = f"**{escaped(line.label)}:** {text}"
    return f"**{text}**" if line.strong and text and not line.label else text


def _table(table: Table) -> Iterator[str]:
    if table.title:
        yield f"**{escaped(table.title)}**"
    rule = ["---" if i == 0 or name in table.prose else "---:" for i, name in enumerate(table.columns)]
    rows = [[_cell(text) for text in row] for row in table.rows]
    heads = [escaped(name) for name in table.columns]
    yield "\n".join(f"| {' | '.join(row)} |" for row in (heads, rule, *rows))
    if table.notes:
        yield " ".join(escaped(note.text) for note in table.notes)


def _cell(text: str) -> str:
    kept = cell(text)
    return _INDENT * (len(kept) - len(kept.lstrip(" "))) + escaped(kept)


def escaped(text: str) -> str:
    """*text* so that Markdown shows it as it is, pipes, shortcodes and HTML included."""
    text = re.sub(r"([\\`*_\[\]<>|~$&{])", r"\\\1", plain(text))
    text = re.sub(r":(?=[\w+-]+:)", r"\\:", text)
    # what a line that begins so would be: a heading, a list
    return re.sub(r"^(\d*)([#+-]|(?<=\d)[.)])(?=[# -]|$)", r"\1\\\2", text)


__all__ = ["escaped", "markdown"]
