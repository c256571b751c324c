"""Rebuild the reference results that the README and the docs show: python results/rebuild.py

Writes results/reference/ (text and summary), docs/images/ (figures) and the result block of README.md. CI compares.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from simulator import draw_all, load_scenario, run_study, summarise
from simulator.evidence.run.twins import factors
from simulator.evidence.sweep.asked import sweep
from simulator.evidence.sweep.tradeoff import tradeoff_of
from simulator.report.pages import page_of
from simulator.report.render.terminal import text_of
from simulator.report.screen import ALL
from simulator.response.engines import engine_named

if TYPE_CHECKING:
    import pandas as pd

    from simulator.evidence.kept import Found
    from simulator.evidence.run.found import RunFound
    from simulator.evidence.run.study import Study
    from simulator.evidence.sweep.found import SweepFound

ROOT = Path(__file__).resolve().parent.parent
NAME, REPLICATIONS, SEED, WIDTH = "croydon-static", 1000, 1, 100
RUN, SWEEP = ("<!-- result: begin -->\n", "<!-- result: end -->"), ("<!-- sweep: begin -->\n", "<!-- sweep: end -->")
# What the published surface keeps of its columns.
MEASURES = ("faces", "alerts", "false_alerts", "stops", "wrongful_stops", "arrests", "listed_stopped", "listed_missed")


def reference_text(found: Found) -> str:
    """What the terminal shows with --details, as plain text of fixed width."""
    return text_of(page_of(found), WIDTH, details=True)


def readme_block(text: str, command: str = "run") -> str:
    """What the README quotes of a *text*: the first screen."""
    screen = text.partition("\n" + ALL + "\n")[0].rstrip()
    return f"```text\n$ lfrsim {command} {NAME}\n{screen}\n```\n"


def answered(study: Study) -> RunFound:
    """What ``lfrsim run`` answers: what the *study* found, and what the scenario's alternatives would change."""
    return summarise(study, factors(study, engine_named("auto")))


def swept() -> SweepFound:
    """The reference scenario over thresholds, list sizes and presets, as ``lfrsim sweep`` shows it first."""
    return sweep(NAME, seed=SEED, workers=2)


def surface_csv(surface: pd.DataFrame) -> str:
    """The surface as published: keys, averages and their Monte Carlo intervals, six significant digits."""
    keys = [name for name in surface.columns if "." in name]
    columns = [f"{name}{end}" for name in MEASURES for end in ("", "_low", "_high")]
    return surface[[*keys, *columns]].to_csv(index=False, float_format="%.6g", lineterminator="\n")


def main() -> None:
    """Run and sweep the reference scenario and write everything that is shown of it."""
    study = run_study(load_scenario(NAME), REPLICATIONS, SEED)
    found = answered(study)
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
    surface = swept()
    (reference / f"{NAME}.sweep.txt").write_text(reference_text(surface), "utf-8")
    (reference / f"{NAME}.surface.csv").write_text(surface_csv(surface.cells), "utf-8")
    draw_surface_into(images, surface)
    put_into_readme(RUN, readme_block(text))
    put_into_readme(SWEEP, readme_block(reference_text(surface), "sweep"))
    print("rebuilt results/reference, docs/images and the result blocks of README.md", file=sys.stderr)


def draw_surface_into(images: Path, found: SweepFound) -> None:
    """The map of wrongful stops for both presets, the frontier and the recogniser's trade-off."""
    from simulator.report.figures import About, draw_surface

    tradeoff = tradeoff_of(load_scenario(NAME))
    with tempfile.TemporaryDirectory() as folder:
        for path in draw_surface(found.cells, About.of(found), Path(folder), tradeoff):
            if path.suffix == ".png":
                shutil.copy(path, images / path.name)


def put_into_readme(marks: tuple[str, str], block: str) -> None:
    """Replace what stands between two *marks* of the README."""
    begin, end = marks
    before, rest = (ROOT / "README.md").read_text("utf-8").split(begin)
    (ROOT / "README.md").write_text(before + begin + block + rest[rest.index(end) :], "utf-8")


if __name__ == "__main__":
    main()
