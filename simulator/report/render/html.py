"""A page as HTML: a fragment for notebooks, or a document of its own."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

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
from simulator.report.render.plain import cell, plain
from simulator.report.render.scale import drawn

WIDTH = 100
STYLE = """
.lfrsim { font: 16px/1.45 system-ui, sans-serif; max-width: 72rem; margin: 1rem auto; padding: 0 1rem; }
.lfrsim table { border-collapse: collapse; margin: 1rem 0; display: block; overflow-x: auto; }
.lfrsim caption { text-align: left; font-weight: 600; }
.lfrsim th, .lfrsim td { padding: .15rem .6rem; text-align: right; white-space: nowrap; border-bottom: 1px solid #ddd; }
.lfrsim th:first-child, .lfrsim td:first-child { text-align: left; white-space: pre; }
.lfrsim .prose { text-align: left; white-space: normal; }
.lfrsim .tag { float: right; font-variant: small-caps; }
.lfrsim .beside { display: flex; flex-wrap: wrap; gap: 0 2rem; }
.lfrsim .note { color: #555; font-size: .9em; }
"""


def html(page: Page) -> str:
    """*page* as one element that can stand in any document."""
    return "\n".join(['<section class="lfrsim">', f"<style>{STYLE}</style>", *_parts(page), "</section>"]) + "\n"


def document(page: Page, title: str) -> str:
    """*page* as a document under *title*."""
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{_text(title)}</title>'
    return f'<!DOCTYPE html>\n<html lang="en"><head>{head}</head><body>\n{html(page)}</body></html>\n'


def _parts(page: Page) -> Iterator[str]:
    for block in page:
        yield from _part(block)


def _part(block: Block) -> Iterator[str]:
    match block:
        case Masthead():
            yield f'<h2>{_text(block.title)} <span class="tag">{_text(block.tag)}</span></h2>'
        case Line():
            yield f"<p>{_line(block)}</p>"
        case Heading():
            yield f"<h3>{_text(block.text)}</h3>"
        case Bullets():
            yield f"<ul>{''.join(f'<li>{_text(item)}</li>' for item in block.items)}</ul>"
        case Entry():
            said = "".join(f"<dd>{_line(line)}</dd>" for line in block.lines)
            yield f"<dl><dt>{_text(block.label)}</dt>{said}</dl>"
        case Table():
            yield from _table(block)
        case Scale():
            picture = "\n".join(drawn(block, WIDTH))
            if not picture:
                return
            yield f"<figure><figcaption>{_text(block.title)}</figcaption><pre>{escape(picture)}</pre></figure>"
        case Figure():
            yield f'<img src="{_text(block.name)}.svg" alt="{_text(block.words)}">'
        case Details():
            inside = "\n".join(_parts(block.blocks))
            yield f"<details><summary>{_text(block.title)}</summary>\n{inside}\n</details>"
        case Beside():
            sides = ("\n".join(_parts(side)) for side in (block.left, block.right))
            yield f'<div class="beside">{"".join(f"<div>{side}</div>" for side in sides)}</div>'
        case Gap():
            pass


def _line(line: Line) -> str:
    label = f"<strong>{_text(line.label)}:</strong> " if line.label else ""
    return f"<strong>{label}{_text(line.text)}</strong>" if line.strong and not label else label + _text(line.text)


def _table(table: Table) -> Iterator[str]:
    def row(tag: str, cells: tuple[str, ...]) -> str:
        kinds = [' class="prose"' if name in table.prose else "" for name in table.columns]
        inside = "".join(f"<{tag}{kind}>{escape(cell(text))}</{tag}>" for kind, text in zip(kinds, cells, strict=True))
        return f"<tr>{inside}</tr>"

    caption = f"<caption>{_text(table.title)}</caption>" if table.title else ""
    body = "\n".join(row("td", cells) for cells in table.rows)
    yield f"<table>{caption}<thead>{row('th', table.columns)}</thead><tbody>\n{body}\n</tbody></table>"
    if table.notes:
        yield f'<p class="note">{" ".join(_text(note.text) for note in table.notes)}</p>'


def _text(text: str) -> str:
    return escape(plain(text))


__all__ = ["document", "html"]
