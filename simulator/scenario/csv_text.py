"""From the bytes of a file to rows of cells: encoding, delimiter, quotation marks, and what is no table at all."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from simulator.scenario.errors import Problem, ScenarioError
from simulator.scenario.headings import Headings

# All deployments of all British forces in ten years are some thousands of rows. What is larger is another kind of file,
# and is refused before it fills the memory.
MOST_BYTES = 32 * 1024 * 1024
MOST_ROWS = 50_000
TOO_LARGE = (
    f"a record has one row for each deployment, and may have {MOST_ROWS:,} rows and {MOST_BYTES // 1024**2} MB; "
    "if this is a log of faces or alerts, add it up to one row for each deployment; if not, split the file"
)
DELIMITERS = (",", ";", "\t", "|")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# control characters other than tab, line ends and the end-of-file sign of old systems stand in no saved table
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x19\x1b-\x1f]")


def read_text(path: Path, label: str, headings: Headings) -> tuple[str, str]:
    """The text at *path*, which begins with the *headings*, with the name of the encoding where it is not Unicode.

    Raises ScenarioError, naming *label*, where the file cannot be read, is too large, or is not text.
    """
    if path.is_dir():
        raise _refusal(label, "is a folder; name the CSV file in it")
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise _refusal(label, "no such file") from None
    except (OSError, ValueError) as error:
        raise _refusal(label, f"cannot be read ({getattr(error, 'strerror', None) or error})") from None
    if len(data) > MOST_BYTES:
        raise _refusal(label, f"is larger than {MOST_BYTES // 1024**2} MB: {TOO_LARGE}")
    text, encoding = _decode(data, label)
    if not text.strip():
        needed = " and ".join(f'"{name}"' for name in headings.required)
        raise _refusal(label, f"is empty: the first line must name the columns, at least {needed}")
    if found := _CONTROL.search(text):
        line = text.count("\n", 0, found.start()) + 1
        rule = f"is not a text file (a control character, code {ord(found[0])}): save the table as CSV"
        raise _refusal(f"{label}:{line}", rule)
    return text.rstrip("\x1a"), encoding


def encoding_note(label: str, encoding: str) -> Problem:
    """That the file *label* was read in another *encoding* than it should have."""
    return Problem(label, "", f"is not in UTF-8 and was read as {encoding}: look at names with accents")


def _refusal(place: str, rule: str) -> ScenarioError:
    return ScenarioError(Problem(place, "", rule))


def _decode(data: bytes, label: str) -> tuple[str, str]:
    for mark, name in _BOMS:
        if data.startswith(mark):
            try:
                return data.decode(name), ""
            except UnicodeDecodeError as error:
                raise _refusal(label, f"begins as {name.upper()} but is not ({error.reason}): save it again") from None
    try:
        return data.decode("utf-8"), ""
    except UnicodeDecodeError:
        # the bytes that Windows-1252 leaves open are controls in Latin-1, and so no text either
        return data.decode("cp1252", errors="replace"), "Windows-1252"


def read_rows(text: str, label: str, headings: Headings) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of cells in *text* that are not blank, each with the number of the line it begins on.

    The delimiter is the one that makes most of the first line into *headings*. Raises ScenarioError at a
    quotation mark that is out of place, and after MOST_ROWS rows.
    """
    delimiter = find_delimiter(text, headings)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line, rows = 1, 0
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows += 1
                if rows > MOST_ROWS + 1:
                    raise _refusal(label, f"has more than {MOST_ROWS:,} rows: {TOO_LARGE}")
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        rule = f"a quotation mark is out of place or never closed ({error}): the rows from here on cannot be told apart"
        raise _refusal(f"{label}:{line}", rule) from None


def find_delimiter(text: str, headings: Headings) -> str:
    """The delimiter that makes most of the first line into *headings*; a comma where none does."""
    first = text.lstrip("\r\n").split("\n", 1)[0].rstrip("\r")
    return max(DELIMITERS, key=lambda sign: headings.count(cell.strip(' "') for cell in first.split(sign)))
