"""The answer that an output folder keeps, of whichever command, so that a report can be made of it later."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

from simulator.evidence.kept import Found, read
from simulator.experiment.files import OutputError
from simulator.report.document import Answer, Origin

# What each command's folder keeps its finding in; a sweep's is in several files.
FINDINGS = {
    "run": "summary.json",
    "choose": "choice.json",
    "compare": "comparison.json",
    "sensitivity": "sensitivity.json",
    "claim": "claims.json",
    "fit": "fit.json",
    "check": "check.json",
    "check of a dated forecast": "score.json",
}
SWEPT = "manifest.json"
# What is kept beside a finding and is a finding too.
BESIDE = ("figures.json", "report.json", "tradeoff.json")


def answer_in(folder: Path) -> Answer:
    """The answer in *folder*; raises OutputError with what to do where there is none, or only half of one."""
    if not folder.is_dir():
        rule = "is no folder" if folder.exists() else "is not there"
        raise OutputError(f"{folder}: {rule}; give the folder that a command wrote by -o")
    beside: dict[str, Any] = {name: read(folder / name) for name in BESIDE if (folder / name).exists()}
    return Answer(_finding(folder), _origin(folder), beside)


def _finding(folder: Path) -> Found:
    from simulator.evidence.claim.found import read_folder as claims_in
    from simulator.evidence.sweep.found import found_in

    special: dict[str, Callable[[Path], Found]] = {"claims.json": claims_in}
    if (folder / SWEPT).exists():
        return found_in(folder)
    there = [name for name in FINDINGS.values() if (folder / name).exists()]
    if not there:
        rule = f"holds no finished answer (none of {', '.join(FINDINGS.values())}); make it by a command with -o"
        raise OutputError(f"{folder}: {rule}")
    name = there[0]
    return special[name](folder) if name in special else read(folder / name)


def _origin(folder: Path) -> Origin:
    """The command and the version that made the folder, and the scenario; what is not kept, or not readable, is left out."""
    kept, scenario = folder / "provenance.json", folder / "scenario.json"
    try:
        said = json.loads(kept.read_text("utf-8"))
        command, version = shlex.join(said["command_line"]), str(said["software"]["version"])
    except (OSError, ValueError, KeyError, TypeError):
        command = version = ""
    return Origin(command, version, scenario.read_text("utf-8", "replace") if scenario.is_file() else "")


__all__ = ["FINDINGS", "answer_in"]
