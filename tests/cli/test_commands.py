"""The command line as a user meets it: what goes to stdout and stderr, exit codes, files written or not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

ODD_FILES = ("provenance.json",)


def lfrsim(*args: str, cwd: Path | None = None, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own, without a terminal."""
    return subprocess.run(
        [sys.executable, "-m", "simulator.cli", *args],
        capture_output=True,
        text=True,
        cwd=cwd,
        env={**os.environ, **(env or {})},
        timeout=300,
        check=False,
    )


@pytest.fixture(scope="module")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One run of a scenario with many false alerts, with everything written."""
    folder = tmp_path_factory.mktemp("runs") / "out"
    done = lfrsim("run", "croydon-static", "-n", "60", "--set", "recogniser.threshold=0.60", "-o", str(folder), "--csv")
    assert done.returncode == 0, done.stderr
    return folder


def test_help_imports_nothing_heavy() -> None:
    """`lfrsim --help` must start at once, so building the commands loads none of the scientific libraries."""
    heavy = ("numpy", "scipy", "pandas", "matplotlib", "simpy", "pydantic", "ruamel")
    code = f"import simulator.cli.app, sys; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_command_has_help_with_an_example() -> None:
    for command in ("run", "story", "describe", "validate", "schema", "new"):
        done = lfrsim(command, "--help")
        assert done.returncode == 0
        assert f"Example: lfrsim {command}" in done.stdout


def test_json_goes_to_stdout_alone_and_is_complete() -> None:
    done = lfrsim("run", "croydon-static", "-n", "20", "--json")
    assert done.returncode == 0, done.stderr
    summary = json.loads(done.stdout)
    assert summary["schema"] == "lfrsim-summary/1"
    measures = summary["measures"]
    ends = summary["alerts_by_truth_and_outcome"]
    assert sum(sum(row.values()) for row in ends.values()) == pytest.approx(measures["alerts"]["mean"])
    assert "Next, to keep every alert" in done.stderr


def test_summary_names_denominators_and_both_uncertainties() -> None:
    done = lfrsim("run", "croydon-static", "-n", "20")
    assert done.returncode == 0
    said = " ".join(done.stdout.split())
    for words in ("per face counted", "per alert", "per stop", "per arrest", "per camera hour", "per deployment"):
        assert words in said
    assert "by chance" in said
    assert "not known about the inputs" in said
    assert "calibrated to" in said
    assert "validated by" not in said
    assert " 0 %" not in said
    assert "\x1b[" not in done.stdout


def test_output_folder_has_every_promised_file(run_folder: Path) -> None:
    names = {path.name for path in run_folder.iterdir()}
    figures = {path.name for path in run_folder.iterdir() if path.suffix in (".png", ".svg")}
    assert {"alerts.parquet", "alerts.csv", "replications.parquet", "replications.csv"} <= names
    assert {"summary.json", "scenario.json", "provenance.json"} <= names
    assert len(figures) == 8


def test_tables_agree_with_each_other_and_with_the_summary(run_folder: Path) -> None:
    """Counts made from the alert rows equal the replication rows and the summary's means."""
    alerts = pd.read_parquet(run_folder / "alerts.parquet")
    replications = pd.read_parquet(run_folder / "replications.parquet")
    summary = json.loads((run_folder / "summary.json").read_text())
    assert len(replications) == 120
    chance = alerts[alerts["inputs"] == "chance"]
    rows = replications[replications["inputs"] == "chance"].set_index("replication")
    per = chance.groupby("replication").size().reindex(rows.index, fill_value=0)
    assert (per == rows["alerts"]).all()
    wrongful = chance[chance["stop_s"].notna() & ~chance["bystander"] & chance["truth"].str.startswith("false")]
    assert len(wrongful) == rows["wrongful_stops"].sum()
    assert rows["wrongful_stops"].mean() == pytest.approx(summary["measures"]["wrongful_stops"]["mean"])
    csv = pd.read_csv(run_folder / "alerts.csv")
    assert len(csv) == len(alerts)


def test_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    """Everything but provenance.json is the same to the byte, and another seed is not."""
    for name, seed in (("a", "5"), ("b", "5"), ("c", "6")):
        assert lfrsim("run", "croydon-static", "-n", "10", "--seed", seed, "-o", str(tmp_path / name)).returncode == 0
    a, b, c = (
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir() if path.name not in ODD_FILES}
        for name in ("a", "b", "c")
    )
    assert a == b
    assert a["alerts.parquet"] != c["alerts.parquet"]


def test_fewer_replications_are_the_first_of_more(tmp_path: Path) -> None:
    """-n 30 equals the first 30 of -n 70, although blocks hold 50."""
    tables = []
    for n in ("30", "70"):
        assert lfrsim("run", "croydon-static", "-n", n, "-o", str(tmp_path / n)).returncode == 0
        table = pd.read_parquet(tmp_path / n / "replications.parquet")
        tables.append(table[table["replication"] < 30].reset_index(drop=True))
    pd.testing.assert_frame_equal(*tables)


@pytest.mark.parametrize("which", ["false", "wrongful", "true", "arrested", "3.0"])
def test_story_tells_one_alert_to_its_end(run_folder: Path, which: str) -> None:
    done = lfrsim("story", str(run_folder), which)
    assert done.returncode == 0, done.stderr
    assert "The system alerts" in done.stdout
    assert "Recorded by the force as" in done.stdout
    assert ("a wrongful stop" in done.stdout) == (which == "wrongful") or which in ("false", "3.0")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["story", "{run}", "9.9999"], "replication 9 has alerts 0 to"),
        (["story", "{run}", "9999.0"], "replication 9999 has no alerts"),
        (["story", "{run}", "nonsense"], "must be REPLICATION.ALERT"),
        (["story", "{run}", "-1.0"], "No such option"),
        (["story", "nowhere", "1.0"], "there is no such folder"),
        (["story", ".", "1.0"], "it has no alerts.parquet"),
        (["run", "croydon-static", "-o", " "], "must name a folder"),
        (["run", "croydon-statik"], "croydon-static"),
        (["run", "croydon-static", "--set", "recogniser.treshold=0.6"], "threshold"),
        (["run", "croydon-static", "--set", "recogniser.threshold=6.4"], "must be between 0 and 1 (got 6.4)"),
        (["run", "croydon-static", "-n", "0"], "must be between 1 and 1,000,000 (got 0)"),
        (["run", "croydon-static", "--seed", "-1"], "must be between 0 and 9,223,372,036,854,775,808 (got -1)"),
        (["run", "croydon-static", "--csv"], "needs -o DIR"),
        (["new", "Bad Name"], "small letters, digits and hyphens"),
    ],
)
def test_mistakes_get_one_message_and_no_traceback(run_folder: Path, args: list[str], said: str) -> None:
    done = lfrsim(*(part.format(run=run_folder) for part in args))
    assert done.returncode in (2, 3)
    assert said in " ".join(done.stderr.replace("│", " ").split())
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_damaged_run_folder_is_told_from_a_good_one(run_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "alerts.parquet").write_bytes(b"PAR1 not really")
    (tmp_path / "scenario.json").write_text((run_folder / "scenario.json").read_text())
    done = lfrsim("story", str(tmp_path), "false")
    assert done.returncode == 3
    assert "cannot be read" in done.stderr
    assert "Traceback" not in done.stderr


def test_output_that_cannot_be_written_is_refused_before_the_run(tmp_path: Path) -> None:
    """A file in the way or a folder below a file: one message, exit code 3, nothing half-written."""
    (tmp_path / "taken").write_text("a file")
    for target in ("taken", "taken/below"):
        done = lfrsim("run", "croydon-static", "-n", "5", "-o", str(tmp_path / target))
        assert done.returncode == 3
        assert f"-o {tmp_path / target}" in done.stderr
        assert "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_new_scenario_validates_runs_and_is_never_overwritten(tmp_path: Path) -> None:
    assert lfrsim("new", "my-town", cwd=tmp_path).returncode == 0
    assert lfrsim("validate", "my-town.yaml", cwd=tmp_path).stdout == "my-town.yaml: valid\n"
    assert lfrsim("run", "my-town.yaml", "-n", "5", cwd=tmp_path).returncode == 0
    again = lfrsim("new", "my-town", cwd=tmp_path)
    assert again.returncode == 3
    assert "exists" in again.stderr


def test_validate_reports_every_file_and_fails_if_one_is_bad(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("name: 3\n")
    done = lfrsim("validate", "croydon-static", str(bad), "croydon-van")
    assert done.returncode == 3
    assert done.stdout == "croydon-static: valid\ncroydon-van: valid\n"
    assert str(bad) in done.stderr


def test_describe_names_inputs_outside_calibrated_support() -> None:
    inside = lfrsim("describe", "croydon-static")
    assert inside.returncode == 0
    assert "Caution" not in inside.stdout
    outside = lfrsim("describe", "croydon-static", "--set", "recogniser.threshold=0.5", "--set", "watchlist.size=50000")
    said = " ".join(outside.stdout.split())
    assert "recogniser.threshold 0.5 is outside calibrated support" in said
    assert "watchlist.size 50,000 is outside calibrated support" in said
    assert "quote both" in said


def test_schema_and_scenarios_are_printed() -> None:
    assert json.loads(lfrsim("schema").stdout)["type"] == "object"
    listed = lfrsim("scenarios").stdout
    assert all(name in listed for name in ("croydon-static", "croydon-van", "what-if-groups"))


def test_a_reader_that_goes_away_is_no_error() -> None:
    """`lfrsim describe ... | head -1` ends quietly."""
    command = f"{sys.executable} -m simulator.cli describe croydon-static | head -1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    assert "Error" not in done.stderr


def test_extreme_scenarios_run_and_speak_plainly() -> None:
    """No officers, no listed people, no false alerts at all, everything certain: all are answers, not errors."""
    for changes in (
        ["officers.operators=0", "officers.teams=0", "officers.checkers=0", "officers.vans=0"],
        ["watchlist.true_alerts_per_1000_passages=0"],
        ["recogniser.threshold=1"],
        ["procedure.bystander=1", "procedure.not_found=0"],
        ["street.passages_per_hour=0"],
    ):
        sets = [part for change in changes for part in ("--set", change)]
        done = lfrsim("run", "croydon-static", "-n", "10", *sets)
        assert done.returncode == 0, (changes, done.stderr)
        assert "nan" not in done.stdout.lower().split()
        assert " 0 %" not in done.stdout


def test_quiet_campaigns_can_be_kept(tmp_path: Path) -> None:
    """A first block without any alert writes the same kinds of columns as a block with alerts."""
    quiet = ["--set", "watchlist.true_alerts_per_1000_passages=0.0001", "--set", "recogniser.threshold=0.66"]
    for seed in ("1", "2"):
        done = lfrsim("run", "croydon-static", "-n", "2", "--seed", seed, "-o", str(tmp_path / seed), *quiet)
        assert done.returncode == 0, done.stderr
        assert list(pd.read_parquet(tmp_path / seed / "alerts.parquet").columns[:2]) == ["inputs", "replication"]


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    """Only an empty folder or one of an earlier run is written to."""
    (tmp_path / "summary.json").write_text("mine")
    done = lfrsim("run", "croydon-static", "-n", "2", "-o", str(tmp_path))
    assert done.returncode == 3
    assert "not of a run of lfrsim" in done.stderr
    assert (tmp_path / "summary.json").read_text() == "mine"


def test_a_second_run_leaves_nothing_of_the_first(tmp_path: Path) -> None:
    """An old alerts.csv beside a new alerts.parquet would pass for a result of the new run."""
    folder = tmp_path / "run"
    assert lfrsim("run", "croydon-static", "-n", "2", "-o", str(folder), "--csv").returncode == 0
    assert lfrsim("run", "croydon-static", "-n", "2", "-o", str(folder)).returncode == 0
    assert not list(folder.glob("*.csv"))


def test_a_run_can_be_repeated_from_its_own_scenario(run_folder: Path) -> None:
    """scenario.json is a scenario file: the same seed gives the same alerts."""
    first = lfrsim("run", str(run_folder / "scenario.json"), "-n", "5", "--json")
    again = lfrsim("run", "croydon-static", "--set", "recogniser.threshold=0.60", "-n", "5", "--json")
    assert first.returncode == 0, first.stderr
    assert json.loads(first.stdout)["measures"] == json.loads(again.stdout)["measures"]


@pytest.mark.parametrize("width", ["60", "80", "100", "200"])
def test_numbers_are_never_broken_over_two_lines(width: str) -> None:
    """Whatever the terminal's width, every number of the faces row stands whole in its line."""
    done = lfrsim("run", "croydon-static", "-n", "20", env={"COLUMNS": width})
    row = next(line for line in done.stdout.splitlines() if line.startswith(" faces counted"))
    numbers = row.replace("–", " ").split()[2:]
    assert len(numbers) >= 1
    assert all(number.replace(",", "").isdigit() for number in numbers), row


def test_without_operators_nobody_is_expected_to_be_stopped() -> None:
    """What cannot happen is not given the closed form of what could."""
    done = lfrsim("run", "croydon-static", "-n", "10", "--set", "officers.operators=0")
    assert "with these inputs none can happen" in " ".join(done.stdout.split())


def test_next_command_repeats_the_options_and_can_be_pasted() -> None:
    done = lfrsim("run", "croydon-static", "-n", "5", "--set", "recogniser.threshold=0.6")
    assert "lfrsim run croydon-static -n 5 --set recogniser.threshold=0.6 -o results/croydon-static\n" in done.stderr


def test_an_interrupted_run_says_so_and_leaves_nothing(tmp_path: Path) -> None:
    """Ctrl-C and a request to end: exit code 130, one line, no hidden folder."""
    import signal
    import time

    for sign in (signal.SIGINT, signal.SIGTERM):
        command = [
            sys.executable,
            "-m",
            "simulator.cli",
            "run",
            "croydon-static",
            "-n",
            "5000",
            "-o",
            str(tmp_path / "x"),
        ]
        running = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        deadline = time.monotonic() + 60
        while not list(tmp_path.iterdir()) and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(0.5)
        running.send_signal(sign)
        _, said = running.communicate(timeout=60)
        assert running.returncode == 130
        assert said == "interrupted; nothing was written\n"
        assert list(tmp_path.iterdir()) == []
