"""``lfrsim replay``: where the page goes, what it says of the choice, and what is refused with a message."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import pytest
from replayed import run_into
from typer.testing import CliRunner

from simulator.cli.app import app
from simulator.scenario.errors import ScenarioError

FILES = ("alerts.parquet", "scenario.json", "replications.parquet")


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("run") / "croydon"
    run_into(folder, replications=3)
    return folder


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(webbrowser, "open", lambda _: pytest.fail("a browser was opened"))


def test_the_page_is_named_after_the_run_and_says_which_day(run: Path, tmp_path: Path) -> None:
    ended = CliRunner().invoke(app, ["replay", str(run), "--campaign", "2", "--deployment", "13"])

    assert ended.exit_code == 0, ended.output
    page = (tmp_path / "croydon-day.html").read_text("utf-8")
    assert "This is deployment 14 of 14 in simulated campaign 3 of 3; in the log: campaign 2, deployment 13." in page
    assert "Campaign 2, deployment 13 (numbers from 0), 2026-01-" in ended.stderr
    assert "Open it in a browser: croydon-day.html" in ended.stderr


def test_a_story_offers_the_day_it_is_of(run: Path) -> None:
    import pandas as pd

    row = pd.read_parquet(run / "alerts.parquet").query("inputs == 'chance' and replication == 1").iloc[-1]
    ended = CliRunner().invoke(app, ["story", str(run), f"1.{row.alert}"])

    assert ended.stderr.endswith(f"lfrsim replay {run} --campaign 1 --deployment {row.deployment}\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--campaign", "3"], "--campaign: must be from 0 to 2: the run has 3 simulated campaigns, numbered from 0"),
        (["--deployment", "14"], "--deployment: must be from 0 to 13: the run has 14 deployments"),
    ],
)
def test_a_number_that_is_not_there_is_refused_with_the_range(
    words: list[str], said: str, run: Path, tmp_path: Path
) -> None:
    ended = CliRunner().invoke(app, ["replay", str(run), *words])

    assert isinstance(ended.exception, ScenarioError)
    assert said in str(ended.exception)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--inputs", "luck"], "must be chance or ignorance"),
        (["--campaign", "x"], "must be a whole number"),
        (["-o", "d.txt"], ".html"),
    ],
)
def test_a_word_that_means_nothing_is_refused(words: list[str], said: str, run: Path) -> None:
    ended = CliRunner().invoke(app, ["replay", str(run), *words])

    assert ended.exit_code == 2
    assert said in " ".join(ended.output.split())


@pytest.mark.parametrize("missing", [*FILES, "all"])
def test_a_folder_that_is_no_finished_run_is_refused(missing: str, run: Path, tmp_path: Path) -> None:
    folder = tmp_path / "half"
    if missing != "all":
        folder.mkdir()
        for name in FILES:
            if name != missing:
                (folder / name).write_bytes((run / name).read_bytes())
    ended = CliRunner().invoke(app, ["replay", str(folder)])

    assert isinstance(ended.exception, ScenarioError)
    assert ("there is no such folder" if missing == "all" else f"it has no {missing}") in str(ended.exception)


def test_a_damaged_log_is_refused(run: Path, tmp_path: Path) -> None:
    folder = tmp_path / "damaged"
    folder.mkdir()
    for name in FILES:
        (folder / name).write_bytes((run / name).read_bytes()[:500] if name == FILES[0] else (run / name).read_bytes())
    ended = CliRunner().invoke(app, ["replay", str(folder)])

    assert "cannot be read" in str(ended.exception)


def test_a_deployment_without_alerts_is_a_quiet_page(tmp_path: Path) -> None:
    run_into(
        tmp_path / "quiet", "watchlist.true_alerts_per_1000_passages=0", "recogniser.threshold=0.9", replications=2
    )
    ended = CliRunner().invoke(app, ["replay", "quiet", "-o", "quiet.html"])

    assert ended.exit_code == 0, ended.output
    page = (tmp_path / "quiet.html").read_text("utf-8")
    assert "No alert was raised on this day, so nobody was stopped and there is nothing to play." in page
    assert "None of the 28 deployments looked at had an alert; this is the first of them." in page
