"""Lessons in a browser: nothing before the guess, then counted one by one; for all readers; the sheet is one side of A4."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lessons_taught import taught
from watched import DESKTOP, PHONE, Watched, watched

from simulator.evidence.lesson.lessons import LESSONS
from simulator.report.lesson.page import files_of
from simulator.report.lesson.told import told

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# One press for every button that a round has, as somebody without a mouse does it.
FOCUSED = "document.activeElement.textContent"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("lessons")
    for name in LESSONS:
        for file, text in files_of(taught(name), "made").items():
            (where / file).write_text(text, "utf-8")
    return where


@pytest.fixture
def it(browser: Browser, folder: Path) -> Iterator[Watched]:
    with watched(browser, folder / "thousand-alerts.html") as opened:
        yield opened
        assert opened.complaints == []
        assert opened.requests == []


def guess(it: Watched, at: int, typed: str) -> None:
    it.page.fill(f"#guess-{at}", typed)
    it.page.press(f"#guess-{at}", "Enter")


def test_nothing_is_shown_before_a_guess_is_written(it: Watched) -> None:
    part = told(taught("thousand-alerts"))["rounds"][0]
    assert part["counted"] not in it.page.inner_text("main")
    assert not it.page.is_visible("[data-of=invented]")
    guess(it, 0, "")
    assert not it.page.is_visible("[data-of=invented]")
    assert it.page.inner_text("#fault-0")

    guess(it, 0, "250")

    assert it.page.is_visible("[data-of=invented]")
    assert "250" in it.page.inner_text("#guessed-0")
    assert part["counted"] not in it.page.inner_text("main")
    it.page.click("[data-shows=given-0]")
    assert part["given"] in it.page.inner_text("main")
    assert part["counted"] not in it.page.inner_text("main")
    assert not it.page.is_visible("#guess-1")

    it.page.click("[data-shows=tree-0]")

    assert part["counted"] in it.page.inner_text("main")
    assert it.page.is_visible("#guess-1")
    assert not it.page.is_visible(".ends")


def test_a_guess_of_more_than_there_are_is_refused(it: Watched) -> None:
    guess(it, 0, "1001")

    assert "1000" in it.page.inner_text("#fault-0")
    assert not it.page.is_visible("[data-of=invented]")


def test_alerts_are_counted_one_by_one_and_then_all(it: Watched) -> None:
    trials = taught("thousand-alerts").trials[0].counts
    guess(it, 0, "1")

    def cells() -> list[str]:
        return [str(cell) for cell in it.all("[data-of=invented] tbody td", "one => one.textContent")]

    assert cells() == ["0", "0"]
    for step, counted in (("one", 1), ("ten", 11), ("all", 1000)):
        it.page.click(f"[data-of=invented] [data-step={step}]")
        assert cells() == [f"{sum(row[i] for row in trials[:counted]):,}" for i in (0, 1)]
        assert len(it.all("[data-of=invented] .on-desk g", "one => 1")) == counted
    it.page.click("[data-of=invented] [data-step=again]")
    assert cells() == ["0", "0"]


def test_counts_are_drawn_as_one_dot_each(browser: Browser, folder: Path) -> None:
    trials = taught("virtually-zero").trials[0]
    with watched(browser, folder / "virtually-zero.html") as it:
        guess(it, 0, "10")
        it.page.click("[data-step=all]")
        rows = it.all(
            ".dots:first-of-type tbody tr", "one => [one.children[0].textContent, one.children[2].textContent]"
        )
        few = sum(int(count) for words, count in rows if words in ("0", "1"))

        assert sum(int(count) for _, count in rows) == len(trials.counts)
        assert few == sum(row[0] <= 1 for row in trials.counts)


def test_a_lesson_is_done_with_the_keyboard_alone(it: Watched) -> None:
    it.page.focus("#guess-0")
    it.page.keyboard.type("300")
    it.page.keyboard.press("Enter")

    assert it.page.evaluate(FOCUSED) == "Count one"
    it.page.keyboard.press("Enter")
    assert "1 of 1,000" in it.page.inner_text("[data-of=invented] .so-far")
    assert "1 of 1,000" in (it.page.text_content("#announced") or "")


@pytest.mark.parametrize("name", LESSONS)
def test_every_page_is_for_all(name: str, browser: Browser, folder: Path) -> None:
    """Axe finds nothing, nothing is wider than its window, and no target is smaller than 24 pixels."""
    from axe_playwright_python.sync_playwright import Axe

    for file in (f"{name}.html", f"{name}-worksheet.html", f"{name}-teacher.html"):
        with watched(browser, folder / file) as it:
            for at in range(len(it.all(".round", "one => 1"))):
                guess(it, at, "5")
                for button in it.page.query_selector_all(
                    f"[data-round='{at}'] [data-step=all], [data-round='{at}'] .shows"
                ):
                    button.click()
            for width, scheme in ((DESKTOP, "light"), (PHONE, "dark")):
                it.seen(width, scheme)  # type: ignore[arg-type]
                assert it.too_wide() <= 0, (file, width)
                small = it.all("button, input", "one => [one.offsetWidth, one.offsetHeight]")
                assert [size for size in small if size[0] and min(size) < 24] == []
                found = Axe().run(it.page).response["violations"]
                assert [(item["id"], item["nodes"][0]["html"]) for item in found] == []


@pytest.mark.parametrize("name", LESSONS)
def test_the_sheet_is_one_side_of_paper(name: str, browser: Browser, folder: Path) -> None:
    with watched(browser, folder / f"{name}-worksheet.html") as it:
        paper = it.page.pdf(prefer_css_page_size=True)

    assert paper.count(b"/Type /Page\n") == 1
