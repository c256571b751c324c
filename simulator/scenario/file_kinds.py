"""The bytes of a file that should hold a table, and what kind of file they are: read, or refused with what to do."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from simulator.scenario.errors import Problem, ScenarioError

# All deployments of all British forces in ten years are some thousands of rows. What is larger is another kind of file,
# and is refused before it fills the memory.
MOST_BYTES = 32 * 1024 * 1024
MOST_ROWS = 50_000
TOO_LARGE = (
    f"a record has one row for each deployment, and may have {MOST_ROWS:,} rows and {MOST_BYTES // 1024**2} MB; "
    "if this is a log of faces or alerts, add it up to one row for each deployment; if not, split the file"
)
_AS_CSV = "save the table as CSV or .xlsx"
# How files begin that hold tables for other programs.
_OTHERS = (
    (b"%PDF", f"is a PDF: copy its table into a spreadsheet, compare the totals, and {_AS_CSV}"),
    (b"\xd0\xcf\x11\xe0", f"is a workbook of an old kind (.xls) or with a password: {_AS_CSV}, without one"),
    (b"PAR1", f"is a Parquet file: {_AS_CSV}"),
    (b"\x1f\x8b", "is compressed (gzip): unpack it first"),
)


def refusal(place: str, rule: str) -> ScenarioError:
    """The mistake of a file as a whole."""
    return ScenarioError(Problem(place, "", rule))


def read_bytes(path: Path, label: str) -> bytes:
    """What the file at *path* holds; raises ScenarioError, naming *label*, where it cannot be read or is too large."""
    if path.is_dir():
        raise refusal(label, "is a folder; name the file in it")
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise refusal(label, "no such file") from None
    except (OSError, ValueError) as error:
        raise refusal(label, f"cannot be read ({getattr(error, 'strerror', None) or error})") from None
    if len(data) > MOST_BYTES:
        raise refusal(label, f"is larger than {MOST_BYTES // 1024**2} MB: {TOO_LARGE}")
    return data


def is_workbook(data: bytes, label: str) -> bool:
    """Whether *data* is a workbook (.xlsx) and not text; raises ScenarioError where it is known to be neither."""
    for mark, rule in _OTHERS:
        if data.startswith(mark):
            raise refusal(label, rule)
    if data[:100].removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        raise refusal(label, f"is a page of HTML or XML: copy its table into a spreadsheet, and {_AS_CSV}")
    if not data.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            sizes = {item.filename: item.file_size for item in archive.infolist()}
    except zipfile.BadZipFile:
        raise refusal(label, f"is a damaged archive or workbook: {_AS_CSV}") from None
    if "xl/workbook.xml" not in sizes:
        kind = (
            "a spreadsheet of another kind (.ods or .xlsb)"
            if {"content.xml", "xl/workbook.bin"} & {*sizes}
            else "a zip file"
        )
        raise refusal(label, f"is {kind}: {_AS_CSV}")
    if sum(sizes.values()) > 8 * MOST_BYTES:
        raise refusal(label, f"is larger than {8 * MOST_BYTES // 1024**2} MB when unpacked: {TOO_LARGE}")
    return True


__all__ = ["MOST_BYTES", "MOST_ROWS", "TOO_LARGE", "is_workbook", "read_bytes", "refusal"]
