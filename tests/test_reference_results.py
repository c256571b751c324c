"""What the README shows is what the program prints."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from simulator import load_scenario, run_study

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def rebuild() -> ModuleType:
    spec = importlib.util.spec_from_file_location("rebuild", ROOT / "results" / "rebuild.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_readme_quotes_the_reference_result(rebuild: ModuleType) -> None:
    text = (ROOT / "results" / "reference" / "croydon-static.txt").read_text("utf-8")
    assert rebuild.readme_block(text) in (ROOT / "README.md").read_text("utf-8")


@pytest.mark.slow
def test_a_fresh_run_prints_the_reference_result(rebuild: ModuleType) -> None:
    study = run_study(load_scenario(rebuild.NAME), rebuild.REPLICATIONS, rebuild.SEED)
    fresh = rebuild.reference_text(rebuild.answered(study))
    assert fresh == (ROOT / "results" / "reference" / "croydon-static.txt").read_text("utf-8")


@pytest.mark.slow
def test_a_fresh_sweep_gives_the_reference_surface(rebuild: ModuleType) -> None:
    found = rebuild.swept()
    reference = ROOT / "results" / "reference"
    assert rebuild.surface_csv(found.cells) == (reference / "croydon-static.surface.csv").read_text("utf-8")
    assert rebuild.reference_text(found) == (reference / "croydon-static.sweep.txt").read_text("utf-8")
    assert rebuild.readme_block(rebuild.reference_text(found), "sweep") in (ROOT / "README.md").read_text("utf-8")


def test_readme_pictures_exist() -> None:
    import re

    for name in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", (ROOT / "README.md").read_text("utf-8")):
        assert (ROOT / name).is_file(), name
