"""``lfrsim lesson``: listed, taught on a terminal, written as pages; what it cannot find it names."""

from __future__ import annotations

from pathlib import Path

import pytest
from lessons_taught import taught
from typer.testing import CliRunner

from simulator.cli.app import app
from simulator.evidence.lesson import lessons
from simulator.experiment.files import OutputError

RUN = CliRunner()


@pytest.fixture(autouse=True)
def _simulated_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lessons, "lesson_of", taught)


def test_lessons_are_listed_with_their_questions() -> None:
    said = RUN.invoke(app, ["lesson"])

    assert said.exit_code == 0
    assert all(name in said.stdout for name in lessons.LESSONS)


def test_a_lesson_is_found_by_its_number() -> None:
    assert RUN.invoke(app, ["lesson", "5"]).stdout == RUN.invoke(app, ["lesson", "virtually-zero"]).stdout


@pytest.mark.parametrize("name", ["6", "0", "croydon", ""])
def test_another_name_is_refused_with_those_that_there_are(name: str) -> None:
    said = RUN.invoke(app, ["lesson", name])

    assert said.exit_code == 2
    assert "thousand-alerts" in said.stderr
    assert "1 to 5" in said.stderr.replace("\n", " ")


def test_the_question_comes_before_the_count() -> None:
    said = RUN.invoke(app, ["lesson", "virtually-zero"]).stdout

    assert said.index("Of 100 such pilots") < said.index("Simulate and count") < said.index("The tree\n")
    assert said.index("The tree\n") < said.index("Worked out") < said.index("Before you leave")


def test_one_lesson_is_written_as_three_pages_and_an_index(tmp_path: Path) -> None:
    said = RUN.invoke(app, ["lesson", "5", "-o", str(tmp_path / "new" / "folder")])

    assert said.exit_code == 0
    assert sorted(path.name for path in (tmp_path / "new" / "folder").iterdir()) == [
        "index.html", "virtually-zero-teacher.html", "virtually-zero-worksheet.html", "virtually-zero.html",
    ]  # fmt: skip


def test_a_place_that_takes_no_files_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    said = RUN.invoke(app, ["lesson", "5", "-o", str(tmp_path / "file")])

    assert isinstance(said.exception, OutputError)
    assert "must be a folder, but it is a file" in str(said.exception)


def test_a_folder_with_a_foreign_file_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    said = RUN.invoke(app, ["lesson", "5", "-o", str(tmp_path)])

    assert isinstance(said.exception, OutputError)
    assert "notes.txt" in str(said.exception)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_folder_of_lessons_takes_another(tmp_path: Path) -> None:
    assert RUN.invoke(app, ["lesson", "5", "-o", str(tmp_path)]).exit_code == 0
    assert RUN.invoke(app, ["lesson", "1", "-o", str(tmp_path)]).exit_code == 0
