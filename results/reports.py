"""Rebuild the pages that lie here to be opened without an installation, and the README's pictures: python results/reports.py

Writes results/reports/ (reports, explorers and a played day), results/lessons/, docs/images/report.png and explorer.png; pictures
take Chromium and the extra ``test``, and stay as they are without.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER, IMAGES = ROOT / "results" / "reports", ROOT / "docs" / "images"
EXPLORER = "croydon-static-explorer.html"
# Each page and the command that makes it, as a reader would type it.
PAGES = {
    "croydon-static.html": ("run", "croydon-static", "--report"),
    "croydon-static-year.html": ("sweep", "croydon-static", "--report"),
    "croydon-sun-2026.html": ("claim", "croydon-sun-2026", "--report"),
    EXPLORER: ("explore", "croydon-static", "--no-open", "-o"),
    "oxford-circus-2020-explorer.html": ("explore", "oxford-circus-2020", "--no-open", "-o"),
    "school-street-explorer.html": ("explore", "school-street", "--no-open", "-o"),
}
# A day is played out of the log of a run.
DAY, RUN = "croydon-static-day.html", ("run", "croydon-static", "-n", "100", "-o")
# What is photographed: the page, how wide and high.
PICTURES = {"report.png": ("croydon-static.html", 1_200, 1_130), "explorer.png": (EXPLORER, 1_300, 1_000)}
# An explorer simulates first.
SETTLED_MS = 15_000


def lfrsim(*words: str, cwd: Path = FOLDER) -> None:
    """Run the command of these *words* in a folder."""
    command = [sys.executable, "-m", "simulator.cli", *words]
    subprocess.run(command, cwd=cwd, env={"PYTHONPATH": str(ROOT)}, check=True, stdout=subprocess.DEVNULL)


def photographed(page: Path, picture: Path, width: int, height: int) -> None:
    """The first screen of *page* as it looks on a desktop."""
    from playwright.sync_api import sync_playwright

    browser_file = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=browser_file, args=["--no-sandbox"])
        view = browser.new_page(viewport={"width": width, "height": height}, color_scheme="light")
        view.goto(page.as_uri())
        view.wait_for_timeout(SETTLED_MS if page.name == EXPLORER else 0)
        view.screenshot(path=picture)
        browser.close()


def main() -> None:
    """Make every page, then the pictures."""
    FOLDER.mkdir(exist_ok=True)
    for name in PAGES:
        lfrsim(*PAGES[name], name)
    with tempfile.TemporaryDirectory() as folder:
        lfrsim(*RUN, f"{folder}/croydon-static")
        lfrsim("replay", f"{folder}/croydon-static", "--no-open", "-o", DAY)
    lfrsim("lesson", "-o", "lessons", cwd=FOLDER.parent)
    if shutil.which("chromium") or shutil.which("google-chrome"):
        for picture, (name, width, height) in PICTURES.items():
            photographed(FOLDER / name, IMAGES / picture, width, height)
    else:
        print("no Chromium here: the README's pictures stay as they are", file=sys.stderr)


if __name__ == "__main__":
    main()
