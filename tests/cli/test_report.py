"""``--report`` of every command, and ``lfrsim report`` of what they keep: pages written again, folders that are none."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from click.testing import Result
from forecast_records import simulated_records, written
from typer.testing import CliRunner

from simulator.cli.app import app
from simulator.experiment.files import OutputError
from simulator.scenario.errors import ScenarioError

LIMIT = ("--limit", "wrongful_stops<=0.5", "--over", "0.62,0.64", "-n", "60")
KEPT = {
    "claim": ("claim", "croydon-sun-2026", "-n", "0"),
    "claim numbers": ("claim", "--false-alerts", "2..7", "--faces", "200000"),
    "sweep": ("sweep", "croydon-static", "--over", "recogniser.threshold=0.62,0.64", "-n", "4"),
    "choose": ("choose", "croydon-static", *LIMIT),
    "compare": ("compare", "croydon-static", "croydon-static", "--set-b", "officers.teams=1", "-n", "10"),
    "sensitivity": ("sensitivity", "croydon-static", "--points", "256"),
    "check": ("check", "croydon-van", "RECORDS", "-n", "100"),
}


def told(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """A folder that each of KEPT wrote, with the page that the same command wrote beside it; made once, not to be changed."""
    place = tmp_path_factory.mktemp("kept")
    records = written(place, simulated_records(60))

    @cache
    def folder(name: str) -> Path:
        made = place / name.replace(" ", "-")
        words = [records if word == "RECORDS" else word for word in KEPT[name]]
        done = told(*words, "-o", str(made), "--report", f"{made}.html")
        assert done.exit_code == 0, done.output
        return made

    return folder


def part(page: Path) -> str:
    """What a page shows ahead of its workings, where the command and what is kept beside a finding stand."""
    return page.read_text("utf-8").partition('<section id="workings"')[0]


@pytest.mark.parametrize("name", KEPT)
def test_a_folder_gives_the_same_report_as_the_command(name: str, kept: Callable[[str], Path], tmp_path: Path) -> None:
    done = told("report", str(kept(name)), "-o", str(tmp_path / "page.html"))
    assert done.exit_code == 0, done.output
    assert part(tmp_path / "page.html") == part(Path(f"{kept(name)}.html"))


@pytest.mark.parametrize("name", KEPT)
def test_every_folder_keeps_the_command_that_made_it(name: str, kept: Callable[[str], Path]) -> None:
    made = json.loads((kept(name) / "provenance.json").read_text("utf-8"))
    assert made["command_line"][0] == "lfrsim"
    assert (made["scenario"] is None) is name.startswith("claim")


def test_a_folder_names_its_command_and_one_without_is_said_to_keep_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, page = tmp_path / "x", tmp_path / "page.html"
    words = [*KEPT["claim numbers"], "-o", str(folder)]
    monkeypatch.setattr("sys.argv", ["lfrsim", *words])
    assert told(*words).exit_code == 0
    assert "keep the command" not in told("report", str(folder), "-o", str(page)).stderr
    assert f"lfrsim {' '.join(KEPT['claim numbers'])} -o" in page.read_text("utf-8")

    (folder / "provenance.json").unlink()
    assert "does not keep the command" in told("report", str(folder), "-o", str(page)).stderr
    assert "does not keep the command" in page.read_text("utf-8")


def test_without_a_name_the_page_lies_in_the_folder(kept: Callable[[str], Path], tmp_path: Path) -> None:
    folder = Path(shutil.copytree(kept("compare"), tmp_path / "x"))
    done = told("report", str(folder))
    assert done.exit_code == 0
    assert f"Report: {folder / 'report.html'} (" in done.stderr
    assert told("report", str(folder)).exit_code == 0


@pytest.mark.parametrize("name", ["claim numbers", "choose", "sensitivity"])
def test_a_later_run_replaces_the_folder_with_its_report(name: str, tmp_path: Path) -> None:
    folder, page = tmp_path / "x", tmp_path / "x" / "report.html"
    for _ in range(2):
        assert told(*KEPT[name], "-o", str(folder), "--report", str(page)).exit_code == 0
        assert page.exists()
    assert told(*KEPT[name], "-o", str(folder)).exit_code == 0
    # a report of another answer must not stay beside the new one
    assert not page.exists()


def test_json_goes_to_stdout_and_the_page_to_its_file(tmp_path: Path) -> None:
    done = told(*KEPT["claim numbers"], "--json", "--report", str(tmp_path / "page.html"))
    assert json.loads(done.stdout)["form"] == "numbers"
    assert "Report: " in done.stderr
    assert (tmp_path / "page.html").read_text("utf-8").startswith("<!DOCTYPE html>")


def test_the_same_command_gives_the_same_page(tmp_path: Path) -> None:
    pages = []
    for _ in range(2):
        assert told(*KEPT["sensitivity"], "--report", str(tmp_path / "page.html")).exit_code == 0
        pages.append((tmp_path / "page.html").read_bytes())
    assert pages[0] == pages[1]


def test_a_scored_forecast_has_a_report(tmp_path: Path) -> None:
    later = simulated_records(60)
    later["date"] = later["date"] + (later["date"].max() - later["date"].min()) * 2
    forecast = Path(__file__).parents[2] / "results" / "forecasts" / "met-from-2025-07-12.json"
    done = told("check", str(forecast), written(tmp_path, later), "--report", str(tmp_path / "page.html"))
    assert done.exit_code == 0, done.output
    said = (tmp_path / "page.html").read_text("utf-8")
    assert "Forecast beside the record" in said
    assert said.count('<img src="data:image/png') == 2


class TestFoldersThatAreNone:
    def test_what_is_not_there(self, tmp_path: Path) -> None:
        assert "is not there; give the folder that a command wrote by -o" in _refused(tmp_path / "x")

    def test_a_file(self, tmp_path: Path) -> None:
        (tmp_path / "x").write_text("")
        assert "is no folder" in _refused(tmp_path / "x")

    def test_somebody_elses(self, tmp_path: Path) -> None:
        (tmp_path / "notes.txt").write_text("")
        said = _refused(tmp_path)
        assert "holds no finished answer of lfrsim" in said
        assert "make it again by the command with -o" in said

    def test_a_sweep_that_is_not_finished(self, kept: Callable[[str], Path], tmp_path: Path) -> None:
        folder = Path(shutil.copytree(kept("sweep"), tmp_path / "x"))
        (folder / "surface.parquet").unlink()
        assert "has no surface.parquet; go on with the sweep by --resume" in _refused(folder)

    def test_a_sweep_whose_table_is_cut_off(self, kept: Callable[[str], Path], tmp_path: Path) -> None:
        folder = Path(shutil.copytree(kept("sweep"), tmp_path / "x"))
        surface = folder / "surface.parquet"
        surface.write_bytes(surface.read_bytes()[:200])
        assert "its sweep cannot be read (" in _refused(folder)

    def test_json_that_is_cut_off(self, kept: Callable[[str], Path], tmp_path: Path) -> None:
        folder = Path(shutil.copytree(kept("choose"), tmp_path / "x"))
        (folder / "choice.json").write_text((folder / "choice.json").read_text("utf-8")[:300])
        assert re.search(r"choice\.json: is not JSON .*make it again", _refused(folder))

    def test_another_version(self, kept: Callable[[str], Path], tmp_path: Path) -> None:
        folder = Path(shutil.copytree(kept("choose"), tmp_path / "x"))
        _replace(folder / "choice.json", '"lfrsim-choice/1"', '"lfrsim-choice/99"')
        assert re.search(r"choice\.json: schema: must be .*make it again with this version", _refused(folder))

    def test_the_finding_of_another_command(self, kept: Callable[[str], Path], tmp_path: Path) -> None:
        shutil.copy(kept("compare") / "comparison.json", tmp_path / "choice.json")
        assert "schema: must begin with lfrsim-choice/ (got lfrsim-comparison/1)" in _refused(tmp_path)

    def test_answers_of_several_commands(self, kept: Callable[[str], Path], tmp_path: Path) -> None:
        folder = Path(shutil.copytree(kept("choose"), tmp_path / "x"))
        shutil.copy(kept("compare") / "comparison.json", folder)
        assert "holds answers of several commands; give each a folder of its own" in _refused(folder)

    def test_claims_without_their_details(self, kept: Callable[[str], Path], tmp_path: Path) -> None:
        folder = Path(shutil.copytree(kept("claim"), tmp_path / "x"))
        (folder / "details.json").unlink()
        assert "has no details.json, which belongs to its claims.json" in _refused(folder)

    def test_claims_with_details_of_others(self, kept: Callable[[str], Path], tmp_path: Path) -> None:
        folder = Path(shutil.copytree(kept("claim"), tmp_path / "x"))
        assert told("claim", "police-claims", "-n", "0", "-o", str(tmp_path / "y")).exit_code == 0
        shutil.copy(tmp_path / "y" / "details.json", folder)
        assert "its files do not belong together" in _refused(folder)

    def test_forecasts_that_are_no_table(self, kept: Callable[[str], Path], tmp_path: Path) -> None:
        folder = Path(shutil.copytree(kept("check"), tmp_path / "x"))
        (folder / "forecasts.csv").write_text("a,b\n1,2\n")
        assert "its files do not belong together" in _refused(folder)
        (folder / "forecasts.csv").write_text("")
        assert "forecasts.csv: cannot be read as a table" in _refused(folder)


class TestPagesThatCannotBe:
    @pytest.mark.parametrize(
        ("page", "rule"),
        [("page.pdf", "must name a file that ends in .html"), ("", "must name a file that ends in .html"),
         ("there.html", "must name a file, and"), ("file/page.html", "cannot be written")],
    )  # fmt: skip
    @pytest.mark.parametrize("name", ["choose", "claim numbers", "sensitivity"])
    def test_is_told_before_anything_is_computed(self, name: str, page: str, rule: str, tmp_path: Path) -> None:
        (tmp_path / "there.html").mkdir()
        (tmp_path / "file").write_text("")
        done = told(*KEPT[name], "--report", str(tmp_path / page) if page else "")
        assert done.exit_code == 2
        assert "--report" in done.output
        assert rule in " ".join(done.output.replace("│", " ").split())
        assert done.stdout == ""

    def test_a_folder_whose_page_cannot_be_written(self, kept: Callable[[str], Path], tmp_path: Path) -> None:
        folder = Path(shutil.copytree(kept("choose"), tmp_path / "x"))
        (folder / "report.html").mkdir()
        done = told("report", str(folder))
        assert done.exit_code == 2
        assert "is a folder" in " ".join(done.output.split())


def _refused(folder: Path) -> str:
    """The message of a mistake of the user, which is no traceback; no page is written."""
    done = told("report", str(folder))
    assert isinstance(done.exception, OutputError | ScenarioError), done.output
    assert not (folder / "report.html").exists()
    assert str(folder) in str(done.exception)
    return str(done.exception)


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
