"""Rebuild the reference results that the README and the docs show: python results/rebuild.py

Writes results/reference/ (text and summary), docs/images/ (figures) and the result block of README.md. CI compares.
"""

from __future__ import annotations

import io
import json
import shutil
import sys
import tempfile
from pathlib import Path

from simulator import draw_all, load_scenario, run_study, summarise

ROOT = Path(__file__).resolve().parent.parent
NAME, REPLICATIONS, SEED, WIDTH = "croydon-static", 1000, 1, 124
BEGIN, END = "<!-- result: begin -->\n", "<!-- result: end -->"


def reference_text(summary: dict[str, object]) -> str:
    """The terminal's summary as plain text of fixed width."""
    from rich.console import Console

    from simulator.report.terminal import print_summary

    page = io.StringIO()
    print_summary(summary, Console(file=page, width=WIDTH, highlight=False, color_system=None))
    return "\n".join(line.rstrip() for line in page.getvalue().splitlines()) + "\n"


def readme_block(text: str) -> str:
    """What the README quotes: from the headline to the end of its table of denominators."""
    start, end = text.index("Wrongful stops:"), text.index("Other rates")
    return f"```text\n$ lfrsim run {NAME}\n{text[start:end].rstrip()}\n```\n"


def main() -> None:
    """Run the reference scenario and write everything that is shown of it."""
    study = run_study(load_scenario(NAME), REPLICATIONS, SEED)
    summary = summarise(study)
    text = reference_text(summary)
    reference = ROOT / "results" / "reference"
    reference.mkdir(exist_ok=True)
    (reference / f"{NAME}.txt").write_text(text, "utf-8")
    (reference / f"{NAME}.summary.json").write_text(json.dumps(summary, indent=2, ensure_ascii=False) + "\n", "utf-8")
    images = ROOT / "docs" / "images"
    images.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for path in draw_all(study, Path(folder)):
            if path.suffix == ".png":
                shutil.copy(path, images / path.name)
    readme = (ROOT / "README.md").read_text("utf-8")
    before, rest = readme.split(BEGIN)
    after = rest[rest.index(END) :]
    (ROOT / "README.md").write_text(before + BEGIN + readme_block(text) + after, "utf-8")
    print("rebuilt results/reference, docs/images and the result block of README.md", file=sys.stderr)


if __name__ == "__main__":
    main()
