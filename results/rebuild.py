"""Rebuild the reference results that the README and the docs show: python results/rebuild.py

Writes results/reference/ (text and summary), docs/images/ (figures) and the result block of README.md. CI compares.
"""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from simulator import __version__, draw_all, load_scenario, run_study, summarise
from simulator.cli.sweep import FIRST_CONTACT, first_contact_axes
from simulator.evidence.sweep.sweeping import Crew, run_sweep
from simulator.experiment.sweep import Sweep, plan_sweep

if TYPE_CHECKING:
    import pandas as pd

    from simulator.evidence.run.found import RunFound

ROOT = Path(__file__).resolve().parent.parent
NAME, REPLICATIONS, SEED, WIDTH = "croydon-static", 1000, 1, 124
IN_A_CELL = 1000
RUN, SWEEP = ("<!-- result: begin -->\n", "<!-- result: end -->"), ("<!-- sweep: begin -->\n", "<!-- sweep: end -->")
# What the published surface keeps of its columns.
MEASURES = ("faces", "alerts", "false_alerts", "stops", "wrongful_stops", "arrests", "listed_stopped", "listed_missed")


def reference_text(found: RunFound) -> str:
    """The terminal's summary as plain text of fixed width."""
    from simulator.report.pages import page_of
    from simulator.report.render.terminal import text_of

    return text_of(page_of(found), WIDTH)


def readme_block(text: str) -> str:
    """What the README quotes: from the headline to the end of its table of denominators."""
    start, end = text.index("Wrongful stops:"), text.index("Other rates")
    return f"```text\n$ lfrsim run {NAME}\n{text[start:end].rstrip()}\n```\n"


def swept() -> tuple[Sweep, pd.DataFrame]:
    """The reference scenario over thresholds, list sizes and presets, as ``lfrsim sweep`` shows it first."""
    sweep = plan_sweep(NAME, [], first_contact_axes(load_scenario(NAME)), SEED, IN_A_CELL)
    with tempfile.TemporaryDirectory() as folder:
        return sweep, run_sweep(sweep, Path(folder) / "sweep", __version__, Crew(workers=2))


def surface_csv(surface: pd.DataFrame) -> str:
    """The surface as published: keys, averages and their Monte Carlo intervals, six significant digits."""
    keys = [name for name in surface.columns if "." in name]
    columns = [f"{name}{end}" for name in MEASURES for end in ("", "_low", "_high")]
    return surface[[*keys, *columns]].to_csv(index=False, float_format="%.6g", lineterminator="\n")


def sweep_text(sweep: Sweep, surface: pd.DataFrame) -> str:
    """What ``lfrsim sweep`` prints."""
    from rich.console import Console

    from simulator.report.sweep.page import print_surface

    page = io.StringIO()
    console = Console(file=page, width=WIDTH, highlight=False, color_system=None)
    print_surface(sweep, surface, list(FIRST_CONTACT), True, console)
    return "\n".join(line.rstrip() for line in page.getvalue().splitlines()) + "\n"


def sweep_block(text: str) -> str:
    """What the README quotes of a sweep: the wrongful stops."""
    tables = [part for part in text.split("\n\n\n") if part]
    quoted = [table for table in "\n".join(tables).split("\n\n") if table]
    shown = []
    for i, table in enumerate(quoted):
        if table.lstrip().startswith("Wrongful stops per year"):
            shown += [table, quoted[i + 1]]
    return "```text\n$ lfrsim sweep " + NAME + "\n" + "\n\n".join(shown).rstrip() + "\n```\n"


def main() -> None:
    """Run and sweep the reference scenario and write everything that is shown of it."""
    study = run_study(load_scenario(NAME), REPLICATIONS, SEED)
    found = summarise(study)
    text = reference_text(found)
    reference = ROOT / "results" / "reference"
    reference.mkdir(exist_ok=True)
    (reference / f"{NAME}.txt").write_text(text, "utf-8")
    (reference / f"{NAME}.summary.json").write_text(found.to_json(), "utf-8")
    images = ROOT / "docs" / "images"
    images.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for path in draw_all(study, Path(folder)):
            if path.suffix == ".png":
                shutil.copy(path, images / path.name)
    sweep, surface = swept()
    swept_text = sweep_text(sweep, surface)
    (reference / f"{NAME}.sweep.txt").write_text(swept_text, "utf-8")
    (reference / f"{NAME}.surface.csv").write_text(surface_csv(surface), "utf-8")
    draw_surface_into(images, sweep, surface)
    put_into_readme(RUN, readme_block(text))
    put_into_readme(SWEEP, sweep_block(swept_text))
    print("rebuilt results/reference, docs/images and the result blocks of README.md", file=sys.stderr)


def draw_surface_into(images: Path, sweep: Sweep, surface: pd.DataFrame) -> None:
    """The map of wrongful stops for both presets, the frontier and the recogniser's trade-off."""
    from simulator.report.figures import About, draw_surface

    about = About.of(sweep.scenario, sweep.replications, sweep.seed, **{"recogniser.preset": "field"})
    with tempfile.TemporaryDirectory() as folder:
        for path in draw_surface(surface, about, Path(folder), sweep.scenario):
            if path.suffix == ".png":
                shutil.copy(path, images / path.name)


def put_into_readme(marks: tuple[str, str], block: str) -> None:
    """Replace what stands between two *marks* of the README."""
    begin, end = marks
    before, rest = (ROOT / "README.md").read_text("utf-8").split(begin)
    (ROOT / "README.md").write_text(before + begin + block + rest[rest.index(end) :], "utf-8")


if __name__ == "__main__":
    main()
