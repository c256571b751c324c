"""Named alternatives of a scenario file: settings as with --set, and what is said of those that cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest
from scenario_texts import MINIMAL

from simulator.scenario import ScenarioError, load_scenario
from simulator.scenario.applied import with_settings
from simulator.scenario.models import Scenario

SETTINGS = "settings: {procedure.not_found: 0.5}"
ALTERNATIVES = f"""\
alternatives:
  - name: half of them are not found
    why: nobody knows
    {SETTINGS}
    measure: stops
    decided_by: a count
    source: nobody
    grade: assumed
"""


# Of the settings in the file.
LINE = MINIMAL.count("\n") + 4


def written(folder: Path, settings: str = SETTINGS, more: str = "") -> Path:
    path = folder / "town.yaml"
    path.write_text(MINIMAL + ALTERNATIVES.replace(SETTINGS, settings) + more)
    return path


def values(scenario: Scenario) -> object:
    return scenario.model_dump(exclude={"alternatives"})


@pytest.mark.parametrize(
    ("settings", "overrides"),
    [
        ({"recogniser.preset": "npl"}, ["recogniser.preset=npl"]),
        ({"street.pool_people": None}, ["street.pool_people=null"]),
        ({"costs.officer_hour_gbp": {"value": 5, "low": 4, "high": 6}}, ["costs.officer_hour_gbp={value: 5, low: 4, high: 6}"]),
        ({"campaign.deployments.1.hours": 8}, ["campaign.deployments.1.hours=8"]),
        (
            {"recogniser.threshold": 0.6, "procedure.second_look": {"d_prime": 2, "criterion": 0.1}},
            ["recogniser.threshold=0.6", "procedure.second_look={d_prime: 2, criterion: 0.1}"],
        ),
    ],
)  # fmt: skip
def test_settings_are_those_of_set(settings: dict[str, object], overrides: list[str]) -> None:
    assert values(with_settings(load_scenario("croydon-static"), settings)) == values(
        load_scenario("croydon-static", overrides)
    )


@pytest.mark.parametrize(
    ("settings", "column", "said"),
    [
        ("procedure.nut_found: 0.5", 37, '.procedure: unknown key "nut_found"; did you mean "not_found"?'),
        ("procedure.not_found: 1.5", 37, ".procedure.not_found: must be between 0 and 1 (got 1.5)"),
        ("procedure.not_found: {value: x}", 45, '.procedure.not_found.value: must be a number (got "x")'),
        ("watchlist.listed_per_1000_passages: null", 52, ".watchlist: give exactly one of listed_per_1000_passages"),
        ("recogniser.lookalike_persistence_across_days: 0.5", 62, "must not exceed lookalike_persistence_same_day"),
        ("recogniser.kin_per_100k_passages: 50, recogniser.kin_tpir_at_anchor: 0.9", 50, "the kin floor of"),
        ("campaign.deployments.7.hours: 3", 46, 'must be followed by a number from 0 to 0 (got "7")'),
        ("procedure.not_found: 0", 5, ": change nothing: give at least one value that is not the scenario's own"),
        (
            "procedure: {not_found: 0.1}",
            16,
            ".procedure: replaces the whole of procedure; to change no more than this, write procedure.not_found: 0.1",
        ),
        ("", 5, ": must have at least 1 (got 0)"),
        ("title: another", 5, ': "title" is nothing that a campaign depends on: leave it out'),
        ("recogniser.table: own.csv", 5, ': "recogniser.table" names a file, which an alternative cannot'),
    ],
)
def test_a_setting_that_cannot_be_is_told_with_its_place(settings: str, column: int, said: str, tmp_path: Path) -> None:
    path = written(tmp_path, f"settings: {{{settings}}}")

    with pytest.raises(ScenarioError) as told:
        load_scenario(path)

    (problem,) = told.value.problems
    assert str(problem).startswith(f"{path}:{LINE}:{column}: alternatives.0.settings")
    assert said in str(problem)


def test_a_rule_that_the_settings_break_elsewhere_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="it must be set as well, or they be others"):
        load_scenario(
            written(tmp_path, "settings: {recogniser.list_size_exponent: 0.5, recogniser.fmr_at_anchor: 1.0e-9}")
        )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("measure: stops", "measure: Wrongfull stops", '(got "Wrongfull stops"); did you mean "wrongful_stops"?'),
        (SETTINGS, "settings: procedure.not_found=0.1", "must be a mapping, such as {procedure.not_found: 0.1}"),
        ("measure: stops", "measure: hits", 'alternatives.0.measure: must be alerts, false_alerts, true_alerts, stops'),
        ("grade: assumed", "grade: sure", "alternatives.0.grade: must be measured"),
        ("    decided_by: a count\n", "", "alternatives.0.decided_by: is missing"),
    ],
)  # fmt: skip
def test_who_says_so_and_what_it_moves_are_asked_for(old: str, new: str, said: str, tmp_path: Path) -> None:
    path = written(tmp_path)
    path.write_text(path.read_text().replace(old, new))

    with pytest.raises(ScenarioError) as told:
        load_scenario(path)

    assert said in str(told.value)


def test_two_of_one_name_are_refused(tmp_path: Path) -> None:
    again = ALTERNATIVES.removeprefix("alternatives:\n")

    with pytest.raises(
        ScenarioError, match=r'alternatives: each needs a name of its own \(got "half of them are not found"'
    ):
        load_scenario(written(tmp_path, more=again))


def test_the_old_name_of_another_use_is_explained(tmp_path: Path) -> None:
    path = written(tmp_path, more="alternative: {name: patrols}\n")

    with pytest.raises(
        ScenarioError, match=r"town.yaml:\d+:1: alternative: is now called other_use: another use of the same"
    ):
        load_scenario(path)


def test_what_a_user_sets_may_leave_an_alternative_without_sense(tmp_path: Path) -> None:
    scenario = load_scenario(written(tmp_path), ["procedure.not_found=0.5"])

    with pytest.raises(ScenarioError, match="change nothing"):
        with_settings(scenario, scenario.alternatives[0].settings)


def test_an_alternative_that_a_user_sets_is_checked(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match=r"--set .*: alternatives.0.settings: change nothing"):
        load_scenario(written(tmp_path), ["alternatives.0.settings={procedure.not_found: 0}"])
