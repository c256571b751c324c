"""Accessibility by axe, with the page's own Content-Security-Policy on: it is put in by the debugger, as a reader's tool is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from report_files import REPORTS, Report
from watched import DESKTOP, PHONE, Scheme, Watched, watched

from simulator.report.document import Document
from simulator.report.page import table
from simulator.report.render.shell import file_of

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

# Rules that axe leaves off unless asked: cells of a table have heads, a first row is no caption.
ASKED = ("td-has-header", "table-fake-caption", "label-content-name-mismatch", "css-orientation-lock")
OF_LOOKS = ("color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size")
# What axe cannot decide, by its rule and its reason: text that lies partly outside of the frame in which a table is moved on a
# phone, a text of one sign, the words of a picture, a hatched cell. Their colours are held to account in test_palette.py.
UNDECIDED = {
    ("color-contrast", reason) for reason in ("elmPartiallyObscured", "shortTextContent", "imgNode", "bgGradient")
}


def axe(it: Watched, only: tuple[str, ...] = ()) -> dict[str, Any]:
    """What axe finds on the page: all its rules, or *only* some."""
    from axe_playwright_python.sync_playwright import Axe

    options: dict[str, Any] = {"rules": {rule: {"enabled": True} for rule in ASKED}}
    if only:
        options = {"runOnly": list(only)}
    found: dict[str, Any] = Axe().run(it.page, options=options).response
    return found


def faults(found: dict[str, Any]) -> list[str]:
    """Each violation with its rule and the element."""
    return [f"{one['id']}: {node['html'][:200]}" for one in found["violations"] for node in one["nodes"]]


def undecided(found: dict[str, Any]) -> set[tuple[str, str]]:
    """What axe could not decide: rules and reasons."""
    return {
        (one["id"], (check.get("data") or {}).get("messageKey", ""))
        for one in found["incomplete"]
        for node in one["nodes"]
        for check in (*node["any"], *node["all"], *node["none"])
    }


@pytest.mark.parametrize("name", REPORTS)
def test_axe_finds_nothing(name: str, browser: Browser, made: Callable[[str], Report]) -> None:
    """With every part open by all rules, and by those of looks on a dark phone; as it opens, in the other two looks."""
    looks: list[tuple[bool, int, Scheme, tuple[str, ...]]] = [
        (False, PHONE, "light", OF_LOOKS),
        (False, DESKTOP, "dark", OF_LOOKS),
        (True, DESKTOP, "light", ()),
        (True, PHONE, "dark", OF_LOOKS),
    ]
    with watched(browser, made(name).page) as it:
        for opened, width, scheme, only in looks:
            if opened:
                it.open_all()
            it.seen(width, scheme)
            found = axe(it, only)
            assert faults(found) == [], (opened, width, scheme)
            assert undecided(found) <= UNDECIDED, (opened, width, scheme)
            passed = {one["id"] for one in found["passes"]}
            assert passed >= ({"color-contrast"} if only else {"color-contrast", "document-title", "region"})
        assert it.complaints == []


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ('<th scope="col"', "<td", "td-has-header"),
        ('<html lang="en">', "<html>", "html-has-lang"),
        ("--quiet: #4b5563", "--quiet: #b0b5bd", "color-contrast"),
    ],
)
def test_axe_sees_what_is_wrong(old: str, new: str, rule: str, browser: Browser, tmp_path: Path) -> None:
    """Negative control: a table without heads, a page without a language, pale text."""
    cells = table("Numbers", ["what", "a", "b", "c"], [[str(i), "1", "2", "3"] for i in range(4)])
    text = file_of(Document("title", "tag", "about", (cells,), (), "made"))
    text = text.replace('<th scope="row" class="in0">', "<td>") if rule == "td-has-header" else text
    assert old in text
    page = tmp_path / "page.html"
    page.write_text(rehashed(text.replace(old, new)), "utf-8")
    with watched(browser, page) as it:
        assert rule in {one["id"] for one in axe(it)["violations"]}


def rehashed(text: str) -> str:
    """A page whose style was changed, allowed by its policy again."""
    import base64
    import hashlib
    import re

    (style,) = re.findall("<style>(.*?)</style>", text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return re.sub("style-src 'sha256-[^']*'", lambda _: f"style-src 'sha256-{digest}'", text)
