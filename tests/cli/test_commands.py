"""The command line as a user meets it: what goes to stdout and stderr, exit codes, files written or not."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from typed import in_own_process, lfrsim
from typer.testing import CliRunner, Result

from simulator.cli.app import app

ODD_FILES = ("provenance.json",)


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
    for command in ("run", "story", "describe", "validate", "schema", "new", "compare"):
        done = lfrsim(command, "--help")
        assert done.returncode == 0
        assert f"Example: lfrsim {command}" in done.stdout


def test_json_goes_to_stdout_alone_and_is_complete() -> None:
    done = in_own_process("run", "croydon-static", "-n", "20", "--json")
    assert done.returncode == 0, done.stderr
    summary = json.loads(done.stdout)
    assert summary["schema"] == "lfrsim-summary/1"
    measures = summary["measures"]
    ends = summary["alerts_by_truth_and_outcome"]
    assert sum(sum(row.values()) for row in ends.values()) == pytest.approx(measures["alerts"]["mean"])
    assert "Next, to keep all of it" in done.stderr


def test_summary_names_denominators_and_both_uncertainties() -> None:
    done = lfrsim("run", "croydon-static", "-n", "20", "--details")
    assert done.returncode == 0
    said = " ".join(done.stdout.split())
    for words in ("face counted", "alert", "stop", "arrest", "camera hour", "deployment"):
        assert f" {words} 1 in " in said
        assert f"per {words}" in said
    assert "by chance" in said
    assert "With unknown inputs, which is what to expect" in said
    assert "calibrated to" in said
    assert "validated by" not in said
    assert " 0 %" not in said
    assert "\x1b[" not in done.stdout


def test_output_folder_has_every_promised_file(run_folder: Path) -> None:
    names = {path.name for path in run_folder.iterdir()}
    figures = {path.name for path in run_folder.iterdir() if path.suffix in (".png", ".svg")}
    assert {"alerts.parquet", "alerts.csv", "replications.parquet", "replications.csv"} <= names
    assert {"summary.json", "scenario.json", "provenance.json"} <= names
    assert len(figures) == 10


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


def test_fewer_replications_are_the_first_of_more(tmp_path: Path, without_figures: None) -> None:
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
    assert "Recorded by the force as" in " ".join(done.stdout.split())
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
        (["run", "croydon-static", "-n", "0"], "must be between 1 and 125,000 (got 0)"),
        (["run", "croydon-static", "--seed", "-1"], "must be between 0 and 9,223,372,036,854,775,808 (got -1)"),
        (["run", "croydon-static", "--csv"], "needs -o DIR"),
        (["run", "croydon-static", "-n", "1.5"], 'must be a whole number, or auto (got "1.5")'),
        (["run", "croydon-static", "--at", "0.6"], 'must be THRESHOLD,SIZE, for example 0.62,16500 (got "0.6")'),
        (["run", "croydon-static", "--at", "6,100"], "--at: the threshold must be between 0 and 1 (got 6)"),
        (
            ["run", "croydon-static", "--at", "0.6,0"],
            "--at: the list must have a whole number of 1 to 1,000,000,000 entries (got 0)",
        ),
        (
            ["run", "croydon-static", "--at", "nan,5"],
            '--at: must be THRESHOLD,SIZE, for example 0.62,16500 (got "nan,5")',
        ),
        (
            ["run", "croydon-static", "--envelope", "0.65,20000"],
            "must reach down to threshold 0.64 and up to a list of 16,500, the scenario's own (got 0.65,20000)",
        ),
        (
            ["run", "croydon-static", "--at", "0.6,100", "--envelope", "0.62,20000"],
            "must reach down to threshold 0.6 and up to a list of 100, that of --at (got 0.62,20000)",
        ),
        (["run", "croydon-static", "--at", "0.1,16500"], "a single campaign would take up to"),
        (["run", "croydon-static", "--precision", "5%"], "--precision: goes with -n auto (got -n 1000)"),
        (["run", "croydon-static", "-n", "9", "--measure", "stops"], "--measure: goes with -n auto (got -n 9)"),
        (["run", "croydon-static", "--most", "500"], "--most: goes with -n auto (got -n 1000)"),
        (
            ["run", "croydon-static", "-n", "auto", "--precision", "50%"],
            'must be from 0.1% to 20%, for example 5% (got "50%")',
        ),
        (["run", "croydon-static", "-n", "auto", "--precision", "much"], 'for example 5% (got "much")'),
        (["run", "croydon-static", "-n", "auto", "--most", "9"], "--most: must be between 200 and 125,000 (got 9)"),
        (
            ["run", "croydon-static", "-n", "auto", "--measure", "stop"],
            'no measure is called "stop"; did you mean "stops"?',
        ),
        (["new", "Bad Name"], "small letters, digits and hyphens"),
    ],
)
def test_mistakes_get_one_message_and_no_traceback(run_folder: Path, args: list[str], said: str) -> None:
    done = lfrsim(*(part.format(run=run_folder) for part in args))
    assert done.returncode in (2, 3)
    assert said in " ".join(done.stderr.replace("│", " ").split())
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_mistake_is_told_by_a_process_of_its_own_as_well() -> None:
    words = ("run", "croydon-static", "--set", "recogniser.threshold=6.4")
    done, here = in_own_process(*words), lfrsim(*words)

    assert (done.returncode, done.stdout, done.stderr) == (here.returncode, here.stdout, here.stderr)


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
    inside = lfrsim("describe", "croydon-static", "--details")
    assert inside.returncode == 0
    assert "Caution" not in inside.stdout
    outside = lfrsim(
        "describe", "croydon-static", "--set", "recogniser.threshold=0.5", "--set", "watchlist.size=50000", "--details"
    )
    said = " ".join(outside.stdout.split())
    assert "recogniser.threshold 0.5 is outside calibrated support" in said
    assert "watchlist.size 50,000 is outside calibrated support" in said
    assert "quote both" in said


def test_schema_and_scenarios_are_printed() -> None:
    assert json.loads(lfrsim("schema").stdout)["type"] == "object"
    listed = lfrsim("scenarios").stdout
    assert all(name in listed for name in ("croydon-static", "croydon-van", "what-if-groups"))


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


def test_quiet_campaigns_can_be_kept(tmp_path: Path, without_figures: None) -> None:
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
    assert "not of lfrsim run" in done.stderr
    assert (tmp_path / "summary.json").read_text() == "mine"


def test_a_second_run_leaves_nothing_of_the_first(tmp_path: Path, without_figures: None) -> None:
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


def test_without_operators_nobody_is_expected_to_be_stopped() -> None:
    """What cannot happen is not given the closed form of what could."""
    done = lfrsim("run", "croydon-static", "-n", "10", "--set", "officers.operators=0")
    assert "never stopped: with these inputs that cannot happen" in " ".join(done.stdout.split())


def test_next_command_repeats_the_options_and_can_be_pasted() -> None:
    done = lfrsim("run", "croydon-static", "-n", "5", "--set", "recogniser.threshold=0.6")
    assert "lfrsim run croydon-static -n 5 --set recogniser.threshold=0.6 -o results/croydon-static\n" in done.stderr


# Cells, engines and how many campaigns


def here(*args: str) -> Result:
    """Run the command in this process, which need not load the libraries again."""
    return CliRunner().invoke(app, list(args))


@pytest.fixture
def without_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Figures take most of the time of a short run that is kept, and are drawn from the study alone."""
    monkeypatch.setattr("simulator.report.figures.draw_run", lambda *_: [])


def kept(folder: Path) -> dict[str, bytes]:
    """Everything in *folder* that must repeat byte for byte."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name not in ODD_FILES}


SHORT = ("--set", "campaign.deployments=[{date: 2026-01-01, hours: 4}]")


def test_engines_write_the_same_files_and_only_the_provenance_says_which(tmp_path: Path) -> None:
    for engine in ("kernel", "process"):
        done = here("run", "croydon-static", *SHORT, "-n", "60", "--engine", engine, "-o", str(tmp_path / engine))
        assert done.exit_code == 0, done.stderr
    made = {name: json.loads((tmp_path / name / "provenance.json").read_text()) for name in ("kernel", "process")}
    assert kept(tmp_path / "kernel") == kept(tmp_path / "process")
    assert [made[name]["parameters"]["engine"] for name in made] == ["kernel", "process"]


def test_a_cell_of_a_run_is_that_cell_of_a_sweep_to_the_last_digit() -> None:
    """Every measure of every campaign, in several cells and blocks; and another envelope is another draw."""
    from simulator.evidence.run.study import CHANCE, run_study
    from simulator.evidence.sweep.surface import compute
    from simulator.experiment.axes import axes_of
    from simulator.experiment.replications import Cell
    from simulator.experiment.sweep import plan_sweep
    from simulator.scenario import load_scenario

    axes = axes_of(["recogniser.threshold=0.60,0.62,0.66", "watchlist.size=8000,20000"])
    sweep = plan_sweep("croydon-static", [], axes, 3, 70, crowding_out=True)
    parts = [compute(job) for job in sweep.jobs("kernel")]
    scenario = load_scenario("croydon-static")
    for number in (0, 3, 4):
        cell = sweep.cells[number]
        study = run_study(scenario, 70, 3, cell=cell, envelope=sweep.envelope)
        assert (study.cell, study.envelope) == (cell, sweep.envelope)
        for measure, values in study.passes[CHANCE].items():
            swept = [part[measure][part["cell"] == number] for part in parts]
            assert values.tolist() == [x for part in swept for x in part.tolist()], measure
    alone = run_study(scenario, 70, 3, cell=Cell(0.66, 8000.0))
    whole = run_study(scenario, 70, 3, cell=Cell(0.66, 8000.0), envelope=sweep.envelope)
    assert (alone.envelope.threshold, alone.envelope.size) == (0.64, 16500.0)
    assert alone.passes[CHANCE]["alerts"].tolist() != whole.passes[CHANCE]["alerts"].tolist()
    with pytest.raises(ValueError, match="outside the envelope"):
        run_study(scenario, 5, 3, cell=Cell(0.59, 8000.0), envelope=sweep.envelope)


def test_a_cell_inside_has_the_people_of_the_run_without_it(tmp_path: Path, without_figures: None) -> None:
    """--at a higher threshold: every alert is one of the plain run or of a passage that was void there."""
    options = ("-n", "50", "--set", "procedure.not_found=1")
    assert here("run", "croydon-static", *options, "-o", str(tmp_path / "own")).exit_code == 0
    done = here("run", "croydon-static", *options, "--at", "0.66,12000", "-o", str(tmp_path / "at"), "--details")
    assert "The same people come past as in a run without --at." in done.stdout
    rows = [
        {
            tuple(row)
            for row in pd.read_parquet(tmp_path / name / "alerts.parquet")[
                ["inputs", "replication", "deployment", "time_s"]
            ].itertuples(index=False)
        }
        for name in ("own", "at")
    ]
    assert 0 < len(rows[1]) < len(rows[0])
    assert rows[1] <= rows[0]


def test_a_run_of_another_cell_says_so_in_every_file(tmp_path: Path, without_figures: None) -> None:
    import pyarrow.parquet as pq

    folder = tmp_path / "cell"
    done = here(
        "run",
        "croydon-static",
        "-n",
        "50",
        "--at",
        "0.60,12000",
        "--envelope",
        "0.58,20000",
        "-o",
        str(folder),
        "--details",
    )
    assert done.exit_code == 0, done.stderr
    said = " ".join(done.stdout.split())
    assert "threshold 0.6, list of 12,000" in said
    assert "its own threshold is 0.64, its own list 16,500" in said
    assert "with --envelope 0.58,20000" in said
    # what must be said of a threshold is said of the one that was taken
    assert "Below 0.64 the two presets disagree" in said
    about = json.loads((folder / "summary.json").read_text())
    assert about["scenario"]["threshold"] == 0.6
    assert about["scenario"]["own_list_size"] == 16500
    assert about["run"]["envelope"] == {"threshold": 0.58, "size": 20000}
    made = json.loads((folder / "provenance.json").read_text())["parameters"]
    assert (made["cell"], made["envelope"]) == ("0.6,12000", "0.58,20000")
    for name in ("alerts", "replications"):
        metadata = pq.read_schema(folder / f"{name}.parquet").metadata
        assert (metadata[b"cell"], metadata[b"envelope"]) == (b"0.6,12000", b"0.58,20000")
    assert "at or above 0.6." in " ".join(here("story", str(folder), "false").stdout.split())
    assert "own_threshold" not in json.loads(here("run", "croydon-static", "-n", "5", "--json").stdout)["scenario"]


def test_auto_is_the_run_with_the_number_it_ends_with(tmp_path: Path, without_figures: None) -> None:
    options = (*SHORT, "--set", "recogniser.threshold=0.60")
    auto = ("-n", "auto", "--precision", "20%", "--measure", "false_alerts", "-o", str(tmp_path / "auto"))
    done = here("run", "croydon-static", *options, *auto)
    assert done.exit_code == 0, done.stderr
    told = done.stderr.splitlines()[0]
    number = told.removeprefix("-n auto: ").partition(" campaigns")[0].replace(",", "")
    assert f"-n {number} gives the same" in told
    assert here("run", "croydon-static", *options, "-n", number, "-o", str(tmp_path / "n")).exit_code == 0
    assert kept(tmp_path / "auto") == kept(tmp_path / "n")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (
            ["--measure", "bystander_stops"],
            "200 campaigns. Stops of a bystander: none, because procedure.bystander is 0",
        ),
        (
            ["--precision", "1%", "--most", "300"],
            "300 campaigns, the most allowed (--most). At 95 %, the average of wrongful",
        ),
        (
            ["--measure", "crowded_out", "--most", "200"],
            "none in any of them, so nothing is known to a share; nothing says",
        ),
    ],
)
def test_auto_says_where_it_cannot_reach_the_precision(args: list[str], said: str) -> None:
    done = here("run", "croydon-static", "-n", "auto", "--json", *args)
    assert done.exit_code == 0
    assert said in done.stderr
    assert json.loads(done.stdout)["run"]["replications"] in (200, 300)


def test_without_numba_the_kernel_is_refused_and_auto_says_what_it_does_instead(tmp_path: Path) -> None:
    (tmp_path / "numba.py").write_text("raise ImportError('not here')\n")
    env = {"PYTHONPATH": str(tmp_path)}
    refused = in_own_process("run", "croydon-static", *SHORT, "-n", "5", "--engine", "kernel", env=env)
    assert (refused.returncode, refused.stdout) == (3, "")
    assert refused.stderr.startswith("--engine kernel: needs numba")
    done = in_own_process("run", "croydon-static", *SHORT, "-n", "5", "--json", env=env)
    assert done.returncode == 0
    assert "resolving with SimPy" in done.stderr
    assert done.stdout == lfrsim("run", "croydon-static", *SHORT, "-n", "5", "--json").stdout
