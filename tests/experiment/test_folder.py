"""The output folder of a command: whole or as it was, whatever ends the command, and nothing foreign in it."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator import load_scenario
from simulator.experiment.files import OutputError
from simulator.experiment.folder import OutputFolder
from simulator.experiment.provenance import MadeFrom

FILES = ("main.json", "extra.csv")
# A command that has begun to write and then waits.
WAITING = """
import sys, time
from pathlib import Path
from simulator.experiment.folder import OutputFolder
with OutputFolder(Path(sys.argv[1]), "tell", ("main.json", "extra.csv")) as work:
    (work / "extra.csv").write_text("half")
    print(work, flush=True)
    time.sleep(600)
"""


def opened(folder: Path) -> OutputFolder:
    return OutputFolder(folder, "tell", FILES)


def fill(folder: Path, **texts: str) -> OutputFolder:
    """Write ``main.json``, and ``extra.csv`` where it has a text, as a command does."""
    output = opened(folder)
    with output as work:
        for name, text in texts.items():
            (work / {"main": "main.json", "extra": "extra.csv"}[name]).write_text(text)
    return output


def texts(folder: Path) -> dict[str, str]:
    """What the files hold, but for the one that says who made them, which no two runs have alike."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != "provenance.json")
    return {str(path.relative_to(folder)): path.read_text() for path in files}


@pytest.fixture
def killed(tmp_path: Path) -> Path:
    """The work folder of a process that was killed while it wrote to ``out``."""
    with subprocess.Popen(
        [sys.executable, "-c", WAITING, str(tmp_path / "out")], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        work = Path(process.stdout.readline().strip())
        process.kill()
    assert texts(work)["extra.csv"] == "half"
    return work


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system with room for 64 kB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("needs the right to mount a file system")
    try:
        yield disk
    finally:
        subprocess.run(["umount", str(disk)], check=True)


class TestWriting:
    def test_files_appear_when_all_are_written(self, tmp_path: Path) -> None:
        out = tmp_path / "deep" / "er" / "out"
        with opened(out) as work:
            (work / "main.json").write_text("{}")
            assert not out.exists()
            (work / "extra.csv").write_text("x\n")

        assert texts(tmp_path) == {"deep/er/out/main.json": "{}", "deep/er/out/extra.csv": "x\n"}

    def test_names_what_was_written(self, tmp_path: Path) -> None:
        assert fill(tmp_path / "out", main="{}").written == ("main.json", "provenance.json")
        assert fill(tmp_path / "out", main="{}", extra="x").written == ("extra.csv", "main.json", "provenance.json")

    def test_an_earlier_run_is_replaced_by_a_later_one(self, tmp_path: Path) -> None:
        """A file that the later one does not write would pass for its result."""
        fill(tmp_path / "out", main="old", extra="old")
        fill(tmp_path / "out", main="new")

        assert texts(tmp_path) == {"out/main.json": "new"}

    @pytest.mark.parametrize("folder", [".", "../there", "../link", "../dangling"])
    def test_a_folder_may_be_named_in_any_way(
        self, folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        there = tmp_path / "there"
        there.mkdir()
        (tmp_path / "link").symlink_to(there)
        (tmp_path / "dangling").symlink_to(there / "new")
        monkeypatch.chdir(there)
        fill(Path(folder), main="{}")

        assert (Path(folder) / "main.json").read_text() == "{}"
        assert texts(there) == {"new/main.json" if folder == "../dangling" else "main.json": "{}"}

    def test_every_command_keeps_what_its_files_were_made_with(self, tmp_path: Path) -> None:
        """Also where it has nothing to say of it; a folder in which all failed keeps nothing."""
        output = opened(tmp_path / "out")
        output.made = MadeFrom(load_scenario("croydon-static"), {"seed": 7})
        with output as work:
            (work / "main.json").write_text("{}")
        made, plain = (
            json.loads((folder.folder / "provenance.json").read_text())
            for folder in (output, fill(tmp_path / "b", main="{}"))
        )

        assert (made["scenario"]["name"], made["parameters"]) == ("croydon-static", {"seed": 7})
        assert (plain["scenario"], plain["parameters"]) == (None, {})
        assert made["command_line"] == ["lfrsim", *sys.argv[1:]]

    def test_a_name_as_long_as_names_can_be(self, tmp_path: Path) -> None:
        fill(tmp_path / ("ä" * 127), main="{}")

        assert [path.name for path in tmp_path.iterdir()] == ["ä" * 127]

    def test_a_folder_that_is_a_disk_of_its_own(self, tiny_disk: Path) -> None:
        """As in a container: nothing can be renamed into it from beside it."""
        fill(tiny_disk, main="{}")

        assert texts(tiny_disk) == {"main.json": "{}"}


class TestEnds:
    @pytest.mark.parametrize("end", [RuntimeError, KeyboardInterrupt, SystemExit])
    def test_an_exception_leaves_everything_as_it_was(self, end: type[BaseException], tmp_path: Path) -> None:
        def stop_in(out: Path, end: type[BaseException]) -> None:
            with opened(out) as work:
                (work / "main.json").write_text("new")
                raise end

        fill(tmp_path / "out", main="old")
        for out in (tmp_path / "out", tmp_path / "new" / "er"):
            with pytest.raises(end):
                stop_in(out, end)

        assert texts(tmp_path) == {"out/main.json": "old"}
        assert [path.name for path in tmp_path.iterdir()] == ["out"]

    def test_a_full_disk_is_said_and_leaves_nothing(self, tiny_disk: Path) -> None:
        def write_too_much() -> None:
            with opened(tiny_disk / "out") as work:
                (work / "main.json").write_bytes(bytes(200_000))

        with pytest.raises(OutputError, match=r"out: cannot be written \(No space left on device\); choose another"):
            write_too_much()

        assert list(tiny_disk.iterdir()) == []

    def test_a_failure_at_the_last_moment_is_said_and_leaves_nothing(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def replace(*_: object) -> None:
            raise OSError(errno.EIO, "Input/output error")

        monkeypatch.setattr(Path, "replace", replace)
        with pytest.raises(OutputError, match=r"cannot be written \(Input/output error\)"):
            fill(tmp_path / "out", main="{}")

        assert texts(tmp_path) == {}

    def test_what_a_killed_process_left_goes_with_the_next_run(self, killed: Path, tmp_path: Path) -> None:
        fill(tmp_path / "out", main="{}")

        assert not killed.exists()
        assert texts(tmp_path) == {"out/main.json": "{}"}

    def test_what_a_process_left_that_was_killed_while_it_began(self, killed: Path, tmp_path: Path) -> None:
        """It had not yet locked its work folder."""
        (killed / ".lock").unlink()
        fill(tmp_path / "out", main="{}")

        assert not killed.exists()

    def test_the_next_run_leaves_other_folders_alone(self, killed: Path, tmp_path: Path) -> None:
        fill(tmp_path / "other", main="{}")

        assert killed.exists()

    def test_a_process_at_work_is_left_alone(self, tmp_path: Path) -> None:
        """Two commands for one folder do not disturb each other: the later result stays."""
        command = [sys.executable, "-c", WAITING, str(tmp_path / "out")]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            work = Path(process.stdout.readline().strip())
            fill(tmp_path / "out", main="{}")
            assert texts(work)["extra.csv"] == "half"
            process.kill()


class TestRefusals:
    @pytest.mark.parametrize("inside", ["thesis.tex", "extra.csv", "manifest.json"])
    def test_what_is_not_of_an_earlier_run_is_left_alone(self, inside: str, tmp_path: Path) -> None:
        """Also a file of a name of ours without the one that every run writes."""
        (tmp_path / inside).write_text("mine")

        with pytest.raises(OutputError, match=rf"holds files that are not of lfrsim tell; .* \(got {inside}\)"):
            opened(tmp_path)
        assert texts(tmp_path) == {inside: "mine"}

    def test_other_files_beside_an_earlier_run_are_left_alone(self, tmp_path: Path) -> None:
        fill(tmp_path / "out", main="{}")
        (tmp_path / "out" / "notes.txt").write_text("mine")

        with pytest.raises(OutputError, match=r"\(got notes.txt\)"):
            opened(tmp_path / "out")

    def test_a_folder_under_the_name_of_a_file_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "main.json").mkdir()

        with pytest.raises(OutputError, match=r"\(got main.json\)"):
            opened(tmp_path)

    def test_a_file_is_not_a_folder(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("mine")

        with pytest.raises(OutputError, match="must be a folder, but it is a file; choose another name"):
            opened(tmp_path / "file")
        with pytest.raises(OutputError, match=r"cannot be written \(.*\); choose another folder"):
            opened(tmp_path / "file" / "below")
        assert texts(tmp_path) == {"file": "mine"}

    def test_a_name_that_is_too_long_is_refused_before_anything_is_computed(self, tmp_path: Path) -> None:
        with pytest.raises(OutputError, match=r"cannot be written \(File name too long\)"):
            opened(tmp_path / ("x" * 256))

    def test_a_name_that_is_not_utf8_is_refused(self, tmp_path: Path) -> None:
        name = os.fsdecode(b"caf\xe9")

        with pytest.raises(OutputError, match=r"-o .*caf\\xe9: its name is not UTF-8"):
            opened(tmp_path / name)
        assert list(tmp_path.iterdir()) == []

    def test_a_place_that_takes_no_files_is_refused_before_anything_is_computed(self) -> None:
        with pytest.raises(OutputError, match="cannot be written"):
            opened(Path("/proc/out"))
