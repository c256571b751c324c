"""A report as one HTML file that fetches nothing: style, script and pictures lie in it, and no others are allowed to run."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup

from simulator.report.catalogue import words
from simulator.report.document import Document
from simulator.report.render.html import asset, inside
from simulator.report.render.html_words import named
from simulator.report.render.page_file import filled
from simulator.report.render.plain import plain


@dataclass(frozen=True)
class Part:
    """A section as the shell takes it: its *id*, its title, what is in it, and whether it is *folded* away."""

    id: str
    title: str
    inside: Markup
    folded: bool


def file_of(document: Document) -> str:
    """The *document* as the text of an HTML file.

    Its Content-Security-Policy allows the one style sheet and the one script by their hashes, images in the page, nothing else.
    """
    parts = [
        Part(
            id=_slug(section.title),
            title=plain(section.title),
            inside=Markup(inside(section.blocks, document.pictures, f"s{i}", 3)),
            folded=section.folded,
        )
        for i, section in enumerate(document.sections)
    ]
    return filled(
        asset("report.html.j2"),
        asset("report.css"),
        asset("report.js"),
        words=words("report"),
        title=plain(document.title),
        tag=_upper(plain(document.tag)),
        about=Markup(named(document.about)),
        front=Markup(inside(document.front, document.pictures, "front", 2)),
        parts=parts,
        made=Markup(named(document.made)),
    )


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _slug(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-") or "part"


__all__ = ["file_of"]
