"""The folder that a command is given with ``-o``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from simulator.experiment.own_folder import OwnFolder


def own_folder(output: str | None, command: str, files: tuple[str, ...]) -> OwnFolder | None:
    """The folder that ``-o`` names for the *files* of a *command*, checked before anything is computed; None for no ``-o``."""
    from simulator.experiment.own_folder import OwnFolder

    if output is None:
        return None
    if not output.strip():
        raise typer.BadParameter("must name a folder (got nothing)", param_hint="-o")
    return OwnFolder(Path(output), command, files).check()


__all__ = ["own_folder"]
