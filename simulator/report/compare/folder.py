"""What a comparison leaves in its output folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from simulator.evidence.compare.found import CompareFound
from simulator.evidence.compare.rows import csv_of
from simulator.experiment.files import json_text

FILES = ("comparison.json", "comparison.csv", "provenance.json")


def write_comparison(folder: Path, found: CompareFound, provenance: Mapping[str, Any]) -> None:
    """Write what was *found* as JSON and CSV into *folder*, and its *provenance* with both scenarios in it."""
    sides = {letter.lower(): {"name": side.name, "hash": side.hash} for letter, side in found.sides.items()}
    made = json_text({**provenance, "scenario": sides})
    for name, text in zip(FILES, (found.to_json(), csv_of(found), made), strict=True):
        (folder / name).write_text(text, "utf-8")


__all__ = ["FILES", "write_comparison"]
