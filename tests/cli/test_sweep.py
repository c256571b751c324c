"""``sweep`` and ``choose`` as a user types them; Ctrl-C and --resume as processes of their own."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from signals import heeded
from typed import lfrsim
from typer.testing import CliRunner

from simulator.cli.app import app
from simulator.evidence.kept import read
from simulator.evidence.sweep.found import SweepFound, found_in
from simulator.evidence.sweep.tradeoff import Tradeoff
from simulator.experiment.files import OutputError
from simulator.report.figures import About, draw_surface
from simulator.report.pages import page_of
from simulator.report.render.terminal import text_of

CELLS = [
    "--over",
    "recogniser.threshold=0.60,0.64",
    "--over",
    "watchlist.size=5000,16500",
    "-n",
    "50",
    "--workers",
    "1",
]


def told(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, list(arguments))
    return done.exit_code, done.output


def files(folder: Path) -> dict[str, bytes]:
    """Everything that must repeat byte for byte."""
    paths = (path for path in folder.rglob("*") if path.is_file() and path.name != "provenance.json")
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(paths)}


def test_what_is_printed_is_a_finding() -> None:
    """As a page at first contact, as JSON the cells alone."""
    code, text = told("sweep", "croydon-static", "-n", "50", "--workers", "1")
    assert code == 0
    assert "wrong: Met record wrong: laboratory" in " ".join(text.split())
    code, text = told("sweep", "croydon-static", *CELLS, "--json")
    assert code == 0
    data = json.loads(text[text.index("{") :])
    found = SweepFound.from_data(data)
    assert list(data) == ["sweep", "cells"]
    assert found.to_data() == data
    assert found.cells["recogniser.threshold"].tolist() == [0.60, 0.60, 0.64, 0.64]
    assert found.sweep.replications == 50


@pytest.mark.parametrize(("given", "unit", "deployments"), [((), "year", 48), (("--campaign",), "campaign", 14)])
def test_the_year_that_is_stated_is_swept_unless_the_campaign_is_asked_for(
    given: tuple[str, ...], unit: str, deployments: int
) -> None:
    code, text = told("sweep", "croydon-static", *CELLS, *given)
    assert code == 0
    assert f"One {unit}: {deployments} deployments" in text
    assert f"per {unit}" in text


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder of a small sweep, not to be changed, and what was printed."""
    folder = tmp_path_factory.mktemp("sweeps") / "small"
    code, text = told("sweep", "croydon-static", *CELLS, "-o", str(folder))
    assert code == 0
    return folder, text


def test_two_sweeps_leave_the_same_bytes_and_a_finished_one_is_not_overwritten(
    tmp_path: Path, small: tuple[Path, str]
) -> None:
    assert told("sweep", "croydon-static", *CELLS, "-o", str(tmp_path / "two"))[0] == 0
    assert files(small[0]) == files(tmp_path / "two")
    assert {"surface.csv", "surface.parquet", "heatmap.svg", "manifest.json"} <= set(files(small[0]))
    code, _ = told("run", "croydon-static", "-n", "50", "-o", str(tmp_path / "two"))
    assert code != 0
    assert files(small[0]) == files(tmp_path / "two")


def test_page_and_figures_are_made_again_of_the_folder_alone(tmp_path: Path, small: tuple[Path, str]) -> None:
    text = small[1]
    shutil.copytree(small[0], tmp_path / "it")
    found, tradeoff = found_in(tmp_path / "it"), read(tmp_path / "it" / "tradeoff.json")
    assert isinstance(tradeoff, Tradeoff)
    assert " ".join(text_of(page_of(found)).split()) in " ".join(text.split())
    for path in draw_surface(found.cells, About.of(found), tmp_path / "again", tradeoff):
        assert path.read_bytes() == (tmp_path / "it" / path.name).read_bytes()
    (tmp_path / "it" / "about.json").unlink()
    with pytest.raises(OutputError, match=r"has no about\.json; go on with the sweep by --resume"):
        found_in(tmp_path / "it")


# Twelve parts, so that there are some left when the second is there.
LONG = (
    "sweep",
    "croydon-static",
    "--over",
    "recogniser.threshold=0.60,0.64",
    "--over",
    "officers.teams=1,2,3,4",
    "-n",
    "150",
)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sweep that nobody stopped, on one worker."""
    folder = tmp_path_factory.mktemp("sweeps") / "whole"
    assert told(*LONG, "--workers", "1", "-o", str(folder))[0] == 0
    return folder


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_sweep_that_was_stopped_goes_on_to_the_same_bytes(tmp_path: Path, how: signal.Signals, whole: Path) -> None:
    command = [sys.executable, "-m", "simulator.cli", *LONG, "--workers", "2"]
    process = subprocess.Popen(
        [*command, "-o", str(tmp_path / "cut")], stderr=subprocess.PIPE, stdout=subprocess.PIPE, preexec_fn=heeded
    )
    while process.poll() is None and len(list((tmp_path / "cut").glob("parts/part*"))) < 2:
        time.sleep(0.01)
    process.send_signal(how)
    _, message = process.communicate(timeout=60)
    if how == signal.SIGINT and process.returncode == 130:
        assert b"--resume" in message
    assert told(*LONG, "--workers", "1", "-o", str(tmp_path / "cut"), "--resume")[0] == 0
    assert files(tmp_path / "cut") == files(whole)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--resume",), "needs -o DIR"),
        (("--over", "officers.teems=1,2"), 'did you mean "teams"'),
        (("--draws", "1"), "between 2 and"),
        (("--workers", "0"), "between 1 and"),
        (("--measure", "wrongful_stop"), "wrongful_stops"),
        (("--campaign", "--over", "campaign.deployments_a_year=48,104"), "is about a year"),
        (("--envelope", "0.6"), "THRESHOLD,SIZE"),
        (("--scheduler", "host:8786", "--over", "officers.teams=1,2"), "tcp://"),
        (("-n", "0"), "must be between"),
    ],
)
def test_mistakes_are_explained(arguments: tuple[str, ...], words: str) -> None:
    done = lfrsim("sweep", "croydon-static", *arguments)
    assert done.returncode in (1, 2, 3)
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_choose_answers_three_times_and_says_when_none_meets_the_limit() -> None:
    code, text = told(
        "choose", "croydon-static", "--limit", "wrongful_stops_per_100k_faces<=0.1", "-n", "60", "--draws", "60",
        "--over", "recogniser.threshold=0.60,0.66,0.70", "--workers", "1",
    )  # fmt: skip
    assert code == 0
    assert "0.1 wrongful stops per 100,000 faces" in " ".join(text.split())
    code, text = told(
        "choose", "croydon-static", "--limit", "wrongful_stops<=0", "-n", "60", "--draws", "60",
        "--over", "recogniser.threshold=0.60,0.62", "--workers", "1",
    )  # fmt: skip
    assert code == 0
    assert "no threshold" in " ".join(text.split()).lower()
    assert told("choose", "croydon-static", "--limit", "wrongful_stops_per_fase<=1")[0] != 0
