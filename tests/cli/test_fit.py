"""``fit`` as a user types it: what is said, what is written, what is refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from fit_records import simulated_text
from typer.testing import CliRunner, Result

from simulator.cli import fit
from simulator.evidence.fit import share_recorded as left
from simulator.scenario import ScenarioError, load_scenario

app = typer.Typer()
app.callback()(lambda: None)
fit.add_to(app)
TEXT = simulated_text(120)


@pytest.fixture(scope="module", autouse=True)
def few_campaigns() -> Iterator[None]:
    """Simulate the share that is recorded from fewer campaigns than a user gets."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(left, "CAMPAIGNS", 300)
        yield


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "r.csv"
    path.write_text(TEXT, "utf-8")
    return path


def told(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["fit", *arguments])


def flat(text: str) -> str:
    return " ".join(text.split())


def test_the_page_goes_to_stdout_and_the_next_command_to_stderr(record: Path) -> None:
    done = told("r.csv", "--scenario", "croydon-van")

    assert done.exit_code == 0
    assert done.stdout.startswith("r.csv ")
    assert "120 deployments, 2024-01-01 to 2024-04-29" in done.stdout
    assert "Next, to have a scenario with these inputs" in done.stderr


def test_json_alone_goes_to_stdout(record: Path) -> None:
    done = told("r.csv", "--scenario", "croydon-van", "--exposure", "faces", "--until", "29/02/2024", "--json")
    found = json.loads(done.stdout)

    assert found["question"]["exposure"] == "faces"
    assert found["record"]["last"] == "2024-02-29"
    assert found["false_alerts"]["slope_learnt"] is False
    assert "one threshold only (0.6)" in found["cannot_say"][0]
    assert done.stderr == ""


def test_a_scenario_is_written_and_never_over_another(record: Path) -> None:
    done = told("r.csv", "--scenario", "croydon-static", "-o", "fitted.yaml")

    assert done.exit_code == 0
    assert "Written fitted.yaml, fitted.draws.csv" in done.stderr
    assert "lfrsim describe fitted.yaml" in done.stderr
    assert load_scenario("fitted.yaml").name == "fitted"
    again = told("r.csv", "--scenario", "croydon-static", "-o", "fitted.yaml")
    assert "fitted.yaml exists and is not overwritten" in str(again.exception)


def test_the_records_own_campaign_is_written_beside_it(record: Path) -> None:
    done = told("r.csv", "--scenario", "croydon-static", "-o", "fitted.yaml", "--table", "days.csv")

    assert "Written fitted.yaml, fitted.draws.csv, days.csv\n" in done.stderr
    assert len(load_scenario("fitted.yaml").campaign.days) == 120


def test_the_same_command_writes_the_same_bytes(record: Path) -> None:
    for name in ("a", "b"):
        (record.parent / name).mkdir()
        assert told("r.csv", "--scenario", "croydon-van", "-o", f"{name}/fitted.yaml").exit_code == 0
    for file in ("fitted.yaml", "fitted.draws.csv"):
        assert (record.parent / "a" / file).read_bytes() == (record.parent / "b" / file).read_bytes()


def test_bad_rows_stop_it_unless_they_may_be_skipped(record: Path) -> None:
    record.write_text(TEXT + "2024-05-01,Ilford,5,15000,0.64,9000,3,8,0,0,0,4,1,3\n", "utf-8")
    done = told("r.csv", "--scenario", "croydon-van")
    assert isinstance(done.exception, ScenarioError)
    assert str(done.exception).splitlines() == [
        "r.csv:122: true_alerts: must not be above alerts (got 8 of 3 alerts)",
        "1 row has a mistake, of 121; correct it, or leave such rows out with --skip-bad",
    ]

    found = json.loads(told("r.csv", "--scenario", "croydon-van", "--skip-bad", "--json").stdout)
    assert found["record"]["skipped_lines"] == [122]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--exposure", "hour"), 'must be one of hours, faces, true-alerts (got "hour"); did you mean "hours"?'),
        (("--slope-prior", "none"), 'must be one of flat, scenario (got "none")'),
        (("--from", "soon"), 'must be a date, as in 2024-12-31 or 31/12/2024 (got "soon")'),
        (
            ("--from", "2024-03-01", "--until", "2024-02-01"),
            "must not be after --until (got 2024-03-01 and 2024-02-01)",
        ),
        (("--place", " "), "must name a place (got nothing)"),
        (("--force", ""), "must name a force (got nothing)"),
        (("--prior", "none"), 'must be one of scenario, fresh (got "none")'),
        (("--prior-weight", "2"), "must be from 0 (the record alone) to 1 (all of it) (got 2)"),
        (("--table", "days.csv"), "goes with -o FITTED.yaml, the scenario whose campaign it is"),
    ],
)
def test_wrong_options_are_told(record: Path, arguments: tuple[str, ...], message: str) -> None:
    done = told("r.csv", "--scenario", "croydon-van", *arguments)

    assert done.exit_code == 2
    assert message in flat(done.stderr.replace("│", " "))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("none.csv", "--scenario", "croydon-van"), "none.csv: no such file"),
        (("r.csv", "--scenario", "croydon-vans"), 'did you mean "croydon-van"?'),
        (
            ("r.csv", "--scenario", "croydon-van", "--from", "2030-01-01"),
            "r.csv: has no deployment in the days asked for",
        ),
        (
            ("r.csv", "--scenario", "croydon-van", "--place", "Leeds"),
            'r.csv: --place: no deployment is at a place with "Leeds"',
        ),
        (("r.csv", "--scenario", "croydon-van", "-o", "x.json"), "-o x.json: must end in .yaml"),
    ],
)
def test_what_cannot_be_done_is_told_before_anything_is_written(
    record: Path, arguments: tuple[str, ...], message: str
) -> None:
    done = told(*arguments)

    assert message in str(done.exception)
    assert [path.name for path in record.parent.iterdir()] == ["r.csv"]
