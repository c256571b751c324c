"""Text that came from somebody else's file, made harmless: it is data, and never steers what shows it."""

from __future__ import annotations

import re
import unicodedata

INSTEAD = "\N{REPLACEMENT CHARACTER}"
# Signs that turn the direction of writing, so that what is read is not what is there.
_TURNING = {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C)}
# Stands for a space at which no line is broken; the sign itself is in nobody's text, being replaced there.
JOINT = "\x1f"


def plain(text: str) -> str:
    """*text* on one line, with each control character replaced by a sign that shows where it was."""
    return " ".join(_harmless(text).split())


def cell(text: str) -> str:
    """The same for the cell of a table, whose leading spaces say what it belongs to."""
    return " " * (len(text) - len(text.lstrip(" "))) + plain(text)


def _harmless(text: str) -> str:
    spaced = re.sub(r"[\t\n\r\v\f]", " ", text)
    return "".join(
        INSTEAD if unicodedata.category(sign) in ("Cc", "Cs") or sign in _TURNING else sign for sign in spaced
    )


def bind(text: str) -> str:
    """Join what must not be broken over two lines, such as "1 in 60.5" and "18.7 million"; *unbind* undoes it."""
    text = re.sub(r"\b1 (in|for) (?=\d)", rf"1{JOINT}\1{JOINT}", text)
    text = re.sub(r"(?<=\d) to (?=[\d.]+ in 100\b)", f"{JOINT}to{JOINT}", text)
    text = re.sub(r"(?<=\d) in 100\b", f"{JOINT}in{JOINT}100", text)
    text = re.sub(r"(?<=\d) (?=%|million|billion|trillion)", JOINT, text)
    return re.sub(r"\bGBP (?=\d)", f"GBP{JOINT}", text)


def unbind(text: str) -> str:
    """Take back what *bind* did."""
    return text.replace(JOINT, " ")


def wrapped(text: str, width: int) -> list[str]:
    """*text* in lines of at most *width* cells of a terminal; words, and what belongs to a number, stay whole."""
    from rich.cells import cell_len

    lines, room = [""], width
    for word in bind(text).split(" "):
        word = unbind(word)
        if lines[-1] and cell_len(word) + 1 > room:
            lines.append("")
            room = width
        added = f" {word}" if lines[-1] else word
        lines[-1] += added
        room -= cell_len(added)
    return lines


__all__ = ["bind", "cell", "plain", "unbind", "wrapped"]
