"""A scenario that was saved is the scenario again, and may still be given another preset."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from simulator import load_scenario, shipped_scenarios
from simulator.experiment.files import json_text
from simulator.experiment.replications import block_inputs, draw_block, envelope_of
from simulator.experiment.store import scenario_data, scenario_file, scenario_hash
from simulator.scenario.models import Scenario

OWN_LEVEL = ["recogniser.fmr_at_anchor=1e-9", "recogniser.reference_list_size=16000"]


def saved(scenario: Scenario, folder: Path) -> Path:
    path = folder / "scenario.json"
    path.write_text(json_text(scenario_file(scenario)), "utf-8")
    return path


def drawn(scenario: Scenario) -> list[np.ndarray]:
    """Everything that one campaign draws, with unknown inputs."""
    inputs = block_inputs(scenario, 1, 0, True, 1)
    rows = draw_block(scenario, 1, 0, inputs, envelope_of(scenario)).candidates.rows
    return [*inputs.values.values(), *vars(rows).values()]


@pytest.mark.parametrize("name", shipped_scenarios())
def test_what_is_saved_is_loaded_as_it_was(name: str, tmp_path: Path) -> None:
    scenario = load_scenario(name)
    again = load_scenario(saved(scenario, tmp_path))

    assert scenario_data(again) == scenario_data(scenario)
    assert scenario_hash(again) == scenario_hash(scenario)
    assert all(np.array_equal(a, b) for a, b in zip(drawn(again), drawn(scenario), strict=True))


@pytest.mark.parametrize("changes", [[], OWN_LEVEL, ["recogniser.preset=npl"], ["recogniser.slope_per_unit=40"]])
def test_own_values_beside_a_preset_are_kept(changes: list[str], tmp_path: Path) -> None:
    """Also a list that is the preset's own, where a level of its own keeps the preset from filling it in."""
    scenario = load_scenario("croydon-static", changes)
    again, before = (scenario_data(one) for one in (load_scenario(saved(scenario, tmp_path)), scenario))
    # that what is so already might be so is no alternative
    void = {"npl"} if "recogniser.preset=npl" in changes else set()
    names = [one["name"] for one in before["alternatives"] if one["settings"].get("recogniser.preset") not in void]

    assert [one["name"] for one in again["alternatives"]] == names
    assert again | {"alternatives": None} == before | {"alternatives": None}


@pytest.mark.parametrize("name", ["oxford-circus-2020", "cardiff-2017", "essex-2024"])
def test_a_level_of_its_own_stays_at_its_own_anchor(name: str, tmp_path: Path) -> None:
    """Also where that is the anchor of one preset, and another one is set on the saved file."""
    first, other = ["recogniser.preset=npl"], ["recogniser.preset=field"]
    path = saved(load_scenario(name, first), tmp_path)

    assert load_scenario(path, other).recogniser == load_scenario(name, first + other).recogniser


def test_another_preset_on_a_saved_file_changes_the_rates(tmp_path: Path) -> None:
    """As on the scenario itself; negative control: of a file that has the numbers of its preset nothing changes."""
    scenario, other = load_scenario("croydon-static"), ["recogniser.preset=npl"]
    path = saved(scenario, tmp_path)
    rates = load_scenario(path, other).recogniser

    assert rates == load_scenario("croydon-static", other).recogniser
    assert rates.fmr_at_anchor != scenario.recogniser.fmr_at_anchor

    path.write_text(json_text(scenario_data(scenario)), "utf-8")
    assert load_scenario(path, other).recogniser.fmr_at_anchor == scenario.recogniser.fmr_at_anchor
