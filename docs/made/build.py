"""Fills in the generated parts of the documentation: tables from the models, excerpts from real runs.

Run from the top of the project: ``python docs/made/build.py [PAGE ...]``. What it makes (field_tables.py, play.py) stands between
comments in the pages; everything else on a page is written by hand. ``tests/docs`` fails while a page is out of date.
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

from field_tables import tables
from play import played

DOCS = Path(__file__).parent.parent
_TABLE = re.compile(r"<!-- table: (?P<name>\S+) -->\n(?P<text>.*?)<!-- end -->", re.S)


def pages() -> list[Path]:
    """List every page of the documentation."""
    return sorted(DOCS.rglob("*.md"))


def with_tables(text: str) -> str:
    """Put every generated table that *text* asks for into its place."""
    made = tables()
    return _TABLE.sub(lambda part: f"<!-- table: {part['name']} -->\n{made[part['name']]}<!-- end -->", text)


def main() -> None:
    """Rewrite the generated parts of every page, or of the pages named, and say which pages changed."""
    for page in [Path(name).resolve() for name in sys.argv[1:]] or pages():
        before = page.read_text("utf-8")
        with tempfile.TemporaryDirectory() as folder:
            after = played(with_tables(before), Path(folder))
        if after != before:
            page.write_text(after, "utf-8")
            print(f"changed: {page.relative_to(DOCS)}")


if __name__ == "__main__":
    main()
