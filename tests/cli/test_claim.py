"""``claim`` as a user types it: what is said, what is written, what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from simulator.claim import load_claims, shipped_claims
from simulator.cli.app import app
from simulator.scenario.errors import ScenarioError

SUN = "croydon-sun-2026"
FILES = ("claims.json", "details.json", "claims.svg", "claims.png")
HANDFUL = ("--false-alerts", "2..7", "--faces", "200,000")


def told(*arguments: str) -> Result:
    return CliRunner(env={"COLUMNS": None}).invoke(app, ["claim", *arguments])


def flat(text: str) -> str:
    return " ".join(text.split())


def test_alone_it_lists_the_shipped_files() -> None:
    done = told()
    assert done.exit_code == 0
    for name in shipped_claims():
        assert name in done.stdout
        assert f"{len(load_claims(name).claims)} claim" in done.stdout
    assert [row["name"] for row in json.loads(told("--json").stdout)] == list(shipped_claims())


def test_a_whole_file_names_what_to_read_next() -> None:
    done = told(SUN, "-n", "50", "--details")
    assert done.exit_code == 0
    assert "Simulated, not recorded: croydon-static, 50 campaigns, seed 1" in flat(done.stdout)
    assert "lfrsim claim croydon-sun-2026 --only virtually-zero" in done.stderr


def test_json_alone_goes_to_stdout_and_repeats() -> None:
    first, again = (told(SUN, "-n", "50", "--json").stdout for _ in range(2))
    found = json.loads(first)
    assert first == again
    assert found["schema"] == "lfrsim-claims/1"
    assert [item["key"] for item in found["claims"]] == list(load_claims(SUN).claims)
    zero = next(item for item in found["claims"] if item["key"] == "virtually-zero")
    record = next(table for table in zero["rates"] if table["evidence"] == "record-six-months")
    per_face = record["by_unit"][0]
    assert (per_face["top"], per_face["bottom"], per_face["per"]) == (1, 472352, "faces")
    # anchors: 1 of 472,352 is compatible with 1 in 85,000 to 1 in 18.7 million
    low, high = per_face["interval_95"]
    assert round(1 / high, -3) == 85_000
    assert round(1 / low / 1e6, 1) == 18.7
    assert found["left_out"]["simulated"] is True


def test_files_are_written_whole_and_repeat_byte_for_byte(tmp_path: Path) -> None:
    for name in ("a", "b"):
        assert told(SUN, "--only", "handful", "-n", "0", "-o", str(tmp_path / name)).exit_code == 0
        assert told(*HANDFUL, "-o", str(tmp_path / f"{name}-numbers")).exit_code == 0
    for kind in ("", "-numbers"):
        for file in FILES:
            assert (tmp_path / f"a{kind}" / file).read_bytes() == (tmp_path / f"b{kind}" / file).read_bytes()
    assert {path.name for path in (tmp_path / "a").iterdir()} == {*FILES, "provenance.json"}
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_a_vague_count_gives_envelope_mixture_and_weights() -> None:
    """The figures of a handful of 200,000: 1 in 17,000 to 1 in 229,000, median 2.3e-5 (model, section 5)."""
    found = json.loads(told(*HANDFUL, "--json").stdout)["rates"][0]
    assert [1 / end for end in reversed(found["mixture_95"])] == pytest.approx([17_000, 229_000], rel=0.03)
    assert found["median"] == pytest.approx(2.3e-5, rel=0.01)
    assert found["weight_of_each_count"] == pytest.approx(1 / 6)
    assert found["interval_95"][0] < found["mixture_95"][0] < found["mixture_95"][1] < found["interval_95"][1]


def test_none_counted_gives_both_bounds() -> None:
    """Rule of three: of 1,000,000 one-sided 1 in 334,000, two-sided 1 in 271,000."""
    found = json.loads(told("--false-alerts", "0", "--faces", "1000000", "--json").stdout)["rates"][0]
    assert [round(1 / bound, -3) for bound in (found["one_sided_95"], found["interval_95"][1])] == [334_000, 271_000]


@pytest.mark.parametrize(
    ("arguments", "event", "per", "top", "bottom"),
    [
        (("--arrests", "173", "--hours", "101"), "arrests", "camera_hours", 173, 101),
        (("--alerts", "335", "--faces", "472,352"), "alerts", "faces", 335, 472_352),
        (("--count", "true_alerts=334", "--alerts", "335"), "true_alerts", "alerts", 334, 335),
        (("--count", "gbp=800000", "--arrests", "103"), "arrests", "gbp", 103, 800_000),
    ],
)
def test_any_two_counts_are_divided(arguments: tuple[str, ...], event: str, per: str, top: int, bottom: float) -> None:
    """The tally furthest along is what is counted, with the exact interval that belongs to the two."""
    (row,) = json.loads(told(*arguments, "--json").stdout)["rates"]
    assert (row["event"], row["per"], row["most"], row["bottom"]) == (event, per, top, bottom)
    assert row["interval_95"][0] < top / bottom < row["interval_95"][1]


def test_a_limit_alone_is_answered_and_kept(tmp_path: Path) -> None:
    done = told("--one-in", "100000", "--list", "10000", "--detection", "70%", "-o", str(tmp_path / "a"))
    assert "300,000" in done.stdout
    found = json.loads((tmp_path / "a" / "claims.json").read_text())
    assert found["break_even"]["prevalence"][0] == pytest.approx(1e-5 / (1e-5 + 0.7))
    # nothing was counted, so there is nothing to draw
    assert {path.name for path in (tmp_path / "a").iterdir()} == {"claims.json", "details.json", "provenance.json"}


def test_repeats_of_passers_by_widen_the_interval() -> None:
    """Kish: two passages each, alike by 1, are worth half as many faces."""
    options = ("--false-alerts", "4", "--faces", "400000", "--visits", "2", "--correlation", "1", "--json")
    row = json.loads(told(*options).stdout)["rates"][0]
    half = json.loads(told("--false-alerts", "2", "--faces", "200000", "--json").stdout)["rates"][0]
    assert row["repeats_95"] == pytest.approx(half["interval_95"])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--false-alerts", "7..2", "--faces", "100"), ("--false-alerts", "write 2..7", '"7..2"')),
        (("--false-alerts", "five", "--faces", "100"), ("--false-alerts", "whole number", '"five"')),
        (("--false-alerts", "1.5", "--faces", "100"), ("--false-alerts", "no fractions", '"1.5"')),
        (("--false-alerts", "-1", "--faces", "100"), ("--false-alerts", "not be negative", '"-1"')),
        (("--false-alerts", "1", "--faces", "0"), ("--faces", "above 0", '"0"')),
        (("--false-alerts", "1", "--faces", "1..2"), ("--faces", "one number", '"1..2"')),
        (("--false-alerts", "201", "--faces", "1000", "--alerts", "200"), ("--alerts", "201 and 200")),
        (("--false-alerts", "2..7", "--faces", "5"), ("--faces", "7 and 5")),
        (("--false-alerts", "2", "--false-stopped", "3", "--faces", "9"), ("--false-stopped", "3 and 2")),
        (("--false-alerts", "1", "--arrests", "9", "--stops", "8"), ("--arrests", "9 and 8")),
        (("--false-alerts", "1"), ("--faces", "is missing")),
        (("--faces", "100"), ("--faces", "needs what was counted: --false-alerts")),
        (("--hours", "101"), ("--hours", "needs what was counted: --false-alerts")),
        (("--list", "10000"), ("--list", "needs --false-alerts and --faces")),
        (("--detection", "80%"), ("--detection", "needs --false-alerts and --faces")),
        (("--year-faces", "100"), ("--false-alerts", "is missing")),
        (("--false-alerts", "1", "--faces", "9", "--one-in", "1"), ("--one-in", "above 1")),
        (("--false-alerts", "1", "--faces", "9", "--visits", "2"), ("--correlation", "is missing")),
        (("--false-alerts", "1", "--faces", "9", "--visits", "2", "--correlation", "7"), ("--correlation", '"7"')),
        (("--arrests", "173"), ("--arrests", "needs what it is out of: --hours")),
        (("--stops", "9"), ("--stops", "--faces or --alerts;")),
        (("--faces", "100", "--hours", "5"), ("--faces", "needs what was counted: --false-alerts")),
        (
            ("--count", "arests=3", "--hours", "5"),
            ("--count", 'arests is no figure of claims; did you mean "arrests"?'),
        ),
        (("--count", "arrests", "--hours", "5"), ("--count", "must be NAME=N")),
        (("--count", "arrests=3", "--arrests", "4", "--hours", "5"), ("--count", "is given twice")),
        (("--false-alerts", "1", "--faces", "9", "--detection", "0"), ("--detection", "70%", '"0"')),
        (("--false-alerts", "1", "--alerts", "9", "--detection", "70%"), ("--detection", "--faces")),
        (("--arrests", "1", "--alerts", "9", "--list", "10"), ("--list", "--faces")),
        (("--accuracy", "99%", "--one-in", "9"), ("--accuracy", "without --one-in")),
        (("--accuracy", "lots"), ("--accuracy", "percentage", '"lots"')),
        (("--accuracy", "99%", "--arrests", "3", "--alerts", "5"), ("--accuracy", "stands alone")),
        ((SUN, "--count", "arrests=3"), ("--count", "goes without a file", SUN)),
        ((SUN, "--faces", "100"), ("--faces", "goes without a file", SUN)),
        ((SUN, "--only", "virtualy-zero"), ("--only", 'did you mean "virtually-zero"?')),
        ((SUN, "--only", "nothing"), ("--only", "one-street")),
        (("--only", "handful"), ("--only", "needs a claim file")),
        (("-o", "x"), ("-o", "needs a claim file or numbers")),
        ((SUN, "-o", " "), ("-o", "must name a folder")),
    ],
)
def test_contradictions_name_option_rule_and_value(arguments: tuple[str, ...], words: tuple[str, ...]) -> None:
    done = told(*arguments)
    assert done.exit_code == 2
    for word in words:
        assert word in flat(done.stderr), word


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is empty"),
        ("claims: [", "is not YAML"),
        ("campaign: 1\nstreet: 1\nrecogniser: 1\n", "is a scenario, not a claim file"),
        ("name: a\n", "claims: is missing"),
    ],
)
def test_files_that_are_no_claim_files_are_told_so(text: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "claims.yaml"
    path.write_text(text)
    done = told(str(path))
    assert isinstance(done.exception, ScenarioError)
    assert words in str(done.exception)


@pytest.mark.parametrize(
    ("name", "words"),
    [("nowhere", "no shipped claims"), ("croydon", f'did you mean "{SUN}"?'), ("croydon-static", "is a scenario")],
)
def test_names_that_are_no_claim_files_are_told_so(name: str, words: str) -> None:
    assert words in str(told(name).exception)


BAD = """
name: bad
title: Bad
said_by: somebody
said_on: today
source: us
claims:
  left: {statement: A., about: a thing, documents: [{says: agrees, what: w, publication: p, source: s, grade: A}], left_out: [x]}
  compared: {statement: B., comparison: {a: croydon-van, b: croydon-static, measure: arests, says: more}}
  changed:
    statement: C.
    change:
      fall: 0.1
      months: 3
      place: here
      bases: [{words: then, offences: 100}]
      dispersions: [{measured_on: months, value: 2}]
      placebos: [{first: soon, wards: 10, share: 0.1, median: 0, sd: 0.1}]
      source: us
"""


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("left", 'claims.left.left_out: no measure is called "x"'),
        ("compared", 'claims.compared.comparison.measure: no measure is called "arests"; did you mean "arrests"?'),
        ("changed", "claims.changed.change: month: must be written like 2023-07 (got soon)"),
    ],
)
def test_figures_that_cannot_be_used_are_no_fault_of_the_program(key: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(BAD)
    done = told(str(path), "--only", key)
    assert isinstance(done.exception, ScenarioError)
    assert words in str(done.exception)


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    done = told(*HANDFUL, "-o", str(tmp_path))
    assert "choose another folder" in str(done.exception)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]
