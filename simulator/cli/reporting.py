"""``--report PAGE.html`` of every command that answers: one HTML file to hand over."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from simulator.evidence.kept import Found
    from simulator.report.document import Answer
    from simulator.scenario.models import Scenario

# What --report names is written whole or not at all, and what lies there is replaced only if it is such a page.
ENDINGS = (".html", ".htm")

Opened = Annotated[
    bool | None,
    typer.Option("--open/--no-open", help="Open it in a browser; unless said, on a desktop only.", show_default=False),
]
Report = Annotated[
    str | None,
    typer.Option("--report", metavar="PAGE.html", help="Write a report to hand over: one HTML file."),
]


def report_page(given: str | None, option: str = "--report") -> Path | None:
    """The file that *option* names, tried before anything is computed; None where nobody asks for one."""
    if given is None:
        return None
    page = Path(given)
    if page.suffix.lower() not in ENDINGS:
        raise typer.BadParameter(f"must name a file that ends in .html (got {given or 'nothing'})", param_hint=option)
    if page.is_dir():
        raise typer.BadParameter(f"must name a file, and {given} is a folder", param_hint=option)
    trial = page.with_name(f".{page.name}.tmp")
    try:
        page.parent.mkdir(parents=True, exist_ok=True)
        # whether a folder takes files is known by trying
        trial.touch()
        trial.unlink()
    except OSError as error:
        raise typer.BadParameter(
            f"{given} cannot be written ({error.strerror}); choose another place", param_hint=option
        ) from None
    return page


def hand_over(page: Path | None, found: Found, scenario: Scenario | None = None, **beside: Any) -> None:
    """Write the report of what was *found* to *page*, if there is one; *beside* by the names of files, ``_`` for ``.``."""
    if page is None:
        return
    from simulator.experiment.files import json_text
    from simulator.experiment.program import program_version
    from simulator.experiment.store import scenario_file
    from simulator.report.document import Answer, Origin

    origin = Origin(
        command=_command(),
        version=program_version(),
        scenario="" if scenario is None else json_text(scenario_file(scenario)),
    )
    write_page(
        page, Answer(found, origin, {name.replace("_", "."): it for name, it in beside.items() if it is not None})
    )


def write_page(page: Path, answer: Answer) -> None:
    """Write the report of *answer* to *page*, and say how large it is."""
    from simulator.report.documents import document_of
    from simulator.report.render.shell import file_of

    write_text(page, file_of(document_of(answer)), "Report", "--report")


def write_text(page: Path, text: str, what: str, option: str) -> None:
    """Write the *text* of a page to *page*, which *option* names, and say *what* it is and how large."""
    from simulator.experiment.files import write_whole

    data = text.encode("utf-8", "replace")
    try:
        write_whole(page, data)
    except OSError as error:
        raise typer.BadParameter(
            f"{page} cannot be written ({error.strerror}); choose another place", param_hint=option
        ) from None
    typer.echo(f"{what}: {page} ({len(data) / 1000:,.0f} kB)", err=True)


def open_or_name(page: Path, opened: bool | None) -> None:
    """Open *page* in a browser, or say where it is; where nobody says which (*opened* is None), on a desktop only."""
    if _on_desktop() if opened is None else opened:
        import webbrowser

        webbrowser.open(page.resolve().as_uri())
    else:
        typer.echo(f"Open it in a browser: {page}", err=True)


def _on_desktop() -> bool:
    """Whether somebody sits at a terminal of a desktop: nothing is opened from a script, a test or another machine."""
    if not (sys.stdout.isatty() and sys.stderr.isatty()) or "PYTEST_CURRENT_TEST" in os.environ or "CI" in os.environ:
        return False
    if "SSH_CONNECTION" in os.environ:
        return False
    return sys.platform in ("darwin", "win32") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def file_name(name: str) -> str:
    """A *name* as a file may have it."""
    return "".join(sign if sign.isalnum() or sign in "-_" else "-" for sign in name).strip("-")


def _command() -> str:
    """The command that runs now; of where its page goes, the name alone."""
    words = list(sys.argv[1:])
    for i, word in enumerate(words):
        if word.startswith("--report="):
            words[i] = f"--report={Path(word.partition('=')[2]).name}"
        elif i and words[i - 1] == "--report":
            words[i] = Path(word).name
    return shlex.join(["lfrsim", *words])


__all__ = ["Opened", "Report", "file_name", "hand_over", "open_or_name", "report_page", "write_page", "write_text"]
