"""A number that can be read in two ways is asked about at every door, and what can be read in one is taken at all of them."""

from __future__ import annotations

from pathlib import Path
from types import NoneType
from typing import Annotated, get_args, get_origin, get_type_hints

import pytest
from claims.claim_texts import FILE
from scenario_texts import MINIMAL, with_change
from typer.testing import CliRunner

from simulator.claim import load_claims
from simulator.cli.app import app
from simulator.scenario import ScenarioError, load_scenario
from simulator.scenario.json_rows import json_rows
from simulator.scenario.numbers import read_number, read_whole, two_readings

RUN = CliRunner()
RECORD = "date,hours,threshold,watchlist_size,faces,alerts,false_alerts\n2026-01-05,5,0.64,,4000,3,1\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own with a scenario and a record in it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "s.yaml").write_text(MINIMAL)
    (tmp_path / "r.csv").write_text(RECORD)
    return tmp_path


def told(*words: str) -> str:
    """What a refused command says."""
    said = RUN.invoke(app, words)
    assert said.exit_code != 0
    return " ".join(f"{said.stderr} {said.exception}".split())


DOORS = {
    "set": ["describe", "s.yaml", "--set", "street.passages_per_hour={}"],
    "set whole": ["describe", "s.yaml", "--set", "watchlist.size={}"],
    "set staff": ["describe", "s.yaml", "--set", "officers.teams={}"],
    "new footfall": ["new", "town", "--footfall", "{}"],
    "new list": ["new", "town", "--list", "{}"],
    "new officers": ["new", "town", "--officers", "{}"],
    "compare": ["compare", "s.yaml", "s.yaml", "--set-b", "watchlist.size={}"],
    "over size": ["sweep", "s.yaml", "--over", "watchlist.size={}, 20000"],
    "over footfall": ["sweep", "s.yaml", "--over", "street.passages_per_hour={}, 20000"],
    "over staff": ["sweep", "s.yaml", "--over", "officers.teams={}, 20000"],
    "over range": ["sweep", "s.yaml", "--over", "watchlist.size={}:20000:3log"],
    "at": ["run", "s.yaml", "--at", "0.6,{}"],
    "run envelope": ["run", "s.yaml", "--envelope", "0.6,{}"],
    "sweep envelope": ["sweep", "s.yaml", "--over", "recogniser.threshold=0.6,0.64", "--envelope", "0.6,{}"],
    "limit": ["choose", "s.yaml", "--limit", "false_alerts<={}"],
    "campaigns": ["run", "s.yaml", "-n", "{}"],
    "most": ["run", "s.yaml", "-n", "auto", "--most", "{}"],
    "seed": ["run", "s.yaml", "--seed", "{}"],
    "decide": ["sensitivity", "s.yaml", "--decide", "watchlist.size={}, 20000", "--exchange", "20"],
    "exchange": ["sensitivity", "s.yaml", "--decide", "recogniser.threshold=0.6,0.64", "--exchange", "{}"],
    "faces": ["claim", "--false-alerts", "1", "--faces", "{}"],
    "alerts": ["claim", "--false-alerts", "1", "--alerts", "{}"],
    "range": ["claim", "--false-alerts", "1..{}", "--faces", "900000"],
    "hours": ["claim", "--arrests", "173", "--hours", "{}"],
    "one in": ["claim", "--one-in", "{}"],
    "count": ["claim", "--arrests", "173", "--count", "gbp={}"],
    "year faces": ["claim", "--false-alerts", "1", "--faces", "900", "--year-faces", "{}"],
    "list": ["claim", "--false-alerts", "1", "--faces", "900", "--list", "{}"],
    "assumed list": ["check", "s.yaml", "r.csv", "--assume-list", "{}"],
}  # fmt: skip


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("words", DOORS.values(), ids=DOORS)
def test_a_point_before_three_noughts_is_asked_about(words: list[str]) -> None:
    said = told(*(word.replace("{}", "16.000") for word in words))

    assert 'may mean 16 or 16,000 (got "16.000"); write 16 or 16000' in said


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("door", ["set", "new footfall", "over footfall", "limit", "hours", "one in", "count"])
def test_what_need_not_be_whole_is_asked_about_with_any_three_digits(door: str) -> None:
    assert "may mean 2.5 or 2,500" in told(*(word.replace("{}", "2.500") for word in DOORS[door]))


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    "door", ["set whole", "new list", "over size", "at", "campaigns", "faces", "decide", "assumed list"]
)
def test_of_a_count_three_digits_behind_a_point_are_thousands(door: str) -> None:
    assert 'has points between thousands (got "16.500"); write 16500' in told(
        *(word.replace("{}", "16.500") for word in DOORS[door])
    )


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("door", ["set", "set whole", "new footfall", "new list", "at", "limit", "faces", "hours"])
def test_a_comma_with_too_few_digits_behind_it_is_asked_about(door: str) -> None:
    assert "may mean 3, or thousands with a digit lost" in told(*(word.replace("{}", "3,00") for word in DOORS[door]))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("size: 10000", "size: {value: 16.000}"),
        ("size: 10000", 'size: "16.000"'),
        ("passages_per_hour: 1000", "passages_per_hour: 16.000"),
        ("passages_per_hour: 1000", "passages_per_hour: {value: 20000, low: 16.000, high: 25000}"),
        ("passages_per_hour: 1000", "passages_per_hour: {value: 12000, low: 9000, high: 16.000}"),
        ("hours: 4}", "hours: 4, watchlist_size: 16.000}"),
        ("hours: 4}", "hours: 4, passages_per_hour: 16.000}"),
        ("teams: 2", "teams: 16.000"),
    ],
)  # fmt: skip
def test_a_scenario_file_is_asked_about_at_the_place(old: str, new: str, tmp_path: Path) -> None:
    (tmp_path / "s.yaml").write_text(with_change(old, new))
    with pytest.raises(ScenarioError) as caught:
        load_scenario(tmp_path / "s.yaml")

    (problem,) = caught.value.problems
    assert 'may mean 16 or 16,000 (got "16.000"); write 16 or 16000' in problem.rule
    assert problem.place.startswith(f"{tmp_path / 's.yaml'}:")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("arrests: 173", "arrests: 16.000"),
        ("arrests: 173", 'arrests: "16.000"'),
        ("claimed: 1", "claimed: 16.000"),
        ("claimed: 1", "claimed: {low: 1, high: 16.000}"),
        ("claimed: 1", "claimed: 1, out_of: {faces: 16.000}"),
    ],
)  # fmt: skip
def test_a_claim_file_is_asked_about(old: str, new: str, tmp_path: Path) -> None:
    (tmp_path / "c.yaml").write_text(FILE.replace(old, new, 1))

    with pytest.raises(ScenarioError, match=r"may mean 16 or 16,000 .*write 16 or 16000"):
        load_claims(tmp_path / "c.yaml")


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("arrests: 173", "arrests: 173, people: 239.2", "figures.people"),
        ("claimed: 1", "claimed: 1.5", "claimed"),
        ("claimed: 1", "claimed: 1, out_of: {faces: 16.25}", "out_of.faces"),
    ],
)  # fmt: skip
def test_a_claim_file_has_no_fraction_of_a_count(old: str, new: str, field: str, tmp_path: Path) -> None:
    (tmp_path / "c.yaml").write_text(FILE.replace(old, new, 1))

    with pytest.raises(ScenarioError, match=rf"{field}: must be a whole number"):
        load_claims(tmp_path / "c.yaml")


@pytest.mark.parametrize("typed", ["500 000", "0.5m", '"500,000"', "500k", "500000", "5e5"])
def test_a_claim_file_takes_numbers_as_the_command_line_does(typed: str, tmp_path: Path) -> None:
    (tmp_path / "c.yaml").write_text(FILE.replace("arrests: 173", f"arrests: 173, people: {typed}", 1))
    (tmp_path / "d.yaml").write_text(FILE.replace("claimed: 1}", f"claimed: {typed}}}", 1))

    assert next(iter(load_claims(tmp_path / "c.yaml").evidence.values())).figures["people"] == 500_000
    counts = [claim.count for claim in load_claims(tmp_path / "d.yaml").claims.values() if claim.count]
    assert counts[0].claimed.value == 500_000


@pytest.mark.parametrize(
    ("comes", "typed"),
    [
        ("", "0.640"), ("", "1.000"), ("", "0,64"), ("", "16.500"), ("thousands", "2.5"), ("thousands", "2.5000"),
        ("thousands", "0.125"), ("thousands", "1234.567"), ("whole", "16500"), ("whole", "16,500"), ("whole", "1e6"),
        ("whole", "16.5k"), ("thousands", "0,5"), ("thousands", "12345,6"),
    ],
)  # fmt: skip
def test_what_can_be_read_in_one_way_is_not_asked_about(comes: str, typed: str) -> None:
    assert two_readings(typed, comes) == ""  # type: ignore[arg-type]
    assert read_number(typed) is not None


def test_what_is_said_to_write_is_taken() -> None:
    said = two_readings("2.345", "thousands")

    assert said.endswith("write 2.3450 or 2345")
    assert (read_number("2.3450", comes="thousands"), read_number("2345", comes="thousands")) == (2.345, 2345)


@pytest.mark.parametrize(
    ("typed", "number"), [("1e2", 100), ("1e6", 10**6), ("1.5e3", 1500), ("7.0", None), ("1e-2", None)]
)
def test_a_whole_number_may_be_a_power_of_ten(typed: str, number: int | None) -> None:
    assert read_whole(typed) == number


@pytest.mark.parametrize(
    ("key", "typed", "number"),
    [
        ("recogniser.threshold", "0.640", 0.64), ("recogniser.threshold", "0,64", 0.64),
        ("street.passages_per_hour", "2.5", 2.5), ("watchlist.size", "16500", 16500), ("watchlist.size", "1e6", 10**6),
        ("recogniser.slope_per_unit", "45.125", 45.125),
    ],
)  # fmt: skip
def test_a_key_takes_what_is_clear(key: str, typed: str, number: float, tmp_path: Path) -> None:
    (tmp_path / "s.yaml").write_text(MINIMAL)
    section, name = key.split(".")

    assert getattr(getattr(load_scenario(tmp_path / "s.yaml", [f"{key}={typed}"]), section), name).value == number


def test_joint_draws_that_may_all_be_thousands_are_asked_about(tmp_path: Path) -> None:
    scenario = (
        MINIMAL.replace(": 1000\n", ": {value: 2600, low: 2000, high: 3380}\n")
        + "joint_draws: {file: d.csv, source: x}\n"
    )
    (tmp_path / "s.yaml").write_text(scenario)
    (tmp_path / "d.csv").write_text("street.passages_per_hour\n2.500\n2.700\n")
    with pytest.raises(ScenarioError, match=r"d.csv:2: .*may mean 2.5 or 2,500"):
        load_scenario(tmp_path / "s.yaml")

    (tmp_path / "d.csv").write_text("street.passages_per_hour\n812.345\n812.34\n")
    assert load_scenario(tmp_path / "s.yaml").joint_draws is not None


def test_numbers_of_json_keep_the_noughts_that_no_program_writes() -> None:
    rows = json_rows('[{"faces": 16.500, "hours": 5.512, "alerts": 3}]', "r.json")

    assert rows[1] == (2, ["16.500", "5.5120", "3"])


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("words", "rule"),
    [
        (["check", "s.yaml", "r.csv", "--assume-list", "abc"], "must be a whole number from 1 to 1,000,000,000"),
        (["fit", "r.csv", "--scenario", "s.yaml", "--prior-weight", "half"], "must be from 0 to 1, or a percentage such as 50%"),
        (["fit", "r.csv", "--scenario", "s.yaml", "--decimal", "x"], 'must be "." or "," (got "x")'),
        (["fit", "r.csv", "--scenario", "s.yaml", "--blank", "x"], 'must be zero or unknown (got "x")'),
        (["check", "s.yaml", "r.csv", "--decimal", "x"], 'must be "." or "," (got "x")'),
    ],
)  # fmt: skip
def test_no_option_is_refused_in_the_words_of_a_library(words: list[str], rule: str) -> None:
    said = told(*words)

    assert rule in said
    assert "Input should be" not in said
    assert "Value error" not in said


def test_every_number_and_choice_of_every_command_is_parsed_by_the_program() -> None:
    typed = [
        (name, get_args(hint))
        for command in app.registered_commands
        if command.callback
        for name, hint in get_type_hints(command.callback, include_extras=True).items()
        if get_origin(hint) is Annotated
    ]
    of_library = [
        (name, info)
        for name, (kind, info) in typed
        if {*(get_args(kind) or [kind])} - {str, bool, Path, NoneType, list[str]}
    ]

    assert len(of_library) > 20
    assert [name for name, info in of_library if info.parser is None] == []


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["sweep", "s.yaml", "--over", "recogniser.threshold=0.6,64"], "--over recogniser.threshold=64: recogniser.threshold"),
        (["sweep", "s.yaml", "--over", "officers.teams=0.5:4:1"], "--over officers.teams=0.5: officers.teams"),
        (["sweep", "s.yaml", "--over", "treshold=0.6,0.62"], 'unknown key "treshold"; did you mean "recogniser.threshold"?'),
        (["run", "s.yaml", "--thershold", "0.6"], "--set recogniser.threshold=0.6"),
        (["run", "s.yaml", "--thershold=0.6"], "--set recogniser.threshold=0.6"),
        (["describe", "croydon"], 'did you mean "croydon-static", "croydon-van" or "croydon-van-060"?'),
        (["describe", "crodyon-van"], 'did you mean "croydon-van"?'),
    ],
)  # fmt: skip
def test_a_slip_is_told_where_it_was_typed_with_what_is_meant(words: list[str], said: str) -> None:
    assert said in told(*words)


@pytest.mark.usefixtures("here")
def test_an_option_that_is_like_nothing_is_only_refused() -> None:
    assert "--set" not in told("run", "s.yaml", "--zzz", "0.6")
