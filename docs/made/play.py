"""Runs the commands of a page as a reader would: in order, in one folder, each with what the ones before it left.

On a page, ``<!-- file: NAME -->`` before a block makes the block a file of that name; ``<!-- exit code: 3 -->`` before a
block says that its commands must end with that code instead of 0; and ``<!-- output: "PREFIX" N -->`` before a block
marked as text makes it N lines of what the command above printed, from the first line that begins with PREFIX on (more
such pairs after a semicolon).
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import sys
from collections.abc import Callable, Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any
from unittest.mock import patch

# A block of replications is always drawn whole, so 50 campaigns take no longer than 5.
CAMPAIGNS = "50"
# What takes long otherwise, where nobody looks at the numbers.
FEW = {
    "sweep": {"-n": 50},
    "choose": {"-n": 60, "--draws": 60},
    "compare": {"-n": 50},
    "sensitivity": {"--points": 256},
}
# Lines of shell blocks that install, test, measure or build; anything else that is not lfrsim is refused.
NOT_RUN = (
    "python3 -m venv ",
    "python benchmarks/",
    "python verify/",
    "python docs/made/build.py",
    "pytest",
    "mkdocs ",
    "#",
)
_BLOCK = re.compile(
    r"^(?:<!-- (?:file: (?P<file>\S+)|exit code: (?P<code>\d+)) -->\n)?```(?P<language>\w+)\n(?P<text>.*?)^```$",
    re.M | re.S,
)
_OUTPUT = re.compile(r"^<!-- output: (?P<wanted>.+?) -->\n```text\n(?P<text>.*?)^```$", re.M | re.S)
_INLINE = re.compile(r"`(lfrsim [^`]+)`")


class PageError(Exception):
    """A page whose commands do not do what the page says."""


def played(text: str, folder: Path, tables_too: bool = False) -> str:
    """Run the commands of a page with this *text* in *folder*; returns the page with fresh excerpts.

    With *tables_too* commands in the rows of tables are run as well. Raises PageError at the first command that fails
    or that is not known, and where an excerpt asks for what was not printed.
    """
    reader = Reader(folder)
    steps: list[tuple[int, Callable[[], str] | re.Match[str]]] = []
    for block in _BLOCK.finditer(text):
        steps += [(block.start(), action) for action in reader.actions(block)]
    for row in re.finditer(r"^\|.*$", text, re.M) if tables_too else ():
        steps += [(row.start(), lambda line=line: reader.command(line)) for line in _INLINE.findall(row[0])]
    steps += [(block.start(), block) for block in _OUTPUT.finditer(text)]

    printed, pieces, done = "", [], 0
    ordered = [step for _, step in sorted(steps, key=lambda item: item[0])]
    none_shown = not any(isinstance(step, re.Match) for step in ordered)
    with contextlib.chdir(folder):
        for step, following in zip_longest(ordered, ordered[1:]):
            reader.shown = isinstance(following, re.Match)
            reader.kept = not none_shown
            if isinstance(step, re.Match):
                pieces += [text[done : step.start("text")], excerpt(printed, step["wanted"])]
                done = step.end("text")
            else:
                printed = step()
    return "".join([*pieces, text[done:]])


class Reader:
    """Somebody who follows a page in *folder*: types its commands, writes its files, keeps its Python names."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names: dict[str, Any] = {}
        # whether the page shows what the next command prints, and may show what is made of its files
        self.shown = self.kept = True

    def actions(self, block: re.Match[str]) -> Iterator[Callable[[], str]]:
        """What there is to do in a *block*; each action returns what it printed."""
        language, text = block["language"], block["text"]
        if block["file"]:
            yield lambda: self.write(block["file"], text)
        elif language == "python":
            yield lambda: self.python(text)
        elif language == "text":
            for line in text.splitlines():
                if line.startswith("$ lfrsim "):
                    yield lambda line=line: self.command(line.removeprefix("$ "))
        elif language == "sh":
            for line in text.splitlines():
                if line.startswith("lfrsim "):
                    yield lambda line=line: self.command(line, int(block["code"] or 0))
                elif line.strip() and not line.startswith(NOT_RUN):
                    raise PageError(f"not a command that is run here: {line}")

    def write(self, name: str, text: str) -> str:
        """Save *text* under *name*."""
        (self.folder / name).write_text(text, "utf-8")
        return ""

    def python(self, text: str) -> str:
        """Run *text* with the names of the blocks before it."""
        with contextlib.redirect_stdout(io.StringIO()) as out:
            exec(compile(text, "<page>", "exec"), self.names)
        return out.getvalue()

    def command(self, line: str, expected: int = 0) -> str:
        """Run the ``lfrsim`` command in *line*; a run that does not say how many campaigns gets a few, and so does a command
        of which the page shows nothing.

        Returns what it printed, or its error message where another exit code than 0 is *expected*.
        """
        from simulator.cli import main

        words = shlex.split(line, comments=True)
        into = words[words.index(">") + 1] if ">" in words else None
        words = words[: words.index(">")] if into else words
        if words[1] == "run" and "-n" not in words:
            words += ["-n", CAMPAIGNS]
        if not self.shown and not (self.kept and (into or "-o" in words)):
            words = few(words)
        # output is as wide as where there is no terminal
        environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
        out, err, code = io.StringIO(), io.StringIO(), 0
        with (
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
            patch.object(sys, "argv", words),
            patch.dict(os.environ, environment, clear=True),
        ):
            try:
                main()
            except SystemExit as ended:
                code = int(ended.code or 0)
        if code != expected:
            raise PageError(f"{line}\nended with exit code {code}, not {expected}: {err.getvalue().strip()}")
        if into:
            self.write(into, out.getvalue())
        return out.getvalue() if expected == 0 else err.getvalue()


def few(words: list[str]) -> list[str]:
    """The *words* of a command with fewer campaigns, where that is one that takes many."""
    made = list(words)
    for option, most in FEW.get(words[1], {}).items():
        if option not in made:
            made += [option, str(most)]
        elif (number := made[(at := made.index(option) + 1)]).isdigit():
            made[at] = str(min(int(number), most))
    return made


def excerpt(printed: str, wanted: str) -> str:
    """The lines of *printed* that *wanted* names, with dots between parts."""
    lines = [line.rstrip() for line in printed.splitlines()]
    parts = []
    for item in wanted.split(";"):
        prefix, number = shlex.split(item)
        first = next((i for i, line in enumerate(lines) if line.strip().startswith(prefix)), None)
        if first is None:
            raise PageError(f"no line of the output begins with {prefix!r}")
        parts.append("\n".join(lines[first : first + int(number)]).strip("\n"))
    return "\n...\n".join(parts) + "\n"
