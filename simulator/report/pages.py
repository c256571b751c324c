"""The page of any finding, and how it is shown where nobody asks for a renderer by name."""

from __future__ import annotations

import importlib

from simulator.evidence.kept import Found
from simulator.report.page import Page

# The module whose function ``page`` makes the page of a finding, by the finding's class.
HOMES = {
    "RunFound": "simulator.report.run.page",
    "JudgedFile": "simulator.report.claim.page",
    "StatedNumbers": "simulator.report.claim.numbers",
}


def page_of(found: Found) -> Page:
    """The page that says what was *found*."""
    made: Page = importlib.import_module(HOMES[type(found).__name__]).page(found)
    return made


def html_of(found: Found) -> str:
    """The page of *found* as an HTML fragment, for notebooks."""
    from simulator.report.render.html import html

    return html(page_of(found))


__all__ = ["html_of", "page_of"]
