"""A page in a browser with everything watched that it must not do: fetch, complain, fail, or grow wider than its window."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

DESKTOP, PHONE = 1400, 360
# What is left of a page of A4 between margins of 13 mm, in pixels of a style sheet.
PAPER = 695
Scheme = Literal["light", "dark"]

OPEN_ALL = "document.querySelectorAll('details').forEach(part => part.open = true)"


class Watched:
    """A *page* opened from a file, its *requests* beyond the page itself, and its *complaints*."""

    def __init__(self, page: Page, path: Path, anchor: str = "") -> None:
        self.page, self.requests, self.complaints = page, list[str](), list[str]()
        address = path.as_uri()
        page.on("request", lambda it: None if it.url.partition("#")[0] == address else self.requests.append(it.url))
        page.on("console", lambda it: self.complaints.append(it.text))
        page.on("pageerror", lambda it: self.complaints.append(str(it)))
        page.goto(address + anchor)

    def open_all(self) -> None:
        """Open every part that is folded away."""
        self.page.evaluate(OPEN_ALL)

    def seen(
        self, width: int = DESKTOP, scheme: Scheme = "light", media: Literal["screen", "print"] = "screen"
    ) -> None:
        """Look at it in a window of this *width*, or on paper."""
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.emulate_media(color_scheme=scheme, media=media)

    def too_wide(self) -> int:
        """Pixels by which the page is wider than its window."""
        more: int = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        return more

    def all(self, what: str, get: str) -> list[Any]:
        """What *get*, a JavaScript function, gives of every element that *what* selects."""
        found: list[Any] = self.page.eval_on_selector_all(what, f"all => all.map({get})")
        return found


@contextmanager
def watched(browser: Browser, path: Path, anchor: str = "", before: str = "", **context: Any) -> Iterator[Watched]:
    """The page at *path*, offline; *before* is a script that runs before any of its own."""
    inside = browser.new_context(offline=True, viewport={"width": DESKTOP, "height": 900}, **context)
    try:
        page = inside.new_page()
        if before:
            page.add_init_script(before)
        yield Watched(page, path, anchor)
    finally:
        inside.close()
