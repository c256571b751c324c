"""From the bytes of a text file to rows of cells: encoding, delimiter and quotation marks."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from itertools import islice

from simulator.scenario.errors import Problem
from simulator.scenario.file_kinds import MOST_ROWS, TOO_LARGE, refusal
from simulator.scenario.headings import Headings

DELIMITERS = (",", ";", "\t", "|")
# The headings may stand below so many other lines, such as a title.
MOST_ABOVE = 30
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# control characters other than tab, line ends and the end-of-file sign of old systems stand in no saved table
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x19\x1b-\x1f]")
# a first line by which a spreadsheet program says the delimiter
_DELIMITER_LINE = re.compile(r'"?sep=(.)"?[;,\t|]*\r?\n', re.I)


def decoded(data: bytes, label: str) -> tuple[str, str]:
    """The text in *data*, with the name of the encoding where it is not Unicode; ScenarioError where it is no text."""
    text, encoding = _decode(data, label)
    if found := _CONTROL.search(text):
        line = text.count("\n", 0, found.start()) + 1
        rule = f"is not a text file (a control character, code {ord(found[0])}): save the table as CSV"
        raise refusal(f"{label}:{line}", rule)
    return text.rstrip("\x1a"), encoding


def encoding_note(label: str, encoding: str) -> Problem:
    """That the file *label* was read in another *encoding* than it should have."""
    return Problem(label, "", f"is not in UTF-8 and was read as {encoding}: look at names with accents")


def _decode(data: bytes, label: str) -> tuple[str, str]:
    for mark, name in _BOMS:
        if data.startswith(mark):
            try:
                return data.decode(name), ""
            except UnicodeDecodeError as error:
                raise refusal(label, f"begins as {name.upper()} but is not ({error.reason}): save it again") from None
    try:
        return data.decode("utf-8"), ""
    except UnicodeDecodeError:
        # the bytes that Windows-1252 leaves open are controls in Latin-1, and so no text either
        return data.decode("cp1252", errors="replace"), "Windows-1252"


def read_rows(text: str, label: str, headings: Headings) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of cells in *text* that are not blank, each with the number of the line it begins on.

    The delimiter is the one that makes most of a line into *headings*, if the text does not begin with it. Raises
    ScenarioError at a quotation mark that is out of place, and after MOST_ROWS rows.
    """
    told = _DELIMITER_LINE.match(text)
    delimiter = told[1] if told else find_delimiter(text, headings)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    if told:
        next(reader)
    line, rows = reader.line_num + 1, 0
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows += 1
                if rows > MOST_ROWS + 1:
                    raise refusal(label, f"has more than {MOST_ROWS:,} rows: {TOO_LARGE}")
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        rule = f"a quotation mark is out of place or never closed ({error}): the rows from here on cannot be told apart"
        raise refusal(f"{label}:{line}", rule) from None


def find_delimiter(text: str, headings: Headings) -> str:
    """The delimiter that makes most of one of the first lines into *headings*, or else most cells; a comma where none does."""

    def made(sign: str) -> tuple[int, int]:
        rows = (
            [cell.strip(' "') for cell in line.split(sign)] for line in islice(io.StringIO(text.lstrip()), MOST_ABOVE)
        )
        return max(((headings.count(cells), len(cells)) for cells in rows), default=(0, 0))

    return max(DELIMITERS, key=made)
