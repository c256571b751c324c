"""The house: one way down the floors and rooms, report that only says what was found, and small modules."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import simulator

ROOT = Path(simulator.__file__).parent
FLOORS = ("scenario", "record", "claim", "street", "response", "experiment", "evidence", "report", "cli")
# Rooms of evidence: each imports only from those before it. Modules beside the rooms come first.
ROOMS = (
    "numbers", "kept", "run_folder", "statistics", "about", "counted", "run", "describe", "story", "sweep", "compare",
    "sensitivity", "wider", "choose", "fit", "check", "claim", "explore", "replay", "lesson",
)  # fmt: skip
# What several rooms of report share; everything else there belongs to one room.
SHARED = (
    "page", "pictured", "catalogue", "pages", "said", "screen", "inputs", "document", "documents", "composed", "workings",
    "lanes", "render", "figures",
)  # fmt: skip
# What would decide, draw or compute: a page is made of what was found, and of nothing else.
DECIDING = {
    "load_scenario", "run_study", "run_sweep", "median_inputs", "drawn_inputs", "closed_forms", "default_rng",
    "Generator", "quantile", "prediction_interval", "mean_interval", "average_interval", "difference_interval", "ratio_interval",
    "garwood", "clopper_pearson",
}  # fmt: skip
# The one thing that report takes from floors where something is computed: the name of a type.
HARMLESS = {("scenario", "quantity", "Array")}
MODULES = sorted(path for path in ROOT.rglob("*.py") if path.parent != ROOT)


def imports(path: Path) -> Iterator[tuple[str, ...]]:
    """Every module that a module imports from, also inside its functions, as names: ("simulator", "street", "mask")."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            # "from package import module" names the module as well
            yield from (tuple(f"{node.module}.{alias.name}".split(".")) for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (tuple(alias.name.split(".")) for alias in node.names)


def calls(path: Path) -> set[str]:
    """Names of everything that a module calls."""
    found = (node.func for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call))
    return {
        func.id if isinstance(func, ast.Name) else func.attr
        for func in found
        if isinstance(func, ast.Name | ast.Attribute)
    }


def faults(path: Path, inside: tuple[str, ...]) -> Iterator[str]:
    """What is wrong with the module at *path*, which stands in the house at *inside* (floor, room, ...)."""
    floor, room = inside[0], inside[1].removesuffix(".py") if len(inside) > 1 else ""
    for name in imports(path):
        if name[0] == "rich" and inside[:2] != ("report", "render"):
            yield "imports rich outside report/render"
        if name[0] != "simulator" or len(name) < 3:
            continue
        if FLOORS.index(name[1]) > FLOORS.index(floor):
            yield f"imports upward, from {name[1]}"
        if floor == name[1] == "evidence" and ROOMS.index(name[2]) > ROOMS.index(room):
            yield f"imports from the room {name[2]}, which comes later"
        # a figure belongs to the room that its name begins with
        own = {room, *(inside[2].removesuffix(".py").split("_")[:1] if room == "figures" else ())}
        if floor == name[1] == "report" and name[2] not in {*own, *SHARED} and room not in ("pages", "documents"):
            yield f"imports from another room, {name[2]}"
        if floor == "report" and name[1] in ("street", "response", "scenario") and name[1:] not in HARMLESS:
            yield f"imports from {name[1]}: it would decide"
    if floor == "report":
        yield from (f"calls {name}: it would decide" for name in sorted(calls(path) & DECIDING))
    if len(path.read_text().splitlines()) > 300:
        yield "is longer than 300 lines"


def test_the_house_is_in_order() -> None:
    found = [
        f"{path.relative_to(ROOT)} {fault}" for path in MODULES for fault in faults(path, path.relative_to(ROOT).parts)
    ]

    assert found == []


@pytest.mark.parametrize(
    ("inside", "code", "fault"),
    [
        ("evidence/run/x.py", "def f():\n    from simulator.report.page import Line\n", "imports upward"),
        ("evidence/run/x.py", "from simulator.evidence.claim import judge\n", "which comes later"),
        ("report/run/x.py", "from simulator.report.fit.page import page\n", "another room"),
        ("report/run/x.py", "from rich.table import Table\n", "rich"),
        ("report/run/x.py", "from simulator.street.mask import TRUTHS\n", "would decide"),
        ("report/run/x.py", "import numpy as np\nx = np.quantile([1], 0.5)\n", "calls quantile"),
        ("report/run/x.py", "x = 1\n" * 301, "longer"),
    ],
)
def test_the_check_sees_what_is_wrong(inside: str, code: str, fault: str, tmp_path: Path) -> None:
    """Negative control: each fault is found."""
    module = tmp_path / "x.py"
    module.write_text(code)

    assert any(fault in found for found in faults(module, tuple(inside.split("/"))))


def test_public_names_exist_and_have_docstrings() -> None:
    for name in simulator.__all__:
        assert getattr(simulator, name).__doc__


def test_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        simulator.nonsense  # noqa: B018
