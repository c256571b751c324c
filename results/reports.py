"""Rebuild the reports that lie here to be opened without an installation, and the README's picture: python results/reports.py

Writes results/reports/ (three pages) and docs/images/report.png, which takes Chromium and the extra ``test``; without these the
picture stays as it is.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER, PICTURE = ROOT / "results" / "reports", ROOT / "docs" / "images" / "report.png"
# Each page and the command that makes it, as a reader would type it.
PAGES = {
    "croydon-static.html": ("run", "croydon-static"),
    "croydon-static-year.html": ("sweep", "croydon-static"),
    "croydon-sun-2026.html": ("claim", "croydon-sun-2026"),
}
WIDTH, HEIGHT = 1_200, 1_130


def made(name: str) -> Path:
    """The page of this *name*, made anew by its command."""
    command = [sys.executable, "-m", "simulator.cli", *PAGES[name], "--report", name]
    subprocess.run(command, cwd=FOLDER, env={"PYTHONPATH": str(ROOT)}, check=True, stdout=subprocess.DEVNULL)
    return FOLDER / name


def photographed(page: Path, picture: Path) -> None:
    """The first screen of *page* as it looks on a desktop."""
    from playwright.sync_api import sync_playwright

    browser_file = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=browser_file, args=["--no-sandbox"])
        view = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
        view.goto(page.as_uri())
        view.screenshot(path=picture)
        browser.close()


def main() -> None:
    """Make every page, then the picture."""
    FOLDER.mkdir(exist_ok=True)
    for name in PAGES:
        made(name)
    if shutil.which("chromium") or shutil.which("google-chrome"):
        photographed(FOLDER / "croydon-static.html", PICTURE)
    else:
        print("no Chromium here: docs/images/report.png stays as it is", file=sys.stderr)


if __name__ == "__main__":
    main()
