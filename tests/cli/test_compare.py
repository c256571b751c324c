"""``compare`` as a user types it: what is said, what is written, what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from simulator.cli.app import app

SHORT = ("--set", "campaign.deployments=[{date: 2026-01-01, hours: 4}]")
THRESHOLD = ("croydon-static", "croydon-static", "--set-b", "recogniser.threshold=0.60")


def told(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["compare", *arguments])


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("compared") / "out"
    assert told(*THRESHOLD, "-n", "100", "-o", str(folder)).exit_code == 0
    return folder


def test_the_page_goes_to_stdout_and_the_next_command_to_stderr() -> None:
    done = told(*THRESHOLD, *SHORT, "-n", "10")
    assert done.exit_code == 0
    assert "B differs from A in 1 value: recogniser.threshold: 0.64 -> 0.6." in done.stdout
    assert done.stderr.startswith("Next, to keep every number of this:\n  lfrsim ")
    assert done.stderr.endswith("-o results/croydon-static-compared\n")


def test_json_alone_goes_to_stdout() -> None:
    done = told("croydon-static", "croydon-static", *SHORT, "--set-b", "officers.teams=1", "-n", "50", "--json")
    found = json.loads(done.stdout)
    assert found["schema"] == "lfrsim-comparison/1"
    assert found["differing"][0]["key"] == "officers.teams"
    assert found["measures"]["passages"]["chance"]["campaigns"] == {"more": 0, "equal": 50, "fewer": 0}


def test_files_are_of_one_comparison_and_repeat_to_the_byte(folder: Path, tmp_path: Path) -> None:
    for engine in ("kernel", "process"):
        assert told(*THRESHOLD, "-n", "100", "--engine", engine, "-o", str(tmp_path / engine)).exit_code == 0
    for name in ("comparison.json", "comparison.csv"):
        first = (folder / name).read_bytes()
        assert [(tmp_path / engine / name).read_bytes() for engine in ("kernel", "process")] == [first, first]
    assert {path.name for path in folder.iterdir()} == {"comparison.json", "comparison.csv", "provenance.json"}
    made = json.loads((tmp_path / "process" / "provenance.json").read_text())
    assert made["parameters"]["engine"] == "process"
    assert made["scenario"]["a"]["hash"] != made["scenario"]["b"]["hash"]
    found, table = json.loads((folder / "comparison.json").read_text()), pd.read_csv(folder / "comparison.csv")
    row = table[(table["measure"] == "stops") & (table["inputs"] == "chance") & (table["per"] == "campaign")].iloc[0]
    item = found["measures"]["stops"]["chance"]
    assert (row["a"], row["b"], row["difference_low"]) == (item["a"], item["b"], item["difference_95"][0])


def test_a_comparison_replaces_one_and_nothing_else(folder: Path, tmp_path: Path) -> None:
    options = ("croydon-static", "croydon-static", *SHORT, "-n", "2")
    again = tmp_path / "again"
    for _ in range(2):
        assert told(*options, "-o", str(again)).exit_code == 0
    assert json.loads((again / "comparison.json").read_text())["run"]["replications"] == 2
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine")
    (tmp_path / "file").write_text("a file")
    for name, words in (("mine", "holds files that are not of lfrsim compare"), ("file", "but it is a file")):
        done = told(*options, "-o", str(tmp_path / name))
        assert done.exception is not None
        assert words in str(done.exception)
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["notes.txt"]
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_a_failure_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever goes wrong while writing, no half of it is left."""

    def fail(_: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("simulator.report.compare.folder.csv_of", fail)
    done = told("croydon-static", "croydon-static", *SHORT, "-n", "2", "-o", str(tmp_path / "out"))
    assert done.exit_code != 0
    assert list(tmp_path.iterdir()) == []


def test_until_precise_is_the_comparison_with_that_number() -> None:
    auto = told(*THRESHOLD, *SHORT, "-n", "auto", "--precision", "15%", "--measure", "false_alerts", "--json")
    number = auto.stderr.removeprefix("-n auto: ").partition(" campaigns")[0].replace(",", "")
    assert "% of the larger average of A and B" in auto.stderr
    assert "95 times in 100, unless" in auto.stderr
    assert auto.stdout == told(*THRESHOLD, *SHORT, "-n", number, "--json").stdout
    item = json.loads(auto.stdout)["measures"]["false_alerts"]["chance"]
    low, high = item["difference_95"]
    assert max(high - item["difference"], item["difference"] - low) <= 0.15 * max(item["a"], item["b"])


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["croydon-static"], "Missing argument 'B'"),
        (["croydon-static", "croydon-vam"], 'did you mean "croydon-van"?'),
        (
            ["croydon-static", "croydon-static", "--set-b", "officers.teems=1"],
            "--set-b officers.teems=1: officers: unknown",
        ),
        (["croydon-static", "croydon-static", "--set-a", "officers.teams=-1"], "--set-a officers.teams=-1"),
        (["croydon-static", "croydon-static", "-n", "1"], "must be between 2 and 125,000 (got 1)"),
        (["croydon-static", "croydon-static", "--measure", "stops"], "goes with -n auto (got -n 1000)"),
        (["croydon-static", "croydon-static", "-o", " "], "must name a folder"),
    ],
)
def test_mistakes_name_place_rule_and_value(args: list[str], said: str) -> None:
    done = told(*args)
    assert done.exit_code != 0
    assert said in flat(done.stderr.replace("│", " ")) + str(done.exception)
    assert done.stdout == ""
