"""A browser for the tests of reports: Chromium as the system has it; without one they are skipped, or fail where CI asks."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from report_files import Report, report

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# A browser to use in place of the first of NAMES that is there; and what makes its absence a failure.
CHOSEN, NEEDED = "LFRSIM_TEST_BROWSER", "LFRSIM_TEST_BROWSER_NEEDED"
NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = [
    "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


def found_browser() -> tuple[str | None, str]:
    """The path of a browser, or None with the reason and what to do."""
    chosen = os.environ.get(CHOSEN)
    names = (chosen,) if chosen else NAMES
    path = next(filter(None, map(shutil.which, names)), None)
    install = f"install Chromium (Debian: apt install chromium), or name a browser by {CHOSEN}"
    return path, f"no browser ({', '.join(names)}): {install}"


def missing(reason: str) -> None:
    """Skip a test for this *reason*, or fail it where a browser is needed."""
    (pytest.fail if os.environ.get(NEEDED) else pytest.skip)(reason)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One browser for all tests of this folder; its loop ends with them, as other tests have loops of their own."""
    path, reason = found_browser()
    if path is None:
        missing(reason)
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as error:
        missing(f"playwright cannot be imported ({error}): pip install -e '.[test]'")
    as_root = ["--no-sandbox"] if getattr(os, "geteuid", lambda: 1)() == 0 else []
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=path, args=[*QUIET, *as_root])
        yield started
        started.close()


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Report]:
    """The report of each name, made once for all workers."""
    base = tmp_path_factory.getbasetemp()
    folder: Path = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "reports"
    folder.mkdir(exist_ok=True)
    return cache(lambda name: report(name, folder))
