"""What a sensitivity analysis leaves in its output folder."""

from __future__ import annotations

from pathlib import Path

from simulator.evidence.sensitivity.found import SensitivityFound
from simulator.report.figures import style, tornado

FILES = ("sensitivity.json", "tornado.svg", "tornado.png")


def write_sensitivity(folder: Path, found: SensitivityFound) -> None:
    """Write what was *found*, and its tornado chart where it has inputs, into *folder*."""
    (folder / FILES[0]).write_text(found.to_json(), "utf-8")
    if found.inputs:
        style.save(tornado.draw(found), folder, tornado.NAME)


__all__ = ["FILES", "write_sensitivity"]
