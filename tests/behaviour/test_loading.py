"""A scenario is read as YAML 1.2, overridden key by key, and completed from the files that it names."""

from __future__ import annotations

import json
import pickle
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scenario_texts import MINIMAL, with_change

from simulator.scenario import Problem, Scenario, ScenarioError, find_scenario, load_scenario, schema, shipped_scenarios
from simulator.scenario.quantity import Count
from simulator.scenario.yaml_tree import parse_yaml

TABLE = "T,FMR,TPIR\n0.56,1e-8,0.9\n0.66,1e-9,0.8\n"


@pytest.fixture(autouse=True)
def _in_empty_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def load(text: str, *overrides: str) -> Scenario:
    """Load *text* from a file in a folder of its own, so that files beside it are told from files here."""
    folder = Path("folder")
    folder.mkdir(exist_ok=True)
    (folder / "x.yaml").write_text(text, encoding="utf-8")
    return load_scenario("folder/x.yaml", overrides)


def plain(text: str) -> Any:
    """Read *text* as YAML."""
    return parse_yaml(text, lambda line, column: f"{line}:{column}").value


@pytest.mark.parametrize("name", shipped_scenarios())
def test_every_shipped_scenario_loads_by_its_name(name: str) -> None:
    assert load_scenario(name).name == name


def test_a_file_is_preferred_to_a_shipped_scenario_of_the_same_name() -> None:
    name = next(iter(shipped_scenarios()))
    Path(name).write_text(MINIMAL, encoding="utf-8")

    assert find_scenario(name) == Path(name)
    assert load_scenario(name).name == "minimal"


def test_a_claim_file_is_said_to_be_one() -> None:
    """The name of a claim file is no misspelt scenario."""
    for name in ("croydon-sun-2026", "police-claims"):
        with pytest.raises(ScenarioError, match=f"{name}: is a claim file.* lfrsim claim {name};") as raised:
            find_scenario(name)
        assert "did you mean" not in str(raised.value)


def test_what_nobody_counted_must_be_known_and_explained() -> None:
    assert load_scenario("croydon-static", ["no_rates_per=[face, camera_hour]"]).no_rates_per == ("face", "camera_hour")
    with pytest.raises(ScenarioError, match=r"no_rates_per.0: must be face, passage or camera_hour \(got \"faces\"\)"):
        load_scenario("croydon-static", ["no_rates_per=[faces]"])
    with pytest.raises(ScenarioError, match="no_rates_per: needs a caveat"):
        load_scenario("croydon-static", ["no_rates_per=[face]", "caveats=[]"])


def test_a_folder_does_not_hide_a_shipped_scenario() -> None:
    name = next(iter(shipped_scenarios()))
    Path(name).mkdir()

    assert find_scenario(name) == shipped_scenarios()[name]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1e-4", 1e-4),
        ("1_000", 1000),
        ("010", 10),
        ("0o10", 8),
        ("0x1F", 31),
        (".5", 0.5),
        ("-.inf", float("-inf")),
        ("yes", "yes"),
        ("True", True),
        ("~", None),
        ("11:30", "11:30"),
        ("'1'", "1"),
        ("2025-10-01T10:00:00", "2025-10-01T10:00:00"),
        ("<<", "<<"),
        ("[a, [b]]", ("a", ("b",))),
        ("{a: {b: 1}}", {"a": {"b": 1}}),
        ("a: |\n  two\n  lines\n", {"a": "two\nlines\n"}),
    ],
)
def test_yaml_is_read_as_version_1_2(text: str, value: object) -> None:
    assert plain(text) == value
    assert type(plain(text)) is type(value)


def test_a_byte_order_mark_and_other_line_ends_are_read() -> None:
    Path("x.yaml").write_bytes(b"\xef\xbb\xbf" + MINIMAL.replace("\n", "\r\n").encode())

    assert load_scenario("x.yaml").name == "minimal"


def test_an_override_replaces_the_node_whole() -> None:
    """A new value does not keep the source of the old one."""
    text = with_change("0.64", "{value: 0.64, source: the record, grade: measured}")

    assert load(text).recogniser.threshold.source == "the record"

    changed = load(text, "recogniser.threshold=0.6").recogniser.threshold
    assert (changed.value, changed.source, changed.grade) == (0.6, None, None)


def test_an_override_that_leaves_nothing_else_of_a_section_says_what_to_write() -> None:
    with pytest.raises(ScenarioError) as told:
        load(MINIMAL, "officers={teams: 5}")

    (problem,) = told.value.problems
    assert problem.rule == "replaces the whole of officers; to change no more than this, write officers.teams=5"


def test_an_override_reaches_into_lists_and_into_sections_that_the_file_lacks() -> None:
    scenario = load(
        MINIMAL, "campaign.deployments.0.hours=3", "costs.officer_hour_gbp.value=40", "title=Three hours: no"
    )

    assert scenario.campaign.camera_hours == 3
    assert scenario.costs.officer_hour_gbp is not None
    assert scenario.costs.officer_hour_gbp.value == 40


def test_a_later_override_wins() -> None:
    assert (
        load(
            MINIMAL, "officers.teams=3", "officers={operators: 1, teams: 5, checkers: 0, vans: 0}"
        ).officers.teams.value
        == 5
    )
    assert load(MINIMAL, "officers.teams=3", "officers.teams=4").officers.teams.value == 4


def test_another_preset_brings_its_values() -> None:
    field, npl = load(MINIMAL).recogniser, load(MINIMAL, "recogniser.preset=npl").recogniser

    assert field.fmr_at_anchor != npl.fmr_at_anchor
    assert npl.capture_acts_on_false


def test_a_table_lies_beside_the_scenario_that_names_it() -> None:
    Path("folder").mkdir()
    Path("folder/t.csv").write_text(TABLE, encoding="utf-8")

    table = load(with_change("preset: field", "table: t.csv")).recogniser.read_table

    assert table is not None
    assert (table.thresholds, table.fmr, table.tpir) == ((0.56, 0.66), (1e-8, 1e-9), (0.9, 0.8))


def test_a_table_that_an_override_names_lies_where_the_command_runs() -> None:
    Path("here.csv").write_text(TABLE, encoding="utf-8")

    assert load(MINIMAL, "recogniser.preset=null", "recogniser.table=here.csv").recogniser.read_table is not None


def test_joint_draws_are_read_by_column() -> None:
    Path("folder").mkdir()
    Path("folder/d.csv").write_text("street.passages_per_hour,officers.teams\n900,2\n\n1100,3\n", encoding="utf-8")

    joint = load(MINIMAL + "joint_draws: {file: d.csv, source: a fit}\n").joint_draws

    assert joint is not None
    assert joint.columns == {"street.passages_per_hour": (900.0, 1100.0), "officers.teams": (2.0, 3.0)}


def test_the_schema_is_json_and_leaves_out_what_the_loader_fills() -> None:
    text = json.dumps(schema(), allow_nan=False)

    assert "read_table" not in text
    assert "columns" not in schema()["$defs"]["JointDraws"]["properties"]


@pytest.mark.parametrize("kind", ["Rate", "Share", "Count", "Setting"])
def test_the_schema_lets_a_quantity_be_a_number_or_a_mapping(kind: str) -> None:
    number, typed, mapping = schema()["$defs"][kind]["anyOf"]

    assert (number["type"], typed["type"], mapping["type"]) == ("number", "string", "object")
    assert all(re.fullmatch(typed["pattern"], text) for text in ("16,500", "16.5k", "35%", "0,64"))
    assert not re.fullmatch(typed["pattern"], "two")
    assert "required" not in mapping


def test_a_number_of_people_from_one_up_is_never_drawn_as_none() -> None:
    """2 (1 to 3) is a normal law of which 0.16 % would round to 0: nobody at the screen, and no deployment at all."""
    u = np.array([1e-9, 0.0015, 0.025, 0.5, 0.975])

    assert Count(value=2, low=1, high=3).ppf(u).tolist() == [1, 1, 1, 2, 3]
    # where none is stated to be possible it is drawn
    assert Count(value=1, low=0, high=2).ppf(u).tolist() == [0, 0, 0, 1, 2]


def test_an_error_travels_between_processes() -> None:
    error = ScenarioError(Problem("x.yaml:1:1", "name", "is missing"), Problem("x.yaml", "", "is empty"))

    assert pickle.loads(pickle.dumps(error)).problems == error.problems
    assert str(error) == "x.yaml:1:1: name: is missing\nx.yaml: is empty"
