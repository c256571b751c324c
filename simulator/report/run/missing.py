"""What a report lacks, and the command that makes one with it."""

from __future__ import annotations

import shlex

from simulator.report.document import Answer
from simulator.report.page import Line

QUICK, REPORT = "--report-quick", "--report"
PAGE = "report.html"


def missing(answer: Answer, name: str, what: str, without: str = QUICK) -> Line:
    """Say that *what* is not here, and by which command it is; *without* is what that command must not have."""
    return Line(f"{what}. This command computes it: {command(answer, name, without)}", label="Not in this report")


def command(answer: Answer, name: str, without: str = QUICK) -> str:
    """The command that made the *answer* of the scenario *name*, with a report, without the option *without*."""
    kept = [word for word in shlex.split(answer.origin.command) if word not in (without, QUICK)]
    # what was made from Python has no command
    if kept[:2] != ["lfrsim", "run"]:
        kept = ["lfrsim", "run", name]
    reports = any(word == REPORT or word.startswith(f"{REPORT}=") for word in kept)
    return shlex.join([*kept, *([] if reports else [REPORT, PAGE])])


__all__ = ["command", "missing"]
