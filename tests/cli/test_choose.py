"""`lfrsim choose` as a user meets it: what it names, what it says with it, mistakes, and what it leaves in a folder."""

from __future__ import annotations

import csv
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from simulator.cli.app import app

ROOT = Path(__file__).parents[2]
LIMIT = "wrongful_stops_per_100k_faces<=0.1"
FEW = ["-n", "60", "--draws", "60", "--over", "recogniser.threshold=0.62,0.66,0.70"]
FILES = {"choice.json", "choice.csv", "frontier.svg", "frontier.png"}


def lfrsim(*args: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "simulator.cli", *args],
        capture_output=True,
        text=True,
        env={**os.environ, **(env or {})},
        timeout=300,
        check=False,
    )


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[subprocess.CompletedProcess[str], Path]:
    """One answer with two limits, printed and kept."""
    folder = tmp_path_factory.mktemp("choice") / "out"
    limits = ["--limit", LIMIT, "--limit", "listed_stopped>=150"]
    done = lfrsim("choose", "croydon-static", *limits, *FEW, "--workers", "1", "-o", str(folder))
    assert done.returncode == 0, done.stderr
    return done, folder


@pytest.fixture(scope="module")
def found(made: tuple[Any, Path]) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads((made[1] / "choice.json").read_text())
    return answer


def test_the_three_answers_are_given_for_both_presets(made: tuple[Any, Path]) -> None:
    said = " ".join(made[0].stdout.split())

    assert "Limit: at most 0.1 wrongful stops per 100,000 faces counted (1 in 1,000,000 faces counted" in said
    for question in (
        "On average, with every input at its middle value (covers neither chance nor ignorance",
        "On average, whatever the inputs are (covers ignorance, not chance)",
        "In a single campaign, whatever the inputs are (covers chance and ignorance)",
        "All limits together",
    ):
        assert question in said
    assert said.count("preset field: ") >= 9
    assert said.count("preset npl: ") >= 9
    assert "meets it" in said
    assert "This recommends no threshold" in said
    assert "quote both" in said
    assert "no deployment record is behind thresholds outside 0.60 to 0.66" in said
    assert "nan" not in said.split()
    assert "\x1b[" not in made[0].stdout


def test_whole_counts_explain_a_single_campaign(made: tuple[Any, Path]) -> None:
    said = " ".join(made[0].stdout.split())
    found = re.search(
        r"a single one in a campaign of ([\d,]+) faces counted is already ([\d.]+) per 100,000 faces", said
    )

    assert found
    assert 1e5 / float(found[1].replace(",", "")) == pytest.approx(float(found[2]), rel=0.02)


def test_croydon_keeps_to_the_limit_where_it_should(found: dict[str, Any]) -> None:
    """Field, inputs at their middle: 0.52, 0.06 and 0.008 wrongful stops per 100,000 faces, so 0.1 needs 0.66."""
    field, npl = found["presets"]
    on_average, any_inputs, one_campaign = field["answers"][0]

    assert (field["preset"], npl["preset"]) == ("field", "npl")
    assert on_average["meets"] == [0.66, 0.7]
    assert any_inputs["edge"] in (0.66, 0.70)
    assert one_campaign["edge"] in (0.70, None)
    # in the laboratory's slope anything goes, so nothing holds whatever the inputs are
    assert npl["answers"][0][1]["meets"] is None
    assert on_average["listed_stopped"] < field["thresholds"][0]["listed_stopped"]["mean"]


def test_json_is_the_file_and_independent_of_workers(made: tuple[Any, Path]) -> None:
    limits = ["--limit", LIMIT, "--limit", "listed_stopped>=150"]
    done = lfrsim("choose", "croydon-static", *limits, *FEW, "--workers", "2", "--json")

    assert done.returncode == 0, done.stderr
    assert done.stdout == (made[1] / "choice.json").read_text()


def test_both_engines_give_the_same() -> None:
    few = ["--limit", "stops<=1", "-n", "60", "--draws", "60", "--over", "recogniser.threshold=0.66"]
    fewer = ["--set", "campaign.deployments=[{date: 2026-01-01, hours: 1}]", "--set", "recogniser.preset=npl"]
    kernel, process = (
        lfrsim("choose", "croydon-static", *few, *fewer, "--json", "--engine", engine) for engine in ("auto", "process")
    )

    assert kernel.returncode == process.returncode == 0, process.stderr
    assert kernel.stdout == process.stdout


def test_the_folder_holds_what_was_said(made: tuple[Any, Path], found: dict[str, Any]) -> None:
    done, folder = made
    with (folder / "choice.csv").open() as file:
        table = list(csv.DictReader(file))

    assert {path.name for path in folder.iterdir()} == FILES
    assert f"Written to {folder}" in done.stderr
    assert done.stdout.count("Written to") == 0
    assert len(table) == 2 * 3 * 2
    first = found["presets"][0]["thresholds"][0]["limits"][0]
    assert float(table[0]["mean"]) == pytest.approx(first["mean"])
    assert table[0]["campaigns"] == str(first["campaigns_that_keep"]["campaigns"])
    assert table[0]["limit"] == LIMIT


def test_every_field_and_column_is_explained(made: tuple[Any, Path], found: dict[str, Any]) -> None:
    def keys(data: Any) -> set[str]:
        if isinstance(data, dict):
            return set(data) | {key for value in data.values() for key in keys(value)}
        return {key for item in data for key in keys(item)} if isinstance(data, list) else set()

    named = set(re.findall(r"`([^`\n]+)`", (ROOT / "docs/reference/outputs.md").read_text("utf-8")))
    with (made[1] / "choice.csv").open() as file:
        columns = set(next(csv.reader(file)))

    assert keys(found) - named == set()
    assert {re.sub("_(low|high)$", "", column) for column in columns} - named == set()


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ([], "Missing option '--limit'"),
        (["--limit", "wrongfull_stops<=1"], 'did you mean "wrongful_stops"?'),
        (["--limit", "wrongful_stops_per_100k_facs<=1"], 'did you mean "faces"?'),
        (["--limit", "wrongful_stops<1"], '"<=" (at most) or ">=" (at least)'),
        (["--limit", "wrongful_stops"], 'for example "wrongful_stops_per_100k_faces<=0.1"'),
        (["--limit", "stops<=1", "--over", "watchlist.size=1000,2000"], "varies the threshold alone"),
        (["--limit", "stops<=1", "--over", "recogniser.threshold=a,b"], "must be numbers"),
        (["--limit", "stops<=1", "--over", "recogniser.threshold=0.6,6.4"], "must be between 0 and 1 (got 6.4)"),
        (["--limit", "stops<=1", "-n", "59"], "must be between 60 and 100,000 (got 59)"),
        (["--limit", "stops<=1", "--draws", "1"], "must be between 60 and 10,000 (got 1)"),
        (["--limit", "stops<=1", "--workers", "0"], "must be between 1 and 1,000 (got 0)"),
        (["--limit", "stops<=1", "-o", " "], "must name a folder"),
        (
            ["--limit", "stops_per_year<=1", "--set", "campaign.deployments=[{date: 2026-01-01, hours: 4}]"],
            "on one day",
        ),
    ],
)
def test_mistakes_are_told_before_anything_is_computed(args: list[str], said: str) -> None:
    done = CliRunner().invoke(app, ["choose", "croydon-static", *args])

    assert done.exit_code == 2
    assert said in " ".join(done.stderr.replace("│", " ").split())
    assert done.stdout == ""


def test_a_misspelt_scenario_is_told_without_a_traceback() -> None:
    done = lfrsim("choose", "croydon-statik", "--limit", "stops<=1")

    assert done.returncode == 3
    assert 'did you mean "croydon-static"' in done.stderr
    assert "Traceback" not in done.stderr


def test_folders_of_others_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    done = lfrsim("choose", "croydon-static", "--limit", "stops<=1", *FEW, "-o", str(tmp_path))

    assert done.returncode == 3
    assert "not of lfrsim choose" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_without_a_preset_there_is_one_answer() -> None:
    """Own error rates have no other preset to be held against, and no record that ends anywhere."""
    own = ["preset=null", "anchor_threshold=0.64", "fmr_at_anchor=1e-10", "slope_per_unit=60", "score_sd=0.15"]
    sets = [word for item in [*own, "capture_rate=0.95"] for word in ("--set", f"recogniser.{item}")]
    done = CliRunner().invoke(app, ["choose", "croydon-static", "--limit", "stops<=1", *FEW, "--workers", "1", *sets])

    assert done.exit_code == 0, done.stderr
    said = " ".join(done.stdout.split())
    assert "no threshold from 0.62 to 0.70 meets it" in said
    assert "preset" not in said
    assert "In brackets" not in said


def test_every_threshold_meets_an_easy_limit() -> None:
    """Then a lower one was not looked at, and that is said; brackets in a title are not taken for markup."""
    sets = ["--set", 'title="[red]A street"', "--set", "officers.operators=0"]
    few = [*FEW, "--workers", "1"]
    done = CliRunner().invoke(app, ["choose", "croydon-static", "--limit", "wrongful_stops<=0", *few, *sets])

    said = " ".join(done.stdout.split())
    assert said.count("every threshold from 0.62 to 0.70 meets it; a lower one was not looked at") == 6
    assert "[red]A street" in said


@pytest.mark.parametrize("width", ["60", "200"])
def test_answers_are_whole_at_any_width(width: str) -> None:
    done = lfrsim("choose", "croydon-static", "--limit", LIMIT, *FEW, env={"COLUMNS": width})

    assert "…" not in done.stdout
    assert "0.66 to 0.70" in " ".join(done.stdout.split())


def test_an_interrupted_choice_leaves_nothing(tmp_path: Path) -> None:
    command = ["choose", "croydon-static", "--limit", LIMIT, "-n", "20000", "-o", str(tmp_path / "x")]
    running = subprocess.Popen(
        [sys.executable, "-m", "simulator.cli", *command], stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    time.sleep(2.5)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=60)

    assert running.returncode == 130
    assert err == "interrupted; nothing was written\n"
    assert out == ""
    assert list(tmp_path.iterdir()) == []
