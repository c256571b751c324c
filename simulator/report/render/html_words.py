"""The words of a page as HTML: escaped, and only ever read."""

from __future__ import annotations

import re
from html import escape

from simulator.report.render.plain import plain

# Hebrew, Arabic and their kin, with the spaces between such words.
_LETTERS = r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]+"
_RIGHT_TO_LEFT = re.compile(rf"{_LETTERS}(?: +{_LETTERS})*")
_TO_DETAILS = re.compile(r"(: |, |\()--details\b")


def words(text: str) -> str:
    """*text* to be read; what sends a reader of the terminal to ``--details`` is a link here."""
    return _TO_DETAILS.sub(r'\1<a href="#all-numbers">All numbers</a>', named(text))


def named(text: str) -> str:
    """*text* with what is written from right to left set apart, so that numbers beside it keep their places."""
    return _RIGHT_TO_LEFT.sub(r"<bdi>\g<0></bdi>", escape(plain(text)))


def note(text: str) -> str:
    """A paragraph of small print; nothing where there is no *text*."""
    return f'<p class="note">{words(text)}</p>' if text else ""


def attribute(text: str) -> str:
    """*text* as the value of an attribute in double quotes."""
    return escape(plain(text))


__all__ = ["attribute", "named", "note", "words"]
