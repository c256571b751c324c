"""Negative controls: what a page must not do is stopped by its policy, or seen by the tests that hold it to that."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from watched import PAPER, PHONE, watched

from simulator.report.document import Document
from simulator.report.page import Line
from simulator.report.render.shell import file_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PLAIN = Document("title", "tag", "about", (Line("WORDS"),), (), "made")


def page_with(folder: Path, markup: str, policy: bool = True) -> Path:
    """A report with *markup* in place of its words; without a *policy* nothing is forbidden."""
    text = file_of(PLAIN).replace("WORDS", markup)
    if not policy:
        text = text.replace('http-equiv="Content-Security-Policy"', 'name="no-policy"')
    page = folder / "page.html"
    page.write_text(text, "utf-8")
    return page


@pytest.mark.parametrize(
    ("markup", "done"),
    [
        ('<b id="x" style="color: rgb(1, 2, 3)">x</b>', "getComputedStyle(x).color == 'rgb(1, 2, 3)'"),
        ("<style>#x { color: rgb(1, 2, 3) }</style><b id=x>x</b>", "getComputedStyle(x).color == 'rgb(1, 2, 3)'"),
        ("<b id=x>x</b><script>x.hidden = true</script>", "x.hidden"),
        ('<img id="x" src="data:," onerror="this.hidden = true">', "x.hidden"),
    ],
)
def test_a_policy_stops_what_is_not_the_page_s_own(markup: str, done: str, browser: Browser, tmp_path: Path) -> None:
    """Style and script in the markup do nothing and are complained of; without the policy each of them works."""
    with watched(browser, page_with(tmp_path, markup)) as it:
        assert not it.page.evaluate(done)
        assert any("Content Security Policy" in text for text in it.complaints)
    with watched(browser, page_with(tmp_path, markup, policy=False)) as it:
        it.page.wait_for_function(done)
        assert it.complaints == []


def test_what_is_fetched_is_seen(browser: Browser, tmp_path: Path) -> None:
    picture = '<img src="picture.png" alt="">'
    with watched(browser, page_with(tmp_path, picture)) as it:
        assert any("Content Security Policy" in text for text in it.complaints)
    with watched(browser, page_with(tmp_path, picture, policy=False)) as it:
        assert [Path(address).name for address in it.requests] == ["picture.png"]


def test_what_is_too_wide_is_seen(browser: Browser, tmp_path: Path) -> None:
    with watched(browser, page_with(tmp_path, f"<table><tr><td>{'word' * 200}</td></tr></table>")) as it:
        it.seen(PHONE)
        assert it.too_wide() > 0
        it.seen(PAPER, media="print")
        assert it.too_wide() > 0


def test_an_error_is_seen(browser: Browser, tmp_path: Path) -> None:
    with watched(browser, page_with(tmp_path, "<script>nothing.at.all</script>", policy=False)) as it:
        assert any("nothing is not defined" in text for text in it.complaints)
