"""``lfrsim check`` as a user meets it: what it says, what it writes, exit codes, and how it answers mistakes."""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import typer
from forecast_records import simulated_records, written

from simulator.cli import app as app_module
from simulator.cli import check as command
from simulator.cli import main
from simulator.evidence.check import rolling
from simulator.evidence.check.dated_scored import ForecastScored
from simulator.evidence.check.found import CheckFound
from simulator.evidence.check.question import Split
from simulator.evidence.kept import read

FEW = ("-n", "100")


def lfrsim(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str, str]:
    """Run the command here: exit code, what went to stdout and to stderr on one line each."""
    app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)
    command.add_to(app)
    app.command("other")(lambda: None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(app_module, "app", app)
        patch.setattr(rolling, "CANDIDATES", ((), ("sites",)))
        patch.setattr(sys, "argv", ["lfrsim", "check", "--details", *args])
        patch.setenv("OPENBLAS_NUM_THREADS", "1")
        patch.delenv("COLUMNS", raising=False)
        code = 0
        try:
            main()
        except SystemExit as ended:
            code = int(ended.code or 0)
    said = capsys.readouterr()
    return code, " ".join(said.out.split()), " ".join(said.err.split())


def test_a_scenario_is_checked_against_a_record(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, said, next_ = lfrsim(capsys, "croydon-van", written(tmp_path, simulated_records(60)), *FEW)

    assert code == 0
    assert "FORECAST, BESIDE THE RECORD" in said
    assert "Forecasts of recorded deployments beside the record" in said
    assert "--train-until DATE" in next_
    assert "-o results/croydon-van-check" in next_


def test_training_puts_model_and_baseline_beside_it(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = tmp_path / "out"
    args = (written(tmp_path, simulated_records(60)), "--train-until", "2024-11-30", "--json", "-o", str(folder), *FEW)
    code, said, err = lfrsim(capsys, "croydon-van", *args)
    found = read(folder / "check.json")

    assert code == 0
    assert isinstance(found, CheckFound)
    assert list(found.forecasters) == ["scenario", "model", "baseline"]
    assert found.split == Split(train_until=dt.date(2024, 11, 30))
    assert json.loads(said) == found.to_data()
    assert len(pd.read_csv(folder / "forecasts.csv")) == 9 * found.tested.rows
    assert "forecasts.csv, forecasts.png, forecasts.svg, pit.png, pit.svg, predictive-checks.png" in err


def test_the_same_seed_gives_the_same_bytes(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = written(tmp_path, simulated_records(20))
    first, again, other = (
        lfrsim(capsys, "croydon-van", path, "--json", "--seed", seed, *FEW)[1] for seed in ("1", "1", "2")
    )

    assert first == again != other


def test_overrides_reach_the_scenario(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Twice the footfall, twice the alerts forecast; the record stays."""
    path = written(tmp_path, simulated_records(20))

    def alerts(*more: str) -> Any:
        return json.loads(lfrsim(capsys, "croydon-van", path, "--json", *FEW, *more)[1])["forecasters"]["scenario"][
            "alerts"
        ]["total"]

    usual, double = alerts(), alerts("--set", "street.passages_per_hour=4500")
    assert double["mean"] == pytest.approx(2 * usual["mean"], rel=0.15)
    assert double["observed"] == usual["observed"]


def test_a_requirement_that_does_not_hold_ends_with_4(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """The Croydon scenario with ten times the footfall against a record of a tenth of that; without --require it is 0."""
    args = ("croydon-van", written(tmp_path, simulated_records(30)), "--set", "street.passages_per_hour=25000", *FEW)
    code, said, err = lfrsim(capsys, *args, "--require", "scenario")

    assert code == 4
    assert "It DOES NOT HOLD" in said
    assert "--require scenario: does not hold: alerts: 90 % intervals held" in err
    assert lfrsim(capsys, *args)[0] == 0


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (("--train-until", "yesterday"), 2, 'must be a date, as in 2024-12-31 or 31/12/2024 (got "yesterday")'),
        (("--train-from", "2024-01-01"), 2, "goes with --train-until DATE"),
        (("--train-until", "2024-01-01", "--train-from", "2024-02-01"), 2, "must not be after --train-until"),
        (("--require", "model"), 2, "model is trained only with --train-until DATE"),
        (("-n", "10"), 2, "must be between 100 and 20,000 (got 10)"),
        (("--train-until", "2030-01-01"), 3, "so nothing can be tested: rows with hours run from 2023-01"),
        (("--train-until", "2020-01-01"), 3, "to train on: rows with hours run from 2023-01"),
        (("-o", "/dev/null"), 3, "must be a folder, but it is a file"),
    ],
)
def test_mistakes_are_answered_in_words(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, args: tuple[str, ...], code: int, words: str
) -> None:
    ended, said, err = lfrsim(capsys, "croydon-van", written(tmp_path, simulated_records(60)), *args)

    assert ended == code
    assert words in err.replace("│ ", "").replace(" │", "")
    assert said == ""


def test_records_without_hours_are_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, _, err = lfrsim(capsys, "croydon-van", written(tmp_path, simulated_records(20), ("hours",)), *FEW)

    assert code == 3
    assert "hours: no row gives the length of its deployment" in err


def test_hours_and_lists_that_are_assumed_are_said(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = written(tmp_path, simulated_records(20), drop=("hours", "watchlist_size"))
    code, said, _ = lfrsim(capsys, "croydon-van", path, "--assume-hours", "5.8:1.2", "--assume-list", "16000", *FEW)

    assert code == 0
    assert "Assumed: hours of 20 tested rows: 5.8, standard deviation 1.2; the record prints none." in said
    assert "Assumed: list of 20 tested rows: 16,000 people; the record prints none." in said


@pytest.mark.parametrize(
    ("option", "value", "answer"),
    [
        ("--assume-hours", "long", 'must be hours, or hours:spread, such as 5.8 or 5.8:1.2 (got "long")'),
        ("--assume-hours", "30", "mean must be from 0.01 to 24 hours (got 30)"),
        ("--assume-list", "0", "must be between 1 and 1,000,000,000 (got 0)"),
    ],
)
def test_what_cannot_be_assumed_is_refused(
    capsys: pytest.CaptureFixture[str], option: str, value: str, answer: str
) -> None:
    code, _, err = lfrsim(capsys, "croydon-van", "none.csv", option, value)

    assert code == 2
    assert f"Invalid value for {option}: {answer}" in err.replace("'", "")


def test_records_without_dates_are_refused_by_the_reader(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, _, err = lfrsim(capsys, "croydon-van", written(tmp_path, simulated_records(20), ("date",)), *FEW)

    assert code == 3
    assert "date" in err


def test_given_faces_needs_faces_and_says_what_it_is(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    frame = simulated_records(20)
    code, said, _ = lfrsim(capsys, "croydon-van", written(tmp_path, frame), "--given-faces", *FEW)

    assert code == 0
    assert "these are not forecasts" in said
    code, _, err = lfrsim(capsys, "croydon-van", written(tmp_path, frame, ("faces",)), "--given-faces", *FEW)
    assert code == 3
    assert "no row gives faces; leave --given-faces out" in err


def test_bad_rows_are_left_out_only_when_told(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    frame = simulated_records(20)
    frame.loc[3, "alerts"] = -1.0
    path = written(tmp_path, frame)
    code, _, err = lfrsim(capsys, "croydon-van", path, *FEW)

    assert code == 3
    assert "records.csv:5" in err
    code, said, _ = lfrsim(capsys, "croydon-van", path, "--skip-bad", *FEW)
    assert code == 0
    assert "Left out of 20 rows: 1 with mistakes (--skip-bad)." in said


def test_a_folder_with_other_files_is_left_alone(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("keep")
    code, _, err = lfrsim(capsys, "croydon-van", written(tmp_path, simulated_records(60)), "-o", str(tmp_path / "mine"))

    assert code == 3
    assert "holds files that are not of lfrsim check" in err


def test_scenario_and_records_the_wrong_way_round(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, _, err = lfrsim(capsys, written(tmp_path, simulated_records(60)), "croydon-van", *FEW)

    assert code == 3
    assert "is a file of records: the scenario comes first, then the records: lfrsim check croydon-van " in err


def test_two_files_of_records(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = written(tmp_path, simulated_records(60))

    assert f"lfrsim check SCENARIO {path}" in lfrsim(capsys, path, path, *FEW)[2]


def test_days_are_read_as_in_records() -> None:
    assert command._date("01/02/2026", "--train-until") == dt.date(2026, 2, 1)


FORECAST = Path(__file__).parents[2] / "results" / "forecasts" / "met-from-2025-07-12.json"


def test_the_shipped_forecast_is_scored_on_whatever_a_later_record_has(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Rows without hours, list and threshold, some of fixed cameras, one of before; and an option that does not go with it."""
    record = tmp_path / "later.csv"
    record.write_text(
        "date,place,kind,alerts,arrests,false alerts\n2025-07-11,Avon,,9,4,0\n2026-01-05,Avon,,9,4,0\n"
        '2026-01-06,Birch,van,7,2,1\n2026-12-07,"North End, Croydon",,14,7,0\n'
    )
    folder = tmp_path / "out"
    code, said, err = lfrsim(capsys, str(FORECAST), str(record), "--json", "-o", str(folder))
    found = read(folder / "score.json")

    assert code == 0
    assert isinstance(found, ForecastScored)
    assert json.loads(said) == found.to_data()
    assert (found.before, found.past, found.tested.rows, found.without_threshold) == (1, 2, 3, 3)
    assert {name: one.rows for name, one in found.forecasters["forecast"]["alerts"].skill.items()} == {
        "all": 3, "van": 2, "fixed": 1,
    }  # fmt: skip
    assert "forecasts.csv, provenance.json, score.json" in err
    refused = lfrsim(capsys, str(FORECAST), str(record), "--train-until", "2026-01-05")
    assert refused[0] == 2
    assert "--train-until" in refused[2]
    assert "does not go with a dated forecast" in refused[2]


def test_another_finding_is_no_forecast(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    summary = FORECAST.parents[1] / "reference" / "croydon-static.summary.json"
    code, _, err = lfrsim(capsys, str(summary), written(tmp_path, simulated_records(20)))

    assert code == 3
    assert "must be a dated forecast, lfrsim-forecast/1 (got lfrsim-summary/1)" in err
