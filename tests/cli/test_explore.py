"""``lfrsim explore``: where the page goes, what is refused before anything is computed, and that nothing opens by itself."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import pytest
from scenario_texts import MINIMAL
from typer.testing import CliRunner

from simulator.cli.app import app
from simulator.evidence.explore import explorer
from simulator.scenario.errors import ScenarioError

Words = list[str]


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(explorer, "CAMPAIGNS", 3)
    monkeypatch.setattr(webbrowser, "open", lambda _: pytest.fail("a browser was opened"))


def test_the_page_is_named_after_the_scenario_and_not_opened(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(MINIMAL, "utf-8")

    ended = CliRunner().invoke(app, ["explore", "mine.yaml", "-n", "20"])

    assert ended.exit_code == 0, ended.output
    page = (tmp_path / "minimal-explorer.html").read_text("utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert "worker-src blob:" in page
    assert "Explorer: minimal-explorer.html (" in ended.stderr
    assert "Open it in a browser: minimal-explorer.html" in ended.stderr


def test_it_is_opened_where_that_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    (tmp_path / "mine.yaml").write_text(MINIMAL, "utf-8")

    CliRunner().invoke(app, ["explore", "mine.yaml", "-n", "20", "-o", "x/page.html", "--open"])

    assert opened == [(tmp_path / "x" / "page.html").as_uri()]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["croydon-static", "-o", "page.txt"], "must name a file that ends in .html"),
        (["croydon-static", "-n", "5"], "must be between 20 and 20,000"),
    ],
)
def test_what_cannot_be_written_is_refused_at_once(words: Words, said: str, tmp_path: Path) -> None:
    ended = CliRunner().invoke(app, ["explore", *words])

    assert ended.exit_code == 2
    assert said in " ".join(ended.output.replace("│", " ").split())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["croydon-van-060"], "overlap in time, which the page does not simulate"),
        (["croydon-static", "--set", "officers.teams=0"], "in which somebody is stopped; set officers.teams"),
    ],
)
def test_a_scenario_that_no_page_can_simulate_is_refused_with_the_reason(
    words: Words, said: str, tmp_path: Path
) -> None:
    ended = CliRunner().invoke(app, ["explore", *words])

    assert isinstance(ended.exception, ScenarioError)
    assert said in str(ended.exception)
    assert list(tmp_path.iterdir()) == []
