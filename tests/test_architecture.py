"""The house: floors import only from floors below, modules stay small, and the public names are what they say."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import simulator

ROOT = Path(simulator.__file__).parent
FLOORS = ("scenario", "record", "claim", "street", "response", "experiment", "evidence", "report", "cli")
MODULES = sorted(path for path in ROOT.rglob("*.py") if path.parent != ROOT)


def imported_floors(path: Path) -> set[str]:
    """Floors that a module imports from, also inside its functions."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        found |= {name.split(".")[1] for name in names if name.startswith("simulator.")}
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_floors_import_only_downward(path: Path) -> None:
    own = FLOORS.index(path.relative_to(ROOT).parts[0])
    above = {name for name in imported_floors(path) if FLOORS.index(name) > own}
    assert above == set()


def test_the_check_sees_an_upward_import(tmp_path: Path) -> None:
    """Negative control: an import of a higher floor inside a function is found."""
    module = tmp_path / "bad.py"
    module.write_text("def f():\n    from simulator.evidence.numbers import number\n")
    assert imported_floors(module) == {"report"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_fit_on_a_few_pages(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 300


def test_public_names_exist_and_have_docstrings() -> None:
    assert len(simulator.__all__) == 10
    for name in simulator.__all__:
        assert getattr(simulator, name).__doc__


def test_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        simulator.nonsense  # noqa: B018
