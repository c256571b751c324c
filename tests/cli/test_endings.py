"""How the program ends: interrupted, killed, with nobody who reads or nowhere to write; what it says then and leaves behind."""

from __future__ import annotations

import csv
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from signals import heeded
from typer.testing import CliRunner

from simulator.cli.app import app
from simulator.scenario import find_scenario

LFRSIM = [sys.executable, "-m", "simulator.cli"]
NOT_UTF8 = os.fsdecode(b"caf\xe9")


def shell(command: str) -> tuple[int, str, str]:
    """Run a line of bash, in which ``lfrsim`` is the program: exit code, stdout, stderr."""
    line = f'lfrsim() {{ "{sys.executable}" -m simulator.cli "$@"; }}; {command}'
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, timeout=300, check=False)
    return done.returncode, done.stdout, done.stderr


def started(folder: Path, *words: str) -> subprocess.Popen[str]:
    """A long run that writes to *folder* and has begun to."""
    command = [*LFRSIM, "run", "croydon-static", "-n", "50000", "-o", str(folder), *words]
    running = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, preexec_fn=heeded)
    deadline = time.monotonic() + 60
    while not list(folder.parent.glob(".*/alerts.parquet")) and time.monotonic() < deadline:
        time.sleep(0.05)
    return running


class TestRequestsToEnd:
    @pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
    def test_a_run_says_so_and_leaves_nothing(self, sign: signal.Signals, tmp_path: Path) -> None:
        running = started(tmp_path / "out")
        running.send_signal(sign)
        _, said = running.communicate(timeout=60)

        assert running.returncode == 130
        assert said == "interrupted; nothing was written\n"
        assert list(tmp_path.iterdir()) == []

    def test_a_terminal_that_is_closed_asks_twice(self, tmp_path: Path) -> None:
        """The second request does not stop the clearing up."""
        running = started(tmp_path / "out")
        for _ in range(3):
            running.send_signal(signal.SIGHUP)
            time.sleep(0.002)
        running.communicate(timeout=60)

        assert running.returncode == 130
        assert list(tmp_path.iterdir()) == []

    def test_a_request_that_is_to_be_ignored_is_ignored(self) -> None:
        """As nohup has it."""
        code = "import os, signal; from simulator.cli import _end_when_asked as f; f(); os.kill(os.getpid(), 1)"
        done = subprocess.run(["bash", "-c", f"trap '' HUP; '{sys.executable}' -c '{code}'"], check=False)

        assert done.returncode == 0

    def test_what_a_killed_run_left_goes_with_the_next_one(self, tmp_path: Path) -> None:
        running = started(tmp_path / "out")
        running.kill()
        running.communicate(timeout=60)
        (left,) = tmp_path.iterdir()
        assert (left / "alerts.parquet").exists()

        code, _, said = shell(f"lfrsim run croydon-static -n 2 -o '{tmp_path}/out'")
        assert code == 0, said
        assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_full_disk_ends_a_run_with_one_line_and_leaves_nothing(tmp_path: Path) -> None:
    """Closing the alert log fails as well then."""
    mount = ["mount", "-t", "tmpfs", "-o", "size=100k", "tmpfs", str(tmp_path)]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("needs the right to mount a file system")
    try:
        code, out, said = shell(f"lfrsim run croydon-static -n 500 --json -o '{tmp_path}/out'")
        assert (code, out) == (3, "")
        assert said == f"-o {tmp_path}/out: cannot be written (No space left on device); choose another folder\n"
        assert list(tmp_path.iterdir()) == []
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)


class TestStreams:
    @pytest.fixture(params=["describe croydon-static", "--help", "validate nothing.yaml croydon-static"])
    def command(self, request: pytest.FixtureRequest) -> Iterator[str]:
        """Commands with a long answer, with a short one, and with an exit code of its own."""
        return request.param

    @pytest.mark.parametrize("stream", ["2>&-", ">&-", "<&-", "2>/dev/full", "<&- >&- 2>&-", "2> >(true)"])
    def test_a_stream_that_is_not_there_changes_nothing_else(self, stream: str, command: str) -> None:
        usual_code, usual_out, usual_said = shell(f"lfrsim {command}")
        code, out, said = shell(f"lfrsim {command} {stream}")

        assert code == usual_code
        assert out == ("" if ">&-" in stream.split() else usual_out)
        assert said == ("" if "2>" in stream else usual_said)

    @pytest.mark.parametrize("reader", ["head -1", "true"])
    def test_a_reader_that_goes_away_is_no_error(self, reader: str, command: str) -> None:
        usual_code, _, usual_said = shell(f"lfrsim {command}")
        code, _, said = shell(f"lfrsim {command} | {reader}; exit ${{PIPESTATUS[0]}}")

        assert code == usual_code
        assert said == usual_said

    @pytest.mark.parametrize("command", ["describe croydon-static", "--help", "run croydon-static -n 2 --json"])
    def test_an_answer_that_a_full_disk_does_not_take_is_an_error(self, command: str) -> None:
        code, _, said = shell(f"lfrsim {command} >/dev/full")

        assert code == 1
        assert said == "No space left on device: the output could not be written\n"


@pytest.mark.parametrize(
    "words",
    [
        ("run", NOT_UTF8),
        ("run", "croydon-static", "-o", NOT_UTF8),
        ("new", NOT_UTF8),
        ("story", NOT_UTF8, "1.1"),
        ("claim", f"{NOT_UTF8}.yaml"),
        ("fit", f"{NOT_UTF8}.csv", "--scenario", "croydon-van"),
        (NOT_UTF8,),
    ],
)
def test_a_name_that_is_not_utf8_is_refused_at_once(words: tuple[str, ...]) -> None:
    """Wherever it stands: it could be neither printed nor kept in a file."""
    done = CliRunner().invoke(app, list(words))

    assert done.exit_code == 2
    assert "must be UTF-8 text; rename the file or folder (got caf\\xe9" in " ".join(done.stderr.split())


def test_no_csv_file_of_a_run_holds_a_formula(tmp_path: Path) -> None:
    """The name of a group stands in every row; Parquet files hold it as it was given."""
    group = "=cmd()|x"
    text = find_scenario("what-if-groups").read_text().replace("name: group A", f'name: "{group}"')
    (tmp_path / "town.yaml").write_text(text)
    words = ("run", str(tmp_path / "town.yaml"), "-n", "2", "--csv", "-o", str(tmp_path / "out"))
    done = CliRunner().invoke(app, list(words))
    assert done.exit_code == 0, done.output

    with (tmp_path / "out" / "alerts.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["group"] for row in rows} == {f"'{group}", "group B"}
    assert set(pd.read_parquet(tmp_path / "out" / "alerts.parquet")["group"]) == {group, "group B"}
