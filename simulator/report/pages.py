"""The page of any finding, and how it is shown where nobody asks for a renderer by name."""

from __future__ import annotations

import importlib

from simulator.evidence.kept import Found
from simulator.report.page import Page

# The module whose function ``page`` makes the page of a finding, by the finding's class.
HOMES = {
    "CheckFound": "simulator.report.check.page",
    "ChooseFound": "simulator.report.choose.page",
    "CompareFound": "simulator.report.compare.page",
    "DatedForecast": "simulator.report.check.dated",
    "DescribeFound": "simulator.report.describe.page",
    "FitFound": "simulator.report.fit.page",
    "ForecastScored": "simulator.report.check.scored",
    "JudgedFile": "simulator.report.claim.page",
    "RunFound": "simulator.report.run.page",
    "SensitivityFound": "simulator.report.sensitivity.page",
    "StatedNumbers": "simulator.report.claim.numbers",
    "StoryFound": "simulator.report.story.page",
    "SweepFound": "simulator.report.sweep.page",
}


def page_of(found: Found) -> Page:
    """The page that says what was *found*."""
    made: Page = importlib.import_module(HOMES[type(found).__name__]).page(found)
    return made


def html_of(found: Found) -> str | None:
    """The page of *found* as an HTML fragment, for notebooks; None where no page can be made of it alone."""
    from simulator.report.render.html import html

    return html(page_of(found)) if type(found).__name__ in HOMES and found.complete else None


__all__ = ["html_of", "page_of"]
