"""The questions as Python functions, named as the commands; each answers with a typed finding that a notebook shows as a page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from simulator.evidence.describe.found import DescribeFound
from simulator.evidence.describe.found import describe as _describe
from simulator.evidence.kept import Found, read
from simulator.evidence.run.found import RunFound, summarise
from simulator.evidence.run.study import Study, run_study
from simulator.evidence.story.found import StoryFound
from simulator.evidence.story.found import tell as _tell
from simulator.report.pages import html_of, page_of
from simulator.scenario.loader import load_scenario

if TYPE_CHECKING:
    from collections.abc import Sequence

# Findings live below what shows them, so what shows them is put in from above.
Found.page_as_html = staticmethod(html_of)


def run(scenario: str, overrides: Sequence[str] = (), replications: int = 1000, seed: int = 1) -> RunFound:
    """What would this deployment produce? A *scenario* is a path or a shipped name, *overrides* are ``KEY=VALUE`` texts."""
    return summarise(run_study(load_scenario(scenario, overrides), replications, seed))


def describe(scenario: str, overrides: Sequence[str] = ()) -> DescribeFound:
    """What is assumed, who says so, and what is expected before any run?"""
    return _describe(load_scenario(scenario, overrides))


def story(folder: str | Path, alert: str) -> StoryFound:
    """What happened to one person? *folder* is that of a run, *alert* REPLICATION.ALERT or such as ``wrongful``."""
    return _tell(Path(folder), alert)


def draw_all(study: Study, folder: Path) -> list[Path]:
    """Draw the figures of a *study* into *folder*, as SVG and as PNG; return the files."""
    from simulator.evidence.run.pictures import pictures_of
    from simulator.report.figures import draw_run

    return draw_run(summarise(study), pictures_of(study), folder)


__all__ = ["describe", "draw_all", "page_of", "read", "run", "story"]
