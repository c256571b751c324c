"""The blocks of a page as HTML; how they look is said once, in ``assets/report.css``."""

from __future__ import annotations

import base64
import struct
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from html import escape
from importlib.resources import files

from simulator.evidence.numbers import whole
from simulator.report.catalogue import words
from simulator.report.page import (
    BEYOND,
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
from simulator.report.render.html_words import attribute as _attribute
from simulator.report.render.html_words import note as _note
from simulator.report.render.html_words import words as _text
from simulator.report.render.plain import cell
from simulator.report.render.spoken import alternative
from simulator.report.render.svg import icons
from simulator.report.render.svg.bars import bars
from simulator.report.render.svg.forest import forest
from simulator.report.render.tables import broad

# Pixels of what is drawn for one width: for a desktop, and for a phone.
WIDE_PX, NARROW_PX = 720, 312
DOTS_ACROSS = 20
# A table of so few rows is not parted by the end of a page.
SHORT = 14
# A headline of more characters is set smaller.
LONG_HEADLINE = 110
# Shares of a pair of columns that the style sheet knows, in per cent.
SHARES = (40, 45, 50, 55, 60, 65)


def html(page: Page) -> str:
    """*page* as one element that can stand in any document, its looks with it."""
    return (
        "\n".join(['<section class="lfrsim">', f"<style>{asset('report.css')}</style>", inside(page), "</section>"])
        + "\n"
    )


def inside(page: Page, pictures: Mapping[str, bytes] | None = None, name: str = "p", level: int = 2) -> str:
    """The blocks of *page* alone; *name* begins the ids in it, headings are of *level*, and *pictures* are PNG by name."""
    return "\n".join(_Writer(pictures or {}, name, level).parts(page))


@cache
def asset(name: str) -> str:
    """The text of a file that comes with the renderer."""
    return (files("simulator.report.render") / "assets" / name).read_text("utf-8")


class _Writer:
    """Writes blocks, and remembers how many ids it has given."""

    def __init__(self, pictures: Mapping[str, bytes], name: str, level: int) -> None:
        self.pictures, self.name, self.level, self.given = pictures, name, level, 0

    def id(self) -> str:
        self.given += 1
        return f"{self.name}-{self.given}"

    def parts(self, page: Page) -> Iterator[str]:
        """Every block; entries that follow each other are one list."""
        entries: list[Entry] = []
        for block in (*page, Gap()):
            if isinstance(block, Entry):
                entries.append(block)
                continue
            if entries:
                yield _entries(entries)
                entries = []
            yield from self.part(block)

    def part(self, block: Block) -> Iterator[str]:
        match block:
            case Masthead():
                yield f'<p class="kicker"><strong>{_text(block.tag)}.</strong> {_text(block.title)}</p>'
            case Line():
                yield f"<p>{_line(block)}</p>"
            case Heading():
                name = f' id="{_attribute(block.name)}"' if block.name else ""
                yield f"<h{self.level}{name}>{_text(block.text)}</h{self.level}>"
            case Bullets():
                yield f"<ul>{''.join(f'<li>{_text(item)}</li>' for item in block.items)}</ul>"
            case Entry():
                yield _entries([block])
            case Table():
                yield from self.table(block)
            case Scale():
                yield from _scale(block)
            case Figure():
                yield self.figure(block)
            case Details():
                yield f"<details><summary>{_text(block.title)}</summary>\n{self.join(block.blocks)}\n</details>"
            case Beside():
                share = min(SHARES, key=lambda known: abs(known - 100 * block.share))
                sides = (f"<div>{self.join(side)}</div>" for side in (block.left, block.right))
                yield f'<div class="beside left-{share}">{"".join(sides)}</div>'
            case Gap():
                pass
            case _:
                yield from self.picture(block)

    def join(self, page: Page) -> str:
        return "\n".join(self.parts(page))

    def picture(self, block: Pictured) -> Iterator[str]:
        match block:
            case Meaning():
                first, *others = block.sentences
                long = " long" * (len(first) > LONG_HEADLINE)
                yield f'<h1 class="headline{long}">{_text(first)}</h1>'
                yield from (f'<p class="follows">{_text(sentence)}</p>' for sentence in others)
            case Boxes():
                boxes = "".join(
                    f'<li><b class="number">{_text(box.number)}</b> <span class="per">{_text(box.per)}</span> '
                    f'<span class="within">{_text(box.within)}</span></li>'
                    for box in block.boxes
                )
                yield f'<ul class="boxes">{boxes}</ul>{_note(block.note)}'
            case Dots():
                yield _dots(block, self.id())
            case Icons():
                yield _icons(block, self.id())
            case Tree():
                yield (
                    f'<figure class="tree"><figcaption>{_text(block.title)}</figcaption>'
                    f"<ul>{_branch(block.root)}</ul>{_note(block.note)}</figure>"
                )
            case Forest():
                yield _drawn("rates", block.title, (forest(block, width) for width in (WIDE_PX, NARROW_PX)), block.note)
            case Quote():
                at, said = self.id(), words("report")
                spoken = " ".join(f'data-{key}="{_attribute(said[key])}"' for key in ("copied", "selected"))
                yield (
                    f'<div class="quote"><blockquote id="{at}">{_text(block.text)}</blockquote>'
                    f'<button type="button" class="copy" data-of="{at}" {spoken}>{_text(said["copy_sentence"])}</button>'
                    f'<span class="copied" role="status"></span></div>'
                )
            case Download():
                data = base64.b64encode(block.text.encode("utf-8", "replace")).decode("ascii")
                link = f'<a download="{_attribute(block.name)}" href="data:{_attribute(block.media)};base64,{data}">'
                yield f'<p class="file">{link}{_text(block.name)}</a> {_text(block.words)}</p>'
            case Verbatim():
                title = f'<p class="title" id="{(at := self.id())}">{_text(block.title)}</p>'
                lines = "\n".join(cell(line) for line in block.text.splitlines())
                yield f'{title}<pre tabindex="0" role="group" aria-labelledby="{at}">{escape(lines)}</pre>'

    def figure(self, block: Figure) -> str:
        """The picture where there is one, and its words below it; else the words alone."""
        picture = self.pictures.get(block.name)
        if picture is None:
            return f"<p>{_text(block.words)}</p>"
        data = base64.b64encode(picture).decode("ascii")
        words, image = _attribute(block.words), f"data:image/png;base64,{data}"
        # what is too small to be read on a phone is moved within its own frame
        return (
            f'<figure class="drawn{_tall(picture)}"><div class="wide" tabindex="0" role="group" aria-label="Picture">'
            f'<img src="{image}" alt="{words}"></div></figure>'
        )

    def table(self, table: Table) -> Iterator[str]:
        """Heads with scopes; a row whose first cell is indented belongs to one above it."""

        def kind(i: int, text: str = "") -> str:
            if table.columns[i] in table.prose:
                return ' class="prose"'
            return f' class="n{" beyond" * text.endswith(BEYOND)}"' if i else ""

        def row(cells: tuple[str, ...]) -> str:
            first = cell(cells[0])
            depth = min((len(first) - len(first.lstrip(" "))) // 2, 3)
            head = f'<th scope="row" class="in{depth}">{escape(first.strip())}</th>' if first.strip() else "<td></td>"
            return f"<tr>{head}{''.join(f'<td{kind(i, text)}>{_text(text)}</td>' for i, text in enumerate(cells[1:], 1))}</tr>"

        heads = "".join(
            f'<th scope="col"{kind(i)}>{_text(name)}</th>' if name.strip() else "<td></td>"
            for i, name in enumerate(table.columns)
        )
        caption = f'<caption id="{(at := self.id())}">{_text(table.title)}</caption>' if table.title else ""
        label = f' aria-labelledby="{at}"' if table.title else ' aria-label="Table"'
        body = "\n".join(row(cells) for cells in table.rows)
        # what is wider than a phone is moved within its own frame
        short = " short" * (len(table.rows) <= SHORT) + " broad" * broad(table)
        yield f'<div class="wide{short}" tabindex="0" role="group"{label}><table>{caption}<thead><tr>{heads}</tr></thead><tbody>'
        yield f"{body}\n</tbody></table></div>"
        yield from ([_note(" ".join(note.text for note in table.notes))] if table.notes else [])


def _tall(picture: bytes) -> str:
    """Of which class a PNG file is that is higher than wide: its head has the width, then the height."""
    wide, high = struct.unpack(">II", picture[16:24].ljust(8, b"\0"))
    return " tall" if high > wide else ""


def _entries(entries: list[Entry]) -> str:
    said = "".join(
        f"<div><dt>{_label(entry)}</dt>{''.join(f'<dd>{_line(line)}</dd>' for line in entry.lines)}</div>"
        for entry in entries
    )
    return f'<dl class="facts">{said}</dl>'


def _label(entry: Entry) -> str:
    label = _text(entry.label)
    return f'<a href="#{_attribute(entry.to)}">{label}</a>' if entry.to else label


def _line(line: Line) -> str:
    label = f"<strong>{_text(line.label)}:</strong> " if line.label else ""
    return f"<strong>{label}{_text(line.text)}</strong>" if line.strong and not label else label + _text(line.text)


def _scale(block: Scale) -> Iterator[str]:
    wide, narrow = (bars(block, width) for width in (WIDE_PX, NARROW_PX))
    if wide:
        yield _drawn("rates", block.title, (wide, narrow))


def _drawn(kind: str, title: str, drawn: Iterable[str], note: str = "") -> str:
    """The same picture for a desktop and for a phone, of which one is shown."""
    wide, narrow = drawn
    return (
        f'<figure class="{kind}"><figcaption>{_text(title)}</figcaption><div class="on-desk">{wide}</div>'
        f'<div class="on-phone">{narrow}</div>{_note(note)}</figure>'
    )


def _dots(block: Dots, name: str) -> str:
    rows = "".join(
        f'<tr><th scope="row">{_text(row.label)}</th><td>{icons.dots(row, DOTS_ACROSS, f"{name}-{i}")}</td>'
        f'<td class="n"><b>{whole(row.count)}</b></td></tr>'
        for i, row in enumerate(block.rows)
    )
    of = f"of {whole(block.number)}"
    head = f'<thead class="unseen"><tr><td></td><th scope="col">dots</th><th scope="col">{of}</th></tr></thead>'
    return f'<table class="dots"><caption>{_text(block.title)}</caption>{head}<tbody>{rows}</tbody></table>{_note(block.note)}'


def _icons(block: Icons, name: str) -> str:
    """The signs, those of each shape apart, beside the counts in words."""
    pictures, keys = [], []
    for i, (shape, title) in enumerate(block.names):
        groups = [group for group in block.of(shape) if group.count]
        if not groups:
            continue
        words = alternative(block) if i == 0 else ""
        pictures.append(f'<p class="title">{_text(title)}: {whole(sum(group.count for group in groups))}</p>')
        for at, across in (("on-desk", icons.WIDE), ("on-phone", icons.NARROW)):
            pictures.append(f'<div class="{at}">{icons.array(groups, across, f"{name}-{i}-{at}", words)}</div>')
        listed = "".join(
            f"<li>{icons.legend(group.shape, group.look)} <b>{whole(group.count)}</b> {_text(group.label)}</li>"
            for group in groups
        )
        keys.append(f'<p class="title">{_text(title)}</p><ul class="keys">{listed}</ul>')
    return (
        f'<figure class="thousand"><figcaption>{_text(block.title)}</figcaption>'
        f'<div class="signs">{"".join(pictures)}</div><div class="counts">{"".join(keys)}{_note(block.note)}</div></figure>'
    )


def _branch(branch: Branch) -> str:
    strong = ' class="strong"' * branch.strong
    inner = f"<ul>{''.join(map(_branch, branch.branches))}</ul>" if branch.branches else ""
    return f"<li{strong}><span><b>{_text(branch.count)}</b> {_text(branch.label)}</span>{inner}</li>"


__all__ = ["asset", "html", "inside"]
