"""What a comparison leaves in its output folder."""

from __future__ import annotations

from pathlib import Path

from simulator.evidence.compare.found import CompareFound
from simulator.evidence.compare.rows import csv_of

FILES = ("comparison.json", "comparison.csv")


def write_comparison(folder: Path, found: CompareFound) -> None:
    """Write what was *found* as JSON and CSV into *folder*."""
    for name, text in zip(FILES, (found.to_json(), csv_of(found)), strict=True):
        (folder / name).write_text(text, "utf-8")


__all__ = ["FILES", "write_comparison"]
