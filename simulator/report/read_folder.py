"""The answer that an output folder keeps, of whichever command, so that a report can be made of it later."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.evidence.kept import Found, read
from simulator.experiment.files import OutputError
from simulator.report.document import Answer, Origin

if TYPE_CHECKING:
    import pandas as pd

# What each command's folder keeps its finding in, with the beginning of its schema; a sweep's is in several files.
FINDINGS = {
    "summary.json": "lfrsim-summary/",
    "choice.json": "lfrsim-choice/",
    "comparison.json": "lfrsim-comparison/",
    "sensitivity.json": "lfrsim-sensitivity/",
    "claims.json": "lfrsim-claims/",
    "check.json": "lfrsim-check/",
    "fit.json": "lfrsim-fit/",
    "score.json": "lfrsim-forecast-score/",
}
SWEPT = "manifest.json"
# What is kept beside a finding: findings too, and tables.
BESIDE = {
    "figures.json": "lfrsim-run-figures/",
    "report.json": "lfrsim-",
    "tradeoff.json": "lfrsim-tradeoff/",
}
TABLES = ("forecasts.csv",)
AGAIN = "make it again by the command with -o"


def answer_in(folder: Path) -> Answer:
    """The answer in *folder*; raises OutputError with what to do where there is none, or only half of one."""
    if not folder.is_dir():
        rule = "is no folder" if folder.exists() else "is not there"
        raise OutputError(f"{folder}: {rule}; give the folder that a command wrote by -o")
    found = _finding(folder)
    beside: dict[str, Any] = {
        name: _of(folder / name, schema) for name, schema in BESIDE.items() if (folder / name).exists()
    }
    beside |= {name: _table(folder / name) for name in TABLES if (folder / name).exists()}
    return Answer(found, _origin(folder), beside)


def _finding(folder: Path) -> Found:
    from simulator.evidence.claim.found import DETAILS
    from simulator.evidence.claim.found import read_folder as claims_in

    there = [name for name in (SWEPT, *FINDINGS) if (folder / name).exists()]
    if not there:
        rule = f"holds no finished answer of lfrsim (none of {', '.join((SWEPT, *FINDINGS))}); {AGAIN}"
        raise OutputError(f"{folder}: {rule}")
    if len(there) > 1:
        rule = "holds answers of several commands; give each a folder of its own"
        raise OutputError(f"{folder}: {rule} (got {', '.join(there)})")
    (name,) = there
    if name == SWEPT:
        return _swept(folder)
    found = _of(folder / name, FINDINGS[name])
    if name != "claims.json":
        return found
    if not (folder / DETAILS).exists():
        raise OutputError(f"{folder}: has no {DETAILS}, which belongs to its claims.json; {AGAIN}")
    return claims_in(folder)


def _of(path: Path, schema: str) -> Found:
    """What is kept in *path*, of this *schema*; OutputError where it is another's."""
    found = read(path)
    if not found.schema.startswith(schema):
        raise OutputError(f"{path}: schema: must begin with {schema} (got {found.schema}); {AGAIN}")
    return found


def _swept(folder: Path) -> Found:
    from simulator.evidence.sweep.found import found_in

    try:
        return found_in(folder)
    # a table that is cut off is told by pyarrow, fields that are missing by pydantic: both are values that are wrong
    except (ValueError, OSError, LookupError) as error:
        rule = f"its sweep cannot be read ({_first_line(error)}); {AGAIN}, in another folder"
        raise OutputError(f"{folder}: {rule}") from None


def _table(path: Path) -> pd.DataFrame:
    import pandas as pd

    try:
        return pd.read_csv(path)
    except (ValueError, OSError) as error:
        raise OutputError(f"{path}: cannot be read as a table ({_first_line(error)}); {AGAIN}") from None


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)


def _origin(folder: Path) -> Origin:
    """The command and the version that made the folder, and the scenario; what is not kept, or not readable, is left out."""
    kept, scenario = folder / "provenance.json", folder / "scenario.json"
    try:
        said = json.loads(kept.read_text("utf-8"))
        command, version = shlex.join(said["command_line"]), str(said["software"]["version"])
    except (OSError, ValueError, KeyError, TypeError):
        command = version = ""
    return Origin(command, version, scenario.read_text("utf-8", "replace") if scenario.is_file() else "")


__all__ = ["AGAIN", "FINDINGS", "answer_in"]
