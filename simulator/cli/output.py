"""The folder that a command is given with ``-o``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

Details = Annotated[bool, typer.Option("--details", help="Print all numbers, and what only some readers want.")]

if TYPE_CHECKING:
    from simulator.experiment.folder import OutputFolder


def output_folder(output: str | None, command: str, files: Sequence[str]) -> OutputFolder | None:
    """The folder that ``-o`` names for the *files* of a *command*, checked before anything is computed; None for no ``-o``."""
    from simulator.experiment.folder import OutputFolder

    return None if output is None else OutputFolder(folder_named(output), command, files)


def folder_named(output: str) -> Path:
    """The path that ``-o`` gives; nothing is no name."""
    if not output.strip():
        raise typer.BadParameter("must name a folder (got nothing)", param_hint="-o")
    return Path(output)


__all__ = ["Details", "folder_named", "output_folder"]
