"""The questions as Python functions, named as the commands; each answers with a typed finding that a notebook shows as a page.

::

    from simulator import ask
    found = ask.run("croydon-static", replications=200)
    found.measures["wrongful_stops"].mean
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from simulator.evidence.check.asked import check
from simulator.evidence.choose.asked import choose
from simulator.evidence.claim.asked import claim
from simulator.evidence.claim.found import DETAILS, FINDING, read_folder
from simulator.evidence.compare.asked import compare
from simulator.evidence.describe.found import DescribeFound
from simulator.evidence.describe.found import describe as _describe
from simulator.evidence.fit.asked import fit
from simulator.evidence.kept import Found
from simulator.evidence.kept import read as _read
from simulator.evidence.replay.found import ReplayFound
from simulator.evidence.replay.found import replay as _replay
from simulator.evidence.run.asked import run
from simulator.evidence.run.found import summarise
from simulator.evidence.run.study import Study
from simulator.evidence.sensitivity.asked import sensitivity
from simulator.evidence.story.found import StoryFound
from simulator.evidence.story.found import tell as _tell
from simulator.evidence.sweep.asked import sweep
from simulator.report.pages import html_of, page_of
from simulator.scenario.loader import load_scenario
from simulator.scenario.year import load_year

# findings live below what shows them, so what shows them is put in from above
Found.page_as_html = staticmethod(html_of)


def describe(scenario: str | Path, *, overrides: Sequence[str] = (), year: bool = False) -> DescribeFound:
    """What a *scenario* (or its *year*) assumes, who says so, and what it expects before any run."""
    return _describe((load_year if year else load_scenario)(scenario, overrides))


def story(folder: str | Path, alert: str) -> StoryFound:
    """What happened to one person: *folder* is that of a run, *alert* REPLICATION.ALERT or such as ``wrongful``."""
    return _tell(Path(folder), alert)


def replay(
    folder: str | Path, campaign: int | None = None, deployment: int | None = None, inputs: str = "chance"
) -> ReplayFound:
    """One day of the run in *folder*, alert by alert: that of its timeline unless numbers (from 0) name another."""
    return _replay(Path(folder), campaign, deployment, inputs)


def read(path: str | Path) -> Found:
    """The finding of any command in the JSON file at *path*, with what lies beside it where its page needs that.

    Raises ScenarioError for a file that holds none.
    """
    path = Path(path)
    whole = path.name == FINDING and (path.parent / DETAILS).exists()
    return read_folder(path.parent) if whole else _read(path)


def draw_all(study: Study, folder: Path) -> list[Path]:
    """Draw the figures of a *study* into *folder*, as SVG and as PNG; return the files."""
    from simulator.evidence.run.pictures import pictures_of
    from simulator.report.figures import draw_run

    return draw_run(summarise(study), pictures_of(study), folder)


__all__ = [
    "check",
    "choose",
    "claim",
    "compare",
    "describe",
    "draw_all",
    "fit",
    "page_of",
    "read",
    "replay",
    "run",
    "sensitivity",
    "story",
    "sweep",
]
