"""The report of every command, as its own ``--report`` writes it, with what it was made of: made once for all workers."""

from __future__ import annotations

import os
import pickle
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from fit_records import simulated_text
from scenario_texts import MINIMAL

from simulator.report.document import Document

LOW = ["--set", "recogniser.threshold=0.60"]
# A name that would run, steer a terminal, or turn what is read, if it were taken for more than text.
HOSTILE = (
    "<script>document.body.remove()</script> [/x] [bold]b[/bold] <img src=x onerror=alert(1)> \u05e9\u05dc\u05d5\u05dd"
)
REPORTS: dict[str, list[str]] = {
    "run": ["run", "croydon-static", "-n", "60"],
    "run-060": ["run", "croydon-static", "-n", "60", *LOW, "--report-quick"],
    "run-hostile": ["run", "{hostile}", "-n", "40", "--report-quick"],
    "sweep": ["sweep", "croydon-static", "-n", "20"],
    "compare": ["compare", "croydon-static", "croydon-van", "-n", "20"],
    "choose": [
        *("choose", "croydon-static", "--limit", "wrongful_stops<=0.5"),
        *("--over", "0.60:0.66:0.02", "-n", "60", "--draws", "60"),
    ],
    "sensitivity": ["sensitivity", "croydon-static", "--points", "64"],
    "claim": ["claim", "croydon-sun-2026", "-n", "20"],
    "claim-numbers": ["claim", "--false-alerts", "2..7", "--faces", "200000", "--alerts", "200", "--one-in", "100000"],
    "fit": ["fit", "{record}", "--scenario", "croydon-van"],
    "check": ["check", "croydon-van", "{record}", "-n", "100"],
}


@dataclass(frozen=True)
class Report:
    """A *page*, the *document* that it shows, and its finding as *json* and (where it has a main table) *csv*."""

    name: str
    page: Path
    document: Document
    json: str
    csv: str | None


def report(name: str, folder: Path) -> Report:
    """The report of *name* in *folder*, which several workers may share: whoever comes first makes it."""
    kept = folder / f"{name}.pickle"
    if not kept.exists():
        own = folder / f"{name}-{os.getpid()}"
        own.mkdir(exist_ok=True)
        trial = own / kept.name
        trial.write_bytes(pickle.dumps(_made(name, own)))
        trial.replace(kept)
    made: Report = pickle.loads(kept.read_bytes())
    return made


def _made(name: str, folder: Path) -> Report:
    from typer.testing import CliRunner

    from simulator.cli.app import app
    from simulator.experiment.csv_files import frame_as_csv
    from simulator.report import documents

    record, hostile, page = folder / "r.csv", folder / "hostile.yaml", folder / f"{name}.html"
    record.write_text(simulated_text(40), "utf-8")
    hostile.write_text(MINIMAL.replace("title: One deployment of four hours", f"title: {HOSTILE!r}"), "utf-8")
    seen: list[tuple[Any, Document]] = []
    make = documents.document_of

    def kept(answer: Any) -> Document:
        seen.append((answer.found, make(answer)))
        return seen[-1][1]

    words = [word.format(record=record, hostile=hostile) for word in REPORTS[name]]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(documents, "document_of", kept)
        patch.setattr("sys.argv", ["lfrsim", *words])
        ended = CliRunner().invoke(app, [*words, "--report", str(page)])
    assert ended.exit_code == 0, ended.output
    ((found, document),) = seen
    frame = getattr(found, "to_frame", None)
    return Report(name, page, document, found.to_json(), None if frame is None else frame_as_csv(frame()))
