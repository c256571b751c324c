"""A file that is no scenario, an override that fits nowhere and a CSV file with a fault are told in one plain line."""

from __future__ import annotations

from pathlib import Path

import pytest
from scenario_texts import MINIMAL, with_change

from simulator.scenario import ScenarioError, load_scenario, shipped_scenarios
from simulator.scenario.yaml_tree import LARGEST_FILE

WITH_TABLE = with_change("preset: field", "table: t.csv")
WITH_DRAWS = MINIMAL + "joint_draws: {file: d.csv}\n"
# Files that are no scenario at all, and the whole message.
NO_SCENARIO = {
    "an empty file": (b"", "x.yaml: is empty"),
    "a file of comments": (b"# nothing yet\n", "x.yaml: is empty"),
    "a list": (
        b"- a\n",
        "x.yaml:1:1: must be a mapping with sections such as campaign, street and recogniser (got a list)",
    ),
    "a word": (
        b"hello",
        'x.yaml:1:1: must be a mapping with sections such as campaign, street and recogniser (got "hello")',
    ),
    "an image": (b"\x89PNG\r\n\x1a\n", "x.yaml: is not text in UTF-8 (byte 1)"),
    "Latin letters of another encoding": ("name: café".encode("latin-1"), "x.yaml: is not text in UTF-8 (byte 10)"),
    "text of two bytes a letter": ("name: a".encode("utf-16"), "x.yaml: is not text in UTF-8 (byte 1)"),
    "a file with zero bytes": (b"name: a\0", "x.yaml: is a binary file, not text in UTF-8"),
    "a file over 1 MB": (b"#" * (LARGEST_FILE + 1), "x.yaml: is larger than 1 MB, too large for a scenario"),
    "an open bracket": (b"a: [1", "x.yaml:1:6: is not YAML: a bracket is not closed, or a comma is missing in it"),
    "two colons": (
        b"a: b: c",
        "x.yaml:1:5: is not YAML: a colon where none can stand; put text that holds a colon in quotes",
    ),
    "a tab for an indent": (
        b"a:\n\tb: 1",
        "x.yaml:2:1: is not YAML: a tab; indent with spaces",
    ),
    "a control character": (b"a: \x07", "x.yaml:1:4: is not YAML: holds the control character U+0007"),
    "another YAML": (b"%YAML 1.1\n---\na: yes", "x.yaml:2:1: must be YAML 1.2 (got %YAML 1.1)"),
    "two documents": (b"a: 1\n---\nb: 2", "x.yaml:2:1: must hold one YAML document (a second one begins here)"),
    "very deep lists": (b"a: " + b"[" * 100_000, "x.yaml:1:23: a.0: is nested more than 20 deep"),
    "an alias bomb": (
        b"a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
        "x.yaml:1:4: a: anchors and aliases are not allowed; write the value out (got &a)",
    ),
}

OVERRIDES = {
    "no equals sign": ("recogniser.threshold", "must be KEY=VALUE, for example recogniser.threshold=0.6"),
    "no key": ("=0.6", "must be KEY=VALUE, for example recogniser.threshold=0.6"),
    "two dots": ("recogniser..threshold=1", "must be KEY=VALUE, for example recogniser.threshold=0.6"),
    "a bad value": (
        "recogniser.threshold=6.4",
        "recogniser.threshold: must be between 0 and 1 (got 6.4); did you mean 0.64?",
    ),
    "a typo": ("recogniser.treshold=0.6", 'recogniser: unknown key "treshold"; did you mean "threshold"?'),
    "a key without its section": ("threshold=0.6", 'unknown key "threshold"; did you mean "recogniser.threshold"?'),
    "a section that is none": ("recognizer.threshold=0.6", 'unknown key "recognizer"; did you mean "recogniser"?'),
    "a list index too far": (
        "campaign.deployments.1.hours=3",
        'campaign.deployments: must be followed by a number from 0 to 0 (got "1")',
    ),
    "a list index that is no number": (
        "campaign.deployments.first.hours=3",
        'campaign.deployments: must be followed by a number from 0 to 0 (got "first")',
    ),
    "a bad value in a list": (
        "campaign.deployments.0.hours=30",
        "campaign.deployments.0.hours: must be at most 24 (got 30)",
    ),
    "a key below a number": (
        "recogniser.threshold.low=0.5",
        'recogniser.threshold: is a bare value (got 0.64), which has no "low"; set recogniser.threshold itself',
    ),
    "broken YAML": ("title={", "is not YAML: a bracket is not closed, or a comma is missing in it"),
    "an anchor": ("title={a: &a b}", "a: anchors and aliases are not allowed; write the value out (got &a)"),
    "an empty value": ("title=", "title: must be text (got nothing)"),
    "a table that is not there": ("recogniser.table=no.csv", "recogniser.table: no such file (got no.csv)"),
}

TABLES = {
    "no header": ("", ': is empty: the first line must name the columns, at least "T" and "FMR" and "TPIR"'),
    "another header": (
        "T,FPR,TPIR\n",
        ':1: FMR: the column is missing; columns found: T, FPR, TPIR; if it is among them, call the column "FMR"',
    ),
    "one row": ("T,FMR,TPIR\n0.6,1e-8,0.9\n", ": must have at least two rows (got 1)"),
    "a cell that is text": ("T,FMR,TPIR\n0.6,low,0.9\n", ':2: FMR: must be a number (got "low")'),
    "a cell too few": ("T,FMR,TPIR\n0.6,1e-8\n", ":2: must have 3 cells, as the line of column names has (got 2)"),
    "an FMR of 0": (
        "T,FMR,TPIR\n0.6,0,0.9\n",
        ":2: FMR: must be above 0 (got 0); for zero observed, give the upper bound of its interval",
    ),
    "an FMR that rises": (
        "T,FMR,TPIR\n0.6,1e-8,0.9\n0.7,1e-7,0.8\n",
        ":3: FMR: must fall as T rises (got 1e-07 after 1e-08)",
    ),
    "a TPIR that rises": (
        "T,FMR,TPIR\n0.6,1e-8,0.8\n0.7,1e-9,0.9\n",
        ":3: TPIR: must not rise with T (got 0.9 after 0.8)",
    ),
    "a threshold twice": (
        "T,FMR,TPIR\n0.6,1e-8,0.9\n0.6,1e-9,0.9\n",
        ":3: T: must rise from row to row (got 0.6 after 0.6)",
    ),
}

DRAWS = {
    "no header": ("", ":1: joint_draws.file: the header must name a quantity in each column (got nothing)"),
    "one row": ("street.passages_per_hour\n1000\n", ": joint_draws.file: must have at least two rows of draws (got 1)"),
    "a cell that is text": (
        "street.passages_per_hour\n1000\nmany\n",
        ':3: joint_draws.file: street.passages_per_hour: must be a finite number (got "many")',
    ),
    "a cell that is no number": (
        "street.passages_per_hour\n1000\nnan\n",
        ':3: joint_draws.file: street.passages_per_hour: must be a finite number (got "nan")',
    ),
    "a cell too many": ("street.passages_per_hour\n1000,2\n", ":2: joint_draws.file: must have 1 cells (got 2)"),
    "a column twice": (
        "watchlist.stale_share,watchlist.stale_share\n0,0\n0,0\n",
        ':1: joint_draws.file: the header must name each quantity once (got "watchlist.stale_share" twice)',
    ),
    "a column that is no quantity": (
        "street.passages_per_our\n1000\n1100\n",
        ':1: joint_draws.file: unknown quantity "street.passages_per_our"; did you mean "street.passages_per_hour"?',
    ),
    "a column that is a choice": (
        "recogniser.threshold\n0.6\n0.7\n",
        ":1: joint_draws.file: recogniser.threshold is a choice, not an uncertain quantity: "
        "leave the column out and vary it with --set",
    ),
    "a share above 1": (
        "watchlist.stale_share\n0.1\n\n1.1\n",
        ":4: watchlist.stale_share: must be between 0 and 1 (got 1.1)",
    ),
}


@pytest.fixture(autouse=True)
def _in_empty_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def message(name: str, *overrides: str) -> str:
    """Fail to load the scenario *name* with the *overrides*, and return what is said."""
    with pytest.raises(ScenarioError) as caught:
        load_scenario(name, overrides)
    return str(caught.value)


@pytest.mark.parametrize("kind", NO_SCENARIO)
def test_a_file_that_is_no_scenario_is_refused_in_one_line(kind: str) -> None:
    content, expected = NO_SCENARIO[kind]
    Path("x.yaml").write_bytes(content)

    assert message("x.yaml") == expected


def test_a_file_that_is_not_there_is_named_as_typed() -> None:
    assert message("scenarios/none.yaml") == "scenarios/none.yaml: no such file"


def test_a_directory_is_no_scenario() -> None:
    assert message("./") == "./: is a directory, not a scenario file"


def test_a_typo_in_a_shipped_name_names_the_nearest() -> None:
    name = next(iter(shipped_scenarios()))

    assert message(name[:-1]) == (
        f'{name[:-1]}: no file and no shipped scenario has this name; did you mean "{name}"? '
        "(lfrsim scenarios lists the shipped ones)"
    )


@pytest.mark.parametrize("name", ["", "a\0b", "x" * 5000])
def test_a_name_that_can_be_no_file_is_refused(name: str) -> None:
    assert "no file and no shipped scenario has this name" in message(name)


@pytest.mark.parametrize("kind", OVERRIDES)
def test_an_override_with_a_fault_is_told_at_its_own_place(kind: str) -> None:
    override, expected = OVERRIDES[kind]
    Path("x.yaml").write_text(MINIMAL, encoding="utf-8")

    assert message("x.yaml", override).splitlines()[0] == f"--set {override}: {expected}"


@pytest.mark.parametrize("kind", TABLES)
def test_a_fault_in_a_table_is_told_by_its_own_line(kind: str) -> None:
    content, expected = TABLES[kind]
    Path("x.yaml").write_text(WITH_TABLE, encoding="utf-8")
    Path("t.csv").write_text(content, encoding="utf-8")

    assert message("x.yaml").splitlines()[0] == f"t.csv{expected}"


def test_a_table_that_cannot_be_read_is_not_said_to_have_no_true_alerts() -> None:
    """Only of the table is something said: listed people would follow from its TPIR, which is not known."""
    own = ("recogniser.preset=null", "recogniser.tpir_at_anchor=null", "recogniser.table=t.csv")
    for content, expected in TABLES.values():
        Path("t.csv").write_text(content, encoding="utf-8")
        first, *others = message("croydon-static", *own).splitlines()
        assert (first, [line for line in others if not line.startswith("t.csv:")]) == (f"t.csv{expected}", [])


def test_a_table_without_true_alerts_is_still_said_to_have_none() -> None:
    Path("t.csv").write_text("T,FMR,TPIR\n0.6,1e-8,0\n0.7,1e-9,0\n", encoding="utf-8")
    own = ("recogniser.preset=null", "recogniser.tpir_at_anchor=null", "recogniser.table=t.csv")

    assert "recogniser.table: TPIR is 0 at 0.64, so no true alert can happen" in message("croydon-static", *own)


@pytest.mark.parametrize("kind", DRAWS)
def test_a_fault_in_joint_draws_is_told_by_its_own_line(kind: str) -> None:
    content, expected = DRAWS[kind]
    Path("x.yaml").write_text(WITH_DRAWS, encoding="utf-8")
    Path("d.csv").write_text(content, encoding="utf-8")

    assert message("x.yaml") == f"d.csv{expected}"


def test_a_binary_table_is_refused() -> None:
    Path("x.yaml").write_text(WITH_TABLE, encoding="utf-8")
    Path("t.csv").write_bytes(b"\x89PNG")

    assert message("x.yaml").startswith("t.csv:1: T: the column is missing")


def test_a_threshold_outside_the_table_is_refused() -> None:
    Path("x.yaml").write_text(WITH_TABLE, encoding="utf-8")
    Path("t.csv").write_text("T,FMR,TPIR\n0.56,1e-8,0.9\n0.66,1e-9,0.8\n", encoding="utf-8")

    assert message("x.yaml", "recogniser.threshold=0.7") == (
        "--set recogniser.threshold=0.7: recogniser.threshold: 0.7 lies outside the table (0.56 to 0.66), "
        "which is not extrapolated"
    )


def test_a_preset_and_a_table_exclude_each_other() -> None:
    Path("x.yaml").write_text(WITH_TABLE, encoding="utf-8")
    Path("t.csv").write_text("T,FMR,TPIR\n0.56,1e-8,0.9\n0.66,1e-9,0.8\n", encoding="utf-8")

    assert message("x.yaml", "recogniser.preset=npl") == "x.yaml:11:1: recogniser: give a preset or a table, not both"
