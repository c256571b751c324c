"""Every report in a browser: fetches nothing, complains of nothing, fits every window and sheet, shows what was found."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from report_files import HOSTILE, REPORTS, Report
from watched import DESKTOP, OPEN_ALL, PAPER, PHONE, watched

from simulator.evidence.numbers import whole
from simulator.report.page import Table, walk
from simulator.report.pictured import Boxes, Dots, Download, Icons, Meaning, Quote
from simulator.report.render.plain import plain

if TYPE_CHECKING:
    from playwright.sync_api import Browser

Made = Callable[[str], Report]
# Points of A4, upright.
A4 = (595, 842)
CELLS = "table => [...table.rows].map(row => [...row.cells].map(cell => cell.textContent))"
# What lies right of the sheet, or is cut by a frame that moves on a screen.
CUT = """() => [...document.querySelectorAll('main *')].filter(it => it.checkVisibility() && !it.closest('.unseen')
  && it.getBoundingClientRect().right > document.documentElement.clientWidth + 1).map(it => it.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("name", REPORTS)
def test_it_opens_from_a_file_and_fits_every_window(name: str, browser: Browser, made: Made) -> None:
    with watched(browser, made(name).page) as it:
        for opened in (False, True):
            if opened:
                it.open_all()
            for width in (PHONE, DESKTOP):
                for scheme in ("light", "dark"):
                    it.seen(width, scheme)
                    assert it.too_wide() == 0, (opened, width, scheme)
            it.seen(PAPER, media="print")
            assert it.too_wide() == 0
            assert it.page.evaluate(CUT) == []
        assert all(it.all("img", "it => it.complete && it.naturalWidth > 0"))
        assert it.requests == []
        assert it.complaints == []


@pytest.mark.parametrize("name", REPORTS)
def test_it_prints_on_a4(name: str, browser: Browser, made: Made) -> None:
    """Sheets of A4 and nothing else, folded and opened."""
    with watched(browser, made(name).page) as it:
        closed = sheets(it.page.pdf(prefer_css_page_size=True))
        it.open_all()
        opened = sheets(it.page.pdf(prefer_css_page_size=True))

    assert 0 < len(closed) <= len(opened)
    assert {(round(width), round(height)) for width, height in (*closed, *opened)} == {A4}


@pytest.mark.parametrize("name", REPORTS)
def test_it_shows_what_was_found(name: str, browser: Browser, made: Made) -> None:
    """Headline, boxes, counts and every cell of every table, read back from what the browser built."""
    document = made(name).document
    blocks = list(walk((*document.front, *(block for part in document.sections for block in part.blocks))))
    with watched(browser, made(name).page) as it:
        headlines = it.all("h1.headline", "it => it.textContent")
        boxes = it.all(".boxes li", "it => [...it.children].map(part => part.textContent)")
        counts = it.all("table.dots tbody td.n", "it => it.textContent")
        signs = it.all(".keys b", "it => it.textContent")
        quotes = it.all("blockquote", "it => it.textContent")
        tables = it.all("table:not(.dots)", CELLS)
        titles = it.all("title, h2", "it => it.textContent")

    assert headlines == [plain(block.sentences[0]) for block in blocks if isinstance(block, Meaning)]
    assert len(headlines) == 1
    assert boxes == [
        [box.number, box.per, box.within] for block in blocks if isinstance(block, Boxes) for box in block.boxes
    ]
    assert counts == [whole(row.count) for block in blocks if isinstance(block, Dots) for row in block.rows]
    assert sorted(signs) == sorted(
        whole(group.count) for block in blocks if isinstance(block, Icons) for group in block.groups if group.count
    )
    assert quotes == [plain(block.text) for block in blocks if isinstance(block, Quote)]
    assert [cells for table in tables for cells in table] == [
        [plain(cell) for cell in row]
        for block in blocks
        if isinstance(block, Table)
        for row in (block.columns, *block.rows)
    ]
    assert [plain(document.title), *(plain(part.title) for part in document.sections)] == [
        title
        for title in titles
        if title in {plain(document.title), *(plain(part.title) for part in document.sections)}
    ]


@pytest.mark.parametrize("name", REPORTS)
def test_links_lead_somewhere_and_open_what_is_folded(name: str, browser: Browser, made: Made) -> None:
    page = made(name).page
    with watched(browser, page) as it:
        ids = it.all("[id]", "it => it.id")
        assert len(ids) == len(set(ids))
        for link in set(it.all("a[href^='#']", "it => it.getAttribute('href')")):
            assert link[1:] in ids
        folded = it.all("section.workings", "it => it.id")
        assert folded
        for part in folded:
            inside = it.page.locator(f"section#{part} > details")
            assert inside.get_attribute("open") is None
            it.page.locator(f"nav a[href='#{part}']").click()
            inside.and_(it.page.locator("[open]")).wait_for()
    with watched(browser, page, f"#{folded[-1]}") as it:
        assert it.page.locator(f"section#{folded[-1]} > details").get_attribute("open") is not None
        assert it.requests == []


@pytest.mark.parametrize("name", REPORTS)
def test_the_files_in_it_are_saved_as_they_are(name: str, browser: Browser, made: Made, tmp_path: Path) -> None:
    """JSON and CSV of the finding, byte for byte, and every other file."""
    report = made(name)
    blocks = walk([block for part in report.document.sections for block in part.blocks])
    files = [(block.name, block.text.encode()) for block in blocks if isinstance(block, Download)]
    with watched(browser, report.page, accept_downloads=True) as it:
        it.open_all()
        saved = []
        for link in it.page.locator("a[download]").all():
            with it.page.expect_download() as download:
                link.click()
            download.value.save_as(tmp_path / "saved")
            saved.append((download.value.suggested_filename, (tmp_path / "saved").read_bytes()))
        assert it.complaints == []

    assert saved == files
    assert report.json.encode() in dict(saved).values()
    assert report.csv is None or report.csv.encode() in dict(saved).values()


@pytest.mark.parametrize("name", ["run", "run-060"])
def test_the_headline_has_the_numbers_of_the_finding(name: str, browser: Browser, made: Made) -> None:
    """Read back as numbers: the average and its range, and the rates per alert and per face, to two or three figures."""
    import json

    found = json.loads(made(name).json)
    wrong = found["measures"]["wrongful_stops"]["with_ignorance"]
    rates = {unit: found["rates"]["wrongful_stops"][unit]["with_ignorance"] for unit in ("face", "alert")}
    with watched(browser, made(name).page) as it:
        meaning = " ".join(it.all(".headline, .follows", "it => it.textContent"))
        front = it.page.evaluate("document.querySelector('main').textContent")

    for said, expected in (
        (meaning, [wrong["mean"], *wrong["average_95"]]),
        (front, [1e6 * rates["face"]["rate"], 1e3 * rates["alert"]["rate"]]),
    ):
        there = [float(figure.replace(",", "")) for figure in re.findall(r"\d[\d,]*\.?\d*(?=\D|$)", said)]
        for value in expected:
            # what is written with two figures is off by at most a twentieth of its first one
            assert any(abs(shown - value) <= 0.05 * value for shown in there), (value, said)


def test_names_are_text(browser: Browser, made: Made) -> None:
    """A title that is a script, markup of a terminal or an image, and turns the direction of writing, is only read."""
    with watched(browser, made("run-hostile").page) as it:
        assert HOSTILE in it.page.title()
        assert HOSTILE in it.page.evaluate("document.querySelector('.kicker').textContent")
        assert it.page.evaluate("document.body !== null")
        assert it.all("main script, main img[src='x'], header script, header img", "it => it.outerHTML") == []
        # what stands behind it is still read from left to right
        assert it.page.evaluate(AFTER) >= it.page.evaluate(RIGHT_TO_LEFT)
        assert it.requests == []
        assert it.complaints == []


RIGHT_TO_LEFT = """() => { const range = document.createRange(), it = document.querySelector('.kicker bdi').firstChild;
  range.selectNodeContents(it); return range.getBoundingClientRect().right }"""
AFTER = """() => { const range = document.createRange(), it = document.querySelector('.kicker bdi').nextSibling;
  range.setStart(it, 1); range.setEnd(it, 3); return range.getBoundingClientRect().left }"""


@pytest.mark.parametrize("clipboard", ["own", "refused", "none"])
def test_the_sentence_is_copied_or_selected(clipboard: str, browser: Browser, made: Made) -> None:
    """By the clipboard; where it refuses, by the old command; where there is neither, the sentence is left selected."""
    before = {
        "own": "Object.defineProperty(navigator, 'clipboard', {value: {writeText: async text => { window.copied = text }}})",
        "refused": "Object.defineProperty(navigator, 'clipboard', {value: {writeText: async () => { throw new Error() }}});"
        "addEventListener('copy', () => { window.copied = String(getSelection()) })",
        "none": "Object.defineProperty(navigator, 'clipboard', {value: undefined}); document.execCommand = () => false",
    }[clipboard]
    with watched(browser, made("run").page, before=before) as it:
        sentence = it.page.locator("blockquote").first.text_content()
        it.page.locator("button.copy").first.click()
        it.page.locator(".copied", has_text=re.compile("Copied|Selected")).wait_for()
        said = it.page.locator(".copied").first.text_content()
        if clipboard == "none":
            assert it.page.evaluate("String(getSelection())") == sentence
            assert said == "Selected: copy it with Ctrl+C."
        else:
            assert it.page.evaluate("window.copied") == sentence
            assert said == "Copied."
        assert it.complaints == []


def test_the_real_clipboard_takes_it_from_a_file(browser: Browser, made: Made) -> None:
    with watched(browser, made("run").page, permissions=["clipboard-read", "clipboard-write"]) as it:
        it.page.locator("button.copy").first.click()
        it.page.locator(".copied", has_text="Copied").wait_for()
        assert it.page.evaluate("navigator.clipboard.readText()") == it.page.locator("blockquote").first.text_content()


@pytest.mark.parametrize("name", REPORTS)
def test_the_keyboard_reaches_everything_and_shows_where_it_is(name: str, browser: Browser, made: Made) -> None:
    reachable = "a[href], button, summary, [tabindex='0']"
    with watched(browser, made(name).page) as it:
        it.page.evaluate(OPEN_ALL)
        expected = it.page.evaluate(
            f'() => [...document.querySelectorAll("{reachable}")].filter(it => it.checkVisibility())'
            ".map((it, i) => { it.dataset.at = i; return i })"
        )
        reached = []
        for _ in expected:
            it.page.keyboard.press("Tab")
            at, width, style = it.page.evaluate(
                "(() => { const it = document.activeElement, look = getComputedStyle(it);"
                "return [it.dataset.at, parseFloat(look.outlineWidth), look.outlineStyle] })()"
            )
            assert width >= 2, at
            assert style != "none", at
            reached.append(int(at))
        assert reached == expected


def sheets(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height, in points, of every sheet of a PDF file."""

    def boxes() -> Iterator[tuple[float, float]]:
        for page in re.findall(rb"/Type\s*/Page\b.*?endobj", pdf, re.DOTALL):
            (box,) = re.findall(rb"/MediaBox\s*\[([^\]]*)\]", page)
            left, bottom, right, top = map(float, box.split())
            yield right - left, top - bottom

    return list(boxes())
