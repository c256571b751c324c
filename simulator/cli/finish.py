"""How every command ends: its finding on standard output, and the next useful command on standard error."""

from __future__ import annotations

import shlex
import sys
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from pathlib import Path

    from simulator.evidence.kept import Found
    from simulator.report.page import Page


def answer(found: Found, as_json: bool, details: bool = False) -> None:
    """Print what was *found*: as JSON for machines, or as its page, with what only some readers want if *details*."""
    from simulator.report.pages import page_of

    if as_json:
        sys.stdout.write(found.to_json())
    else:
        show(page_of(found), details)


def show(page: Page, details: bool = False) -> None:
    """Print a *page* as the terminal shows it."""
    from simulator.report.render.terminal import show as on_terminal

    on_terminal(page, details)


def written_to(folder: Path, names: str = "") -> None:
    """Say where the files are."""
    typer.echo(f"Written to {folder}{f': {names}' if names else ''}", err=True)


def next_command(purpose: str, *words: str) -> None:
    """Name the next useful command with its *purpose*, ready to be pasted: ``lfrsim`` and *words*."""
    typer.echo(f"Next, {purpose}:\n  {shlex.join(['lfrsim', *words])}", err=True)


def same_command(*more: str) -> list[str]:
    """The words of the command that runs now, and *more*."""
    return [*sys.argv[1:], *more]


__all__ = ["answer", "next_command", "same_command", "show", "written_to"]
